"""The places of a sentence that can have an industry: which stand together, which only visit, send or receive.

Places where something comes from or goes to, venues and neighbours do not count; a park brings its division.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from sitegen.extract.people_words import any_of
from sitegen.extract.reading import between
from sitegen.extract.scene import Scene
from sitegen.lexicon import packaged
from sitegen.places import PlaceMention, gazetteer
from sitegen.text import Span


class Group(NamedTuple):
    """Places that stand together: 包头市、通辽市; only the last of 江苏常州. own: an administration
    speaks, 包头市工信局.
    """

    start: int
    end: int
    names: tuple[str, ...]
    own: bool


@dataclass(frozen=True)
class Grammar:
    """The compiled patterns of data/place_industry.yml."""

    cue: re.Pattern[str]
    strong: re.Pattern[str]
    not_followed: re.Pattern[str]
    not_preceded: re.Pattern[str]
    denied: re.Pattern[str]
    national: re.Pattern[str]
    away: re.Pattern[str]
    away_list: re.Pattern[str]
    away_after: re.Pattern[str]
    venue: re.Pattern[str]
    venue_guest: re.Pattern[str]
    machine_used: re.Pattern[str]
    machine_counted: re.Pattern[str]
    machine_made: re.Pattern[str]
    no_table: re.Pattern[str]
    past: re.Pattern[str]
    devices: frozenset[str]
    regions: re.Pattern[str]
    venue_before: tuple[str, ...]
    toward: re.Pattern[str]
    tail: re.Pattern[str]
    discussed: re.Pattern[str]
    fronted: re.Pattern[str]
    park_shorts: dict[str, str]
    park_ends: tuple[str, ...]
    made: tuple[str, ...]
    located: tuple[str, ...]
    vague: frozenset[str]
    vague_words: frozenset[str]
    amount: re.Pattern[str]
    compound: frozenset[str]
    of_it: frozenset[str]
    owner: re.Pattern[str]
    partner_before: re.Pattern[str]
    partner: re.Pattern[str]
    source_before: re.Pattern[str]
    source: re.Pattern[str]
    transit: re.Pattern[str]
    bracket: re.Pattern[str]
    portrait: re.Pattern[str]
    evident_before: re.Pattern[str]
    evident_behind: re.Pattern[str]
    own_name: re.Pattern[str]
    named_by_itself: frozenset[str]
    joint: re.Pattern[str]
    beside: re.Pattern[str]
    bare_park: re.Pattern[str]
    zone_part: re.Pattern[str]
    sponsor: re.Pattern[str]
    unplaced: tuple[str, ...]
    build: re.Pattern[str]
    list_marks: frozenset[str]
    same_place: re.Pattern[str]
    local: frozenset[str]


@cache
def grammar() -> Grammar:
    """Compile the packaged words, once."""
    data = packaged("place_industry.yml")
    patterns = (
        *("not_followed", "not_preceded", "national", "away", "away_list", "away_after", "venue", "toward"),
        *("tail", "discussed", "fronted", "transit", "amount", "owner", "partner_before", "partner"),
        *(
            "source_before",
            "source",
            "machine_used",
            "machine_counted",
            "machine_made",
            "no_table",
            "venue_guest",
            "past",
        ),
        *("bracket", "portrait", "joint", "beside", "bare_park", "zone_part", "sponsor"),
        *("evident_before", "evident_behind", "own_name"),
    )
    return Grammar(
        cue=re.compile(any_of(data["cues"])),
        strong=re.compile(any_of(data["strong_cues"])),
        denied=re.compile(any_of(data["denied"])),
        venue_before=tuple(data["venue_before"]),
        park_shorts=dict(data["park_shorts"]),
        park_ends=tuple(data["park_ends"]),
        unplaced=tuple(data["unplaced"]),
        made=tuple(data["made"]),
        located=tuple(data["located"]),
        vague=frozenset(data["vague"]),
        devices=frozenset(data["devices"]),
        named_by_itself=frozenset(data["named_by_itself"]),
        regions=re.compile(any_of(data["regions"])),
        compound=frozenset(data["compound"]),
        of_it=frozenset(data["of_it"]),
        vague_words=frozenset(data["vague_words"]),
        build=re.compile(any_of(data["build"])),
        list_marks=frozenset(data["list_marks"]),
        same_place=re.compile(data["same_place"]),
        local=frozenset(data["local"]),
        **{key: re.compile(data[key]) for key in patterns},
    )


def groups(view: Scene, sentence: Span, topic: tuple[str, ...]) -> list[Group]:
    """The groups of places in a sentence that can have an industry; topic: where a park without a place
    lies.
    """
    g = grammar()
    text = view.text
    usable: list[PlaceMention] = []
    mentions = between(view.places, sentence.start, sentence.end)
    if not mentions:
        return []
    for mention in mentions:
        if (mention.in_organisation and not mention.government) or _is_epithet(
            text, mention, usable or topic
        ):
            continue
        if g.sponsor.match(text, mention.end):
            continue  # 深圳宝安(龙川)产业转移工业园 lies in 龙川
        if mention.anaphora and any(
            not each.anaphora
            and (each.level == mention.level or text[mention.start : mention.end] in g.local)
            for each in usable
        ):
            continue
        usable.append(mention)
    found: list[Group] = []
    for mention in usable:
        own, gap = mention.government, text[found[-1].end : mention.start] if found else None
        last = found[-1] if found else None
        names: tuple[str, ...] = (mention.name,)
        if mention.anaphora and text[mention.start : mention.end] in g.local:
            if not topic:
                continue  # 当地 in a report on the whole nation
            names = topic
        if last and mention.level in ("park", "province") and text.endswith(g.made, last.end, mention.start):
            continue  # 乌海市打造内蒙古西部产业基地: what the place makes, not where
        if mention.level == "park":
            names = _park(
                view,
                mention,
                last.names if last and (last.own or g.beside.fullmatch(gap or "的")) else None,
                topic,
            )
        if last and gap == "":
            found[-1] = Group(last.start, mention.end, (*last.names[:-1], *names), own)
        elif last and gap in g.list_marks:
            found[-1] = Group(last.start, mention.end, (*last.names, *names), last.own and own)
        elif last and gap == "的" and text.endswith(g.located, sentence.start, last.start):
            found[-1] = Group(last.start, mention.end, (*last.names, *names), own)
        else:
            found.append(Group(mention.start, mention.end, names, own))
    found = [each._replace(names=each.names[:1]) if g.joint.match(text, each.end) else each for each in found]
    return [group for n, group in enumerate(found) if not _is_away(text, sentence, group, guest=n > 0)]


def _is_epithet(text: str, mention: PlaceMention, before: Sequence[object]) -> bool:
    """Tell whether a part of the country is only a word of a name: 粤西冷链枢纽项目 of a place named before."""
    if not before:
        return False
    inside = text[max(0, mention.start - 1) : mention.start].strip(",;:。“”")
    return bool(inside and grammar().regions.fullmatch(text, mention.start, mention.end))


def _park(
    view: Scene, park: PlaceMention, before: tuple[str, ...] | None, topic: tuple[str, ...]
) -> tuple[str, ...]:
    """A park, with the division that it lies in; the division alone where the park's name is that of an
    industry.
    """
    printed = view.text[park.start : park.end]
    above = gazetteer().get(park.parent) if park.parent else None
    own = _division_in(printed)
    if own and own == printed[: len(own)]:
        divisions: tuple[str, ...] = (own,)
    elif own and before and _is_province(before[-1]):
        divisions = (own,)
    elif before:
        divisions = before[-1:]
    elif above and printed.startswith(above.name[:2]):
        divisions = (above.name,)
    elif own:
        divisions = (own,)
    else:
        divisions = topic or ((above.name,) if above else ())
    first = bisect_left(view.industries, park.start, key=itemgetter(0))
    themed = any(each.start < park.end for each in view.industries[first : first + 1])
    if not divisions or _is_province(divisions[-1]):
        return (park.name,)
    if grammar().zone_part.match(view.text, park.end):
        return divisions
    return divisions if themed or not printed.endswith(grammar().park_ends) else (*divisions, park.name)


def park_named(view: Scene, topic: tuple[str, ...]) -> tuple[str, ...]:
    """The park that a paragraph names last, with its division, in whatever role; () where it names none."""
    ends = grammar().park_ends
    found = [n for n, each in enumerate(view.places) if each.level == "park" and each.name.endswith(ends)]
    if not found or view.places[found[-1]].in_organisation:
        return ()
    at = found[-1]
    park, front = view.places[at], view.places[at - 1] if at else None
    beside = front and grammar().beside.fullmatch(view.text[front.end : park.start] or "的")
    return _park(view, park, (front.name,) if front and beside else None, topic)


def _is_province(name: str) -> bool:
    return any(place.level == "province" for place in gazetteer().by_name(name))


def _division_in(park: str) -> str | None:
    """The division with whose full name a park's name begins (界首市高新区), or the prefecture with whose short
    name it does (日照港石臼港区); None where it begins otherwise.
    """
    for size in range(min(8, len(park)), 1, -1):
        for place in gazetteer().by_name(park[:size]):
            if place.name == park[:size] or place.level == "prefecture":
                return place.name
    return None


def _is_away(text: str, sentence: Span, group: Group, *, guest: bool) -> bool:
    """Tell whether the places are an origin, a destination, a venue or a neighbour.

    guest: another place stands before, which may be there as a guest: 上饶在深圳揽回一批项目.
    """
    g = grammar()
    low = max(sentence.start, group.start - 5)
    if low < group.start and g.away.search(text, low, group.start):
        asked = g.source_before.search(text, low, group.start) and g.source.match(text, group.end)
        met = g.partner_before.search(text, low, group.start) and g.partner.match(text, group.end)
        return not (asked or met)
    if g.away_after.match(text, group.end, sentence.end) or g.away_list.search(
        text, sentence.start, group.start
    ):
        return True
    if text.startswith(g.venue_before, max(sentence.start, group.start - 1)) or text.endswith(
        g.venue_before, sentence.start, group.start
    ):
        after = text[group.end : sentence.end]
        return bool(g.venue.match(after) or (guest and g.venue_guest.match(after)))
    return False
