"""Units as they are printed and what they mean: canonical unit, exact factor, dimension. Data: data/units.yml."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from sitegen.lexicon import packaged
from sitegen.text import BLANKS, either


@dataclass(frozen=True, slots=True)
class Unit:
    """One printed unit. unit: canonical name, for counted things the measure word itself.

    factor: canonical units in one printed unit, exact.  cues: words of which one must stand near when the sign is weak.
    """

    printed: str
    unit: str
    factor: Fraction
    dimension: str
    weak: bool = False
    cues: tuple[str, ...] = ()

    def convert(self, number: Decimal) -> Decimal:
        """A printed number (scales multiplied out) in the canonical unit; exact where the factor is a decimal."""
        if self.factor.denominator == 1:
            value = number * self.factor.numerator
        else:
            product = Fraction(number) * self.factor
            value = Decimal(product.numerator) / Decimal(product.denominator)
        whole = value.to_integral_value()
        return whole if value == whole else Decimal(f"{value.normalize():f}")


class PrintedUnit(NamedTuple):
    """A unit found in a text: end is the offset behind it; per is the word after / or 每 (年, 吨), or None."""

    unit: Unit
    end: int
    per: str | None = None


@cache
def unit_table() -> dict[str, Unit]:
    """All packaged units by the way they are printed."""
    table: dict[str, Unit] = {}
    for entry in packaged("units.yml"):
        for printed in entry["printed"]:
            if printed in table:
                raise ValueError(f"data/units.yml: {printed} stands twice")
            table[printed] = Unit(
                printed,
                entry["unit"] or printed,
                Fraction(entry["factor"]),
                entry["dimension"],
                bool(entry.get("weak")),
                tuple(entry.get("cues", ())),
            )
    return table


@cache
def _pattern() -> re.Pattern[str]:
    names = unit_table()
    latin = either(name for name in names if re.search(r"[A-Za-z]$", name))
    other = either(name for name in names if not re.search(r"[A-Za-z]$", name))
    return re.compile(rf"\s?(?:(?P<latin>{latin})(?![A-Za-z0-9])|(?P<other>{other}))")


@cache
def _openings() -> frozenset[str]:
    """What a unit may begin with, or the blank before it."""
    return frozenset((*(name[0] for name in unit_table()), *" \t\n\r\f\v"))


@cache
def _signs() -> tuple[re.Pattern[str], dict[str, Unit]]:
    signs = {
        sign: unit_table()[entry["printed"][0]]
        for entry in packaged("units.yml")
        for sign in entry.get("signs", ())
    }
    return re.compile(rf"(?<![A-Za-z])({either(signs)})\s?$"), signs


@cache
def _sign_ends() -> frozenset[str]:
    """What a currency sign may end with, or the blank behind it."""
    return frozenset((*(sign[-1] for sign in _signs()[1]), *BLANKS))


def currency_before(folded: str, start: int) -> tuple[int, Unit] | None:
    """Where the currency sign right before a number at start begins, and its currency; None without one."""
    if folded[start - 1 : start] not in _sign_ends():
        return None
    match = _signs()[0].search(folded, max(0, start - 5), start)
    return (match.start(), _signs()[1][match[1]]) if match else None


_PER = re.compile(
    r"(?:/|每)(年|月|日|天|周|小时|时|分钟|秒|吨|公斤|千克|斤|平方米|平方公里|亩|千瓦时|度|千瓦|人|户|标箱|立方米|公里|台|次|桶|件|辆|张|升|克|克拉|盎司|头|只|株|箱)(?![0-9一-九])"
)


def unit_at(folded: str, start: int) -> PrintedUnit | None:
    """The longest unit that stands at start of the folded text (one blank may come first), or None."""
    match = _pattern().match(folded, start) if folded[start : start + 1] in _openings() else None
    if not match:
        return None
    unit = unit_table()[match["latin"] or match["other"]]
    end = match.end()
    per = _PER.match(folded, end)
    if per and unit.dimension not in {"count", "goods"}:
        return PrintedUnit(unit, per.end(), per[1])
    return PrintedUnit(unit, end)
