"""Equations between printed numbers: a share, a growth, a product, a sum, each with where it puts every one of its numbers.

An equation does not hold where what the others make lies outside of what a number can stand for. Then one slip of the hand in one
number may make it hold: how likely that would be by chance says how much such a slip proves.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from sitegen.amounts import is_count
from sitegen.checks.base import Range, Said, like, rate_reach, reach, rounded, shown, step, times
from sitegen.checks.misprints import near, printed_digits, swapped
from sitegen.model import Claim

Sure = Literal["sure", "told", "far", "fit"]
"""How far the words tell that the numbers belong together: the only such numbers in their places; near ones;
ones further away; not at all,
then the equation only speaks for the numbers."""

_NOTHING, _HUNDRED = Decimal(0), Decimal(100)
_DENSITY = Decimal("0.3")  # of the slips of a number, so many lie within a decade around a given place


class Equation(NamedTuple):
    """places: each number with the range in which the others put it, the one that is made of the others first; told: its working
    and what its finding is filled with, written only where it is needed.
    """

    family: str
    places: tuple[tuple[Claim, Range], ...]
    result: Said
    told: Callable[[], tuple[str, dict[str, str]]]
    sure: Sure

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Its numbers, without those that are no claims: how many days."""
        return tuple(claim for claim, _ in self.places if claim.id)

    def holds(self) -> bool:
        """Whether the first number can be what the others make."""
        claim, made = self.places[0]
        return made.meets(_size(claim))


class Slip(NamedTuple):
    """One slip that makes an equation hold. chance: how many such slips, or rarer ones, chance alone would make."""

    chance: Decimal
    claim: Claim
    value: Decimal
    kind: int


def slip_of(equation: Equation, proven: Collection[str]) -> Slip | None:
    """The slip that makes the equation hold and comes least by chance; proven: ids of numbers that others speak for."""
    chance = _NOTHING
    for kind, values_of in enumerate(_KINDS):
        hit: tuple[Claim, Decimal] | None = None
        for claim, place in equation.places:
            middle = (place.low + place.high) / 2
            if claim.id in proven or middle <= 0:
                continue
            values = {abs(value) for value in values_of(claim)} - {abs(claim.value)}
            if is_count(claim.unit):
                values = {value for value in values if value == value.to_integral_value()}
            slack = step(claim) / 2
            width = min((place.high - place.low + 2 * slack) / middle or 1 / middle, Decimal(1))
            chance += len(values) * width * _DENSITY
            fitting = [value for value in values if place.low - slack <= value <= place.high + slack]
            if fitting and hit is None:
                hit = claim, min(fitting, key=lambda value: abs(value - middle))
        if hit:
            return Slip(chance, *hit, kind)
    return None


def _moved(claim: Claim) -> Iterator[Decimal]:
    yield from (claim.value.scaleb(power) for power in (-1, 1, -2, 2))


def _shorter(claim: Claim) -> Iterator[Decimal]:
    """Without one of the digits, and with 万 for 亿."""
    yield from (claim.value.scaleb(power) for power in (-4, 4))
    digits, size = printed_digits(claim)
    for at, char in enumerate(digits):
        fewer = digits[:at] + digits[at + 1 :]
        if char != "." and re.fullmatch(r"[1-9]\d*(?:\.\d+)?|0\.\d+", fewer):
            yield Decimal(fewer) * size


_KINDS: tuple[Callable[[Claim], Iterator[Decimal]], ...] = (swapped, _moved, _shorter, near)
"""From the slip that comes least by chance to one digit in place of another."""


def _size(claim: Claim) -> Range:
    """What the number may stand for, without its sign."""
    if claim.unit == "%" and claim.value > 0 and claim.bound == "exact":
        return rate_reach(claim)
    low, high = reach(claim)
    if low >= 0:
        return Range(low, high)
    return Range(max(-high, _NOTHING), max(-low, high))


def _product(one: Range, other: Range) -> Range:
    return Range(one.low * other.low, one.high * other.high)


def _ratio(part: Range, whole: Range) -> Range | None:
    return Range(part.low / whole.high, part.high / whole.low) if whole.low > 0 else None


def share(rate: Said, part: Said, whole: Said, sure: Sure, *, rest: bool = False) -> Equation | None:
    """Part ÷ whole = rate, in percent or in times; rest: the rate is that of what is left of the whole."""
    full = _HUNDRED if rate.claim.unit == "%" else Decimal(1)
    said = _size(rate.claim)
    share_ = Range(full - said.high, full - said.low) if rest else said
    some, every = _size(part.claim), _size(whole.claim)
    made, all_ = _ratio(some, every), _ratio(some, share_)
    if made is None or all_ is None:
        return None
    made = times(made, full)
    places = (
        (rate.claim, Range(full - made.high, full - made.low) if rest else made),
        (part.claim, times(_product(share_, every), 1 / full)),
        (whole.claim, times(all_, full)),
    )

    def told() -> tuple[str, dict[str, str]]:
        given = {"part": shown(part.claim), "whole": shown(whole.claim), "rate": shown(rate.claim)}
        exact = rounded(part.claim.value / whole.claim.value * full, 2) + ("%" if full > 1 else "倍")
        return f"{given['part']} ÷ {given['whole']} = {exact}，原文{given['rate']}", given

    return Equation("rates", places, rate, told, sure)


