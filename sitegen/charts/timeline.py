"""Numbers with a date, in the order of time: the span that each speaks of, solid, hatched or outlined by how
sure it is.
"""

from collections.abc import Sequence

from sitegen.amounts import is_count
from sitegen.charts import figures, rows
from sitegen.charts.base import Cell, Chart
from sitegen.charts.words import Words, sentence, split_period
from sitegen.tables import Quantity, Tables

ID, GROUP = "timeline", "time"
_MOST = 16
_FEW = 10  # a count below this is left to the table
_WEIGHT = {
    "signing": 0,
    "progress": 1,
    "investment": 2,
    "financing": 2,
    "capacity": 3,
    "value": 4,
    "output": 5,
    "resource": 6,
}


def build(tables: Tables, words: Words) -> Chart | None:
    """None with fewer than two dated numbers."""
    dated = sorted((q for q in tables.quantities if q.period), key=_when)
    if len(dated) < 2:
        return None
    telling = [item for item in dated if not (is_count(item.unit) and item.value < _FEW)]
    shown = sorted(_choose(telling if len(telling) > 1 else dated), key=_when)
    claims = tuple(id_ for item in dated for id_ in item.claims)
    count = rows.counted(len(dated), words("timeline.working"), claims)
    panel = _panel(shown, tables, words)
    extra = words("others", count=len(dated) - len(shown)) + words("stop") if len(dated) > len(shown) else ""
    first, last = dated[0], max(dated, key=lambda item: _ends(item)[1])
    start, end = words.period(_ends(first)[0][:4]), words.period(_ends(last)[1][:4])
    if last.status != "actual" and (ahead := _ends(last)[1]) > max(
        (_ends(item)[1] for item in dated if item.status == "actual"), default=""
    ):
        headline = words.cells(
            "timeline.title_ahead",
            status=words(f"status.{last.status}"),
            last=words.period(ahead),
            place=tables.geography.short(last.place) if last.place else "",
            label=rows.label(last, tables),
            number=rows.number(last),
        )
    elif start == end:
        headline = words.cells("timeline.title_one", first=start, count=count)
    else:
        headline = words.cells("timeline.title", first=start, last=end, count=count)
    return rows.finish(
        id_=ID,
        group=GROUP,
        headline=headline,
        unit=words("timeline.unit"),
        note=rows.source_note(claims, tables, words, extra),
        summary=_summary(first, last, count, tables, words),
        figure=figures.bars([panel], words.get("status")),
        columns=rows.number_columns(words),
        rows=rows.number_rows(dated, words),
        count=len(dated),
        words=words,
    )


def _ends(item: Quantity) -> tuple[str, str]:
    return split_period(item.period or "")


def _when(item: Quantity) -> tuple[str, str, int]:
    return (*_ends(item), _WEIGHT.get(item.kind, 9))


def _choose(dated: Sequence[Quantity]) -> list[Quantity]:
    """At most _MOST numbers: in turn from each period the weightiest kind, so that no period fills the chart
    alone.
    """
    if len(dated) <= _MOST:
        return list(dated)
    periods: dict[str, list[Quantity]] = {}
    for item in dated:
        periods.setdefault(item.period or "", []).append(item)
    queues = [sorted(items, key=lambda item: _WEIGHT.get(item.kind, 9)) for items in periods.values()]
    chosen: list[Quantity] = []
    depth = 0
    while len(chosen) < _MOST:
        chosen += [queue[depth] for queue in queues if depth < len(queue)][: _MOST - len(chosen)]
        depth += 1
    return chosen


def _panel(shown: Sequence[Quantity], tables: Tables, words: Words) -> figures.Panel:
    bars = []
    for item in shown:
        start, length = figures.days(*_ends(item))
        label = rows.named(item, tables)
        bars.append(
            figures.Bar(
                label=label,
                sub=words.sub(
                    words.period(item.period),
                    None if item.status == "actual" else words(f"status.{item.status}"),
                ),
                value=length,
                text=item.text,
                status=item.status,
                claims=item.claims,
                hover=words.sub(label, item.text, words.period(item.period), words(f"status.{item.status}")),
                start=start,
            )
        )
    first = min(int(_ends(item)[0][:4]) for item in shown)
    last = max(int(_ends(item)[1][:4]) for item in shown) + 1
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if (last - first) / step <= 8)
    marks = tuple(
        (f"{year:04d}-01-01", words("period.year", year=year)) for year in range(first, last + 1, step)
    )
    return figures.Panel("", None, tuple(bars), (f"{first:04d}-01-01", f"{last:04d}-01-01"), marks)


def _summary(first: Quantity, last: Quantity, count: Cell, tables: Tables, words: Words) -> tuple[Cell, ...]:
    pieces = [
        words.cells(
            "timeline.summary",
            count=count,
            first=words.period(first.period),
            place=first.place or "",
            label=rows.label(first, tables),
            number=rows.number(first),
        )
    ]
    if last is not first:
        pieces.append(
            words.cells(
                "timeline.last",
                last=words.period(last.period),
                place=last.place or "",
                label=rows.label(last, tables),
                number=rows.number(last),
            )
        )
    return sentence(*pieces, (Cell(words("stop")),))
