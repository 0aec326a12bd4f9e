"""Plotly figure → inline SVG, in pure Python at build time.

A figure says in layout.meta.drawing how it wants to be drawn (bars, dots, grid, lines); data, texts, claim ids and
axes are Plotly's own. Two drawings come out, for wide and for narrow columns; CSS shows one of them. Colours
are CSS classes, so dark mode, print and a site's own theme need no second drawing; marks lead to claim:ID or
to the chart's table.
"""

from collections.abc import Callable, Mapping
from html import escape

from sitegen.charts.base import Figure
from sitegen.charts.drawing import bars, dots, grid, lines
from sitegen.charts.drawing.svg import Canvas, number

Drawing = tuple[list[str], float]  # SVG elements, those that are links begin with <a; height in px
WIDE, NARROW = 720.0, 350.0

_DRAW: Mapping[str, Callable[[Figure, Canvas], Drawing]] = {
    "bars": bars.draw,
    "dots": dots.draw,
    "grid": grid.draw,
    "lines": lines.draw,
}


def draw(figure: Figure, chart_id: str, title: str, description: str) -> str:
    """The figure as <div class="drawing"> with a wide and a narrow SVG, each with title and description.

    chart_id makes the ids inside unique on a page and must be a valid id. Raises KeyError for an unknown
    drawing.
    """
    drawer = _DRAW[figure["layout"]["meta"]["drawing"]]
    svgs = "".join(
        _svg(
            drawer,
            figure,
            Canvas(width, f"{chart_id}-{css[0]}", f"/charts/{chart_id}/#t-{chart_id}", css == "narrow"),
            css,
            title,
            description,
        )
        for width, css in ((WIDE, "wide"), (NARROW, "narrow"))
    )
    return f'<div class="drawing">{svgs}</div>'


def _svg(
    drawer: Callable[[Figure, Canvas], Drawing],
    figure: Figure,
    canvas: Canvas,
    css: str,
    title: str,
    description: str,
) -> str:
    """One drawing: a picture with title and description, over it the links; a picture may hold none."""
    pieces, height = drawer(figure, canvas)
    links = "".join(piece for piece in pieces if piece.startswith("<a "))
    picture = "".join(piece for piece in pieces if not piece.startswith("<a "))
    defs = f"<defs>{canvas.hatching()}</defs>" if canvas.hatch in links else ""
    width, tall = number(canvas.width), number(height)
    prefix = canvas.prefix
    return (
        f'<svg class="{css}" viewBox="0 0 {width} {tall}" width="{width}" height="{tall}" '
        f'role="group" aria-labelledby="{prefix}-t" xmlns="http://www.w3.org/2000/svg">{defs}'
        f'<svg role="img" aria-labelledby="{prefix}-t {prefix}-d" width="{width}" height="{tall}">'
        f'<title id="{prefix}-t">{escape(title, quote=False)}</title>'
        f'<desc id="{prefix}-d">{escape(description, quote=False)}</desc>{picture}</svg>{links}</svg>'
    )
