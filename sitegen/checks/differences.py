"""What lies between two numbers: 雇人700元，机器160元，省下540元; 总投资47.9亿元，资本金16.8亿元，其余31.1亿元; 出生率 − 死亡率."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations

from sitegen.checks.base import (
    Range,
    Said,
    Sentence,
    chains,
    decimals,
    either,
    finding,
    last_piece,
    like,
    parts_in,
    plain,
    reach,
    rounded,
    shown,
    words,
)
from sitegen.checks.misprints import reading
from sitegen.model import Claim, Warning

_BACK = 6  # so many numbers before it at most


@cache
def _opened(name: str) -> re.Pattern[str]:
    return re.compile(rf"{either(words('differences')[name])}[^,;。、\d]{{0,8}}$")


def differences(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on numbers that are said to be what two others differ by; sentences: those of one article, in order."""
    for chain in chains(sentences):
        yield from _behind(chain)
        inside = parts_in(chain)
        for at in range(2, len(chain)):
            left = at not in inside and bool(_opened("left").search(last_piece(chain[at].lead)))
            if left or _opened("gained").search(last_piece(chain[at].lead)):
                yield from _difference(chain[max(0, at - _BACK) : at], chain[at], left=left)
    yield from _left(tuple(said for chain in chains(sentences) for said in chain))
    yield from _natural(tuple(said for chain in chains(sentences) for said in chain))


def _difference(before: Sequence[Said], said: Said, *, left: bool) -> Iterator[Warning]:
    pair = [each for each in before if each.sentence is said.sentence and _of_kind(each, said)][-4:]
    if left and not (len(pair) == 2 and _is_whole(pair[0], pair[1], said)):
        return
    if len(pair) > 1:
        tuples = list(combinations(pair, 2))
        fit = next((two for two in reversed(tuples) if _between(*two).meets(reach(said.claim))), None)
        yield from _judge(said, *(fit or tuples[-1]), sure=False)


def _is_whole(whole: Said, part: Said, left: Said) -> bool:
    """Whether the second number was taken from the first: it is no share of each of several (各切块500万元), and no other part
    of the same list (瓷器21件、铜器13件，余下的12件).
    """
    listed = re.match("[、和与及]", part.lead) and not re.search("[总共全]", last_piece(whole.lead))
    apart = ";" in part.lead or ";" in left.lead or listed
    return whole.claim.value > part.claim.value and not apart and not re.search("[各每]", part.lead)


def _left(chain: Sequence[Said]) -> Iterator[Warning]:
    """其余31.1亿元由银行贷款解决: of a whole that has a paragraph of its own, one part of which is printed with its share."""
    for at in range(2, len(chain)):
        part, said = chain[at - 2], chain[at]
        share = chain[at - 1]
        before = reversed(chain[max(0, at - _BACK) : at - 2])
        larger = (each for each in before if _of_kind(each, said) and each.claim.value > part.claim.value)
        whole = next(larger, None)
        if (
            whole
            and share.claim.unit == "%"
            and "占" in share.lead
            and "其中" not in part.lead
            and _of_kind(part, said)
            and said.sentence is part.sentence
            and _opened("left").search(last_piece(said.lead))
        ):
            yield from _judge(said, whole, part, sure=False)


def _natural(chain: Sequence[Said]) -> Iterator[Warning]:
    """Rates of which one is by its definition the difference of two others: 自然增长率 = 出生率 − 死亡率."""
    for first, second, said in zip(chain, chain[1:], chain[2:], strict=False):
        for names in words("differences")["defined"]:
            leads = (first.lead, second.lead, said.lead)
            named = all(name in last_piece(lead) for name, lead in zip(names, leads, strict=True))
            if named and first.claim.unit == second.claim.unit == said.claim.unit:
                yield from _judge(said, first, second, sure=True)


def _behind(chain: Sequence[Said]) -> Iterator[Warning]:
    """水位17.85米，超过警戒水位16.70米1.15米: the difference stands right behind the number that is compared with."""
    for first, second, said in zip(chain, chain[1:], chain[2:], strict=False):
        measured = all(
            each.claim.unit == said.claim.unit and each.claim.per == said.claim.per and each.claim.value > 0
            for each in (first, second)
        )
        if (
            measured
            and said.lead.strip() in words("differences")["apart"]
            and _opened("beyond").search(last_piece(second.lead))
        ):
            exact = replace(second.claim, bound="exact")  # what is exceeded is no least value
            yield from _judge(said, first, second._replace(claim=exact), sure=True)


def _of_kind(each: Said, said: Said) -> bool:
    return (
        each.claim.unit == said.claim.unit
        and each.claim.per == said.claim.per
        and each.claim.value > 0
        and each.claim.status == said.claim.status
    )


def _between(one: Said, other: Said) -> Range:
    large, small = sorted((one.claim, other.claim), key=lambda claim: claim.value, reverse=True)
    return Range(reach(large).low - reach(small).high, reach(large).high - reach(small).low)


def _judge(said: Said, one: Said, other: Said, *, sure: bool) -> Iterator[Warning]:
    large, small = sorted((one.claim, other.claim), key=lambda claim: claim.value, reverse=True)
    made, printed = _between(one, other), reach(said.claim)
    if said.claim.value < 0:
        printed = Range(-printed.high, -printed.low)
    fits = made.meets(printed)
    meant = None if fits else reading(_pairs(said.claim, large, small, made))
    if not fits and not (plain(said.claim, large, small) and (meant or sure)):
        return
    size = large.value - small.value
    difference = (
        f"{rounded(size, decimals(said.claim))}%" if said.claim.unit == "%" else like(size, said.claim)
    )
    given = {"large": shown(large), "small": shown(small), "printed": shown(said.claim)}
    verdict = "agrees" if fits else "differs"
    yield finding(
        "differences", verdict, "agrees" if fits else "differs", (said.claim, large, small), said.sentence.facts,
        f"{given['large']} − {given['small']} = {difference}，原文{given['printed']}", suggestion=meant, **given,
    )  # fmt: skip


def _pairs(claim: Claim, large: Claim, small: Claim, made: Range) -> Iterator[tuple[Claim, Range]]:
    printed, upper, lower = reach(claim), reach(large), reach(small)
    yield claim, made
    yield large, Range(printed.low + lower.low, printed.high + lower.high)
    yield small, Range(upper.low - printed.high, upper.high - printed.low)
