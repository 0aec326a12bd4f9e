"""Which period a number belongs to: the last date printed before it in its sentence, or what the sentence goes on from."""

import re
from collections.abc import Sequence
from functools import cache

from sitegen.extract.reading import Reading, between
from sitegen.lexicon import packaged
from sitegen.matchers.changes import Change
from sitegen.model import Article
from sitegen.periods import Anchor, dates, event_words
from sitegen.text import Span, fold

_STANDING = frozenset({"capacity", "resource", "investment", "count", "signing", "progress", "financing"})
_AFTER_WORKS = re.compile(r"(?:达产|投产|建成|投用|投运|满产|运营|通车|并网)后")
_CARRIED = 600  # characters that a period is carried on within a paragraph
_NEAR = 8  # a date so near before the second level of a from–to pair is its own (提高到2024年的38%)


@cache
def _continues() -> tuple[str, ...]:
    return tuple(packaged("periods.yml")["continues"])


def report_period(readings: Sequence[Reading], article: Article) -> str | None:
    """The year, half-year or quarter that a statistical report is about, from its headline; None for other articles."""
    title = fold(article.title or "")
    found = [date.iso for date in dates(title, Anchor(article.year, article.date)) if date.iso]
    if not any(word in title for word in packaged("periods.yml")["report"]):
        found = [iso for iso in found if "/" in iso]
    return found[0] if found and len(readings) > 1 else None


def period_of(
    reading: Reading,
    start: int,
    sentence: Span,
    kind: str,
    status: str,
    article_date: str | None,
    report: str | None,
    change: Change,
) -> str | None:
    """ISO period of the number at start, or None.

    report: what the whole article reports on; numbers without a date of their own take it.
    """
    inside = [date for date in between(reading.dates, sentence.start, start) if date.end <= start]
    if change.from_to and inside:
        base = max(
            reading.folded.rfind("由", sentence.start, start),
            reading.folded.rfind("从", sentence.start, start),
        )
        own = [date for date in inside if date.start < base or start - date.end <= _NEAR]
        inside = own if change.level else inside
    if inside:
        last = inside[-1]
        if report and reading.folded[last.start : last.end] in {"全年", "年末", "年底"}:
            return report
        if status == "planned" and _AFTER_WORKS.search(reading.folded, last.end, start):
            return None  # 2027年投产，达产后年产值…: the date is that of the works
        return None if last.plain else last.iso
    around = reading.text[sentence.start : start + 24]
    if kind in {"signing", "count"} and any(word in around for word in event_words()):
        return article_date
    if status != "actual":
        return None
    if report and kind not in {"resource", "investment", "signing"}:
        return report
    if kind in _STANDING and not reading.text.startswith(_continues(), sentence.start):
        return None
    earlier = between(reading.dates, max(0, sentence.start - _CARRIED), sentence.start)
    if earlier and not earlier[-1].plain and earlier[-1].iso and _is_span(earlier[-1].iso):
        return earlier[-1].iso
    return None


def _is_span(iso: str) -> bool:
    return "/" in iso or len(iso) <= 7
