"""What a page is made from (Site) and what it becomes (PageSpec).

Plain records; nothing here renders or writes.
"""

# ruff: noqa: D102 - the properties of a protocol are described by the records that fulfil it
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from sitegen.config import Config
from sitegen.model import (
    GRAVE,
    STATUSES,
    Article,
    Claim,
    Facts,
    Industry,
    Person,
    Place,
    Project,
    Status,
    Warning,
)
from sitegen.tables import Tables


class Cell(Protocol):
    """A piece of a table or a sentence: claims that print its number, or the working of a derived one; a
    link; exact value.
    """

    @property
    def text(self) -> str: ...
    @property
    def claims(self) -> tuple[str, ...]: ...
    @property
    def derived(self) -> str | None: ...
    @property
    def href(self) -> str | None: ...
    @property
    def exact(self) -> str | None: ...


class Column(Protocol):
    """A column of a chart's table."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def numeric(self) -> bool: ...


class Chart(Protocol):
    """A finished chart, as the charts stage hands it over: drawing, sentence, table of the same numbers."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def summary(self) -> Sequence[Cell]: ...
    @property
    def svg(self) -> str: ...
    @property
    def columns(self) -> Sequence[Column]: ...
    @property
    def rows(self) -> Sequence[Sequence[Cell]]: ...
    @property
    def group(self) -> str: ...
    @property
    def legend(self) -> Sequence[tuple[str, str]]: ...
    @property
    def sources(self) -> Sequence[str]: ...
    @property
    def headline(self) -> Sequence[Cell]: ...
    @property
    def json(self) -> str: ...
    @property
    def table_id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a seed beside its text (seeds.yml). file: its name."""

    file: str
    paper: str = ""
    date: str = ""
    page: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A page of running text from content/pages.

    name: last part of its address; html: sanitised; file: where it stands; charts: those that it describes, in order, None
    for one that is not drawn.
    """

    name: str
    title: str
    html: str
    summary: str = ""
    file: str = ""
    charts: tuple[Chart | None, ...] = ()


