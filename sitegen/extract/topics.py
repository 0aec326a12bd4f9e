"""Where an article speaks of which place, paragraph by paragraph; sorted out once for all its numbers."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import itemgetter

from sitegen.extract.names import printed_names
from sitegen.extract.place_mentions import (
    comes_from_there,
    division_of,
    holds,
    in_speech,
    is_below,
    is_dateline,
    is_local,
    is_nested,
    is_partner,
    is_person,
    is_this_firm,
    is_topic,
    one_of,
    resolved,
)
from sitegen.extract.reading import Reading
from sitegen.extract.reasons import Because, because
from sitegen.extract.scene import home, subhead_places
from sitegen.model import Article
from sitegen.place_proof import as_guests
from sitegen.places import PlaceMention, gazetteer
from sitegen.text import fold

_LEAD = 2  # paragraphs whose places a number before them may be about


@dataclass(frozen=True, slots=True)
class Topics:
    """Where an article speaks of which place, by paragraph.

    usable: places that a number may be about.  spoken: seats of offices.
    seats: the place of a speaker whose turn a paragraph is.
    firms: places in the names of firms that are at home where the article is.
    firm_before: the seat of the firm named last in the paragraph before, which 这家企业 means.
    sections: the paragraph from which a paragraph inherits, and the place of the head above it.
    inherited: what it inherits, and the paragraph that named it.  whole: why the fallback is the article's place.
    """

    usable: tuple[tuple[PlaceMention, ...], ...]
    spoken: tuple[tuple[PlaceMention, ...], ...]
    seats: tuple[str | None, ...]
    firms: tuple[tuple[PlaceMention, ...], ...]
    firm_before: tuple[PlaceMention | None, ...]
    sections: tuple[tuple[int, PlaceMention | None], ...]
    inherited: tuple[tuple[PlaceMention | None, int | None], ...]
    headline: PlaceMention | None
    fallback: str | None
    whole: Because


def topics(
    readings: Sequence[Reading],
    article: Article,
    headline: Sequence[PlaceMention],
    names: frozenset[str] = frozenset(),
) -> Topics:
    """Sort out the mentions of every paragraph once.

    headline: the mentions of its headline.  names: persons of the article; a place inside one is none.
    """
    known = frozenset(m.name for m in (*headline, *(m for reading in readings for m in reading.places)))
    usable = _with_bare_parks(readings, [_usable(reading, known) for reading in readings], headline)
    carried = tuple(  # what later paragraphs may inherit; what a speaker says in a paragraph stays there
        tuple(
            m
            for m in found
            if not in_speech(reading.folded, m.start) and not _plant().match(reading.folded, m.end)
        )
        for reading, found in zip(readings, usable, strict=True)
    )
    spoken = tuple(
        tuple(resolved(m, known) for m in reading.places if m.in_organisation and is_local(reading, m))
        for reading in readings
    )
    title = _last(fold(article.title or ""), headline, names, known)
    heads = [
        _last(fold(note.text), found, names, known)
        for note, found in zip(article.subheads, subhead_places(article), strict=True)
    ]
    at_home = title.name if title else home(article)
    parted = _sections(readings, article, heads, title)
    firms = tuple(_firms(reading, at_home) for reading in readings)
    around = article.home if _is_local_paper(article.home) else None
    fallback = _fallback(readings, usable, firms, title, around)
    return Topics(
        usable,
        spoken,
        _seats(readings, spoken),
        firms,
        (None, *(found[-1] if found else None for found in firms[:-1])) if firms else (),
        parted,
        _inherited(readings, carried, usable, parted),
        title,
        fallback,
        _as_a_whole(usable, fallback),
    )


def _is_local_paper(home: str | None) -> bool:
    """A page of a city or county speaks of it where it names no place; a province's page need not."""
    return home is not None and all(place.level != "province" for place in gazetteer().by_name(home))


_PARK = re.compile(r"园区|开发区|高新区|经开区|工业园|产业园|保税区")
_BARE_PARK = re.compile(rf"(?:^|[,。;:“、月年]|目前|如今|在|而)({_PARK.pattern})(?!管委|党工委|管理)")


def _with_bare_parks(
    readings: Sequence[Reading],
    usable: Sequence[tuple[PlaceMention, ...]],
    headline: Sequence[PlaceMention],
) -> tuple[tuple[PlaceMention, ...], ...]:
    """The mentions, and where 园区, 开发区 alone mean the park named last."""
    park = next((m for m in headline if m.level == "park"), None)
    done = []
    for reading, mentions in zip(readings, usable, strict=True):
        found = list(mentions)
        for match in _BARE_PARK.finditer(reading.folded) if _PARK.search(reading.folded) else ():
            start, end = match.span(1)
            named = [m for m in reading.places if m.level == "park" and m.end <= start]
            meant = named[-1] if named else park
            if meant and all(m.end <= start or m.start >= end for m in reading.places):
                found.append(meant._replace(start=start, end=end, in_organisation=False, government=False))
        done.append(tuple(sorted(found)) if len(found) > len(mentions) else mentions)
        park = next((m for m in reversed(reading.places) if m.level == "park"), park)
    return tuple(done)


