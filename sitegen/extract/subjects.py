"""What a number is about beyond its place: the event or the organisation named before it."""

import re
from collections.abc import Sequence
from functools import lru_cache

from sitegen.extract.reading import CARRIED, Reading, between
from sitegen.extract.reasons import Because, because
from sitegen.model import Article
from sitegen.periods import event_words
from sitegen.text import Span

_EVENT = re.compile(
    r"(?:第[一-鿿\d]{1,4}届|(?:19|20)\d{2}(?!年))[一-鿿()（）“”·]{2,24}?(?:活动|大会|论坛|博览会|峰会|展会|交易会|推介会|洽谈会)(?:[(（][一-鿿]{2,6}[)）])?"
)


_EVENT_WORD = re.compile(r"活动|大会|论坛|博览会|峰会|展会|交易会|推介会|洽谈会")


@lru_cache(maxsize=64)  # the numbers of one paragraph ask one after the other
def _has_event(text: str) -> bool:
    return _EVENT_WORD.search(text) is not None and _EVENT.search(text) is not None


_SUMMED = re.compile(r"(?:等)?[0-9二三四五六七八九十两]+(?:家|个|户)")  # the last of several: A、B及C三家企业


def subject_of(
    reading: Reading, event: str | None, start: int, sentence: Span, kind: str
) -> tuple[str | None, Because]:
    """The event or organisation that the number is about: printed before it in the sentence, else carried on; and why.

    Agreements and their progress go on speaking of the event of the paragraph; 本次, 开幕式上 mean the article's event.
    event: what the article reports.
    """
    events = (
        list(_EVENT.finditer(reading.text, max(0, sentence.start - CARRIED), start))
        if _has_event(reading.text)
        else []
    )
    inside = [match for match in events if match.start() >= sentence.start]
    if inside:
        return inside[-1][0], Because("the event named before it in its sentence", *inside[-1].span())
    firms = [
        o
        for o in between(reading.organisations, sentence.start, start)
        if o.end <= start and o.kind in {"company", "bank"} and not _SUMMED.match(reading.folded, o.end)
    ]
    if kind in {"signing", "progress"} and events:
        return events[-1][0], Because("the event named before it in its paragraph", *events[-1].span())
    lead = reading.text[sentence.start : start]
    if kind in {"signing", "progress", "count"} and any(word in lead for word in event_words()):
        return event, Because("the event that the article reports")
    if not firms:
        return None, Because("no event or firm is named")
    return reading.text[firms[-1].start : firms[-1].end], because(
        "the firm named before it in its sentence", firms[-1]
    )


def event_of(article: Article, read: Sequence[Reading]) -> str | None:
    """The event that the article reports: of the latest year that it names, in the headline or the text."""
    found = [
        match[0]
        for text in (article.title or "", *(r.text for r in read))
        if _has_event(text)
        for match in _EVENT.finditer(text)
    ]
    years = {name: match[0] for name in found if (match := re.search(r"(?:19|20)\d{2}", name))}
    return max(found, key=lambda name: years.get(name, ""), default=None)
