"""Which place a number is about: the nearest one printed before it that is no venue, origin or base of comparison."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import itemgetter

from sitegen.extract.names import printed_names
from sitegen.extract.reading import Reading, between
from sitegen.extract.reasons import Because, because
from sitegen.extract.respective import is_respective, respective
from sitegen.extract.scene import home, subhead_places
from sitegen.lexicon import packaged
from sitegen.model import HEADLINE, Article
from sitegen.places import PlaceMention, gazetteer
from sitegen.text import Span, fold

_LEAD = 2  # paragraphs whose places a number before them may be about
_FAR = 2_000  # characters of a paragraph on which a place is carried
_SPEECH = 600  # characters of a quotation


@cache
def _words(role: str) -> tuple[str, ...]:
    return tuple(sorted(packaged("scope.yml")[role], key=len, reverse=True))


@cache
def _either(role: str) -> str:
    return "|".join(map(re.escape, _words(role)))


@cache
def _national() -> re.Pattern[str]:
    """What makes a clause speak of the country, the world or a foreign land."""
    opening = r"(?:^|[^一-鿿0-9A-Za-z、])(?:[一-鿿0-9]{0,8}年)?,?(?:在|而|放眼|纵观|着眼|目前|截至目前|预计|据测算|据|根据)?"
    figures = rf"(?:{_either('ministries')})[一-鿿0-9]{{0,8}}(?:{_either('figures')})"
    abroad = rf"(?:在|位于|地处|设在|落户|而|至于)(?:{_either('foreign')})(?!人|客商|企业|公司|游客)"
    return re.compile(
        rf"{opening}(?:(?!{_either('not_national')})(?:{_either('national')})(?!首|第|唯一|率先|最|[一-鿿]{{1,5}}”)|(?:{_either('foreign')})|{figures})|{abroad}"
    )


@cache
def _venue() -> re.Pattern[str]:
    return re.compile(rf"[一-鿿]{{0,10}}?(?:{_either('venue')})")


@cache
def _rank() -> re.Pattern[str]:
    return re.compile(rf"[一-鿿]{{0,10}}?(?:{_either('rank')})")


_WITH = re.compile(r"(?:与|和|同|跟)[一-鿿]{0,3}$")
_RANKED = re.compile(r"(?:在|居|列|占|排|排名|位次)$")


@cache
def _seated() -> re.Pattern[str]:
    """坐落在, 位于 … right before a place: the thing spoken of stands there."""
    return re.compile(rf"(?:{_either('seat')})(?:在|于|到|了)?$")


@dataclass(frozen=True, slots=True)
class Topics:
    """Where an article speaks of which place, by paragraph.

    usable: places that a number may be about.  carried: those that later paragraphs may inherit (what a speaker says in
    a paragraph stays there).  spoken: seats of offices.  seats: the place of a speaker whose turn a paragraph is.
    firms: places in the names of firms that are at home where the article is.
    sections: the paragraph from which a paragraph inherits, and the place of the head above it.
    inherited: what it inherits, and the paragraph that named it.  whole: why the fallback is the article's place.
    """

    usable: tuple[tuple[PlaceMention, ...], ...]
    carried: tuple[tuple[PlaceMention, ...], ...]
    spoken: tuple[tuple[PlaceMention, ...], ...]
    seats: tuple[str | None, ...]
    firms: tuple[tuple[PlaceMention, ...], ...]
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
    carried = tuple(
        tuple(m for m in found if not _in_speech(reading.folded, m.start))
        for reading, found in zip(readings, usable, strict=True)
    )
    spoken = tuple(
        tuple(_resolved(m, known) for m in reading.places if m.in_organisation and _is_local(reading, m))
        for reading in readings
    )
    title = _last(fold(article.title or ""), headline, names, known)
    heads = [
        _last(fold(note.text), found, names, known)
        for note, found in zip(article.subheads, subhead_places(article), strict=True)
    ]
    at_home = title.name if title else home(article)
    parted = _sections(readings, article, heads, title)
    fallback = _fallback(readings, usable, title, article.home if _is_local_paper(article.home) else None)
    return Topics(
        usable,
        carried,
        spoken,
        _seats(readings, spoken),
        tuple(_firms(reading, at_home) for reading in readings),
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
    """The place of a headline or subhead: the last one that it names."""
    printed = (m for m in reversed(mentions) if not m.in_organisation or m.government)
    return next((_resolved(m, known) for m in printed if not _is_person(printed_names(text, names), m)), None)


def _firms(reading: Reading, at_home: str | None) -> tuple[PlaceMention, ...]:
    """The seats of firms, as their names say; a firm from elsewhere may come to invest, so its seat says nothing."""
    return tuple(
        m
        for m in reading.places
        if m.in_organisation
        and (m.level in {"prefecture", "county"} or m.name.endswith("市"))
        and not _is_local(reading, m)
        and (at_home is None or m.name == at_home or _above(at_home, m.name))
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


_ITEM = re.compile(r"\s*[●○■□◆◇★☆▲△◎▼◉⊙【]")


def _fallback(
    readings: Sequence[Reading],
    usable: Sequence[Sequence[PlaceMention]],
    title: PlaceMention | None,
    around: str | None,
) -> str | None:
    """For a number before which no place is printed: one of the lead, or named more than once, the headline's, an office's.

    around: where the page is at home; it serves where the article names no place at all.
    """
    named = Counter(m.name for found in usable for m in found)
    for index, found in enumerate(usable):
        for mention in found:
            if index < _LEAD or named[mention.name] > 1:
                return _division(mention)
    if title:
        return _division(title)
    return next(
        (
            m.name
            for reading in readings
            for m in reading.places
            if m.in_organisation and _is_local(reading, m) and not _is_dateline(reading.folded, m)
        ),
        around,
    )


def _usable(reading: Reading, known: frozenset[str]) -> tuple[PlaceMention, ...]:
    found: list[PlaceMention] = []
    away: PlaceMention | None = None
    for mention in reading.places:
        if _this_firm(reading, mention):
            found.append(mention)
            continue
        if _is_person(reading.persons, mention):
            continue
        between = reading.folded[away.end : mention.start] if away else None
        if (between is not None and between in {"", "、", "和", "及", "与"}) or not is_topic(
            reading.folded, mention
        ):
            away = mention
            if _comes_from_there(reading.folded, mention):
                while found and reading.folded[found[-1].end : mention.start] in {"、", "和"}:
                    mention = found.pop()  # 杭州、上海的年轻人
            continue
        if found and mention.start - found[-1].end <= _PAIR and _is_partner(reading.folded, mention):
            continue
        found.append(_resolved(mention, known))
    return tuple(found)


def _comes_from_there(folded: str, mention: PlaceMention) -> bool:
    return not mention.in_organisation and folded.startswith(_words("origin_after"), mention.end)


_PAIR = 12  # characters between two places that do something together


def _is_partner(folded: str, mention: PlaceMention) -> bool:
    """该县与北京市结对: the second place of a pair; the sentence speaks of the first."""
    before = folded[max(0, mention.start - 5) : mention.start]
    return bool(_WITH.search(before)) and bool(_partner().match(folded, mention.end))


@cache
def _partner() -> re.Pattern[str]:
    return re.compile(rf"[一-鿿]{{0,4}}?(?:{_either('partner')})")


def _this_firm(reading: Reading, mention: PlaceMention) -> bool:
    """这家合肥公司 is no name, it says where the firm spoken of is."""
    before = reading.folded[max(0, mention.start - 2) : mention.start]
    return before in {"这家", "一家", "那家"} and reading.folded.startswith(
        ("公司", "企业", "厂", "民企", "药企", "车企"), mention.end
    )


_LONGEST = 40  # characters of a person's name


def _is_person(persons: Sequence[Span], mention: PlaceMention) -> bool:
    """王九江 is a person, not a city."""
    return any(
        name.end > mention.start and name.end - name.start > mention.end - mention.start
        for name in between(persons, mention.start - _LONGEST, mention.end)
    )


def _resolved(mention: PlaceMention, known: frozenset[str]) -> PlaceMention:
    """满洲里铁路口岸 stands for 满洲里市: a place with a word for what every place has is the place itself.

    known: names of the article; a county that it does not name is not guessed from a short name.
    """
    if mention.level != "park":
        return mention
    whole = _full_park(mention.name, known)
    if whole:
        return mention._replace(name=whole)
    bare = re.sub(rf"(?:{_either('generic')})$", "", mention.name)
    full = gazetteer().full_name(bare) if bare != mention.name else None
    sure = full in known or any(place.level != "county" for place in gazetteer().by_name(full or ""))
    return mention._replace(name=full) if full and sure else mention


def _full_park(name: str, known: frozenset[str]) -> str | None:
    """赤峰高新区 where the article also prints 赤峰高新技术产业开发区."""
    for short, full in packaged("scope.yml")["park_forms"].items():
        if name.endswith(short) and name.removesuffix(short) + full in known:
            return f"{name.removesuffix(short)}{full}"
    return None


def _is_local(reading: Reading, mention: PlaceMention) -> bool:
    """An office, a school or a hospital of the place, not a firm that bears its name."""
    at = bisect_right(reading.organisations, mention.start, key=itemgetter(0)) - 1
    within = at >= 0 and mention.start < reading.organisations[at].end
    kind = reading.organisations[at].kind if within else "government"
    return mention.government or kind not in {"company", "association", "media"}


def _in_speech(folded: str, offset: int) -> bool:
    """Inside quotation marks, or behind X介绍，/ X说： in its sentence."""
    low = max(0, offset - _SPEECH)
    start = max(folded.rfind("。", low, offset), folded.rfind("!", low, offset), low - 1) + 1
    opened = folded.rfind("“", low, offset)
    if opened > folded.rfind("”", low, offset):
        return folded.find("”", offset, offset + _SPEECH) - opened > 9
    return _said().search(folded, start, offset) is not None or _HEAD.match(folded) is not None


_HEAD = re.compile(r"[一-鿿·]{2,24}:")


@cache
def _said() -> re.Pattern[str]:
    return re.compile(rf"(?:{_either('speech')})[,:]")


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
        places = (m for m in reading.places if not _is_person(reading.persons, m))
        office = next((m.name for m in (*offices, *places) if m.end <= turn.end()), None)
        if office and len(head) > 5:
            heads[head] = office
        seats.append(office or next((place for known, place in heads.items() if known.endswith(head)), None))
    return tuple(seats)


_HEARD = re.compile(r"[一-鿿]{0,10}?(?:获悉|了解到|得知|看到)")  # 从X获悉 tells who said it and where
_SUMMED = re.compile(  # one of a list that is counted: 红山、松山、东山3个园
    r"(?:[、和][一-鿿]{2,6}){0,8}?(?:等|共)?[0-9二三四五六七八九十两]{1,3}(?:个|家|大|座|处|地)"
)
_WIRED = re.compile(r"\d{1,2}月\d{1,2}日?电")


def _is_dateline(folded: str, mention: PlaceMention) -> bool:
    """The seat of the agency or of its reporter (新华社北京2月3日电, 本报济南讯) says nothing of the news."""
    if _WIRED.match(folded, mention.end):
        return True
    before = folded[max(0, mention.start - 6) : mention.start]
    return before.endswith(_words("dateline")) and folded.startswith(("讯", "电"), mention.end)


def is_topic(folded: str, mention: PlaceMention) -> bool:
    """False for a place in an organisation's name, a venue, an origin or destination, and the whole of a share."""
    if mention.in_organisation:
        return False
    before = folded[max(0, mention.start - 14) : mention.start]
    after = folded[mention.end : mention.end + 30]
    if _is_dateline(folded, mention):
        return False
    if after.startswith(_words("venue")) or (before.endswith("在") and _venue().match(after)):
        return False
    if before.endswith("从") and _HEARD.match(after):
        return True
    ours = mention.anaphora and folded[mention.start] in "全我本"
    if not ours and before.endswith(_words("origin")) and not before.endswith(_words("not_origin")):
        return False
    if _RANKED.search(before) and _rank().match(after):
        return False
    if _SUMMED.match(after) and (before.endswith(("、", "和")) or after[:1] in set("、和")):
        return False
    if after.startswith(_words("origin_after")) and not after.startswith(_words("not_origin_after")):
        return False
    return not before.endswith(_words("whole"))


