"""Which place a number is about: the nearest one printed before it that is no venue, origin or base of comparison."""

import re
from collections.abc import Sequence
from functools import cache

from sitegen.extract.place_mentions import SPEECH, division_of, holds, one_of, words
from sitegen.extract.reading import Reading, between
from sitegen.extract.reasons import Because, because
from sitegen.extract.respective import is_respective, respective
from sitegen.extract.topics import Topics, carried_on
from sitegen.model import HEADLINE
from sitegen.places import PlaceMention, gazetteer
from sitegen.text import Span, either

_FAR = 2_000  # characters of a paragraph on which a place is carried


@cache
def _national() -> re.Pattern[str]:
    """What makes a clause speak of the country, the world or a foreign land."""
    opening = (
        r"(?:(?:^|[^一-鿿0-9A-Za-z、])(?:[一-鿿0-9]{0,8}年)?,?(?:在|而|放眼|纵观|着眼|目前|截至目前|预计|据测算|据|根据)?"
        r"|(?:预测|预计|估计|测算|显示|统计)(?:今年|明年|去年)?)"
    )
    figures = rf"(?:{one_of('ministries')})[一-鿿0-9]{{0,8}}(?:{one_of('figures')})"
    abroad = rf"(?:在|位于|地处|设在|落户|而|至于)(?:{one_of('foreign')})(?!人|客商|企业|公司|游客)"
    named = rf"首|第|唯一|率先|最|[一-鿿]{{1,5}}”|(?<=中国)[一-鿿]{{1,6}}(?:{one_of('named_china')})(?!市)"
    nation = rf"(?!{one_of('not_national')})(?:{one_of('national')})(?!{named})"
    return re.compile(rf"{opening}(?:{nation}|(?:{one_of('foreign')})(?!籍)|{figures})|{abroad}")


@cache
def _beyond() -> re.Pattern[str]:
    """A word without which no clause speaks of the country, the world or a foreign land."""
    return re.compile(either(word for role in ("national", "foreign", "ministries") for word in words(role)))


@cache
def _seated() -> re.Pattern[str]:
    """坐落在, 位于 … right before a place: the thing spoken of stands there."""
    return re.compile(rf"(?:{one_of('seat')})(?:在|于|到|了)?$")


def place_of(
    readings: Sequence[Reading], topics: Topics, index: int, start: int, clause: Span, sentence: Span
) -> tuple[str | None, Because]:
    """The full name of the place of a number, or None for a national or global one; and why."""
    reading = readings[index]
    usable = topics.usable[index]
    whole_told = _told_before(reading, usable, sentence, start)
    if whole_told != sentence:
        comma = reading.folded.rfind(",", *whole_told)
        start, clause = whole_told.end - 1, Span(max(comma + 1, whole_told.start), whole_told.end)
        sentence = whole_told
    if is_respective(reading.folded, sentence):
        printed = [m for m in between(reading.places, *sentence) if not m.in_organisation]
        owner = respective(reading, printed, sentence).get(start)
        if owner:
            return division_of(owner), because("its turn in lists that run side by side (分别)", owner)
    in_clause = between(usable, clause.start, start)
    if in_clause:
        named = _of_two(reading.folded, in_clause)
        return division_of(named), because("named before it in its clause", named)
    owner = next(iter(between(usable, start, clause.end)), None)
    if owner and _OWNED.search(reading.folded, start, owner.start):
        return division_of(owner), because("the number describes what stands there", owner)
    before = between(usable, start - _FAR, start)
    in_sentence = between(usable, sentence.start, start)
    site = None if in_sentence else _built_there(reading, usable, clause, start)
    if site:
        return division_of(site), because("where the money is put", site)
    quoted = _quoted_seat(reading, topics.spoken[index], usable, before, topics.inherited[index][0], start)
    if quoted:
        return division_of(quoted), because("named in the quotation, or the seat of who is quoted", quoted)
    seated = [
        m
        for m in between(usable, start, sentence.end)
        if _seated().search(reading.folded[sentence.start : m.start])
    ]
    if seated:
        return division_of(seated[0]), because("what is spoken of lies there", seated[0])
    together = len({m.name for m in in_sentence}) > 1 and _TOGETHER.search(
        reading.folded, in_sentence[-1].end, start
    )
    whole = topics.headline and _PARTS_OF_A_WHOLE.search(reading.folded, sentence.start, start + 10)
    if whole and not in_sentence and topics.headline:
        return division_of(topics.headline), Because("the parts of what the headline names", *whole.span())
    if together:
        in_sentence, before = (), between(usable, 0, sentence.start)
    lead = in_sentence[-1].end if in_sentence else sentence.start
    beyond = _beyond().search(reading.folded, max(0, lead - 1), start)  # quick to try first
    nation = _national().search(reading.folded, max(0, lead - 1), start) if beyond else None
    if nation:
        return None, Because("the whole country or the world", *nation.span())
    told = _told_by(reading, topics.spoken[index], in_sentence, sentence, start)
    if told:
        return division_of(told), because("the seat of the office that says so", told)
    if in_sentence:
        named = _of_two(reading.folded, in_sentence)
        return division_of(named), because("named before it in its sentence", named)
    if before:
        carried = carried_on(reading, before) or before[-1]
        return division_of(carried), because("named before it in its paragraph", carried)
    if topics.seats[index]:
        return topics.seats[index], Because("the seat of who has the turn in the interview")
    return _without_mention(reading, topics, clause, sentence, start)


