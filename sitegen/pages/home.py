"""The home page: the finding first. Which one it is follows from the data, never from a list of words."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from sitegen.amounts import is_count
from sitegen.model import GRAVE, Claim, Facts, Kind
from sitegen.pages.base import Chart, PageSpec, Site, tally, title_of
from sitegen.pages.findings import Finding, findings

KEYS = 4
CHARTS = 2  # below the lead: with them the story ends within three screens, then come the reports
LATEST, FIRST = 12, 5  # articles; those that a phone shows unfolded

# What tells a reader most about a place comes first; counts of things come last.
_KINDS: tuple[Kind, ...] = (
    "capacity", "share", "value", "investment", "signing", "output", "resource", "progress", "financing",
    "environment", "growth", "count",
)  # fmt: skip
# Charts, the most telling first: what came of promises, promises, the state, the spread, the dates.
_ORDER = (
    "progress", "signings", "money", "tiles", "values", "capacity", "clusters", "matrix", "shares", "timeline",
)  # fmt: skip
_TOLD = "stories"  # the group of charts that editors describe in their texts
_MINOR = ("count", "growth")
_COMPARED = 2
_FEW = 10  # a count below this tells nothing by itself
_NARROW = re.compile(r'<svg class="narrow" viewBox="0 0 \S+ ([\d.]+)"')
_TALL = 480  # of the drawing's own px, which are 350 across
_DIGITS = re.compile(r"[0-9０-９][0-9０-９.,．，]*")


@dataclass(frozen=True, slots=True)
class Key:
    """A key number: the claim and its printed form in three parts, the middle one set large."""

    claim: Claim
    before: str
    number: str
    after: str
    title: str


def home_page(site: Site) -> Iterator[PageSpec]:
    """The home page, also for a site with no chart, no claim or no article yet. Nothing stands on it twice."""
    yield PageSpec("index.html", "home.html", partial(_context, site), site.latest)


def _context(site: Site) -> dict[str, object]:
    charts = ranked(site)
    lead, others = (charts[0], charts[1:]) if charts else (None, ())
    shown = front(lead, others)
    rest = tuple(chart for chart in others if chart not in shown)
    said = {claim for chart in (*charts[:1], *shown) for claim in _said(chart)}
    second = next((chart for chart in rest if _said(chart) and not _said(chart) & said), None)
    decks = tuple(chart for chart in (lead, second) if chart)
    found = findings(site)
    used = said.union(*(_said(chart) for chart in decks), lead.sources if lead else ())
    return {
        "site": site,
        "section": "home",
        "lead": lead,
        "decks": decks,
        "tall": bool(lead and tall(lead)),
        "tally": tally(site.claims.values()),
        "keys": key_numbers(site, used, found),
        "charts": shown,
        "more": rest,
        "findings": teaser(found),
        "latest": latest(site)[:LATEST],
        "first": FIRST,
    }


def ranked(site: Site) -> tuple[Chart, ...]:
    """The site's own charts, the most telling first; those of other kinds behind, by how many sources they have. What an
    editor's text draws belongs to that text.
    """
    rank = {chart: place for place, chart in enumerate(_ORDER)}
    return tuple(
        sorted(
            (chart for chart in site.charts if chart.group != _TOLD),
            key=lambda chart: (rank.get(chart.id, len(rank)), -len(set(chart.sources)), chart.id),
        )
    )


def front(lead: Chart | None, others: Sequence[Chart]) -> tuple[Chart, ...]:
    """The charts below the lead: each of another section, and none that says or mostly draws what stands there already."""
    chosen: list[Chart] = []
    for chart in others:
        before = [*filter(None, [lead]), *chosen]
        drawn = set(chart.sources)
        new = drawn.difference(*(other.sources for other in before))
        told = {claim for other in before for claim in _said(other)}
        fresh = (not drawn or 2 * len(new) > len(drawn)) and not told & _said(chart)
        if fresh and len(chosen) < CHARTS and all(chart.group != other.group for other in before):
            chosen.append(chart)
    return tuple(chosen)


def tall(chart: Chart) -> bool:
    """Whether its drawing stands so high that the key numbers have room beside it."""
    drawn = _NARROW.search(chart.svg)
    return drawn is not None and float(drawn[1]) > _TALL


def _said(chart: Chart) -> set[str]:
    return {claim for cell in chart.summary for claim in cell.claims}


def key_numbers(site: Site, used: Collection[str], found: Iterable[Finding] = ()) -> tuple[Key, ...]:
    """Claims that happened, with figures that say much by themselves, one a kind, none that was used above or
    stands in one of the findings that says it does not hold.
    """
    doubted = site.doubted.union(*(each.ids for each in found if each.verdict in GRAVE))
    best: dict[str, tuple[tuple[int, ...], Claim]] = {}
    for claim in site.claims.values():
        fit = (
            claim.status == "actual"
            and claim.id not in used
            and claim.id not in doubted
            and _DIGITS.search(claim.raw)
            and not (is_count(claim.unit) and abs(claim.value) < _FEW)
            and not (claim.unit == "%" and not claim.of and not claim.period)
        )
        if fit:
            weight = _weight(site, claim)
            if claim.kind not in best or weight > best[claim.kind][0]:
                best[claim.kind] = weight, claim
    chosen: list[Claim] = []
    for _, claim in sorted(best.values(), key=lambda pair: pair[0], reverse=True):
        if len(chosen) < KEYS and not any(_alike(claim.label, other.label) for other in chosen):
            chosen.append(claim)
    chosen.sort(key=lambda claim: _KINDS.index(claim.kind))
    return tuple(_key(site, claim) for claim in chosen)


def _alike(one: str, other: str) -> bool:
    """Whether two labels share half of the characters of either, and so tell of one thing."""
    shared = len(set(one) & set(other))
    return 2 * shared >= min(len(set(one)), len(set(other))) > 0


def _weight(site: Site, claim: Claim) -> tuple[int, ...]:
    """How much a number says without its text: dated, no mere count, wide in scope, of a whole, exact, labelled.

    Sizes are not compared: numbers of different units have none in common, and the largest is the likeliest
    misprint.
    """
    place = site.places.get(claim.place or "")
    wide = {"province": 3, "prefecture": 2, "county": 1, "park": 1}[place.level] if place else 0
    return (
        int(claim.period is not None),
        int(claim.kind not in _MINOR),
        wide,
        int(bool(claim.of)),
        int(claim.bound == "exact"),
        int(len(claim.label) >= 3),
    )


def _key(site: Site, claim: Claim) -> Key:
    match = _DIGITS.search(claim.raw)
    start, end = match.span() if match else (0, len(claim.raw))
    title = title_of(site.articles[claim.article].article)
    return Key(claim, claim.raw[:start], claim.raw[start:end], claim.raw[end:], title)


def teaser(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Two findings for the front: the gravest, and one about other numbers: grave too, else one that agrees.

    That a number lies between its limits, or two are alike, is no news: agreement counts where three were compared.
    """
    telling = [f for f in found if f.verdict in GRAVE or (f.verdict == "agrees" and len(f.ids) > _COMPARED)]
    first = telling[:1]
    second = [each for each in telling[1:] if first and not set(each.ids) & set(first[0].ids)]
    return (*first, *second[:1])


def latest(site: Site) -> tuple[Facts, ...]:
    """Articles, newest first; within a day those with most numbers first, one without a headline last."""
    return tuple(
        sorted(
            site.facts,
            key=lambda facts: (facts.article.date or "", bool(facts.article.title), len(facts.claims)),
            reverse=True,
        )
    )
