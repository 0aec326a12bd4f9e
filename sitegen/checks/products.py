"""One times number makes all: a machine's power and the machines, the yield and the land, a share's price and the shares."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from sitegen.checks.base import (
    HALF,
    RATES,
    WHOLE,
    Range,
    Sentence,
    decimals,
    either,
    finding,
    last_piece,
    like,
    measured,
    plain,
    reach,
    rounded,
    shown,
    words,
)
from sitegen.checks.misprints import reading
from sitegen.model import Claim, Warning


@cache
def _each() -> tuple[tuple[re.Pattern[str], Any], ...]:
    return tuple(
        (re.compile(rf"{either(row['words'])}[^,;。、]{{0,8}}$"), row) for row in words("products")["each"]
    )


@cache
def _has(name: str) -> re.Pattern[str]:
    return re.compile(rf"{either(words('products')[name])}[^,;。、\d]{{0,4}}$")


def products(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on products whose three numbers stand together; the number of one may stand in an earlier sentence."""
    ones: list[tuple[Claim, Any]] = []  # numbers of one that the article has printed so far
    for at, sentence in enumerate(sentences):
        here: list[tuple[Claim, Any]] = []
        for index, claim in enumerate(sentence.claims):
            row = next((row for words_, row in _each() if words_.search(sentence.gap(index))), None)
            if row is not None and claim.unit not in RATES and claim.value > 0:
                here.append((claim, row))
        for one, row in here or _alone(ones):
            yield from _product(sentence, one, row, _land(sentences, at) if row["unit"] == "m2" else ())
        ones += here
        yield from _storage(sentence)


def _land(sentences: Sequence[Sentence], at: int) -> tuple[Claim, ...]:
    """The areas that the sentences before number at have named, as far as its paragraph goes back: 亩产 may be of any of them."""
    before = [s for s in sentences[max(0, at - 3) : at] if s.paragraph == sentences[at].paragraph]
    return tuple(c for s in before for c in s.claims if c.unit == "m2" and c.value > 1)


def _alone(ones: Sequence[tuple[Claim, Any]]) -> Sequence[tuple[Claim, Any]]:
    """The number of one from before, where the article has only one that is no money: 单机容量10.5兆瓦."""
    kept = [(claim, row) for claim, row in ones if claim.unit in {"kW", "FLOPS"}]
    return kept if len(kept) == 1 else ()


def _product(sentence: Sentence, one: Claim, row: Any, areas: Sequence[Claim]) -> Iterator[Warning]:
    counts = [c for c in sentence.claims if c.unit == row["unit"] and c is not one and c.value > 1] or list(
        areas
    )
    totals = [
        c for i, c in enumerate(sentence.claims)
        if c.unit == one.unit and c is not one and c.value > one.value
        and (_has("total").search(sentence.gap(i)) or (_next_to(sentence, one, i) and sentence.gap(i) in words("products")["all"]))
    ]  # fmt: skip
    named = _named(sentence, one)
    totals = [c for c in totals if not (named and _named(sentence, c)) or named & _named(sentence, c)]
    totals = [c for c in totals if c.start > one.start][:1] or totals
    if (
        not counts
        or len(totals) != 1
        or one.per
        or any(c.start > totals[0].start for c in counts if c not in areas)
    ):
        return
    total, size = totals[0], Decimal(row["size"])
    fitting = [c for c in counts if _makes(one, c, total, size)]
    fits, count = bool(fitting), fitting[0] if fitting else _next(sentence, one, counts)
    exact = one.value * count.value / size
    sure = bool(len(counts) == 1 and named & _named(sentence, total)) and plain(one, count, total)
    several = len(counts) > 1 and one is not sentence.claims[0] and count is counts[0] and count in areas
    if not fits and not sure:
        slip, exactly = _slip(exact / total.value, (one, count, total)), _one_slip(one, total, exact)
        behind = one in sentence.claims and _next_to(sentence, one, sentence.claims.index(total))
        if not plain(one, count, total) or not (exactly if several else slip or (behind and exactly)):
            return
    made = like(exact, total, decimals(total) + 1)
    yield finding(
        "products", "agrees" if fits else "differs", "agrees" if fits else "differs", (total, count, one), sentence.facts,
        f"{shown(count)} × {shown(one)} = {made}，原文{shown(total)}", each=shown(one), product=made, total=shown(total),
    )  # fmt: skip


def _next_to(sentence: Sentence, one: Claim, index: int) -> bool:
    return index > 0 and sentence.claims[index - 1] is one


def _makes(one: Claim, count: Claim, total: Claim, size: Decimal) -> bool:
    first, second = reach(one), reach(count)
    product = Range(first.low * second.low / size, first.high * second.high / size)
    return product.meets(reach(total, WHOLE))


def _next(sentence: Sentence, one: Claim, counts: Sequence[Claim]) -> Claim:
    """Of several numbers the one that stands next before the number of one: 各9台、共18台单机容量77万千瓦; else the first."""
    before = sentence.claims.index(one) - 1 if one in sentence.claims else -1
    near = sentence.claims[before] if before >= 0 and sentence.claims[before] in counts else None
    return near or counts[0]


def _named(sentence: Sentence, claim: Claim) -> frozenset[str]:
    """What the words before the number say that it measures; none for a number of another sentence."""
    if claim not in sentence.claims:
        return frozenset()
    return measured(last_piece(sentence.gap(sentence.claims.index(claim))))


def _one_slip(one: Claim, total: Claim, exact: Decimal) -> bool:
    """Whether one slip of the hand in the number of one or in the total would make the three fit."""
    right = one.value * total.value / exact
    half = right / 200
    return (
        reading(
            [
                (one, Range(right - half, right + half)),
                (total, Range(exact * Decimal("0.995"), exact * Decimal("1.005"))),
            ]
        )
        is not None
    )


def _slip(ratio: Decimal, claims: Sequence[Claim]) -> bool:
    """Near enough that the three belong together, and none of them vague."""
    slip = words("products")["slip"]
    near = Decimal(slip["low"]) < ratio < Decimal(slip["high"]) or any(
        abs(ratio.scaleb(n) - 1) < Decimal("0.02") for n in (-2, -1, 1, 2)
    )
    return near and plain(*claims)


def _storage(sentence: Sentence) -> Iterator[Warning]:
    """100MW/400MWh for 4小时."""
    claims = sentence.claims
    for index in range(1, len(claims)):
        power, energy = claims[index - 1], claims[index]
        if (
            (power.unit, energy.unit) != ("kW", "kWh")
            or sentence.gap(index).strip() != "/"
            or power.value <= 0
        ):
            continue
        for at in range(index + 1, len(claims)):
            if claims[at].unit == "hour" and _has("storage").search(sentence.gap(at)):
                hours, result = claims[at], energy.value / power.value
                fits = reach(hours, HALF).low <= result <= reach(hours, HALF).high
                yield finding(
                    "products", "storage" if fits else "storage-differs", "agrees" if fits else "differs",
                    (hours, energy, power), sentence.facts,
                    f"{shown(energy)} ÷ {shown(power)} = {rounded(result, 1)}小时，原文{shown(hours)}",
                    energy=shown(energy), power=shown(power), hours=shown(hours), result=rounded(result, 1),
                )  # fmt: skip
