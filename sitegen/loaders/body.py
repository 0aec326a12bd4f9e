"""The HTML of a markdown body: sanitised, every element that holds text marked with its paragraph's number."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

import nh3

from sitegen.lexicon import packaged
from sitegen.loaders.chinese import circled
from sitegen.text import NUMBER

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "img",
        "ins",
        "kbd",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
_NOTE = re.compile(r"fn(?:ref\d*)?:[\w-]{1,60}")  # id of a note, and of its mark in the text
_NOTES = {"a": ("footnote-ref", "footnote-backref"), "div": ("footnote",)}
_VOID = frozenset(("br", "hr", "img", "wbr", "col"))
_HOLDERS = frozenset(["p", "li", "td", "th", "dt", "dd", "figcaption", "caption", "summary"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_CODE = frozenset(("pre",))
_BLOCKS = frozenset(
    [
        "blockquote",
        "div",
        "dl",
        "figure",
        "details",
        "hr",
        "ol",
        "ul",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "colgroup",
        "col",
        "aside",
    ]
)
_ATTRIBUTES = {
    "a": {"href", "title", "class"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "ol": {"start", "reversed", "type"},
    "li": {"value", "id"},
    "code": {"class"},
    "time": {"datetime"},
    "abbr": {"title"},
    "details": {"open"},
    "figure": {"data-chart"},
    "sup": {"id"},
    "div": {"class"},
} | {heading: {"id"} for heading in _HEADINGS}
_SCHEMES = {"http", "https", "mailto", "claim"}
CLAIM = "claim:"  # begins the address of a number's sentence
_RESERVED = re.compile(r"(?:[cdkp]|chart|fig)-|(?:main|numbers|q)$")  # anchors of the page's own
_DEEPEST = 100  # elements in each other
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef，。、；：？！“”‘’（）《》【】—…]")


class TooDeepError(ValueError):
    """So many elements stand in each other as nobody writes."""


@dataclass
class Element:
    """An element of the body, or its root (tag "")."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Element | Text]" = field(default_factory=list)


@dataclass
class Text:
    """A run of characters."""

    value: str


@dataclass(frozen=True, slots=True)
class Body:
    """html: with data-p="n" on what holds paragraph n and data-chart="n" where chart n stands.  subheads: (text, number of
    the paragraph that follows).  cites: id of each number of another text, with the paragraph or subhead that it stands in.
    """

    html: str
    paragraphs: tuple[str, ...]
    subheads: tuple[tuple[str, int], ...]
    images: tuple[str, ...]
    cites: tuple[tuple[str, int | None, int | None], ...] = ()


