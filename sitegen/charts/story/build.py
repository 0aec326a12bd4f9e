"""From a chart block to a Chart: the same figure, drawing, sentence and table as a chart of the site's own."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sitegen.amounts import printed
from sitegen.charts import rows as shared
from sitegen.charts.base import Cell, Chart, Column
from sitegen.charts.story import shapes
from sitegen.charts.story.rows import COUNT, BlockError, DataFile, Point, Reader
from sitegen.charts.words import Words, sentence
from sitegen.model import ChartBlock
from sitegen.problems import Problem, SitegenError
from sitegen.tables import Tables
from sitegen.tables.frames import Table
from sitegen.text import CITE

GROUP = "stories"
_BOOKS = (".xlsx", ".xls", ".et", ".ods", ".tsv", ".json")  # tables as other programs keep them
_NUMBER = re.compile(r"\d[\d,.]*(?:[%％万亿]+)?(?![\d年月日])")
_UNBOUND = re.compile(r"^[^\d]+(?=\d)")  # 超 in 超1000亿元, which a title may leave out
_DIGIT = re.compile(r"\d")
_ROW_KEYS = ("label", "status", "period")


@dataclass(frozen=True)
class StorySources:
    """What an editor's charts are made from. file_of: reads a file of content/data, None where it is not there, raises
    SitegenError where it cannot be used; names: of those that are there.
    """

    tables: Tables
    words: Words
    file_of: Callable[[str], DataFile | None]
    names: tuple[str, ...] = ()


def build_story(
    block: ChartBlock, chart_id: str, file: str, sources: StorySources
) -> tuple[Chart | None, tuple[Problem, ...]]:
    """The chart that a block describes, or None and why not. file: of the text, as a user would type it."""
    try:
        reader = Reader(file, block, _source(block, file, sources), sources.tables, sources.words)
        _check_source(reader)
        points = reader.points()
        shape = shapes.SHAPES[block.type](reader, points)
        return _chart(reader, chart_id, points, shape), ()
    except BlockError as fault:
        return None, (fault.problem,)


def _of_file(problem: Problem, file: str, spot: tuple[int, int]) -> Problem:
    """What is wrong with a file of content/data, at the line that names it."""
    where = f"{problem.file}:{problem.line}" if problem.line else problem.file
    return Problem(file, *spot, problem.code, f"{where} {problem.message}", problem.fix)


def _source(block: ChartBlock, file: str, sources: StorySources) -> Table | DataFile:
    own: Mapping[str, Table] = {table.name: table for table in sources.tables.published}
    name, spot = block.table, block.spot("table")
    if name in own:
        return own[name]
    if name.lower().endswith(_BOOKS):
        fix = "save it as “CSV UTF-8” in content/data/ and name that file"
        raise BlockError(Problem(file, *spot, "E-CHART-FILE", f"{name} is no CSV file", fix))
    if not name.lower().endswith(".csv"):
        near = shapes.nearest(name, [*own, *sources.names])
        fix = (
            f"did you mean {near}?"
            if near
            else f"use one of {', '.join(own)}, or a file NAME.csv of content/data"
        )
        raise BlockError(Problem(file, *spot, "E-CHART-TABLE", f"there is no table {name}", fix))
    if re.search(r"[/\\:]|^\.", name):
        fix = "put it into content/data/ and write its name alone, as grain.csv"
        raise BlockError(Problem(file, *spot, "E-CHART-FILE", f"{name} is no file of content/data", fix))
    try:
        found = sources.file_of(name)
    except SitegenError as error:
        raise BlockError(_of_file(error.problems[0], file, spot)) from None
    if found is None:
        near = shapes.nearest(name, sources.names)
        fix = f"did you mean {near}?" if near else "put it there"
        raise BlockError(Problem(file, *spot, "E-CHART-FILE", f"there is no content/data/{name}", fix))
    return found


def _check_source(reader: Reader) -> None:
    block = reader.block
    if not reader.own and not block.source:
        fix = "add a line source: with who says so, in which work, of which day"
        raise reader.fault("table", "E-CHART-SOURCE", f"nothing says where {block.table} comes from", fix)
    for key, value in (("source", block.source), ("unit", block.unit)):
        if reader.own and value:
            fix = "delete the line"
            raise reader.fault(key, "E-KEY", f"{block.table} says its {key} itself", fix)


def _chart(reader: Reader, chart_id: str, points: Sequence[Point], shape: shapes.Shape) -> Chart:
    block, words = reader.block, reader.words
    summary = sentence(*shape.summary, (Cell(words("stop")),))
    return shared.finish(
        id_=chart_id,
        group=GROUP,
        headline=_headline(reader, points),
        unit=shape.unit or reader.measure or _heading(reader, block.y),
        note=_note(reader, points, shape),
        summary=summary,
        figure=shape.figure,
        columns=_columns(reader, points),
        rows=[_row(reader, point) for point in shape.listed],
        count=len(shape.listed),
        words=words,
    )


def _headline(reader: Reader, points: Sequence[Point]) -> tuple[Cell, ...]:
    """The editor's title in pieces: numbers of the chart lead to their sources, any other number says who wrote it."""
    cells = _once_said((_UNBOUND.sub("", point.cell.text), point.cell) for point in points)
    cells |= _once_said((point.cell.text, point.cell) for point in points)
    listed = sorted((text for text in cells if _DIGIT.search(text)), key=lambda text: (-len(text), text))
    known = re.compile("|".join(rf"(?<![\d.]){re.escape(text)}{_ends(text)}" for text in listed) or r"(?!)")
    pieces: list[Cell] = []
    for n, part in enumerate(CITE.split(reader.block.title)):
        pieces += [_cited(reader, part)] if n % 2 else _linked(part, known, cells, _own_words(reader))
    return sentence(pieces)


