"""Pages to bytes: templates filled, links made relative and checked. Nothing here knows what a page is about.

Links in templates, drawings and prose are written from the site's root (/places/…/, /assets/…) or as
claim:ID; they come out relative, with index.html spelled out and Han letters percent-encoded, so the site
works from file:// and under any path.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any, NamedTuple
from urllib.parse import quote

import jinja2

from sitegen.ahead import spread
from sitegen.amounts import unsaid_bound
from sitegen.cache import Cache, digest
from sitegen.contents import Packed, packed
from sitegen.inputs import Fingerprints, Watch
from sitegen.links import ID, LINK, Link, Linker, Page, Where, broken
from sitegen.problems import Problem, SitegenError
from sitegen.sandbox import Sandbox
from sitegen.strings import Strings

_ASSETS = "assets"
_ALONE = ("embed.html",)  # templates that carry their styles with them


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
    store: Cache | None = None,
    jobs: int = 1,
    fingerprints: Fingerprints | None = None,
) -> Iterator[tuple[str, bytes | Packed]]:
    """Yield (path in the site, HTML in UTF-8, packed where there is a store) for each page, in order, then check every link.

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
    press = _Press(specs, theme_dirs, strings, base_url, own, store, fingerprints or Fingerprints())
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


class Printed(NamedTuple):
    """A page as it was made. html: None where its template failed; links: target, fragment and how it is written."""

    html: bytes | Packed | None
    links: tuple[tuple[str, str, str], ...]
    ids: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


class _Press:
    """Makes pages, and takes those from an earlier run whose inputs are the same."""

    def __init__(
        self,
        specs: Sequence[Page],
        theme_dirs: Sequence[Path],
        strings: Strings,
        base_url: str,
        own: Mapping[str, bytes],
        store: Cache | None,
        fingerprints: Fingerprints,
    ) -> None:
        self.environment = _environment(theme_dirs, strings, base_url)
        self.theme_dirs, self.base_url, self.store = theme_dirs, base_url, store
        self.sheets = {
            path: _sheet(path, data, theme_dirs) for path, data in own.items() if path.endswith(".css")
        }
        self.homes = {spec.article: spec.path for spec in specs if spec.article}
        self.fingerprints = fingerprints
        words = [f"{key}={value}" for key, value in sorted(strings.words.items())]
        self.version = digest(
            [
                strings.language.encode(),
                base_url.encode(),
                *(word.encode() for word in words),
                *_templates(theme_dirs),
            ]
        )

    def pages(self, specs: Sequence[Page], jobs: int) -> Iterator[Printed]:
        """The pages in their order; those that must be made anew are shared among processes."""
        if self.store is None:
            yield from (self._fresh(spec, spec.context)[0] for spec in specs)
            return
        keys = [self._key(spec) for spec in specs]
        kept = [self._kept(spec, key) for spec, key in zip(specs, keys, strict=True)]
        missing = [index for index, page in enumerate(kept) if page is None]
        made = iter(spread(lambda index: self._made(specs[index], keys[index]), missing, jobs))
        for page in kept:
            yield page or next(made)

    def _key(self, spec: Page) -> str | None:
        """The name of the page in the store, None for a page whose inputs cannot be named."""
        assert self.store is not None  # noqa: S101  asked for only where there is one
        try:
            inputs = Watch(spec.context, self.fingerprints).inputs()
        except TypeError:
            return None
        return self.store.key("page", self.version, spec.path, spec.template, str(spec.anywhere), inputs)

    def _kept(self, spec: Page, key: str | None) -> Printed | None:
        head, body = self.store.get_with(key) if self.store and key else (None, b"")
        entry: Any = head
        watch = Watch(spec.context, self.fingerprints)
        try:
            for name, word, found in entry["seen"]:
                if (self.homes.get(word) if name == "home" else watch.found(name, word)) != found:
                    return None
            links = tuple((target, fragment, written) for target, fragment, written in entry["links"])
            return Printed(Packed(body), links, tuple(entry["ids"]))
        except (TypeError, ValueError, KeyError, AttributeError):  # nothing, or JSON that is not ours
            return None

    def _made(self, spec: Page, key: str | None) -> Printed:
        watch = Watch(spec.context, self.fingerprints)
        page, homes = self._fresh(spec, watch.context())
        seen = [[*each, found] for each, found in watch.seen.items()]
        if key and self.store and isinstance(page.html, Packed) and all(found for _, _, found in seen):
            seen += [["home", article, path] for article, path in homes.items()]
            self.store.put_with(key, {"seen": seen, "links": page.links, "ids": page.ids}, page.html.small)
        return page

    def _fresh(self, spec: Page, context: Mapping[str, object]) -> tuple[Printed, dict[str, str]]:
        """The page, and where the articles are whose claims it links to."""
        linker = Linker(spec, self.homes, self.base_url if spec.anywhere else "")
        problems: tuple[Problem, ...] = ()
        html: str | None = None
        try:
            inline = self.sheets if spec.anywhere or spec.template in _ALONE else {}
            html = LINK.sub(linker, _fill(self.environment, spec, context, self.theme_dirs, inline))
        except SitegenError as error:
            problems = error.problems
            LINK.sub(linker, _own_text(spec))
        links = tuple(dict.fromkeys((link.target, link.fragment, link.written) for link in linker.links))
        data = None if html is None else html.encode("utf-8")
        made = data if data is None or self.store is None else packed(data)
        return Printed(made, links, tuple(dict.fromkeys(ID.findall(html or ""))), problems), linker.asked


