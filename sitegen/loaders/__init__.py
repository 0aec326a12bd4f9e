"""Source files to articles. A new format is one module with a function (name, data) -> Page and one row in
LOADERS.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePath

from sitegen.hidden import hidden
from sitegen.loaders.base import Page
from sitegen.loaders.encoding import decode
from sitegen.loaders.html import decode_html, load_html, seen_lines
from sitegen.loaders.markdown import load_markdown
from sitegen.loaders.page import load_page
from sitegen.loaders.trace import plain_lines
from sitegen.model import Article
from sitegen.problems import Problem, SitegenError

__all__ = ["LOADERS", "Page", "load", "printed_lines"]

LOADERS: dict[str, Callable[[str, bytes], Page]] = {
    ".txt": load_page,
    ".md": load_markdown,
    ".html": load_html,
    ".htm": load_html,
}


def load(name: str, data: bytes) -> Page:
    """The articles in a file; its name's suffix says how to read it. Raises SitegenError where it cannot be
    read.
    """
    loader = LOADERS.get(PurePath(name).suffix.lower())
    if loader is None:
        known = ", ".join(LOADERS)
        raise SitegenError(
            Problem(name, 0, 0, "E-FORMAT", "no loader reads this kind of file", f"use one of {known}")
        )
    page = loader(name, data)
    problems = tuple(each for article in page.articles for each in _hidden(name, article))
    return replace(page, problems=(*page.problems, *problems)) if problems else page


def _hidden(name: str, article: Article) -> Iterator[Problem]:
    """An error for each text of the article that shows something else than it says; sitegen.hidden says what."""
    notes = (*article.subheads, *article.captions, *article.furniture, *article.byline)
    heads = (article.title or "", article.kicker or "", *article.authors)
    texts = [(text, article.title_line) for text in heads] + [(note.text, note.line) for note in notes]
    printed = [text for text, _ in texts] + [paragraph.text for paragraph in article.paragraphs]
    if not hidden("\n".join([*printed, article.html or ""])):
        return  # as in nearly all: looked through in one go
    found = [(each, line) for text, line in texts if (each := hidden(text))]
    paragraphs = ((paragraph, hidden(paragraph.text)) for paragraph in article.paragraphs)
    found += [(each, paragraph.line_at(each.offset)) for paragraph, each in paragraphs if each]
    if not found and (each := hidden(article.html or "")):
        found = [(each, 0)]  # in code, or in what a picture is said to show
    for each, line in found:
        yield Problem(name, line, 0, each.code, each.fact, each.fix)


def printed_lines(name: str, data: bytes) -> list[str]:
    """The lines of a file as its reader sees them; that of line n stands at n - 1. Raises SitegenError where the bytes are
    no text.
    """
    if LOADERS.get(PurePath(name).suffix.lower()) is load_html:
        return seen_lines(decode_html(name, data))
    return plain_lines(decode(name, data))
