"""A finished chart as pictures that stand alone: an SVG with its own colours, a PNG painted without a browser.

The bytes of a PNG depend on the fonts by which it is painted; nothing else in a site depends on the machine.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib import resources

from sitegen.cache import Cache
from sitegen.charts.base import Chart
from sitegen.charts.drawing.svg import number, text_width, wrap
from sitegen.fonts import fonts_version

CARD = (1200, 630)  # what networks show of a page
_WIDTH, _MARGIN, _TITLE, _NOTE = 760, 20, 21, 12
_PNG = b"\x89PNG\r\n\x1a\n"  # with which every PNG begins
_DRAWING = re.compile(
    r'<svg class="wide" viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>(.*)</svg><svg class="narrow"', re.DOTALL
)
_LINK = re.compile(r"</?a\b[^>]*>")
_NAMED = re.compile(r'\s(?:role|aria-labelledby)="[^"]*"|<(title|desc)\b[^>]*>.*?</\1>', re.DOTALL)


def chart_pictures(
    charts: Sequence[Chart], name: str, fonts: tuple[str, ...], store: Cache | None = None
) -> Iterator[tuple[str, bytes]]:
    """The pictures of each chart as (path in the site, content): data/charts/ID.svg and, with fonts, share/ID.png.
    name: of the site; store: keeps what was painted.
    """
    used = fonts_version(fonts)
    for chart in charts:
        picture = alone(chart, name)
        if not picture:
            continue
        yield f"data/charts/{chart.id}.svg", picture.encode()
        if fonts:
            yield f"share/{chart.id}.png", _kept(card(chart, name), fonts, used, store)


def alone(chart: Chart, name: str) -> str:
    """The chart with headline, unit, legend, drawing, source and the site's name as one SVG; "" where nothing is drawn."""
    found = _drawing(chart)
    if not found:
        return ""
    _, height, inside = found
    room = _WIDTH - 2 * _MARGIN
    title, top = _lines(chart.title, _MARGIN, _MARGIN + _TITLE, _TITLE, room, 3, "a-title")
    unit, top = _lines(chart.unit, _MARGIN, top + 2, 13, room, 1, "a-soft")
    legend, top = _legend(chart, _MARGIN, top)
    drawn = f'<g transform="translate({_MARGIN} {number(top)})">{inside}</g>'
    note, top = _lines(f"{chart.note}  {name}", _MARGIN, top + height + 28, _NOTE, room, 4, "a-soft")
    return _svg((_WIDTH, int(top + 4)), title + unit + legend + drawn + note, chart)


def card(chart: Chart, name: str) -> str:
    """The chart in the form of a card that networks show beside a link: site, headline, drawing."""
    width, height, inside = _drawing(chart) or (1.0, 1.0, "")
    wide, tall = CARD
    room = wide - 120
    mast = f'<text class="a-title" x="60" y="72" style="font-size:28px">{escape(name)}</text>'
    rule = f'<path class="a-rule" d="M60 92H{wide - 60}"/>'
    title, top = _lines(chart.title, 60, 154, 44, room, 2, "a-title")
    scale = min(room / width, (tall - 76 - top) / height, 1.6)
    drawn = f'<g transform="translate(60 {number(top)}) scale({scale:.3f})">{inside}</g>'
    note, _ = _lines(chart.note, 60, tall - 34, 18, room, 1, "a-soft")
    return _svg(CARD, mast + rule + title + drawn + note, chart)


def _kept(svg: str, fonts: tuple[str, ...], version: str, store: Cache | None) -> bytes:
    if store is None:
        return painted(svg, fonts)
    key = store.key("painting", svg, version)
    known = store.get_bytes(key)
    if known is None or not known.startswith(_PNG):
        known = painted(svg, fonts)
        store.put_bytes(key, known)
    return known


def painted(svg: str, fonts: tuple[str, ...]) -> bytes:
    """The SVG as PNG. fonts: paths of the font files to be used, no others are."""
    from resvg_py import svg_to_bytes

    return bytes(svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=list(fonts)))


def _drawing(chart: Chart) -> tuple[float, float, str] | None:
    """Width, height and content of the wide drawing, without links."""
    match = _DRAWING.search(chart.svg)
    if not match:
        return None
    return float(match[1]), float(match[2]), _NAMED.sub("", _LINK.sub("", match[3]))


def _lines(words: str, x: float, y: float, size: int, room: float, most: int, css: str) -> tuple[str, float]:
    """Words in lines of that room from the baseline y down, and where what follows may begin."""
    found = wrap(words, size, room, most)
    texts = [
        f'<text class="{css}" x="{number(x)}" y="{number(y + n * size * 1.4)}" style="font-size:{size}px">{escape(line)}</text>'
        for n, line in enumerate(found)
    ]
    return "".join(texts), y + (len(found) - 1) * size * 1.4 + size * 0.9


def _legend(chart: Chart, x: float, y: float) -> tuple[str, float]:
    if not chart.legend:
        return "", y
    pieces = []
    for css, words in chart.legend:
        pieces.append(f'<rect class="{css}" x="{number(x)}" y="{number(y)}" width="22" height="12"/>')
        pieces.append(
            f'<text class="a-soft" x="{number(x + 28)}" y="{number(y + 11)}">{escape(words)}</text>'
        )
        x += 50 + text_width(words, 14)
    return "".join(pieces), y + 28


def _svg(size: tuple[int, int], inside: str, chart: Chart) -> str:
    width, height = size
    said = "".join(cell.text for cell in chart.summary)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">'
        f"<title>{escape(chart.title)}</title><desc>{escape(said)}</desc><style>{_style()}</style>"
        f'<rect class="a-paper" width="{width}" height="{height}"/>{inside}</svg>\n'
    )


@cache
def _style() -> str:
    text = (resources.files("sitegen") / "data/charts/alone.css").read_text("utf-8")
    return re.sub(r"/\*.*?\*/\s*", "", text, flags=re.DOTALL).strip()
