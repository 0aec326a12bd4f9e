"""Pages of what several articles report: each number that they print of it, side by side, with its source."""

from collections.abc import Iterator

from sitegen.pages.base import PageSpec, Site
from sitegen.pages.entities import ProjectView, project_views
from sitegen.tables.things import Thing, things

FOLDER = "things"


def thing_pages(site: Site) -> Iterator[PageSpec]:
    """The list of them, and a page for each; nothing where no two articles report one thing."""
    found = things(site.facts)
    if not found:
        return
    kinds = dict.fromkeys(thing.kind for thing in found)
    groups = tuple((kind, tuple(thing for thing in found if thing.kind == kind)) for kind in kinds)
    yield PageSpec(f"{FOLDER}/index.html", "things.html", {"section": FOLDER, "groups": groups}, site.latest)
    for thing in found:
        dates = [day for each in thing.articles if (day := site.articles[each].article.date)]
        context = {
            "section": FOLDER,
            "heading": thing.name,
            "thing": thing,
            "articles": tuple(site.articles[each] for each in thing.articles),
            "views": _views(site, thing),
        }
        yield PageSpec(
            f"{FOLDER}/{thing.id}/index.html", "thing.html", context, max(dates, default=site.latest)
        )


def _views(site: Site, thing: Thing) -> tuple[ProjectView, ...]:
    return project_views(site, thing.projects)
