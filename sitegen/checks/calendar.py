"""Dates and the time between them, as a sentence prints both: from 7月8日 to 11月20日 in 136天, half a year before 2018年6月底."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from sitegen.checks.base import either, words
from sitegen.model import Facts, Warning
from sitegen.numerals import numeral_at
from sitegen.text import Span, fold, sentences

_MONTH_DAYS = 30.44
_DATELINE = re.compile(r"(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日电")
_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年|(?P<word>[今去明前]年))?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|(?P<end>[初中底末]))(?!日?[^,;。]{0,2}电[((])"
)
_YEAR = r"(?P<first>(?:公元)?\d{3,4})年"
_NUMBER = r"(?P<number>\d{1,4}|[一二两三四五六七八九十百千]{1,5})"


class _Day(NamedTuple):
    """A day that a text names. at: where; exact: whether it is told to the day."""

    at: int
    day: date
    printed: str
    exact: bool


def calendar(facts: Facts) -> Iterator[Warning]:
    """Findings on times that the paragraphs of an article print with the dates that enclose them; they rest on words, so on no claim."""
    today = _today(facts)
    if today is None:
        return
    for number, paragraph in enumerate(facts.article.paragraphs):
        text = fold(paragraph.text)
        for span in sentences(text):
            sentence = text[span.start : span.end]
            for found in (_days, _advance, _years, _ago):
                for given, says in found(sentence, today):
                    yield _says(facts, number, span, given, says)


def _today(facts: Facts) -> date | None:
    """The day of the dateline, else that of the paper."""
    if not facts.article.date or len(facts.article.date) < len("2000-01-01"):
        return None
    paper = date.fromisoformat(facts.article.date[:10])
    match = next(
        (m for p in facts.article.paragraphs[:2] if (m := _DATELINE.search(fold(p.text)[:40]))), None
    )
    if match is None:
        return paper
    day = int(match["day"])
    if match["month"]:
        month = int(match["month"])
        return _date(paper.year - (month > paper.month), month, day) or paper
    if day <= paper.day:
        return paper.replace(day=day)
    before = paper.replace(day=1) - timedelta(days=1)  # 30日电 in a paper of the 1st
    return _date(before.year, before.month, day) or paper


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _named(sentence: str, today: date) -> list[_Day]:
    """The days that the sentence names, in their order; months without a day where they are called 底 or 初."""
    data, found = words("calendar"), list[_Day]()
    for match in _DATE.finditer(sentence):
        year = (
            int(match["year"])
            if match["year"]
            else today.year + {"去年": -1, "明年": 1, "前年": -2}.get(match["word"], 0)
        )
        day = int(match["day"]) if match["day"] else {"初": 3, "中": 15}.get(match["end"], 28)
        if when := _date(year, int(match["month"]), day):
            found.append(_Day(match.start(), when, match[0], bool(match["day"])))
    for match in re.finditer(either(data["today"]), sentence):
        found.append(_Day(match.start(), today, f"{today.month}月{today.day}日", exact=True))
    for match in re.finditer(either(data["yesterday"]), sentence):
        before = date.fromordinal(today.toordinal() - 1)
        found.append(_Day(match.start(), before, f"{before.month}月{before.day}日", exact=True))
    return sorted(found)


def _number(text: str) -> int:
    numeral = numeral_at(text, 0)
    return int(numeral.value) if numeral and numeral.value else 0


_Found = Iterator[tuple[dict[str, str], str]]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    data = words("calendar")
    amount = rf"(?:(?P<half>半年)|{_NUMBER}(?P<unit>天|个月|年))(?!前|[度级代的])"
    return {
        "days": re.compile(rf"{either(data['days'])}[^,;。\d]{{0,3}}{_NUMBER}(?:天|个昼夜)"),
        "advance": re.compile(rf"(?:{either(data['sooner'])}|{either(data['later'])})(?:了|近|约|整整)?{amount}"),
        "planned": re.compile(either(data["planned"])),
        "since": re.compile(
            rf"(?:自|从|由|于){_YEAR}(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?{either(data['since'])}[^。;\d]{{0,6}}?"
            rf"(?:(?<![\d第近前头])(?P<years>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})(?:多)?年来)"
        ),
        "from": re.compile(rf"(?:自|从){_YEAR}(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?{either(data['since'])}"),
        "until": re.compile(r"(?:到|至|截至|截止)(?P<last>(?:19|20)\d\d)年"),
        "ago": re.compile(rf"(?<![前\d])(?:公元)?(?P<first>\d{{3,4}})年[^。;]*?{either(data['ago'])}(?:已有|已|约|整整)*{_NUMBER}年"),
        "born": re.compile(
            rf"(?P<first>(?:18|19|20)\d\d)年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?{either(data['born'])}[^。;\d]*?今年(?:已经|已|刚|才)?{_NUMBER}岁(?!的)"
        ),
    }[name]  # fmt: skip


def _days(sentence: str, today: date) -> _Found:
    """Days between the two days that the sentence names: from the first to the second, one of them or both counted."""
    match = _pattern("days").search(sentence)
    named = [day for day in _named(sentence, today) if day.exact]
    if match is None or len(named) != 2 or named[0].day >= named[1].day:
        return
    gap, printed = (named[1].day - named[0].day).days, _number(match["number"])
    if printed not in {gap - 1, gap, gap + 1} and _is_slip(match["number"], printed, {gap, gap + 1}):
        yield _given(named[0].printed, named[1].printed, f"{gap + 1}天", f"{match['number']}天"), "differs"


def _is_slip(text: str, printed: int, right: set[int]) -> bool:
    """Whether one slip of the hand leads from one of the right numbers to the printed one."""
    return any(_one_slip(str(printed), str(value)) for value in right if value > 0)


def _one_slip(wrong: str, right: str) -> bool:
    """Two digits in the other order, one digit another, one more or one less."""
    if len(wrong) == len(right):
        return sorted(wrong) == sorted(right) or sum(a != b for a, b in zip(wrong, right, strict=True)) == 1
    long, short = sorted((wrong, right), key=len, reverse=True)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _advance(sentence: str, today: date) -> _Found:
    """提前 or 推迟 by so much: from the day that was planned to the one that the sentence names besides, or to today."""
    match, plan = _pattern("advance").search(sentence), _pattern("planned").search(sentence)
    if match is None or plan is None:
        return
    named = _named(sentence, today)
    planned = next((day for day in named if plan.end() <= day.at < match.start()), None)
    others = [day for day in named if day is not planned]
    ahead = planned is not None and planned.day > today  # then it was done of late; else nobody says when
    if planned is None or len(others) > 1 or not (others or ahead):
        return
    day = _Day(0, today, f"{today.year}年{today.month}月{today.day}日", exact=True)
    actual = others[0] if others else day
    gap = abs((planned.day - actual.day).days)
    if match["half"]:
        printed, unit = 6.0, "个月"
    else:
        printed, unit = float(_number(match["number"])), match["unit"]
    length = {"天": 1.0, "个月": _MONTH_DAYS, "年": 365.25}[unit]
    slack = 3 if unit == "天" and planned.exact else 31
    if abs(printed * length - gap) <= slack + (0 if unit != "年" else 120):
        return
    right = f"{gap}天" if unit == "天" else f"{round(gap / _MONTH_DAYS)}个月"
    off = printed * length / max(gap, 1)
    if gap > 20 and not 0.5 < off < 2 and not (unit == "天" and not planned.exact):
        yield (
            _given(planned.printed, actual.printed, right, match["half"] or f"{match['number']}{unit}"),
            "differs",
        )


def _years(sentence: str, today: date) -> _Found:
    """从1991年起，五年来; a year from which something is counted is none that lies ahead."""
    begun = _pattern("from").search(sentence)
    until = _pattern("until").search(sentence)
    last = int(until["last"]) if until else today.year
    if begun and int(begun["first"].removeprefix("公元")) > last and re.search("年来|年里|以来", sentence):
        yield {"first": begun["first"], "last": str(last)}, "after"
        return
    match = _pattern("since").search(sentence)
    if match is None:
        return
    first, printed = int(match["first"].removeprefix("公元")), _number(match["years"])
    gap = last - first
    if gap > 0 and printed and abs(printed - gap) > 1:
        years = {gap, gap + 1} if until else {gap}
        begun_in = (last - printed + off for off in (0, 1))  # a year of another decade
        year_slip = any(_one_slip(str(first), str(year)) and first // 10 != year // 10 for year in begun_in)
        if _is_slip(match["years"], printed, years) or year_slip:
            yield _given(f"{first}年", f"{last}年", f"{gap}年", f"{match['years']}年"), "differs"


def _ago(sentence: str, today: date) -> _Found:
    """当公元581年，距今1438年; 1948年出生，今年72岁."""
    for name, unit in (("ago", "年"), ("born", "岁")):
        match = _pattern(name).search(sentence)
        if match is None:
            continue
        gap, printed = today.year - int(match["first"]), _number(match["number"])
        round_ = printed % 100 == 0 or "多" in match[0][-3:]
        slip = _is_slip(str(printed), printed, {gap, gap - 1}) or _one_slip(
            match["first"], str(today.year - printed)
        )
        if slip and abs(gap - printed) > 1 and not (round_ and abs(gap - printed) < 100):
            yield (
                _given(f"{match['first']}年", f"{today.year}年", f"{gap}{unit}", f"{match['number']}{unit}"),
                "differs",
            )


def _given(first: str, last: str, right: str, printed: str) -> dict[str, str]:
    return {"first": first, "last": last, "right": right, "printed": printed}


def _says(facts: Facts, paragraph: int, span: Span, given: dict[str, str], says: str) -> Warning:
    data = words("calendar")
    working = data["working_after" if says == "after" else "working"].format(**given)
    return Warning(
        data["code"], data["says"][says].format(**given), facts.article.source,
        facts.article.paragraphs[paragraph].line_at(span.start), article=facts.article.id, verdict="differs", working=working,
    )  # fmt: skip
