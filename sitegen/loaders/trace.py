"""Where in a markdown or HTML file the text of its paragraphs stands: markup gone, the words are found again in
order.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from sitegen.model import Paragraph
from sitegen.text import letters as _letters

_NEEDLES = (16, 8, 4, 2, 1)  # characters looked for, longest first
_REACH = 400  # characters of markup (an address, an entity) that may stand between two characters of a text


class Trace:
    """The letters and digits of a file with the lines on which they stand, and how far they have been read."""

    def __init__(self, lines: Sequence[str], first_line: int) -> None:
        """lines: of a markdown body, or of a page as its reader sees them.  first_line: number of the first in the file."""
        letters = [_letters(line) for line in lines]
        self.chars = "".join(letters)
        self.ends = list(accumulate(map(len, letters)))  # of each line, in chars
        self.first_line = first_line
        self.at = 0
        self.last_line = first_line

    def paragraph(self, text: str) -> Paragraph:
        """The paragraph with its lines, and moves on behind it. Text that no line holds is given the line
        read last.
        """
        letters = _letters(text)
        start = self._find(letters)
        if letters and self.chars.startswith(letters, start):
            breaks, at = self._whole(text, start, start + len(letters)), start + len(letters)
        else:
            breaks, at = self._piecemeal(text, start)
        breaks = breaks or [(0, self.last_line)]
        self.at = max(self.at, at)
        self.last_line = breaks[-1][1]
        return Paragraph(text, (breaks[0][1], breaks[-1][1]), tuple(breaks))

    def _whole(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """The breaks of a text whose letters are chars[start:end]."""
        first, last = self._line(start), self._line(end - 1)
        if first == last:
            return [(0, first)]
        offsets = [match.start() for match in _LETTER.finditer(text)]
        breaks = [(0, first)]
        while (begin := self.ends[breaks[-1][1] - self.first_line]) < end:
            breaks.append((offsets[begin - start], self._line(begin)))
        return breaks

    def _piecemeal(self, text: str, at: int) -> tuple[list[tuple[int, int]], int]:
        """The breaks of a text with markup between its letters, each found behind the one before, and the end."""
        breaks: list[tuple[int, int]] = []
        for match in _LETTER.finditer(text):
            hit = self.chars.find(match[0], at, at + _REACH)
            if hit < 0:
                continue
            at = hit + 1
            line = self._line(hit)
            if not breaks:
                breaks.append((0, line))
            elif line > breaks[-1][1]:
                breaks.append((match.start(), line))
        return breaks, at

    def _line(self, at: int) -> int:
        """The number of the line on which a letter stands."""
        return self.first_line + bisect_right(self.ends, at)

    def _find(self, letters: str) -> int:
        """Where a text of these letters begins, looked for from where reading stopped."""
        for length in _NEEDLES:
            needle = letters[:length]
            if not needle or len(needle) < min(length, len(letters)):
                continue
            hit = self.chars.find(needle, self.at)
            if hit >= 0:
                return hit
        return self.at


_LETTER = re.compile(r"[^\W_]")


def line_with(lines: Sequence[str], first_line: int, words: str) -> int:
    """The number of the first line that holds the words, or of the first line of all."""
    return next((number for number, line in enumerate(lines, first_line) if words in line), first_line)


def plain_lines(text: str) -> list[str]:
    """The lines of a text, whatever ends them."""
    return re.split(r"\r\n|\r|\n", text)
