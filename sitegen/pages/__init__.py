"""Page types: what each page of the site shows. Every file here turns the Site into PageSpecs; templates give them form."""

from sitegen.pages.articles import article_pages
from sitegen.pages.base import PageSpec, Site
from sitegen.pages.home import home_page

PAGES = (home_page, article_pages)


def site_pages(site: Site) -> tuple[PageSpec, ...]:
    """All pages of the site, in a fixed order."""
    return tuple(spec for pages in PAGES for spec in pages(site))
