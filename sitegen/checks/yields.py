"""Rates that bear the name of their part: 产混合糖598万吨，产糖率13.09%; 良种面积…，良种覆盖率; 上架率62%，已上架10.3万架."""

import re
from collections.abc import Iterator, Sequence
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
    last_piece,
    makes,
    plain,
    quotient,
    reach,
    rounded,
    shown,
    times,
    words,
)
from sitegen.checks.misprints import reading
from sitegen.model import Claim, Warning


class _Patterns(NamedTuple):
    rate: re.Pattern[str]
    done: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data, carry = words("yields"), f"{either(words('rates')['carry'])}*"
    return _Patterns(
        re.compile(rf"[,、(](?P<stem>[一-鿿]{{2,6}})率{carry}"),
        re.compile(rf"[,、]{either(data['before'])}?(?P<stem>[一-鿿]{{2,4}}?){either(data['behind'])}?"),
    )


def yields(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on rates whose name is that of their part; sentences: those of one article, in order."""
    for chain in chains(sentences):
        for first, second, third in zip(chain, chain[1:], chain[2:], strict=False):
            if not first.sentence is second.sentence is third.sentence:
                continue
            if third.claim.unit == "%" and _named(_patterns().rate.fullmatch(third.lead), second):
                yield from _judge(third, second, first)
            elif second.claim.unit == "%" and _follows(second, third):
                yield from _judge(second, third, first)


def _named(match: re.Match[str] | None, part: Said) -> bool:
    """Whether the words before the part hold the rate's: 产糖 in 产混合糖, or 良种 of 良种覆盖 at their beginning."""
    if match is None or any(word in match["stem"] for word in words("yields")["not_share"]):
        return False
    stem, lead = match["stem"], re.sub(f"^{either(words('yields')['before'])}", "", last_piece(part.lead))
    inside = re.search(".{0,3}".join(map(re.escape, stem)), lead) is not None and len(lead) < len(stem) + 5
    inside = inside or (len(stem) == 2 and lead.endswith(stem[0]) and len(lead) == 2)  # 审结, 结案率
    return inside or (len(stem) == 4 and stem.endswith("覆盖") and lead.startswith(stem[:2]))


def _follows(rate: Said, part: Said) -> bool:
    """上架率62%，已上架10.3万架: the part is called by the name of the rate before it."""
    named, done = _patterns().rate.fullmatch(rate.lead), _patterns().done.fullmatch(part.lead)
    return bool(
        named and done and named["stem"] == done["stem"] and named["stem"] not in words("yields")["not_share"]
    )


def _judge(rate: Said, part: Said, whole: Said) -> Iterator[Warning]:
    claims: tuple[Claim, ...] = (rate.claim, part.claim, whole.claim)
    sizes = (
        is_size(whole.claim.unit)
        and alike(part.claim, whole.claim)
        and 0 < part.claim.value < whole.claim.value
    )
    made = quotient(reach(part.claim), reach(whole.claim)) if sizes else None
    if made is None:
        return
    fits = makes(*claims)
    share = times(made, Decimal(100))
    every = reach(whole.claim)
    some = reach(rate.claim)
    meant = None if fits else reading([
        (rate.claim, share), (part.claim, Range(every.low * some.low / 100, every.high * some.high / 100)),
    ])  # fmt: skip
    if not fits and not (meant and plain(*claims)):
        return
    exact = part.claim.value / whole.claim.value * 100
    given = {"part": shown(part.claim), "whole": shown(whole.claim), "rate": shown(rate.claim)}
    computed = rounded(exact, max(decimals(rate.claim), 0 if fits else 1))
    yield finding(
        "rates", "agrees" if fits else "differs", "agrees" if fits else "differs", claims, rate.sentence.facts,
        f"{given['part']} ÷ {given['whole']} = {computed}%，原文{given['rate']}", suggestion=meant, **given,
    )  # fmt: skip
