"""Article pages: the text with its marks, and the ledger in which each number has its record."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from sitegen.inputs import Derived
from sitegen.model import Article, Claim, Facts, PlaceIndustry, Project, Quotation, Warning
from sitegen.pages import html_marks
from sitegen.pages.base import Chart, PageSpec, Site, article_url, changed, shown, title_of
from sitegen.pages.marks import Segment, passage, quoted, segments


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an article's body.

    kind: paragraph, subhead or caption; index: of the paragraph, else of none (-1).
    """

    kind: str
    segments: tuple[Segment, ...]
    index: int = -1


@dataclass(frozen=True, slots=True)
class Echo:
    """Another claim that says the same, and the headline above it."""

    claim: Claim
    title: str
    here: bool


@dataclass(frozen=True, slots=True)
class Record:
    """A claim's entry in the ledger.

    number: its place in the article, from 1; line: in the source file, from 1.
    """

    number: int
    claim: Claim
    quote: tuple[Segment, ...]
    file: str
    line: int
    same: tuple[Echo, ...]
    checks: tuple[Warning, ...]


def article_pages(site: Site) -> Iterator[PageSpec]:
    """A page for each article, and the list of all of them."""
    others = _Others(site)
    for facts in site.facts:
        article = facts.article
        path = article_url(article).lstrip("/") + "index.html"
        origin = site.paths.get(article.source, article.source)
        context = partial(_context, site, facts, others)
        yield PageSpec(path, "article.html", context, changed(article), article=article.id, origin=origin)
    listed = {"site": site, "section": "articles", "groups": by_date(site)}
    yield PageSpec("articles/index.html", "articles.html", listed, site.latest)


class _Others:
    """What the whole site says of single articles and claims, by their ids, worked out once and only where it is asked for."""

    def __init__(self, site: Site) -> None:
        self.site = site

    @cached_property
    def echoes(self) -> Mapping[str, tuple[str, ...]]:
        """Claims that say the same as a claim."""
        return same_claims(tuple(self.site.claims.values()))

    @cached_property
    def findings(self) -> Mapping[str, tuple[Warning, ...]]:
        """The findings that concern a claim."""
        return findings_by_claim(self.site)

    @cached_property
    def drawn(self) -> Mapping[str, tuple[Chart, ...]]:
        """The charts that draw a number of an article, in their order."""
        found: dict[str, dict[str, Chart]] = {}
        for chart in self.site.charts:
            for id_ in chart.sources:
                if id_ in self.site.claims:
                    found.setdefault(self.site.claims[id_].article, {})[chart.id] = chart
        return {article: tuple(charts.values()) for article, charts in found.items()}


def by_date(site: Site) -> tuple[tuple[str | None, tuple[Facts, ...]], ...]:
    """Articles under their dates, newest first, those without a date last; a day keeps the order of the
    pages.
    """
    groups: dict[str | None, list[Facts]] = defaultdict(list)
    for facts in site.facts:
        groups[facts.article.date].append(facts)
    return tuple(
        (date, tuple(groups[date])) for date in sorted(groups, key=lambda day: day or "", reverse=True)
    )


def _context(site: Site, facts: Facts, others: _Others) -> Derived:
    article, claims = facts.article, [claim for claim in facts.claims if claim.review != "rejected"]
    words = site.words.get(article.id)
    told = site.told.get(article.id, ())
    own = tuple(chart for chart in told if chart)
    charts = tuple(chart for chart in others.drawn.get(article.id, ()) if chart not in own)
    same = {
        claim.id: tuple(_echo(site, site.claims[other], article.id) for other in others.echoes[claim.id])
        for claim in claims
        if claim.id in others.echoes
    }
    checks = {claim.id: others.findings[claim.id] for claim in claims if claim.id in others.findings}
    related = [site.articles[a].article for a in (words.related if words else ()) if a in site.articles]
    context: dict[str, object] = {
        "site": site,
        "section": "articles",
        "article": article,
        "title": title_of(article),
        "source": site.sources.get(article.source),
        "draws": bool(own),
        "pieces": words.title if words and article.title else (),
        "keywords": words.keywords if words else (),
        "related": tuple(related),
        "charts": charts,
        **_picture(site, article, (*own, *charts)),
    }
    doubted = frozenset(cite.claim for cite in article.cites) & site.doubted
    return Derived(
        context,
        (facts, same, checks, told, sorted(doubted)),
        lambda: _worked_out(facts, same, checks, told, doubted),
    )


