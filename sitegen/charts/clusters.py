"""The clusters of the industry list: in how many places the reports find each."""

from decimal import Decimal

import pandas as pd

from sitegen.charts import figures, rows
from sitegen.charts.base import Cell, Chart, Column
from sitegen.charts.pairs import articles_of, below_provinces, pairs
from sitegen.charts.words import Words, sentence
from sitegen.tables import Tables

ID, GROUP = "clusters", "industries"
_SPREAD = 2  # places; below that every bar is as long as the next


def build(tables: Tables, words: Words) -> Chart | None:
    """None where fewer than two clusters were found in any place, or none of them is spread at all."""
    every = pairs(tables)
    every = every[every["head"].map(tables.geography.is_cluster).astype(bool)]
    frame = below_provinces(every)
    if frame["head"].nunique() < 2:
        return None
    places_of = {str(head): _places(group) for head, group in frame.groupby("head", sort=False)}
    found = sorted(
        ((str(head), places_of.get(str(head), ())) for head in dict.fromkeys(every["head"])),
        key=lambda entry: (-len(entry[1]), entry[0]),
    )
    by_head = _numbers(tables)
    numbers = {head: tuple(by_head.get(head, ())) for head, _ in found}
    bars = tuple(_bar(head, places, tables, words) for head, places in found[: rows.TOP])
    first, places = found[0]
    if len(places) < _SPREAD:
        return None
    cell = rows.counted(len(places), words.join(places))
    extra = words("others", count=len(found) - rows.TOP) + words("stop") if len(found) > rows.TOP else ""
    clusters = rows.counted(len(found), words.join(tables.geography.industry_name(head) for head, _ in found))
    headline = words.cells(
        "clusters.title", clusters=clusters, name=tables.geography.industry_name(first), places=cell
    )
    return rows.finish(
        id_=ID,
        group=GROUP,
        headline=headline,
        unit=words("clusters.unit"),
        note=rows.pair_note(articles_of(every), len(every), tables, words, extra),
        summary=_summary(first, cell, found, tables, words),
        figure=figures.bars([figures.Panel(words("clusters.panel"), "个", bars)], words.get("status")),
        columns=(
            Column("industry", words("column.industry")),
            Column("count", words("column.places"), "个", numeric=True),
            Column("places", words("column.place")),
            Column("numbers", words("column.numbers"), "个", numeric=True),
        ),
        rows=[_row(head, listed, numbers[head], tables, words) for head, listed in found],
        words=words,
    )


def _places(group: pd.DataFrame) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(place) for place in group["unit_place"]))


def _numbers(tables: Tables) -> dict[str, list[str]]:
    """Claims about each cluster or anything in it."""
    found: dict[str, list[str]] = {}
    for item in tables.quantities:
        if item.industry:
            found.setdefault(tables.geography.head(item.industry), []).extend(item.claims)
    return found


def _bar(head: str, places: tuple[str, ...], tables: Tables, words: Words) -> figures.Bar:
    short = words.join(tables.geography.short(place) for place in places) or words("clusters.above")
    name = tables.geography.industry_name(head)
    text = words("clusters.count", count=len(places))
    return figures.Bar(
        label=name,
        sub=short,
        value=Decimal(len(places)),
        text=text,
        status="actual",
        claims=(),
        hover=words.sub(name, text, short),
    )


def _row(
    head: str, places: tuple[str, ...], numbers: tuple[str, ...], tables: Tables, words: Words
) -> tuple[Cell, ...]:
    working = words("clusters.working_numbers")
    return (
        rows.industry_cell(head, tables),
        rows.counted(len(places), words.join(places)),
        Cell(words.join(places)),
        rows.counted(len(numbers), working, numbers),
    )


def _summary(
    first: str, cell: Cell, found: list[tuple[str, tuple[str, ...]]], tables: Tables, words: Words
) -> tuple[Cell, ...]:
    names = rows.industry_cell(first, tables)
    pieces = [words.cells("clusters.summary", name=names, places=cell)]
    nowhere = words.join(tables.geography.industry_name(head) for head, places in found if not places)
    if nowhere:
        pieces.append(words.cells("clusters.nowhere", names=nowhere))
    return sentence(*pieces, (Cell(words("stop")),))
