"""Pages about what the articles speak of: places, industries, projects, people."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from sitegen.model import STATUSES, Claim, Facts, Industry, Person, Place, PlaceIndustry, Project, Status
from sitegen.pages.articles import person_quotes
from sitegen.pages.base import PageSpec, Site, changed, industry_url, place_url, shown, tally
from sitegen.pages.marks import Segment, passage, quoted

T = TypeVar("T")
_LEVELS = ("province", "prefecture", "county", "park")
_STAGES = ("operation", "pilot", "construction", "signed", "planned", None)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with its claims of one status, and the article that prints it."""

    claims: tuple[Claim, ...]
    facts: Facts

    @property
    def quote(self) -> tuple[Segment, ...]:
        """The sentence, cut at its numbers."""
        return quoted(self.facts.article, self.claims, self.claims[0])


@dataclass(frozen=True, slots=True)
class Tie:
    """A place and an industry that belong together, with the sentence that says so first and the number of
    such places.
    """

    place: str
    industry: str
    facts: Facts
    paragraph: int
    count: int


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project with its sentence and the claims that speak of it."""

    project: Project
    claims: tuple[Claim, ...]
    facts: Facts

    @property
    def quote(self) -> tuple[Segment, ...]:
        """The sentence that names it, cut at its numbers."""
        return passage(self.facts.article, shown(self.facts), self.project.paragraph, self.project.quote)


@dataclass(frozen=True, slots=True)
class Appearance:
    """A person in one article: office as printed there, what is quoted."""

    person: Person
    facts: Facts

    @property
    def quotes(self) -> tuple[tuple[Segment, ...], ...]:
        """What they say, cut at its numbers."""
        return person_quotes(self.facts, self.person.quotes)


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place as a page shows it. place: None where the gazetteer does not know the name.

    chain: the divisions above it.
    """

    name: str
    place: Place | None
    chain: tuple[str, ...]
    parts: tuple[str, ...]
    groups: tuple[tuple[Status, tuple[Statement, ...]], ...]
    ties: tuple[Tie, ...]
    projects: tuple[ProjectView, ...]
    claims: tuple[Claim, ...]
    articles: tuple[Facts, ...]
    latest: str | None

    @property
    def tally(self) -> tuple[tuple[Status, int], ...]:
        """How many of its claims have each status."""
        return tally(self.claims)


@dataclass(frozen=True, slots=True)
class IndustryView:
    """An industry as a page shows it. industry: None where the list does not know the id."""

    id: str
    name: str
    industry: Industry | None
    parts: tuple[str, ...]
    groups: tuple[tuple[Status, tuple[Statement, ...]], ...]
    ties: tuple[Tie, ...]
    projects: tuple[ProjectView, ...]
    claims: tuple[Claim, ...]
    articles: tuple[Facts, ...]
    latest: str | None

    @property
    def tally(self) -> tuple[tuple[Status, int], ...]:
        """How many of its claims have each status."""
        return tally(self.claims)


def place_pages(site: Site) -> Iterator[PageSpec]:
    """The index of places and a page for each place that a fact names."""
    views = list(_places(site))
    levels: dict[str, list[PlaceView]] = {level: [] for level in (*_LEVELS, "other")}
    for view in views:
        levels[view.place.level if view.place else "other"].append(view)
    groups = tuple((level, tuple(found)) for level, found in levels.items() if found)
    yield PageSpec("places/index.html", "places.html", {"section": "places", "groups": groups}, site.latest)
    for view in views:
        yield _entity(view, "place", place_url(view.name), {})


def industry_pages(site: Site) -> Iterator[PageSpec]:
    """The index of industries and a page for each industry that a fact names."""
    views = list(_industries(site))
    views.sort(key=lambda view: (-len(view.ties), -len(view.claims), view.id))
    context = {"section": "industries", "views": tuple(views)}
    yield PageSpec("industries/index.html", "industries.html", context, site.latest)
    ids = {view.id for view in views}
    for view in views:
        above = view.industry.parent if view.industry else None
        parent = above if above in ids else None
        yield _entity(view, "industry", industry_url(view.id), {"parent": parent})


