"""Unit dots: so many of so many, one dot a thing (or ten, or a hundred). Filled dots come first."""

from collections.abc import Sequence

from sitegen.charts.base import Figure
from sitegen.charts.drawing.svg import Canvas, link, mark_href, number, plain, text


def draw(figure: Figure, canvas: Canvas) -> tuple[list[str], float]:
    """The dots of all traces in reading order, then one line a trace that says what its dots are."""
    total = sum(len(trace["x"]) for trace in figure["data"])
    pitch, columns = _pitch(total, canvas)
    radius = pitch * 0.38
    out: list[str] = []
    first = 0
    for trace in figure["data"]:
        count = len(trace["x"])
        centres = [
            ((n % columns + 0.5) * pitch, (n // columns + 0.5) * pitch) for n in range(first, first + count)
        ]
        first += count
        if count:
            out.append(_linked(trace, canvas, _dots(centres, radius, filled=trace["meta"]["filled"])))
    y = -(-total // columns) * pitch + 8
    for trace in figure["data"]:
        y += 22
        swatch = _dots([(7, y - 5)], 5.5, filled=trace["meta"]["filled"])
        out.append(_linked(trace, canvas, swatch + text(20, y, plain(trace["name"]), "c-label")))
    return out, y + 8


def _linked(trace: dict[str, object], canvas: Canvas, inside: str) -> str:
    claims = trace["customdata"][0] if trace["customdata"] else []  # type: ignore[index]  # traces are plain JSON
    return link(mark_href(claims, canvas.table), plain(str(trace["name"])), inside)


def _pitch(total: int, canvas: Canvas) -> tuple[float, int]:
    """Distance of dots in px and dots in a line: large dots for few, small for many, full width."""
    for columns in (10, 16, 20, 25, 32, 40, 50):
        pitch = canvas.width / columns
        if pitch <= 24 and -(-total // columns) * pitch <= (300 if canvas.narrow else 170):
            return pitch, columns
    return canvas.width / 50, 50


def _dots(centres: Sequence[tuple[float, float]], radius: float, *, filled: bool) -> str:
    """Round dots as strokes of no length: a few bytes each. An open dot is the line's colour under the
    paper's.
    """
    path = "".join(f"M{number(x)} {number(y)}h0" for x, y in centres)
    outer = f'<path d="{path}" class="c-dot" style="stroke-width:{number(2 * radius)}"/>'
    if filled:
        return outer
    ring = outer.replace("c-dot", "c-ring")
    return ring + f'<path d="{path}" class="c-hole" style="stroke-width:{number(2 * radius - 2.6)}"/>'
