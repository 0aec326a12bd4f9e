"""Schematic maps: the units of a province as tiles by their bearing, with no boundary.

A province has a map if data/grids/CODE.yml gives the tiles of its units; otherwise its places stand in matrix
and list.
"""

from functools import cache
from typing import Any

from sitegen.charts import figures, rows
from sitegen.charts.base import Cell, Chart, Column, Figure
from sitegen.charts.pairs import articles_of, pairs
from sitegen.charts.words import Words, sentence
from sitegen.lexicon import packaged, packaged_names
from sitegen.tables import Tables

ID, GROUP = "tiles", "places"


@cache
def grids() -> tuple[dict[str, Any], ...]:
    """The packaged grids, by province code."""
    return tuple(packaged(name) for name in packaged_names("grids"))


def build(tables: Tables, words: Words) -> Chart | None:
    """The map of the province with most places reported; None where none with a grid has two of them."""
    frame = pairs(tables)
    maps = [(grid, frame[frame["unit_place"].isin(list(grid["tiles"]))]) for grid in grids()]
    maps = [(grid, chosen) for grid, chosen in maps if chosen["unit_place"].nunique() > 1]
    if not maps:
        return None
    grid, chosen = max(maps, key=lambda entry: int(entry[1]["unit_place"].nunique()))
    found: dict[str, list[str]] = {place: [] for place in grid["tiles"]}
    for place, group in chosen.groupby("unit_place", sort=False):
        found[str(place)] = [
            tables.geography.industry_name(str(id_)) for id_ in dict.fromkeys(group["industry"])
        ]
    ranked = sorted(found, key=lambda place: -len(found[place]))
    first = ranked[0]
    units = rows.counted(len(found), words.join(found))
    count = rows.counted(len(found[first]), words.join(found[first]))
    headline = words.cells("tiles.title", units=units, place=first, count=count, kind=grid["units"])
    return rows.finish(
        id_=ID,
        group=GROUP,
        headline=headline,
        unit=words("tiles.unit"),
        note=rows.pair_note(articles_of(chosen), len(chosen), tables, words, words("tiles.note")),
        summary=_summary(ranked, found, words),
        figure=_figure(grid, found, words),
        columns=(
            Column("place", words("column.place")),
            Column("count", words("column.industries"), "个", numeric=True),
            Column("industries", words("column.industry")),
        ),
        rows=[
            (
                rows.place_cell(place, words),
                rows.counted(len(found[place]), words.join(found[place])),
                Cell(words.join(found[place])),
            )
            for place in ranked
        ],
        words=words,
    )


def _figure(grid: dict[str, Any], found: dict[str, list[str]], words: Words) -> Figure:
    height = max(row for row, _ in grid["tiles"].values()) + 1
    width = max(column for _, column in grid["tiles"].values()) + 1
    cells: list[list[figures.GridCell | None]] = [[None] * width for _ in range(height)]
    for place, (row, column) in grid["tiles"].items():
        names = found[place]
        short = grid.get("short", {}).get(place, place)
        hover = words.sub(place, words("clusters.count", count=len(names)), words.join(names))
        cells[row][column] = figures.GridCell(len(names), f"{short}\n{len(names)}", hover)
    return figures.grid([""] * height, [""] * width, cells, tiles=True)


def _summary(ranked: list[str], found: dict[str, list[str]], words: Words) -> tuple[Cell, ...]:
    first = ranked[0]
    count = rows.counted(len(found[first]), words.join(found[first]))
    pieces = [words.cells("tiles.summary", place=rows.place_cell(first, words), count=count)]
    silent = [place for place in ranked if not found[place]]
    if silent:
        pieces.append(words.cells("tiles.none", names=words.join(silent)))
    return sentence(*pieces, (Cell(words("stop")),))
