"""All, how many, and what falls to one: 交付24艘、合计312万载重吨，平均每艘13万载重吨; 人均消费600元; 满发2000小时."""

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from sitegen.amounts import is_count
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
    last_piece,
    like,
    measured,
    parts_in,
    quotient,
    reach,
    shown,
    times,
    words,
)
from sitegen.checks.increments import is_increment
from sitegen.checks.misprints import reading, swapped
from sitegen.model import Claim, Warning

_CLOSE = Decimal("0.01")
_WORDY = 1000  # 每千人 counts a population, whose number says so


class _Three(NamedTuple):
    """each × members ÷ size = total, all in the units of their claims."""

    total: Said
    members: Said
    each: Said
    size: Decimal


class _Words(NamedTuple):
    each: re.Pattern[str]
    single: re.Pattern[str]
    per: dict[str, tuple[frozenset[str], Decimal]]
    hours: re.Pattern[str]
    called: str
    opened: str


@cache
def _words() -> _Words:
    data = words("averages")
    per = {
        word: (frozenset(row["units"]), Decimal(row["size"])) for row in data["per"] for word in row["words"]
    }
    opened = f"(?:^|[,;。、(]){either(data['opened'])}?"
    ones = (word.replace("每", "一", 1) for word in per if word != "每个")  # 一个月 is no member
    return _Words(
        re.compile(
            rf"(?:{opened}|(?<=[,;。、])[一-鿿]{{1,4}}?(?=[人户]均))(?P<per>{either(list(per))})(?P<what>[^,;。、\d]{{0,10}})$"
        ),
        re.compile(either([*per, *ones])),
        per,
        re.compile(rf"{either(data['hours'])}{either(data['carry'])}*$"),
        data["members"],
        opened,
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
    found = _per(chain, at) if one.claim.unit not in RATES and one.claim.value > 0 else None
    if found is None:
        return None
    what, units, size = found
    inside = parts_in(chain)
    before = [chain[place] for place in range(max(0, at - 8), at) if not is_increment(chain[place].lead)]
    called = _words().called if size >= _WORDY and "m2" not in units else ""
    counts = [said for said in before if said.claim.unit in units and called in said.lead]
    if not counts and at + 1 < len(chain) and chain[at + 1].sentence is one.sentence:
        counts = [chain[at + 1]] if chain[at + 1].claim.unit in units else []
    totals = [said for said in before if _of_one_kind(said, one.claim, what, units)]
    threes = [
        _Three(total, count, one, size)
        for total in reversed(totals)
        for count in reversed(counts)
        if total is not count
        and not _words().each.search(total.lead)  # 三十五斤 an 亩 is no total
        and (total.claim.status == one.claim.status or one.claim.unit == "kW")  # of one plant, built or not
        and (total.claim.value >= one.claim.value or "hour" in units)  # 818公里 an hour is no part of a way
    ]
    outside = next((three for three in threes if not _is_part(three, chain, inside, at)), None)
    right = next((three for three in threes if _fits(three)), None)
    if right is None and threes and _of_one(threes[0].total):
        return None  # the nearest says of itself that it is of one: an account of single members follows
    return right or next((three for three in threes if _moved(three) or _swapped(three)), outside)


def _of_one(said: Said) -> bool:
    """Whether the clause up to the number is about a single member: 一亩地360公斤就要792元."""
    text = said.sentence.text[said.sentence.span.start : said.claim.start]
    return _words().single.search(last_piece(text)) is not None


def _is_part(three: _Three, chain: Sequence[Said], inside: Collection[int], at: int) -> bool:
    """Whether the total or the members are a part of more, and do not stand next to the average."""
    places = [place for place, said in enumerate(chain) if said is three.total or said is three.members]
    return any(place in inside and place != at - 1 for place in places)


def _per(chain: Sequence[Said], at: int) -> tuple[str, frozenset[str], Decimal] | None:
    """What is measured, the units of the members and for how many of them; a measure word of the paragraph is one, too."""
    lead = chain[at].lead
    if match := _words().each.search(lead):
        return match["what"], *_words().per[match["per"]]
    units = sorted({said.claim.unit for said in chain[:at] if is_count(said.claim.unit) and said.claim.unit})
    match = (
        re.search(rf"{_words().opened}每(?P<unit>{either(units)})(?P<what>[^,;。、\d]{{0,10}})$", lead)
        if units
        else None
    )
    return (match["what"], frozenset({match["unit"]}), Decimal(1)) if match else None


def _of_one_kind(said: Said, one: Claim, what: str, units: frozenset[str]) -> bool:
    """The total has the average's unit; where both count members, 平均每人带动5人, words of the average stand before it."""
    total, persons = said.claim, set(words("units")["persons"])
    same = (
        alike(total, one)
        or (total.unit == one.unit and not total.per and one.per in units)
        or ({total.unit, one.unit} <= persons and not total.per)
    )
    again = any(what[at : at + 2] in said.lead for at in range(len(what) - 1))
    year = (
        total.unit == one.unit
        and not total.per
        and one.per == "year"
        and re.fullmatch(r"\d{4}", total.period or "")
    )
    return bool(
        (same or year)
        and total.kind != "growth"
        and (total.unit not in units or again)
        and not _other(said, what)
    )


def _other(said: Said, what: str) -> bool:
    """每亩收入 is no average of 总投入: both name what is measured, and not the same."""
    ours, theirs = measured(what), measured(last_piece(said.lead))
    return bool(ours and theirs and not ours & theirs)


def _hours(chain: Sequence[Said], at: int) -> _Three | None:
    """Energy ÷ power: the hours for which a plant would have to run at full power."""
    hours, energy = chain[at], chain[at - 1]
    if hours.claim.unit != "hour" or energy.claim.unit != "kWh" or not _words().hours.search(hours.lead):
        return None
    powers = [said for said in reversed(chain[:at]) if said.claim.unit == "kW"]
    power = next((said for said in powers if not _words().each.search(said.lead)), None)
    return _Three(energy, power, hours, Decimal(1)) if power else None


def _mean(each: Claim) -> Range:
    """What a printed average may stand for: 平均每名服务2人 is rounded, though 2人 alone would not be."""
    printed = reach(each)
    return printed if printed.low < printed.high else Range(printed.low - HALF, printed.high + HALF)


def _fits(three: _Three) -> bool:
    made, some = _mean(three.each.claim), reach(three.members.claim)
    return Range(made.low * some.low / three.size, made.high * some.high / three.size).meets(
        reach(three.total.claim)
    )


def _swapped(three: _Three) -> bool:
    """Whether two swapped digits of the average explain it: 410公斤 for 140公斤."""
    made = times(
        quotient(reach(three.total.claim), reach(three.members.claim)) or Range(HALF, -HALF), three.size
    )
    return made.low > 0 and any(made.low <= value <= made.high for value in swapped(three.each.claim))


def _moved(three: _Three) -> bool:
    """Whether the three would fit if the point or the word of scale of one of them stood elsewhere."""
    ratio = three.total.claim.value * three.size / (three.each.claim.value * three.members.claim.value or 1)
    return any(abs(ratio.scaleb(int(power)) - 1) < _CLOSE for power in words("misprints")["powers"])


def _judge(three: _Three) -> Iterator[Warning]:
    total, count, each, size = three.total.claim, three.members.claim, three.each.claim, three.size
    made, some, whole = _mean(each), reach(count), reach(total)
    product = Range(made.low * some.low / size, made.high * some.high / size)
    fits = product.meets(whole)
    meant = None if fits else reading(_pairs(three, product))
    bounds = {"exact", "about"} if each.unit == "hour" else {"exact"}
    exact = all(c.bound in bounds and c.value_max is None for c in (total, count, each))
    if (not fits and not (meant and exact)) or count.value <= 0:
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
