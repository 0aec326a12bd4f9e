"""The body of an article that is paragraphs, subheads and bold words and nothing else, as most are: read without a Markdown
reader, to the same HTML, paragraphs and lines. Where a text may be anything more, it is left to those who know Markdown.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from sitegen.model import Note, Paragraph
from sitegen.text import NUMBER

_CHAR = rf"[^\\`*_~\[\]<>!&#{NUMBER}]"  # one that means nothing to Markdown or HTML
_BOLD = re.compile(rf"\*\*(?!\s)({_CHAR}+)(?<!\s)\*\*(?!\*)")
_HEAD = re.compile(rf"(#{{1,6}}) ({_CHAR}+)")
_OPENS = r"[-+=|:]|\d+[.)]"  # a list, a rule, a table
_LINE = re.compile(rf"(?!{_OPENS}){_CHAR}*(?:{_BOLD.pattern}{_CHAR}*)*")
_BLANKS = re.compile(r"^\s|\s$|  | \u3000|\u3000 ")  # of which the page shows less
_LONGEST = 5_000  # characters of a line
_MOST = 500  # subheads


class Plain(NamedTuple):
    """html: with data-p="n" on the element that holds paragraph n, as of every body."""

    html: str
    paragraphs: tuple[Paragraph, ...]
    subheads: tuple[Note, ...]


def read_plain(lines: Sequence[str], first: int) -> Plain | None:
    """The body in these lines, or None where it may hold more than plain text. first: number of lines[0] in the file."""
    html: list[str] = []
    paragraphs: list[Paragraph] = []
    subheads: list[Note] = []
    anchors: set[str] = set()
    below = False  # another line
    for number, line in enumerate(lines, first):
        if not line:
            below = False
            continue
        if (
            below
            or len(line) > _LONGEST
            or not line.replace("\u3000", "").isprintable()
            or _BLANKS.search(line)
        ):
            return None
        below = True
        if head := _HEAD.fullmatch(line):
            words, id_ = head[2], anchor(head[2])
            if id_ in anchors or len(anchors) == _MOST or not _says(words):
                return None
            anchors.add(id_)
            level = max(2, len(head[1]))  # the page has a heading of the first level
            html.append(f'<h{level} id="{id_}">{words}</h{level}>')
            subheads.append(Note(words, number, len(paragraphs)))
            continue
        if not (_LINE.fullmatch(line) and _says(line)):
            return None
        text = line
        if "*" in line:
            text, line = _BOLD.sub(r"\1", line), _BOLD.sub(r"<strong>\1</strong>", line)
        html.append(f'<p data-p="{len(paragraphs)}">{line}</p>')
        paragraphs.append(Paragraph(text, (number, number), ((0, number),)))
    return Plain("\n".join(html) + "\n", tuple(paragraphs), tuple(subheads)) if paragraphs else None


def _says(words: str) -> bool:
    """Whether a letter or digit is among them, by which the line would be found again in the file."""
    return any(map(str.isalnum, words))


def anchor(heading: str, separator: str = "-") -> str:
    """An address for a heading that keeps its Chinese characters: 新能源:草原 → h-新能源-草原."""
    kept = unicodedata.normalize("NFC", heading).lower()
    return "h" + separator + re.sub(r"\W+", separator, kept).strip(separator)
