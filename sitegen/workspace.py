"""A site on disk: where its root is, what it says of itself, which files feed it. Reads, never writes."""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sitegen.borders import is_inside, kept_outside, links_out
from sitegen.config import Config, is_base_url, read_config, suggestion, whole_url
from sitegen.documents import is_day, read_document
from sitegen.loaders import LOADERS
from sitegen.problems import ConfigError, Problem, SitegenError
from sitegen.publish import shown

CONFIG = "content/site.yml"
ARTICLES = "content/articles"
FACTS = "content/facts"
PAGES = "content/pages"
REVIEWS = "content/reviews"
SEED_NOTES = "seeds.yml"
EDITED = ".md"  # what editors write, in content/articles; every other format is a newspaper page's
WEB = (".html", ".htm")
_PARTS = (
    "_files",
    ".files",
)  # behind a saved page's name: the folder in which a browser puts its pictures, scripts and frames
SUFFIXES = tuple(LOADERS)
SEED_SUFFIXES = tuple(suffix for suffix in SUFFIXES if suffix != EDITED)
MAX_BYTES = (
    2_000_000  # a newspaper page has a few thousand characters; more is some other file that strayed in
)
MAX_YAML = 10_000_000  # what people write in one file, even about all the pages of an archive
SEED_KEYS = ("paper", "day", "page", "url")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A site that was found. root: its folder; config: its settings, with what the command line overrides."""

    root: Path
    config: Config
    config_file: Path

    @property
    def output(self) -> Path:
        """Where the finished site goes."""
        return self.root / self.config.output_dir

    @property
    def seeds(self) -> Path | None:
        """The folder of newspaper pages, None for a site without any."""
        return self.root / self.config.seeds_dir if self.config.seeds_dir else None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A newspaper page or an article. shown: its path as a user would type it; name: what its articles call
    it, the path below the folder of its kind, so that two pages of two years may have one file name.
    """

    path: Path
    shown: str
    name: str


def find_root(start: Path) -> Path | None:
    """The nearest folder at or above start that has a content/site.yml."""
    here = start.resolve()
    return next((folder for folder in (here, *here.parents) if (folder / CONFIG).is_file()), None)


def open_site(
    config: Path | None, start: Path, *, output: Path | None = None, base_url: str | None = None
) -> Workspace:
    """The site that config (its site.yml or its folder) names, else the one around start.

    output and base_url stand before what the settings say. Raises ConfigError where there is no site or its
    settings are wrong.
    """
    file = _config_file(config, start)
    if leading := links_out(file.parent.parent, [path for path in (file.parent, file) if path.is_symlink()]):
        raise ConfigError(*leading)
    try:
        text = read_bounded(file).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(*unreadable(file, error).problems) from None
    except SitegenError as error:
        raise ConfigError(*error.problems) from None
    settings = read_config(text, shown(file))
    if output is not None:
        settings = replace(settings, output_dir=str(output.absolute()))
    if base_url is not None:
        if base_url and not is_base_url(base_url):
            fix = "write https://host/path/ without ? or #"
            raise ConfigError(
                Problem("--base-url", 0, 0, "E-USAGE", f"{base_url} is no address of a site", fix)
            )
        settings = replace(settings, base_url=whole_url(base_url))
    site = Workspace(file.parent.parent, settings, file)
    _refuse_output(site)
    _refuse_outside(site, text, output)
    return site


def _config_file(config: Path | None, start: Path) -> Path:
    if config is None:
        root = find_root(start)
        if root is None:
            fix = f"go to the site's folder, name its {CONFIG} with -c, or make a site with `sitegen init`"
            raise ConfigError(Problem("", 0, 0, "E-NO-SITE", f"there is no {CONFIG} here or above", fix))
        return root / CONFIG
    file = config / CONFIG if config.is_dir() else config
    if not file.is_file():
        fix = f"name a site's folder or its {CONFIG}"
        raise ConfigError(Problem(shown(file), 0, 0, "E-NO-SITE", "is not there", fix))
    return file.absolute().parent.parent.resolve() / file.absolute().parent.name / file.name


