"""Plotly figures: built and checked by plotly.graph_objects, kept as plain JSON without a template.

A figure carries all that its drawing needs: claim ids in customdata, words for ticks and hovers in 万 and 亿,
and in layout.meta which drawing it is.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from html import escape
from typing import Any

import plotly.graph_objects as go

from sitegen.amounts import is_count, ticks
from sitegen.charts.base import Figure
from sitegen.model import STATUSES

FONT = "PingFang SC, Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, sans-serif"
COLOURS = {"actual": "#1f6f54", "planned": "#b77a1b", "target": "#5b6c8f"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. value is its length in the panel's unit (days for a dated panel, from `start`)."""

    label: str
    sub: str
    value: Decimal
    text: str
    status: str
    claims: tuple[str, ...]
    hover: str
    value_max: Decimal | None = None
    start: str | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """Bars in one unit. unit: canonical, for the ticks.  dated: ISO days (first, last) and ticks (ISO day,
    words).
    """

    title: str
    unit: str | None
    bars: tuple[Bar, ...]
    span: tuple[str, str] | None = None
    dates: tuple[tuple[str, str], ...] = field(default=())
    top: Decimal | None = None


def bars(panels: Sequence[Panel], names: dict[str, str]) -> Figure:
    """Horizontal bars, one panel below the other, each with its own axis. names: words for the statuses."""
    rows = sum(len(panel.bars) + 1 for panel in panels)
    layout: dict[str, Any] = _layout("bars", 60 + 44 * rows)
    layout |= {"barmode": "overlay", "bargap": 0.5}
    traces: list[go.Bar] = []
    above = 0.0
    shown: set[str] = set()
    for n, panel in enumerate(panels, 1):
        key = "" if n == 1 else str(n)
        share = (len(panel.bars) + 1) / rows
        bottom = max(0.0, 1 - above - share)
        height = share * len(panel.bars) / (len(panel.bars) + 1)
        layout[f"xaxis{key}"] = _x_axis(panel) | {"anchor": f"y{key}"}
        layout[f"yaxis{key}"] = _y_axis(panel) | {
            "anchor": f"x{key}",
            "domain": [bottom, min(1.0, bottom + height)],
        }
        above += share
        for status in STATUSES:
            chosen = [(row, bar) for row, bar in enumerate(panel.bars) if bar.status == status]
            if chosen:
                traces.append(_bar_trace(chosen, status, names[status], key, shows=status not in shown))
                shown.add(status)
    return _json(traces, layout)


def _bar_trace(chosen: Sequence[tuple[int, Bar]], status: str, name: str, key: str, *, shows: bool) -> go.Bar:
    dated = chosen[0][1].start is not None
    marker: dict[str, Any] = {"color": COLOURS[status]}
    if status == "planned":
        marker |= {
            "pattern": {"shape": "/", "fgcolor": COLOURS[status], "bgcolor": "rgba(0,0,0,0)", "size": 6}
        }
        marker |= {"line": {"color": COLOURS[status], "width": 1.5}}
    if status == "target":
        marker = {"color": "rgba(0,0,0,0)", "line": {"color": COLOURS[status], "width": 1.5}}
    trace: dict[str, Any] = {
        "orientation": "h",
        "width": 0.5,
        "x": [float(bar.value) * (86_400_000 if dated else 1) for _, bar in chosen],
        "y": [row for row, _ in chosen],
        "text": [_safe(bar.text) for _, bar in chosen],
        "textposition": "none" if dated else "outside",
        "cliponaxis": False,
        "hovertext": [_safe(bar.hover) for _, bar in chosen],
        "hoverinfo": "text",
        "customdata": [list(bar.claims) for _, bar in chosen],
        "name": name,
        "legendgroup": status,
        "showlegend": shows,
        "marker": marker,
        "xaxis": f"x{key}",
        "yaxis": f"y{key}",
        "meta": {"status": status, "hrefs": [bar.href for _, bar in chosen]},
    }
    if dated:
        trace["base"] = [bar.start for _, bar in chosen]
    if any(bar.value_max is not None for _, bar in chosen):
        more = [float((bar.value_max or bar.value) - bar.value) for _, bar in chosen]
        trace["error_x"] = {
            "type": "data",
            "array": more,
            "arrayminus": [0.0] * len(more),
            "symmetric": False,
        }
    return go.Bar(trace)


