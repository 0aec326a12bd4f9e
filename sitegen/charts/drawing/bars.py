"""Horizontal bars in panels, each panel with its own unit and axis; the time line is the same with dates for
an axis.

Wide: labels in a column on the left. Narrow: each label above its bar. The scale is as large as the longest
bar with its number allows, so no width is wasted.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sitegen.charts.base import Figure
from sitegen.charts.drawing.svg import (
    Canvas,
    line,
    lines,
    link,
    mark_href,
    plain,
    rect,
    text,
    text_width,
    wrap,
)

LABEL, SUB, NUM, TICK, HEAD = 14.0, 12.0, 14.0, 11.0, 13.0
BAR, GAP = 16.0, 8.0
_BELOW = 6.0  # between the ticks of a narrow drawing and its first label
_DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class _Bar:
    row: float
    start: float
    length: float
    more: float
    text: str
    claims: tuple[str, ...]
    href: str
    status: str


@dataclass(frozen=True, slots=True)
class _Panel:
    title: str
    labels: tuple[tuple[str, str], ...]
    bars: tuple[_Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    span: tuple[float, float]
    dated: bool
    fixed: bool


def draw(figure: Figure, canvas: Canvas) -> tuple[list[str], float]:
    """All panels, one below the other."""
    out: list[str] = []
    y = 0.0
    for panel in _panels(figure):
        y = _draw_panel(panel, canvas, y, out) + 22
    return out, y - 14


def _draw_panel(panel: _Panel, canvas: Canvas, top: float, out: list[str]) -> float:
    left = 0.0 if canvas.narrow else 236.0
    right = canvas.width
    y = top
    if panel.title:
        out.append(text(0, y + HEAD, panel.title, "c-head"))
        y += 20
    y += 14
    axis = y
    scale = _scale(panel, right - left)
    rows: list[str] = []
    beside: list[tuple[float, float]] = []
    y += _BELOW if canvas.narrow else 0
    for (label, sub), bar in zip(panel.labels, panel.bars, strict=True):
        y = _row(bar, label, sub, canvas, (left, right, scale, panel.span[0]), y, rows, dated=panel.dated)
        if canvas.narrow:  # its label stands above the bar, where no line of the grid may cross it
            beside.append((y - GAP - BAR - 3, y - GAP + 3))
    out.extend(_axis(panel, left, right, scale, axis, beside or [(axis, y)]))
    out.extend(rows)
    return y


def _scale(panel: _Panel, room: float) -> float:
    """Pixels for one unit: as many as let the longest bar and its number stand side by side."""
    first, last = panel.span
    if panel.dated:
        return room / (last - first)
    most = (room - 16) / (last - first) if panel.fixed else math.inf
    return min(
        most,
        *(
            (room - text_width(bar.text, NUM) - 10) / max(bar.start - first + bar.length + bar.more, 1e-300)
            for bar in panel.bars
        ),
    )


def _axis(
    panel: _Panel,
    left: float,
    right: float,
    scale: float,
    y: float,
    stretches: Sequence[tuple[float, float]],
) -> Iterator[str]:
    """Words of the ticks above y, and below them a line for each, drawn in stretches from top to bottom."""
    edge = -1.0
    if not _room_for(panel, scale):
        panel = replace(panel, ticks=panel.ticks[::2])
    for value, words in panel.ticks:
        x = left + (value - panel.span[0]) * scale
        if x > right + 0.5:
            break
        css = "c-zero" if value == panel.span[0] and not panel.dated else "c-grid"
        yield lines([(x, top, x, bottom) for top, bottom in stretches], css)
        size = text_width(words, TICK)
        start = x + 3 if panel.dated else min(max(x - size / 2, left), right - size)
        if start > edge and start + size <= right + 1:
            yield text(start, y - 4, words, "c-tick")
            edge = start + size + 8


def _room_for(panel: _Panel, scale: float) -> bool:
    """Whether the words of all ticks stand side by side."""
    return all(
        (after[0] - before[0]) * scale > (text_width(before[1], TICK) + text_width(after[1], TICK)) / 2 + 6
        for before, after in zip(panel.ticks, panel.ticks[1:], strict=False)
    )


def _row(
    bar: _Bar,
    label: str,
    sub: str,
    canvas: Canvas,
    frame: tuple[float, float, float, float],
    y: float,
    out: list[str],
    *,
    dated: bool,
) -> float:
    """Draw one row at y, return where the next begins. frame: left, right, px for a unit, first value of the
    axis.
    """
    left, right, scale, first = frame
    if canvas.narrow:
        lines = wrap(label, LABEL, canvas.width)
        for n, words in enumerate(lines):
            out.append(text(0, y + 16 + 18 * n, words, "c-label"))
        y += 18 * len(lines)
        used = text_width(lines[-1], LABEL) + 8
        if sub and used + text_width(sub, SUB) <= canvas.width:
            out.append(text(used, y - 2, sub, "c-sub"))
        elif sub:
            for words in wrap(sub, SUB, canvas.width):
                out.append(text(0, y + 14, words, "c-sub"))
                y += 16
            y += 1
        bar_y, end = y + 5, y + 5 + BAR + GAP
    else:
        lines = wrap(label, LABEL, left - 16)
        for n, words in enumerate(lines):
            out.append(text(0, y + 19 + 17 * n, words, "c-label"))
        below = wrap(sub, SUB, left - 16)
        for n, words in enumerate(below):
            out.append(text(0, y + 18 + 17 * len(lines) + 15 * n, words, "c-sub"))
        height = 17 * len(lines) + 15 * len(below) + (1 if below else 0)
        bar_y, end = y + 8 + max(0.0, (height - BAR) / 2 - 2), y + max(height, BAR) + 16
    x = left + (bar.start - first) * scale
    length = max(bar.length * scale, 6.0 if dated else 1.5) if bar.length else 0.0
    marks = [_mark(x, bar_y, length, bar.status, canvas)] if bar.length else []
    if bar.more:
        marks.append(
            line(x + length, bar_y + BAR / 2, x + length + bar.more * scale, bar_y + BAR / 2, "c-more")
        )
    out.append(_linked(bar, label, canvas, marks, x, length + bar.more * scale, bar_y, right, left))
    return end


def _linked(
    bar: _Bar,
    label: str,
    canvas: Canvas,
    marks: list[str],
    x: float,
    length: float,
    y: float,
    right: float,
    left: float,
) -> str:
    size = text_width(bar.text, NUM)
    at = x + length + 7
    if at + size > right:
        at = max(left, x - size - 7) if x - size - 7 >= left else max(left, right - size)
    words = text(at, y + BAR - 3, bar.text, "c-num")
    return link(
        bar.href or mark_href(bar.claims, canvas.table), f"{label} {bar.text}", "".join([*marks, words])
    )


def _mark(x: float, y: float, length: float, status: str, canvas: Canvas) -> str:
    if status == "planned":
        return rect(x, y, length, BAR, "c-planned", canvas.hatch)
    if status == "target":
        return rect(x + 0.75, y + 0.75, max(length - 1.5, 0.5), BAR - 1.5, "c-target")
    return rect(x, y, length, BAR, "c-actual")


def _panels(figure: Figure) -> Iterator[_Panel]:
    layout = figure["layout"]
    for axis in sorted(
        {trace.get("yaxis", "y") for trace in figure["data"]}, key=lambda name: int(name[1:] or 1)
    ):
        n = axis[1:]
        x_axis, y_axis = layout[f"xaxis{n}"], layout[f"yaxis{n}"]
        dated = x_axis.get("type") == "date"
        traces = [trace for trace in figure["data"] if trace.get("yaxis", "y") == axis]
        bars = sorted((bar for trace in traces for bar in _bars(trace, dated=dated)), key=lambda bar: bar.row)
        first = _place(x_axis["range"][0], dated=dated)
        last = _place(x_axis["range"][1], dated=dated)
        yield _Panel(
            title=plain(x_axis.get("title", {}).get("text", "")),
            labels=tuple(_label(words) for words in y_axis["ticktext"]),
            bars=tuple(bars),
            ticks=tuple(
                (_place(value, dated=dated), plain(words))
                for value, words in zip(x_axis["tickvals"], x_axis["ticktext"], strict=True)
            ),
            span=(first, last),
            dated=dated,
            fixed=bool(x_axis.get("fixedrange")),
        )


def _label(words: str) -> tuple[str, str]:
    main, _, sub = words.partition("<br>")
    return plain(main), plain(sub)


def _bars(trace: dict[str, Any], *, dated: bool) -> Iterator[_Bar]:
    count = len(trace["x"])
    bases: Sequence[Any] = trace.get("base") or [0] * count
    more: Sequence[float] = trace.get("error_x", {}).get("array") or [0] * count
    for n in range(count):
        yield _Bar(
            row=trace["y"][n],
            start=_place(bases[n], dated=dated),
            length=trace["x"][n] / (_DAY if dated else 1),
            more=more[n],
            text=plain(trace["text"][n]),
            claims=tuple(trace["customdata"][n]),
            href=(trace.get("meta") or {}).get("hrefs", [""] * count)[n],
            status=trace["meta"]["status"],
        )


def _place(value: Any, *, dated: bool) -> float:
    """A value on its axis: days for a date, else the number."""
    return float(date.fromisoformat(value).toordinal()) if dated else float(value)
