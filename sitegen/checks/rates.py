"""Part ÷ whole = printed rate: 137 of 160 is 85.6%; 认购43.5亿元 of 15亿元 is 2.9倍."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from sitegen.checks.base import (
    RATES,
    Range,
    Sentence,
    decimals,
    either,
    finding,
    is_size,
    like,
    makes,
    plain,
    quotient,
    reach,
    rounded,
    shown,
    step,
    words,
)
from sitegen.checks.misprints import has_other_whole, turned
from sitegen.model import Claim, Warning


class _Ratio(NamedTuple):
    """What a rate is said to be the rate of; sure: the text says so, so a mismatch is a contradiction."""

    part: Claim
    whole: Claim
    sure: bool


class _Patterns(NamedTuple):
    whole_inside: re.Pattern[str]
    shares_of: re.Pattern[str]
    named: re.Pattern[str]
    bare: re.Pattern[str]
    rate: re.Pattern[str]
    taken: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = words("rates")
    carry, share = f"{either(data['carry'])}*", either(data["share"])
    done = r"[^,;。、\d]{1,16}(?=[,(])"  # 2520所实现了“一无两有”，占80%
    aside = r"(?:[,、][^,;。、]{1,10}(?=[,、]))?"  # 稳居全国第一，占; never a subject of its own: 研发投入占
    return _Patterns(
        re.compile(rf"的{carry}"),
        re.compile(rf"(?:{share}|{either(data['of_plan'])})[^,;。]{{0,12}}"),
        re.compile(rf"{aside}[,、]?[约已]?占(?:到|了)?(?P<whole>[^,;。、比]{{1,14}}?)的?{carry}"),
        re.compile(rf"(?:{aside}|{done})[,、(（]?[约已]?{share}{carry}"),
        re.compile(rf"{aside}[,、(（](?P<stem>[^,;。、的]{{1,4}}?)(?:率|{either(data['ratio'])}){carry}"),
        re.compile(either(data["inside"])),
    )


def rates(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on all rates whose part and whole are printed; sentences: those of one article, in order."""
    seen: dict[str | None, list[Claim]] = {}
    for sentence in sentences:
        for index, claim in enumerate(sentence.claims):
            if claim.unit in {"%", "times"} and index and claim.value > 0:
                ratio = _ratio(sentence, index, seen.get(sentence.claims[index - 1].unit, []))
                if ratio is not None:
                    yield from _judge(sentence, claim, ratio)
            seen.setdefault(claim.unit, []).append(claim)


def _ratio(sentence: Sentence, index: int, seen: Sequence[Claim]) -> _Ratio | None:
    gap, before, patterns = sentence.gap(index), sentence.claims[index - 1], _patterns()
    if not is_size(before.unit):
        return None
    if sentence.claims[index].unit == "times":
        match = patterns.rate.fullmatch(gap)
        whole = _nearest(sentence, index - 1, larger=False) if match else None
        named = match is not None and match["stem"] in sentence.gap(index - 1)
        return _Ratio(before, whole, sure=True) if whole and named and _named_ratio(gap) else None
    if (
        patterns.whole_inside.fullmatch(gap)
        and index > 1
        and patterns.shares_of.search(sentence.gap(index - 1))
    ):
        part = next((c for c in reversed(sentence.claims[: index - 1]) if c.unit == before.unit), None)
        return _Ratio(part, before, sure=True) if part else None
    if patterns.bare.fullmatch(gap):
        whole = _nearest(sentence, index - 1, larger=True) or _above(sentence, before, seen)
        return _Ratio(before, whole, sure=_taken(sentence, whole, before)) if whole else None
    if match := patterns.named.fullmatch(gap):
        return _of_named(sentence, index, match["whole"], seen)
    if match := patterns.rate.fullmatch(gap):
        whole = _nearest(sentence, index - 1, larger=True)
        if whole and _same_stem(
            match["stem"],
            sentence.text[whole.end : sentence.claims[index].start - len(gap) + 1],
            sentence.gap(index - 1),
        ):
            noun = sentence.gap(index - 1).rpartition(match["stem"])[2].lstrip("了到出")
            said = match["stem"] in sentence.gap(index - 1) and sentence.claims[index - 2] is whole
            said &= noun in sentence.text[: whole.start]  # 兑付补贴 is no part of 销售额
            return _Ratio(before, whole, sure=said or _taken(sentence, whole, before))
    return None


def _named_ratio(gap: str) -> bool:
    return any(word in gap for word in words("rates")["ratio"])


def _nearest(sentence: Sentence, index: int, *, larger: bool) -> Claim | None:
    """The nearest claim before number index with its unit, and larger than it where asked."""
    part = sentence.claims[index]
    for claim in reversed(sentence.claims[:index]):
        if claim.unit == part.unit and claim.per == part.per and (not larger or claim.value > part.value):
            return claim
    return None


def _above(sentence: Sentence, part: Claim, seen: Sequence[Claim]) -> Claim | None:
    """The whole that a sentence beginning with 其中 takes its part out of: the largest number in its unit of the paragraph."""
    text = sentence.text[sentence.span.start : part.start].lstrip()
    if not text.startswith(tuple(words("rates")["opens"])) or part is not next(
        (c for c in sentence.claims if c.unit == part.unit), None
    ):
        return None
    here = [
        c
        for c in seen
        if c.paragraph == part.paragraph and c.per == part.per and c.end <= sentence.span.start
    ]
    return max((c for c in here if c.value > part.value), key=lambda c: c.value, default=None)


