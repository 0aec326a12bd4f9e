"""How a block's points are drawn and summed up in a sentence: bars, lines, a matrix."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from sitegen.amounts import number_text, scale, unit_word
from sitegen.charts import figures
from sitegen.charts.base import Cell, Figure
from sitegen.charts.story.rows import Point, Reader, moment

MOST_BARS, MOST_PANELS, MOST_LINES, MOST_POINTS, MOST_CELLS = 40, 8, 5, 200, (30, 10)
_SAID = 3  # panels or lines of which the summary speaks
_SMALLEST = 3  # bars from which on the smallest is said too


@dataclass(frozen=True, slots=True)
class Shape:
    """figure: the drawing; unit: what is measured, "" where no unit; summary: pieces of a sentence without its stop;
    listed: the points in the order of the table; extra: for the note.
    """

    figure: Figure
    unit: str
    summary: tuple[tuple[Cell, ...], ...]
    listed: tuple[Point, ...]
    extra: str = ""


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word that is meant, or None."""
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.5)), None)


def bars(reader: Reader, points: Sequence[Point]) -> Shape:
    """A bar for each point, the longest first, or in the order of time; a panel for each value of by."""
    _one_unit(reader, points)
    if any(point.value < 0 for point in points):
        fix = 'write type: line, or where: {…: ">= 0"}'
        raise reader.fault(
            "y", "E-CHART-NUMBER", f"{reader.block.y} has numbers below 0, which no bar can show", fix
        )
    if not any(point.value for point in points):
        raise reader.fault(
            "y", "E-CHART-EMPTY", f"all numbers in {reader.block.y} are 0", "name another column"
        )
    ordered = _ordered(reader, points)
    kept = ordered[: reader.block.top] if reader.block.top else ordered
    groups = _groups(kept)
    _bounded(reader, len(kept), MOST_BARS, "bars", "x", ", or write top: 20")
    _bounded(reader, len(groups), MOST_PANELS, "panels", "by")
    unit = unit_word(points[0].unit, points[0].per)
    panels = [
        figures.Panel(
            by or _head(reader, unit), points[0].unit, tuple(_bar(reader, point) for point in found)
        )
        for by, found in groups.items()
        if any(point.value for point in found)
    ]
    left = len(ordered) - len(kept)
    extra = reader.words("others", count=left) + reader.words("stop") if left else ""
    said = tuple(_extremes(reader, by, found) for by, found in [*groups.items()][:_SAID])
    figure = figures.bars(panels, reader.words.get("status"))
    return Shape(figure, unit, _joined(reader, said), tuple(ordered), extra)


def lines(reader: Reader, points: Sequence[Point]) -> Shape:
    """A line through the points in the order of time, or of the table; a line for each value of by."""
    _one_unit(reader, points)
    _once(reader, points)
    groups = _groups(_in_time(reader, points))
    _bounded(reader, len(groups), MOST_LINES, "lines", "by")
    _bounded(reader, len(points), MOST_POINTS, "points", "x")
    if max(map(len, groups.values())) < 2:
        fix = "write type: bar, or widen where"
        raise reader.fault("x", "E-CHART-EMPTY", "a line needs two points at least", fix)
    places = _places(reader, points)
    series = [
        figures.Series(
            by,
            tuple(
                figures.Spot(
                    places[point.x], point.value, point.cell.text, point.cell.claims, _hover(reader, point)
                )
                for point in found
            ),
        )
        for by, found in groups.items()
    ]
    marks = {place: name for name, place in places.items()}
    unit = unit_word(points[0].unit, points[0].per)
    figure = figures.lines(series, tuple(sorted(marks.items())), points[0].unit, _head(reader, unit))
    said = tuple(_course(reader, by, found) for by, found in [*groups.items()][:_SAID])
    return Shape(figure, unit, _joined(reader, said), tuple(p for found in groups.values() for p in found))


def matrix(reader: Reader, points: Sequence[Point]) -> Shape:
    """A row for each x, a column for each value of by; the largest rows first, darker is more."""
    _one_unit(reader, points)
    _once(reader, points)
    if any(point.value < 0 for point in points):
        fact = f"{reader.block.y} has numbers below 0, which no shade can show"
        raise reader.fault("y", "E-CHART-NUMBER", fact, 'write where: {…: ">= 0"}')
    heads = list(_groups(_in_time(reader, points, by=True)))
    sums: dict[str, float] = {}
    for point in points:
        sums[point.x] = sums.get(point.x, 0) + float(point.value)
    names = list(sums) if _timed(reader, points) else sorted(sums, key=lambda name: -sums[name])
    _bounded(reader, len(names), MOST_CELLS[0], "rows", "x")
    _bounded(reader, len(heads), MOST_CELLS[1], "columns", "by")
    found = {(point.x, point.by): point for point in points}
    power, word = scale(max(point.value for point in points), points[0].unit)
    cells = [[_cell(reader, found.get((name, head)), power) for head in heads] for name in names]
    unit = f"{word}{unit_word(points[0].unit, points[0].per)}"
    top = max(points, key=lambda point: point.value)
    said = (reader.words.cells("story.most_cell", row=top.x, column=top.by, number=top.cell),)
    listed = sorted(points, key=lambda point: (names.index(point.x), heads.index(point.by)))
    return Shape(figures.grid(names, heads, cells, tiles=False), unit, _joined(reader, said), tuple(listed))


SHAPES: Mapping[str, Callable[[Reader, Sequence[Point]], Shape]] = {
    "bar": bars,
    "line": lines,
    "matrix": matrix,
}


