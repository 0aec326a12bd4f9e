"""The day of an article, and the year that 今年 means in it. Abstains where the page does not say."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from sitegen.lexicon import packaged
from sitegen.loaders.layout import either
from sitegen.numerals import parse_numeral
from sitegen.text import fold, sentences

_DAY = re.compile(
    r"(?<![\d.])(?:(?P<year>(?:19|20)\d{2})年)?(?P<month>1[0-2]|0?[1-9]|元)月(?P<day>3[01]|[12]\d|0?[1-9])日"
)
_PRINTED = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\s*[-/.年]\s*(?P<month>1[0-2]|0?[1-9])\s*[-/.月]\s*(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"
)
_HELD = re.compile(
    r"[—\-─–(\s]*(?P<year>(?:19|20)\d{2})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日\s*,?\s*在.{4,}上(?:的?(?:讲话|报告|致辞|发言|演讲))?\)?"
)
_OPENS = re.compile(
    r"\s*(?:[(（][^)）]{1,12}[)）]\s*)?(?:(?:清晨|早上|上午|中午|下午|傍晚|晚上|晚间|夜间|早间|午间|当晚|当天|当日|晚|夜|凌晨|一早|一大早)\s*)?"
    r"(?:\d{1,2}[时点:](?:\d{1,2}分?|半|许|左右){0,3}\s*)?[,，]"
)
_STOPS = re.compile(r"[,，;；。！？!?]")
_UNTIL = re.compile(r"截[至止]到?(?:(?P<year>(?:19|20)\d{2})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_NEAR = 60  # characters around a year that say whether it is one to come
_OPENING = 1500  # characters of a paragraph in which the event's day is looked for
_LEAD = 3  # paragraphs in which the event's day is looked for


class _Words:
    def __init__(self, data: dict[str, list[str]]) -> None:
        self.events = re.compile(either(data["events"]))
        self.earlier = re.compile(either(data["earlier"]) + r"[^，,。]{0,4}$")
        self.later = re.compile(either(data["later"]))
        self.after = re.compile(r"\s*" + either(data["after"]))
        self.event_name = re.compile(
            r"(?<!\d)((?:19|20)\d{2})(?!年|\d|[-—.%]|[万亿余多个家])(?:[^，,。；;、\d]{0,24}?)"
            + either(data["event_names"])
        )
        self.plan = re.compile(either(data["plans"]))
        self.coming = re.compile(either(data["future"]))
        self.future = re.compile(either(data["future"]) + r"[^，,。；;]{0,4}$")


@cache
def _words() -> _Words:
    return _Words(packaged("layout.yml")["dates"])


def printed_day(text: str) -> str | None:
    """The day of publication in a line such as 2025-08-01 18:30 or 2025年6月11日 星期三, as ISO; None without one."""
    match = _PRINTED.search(_in_digits(fold(text)))
    return _iso(match["year"], match["month"], match["day"]) if match else None


_IN_WORDS = re.compile(
    r"(?:([一二][九〇○零][〇○零一二三四五六七八九]{2})年)?([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_FIGURES = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def figures(year: str) -> str:
    """The four figures of a year that is printed in figures or digit by digit in words (一九八四)."""
    return year.translate(_FIGURES)


def _in_digits(text: str) -> str:
    """一九八八年十一月十六日 as 1988年11月16日, 八月六日 as 8月6日; for looking at only, since it is shorter."""

    def in_figures(match: re.Match[str]) -> str:
        year = f"{figures(match[1])}年" if match[1] else ""
        return f"{year}{small(match[2])}月{small(match[3])}日"

    return _IN_WORDS.sub(in_figures, text)


def small(printed: str) -> int | None:
    """The number of a year, month or day, in figures or in words (二十八)."""
    number = int(printed) if printed.isdigit() else parse_numeral(printed)
    return int(number) if number is not None else None


def held_day(headline: Iterable[str]) -> str | None:
    """The day that a headline's line gives a speech or a report (——2024年1月9日在…会议上), as ISO, or None."""
    for line in headline:
        match = _HELD.fullmatch(fold(line).strip())
        if match:
            return _iso(*match.group("year", "month", "day"))
    return None


def only_day(text: str) -> bool:
    """Whether a line holds a full day and nothing else, as below an announcement."""
    return bool(re.fullmatch(_PRINTED.pattern + r"日?", fold(text).strip(" ()")))


def dateline_day(
    year: int | None, month: int | None, day: int | None, article_year: int | None
) -> str | None:
    """The day of a dateline; its year from the article where the dateline has none. None where a part is
    missing.
    """
    year = year or article_year
    return _iso(year, month, day) if year and month and day else None


