"""A page's text as lines: what is printed, where, with how much space above it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sitegen.loaders.bylines import byline
from sitegen.loaders.join import PARAGRAPH_MAX, list_item, table_row
from sitegen.loaders.layout import layout
from sitegen.loaders.trace import plain_lines
from sitegen.text import fold

BLANK = " \t\u3000\xa0\u200b\ufeff\f\v\x1a\u2003\u2002\u2009"
_ENDS = re.compile(r"[。！？!?…：:；;][”’』」）)\"]*(?:\s*[（(【\[][^（()）【】\[\]]{1,24}[）)】\]])?$")
_CLOSING = re.compile(r"[。！？!?，,、；;：”’』」）)】》%％]+")  # no line of its own
_STOPS = re.compile(r"[。！？!?…][”’』」）)\"]*$")
_LAST = re.compile(r"[。…：:；;][”’』」）)\"]*$")  # as lines of text end, and no headline
_PROSE = re.compile(r"[，。？！；“：]|^.{20}")  # no centred headline
_PROSE_MIN = 24  # characters
ASIDE_MAX = 160  # characters of a line that may be furniture by its words
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
    for number, raw in enumerate(plain_lines(text), 1):
        stripped = raw.strip(BLANK)
        if not stripped or stripped.isspace():
            gap += 1
            continue
        lead = raw[: len(raw) - len(raw.lstrip(BLANK))].strip("\ufeff\u200b")
        indent = "\u3000" in lead or "\t" in lead or len(lead) >= 2
        found.append(plain_line(stripped.strip(), number, gap, indent=indent))
        gap = 0
    return tuple(found)


def usual_gap(lines: Sequence[Line]) -> int:
    """The number of blank lines that most lines of the page have above them; 0 on a page without blank lines."""
    counts = Counter(line.gap for line in lines[1:])
    return min(counts, key=lambda gap: (-counts[gap], gap), default=0)


def unwrap(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines of a page that was cut to one width, put together to paragraphs; any other page as it is.

    A paragraph ends at a short line, a blank line or before an indented line.
    """
    wrap = _wrapping(lines)
    indented = indents(lines)
    usual = usual_gap(lines)
    whole: list[Line] = []
    last = ""  # the printed line above
    for line in lines:
        near = bool(whole) and line.gap <= usual and len(whole[-1].text) < PARAGRAPH_MAX
        if near and _CLOSING.fullmatch(line.text):
            whole[-1] = merge(whole[-1], line)  # a full stop that the page put on a line of its own
            last = line.text
            continue
        fits = (
            near
            and not line.indent
            and (whole[-1].indent or len(whole[-1].breaks) > 1 or not _aside(whole[-1]))
        )
        if fits and _runs_on(whole[-1], last, line, wrap, indented=indented):
            whole[-1] = merge(whole[-1], line)
        else:
            whole.append(line)
        last = "\u3000\u3000" + line.text if line.indent else line.text
    return tuple(whole)


def _runs_on(paragraph: Line, last: str, line: Line, wrap: "_Wrap | None", *, indented: bool) -> bool:
    """Whether the printed line `last`, the latest of a paragraph, was cut and goes on with `line`."""
    if last.rstrip()[-1:] in ("（", "("):
        return True
    if table_row(last) or table_row(line.text) or list_item(line.text):
        return False
    if wrap and line.gap == 0 and wrap.full(last):
        # a full line may end its paragraph by chance; then what follows is no text
        ended = (paragraph.indent or wrap.marked) and bool(_STOPS.search(last))
        goes_on = not ended or wrap.full(line.text) or bool(_LAST.search(line.text))
    else:
        goes_on = indented and paragraph.indent and not _ENDS.search(last)
        goes_on = goes_on and (line.gap == 0 or bool(_PROSE.search(paragraph.text)))
    return goes_on and not _aside(line)


def _prose(line: Line) -> bool:
    """Whether a line looks like running text: long, or a sentence."""
    return (len(line.text) > _PROSE_MIN or bool(_STOPS.search(line.text))) and not _aside(line)


def _aside(line: Line) -> bool:
    """Whether a line shows by itself that it is no running text."""
    words, text = layout(), line.folded
    if len(text) > ASIDE_MAX:
        return False
    if any(
        pattern.match(text) for pattern in (words.caption, words.furniture, words.article_end, words.note)
    ):
        return True
    return byline(line.text) is not None


@dataclass(frozen=True, slots=True)
class _Wrap:
    """The width to which a page was cut: in half-width columns, or in characters.

    lines: how many lines reach it.  marked: the page indents its paragraphs.
    """

    width: int
    slack: int
    by_columns: bool
    lines: int = 0
    marked: bool = False

    def size(self, text: str) -> int:
        """The width of a printed line."""
        return columns(text) if self.by_columns else len(text)

    def full(self, text: str) -> bool:
        """Whether a line reaches the width."""
        return self.width - self.slack <= self.size(text) <= self.width + self.slack


def indents(lines: tuple[Line, ...]) -> bool:
    """Whether the page marks its paragraphs by indenting them and nothing but them."""
    below = [
        line for above, line in pairwise(lines) if _ENDS.search(above.text) and (line.indent or _prose(line))
    ]
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
    return 2 * len(text) - len("".join(_NARROW.findall(text)))


_NARROW = re.compile("[\0-\u024f]+")  # one column each


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _wrapping(lines: tuple[Line, ...]) -> _Wrap | None:
    """How the page's lines were cut, or None where most of them end by themselves."""
    if len(lines) < 6:
        return None
    found = (_width(lines, by_columns=True), _width(lines, by_columns=False))
    return max((wrap for wrap in found if wrap), key=lambda wrap: (wrap.lines, wrap.by_columns), default=None)


def _width(lines: tuple[Line, ...], *, by_columns: bool) -> _Wrap | None:
    """The width at which most lines end that go on below, if enough lines end there and few are longer."""
    unit = 2 if by_columns else 1
    measure = _Wrap(0, 3 if by_columns else 1, by_columns)
    sizes = [measure.size(line.text) + (2 * unit if line.indent else 0) for line in lines]
    counts = Counter(sizes)
    width = max(
        counts, key=lambda size: (sum(counts[size - less] for less in range(measure.slack + 1)), size)
    )
    if not 12 * unit <= width <= unit * _WRAP_MAX:
        return None
    full = [
        at
        for at, size in enumerate(sizes[:-1])
        if 0 <= width - size <= measure.slack and lines[at + 1].gap == 0
    ]
    longer = sum(size > width + measure.slack for size in sizes)
    open_ends = sum(1 for at in full if lines[at].text[-1] not in "。！？!?…：；:;”")
    cut_here = len(full) >= 0.3 * len(lines) and open_ends >= 0.5 * len(full) and longer <= 0.1 * len(lines)
    marked = sum(line.indent for line in lines) >= 3 and usual_gap(lines) == 0
    return _Wrap(width, measure.slack, by_columns, len(full), marked) if cut_here else None
