"""Page types: what each page of the site shows.

Every file here turns the Site into PageSpecs; templates give them form.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from sitegen.inputs import Derived
from sitegen.pages import entities, numbers, others
from sitegen.pages.archive import described_files
from sitegen.pages.articles import article_pages
from sitegen.pages.base import PageSpec, Prose, Site, Source, Words
from sitegen.pages.downloads import data_files
from sitegen.pages.home import home_page, ranked
from sitegen.pages.numbers import number_files
from sitegen.pages.phrases import runs, tied
from sitegen.pages.structured import said_of, with_structure
from sitegen.pages.things import thing_pages

__all__ = [
    "PAGES",
    "PageSpec",
    "Prose",
    "Site",
    "Source",
    "Words",
    "data_files",
    "described_files",
    "number_files",
    "site_pages",
]

PAGES = (
    home_page,
    article_pages,
    numbers.number_pages,
    numbers.timeline_page,
    numbers.compare_page,
    others.chart_pages,
    others.embed_pages,
    entities.place_pages,
    entities.industry_pages,
    entities.project_pages,
    entities.people_pages,
    thing_pages,
    others.check_pages,
    others.correction_pages,
    others.data_pages,
    others.prose_pages,
    others.search_page,
    others.moved_pages,
    others.lost_page,
)
_SECTIONS = (
    "articles",
    "numbers",
    "charts",
    "places",
    "industries",
    "projects",
    "people",
    "things",
    "checks",
    "corrections",
    "data",
    "method",
    "search",
)


def site_pages(site: Site) -> tuple[PageSpec, ...]:
    """All pages of the site, in a fixed order. In the context of each stand the site, the sections that
    exist (nav), the root-absolute addresses of all pages, the charts' headlines, cut into lines, and what networks and
    machines are told: a picture, JSON-LD (structured).
    """
    specs = [spec for pages in PAGES for spec in pages(site)]
    common = _Common(site, frozenset(spec.path for spec in specs))
    return tuple(replace(spec, given=_completed(common, spec)) for spec in specs)


class _Common:
    """What stands in the context of every page. paths: of all of them."""

    def __init__(self, site: Site, paths: frozenset[str]) -> None:
        self.site, self.paths = site, paths

    @cached_property
    def context(self) -> dict[str, Any]:
        """See site_pages; worked out once, when the first page is looked at."""
        site, lead = self.site, next((chart.id for chart in ranked(self.site)), None)
        return {
            "site": site,
            "nav": tuple(name for name in _SECTIONS if f"{name}/index.html" in self.paths),
            "addresses": frozenset("/" + path.removesuffix("index.html") for path in self.paths),
            "tied": tied,
            "headlines": {
                chart.id: runs(chart.headline, site.headlines.get(chart.id, ())) for chart in site.charts
            },
            "picture": site.share(lead),
            "picture_alt": next((chart.title for chart in site.charts if chart.id == lead), ""),
            "feed": "/feed.xml",
        }


def _completed(common: _Common, spec: PageSpec) -> Callable[[], Mapping[str, object]]:
    """What works out the whole context of a page."""

    def structured(context: dict[str, Any]) -> dict[str, Any]:
        return {"structured": with_structure(common.site, replace(spec, given=context))}

    def context() -> Mapping[str, object]:
        own = spec.context
        if isinstance(own, Derived):
            return own.above(common.context).and_then(said_of(common.site), structured)
        whole = {**common.context, **own}
        return {**whole, **structured(whole)}

    return context
