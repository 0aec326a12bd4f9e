"""Money by how sure it is: happened, expected, aimed at. One panel a currency."""

from sitegen.amounts import is_money, unit_word
from sitegen.charts import figures, rows
from sitegen.charts.base import Cell, Chart
from sitegen.charts.words import Words, sentence
from sitegen.model import STATUSES
from sitegen.tables import Quantity, Tables

ID, GROUP = "money", "money"
_KINDS = ("signing", "investment", "financing")
_PANELS = 3


def build(tables: Tables, words: Words) -> Chart | None:
    """None where no money was signed, invested or lent."""
    found = rows.positive(q for q in tables.of_kinds(*_KINDS) if is_money(q.unit) and not q.per)
    if not found:
        return None
    units = sorted({q.unit for q in found}, key=lambda unit: (-sum(q.unit == unit for q in found), str(unit)))
    groups = [(unit, [q for q in found if q.unit == unit]) for unit in units]
    drawn_groups = [(unit, rows.seen(items)) for unit, items in groups]
    drawn_groups = [group for n, group in enumerate(drawn_groups) if n == 0 or len(group[1]) > 1]
    panels = [
        figures.Panel(
            words("money.panel", unit=unit_word(unit)),
            unit,
            tuple(rows.bar(item, tables, words) for item in items),
        )
        for unit, items in drawn_groups[:_PANELS]
    ]
    drawn = sum(len(panel.bars) for panel in panels)
    extra = words("part")
    if len(found) > drawn:
        extra += words("others", count=len(found) - drawn) + words("stop")
    return rows.finish(
        id_=ID,
        group=GROUP,
        headline=_headline(found, tables, words),
        unit=words("semicolon").join(unit_word(unit) for unit, _ in drawn_groups[:_PANELS]),
        note=rows.source_note([id_ for item in found for id_ in item.claims], tables, words, extra),
        summary=_summary(groups[0][1], tables, words),
        figure=figures.bars(panels, words.get("status")),
        columns=rows.number_columns(words),
        rows=rows.number_rows([item for _, items in groups for item in items], words),
        count=len(found),
        words=words,
    )


def _headline(found: list[Quantity], tables: Tables, words: Words) -> tuple[Cell, ...]:
    sure = [item for item in found if item.status == "actual"]
    if len(sure) == len(found):
        first = found[0]
        place = tables.geography.short(first.place) if first.place else ""
        return words.cells(
            "money.title_actual", place=place, label=rows.label(first, tables), number=rows.number(first)
        )
    open_ = [item for item in found if item.status != "actual"]
    counts = {name: _count(items) for name, items in (("all", found), ("actual", sure), ("open", open_))}
    names = list(dict.fromkeys(words(f"money.open.{item.status}") for item in open_))
    which = words("money.or").join(names)
    return words.cells("money.title_mixed" if sure else "money.title_open", which=which, **counts)


def _count(items: list[Quantity]) -> Cell:
    return rows.counted(
        len(items), "、".join(item.text for item in items), tuple(i for q in items for i in q.claims)
    )


def _summary(items: list[Quantity], tables: Tables, words: Words) -> tuple[Cell, ...]:
    """The largest of each status, in the first currency."""
    pieces: list[tuple[Cell, ...]] = []
    for status in STATUSES:
        first = next((item for item in items if item.status == status), None)
        if first:
            if pieces:
                pieces.append((Cell(words("semicolon")),))
            pieces.append(
                words.cells(
                    f"money.{status}",
                    place=first.place or "",
                    label=rows.label(first, tables),
                    number=rows.number(first),
                )
            )
    return sentence(*pieces, (Cell(words("stop")),))
