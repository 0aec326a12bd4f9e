"""What a chart is: the records that charts hand to pages, and the error that stops a chart nobody could read.

Links in `svg` and the meaning of claim ids are those of the site: href="claim:ID" opens the sentence;
everything else is a root-absolute path.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sitegen.problems import SitegenError

Figure = dict[str, Any]  # a Plotly figure as JSON: {"data": [...], "layout": {...}}


class ChartError(SitegenError):
    """A chart lacks what its reader needs: title, summary, source note, table."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of text in a table or sentence; where it is a number it says where the number comes from.

    claims: ids of the claims that print it.  derived: the working ("160 − 137") of a number that no source
    prints; then claims are those that went into it.  href: root-absolute page for a cell that names a place
    or an industry. exact: the exact value as text, in unit, for CSV and charts ("456570000000"); None for
    words.
    """

    text: str
    claims: tuple[str, ...] = ()
    derived: str | None = None
    href: str | None = None
    exact: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a chart's table. unit: canonical unit of Cell.exact, None for words or mixed units."""

    key: str
    label: str
    unit: str | None = None
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart, complete: with scripts off `svg`, `summary`, `note` and the table are all that a reader
    gets.

    id: stable, URL-safe.  title: the finding, in Chinese.  unit: what is measured, in words ("个；亿元").
    note: the source note.  summary: a sentence in pieces.  figure: Plotly JSON without a template, the one
    description of the drawing.  svg: wide and narrow drawing in one <div class="drawing">.  group: which
    section of the site it belongs to (signings, money, capacity, industries, places, time).  sources: claim
    ids behind the whole chart, first use first.
    """

    id: str
    title: str
    unit: str
    note: str
    summary: tuple[Cell, ...]
    figure: Figure
    svg: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    group: str
    legend: tuple[tuple[str, str], ...] = ()  # (CSS class of the swatch, words)
    sources: tuple[str, ...] = ()
    headline: tuple[Cell, ...] = ()  # the title in pieces: its numbers with their claims or working
    meta: Mapping[str, str] = field(default_factory=dict)

    @property
    def table_id(self) -> str:
        """Anchor of the chart's table on its own page, /charts/ID/."""
        return f"t-{self.id}"

    @property
    def json(self) -> str:
        """The figure as JSON for <script type="application/json" id="fig-ID">, which the interactive layer
        reads.
        """
        return figure_json(self.figure)


def figure_json(figure: Figure) -> str:
    """The figure as compact JSON that may stand inside <script type="application/json">. Same figure, same
    text.
    """
    text = json.dumps(figure, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
