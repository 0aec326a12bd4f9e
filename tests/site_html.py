"""A built page as a reader meets it: its elements, its texts with what stands around them, its numbers without a source.

The page is parsed by html5lib, which builds the tree that browsers build.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib

Chain = tuple[Element, ...]  # an element and all above it, the root first


@dataclass(frozen=True)
class Page:
    """A page. path: from the root of the site; text: its HTML."""

    path: str
    text: str

    @cached_property
    def parsed(self) -> tuple[Element, list[str]]:
        builder = html5lib.getTreeBuilder("etree")
        parser = html5lib.HTMLParser(builder, namespaceHTMLElements=False)
        root: Element = parser.parse(self.text)
        return root, [f"line {place[0]}: {code}" for place, code, _ in parser.errors]

    @property
    def root(self) -> Element:
        return self.parsed[0]

    @cached_property
    def chains(self) -> tuple[Chain, ...]:
        """Every element with its ancestors, in the order of the page."""
        return tuple(_chains(self.root, ()))

    def all(self, *names: str) -> list[Element]:
        return [chain[-1] for chain in self.chains if local(chain[-1]) in names]

    @cached_property
    def ids(self) -> list[str]:
        return [chain[-1].get("id", "") for chain in self.chains if "id" in chain[-1].attrib]

    @cached_property
    def by_id(self) -> dict[str, Element]:
        return {chain[-1].get("id", ""): chain[-1] for chain in self.chains if "id" in chain[-1].attrib}

    def texts(self) -> Iterator[tuple[str, Chain]]:
        """Every stretch of text that is shown, with the elements around it; lines of a drawing's label are one stretch."""
        lines: list[str] = []
        label: Chain = ()
        for chain in self.chains:
            if label and local(chain[-1]) != "text":
                yield "".join(lines), label
                label = ()
            if any(local(each) in ("script", "style", "head", "template") for each in chain):
                continue
            if local(chain[-1]) == "text":
                if label and _same_label(label[-1], chain[-1]):
                    lines.append(words(chain[-1]))
                    continue
                if label:
                    yield "".join(lines), label
                lines, label = [words(chain[-1])], chain
                continue
            yield from ((run, chain) for run in _runs(chain[-1]))
        if label:
            yield "".join(lines), label


def _same_label(one: Element, other: Element) -> bool:
    return [one.get(key) for key in ("x", "class", "text-anchor")] == [
        other.get(key) for key in ("x", "class", "text-anchor")
    ]


def _runs(element: Element) -> Iterator[str]:
    """An element's own text between its children; a place where a line may end divides nothing."""
    run = element.text or ""
    for child in element:
        if local(child) != "wbr":
            yield run
            run = ""
        run += child.tail or ""
    yield run


def _chains(element: Element, above: Chain) -> Iterator[Chain]:
    chain = (*above, element)
    yield chain
    for child in element:
        if isinstance(child.tag, str):
            yield from _chains(child, chain)


def local(element: Element) -> str:
    """The element's name without a namespace."""
    return element.tag.rpartition("}")[2]


def classes(element: Element) -> set[str]:
    return set(element.get("class", "").split())


def words(element: Element) -> str:
    """All text in an element, spaces as they stand."""
    return "".join(element.itertext())


def inside(element: Element, *names: str) -> list[Element]:
    return [each for each in element.iter() if isinstance(each.tag, str) and local(each) in names]


def target(page: str, link: str) -> tuple[str, str]:
    """Where a link on a page leads: (path from the root, fragment), both decoded. Raises ValueError for a link that leaves
    the site or is not relative.
    """
    address, _, fragment = link.partition("#")
    if re.match(r"[a-zA-Z][\w+.-]*:|/", link):
        raise ValueError(link)
    path = unquote(address.partition("?")[0])
    steps = page.split("/")[:-1]
    for step in path.split("/") if path else ():
        if step == "..":
            if not steps:
                raise ValueError(link)
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return ("/".join(steps) if path else page), unquote(fragment)


