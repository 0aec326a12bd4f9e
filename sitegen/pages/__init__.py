"""Page types: what each page of the site shows.

Every file here turns the Site into PageSpecs; templates give them form.
"""

from dataclasses import replace

from sitegen.pages import entities, others
from sitegen.pages.articles import article_pages
from sitegen.pages.base import PageSpec, Prose, Site, Source, Words
from sitegen.pages.downloads import data_files
from sitegen.pages.home import home_page
from sitegen.pages.phrases import runs, tied
from sitegen.pages.things import thing_pages

__all__ = ["PAGES", "PageSpec", "Prose", "Site", "Source", "Words", "data_files", "site_pages"]

PAGES = (
    home_page,
    article_pages,
    others.chart_pages,
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
    exist (nav), the root-absolute addresses of all pages and the charts' headlines, cut into lines.
    """
    specs = [spec for pages in PAGES for spec in pages(site)]
    paths = {spec.path for spec in specs}
    nav = tuple(name for name in _SECTIONS if f"{name}/index.html" in paths)
    addresses = frozenset("/" + path.removesuffix("index.html") for path in paths)
    common = {
        "site": site,
        "nav": nav,
        "addresses": addresses,
        "tied": tied,
        "headlines": {
            chart.id: runs(chart.headline, site.headlines.get(chart.id, ())) for chart in site.charts
        },
    }
    return tuple(replace(spec, context={**common, **spec.context}) for spec in specs)
