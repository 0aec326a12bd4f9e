"""From facts to the files of the site: tables, charts, words, pages, feeds. Loads pandas, Plotly, jieba and
Jinja2.
"""

from collections.abc import Callable, Iterable, Sequence

from sitegen.charts import build_charts, plotly_script
from sitegen.feeds import feed_files
from sitegen.industries import industry_list
from sitegen.loaders import load
from sitegen.model import Facts, Industry, Place, Warning
from sitegen.pages import Prose, Site, Source, data_files, site_pages
from sitegen.places import gazetteer
from sitegen.problems import Problem, SitegenError
from sitegen.publish import shown
from sitegen.records import Record
from sitegen.render import assets, default_theme, render
from sitegen.search import Words, search_files
from sitegen.strings import load as load_strings
from sitegen.tables import build_tables
from sitegen.workspace import (
    PAGES,
    SourceFile,
    Workspace,
    files_in,
    list_sources,
    located,
    read_source,
    seed_notes,
)

Tick = Callable[[str], None]


def assemble(
    site: Workspace,
    facts: Sequence[Facts],
    records: Record,
    found: Callable[[], dict[str, Words]],
    *,
    warnings: Sequence[Warning] = (),
    tick: Tick = lambda step: None,
) -> dict[str, bytes]:
    """All files of the site, path → content, by path.

    facts: what is to be published, after the editors' verdicts.  records: the same for machines.  found:
    gives the words of each article.  warnings: of pages, not of an article.

    Raises SitegenError for a template's fault, a link that leads nowhere, two things with one address.
    """
    tick("counting")
    tables = build_tables(facts)
    tick("drawing")
    charts = build_charts(tables, site.config.language)
    tick("indexing")
    cut = found()
    whole = Site(
        config=site.config,
        facts=tuple(facts),
        charts=charts,
        tables=tables,
        places=_places(records),
        industries=_industries(records),
        sources=_sources(site),
        prose=_prose(site),
        words=cut,
        records=records,
        warnings=tuple(warnings),
    )
    tick("writing pages")
    specs = site_pages(whole)
    files = Files()
    files.add("data", data_files(whole))
    files.add("search", search_files(facts, cut))
    files.add("feeds", feed_files(site.config, facts, specs))
    own = site.root / "templates"
    theme = list(dict.fromkeys(folder.resolve() for folder in (own, default_theme()) if folder.is_dir()))
    files.add("theme", assets(theme))
    if charts:
        files.add(
            "charts", [("assets/plotly.min.js", plotly_script())]
        )  # loaded only when a reader asks for it
    strings = load_strings(site.config.language, theme)
    pages = render(
        specs, theme_dirs=theme, strings=strings, base_url=site.config.base_url, files=list(files.found)
    )
    files.add("pages", pages)
    return dict(sorted(files.found.items()))


class Files:
    """Files of the site as they come; refuses a second one at the same path."""

    def __init__(self) -> None:
        self.found: dict[str, bytes] = {}
        self._owner: dict[str, str] = {}

    def add(self, owner: str, files: Iterable[tuple[str, bytes]]) -> None:
        """Take (path, content) of an owner, who is named where two want the same path."""
        for path, data in files:
            if path in self.found:
                message = f"{self._owner[path]} and {owner} both want the address /{path}"
                raise SitegenError(
                    Problem("", 0, 0, "E-ADDRESS", message, "give one of them another slug or name")
                )
            self.found[path], self._owner[path] = data, owner


def _places(records: Record) -> dict[str, Place]:
    """The entries of the gazetteer that the records name, without names that several places share."""
    named = {record["name"]: gazetteer().by_name(record["name"]) for record in records["places"]}
    return {name: found[0] for name, found in named.items() if len(found) == 1}


def _industries(records: Record) -> dict[str, Industry]:
    found = (industry_list().get(record["id"]) for record in records["industries"])
    return {entry.id: entry for entry in found if entry is not None}


def _sources(site: Workspace) -> dict[str, Source]:
    notes = seed_notes(site, list_sources(site))
    return {
        name: Source(
            name, note.get("paper", ""), note.get("day", ""), note.get("page", ""), note.get("url", "")
        )
        for name, note in notes.items()
    }


def _prose(site: Workspace) -> tuple[Prose, ...]:
    """The running text of content/pages, by file name, which is the last part of its address."""
    found = []
    for path in files_in(site.root / PAGES, ".md"):
        source = SourceFile(path, shown(path), path.name)
        try:
            article = load(source.name, read_source(source)).articles[0]
        except SitegenError as error:
            raise SitegenError(*located(error.problems, source)) from None
        name = article.meta.slug or path.stem
        found.append(
            Prose(name, article.title or name, article.html or "", article.meta.summary or "", shown(path))
        )
    return tuple(found)
