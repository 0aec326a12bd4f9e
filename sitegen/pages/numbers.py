"""All numbers of the site in one table, places side by side, and numbers by year."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import get_args

from sitegen.amounts import unsaid_bound
from sitegen.model import Claim, Facts, Kind, Status
from sitegen.pages.base import PageSpec, Site, anchor, shown, title_of
from sitegen.pages.entities import Tie, industry_name, place_ties

FOLDER = "numbers"
ROWS = 300  # of a page
SCRIPT_ROWS = 1000
COMPARED = 24  # places that can stand side by side
FIRST = 3  # places that do until a reader chooses
TIES = 14  # industries of a place
CELL = 4  # numbers of one kind and place
YEAR = 80  # numbers of one year

# What tells a reader most about a place comes first.
KINDS: tuple[Kind, ...] = (
    "signing", "investment", "progress", "financing", "capacity", "output", "value", "share", "growth", "resource",
    "environment", "count",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A number and the article that prints it."""

    claim: Claim
    facts: Facts


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing by which numbers can be chosen: value → how many have it, most frequent first."""

    name: str
    values: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A place beside others: its industries, and numbers by kind, the largest of a unit first."""

    name: str
    ties: tuple[Tie, ...]
    numbers: dict[str, tuple[Claim, ...]]
    count: int


def number_pages(site: Site) -> Iterator[PageSpec]:
    """The table of all numbers, newest articles first, in pages of ROWS."""
    rows = all_rows(site)
    if not rows:
        return
    pages = [rows[at : at + ROWS] for at in range(0, len(rows), ROWS)]
    for number, part in enumerate(pages, 1):
        path = f"{FOLDER}/{f'{number}/' if number > 1 else ''}index.html"
        context = partial(_context, site, rows, part, number, len(pages))
        yield PageSpec(path, "numbers.html", context, site.latest)


def _context(
    site: Site, rows: Sequence[Row], part: Sequence[Row], number: int, pages: int
) -> dict[str, object]:
    return {
        "section": "numbers",
        "rows": part,
        "total": len(rows),
        "number": number,
        "pages": pages,
        "choices": choices(site, rows) if number == 1 else (),
        "scripts": -(-len(rows) // SCRIPT_ROWS),
    }


def number_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The rows of the table for its script, SCRIPT_ROWS in a file, as (path in the site, content)."""
    rows = all_rows(site)
    for number, at in enumerate(range(0, len(rows), SCRIPT_ROWS)):
        value = [_record(site, row) for row in rows[at : at + SCRIPT_ROWS]]
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        yield f"{FOLDER}/rows-{number}.js", f"sitegenRows({number},{body});\n".encode()


def all_rows(site: Site) -> tuple[Row, ...]:
    """Every published number, those of newer articles first."""
    ordered = sorted(site.facts, key=lambda facts: facts.article.date or "", reverse=True)
    return tuple(Row(claim, facts) for facts in ordered for claim in shown(facts))


def _record(site: Site, row: Row) -> list[str | int]:
    claim, article = row.claim, row.facts.article
    return [
        article.address,
        anchor(claim.id),
        claim.raw,
        f"{claim.value:f}",
        claim.unit or "",
        claim.label,
        claim.subject or "",
        claim.place or "",
        claim.industry or "",
        claim.kind,
        claim.status,
        claim.period or "",
        title_of(article),
        int(claim.id in site.doubted),
        unsaid_bound(claim.raw, claim.bound),
    ]


def choices(site: Site, rows: Sequence[Row]) -> tuple[Choice, ...]:
    """What the table can be narrowed to."""
    places = Counter(row.claim.place for row in rows if row.claim.place)
    industries = Counter(row.claim.industry for row in rows if row.claim.industry)
    kinds = Counter(row.claim.kind for row in rows)
    statuses = Counter(row.claim.status for row in rows)
    years = Counter(row.claim.period[:4] for row in rows if row.claim.period)
    return (
        Choice("place", tuple((name, name, count) for name, count in places.most_common())),
        Choice(
            "industry",
            tuple((id_, industry_name(site, id_), count) for id_, count in industries.most_common()),
        ),
        Choice("kind", tuple((kind, "", kinds[kind]) for kind in KINDS if kinds[kind])),
        Choice(
            "status", tuple((status, "", statuses[status]) for status in get_args(Status) if statuses[status])
        ),
        Choice("year", tuple((year, year, years[year]) for year in sorted(years, reverse=True))),
    )


def compare_page(site: Site) -> Iterator[PageSpec]:
    """Places side by side: what they are said to have, have promised and built. Left out where there are not two."""
    claims: dict[str, list[Claim]] = {}
    for claim in site.claims.values():
        if claim.place:
            claims.setdefault(claim.place, []).append(claim)
    ties = place_ties(site)
    level = {name: _level(site, name) for name in (*claims, *ties)}
    alike = Counter(level.values())
    said = {name: (len(claims.get(name, ())), len(ties.get(name, ()))) for name in level}
    names = sorted(  # like stands beside like, the commonest first
        level, key=lambda name: (-alike[level[name]], level[name], -said[name][0], -said[name][1], name)
    )
    places = tuple(_compared(name, claims.get(name, []), ties.get(name, ())) for name in names[:COMPARED])
    kinds = tuple(kind for kind in KINDS if any(kind in place.numbers for place in places))
    if len(places) > 1:
        first = tuple(place.name for place in places[:FIRST])
        early = tuple(kind for kind in kinds if any(kind in place.numbers for place in places[:FIRST]))
        context = {
            "section": "places", "places": places, "kinds": kinds, "most": TIES, "first": first, "early": early,
        }  # fmt: skip
        yield PageSpec("compare/index.html", "compare.html", context, site.latest)


def _level(site: Site, name: str) -> str:
    return site.places[name].level if name in site.places else ""


def _compared(name: str, claims: Sequence[Claim], ties: Sequence[Tie]) -> Compared:
    found = {kind: _telling([claim for claim in claims if claim.kind == kind]) for kind in KINDS}
    return Compared(name, tuple(ties), {kind: own for kind, own in found.items() if own}, len(claims))


def _telling(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Up to CELL numbers, of each unit the largest first and money before all; what is said twice stands once."""
    once = {(claim.value, claim.unit, claim.status): claim for claim in reversed(claims)}
    largest = sorted(once.values(), key=lambda claim: (claim.unit != "CNY", -abs(claim.value)))
    place: Counter[str | None] = Counter()
    order: list[tuple[int, Claim]] = []
    for claim in largest:
        order.append((place[claim.unit], claim))
        place[claim.unit] += 1
    return tuple(claim for _, claim in sorted(order, key=lambda pair: pair[0])[:CELL])


def timeline_page(site: Site) -> Iterator[PageSpec]:
    """Numbers by the year that they speak of, from the first to what is planned. Left out where no number has a year."""
    years: dict[str, list[Claim]] = {}
    for claim in site.claims.values():
        if claim.period and claim.kind != "count":
            years.setdefault(claim.period[:4], []).append(claim)
    groups = tuple(
        (year, tuple(sorted(years[year], key=lambda claim: claim.period or "")[:YEAR]), len(years[year]))
        for year in sorted(years)
    )
    if groups:
        yield PageSpec(
            "timeline/index.html", "timeline.html", {"section": "numbers", "groups": groups}, site.latest
        )
