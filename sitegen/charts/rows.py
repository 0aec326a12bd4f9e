"""What several charts share: a number's cells, its words, the source note, and the last step that makes a
Chart.
"""

from collections.abc import Iterable, Sequence

from sitegen.amounts import amount
from sitegen.charts.base import Cell, Chart, ChartError, Column, Figure
from sitegen.charts.drawing import draw
from sitegen.charts.figures import Bar
from sitegen.charts.words import Words, text_of
from sitegen.model import STATUSES
from sitegen.problems import Problem
from sitegen.tables import Quantity, Tables, Total

MOST = 1000  # rows of a chart's table; the published tables hold all
_WORKING, _LISTED = 400, 100  # characters of a working, claims behind a count
LONG = 24  # characters of a label in a sentence, or of a headline in a source note
TOP = 8  # bars a panel; the rest stands in the table
_SMALL = 400  # a bar this much shorter than the longest cannot be seen
_LABEL = 2  # characters of a label that says something


def number(item: Quantity) -> Cell:
    """The number as printed, with its claims."""
    return Cell(item.text, item.claims, exact=format(item.value, "f"))


def total_cell(total: Total) -> Cell:
    """A total with its working and all its addends' claims."""
    words = amount(total.value, total.unit, total.per, value_max=total.value_max, bound=total.bound)
    return Cell(words, total.claims, derived=total.working, exact=format(total.value, "f"))


def counted(count: int, working: str, claims: tuple[str, ...] = ()) -> Cell:
    """A number that we counted ourselves, with what was counted; of a crowd only the beginning is listed."""
    working = working if len(working) <= _WORKING else f"{working[:_WORKING]}…"
    claims = claims if len(claims) <= _LISTED else ()
    return Cell(str(count), claims, derived=working or str(count), exact=str(count))


def place_cell(place: str | None, words: Words) -> Cell:
    """A place with its page, or the words for none."""
    return Cell(place, href=f"/places/{place}/") if place else Cell(words("no_place"))


def industry_cell(id_: str | None, tables: Tables) -> Cell:
    """An industry with its page."""
    return Cell(tables.geography.industry_name(id_), href=f"/industries/{id_}/") if id_ else Cell("")


def label(item: Quantity, tables: Tables) -> str:
    """The label as it may stand behind its place and before its number: no place said twice, not long."""
    words = bare(item, tables)
    words = words if len(words) <= LONG else f"{words[:LONG]}…"
    return f"{words} " if words[-1:].isascii() and words[-1:].isalnum() else words


def bare(item: Quantity, tables: Tables) -> str:
    """The label without the place at its head: 包头市承接项目 → 承接项目."""
    for place in (item.place, tables.geography.short(item.place)) if item.place else ():
        if item.label.startswith(place) and len(item.label) > len(place) + 1:
            return item.label.removeprefix(place)
    return item.label


def named(item: Quantity, tables: Tables) -> str:
    """The place, by its short name, and what was measured there: 内蒙古 签约投资."""
    return f"{tables.geography.short(item.place) if item.place else ''} {bare(item, tables)}".strip()


def bar(item: Quantity, tables: Tables, words: Words, *first: str | None) -> Bar:
    """A number as a bar: place and label; under them `first`, how sure it is unless it happened, when, and of
    what.
    """
    name = named(item, tables)
    sure = None if item.status == "actual" else words(f"status.{item.status}")
    told = item.period and item.subject and item.subject.startswith(item.period)
    small = words.sub(*first, sure, None if told else words.period(item.period), item.subject)
    hover = words.sub(name, item.text, words.period(item.period), words(f"status.{item.status}"))
    return Bar(
        label=name,
        sub=small,
        value=item.value,
        value_max=item.value_max,
        text=item.text,
        status=item.status,
        claims=item.claims,
        hover=hover,
    )


def positive(items: Iterable[Quantity]) -> list[Quantity]:
    """Numbers that a bar can show and a label explains, largest first; equal ones in order of print."""
    fit = (item for item in items if item.value > 0 and len(item.label) >= _LABEL)
    return sorted(fit, key=lambda item: -item.value)


def seen(items: Sequence[Quantity], most: int = TOP) -> list[Quantity]:
    """Of numbers in one unit, largest first, those that one axis can show: the first few that are not too small."""
    return [item for item in items[:most] if item.value * _SMALL >= items[0].value]