def mark_body(raw: str, charts: Sequence[str] = ()) -> Body:
    """Sanitise HTML and number its paragraphs. The text content of each marked element is exactly its
    paragraph's text. charts: the marks of the charts, in order; a figure with any other mark is no chart.

    A line break between two Chinese characters leaves nothing, any other a blank. Code blocks hold no
    paragraphs. Raises TooDeepError.
    """
    clean = nh3.clean(
        raw,
        tags=set(_INLINE | _HOLDERS | _HEADINGS | _BLOCKS),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    root = _parse(clean)
    _settle(root, {mark: str(number) for number, mark in enumerate(charts)})
    _wrap_loose(root)
    paragraphs: list[str] = []
    subheads: list[tuple[str, int]] = []
    heads = _number(root, paragraphs, subheads)
    html = "".join(_render(child) for child in root.children).strip() + "\n"
    cites = tuple(_cites(root, None, {id(head): number for number, head in enumerate(heads)}))
    return Body(html, tuple(paragraphs), tuple(subheads), tuple(_images(root)), cites)


def _settle(node: Element, charts: Mapping[str, str]) -> None:
    """Numbers the places of charts, and leaves the sign NUMBER only where a number will be printed."""
    for child in node.children:
        if isinstance(child, Text):
            if not (_cites_number(node) and child.value == NUMBER):
                child.value = child.value.replace(NUMBER, "")
            continue
        _settle_note(child)
        mark = child.attributes.pop("data-chart", "")
        if mark in charts and not child.children:
            child.attributes["data-chart"] = charts[mark]
        _settle(child, charts)


def _settle_note(node: Element) -> None:
    """Leaves ids and classes only where they belong to notes, prints the mark of a note as ①, which no rule takes for a
    number, and gives the way back from a note words that are no text of it.
    """
    name = node.attributes.get("class", "")
    if node.tag in ("sup", "li") and not _NOTE.fullmatch(node.attributes.get("id", "")):
        node.attributes.pop("id", None)
    if node.tag in ("a", "div") and name not in _NOTES[node.tag]:
        node.attributes.pop("class", None)
    if name == "footnote-ref" and _content(node).isdecimal():
        node.children = [Text(circled(int(_content(node))))]
    if name == "footnote-backref":
        node.attributes["aria-label"] = packaged("markdown.yml")["back"]
        node.attributes.pop("title", None)


def _cites_number(node: Element) -> bool:
    attributes = node.attributes
    cites = node.tag == "a" and list(attributes) == ["href"] and attributes["href"].startswith(CLAIM)
    return cites and _content(node) == NUMBER


def _cites(
    node: Element, paragraph: int | None, heads: Mapping[int, int], head: int | None = None
) -> Iterator[tuple[str, int | None, int | None]]:
    """The numbers of other texts, in the order of the text. heads: number of each subhead, by the identity of its element."""
    for child in node.children:
        if isinstance(child, Text):
            continue
        if _cites_number(child):
            yield child.attributes["href"].removeprefix(CLAIM), paragraph, head
        elif id(child) in heads:  # not a heading in code or in another, which is no subhead
            yield from _cites(child, None, heads, heads[id(child)])
        else:
            number = child.attributes.get("data-p")
            yield from _cites(child, paragraph if number is None else int(number), heads, head)


class _Builder(HTMLParser):
    """Builds the tree; the input comes from the sanitiser and is well formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.stack = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {key: value or "" for key, value in attrs})
        self.stack[-1].children.append(element)
        if tag not in _VOID:
            self.stack.append(element)
        if len(self.stack) > _DEEPEST:
            raise TooDeepError

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.stack[1:]):
            while self.stack.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(Text(data))


def _parse(html: str) -> Element:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def _inline(node: Element | Text) -> bool:
    return isinstance(node, Text) or (node.tag in _INLINE and all(_inline(child) for child in node.children))


def _content(node: Element | Text) -> str:
    return node.value if isinstance(node, Text) else "".join(_content(child) for child in node.children)


def _wrap_loose(parent: Element) -> None:
    """Gives text that stands beside blocks an element of its own, so that every text has one holder."""
    if parent.tag in _CODE or (_inline(parent) and parent.tag):
        return
    holds = parent.tag in _HOLDERS | _HEADINGS and all(_inline(child) for child in parent.children)
    if holds:
        return
    children: list[Element | Text] = []
    run: list[Element | Text] = []
    for child in [*parent.children, None]:
        if child is not None and _inline(child):
            run.append(child)
            continue
        if "".join(map(_content, run)).strip() or any(
            isinstance(node, Element) and node.tag == "img" for node in run
        ):
            children.append(Element("span" if parent.tag in _HOLDERS else "p", children=run))
        else:
            children += [node for node in run if isinstance(node, Text)]
        run = []
        if child is not None:
            if isinstance(child, Element):
                _wrap_loose(child)
            children.append(child)
    parent.children = children


def _number(parent: Element, paragraphs: list[str], subheads: list[tuple[str, int]]) -> list[Element]:
    """Marks the holders in reading order; what comes back are the elements of the subheads."""
    heads: list[Element] = []
    for child in parent.children:
        if isinstance(child, Text) or child.tag in _CODE:
            continue
        if child.tag in _HEADINGS:
            _tidy(child)
            child.tag = "h2" if child.tag == "h1" else child.tag
            if _RESERVED.match(child.attributes.get("id", "")):
                del child.attributes["id"]
            subheads.append((_content(child), len(paragraphs)))
            heads.append(child)
        elif child.tag in _HOLDERS | {"span"} and all(_inline(node) for node in child.children):
            _tidy(child)
            if _content(child):
                child.attributes["data-p"] = str(len(paragraphs))
                paragraphs.append(_content(child))
        else:
            heads += _number(child, paragraphs, subheads)
    return heads


def _tidy(holder: Element) -> None:
    """Settles the white space in a holder: none at its ends, none between Chinese characters, single blanks
    elsewhere.
    """
    nodes = list(_texts(holder))
    whole = "".join(node.value for node in nodes)
    kept = _kept(whole)
    at = 0
    for node in nodes:
        length = len(node.value)
        node.value = "".join(kept[at : at + length])
        at += length


def _kept(whole: str) -> list[str]:
    """For each character what is left of it."""
    kept = list(whole)
    for match in re.finditer(r"[ \t\r\n\f\v\u3000\xa0]+", whole):
        start, end = match.span()
        inside = start > 0 and end < len(whole)
        if inside and "\n" not in match[0] and not match[0].strip("\u3000\xa0"):
            continue  # wide blanks that part two words stay
        glue = " "
        if (
            start == 0
            or end == len(whole)
            or ("\n" in match.group(0) and _HAN.match(whole[start - 1]) and _HAN.match(whole[end]))
        ):
            glue = ""
        kept[start:end] = [glue] + [""] * (end - start - 1)
    return kept


def _texts(node: Element) -> Iterator[Text]:
    for child in node.children:
        if isinstance(child, Text):
            yield child
        else:
            yield from _texts(child)


def _images(node: Element) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, Element):
            if child.tag == "img":
                yield child.attributes.get("src", "")
            yield from _images(child)


def _render(node: Element | Text) -> str:
    if isinstance(node, Text):
        return escape(node.value, quote=False)
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in node.attributes.items())
    if node.tag in _VOID:
        return f"<{node.tag}{attributes}>"
    return f"<{node.tag}{attributes}>{''.join(map(_render, node.children))}</{node.tag}>"
