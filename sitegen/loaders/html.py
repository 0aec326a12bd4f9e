"""A page saved from a web browser: its main text only, to the same articles as a newspaper page.

Navigation, comments, scripts, related links and advertisements are left out; running text that is taken for none of the
article gives a warning, so that nothing long is lost in silence. Lines are those of the .html file.
"""

import codecs
import html
import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import replace

from sitegen.loaders import bylines
from sitegen.loaders.base import Page
from sitegen.loaders.bounds import too_deep
from sitegen.loaders.encoding import decode
from sitegen.loaders.headlines import subtitle
from sitegen.loaders.html_blocks import read_html
from sitegen.loaders.html_main import Main, main_text
from sitegen.loaders.lines import Line
from sitegen.loaders.page import page_of
from sitegen.loaders.parts import Part, parts
from sitegen.loaders.trace import Trace, plain_lines
from sitegen.model import Article, Warning
from sitegen.problems import Problem

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_DEEPEST = 6_000  # elements in each other: no page has so many, and parsing takes time with their square
_HEAD = 4096  # bytes in which a page says its encoding
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030"}  # what pages call by the narrower name
_MARKUP = re.compile(
    r"<!--.*?-->|<(script|style|noscript|template|title)\b.*?</\1\s*>|<[!/?A-Za-z][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_SHOWN = 24  # characters of a text that is left out


def load_html(name: str, data: bytes) -> Page:
    """The article of a saved page. Raises SitegenError where the bytes are no text; a page without running text is a
    problem.
    """
    text = decode_html(name, data)
    if line := too_deep(plain_lines(text), _DEEPEST):
        fact, fix = (
            "elements stand too deeply in each other",
            "save the page again, or its text as a .txt file",
        )
        return Page(name, (), problems=(Problem(name, line, 0, "E-DEEP", fact, fix),))
    document = read_html(text)
    found = main_text(document)
    if found is None:
        fix = "save the page of the article itself, or its text as a .txt file"
        return Page(name, (), problems=(Problem(name, 1, 0, "E-EMPTY", "holds no running text", fix),))
    trace = Trace(seen_lines(text), 1)
    fresh = copy(trace)  # reads the page from its head again
    lines = tuple(Line(block.text, trace.paragraph(block.text).breaks) for block in found.lines)
    texts = [block.text for block in found.lines]
    page = page_of(name, tuple(_told(parts(lines), found)), texts, lines)
    articles = tuple(_signed(article, document.author) for article in page.articles)
    return replace(page, articles=articles, warnings=(*page.warnings, *_left_out(name, found, fresh)))


def _signed(article: Article, author: str) -> Article:
    """The article; where no line of it says who wrote it, by whom the page's head says."""
    names = bylines.byline(f"记者 {author}") if author and not article.authors else None
    return replace(article, authors=names) if names else article


def decode_html(name: str, data: bytes) -> str:
    """The text of a page: by its byte order mark, as UTF-8 where the bytes are that, else as the page itself says.

    A browser that saves a page writes UTF-8 and may leave the old charset in it, so the bytes come first.
    Raises SitegenError where neither fits and the encoding cannot be told.
    """
    said = _CHARSET.search(data[:_HEAD])
    if said and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        charset = said[1].decode("ascii").lower()
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return decode(name, data.decode(_WIDER.get(charset, charset)).encode())
            except (LookupError, UnicodeDecodeError):
                pass  # the page is wrong about itself; the bytes are asked
    return decode(name, data)


def seen_lines(text: str) -> list[str]:
    """The lines of the file with their markup taken away: each has what a reader sees of it."""
    bare = _MARKUP.sub(lambda found: "\n" * found[0].count("\n"), "\n".join(plain_lines(text)))
    return [html.unescape(line) for line in bare.split("\n")]


def _told(found: Iterable[Part], main: Main) -> Iterator[Part]:
    """The parts, with what the markup knows of them: what is the headline and what not, and which line is a caption."""
    blocks, at = main.lines, 0
    kicker = len(main.kicker)
    above = kicker + len(main.headline)
    body = above + len(main.above)
    below = body + len(main.text)
    for part in found:
        at = next((n for n in range(at, len(blocks)) if part.text in blocks[n].text), at)
        if at < kicker:
            yield Part(part.line, "kicker", heads=True)
        elif at < above:
            yield Part(part.line, "subtitle" if subtitle(part.text) else "short", heads=True)
        elif blocks[at].caption and part.kind not in ("byline", "lead"):
            yield Part(part.line, "caption")
        elif not body <= at < below and part.kind not in ("byline", "furniture", "end"):
            yield Part(part.line, "furniture")
        else:
            yield replace(part, heads=False)


def _left_out(name: str, main: Main, trace: Trace) -> Iterator[Warning]:
    for block in main.beside:
        shown = block.text[:_SHOWN] + ("…" if len(block.text) > _SHOWN else "")
        line = trace.paragraph(block.text).lines[0]
        yield Warning("W-BESIDE", f"taken for no part of the article and not read: {shown}", name, line)
