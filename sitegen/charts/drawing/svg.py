"""Small words of SVG: escaped text, measured text, links, hatching. Colours are CSS classes only."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from itertools import pairwise

_WIDE = frozenset("WFA")
_NARROW_EM = 0.58
_BETWEEN_EM = 0.125
_THIN = frozenset(".,;:'|!il ")
_THIN_EM = 0.3


@lru_cache(maxsize=8192)  # the same labels in each drawing, and in the next run of a preview
def text_width(text: str, size: float) -> float:
    """Width of a text in px: a Han character is 1 em, a Latin one about 0.58; between the two a browser leaves 1/8 em."""
    wide = [unicodedata.east_asian_width(char) in _WIDE for char in text]
    ems = sum(
        1.0 if han else _THIN_EM if char in _THIN else _NARROW_EM
        for char, han in zip(text, wide, strict=True)
    )
    return size * (ems + _BETWEEN_EM * sum(one != other for one, other in pairwise(wide)))


def cut(text: str, size: float, room: float) -> str:
    """The text, or as much of it as fits into room px with … at the end."""
    most = int(room / (size * _THIN_EM)) + 1  # no more fit, however thin they are
    if len(text) <= most and text_width(text, size) <= room:
        return text
    text = text[:most]
    while text and text_width(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text}…"


def wrap(text: str, size: float, room: float, most: int = 2) -> tuple[str, ...]:
    """The text in at most `most` lines of room px, the last one cut with … where it must be."""
    head, _, tail = text.partition(" ")
    if (
        most > 1
        and tail[:1].isalnum()
        and text_width(text, size) > room >= max(text_width(head, size), text_width(tail, size))
    ):
        return head, tail  # the place above, what is measured there below
    lines: list[str] = []
    while text:
        if len(lines) == most - 1 or text_width(text, size) <= room:
            lines.append(cut(text, size, room))
            break
        end = max(
            1, next((n for n in range(1, len(text) + 1) if text_width(text[:n], size) > room), len(text)) - 1
        )
        while end > 1 and (_within_word(text, end) or text[end] in "，。、）)：；」”》"):
            end -= 1
        lines.append(text[:end])
        text = text[end:].lstrip()
    return tuple(lines)


def _within_word(text: str, at: int) -> bool:
    """Whether a break at `at` would split a number or a Latin word."""
    before, after = text[at - 1], text[at]
    return all(char.isascii() and (char.isalnum() or char in ".%") for char in (before, after))


def plain(text: str) -> str:
    """Text of a figure (Plotly's small HTML) as plain text."""
    return unescape(text)


def number(value: float) -> str:
    """A coordinate: at most one decimal, no trailing zero, no minus zero."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def text(x: float, y: float, words: str, css: str, anchor: str = "") -> str:
    """A <text> with its baseline at (x, y)."""
    where = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{number(x)}" y="{number(y)}" class="{css}"{where}>{escape(words, quote=False)}</text>'


def rect(x: float, y: float, width: float, height: float, css: str, fill: str = "") -> str:
    """A rectangle; fill is a url(#…) for hatching, else the class says it."""
    paint = f' style="fill:{fill}"' if fill else ""
    size = f'width="{number(width)}" height="{number(height)}"'
    return f'<rect x="{number(x)}" y="{number(y)}" {size} class="{css}"{paint}/>'


def line(x1: float, y1: float, x2: float, y2: float, css: str) -> str:
    """A straight line."""
    return lines([(x1, y1, x2, y2)], css)


def lines(ends: Sequence[tuple[float, float, float, float]], css: str) -> str:
    """Straight lines of one kind, each from (x1, y1) to (x2, y2)."""
    path = "".join(f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}" for x1, y1, x2, y2 in ends)
    return f'<path d="{path}" class="{css}"/>'


def link(href: str, label: str, inside: str) -> str:
    """What is inside, as a link that says its label to a screen reader."""
    return f'<a href="{escape(href)}" aria-label="{escape(label)}">{inside}</a>'


def mark_href(claims: Sequence[str], table: str) -> str:
    """Where a mark leads: to its sentence where it stands on exactly one claim, else to the chart's table."""
    return f"claim:{claims[0]}" if len(claims) == 1 else table


@dataclass(frozen=True, slots=True)
class Canvas:
    """One drawing under way: its width in px, a prefix that makes ids unique on a page, where the chart's
    table is.
    """

    width: float
    prefix: str
    table: str
    narrow: bool

    @property
    def hatch(self) -> str:
        """Reference to this drawing's hatching."""
        return f"url(#{self.prefix}-h)"

    def hatching(self) -> str:
        """The pattern behind `hatch`: slanted lines in the colour of planned numbers."""
        return (
            f'<pattern id="{self.prefix}-h" width="6" height="6" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><path d="M1.5 0V6" class="c-hatch"/></pattern>'
        )
