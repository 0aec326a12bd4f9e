"""Names of projects in a folded text: where they end is a word of a list, where they begin is the hard part.

A name runs left from its last word (项目, 中试基地, 抽水蓄能电站) to a mark, a verb, 的, a firm. It counts
when quotation marks or a capacity name it, or when a place, a firm or its own money stand by it; never when
it is counted (9个项目) or made only of words that would fit any project (重点产业项目).
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from sitegen.extract.people_words import any_of, words
from sitegen.extract.reading import between
from sitegen.lexicon import packaged
from sitegen.orgnames import OrgName
from sitegen.text import Span

_FIGURES = re.compile("[\\d.·一二三四五六七八九十百千万亿多余级的±]|全[省市区县州盟旗]")
# In characters: 新上的一条 before a name; a name before its last word (昆仑智算中心); what is too long for one.
_SET_UP, _SHORTEST, _LONGEST = 6, 2, 45
_MEASURES, _POINTERS = ("个", "座", "条", "项", "里"), ("这", "该", "那")  # 这个…的项目
_MARK = re.compile(r"[,。;:!?、…《》【】\s|~▲△▼●○■□◆◇◎★☆►▶※✔✅🔹🔸]|——|[\"']")
_Spans = Sequence[Span]
_Heads = Sequence[re.Match[str]]


class Named(NamedTuple):
    """text[start:end] names a project; firm: the organisation right before it; how it was proved."""

    start: int
    end: int
    name: str
    firm: OrgName | None
    proof: str


@dataclass(frozen=True)
class Grammar:
    """The compiled patterns of data/projects.yml."""

    head: re.Pattern[str]
    any_head: frozenset[str]
    funded_head: frozenset[str]
    works_head: frozenset[str]
    shown_head: frozenset[str]
    single_head: frozenset[str]
    brand_head: frozenset[str]
    sized_head: frozenset[str]
    sized: re.Pattern[str]
    works_inside: re.Pattern[str]
    programme_head: re.Pattern[str]
    cut: re.Pattern[str]
    strip: re.Pattern[str]
    counted: re.Pattern[str]
    counted_after: re.Pattern[str]
    single_line: re.Pattern[str]
    works_after: re.Pattern[str]
    works_figures: re.Pattern[str]
    built_by: re.Pattern[str]
    built: re.Pattern[str]
    generic: re.Pattern[str]
    programme: frozenset[str]
    capacity: re.Pattern[str]
    shared: re.Pattern[str]
    shared_verb: re.Pattern[str]
    firm_link: re.Pattern[str]
    placed: re.Pattern[str]
    converted: re.Pattern[str]
    numbered: re.Pattern[str]
    apposed: re.Pattern[str]
    column: re.Pattern[str]
    beside: re.Pattern[str]
    sums: re.Pattern[str]
    money: re.Pattern[str]
    money_before: re.Pattern[str]
    money_after: re.Pattern[str]
    sentence_money: re.Pattern[str]
    stages: dict[str, re.Pattern[str]]
    stage_future: re.Pattern[str]
    stage_after: tuple[str, ...]
    back: re.Pattern[str]
    listed: re.Pattern[str]
    own_money: re.Pattern[str]
    other_money: tuple[str, ...]


@cache
def grammar() -> Grammar:
    """Compile the packaged words, once."""
    data = packaged("projects.yml")
    heads = data["heads"]
    every = any_of([word for kind in heads.values() for word in words(kind)])
    return Grammar(
        head=re.compile(rf"{every}(?!{any_of(data['not_followed'])})"),
        any_head=frozenset(heads["any"]),
        funded_head=frozenset(words(heads["funded"])),
        works_head=frozenset(words(heads["works"])),
        shown_head=frozenset(words(heads["works"])) - frozenset(words(heads["proper"])),
        single_head=frozenset(heads["single"]),
        brand_head=frozenset(heads["brand"]),
        sized_head=frozenset(heads["sized"]),
        sized=re.compile(rf"(?:{data['capacity']})[^,。;:!?、]{{0,14}}的$"),
        works_inside=re.compile(any_of(data["works_inside"])),
        programme_head=re.compile(f"”(?:{any_of(data['programme_heads'])})$"),
        cut=re.compile(f"{any_of(data['cuts'])}|{data['cut_signs']}"),
        strip=re.compile(rf"(?:\d{{4}}年|{any_of(data['strip_head'])})+"),
        counted=re.compile(data["counted"]),
        single_line=re.compile(data["single_line"]),
        counted_after=re.compile(data["counted_after"]),
        works_after=re.compile(data["works_after"].strip()),
        works_figures=re.compile(data["works_figures"]),
        built=re.compile(data["built"]),
        built_by=re.compile(data["built_by"]),
        generic=re.compile(any_of(data["generic"])),
        programme=frozenset(data["programmes"]),
        capacity=re.compile(data["capacity"]),
        shared=re.compile(data["shared"]),
        shared_verb=re.compile(any_of(data["shared_verbs"]) + "$"),
        converted=re.compile(data["converted"]),
        numbered=re.compile(data["numbered"]),
        apposed=re.compile(data["apposed"]),
        column=re.compile(data["column"]),
        beside=re.compile(any_of(data["beside"])),
        sums=re.compile(data["sums"]),
        placed=re.compile(data["placed"]),
        firm_link=re.compile(data["firm_link"]),
        money_after=re.compile(data["money_after"]),
        sentence_money=re.compile(data["sentence_money"]),
        money_before=re.compile(data["money_before"]),
        money=re.compile(data["money"]),
        stages={stage: re.compile(any_of(listed)) for stage, listed in data["stages"].items()},
        stage_future=re.compile(data["stage_future"]),
        stage_after=tuple(data["stage_after"]),
        back=re.compile(data["back"]),
        listed=re.compile(data["listed"]),
        own_money=re.compile(data["own_money"]),
        other_money=tuple(data["other_money"]),
    )


def names(
    text: str, heads: _Heads, organisations: Sequence[OrgName], places: _Spans, industries: _Spans
) -> list[Named]:
    """All names of projects in the folded text, from left to right, without overlap. heads: those of the text."""
    g = grammar()
    found: list[Named] = []
    for match in g.shared.finditer(text) if "等" in text and "、" in text else ():
        items = _shared_items(text, match, industries)
        found.extend(Named(match.start(), match.end(), item + match["kind"], None, "list") for item in items)
    apposed = list(g.apposed.finditer(text)) if "——" in text else []
    spoken_of = {match.start("mark") for match in apposed}
    found.extend(Named(*match.span("name"), match["name"], None, "apposed") for match in apposed)
    low = 0
    for match in heads:
        if match.end() in spoken_of or any(each.start < match.end() <= each.end for each in found[-3:]):
            continue
        before = found[-1] if found else None
        more = before is not None and _extends(text, before, match)
        begin = before.start if before and more else max(low, before.end if before else 0)
        named = _name(text, begin, match, organisations, places, industries)
        if match.group() in g.any_head:
            low = match.end()
        if named and before and more and named.start <= before.start:
            found.pop()
            named = named._replace(proof=before.proof) if named.proof == "weak" else named
        if named:
            found.append(named)
    return _joined(text, sorted(found))


def _extends(text: str, before: Named, head: re.Match[str]) -> bool:
    """垦利产业园 goes on as 垦利产业园叶片工厂; A项目 does not go on, nor does a name behind 和."""
    gap = text[before.end : head.start()]
    return (
        before.proof != "list"
        and before.name[-2:] not in grammar().any_head
        and not re.search("[和与及、,。]", gap)
    )


def _joined(text: str, found: list[Named]) -> list[Named]:
    """天河智算云——西部算力大脑 is one name; in 首座百万千瓦级电站——五峰电站 only the second is one."""
    joined: list[Named] = []
    for each in found:
        if joined and text[joined[-1].end : each.start] == "——":
            before = joined.pop()
            if before.proof == "brand":
                each = before._replace(end=each.end, name=text[before.start : each.end])
        joined.append(each)
    return joined


def _shared_items(text: str, match: re.Match[str], industries: Sequence[Span]) -> list[str]:
    """库布齐、腾格里等大型风电光伏基地: the items, where they are proper names and something is done to
    them.
    """
    g = grammar()
    items = match["items"].split("、")
    first = g.shared_verb.search(items[0])
    verb = None
    for cut in g.cut.finditer(items[0]):
        verb = cut
    if verb:
        items[0] = items[0][verb.end() :]
    elif not (first or g.shared_verb.search(text, max(0, match.start() - 4), match.start())):
        return []
    begin = match.start()
    if between(industries, begin, match.start("kind")):
        return []
    kind = match["kind"].removeprefix("一批")
    dull = any(len(item) < 2 or g.generic.fullmatch(item) for item in items)
    return [] if dull or len(kind) < 4 or g.cut.search(kind) else items


def _name(
    text: str,
    after: int,
    head: re.Match[str],
    organisations: Sequence[OrgName],
    places: Sequence[Span],
    industries: Sequence[Span],
) -> Named | None:
    g = grammar()
    end = head.end()
    start, firm = _left(text, max(after, end - _LONGEST), head.start(), organisations)
    stripped = g.strip.match(text, start, head.start())
    if stripped and not any(place.start < stripped.end() < place.end for place in places):
        start = stripped.end()
    core = text[start : head.start()]
    if len(core.strip("“”()")) < _SHORTEST or g.cut.fullmatch(core) or _is_class(text, start, head):
        return None
    proof = _proof(text, start, head, firm, places, industries)
    return Named(start, end, text[start:end], firm, proof) if proof else None


def _proof(
    text: str,
    start: int,
    head: re.Match[str],
    firm: OrgName | None,
    places: Sequence[Span],
    industries: Sequence[Span],
) -> str:
    """What makes the words one thing's name: quoted, capacity, money, firm, place, brand; weak asks for
    more; "" nothing.
    """
    g = grammar()
    core, end = text[start : head.start()], head.end()
    funded = bool(g.money_before.search(text, max(0, start - 24), start) or g.money_after.match(text, end))
    if head.group() in g.works_head and _is_works(text, start, head, places):
        return "works"
    if head.group() in g.funded_head and not (head.group() in g.sized_head and g.capacity.search(core)):
        funded = funded or (len(core) >= 4 and g.built_by.match(text, end) is not None)
        if firm and not _is_generic(core, start, ()) and _is_run(text, end, core):
            return "firm"
        return "money" if funded and len(core) >= 3 and not _is_generic(core, start, ()) else ""
    if quoted := re.search("“([^“”]+)”", core):
        word = quoted.group(1)
        if re.search("[。!?;]", word) or (
            g.programme_head.search(text, start, end) and not g.works_after.match(text[end : end + 60])
        ):
            return ""
        if word in g.programme or re.fullmatch(r"[\d+一二三四五六七八九十]+", word) or len(word) < 2:
            return ""
        if len(core) - quoted.end() < 12:
            return "quoted"
    elif (
        text[start - 1 : start] == "“"
        and text[end : end + 1] == "”"
        and not _is_generic(core, start, industries)
    ):
        return "quoted"
    if g.capacity.search(core):
        more = funded or _FIGURES.sub("", g.capacity.sub("", core))
        return "capacity" if 4 <= len(core) <= 30 and more else ""
    if head.group() in g.sized_head and head.group() not in g.funded_head:
        return ""
    if head.group() in g.brand_head:
        return "brand"
    inside = between(places, start, head.start())
    named = between(industries, start - 12, head.start())
    plain = len(core) - sum(place.end - place.start for place in inside)
    if head.group() not in g.any_head and inside and plain >= 4 and head.group() not in g.shown_head:
        return "place"
    if funded and inside and len(head.group()) >= 4:
        return "money"
    if _is_generic(core, start, inside):
        return ""
    if head.group() not in g.any_head and g.numbered.search(core):
        return "numbered"
    if funded:
        return "money"
    if text[start - 1 : start] == "的" and g.sized.search(text, max(0, start - 30), start):
        return "capacity"
    own = not _is_generic(core, start, (*inside, *named))
    if inside and plain >= 2 and g.works_after.match(text[end : end + 60]):
        return "place"
    if firm and (own or head.group() in g.any_head):
        return "firm"
    if head.group() not in g.any_head:
        return ("place" if inside else "weak") if own and len(core) >= _SHORTEST else ""
    if len(core) < 4:
        return ""
    return "place" if inside and plain >= 4 and own else "weak"


def _is_run(text: str, end: int, core: str) -> bool:
    """Words behind a firm's plant that show it built or at work, or marks around its name: 公司的炒货车间刚刚投产."""
    works = grammar().works_after
    return len(core) >= 3 and ("”" in core or works.match(text[end : end + 60]) is not None)