def _entity(view: "PlaceView | IndustryView", kind: str, url: str, more: dict[str, object]) -> PageSpec:
    """The page of a place or an industry, with a feed of the articles that speak of it."""
    section = "places" if kind == "place" else "industries"
    context = {"section": section, "view": view, "heading": view.name, "feed": f"{url}feed.xml", **more}
    followed = tuple(facts.article.id for facts in view.articles)
    return PageSpec(f"{url.lstrip('/')}index.html", f"{kind}.html", context, view.latest, followed=followed)


def project_pages(site: Site) -> Iterator[PageSpec]:
    """One page of all projects, by stage."""
    views = project_views(site, site.projects)
    groups = tuple((stage, tuple(v for v in views if v.project.stage == stage)) for stage in _STAGES)
    context = {
        "section": "projects",
        "groups": tuple(group for group in groups if group[1]),
        "count": len(views),
    }
    yield PageSpec("projects/index.html", "projects.html", context, site.latest)


def people_pages(site: Site) -> Iterator[PageSpec]:
    """One page of all people, each with every appearance; those who are quoted first, then by name."""
    found: dict[str, list[Appearance]] = {}
    for facts in site.facts:
        for person in facts.people:
            found.setdefault(person.name, []).append(Appearance(person, facts))
    order = sorted(found, key=lambda name: not any(each.person.quotes for each in found[name]))
    people = tuple((name, tuple(found[name])) for name in order)
    yield PageSpec("people/index.html", "people.html", {"section": "people", "people": people}, site.latest)


def place_names(site: Site) -> tuple[str, ...]:
    """Every place that a fact names: known ones by division code, the others behind, by name."""
    names = {claim.place for claim in site.claims.values()}
    names |= {project.place for project in site.projects}
    names |= {pair.place for facts in site.facts for pair in facts.place_industries}
    return tuple(sorted(filter(None, names), key=lambda name: (_code(site, name), name)))


def industry_ids(site: Site) -> tuple[str, ...]:
    """The id of every industry that a fact names, in order of the ids."""
    ids = {claim.industry for claim in site.claims.values()}
    ids |= {project.industry for project in site.projects}
    ids |= {pair.industry for facts in site.facts for pair in facts.place_industries}
    return tuple(sorted(filter(None, ids)))


def industry_name(site: Site, industry: str) -> str:
    """The industry's name in the list, or its id where the list does not know it."""
    return site.industries[industry].name if industry in site.industries else industry


def place_ties(site: Site) -> dict[str, tuple[Tie, ...]]:
    """The industries of each place that has any, by its name."""
    return {
        name: _ties(site, pairs) for name, pairs in _grouped(_pairs(site), lambda pair: pair.place).items()
    }


def project_views(site: Site, projects: Iterable[Project]) -> tuple[ProjectView, ...]:
    """Projects with their sentences and claims."""
    views = []
    for project in projects:
        facts = site.articles[project.article]
        ids = dict.fromkeys((*filter(None, [project.investment]), *project.claims))
        claims = tuple(site.claims[claim] for claim in ids if claim in site.claims)
        views.append(ProjectView(project, claims, facts))
    return tuple(views)


def statements(site: Site, claims: Iterable[Claim]) -> tuple[tuple[Status, tuple[Statement, ...]], ...]:
    """Claims by status, those of one sentence together; a status without any is left out.

    Sentences that only count things (5 meetings, 3 policies) stand behind the others.
    """
    listed = tuple(claims)
    said: dict[tuple[str, int, str], bool] = {}
    for claim in listed:
        key = (claim.article, claim.paragraph, claim.quote)
        said[key] = said.get(key, False) or claim.kind != "count"
    listed = tuple(sorted(listed, key=lambda c: not said[c.article, c.paragraph, c.quote]))
    found = ((status, sentences(site, (c for c in listed if c.status == status))) for status in STATUSES)
    return tuple(group for group in found if group[1])


