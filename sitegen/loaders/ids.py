"""Article ids: the same text gives the same id on any machine."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from sitegen.model import Article

_COLUMN = 6  # characters of a headline that may be a column's name
_OPENING = 30  # characters of the first paragraph that stand for a missing title


def article_id(
    title: str | None, authors: Sequence[str], opening: str, ordinal: int = 0, slug: str | None = None
) -> str:
    """The letter a and ten hex digits, of title and authors. Without a title of its own, of the opening of the text.

    ordinal: 0, or the how-many-eth article with the same words on its page.  slug: tells apart two articles
    with one headline.
    """
    parts = [opening[:_OPENING] if title is None else title, *authors]
    if slug:
        parts.append(f"slug: {slug}")
    if ordinal:
        parts.append(str(ordinal))
    return "a" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]


def _says_little(article: Article) -> bool:
    """An unsigned headline of a few characters (简讯, 短波) stands on many pages; its text tells it apart."""
    return not article.authors and len(article.title or "") <= _COLUMN and bool(article.paragraphs)


def with_ids(articles: Sequence[Article], generic: frozenset[str]) -> tuple[Article, ...]:
    """The articles of one page with their ids; titles in generic (编者按) tell nothing and do not count as
    titles.
    """
    seen: dict[tuple[str | None, tuple[str, ...], str], int] = {}
    done = []
    for article in articles:
        title = None if article.title in generic or _says_little(article) else article.title
        opening = "" if title is not None or not article.paragraphs else article.paragraphs[0].text[:_OPENING]
        key = (title, article.authors, opening)
        ordinal = seen.get(key, 0)
        seen[key] = ordinal + 1
        id_ = article_id(title, article.authors, opening, ordinal, article.meta.slug)
        done.append(replace(article, id=id_))
    return tuple(done)