def _is_works(text: str, start: int, head: re.Match[str], places: Sequence[Span]) -> bool:
    """小石门水库大坝封顶: works with a name of their own, and words right behind it that they are built or
    run.
    """
    g = grammar()
    core, end = text[start : head.start()], head.end()
    if not re.fullmatch(r"(?:[一-鿿A-Za-z0-9·]|\([一-鿿]{2,10}\)){2,20}", core):
        return False
    if _is_generic(
        core, start, () if head.group() in g.single_head else between(places, start, head.start())
    ):
        return False
    after = text[end : end + 60]
    return any(pattern.match(after) for pattern in (g.works_after, g.works_figures, g.built_by))


def _left(text: str, low: int, high: int, organisations: Sequence[OrgName]) -> tuple[int, OrgName | None]:
    """Where the name that ends at `high` begins, and the firm that stands right before it."""
    g = grammar()
    start = low
    depth_open = text.rfind("“", low, high)
    for match in _MARK.finditer(text, low, high):
        if depth_open >= 0 and depth_open < match.start() < text.find("”", depth_open, high):
            continue
        start = match.end()
    opened = text.rfind("“", start, high)
    if opened >= 0 and "”" not in text[opened:high]:
        start = opened + 1
    closed = text.find("”", start, high)
    if closed >= 0 and "“" not in text[start:closed]:
        start = closed + 1
    if text[high - 1 : high] == "的" and g.capacity.search(text, start, high):
        high -= 1
    for match in g.cut.finditer(text, start, high):
        if match.end() >= high and len(match.group()) > 1:
            continue
        if _within_quotes(text, match.start(), start, high) or text[match.start() - 1 : match.start()] == "”":
            continue
        start = match.end()
    firm = None
    at = bisect_left(organisations, high, key=itemgetter(0))
    for organisation in organisations[max(0, at - 4) : at]:
        if organisation.kind not in ("company", "bank"):
            continue
        if organisation.start < high and start < organisation.end <= high - 2:
            start, firm = organisation.end, organisation
        elif organisation.end <= start and g.firm_link.fullmatch(text, organisation.end, start):
            firm = organisation
    return start, firm


