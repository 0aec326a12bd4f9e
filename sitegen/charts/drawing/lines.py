"""Lines through points on one pair of axes. Each line has its own dashes and its name at its end, so that colour is never
the only sign; each point is a link.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sitegen.charts.base import Figure
from sitegen.charts.drawing.svg import Canvas, cut, line, link, mark_href, number, plain, text, text_width

_TICK, _NUM, _NAME = 11.0, 14.0, 13.0
_TALL, _TOP = 250.0, 44.0
_APART = 17.0  # between the names of two lines
_FEW = 8  # points of a single line that all print their number


@dataclass(frozen=True, slots=True)
class _Scale:
    """Turns places and values into px. first, last: ends of the axis; low, high: of the values."""

    left: float
    right: float
    first: float
    last: float
    low: float
    high: float

    def x(self, place: float) -> float:
        """Of a place on the axis; the middle where all points have one place."""
        if self.last == self.first:
            return (self.left + self.right) / 2
        return self.left + (place - self.first) / (self.last - self.first) * (self.right - self.left)

    def y(self, value: float) -> float:
        """Of a value."""
        return _TOP + (self.high - value) / (self.high - self.low) * _TALL


def draw(figure: Figure, canvas: Canvas) -> tuple[list[str], float]:
    """All lines of the figure, with ticks on the left and below."""
    traces, layout = figure["data"], figure["layout"]
    ticks = list(zip(layout["yaxis"]["tickvals"], layout["yaxis"]["ticktext"], strict=True))
    marks = list(zip(layout["xaxis"]["tickvals"], layout["xaxis"]["ticktext"], strict=True))
    left = max(text_width(plain(words), _TICK) for _, words in ticks) + 12
    names = [plain(trace.get("name") or "") for trace in traces]
    most = canvas.width * (0.3 if canvas.narrow else 0.22)
    room = min(max(text_width(name, _NAME) for name in names), most) + 12 if any(names) else 0.0
    ends = [trace["text"][-1] for trace in traces]
    room = max(room, max(text_width(plain(words), _NUM) for words in ends) / 2)
    low, high = layout["yaxis"]["range"]
    scale = _Scale(left + 14, canvas.width - room - 10, marks[0][0], marks[-1][0], low, high)
    title = plain(layout["yaxis"].get("title", {}).get("text", ""))
    out = [text(0, 13, cut(title, _NAME, canvas.width), "c-head")] if title else []
    out += _axes(scale, ticks, marks, left, canvas)
    for trace in traces:
        out.append(_path(trace, scale))
    for trace in traces:
        out += _points(trace, scale, canvas, alone=len(traces) == 1)
    out += _names(traces, names, scale, most)
    return out, _TOP + _TALL + 24


def _axes(
    scale: _Scale,
    ticks: Sequence[tuple[float, str]],
    marks: Sequence[tuple[float, str]],
    left: float,
    canvas: Canvas,
) -> list[str]:
    out = []
    for value, words in ticks:
        y = scale.y(value)
        if y < _TOP - 1:
            continue
        out.append(line(left, y, scale.right + 6, y, "c-zero" if value == 0 else "c-grid"))
        out.append(text(left - 6, y + 4, plain(words), "c-tick", "end"))
    edge = -1.0
    for place, words in marks:
        size = text_width(plain(words), _TICK)
        start = min(max(scale.x(place) - size / 2, 0), canvas.width - size)
        if start > edge:
            out.append(text(start, _TOP + _TALL + 18, plain(words), "c-tick"))
            edge = start + size + 8
    return out


def _path(trace: dict[str, Any], scale: _Scale) -> str:
    steps = (
        f"{number(scale.x(x))} {number(scale.y(y))}" for x, y in zip(trace["x"], trace["y"], strict=True)
    )
    return f'<path d="M{"L".join(steps)}" class="c-line c-l{trace["meta"]["series"]}"/>'


def _points(trace: dict[str, Any], scale: _Scale, canvas: Canvas, *, alone: bool) -> list[str]:
    """Each point as a link; numbers stand at all points of a short line, else at its end."""
    out = []
    count, edge = len(trace["x"]), -1.0
    for n in range(count):
        x, y = scale.x(trace["x"][n]), scale.y(trace["y"][n])
        inside = (
            f'<circle cx="{number(x)}" cy="{number(y)}" r="4" class="c-point c-p{trace["meta"]["series"]}"/>'
        )
        words = plain(trace["text"][n])
        size = text_width(words, _NUM)
        start = min(max(x - size / 2, scale.left - 10), canvas.width - size)
        last = n == count - 1
        end = scale.x(trace["x"][-1]) - text_width(plain(trace["text"][-1]), _NUM) / 2 - 8
        if alone and (last or (count <= _FEW and start > edge and start + size < end)):
            inside += text(start, max(y - 10, _NUM), words, "c-num")
            edge = start + size + 8
        label = plain(trace["hovertext"][n])
        out.append(link(mark_href(trace["customdata"][n], canvas.table), label, inside))
    return out


def _names(traces: Sequence[dict[str, Any]], names: Sequence[str], scale: _Scale, most: float) -> list[str]:
    """The name of each line at its end, moved apart where they would touch."""
    if not any(names):
        return []
    ends = sorted((scale.y(trace["y"][-1]), n) for n, trace in enumerate(traces))
    out, above = [], _TOP - _APART
    for index, (y, n) in enumerate(ends):
        lowest = _TOP + _TALL - (len(ends) - 1 - index) * _APART
        at = min(max(y + 5, above + _APART), lowest)
        above = at
        x = scale.x(traces[n]["x"][-1]) + 9
        out.append(text(x, at, cut(names[n], _NAME, most), f"c-name c-n{traces[n]['meta']['series']}"))
    return out
