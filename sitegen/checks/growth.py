"""From–to pairs: do they go where the verb says, and is the printed change the change between them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from sitegen.checks.base import (
    RATES,
    WHOLE,
    Range,
    Sentence,
    decimals,
    either,
    finding,
    like,
    plain,
    rate_reach,
    reach,
    rounded,
    shown,
    step,
    words,
)
from sitegen.checks.misprints import misprint
from sitegen.model import Claim, Warning
from sitegen.text import fold


class _Patterns(NamedTuple):
    opened: re.Pattern[str]
    pair: re.Pattern[str]
    change: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = words("growth")
    verbs, carry, fill = (
        either([*data["rises"], *data["falls"]]),
        either(data["carry"]),
        either(data["filler"]),
    )
    year = r"(?:(?:19|20)\d\d年|去年|今年|上年|前年|目前|现在)?(?:底|末|初)?的?"
    aside = r"(?:同比|比上年|较上年|净|一年|三年|五年|累计|合计)?"
    return _Patterns(
        re.compile(rf"{either(data['from'])}[^,;。、]{{0,10}}$"),
        re.compile(rf"[^,;。、]{{0,6}}?(?P<verb>{verbs})(?:{either(data['to'])}){year}{carry}*"),
        re.compile(rf"[,、(]{aside}{either(data['change'])}{fill}*"),
    )


def growths(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on all from–to pairs of one article."""
    for sentence in sentences:
        for index in range(1, len(sentence.claims)):
            base, result = sentence.claims[index - 1], sentence.claims[index]
            if base.unit != result.unit or base.value <= 0 or result.value <= 0:
                continue
            match = _patterns().pair.fullmatch(sentence.gap(index))
            if match and _patterns().opened.search(sentence.gap(index - 1)):
                yield from _direction(sentence, base, result, match["verb"])
                yield from _change(sentence, index, base, result)


def _direction(sentence: Sentence, base: Claim, result: Claim, verb: str) -> Iterator[Warning]:
    rises = verb in words("growth")["rises"]
    start, end = reach(base), reach(result)
    if start.meets(end) and base.value != result.value and result.bound != "exact":
        return
    right = end.high > start.low if rises else end.low < start.high
    change = result.value - base.value
    unit = "个百分点" if base.unit == "%" else None
    size = rounded(abs(change), 2) + unit if unit else like(abs(change), result)
    says = "direction" if right else "direction-differs"
    working = f"{shown(result)} − {shown(base)} = {'−' if change < 0 else '+'}{size}"
    if right and sentence.claims[-1] is not result and _follows(sentence, result):
        return  # the printed change says it better
    yield finding(
        "growth", says, "agrees" if right else "differs", (base, result), sentence.facts, working,
        base=shown(base), result=shown(result), verb=verb,
    )  # fmt: skip


def _follows(sentence: Sentence, result: Claim) -> bool:
    index = sentence.claims.index(result) + 1
    return index < len(sentence.claims) and bool(_patterns().change.fullmatch(sentence.gap(index)))


def _change(sentence: Sentence, index: int, base: Claim, result: Claim) -> Iterator[Warning]:
    if _follows(sentence, result):
        yield from change_of(sentence, base, result, sentence.claims[index + 1])


def change_of(sentence: Sentence, base: Claim, result: Claim, change: Claim) -> Iterator[Warning]:
    """The finding on a printed change between two printed numbers; none where it is no change of theirs."""
    readings = _readings(base, result, change)
    if not readings:
        return
    size = rate_reach(change) if change.value > 0 and change.unit in RATES else reach(change, WHOLE)
    printed = Range(min(abs(size.low), abs(size.high)), max(abs(size.low), abs(size.high)))
    if size.low < 0 < size.high:
        printed = Range(Decimal(0), printed.high)
    fits = [(text, exact) for text, exact, computed in readings if computed.meets(printed)]
    if not fits and (base.bound != "exact" or result.bound not in {"exact", "about"}):
        return
    text, exact, made = (*fits[0], None) if fits else readings[0]
    meant = None if made is None else misprint(change, made)
    unit = {"%": "%", "times": "倍", "pp": "个百分点"}.get(change.unit or "")
    value = rounded(exact, max(decimals(change), 1)) + unit if unit else like(exact, change)
    yield finding(
        "growth", "rate" if fits else "rate-differs", "agrees" if fits else "differs", (change, base, result),
        sentence.facts, f"{text} = {value}，原文{shown(change)}", base=shown(base), result=shown(result), rate=shown(change),
        suggestion=None if meant is None else like(abs(meant), change).replace(",", ""),
    )  # fmt: skip


def _readings(base: Claim, result: Claim, change: Claim) -> list[tuple[str, Decimal, Range]]:
    """What the change may mean, each as working, value and range; 增长3倍 is said of three times and of four."""
    start, end = _even(base, result)
    if start.low <= 0:
        return []
    ratio = Range(end.low / start.high, end.high / start.low)
    exact, gone = result.value / base.value, _size(start, end)
    difference = (
        f"{shown(result)} − {shown(base)}"
        if result.value >= base.value
        else f"{shown(base)} − {shown(result)}"
    )
    share = f"（{difference}）÷ {shown(base)}"
    rate = abs(exact - 1)
    if change.unit == "%" and base.unit != "%":
        low, high = sorted((abs(ratio.low - 1), abs(ratio.high - 1)))
        return [
            (share, rate * 100, Range((Decimal(0) if ratio.low < 1 < ratio.high else low) * 100, high * 100))
        ]
    if change.unit == "times":
        grown = Range(ratio.low - 1, ratio.high - 1)
        return [(share, exact - 1, grown), (f"{shown(result)} ÷ {shown(base)}", exact, ratio)]
    if (change.unit == "pp" and base.unit == "%") or (change.unit == base.unit and change.unit not in RATES):
        return [(difference, abs(result.value - base.value), gone)]
    return []


def _even(base: Claim, result: Claim) -> tuple[Range, Range]:
    """What the two may stand for: who prints 2.5吨 and 3吨 side by side means 3.0 by the latter."""
    start, end = reach(base), reach(result)
    wide, fine = sorted((base, result), key=step, reverse=True)
    if not (
        step(fine) and _scale(wide) == _scale(fine) and plain(wide) and wide.value % (step(fine) * 10) == 0
    ):
        return start, end
    narrow = Range(wide.value - step(fine) / 2, wide.value + step(fine) / 2)
    return (narrow, end) if wide is base else (start, narrow)


def _scale(claim: Claim) -> str:
    """What is printed behind the digits: 万元, 亿元."""
    return fold(claim.raw).lstrip("0123456789.,")


def _size(start: Range, end: Range) -> Range:
    """The range of the distance between two ranges."""
    first, second = end.low - start.high, end.high - start.low
    if first <= 0 <= second:
        return Range(Decimal(0), max(abs(first), abs(second)))
    low, high = sorted((abs(first), abs(second)))
    return Range(low, high)
