"""Shares of a whole, in per cent on one axis from 0 to 100."""

from decimal import Decimal

from sitegen.charts import figures, rows
from sitegen.charts.base import Cell, Chart
from sitegen.charts.words import Words, sentence
from sitegen.tables import Tables

ID, GROUP = "shares", "capacity"


def build(tables: Tables, words: Words) -> Chart | None:
    """None with fewer than two shares between 0 and 100 %."""
    found = [q for q in rows.positive(tables.of_kinds("share")) if q.unit == "%" and q.value <= 100]
    if len(found) < 2:
        return None
    shown = found[: rows.TOP]
    bars = tuple(rows.bar(q, tables, words, words("shares.of", of=q.of) if q.of else None) for q in shown)
    panel = figures.Panel(words("shares.panel"), "%", bars, top=Decimal(100))
    extra = words("others", count=len(found) - len(shown)) + words("stop") if len(found) > len(shown) else ""
    first, last = found[0], found[-1]
    key = "shares.title" if first.of else "shares.title_plain"
    pieces = [
        words.cells(key, place=item.place or "", label=rows.label(item, tables), number=rows.number(item))
        for key, item in (("shares.summary", first), ("shares.lowest", last))
    ]
    return rows.finish(
        id_=ID,
        group=GROUP,
        headline=words.cells(
            key,
            place=tables.geography.short(first.place) if first.place else "",
            label=rows.label(first, tables),
            of=first.of or "",
            number=rows.number(first),
        ),
        unit="%",
        note=rows.source_note([id_ for item in found for id_ in item.claims], tables, words, extra),
        summary=sentence(*pieces, (Cell(words("stop")),)),
        figure=figures.bars([panel], words.get("status")),
        columns=rows.number_columns(words),
        rows=rows.number_rows(found, words),
        count=len(found),
        words=words,
    )