def number_columns(words: Words) -> tuple[Column, ...]:
    """Columns of a table of numbers; number_row fills them."""
    return (
        Column("place", words("column.place")),
        Column("what", words("column.what")),
        Column("value", words("column.value"), numeric=True),
        Column("status", words("column.status")),
        Column("period", words("column.period")),
        Column("subject", words("column.subject")),
    )


def number_row(item: Quantity, words: Words) -> tuple[Cell, ...]:
    """One number as a table row."""
    return (
        place_cell(item.place, words),
        Cell(item.label),
        number(item),
        Cell(words(f"status.{item.status}")),
        Cell(words.period(item.period) or words("period.none")),
        Cell(item.subject or ""),
    )


def number_rows(items: Sequence[Quantity], words: Words) -> list[tuple[Cell, ...]]:
    """The rows of a chart's table: those of the first MOST numbers."""
    return [number_row(item, words) for item in items[:MOST]]


def source_note(claims: Sequence[str], tables: Tables, words: Words, *extra: str) -> str:
    """Where the numbers are printed: up to two headlines, how many articles, how many numbers."""
    articles = tuple(dict.fromkeys(tables.claim(id_).article for id_ in claims))
    return _note("one", "many", articles, {"claims": len(set(claims))}, tables, words, extra)


def pair_note(articles: Sequence[str], pairs: int, tables: Tables, words: Words, *extra: str) -> str:
    """Where the pairs of place and industry are printed."""
    found = tuple(dict.fromkeys(articles))
    return _note("pairs", "pairs_many", found, {"pairs": pairs}, tables, words, extra)


def _note(
    one: str,
    many: str,
    articles: Sequence[str],
    counts: dict[str, int],
    tables: Tables,
    words: Words,
    extra: Sequence[str],
) -> str:
    titles = [tables.sources.articles[id_].title or words("source.untitled") for id_ in articles[:2]]
    shown = (title if len(title) <= 2 * LONG else f"{title[: 2 * LONG]}…" for title in titles)
    quoted = "".join(f"《{title}》" for title in shown)
    note = words(
        f"source.{one if len(articles) <= 2 else many}", titles=quoted, articles=len(articles), **counts
    )
    return "".join((note, *extra))


def finish(
    *,
    id_: str,
    group: str,
    headline: tuple[Cell, ...],
    unit: str,
    note: str,
    summary: tuple[Cell, ...],
    figure: Figure,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[Cell, ...]],
    words: Words,
    count: int = 0,
) -> Chart:
    """Draw the figure and check that nothing a reader needs is missing. Raises ChartError.

    count: how many rows there are in all, where `rows` holds only the first of them.
    """
    said, title = text_of(summary), text_of(headline)
    wanted = {
        "title": title,
        "unit": unit,
        "source note": note,
        "summary": said,
        "columns": columns,
        "rows": rows,
    }
    missing = [name for name, value in wanted.items() if not value]
    if missing:
        fact = f"chart {id_!r} has no {', '.join(missing)}"
        raise ChartError(Problem("", 0, 0, "E-CHART", fact, f"give it one in sitegen/charts/{id_}.py"))
    if max(count, len(rows)) > MOST:
        note += words("capped", shown=MOST, count=max(count, len(rows)))
    cells = [cell for row in rows[:MOST] for cell in row]
    return Chart(
        id=id_,
        title=title,
        unit=unit,
        note=note,
        summary=summary,
        figure=figure,
        svg=draw(figure, id_, title, said),
        columns=columns,
        rows=tuple(rows[:MOST]),
        group=group,
        headline=headline,
        legend=_legend(figure, words),
        sources=tuple(dict.fromkeys(id_ for cell in (*summary, *cells) for id_ in cell.claims)),
    )


def _legend(figure: Figure, words: Words) -> tuple[tuple[str, str], ...]:
    """What solid, hatched and outlined mean; nothing where all bars are solid."""
    found = {trace["meta"]["status"] for trace in figure["data"] if "status" in trace["meta"]}
    listed = tuple((f"k-{status}", words(f"status.{status}")) for status in STATUSES if status in found)
    return listed if found - {"actual"} else ()