def _templates(theme_dirs: Sequence[Path]) -> Iterator[bytes]:
    """Names and bytes of all files of the themes; which of them a page uses is not asked."""
    for folder in theme_dirs:
        yield b"theme"
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield path.relative_to(folder).as_posix().encode("utf-8", "surrogatepass")
                yield path.read_bytes()


def _own_text(spec: Page) -> str:
    """What an editor wrote for a page, whose links are judged even where its template fails."""
    found = (getattr(value, "html", None) for value in spec.context.values())
    return "".join(html for html in found if isinstance(html, str))


def url_of(path: str) -> str:
    """A path in the site as part of an address: percent-encoded, a final index.html dropped."""
    return quote(
        path.removesuffix("index.html") if path.endswith("/index.html") or path == "index.html" else path
    )


class _Compiled(jinja2.BytecodeCache):
    """Templates that were compiled in this process, by their text; never on a disk, where somebody could change them."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Give the code of a template, if it is known."""
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep the code of a template."""
        self.known[bucket.key, bucket.checksum] = bucket.code


_COMPILED = {jinja2.Environment: _Compiled(), Sandbox: _Compiled()}  # the two compile differently


def _environment(theme_dirs: Sequence[Path], strings: Strings, base_url: str) -> jinja2.Environment:
    own = [folder.resolve() for folder in theme_dirs] == [default_theme().resolve()]
    kind = jinja2.Environment if own else Sandbox  # a site's own templates may come from anywhere
    environment = kind(
        loader=jinja2.FileSystemLoader([str(folder) for folder in theme_dirs]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=_COMPILED[kind],
    )
    environment.globals["t"] = strings
    environment.globals["base_url"] = base_url
    environment.filters["url"] = url_of
    environment.filters["unsaid_bound"] = lambda claim: unsaid_bound(claim.raw, claim.bound)
    return environment


def _fill(
    environment: jinja2.Environment,
    spec: Page,
    context: Mapping[str, object],
    theme_dirs: Sequence[Path],
    inline: Mapping[str, str],
) -> str:
    try:
        with environment.bounds() if isinstance(environment, Sandbox) else nullcontext():
            template = environment.get_template(spec.template)
            return template.render(context, path=spec.path, inline_styles=inline)
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
    except Exception as error:  # a template may fail in any way; it is told at its line
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