def _worked_out(
    facts: Facts,
    same: Mapping[str, tuple[Echo, ...]],
    checks: Mapping[str, tuple[Warning, ...]],
    told: Sequence[Chart | None],
    doubted: frozenset[str],
) -> dict[str, object]:
    """What takes time of an article's page: its text cut at its numbers, and what follows from its facts alone."""
    article, claims = facts.article, shown(facts)
    things: list[PlaceIndustry | Claim | Project] = [*facts.place_industries, *claims, *facts.projects]
    return {
        "claims": claims,
        "places": tuple(dict.fromkeys(each.place for each in things if each.place)),
        "industries": tuple(dict.fromkeys(each.industry for each in things if each.industry)),
        "projects": facts.projects,
        "blocks": tuple(body(article, claims)),
        "marked_html": None
        if article.html is None
        else html_marks.split(article.html, claims, told, doubted),
        "records": tuple(_records(article, claims, same, checks)),
        "people": tuple((person, person_quotes(facts, person.quotes)) for person in facts.people),
    }


def _picture(site: Site, article: Article, charts: Sequence[Chart]) -> dict[str, object]:
    """What networks show of an article: its own picture, else the first chart that has a number of it, else the site's."""
    if article.meta.image:
        return {"picture": article.meta.image, "picture_alt": article.meta.image_alt or ""}
    painted = next((chart for chart in charts if site.share(chart.id)), None)
    return {"picture": site.share(painted.id), "picture_alt": painted.title} if painted else {}


def body(article: Article, claims: Sequence[Claim]) -> Iterator[Block]:
    """Paragraphs with subheads and captions where they stood."""
    notes = sorted(
        [(note.before, note.line, "subhead", note.text) for note in article.subheads]
        + [(note.before, note.line, "caption", note.text) for note in article.captions]
    )
    for index, paragraph in enumerate((*article.paragraphs, None)):
        for before, _, kind, text in notes:
            if before == index or (paragraph is None and before > index):
                yield Block(kind, (Segment(text),))
        if paragraph is not None:
            own = [claim for claim in claims if claim.paragraph == index]
            yield Block("paragraph", segments(paragraph.text, own), index)


def _records(
    article: Article,
    claims: Sequence[Claim],
    same: Mapping[str, tuple[Echo, ...]],
    checks: Mapping[str, tuple[Warning, ...]],
) -> Iterator[Record]:
    for number, claim in enumerate(claims, 1):
        line = article.paragraphs[claim.paragraph].line_at(claim.start)
        quote = quoted(article, [claim], claim)
        yield Record(
            number, claim, quote, article.source, line, same.get(claim.id, ()), checks.get(claim.id, ())
        )


def _echo(site: Site, claim: Claim, here: str) -> Echo:
    return Echo(claim, title_of(site.articles[claim.article].article), claim.article == here)


def same_claims(claims: Sequence[Claim]) -> dict[str, tuple[str, ...]]:
    """For each claim the ids of others that say the same: value, unit, kind and place are equal, labels share
    two characters.

    A count of three and another count of three are not the same; their labels tell them apart.
    """
    groups: dict[object, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.value, claim.value_max, claim.unit, claim.kind, claim.place].append(claim)
    found = {}
    for group in groups.values():
        for claim in group:
            pairs = _pairs(claim.label)
            same = tuple(
                c.id for c in group if c is not claim and _agree(claim, c) and pairs & _pairs(c.label)
            )
            if same:
                found[claim.id] = same
    return found


def _agree(one: Claim, other: Claim) -> bool:
    return one.period is None or other.period is None or one.period == other.period


def _pairs(label: str) -> set[str]:
    return {label[i : i + 2] for i in range(len(label) - 1)}


def findings_by_claim(site: Site) -> dict[str, tuple[Warning, ...]]:
    """The findings of the checks that concern each claim."""
    found: dict[str, list[Warning]] = defaultdict(list)
    for facts in site.facts:
        for warning in facts.warnings:
            if warning.verdict:
                for claim in dict.fromkeys((*filter(None, [warning.claim]), *warning.claims)):
                    found[claim].append(warning)
    return {claim: tuple(warnings) for claim, warnings in found.items()}


def person_quotes(facts: Facts, quotes: Sequence[Quotation]) -> tuple[tuple[Segment, ...], ...]:
    """What a person says, with the numbers in it."""
    claims = shown(facts)
    return tuple(passage(facts.article, claims, q.paragraph, q.text) for q in quotes)
