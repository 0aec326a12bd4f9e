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
    like,
    plain,
    reach,
    rounded,
    shown,
    words,
)
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
    for sentence in sentences:
        here: list[tuple[Claim, Any]] = []
        for index, claim in enumerate(sentence.claims):
            row = next((row for words_, row in _each() if words_.search(sentence.gap(index))), None)
            if row is not None and claim.unit not in RATES and claim.value > 0:
                here.append((claim, row))
        for one, row in here or _alone(ones):
            yield from _product(sentence, one, row)
        ones += here
        yield from _storage(sentence)


def _alone(ones: Sequence[tuple[Claim, Any]]) -> Sequence[tuple[Claim, Any]]:
    """The number of one from before, where the article has only one that is no money: 单机容量10.5兆瓦."""
    kept = [(claim, row) for claim, row in ones if claim.unit in {"kW", "FLOPS"}]
    return kept if len(kept) == 1 else ()


def _product(sentence: Sentence, one: Claim, row: Any) -> Iterator[Warning]:
    counts = [c for c in sentence.claims if c.unit == row["unit"] and c is not one and c.value > 1]
    totals = [
        c for i, c in enumerate(sentence.claims)
        if c.unit == one.unit and c is not one and c.value > one.value and _has("total").search(sentence.gap(i))
    ]  # fmt: skip
    totals = [c for c in totals if c.start > one.start][:1] or totals
    if len(counts) != 1 or len(totals) != 1 or one.per or counts[0].start > totals[0].start:
        return
    count, total, size = counts[0], totals[0], Decimal(row["size"])
    first, second = reach(one), reach(count)
    product = Range(first.low * second.low / size, first.high * second.high / size)
    exact = one.value * count.value / size
    fits = product.meets(reach(total, WHOLE))
    if not fits and not _slip(exact / total.value, (one, count, total)):
        return
    made = like(exact, total, decimals(total) + 1)
    yield finding(
        "products", "agrees" if fits else "differs", "agrees" if fits else "differs", (total, count, one), sentence.facts,
        f"{shown(count)} × {shown(one)} = {made}，原文{shown(total)}", each=shown(one), product=made, total=shown(total),
    )  # fmt: skip


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
