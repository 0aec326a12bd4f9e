"""Links inside the site: written from its root in what pages show, relative in what is published, and each one followed."""

# ruff: noqa: D102 - the properties of a protocol are described by the records that fulfil it
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol
from urllib.parse import quote, unquote

from sitegen.problems import Problem

LINK = re.compile(r'(<[a-zA-Z][^<>]*?\s(?:href|src|action)=")([^"]*)(?=")')
ID = re.compile(r'<[a-zA-Z][^<>]*?\sid="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")

# (file that an editor would mend, word in it) → that file or the template which has the word, line and column; 0 = nowhere
Where = Callable[[str, str], tuple[str, int, int]]


class Page(Protocol):
    """What render needs of a page; see pages.base.PageSpec."""

    @property
    def path(self) -> str: ...
    @property
    def template(self) -> str: ...
    @property
    def context(self) -> Mapping[str, object]: ...
    @property
    def article(self) -> str | None: ...
    @property
    def anywhere(self) -> bool: ...
    @property
    def origin(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the site as it was found. target: path from the root; fragment: anchor there or ""; written: as the
    page has it.
    """

    page: Page
    target: str
    fragment: str
    written: str


class Linker:
    """Rewrites the links of one page, for re.sub, and notes where they lead."""

    def __init__(self, spec: Page, homes: Mapping[str, str], base_url: str) -> None:
        self.spec, self.homes, self.links = spec, homes, list[Link]()
        self.asked: dict[
            str, str
        ] = {}  # articles whose claims are linked to, and where they are; "" for nowhere
        self.prefix = base_url or "../" * spec.path.count("/")

    def __call__(self, match: re.Match[str]) -> str:
        opening, link = match[1], match[2].replace("&amp;", "&")
        written = link
        if link.startswith("claim:"):
            article, _, mark = link.removeprefix("claim:").rpartition("-")
            if article not in self.homes:
                self.asked[article] = ""  # it may be there tomorrow
                self.links.append(Link(self.spec, link, "", written))
                return match[0]
            self.asked[article] = self.homes[article]
            link = f"/{self.homes[article]}#c-{mark}"
        elif _ELSEWHERE.match(link):
            return match[0]
        path, printed, query, fragment = _parted(link, "" if link.startswith("/") else self.spec.path)
        self.links.append(Link(self.spec, path, fragment, written))
        here = path == self.spec.path and not query
        new = ("" if here and fragment else self.prefix + printed) + (f"?{query}" if query else "")
        new += "#" + quote(fragment) if fragment else ""
        return opening + new.replace("&", "&amp;")


@lru_cache(maxsize=4096)  # the pages of a site lead to the same ones again and again
def _parted(link: str, page: str) -> tuple[str, str, str, str]:
    """Where a link leads: path from the root, the same quoted, query as written, fragment. page: path of the page on which it
    stands; it matters to a link that does not begin with /.
    """
    target, _, fragment = link.partition("#")
    target, _, query = target.partition("?")
    path = _path(unquote(target), page)
    return path, quote(path), query, unquote(fragment)


def _path(target: str, page: str) -> str:
    if not target:
        return page
    steps = [] if target.startswith("/") else page.split("/")[:-1]
    for step in target.split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    folder = target.endswith(("/", "/.", "/..")) or target in (".", "..") or not steps
    return "/".join([*steps, "index.html"]) if folder else "/".join(steps)


def broken(
    links: Iterable[Link],
    known: Collection[str],
    ids: Mapping[str, Collection[str]],
    where: Where,
    unsure: Callable[[str], bool],
) -> Iterator[Problem]:
    """One problem for each place that links to a thing that is not there; of places that nobody wrote, the first."""
    bad: dict[tuple[str, str, tuple[str, int, int] | None], dict[str, Link]] = {}
    for link in links:
        claim = link.target.startswith("claim:")
        if claim or link.target not in known:
            if unsure(link.target.removeprefix("claim:")):
                continue
            fragment = ""
        elif link.fragment and link.target in ids and link.fragment not in ids[link.target]:
            fragment = link.fragment
        else:
            continue
        place = where(link.page.origin, link.written)
        bad.setdefault((link.target, fragment, place if place[1] else None), {}).setdefault(
            link.page.path, link
        )
    for (target, fragment, at), found in bad.items():
        first = next(iter(found.values())).page
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        code, missing, fix = "E-LINK", f"/{target}, which is not there", "mend the link or add the page"
        if target.startswith("claim:"):
            code, missing = "E-CLAIM-LINK", f"claim {target.removeprefix('claim:')!r}, which no page shows"
            fix = "mend the claim's id"
        elif fragment:
            missing = f"/{target}#{fragment}, but there is no such anchor"
            code, fix = "E-ANCHOR", "mend the part after #"
        yield Problem(
            *(at or (first.origin, 0, 0)), code, f"the page {first.path}{more} links to {missing}", fix
        )
