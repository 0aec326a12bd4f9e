"""Marks in the HTML of a markdown article: its text nodes are walked, and each claim is cut out where it
stands.
"""

import html
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from sitegen.model import Claim
from sitegen.pages.base import Chart

_ID = re.compile(r'\sid="[^"]*"')
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)


@dataclass(frozen=True, slots=True)
class Piece:
    """HTML as it stands (claim None), or the HTML inside a claim's mark, whose text is the claim's raw; or without any HTML
    a chart, or the id of a number in doubt that was printed right before.
    """

    html: str
    claim: Claim | None = None
    chart: Chart | None = None
    doubt: str | None = None


def split(
    source: str,
    claims: Sequence[Claim],
    charts: Sequence[Chart | None] = (),
    doubted: Collection[str] = (),
) -> tuple[Piece, ...]:
    """Cut sanitised HTML at its claims. Elements with data-p="n" hold exactly the text of paragraph n.

    An element that a mark would cross (<strong>共160</strong>个) is closed before the mark and opened again
    inside and behind it, links always, so that each piece is whole. A claim that cannot be found is left
    without a mark; the link check then says so. charts: for <figure data-chart="n">, None for one that is not drawn;
    doubted: ids of numbers that are not to be relied on.
    """
    splitter = _Splitter(claims, charts, doubted)
    splitter.feed(source)
    splitter.close()
    return splitter.finish()


class _Splitter(HTMLParser):
    def __init__(
        self, claims: Sequence[Claim], charts: Sequence[Chart | None], doubted: Collection[str]
    ) -> None:
        super().__init__(convert_charrefs=True)
        self.charts, self.doubted = charts, doubted
        self.drawn = False
        self.cited = ""  # the number of another text whose link is open
        self.waiting: dict[int, list[Claim]] = {}
        for claim in sorted(claims, key=lambda c: (c.start, -c.end)):
            self.waiting.setdefault(claim.paragraph, []).append(claim)
        self.pieces: list[Piece] = []
        self.buffer: list[str] = []
        self.depth: list[tuple[str, str]] = []  # open elements inside the paragraph: name, start tag
        self.paragraph: int | None = None
        self.passed = 0  # characters of the paragraph so far; "offset" is taken by the parser itself
        self.claim: Claim | None = None
        self.repeated: list[str] = []  # start tags that the piece begins with

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "figure" and (place := dict(attrs).get("data-chart")):
            self._draw(int(place))
            self.drawn = True
            return
        if tag == "a":
            self.cited = dict(attrs).get("data-claim") or ""
        self.buffer.append(self.get_starttag_text() or "")
        if self.paragraph is not None:
            if tag not in _VOID:
                self.depth.append((tag, self.get_starttag_text() or ""))
        elif number := dict(attrs).get("data-p"):
            self.paragraph, self.passed, self.depth = int(number), 0, [(tag, "")]
            if "id" not in dict(attrs):  # where a link to the paragraph arrives
                anchor = f' id="p-{self.paragraph + 1}" data-p="'
                self.buffer[-1] = self.buffer[-1].replace(' data-p="', anchor, 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.drawn:  # the chart has taken the place of its figure
            self.drawn = False
            return
        if self.paragraph is not None and tag not in _VOID and self.depth:
            self.depth.pop()
            if not self.depth:
                self._shut()
                self.paragraph = None
        if tag in _VOID:
            return
        if self.repeated and self.buffer and self.buffer[-1] == self.repeated[-1]:
            self.repeated.pop()  # nothing is left of it behind the mark
            self.buffer.pop()
        else:
            self.buffer.append(f"</{tag}>")
        if tag == "a" and self.cited in self.doubted:
            self._turn(None)
            self.pieces.append(Piece("", doubt=self.cited))

    def _draw(self, place: int) -> None:
        chart = self.charts[place] if place < len(self.charts) else None
        if chart:
            self.pieces += [Piece("".join(self.buffer)), Piece("", chart=chart)]
            self.buffer = []

    def handle_data(self, data: str) -> None:
        at = 0
        while self.paragraph is not None and at < len(data):
            queue = self.waiting.get(self.paragraph, [])
            if self.claim:
                stop = min(len(data), at + self.claim.end - self.passed)
                self._text(data[at:stop])
                at = stop
                if self.passed == self.claim.end:
                    self._shut()
                continue
            while queue and queue[0].start < self.passed:
                queue.pop(0)
            if not queue or queue[0].start >= self.passed + len(data) - at:
                break
            start = at + queue[0].start - self.passed
            self._text(data[at:start])
            at = start
            self._open(queue.pop(0))
        self._text(data[at:])

    def _text(self, text: str) -> None:
        if text:
            self.buffer.append(html.escape(text, quote=False))
            self.passed += len(text)

    def _open(self, claim: Claim) -> None:
        self._turn(None)
        self.claim = claim

    def _shut(self) -> None:
        if self.claim:
            self._turn(self.claim)
            self.claim = None

    def _turn(self, claim: Claim | None) -> None:
        """End a piece: close what is open inside the paragraph and open it again in the next one.

        An element that has nothing before the cut begins behind it.
        """
        again: list[str] = []
        for number in range(len(self.depth) - 1, 0, -1):
            tag, start = self.depth[number]
            if self.buffer and self.buffer[-1] == start:
                self.buffer.pop()
            else:
                self.buffer.append(f"</{tag}>")
                start = _ID.sub("", start)
                self.depth[number] = (tag, start)
            again.insert(0, start)
        self.pieces.append(Piece("".join(self.buffer), claim))
        self.buffer, self.repeated = again, list(again)

    def finish(self) -> tuple[Piece, ...]:
        """All pieces, in order; put together they are the source with elements parted at the marks."""
        self.pieces.append(Piece("".join(self.buffer)))
        return tuple(piece for piece in self.pieces if piece.html or piece.chart or piece.doubt)