_SCALE = "十百千万亿"
_ONES = "一二两三四五六七八九"
_NUMBER = re.compile(
    rf"\d+(?:[,.]\d+)*[{_SCALE}]*"
    rf"|(?=[{_ONES}零〇]*[{_SCALE}])[{_ONES}{_SCALE}零〇]{{2,}}"
    rf"|[两三四五六七八九十](?=[个家项处条名座场户人次倍年])"
)
_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:年(?:\d{1,2}月(?:\d{1,2}日)?)?|-\d\d-\d\d)|(?<!\d)\d{1,2}月(?:\d{1,2}日)?"
)
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z_-]*\d+[A-Za-z0-9]*")
_LINE = re.compile(r"\S+\.(?:txt|md|csv) 第 \d+ 行|\S+\.(?:txt|md|csv|json)")
_QUOTED = re.compile(r"“[^”]*”")
_TITLE = re.compile(r"《[^》]*》")


@dataclass(frozen=True)
class Names:
    """What is said by a name and not as a statement.

    names: headlines, events, projects, organisations of the records that hold a number, the longest first. pages: path of
    a page → its headline, whose own numbers are checked on that page. explained: what a column of the data means.
    """

    names: tuple[str, ...] = ()
    pages: Mapping[str, str] = field(default_factory=dict)
    explained: frozenset[str] = frozenset()

    @staticmethod
    def of(names: Collection[str], pages: Mapping[str, str], explained: Collection[str]) -> "Names":
        """Names without those that are short or hold no word."""
        kept = {name for name in names if len(name) >= 4 and re.search(r"[^\W\d_]{2}", name) and stated(name)}
        ranked = sorted(kept, key=lambda name: (-len(name), name))
        return Names(tuple(ranked), pages, frozenset(explained))

    def without(self, text: str) -> str:
        """The text without the names in it; a part that is the beginning of a name and ends with … is one."""
        for name in self.names:
            text = text.replace(name, "　")
        return " · ".join("" if self._cut(part.strip()) else part for part in text.split(" · "))

    def _cut(self, part: str) -> bool:
        start = part.removesuffix("…")
        return len(start) >= 4 and start != part and any(name.startswith(start) for name in self.names)

    def leads_on(self, page: "Page", chain: Chain) -> bool:
        """Whether a text is the whole of a link that says the headline of the page it leads to."""
        link = next((each for each in chain if local(each) == "a"), None)
        return link is not None and words(link) == self.pages.get(
            target(page.path, link.get("href", ""))[0], ""
        )


def stated(text: str) -> list[str]:
    """The numbers that a text states: digits, or Han numerals with a power of ten. No dates, no identifiers, no place in a file."""
    for pattern in (_LINE, _TITLE, _IDENTIFIER, _DATE):
        text = pattern.sub("　", text)
    return _NUMBER.findall(text)


def _sourced(chain: Chain) -> bool:
    """Whether an element around a text says where its number comes from, or that it is the source or a scale."""
    for element in chain:
        name, marks = local(element), classes(element)
        if "data-claim" in element.attrib or element.get("data-derived"):
            return True
        if name == "blockquote" or ("body" in marks and name == "div"):  # the source itself
            return True
        if name == "time" or name == "code":
            return True
        if name == "li" and re.fullmatch(r"d-[0-9a-f]{8}", element.get("id", "")):  # the record of one claim
            return True
        if name == "text" and "c-tick" in marks:
            return True
        if name in (
            "title",
            "desc",
        ):  # of a drawing: the chart's headline and summary, whose numbers are checked there
            return True
        if name == "a" and re.search(r"#(?:c-[0-9a-f]{8}|t-[\w-]+)$", element.get("href", "")):
            return True
    return False


def unsourced(page: Page, names: Names) -> list[str]:
    """Every number in the page's main part that leads to no sentence and shows no working, with the text it stands in.

    Left aside: quoted sentences and the article's own text (they are the source), dates, axis ticks, names, identifiers,
    what columns of the data mean, headlines that lead to their page, words quoted in a row that names their file and line.
    A number in a drawing leads to its claim or to a table on the site whose numbers are checked in turn.
    """
    found = []
    for text, chain in page.texts():
        if not any(local(each) == "main" for each in chain) or _sourced(chain):
            continue
        if names.leads_on(page, chain) or text.strip() in names.explained:
            continue
        if any(local(each) == "li" and _LINE.search(words(each)) for each in chain):
            text = _QUOTED.sub("　", text)
        found += [f"{page.path}: {number} in {text.strip()[:60]!r}" for number in stated(names.without(text))]
    return found