def _one_unit(reader: Reader, points: Sequence[Point]) -> None:
    units = list(dict.fromkeys(unit_word(point.unit, point.per) or "（无）" for point in points))
    if len(units) > 1:
        first = points[0].unit
        fix = f'choose one: where: {{unit: "{first}"}}' if first else "choose one with where: {unit: …}"
        fact = f"the rows have several units ({'、'.join(units[:5])})"
        raise reader.fault("y", "E-CHART-UNIT", fact, fix)


def _once(reader: Reader, points: Sequence[Point]) -> None:
    seen: dict[tuple[str, str], Point] = {}
    for point in points:
        first = seen.setdefault((point.x, point.by), point)
        if first is not point:
            name = "，".join(filter(None, (point.x, point.by)))
            where = f" (lines {first.row.line} and {point.row.line})" if point.row.line else ""
            fix = "tell them apart with by, narrow with where, or write type: bar"
            raise reader.fault("x", "E-CHART-TWICE", f"two rows are for {name}{where}", fix)


def _bounded(reader: Reader, count: int, most: int, what: str, key: str, or_else: str = "") -> None:
    if count > most:
        fact = f"the chart would have {count} {what}, more than the {most} that can be read"
        raise reader.fault(key, "E-CHART-ROWS", fact, f"narrow it with where{or_else}")


def _groups(points: Sequence[Point]) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = {}
    for point in points:
        found.setdefault(point.by, []).append(point)
    return found


def _timed(reader: Reader, points: Sequence[Point]) -> bool:
    return all(moment(point.row.values[reader.block.x]) for point in points)


def _ordered(reader: Reader, points: Sequence[Point]) -> list[Point]:
    if _timed(reader, points):
        return _in_time(reader, points)
    return sorted(points, key=lambda point: -point.value)


def _in_time(reader: Reader, points: Sequence[Point], *, by: bool = False) -> list[Point]:
    """The points in the order of the time that x, or by, names; in the order of the table where not all name one."""
    column = reader.block.by if by else reader.block.x
    keys = [moment(point.row.values[column or ""]) for point in points]
    if not all(keys):
        return list(points)
    return [
        point for _, point in sorted(zip(keys, points, strict=True), key=lambda each: each[0] or (0, 0, 0))
    ]


def _places(reader: Reader, points: Sequence[Point]) -> dict[str, float]:
    """Where each x stands: years and parts of years where all name a time, else one beside the other."""
    ordered = _in_time(reader, points)
    if _timed(reader, points):
        found = {}
        for point in ordered:
            year, month, day = moment(point.row.values[reader.block.x]) or (0, 1, 1)
            found[point.x] = round(year + (month - 1) / 12 + (day - 1) / 372, 4)
        return found
    return {name: float(n) for n, name in enumerate(dict.fromkeys(point.x for point in ordered))}


def _bar(reader: Reader, point: Point) -> figures.Bar:
    words, row = reader.words, point.row
    sure = None if point.status == "actual" else words(f"status.{point.status}")
    named = {reader.block.x, reader.block.by}
    parts = [
        reader.shown(name, row.values[name])
        for name in ("label", "period")
        if reader.own and reader.block.y == "value" and name not in named and row.values.get(name)
    ]
    small = words.sub(sure, *(part if len(part) <= 24 else f"{part[:24]}…" for part in parts))
    return figures.Bar(
        label=point.x,
        sub=small,
        value=point.value,
        value_max=point.value_max,
        text=point.cell.text,
        status=point.status,
        claims=point.cell.claims,
        hover=_hover(reader, point),
    )


def _hover(reader: Reader, point: Point) -> str:
    return reader.words.sub(point.by, point.x, point.cell.text)


def _cell(reader: Reader, point: Point | None, power: int) -> figures.GridCell | None:
    if point is None:
        return figures.GridCell(0, "", "")
    text = number_text(point.value, power=power)
    if len(text) > 4:  # the table has it whole
        text = number_text(point.value, power=power, places=0 if point.value.adjusted() - power > 1 else 1)
    shade = float(point.value)
    return figures.GridCell(shade, text, _hover(reader, point), point.cell.claims)


def _head(reader: Reader, unit: str) -> str:
    """What stands above an axis: 产量，万吨."""
    return reader.words("clause").join(filter(None, (reader.measure, unit)))


def _joined(reader: Reader, said: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    out: list[tuple[Cell, ...]] = []
    for piece in said:
        out += [piece] if not out else [(Cell(reader.words("semicolon")),), piece]
    return tuple(out)


def _extremes(reader: Reader, by: str, points: Sequence[Point]) -> tuple[Cell, ...]:
    """The largest and, of several, the smallest of some bars."""
    words = reader.words
    top, low = max(points, key=lambda p: p.value), min(points, key=lambda p: p.value)
    key = "story.most_of" if by else "story.most"
    out = [*words.cells(key, by=by, name=top.x, number=top.cell)]
    if len(points) >= _SMALLEST and low.value < top.value:
        out += words.cells("story.least", name=low.x, number=low.cell)
    return tuple(out)


def _course(reader: Reader, by: str, points: Sequence[Point]) -> tuple[Cell, ...]:
    """How a line begins and ends, and its highest point where that is neither."""
    words, first, last = reader.words, points[0], points[-1]
    way = "same" if first.value == last.value else "up" if last.value > first.value else "down"
    if first is last:
        return words.cells("story.single", by=by, name=first.x, number=first.cell)
    out = [
        *words.cells(f"story.{way}", by=by, first=first.x, last=last.x, number=first.cell, other=last.cell)
    ]
    top = max(points, key=lambda p: p.value)
    if top.value > max(first.value, last.value):
        out += words.cells("story.peak", name=top.x, number=top.cell)
    return tuple(out)
