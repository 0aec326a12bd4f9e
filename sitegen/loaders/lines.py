"""A page's text as lines: what is printed, where, with how much space above it."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from sitegen.text import fold

_BREAK = re.compile(r"\r\n|\r|\n")
BLANK = " \t\u3000\xa0\u200b\ufeff\f\v\x1a\u2003\u2002\u2009"
_ENDS = re.compile(r"[。！？!?…：:；;][”’』」）)\"]*$")
_PARAGRAPH_MAX = 8_000  # characters; see join.PARAGRAPH_MAX
_WRAP_MAX = 60  # characters; wider lines are no typewriter's or mail's wrapping


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, or several put together again.

    text: without white space at its ends.  breaks: (offset in text, number in the file from 1) of each
    printed line.
    gap: blank lines above it.  indent: whether it begins with two blanks or a tab, as a Chinese paragraph
    does.
    """

    text: str
    breaks: tuple[tuple[int, int], ...]
    gap: int = 0
    indent: bool = False

    @property
    def number(self) -> int:
        """Number of its first printed line."""
        return self.breaks[0][1]

    @property
    def folded(self) -> str:
        """The text for matching, of the same length."""
        return fold(self.text)


def plain_line(text: str, number: int, gap: int = 0, *, indent: bool = False) -> Line:
    """A line as printed."""
    return Line(text, ((0, number),), gap, indent)


def read_lines(text: str) -> tuple[Line, ...]:
    """The lines of a page that hold anything; white space and zero-width marks count as nothing."""
    found: list[Line] = []
    gap = 0
    for number, raw in enumerate(_BREAK.split(text), 1):
        stripped = raw.strip(BLANK)
        if not stripped or stripped.isspace():
            gap += 1
            continue
        lead = raw[: len(raw) - len(raw.lstrip(BLANK))].strip("\ufeff\u200b")
        indent = "\u3000" in lead or "\t" in lead or len(lead) >= 2
        found.append(plain_line(stripped.strip(), number, gap, indent=indent))
        gap = 0
    return tuple(found)


def usual_gap(lines: tuple[Line, ...]) -> int:
    """The number of blank lines that most lines of the page have above them; 0 on a page without blank lines."""
    counts = Counter(line.gap for line in lines[1:])
    return min(counts, key=lambda gap: (-counts[gap], gap), default=0)


def unwrap(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines of a page that was cut to one width, put together to paragraphs; any other page as it is.

    A paragraph ends at a short line, a blank line or before an indented line.
    """
    width = _wrap_width(lines)
    indented = _indents(lines)
    if not width and not indented:
        return lines
    whole: list[Line] = []
    last = ""  # the printed line above
    for line in lines:
        fits = whole and line.gap == 0 and not line.indent and len(whole[-1].text) < _PARAGRAPH_MAX
        if fits and _runs_on(whole[-1], last, width, indented=indented):
            whole[-1] = merge(whole[-1], line)
        else:
            whole.append(line)
        last = "\u3000\u3000" + line.text if line.indent else line.text
    return tuple(whole)


def _runs_on(paragraph: Line, last: str, width: int, *, indented: bool) -> bool:
    """Whether the printed line `last`, the latest of a paragraph, was cut and goes on below."""
    if width and columns(last) >= width - 3:
        return True
    return indented and paragraph.indent and not _ENDS.search(last)


def _indents(lines: tuple[Line, ...]) -> bool:
    """Whether the page marks its paragraphs by indenting them and nothing but them."""
    below = [line for above, line in pairwise(lines) if _ENDS.search(above.text)]
    return sum(line.indent for line in lines) >= 2 and sum(line.indent for line in below) >= 0.6 * max(
        1, len(below)
    )


def merge(first: Line, second: Line) -> Line:
    """Two lines as one; a blank between them only where two Latin words would run together."""
    glue = " " if _latin(first.text[-1]) and _latin(second.text[0]) else ""
    shift = len(first.text) + len(glue)
    breaks = first.breaks + tuple((offset + shift, number) for offset, number in second.breaks)
    return Line(first.text + glue + second.text, breaks, first.gap, first.indent)


def cut(line: Line, start: int, end: int) -> Line:
    """The part [start, end) of a line, its margins trimmed; gap and indent are those of the whole."""
    piece = line.text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    inside = [(max(offset - start, 0), number) for offset, number in line.breaks if offset < end]
    while len(inside) > 1 and inside[1][0] == 0:
        inside.pop(0)
    return Line(line.text[start:end], tuple(inside), line.gap, line.indent)


def columns(text: str) -> int:
    """Width in half-width columns."""
    return sum(1 if char < "\u0250" else 2 for char in text)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _wrap_width(lines: tuple[Line, ...]) -> int:
    """The column at which the page's lines were cut, or 0 where most of them end by themselves."""
    if len(lines) < 6:
        return 0
    widths = [columns(line.text) + (4 if line.indent else 0) for line in lines]
    width = max(sorted(widths)[: max(1, int(len(widths) * 0.97))])
    if not 24 <= width <= 2 * _WRAP_MAX:
        return 0
    full = [
        at for at, wide in enumerate(widths[:-1]) if width - 3 <= wide <= width + 2 and lines[at + 1].gap == 0
    ]
    open_ends = sum(1 for at in full if lines[at].text[-1] not in "。！？!?…：；:;”")
    return width if len(full) >= 0.45 * len(lines) and open_ends >= 0.5 * len(full) else 0