def _last(
    text: str, mentions: Sequence[PlaceMention], names: frozenset[str], known: frozenset[str]
) -> PlaceMention | None:
    """The place of a headline or subhead: the last one that it names, but for where those of another one are guests."""
    persons = printed_names(text, names)
    printed = [m for m in mentions if (not m.in_organisation or m.government) and not is_person(persons, m)]
    while len(printed) > 1 and as_guests(text, printed[-1].start):
        printed.pop()
    return resolved(printed[-1], known) if printed else None


def _firms(reading: Reading, at_home: str | None) -> tuple[PlaceMention, ...]:
    """The seats of firms, as their names say; a firm from elsewhere may come to invest, so its seat says nothing."""
    return tuple(
        m
        for m in reading.places
        if m.in_organisation
        and (m.level in {"prefecture", "county"} or m.name.endswith("市"))
        and not is_local(reading, m)
        and (at_home is None or m.name == at_home or holds(at_home, m.name))
    )


def _sections(
    readings: Sequence[Reading],
    article: Article,
    heads: Sequence[PlaceMention | None],
    title: PlaceMention | None,
) -> tuple[tuple[int, PlaceMention | None], ...]:
    """For each paragraph the first one of its section and the place of the section's head, else of the headline.

    Without a place in either a section goes on with what was spoken of before it. An item of a list of news is a section.
    """
    found: list[tuple[int, PlaceMention | None]] = [(0, title)] * len(readings)
    pairs = sorted(zip(article.subheads, heads, strict=True), key=lambda pair: pair[0].before)
    begun = [(note.before, head or title) for note, head in pairs if head or title]
    for part, (end, _) in pairwise([*begun, (len(found), None)]):
        found[part[0] : end] = [part] * (end - part[0])
    for index, reading in enumerate(readings):
        if title and _ITEM.match(reading.folded):
            found[index] = (index, found[index][1])
    return tuple(found)


_ITEM = re.compile(r"\s*[●○■□◆◇★☆▲△◎▼◉⊙【]\s*")
_APART = re.compile(r"[\s:】|]")


def _fallback(
    readings: Sequence[Reading],
    usable: Sequence[Sequence[PlaceMention]],
    firms: Sequence[Sequence[PlaceMention]],
    title: PlaceMention | None,
    around: str | None,
) -> str | None:
    """For a number before which no place is printed: one of the lead, or named more than once, the headline's, an office's.

    firms: the seats of firms, of which one in the lead stands for what is not named before it.

    around: where the page is at home; it serves where the article names no place at all.
    """
    named = Counter(m.name for found in usable for m in found)
    for index, found in enumerate(usable):
        seat = next(
            (m for m in firms[index] if index < _LEAD and (not found or m.end <= found[0].start)), None
        )
        if seat and title is None:
            return seat.name
        for mention in found:
            if index < _LEAD or named[mention.name] > 1:
                return division_of(mention)
    if title:
        return division_of(title)
    return next(
        (
            m.name
            for reading in readings
            for m in reading.places
            if m.in_organisation and is_local(reading, m) and not is_dateline(reading.folded, m)
        ),
        around,
    )


def _usable(reading: Reading, known: frozenset[str]) -> tuple[PlaceMention, ...]:
    found: list[PlaceMention] = []
    away: PlaceMention | None = None
    for mention in reading.places:
        if is_this_firm(reading, mention):
            found.append(mention)
            continue
        if is_person(reading.persons, mention):
            continue
        joint = reading.folded[away.end : mention.start] if away else None
        if (joint is not None and joint in {"", "、", "和", "及", "与"}) or not is_topic(
            reading.folded, mention
        ):
            away = mention
            if comes_from_there(reading.folded, mention):
                while found and reading.folded[found[-1].end : mention.start] in {"、", "和"}:
                    mention = found.pop()  # 杭州、上海的年轻人
            continue
        if found and mention.start - found[-1].end <= _PAIR and is_partner(reading.folded, mention):
            continue
        if found and found[-1].end == mention.start and is_below(reading.folded, found[-1], mention):
            continue
        if found and _is_region(reading, found[-1], mention):
            continue
        found.append(resolved(mention, known))
    return _of_item(reading.folded, tuple(found))


_IN_NAME = re.compile(r"[一-鿿](?<![在和与及跟同而将从对以])\Z")