def _taken(sentence: Sentence, whole: Claim, part: Claim) -> bool:
    """Between whole and part stands a word that takes the one out of the other, and no number of the same unit."""
    if whole.end <= sentence.span.start:  # where the sentence itself begins with 其中
        return True
    between = sentence.between(whole, part)
    others = [c for c in sentence.claims if whole.end <= c.start and c.end <= part.start]
    if others and others[0].unit != part.unit:  # 其中海拔4000米以上的路段960公里: the word stands before both
        between, others = sentence.between(whole, others[0]), []
    return (
        "。" not in between and ";" not in between and not others and bool(_patterns().taken.search(between))
    )


def _of_named(sentence: Sentence, index: int, name: str, seen: Sequence[Claim]) -> _Ratio | None:
    """占总投资的74%: the whole is the latest number whose label is 总投资."""
    part = sentence.claims[index - 1]
    if (inside := re.search(r"(?<![\d.,])(?P<count>\d+)(?P<unit>[^\d]{1,2})$", name)) and inside[
        "unit"
    ] == part.unit:
        # 优良天数172天，占全年366天的47%
        days = replace(part, value=Decimal(inside["count"]), value_max=None, bound="exact", raw=inside[0])
        return _Ratio(part, days, sure=True) if days.value >= part.value else None
    if name in words("rates")["named_last"]:
        whole = _nearest(sentence, index - 1, larger=True)
        return _Ratio(part, whole, sure=_taken(sentence, whole, part)) if whole else None
    stem = re.sub(rf"{either(words('rates')['named_last'])}$", "", name)
    for claim in reversed(seen[-12:]):
        near = claim.paragraph == part.paragraph and claim.id != part.id
        if (
            near
            and claim.unit == part.unit
            and claim.value > part.value
            and len(stem) > 1
            and claim.label.endswith(stem)
        ):
            return _Ratio(part, claim, sure=claim.place == part.place)
    whole = _nearest(sentence, index - 1, larger=True)
    if whole is not None and _calls(sentence.gap(sentence.claims.index(whole)), name):
        return _Ratio(part, whole, sure=_taken(sentence, whole, part))
    return None


def _calls(lead: str, name: str) -> bool:
    """占危房总面积的 speaks of 危房校舍: the name begins with two characters that stand before the whole."""
    return (
        len(name) > 3
        and name[:2] in lead[-12:]
        and any(word in name for word in words("rates")["named_last"])
    )


def _same_stem(stem: str, between: str, before: str) -> bool:
    """开工率 goes with 已开工项目, 安装率 with 已装了: the rate's verb is printed with its part."""
    stem = stem.removesuffix("化")
    return len(stem) > 1 and (stem in between or (stem[-1] in before[-3:] and stem[-1] != "产"))


def _judge(sentence: Sentence, rate: Claim, ratio: _Ratio) -> Iterator[Warning]:
    factor = Decimal(100) if rate.unit == "%" else Decimal(1)
    exact = ratio.part.value / ratio.whole.value * factor
    fits = makes(rate, ratio.part, ratio.whole)
    meant = None if fits else _turned(rate, ratio)
    sure = ratio.sure and rate.bound == "exact"  # 占99%以上 is of a whole that nobody printed
    if not fits and ((not sure and meant is None) or _elsewhere(sentence, rate)):
        return
    if not fits and has_other_whole(rate, ratio.part, ratio.whole, sentence.facts.claims):
        return
    unit = "%" if rate.unit == "%" else "倍"
    computed = rounded(exact, max(decimals(rate), 0 if fits and rate.raw[0].isdigit() else 1)) + unit
    part, whole, printed = shown(ratio.part), shown(ratio.whole), shown(rate)
    yield finding(
        "rates", "agrees" if fits else "differs", "agrees" if fits else "differs", (rate, ratio.part, ratio.whole),
        sentence.facts, f"{part} ÷ {whole} = {computed}，原文{printed}", part=part, whole=whole, rate=printed,
        suggestion=None if meant is None else like(meant, rate),
    )  # fmt: skip


def _turned(rate: Claim, ratio: _Ratio) -> Decimal | None:
    """What the rate was before its digits were swapped or its point moved, if that is what the two numbers make."""
    made = quotient(reach(ratio.part), reach(ratio.whole))
    if made is None or rate.unit != "%" or not plain(rate, ratio.part, ratio.whole):
        return None
    width = step(rate) / 2
    return turned(rate, Range(made.low * 100 - width, made.high * 100 + width))


def _elsewhere(sentence: Sentence, rate: Claim) -> bool:
    """Whether some other two numbers of the sentence, or a sum of parts, make the rate."""
    before = [c for c in sentence.claims if c.end <= rate.start and c.unit not in RATES and c.value > 0][-8:]
    pairs = ((p, w) for p in before for w in before if p.unit == w.unit and p.value < w.value)
    return any(makes(rate, part, whole) for part, whole in pairs)
