"""Pages to bytes: templates filled, links made relative and checked. Nothing here knows what a page is about.

Links in templates, drawings and prose are written from the site's root (/places/…/, /assets/…) or as
claim:ID; they come out relative, with index.html spelled out and Han letters percent-encoded, so the site
works from file:// and under any path.
"""

# ruff: noqa: D102 - the properties of a protocol are described by the records that fulfil it
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol
from urllib.parse import quote, unquote, urlsplit

import jinja2

from sitegen.problems import Problem, SitegenError
from sitegen.strings import Strings

_LINK = re.compile(r'(<[a-zA-Z][^<>]*?\s(?:href|src|action)=")([^"]*)(?=")')
_ID = re.compile(r'<[a-zA-Z][^<>]*?\sid="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_ASSETS = "assets"
_ALONE = ("embed.html",)  # templates that carry their styles with them

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


def default_theme() -> Path:
    """The folder of the packaged templates: sitegen/theme when installed, templates/ in a checkout."""
    installed = Path(__file__).parent / "theme"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "templates"


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
) -> Iterator[tuple[str, bytes]]:
    """Yield (path in the site, HTML in UTF-8) for each page, in order, then check every link.

    theme_dirs: where templates are looked for, a site's own folder before the packaged one. base_url: "" or
    the site's address ending in "/". files: paths of what else is published (data, search index), so that
    links to them hold; assets of the themes are known already. where: (file, word) → file, line and column of the word, the
    file being the one an editor would mend; unsure: whether a page or a claim that is not there may stand in what could not
    be read. Raises SitegenError after the last page, with all that is wrong: two pages with one address, an address outside
    the site, a template's fault (its file and line), a link that leads nowhere.
    """
    own = dict(assets(theme_dirs))
    known = {spec.path for spec in specs} | set(files) | own.keys()
    problems = [*_strays(specs, known, where), *_twins(specs, where)]
    environment = _environment(theme_dirs, strings, base_url)
    sheets = {path: _sheet(path, data, theme_dirs) for path, data in own.items() if path.endswith(".css")}
    homes = {spec.article: spec.path for spec in specs if spec.article}
    ids: dict[str, set[str]] = {}
    links: list[Link] = []
    faults: dict[tuple[str, int, str], Problem] = {}  # one line of a template fails on many pages
    for spec in specs:
        inline = sheets if spec.anywhere or spec.template in _ALONE else {}
        linker = _Linker(spec, homes, base_url if spec.anywhere else "")
        try:
            html = _fill(environment, spec, theme_dirs, inline)
        except SitegenError as error:
            for each in error.problems:
                faults.setdefault((each.file, each.line, each.code), each)
            _LINK.sub(linker, _own_text(spec))
        else:
            html = _LINK.sub(linker, html)
            again = spec.path in ids  # told already
            ids.setdefault(spec.path, set()).update(_ID.findall(html))
            if not again:
                yield spec.path, html.encode("utf-8")
        links += linker.links
    problems += [*faults.values(), *_broken(links, known, ids, where, unsure)]
    if problems:
        raise SitegenError(*sorted(set(problems)))


def _own_text(spec: Page) -> str:
    """What an editor wrote for a page, whose links are judged even where its template fails."""
    found = (getattr(value, "html", None) for value in spec.context.values())
    return "".join(html for html in found if isinstance(html, str))


def url_of(path: str) -> str:
    """A path in the site as part of an address: percent-encoded, a final index.html dropped."""
    return quote(
        path.removesuffix("index.html") if path.endswith("/index.html") or path == "index.html" else path
    )


def _environment(theme_dirs: Sequence[Path], strings: Strings, base_url: str) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in theme_dirs]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.globals["t"] = strings
    environment.globals["base_url"] = base_url
    environment.filters["url"] = url_of
    return environment