def _without_mention(
    reading: Reading, topics: Topics, clause: Span, sentence: Span, start: int
) -> tuple[str | None, Because]:
    """The place of a number before which its paragraph names none: of a firm, an office, an earlier paragraph, the article."""
    index = reading.number
    inherited, earlier = topics.inherited[index]
    firm = next(iter(reversed(between(topics.firms[index], 0, start))), None)
    if firm and not (inherited and (inherited.level == "park" or holds(firm.name, inherited.name))):
        return firm.name, because("the seat in the name of a firm before it", firm)
    same = None if firm else topics.firm_before[index]
    meant = same and _this_firm().search(reading.folded, sentence.start, start)
    if same and meant and (not inherited or holds(inherited.name, same.name)):
        return same.name, because("the seat of the firm that the paragraph before named", same, index - 1)
    office = next(iter(reversed(between(topics.spoken[index], 0, start))), None)
    headed = {topics.headline.name} if topics.headline else set()
    if office and not (inherited and inherited.name in headed and holds(office.name, inherited.name)):
        return office.name, because("the seat of an office named before it", office)
    if inherited:
        return division_of(inherited), _whence(topics, inherited, earlier)
    behind = between(topics.usable[index], start, clause.end)
    if behind:
        return division_of(behind[0]), because("named behind it in its clause", behind[0])
    return topics.fallback, topics.whole


def _told_by(
    reading: Reading,
    offices: tuple[PlaceMention, ...],
    in_sentence: Sequence[PlaceMention],
    sentence: Span,
    start: int,
) -> PlaceMention | None:
    """The seat of an authority that says or counts it earlier in the sentence (据县统计局统计,): it speaks of that place."""
    office = next((m for m in reversed(between(offices, sentence.start, start)) if m.government), None)
    if (
        office is None
        or reading.folded.startswith("海关", office.end)
        or (in_sentence and in_sentence[-1].start > office.start)
    ):
        return None
    return office if _says().search(reading.folded, office.end, start) else None


@cache
def _says() -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of('speech')}|{one_of('figures')}|{one_of('orders')})[一-鿿]{{0,3}}[,:]")


@cache
def _this_firm() -> re.Pattern[str]:
    return re.compile(rf"(?:这家|该|这个)(?:{one_of('firms')})")


def _of_two(folded: str, mentions: Sequence[PlaceMention]) -> PlaceMention:
    """The place of a clause: the last one, but for 长沙内五区及长沙县 and 唐山市的冀东某厂, which are of the first."""
    last = mentions[-1]
    if len(mentions) > 1 and last.start - mentions[-2].end <= _NEAR:
        first, joint = mentions[-2], folded[mentions[-2].end : last.start]
        if (joint == "的" and holds(last.name, first.name)) or (
            joint.endswith(("及", "和", "与", "、")) and holds(first.name, last.name)
        ):
            return first
    return last


