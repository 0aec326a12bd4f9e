"""So much each, so many, and all of it: 48列，每列613人，可运送2.94万人次; 产茶2.1万吨，每公斤60元，产值12.6亿元; 每年6亿元，三年共18亿元."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from sitegen.amounts import is_count
from sitegen.checks.base import (
    RATES,
    WHOLE,
    Range,
    Said,
    Sentence,
    chains,
    decimals,
    either,
    finding,
    last_piece,
    like,
    plain,
    reach,
    shown,
    times,
    words,
)
from sitegen.checks.bases import compared, is_daily
from sitegen.checks.misprints import digits_of, turned
from sitegen.model import Claim, Warning
from sitegen.numerals import numeral_at

_BACK = 5  # so many numbers before the total at most


class _Each(NamedTuple):
    """The number that falls to one, in which unit the many are counted, and how large one is in that unit."""

    said: Said
    unit: str | None
    size: Decimal


class _Patterns(NamedTuple):
    each: re.Pattern[str]
    price: re.Pattern[str]
    total: re.Pattern[str]
    yearly: re.Pattern[str]
    years: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = words("multiples")
    return _Patterns(
        re.compile(rf"(?:{data['of']})(?!{either(data['times'])})(?P<unit>{either(list(data['units']))}|(?!一)[一-鿿])[^,;。、\d]{{0,8}}$"
            rf"|(?!{either(data['times'])}|平)(?P<mean>[一-鿿])均(?!价)[^,;。、\d]{{0,6}}$"),
        re.compile(rf"{either(data['price'])}[^,;。、\d]{{0,4}}$"),
        re.compile(rf"{either(data['total'])}[^,;。、\d]{{0,6}}$"),
        re.compile(r"每年[^,;。\d]{0,8}$"),
        re.compile(rf"(?<!\d)(?P<years>\d{{1,2}}|[一二两三四五六七八九十]{{1,2}})年{either(data['all'])}[^,;。\d]{{0,6}}$"),
    )  # fmt: skip


def multiples(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on totals behind the number of one and the number of many; sentences: those of one article, in order."""
    rows = chains(sentences)
    article = [said for row in rows for said in row]
    for chain in rows:
        for at, total in enumerate(chain):
            if total.claim.unit in RATES or total.claim.value <= 0 or not at:
                continue
            yield from _of_years(chain[at - 1], total)
            lead = last_piece(total.lead)
            if at > 1 and _patterns().total.search(lead) and not _each(total) and not _is_mean(lead):
                yield from _total(chain[max(0, at - _BACK) : at], total, article)


def _is_mean(lead: str) -> bool:
    return any(word in lead for word in words("sums")["means"])


def _each(said: Said) -> _Each | None:
    lead, data = last_piece(said.lead), words("multiples")
    if said.claim.unit in RATES or said.claim.value <= 0:
        return None
    if match := _patterns().each.search(lead):
        name = match["unit"] or match["mean"]
        row = data["units"].get(name, {"unit": name, "size": "1"})
        return _Each(said, row["unit"], Decimal(row["size"]))
    if _patterns().price.search(lead):
        return _Each(said, None, WHOLE)
    return None


def _total(before: Sequence[Said], total: Said, article: Sequence[Said]) -> Iterator[Warning]:
    """The finding on the nearest number of one; none where another pair of numbers before it makes the total, or the two make
    another number of the article.
    """
    each = next((found for found in map(_each, reversed(before)) if found and _of_kind(found, total)), None)
    if each is None or any(_makes(one, many, total, WHOLE) for one, many in _others(before, total)):
        return
    rest = [said for said in before if said is not each.said and _counts(said, each)]
    fit = next((many for many in rest if _makes(each.said, many, total, each.size)), None)
    if fit:
        yield _says(each, fit, total, "agrees", None)
    elif rest:
        many = min(rest, key=lambda said: abs(before.index(said) - before.index(each.said)))
        meant = _meant(each, many, total)
        most = (
            replace(total.claim, bound="exact") if total.claim.bound == "at_most" else total.claim
        )  # 全天最多5400人
        elsewhere = any(_of_kind(each, said) and _makes(each.said, many, said, each.size) for said in article)
        if (
            meant
            and not elsewhere
            and total.claim.value > each.said.claim.value
            and plain(each.said.claim, many.claim, most)
        ):
            yield _says(each, many, total, "differs", meant)