def place_of(
    readings: Sequence[Reading], topics: Topics, index: int, start: int, clause: Span, sentence: Span
) -> tuple[str | None, Because]:
    """The full name of the place of a number, or None for a national or global one; and why."""
    reading = readings[index]
    usable = topics.usable[index]
    before = between(usable, start - _FAR, start)
    in_sentence = between(usable, sentence.start, start)
    if is_respective(reading.folded, sentence):
        printed = [m for m in between(reading.places, *sentence) if not m.in_organisation]
        owner = respective(reading, printed, sentence).get(start)
        if owner:
            return _division(owner), because("its turn in lists that run side by side (分别)", owner)
    in_clause = between(usable, clause.start, start)
    if in_clause:
        return _division(in_clause[-1]), because("named before it in its clause", in_clause[-1])
    owner = next(iter(between(usable, start, clause.end)), None)
    if owner and _OWNED.search(reading.folded, start, owner.start):
        return _division(owner), because("the number describes what stands there", owner)
    quoted = _quoted_seat(reading, topics.spoken[index], usable, before, start)
    if quoted:
        return _division(quoted), because("named in the quotation, or the seat of who is quoted", quoted)
    seated = [
        m
        for m in between(usable, start, sentence.end)
        if _seated().search(reading.folded[sentence.start : m.start])
    ]
    if seated:
        return _division(seated[0]), because("what is spoken of lies there", seated[0])
    together = len({m.name for m in in_sentence}) > 1 and _TOGETHER.search(
        reading.folded, clause.start, start
    )
    whole = topics.headline and _PARTS_OF_A_WHOLE.search(reading.folded, sentence.start, start + 10)
    if whole and not in_sentence and topics.headline:
        return _division(topics.headline), Because("the parts of what the headline names", *whole.span())
    if together:
        in_sentence, before = (), between(usable, 0, sentence.start)
    for lead in (clause.start,) if in_sentence else (clause.start, sentence.start):
        nation = _national().search(reading.folded[lead:start])
        if nation:
            return None, Because("the whole country or the world", lead + nation.start(), lead + nation.end())
    if in_sentence:
        return _division(in_sentence[-1]), because("named before it in its sentence", in_sentence[-1])
    if before:
        carried = _carried(reading, before) or before[-1]
        return _division(carried), because("named before it in its paragraph", carried)
    if topics.seats[index]:
        return topics.seats[index], Because("the seat of who has the turn in the interview")
    inherited, earlier = topics.inherited[index]
    firm = next(iter(reversed(between(topics.firms[index], 0, start))), None)
    if firm and not (inherited and (inherited.level == "park" or _above(firm.name, inherited.name))):
        return firm.name, because("the seat in the name of a firm before it", firm)
    office = next(iter(reversed(between(topics.spoken[index], 0, start))), None)
    named = {topics.headline.name} if topics.headline else set()
    if office and not (inherited and inherited.name in named and _above(office.name, inherited.name)):
        return office.name, because("the seat of an office named before it", office)
    if inherited:
        return _division(inherited), _whence(topics, inherited, earlier)
    behind = between(usable, start, clause.end)
    if behind:
        return _division(behind[0]), because("named behind it in its clause", behind[0])
    return topics.fallback, topics.whole


