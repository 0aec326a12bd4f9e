"""The words of charts: templates from data/charts/LANGUAGE.yml, filled with cells so that every number keeps
its source.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sitegen.charts.base import Cell
from sitegen.lexicon import packaged

_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Words:
    """The words of one language, by dotted key. periods: those that were asked for, in words."""

    tree: Mapping[str, Any]
    periods: dict[str, str] = field(default_factory=dict, compare=False)

    def get(self, key: str) -> Any:
        """What stands under a key: text, list or mapping. Raises KeyError."""
        found: Any = self.tree
        for part in key.split("."):
            found = found[part]
        return found

    def __call__(self, key: str, **values: object) -> str:
        """The text under a key with {name} replaced; a Cell gives its text. Raises KeyError for what is
        missing.
        """
        return text_of(self.cells(key, **values))

    def cells(self, key: str, **values: object) -> tuple[Cell, ...]:
        """The text under a key in pieces: words, and each value as its cell. Empty ones are dropped."""
        pieces: list[Cell] = []
        for n, piece in enumerate(_split(self.get(key))):
            value = values[piece] if n % 2 else piece
            pieces.append(value if isinstance(value, Cell) else Cell(str(value)))
        return tuple(piece for piece in pieces if piece.text)

    def period(self, period: str | None) -> str:
        """An ISO period in words: 2025-04 → 2025年4月; 2026-2030 → 2026年至2030年; "" for None."""
        if not period:
            return ""
        if period not in self.periods:
            self.periods[period] = self._period(period)
        return self.periods[period]

    def _period(self, period: str) -> str:
        first, last = split_period(period)
        if first != last:
            return self("period.between", first=self.period(first), last=self.period(last))
        parts = first.split("-")
        form = ("period.year", "period.month", "period.day")[len(parts) - 1]
        names = dict(zip(("year", "month", "day"), (part.lstrip("0") for part in parts), strict=False))
        return self(form, **names)

    def year(self, period: str | None) -> str:
        """The year of a period that lies within one, else the period in words."""
        first, last = split_period(period or "")
        return self.period(first[:4] if first[:4] == last[:4] else period)

    def join(self, names: Iterable[str]) -> str:
        """Names in a list: 新材料、新能源."""
        return str(self.get("list_comma")).join(names)

    def sub(self, *parts: str | None) -> str:
        """The small words under a label, those that are there: 2023年 · 预计."""
        return str(self.get("between_parts")).join(part for part in parts if part)


def text_of(pieces: Iterable[Cell]) -> str:
    """The text of some pieces."""
    return "".join(piece.text for piece in pieces)


@cache
def _split(template: str) -> tuple[str, ...]:
    return tuple(_HOLE.split(template))


def sentence(*pieces: Sequence[Cell]) -> tuple[Cell, ...]:
    """Pieces of a sentence, one after the other, neighbouring words joined."""
    out: list[Cell] = []
    for piece in (cell for group in pieces for cell in group):
        if out and _words_only(out[-1]) and _words_only(piece):
            out[-1] = Cell(out[-1].text + piece.text)
        else:
            out.append(piece)
    return tuple(out)


def _words_only(cell: Cell) -> bool:
    return not cell.claims and cell.derived is None and cell.href is None and cell.exact is None


def split_period(period: str) -> tuple[str, str]:
    """First and last of an ISO period: 2026-2030 → (2026, 2030); 2024-01/2024-06; a single one twice."""
    if "/" in period:
        first, _, last = period.partition("/")
        return first, last
    if re.fullmatch(r"\d{4}-\d{4}", period):
        return period[:4], period[5:]
    return period, period


def words(language: str) -> Words:
    """The packaged words of a language; Chinese where charts have none of their own in it yet."""
    from sitegen.lexicon import packaged_names

    name = f"charts/{language}.yml"
    return Words(packaged(name if name in packaged_names("charts") else "charts/zh-CN.yml"))