def _x_axis(panel: Panel) -> dict[str, Any]:
    axis: dict[str, Any] = {"title": {"text": _safe(panel.title)}, "side": "top", "zeroline": False}
    if panel.span:
        marks = panel.dates
        return axis | {
            "type": "date",
            "range": list(panel.span),
            "tickvals": [day for day, _ in marks],
            "ticktext": [_safe(words) for _, words in marks],
        }
    top = panel.top or max(bar.value_max or bar.value for bar in panel.bars)
    found = ticks(top, panel.unit)
    if is_count(panel.unit):  # there is no half of a thing
        found = tuple((value, words) for value, words in found if value == value.to_integral_value())
    return axis | {
        "type": "linear",
        "range": [0, float(top) * (1.0 if panel.top else 1.25)],
        "fixedrange": panel.top is not None,
        "tickvals": [float(value) for value, _ in found],
        "ticktext": [words for _, words in found],
    }


def _y_axis(panel: Panel) -> dict[str, Any]:
    labels = [
        f"{_safe(bar.label)}<br>{_safe(bar.sub)}" if bar.sub else _safe(bar.label) for bar in panel.bars
    ]
    return {
        "type": "linear",
        "range": [len(labels) - 0.5, -0.5],
        "tickvals": list(range(len(labels))),
        "ticktext": labels,
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
    }


