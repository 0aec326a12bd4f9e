"""Which place has, builds, forms or promotes which industry, as the text says it.

Each industry that the text names looks for its place: the nearest group of places before it in the
sentence, a place behind it that it goes to (落户乌海), else the place that the paragraph, the paragraph
before or the headline speaks of. Places where something comes from or goes to, venues and names of firms
do not count; nor do sessions, professions, what is denied, and clauses about the nation. Precision before
coverage.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from sitegen.extract.names import any_of
from sitegen.extract.scene import Scene, scenes
from sitegen.industries import IndustryMention
from sitegen.lexicon import packaged
from sitegen.model import Article, PlaceIndustry
from sitegen.places import PlaceMention, gazetteer
from sitegen.text import Span, clauses


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
    venue_before: tuple[str, ...]
    toward: re.Pattern[str]
    tail: re.Pattern[str]
    discussed: re.Pattern[str]
    fronted: re.Pattern[str]
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
        *("source_before", "source"),
    )
    return Grammar(
        cue=re.compile(any_of(data["cues"])),
        strong=re.compile(any_of(data["strong_cues"])),
        denied=re.compile(any_of(data["denied"])),
        venue_before=tuple(data["venue_before"]),
        park_ends=tuple(data["park_ends"]),
        made=tuple(data["made"]),
        located=tuple(data["located"]),
        vague=frozenset(data["vague"]),
        compound=frozenset(data["compound"]),
        of_it=frozenset(data["of_it"]),
        vague_words=frozenset(data["vague_words"]),
        build=re.compile(any_of(data["build"])),
        list_marks=frozenset(data["list_marks"]),
        same_place=re.compile(data["same_place"]),
        local=frozenset(data["local"]),
        **{key: re.compile(data[key]) for key in patterns},
    )


def place_industries(article: Article) -> tuple[PlaceIndustry, ...]:
    """The pairs of an article, each once a paragraph, in the order of the text; the headline's stand in
    paragraph 0.
    """
    views = scenes(article)
    if not any(view.places for view in views):
        return ()
    found: dict[tuple[int, str, str], None] = {}
    headline = _read(views[-1], (), ())
    for place, industry in headline.pairs:
        found[0, place, industry] = None
    title = headline.topic
    topic = title
    for number, view in enumerate(views[:-1]):
        read = _read(view, _inherited(view, topic, title), title)
        for place, industry in read.pairs:
            found[number, place, industry] = None
        topic = topic if view.text[-1:].isdigit() and _is_row(view.text) else read.topic or topic
    return tuple(PlaceIndustry(place, industry, article.id, number) for number, place, industry in found)


class _Read(NamedTuple):
    pairs: tuple[tuple[str, str], ...]
    topic: tuple[str, ...]


def _inherited(view: Scene, topic: tuple[str, ...], title: tuple[str, ...]) -> tuple[str, ...]:
    """The place that a paragraph starts with: the last one where it says so, else the headline's."""
    g = grammar()
    if g.same_place.match(view.text) or _is_row(view.text):
        return topic
    park = next((end for end in g.park_ends if topic and topic[-1].endswith(end)), None)
    return topic if park and not title and park in view.text else title


def _is_row(text: str) -> bool:
    """A row of a table: three cells or more, and no full stop."""
    return "。" not in text and len(text.split()) >= 3


def _read(view: Scene, topic: tuple[str, ...], title: tuple[str, ...]) -> _Read:
    """The pairs of one paragraph, and the places that it ends with (empty where it names none)."""
    listed = _industries(view)
    if not view.places and not (listed and (topic or title)):
        return _Read((), ())
    pairs: list[tuple[str, str]] = []
    named: tuple[str, ...] = ()
    industries = [i for i in listed if not _set_aside(view, i)]
    row = _is_row(view.text)
    for sentence in (Span(0, len(view.text)),) if row else view.sentences:
        if view.text[max(0, sentence.start - 1) : sentence.start + 1] == "”“":  # another speaker
            named, topic = (), title
        near = groups(view, sentence, topic or title) if view.places else []
        begin = bisect_left(industries, sentence.start, key=itemgetter(0))
        here = industries[begin : bisect_left(industries, sentence.end, key=itemgetter(0))]
        if here:
            pieces = clauses(view.text, sentence)
            for industry in here:
                at = next(n for n, piece in enumerate(pieces) if piece.start <= industry.start < piece.end)
                places = _places(view, sentence, pieces[at : at + 2], near, industry, named or topic, row=row)
                pairs.extend((place, industry.id) for place in places)
        if near:
            first = next((group for group in near if not group.own), near[0])
            named = first.names
    return _Read(tuple(dict.fromkeys(pairs)), named)


