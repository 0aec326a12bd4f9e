"""Numbers in Chinese: 4565.7亿元, 1.35亿千瓦, ticks in 万 and 亿. Words and scales are in data/amounts.yml.

Every number here is a Decimal in a canonical unit; nothing is rounded unless `places` asks for it.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from typing import Any

from sitegen.lexicon import packaged
from sitegen.model import Claim

_EXACT = Context(prec=200)  # wide enough that moving the point never rounds
_PLAIN = frozenset("0123456789.,-–—~～至到 ")


@cache
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = packaged("amounts.yml")
    return words


def unit_word(unit: str | None, per: str | None = None) -> str:
    """The unit as written: CNY 元, t per year 吨/年, 个 as it stands, "" for None."""
    words = _words()
    after = f"/{words['per'].get(per, per)}" if per else ""
    return f"{words['units'].get(unit, unit or '')}{after}"


@cache
def _dimensions() -> Mapping[str, str]:
    return {entry["unit"]: entry["dimension"] for entry in packaged("units.yml") if entry["unit"]}


def is_money(unit: str | None) -> bool:
    """Whether the unit is a currency."""
    return unit is not None and _dimensions().get(unit) == "money"


def is_count(unit: str | None) -> bool:
    """Whether the unit is a measure word: things that are counted."""
    return unit is not None and _dimensions().get(unit, "count") == "count"


def is_additive(unit: str | None) -> bool:
    """Whether numbers in the unit may be added: money, counts, amounts; not rates, changes or states."""
    return unit is not None and _dimensions().get(unit, "count") not in _words()["not_additive"]


def scale(value: Decimal, unit: str | None = None) -> tuple[int, str]:
    """Power of ten and word in which the value is written: 456570000000 → (8, "亿"); (0, "") below 10000."""
    words = _words()
    if unit in words["unscaled"]:
        return 0, ""
    for entry in words["scales"]:
        if abs(value).adjusted() >= entry["power"] and value:
            return entry["power"], entry["word"]
    return 0, ""


def number_text(value: Decimal, *, power: int = 0, places: int | None = None) -> str:
    """The digits of value / 10**power, without exponent or trailing zeros; rounded half up only where places
    is given.
    """
    scaled = value.scaleb(-power, _EXACT)
    if places is not None:
        scaled = scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
    text = format(scaled, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def amount(
    value: Decimal,
    unit: str | None = None,
    per: str | None = None,
    *,
    value_max: Decimal | None = None,
    bound: str = "exact",
    places: int | None = None,
) -> str:
    """A number with its unit: 456570000000 CNY → 4565.7亿元; 20000 t a year → 2万吨/年; a range 3—5亿元."""
    words = _words()
    power, word = scale(value, unit)
    ends = [number_text(value, power=power, places=places)]
    if value_max is not None and value_max != value:
        power_max, word_max = scale(value_max, unit)
        if power_max != power:
            ends[0] += word
        ends.append(number_text(value_max, power=power_max, places=places))
        word = word_max
    return f"{words['bounds'].get(bound, '')}{words['to'].join(ends)}{word}{unit_word(unit, per)}"


def printed(claim: Claim) -> str:
    """A claim's number for a reader: as printed, with 超, 约, 至多 before it where the text bounds it
    elsewhere.

    A bare number whose unit stands in a table's header is written out with its unit.
    """
    raw, bound = claim.raw, claim.bound
    if set(raw) <= _PLAIN and (claim.unit is not None or scale(claim.value)[0]):
        return amount(claim.value, claim.unit, claim.per, value_max=claim.value_max, bound=bound)
    return f"{_words()['bounds'].get(unsaid_bound(raw, bound), '')}{raw}"


def unsaid_bound(raw: str, bound: str) -> str:
    """The bound that must be said beside a printed number: "exact" where it says it itself (300多家, 过半)."""
    begins = raw[:1].isdigit() or raw[:1] in _numerals()
    return bound if begins and not any(mark in raw for mark in _words()["inner_bounds"]) else "exact"


@cache
def _numerals() -> frozenset[str]:
    data = packaged("numerals.yml")
    return frozenset((*data["digits"], *data["tens"], *data["scales"]))


def ticks(top: Decimal, unit: str | None = None, *, most: int = 5) -> tuple[tuple[Decimal, str], ...]:
    """Round values from 0 up to top with their words, all in one scale: (0, "0"), (200000000000, "2000亿") …

    top must be positive; at most `most` steps above zero.
    """
    power, word = scale(top, unit)
    suffix = "%" if unit == "%" else ""
    step = _step(top, most)
    count = int(top / step)
    return tuple(
        ((step * n).normalize() + 0, number_text(step * n, power=power) + (word if n else "") + suffix)
        for n in range(count + 1)
    )


def _step(top: Decimal, most: int) -> Decimal:
    """The smallest of 1, 2, 5 × a power of ten that divides top into at most `most` steps."""
    exponent = top.adjusted() - 1
    while True:
        for digit in (1, 2, 5):
            step = Decimal(digit).scaleb(exponent)
            if top / step <= most:
                return step
        exponent += 1
