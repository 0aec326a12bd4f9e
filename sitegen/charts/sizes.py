"""Capacities and resources, one panel a unit: power beside power, tonnes a year beside tonnes a year, never
mixed.
"""

from collections.abc import Sequence

from sitegen.amounts import unit_word
from sitegen.charts import figures, rows
from sitegen.charts.base import Cell, Chart
from sitegen.charts.words import Words, sentence
from sitegen.tables import Quantity, Tables

ID, GROUP = "capacity", "capacity"
_KINDS = ("resource", "capacity")
_PANELS, _BARS = 4, 6
Group = tuple[tuple[str | None, str | None], list[Quantity]]


def build(tables: Tables, words: Words) -> Chart | None:
    """None where no unit has two numbers to compare."""
    found = rows.positive(q for q in tables.of_kinds(*_KINDS) if q.unit)
    groups = _groups(found)
    shown = [group for group in groups if len(rows.seen(group[1], _BARS)) > 1][:_PANELS]
    if not shown:
        return None
    panels = [
        figures.Panel(
            unit_word(*unit),
            unit[0],
            tuple(
                rows.bar(item, tables, words, words(f"kind.{item.kind}")) for item in rows.seen(items, _BARS)
            ),
        )
        for unit, items in shown
    ]
    drawn = sum(len(panel.bars) for panel in panels)
    extra = words("others", count=len(found) - drawn) + words("stop") if len(found) > drawn else ""
    return rows.finish(
        id_=ID,
        group=GROUP,
        headline=_headline(shown[0][1], tables, words),
        unit=words("semicolon").join(unit_word(*unit) for unit, _ in shown),
        note=rows.source_note([id_ for item in found for id_ in item.claims], tables, words, extra),
        summary=_summary(shown, tables, words),
        figure=figures.bars(panels, words.get("status")),
        columns=rows.number_columns(words),
        rows=rows.number_rows([item for _, items in groups for item in items], words),
        count=len(found),
        words=words,
    )


def _groups(found: Sequence[Quantity]) -> list[Group]:
    """Numbers by unit, the unit with most numbers first."""
    groups: dict[tuple[str | None, str | None], list[Quantity]] = {}
    for item in found:
        groups.setdefault((item.unit, item.per), []).append(item)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), str(group[0])))


def _headline(items: Sequence[Quantity], tables: Tables, words: Words) -> tuple[Cell, ...]:
    """The largest number of the first unit, beside the largest of the other kind in that place (what it could have and
    what it has), else the next one.
    """
    first = items[0]
    other = next((q for q in items if q.kind != first.kind and q.place == first.place), items[1])
    place = tables.geography.short(first.place) if first.place else ""
    there = tables.geography.short(other.place) if other.place and other.place != first.place else ""
    return words.cells(
        "sizes.title",
        place=place,
        label=rows.label(first, tables),
        number=rows.number(first),
        next_label=f"{there}{rows.label(other, tables)}",
        next=rows.number(other),
    )


def _summary(shown: Sequence[Group], tables: Tables, words: Words) -> tuple[Cell, ...]:
    pieces: list[tuple[Cell, ...]] = []
    for unit, items in shown[:3]:
        if pieces:
            pieces.append((Cell(words("semicolon")),))
        first = items[0]
        pieces.append(
            words.cells(
                "sizes.summary",
                panel=unit_word(*unit),
                place=first.place or "",
                label=rows.label(first, tables),
                number=rows.number(first),
            )
        )
    return sentence(*pieces, (Cell(words("stop")),))