def _industries(view: Scene) -> list[IndustryMention]:
    """The industries named, and the signs of an industry at work that no name covers."""
    ids, matcher = _signs()
    found = list(view.industries)
    hits = matcher.find_matches_as_indexes(view.text)
    if not hits:
        return found
    for index, start, end in hits:
        at = bisect_left(view.industries, end, key=itemgetter(0))
        if at == 0 or view.industries[at - 1].end <= start:
            found.append(IndustryMention(start, end, ids[index], view.text[start:end]))
    return sorted(found) if len(found) > len(view.industries) else found


@cache
def _signs() -> tuple[tuple[str, ...], AhoCorasick]:
    """The industry of each sign, and the matcher of the signs."""
    data: dict[str, list[str]] = packaged("place_industry.yml")["signs"]
    pairs = [(word, id_) for id_, listed in data.items() for word in listed]
    matcher = AhoCorasick([word for word, _ in pairs], matchkind=MatchKind.LeftmostLongest)
    return tuple(id_ for _, id_ in pairs), matcher


def _set_aside(view: Scene, industry: IndustryMention) -> bool:
    """Name of an organisation or a title, session, profession: no industry that a place has."""
    g = grammar()
    at = bisect_right(view.organisations, industry.start, key=itemgetter(0))
    if industry.id in g.compound and any(each.end == industry.start for each in _before(view, industry)):
        return True
    around = view.organisations[max(0, at - 1) : at]
    if any(industry.start < o.end and o.kind not in ("company", "bank") for o in around):
        return True
    if g.not_followed.match(view.text, industry.end) or g.not_preceded.search(
        view.text, max(0, industry.start - 12), industry.start
    ):
        return True
    opened = view.text.rfind("《", max(0, industry.start - 200), industry.start)
    return (
        opened >= 0
        and "》" not in view.text[opened : industry.start]
        and view.text.find("》", industry.end, industry.end + 200) > 0
    )


def _before(view: Scene, industry: IndustryMention) -> tuple[IndustryMention, ...]:
    """Give the industry named before this one."""
    at = bisect_left(view.industries, industry.start, key=itemgetter(0))
    return view.industries[max(0, at - 1) : at]


def groups(view: Scene, sentence: Span, topic: tuple[str, ...]) -> list[Group]:
    """The groups of places in a sentence that can have an industry; topic: where a park without a place
    lies.
    """
    g = grammar()
    text = view.text
    usable: list[PlaceMention] = []
    begin = bisect_left(view.places, sentence.start, key=itemgetter(0))
    for mention in view.places[begin : bisect_left(view.places, sentence.end, key=itemgetter(0))]:
        if mention.in_organisation and not mention.government:
            continue
        if mention.anaphora and any(
            not each.anaphora
            and (each.level == mention.level or text[mention.start : mention.end] in g.local)
            for each in usable
        ):
            continue
        usable.append(mention)
    found: list[Group] = []
    for mention in usable:
        own, between = mention.government, text[found[-1].end : mention.start] if found else None
        last = found[-1] if found else None
        names: tuple[str, ...] = (mention.name,)
        if last and mention.level in ("park", "province") and text.endswith(g.made, last.end, mention.start):
            continue  # 乌海市打造内蒙古西部产业基地: what the place makes, not where
        if mention.level == "park":
            names = _park(
                view, mention, last.names if last and (last.own or between in ("", "的")) else None, topic
            )
        if last and between == "":
            found[-1] = Group(last.start, mention.end, (*last.names[:-1], *names), own)
        elif last and between in g.list_marks:
            found[-1] = Group(last.start, mention.end, (*last.names, *names), last.own and own)
        elif last and between == "的" and text.endswith(g.located, sentence.start, last.start):
            found[-1] = Group(last.start, mention.end, (*last.names, *names), own)
        else:
            found.append(Group(mention.start, mention.end, names, own))
    return [group for group in found if not _is_away(text, sentence, group)]