_NEAR = 5  # characters between two places that are spoken of together
_PARTS = 3  # sentences in a row that tell of parts


def _told_before(reading: Reading, usable: tuple[PlaceMention, ...], sentence: Span, start: int) -> Span:
    """The sentence that told of the whole, where this one opens with 其中 and names no place before the number."""
    told = sentence
    for _ in range(_PARTS):
        opens = told.start > 0 and reading.folded.startswith("其中", told.start)
        if not opens or between(usable, told.start, min(start, told.end)):
            return told
        told = reading.sentence_at(told.start - 1)
    return told


_PARTS_OF_A_WHOLE = re.compile(
    r"[\d两二三四五六七八九十]{1,3}个?(?:市州|盟市|地市|设区市|县市区|县\(市、区\)|市县|州市|区县)"
)
_TOGETHER = re.compile(  # 四市合计: the numbers of all that a list named
    r"(?<![家户个项人者])(?:合计|总计|共计)|[两二三四五六七八九十\d]{1,3}(?:市|县|区|地|省|旗|盟|州)(?:合计|合起来|共|一共|加起来)|其余[一-鿿]{0,6}\Z|[,;](?:从|按)[一-鿿]{1,6}看,"
)


def _whence(topics: Topics, mention: PlaceMention, earlier: int | None) -> Because:
    """Where an inherited place was named: in an earlier paragraph, in the headline, else in a subhead."""
    if earlier is not None:
        return because("carried on from an earlier paragraph", mention, earlier)
    if mention is topics.headline:
        return because("named in the headline", mention, HEADLINE)
    return Because("named in the subhead above")


# 总投资6亿元的固始县供水工程, 投资3亿元在东胜区建: the number describes what stands there
_OWNED = re.compile(r"[元吨亩瓦时米里人台套个家户%上]的$|[元万亿]在$|(?:用于|投向|投在|落在)$")


def _built_there(
    reading: Reading, usable: tuple[PlaceMention, ...], clause: Span, start: int
) -> PlaceMention | None:
    """投入6.2亿元，在阿克苏市复制一座工厂: the place of the next clause, where the money of this one goes."""
    ahead = next(iter(between(usable, clause.end, clause.end + _AHEAD)), None)
    if ahead is None or not _THERE.fullmatch(reading.folded, clause.end, ahead.start):
        return None
    for below in between(usable, ahead.end, ahead.end + 1):  # 新疆阿克苏市
        ahead = below
    puts, builds = _puts_and_builds()
    put = puts.search(reading.folded, clause.start, start)
    return ahead if put and builds.search(reading.folded, ahead.end, ahead.end + _AHEAD * 2) else None


_AHEAD = 8  # characters from a comma to the place
_THERE = re.compile(r"(?:[拟将]|计划|准备|分别)?在[一-鿿]{0,3}")


@cache
def _puts_and_builds() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(one_of("puts")), re.compile(one_of("builds"))


def _quoted_seat(
    reading: Reading,
    offices: tuple[PlaceMention, ...],
    usable: tuple[PlaceMention, ...],
    before: Sequence[PlaceMention],
    inherited: PlaceMention | None,
    start: int,
) -> PlaceMention | None:
    """Inside a quotation without a place before the number: a place named later in it, else the official's seat."""
    opened = reading.folded.rfind("“", max(0, start - SPEECH), start)
    if opened <= reading.folded.rfind("”", max(0, start - SPEECH), start) or (
        before and before[-1].start > opened
    ):
        return None
    closed = reading.folded.find("”", start, start + SPEECH)
    own = between(usable, start, max(start, closed))
    if own or not offices:
        return own[0] if own else None
    around = before[-1].name if before else inherited.name if inherited else ""
    return (
        None if not offices[-1].government and holds(offices[-1].name, around) else offices[-1]
    )  # 湖南某研究所 in a text on 长沙 tells of 长沙


def event_place(
    event: str | None, place: str | None, topics: Topics, index: int, start: int, sentence: Span
) -> str | None:
    """The place in the name of an event, for what was signed there, where neither clause nor sentence names another."""
    if not event or between(topics.usable[index], sentence.start, start):
        return place
    found = [m for m in gazetteer().mentions(event) if not m.in_organisation]
    return found[-1].name if found else place
