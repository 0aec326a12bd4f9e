"""Where a page is at home: the place in its paper's name, else the one that its articles name most."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from math import ceil

from sitegen.divisions import RANK
from sitegen.lexicon import packaged
from sitegen.loaders.layout import either
from sitegen.model import Article, Note, Place
from sitegen.places import gazetteer
from sitegen.text import fold

_LONGEST = 24  # characters of a paper's name
_SHARE = 3  # one of so many articles that names a place may speak for all


def at_home(articles: Sequence[Article]) -> list[Article]:
    """The articles, each with its home: name of a place, or None where neither it nor its page says.

    It is the place in the name of the paper or account that stands above the article, else above the page's first one, else
    the place that most of the page's mentions lie in.
    """
    papers = [_paper((*article.furniture, *article.headline)) for article in articles]
    page = next((paper for paper in papers[:1] if paper), None) or (
        None if any(papers) else _most_named(articles)
    )
    return [
        replace(article, home=paper or page) if paper or page else article
        for article, paper in zip(articles, papers, strict=True)
    ]


@cache
def _ending() -> re.Pattern[str]:
    words = packaged("layout.yml")
    houses, accounts = either(words["byline"]["house_endings"]), either(words["accounts"])
    return re.compile(rf"[一-鿿]{{0,4}}?(?:{houses}|(?:{accounts})(?=微信|公众|官方|[^一-鿿]|$)|报(?=\s|$))")


@cache
def _known() -> re.Pattern[str]:
    return re.compile(rf"(?P<paper>{either(packaged('papers.yml'))})(?:[^一-鿿]|$|社|讯|电|数)")


def _paper(notes: Iterable[Note]) -> str | None:
    """The place in the name of a paper or account that stands in a line of its own: 某县周讯, 某县发布 2025-10-09."""
    for note in notes:
        line = fold(note.text).strip().removeprefix("今日")[:_LONGEST]
        known = _known().match(line)
        if known:
            return packaged("papers.yml")[known["paper"]] or None
        found = gazetteer().mentions(line)
        if found and found[0].start == 0 and _ending().match(line, found[0].end):
            return found[0].name
        for size in (4, 3, 2):  # 白银日报, 朝阳发布: words of every day elsewhere
            place = _named(line[:size]) if _ending().match(line, size) else None
            if place:
                return place.name
    return None


def _named(short: str) -> Place | None:
    """The place with this name: of two, not the county; a county where the country has only one."""
    places = (place for place in gazetteer().by_name(short) if place.level != "county")
    return next(places, None) or gazetteer().county(short)


def _many_name(texts: Sequence[str], place: Place) -> bool:
    """Whether a third of the articles name the place or one in it: one article in four does not make it the page's."""
    needed = ceil(len(texts) / _SHARE)
    if needed <= 1:
        return True
    naming = (
        text
        for text in texts
        if any(
            m.code and gazetteer().contains(place.code, m.code)
            for m in gazetteer().mentions(text, home=place.code)
        )
    )
    return len(list(islice(naming, needed))) == needed


def _most_named(articles: Sequence[Article]) -> str | None:
    """The place in which most of the page's mentions lie, else in which most of its articles are at home."""
    heads = [
        "\n".join([article.title or "", *(p.text for p in article.paragraphs[:1])]) for article in articles
    ]
    texts = [
        "\n".join([head, *(p.text for p in article.paragraphs[1:])])
        for head, article in zip(heads, articles, strict=True)
    ]
    place = gazetteer().for_text("\n".join(texts)).home(sure=True)
    if place and _many_name(texts, place):
        return place.name
    homes = [
        gazetteer().for_text(text, head=len(head)).home() for head, text in zip(heads, texts, strict=True)
    ]
    found = [above for home in homes if home for above in (home, *gazetteer().parent_chain(home.code))]
    shared = [above for above, count in Counter(found).items() if count > 1 and 2 * count > len(homes)]
    return max(shared, key=lambda above: RANK[above.level]).name if shared else None