def sentences(site: Site, claims: Iterable[Claim]) -> tuple[Statement, ...]:
    """The sentences that print the claims, in the order given, each once with all of its claims."""
    found: dict[tuple[str, int, str], list[Claim]] = {}
    for claim in claims:
        found.setdefault((claim.article, claim.paragraph, claim.quote), []).append(claim)
    return tuple(Statement(tuple(same), site.articles[same[0].article]) for same in found.values())


def _places(site: Site) -> Iterator[PlaceView]:
    names = place_names(site)
    claims = _grouped(site.claims.values(), lambda claim: claim.place)
    pairs = _grouped(_pairs(site), lambda pair: pair.place)
    projects = _grouped(site.projects, lambda project: project.place)
    parts = _grouped(
        (name for name in names if name in site.places), lambda name: site.places[name].parent or None
    )
    for name in names:
        place, own = site.places.get(name), tuple(claims.get(name, ()))
        ties, views = _ties(site, pairs.get(name, ())), project_views(site, projects.get(name, ()))
        yield PlaceView(
            name=name,
            place=place,
            chain=_chain(site, place, names),
            parts=tuple(parts.get(place.code, ())) if place else (),
            groups=statements(site, own),
            ties=ties,
            projects=views,
            claims=own,
            articles=(articles := _articles(site, own, ties, views)),
            latest=max((day for each in articles if (day := changed(each.article))), default=None),
        )


def _industries(site: Site) -> Iterator[IndustryView]:
    ids = industry_ids(site)
    claims = _grouped(site.claims.values(), lambda claim: claim.industry)
    pairs = _grouped(_pairs(site), lambda pair: pair.industry)
    projects = _grouped(site.projects, lambda project: project.industry)
    parts = _grouped((i for i in ids if i in site.industries), lambda i: site.industries[i].parent)
    for industry in ids:
        own = tuple(claims.get(industry, ()))
        ties, views = _ties(site, pairs.get(industry, ())), project_views(site, projects.get(industry, ()))
        yield IndustryView(
            id=industry,
            name=industry_name(site, industry),
            industry=site.industries.get(industry),
            parts=tuple(parts.get(industry, ())),
            groups=statements(site, own),
            ties=ties,
            projects=views,
            claims=own,
            articles=(articles := _articles(site, own, ties, views)),
            latest=max((day for each in articles if (day := changed(each.article))), default=None),
        )


def _pairs(site: Site) -> Iterator[PlaceIndustry]:
    return (pair for facts in site.facts for pair in facts.place_industries)


def _grouped(items: Iterable[T], key: Callable[[T], str | None]) -> dict[str, list[T]]:
    """Items by key, in order; those without a key are left out."""
    found: dict[str, list[T]] = {}
    for item in items:
        name = key(item)
        if name is not None:
            found.setdefault(name, []).append(item)
    return found


def _ties(site: Site, pairs: Iterable[PlaceIndustry]) -> tuple[Tie, ...]:
    found: dict[tuple[str, str], list[PlaceIndustry]] = {}
    for pair in pairs:
        found.setdefault((pair.place, pair.industry), []).append(pair)
    return tuple(
        Tie(place, industry, site.articles[same[0].article], same[0].paragraph, len(same))
        for (place, industry), same in found.items()
    )


def _chain(site: Site, place: Place | None, pages: Collection[str]) -> tuple[str, ...]:
    """Names of the divisions above a place that have a page, the widest first."""
    chain: list[str] = []
    codes = site.place_names
    while place and place.parent in codes and codes[place.parent] not in chain:
        chain.insert(0, codes[place.parent])
        place = site.places[chain[0]]
    return tuple(name for name in chain if name in pages)


def _code(site: Site, name: str) -> str:
    return site.places[name].code if name in site.places else "~"


def _articles(
    site: Site, claims: Iterable[Claim], ties: Iterable[Tie], projects: Iterable[ProjectView]
) -> tuple[Facts, ...]:
    """The articles that speak of it, in the order of publication."""
    found = {claim.article for claim in claims}
    found |= {tie.facts.article.id for tie in ties} | {view.facts.article.id for view in projects}
    return tuple(site.articles[article] for article in sorted(found, key=site.order.__getitem__))