def _is_region(reading: Reading, before: PlaceMention, mention: PlaceMention) -> bool:
    """A region's name (陇东, 苏北) inside another name, behind a place in it: 西峰区的产业园内，国能陇东储能项目."""
    return (
        mention.level == "province"
        and not mention.anaphora
        and not mention.name.startswith(reading.folded[mention.start : mention.end])
        and _IN_NAME.search(reading.folded, max(0, mention.start - 1), mention.start) is not None
        and before.start >= reading.sentence_at(mention.start).start
        and holds(mention.name, before.name)
    )


def _of_item(folded: str, mentions: tuple[PlaceMention, ...]) -> tuple[PlaceMention, ...]:
    """In an item of a list that opens with a place (●南康区　东莞某公司投资…) only that place and those in it count."""
    opening = _ITEM.match(folded)
    if not opening or not mentions or mentions[0].start != opening.end():
        return mentions
    first = mentions[0]
    if not _APART.match(folded, first.end):
        return mentions
    return tuple(m for m in mentions if m.level == "park" or is_nested(first, m))


@cache
def _plant() -> re.Pattern[str]:
    """What makes a place that of a firm's plant."""
    return re.compile(rf"的?[新老旧一二三四]?(?:{one_of('plant')})|{one_of('plant_of')}")


_PAIR = 12  # characters between two places that do something together
_TURN = re.compile(r"(?P<head>[一-鿿·、()]{2,32}?):")


def _seats(
    readings: Sequence[Reading], spoken: tuple[tuple[PlaceMention, ...], ...]
) -> tuple[str | None, ...]:
    """In an interview, the place of the office of whoever has the turn (乔海峰：after 二连浩特市市长乔海峰：)."""
    heads: dict[str, str] = {}
    seats: list[str | None] = []
    for reading, offices in zip(readings, spoken, strict=True):
        turn = _TURN.match(reading.folded)
        if not turn:
            seats.append(None)
            continue
        head = turn["head"]
        if len(head) > 5 and not any(end == len(head) for _, end in reading.persons):
            seats.append(None)  # 公司以一只马克杯举例： is nobody's turn
            continue
        places = (m for m in reading.places if not is_person(reading.persons, m))
        office = next((m.name for m in (*offices, *places) if m.end <= turn.end()), None)
        if office and len(head) > 5:
            heads[head] = office
        seats.append(office or next((place for known, place in heads.items() if known.endswith(head)), None))
    return tuple(seats)


def _as_a_whole(usable: Sequence[Sequence[PlaceMention]], fallback: str | None) -> Because:
    """The place of the article, with the first mention of it that gives that name."""
    for number, found in enumerate(usable):
        for mention in found:
            if fallback in (mention.name, division_of(mention)):
                return because("the place of the article as a whole", mention, number)
    return Because("the place of the article as a whole" if fallback else "no place is named")


def carried_on(reading: Reading, mentions: Sequence[PlaceMention]) -> PlaceMention | None:
    """The place that the last sentence with one place goes on speaking of; one that lists several is passed over."""
    end = len(mentions)
    while end:
        sentence = reading.sentence_at(mentions[end - 1].start)
        begin = min(bisect_left(mentions, sentence.start, key=itemgetter(0)), end - 1)
        inside = mentions[begin:end]
        if all(is_nested(m, inside[-1]) for m in inside):
            return inside[-1]
        end = begin
    return None


_OPENS = re.compile(r"(?:^|[,。;:!?“\s])(?:在|而|走进|来到)?\Z")


def _is_aside(folded: str, mention: PlaceMention, head: PlaceMention) -> bool:
    """A place in another province than the headline's that opens no clause is spoken of in passing."""
    elsewhere = mention.code and head.code and mention.code[:2] != head.code[:2]
    return bool(elsewhere) and not _OPENS.search(folded, 0, mention.start)


def _inherited(
    readings: Sequence[Reading],
    carried: Sequence[Sequence[PlaceMention]],
    usable: Sequence[Sequence[PlaceMention]],
    parted: Sequence[tuple[int, PlaceMention | None]],
) -> tuple[tuple[PlaceMention | None, int | None], ...]:
    """For each paragraph the last place that an earlier one spoke of in the paper's own voice, else the head's, else any.

    With the number of the paragraph that named it, None for a head.
    """
    found: list[tuple[PlaceMention | None, int | None]] = []
    last: tuple[PlaceMention, int] | None = None
    named: tuple[PlaceMention | None, int | None] = (None, None)
    for index, (since, head) in enumerate(parted):
        found.append(last if last and last[1] >= since else (head, None) if head else named)
        spoken = carried_on(readings[index], carried[index]) if carried[index] else None
        if spoken and head and _is_aside(readings[index].folded, spoken, head):
            spoken = None
        last = (spoken, index) if spoken else last
        lasting = [m for m in usable[index] if not _plant().match(readings[index].folded, m.end)]
        named = (lasting[-1], index) if lasting else named
    return tuple(found)
