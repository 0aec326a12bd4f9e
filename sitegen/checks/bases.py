"""A number, the one before it in time and the change between them: 比去年同期的960列增加192列, 去年同期为32万标箱，增长20%."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from sitegen.checks.base import (
    RATES,
    Said,
    Sentence,
    alike,
    chains,
    either,
    finding,
    last_piece,
    parts_in,
    plain,
    shown,
    words,
)
from sitegen.checks.growth import change_of
from sitegen.checks.increments import is_increment
from sitegen.model import Claim, Warning


class _Patterns(NamedTuple):
    compared: re.Pattern[str]
    earlier: re.Pattern[str]
    change: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = words("bases")
    verb = rf"(?:{either(data['again'])})?{either(words('growth')['change'])}{either(words('growth')['filler'])}*"
    near = rf"(?:(?!{either(words('growth')['change'])})[^,;。、]){{0,4}}$"  # 比去年净增: that is the change itself
    return _Patterns(
        re.compile(rf"[,、(]?{either(data['than'])}[^,;。、]{{0,12}}?{either(data['earlier'])}{near}"),
        re.compile(rf"[,;(]{either(data['earlier'])}[^,;。、]{{0,4}}{either(data['is'])}$"),
        re.compile(rf"[,、(]?{verb}"),
    )


def compared(lead: str) -> bool:
    """Whether the words before a number say that it is an earlier one: 比1995年的, 上年同期为."""
    return bool(_patterns().compared.search(lead) or _patterns().earlier.search(lead))


def is_daily(lead: str) -> bool:
    """Whether the words before a number say that it falls to one day or month."""
    return last_piece(lead).startswith((*words("daily")["day"], *words("daily")["month"]))


def bases(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on changes whose earlier number is printed beside the result; sentences: those of one article."""
    yield from _by_name([said for chain in chains(sentences) for said in chain])
    for chain in chains(sentences):
        for at in range(1, len(chain)):
            base = chain[at]
            result = _result(chain, at)
            if result is None or base.claim.value <= 0 or not plain(base.claim, result.claim):
                continue
            for change in _changes(chain, at, result):
                if _opposed(base.claim, result.claim, change):
                    yield _opposite(base.sentence, base.claim, result.claim, change.claim)
                else:
                    yield from change_of(base.sentence, base.claim, result.claim, change.claim)


def _by_name(chain: Sequence[Said]) -> Iterator[Warning]:
    """2009年一般预算收入38.2亿元……2010年一般预算收入43.17亿元，比上年增长13%: the year before stands in another sentence."""
    for at in range(2, len(chain)):
        result, change = chain[at - 1], chain[at]
        years = _years(result)
        if not (
            years and change.claim.unit == "%" and result.sentence is change.sentence
        ) or not re.fullmatch(
            rf"[,、(]?{words('bases')['last']}{_patterns().change.pattern.removeprefix('[,、(]?')}",
            change.lead,
        ):
            continue
        name = _name(result)
        named = [
            said
            for said in chain[: at - 1]
            if said.sentence is not result.sentence
            and len(called := _name(said)) > 3
            and name.startswith(called)
            and alike(said.claim, result.claim)
        ]
        if len(named) != 1 or named[0].claim.value <= 0 or not plain(named[0].claim, result.claim):
            continue
        before = [year for each in chain[: chain.index(named[0]) + 1] for year in _years(each)]
        if before and before[-1] == years[-1] - 1:
            found = change_of(result.sentence, named[0].claim, result.claim, change.claim)
            yield from (warning for warning in found if warning.verdict == "agrees" or warning.suggestion)


def _name(said: Said) -> str:
    return re.sub(rf".*(?:年|其中|{either(words('bases')['whole'])})", "", last_piece(said.lead))


def _years(said: Said) -> list[int]:
    return [int(year) for year in re.findall(r"((?:19|20)\d\d)年", said.lead)]


def _opposed(base: Claim, result: Claim, change: Said) -> bool:
    """Whether the words say that it rose where it fell, or fell where it rose."""
    falls = any(word in change.lead for word in words("growth")["falls"])
    return result.value != base.value and falls == (result.value > base.value)


def _opposite(sentence: Sentence, base: Claim, result: Claim, change: Claim) -> Warning:
    given = {"base": shown(base), "result": shown(result), "rate": shown(change)}
    working = (
        f"{given['result']} {'>' if result.value > base.value else '<'} {given['base']}，原文{given['rate']}"
    )
    return finding("bases", "opposite", "differs", (change, base, result), sentence.facts, working, **given)


def _result(chain: Sequence[Said], at: int) -> Said | None:
    """The number that the claim at a place is the earlier one of: the nearest before it in its unit, in its sentence."""
    base = chain[at]
    lead = base.lead
    if not compared(lead):
        return None
    inside = parts_in(chain) if ";" in lead else frozenset()
    near = [
        chain[place]
        for place in range(max(0, at - 6), at)
        if place not in inside and not is_increment(chain[place].lead) and not is_daily(chain[place].lead)
    ]
    found = next((said for said in reversed(near) if said.claim.unit not in RATES), None)
    per = base.claim.per if is_daily(lead) else found.claim.per if found else None  # no day is said of 55亿件
    return (
        found
        if found and alike(found.claim, replace(base.claim, per=per)) and found.sentence is base.sentence
        else None
    )


def _changes(chain: Sequence[Said], at: int, result: Said) -> Iterator[Said]:
    """The printed changes: behind the earlier number, or between it and the result."""
    between = chain[at - 1]
    if (
        between is not result
        and (between.claim.kind == "growth" or is_increment(between.lead))
        and _patterns().change.fullmatch(between.lead)
    ):
        yield between
    for said in chain[at + 1 : at + 3]:
        if said.sentence is not result.sentence or not _patterns().change.fullmatch(said.lead):
            return
        yield said
