"""A number, those near it, and what the words before them say: whether it falls to one, is a part, or is there to be compared with."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from sitegen.amounts import is_count
from sitegen.checks.base import Said, either, is_size, last_piece, words
from sitegen.checks.increments import is_increment
from sitegen.model import Claim

_BACK, ABOVE, _MOST = 8, 30, 9


class Near(NamedTuple):
    """A number and those near it, the nearest first."""

    at: int
    said: Said
    before: tuple[Said, ...]
    behind: tuple[Said, ...]
    above: tuple[Said, ...]
    inside: frozenset[int] = frozenset()


def near(chain: Sequence[Said], at: int, inside: frozenset[int]) -> Near:
    """The number at a place with those near it; inside: the ids of those that are parts of another."""
    said = chain[at]
    paragraph = said.claim.paragraph
    before = tuple(
        each for each in reversed(chain[max(0, at - _BACK) : at]) if each.claim.paragraph == paragraph
    )
    behind = tuple(each for each in chain[at + 1 : at + 1 + _MOST] if each.claim.paragraph == paragraph)
    above = tuple(
        each for each in reversed(chain[max(0, at - ABOVE) : at]) if each.claim.paragraph != paragraph
    )
    return Near(at, said, before, behind, above, inside)


class Patterns(NamedTuple):
    """What the words before a number match, from their end on; change, joint: all of them."""

    each: re.Pattern[str]
    gap: re.Pattern[str]
    left: re.Pattern[str]
    sum: re.Pattern[str]
    total: re.Pattern[str]
    change: re.Pattern[str]
    base: re.Pattern[str]
    than: re.Pattern[str]
    share: re.Pattern[str]
    rate: re.Pattern[str]
    joint: re.Pattern[str]
    opened: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """The patterns made of the words of data/checks/relations.yml."""
    data = words("relations")
    units, short = either(list(data["each"])), "[^,;。、\\d]"
    compared = "(?:[比较][^,;。、\\d]{1,6}|上[^,;。、]{1,4}期)"
    return Patterns(
        re.compile(
            rf"(?:每一?(?P<every>{units}|[一-鿿]){short}{{0,9}}|(?P<mean>{units}|(?!平)[一-鿿])均{short}{{0,7}}"
            rf"|(?P<name>{either(list(data['named']))}){short}{{0,6}})$"
        ),
        re.compile(rf"{either(data['gap'])}(?:了|约|近|达|出|收|支|用|花|放|运|发|产|加)?{short}{{0,2}}$"),
        re.compile(rf"{either(data['left'])}{short}{{0,6}}$"),
        re.compile(rf"{either(data['sum'])}{short}{{0,8}}$"),
        re.compile(rf"(?:^|[,;。、]){short}{{0,6}}(?:总[数额量]|合计|总计|共计|共|一共|总共|加起来|合起来){short}{{0,4}}$"),
        re.compile(rf"[,、(]?(?:{either(data['since'])}|{compared})*{either(data['change'])}[了约近达幅率过]*"),
        re.compile(
            rf"(?:[比较由从]|{either(words('bases')['earlier'])})(?![^,;。、]*(?:[增减多少高低快慢降升涨跌]|超过|缩短))[^,;。、]{{0,12}}$"
        ),
        re.compile(r"(?:[比较由从]|同期|年初|上届|上月|上季度)(?![^,;。、]*(?:[增减多少高低快慢降升涨跌]|超过|缩短))[^,;。、]{0,12}$"),
        re.compile(
            "(?:^|[,;。、:])(?P<part>[^,;。、:占]*?)[约只仅就也已还]*(?:占|相当于)(?:到|了|比)?(?P<whole>[^,;。、]{0,14}?)的?(?:比重|比例)?[为达到约近仅]*$"
        ),
        re.compile("(?:率|比重|比例|占比|份额)[为达到约近仅]*$"),
        re.compile("[、,和及与以]+[^,;。、]{0,20}"),
        re.compile("其中|包括|包含|分别|分为|[:(]|中,|[^看]看,|按[^,;。]{1,6}分"),
    )  # fmt: skip


def is_base(said: Said) -> bool:
    """Whether the words say that another number is compared with this one, or name a year before."""
    lead = last_piece(said.lead)
    return patterns().base.search(lead) is not None and not patterns().gap.search(lead[:-2] or lead)


def is_earlier(said: Said) -> bool:
    """Whether the number is only there for another to be compared with."""
    return patterns().than.search(last_piece(said.lead)) is not None


def is_each(said: Said) -> bool:
    """Whether the number falls to one of many; 每天 and 每年 say only when."""
    match = patterns().each.search(last_piece(said.lead))
    return match is not None and (match["every"] or match["mean"] or "") not in words("relations")["lasting"]


def is_reached(said: Said) -> bool:
    """升到34.5, 在387万的基础上: a number that was or is come to from another one."""
    behind = said.sentence.text[said.claim.end : said.claim.end + 6]
    return (
        "基础上" in behind
        or re.search("[增提升降减缩扩压涨跌][^,;。、]{0,2}[到至]", last_piece(said.lead)) is not None
    )


def is_part(said: Said) -> bool:
    """Whether the number may be a part of another, or have parts: no rate, mean, change or earlier number."""
    each = patterns().each.search(last_piece(said.lead))
    return (
        is_size(said.claim.unit)
        and not each
        and not is_reached(said)
        and not is_increment(said.lead)
        and not is_earlier(said)
    )


def of_kind(claim: Claim, other: Claim) -> bool:
    """Whether one may be a part of the other: 2.85万人 of 3万名."""
    if claim.unit == other.unit:
        return True
    visits, things = words("units")["visits"], words("units")["things"]
    return (claim.unit in visits and other.unit in visits) or (
        is_count(claim.unit) and is_count(other.unit) and bool({claim.unit, other.unit} & set(things))
    )
