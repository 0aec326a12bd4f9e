"""Where a page is at home: the place in its paper's name, else the one that its articles name most."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from sitegen.lexicon import packaged
from sitegen.loaders.layout import either
from sitegen.model import Article, Note
from sitegen.places import gazetteer
from sitegen.text import fold

_LONGEST = 24  # characters of a paper's name


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
    endings = either([*words["byline"]["house_endings"], *words["accounts"]])
    return re.compile(rf"[一-鿿]{{0,4}}?(?:{endings}|报(?=\s|$))")


def _paper(notes: Iterable[Note]) -> str | None:
    """The place in the name of a paper or account that stands in a line of its own: 某县周讯, 某县发布 2025-10-09."""
    for note in notes:
        line = fold(note.text).strip().removeprefix("今日")[:_LONGEST]
        found = gazetteer().mentions(line)
        if found and found[0].start == 0 and _ending().match(line, found[0].end):
            return found[0].name
        county = gazetteer().county(line[:2])
        if county and _ending().match(line, 2):
            return county.name
    return None


def _most_named(articles: Sequence[Article]) -> str | None:
    texts = [
        text for article in articles for text in (article.title or "", *(p.text for p in article.paragraphs))
    ]
    place = gazetteer().for_text("\n".join(texts)).home(sure=True)
    return place.name if place else None
