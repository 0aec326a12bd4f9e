"""Which period a number belongs to: the last date printed before it in its sentence, or what the sentence goes on from.

And whether that period is still to come.
"""

import re
from collections.abc import Sequence
from functools import cache

from sitegen.extract.reading import Reading, between
from sitegen.extract.reasons import Because, because
from sitegen.lexicon import packaged
from sitegen.matchers.changes import Change
from sitegen.model import HEADLINE, Article, Status
from sitegen.periods import Anchor, DateMention, dates, event_words, last_year
from sitegen.text import Span, either, fold

_STANDING = frozenset({"capacity", "resource", "investment", "count", "signing", "progress", "financing"})
_AFTER_WORKS = re.compile(r"(?:达产|投产|建成|投用|投运|满产|运营|通车|并网)后")
_PARTS = frozenset({"全年", "年末", "年底"})
REPORTED = "what the headline or the subhead above says the report is about"
_CARRIED = 600  # characters that a period is carried on within a paragraph
_NEAR = 8  # a date so near before the second level of a from–to pair is its own (提高到2024年的38%)


@cache
def _continues() -> tuple[str, ...]:
    return tuple(packaged("periods.yml")["continues"])


@cache
def _close() -> re.Pattern[str]:
    """Words for the article's own day, which rule over numbers of every kind: 截至收盘."""
    return re.compile(either(packaged("periods.yml")["own_day"]))


def report_period(readings: Sequence[Reading], article: Article) -> str | None:
    """The year, half-year or quarter that a statistical report is about, from its headline; None for other articles."""
    title = fold(article.title or "")
    found = [date.iso for date in dates(title, Anchor(article.year, article.date)) if date.iso]
    if not any(word in title for word in packaged("periods.yml")["report"]):
        found = [iso for iso in found if "/" in iso]
    return found[0] if found and len(readings) > 1 else None


def reported(article: Article, period: str | None) -> Because:
    """The period of a whole report, with its words where the headline says it."""
    printed = dates(fold(article.title or ""), Anchor(article.year, article.date))
    found = (because(REPORTED, date, HEADLINE) for date in printed if date.iso == period)
    return next(found, Because(REPORTED))


def period_of(
    reading: Reading,
    start: int,
    sentence: Span,
    kind: str,
    status: str,
    article_date: str | None,
    report: str | None,
    change: Change,
) -> tuple[str | None, Because]:
    """ISO period of the number at start, or None; and why.

    report: what the whole article reports on; numbers without a date of their own take it.
    """
    inside = [
        date
        for date in between(reading.dates, sentence.start, start)
        if date.end <= start and not _is_shifted(reading.folded, date.end, start)
    ]
    if change.from_to and inside:
        base = max(
            reading.folded.rfind("由", sentence.start, start),
            reading.folded.rfind("从", sentence.start, start),
        )
        own = [date for date in inside if date.start < base or _is_near(reading.folded, date.end, start)]
        inside = own if change.level else inside
    last = _governing(reading, inside, start)
    if last:
        if report and "/" not in report and reading.folded[last.start : last.end] in _PARTS:
            return report, because("a part of the year that the article reports on", last)
        ended = _ended_year(reading.folded, last, status, article_date)
        if ended:
            return ended, because(
                "a whole year of which an article of the first months tells is the last one", last
            )
        if status == "planned" and _AFTER_WORKS.search(reading.folded, last.end, start):
            return None, because(
                "the date is that of the works", last
            )  # 2027年投产，达产后年产值…: the date is that of the works
        if (
            kind in {"capacity", "resource"}
            and _WORKS_ON.match(reading.folded, last.end)
            and last.end < reading.clause_at(start).start
        ):
            return None, because("the date is that of the works", last)  # 今年8月投料，年产…
        rule = "a mere now, which is no period" if last.plain else "the last date before it in its sentence"
        return None if last.plain else last.iso, because(rule, last)
    around = reading.text[sentence.start : start + 24]
    if kind in {"signing", "count"} and any(word in around for word in event_words()):
        return article_date, Because("the day of the event, which is the article's")
    if article_date and _close().search(around):
        return article_date, Because("the day of the article, as the sentence says")
    if status != "actual":
        return None, Because("no date in its sentence, and it has not happened yet")
    if report and kind not in {"resource", "investment", "signing"}:
        return report, Because(REPORTED)
    if kind in _STANDING and not reading.text.startswith(_continues(), sentence.start):
        return None, Because("no date in its sentence, and it stands by itself")
    if _RECKONED.search(reading.folded, sentence.start, start):
        return None, Because("no date in its sentence, and it is reckoned")
    earlier = between(reading.dates, max(0, sentence.start - _CARRIED), sentence.start)
    if (
        earlier
        and not earlier[-1].plain
        and _is_span(earlier[-1].iso)
        and not _is_ahead(earlier[-1].iso, article_date)
        and not _WORKS_ON.match(reading.folded, earlier[-1].end)
    ):
        return earlier[-1].iso, because("carried on from the last date of its paragraph", earlier[-1])
    return None, Because("no date")


