"""The total of a kind in a place and all that lies in it: what `sitegen explain` lists and `sitegen diff` compares."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitegen.amounts import is_additive
from sitegen.tables.geography import Geography
from sitegen.tables.quantities import Quantity, Total, total


@dataclass(frozen=True, slots=True)
class PlaceTotal:
    """The sum of all numbers of one kind, unit and status in a place and in the places inside it."""

    kind: str
    place: str
    status: str
    total: Total

    @property
    def fact(self) -> str:
        """The name by which `sitegen explain` knows it, with its brothers in other units and statuses."""
        return f"total:{self.kind}:{self.place}"


def place_totals(
    quantities: Sequence[Quantity], geography: Geography, kind: str | None = None, place: str | None = None
) -> Iterator[PlaceTotal]:
    """All totals, ordered by kind, place, unit and status; kind, place: only those.

    A number counts in its own place and in every division above it. Where nothing can be added there is no total.
    """
    groups: dict[tuple[str, str, str, str, str], list[Quantity]] = {}
    inside: dict[str, frozenset[str]] = {}  # a place → all that hold it
    for each in quantities:
        if (
            each.place is None
            or each.unit is None
            or not is_additive(each.unit)
            or kind not in {None, each.kind}
        ):
            continue
        if each.place not in inside:
            inside[each.place] = geography.holders(each.place)
        for holder in {each.place} | inside[each.place]:
            if place in {None, holder}:
                groups.setdefault((each.kind, holder, each.unit, each.per or "", each.status), []).append(
                    each
                )
    for key, parts in sorted(groups.items()):
        found = total(parts, lambda whole, part: whole in inside[part])
        if found is not None:
            yield PlaceTotal(key[0], key[1], key[4], found)
