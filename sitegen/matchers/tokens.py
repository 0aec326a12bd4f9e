"""What a numeral of a text can be: a quantity, noise with a reason, or something unread. Tuples, since a text has so many."""

from decimal import Decimal
from typing import NamedTuple

from sitegen.model import Bound

COUNTED = frozenset({"count", "goods"})  # dimensions of things that are counted one by one


class Quantity(NamedTuple):
    """A number with its unit at [start, end). value is in unit.

    unit None: no unit is printed here.  bound: what the number says of itself.  number: as printed, scale multiplied out,
    before the unit.  measure: printed form of the unit.  growth: the shape itself says a change (翻一番).
    """

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    dimension: str
    per: str | None
    bound: Bound
    number: Decimal
    scale: Decimal
    chinese: bool
    measure: str = ""
    growth: bool = False
    digits_end: int = 0


class Noise(NamedTuple):
    """A numeral that is no claim; reason is one of date, duration, age, ordinal, score, idiom, code, article, vague, …"""

    start: int
    end: int
    reason: str


class Unread(NamedTuple):
    """A numeral without a unit that nothing explains."""

    start: int
    end: int
    value: Decimal
    scale: Decimal = Decimal(1)
    chinese: bool = False
    bound: Bound = "exact"


Token = Quantity | Noise | Unread
