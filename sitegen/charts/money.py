"""Money by how sure it is: happened, expected, aimed at. One panel a currency."""

from sitegen.amounts import is_money, unit_word
from sitegen.charts import figures, rows
from sitegen.charts.base import Cell, Chart
from sitegen.charts.words import Words, sentence
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
    panels = [
        figures.Panel(
            words("money.panel", unit=unit_word(unit)),
            unit,
            tuple(_bar(item, words) for item in items[: rows.TOP]),
        )
        for unit, items in groups[:_PANELS]
    ]
    drawn = sum(len(panel.bars) for panel in panels)
    extra = words("part")
    if len(found) > drawn:
        extra += words("others", count=len(found) - drawn) + words("stop")
    return rows.finish(
        id_=ID,
        group=GROUP,
        title=_title(found, words),
        unit=words("semicolon").join(unit_word(unit) for unit in units[:_PANELS]),
        note=rows.source_note([id_ for item in found for id_ in item.claims], tables, words, extra),
        summary=_summary(groups[0][1], words),
        figure=figures.bars(panels, words.get("status")),
        columns=rows.number_columns(words),
        rows=[rows.number_row(item, words) for _, items in groups for item in items],
        words=words,
    )


def _bar(item: Quantity, words: Words) -> figures.Bar:
    return rows.bar(item, words, sub=(words(f"status.{item.status}"), words.period(item.period), item.subject))


def _title(found: list[Quantity], words: Words) -> str:
    actual = sum(item.status == "actual" for item in found)
    if actual == len(found):
        first = found[0]
        return words("money.title_actual", place=first.place or "", label=first.label, number=first.text)
    key = "money.title_mixed" if actual else "money.title_open"
    return words(key, all=len(found), actual=actual, open=len(found) - actual)


def _summary(items: list[Quantity], words: Words) -> tuple[Cell, ...]:
    """The largest of each status, in the first currency."""
    pieces: list[tuple[Cell, ...]] = []
    for status in figures.STATUSES:
        first = next((item for item in items if item.status == status), None)
        if first:
            if pieces:
                pieces.append((Cell(words("semicolon")),))
            name = words(f"status.{status}")
            place = first.place or ""
            pieces.append(
                words.cells("money.largest", status=name, place=place, label=first.label, number=rows.number(first))
            )
    return sentence(*pieces, (Cell(words("stop")),))
