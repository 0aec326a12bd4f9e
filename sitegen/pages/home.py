"""The home page: the finding first. Which one it is follows from the data, never from a list of words."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sitegen.model import Claim, Facts, Kind
from sitegen.pages.base import Chart, PageSpec, Site, title_of
from sitegen.pages.findings import Finding, findings

KEYS = 4
DECKS = 3
CHARTS = 6
LATEST = 12

# What tells a reader most about a place comes first; counts of things come last.
_KINDS: tuple[Kind, ...] = (
    "capacity", "share", "value", "investment", "signing", "output", "resource", "progress", "financing",
    "environment", "growth", "count",
)  # fmt: skip
# Charts that can open the page, the most telling first: what came of promises, promises, the state.
_LEADS = ("progress", "signings", "money", "values", "capacity", "shares")
_MINOR = ("count", "growth")
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
    """The home page, also for a site with no chart, no claim or no article yet."""
    lead = lead_chart(site)
    told = decks(site)
    context = {
        "site": site,
        "section": "home",
        "lead": lead,
        "decks": told,
        "keys": key_numbers(
            site, {c for chart in told for c in _said(chart)} | set(lead.sources if lead else ())
        ),
        "charts": tuple(chart for chart in site.charts if chart is not lead)[:CHARTS],
        "findings": teaser(findings(site)),
        "finding_count": len(findings(site)),
        "latest": latest(site)[:LATEST],
    }
    yield PageSpec("index.html", "home.html", context, site.latest)


def lead_chart(site: Site) -> Chart | None:
    """The chart whose finding opens the page: the most telling kind there is; of other kinds the one with
    most sources.
    """
    return next(iter(ranked(site)), None)


def ranked(site: Site) -> tuple[Chart, ...]:
    """Charts, the most telling first."""
    rank = {chart: place for place, chart in enumerate(_LEADS)}
    return tuple(
        sorted(
            site.charts, key=lambda chart: (rank.get(chart.id, len(rank)), -len(set(chart.sources)), chart.id)
        )
    )


def decks(site: Site) -> tuple[Chart, ...]:
    """Charts whose summaries make up the deck: the lead, then the next that repeat no number."""
    chosen: list[Chart] = []
    said: set[str] = set()
    for chart in ranked(site):
        fresh = _said(chart)
        if fresh and not fresh & said and len(chosen) < DECKS:
            chosen.append(chart)
            said |= fresh
    return tuple(chosen)


def _said(chart: Chart) -> set[str]:
    return {claim for cell in chart.summary for claim in cell.claims}


def key_numbers(site: Site, used: Collection[str]) -> tuple[Key, ...]:
    """Claims that happened, with figures that say much by themselves, one a kind, none that was used above or
    is in doubt.
    """
    doubted = {
        c for finding in findings(site) if finding.verdict in ("differs", "implausible") for c in finding.ids
    }
    best: dict[str, Claim] = {}
    for claim in site.claims.values():
        fit = (
            claim.status == "actual"
            and claim.id not in used
            and claim.id not in doubted
            and _DIGITS.search(claim.raw)
        )
        if fit and (claim.kind not in best or _weight(site, claim) > _weight(site, best[claim.kind])):
            best[claim.kind] = claim
    chosen = sorted(best.values(), key=lambda claim: _weight(site, claim), reverse=True)[:KEYS]
    chosen.sort(key=lambda claim: _KINDS.index(claim.kind))
    return tuple(_key(site, claim) for claim in chosen)


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
    """Two findings for the front: the gravest, and one that agrees, if there is one."""
    grave = [finding for finding in found if finding.verdict in ("implausible", "differs")]
    fine = [finding for finding in found if finding.verdict == "agrees"]
    return (*grave[:2], *fine[:1])[:2] if grave else tuple(found[:2])


def latest(site: Site) -> tuple[Facts, ...]:
    """Articles, newest first; within a day those with most numbers first, one without a headline last."""
    return tuple(
        sorted(
            site.facts,
            key=lambda facts: (facts.article.date or "", bool(facts.article.title), len(facts.claims)),
            reverse=True,
        )
    )
