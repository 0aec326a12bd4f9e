"""Where a page is at home: the place in its paper's name, else the one that its articles name most."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from sitegen.lexicon import packaged
from sitegen.model import Article, Note
from sitegen.places import gazetteer
from sitegen.text import fold

_LONGEST = 24  # characters of a paper's name


def at_home(articles: Sequence[Article]) -> list[Article]:
    """The articles, each with the page's home: name of a place, or None where the page does not say."""
    home = _paper(note for article in articles for note in (*article.furniture, *article.headline))
    home = home or _most_named(articles)
    return [replace(article, home=home) for article in articles] if home else list(articles)


@cache
def _title() -> re.Pattern[str]:
    endings = "|".join(sorted(packaged("layout.yml")["byline"]["house_endings"], key=len, reverse=True))
    return re.compile(rf"[一-鿿]{{0,4}}?(?:{endings})")


def _paper(notes: Iterable[Note]) -> str | None:
    """The place in the name of a paper that stands in a line of its own: 固始周讯, 通辽日报 2025年6月11日."""
    for note in notes:
        line = fold(note.text).strip().removeprefix("今日")
        found = gazetteer().mentions(line[:_LONGEST])
        if found and found[0].start == 0 and _title().match(line, found[0].end):
            return found[0].name
    return None


def _most_named(articles: Sequence[Article]) -> str | None:
    texts = [
        text for article in articles for text in (article.title or "", *(p.text for p in article.paragraphs))
    ]
    place = gazetteer().for_text("\n".join(texts)).home(sure=True)
    return place.name if place else None