def _refuse_output(site: Workspace) -> None:
    """The site must not be built over its own sources."""
    output, root = site.output.resolve(), site.root.resolve()
    own = [
        root / name
        for name in ("content", "templates", *([site.config.seeds_dir] if site.config.seeds_dir else []))
    ]
    if (
        output == root
        or output in root.parents
        or any(output == each or each in output.parents for each in own)
    ):
        message = f"the output folder {shown(output)} holds or is part of the site's sources"
        raise ConfigError(
            Problem(shown(site.config_file), 0, 0, "E-OUTPUT", message, "name another folder with -o")
        )


def _refuse_outside(site: Workspace, text: str, output: Path | None) -> None:
    """What the settings and the site's own folder lead to must lie in that folder; only the command line may leave it."""
    root, file = site.root.resolve(), shown(site.config_file)
    lines = read_document(text, file).lines
    problems = list(kept_outside(site.root))
    if output is None and not site.output.resolve().is_relative_to(root):
        fact = f"the output folder {site.config.output_dir} is not in the site's folder"
        fix = "name a folder in it, or give it to the command with -o"
        problems.append(Problem(file, lines.get(("output_dir",), 0), 0, "E-OUTPUT", fact, fix))
    if (
        site.seeds is not None
        and not site.seeds.is_symlink()
        and site.seeds.exists()
        and not is_inside(site.seeds, root)
    ):
        fact = f"the folder of pages {site.config.seeds_dir} is not in the site's folder"
        line = lines.get(("seeds_dir",), 0)
        problems.append(Problem(file, line, 0, "E-OUTSIDE", fact, "put the pages into a folder of the site"))
    if problems:
        raise ConfigError(*problems)


def outside(site: Workspace) -> tuple[Problem, ...]:
    """An error for each link in the site's sources that leads out of its folder."""
    folders = [site.root / "content", site.root / "templates", *([site.seeds] if site.seeds else [])]
    return links_out(site.root, folders)


def list_sources(site: Workspace) -> tuple[SourceFile, ...]:
    """Newspaper pages, then editors' articles, each by path. Raises SitegenError for a missing or empty seeds
    folder.
    """
    found: list[SourceFile] = []
    if site.seeds is not None:
        pages = [path for path in files_in(site.seeds, *SEED_SUFFIXES) if path.name != "README.txt"]
        if not pages:
            fact = (
                f"has no newspaper page ({_list(SEED_SUFFIXES)})" if site.seeds.is_dir() else "is not there"
            )
            fix = f"put pages into it, or write `seeds_dir: null` in {CONFIG}"
            raise SitegenError(Problem(shown(site.seeds), 0, 0, "E-SEEDS", f"the seeds folder {fact}", fix))
        found += _sources(pages, site.seeds)
    found += _sources(files_in(site.root / ARTICLES, EDITED), site.root / ARTICLES)
    if not found:
        fix = 'write one with `sitegen new article "标题"`'
        raise SitegenError(Problem(shown(site.root / ARTICLES), 0, 0, "E-EMPTY", "there is no article", fix))
    return tuple(found)


def _list(suffixes: Iterable[str]) -> str:
    *most, last = suffixes
    return f"{', '.join(most)} or {last}"


def _sources(paths: Iterable[Path], folder: Path) -> Iterator[SourceFile]:
    folders: dict[Path, Path] = {}  # asked of the system once
    for path in paths:
        if path.parent not in folders:
            folders[path.parent] = Path(shown(path.parent))
        known = shown(path) if path.is_symlink() else str(folders[path.parent] / path.name)
        yield SourceFile(path, known, path.relative_to(folder).as_posix())


