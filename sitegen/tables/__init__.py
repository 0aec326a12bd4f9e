"""Facts as tables: numbers told apart, totals that cannot double count, and frames to publish and to draw
from.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sitegen.amounts import is_count, is_money
from sitegen.model import Claim, Facts
from sitegen.tables.csvs import csv_bytes, csv_text, dictionary
from sitegen.tables.frames import (
    Field,
    Sources,
    Table,
    claims_table,
    people_table,
    place_industries_table,
    projects_table,
    quantities_table,
    sources,
)
from sitegen.tables.geography import Geography, packaged_geography
from sitegen.tables.quantities import Quantity, Total, quantities, total
from sitegen.tables.totals import PlaceTotal, place_totals

__all__ = [
    "Field",
    "Geography",
    "PlaceTotal",
    "Quantity",
    "Table",
    "Tables",
    "Total",
    "build_tables",
    "csv_bytes",
    "csv_text",
    "dictionary",
    "packaged_geography",
    "place_totals",
    "quantities",
    "total",
]

_MONEY_KINDS = ("signing", "investment", "financing")
_SIZE_KINDS = ("capacity", "resource")


@dataclass(frozen=True)
class Tables:
    """All tables of a site. quantities: every number that may be drawn or added, once; left_out: claims that
    may not.
    """

    claims: Table
    signings: Table
    capacity: Table
    investments: Table
    projects: Table
    place_industries: Table
    people: Table
    quantities: tuple[Quantity, ...]
    left_out: tuple[str, ...]
    sources: Sources
    geography: Geography

    @property
    def published(self) -> tuple[Table, ...]:
        """The tables that the site offers for download, in order."""
        return (
            self.claims,
            self.signings,
            self.capacity,
            self.investments,
            self.projects,
            self.place_industries,
            self.people,
        )

    def claim(self, id_: str) -> Claim:
        """The claim with an id."""
        return self.sources.claims[id_]

    def of_kinds(self, *kinds: str) -> tuple[Quantity, ...]:
        """The numbers of some kinds, in the order of the articles."""
        return tuple(item for item in self.quantities if item.kind in kinds)


def build_tables(
    facts: Sequence[Facts], *, geography: Geography | None = None, doubtful: Collection[str] = ()
) -> Tables:
    """All tables of the facts, articles in the order given.

    doubtful: ids of claims that a check found impossible; those of the facts' own warnings are added. They
    stay in the claims table and are left out of all numbers that are drawn or added, as are rejected and
    questioned claims.
    """
    geography = geography or packaged_geography()
    where = sources(facts)
    bad = set(doubtful) | {
        warning.claim
        for entry in facts
        for warning in entry.warnings
        if warning.claim and warning.verdict == "implausible"
    }
    claims = [claim for entry in facts for claim in entry.claims]
    found = quantities(claims, bad)
    signings = [q for q in found if q.kind == "signing" and (is_count(q.unit) or is_money(q.unit))]
    return Tables(
        claims=claims_table(facts, where),
        signings=quantities_table("signings", "签约", signings, where),
        capacity=quantities_table(
            "capacity", "产能与资源", (q for q in found if q.kind in _SIZE_KINDS), where
        ),
        investments=quantities_table(
            "investments", "资金", (q for q in found if q.kind in _MONEY_KINDS and is_money(q.unit)), where
        ),
        projects=projects_table(facts, where),
        place_industries=place_industries_table(facts, where, geography),
        people=people_table(facts, where),
        quantities=found,
        left_out=tuple(
            claim.id for claim in claims if claim.id in bad or claim.review in ("rejected", "questioned")
        ),
        sources=where,
        geography=geography,
    )