def _others(before: Sequence[Said], total: Said) -> Iterator[tuple[Said, Said]]:
    """Other pairs that may make the total, one of them in its unit."""
    counts = [said for said in before if said.claim.unit not in RATES and not _each(said)]
    yield from (
        (one, many)
        for one in counts
        for many in counts
        if one is not many and one.claim.unit == total.claim.unit
    )


def _of_kind(each: _Each, total: Said) -> bool:
    one = each.said.claim
    return (
        one.unit == total.claim.unit or {one.unit, total.claim.unit} <= set(words("units")["visits"])
    ) and (one.status == total.claim.status)


def _counts(said: Said, each: _Each) -> bool:
    """Whether the number counts what the other falls to; for a price, that stands right before it."""
    if _each(said) or said.claim.unit in RATES or is_daily(said.lead) or compared(said.lead):
        return False
    if each.unit is None:
        return is_count(said.claim.unit) and said.claim.unit not in words("units")["visits"]
    return said.claim.unit == each.unit


def _makes(one: Said, many: Said, total: Said, size: Decimal) -> bool:
    return _product(one.claim, many.claim, size).meets(reach(total.claim, WHOLE))


def _product(one: Claim, many: Claim, size: Decimal) -> Range:
    first, second = reach(one), reach(many)
    return Range(first.low * second.low / size, first.high * second.high / size)


def _meant(each: _Each, many: Said, total: Said) -> str | None:
    """What one of the three should read, if its digits are swapped or its point or scale is elsewhere."""
    one, count = each.said.claim, many.claim
    if sum(map(digits_of, (one, count, total.claim))) < words("multiples")["digits"]:
        return None
    made = _product(one, count, each.size)
    for claim, other in ((total.claim, None), (one, count), (count, one)):
        if other is not None and other.value <= 0:
            continue
        right = made if other is None else times(reach(total.claim), each.size / other.value)
        width = (reach(claim).high - reach(claim).low) / 2
        value = turned(claim, Range(right.low - width, right.high + width))
        if value is not None:
            return like(value, claim).replace(",", "")
    return None


def _says(each: _Each, many: Said, total: Said, verdict: str, meant: str | None) -> Warning:
    one, count, whole = each.said.claim, many.claim, total.claim
    made = like(one.value * count.value / each.size, whole, decimals(whole) + 1)
    return finding(
        "multiples", verdict, "agrees" if verdict == "agrees" else "differs", (whole, count, one), total.sentence.facts,
        f"{shown(count)} × {shown(one)} = {made}，原文{shown(whole)}", suggestion=meant,
        each=shown(one), product=made, total=shown(whole),
    )  # fmt: skip


def _of_years(one: Said, total: Said) -> Iterator[Warning]:
    """每年安排6亿元，三年共18亿元: the words say that the total is so many times the yearly number."""
    match = _patterns().years.search(last_piece(total.lead))
    together = one.sentence is total.sentence and one.claim.unit == total.claim.unit
    numeral = numeral_at(match["years"], 0) if match and together else None
    if numeral is None or not numeral.value or not _patterns().yearly.search(last_piece(one.lead)):
        return
    made = times(reach(one.claim), Decimal(numeral.value))
    fits = made.meets(reach(total.claim))
    if not fits and not plain(one.claim, total.claim):
        return
    size = like(one.claim.value * numeral.value, total.claim)
    verdict = "agrees" if fits else "differs"
    yield finding(
        "multiples", verdict, "agrees" if fits else "differs", (total.claim, one.claim), total.sentence.facts,
        f"{shown(one.claim)} × {numeral.value:f} = {size}，原文{shown(total.claim)}", each=shown(one.claim), product=size,
        total=shown(total.claim),
    )  # fmt: skip
