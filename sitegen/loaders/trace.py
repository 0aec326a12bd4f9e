"""Where in a markdown file the text of its paragraphs stands: markup gone, the words are found again in
order.
"""

import re
from collections.abc import Sequence

from sitegen.model import Paragraph

_NEEDLES = (16, 8, 4, 2, 1)  # characters looked for, longest first
_REACH = 400  # characters of markup (an address, an entity) that may stand between two characters of a text


class Trace:
    """The letters and digits of a file with the lines on which they stand, and how far they have been read."""

    def __init__(self, lines: Sequence[str], first_line: int) -> None:
        """lines: of the body.  first_line: number of the first of them in the file."""
        self.chars = ""
        self.numbers: list[int] = []
        found = []
        for number, line in enumerate(lines, first_line):
            for char in line:
                if char.isalnum():
                    found.append(char)
                    self.numbers.append(number)
        self.chars = "".join(found)
        self.at = 0
        self.last_line = first_line

    def paragraph(self, text: str) -> Paragraph:
        """The paragraph with its lines, and moves on behind it. Text that no line holds is given the line
        read last.
        """
        breaks: list[tuple[int, int]] = []
        at = self._find([char for char in text if char.isalnum()])
        for offset, char in enumerate(text):
            if not char.isalnum():
                continue
            hit = self.chars.find(char, at, at + _REACH)
            if hit < 0:
                continue
            at = hit + 1
            if not breaks:
                breaks.append((0, self.numbers[hit]))
            elif self.numbers[hit] > breaks[-1][1]:
                breaks.append((offset, self.numbers[hit]))
        if not breaks:
            breaks = [(0, self.last_line)]
        self.at = max(self.at, at)
        self.last_line = breaks[-1][1]
        return Paragraph(text, (breaks[0][1], breaks[-1][1]), tuple(breaks))

    def _find(self, chars: list[str]) -> int:
        """Where a text of these letters begins, looked for from where reading stopped, then from the top."""
        for length in _NEEDLES:
            needle = "".join(chars[:length])
            if not needle or len(needle) < min(length, len(chars)):
                continue
            hit = self.chars.find(needle, self.at)
            if hit >= 0:
                return hit
        return self.at


def line_with(lines: Sequence[str], first_line: int, words: str) -> int:
    """The number of the first line that holds the words, or of the first line of all."""
    return next((number for number, line in enumerate(lines, first_line) if words in line), first_line)


def plain_lines(text: str) -> list[str]:
    """The lines of a text, whatever ends them."""
    return re.split(r"\r\n|\r|\n", text)