def growth(rate: Said, result: Said, base: Said, sure: Sure, *, falls: bool) -> Equation | None:
    """（result − base）÷ base = rate, in percent or in times."""
    whole = _HUNDRED if rate.claim.unit == "%" else Decimal(1)
    size, after, before = _size(rate.claim), _size(result.claim), _size(base.claim)
    ratio = _ratio(after, before)
    left = Range(1 - size.high / whole, 1 - size.low / whole)
    grown = left if falls else Range(1 + size.low / whole, 1 + size.high / whole)
    if ratio is None or grown.low <= 0:
        return None
    change = Range(1 - ratio.high, 1 - ratio.low) if falls else Range(ratio.low - 1, ratio.high - 1)
    places = (
        (rate.claim, times(change, whole)),
        (result.claim, _product(before, grown)),
        (base.claim, Range(after.low / grown.high, after.high / grown.low)),
    )

    def told() -> tuple[str, dict[str, str]]:
        given = {"base": shown(base.claim), "result": shown(result.claim), "rate": shown(rate.claim)}
        large, small = sorted((base.claim, result.claim), key=lambda claim: claim.value, reverse=True)
        exact = rounded((large.value - small.value) / base.claim.value * whole, 2) + (
            "%" if whole > 1 else "倍"
        )
        return f"（{shown(large)} − {shown(small)}）÷ {given['base']} = {exact}，原文{given['rate']}", given

    return Equation("growth", places, rate, told, sure)


def increase(rate: Said, change: Said, result: Said, sure: Sure, *, falls: bool) -> Equation | None:
    """Change ÷（result ∓ change）= rate in percent: what came to it, of what was there before."""
    size, more, after = times(_size(rate.claim), Decimal("0.01")), _size(change.claim), _size(result.claim)
    sign = 1 if falls else -1
    base = (
        Range(after.low + more.low, after.high + more.high)
        if falls
        else Range(after.low - more.high, after.high - more.low)
    )
    made = _ratio(more, base)
    if made is None or size.low <= 0 or (falls and size.high >= 1):
        return None
    # change = rate × (result ± change), so change ÷ result = rate ÷ (1 ∓ rate)
    part = Range(size.low / (1 - sign * size.low), size.high / (1 - sign * size.high))
    places = (
        (rate.claim, times(made, _HUNDRED)),
        (change.claim, _product(after, part)),
        (result.claim, Range(more.low / part.high, more.high / part.low)),
    )

    def told() -> tuple[str, dict[str, str]]:
        exact = rounded(change.claim.value / (result.claim.value + sign * change.claim.value) * _HUNDRED, 2)
        given = {"more": shown(change.claim), "result": shown(result.claim), "rate": shown(rate.claim)}
        base_ = f"（{given['result']} {'+' if falls else '−'} {given['more']}）"
        return f"{given['more']} ÷{base_}= {exact}%，原文{given['rate']}", given

    return Equation("increments", places, rate, told, sure)


def product(total: Said, ones: Sequence[Said], many: Said, size: Decimal, sure: Sure) -> Equation | None:
    """(one + one …) × many ÷ size = total."""
    number, all_ = times(_size(many.claim), 1 / size), _size(total.claim)
    each = _sum([_size(one.claim) for one in ones])
    falls_to_one, members = _ratio(all_, number), _ratio(all_, each)
    if falls_to_one is None or members is None:
        return None
    value = sum((one.claim.value for one in ones), _NOTHING)
    others = [value - one.claim.value for one in ones]
    places = (
        (total.claim, _product(each, number)),
        *((one.claim, Range(falls_to_one.low - other, falls_to_one.high - other)) for one, other in zip(ones, others, strict=True)),
        (many.claim, times(members, size)),
    )  # fmt: skip

    def told() -> tuple[str, dict[str, str]]:
        terms = " + ".join(shown(one.claim) for one in ones)
        made = like(value * many.claim.value / size, total.claim)
        given = {"each": terms, "product": made, "total": shown(total.claim)}
        one = f"（{terms}）" if len(ones) > 1 else terms
        return f"{one} × {shown(many.claim)} = {made}，原文{given['total']}", given

    return Equation("products", places, total, told, sure)


def total(whole: Said, parts: Sequence[Said], sure: Sure) -> Equation:
    """Part + part … = whole."""
    every, some = _size(whole.claim), [_size(part.claim) for part in parts]
    made = _sum(some)
    places = tuple(
        (part.claim, Range(every.low - made.high + each.high, every.high - made.low + each.low))
        for part, each in zip(parts, some, strict=True)
    )

    def told() -> tuple[str, dict[str, str]]:
        value = like(sum((abs(part.claim.value) for part in parts), _NOTHING), whole.claim)
        terms = " + ".join(shown(part.claim) for part in parts)
        return f"{terms} = {value}，原文{shown(whole.claim)}", {"sum": value, "total": shown(whole.claim)}

    return Equation("sums", ((whole.claim, made), *places), whole, told, sure)


def difference(gap: Said, large: Said, small: Said, sure: Sure) -> Equation:
    """Large − small = gap."""
    much, less, left = _size(large.claim), _size(small.claim), _size(gap.claim)
    places = (
        (gap.claim, Range(much.low - less.high, much.high - less.low)),
        (large.claim, _sum([less, left])),
        (small.claim, Range(much.low - left.high, much.high - left.low)),
    )

    def told() -> tuple[str, dict[str, str]]:
        given = {"large": shown(large.claim), "small": shown(small.claim), "printed": shown(gap.claim)}
        value = large.claim.value - small.claim.value
        points = gap.claim.unit == "pp"
        made = rounded(value, 2) + "个百分点" if points else like(value, gap.claim)
        return f"{given['large']} − {given['small']} = {made}，原文{given['printed']}", given

    return Equation("differences", places, gap, told, sure)


def _sum(ranges: Sequence[Range]) -> Range:
    return Range(sum((each.low for each in ranges), _NOTHING), sum((each.high for each in ranges), _NOTHING))
