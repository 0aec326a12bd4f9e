"""Cells in rows and columns: the matrix of places and industries, and schematic maps of tiles. Darker is
more.

The number stands in each cell, so shade is never the only sign.
"""

from typing import Any

from sitegen.charts.base import Figure
from sitegen.charts.drawing.svg import Canvas, cut, link, mark_href, plain, rect, text, text_width

_LABEL, _HEAD, _NAME = 13.0, 13.0, 15.0
_SHADES = 4
_TILE = 96.0  # px, the most that a tile is wide
_SIDE = 60.0  # px, the most that a column of the matrix is wide
_TALL = 7  # characters of a column head, which stands upright


def draw(figure: Figure, canvas: Canvas) -> tuple[list[str], float]:
    """A heatmap as tiles that carry their names, or as a matrix with heads."""
    trace = figure["data"][0]
    return _tiles(trace, canvas) if trace["meta"]["tiles"] else _matrix(figure, trace, canvas)


def _tiles(trace: dict[str, Any], canvas: Canvas) -> tuple[list[str], float]:
    rows, columns = len(trace["z"]), len(trace["z"][0])
    side = min(canvas.width / columns, _TILE)
    size = min(_NAME, (side - 4) / 4)
    top = max((value for line in trace["z"] for value in line if value is not None), default=0)
    out = []
    for r, line in enumerate(trace["z"]):
        for c, value in enumerate(line):
            if value is None:
                continue
            name, _, words = plain(trace["text"][r][c]).partition("\n")
            x, y, shade = c * side, r * side, _shade(value, top)
            ink = " c-on" if shade == _SHADES else ""
            inside = rect(x + 1, y + 1, side - 2, side - 2, f"c-cell c-s{shade}")
            inside += text(x + side / 2, y + side * 0.44, cut(name, size, side - 3), f"c-tile{ink}", "middle")
            inside = inside.replace('class="c-tile', f'style="font-size:{size:.1f}px" class="c-tile')
            inside += text(x + side / 2, y + side * 0.75, words, f"c-count{ink}", "middle")
            out.append(link(mark_href(trace["customdata"][r][c], canvas.table), f"{name} {words}", inside))
    return out, rows * side


def _matrix(figure: Figure, trace: dict[str, Any], canvas: Canvas) -> tuple[list[str], float]:
    layout = figure["layout"]
    heads = [plain(words) for words in layout["xaxis"]["ticktext"]]
    standing = [words if len(words) <= _TALL else f"{words[: _TALL - 1]}⋮" for words in heads]
    labels = [plain(words) for words in layout["yaxis"]["ticktext"]]
    label_room = min(max(text_width(words, _LABEL) for words in labels), canvas.width * 0.34)
    left = label_room + 8
    side = min((canvas.width - left) / len(heads), _SIDE)
    height = min(max(side, 24.0), 30.0)
    head = max(len(words) for words in standing) * (_HEAD + 1) + 8
    top = max((value for line in trace["z"] for value in line if value), default=0)
    out = []
    for c, words in enumerate(standing):
        x = left + (c + 0.5) * side
        start = head - 8 - len(words) * (_HEAD + 1)
        for n, char in enumerate(words):
            out.append(text(x, start + (n + 1) * (_HEAD + 1), char, "c-side", "middle"))
    for r, label in enumerate(labels):
        y = head + r * height
        out.append(text(label_room, y + height / 2 + 5, cut(label, _LABEL, label_room), "c-side", "end"))
        for c, value in enumerate(trace["z"][r]):
            shade = _shade(value or 0, top)
            cell = rect(left + c * side + 0.75, y + 0.75, side - 1.5, height - 1.5, f"c-cell c-s{shade}")
            if not value:
                out.append(cell)
                continue
            words = plain(trace["text"][r][c])
            ink = " c-on" if shade == _SHADES else ""
            cell += text(left + (c + 0.5) * side, y + height / 2 + 5, words, f"c-cellnum{ink}", "middle")
            claims = trace["customdata"][r][c]
            said = plain(trace["hovertext"][r][c])  # the number whole: in the cell it may be rounded
            out.append(link(mark_href(claims, canvas.table), said, cell))
    return out, head + len(labels) * height + 2


def _shade(value: float, top: float) -> int:
    """0 for nothing, else 1 to 4 by quarters of the largest value."""
    if value <= 0 or top <= 0:
        return 0
    return max(1, min(_SHADES, -int(-_SHADES * value // top)))
