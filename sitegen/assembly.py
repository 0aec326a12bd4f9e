"""From facts to the files of the site: tables, charts, words, pages, feeds. Loads pandas, Plotly, jieba and
Jinja2.
"""

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote

from sitegen.charts import build_charts, plotly_script
from sitegen.charts.pictures import chart_pictures
from sitegen.citations import with_numbers
from sitegen.contents import Contents, Stowed
from sitegen.feeds import feed_files
from sitegen.fonts import fonts
from sitegen.loaders import load
from sitegen.model import ChartBlock, Facts, Place
from sitegen.pages import Prose, Site, Source, data_files, described_files, number_files, site_pages
from sitegen.pages.base import accused
from sitegen.pages.drawings import harm_of
from sitegen.pages.pictures import FOLDER, SUFFIXES, placed, wanted, with_pictures
from sitegen.pages.pictures import found as found_picture
from sitegen.pages.pictures import sources as sources_of
from sitegen.places import gazetteer
from sitegen.problems import Problem, SitegenError
from sitegen.proof import find, shortcodes, silent_pictures
from sitegen.publish import shown
from sitegen.records import industries_of, names_of_places, to_json
from sitegen.render import OnDemand, assets, default_theme, render
from sitegen.run import Run
from sitegen.search import Words, cut_by, headline_pieces, search_files
from sitegen.stories import story_charts
from sitegen.strings import load as load_strings
from sitegen.tables import build_tables
from sitegen.workspace import (
    ARTICLES,
    PAGES,
    SourceFile,
    Workspace,
    files_in,
    located,
    read_source,
    seed_notes,
    shown_paths,
    unreadable,
)

IMAGES = f"content/{FOLDER}"


def assemble(
    site: Workspace,
    facts: Sequence[Facts],
    found: Callable[[], tuple[Mapping[str, Words], Collection[str]]],
    run: Run,
) -> tuple[Contents, tuple[Problem, ...]]:
    """All files of the site, path → content, by path; and all that is wrong with it. With an error the files are of no use.

    facts: what is to be published, after the editors' verdicts. found:
    gives the words of each article, and the words that a chart's headline must not be broken in.
    """
    sources = run.sources
    paths = shown_paths(sources)
    problems: list[Problem] = []
    places, industries = _places(facts), {each.id: each for each in industries_of(facts)}
    records = partial(to_json, facts, warnings=run.warnings)  # as the editors have them
    pictures = Pictures(site, {source.name: source for source in sources}, problems)
    facts = pictures.into(facts)
    run.tick("counting")
    tables = build_tables(facts, doubtful=accused(facts))
    run.tick("drawing")
    charts = build_charts(tables, site.config.language)
    prose = _prose(site, pictures, problems, run)
    told, wrong = story_charts(
        [(each.article.id, paths.get(each.article.source, ""), each.article.charts) for each in facts]
        + [(text.id, text.prose.file, text.charts) for text in prose],
        tables,
        site,
        [chart.id for chart in charts],
    )
    problems += (each for each in wrong if not run.unread.may_have("charts"))
    charts = (*charts, *(chart for drawn in told.values() for chart in drawn if chart))
    run.tick("indexing")
    words, vocabulary = found()
    cut = cut_by(vocabulary)
    whole = Site(
        config=site.config,
        facts=tuple(facts),
        charts=charts,
        tables=tables,
        places=places,
        industries=industries,
        sources=_sources(site, sources, problems),
        prose=tuple(replace(text.prose, charts=told[text.id]) for text in prose),
        words=words,
        records=records,
        warnings=run.warnings,
        paths=paths,
        told=told,
        headlines={chart.id: headline_pieces(chart.title, cut) for chart in charts},
    )
    run.tick("painting")
    files = Files(problems)
    files.add("charts", chart_pictures(charts, site.config.title, fonts(), run.store))
    whole = replace(whole, pictures=frozenset(files.found))
    run.tick("writing pages")
    specs = site_pages(whole)
    own = site.root / "templates"
    theme = list(dict.fromkeys(folder.resolve() for folder in (own, default_theme()) if folder.is_dir()))
    strings = load_strings(site.config.language, theme)
    if run.early and not problems:
        run.early(
            lambda before: OnDemand(
                specs, before, theme_dirs=theme, strings=strings, base_url=site.config.base_url
            )
        )
    files.add("data", data_files(whole))
    files.add("numbers", number_files(whole))
    files.add("data", described_files(whole, files.found, strings))
    files.add(
        "search",
        search_files(facts, words, {each.id: each.name for each in whole.industries.values()}, run.store),
    )
    files.add("feeds", feed_files(site.config, facts, specs))
    files.add("theme", assets(theme))
    files.add("pictures", pictures.files())
    if charts:
        files.add(
            "charts", [("assets/plotly.min.js", plotly_script())]
        )  # loaded only when a reader asks for it
    pages = render(
        specs,
        theme_dirs=theme,
        strings=strings,
        base_url=site.config.base_url,
        files=list(files.found),
        where=Places(site, sources),
        unsure=lambda target: run.unread.may_have(target) or target in pictures.missing,
        store=run.store,
        jobs=run.jobs,
        fingerprints=run.memo.fingerprints,
    )
    try:
        files.add("pages", pages)
    except SitegenError as error:
        problems += error.problems
    return Contents(files.found | files.pages), tuple(problems)