_RECKONED = re.compile(
    r"据[^,;。]{0,10}(?:测算|估算|推算|匡算)|算(?:了|过)?一?笔账"
)  # what one saves, at any time


_HEADS = re.compile(
    r"(?:^|[,;:。!?“(—])(?:[一-鿿]{0,2}(?:截至|截止|到|自|从|据|而|其中|早在|仅|就在|不过|如今|目前|在))?\s?$"
)


def _governing(reading: Reading, dates: Sequence[DateMention], start: int) -> DateMention | None:
    """The last date before the number, unless it is that of works in an earlier clause (一期去年9月投产，二期…)."""
    clause = reading.clause_at(start)
    for date in reversed(dates):
        lead = reading.folded[max(0, date.start - 12) : date.start]
        own = date.start >= clause.start or _HEADS.search(lead) or "/" in (date.iso or "")
        if own or not _WORKS.match(reading.folded, date.end):
            return date
    return None


_WORKS = re.compile(
    r"[^,;。]{0,4}?(?:投产|投运|投用|封顶|开工|动工|竣工|建成|达产|迁来|落户|成立|点火|开建|通车|上线|启用|发电|试产|投料)(?![一-鿿]{1,12}[0-9])"
)


_WORKS_ON = re.compile(rf"{_WORKS.pattern}(?!后|以后|之后)")


_SHARES = re.compile(r"的?(?:为|是)?[\d.]+(?:[:∶][\d.]+)+,?[一-鿿]{0,4}(?:为|到|至|成)")


def _is_shifted(folded: str, end: int, start: int) -> bool:
    """Whether a date that ends there is that of the shares before: 由上年的7:40:53调整为6:39:55."""
    shares = _SHARES.match(folded, end)
    return shares is not None and shares.end() <= start


def _ended_year(folded: str, date: DateMention, status: str, article_date: str | None) -> str | None:
    """The year before the article's, where it tells early in a year what 全年 or 年末 brought."""
    told = status == "actual" and folded[date.start : date.end] in _PARTS and date.iso
    if not told or not article_date or date.iso != article_date[:4] or article_date[5:7] > _EARLY:
        return None
    return str(int(article_date[:4]) - 1)


_EARLY = "03"  # the last month in which papers look back on the year before


def _is_near(folded: str, end: int, start: int) -> bool:
    """Whether a date that ends there is the level's own: 提高到2024年的38%, but not 由2024年的38%提高到52%."""
    return start - end <= _NEAR and not any(map(str.isdigit, folded[end:start]))


def _is_span(iso: str | None) -> bool:
    return iso is not None and ("/" in iso or len(iso) <= 7)


def _is_ahead(iso: str | None, article_date: str | None) -> bool:
    """Whether a period lies in a year after the article's; what has happened is not of it."""
    year = last_year(iso)
    return year is not None and article_date is not None and year > int(article_date[:4])


_BY_YEAR = re.compile(r"到“?(?:20\d\d年?|十[四五六]五)”?(?:末|底)?(?!的|\d)")

_LASTS = re.compile(r"(?:排|延续|持续)到了?(?:“?十|20\d\d)")  # 订单排到2029年 are orders of today


def future(status: Status, period: str | None, article: Article, lead: str) -> Status:
    """A number for a year after the article's is no fact yet; 到2027年 sets a target."""
    year = last_year(period)
    if status != "actual" or not year or _LASTS.search(lead):
        return status
    now = article.written
    if _BY_YEAR.search(lead) and (now is None or year > now):
        return "target"
    if article.date and now and year > now:
        return "target" if re.search(r"达到|突破|要", lead) else "planned"
    return status
