"""A saved web page to the lines that a reader sees: one block a paragraph, heading, caption, cell or table row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sitegen.lexicon import packaged
from sitegen.loaders.lines import BLANK
from sitegen.text import Span

_CELLS = frozenset({"td", "th"})
_CELL_MAX = 30  # characters of a cell of a table that holds data; a page laid out in a table has longer ones
_HIDDEN = re.compile(r"display\s*:\s*none")
_CENTRED = re.compile(r"text-align\s*:\s*center")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_SENTENCE = re.compile(r"[。！？]")
_HAN = r"\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—…"
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BROKEN = re.compile(
    rf"(?<=[{_HAN}])[ \t]*[\r\n][ \t\r\n\f]*(?=[{_HAN}])"
)  # a line of the file ends in a Chinese sentence


@dataclass(frozen=True, slots=True)
class Block:
    """One line as the reader sees it. tag: of the element that holds it; br makes a new block of the same element.

    links: how many of its characters are links.  caption: it is set as a picture's.
    """

    text: str
    tag: str
    links: int = 0
    caption: bool = False

    @property
    def linked(self) -> bool:
        """Whether most of it are links."""
        return self.links * 2 > len(self.text)


@dataclass(frozen=True, slots=True)
class Document:
    """blocks: of the body, without what stands beside an article by its name.  boxes: for each element the blocks that it
    holds, as a span of their numbers.  titles, author: what the head says.
    """

    blocks: tuple[Block, ...]
    boxes: tuple[Span, ...]
    titles: tuple[str, ...]
    author: str = ""


def read_html(text: str) -> Document:
    """Parse a page as browsers do, however it is written."""
    from selectolax.lexbor import LexborHTMLParser  # only pages of this kind pay for it

    tree = LexborHTMLParser(text)
    titles = [node.attributes.get("content") for node in tree.css('meta[property="og:title"]')]
    titles += [node.text() for node in tree.css("title")]
    author = tree.css_first('meta[name="author"]')
    for node in _beside(tree.body):
        node.decompose()
    reader = _Reader()
    blocks = tuple(reader.read(tree.body)) if tree.body else ()
    called = tuple(plain for title in titles if title and (plain := _plain(title)))
    named = _plain(author.attributes.get("content") or "") if author else ""
    return Document(blocks, tuple(reader.boxes), called, named)


@cache
def _set(role: str) -> frozenset[str]:
    return frozenset(packaged("html.yml")[role])


def _beside(body: Any) -> list[Any]:
    """The elements that hold no text of an article, the outermost of them; a page's own main text is never among them."""
    if body is None:
        return []
    limit = _running(body) / 2
    found: list[Any] = []
    todo = [body]
    while todo:
        node = todo.pop()
        for child in node.iter():
            if (
                child.tag in _set("without")
                or _is_hidden(child)
                or (_is_named(child) and _running(child) <= limit)
            ):
                found.append(child)
            else:
                todo.append(child)
    return found


def _running(node: Any) -> int:
    """How much running text is in an element: the sentences that end in it."""
    return len(_SENTENCE.findall(node.text()))


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _is_named(node: Any) -> bool:
    attributes = node.attributes
    words = _WORD.findall(f"{attributes.get('class') or ''} {attributes.get('id') or ''}")
    return any(word.lower() in _set("names") for word in words)


def _plain(text: str) -> str:
    """The text as it is set: white space drawn together, none where only the file's line broke between Chinese characters."""
    return _BLANKS.sub(" ", _BROKEN.sub("", text)).strip(BLANK)


class _Reader:
    """Walks over the elements and gathers text; an element of its own line ends the block before it and its own."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.links = 0
        self.picture = False  # the last thing seen was a picture
        self.tag = "body"
        self.centred = False
        self.count = 0  # of blocks so far
        self.boxes: list[Span] = []

    def read(self, body: Any) -> Iterator[Block]:
        todo: list[tuple[Any, bool]] = [(body, False)]
        within: list[tuple[str, bool, int]] = []
        depth = 0  # of links
        while todo:
            node, over = todo.pop()
            tag = node.tag
            if tag == "-text":
                self._add(node.text_content or "", linked=depth > 0)
            elif over:
                if tag in _set("blocks"):
                    yield from self._end()
                    *_, first = within.pop()
                    self.boxes += [Span(first, self.count)] if self.count > first else []
                    self.tag, self.centred = within[-1][:2] if within else ("body", False)
                depth -= tag == "a"
            elif tag == "br":
                yield from self._end()
            elif tag == "img":
                yield from self._end()
                self.picture = True
            elif tag == "tr" and (row := _row(node)):
                yield from self._end()
                self.count += 1
                yield row
            elif tag is not None and not tag.startswith(("-", "!", "_")):
                depth += tag == "a"
                if tag in _set("blocks"):
                    yield from self._end()
                    within.append((tag, self.centred or _is_centred(node), self.count))
                    self.tag, self.centred, _ = within[-1]
                todo.append((node, True))
                todo += [(child, False) for child in reversed(list(node.iter(include_text=True)))]
        yield from self._end()

    def _add(self, text: str, *, linked: bool) -> None:
        self.text.append(text)
        self.links += len(_BLANKS.sub("", text)) if linked else 0

    def _end(self) -> Iterator[Block]:
        text = _plain("".join(self.text))
        if text:
            caption = self.tag == "figcaption" or (self.picture and self.centred)
            self.picture = False
            self.count += 1
            yield Block(text, self.tag, self.links, caption)
        self.text, self.links = [], 0


def _is_centred(node: Any) -> bool:
    attributes = node.attributes
    return (
        node.tag == "center"
        or (attributes.get("align") or "").lower() == "center"
        or bool(_CENTRED.search(attributes.get("style") or ""))
    )


def _row(node: Any) -> Block | None:
    """A row of data as one line, its cells with blanks between; None for a row that only lays out the page."""
    cells = [child for child in node.iter() if child.tag in _CELLS]
    texts = [_plain(cell.text()) for cell in cells]
    if len(texts) < 2 or any(len(text) > _CELL_MAX for text in texts) or node.css_first("a, img, table"):
        return None
    row = "\u3000".join(text.replace(" ", "") for text in texts if text)
    return Block(row, "tr") if row else None
