"""A total of a time and what falls to one day or month of it: 全年3.02亿人次，日均82.7万人次."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from sitegen.checks.base import (
    Range,
    Said,
    Sentence,
    chains,
    either,
    finding,
    last_piece,
    like,
    reach,
    shown,
    words,
)
from sitegen.checks.bases import compared
from sitegen.checks.misprints import reading
from sitegen.model import Verdict, Warning
from sitegen.numerals import numeral_at

_DAYS = 365
_MONTH = re.compile(r"(\d{4})-(\d\d)(?:/\1-(\d\d))?")


@cache
def _opened(name: str) -> re.Pattern[str]:
    return re.compile(rf"^{either(words('daily')[name])}[^,;。、\d]{{0,8}}$")


def daily(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on means of a day or a month whose total stands before them in the same paragraph, or the year's right behind."""
    for chain in chains(sentences):
        for one, behind in pairwise(chain):
            yield from _of_year(one, behind)
        for at, each in enumerate(chain):
            name = next((n for n in ("day", "month") if _opened(n).search(last_piece(each.lead))), None)
            total = _total(chain, at) if name else None
            days = name == "day"
            count = (days and _said(total)) or length(total.claim.period or "", days=days) if total else None
            if total and count:
                yield from _judge(
                    total, each, count, words("daily")["days" if name == "day" else "months"].format(n=count)
                )


def _of_year(one: Said, total: Said) -> Iterator[Warning]:
    """每天运送328万人次，全年约12亿人次: wrong only where the point or the scale is elsewhere, since no day is like the other."""
    yearly = re.search(rf"{either(words('daily')['yearly'])}[^,;。、\d]{{0,6}}$", last_piece(total.lead))
    alike = one.sentence is total.sentence and one.claim.unit == total.claim.unit
    if not (yearly and alike and _each().search(one.lead) and min(one.claim.value, total.claim.value) > 0):
        return
    ratio, wide = total.claim.value / (one.claim.value * _DAYS), Decimal(words("daily")["wide"])
    powers = (n for n in range(-3, 4) if abs(ratio.scaleb(n) - 1) < wide)
    power = next(powers, None)
    if power is not None:
        yield _says(total, one, _DAYS, words("daily")["days"].format(n=_DAYS), fits=power == 0, meant=None)


@cache
def _each() -> re.Pattern[str]:
    return re.compile(rf"{either([*words('daily')['each'], *words('daily')['day']])}[^,;。、\d]{{0,8}}$")


def _said(total: Said) -> int:
    """How many days stand before the total: 国庆七天，…; 0 where none do."""
    match = re.search(
        r"(?<![第每近\d.])(?P<days>\d{1,3}|[一二两三四五六七八九十]{1,3})天[^,;。\d]{0,4},[^;。]*$",
        total.lead,
    )
    numeral = numeral_at(match["days"], 0) if match else None
    return int(numeral.value) if numeral and numeral.value else 0


def length(period: str, *, days: bool) -> int | None:
    """How many days or months a year, a month or a row of months has; None for other times."""
    if re.fullmatch(r"\d{4}", period):
        return _DAYS if days else 12
    match = _MONTH.fullmatch(period)
    if match is None:
        return None
    year, first, last = int(match[1]), int(match[2]), int(match[3] or match[2])
    return sum(monthrange(year, month)[1] for month in range(first, last + 1)) if days else last - first + 1


def _total(chain: Sequence[Said], at: int) -> Said | None:
    """The nearest number before it in its unit, of the same time and of no unit of time, that is larger."""
    one = chain[at].claim
    for said in reversed(chain[max(0, at - 4) : at]):
        claim = said.claim
        if (
            claim.unit == one.unit
            and claim.per is None
            and claim.value > one.value
            and claim.period == one.period
            and not compared(said.lead)
        ):
            return said
    return None


def _judge(total: Said, each: Said, count: int, days: str) -> Iterator[Warning]:
    whole, one, slack = reach(total.claim), reach(each.claim), Decimal(words("daily")["slack"])
    made = Range(one.low * count * (1 - slack), one.high * count * (1 + slack))
    fits = made.meets(whole)
    share = Range(whole.low / count, whole.high / count)
    exact = all(
        claim.bound in {"exact", "about"} and claim.value_max is None for claim in (total.claim, each.claim)
    )
    meant = None if fits or not exact else reading([(each.claim, share), (total.claim, made)])
    if not fits and not meant:
        return
    yield _says(total, each, count, days, fits=fits, meant=meant)


def _says(total: Said, each: Said, count: int, days: str, *, fits: bool, meant: str | None) -> Warning:
    average = like(total.claim.value / count, each.claim)
    given = {"total": shown(total.claim), "each": shown(each.claim), "days": days, "average": average}
    verdict: Verdict = "agrees" if fits else "differs"
    return finding(
        "daily", verdict, verdict, (each.claim, total.claim), each.sentence.facts,
        f"{given['total']} ÷ {days} = {average}，原文{given['each']}", suggestion=meant, **given,
    )  # fmt: skip
