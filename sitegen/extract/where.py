"""Which place a number is about: the nearest one printed before it that is no venue, origin or base of comparison."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sitegen.extract.reading import Reading
from sitegen.lexicon import packaged
from sitegen.places import PlaceMention
from sitegen.text import Span

_LIST = re.compile(r"[、和及与等地\s]*$")


@cache
def _words(role: str) -> tuple[str, ...]:
    return tuple(sorted(packaged("scope.yml")[role], key=len, reverse=True))


@cache
def _national() -> re.Pattern[str]:
    words = "|".join(word for word in _words("national"))
    return re.compile(rf"(?:^|[,;:\s。“])(?:[一-鿿0-9]{{0,8}}年)?[,]?(?:在|而|目前|截至目前|预计|据测算)?(?:{words})(?!首|第|唯一|率先)")


@dataclass(frozen=True, slots=True)
class Topics:
    """Where an article speaks of which place: usable mentions by paragraph, and the place of its headline."""

    usable: tuple[tuple[PlaceMention, ...], ...]
    spoken: tuple[tuple[PlaceMention, ...], ...]
    headline: str | None
    fallback: str | None


def topics(readings: Sequence[Reading], headline: Sequence[PlaceMention]) -> Topics:
    """Sort out the mentions of every paragraph once."""
    usable = tuple(tuple(m for m in reading.places if is_topic(reading.folded, m)) for reading in readings)
    spoken = tuple(tuple(m for m in reading.places if m.in_organisation and m.government) for reading in readings)
    title = next((m.name for m in reversed(headline) if not m.in_organisation or m.government), None)
    everything = [m for reading in readings for m in reading.places]
    first = next((m.name for found in usable for m in found), None)
    return Topics(usable, spoken, title, first or title or next((m.name for m in everything), None))


def is_topic(folded: str, mention: PlaceMention) -> bool:
    """False for a place in an organisation's name, a venue, an origin or destination, and the whole of a share."""
    if mention.in_organisation:
        return False
    before = folded[max(0, mention.start - 14) : mention.start]
    after = folded[mention.end : mention.end + 6]
    if after.startswith(_words("venue")) or (before.endswith("在") and re.match(r"[一-鿿]{0,10}?(?:" + "|".join(_words("venue")) + ")", folded[mention.end : mention.end + 16])):
        return False
    head = re.sub(r"[一-鿿]{2,6}[、和及与]$", "", before)
    if before.endswith(_words("origin")) and not before.endswith(("覆盖到", "看到", "走到", "来到")):
        return bool(re.match(r"[一-鿿]{0,8}(?:看|出发)", after)) and False
    if head != before and head.endswith(_words("origin")):
        return False
    if after.startswith(_words("origin_after")) and not after.startswith(("人均", "人口", "人民")):
        return False
    return not before.endswith(_words("whole"))


def place_of(readings: Sequence[Reading], topics: Topics, index: int, start: int, clause: Span, sentence: Span) -> str | None:
    """The full name of the place of a number, or None for a national or global one."""
    reading = readings[index]
    lead = reading.folded[clause.start : start]
    before = [m for m in topics.usable[index] if m.end <= start]
    in_clause = [m for m in before if m.start >= clause.start]
    in_sentence = [m for m in before if m.start >= sentence.start]
    if in_clause:
        return in_clause[-1].name
    if _national().search(lead) or (not in_sentence and _national().search(reading.folded[sentence.start : start])):
        return None
    if in_sentence:
        return in_sentence[-1].name
    if before:
        return before[-1].name
    office = [m for m in topics.spoken[index] if m.end <= start]
    if office:
        return office[-1].name
    after = [m for m in topics.usable[index] if start < m.start < clause.end]
    for earlier in reversed(topics.usable[:index]):
        if earlier:
            return earlier[-1].name
    if topics.headline:
        return topics.headline
    return after[0].name if after else topics.fallback
