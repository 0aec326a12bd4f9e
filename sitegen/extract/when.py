"""Which period a number belongs to: the last date printed before it in its sentence, or what the sentence goes on from."""

from collections.abc import Sequence
from functools import cache

from sitegen.extract.reading import Reading
from sitegen.lexicon import packaged
from sitegen.periods import DateMention, event_words
from sitegen.text import Span

_STANDING = frozenset({"capacity", "resource", "investment", "count", "signing", "progress", "financing"})


@cache
def _continues() -> tuple[str, ...]:
    return tuple(packaged("periods.yml")["continues"])


def period_of(
    readings: Sequence[Reading], index: int, start: int, sentence: Span, kind: str, status: str, article_date: str | None
) -> str | None:
    """ISO period of the number at start, or None."""
    reading = readings[index]
    inside = [date for date in reading.dates if sentence.start <= date.start and date.end <= start]
    if inside:
        return _governing(reading, inside, start)
    if any(word in reading.text[sentence.start : start + 24] for word in event_words()) and kind in {"signing", "count"}:
        return article_date
    if status != "actual" or kind in _STANDING and not reading.text.startswith(_continues(), sentence.start):
        return None
    earlier = [date for date in reading.dates if date.end <= sentence.start]
    if earlier and not earlier[-1].plain and earlier[-1].iso and _is_span(earlier[-1].iso):
        return earlier[-1].iso
    return None


def _governing(reading: Reading, inside: list[DateMention], start: int) -> str | None:
    """The nearest date; a 目前 after it ends what it governed; the year of an event's name yields to a real date."""
    last = inside[-1]
    return None if last.plain else last.iso


def _is_span(iso: str) -> bool:
    return "/" in iso or len(iso) <= 7