def dots(
    on: tuple[int, str, tuple[str, ...]], off: tuple[int, str, tuple[str, ...]], columns: int = 16
) -> Figure:
    """Unit dots. on, off: how many dots, their words, the claims behind them."""
    traces = []
    first = 0
    for filled, (count, name, claims) in ((True, on), (False, off)):
        places = [divmod(n, columns) for n in range(first, first + count)]
        first += count
        colour = COLOURS["actual"]
        ring = {"color": colour, "width": 1.4}
        marker = {
            "size": 12,
            "color": colour if filled else "rgba(0,0,0,0)",
            "line": ring,
            "symbol": "circle",
        }
        traces.append(
            go.Scatter(
                {
                    "mode": "markers",
                    "x": [column for _, column in places],
                    "y": [row for row, _ in places],
                    "name": _safe(name),
                    "hovertext": [_safe(name)] * count,
                    "hoverinfo": "text",
                    "customdata": [list(claims)] * count,
                    "marker": marker,
                    "meta": {"filled": filled, "status": "actual"},
                }
            )
        )
    rows = -(-first // columns)
    layout = _layout("dots", 100 + 24 * rows)
    layout |= {"xaxis": {"visible": False}, "yaxis": {"visible": False, "range": [rows - 0.5, -0.5]}}
    return _json(traces, layout)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a matrix or map: value for the shade, words to print, claims it leads to."""

    value: float
    text: str
    hover: str
    claims: tuple[str, ...] = ()


def grid(
    rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[GridCell | None]], *, tiles: bool
) -> Figure:
    """A heatmap; None leaves a hole. tiles: a schematic map, whose cells carry their names and whose axes are
    hidden.
    """
    trace = go.Heatmap(
        {
            "z": [[cell.value if cell else None for cell in line] for line in cells],
            "text": [[_safe(cell.text) if cell else "" for cell in line] for line in cells],
            "hovertext": [[_safe(cell.hover) if cell else "" for cell in line] for line in cells],
            "customdata": [[list(cell.claims) if cell else [] for cell in line] for line in cells],
            "hoverinfo": "text",
            "hoverongaps": False,
            "texttemplate": "%{text}",
            "xgap": 2,
            "ygap": 2,
            "showscale": False,
            "colorscale": [[0, "#f3efe4"], [1, COLOURS["actual"]]],
            "meta": {"tiles": tiles},
        }
    )
    layout = _layout("grid", 120 + 34 * len(cells))
    layout["xaxis"] = _grid_axis(columns, visible=not tiles) | {"side": "top"}
    layout["yaxis"] = _grid_axis(rows, visible=not tiles) | {
        "range": [len(cells) - 0.5, -0.5],
        "automargin": True,
    }
    if tiles:
        layout["yaxis"] |= {"scaleanchor": "x"}
    return _json([trace], layout)


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of a line. at: its place on the axis; value: its height."""

    at: float
    value: Decimal
    text: str
    claims: tuple[str, ...]
    hover: str


@dataclass(frozen=True, slots=True)
class Series:
    """A line. name: "" where there is only one."""

    name: str
    spots: tuple[Spot, ...]


def lines(
    series: Sequence[Series], marks: Sequence[tuple[float, str]], unit: str | None, title: str
) -> Figure:
    """Lines through points. marks: places on the axis with their words, from left to right; unit: canonical, for the ticks;
    title: what is measured.
    """
    traces = [_line(each, n, shows=len(series) > 1) for n, each in enumerate(series)]
    values = [spot.value for each in series for spot in each.spots]
    top, low = max(*values, Decimal(0)), min(*values, Decimal(0))
    found = dict(ticks(max(top, -low) or Decimal(1), unit))
    found |= {-value: f"−{words}" for value, words in found.items() if value}
    step = min(value for value in found if value > 0)
    bottom = -step * (-low / step).to_integral_value(ROUND_CEILING)
    layout = _layout("lines", 320)
    layout["xaxis"] = {
        "type": "linear",
        "tickvals": [place for place, _ in marks],
        "ticktext": [_safe(words) for _, words in marks],
        "zeroline": False,
        "showgrid": False,
    }
    shown = sorted((value, words) for value, words in found.items() if bottom <= value <= top + step)
    layout["yaxis"] = {
        "type": "linear",
        "range": [float(bottom), float(top * Decimal("1.12") if top else step / 10)],
        "tickvals": [float(value) for value, _ in shown],
        "ticktext": [words for _, words in shown],
        "title": {"text": _safe(title)},
        "automargin": True,
    }
    return _json(traces, layout)


_DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
_SERIES = (COLOURS["actual"], COLOURS["planned"], COLOURS["target"], "#1d1b16", "#655f53")


def _line(series: Series, number: int, *, shows: bool) -> go.Scatter:
    return go.Scatter(
        {
            "mode": "lines+markers",
            "x": [spot.at for spot in series.spots],
            "y": [float(spot.value) for spot in series.spots],
            "name": _safe(series.name),
            "showlegend": shows,
            "text": [_safe(spot.text) for spot in series.spots],
            "hovertext": [_safe(spot.hover) for spot in series.spots],
            "hoverinfo": "text",
            "customdata": [list(spot.claims) for spot in series.spots],
            "line": {"color": _SERIES[number], "dash": _DASHES[number], "width": 2},
            "marker": {"color": _SERIES[number], "size": 8},
            "meta": {"series": number},
        }
    )


def _grid_axis(names: Sequence[str], *, visible: bool) -> dict[str, Any]:
    marks = {"tickvals": list(range(len(names))), "ticktext": [_safe(name) for name in names]}
    return {"visible": visible, "showgrid": False, "zeroline": False, "type": "linear"} | marks


def days(first: str, last: str) -> tuple[str, Decimal]:
    """First day and length in days of a span of ISO periods, both ends in: ("2023", "2023") → ("2023-01-01",
    365).
    """
    start, end = first_day(first), _day_after(last)
    return start.isoformat(), Decimal((end - start).days)


def first_day(period: str) -> date:
    """First day of an ISO year, month or day."""
    parts = [int(part) for part in period.split("-")]
    return date(*[*parts, 1, 1][:3])


def _day_after(period: str) -> date:
    parts = [int(part) for part in period.split("-")]
    if len(parts) == 1:
        return date(parts[0] + 1, 1, 1)
    if len(parts) == 2:
        return date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
    return date(parts[0], parts[1], parts[2]) + timedelta(days=1)


def _layout(drawing: str, height: int) -> dict[str, Any]:
    return {
        "meta": {"drawing": drawing},
        "height": height,
        "font": {"family": FONT, "size": 13},
        "margin": {"l": 8, "r": 8, "t": 40, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": ".,",
        "hoverlabel": {"align": "left", "namelength": -1},
        "legend": {"orientation": "h", "x": 0, "y": -0.02, "yanchor": "top"},
    }


def _safe(words: str) -> str:
    """Words that Plotly's small HTML shows as they are."""
    return escape(words, quote=False)


def _json(traces: Sequence[Any], layout: dict[str, Any]) -> Figure:
    """Check the figure against Plotly's schema and give it as JSON, without a template."""
    found: Figure = json.loads(go.Figure(data=list(traces), layout=layout).to_json(engine="json"))
    found["layout"].pop("template", None)
    return found
