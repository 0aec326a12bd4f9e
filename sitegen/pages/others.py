"""Pages that are neither an article nor about a thing: charts, checks, data, running text, search, 404."""

import hashlib
from collections.abc import Iterator, Sequence
from functools import partial
from typing import get_args
from urllib.parse import quote

from sitegen.model import Claim, Kind
from sitegen.pages import html_marks
from sitegen.pages.archive import ARCHIVE, CSVW
from sitegen.pages.articles import by_date
from sitegen.pages.base import Chart, PageSpec, Site, article_url, changed, title_of
from sitegen.pages.downloads import PACKAGE, RECORDS, chart_file, resources
from sitegen.pages.entities import sentences
from sitegen.pages.findings import findings, unread

_GROUPS = ("stories", "signings", "money", "capacity", "industries", "places", "time")


def chart_pages(site: Site) -> Iterator[PageSpec]:
    """The index of charts by section, and a page for each."""
    groups: dict[str, list[Chart]] = {group: [] for group in (*_GROUPS, "other")}
    for chart in site.charts:
        groups[chart.group if chart.group in groups else "other"].append(chart)
    filled = tuple((group, tuple(charts)) for group, charts in groups.items() if charts)
    yield PageSpec("charts/index.html", "charts.html", {"section": "charts", "groups": filled}, site.latest)
    for chart in site.charts:
        claims = tuple(site.claims[claim] for claim in dict.fromkeys(chart.sources) if claim in site.claims)
        dates = [day for c in claims if (day := changed(site.articles[c.article].article))]
        day = max(dates, default=site.latest)
        context = partial(_chart, site, chart, claims, day)
        yield PageSpec(f"charts/{chart.id}/index.html", "chart.html", context, day)


def _chart(site: Site, chart: Chart, claims: Sequence[Claim], day: str | None) -> dict[str, object]:
    return {
        "section": "charts",
        "heading": chart.title,
        "chart": chart,
        "csv": "/" + chart_file(chart),
        "sources": sentences(site, claims),
        "source_count": len(claims),
        "edition": edition_of(chart),
        "day": day,
        "downloads": tuple(
            (kind, f"/{path}")
            for kind, path in (("svg", f"data/charts/{chart.id}.svg"), ("png", f"share/{chart.id}.png"))
            if path in site.pictures
        ),
        **({"picture": site.share(chart.id), "picture_alt": chart.title} if site.share(chart.id) else {}),
    }


def embed_pages(site: Site) -> Iterator[PageSpec]:
    """Each chart alone, for a frame on another site, twice: as it is now, and at an address that names what it says.

    What stands at the second one never says anything else; a chart that changes gets another one.
    """
    for chart in site.charts:
        for edition in ("", edition_of(chart)):
            context = {"section": "embed", "heading": chart.title, "chart": chart, "edition": edition}
            path = f"embed/{chart.id}/{edition + '/' if edition else ''}index.html"
            yield PageSpec(path, "embed.html", context, listed=False)


def edition_of(chart: Chart) -> str:
    """Ten digits that change with what a chart says."""
    cells = [[cell.text for cell in row] for row in (chart.summary, *chart.rows)]
    said = repr((chart.title, chart.unit, chart.note, cells, chart.json))
    return hashlib.sha256(said.encode()).hexdigest()[:10]


def check_pages(site: Site) -> Iterator[PageSpec]:
    """What the checks found, verdict by verdict, and what could not be read."""
    yield PageSpec("checks/index.html", "checks.html", partial(_checks, site), site.latest)


def _checks(site: Site) -> dict[str, object]:
    found = findings(site)
    order = dict.fromkeys(finding.verdict for finding in found)
    groups = tuple((verdict, tuple(f for f in found if f.verdict == verdict)) for verdict in order)
    return {"section": "checks", "groups": groups, "count": len(found), "unread": unread(site)}


def data_pages(site: Site) -> Iterator[PageSpec]:
    """What can be taken away: tables with their fields, charts' tables, everything as JSON."""
    yield PageSpec("data/index.html", "data.html", partial(_data, site), site.latest)


def _data(site: Site) -> dict[str, object]:
    return {
        "section": "data",
        "tables": resources(site),
        "records": "/" + RECORDS,
        "package": "/" + PACKAGE,
        "csvw": "/" + CSVW,
        "archive": "/" + ARCHIVE,
        "charts": tuple((chart, "/" + chart_file(chart)) for chart in site.charts),
    }


def prose_pages(site: Site) -> Iterator[PageSpec]:
    """The pages of content/pages: method, about and what else an editor adds."""
    for prose in site.prose:
        pieces = html_marks.split(prose.html, (), prose.charts, site.doubted)
        context = {"section": prose.name, "heading": prose.title, "prose": prose, "pieces": pieces}
        yield PageSpec(f"{prose.name}/index.html", "prose.html", context, origin=prose.file)


def search_page(site: Site) -> Iterator[PageSpec]:
    """The search page, which without scripts is a list of all articles."""
    tagged = any(facts.article.meta.tags for facts in site.facts)
    picks = ("place", "industry", "kind", "year", "amount", *(("tag",) if tagged else ()))
    context = {"section": "search", "groups": by_date(site), "kinds": get_args(Kind), "picks": picks}
    yield PageSpec("search/index.html", "search.html", context, site.latest, listed=False)


def correction_pages(site: Site) -> Iterator[PageSpec]:
    """What was published wrong and is now right, newest first; no page where nothing was."""
    found = [(day, words, facts) for facts in site.facts for day, words in facts.article.meta.corrections]
    if found:
        found.sort(key=lambda each: each[0], reverse=True)
        context = {"section": "corrections", "corrections": tuple(found)}
        yield PageSpec("corrections/index.html", "corrections.html", context, found[0][0])


def moved_pages(site: Site) -> Iterator[PageSpec]:
    """A page at each former address of an article, which leads on to where it is now.

    An article with a slug has its id for a former address, so that what quotes a claim by its id still leads to it.
    """
    for article in (facts.article for facts in site.facts):
        own = (f"articles/{article.id}",) if article.address != article.id else ()
        for path in (*own, *(alias.strip("/") for alias in article.meta.aliases)):
            path = path if path.endswith(".html") else f"{path}/index.html"
            url = article_url(article)
            context = {
                "section": "moved",
                "heading": title_of(article),
                "url": url,
                "there": "../" * path.count("/") + quote(url.lstrip("/")) + "index.html",
            }
            origin = site.paths.get(article.source, article.source)
            yield PageSpec(path, "moved.html", context, listed=False, origin=origin)


def lost_page(site: Site) -> Iterator[PageSpec]:
    """The page for an address where nothing is."""
    yield PageSpec("404.html", "404.html", {"section": "lost"}, listed=False, anywhere=True)