class Places:
    """Finds words in the files that an editor would mend: the text of a page, else the site's own templates."""

    def __init__(self, site: Workspace, sources: Sequence[SourceFile]) -> None:
        own = files_in(site.root / "templates", ".html")
        prose = files_in(site.root / PAGES, ".md")
        self.paths = {source.shown: source.path for source in sources} | {shown(path): path for path in prose}
        self.templates = [shown(path) for path in own]
        self.paths |= {shown(path): path for path in own}
        self.texts: dict[str, str] = {}

    def __call__(self, file: str, word: str) -> tuple[str, int, int]:
        """File, line and column; the file as it was given and 0, 0 where the word stands nowhere."""
        for name, prefix in ((file, ""), *((template, '"') for template in self.templates)):
            spot = find(self._text(name), prefix + word, prefix + unquote(word))
            if spot.line:
                return name, spot.line, spot.col + len(prefix)
        return file, 0, 0

    def _text(self, name: str) -> str:
        if name not in self.texts:
            path = self.paths.get(name)
            self.texts[name] = path.read_text("utf-8", "replace") if path else ""
        return self.texts[name]


class Pictures:
    """The pictures of content/images, and which of them the site shows."""

    def __init__(self, site: Workspace, sources: Mapping[str, SourceFile], problems: list[Problem]) -> None:
        folder = site.root / IMAGES
        home = folder.resolve()
        paths = [path for path in files_in(folder, *SUFFIXES) if path.resolve().is_relative_to(home)]
        self.there = {f"{FOLDER}/{path.relative_to(folder).as_posix()}": path for path in paths}
        self.sources, self.used, self.problems = sources, set[str](), problems
        self.missing: set[str] = set()  # addresses that are told already

    def into(self, facts: Sequence[Facts]) -> tuple[Facts, ...]:
        """The facts with addresses in place of the names of pictures; every one that is not there is a problem."""
        for each in facts:
            self.problems += self._missing(wanted(each.article), self.sources.get(each.article.source))
        return tuple(
            with_pictures(each, _folder(ARTICLES, each.article.source), self.there)
            if wanted(each.article)
            else each
            for each in facts
        )

    def into_prose(self, html: str, source: SourceFile) -> str:
        """The same for a page of running text."""
        self.problems += self._missing(tuple(sources_of(html)), source, PAGES)
        return placed(html, _folder(PAGES, source.name), self.there)

    def _missing(
        self, names: Sequence[str], source: SourceFile | None, kind: str = ARTICLES
    ) -> list[Problem]:
        problems = []
        for name in names:
            path = found_picture(name, _folder(kind, source.name if source else ""), self.there)
            if path:
                self.used.add(path)
                continue
            self.missing.add(name.lstrip("/"))
            spot = find(source.path.read_text("utf-8", "replace") if source else "", name)
            fact = f"the picture {name} is not there"
            fix = f"put it into {IMAGES}/ ({', '.join(SUFFIXES)}) and write /{FOLDER}/ and its name"
            problems.append(
                Problem(source.shown if source else "", spot.line, spot.col, "E-IMAGE", fact, fix)
            )
        return problems

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The pictures that are shown, as (path in the site, content)."""
        for path in sorted(self.used):
            try:
                data = self.there[path].read_bytes()
            except OSError as error:
                raise unreadable(self.there[path], error) from None
            if path.lower().endswith(".svg") and (harm := harm_of(data)):
                fix = "save it without scripts and links, or as PNG"
                self.problems.append(
                    Problem(shown(self.there[path]), 0, 0, "E-IMAGE", f"this drawing {harm}", fix)
                )
            yield path, data


def _folder(kind: str, name: str) -> str:
    """The folder of a source below content/: articles, articles/2025."""
    return posixpath.dirname(posixpath.join(kind.removeprefix("content/"), name))


class Files:
    """Files of the site as they come; a second one at the same path is a problem."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.found: dict[str, bytes] = {}
        self.pages: dict[str, bytes | Stowed] = {}
        self._owner: dict[str, str] = {}

    def add(self, owner: str, files: Iterable[tuple[str, bytes | Stowed]]) -> None:
        """Take (path, content) of an owner, who is named where two want the same path."""
        for path, data in files:
            if path in self._owner:
                message = f"{self._owner[path]} and {owner} both want the address /{path}"
                fix = "give one of them another slug or name"
                self.problems.append(Problem("", 0, 0, "E-ADDRESS", message, fix))
            self._owner[path] = owner
            if isinstance(data, Stowed):
                self.pages[path] = data
            else:
                self.found[path] = data