def _once_said(said: Iterable[tuple[str, Cell]]) -> dict[str, Cell]:
    """The numbers by their text, without those that several marks say: a title may mean either."""
    found: dict[str, set[Cell]] = {}
    for text, cell in said:
        found.setdefault(text, set()).add(cell)
    return {text: cell for text, cells in found.items() for cell in cells if len(cells) == 1}


def _own_words(reader: Reader) -> Cell:
    """A number that the editor alone answers for."""
    return Cell("", derived=reader.words("story.working_title"))


def _ends(text: str) -> str:
    """What must not follow where a number is to be the one that a mark says: 5 is not the 5 of 5月, 5% or 5万."""
    return r"(?![\d.,%％十百千万亿年月日])" if text[-1:].isdigit() else r"(?![\d.])"


def _linked(text: str, known: re.Pattern[str], cells: Mapping[str, Cell], other: Cell) -> list[Cell]:
    out: list[Cell] = []
    at = 0
    for match in re.finditer(f"{known.pattern}|{_NUMBER.pattern}", text):
        out += [Cell(text[at : match.start()]), replace(cells.get(match[0], other), text=match[0])]
        at = match.end()
    return [cell for cell in (*out, Cell(text[at:])) if cell.text]


def _cited(reader: Reader, claim: str) -> Cell:
    found = reader.tables.sources.claims.get(claim)
    if found is None:
        fact = f"no number of the site has the id {claim}"
        raise reader.fault(
            "title", "E-CLAIM", fact, "copy the id from content/facts or from the number's address"
        )
    if found.review == "rejected":
        fact = f"an editor rejected the number {claim} ({found.raw})"
        raise reader.fault("title", "E-CLAIM", fact, "cite another, or take it out")
    return Cell(printed(found), (claim,), exact=format(found.value, "f"))


def _note(reader: Reader, points: Sequence[Point], shape: shapes.Shape) -> str:
    block, words, tables = reader.block, reader.words, reader.tables
    blank = sum(not row.values[block.y] for row in reader.selected) if block.y != COUNT else 0
    left = words("story.blank", count=blank) if blank else ""
    extra = [shape.extra, left, f"{block.note.rstrip('。')}{words('stop')}" if block.note else ""]
    claims = list(dict.fromkeys(id_ for point in shape.listed for id_ in point.cell.claims))
    if not reader.own:
        said = words("story.from_file", source=(block.source or "").rstrip("。"), file=reader.source.name)
        return "".join((said, *extra))
    if claims:
        return shared.source_note(claims, tables, words, *extra)
    articles = list(
        dict.fromkeys(id_ for point in shape.listed for row in point.rows for id_ in row.articles)
    )
    named = [tables.sources.articles[id_].title or words("source.untitled") for id_ in articles[:2]]
    titles = "".join(f"《{title}》" for title in named)
    return "".join((words("story.from_articles", titles=titles, articles=len(articles)), *extra))


def _heading(reader: Reader, column: str) -> str:
    """The head of a column of the table: of a file its own, of the site's tables in Chinese."""
    if column == COUNT:
        return reader.words("story.count")
    return reader.words.get("story.columns").get(column, column) if reader.own else column


def _more(reader: Reader) -> list[str]:
    """What a row of the site's own numbers says beside the columns that the block names."""
    named = {reader.block.x, reader.block.by, reader.block.y}
    if not reader.own or reader.block.y != "value":
        return []
    return [name for name in _ROW_KEYS if name in reader.columns and name not in named]


def _columns(reader: Reader, points: Sequence[Point]) -> tuple[Column, ...]:
    block = reader.block
    units = {(point.unit, point.per) for point in points}
    unit = points[0].unit if len(units) == 1 and not points[0].per else None
    first = Column("x" if not reader.own else block.x, _heading(reader, block.x))
    second = (Column("by" if not reader.own else block.by, _heading(reader, block.by)),) if block.by else ()
    value = Column("y" if not reader.own else block.y, _heading(reader, block.y), unit=unit, numeric=True)
    more = (Column(name, _heading(reader, name)) for name in _more(reader))
    return (first, *second, value, *more)


def _row(reader: Reader, point: Point) -> tuple[Cell, ...]:
    block = reader.block
    named = [_name_cell(reader, name, point) for name in (block.x, block.by) if name]
    more = (Cell(reader.shown(name, point.row.values[name])) for name in _more(reader))
    return (*named, point.cell, *more)


def _name_cell(reader: Reader, column: str, point: Point) -> Cell:
    text = point.row.values[column]
    if reader.own and column == "place":
        return shared.place_cell(text or None, reader.words)
    if reader.own and column == "industry" and text:
        return shared.industry_cell(text, reader.tables)
    return Cell(reader.shown(column, text))