def named_sources(paths: Iterable[Path]) -> tuple[SourceFile, ...]:
    """The files that a command names; a folder stands for what is in it. Raises ConfigError."""
    found: list[SourceFile] = []
    for path in paths:
        inside = (
            [each for each in files_in(path) if each.suffix.lower() in SUFFIXES] if path.is_dir() else [path]
        )
        if not inside:
            fix = "name a page or a folder with pages"
            raise ConfigError(Problem(str(path), 0, 0, "E-USAGE", f"holds no {_list(SUFFIXES)} file", fix))
        for each in inside:
            if path is each and each.exists() and each.suffix.lower() not in SUFFIXES:
                message = f"is neither {' nor '.join(SUFFIXES)}"
                raise ConfigError(
                    Problem(str(path), 0, 0, "E-USAGE", message, "name a newspaper page or an article")
                )
            name = each.name if each is path else each.relative_to(path).as_posix()
            found.append(SourceFile(each, str(each), name))
    return tuple(found)


def files_in(folder: Path, *suffixes: str) -> list[Path]:
    """The files below folder with one of the suffixes, by path; see walk_files."""
    return sorted(map(Path, walk_files(folder, *suffixes)))


def walk_files(folder: Path, *suffixes: str) -> Iterator[str]:
    """The paths of the files below folder with one of the suffixes; hidden ones and the parts of saved web pages are left out.
    None where there is no folder. Raises ConfigError for a folder that cannot be listed: its files would be lost in silence.
    """

    def refuse(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            raise ConfigError(*unreadable(Path(error.filename), error).problems) from None

    for parent, folders, names in os.walk(folder, onerror=refuse):
        parts = {f"{Path(n).stem}{end}" for n in names if n.lower().endswith(WEB) for end in _PARTS}
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in parts)
        for name in names:
            if name.lower().endswith(suffixes or "") and not name.startswith("."):
                yield os.path.join(parent, name)


def read_source(source: SourceFile) -> bytes:
    """The bytes of a page or an article. Raises SitegenError where it cannot be read or is far too large for
    a page.
    """
    problem = None
    try:
        status = source.path.stat()
        size = status.st_size
        if not stat.S_ISREG(status.st_mode):
            fix = "put the text itself there"
            problem = Problem(source.shown, 0, 0, "E-READ", "is no file that can be read twice", fix)
        elif not _is_text(source.name):
            fix = "give the file another name"
            problem = Problem(source.shown, 0, 0, "E-NAME", "has a name that is no UTF-8", fix)
        elif size > MAX_BYTES:
            message = f"has {size / 1e6:.1f} MB, more than the {MAX_BYTES / 1e6:.0f} MB that a page may have"
            problem = Problem(
                source.shown, 0, 0, "E-LARGE", message, "split it, or take it away if it is no newspaper page"
            )
        else:
            return source.path.read_bytes()
    except OSError as error:
        raise unreadable(source.path, error, source.shown) from None
    raise SitegenError(problem)


def stamp_of(source: SourceFile) -> tuple[int, ...]:
    """What the system says of a file and changes with it. Raises SitegenError where it is not to be had."""
    try:
        status = source.path.stat()
    except OSError as error:
        raise unreadable(source.path, error, source.shown) from None
    return status.st_mode, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _is_text(name: str) -> bool:
    """False for a name whose bytes are no UTF-8, which nobody can print."""
    return not any("\ud800" <= char <= "\udfff" for char in name)


def located(problems: Iterable[Problem], source: SourceFile) -> tuple[Problem, ...]:
    """The problems of a source, with its whole path where they have its bare name."""
    return tuple(replace(each, file=source.shown) if each.file == source.name else each for each in problems)


def read_bounded(path: Path, limit: int = MAX_YAML) -> bytes:
    """The bytes of a file. Raises SitegenError where there are more than limit, OSError where it cannot be read."""
    size = path.stat().st_size
    if size > limit:
        message = f"has {size / 1e6:.1f} MB, more than the {limit / 1e6:.0f} MB that such a file may have"
        raise SitegenError(Problem(shown(path), 0, 0, "E-LARGE", message, "split it, or take it away"))
    return path.read_bytes()


def read_texts(folder: Path, suffix: str, limit: int = MAX_YAML) -> dict[str, str]:
    """The files of a folder as path → text. Raises SitegenError for one that is no UTF-8 or larger than limit."""
    return texts_of(files_in(folder, suffix), limit)


