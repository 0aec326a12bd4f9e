"""What the language layer finds in one paragraph for the numbers in it: tokens, dates, cues; on top of the scene."""

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

from sitegen.extract.names import printed_names
from sitegen.extract.scene import Scene, scenes
from sitegen.industries import IndustryMention
from sitegen.matchers.kinds import Hit, kind_hits
from sitegen.matchers.quantities import quantities
from sitegen.matchers.tokens import Noise, Quantity, Token
from sitegen.model import Article
from sitegen.orgnames import OrgName
from sitegen.periods import Anchor, DateMention, dates
from sitegen.places import PlaceMention
from sitegen.text import Span, clauses

Found = TypeVar("Found", bound=tuple[Any, ...])


def between(found: Sequence[Found], start: int, end: int) -> Sequence[Found]:
    """Those that begin in [start, end), in time that does not grow with the paragraph.

    found: tuples that open with the offset at which they begin, ordered by it.
    """
    if not found or found[0][0] >= end or found[-1][0] < start:
        return ()
    first: Any = (start,)  # less than any tuple that opens with start
    behind: Any = (end,)
    at = bisect_left(found, first)
    return found[at : bisect_left(found, behind, at)]


class Reading(NamedTuple):
    """One paragraph with everything found in it, all in offsets of its text.

    hits: in its sentences with numbers, one sentence after the other, in each ordered by end. `between` asks for an order
    by start; for whole sentences it gives the right hits all the same, since each lies inside one sentence.
    """

    number: int
    text: str
    folded: str
    sentences: tuple[Span, ...]
    places: tuple[PlaceMention, ...]
    organisations: tuple[OrgName, ...]
    industries: tuple[IndustryMention, ...]
    tokens: tuple[Token, ...] = ()
    dates: tuple[DateMention, ...] = ()
    hits: tuple[Hit, ...] = ()
    persons: tuple[Span, ...] = ()
    quantities: tuple[Quantity, ...] = ()

    def quantities_in(self, span: Span) -> Sequence[Quantity]:
        """The numbers with a unit that begin in the span."""
        return between(self.quantities, span.start, span.end)

    def is_named(self, start: int, end: int) -> bool:
        """Tell whether [start, end) is part of a person's name (司九成)."""
        near = between(self.persons, start - _REACH, start + 1)
        return any(name.start <= start and end <= name.end for name in near)

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds the character at offset."""
        at = bisect_right(self.sentences, (offset, _END)) - 1
        return self.sentences[at] if at >= 0 else Span(0, len(self.text))

    def clause_at(self, offset: int) -> Span:
        """The clause of that sentence that holds the character."""
        parts = clauses(self.folded, self.sentence_at(offset))
        at = bisect_right(parts, (offset, _END)) - 1
        return parts[at] if at >= 0 and offset < parts[at].end else Span(0, len(self.text))


_END = sys.maxsize  # behind any text
CARRIED = 600  # characters that an event or an industry is carried on within a paragraph
_REACH = 3  # characters of a name before a numeral in it
_NUMERAL_CHARS = frozenset("0123456789零〇一二两三四五六七八九十百千万亿几数廿半过翻")


def readings(article: Article, names: frozenset[str] = frozenset()) -> tuple[Reading, ...]:
    """One Reading a paragraph, in order; a paragraph without any numeral is not read further. names: its persons."""
    anchor = Anchor(article.year, article.date)
    views = scenes(article)[:-1]
    return tuple(
        read(index, paragraph.text, view, anchor, names)
        for index, (paragraph, view) in enumerate(zip(article.paragraphs, views, strict=True))
    )


def headline_places(article: Article) -> tuple[PlaceMention, ...]:
    """The places that the headline names."""
    return scenes(article)[-1].places


def read(index: int, text: str, view: Scene, anchor: Anchor, names: frozenset[str] = frozenset()) -> Reading:
    """Read one paragraph. names: the persons of its article."""
    persons = printed_names(view.text, names)
    seen = (index, text, view.text, view.sentences, view.places, view.organisations, view.industries)
    if _NUMERAL_CHARS.isdisjoint(view.text):
        return Reading(*seen, persons=persons)
    tokens = quantities(view.text, (*view.places, *view.organisations))
    if not any(map(_may_count, tokens)):
        return Reading(*seen, tokens, persons=persons)  # no number to date
    numbers = tuple(token for token in tokens if isinstance(token, Quantity))
    hits = _kind_hits(view, tokens)
    return Reading(*seen, tokens, dates(view.text, anchor), hits, persons, numbers)


def _may_count(token: Token) -> bool:
    """A number, or a span of time, which may be what is measured."""
    return not isinstance(token, Noise) or token.reason == "duration"


def _kind_hits(view: Scene, tokens: Sequence[Token]) -> tuple[Hit, ...]:
    """The cues of kinds in the sentences with tokens that may be numbers, one sentence after the other."""
    numbered = [sentence for sentence in view.sentences if any(map(_may_count, between(tokens, *sentence)))]
    return tuple(hit for sentence in numbered for hit in kind_hits(view.text, sentence))