def _fill(
    environment: jinja2.Environment, spec: Page, theme_dirs: Sequence[Path], inline: Mapping[str, str]
) -> str:
    try:
        template = environment.get_template(spec.template)
        return template.render(spec.context, path=spec.path, inline_styles=inline)
    except jinja2.TemplateSyntaxError as error:
        place = _shown(error.filename or error.name or spec.template, theme_dirs)
        fact = f"this template cannot be read: {error.message}"
        raise SitegenError(
            Problem(place, error.lineno, 0, "E-TEMPLATE-SYNTAX", fact, "mend the line")
        ) from error
    except jinja2.TemplateNotFound as error:
        place, line = _where(error.__traceback__, theme_dirs) or (spec.template, 0)
        folders = ", ".join(_shown(str(folder), theme_dirs) for folder in theme_dirs)
        problem = Problem(
            place, line, 0, "E-TEMPLATE", f"template {error.name!r} is in none of: {folders}", "add it"
        )
        raise SitegenError(problem) from error
    except SitegenError as error:
        place, line = _where(error.__traceback__, theme_dirs) or (spec.template, 0)
        raise SitegenError(*(_moved(problem, place, line) for problem in error.problems)) from error
    except jinja2.UndefinedError as error:
        place, line = _where(error.__traceback__, theme_dirs) or (spec.template, 0)
        fact = f"the page {spec.path} gives this template no such value: {error.message}"
        fix = "mend the name, or test it with 'is defined'"
        raise SitegenError(Problem(place, line, 0, "E-TEMPLATE-UNDEFINED", fact, fix)) from error
    except UnicodeDecodeError as error:
        fact = f"a template used by {spec.template} is no UTF-8 text"
        raise SitegenError(Problem(spec.template, 0, 0, "E-TEMPLATE", fact, "save it as UTF-8")) from error
    except Exception as error:
        at = _where(error.__traceback__, theme_dirs)
        if at is None:
            raise
        fact = f"this line fails for {spec.path}: {type(error).__name__}: {error}"
        raise SitegenError(Problem(*at, 0, "E-TEMPLATE", fact, "mend the expression")) from error


def _moved(problem: Problem, place: str, line: int) -> Problem:
    return Problem(place, line, 0, problem.code, problem.message, problem.fix, problem.level)


def _where(trace: TracebackType | None, theme_dirs: Sequence[Path]) -> tuple[str, int] | None:
    """The innermost line of a template in a traceback."""
    found = None
    folders = [str(folder) for folder in theme_dirs]
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if any(name.startswith(folder) for folder in folders):
            found = (_shown(name, theme_dirs), trace.tb_lineno)
        trace = trace.tb_next
    return found


def _shown(name: str, theme_dirs: Sequence[Path]) -> str:
    """A template's path as the user would type it: from the folder above the theme."""
    for folder in theme_dirs:
        if Path(name).is_relative_to(folder.parent):
            return Path(name).relative_to(folder.parent).as_posix()
    return name


def _sheet(path: str, data: bytes, theme_dirs: Sequence[Path]) -> str:
    """The text of a stylesheet. Raises SitegenError with its file and line where it is no UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        file = next((folder / path for folder in theme_dirs if (folder / path).is_file()), Path(path))
        line = data[: error.start].count(b"\n") + 1
        place, fact = _shown(str(file), theme_dirs), "this stylesheet is no UTF-8 text"
        raise SitegenError(Problem(place, line, 0, "E-TEMPLATE", fact, "save it as UTF-8")) from None


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


class _Linker:
    """Rewrites the links of one page, for re.sub, and notes where they lead."""

    def __init__(self, spec: Page, homes: Mapping[str, str], base_url: str) -> None:
        self.spec, self.homes, self.links = spec, homes, list[Link]()
        self.prefix = base_url or "../" * spec.path.count("/")

    def __call__(self, match: re.Match[str]) -> str:
        opening, link = match[1], match[2].replace("&amp;", "&")
        written = link
        if link.startswith("claim:"):
            article, _, mark = link.removeprefix("claim:").rpartition("-")
            if article not in self.homes:
                self.links.append(Link(self.spec, link, "", written))
                return match[0]
            link = f"/{self.homes[article]}#c-{mark}"
        elif _ELSEWHERE.match(link):
            return match[0]
        target, _, fragment = link.partition("#")
        target, _, query = target.partition("?")
        path = self._path(unquote(target))
        self.links.append(Link(self.spec, path, unquote(fragment), written))
        here = path == self.spec.path and not query
        new = ("" if here and fragment else self.prefix + quote(path)) + (f"?{query}" if query else "")
        new += "#" + quote(unquote(fragment)) if fragment else ""
        return opening + new.replace("&", "&amp;")

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


def _broken(
    links: Sequence[Link],
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


def site_path(link: str) -> str:
    """The path from the root to which a root-absolute link leads, decoded: "/places/%E5…/" is
    "places/…/index.html".
    """
    path = unquote(urlsplit(link).path).lstrip("/")
    return path + "index.html" if not path or path.endswith("/") else path