def _places(facts: Sequence[Facts]) -> dict[str, Place]:
    """The entries of the gazetteer that the facts name, without names that several places share."""
    named = {name: gazetteer().by_name(name) for name in names_of_places(facts)}
    return {name: found[0] for name, found in named.items() if len(found) == 1}


def _sources(site: Workspace, sources: Sequence[SourceFile], problems: list[Problem]) -> dict[str, Source]:
    try:
        notes = seed_notes(site, sources)
    except SitegenError as error:
        problems += error.problems
        return {}
    return {
        name: Source(
            name, note.get("paper", ""), note.get("day", ""), note.get("page", ""), note.get("url", "")
        )
        for name, note in notes.items()
    }


class Running(NamedTuple):
    """A page of running text, its id among the texts that draw charts, and the charts that it describes."""

    id: str
    prose: Prose
    charts: tuple[ChartBlock, ...]


def _prose(site: Workspace, pictures: Pictures, problems: list[Problem], run: Run) -> tuple[Running, ...]:
    """The running text of content/pages, by file name, which is the last part of its address. One that cannot be used is a
    problem.
    """
    words = load_strings(site.config.language).words
    found = []
    for path in files_in(site.root / PAGES, ".md"):
        source = SourceFile(path, shown(path), path.relative_to(site.root / PAGES).as_posix())
        try:
            data = read_source(source)
            page = load(source.name, data)
        except SitegenError as error:
            problems += located(error.problems, source)
            continue
        problems += located(page.problems, source)
        if not page.articles:
            if not page.problems:
                fix = "write a title and a text, or delete the file"
                problems.append(Problem(source.shown, 1, 0, "E-EMPTY", "holds no text", fix))
            continue
        (cited,), wrong = with_numbers([Facts(page.articles[0])], run.claims, words, run.unread.may_have)
        article = cited.article
        if article.meta.draft and not run.drafts:
            continue
        problems += located(wrong, source)
        text = data.decode("utf-8", "replace")
        problems += silent_pictures(article.html or "", text, source.shown)
        problems += shortcodes(text, source.shown)
        name = article.meta.slug or path.stem
        found.append(
            Running(
                f"p{article.id[1:]}",
                Prose(
                    name,
                    article.title or name,
                    pictures.into_prose(article.html or "", source),
                    article.meta.summary or "",
                    shown(path),
                ),
                article.charts,
            )
        )
    return tuple(found)