_PARTS_OF_A_WHOLE = re.compile(
    r"[\d两二三四五六七八九十]{1,3}个?(?:市州|盟市|地市|设区市|县市区|县\(市、区\)|市县|州市|区县)"
)
_TOGETHER = re.compile(  # 四市合计: the numbers of all that a list named
    r"[两二三四五六七八九十\d]{1,3}(?:市|县|区|地|省|旗|盟|州)(?:合计|合起来|共|一共|加起来)|其余[一-鿿]{0,6}\Z"
)


def _as_a_whole(usable: Sequence[Sequence[PlaceMention]], fallback: str | None) -> Because:
    """The place of the article, with the first mention of it that gives that name."""
    for number, found in enumerate(usable):
        for mention in found:
            if fallback in (mention.name, _division(mention)):
                return because("the place of the article as a whole", mention, number)
    return Because("the place of the article as a whole" if fallback else "no place is named")


def _whence(topics: Topics, mention: PlaceMention, earlier: int | None) -> Because:
    """Where an inherited place was named: in an earlier paragraph, in the headline, else in a subhead."""
    if earlier is not None:
        return because("carried on from an earlier paragraph", mention, earlier)
    if mention is topics.headline:
        return because("named in the headline", mention, HEADLINE)
    return Because("named in the subhead above")