def event_day(paragraphs: Iterable[str], year: int | None, *, note: bool = False) -> str | None:
    """The day of the event that the first paragraphs report, as ISO, or None.

    Counts only a full day in a sentence that says something happened on it; a deadline, the end of a period,
    a day to
    come or a day long ago is none, nor is one that the text itself passes (截至2月25日).
    year: what a day without a year means.  note: an editor's note needs no such word.
    """
    texts = list(paragraphs)
    day = _first_day(texts[:_LEAD], year, note=note)
    reached = (
        _iso(m["year"] or year, m["month"], m["day"]) for text in texts for m in _UNTIL.finditer(fold(text))
    )
    return None if day and any(later and later > day for later in reached) else day


def _first_day(paragraphs: Sequence[str], year: int | None, *, note: bool) -> str | None:
    words = _words()
    for number, paragraph in enumerate(paragraphs):
        folded = _in_digits(fold(paragraph[:_OPENING]))
        for span in sentences(folded):
            sentence = folded[span.start : span.end]
            for match in _DAY.finditer(sentence):
                if number and (span.start or match.start()):
                    continue  # deep in the text stands the day of some detail
                before, after = sentence[: match.start()], sentence[match.end() :]
                if (
                    words.earlier.search(before)
                    or words.after.match(after)
                    or before.endswith(("-", "—", "~", "、"))
                ):
                    continue
                clause = re.split(r"[;；]", after)[0]
                if words.later.search(before[-6:]) or words.later.search(clause[:12]):
                    continue
                opens = number == 0 and not before.strip() and _OPENS.match(after)
                if not (note or opens or words.events.search(clause)):
                    continue
                own = int(match["year"]) if match["year"] else year
                if own is None or (match["year"] and year is not None and own != year):
                    continue
                return _iso(own, match["month"], match["day"])
    return None


def own_year(texts: Iterable[str], title: str | None) -> int | None:
    """The year in which an article was written, as far as it says so itself; see latest."""
    found = latest(texts, title)
    return found[0] if found else None


def latest(texts: Iterable[str], title: str | None) -> tuple[int, int] | None:
    """The latest (year, month) of which an article speaks as past or present; month 0 where only the year is
    known.

    It is read from full days, months, quarters and halves with their year, and from the names of events.
    Plans for later years do not count.
    """
    words = _words()
    found: list[tuple[int, int]] = [(int(match[0]), 0) for match in _IN_TITLE.finditer(fold(title or ""))]
    for text in [title or "", *texts]:
        folded = fold(text)
        found += [(int(match[1]), 0) for match in words.event_name.finditer(folded)]
        for match in _ANCHORED.finditer(folded):
            before = _UNTIL_NOW.sub("", folded[max(0, match.start() - _NEAR) : match.start()])
            after = folded[match.start() : match.start() + _NEAR]
            told = _STOPS.split(after)[0]
            clause = _STOPS.split(before)[-1] + told
            if match["batch"] and (not words.events.search(told) or words.coming.search(told)):
                continue  # next year's batch of projects is no sign of the year
            if (
                not words.plan.search(clause)
                and not words.future.search(before)
                and not _BY_THEN.match(after)
            ):
                found.append((int(match["year"]), int(match["month"] or 0)))
    if not found and title:
        found = [(int(year), 0) for year in _BARE_YEAR.findall(fold(title)) if not words.plan.search(title)]
    return max(found, default=None)


_BARE_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d{2})(?![\d.%年万亿]|[-—~至])")
_ANCHORED = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})年(?=度?(?:[上下]半年|第?[一二三四]季度"
    r"|(?P<batch>第[一二三四五六七八九十\d]{1,3}[批次轮])"
    r"|前[一二三四五六七八九十\d]+(?:个月|季度)|(?:[1-9]\d?[-—至~])?(?P<month>1[0-2]|[1-9])月))"
)
_IN_TITLE = re.compile(r"(?<![\d.])20[0-4]\d(?![\d年.—–~万亿余多个家户%-])")  # 数说2025
_UNTIL_NOW = re.compile(r"截[至止]到?$")
_BY_THEN = re.compile(r"\d{4}年\d{1,2}月(?:\d{1,2}日)?(?:[上中下]旬|底|末|初)?(?:之|以)?前")


def _iso(year: int | str | None, month: int | str | None, day: int | str | None) -> str | None:
    try:
        return date(int(year or 0), 1 if month == "元" else int(month or 0), int(day or 0)).isoformat()
    except ValueError:
        return None
