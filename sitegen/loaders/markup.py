"""Markdown to HTML: one reader for all files, which passes over text without a sign of markup."""

import re
from collections.abc import Callable
from functools import cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, LinkInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from sitegen.loaders.body import CLAIM
from sitegen.loaders.chinese import Chinese
from sitegen.loaders.plain import anchor
from sitegen.text import CITE, NUMBER

_Text = tuple[str, int, bool]  # words, where they end, whether a bracket closes them

_Address = tuple[str, str | None, int, bool]  # address, title, where they end, whether they are whole

_LONGEST = 1_000  # characters between the brackets of a link
_SIGNS = re.compile(r"[\\`*_~\[\]<>!&\n\x02\x03]")  # without any of them there is no inline markup
_LONGEST_ADDRESS = 1_000  # characters of its address and title


def html(text: str) -> str:
    """The HTML of a Markdown text, not sanitised."""
    try:
        return str(_reader().reset().convert(text))
    except Exception:  # of any kind: a reader that broke off is not used again
        _reader.cache_clear()
        raise


class _Plain(Treeprocessor):
    """Marks texts without any sign of markup as final, so that no pattern is tried on them."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not _SIGNS.search(element.text):
                element.text = AtomicString(element.text)


class _Number(InlineProcessor):
    """[[claim:ID]]: a link to the sentence of a number, in which the number will be printed."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  as markdown calls it
        self,
        m: re.Match[str],
        data: str,
    ) -> tuple[Element, int, int]:
        """The link, and what it takes the place of."""
        link = Element("a", {"href": CLAIM + m[1]})
        link.text = AtomicString(NUMBER)
        return link, m.start(0), m.end(0)


class _Quick(Extension):
    """What an editor of this site may write beyond Markdown, and what keeps the time in proportion to the text."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the name that markdown calls
        md.treeprocessors.register(_Plain(md), "plain", 25)  # before inline patterns, which have 20
        md.inlinePatterns.register(_Number(CITE.pattern, md), "number", 175)  # behind code, before links
        for pattern in md.inlinePatterns:
            if isinstance(pattern, LinkInlineProcessor):
                setattr(pattern, "getText", _bracketed(pattern.getText))  # noqa: B010  mypy knows no assignment to a method
                setattr(pattern, "getLink", _near(pattern.getLink))  # noqa: B010  likewise


def _bracketed(get: Callable[[str, int], _Text]) -> Callable[[str, int], _Text]:
    """The reader of words in brackets, for words of a length that links have."""

    def near(data: str, index: int) -> _Text:
        words = data[index : index + _LONGEST]
        text, length, closed = get(words, 0) if "]" in words else ("", 0, False)
        return text, index + length, closed

    return near


def _near(get: Callable[[str, int], _Address]) -> Callable[[str, int], _Address]:
    """The reader of addresses in brackets, for addresses of a length that links have."""

    def near(data: str, index: int) -> _Address:
        href, title, length, handled = get(data[index : index + _LONGEST_ADDRESS], 0)
        return href, title, index + length, handled

    return near


@cache
def _reader() -> Markdown:
    return Markdown(
        extensions=["tables", "sane_lists", "fenced_code", "toc", "footnotes", Chinese(), _Quick()],
        extension_configs={
            "footnotes": {"UNIQUE_IDS": False, "BACKLINK_TITLE": "", "BACKLINK_TEXT": ""},
            "tables": {"use_align_attribute": True},
            "toc": {"slugify": anchor, "permalink": False},
        },
        output_format="html",
        tab_length=4,
    )
