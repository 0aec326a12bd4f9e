"""Facts as tables: numbers told apart, totals that cannot double count, and frames to publish and to draw
from.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

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
    """All tables of a site, each made when somebody asks for it. facts: articles in order; quantities: every number that may be
    drawn or added, once; left_out: claims that may not.
    """

    facts: tuple[Facts, ...]
    quantities: tuple[Quantity, ...]
    left_out: tuple[str, ...]
    sources: Sources
    geography: Geography

    @cached_property
    def claims(self) -> Table:
        """Every claim, rejected and questioned ones too."""
        return claims_table(self.facts, self.sources)

    @cached_property
    def signings(self) -> Table:
        """What was signed: contracts and their money."""
        found = (q for q in self.of_kinds("signing") if is_count(q.unit) or is_money(q.unit))
        return quantities_table("signings", "签约", found, self.sources)

    @cached_property
    def capacity(self) -> Table:
        """How much can be made, and what there is in the ground."""
        return quantities_table("capacity", "产能与资源", self.of_kinds(*_SIZE_KINDS), self.sources)

    @cached_property
    def investments(self) -> Table:
        """Money that was promised, spent or lent."""
        found = (q for q in self.of_kinds(*_MONEY_KINDS) if is_money(q.unit))
        return quantities_table("investments", "资金", found, self.sources)

    @cached_property
    def projects(self) -> Table:
        """One row for each project record."""
        return projects_table(self.facts, self.sources)

    @cached_property
    def place_industries(self) -> Table:
        """One row for each pair of place and industry."""
        return place_industries_table(self.facts, self.sources, self.geography)

    @cached_property
    def people(self) -> Table:
        """One row for each person in each article."""
        return people_table(self.facts, self.sources)

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
    bad = set(doubtful) | {
        warning.claim
        for entry in facts
        for warning in entry.warnings
        if warning.claim and warning.verdict == "implausible"
    }
    claims = [claim for entry in facts for claim in entry.claims]
    return Tables(
        facts=tuple(facts),
        quantities=quantities(claims, bad),
        left_out=tuple(
            claim.id for claim in claims if claim.id in bad or claim.review in ("rejected", "questioned")
        ),
        sources=sources(facts),
        geography=geography or packaged_geography(),
    )
