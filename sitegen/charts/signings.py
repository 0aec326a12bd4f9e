"""What was signed, by event and place: how many and how much, each unit in its own panel; totals where places
add up.
"""

from collections.abc import Sequence

from sitegen.amounts import is_count, is_money, unit_word
from sitegen.charts import figures, rows
from sitegen.charts.base import Cell, Chart
from sitegen.charts.words import Words, sentence
from sitegen.tables import Quantity, Tables, Total, total

ID, GROUP = "signings", "signings"
_PANELS = 4


def build(tables: Tables, words: Words) -> Chart | None:
    """None where nothing signed was reported with a number."""
    found = rows.positive(q for q in tables.of_kinds("signing") if is_count(q.unit) or is_money(q.unit))
    if not found:
        return None
    groups = _by_unit(found)
    shown = [(unit, rows.seen(items)) for unit, items in groups]
    shown = [group for n, group in enumerate(shown) if n == 0 or len(group[1]) > 1][:_PANELS]
    panels = [_panel(unit, items, tables, words) for unit, items in shown]
    drawn = [item for _, items in shown for item in items]
    totals = _totals(found, tables)
    extra = words("part")
    if len(found) > len(drawn):
        extra += words("others", count=len(found) - len(drawn)) + words("stop")
    table = rows.number_rows(sorted(found, key=_event_order), words)
    return rows.finish(
        id_=ID,
        group=GROUP,
        headline=_headline(groups, tables, words),
        unit=words("semicolon").join(unit_word(unit) for unit, _ in shown),
        note=rows.source_note([id_ for item in found for id_ in item.claims], tables, words, extra),
        summary=_summary(groups, totals, words),
        figure=figures.bars(panels, words.get("status")),
        columns=rows.number_columns(words),
        rows=table,
        count=len(found),
        words=words,
    )


def _by_unit(found: Sequence[Quantity]) -> list[tuple[str | None, list[Quantity]]]:
    """Numbers by unit: money first, then the unit with most numbers."""
    groups: dict[str | None, list[Quantity]] = {}
    for item in found:
        groups.setdefault(item.unit, []).append(item)
    return sorted(groups.items(), key=lambda group: (not is_money(group[0]), -len(group[1]), str(group[0])))


def _event_order(item: Quantity) -> tuple[str, str, bool, str]:
    return (item.period or "", item.subject or "", not is_count(item.unit), item.place or "")


def _panel(unit: str | None, items: Sequence[Quantity], tables: Tables, words: Words) -> figures.Panel:
    key = "signings.panel_money" if is_money(unit) else "signings.panel_count"
    return figures.Panel(
        words(key, unit=unit_word(unit)), unit, tuple(rows.bar(item, tables, words) for item in items)
    )


def _headline(
    groups: Sequence[tuple[str | None, list[Quantity]]], tables: Tables, words: Words
) -> tuple[Cell, ...]:
    """The largest sum of money (else count), and the largest of another event beside it."""
    first, *others = groups[0][1]
    other = next((item for item in others if (item.period, item.place) != (first.period, first.place)), None)
    pieces = [_said(first, tables, words)]
    if other:
        pieces += [(Cell(words("clause")),), _said(other, tables, words)]
    return sentence(*pieces)


def _said(item: Quantity, tables: Tables, words: Words) -> tuple[Cell, ...]:
    place = tables.geography.short(item.place) if item.place else ""
    return words.cells(
        "signings.title", place=place, period=words.year(item.period), number=rows.number(item)
    )


def _totals(found: Sequence[Quantity], tables: Tables) -> list[tuple[str, Total]]:
    """Sums over places of one event, for each event, unit and rate with at least two places that may be added."""
    events: dict[tuple[str, str | None, str | None], list[Quantity]] = {}
    for item in found:
        if item.subject and item.status == "actual":
            events.setdefault((item.subject, item.unit, item.per), []).append(item)
    sums = [(event, total(items, tables.geography.contains)) for (event, _, _), items in events.items()]
    return [(event, added) for event, added in sums if added is not None and len(added.addends) > 1]


def _summary(
    groups: Sequence[tuple[str | None, list[Quantity]]], totals: Sequence[tuple[str, Total]], words: Words
) -> tuple[Cell, ...]:
    pieces: list[tuple[Cell, ...]] = []
    money = next((items for unit, items in groups if is_money(unit)), [])
    counts = next((items for unit, items in groups if not is_money(unit)), [])
    for key, items in (("signings.first", money), ("signings.count", counts)):
        if not items:
            continue
        first = items[0]
        if pieces:
            pieces.append((Cell(words("semicolon")),))
        pieces.append(
            words.cells(
                key, place=first.place or "", period=words.period(first.period), number=rows.number(first)
            )
        )
    for event, added in totals[:2]:
        pieces.append((Cell(words("semicolon")),))
        pieces.append(words.cells("signings.total", event=event, number=rows.total_cell(added)))
    return sentence(*pieces, (Cell(words("stop")),))