def _park(
    view: Scene, park: PlaceMention, before: tuple[str, ...] | None, topic: tuple[str, ...]
) -> tuple[str, ...]:
    """A park, with the division that it lies in; the division alone where the park's name is that of an
    industry.
    """
    printed = view.text[park.start : park.end]
    above = gazetteer().get(park.parent) if park.parent else None
    if before:
        divisions = before[-1:]
    elif above and printed.startswith(above.name[:2]):
        divisions = (above.name,)
    else:
        divisions = topic or ((above.name,) if above else ())
    first = bisect_left(view.industries, park.start, key=itemgetter(0))
    themed = any(each.start < park.end for each in view.industries[first : first + 1])
    if not divisions:
        return (park.name,)
    return divisions if themed or not printed.endswith(grammar().park_ends) else (*divisions, park.name)


def _is_away(text: str, sentence: Span, group: Group) -> bool:
    """Tell whether the places are an origin, a destination, a venue or a neighbour."""
    g = grammar()
    low = max(sentence.start, group.start - 5)
    if g.away.search(text, low, group.start):
        asked = g.source_before.search(text, low, group.start) and g.source.match(text, group.end)
        met = g.partner_before.search(text, low, group.start) and g.partner.match(text, group.end)
        return not (asked or met)
    if g.away_after.match(text, group.end, sentence.end) or g.away_list.search(
        text, sentence.start, group.start
    ):
        return True
    if text.startswith(g.venue_before, max(sentence.start, group.start - 1)) or any(
        text.endswith(word, sentence.start, group.start) for word in g.venue_before
    ):
        return g.venue.match(text[group.end : sentence.end]) is not None
    return False


def _of_another(view: Scene, after: int, until: int) -> bool:
    """Tell whether a place that does not count stands right before: 买家是天津的一家电梯厂."""
    first = bisect_left(view.places, after, key=itemgetter(0))
    passed = view.places[first : bisect_left(view.places, until, key=itemgetter(0))]
    return bool(passed) and view.text[passed[-1].end : until] in grammar().of_it


def _places(
    view: Scene,
    sentence: Span,
    pieces: Sequence[Span],
    groups: Sequence[Group],
    industry: IndustryMention,
    topic: tuple[str, ...],
    *,
    row: bool,
) -> tuple[str, ...]:
    """The places that have this industry, () where the text does not say so. pieces: its clause and the
    next.
    """
    g = grammar()
    text, clause = view.text, pieces[0]
    piece = text[clause.start : clause.end]
    if g.denied.search(piece) or g.discussed.search(text, clause.start, industry.start):
        return ()
    if (industry.id in g.vague or industry.printed in g.vague_words) and not g.build.search(piece):
        return ()
    before = [group for group in groups if group.start <= industry.start]
    plain = [group for group in before if not group.own] or before
    if g.national.match(piece) and not any(group.start >= clause.start for group in plain):
        return ()
    if row and (cells := [group for group in groups if not group.own]):
        return cells[-1].names
    if row and not groups and g.amount.search(text) and not text[: industry.start].strip():
        return topic  # a row that begins with the product: the table's caption names the place
    if plain:
        last = plain[-1]
        between = text[last.end : industry.start]
        if _of_another(view, last.end, industry.start):
            return ()
        if between == "的" and g.transit.search(text, industry.end, sentence.end):
            return ()
        if g.owner.search(between) or (len(between) > 3 and not g.cue.search(text, last.end, sentence.end)):
            return ()
        if "为代表" in between:
            return tuple(name for group in plain for name in group.names)
        return last.names
    behind = [group for group in groups if industry.end <= group.start]
    if behind:
        near = behind[0]
        if near.start < clause.end and g.toward.search(text, industry.end, near.start):
            return near.names
        if (
            g.fronted.match(piece)
            and len(pieces) > 1
            and near.start - pieces[1].start <= 2
            and g.cue.search(piece)
        ):
            return near.names
    strong = g.strong.search(text, clause.start, pieces[-1].end) or g.tail.match(text, industry.end)
    return topic if strong else ()
