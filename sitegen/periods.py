"""Periods and dates as they are printed, resolved to ISO against the year of the article. Never reads a clock."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from sitegen.lexicon import packaged

_DIGITS = {char: str(index) for index, char in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "两": "2",
}


_YEAR_SPAN = re.compile(r"[12][0-9]{3}-[12][0-9]{3}")
_ISO_DATE = re.compile(r"[12][0-9]{3}(?:-[0-9]{2}){0,2}")


def is_period(text: str) -> bool:
    """Whether it is a period as the contract writes it: 2023, 2025-04, 2025-06-10, 2024-01/2024-06, 2026-2030."""
    ends = text.split("-") if _YEAR_SPAN.fullmatch(text) else text.split("/", 1)
    return all(map(_is_iso_date, ends)) and len(ends[0]) == len(ends[-1]) and ends[0] <= ends[-1]


def _is_iso_date(text: str) -> bool:
    try:
        return _ISO_DATE.fullmatch(text) is not None and date.fromisoformat(f"{text}-01-01"[:10]) is not None
    except ValueError:
        return False


class DateMention(NamedTuple):
    """A date or period printed at [start, end). iso: as in the contract, or None where it means "now" or cannot be known.

    head: it opens a clause, so it governs what follows.  plain: a mere name of a time (目前) that ends what an
    earlier date governed.
    """

    start: int
    end: int
    iso: str | None
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """What dates without a year are measured from: the article's year, and its day (ISO) if known."""

    year: int | None
    date: str | None


_YEAR = r"(?P<year>(?:19|20)\d{2}|[一二][九〇零○][〇零○一二三四五六七八九]{2})年?"
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3}|两(?=个))"
_REL = r"(?P<rel>今年|去年|前年|上年|明年|后年|本年|当年|同年|次年|翌年)"
_FIRST = re.compile(  # how a date begins: tried before the long pattern
    r"(?=[0-9一二三四五六七八九十今去前上下明后本当同次翌第全年目眼如现近日半中多历常往以从过“‘])(?:"
    r"(?:19|20)\d{2}[-—–~一-鿿（(]|[0-9]\d?[月季个至到~—–-]"
    r"|[一二三四五六七八九十]{1,3}[月季个至到~—–-]|[一二][九〇零○]|[“‘]?十[一二三四五六]五"
    r"|[今去前上明后本当同次翌全]年|前|[上下全]|当前|第|年[内底末初]|目前|眼下|如今|现[在有]|近[日年几些]|多年来|历年|常年|往年|以[往前]|从前|过去|日前|半年报|中报)"
)
_PATTERN = re.compile(
    r"(?:"
    rf"(?:[“‘]?(?P<plan>十[一二三四五六]五)[”’]?(?P<planpart>期间|时期|规划|末|以来|中期)?)"
    rf"|(?:(?:(?P<y1>(?:19|20)\d{{2}}|[一二][九〇零○][〇零○一二三四五六七八九]{{2}})(?:[-—–~至到]{{1,2}}|年至|年到|年[-—–~]{{1,2}})(?P<y2>(?:19|20)\d{{2}})年))"
    rf"|(?:(?:{_YEAR}|{_REL})?(?:的|全)?(?P<half>上半年|下半年|半年报|中报))"
    rf"|(?:(?:(?P<year2>(?:19|20)\d{{2}})年|(?P<rel2>今年|去年|前年|上年|明年|当年))?(?:第)?(?P<quarter>[一二三四1-4]|前三|前两|前2|前3)(?:个?季度|季(?P<paper>报)))"
    rf"|(?:(?:(?P<year3>(?:19|20)\d{{2}})年|(?P<rel3>今年|去年|前年|上年|明年|当年))?的?前(?P<firstmonths>{_NUMBER})个?月份?)"
    rf"|(?:(?:(?P<year4>(?:19|20)\d{{2}})年|(?P<rel4>今年|去年|前年|上年|明年|当年))?的?(?P<m1>{_NUMBER})月?(?:[-—–~至到]{{1,2}})(?P<m2>{_NUMBER})月(?!\d)份?)"
    rf"|(?:(?:(?P<year5>(?:19|20)\d{{2}}|[一二][九〇零○][〇零○一二三四五六七八九]{{2}})年|(?P<rel5>今年|去年|前年|上年|明年|当年|同年))?的?(?P<month>{_NUMBER})月(?:份)?(?:(?P<day>{_NUMBER})(?:日|号)|(?P<part>底|末|初|中旬|上旬|下旬))?)"
    rf"|(?:(?P<year6>(?:19|20)\d{{2}}|[一二][九〇零○][〇零○一二三四五六七八九]{{2}})年(?:全年|度|底|末|初)?(?!代))"
    rf"|(?:{_REL.replace('rel', 'rel6')}(?:全年|度|底|末|初|以来)?)"
    r"|(?P<event>(?:19|20)\d{2})(?=[一-鿿（(]{2,24}?(?:活动|大会|论坛|博览会|峰会|年会|展会|交易会|推介会|洽谈会|节|赛))"
    r"|(?P<now>目前|当前|截至目前|眼下|如今|现在|近日|日前|近(?:几|些)?年来?|多年来|历年|常年|往年|以往|从前|(?<![一-鿿\d])(?:过去|以前)(?=,)|(?<![实发出体呈展表兑])现(?=有))(?!\d)"
    r"|(?P<yearpart>(?<![0-9零一二三四五六七八九十百两几多半来数每])年内|全年|年底|年末|年初)"
    r")"
)