def _within_quotes(text: str, at: int, low: int, high: int) -> bool:
    return text.count("“", low, at) > text.count("”", low, at) and "”" in text[at:high]


def _is_class(text: str, start: int, head: re.Match[str]) -> bool:
    """9个中试项目, 一批重点项目, 储能电池等项目, 投资超30亿元的项目: one of many, or a description."""
    g = grammar()
    end = head.start()
    core = text[start:end]
    if "等" in core or (core.endswith("的") and not g.capacity.search(core)):
        return True
    if g.counted_after.match(text, head.end()):
        return True
    if core[:1] in _MEASURES and text[start - 1 : start] in _POINTERS:
        return True
    if text[start - 1 : start] == "由" and g.converted.match(text, head.end()):
        return True
    if g.single_line.search(text, max(0, start - _SET_UP), start):
        return False
    return any(match.end() >= start for match in g.counted.finditer(text, max(0, start - 8), end))


def _is_generic(core: str, start: int, spans: Sequence[Span]) -> bool:
    """Tell whether only general words, and what the spans hold, make up the core."""
    left = list(core)
    for span in spans:
        for at in range(max(span.start - start, 0), min(span.end - start, len(left))):
            left[at] = " "
    rest = grammar().generic.sub(
        " ", re.sub(r"(?:\d{2,4}|今|去|明)年度?|[一二三四1-4]季度|[上下]半年", " ", "".join(left))
    )
    return not re.sub(r"[\s“”()、及和与等的化性类]", "", rest)
