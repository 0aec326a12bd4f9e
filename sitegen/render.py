"""Pages to bytes: templates filled, links made relative and checked. Nothing here knows what a page is about.

Links in templates, drawings and prose are written from the site's root (/places/…/, /assets/…) or as
claim:ID; they come out relative, with index.html spelled out and Han letters percent-encoded, so the site
works from file:// and under any path.
"""

# ruff: noqa: D102 - the properties of a protocol are described by the records that fulfil it
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
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
    """A link inside the site as it was found. target: path from the root; fragment: anchor there or ""."""

    page: Page
    target: str
    fragment: str


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
) -> Iterator[tuple[str, bytes]]:
    """Yield (path in the site, HTML in UTF-8) for each page, in order, then check every link.

    theme_dirs: where templates are looked for, a site's own folder before the packaged one. base_url: "" or
    the site's address ending in "/". files: paths of what else is published (data, search index), so that
    links to them hold; assets of the themes are known already. Raises SitegenError: before the first page for
    two pages with one address or an address outside the site, at a page for a template's fault (template file and line), after the last one
    for links that lead nowhere, all of them at once.
    """
    own = dict(assets(theme_dirs))
    known = {spec.path for spec in specs} | set(files) | own.keys()
    _refuse_strays(specs, known)
    _refuse_twins(specs)
    environment = _environment(theme_dirs, strings, base_url)
    sheets = {path: _sheet(path, data, theme_dirs) for path, data in own.items() if path.endswith(".css")}
    homes = {spec.article: spec.path for spec in specs if spec.article}
    ids: dict[str, set[str]] = {}
    links: list[Link] = []
    problems: list[Problem] = []
    for spec in specs:
        inline = sheets if spec.anywhere or spec.template in _ALONE else {}
        html = _fill(environment, spec, theme_dirs, inline)
        linker = _Linker(spec, homes, base_url if spec.anywhere else "", problems)
        html = _LINK.sub(linker, html)
        links += linker.links
        ids[spec.path] = set(_ID.findall(html))
        yield spec.path, html.encode("utf-8")
    problems += _broken(links, known, ids)
    if problems:
        raise SitegenError(*sorted(set(problems)))


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


def _refuse_strays(specs: Sequence[Page], known: Collection[str]) -> None:
    """An address must name a file below the site's folder, and nothing that stands there may be its folder."""
    problems = []
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
        problems.append(Problem(spec.origin, 0, 0, "E-ADDRESS", fact, fix))
    if problems:
        raise SitegenError(*problems)


def _is_name(part: str) -> bool:
    """Whether a part of a path is the name of a file or a folder everywhere."""
    return (
        part.isprintable() and "\\" not in part and part not in ("", ".", "..") and len(part.encode()) <= 255
    )


def _refuse_twins(specs: Sequence[Page]) -> None:
    seen: dict[str, Page] = {}
    problems = []
    for spec in specs:
        first = seen.setdefault(spec.path.casefold(), spec)
        if first is not spec:
            fact = f"two pages want the address /{url_of(spec.path)}: {_name(first)} and {_name(spec)}"
            problems.append(
                Problem(spec.origin, 0, 0, "E-ADDRESS", fact, "give one of them another slug or name")
            )
    if problems:
        raise SitegenError(*problems)


def _name(spec: Page) -> str:
    return spec.origin or spec.template


class _Linker:
    """Rewrites the links of one page, for re.sub, and notes where they lead."""

    def __init__(self, spec: Page, homes: Mapping[str, str], base_url: str, problems: list[Problem]) -> None:
        self.spec, self.homes, self.problems, self.links = spec, homes, problems, list[Link]()
        self.prefix = base_url or "../" * spec.path.count("/")

    def __call__(self, match: re.Match[str]) -> str:
        opening, link = match[1], match[2].replace("&amp;", "&")
        if link.startswith("claim:"):
            link = self._claim(link.removeprefix("claim:"))
        elif _ELSEWHERE.match(link):
            return match[0]
        target, _, fragment = link.partition("#")
        target, _, query = target.partition("?")
        path = self._path(unquote(target))
        self.links.append(Link(self.spec, path, unquote(fragment)))
        here = path == self.spec.path and not query
        written = ("" if here and fragment else self.prefix + quote(path)) + (f"?{query}" if query else "")
        written += "#" + quote(unquote(fragment)) if fragment else ""
        return opening + written.replace("&", "&amp;")

    def _claim(self, claim: str) -> str:
        article, _, mark = claim.rpartition("-")
        if article not in self.homes:
            fact = f"the page {self.spec.path} links to claim {claim!r}, which no page shows"
            self.problems.append(Problem(self.spec.origin, 0, 0, "E-CLAIM-LINK", fact, "mend the claim's id"))
            return "/"
        return f"/{self.homes[article]}#c-{mark}"

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
    links: Sequence[Link], known: Collection[str], ids: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """One problem for each thing that is linked to and not there, with the first page that does so."""
    bad: dict[tuple[str, str], list[Page]] = {}
    for link in links:
        if link.target not in known:
            bad.setdefault((link.target, ""), []).append(link.page)
        elif link.fragment and link.target in ids and link.fragment not in ids[link.target]:
            bad.setdefault((link.target, link.fragment), []).append(link.page)
    for (target, fragment), pages in bad.items():
        more = f" (and {len(pages) - 1} more)" if len(pages) > 1 else ""
        where = (
            f"/{target}#{fragment}, but there is no such anchor"
            if fragment
            else f"/{target}, which is not there"
        )
        fact = f"the page {pages[0].path}{more} links to {where}"
        fix = "mend the part after #" if fragment else "mend the link or add the page"
        yield Problem(pages[0].origin, 0, 0, "E-ANCHOR" if fragment else "E-LINK", fact, fix)


def site_path(link: str) -> str:
    """The path from the root to which a root-absolute link leads, decoded: "/places/%E5…/" is
    "places/…/index.html".
    """
    path = unquote(urlsplit(link).path).lstrip("/")
    return path + "index.html" if not path or path.endswith("/") else path