class Words(Protocol):
    """What word cutting found for an article: keywords, related article ids, headline in pieces."""

    @property
    def keywords(self) -> tuple[str, ...]: ...
    @property
    def related(self) -> tuple[str, ...]: ...
    @property
    def title(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Site:
    """Everything that the pages show.

    facts: one record an article, in the order of publication. places, industries: the entries that the facts
    name, by full name and by id; one that is missing is shown by its name. sources: by file name. words: by
    article id. records: gives the contract's JSON. warnings: of pages, not of an article.
    paths: of sources as a user would type them, by file name. headlines: of charts, by id, cut into
    pieces between which a line may end. pictures: paths in the site of what is painted of the charts. told: the charts that
    an article describes, by its id, in its order, None for one that is not drawn.
    """

    config: Config
    facts: tuple[Facts, ...]
    charts: Sequence[Chart] = ()
    tables: Tables | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    industries: Mapping[str, Industry] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    prose: tuple[Prose, ...] = ()
    words: Mapping[str, Words] = field(default_factory=dict)
    records: Callable[[], Mapping[str, object]] = dict
    warnings: tuple[Warning, ...] = ()
    paths: Mapping[str, str] = field(default_factory=dict)
    headlines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pictures: frozenset[str] = frozenset()
    told: Mapping[str, tuple[Chart | None, ...]] = field(default_factory=dict)

    @cached_property
    def articles(self) -> dict[str, Facts]:
        """Facts by article id."""
        return {facts.article.id: facts for facts in self.facts}

    @cached_property
    def order(self) -> dict[str, int]:
        """The number of each article in the order of publication, by its id."""
        return {article: number for number, article in enumerate(self.articles)}

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Claims by id, in the order of the pages; what an editor rejected is left out."""
        return {claim.id: claim for facts in self.facts for claim in shown(facts)}

    @cached_property
    def doubted(self) -> frozenset[str]:
        """Claims that are not to be relied on: an editor questions them, or a check accuses them."""
        questioned = {claim.id for claim in self.claims.values() if claim.review == "questioned"}
        return accused(self.facts) | questioned

    @cached_property
    def projects(self) -> tuple[Project, ...]:
        """All projects, in the order of the pages."""
        return tuple(project for facts in self.facts for project in facts.projects)

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """All people, one record an article, in the order of the pages."""
        return tuple(person for facts in self.facts for person in facts.people)

    @cached_property
    def place_names(self) -> dict[str, str]:
        """Full name by division code, of the places that the facts name."""
        return {place.code: name for name, place in self.places.items()}

    @cached_property
    def latest(self) -> str | None:
        """The newest date that the site knows; the site's own idea of now, since no page reads a clock."""
        return max((day for facts in self.facts if (day := changed(facts.article))), default=None)

    def share(self, chart_id: str | None) -> str | None:
        """Root-absolute address of a chart's card for networks, None where none is painted."""
        path = f"share/{chart_id}.png"
        return f"/{path}" if path in self.pictures else None


@dataclass(frozen=True)
class PageSpec:
    """A page to be rendered.

    given: its context, or what works it out when somebody asks for it.
    path: address in the site from the root, "places/包头市/index.html". template: file name of the theme.
    lastmod: ISO date on which what it shows last changed, None = unknown. article: id of the article whose
    claims have their anchors here. listed: stands in the sitemap. anywhere: may be served under any address
    (a 404 page), so its links must not depend on where it lies. followed: ids of the
    articles of the feed beside it, for a page that has one. origin: the file that an editor would mend,
    "" where there is none.
    """

    path: str
    template: str
    given: Mapping[str, object] | Callable[[], Mapping[str, object]]
    lastmod: str | None = None
    article: str | None = None
    listed: bool = True
    anywhere: bool = False
    followed: tuple[str, ...] = ()
    origin: str = ""

    @cached_property
    def context(self) -> Mapping[str, object]:
        """What its template is filled with."""
        return self.given() if callable(self.given) else self.given


def accused(facts: Iterable[Facts]) -> frozenset[str]:
    """Claims that checks found impossible or at odds: those that a finding names, else all that it compares."""
    return frozenset(
        claim
        for each in facts
        for warning in each.warnings
        if warning.verdict in GRAVE and not warning.settled
        for claim in ((warning.claim,) if warning.claim else warning.claims)
    )


def shown(facts: Facts) -> tuple[Claim, ...]:
    """The claims of an article that are published, in reading order: all but the rejected."""
    kept = (claim for claim in facts.claims if claim.review != "rejected")
    return tuple(sorted(kept, key=lambda claim: (claim.paragraph, claim.start, claim.end)))


def changed(article: Article) -> str | None:
    """The day on which an article last said something new: its own, or that of its last correction."""
    return max(filter(None, (article.date, *(day for day, _ in article.meta.corrections))), default=None)


def article_url(article: Article) -> str:
    """Root-absolute address of an article, not yet percent-encoded."""
    return f"/articles/{article.address}/"


def place_url(name: str) -> str:
    """Root-absolute address of a place, not yet percent-encoded."""
    return f"/places/{name}/"


def industry_url(industry_id: str) -> str:
    """Root-absolute address of an industry."""
    return f"/industries/{industry_id}/"


def anchor(claim_id: str) -> str:
    """The id of a claim's mark in its article's page: c-HASH."""
    return "c-" + claim_id.rsplit("-", 1)[-1]


def tally(claims: Iterable[Claim]) -> tuple[tuple[Status, int], ...]:
    """How many claims happened, are expected, are aimed at; a status that none has is left out."""
    counts = Counter(claim.status for claim in claims)
    return tuple((status, counts[status]) for status in STATUSES if counts[status])


def title_of(article: Article) -> str:
    """The headline, or for a headless block its first words."""
    if article.title:
        return article.title
    first = article.paragraphs[0].text if article.paragraphs else article.source
    return first if len(first) <= 24 else first[:24] + "……"
