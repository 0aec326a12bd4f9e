"""What the language layer finds in one paragraph for the numbers in it: tokens, dates, cues; on top of the scene."""

from collections.abc import Iterable
from dataclasses import dataclass

from sitegen.extract.scene import Scene, scenes
from sitegen.industries import IndustryMention
from sitegen.matchers.kinds import Hit, kind_hits
from sitegen.matchers.quantities import quantities
from sitegen.matchers.tokens import Quantity, Token
from sitegen.model import Article
from sitegen.orgnames import OrgName
from sitegen.periods import Anchor, DateMention, dates
from sitegen.places import PlaceMention
from sitegen.text import Span, clauses


@dataclass(frozen=True, slots=True)
class Reading:
    """One paragraph with everything found in it, all in offsets of its text."""

    index: int
    text: str
    folded: str
    sentences: tuple[Span, ...]
    places: tuple[PlaceMention, ...]
    organisations: tuple[OrgName, ...]
    industries: tuple[IndustryMention, ...]
    tokens: tuple[Token, ...] = ()
    dates: tuple[DateMention, ...] = ()
    hits: tuple[Hit, ...] = ()

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The tokens that are numbers with a unit."""
        return tuple(token for token in self.tokens if isinstance(token, Quantity))

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds the character at offset."""
        return next((s for s in self.sentences if s.start <= offset < s.end), Span(0, len(self.text)))

    def clause_at(self, offset: int) -> Span:
        """The clause of that sentence that holds the character."""
        return next(
            (c for c in clauses(self.folded, self.sentence_at(offset)) if c.start <= offset < c.end),
            Span(0, len(self.text)),
        )


_NUMERAL_CHARS = frozenset("0123456789零〇一二两三四五六七八九十百千万亿几数廿半过翻")


def readings(article: Article) -> tuple[Reading, ...]:
    """One Reading a paragraph, in order; a paragraph without any numeral is not read further."""
    anchor = Anchor(article.year, article.date)
    views = scenes(article)[:-1]
    return tuple(
        read(index, paragraph.text, view, anchor)
        for index, (paragraph, view) in enumerate(zip(article.paragraphs, views, strict=True))
    )


def headline_places(article: Article) -> tuple[PlaceMention, ...]:
    """The places that the headline names."""
    return scenes(article)[-1].places


def read(index: int, text: str, view: Scene, anchor: Anchor) -> Reading:
    """Read one paragraph."""
    found = Reading(index, text, view.text, view.sentences, view.places, view.organisations, view.industries)
    if _NUMERAL_CHARS.isdisjoint(view.text):
        return found
    tokens = quantities(view.text, tuple(_names(view.places, view.organisations)))
    return Reading(
        index, text, view.text, view.sentences, view.places, view.organisations, view.industries,
        tokens, dates(view.text, anchor), kind_hits(view.text),
    )  # fmt: skip


def _names(places: Iterable[PlaceMention], organisations: Iterable[OrgName]) -> Iterable[Span]:
    for place in places:
        yield Span(place.start, place.end)
    for organisation in organisations:
        yield Span(organisation.start, organisation.end)