def texts_of(paths: Iterable[Path], limit: int = MAX_YAML) -> dict[str, str]:
    """Files as path → text. Raises SitegenError for those that are no UTF-8 or larger than limit, all at once."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            found[shown(path)] = read_bounded(path, limit).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            problems += unreadable(path, error).problems
        except SitegenError as error:
            problems += error.problems
    if problems:
        raise SitegenError(*problems)
    return found


def unreadable(path: Path, error: OSError | UnicodeDecodeError, name: str | None = None) -> SitegenError:
    """The one line for a file that cannot be read."""
    if isinstance(error, UnicodeDecodeError):
        line = error.object[: error.start].count(b"\n") + 1
        return SitegenError(
            Problem(name or shown(path), line, 0, "E-ENCODING", "is no UTF-8 text", "save it as UTF-8")
        )
    reason = (error.strerror or str(error)).lower()
    return SitegenError(
        Problem(
            name or shown(path), 0, 0, "E-READ", f"cannot be read: {reason}", "check the path and its rights"
        )
    )


def seed_notes(site: Workspace, sources: Iterable[SourceFile]) -> Mapping[str, Mapping[str, str]]:
    """What seeds.yml knows of the pages: file name → paper, day, page, url, as far as they are known.

    Raises SitegenError for an unknown key and for a page that is not there.
    """
    path = site.seeds / SEED_NOTES if site.seeds else None
    if path is None or not path.is_file():
        return {}
    try:
        document = read_document(read_bounded(path).decode("utf-8-sig"), shown(path))
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from None
    data: Any = document.value or {}
    names = {source.name for source in sources}
    problems = []
    fix = "write the name of a page in this folder, and below it paper, day, page, url"
    if not isinstance(data, dict):
        raise SitegenError(Problem(shown(path), 1, 0, "E-SEED-NOTES", "is no list of pages", fix))
    for name, notes in data.items():
        line = document.line(name)
        if name not in names:
            problems.append(Problem(shown(path), line, 0, "E-SEED-NOTES", f"there is no page {name}", fix))
        if notes is not None and not isinstance(notes, dict):
            problems.append(Problem(shown(path), line, 0, "E-SEED-NOTES", f"{name} has no notes", fix))
        for key in notes if isinstance(notes, dict) else ():
            if key not in SEED_KEYS:
                remedy, line = suggestion(key, list(SEED_KEYS)), document.line(name, key)
                problems.append(Problem(shown(path), line, 0, "E-SEED-NOTES", f"unknown key {key}", remedy))
            elif wrong := _wrong_note(key, notes[key]):
                line, fact = document.line(name, key), f"{key} {wrong[0]}"
                problems.append(Problem(shown(path), line, 0, "E-SEED-NOTES", fact, wrong[1]))
    if problems:
        raise SitegenError(*problems)
    return {
        name: {k: str(v) for k, v in (notes or {}).items() if v is not None} for name, notes in data.items()
    }


def _wrong_note(key: str, value: Any) -> tuple[str, str] | None:
    """What is wrong with a note of a page and what to do, or None."""
    if isinstance(value, dict | list | bool):
        return "is no text", "put it in quotation marks"
    if key == "url" and value is not None and not str(value).startswith(("https://", "http://")):
        return f"{value} is no address", "begin it with https://"
    if key == "day" and value is not None and not is_day(str(value)):
        return f"{value} is no day", 'write it as "2025-06-12"'
    return None


def shown_paths(sources: Iterable[SourceFile]) -> dict[str, str]:
    """Name of a source → its path as a user would type it."""
    return {source.name: source.shown for source in sources}


def strays(site: Workspace) -> tuple[Problem, ...]:
    """A warning for each page among the articles and each article among the pages, which nobody would read."""
    found = [
        Problem(shown(path), 0, 0, "W-STRAY", "is not read here", f"move it to {home}", "warning")
        for folder, suffixes, home in (
            (site.seeds, (EDITED,), f"{ARTICLES}/"),
            (site.root / ARTICLES, SEED_SUFFIXES, f"{site.config.seeds_dir or 'seeds'}/"),
        )
        for path in (files_in(folder, *suffixes) if folder else ())
        if path.stem.upper() != "README"
    ]
    return tuple(found)