def dates(folded: str, anchor: Anchor) -> tuple[DateMention, ...]:
    """Every date or period in the folded text, in order, as it reads for an article of that year and day."""
    found: list[DateMention] = []
    for match in _printed(folded):
        if _is_base(folded, match):
            continue
        if match[0][0].isdigit() and match.start() and folded[match.start() - 1] in "0123456789.":
            continue
        if (match["quarter"] or match["half"]) and _NAMES_EVENT.match(folded, match.end()):
            continue
        spoken = last_year(found[-1].iso) if found else None
        told = spoken and _is_told(folded, match, found[-1].end)
        iso = _iso(match, Anchor(spoken, anchor.date) if told else anchor)
        if iso is _SKIP:
            continue
        if match["now"] == "现" and found and _goes_on(folded, found[-1].end, match.start()):
            continue
        since = _SINCE.match(folded, match.end()) if match["month"] else None
        if since and iso:
            iso = _until(iso[:7], anchor.date)
        found.append(
            DateMention(
                match.start(), match.end(), iso, bool(match["now"]) or (since is not None and iso is None)
            )
        )
    return tuple(found)


def _goes_on(folded: str, end: int, start: int) -> bool:
    """Whether a date rules over the 现有 inside a clause of its sentence: 截至6月底，全县现有企业33家."""
    return "。" not in folded[end:start] and folded[start - 1].isalpha()


def _is_told(folded: str, match: re.Match[str], end: int) -> bool:
    """Whether a date means the year of the one before it, which ends there: 1998年投产，当年产值…; 2022年底…，全年产值…."""
    if match["yearpart"]:
        between = folded[end : match.start()]
        return match[0] != "年内" and "。" not in between and not _COMING.search(between)
    return any(match[group] in _SAME for group in _RELATIVES)


_NAMES_EVENT = re.compile(  # 举行四季度重大项目集中签约: part of the name of what happened on a day
    r"[一-鿿]{0,14}?(?:集中(?:签约|开工|竣工|投产)|(?:签约|开工|竣工|投产|启动)(?:仪式|活动)|推介会|推进会|现场会)"
)
_COMING = re.compile(
    r"(?:预计|计划|有望|力争|确保|争取|将于?|拟于?|可)$"
)  # 2022年开工，预计年底建成: of this year
_SAME = frozenset({"当年", "同年", "次年", "翌年"})  # as the year spoken of, or the next after it
_SINCE = re.compile(r"[^,;。]{0,6}?以来")


def _until(month: str, day: str | None) -> str | None:
    """X月以来 runs from that month to the article's; None where the article has no day."""
    if not day or day[:7] < month:
        return None
    return month if day[:7] == month else f"{month}/{day[:7]}"


def _printed(folded: str) -> Iterator[re.Match[str]]:
    """What looks like a date, in order, without overlap."""
    position = 0
    while first := _FIRST.search(folded, position):
        match = _PATTERN.match(folded, first.start())
        position = match.end() if match else first.start() + 1
        if match:
            yield match


_BASE_BEFORE = re.compile(r"(?:比|较|与|同|超|超过|超过了|超出|是|于|不及|不如|胜过|相当于)$")
_OF_PLAN = re.compile(r"(?:年度|的)?(?:生产)?(?:计划|目标|任务|预算|总任务)")  # 完成全年计划的79%


