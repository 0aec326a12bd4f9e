"""An article from paragraphs, for the tests of what is read from one."""

from collections.abc import Sequence

from sitegen.model import Article, Paragraph


def article(paragraphs: Sequence[str], title: str | None = None, authors: tuple[str, ...] = ()) -> Article:
    made = tuple(Paragraph(text, (n, n)) for n, text in enumerate(paragraphs, start=2))
    return Article("a0123456789", "page.txt", title, authors, None, made, title_line=1, year=2025)
