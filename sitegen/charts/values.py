"""Output value and revenue: how large industries are in money. One panel a currency."""

from sitegen.amounts import is_money, unit_word
from sitegen.charts import figures, rows
from sitegen.charts.base import Cell, Chart
from sitegen.charts.words import Words, sentence
from sitegen.tables import Tables

ID, GROUP = "values", "money"
_PANELS = 3


def build(tables: Tables, words: Words) -> Chart | None:
    """None with fewer than two amounts: nothing to compare. Prices (money per tonne …) are left out."""
    found = rows.positive(q for q in tables.of_kinds("value") if is_money(q.unit) and not q.per)
    if len(found) < 2:
        return None
    units = sorted({q.unit for q in found}, key=lambda unit: (-sum(q.unit == unit for q in found), str(unit)))
    groups = [(unit, [q for q in found if q.unit == unit]) for unit in units]
    panels = []
    drawn_groups = [(unit, rows.seen(items)) for unit, items in groups]
    drawn_groups = [group for n, group in enumerate(drawn_groups) if n == 0 or len(group[1]) > 1][:_PANELS]
    for unit, items in drawn_groups:
        bars = tuple(rows.bar(item, tables, words) for item in items)
        panels.append(figures.Panel(words("value.panel", unit=unit_word(unit)), unit, bars))
    drawn = sum(len(panel.bars) for panel in panels)
    extra = words("others", count=len(found) - drawn) + words("stop") if len(found) > drawn else ""
    items = groups[0][1]
    pieces = [
        words.cells(key, place=item.place or "", label=rows.label(item, tables), number=rows.number(item))
        for key, item in zip(("value.summary", "value.next"), items, strict=False)
    ]
    first = items[0]
    return rows.finish(
        id_=ID,
        group=GROUP,
        headline=words.cells(
            "value.title",
            place=tables.geography.short(first.place) if first.place else "",
            label=rows.label(first, tables),
            number=rows.number(first),
        ),
        unit=words("semicolon").join(unit_word(unit) for unit, _ in drawn_groups),
        note=rows.source_note([id_ for item in found for id_ in item.claims], tables, words, extra),
        summary=sentence(*pieces, (Cell(words("stop")),)),
        figure=figures.bars(panels, words.get("status")),
        columns=rows.number_columns(words),
        rows=rows.number_rows([item for _, listed in groups for item in listed], words),
        count=len(found),
        words=words,
    )