def _is_base(folded: str, match: re.Match[str]) -> bool:
    """比去年, 较2017年, 是去年同期的: the time that a number is measured against is not its own; 投产后年产值 is no year."""
    if match["rel6"] == "后年" and folded[match.start() - 1 : match.start()] in {
        "产",
        "用",
        "运",
        "成",
        "工",
        "营",
        "网",
        "车",
    }:
        return True
    before = folded[max(0, match.start() - 4) : match.start()]
    if match["yearpart"] and before.endswith(("完成", "占")) and _OF_PLAN.match(folded, match.end()):
        return True
    return bool(_BASE_BEFORE.search(before)) or folded.startswith(("同期的", "的同期"), match.end())


_SKIP = "skip"
_YEARS = ("year", "year2", "year3", "year4", "year5", "year6")
_RELATIVES = ("rel", "rel2", "rel3", "rel4", "rel5", "rel6")


def _iso(match: re.Match[str], anchor: Anchor) -> str | None:
    if match["plan"]:
        return _plan(match["plan"], match["planpart"] or "", match[0])
    if match["now"]:
        return None
    if match["event"]:
        return match["event"]
    if match["y1"]:
        return f"{_digits(match['y1'])}-{match['y2']}"
    printed = next(filter(None, match.group(*_YEARS)), None)
    relative = next(filter(None, match.group(*_RELATIVES)), None)
    year = int(_digits(printed)) if printed else _relative(relative, anchor)
    if match["yearpart"]:
        return str(year) if year else None
    if year is None:
        return None
    if match["half"]:
        return f"{year}-07/{year}-12" if match["half"][0] == "下" else f"{year}-01/{year}-06"
    if match["quarter"]:
        through = "前三" if match["paper"] and match["quarter"] in "三3" else match["quarter"]
        return _quarter(year, through)  # 三季报 tells of nine months
    if match["firstmonths"]:
        last = _small(match["firstmonths"])
        return f"{year}-01/{year}-{last:02d}" if 1 < last <= 12 else (f"{year}-01" if last == 1 else None)
    if match["m1"]:
        first, last = _small(match["m1"]), _small(match["m2"])
        return f"{year}-{first:02d}/{year}-{last:02d}" if 1 <= first < last <= 12 else _SKIP
    if match["month"]:
        month = _small(match["month"])
        if not 1 <= month <= 12:
            return _SKIP
        day = _small(match["day"]) if match["day"] else 0
        return f"{year}-{month:02d}-{day:02d}" if 1 <= day <= 31 else f"{year}-{month:02d}"
    return str(year)


def _plan(name: str, part: str, printed: str) -> str | None:
    """十五五 is 2026 to 2030; a plan named in a title or as 规划 says no period."""
    number = {"一": 11, "二": 12, "三": 13, "四": 14, "五": 15, "六": 16}[name[1]]
    first = 1956 + (number - 11) * 5 + 50
    if part == "规划" or (not part and printed[0] not in "“‘"):
        return _SKIP
    if part == "末":
        return str(first + 4)
    return f"{first}-{first + 4}" if part else _SKIP


def _relative(word: str | None, anchor: Anchor) -> int | None:
    if anchor.year is None:
        return None
    offset = {"去年": -1, "上年": -1, "前年": -2, "明年": 1, "次年": 1, "翌年": 1, "后年": 2}.get(
        word or "", 0
    )
    return anchor.year + offset


def _quarter(year: int, printed: str) -> str:
    if printed.startswith("前"):
        return f"{year}-01/{year}-{9 if printed[-1] in '三3' else 6:02d}"
    quarter = "一二三四".find(printed) + 1 or int(printed)
    return f"{year}-{3 * quarter - 2:02d}/{year}-{3 * quarter:02d}"


def _digits(printed: str) -> str:
    return "".join(_DIGITS.get(char, char) for char in printed)


def _small(printed: str) -> int:
    """A day or month: 12, 十二, 二十八."""
    if printed.isdigit():
        return int(printed)
    tens, ten, ones = printed.partition("十")
    if not ten:
        return int(_digits(printed)) if len(printed) == 1 else 0
    return (int(_digits(tens)) if tens else 1) * 10 + (int(_digits(ones)) if ones else 0)


@cache
def event_words() -> tuple[str, ...]:
    """Words that place a sentence at the event that the article reports (开幕式上, 会上, 本次)."""
    return tuple(packaged("periods.yml")["event"])


def last_year(iso: str | None) -> int | None:
    """The last year of a period, or None."""
    if not iso:
        return None
    years = _YEARS_IN.findall(iso)
    return int(years[-1]) if years else None


_YEARS_IN = re.compile(r"(?:19|20)\d{2}")