def _division(mention: PlaceMention) -> str:
    """The name of the place; a park whose county or city is printed with it gives that, so that numbers of one park
    printed with and without its name stand together.
    """
    if mention.level != "park" or not mention.seated or mention.name in _areas():
        return mention.name
    above = gazetteer().get(mention.parent)
    return above.name if above and above.level != "province" else mention.name


@cache
def _areas() -> frozenset[str]:
    """State-level new areas (雄安新区): zones that work like a city."""
    return frozenset(name for name in packaged("place_words.yml")["parks"]["names"] if name.endswith("新区"))


def _above(outer: str, inner: str) -> bool:
    """Whether a division of the first name holds one of the second, and is not the same."""
    g = gazetteer()
    return outer != inner and any(
        g.contains(high.code, low.code) for high in g.by_name(outer) for low in g.by_name(inner)
    )


# 总投资6亿元的固始县供水工程, 投资3亿元在东胜区建: the number describes what stands there
_OWNED = re.compile(r"[元吨亩瓦时米里人台套个家户%上]的$|[元万亿]在$")


def _quoted_seat(
    reading: Reading,
    offices: tuple[PlaceMention, ...],
    usable: tuple[PlaceMention, ...],
    before: Sequence[PlaceMention],
    start: int,
) -> PlaceMention | None:
    """Inside a quotation without a place before the number: a place named later in it, else the official's seat."""
    opened = reading.folded.rfind("“", max(0, start - _SPEECH), start)
    if opened <= reading.folded.rfind("”", max(0, start - _SPEECH), start) or (
        before and before[-1].start > opened
    ):
        return None
    closed = reading.folded.find("”", start, start + _SPEECH)
    own = between(usable, start, max(start, closed))
    return own[0] if own else offices[-1] if offices else None


