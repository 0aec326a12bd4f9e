"""Pages from templates, and those of an earlier run whose inputs are the same."""

import contextlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import CodeType, TracebackType
from typing import NamedTuple
from urllib.parse import quote

import jinja2

from sitegen.ahead import spread
from sitegen.amounts import unsaid_bound
from sitegen.cache import Cache, digest
from sitegen.contents import Stowed, name_of
from sitegen.inputs import Fingerprints, Watch
from sitegen.links import ID, LINK, Linker, Page
from sitegen.problems import Problem, SitegenError
from sitegen.sandbox import Sandbox
from sitegen.shelf import Shelf, shelf
from sitegen.strings import Strings

_ALONE = ("embed.html",)  # templates that carry their styles with them


def default_theme() -> Path:
    """The folder of the packaged templates: sitegen/theme when installed, templates/ in a checkout."""
    installed = Path(__file__).parent / "theme"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "templates"


class Printed(NamedTuple):
    """A page as it was made. html: None where its template failed; links: target, fragment and how it is written."""

    html: bytes | Stowed | None
    links: tuple[tuple[str, str, str], ...]
    ids: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


class Head(NamedTuple):
    """What is kept of a page beside its text. seen: what its template looked up, and what was found there; name: of the text."""

    seen: tuple[tuple[str, str, str], ...]
    links: tuple[tuple[str, str, str], ...]
    ids: tuple[str, ...]
    name: str


class _Made(NamedTuple):
    """A page that was made anew. small: its text, packed, b"" where it is in the store; lasts: whether it may serve a later run."""

    head: Head
    small: bytes | None
    problems: tuple[Problem, ...]
    lasts: bool


class Press:
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
        heads = shelf(self.store, "pages", Head, self.version)
        watches = [Watch(spec.context, self.fingerprints) for spec in specs]
        keys = [self._key(spec, watch) for spec, watch in zip(specs, watches, strict=True)]
        kept = [self._kept(heads, key, watch) for key, watch in zip(keys, watches, strict=True)]
        missing = [index for index, head in enumerate(kept) if head is None]
        made = iter(spread(lambda index: self._made(specs[index], keys[index]), missing, jobs))
        for spec, key, head in zip(specs, keys, kept, strict=True):
            small: bytes | None = b""
            problems: tuple[Problem, ...] = ()
            if head is None:
                head, small, problems, lasts = next(made)
                if key and lasts:
                    heads.keep(key, head)
                    self.store.used.add(key)  # another process may have stored it
            html = None if small is None else Stowed(head.name, partial(self._text, spec, key, head, small))
            yield Printed(html, head.links, head.ids, problems)
        heads.close()

    def _key(self, spec: Page, watch: Watch) -> str | None:
        """The name of the page in the store, None for a page whose inputs cannot be named."""
        assert self.store is not None  # noqa: S101  asked for only where there is one
        try:
            inputs = watch.inputs()
        except TypeError:
            return None
        return self.store.key("page", self.version, spec.path, spec.template, str(spec.anywhere), inputs)

    def _kept(self, heads: Shelf, key: str | None, watch: Watch) -> Head | None:
        """What an earlier run kept of the page, if its template would find the same today."""
        head: Head | None = heads.find(key) if key else None
        if head is None or key is None or self.store is None:
            return None
        for name, word, found in head.seen:
            if (self.homes.get(word, "") if name == "home" else watch.found(name, word)) != found:
                return None
        self.store.used.add(key)
        return head

    def _made(self, spec: Page, key: str | None) -> _Made:
        watch = Watch(spec.context, self.fingerprints)
        page, homes = self._fresh(spec, watch.context())
        seen = tuple((*each, found) for each, found in watch.seen.items())
        lasts = all(found for _, _, found in seen)
        seen += tuple(("home", article, path) for article, path in homes.items())
        if not isinstance(page.html, bytes):
            return _Made(Head(seen, page.links, page.ids, ""), None, page.problems, lasts=False)
        head = Head(seen, page.links, page.ids, name_of(page.html))
        small = zlib.compress(page.html, 1)
        if key and self.store and lasts:
            self.store.put_bytes(key, small)
        stored = key and self.store and self.store.writes and lasts
        return _Made(head, b"" if stored else small, page.problems, lasts)

    def _text(self, spec: Page, key: str | None, head: Head, small: bytes) -> bytes:
        """The bytes of a page, made again where what was kept of them is damaged."""
        kept = small or (self.store.get_bytes(key) if self.store and key else None) or b""
        with contextlib.suppress(zlib.error):
            if name_of(data := zlib.decompress(kept)) == head.name:
                return data
        page, _ = self._fresh(spec, spec.context)
        if not isinstance(html := page.html, bytes):
            raise SitegenError(*page.problems)  # it was made once, from a template that has changed since
        if key and self.store:
            self.store.put_bytes(key, zlib.compress(html, 1))
        return html

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
        return Printed(data, links, tuple(dict.fromkeys(ID.findall(html or ""))), problems), linker.asked


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
        with environment.bounds() if isinstance(environment, Sandbox) else contextlib.nullcontext():
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
