"""Places × industries: which place is reported to have what. Industries in lines, places in columns."""

import pandas as pd

from sitegen.charts import figures, rows
from sitegen.charts.base import Cell, Chart, Column, Figure
from sitegen.charts.pairs import articles_of, below_provinces, pairs
from sitegen.charts.words import Words, sentence
from sitegen.tables import Tables

ID, GROUP = "matrix", "industries"
_HEADS, _PLACES = 14, 12
Members = dict[tuple[str, str], tuple[str, ...]]


def build(tables: Tables, words: Words) -> Chart | None:
    """None with fewer than two places or two groups of industries."""
    frame = below_provinces(pairs(tables))
    if frame["unit_place"].nunique() < 2 or frame["head"].nunique() < 2:
        return None
    counts = frame.pivot_table(
        index="head", columns="unit_place", values="industry", aggfunc="nunique", fill_value=0
    )
    places = _ordered(counts.sum(axis=0))
    heads = _ordered((counts > 0).sum(axis=1))
    counts = counts.reindex(index=heads, columns=places)
    members = _members(frame, tables)
    drawn = counts.iloc[:_HEADS, :_PLACES]
    note = words("matrix.note")
    if drawn.shape != counts.shape:
        note += words("matrix.more", heads=len(heads), places=len(places))
    return rows.finish(
        id_=ID,
        group=GROUP,
        headline=sentence(_say("matrix.title", frame, counts, tables, words)),
        unit=words("matrix.unit"),
        note=rows.pair_note(articles_of(frame), len(frame), tables, words, note),
        summary=sentence(_say("matrix.summary", frame, counts, tables, words)),
        figure=_figure(drawn, members, tables, words),
        columns=(
            Column("head", words("matrix.head")),
            Column("place", words("column.place")),
            Column("count", words("column.industries"), "个", numeric=True),
            Column("industries", words("column.industry")),
        ),
        rows=[
            _row(head, place, names, tables, words)
            for (head, place), names in _sorted(members, heads, places)
        ],
        words=words,
    )


def _ordered(sums: "pd.Series[int]") -> list[str]:
    """Names by size, largest first, then by name."""
    return [str(name) for name, _ in sorted(sums.items(), key=lambda entry: (-int(entry[1]), str(entry[0])))]


def _members(frame: pd.DataFrame, tables: Tables) -> Members:
    """Names of the industries of each group in each place."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for head, place, id_ in zip(frame["head"], frame["unit_place"], frame["industry"], strict=True):
        found.setdefault((str(head), str(place)), {})[tables.geography.industry_name(str(id_))] = None
    return {pair: tuple(names) for pair, names in found.items()}


def _sorted(
    members: Members, heads: list[str], places: list[str]
) -> list[tuple[tuple[str, str], tuple[str, ...]]]:
    """Groups and places in the order of the drawing."""
    line, column = ({name: n for n, name in enumerate(names)} for names in (heads, places))
    return sorted(members.items(), key=lambda entry: (line[entry[0][0]], column[entry[0][1]]))


def _figure(drawn: pd.DataFrame, members: Members, tables: Tables, words: Words) -> Figure:
    cells: list[list[figures.GridCell | None]] = []
    for head in drawn.index:
        line: list[figures.GridCell | None] = []
        for place in drawn.columns:
            listed = members.get((str(head), str(place)), ())
            names, count = words.join(listed), len(listed)
            hover = words.sub(str(place), tables.geography.industry_name(str(head)), str(count), names)
            line.append(figures.GridCell(count, str(count) if count else "", hover))
        cells.append(line)
    labels = [tables.geography.industry_name(str(head)) for head in drawn.index]
    return figures.grid(
        labels, [tables.geography.short(str(place)) for place in drawn.columns], cells, tiles=False
    )


def _row(head: str, place: str, names: tuple[str, ...], tables: Tables, words: Words) -> tuple[Cell, ...]:
    listed = words.join(names)
    return (
        rows.industry_cell(head, tables),
        rows.place_cell(place, words),
        rows.counted(len(names), listed),
        Cell(listed),
    )


def _say(
    key: str, frame: pd.DataFrame, counts: pd.DataFrame, tables: Tables, words: Words
) -> tuple[Cell, ...]:
    """Headline or summary: what the place with most industries has, and which group most places have."""
    place = str(counts.columns[0])
    chosen = frame[frame["unit_place"] == place]
    industries = list(dict.fromkeys(tables.geography.industry_name(str(id_)) for id_ in chosen["industry"]))
    heads = list(dict.fromkeys(tables.geography.industry_name(str(id_)) for id_ in chosen["head"]))
    first = str(counts.index[0])
    having = [str(name) for name, count in counts.loc[first].items() if count]
    return words.cells(
        key,
        place=rows.place_cell(place, words),
        industries=rows.counted(len(industries), words.join(industries)),
        heads=rows.counted(len(heads), words.join(heads)),
        head=rows.industry_cell(first, tables),
        places=rows.counted(len(having), words.join(having)),
    )