def _carried(reading: Reading, mentions: Sequence[PlaceMention]) -> PlaceMention | None:
    """The place that the last sentence with one place goes on speaking of; one that lists several is passed over."""
    end = len(mentions)
    while end:
        sentence = reading.sentence_at(mentions[end - 1].start)
        begin = min(bisect_left(mentions, sentence.start, key=itemgetter(0)), end - 1)
        inside = mentions[begin:end]
        if all(_nested(m, inside[-1]) for m in inside):
            return inside[-1]
        end = begin
    return None


def _nested(one: PlaceMention, other: PlaceMention) -> bool:
    g = gazetteer()
    high, low = one.code or one.parent, other.code or other.parent
    return g.contains(high, low) or g.contains(low, high)


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
        spoken = _carried(readings[index], carried[index]) if carried[index] else None
        last = (spoken, index) if spoken else last
        named = (usable[index][-1], index) if usable[index] else named
    return tuple(found)


def event_place(
    event: str | None, place: str | None, topics: Topics, index: int, start: int, sentence: Span
) -> str | None:
    """The place in the name of an event, for what was signed there, where neither clause nor sentence names another."""
    if not event or between(topics.usable[index], sentence.start, start):
        return place
    found = [m for m in gazetteer().mentions(event) if not m.in_organisation]
    return found[-1].name if found else place
