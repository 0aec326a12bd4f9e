"""What a hand or a keyboard makes of a number: digits swapped, one digit another, the point or the scale elsewhere.

Where two numbers that belong together do not fit, one such slip that would make them fit says both that they do belong
together and what was meant. The reading is proposed, never applied.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations, pairwise

from sitegen.checks.base import HALF, Range, like, makes, reach, words
from sitegen.checks.base import printed_numeral as numeral_of
from sitegen.model import Claim
from sitegen.text import fold

_FEW = 3  # of so many digits any two are swapped, of more only neighbours: else too many numbers would fit by chance


def misprint(claim: Claim, right: Range) -> Decimal | None:
    """The value that the claim would have without one slip of the hand, if that lies in the range; nearest to its middle."""
    middle = (right.low + right.high) / 2
    width = (reach(claim, HALF).high - reach(claim, HALF).low) / 2 if claim.bound == "exact" else Decimal(0)
    fit = [v for v in near(claim) if right.low - width <= v <= right.high + width]
    return min(fit, key=lambda value: abs(value - middle), default=None)


def near(claim: Claim) -> Iterator[Decimal]:
    """All values that are one slip away from what is printed, in the claim's unit."""
    for power in words("misprints")["powers"]:
        yield claim.value.scaleb(int(power))
    numeral, raw = numeral_of(claim.raw), fold(claim.raw)
    if numeral is None or numeral.chinese or not claim.value:
        return
    digits = _digits(raw)
    number = Decimal(digits.replace(",", "") or "0")
    if not number:
        return
    factor = claim.value / number
    seen = {digits}
    for other in (*_swapped(digits), *_replaced(digits)):
        if other not in seen:
            seen.add(other)
            yield Decimal(other.replace(",", "")) * factor


def swapped(claim: Claim) -> Iterator[Decimal]:
    """The values that the claim would have with two of its digits in the other order; of 八十 that is 十八, too."""
    digits, size = printed_digits(claim)
    for other in _swapped(digits, any_two=True) if size else ():
        if other != digits:
            yield Decimal(other.replace(",", "")) * size
    raw = fold(claim.raw).removeprefix("百分之")
    numeral = numeral_of(raw) if size else None
    if numeral is not None and numeral.chinese and numeral.value:
        for i, j in pairwise(range(numeral.end)):
            chars = list(raw[: numeral.end])
            chars[i], chars[j] = chars[j], chars[i]
            other_ = numeral_of("".join(chars))
            if other_ is not None and other_.end == numeral.end and other_.value:
                yield abs(claim.value) * other_.value / numeral.value


def printed_digits(claim: Claim) -> tuple[str, Decimal]:
    """The digits as printed, and what 1 stands for in the claim's unit; those of 百分之八十五 are 85. 0 where there are none."""
    numeral, raw = numeral_of(claim.raw), fold(claim.raw)
    if numeral is not None and not numeral.chinese:
        digits = _digits(raw)
        number = Decimal(digits.replace(",", "") or "0")
        return digits, claim.value / number if number else Decimal(0)
    digits = "".join(
        map(
            str,
            abs(claim.value if claim.unit == "%" else numeral.value if numeral else Decimal(0))
            .as_tuple()
            .digits,
        )
    )
    digits = digits.strip("0")
    if not digits or raw.startswith("半") or "成" in raw or claim.unit in {"times", "pp"}:
        return digits, Decimal(0)
    number = abs(claim.value).normalize() if claim.unit == "%" else Decimal(1)
    mantissa = Decimal(digits)
    if claim.unit == "%":
        return digits, number / mantissa
    return digits, claim.value / mantissa


def turned(claim: Claim, right: Range) -> Decimal | None:
    """The value that the claim would have with two digits in the other order or the point elsewhere, if that lies in the range:
    slips that hardly come by chance, unlike one digit in place of another.
    """
    moved = (claim.value.scaleb(int(power)) for power in words("misprints")["powers"])
    return next((value for value in (*swapped(claim), *moved) if right.low <= value <= right.high), None)


def _digits(raw: str) -> str:
    end = 0
    while end < len(raw) and (raw[end].isdigit() or raw[end] in ".,"):
        end += 1
    return raw[:end].rstrip(".,")


def _swapped(digits: str, *, any_two: bool = False) -> Iterator[str]:
    places = [at for at, char in enumerate(digits) if char.isdigit()]
    for i, j in combinations(places, 2) if any_two or len(places) <= _FEW else pairwise(places):
        chars = list(digits)
        chars[i], chars[j] = chars[j], chars[i]
        yield "".join(chars)


def _replaced(digits: str) -> Iterator[str]:
    for at, char in enumerate(digits):
        if char.isdigit():
            for other in "0123456789":
                yield digits[:at] + other + digits[at + 1 :]


def reading(pairs: Iterable[tuple[Claim, Range | None]]) -> str | None:
    """The first claim that one slip would put right, written as it should read; None where no single slip does.

    pairs: each claim with the range in which the other numbers say it should lie.
    """
    for claim, right in pairs:
        found = misprint(claim, right) if right is not None else None
        if found is not None:
            return like(found, claim).replace(",", "")
    return None


def has_other_whole(rate: Claim, part: Claim, whole: Claim, claims: Iterable[Claim]) -> bool:
    """Whether one of the claims other than the whole makes the rate out of the part: 其中65岁以上77.4万人，占14.7% of all who live there,
    named far above. One that is a slip away from the whole is the same number, printed once wrongly.
    """
    slips = {*swapped(whole), *near(whole)}
    others = (claim for claim in claims if claim.unit == part.unit and claim.per == part.per)
    return any(
        claim.value > part.value and claim.value not in slips and makes(rate, part, claim) for claim in others
    )


def digits_of(claim: Claim) -> int:
    """How many digits are printed without zeros at the ends: how hardly the number agrees with another by chance."""
    return len(_digits(fold(claim.raw)).replace(".", "").replace(",", "").strip("0"))
