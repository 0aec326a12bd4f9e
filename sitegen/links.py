"""Links inside the site: written from its root in what pages show, relative in what is published, and each one followed."""

# ruff: noqa: D102 - the properties of a protocol are described by the records that fulfil it
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol
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


class Solved(NamedTuple):
    """Where a link leads, and how it is written in the page."""

    path: str
    fragment: str
    new: str


class Linker:
    """Rewrites the links of one page, for re.sub, and notes where they lead. solved: prefix and link → what it is on any page that
    it does not lead to; grows as pages are made.
    """

    def __init__(
        self, spec: Page, homes: Mapping[str, str], base_url: str, solved: dict[tuple[str, str], Solved]
    ) -> None:
        self.spec, self.homes, self.links, self.solved = spec, homes, list[Link](), solved
        self.asked: dict[str, str] = {}  # articles whose claims are linked to, and where they are
        self.prefix = base_url or "../" * spec.path.count("/")

    def __call__(self, match: re.Match[str]) -> str:
        opening, link = match[1], match[2].replace("&amp;", "&")
        written = link
        if link.startswith("claim:"):
            article, _, mark = link.removeprefix("claim:").rpartition("-")
            if article not in self.homes:
                self.links.append(Link(self.spec, link, "", written))
                return match[0]
            self.asked[article] = self.homes[article]
            link = f"/{self.homes[article]}#c-{mark}"
        elif _ELSEWHERE.match(link):
            return match[0]
        key = self.prefix, link
        if key not in self.solved:
            found = self._solve(link)
            if not link.startswith("/") or found.path == self.spec.path:  # it is another from another page
                self.links.append(Link(self.spec, found.path, found.fragment, written))
                return opening + found.new
            self.solved[key] = found
        path, fragment, new = self.solved[key]
        if path == self.spec.path:
            path, fragment, new = self._solve(link)
        self.links.append(Link(self.spec, path, fragment, written))
        return opening + new

    def _solve(self, link: str) -> Solved:
        target, _, fragment = link.partition("#")
        target, _, query = target.partition("?")
        path = self._path(unquote(target))
        here = path == self.spec.path and not query
        new = ("" if here and fragment else self.prefix + quote(path)) + (f"?{query}" if query else "")
        new += "#" + quote(unquote(fragment)) if fragment else ""
        return Solved(path, unquote(fragment), new.replace("&", "&amp;"))

    def _path(self, target: str) -> str:
        if not target:
            return self.spec.path
        steps = [] if target.startswith("/") else self.spec.path.split("/")[:-1]
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
