"""A number, by how much it grew, and the rate of that growth: 存栏78万头，比上年增加6万头，增长8.3%."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from sitegen.checks.base import (
    Range,
    Said,
    Sentence,
    alike,
    chains,
    decimals,
    either,
    finding,
    is_size,
    plain,
    quotient,
    rate_reach,
    reach,
    rounded,
    shown,
    times,
    words,
)
from sitegen.checks.misprints import reading
from sitegen.model import Claim, Warning


class _Patterns(NamedTuple):
    more: re.Pattern[str]
    rate: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data, growth = words("increments"), words("growth")
    verb = rf"(?:{either(growth['change'])}|{data['more']}|{data['less']}|{data['grown']}|{data['shrunk']}){either(growth['filler'])}*"
    compared = f"{either(data['compared'])}"
    return _Patterns(
        re.compile(rf"[,、(]?(?:{compared}){{1,2}}(?:净|新|又)?{verb}"),
        re.compile(rf"[,、(]?(?:{compared})?{either(growth['change'])}{either(growth['filler'])}*"),
    )


def is_increment(lead: str) -> bool:
    """Whether the words before a number say that it is what came to another one, or went from it."""
    return _patterns().more.fullmatch(lead) is not None


def increments(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on changes that are printed as a size and as a rate; sentences: those of one article, in order."""
    for chain in chains(sentences):
        for result, more, rate in zip(chain, chain[1:], chain[2:], strict=False):
            if _belong(result, more, rate):
                yield from _judge(result, more, rate)


def _belong(result: Said, more: Said, rate: Said) -> bool:
    """Whether the three stand in one sentence one behind the other, the first no earlier number that the others start from."""
    if not (result.sentence is more.sentence is rate.sentence) or rate.claim.unit != "%":
        return False
    whole = (
        is_size(result.claim.unit)
        and alike(result.claim, more.claim)
        and 0 < abs(more.claim.value) < result.claim.value
    )
    earlier = re.search(
        rf"{either(words('bases')['earlier'])}[^,;。]{{0,4}}$|^[^,;。]*[由从][^,;。]*$", result.lead
    )
    return bool(
        whole and not earlier and is_increment(more.lead) and _patterns().rate.fullmatch(rate.lead)
        and plain(result.claim, more.claim, rate.claim)
    )  # fmt: skip


def _judge(result: Said, more: Said, rate: Said) -> Iterator[Warning]:
    data = words("increments")
    falls = any(word in more.lead for word in words("growth")["falls"]) or bool(
        re.search(f"{data['less']}|{data['shrunk']}", more.lead)
    )
    amount = replace(more.claim, value=abs(more.claim.value))  # how much came or went; the words say which
    whole, change = reach(result.claim), reach(amount)
    base = (
        Range(whole.low + change.low, whole.high + change.high)
        if falls
        else Range(whole.low - change.high, whole.high - change.low)
    )
    made = quotient(change, base)
    if made is None:
        return
    right, printed = times(made, Decimal(100)), rate_reach(rate.claim)
    if rate.claim.value < 0:
        right = Range(-right.high, -right.low)
    fits = right.meets(printed)
    real = any(word in result.sentence.text for word in words("increments")["real"])
    if not fits and real:
        return
    size = amount.value / (result.claim.value + (amount.value if falls else -amount.value))
    given = {"result": shown(result.claim), "more": shown(amount), "rate": shown(rate.claim)}
    computed = rounded(size * 100, max(decimals(rate.claim), 0 if fits else 1))
    claims: tuple[Claim, ...] = (rate.claim, more.claim, result.claim)
    yield finding(
        "increments", "agrees" if fits else "differs", "agrees" if fits else "differs", claims, result.sentence.facts,
        words("increments")["working"].format(**given, sign="+" if falls else "−", computed=computed),
        suggestion=None if fits else reading([(rate.claim, right)]), **given,
    )  # fmt: skip
