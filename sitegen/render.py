"""Pages to bytes: templates filled, links made relative and checked. Nothing here knows what a page is about.

Links in templates, drawings and prose are written from the site's root (/places/…/, /assets/…) or as
claim:ID; they come out relative, with index.html spelled out and Han letters percent-encoded, so the site
works from file:// and under any path.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from sitegen.cache import Cache
from sitegen.contents import Stowed
from sitegen.inputs import Fingerprints
from sitegen.links import Link, Page, Where, broken
from sitegen.press import Press, default_theme, url_of
from sitegen.problems import Problem, SitegenError
from sitegen.strings import Strings

__all__ = ["OnDemand", "assets", "default_theme", "render", "url_of"]

_ASSETS = "assets"


def assets(theme_dirs: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """The files under assets/ of the themes as (path in the site, content), by path; the first folder that
    has one wins. Hidden files and the backups of editors stay at home.
    """
    found: dict[str, Path] = {}
    for folder in theme_dirs:
        root = folder / _ASSETS
        for file in sorted(root.rglob("*")) if root.is_dir() else ():
            if file.is_file() and not file.name.startswith(".") and not file.name.endswith("~"):
                found.setdefault(file.relative_to(folder).as_posix(), file)
    for path in sorted(found):
        yield path, found[path].read_bytes()


def render(
    specs: Sequence[Page],
    *,
    theme_dirs: Sequence[Path],
    strings: Strings,
    base_url: str = "",
    files: Collection[str] = (),
    where: Where = lambda file, word: (file, 0, 0),
    unsure: Callable[[str], bool] = lambda target: False,
    store: Cache | None = None,
    jobs: int = 1,
    fingerprints: Fingerprints | None = None,
) -> Iterator[tuple[str, bytes | Stowed]]:
    """Yield (path in the site, HTML in UTF-8, stowed where there is a store) for each page, in order, then check every link.

    theme_dirs: where templates are looked for, a site's own folder before the packaged one. base_url: "" or
    the site's address ending in "/". files: paths of what else is published (data, search index), so that
    links to them hold; assets of the themes are known already. where: (file, word) → file, line and column of
    the word, the file being the one an editor would mend. unsure: whether a page or a claim that is not there
    may stand in what could not be read. store: where pages of earlier runs are. jobs: processes that share
    the work; fingerprints: of values that others have asked for.

    Raises SitegenError after the last page, with all that is wrong: two pages with one address, an address
    outside the site, a template's fault (its file and line), a link that leads nowhere.
    """
    own = dict(assets(theme_dirs))
    known = {spec.path for spec in specs} | set(files) | own.keys()
    problems = [*_strays(specs, known, where), *_twins(specs, where)]
    press = Press(specs, theme_dirs, strings, base_url, own, store, fingerprints or Fingerprints())
    ids: dict[str, set[str]] = {}
    links: list[Link] = []
    faults: dict[tuple[str, int, str], Problem] = {}  # one line of a template fails on many pages
    for spec, page in zip(specs, press.pages(specs, jobs), strict=True):
        for each in page.problems:
            faults.setdefault((each.file, each.line, each.code), each)
        links += (  # most lead to a page that is there, and to no place in it
            Link(spec, *each) for each in page.links if each[1] or each[0] not in known
        )
        if page.html is not None:
            again = spec.path in ids  # told already
            ids.setdefault(spec.path, set()).update(page.ids)
            if not again:
                yield spec.path, page.html
    problems += [*faults.values(), *broken(links, known, ids, where, unsure)]
    if problems:
        raise SitegenError(*sorted(set(problems)))


class OnDemand(Mapping[str, bytes]):
    """The pages, each made when somebody asks for it, and otherwise what stood there before: its place is known, its links are not
    checked. Raises KeyError for what neither has, SitegenError for a template's fault.
    """

    def __init__(
        self,
        specs: Sequence[Page],
        before: Mapping[str, bytes],
        *,
        theme_dirs: Sequence[Path],
        strings: Strings,
        base_url: str,
    ) -> None:
        self.specs, self.before = {spec.path: spec for spec in specs}, before
        own = dict(assets(theme_dirs))
        self.press = Press(specs, theme_dirs, strings, base_url, own, None, Fingerprints())

    def __getitem__(self, path: str) -> bytes:
        if path not in self.specs:
            return self.before[path]
        (page,) = self.press.pages([self.specs[path]], 1)
        if not isinstance(page.html, bytes):
            raise SitegenError(*page.problems)
        return page.html

    def __contains__(self, path: object) -> bool:
        return path in self.specs or path in self.before

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*self.specs, *self.before]))

    def __len__(self) -> int:
        return len(self.specs.keys() | self.before.keys())


def _strays(specs: Sequence[Page], known: Collection[str], where: Where) -> Iterator[Problem]:
    """An address must name a file below the site's folder, and nothing that stands there may be its folder."""
    for spec in specs:
        parts = spec.path.split("/")
        above = next((path for n in range(1, len(parts)) if (path := "/".join(parts[:n])) in known), None)
        if not all(map(_is_name, parts)):
            fact = f"/{spec.path} is no address of a page of this site"
            fix = "write words between single slashes, without .. and not too long"
        elif above:
            fact, fix = f"/{spec.path} lies below /{above}, which is a file", "choose another address"
        else:
            continue
        yield Problem(*_address_of(spec, where), "E-ADDRESS", fact, fix)


def _address_of(spec: Page, where: Where) -> tuple[str, int, int]:
    """Where the file of a page gives it its address."""
    path = spec.path.removesuffix("/index.html")
    at = where(spec.origin, path)
    return at if at[1] else where(spec.origin, path.rpartition("/")[2])


def _is_name(part: str) -> bool:
    """Whether a part of a path is the name of a file or a folder everywhere."""
    return (
        part.isprintable() and "\\" not in part and part not in ("", ".", "..") and len(part.encode()) <= 255
    )


def _twins(specs: Sequence[Page], where: Where) -> Iterator[Problem]:
    """Two pages with one address, or with two that a reader or a disk would take for one."""
    seen: dict[str, Page] = {}
    for spec in specs:
        first = seen.setdefault(_heard(spec.path), spec)
        if first is not spec:
            fact = f"two pages want the address /{url_of(spec.path)}: {_name(first)} and {_name(spec)}"
            if first.path != spec.path:
                fact = f"/{spec.path} of {_name(spec)} is hardly told from /{first.path} of {_name(first)}"
            fix = "give one of them another slug or name"
            yield Problem(*_address_of(spec, where), "E-ADDRESS", fact, fix)


def _heard(path: str) -> str:
    """A path without what is easily overlooked: case, width, composed letters."""
    return unicodedata.normalize("NFKC", path).casefold()


def _name(spec: Page) -> str:
    return spec.origin or spec.template
