"""What the paragraphs of an article name: places, industries, organisations; read once for all stages
that ask.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from sitegen.extract.names import in_name
from sitegen.industries import IndustryMention, industry_list
from sitegen.model import Article
from sitegen.orgnames import OrgName, org_names
from sitegen.places import Gazetteer, PlaceMention, gazetteer
from sitegen.text import Span, fold, sentences


class Scene(NamedTuple):
    """One paragraph or headline: its folded text, its sentences, and what it names, each from left to
    right.
    """

    text: str
    sentences: tuple[Span, ...]
    places: tuple[PlaceMention, ...]
    industries: tuple[IndustryMention, ...]
    organisations: tuple[OrgName, ...]

    def sentence_at(self, offset: int) -> Span:
        """Find the sentence in which the character stands; the whole text where there is none."""
        at = bisect_right(self.sentences, offset, key=itemgetter(0)) - 1
        found = self.sentences[at] if at >= 0 else None
        return found if found and offset < found.end else Span(0, len(self.text))


@lru_cache(maxsize=4)
def scenes(article: Article) -> tuple[Scene, ...]:
    """Read each paragraph, then the headline (last, empty where there is none)."""
    known, listed = _places(article), industry_list()
    texts = [article.title or "", *(paragraph.text for paragraph in article.paragraphs)]
    organisations = [org_names(text) for text in texts]  # one matcher after the other: quicker than by turns
    industries = [listed.mentions(text) for text in texts]
    earlier: list[PlaceMention] = []
    found = []
    for text, its_industries, its_organisations in zip(texts, industries, organisations, strict=True):
        folded = fold(text)
        places = _mentions(known, text, folded, earlier)
        found.append(Scene(folded, sentences(text), places, its_industries, its_organisations))
        earlier += places
    return (*found[1:], found[0])


def subhead_places(article: Article) -> tuple[tuple[PlaceMention, ...], ...]:
    """What each subhead names, in their order."""
    places = _places(article) if article.subheads else gazetteer()
    return tuple(_mentions(places, note.text, fold(note.text)) for note in article.subheads)


def home(article: Article) -> str | None:
    """The place that 全市 means in the article, or None."""
    place = _places(article).home()
    return place.name if place else None


def _mentions(
    places: Gazetteer, text: str, folded: str, earlier: Sequence[PlaceMention] = ()
) -> tuple[PlaceMention, ...]:
    found = places.mentions(text, earlier=earlier)
    return tuple(m for m in found if not (m.end - m.start == 2 and in_name(folded, m.start)))


@lru_cache(maxsize=4)
def _places(article: Article) -> Gazetteer:
    """The gazetteer that knows what the article names; headline and lead say most."""
    texts = [paragraph.text for paragraph in article.paragraphs]
    opening = "\n".join([article.title or "", *texts[:1]])
    whole = "\n".join([opening, *texts[1:]])
    return gazetteer().for_text(whole, head=len(opening), around=article.home, year=article.year)
