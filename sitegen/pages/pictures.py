"""Pictures of articles: which file of content/images each one names, and its address in the site."""

import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from html import escape, unescape

from sitegen.model import Article, Facts

FOLDER = "images"  # of content/ and of the site alike
SUFFIXES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_SOURCE = re.compile(r'(<img\b[^<>]*?\ssrc=")([^"]*)(")')
_ELSEWHERE = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//)")


def wanted(article: Article) -> tuple[str, ...]:
    """The pictures that an article names, as written: the one at its head, then those in its text."""
    named = [article.meta.image] if article.meta.image else []
    return tuple(dict.fromkeys([*named, *sources(article.html or "")]))


def sources(html: str) -> Iterator[str]:
    """The pictures in an HTML text, as written; those of other sites are left out."""
    for match in _SOURCE.finditer(html):
        if not _ELSEWHERE.match(match[2]):
            yield unescape(match[2])


def found(name: str, folder: str, there: Collection[str]) -> str | None:
    """The picture that a name means, as a path below content/ (images/port.jpg), None where there is none.

    folder: of the file that names it, below content/ ("articles"). there: all pictures, as such paths. The name may be
    written from the site's root (/images/port.jpg), from the file (../images/port.jpg), or bare (port.jpg).
    """
    if name.startswith("/"):
        tries = [name.lstrip("/")]
    else:
        tries = [
            posixpath.join(folder, name),
            name,
            posixpath.join(FOLDER, name),
            name.removeprefix("content/"),
        ]
    return next((path for each in tries if (path := posixpath.normpath(each)) in there), None)


def placed(html: str, folder: str, there: Collection[str]) -> str:
    """The HTML with the address of each picture that is there; others stay as they are."""

    def address(match: re.Match[str]) -> str:
        path = None if _ELSEWHERE.match(match[2]) else found(unescape(match[2]), folder, there)
        return f"{match[1]}/{escape(path)}{match[3]}" if path else match[0]

    return _SOURCE.sub(address, html)


def with_pictures(facts: Facts, folder: str, there: Collection[str]) -> Facts:
    """The facts of an article with addresses in place of its pictures' names."""
    article = facts.article
    image = found(article.meta.image, folder, there) if article.meta.image else None
    meta = replace(article.meta, image=f"/{image}" if image else None)
    html = article.html and placed(article.html, folder, there)
    return replace(facts, article=replace(article, meta=meta, html=html))
