"""What lies in what: the few questions that tables and charts ask about places and industries.

The gazetteer and the industry list answer them; both are taken by shape, so a test can bring its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from sitegen.model import Industry, Place


class Places(Protocol):
    """The part of the gazetteer that is used here."""

    def by_name(self, name: str) -> Sequence[Place]: ...  # noqa: D102  as the gazetteer says
    def parent_chain(self, code: str) -> Sequence[Place]: ...  # noqa: D102  as the gazetteer says
    def full_name(self, printed: str) -> str | None: ...  # noqa: D102  as the gazetteer says


class Industries(Protocol):
    """The part of the industry list that is used here."""

    def get(self, id_: str, /) -> Industry | None: ...  # noqa: D102  as the list says


@dataclass(frozen=True)
class Geography:
    """Answers by full place name and industry id; a name that the lists lack lies in nothing but itself."""

    places: Places
    industries: Industries

    def above(self, name: str) -> tuple[Place, ...]:
        """Name the divisions that hold a place, nearest first, without itself; () where it is unknown or shared.

        A park that the gazetteer lacks lies in the division whose name it begins with (苏州工业园区, 苏州市).
        """
        found = self.places.by_name(name)
        if not found:
            home = self._home(name)
            return (home, *self.places.parent_chain(home.code)) if home else ()
        if len(found) != 1:
            return ()
        return tuple(
            place for place in self.places.parent_chain(found[0].code) if place.code != found[0].code
        )

    def contains(self, whole: str, part: str) -> bool:
        """Whether part may lie inside whole: for a shared name, whether any of its bearers does."""
        return whole in self.holders(part)

    def holders(self, part: str) -> frozenset[str]:
        """The names of all places that a place may lie in: for a shared name, those of all its bearers."""
        bearers = self.places.by_name(part)
        if not bearers:
            return frozenset(above.name for above in self.above(part))
        return frozenset(
            above.name
            for place in bearers
            for above in self.places.parent_chain(place.code)
            if above.code != place.code
        )

    def level(self, name: str) -> str | None:
        """Level of a place, None where its bearers differ; a place that is no division is a park."""
        levels = {str(place.level) for place in self.places.by_name(name)} or {"park"}
        return levels.pop() if len(levels) == 1 else None

    def within(self, name: str, level: str) -> str | None:
        """The division of the given level that a place is or lies in; None where there is none."""
        if self.level(name) == level:
            return name
        return next((place.name for place in self.above(name) if place.level == level), None)

    def _home(self, name: str) -> Place | None:
        for end in range(len(name) - 1, 1, -1):
            full = self.places.full_name(name[:end])
            found = self.places.by_name(full) if full else ()
            if full:
                return found[0] if len(found) == 1 else None
        return None

    def short(self, name: str) -> str:
        """The short name that a tile or a column head carries: 包头市 → 包头; the full name where there is
        none.
        """
        found = self.places.by_name(name)
        known = len(found) == 1 and found[0].level in ("province", "prefecture")
        return (found[0].short or name) if known else name

    def industry_name(self, id_: str | None) -> str:
        """The name of an industry; its id where the list lacks it, "" for None."""
        entry = self._industry(id_) if id_ else None
        return entry.name if entry else id_ or ""

    def is_cluster(self, id_: str) -> bool:
        """Whether an industry is one of the clusters of the list."""
        entry = self._industry(id_)
        return bool(entry and entry.cluster)

    def industry_line(self, id_: str) -> tuple[str, ...]:
        """An industry and everything broader, itself first: (wind-power, new-energy, energy)."""
        line = [id_]
        while (entry := self._industry(line[-1])) and entry.parent and entry.parent not in line:
            line.append(entry.parent)
        return tuple(line)

    def head(self, id_: str) -> str:
        """The cluster an industry belongs to, else its broadest ancestor."""
        line = self.industry_line(id_)
        return next((entry for entry in line if self.is_cluster(entry)), line[-1])

    def _industry(self, id_: str) -> Industry | None:
        if id_ not in self._known:
            try:
                self._known[id_] = self.industries.get(id_)
            except KeyError:
                self._known[id_] = None
        return self._known[id_]

    @cached_property
    def _known(self) -> dict[str, Industry | None]:
        return {}


def packaged_geography() -> Geography:
    """The geography of the packaged gazetteer and industry list."""
    from sitegen.industries import industry_list
    from sitegen.places import gazetteer

    return Geography(gazetteer(), industry_list())
