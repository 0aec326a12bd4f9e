"""All, how many, and what falls to one: 交付24艘、合计312万载重吨，平均每艘13万载重吨; 人均消费600元; 满发2000小时."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from sitegen.checks.base import (
    HALF,
    RATES,
    Range,
    Said,
    Sentence,
    alike,
    chains,
    either,
    finding,
    like,
    parts_in,
    plain,
    quotient,
    reach,
    shown,
    times,
    words,
)
from sitegen.checks.misprints import reading
from sitegen.model import Claim, Warning

_WORDY = 1000  # 每千人 counts a population, whose number says so


class _Three(NamedTuple):
    """each × members ÷ size = total, all in the units of their claims."""

    total: Said
    members: Said
    each: Said
    size: Decimal


class _Words(NamedTuple):
    each: re.Pattern[str]
    per: dict[str, tuple[frozenset[str], Decimal]]
    hours: re.Pattern[str]
    called: str


@cache
def _words() -> _Words:
    data = words("averages")
    per = {
        word: (frozenset(row["units"]), Decimal(row["size"])) for row in data["per"] for word in row["words"]
    }
    opened = f"(?:^|[,;。、(]){either(data['opened'])}?"
    return _Words(
        re.compile(rf"{opened}(?P<per>{either(list(per))})(?P<what>[^,;。、\d]{{0,10}})$"),
        per,
        re.compile(rf"{either(data['hours'])}{either(data['carry'])}*$"),
        data["members"],
    )


def averages(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on averages whose total and number of members are printed before them, in the same paragraph."""
    for chain in chains(sentences):
        for at in range(1, len(chain)):
            three = _hours(chain, at) or _average(chain, at)
            if three is not None:
                yield from _judge(three)


def _average(chain: Sequence[Said], at: int) -> _Three | None:
    one = chain[at]
    match = _words().each.search(one.lead)
    if match is None or one.claim.unit in RATES or one.claim.value <= 0:
        return None
    units, size = _words().per[match["per"]]
    inside = parts_in(chain)
    before = [chain[place] for place in range(max(0, at - 8), at) if place not in inside or place == at - 1]
    total = next(
        (said for said in reversed(before) if _of_one_kind(said, one.claim, match["what"], units)), None
    )
    called = _words().called if size >= _WORDY and "m2" not in units else ""
    count = next(
        (s for s in reversed(before) if s is not total and s.claim.unit in units and called in s.lead), None
    )
    if count is None and at + 1 < len(chain) and chain[at + 1].sentence is one.sentence:
        count = chain[at + 1] if chain[at + 1].claim.unit in units else None
    if total is None or count is None or total.claim.status != one.claim.status:
        return None
    return _Three(total, count, one, size)


def _of_one_kind(said: Said, one: Claim, what: str, units: frozenset[str]) -> bool:
    """The total has the average's unit; where both count members, 平均每人带动5人, words of the average stand before it."""
    total, persons = said.claim, {"人", "名", "位"}
    same = alike(total, one) or ({total.unit, one.unit} <= persons and not total.per)
    again = any(what[at : at + 2] in said.lead for at in range(len(what) - 1))
    return same and total.kind != "growth" and (total.unit not in units or again)


def _hours(chain: Sequence[Said], at: int) -> _Three | None:
    """Energy ÷ power: the hours for which a plant would have to run at full power."""
    hours, energy = chain[at], chain[at - 1]
    if hours.claim.unit != "hour" or energy.claim.unit != "kWh" or not _words().hours.search(hours.lead):
        return None
    power = next((said for said in reversed(chain[:at]) if said.claim.unit == "kW"), None)
    return _Three(energy, power, hours, Decimal(1)) if power else None


def _judge(three: _Three) -> Iterator[Warning]:
    total, count, each, size = three.total.claim, three.members.claim, three.each.claim, three.size
    made, some, whole = reach(each), reach(count), reach(total)
    product = Range(made.low * some.low / size, made.high * some.high / size)
    fits = product.meets(whole)
    meant = None if fits else reading(_pairs(three, product))
    if not fits and not (meant and plain(total, count, each)):
        return
    share = total.value / count.value * size
    average = f"{like(share, each)}"
    given = {"each": shown(each), "count": shown(count), "total": shown(total), "average": average}
    verdict = "agrees" if fits else "differs"
    yield finding(
        "averages", verdict, "agrees" if fits else "differs", (each, total, count), three.each.sentence.facts,
        f"{given['total']} ÷ {given['count']} = {average}，原文{given['each']}", suggestion=meant, **given,
    )  # fmt: skip


def _pairs(three: _Three, product: Range) -> Iterator[tuple[Claim, Range | None]]:
    total, count, each = (reach(said.claim, HALF) for said in three[:3])
    over, less = quotient(total, count), quotient(total, each)
    yield three.each.claim, times(over, three.size) if over else None
    yield three.total.claim, product
    yield three.members.claim, times(less, three.size) if less else None
