"""Whether a number is the size of a change, and which way; or one end of a from–to pair. Words: data/changes.yml."""

import re
from functools import cache
from typing import NamedTuple

from sitegen.lexicon import packaged
from sitegen.matchers.tokens import COUNTED, Quantity
from sitegen.text import Span


class Change(NamedTuple):
    """word: the verb that makes the number a change, "" for none. falls: it goes down.

    from_to: an end of such a pair; level: its second end.  reached: a lone level (提高到35%), of its natural kind.
    """

    word: str = ""
    falls: bool = False
    from_to: bool = False
    level: bool = False
    reached: bool = False


_NONE = Change()
_LEVELS = frozenset("到至为成")  # of which _LEVEL begins with one
_SOFT = (
    r"(?:了|\ufe0f|不低于|不少于|不超过|至少|在|超过|超|近|约|逾|不到|不足|达到|达|为|突破|大约|近乎|高达|幅度为|幅度达|幅度|将近|接近|左右"
    r"|又|也|去|分别|均|都|仅|只|累计|过)*"
)
_LEVEL = r"(?:到|至|为|成)(?:了|近|约|超过|超|不足|不到|仅|大约)*"


@cache
def change_verbs() -> str:
    """A pattern for one of the verbs of change, the longest first."""
    data = packaged("changes.yml")
    return "|".join(sorted((*data["falls"], *data["rises"]), key=len, reverse=True))


@cache
def _verbs() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    verbs = change_verbs()
    size = re.compile(rf"(?<![不至多立满])({verbs}){_SOFT}$")
    level = re.compile(
        rf"(?:{verbs}|扩|缩|提|开|拓展|飙|长|添|发展|掉|拉|压|恢复|变|改|整合|合并|精简|调整|改善|优化|压){_LEVEL}$"
    )
    listed = re.compile(
        rf"(?:.*(?<!不))?({verbs})(?:了|分别|均|达|为|近|约|超过)*(?:[^,;。]{{0,14}}?[、和及与]){{1,5}}{_SOFT}$"
    )
    return size, level, listed


@cache
def _falls(word: str) -> bool:
    """Whether the verb of change, as the text prints it, is one of a decrease."""
    return re.fullmatch("|".join(_bare_verbs("falls")), word) is not None


@cache
def _bare_verbs(role: str) -> tuple[str, ...]:
    """The verbs without what may not stand beside them."""
    return tuple(re.sub(r"\(\?<?!.*?\)", "", verb) for verb in packaged("changes.yml")[role])


@cache
def _fall_signs() -> frozenset[str]:
    """The first characters of the verbs of decrease."""
    return frozenset(verb[0] for verb in _bare_verbs("falls"))


_SIZED = frozenset({"money", "temperature"})  # what falls by so much, with no word of comparison
_SAVED = frozenset(
    {"mass", "volume", "energy"}
)  # 比旧炉少排2万吨 is saved, and made natural units keep their kind
_COMPARES = re.compile(r"[比较][^,;。]{1,16}$")


@cache
def _compared() -> re.Pattern[str]:
    """A verb or a word of more and less right before a number that stands behind 比."""
    more, less = packaged("changes.yml")["more"], packaged("changes.yml")["less"]
    return re.compile(rf"(?<![不至])({change_verbs()}|{'|'.join((*more, *less))}){_SOFT}$")


def _difference(quantity: Quantity, before: str) -> Change:
    """比上年减少1.9元, 比“十三五”末多1.6张, 平均气温下降8℃: how far one amount is from another, in its own unit."""
    if quantity.dimension in _SIZED and not _fall_signs().isdisjoint(before):
        falling = _verbs()[0].search(before)
        if falling and _falls(falling[1]) and falling[1] not in _COMPARED:
            return Change(falling[1], falls=True)
    if quantity.dimension in _SAVED or ("比" not in before and "较" not in before):
        return _NONE
    found = _compared().search(before)
    if not found or not _COMPARES.search(before, 0, found.start() + 1):
        return _NONE
    word = found[1]
    return Change(word, falls=word in packaged("changes.yml")["less"] or _falls(word))


@cache
def _down() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(packaged('changes.yml')['falls'])})[^,;。]{{0,4}}$")


_FROM = re.compile(r"(?:由|从)[^,;。由从]{0,14}$")
_FROM_BEFORE = re.compile(r"(?:由|从)[^;。由从]{0,20}?\d?[^;。由从]*$")
_TO_AFTER = re.compile(
    r"[^,;。]{0,6}?(?:,)?(?:逐步|一举|快速|迅速|已|再|大幅|又)?(?:[一-鿿]{0,4}?)(?:提高|提升|提|增加|增长|增|下降|降低|降|减少|减|缩短|压缩|缩|扩大|扩|上升|升|发展|跃升|攀升|跌|涨|变|减成|改善|延长|调整|回落|拓展|上涨|壮大|恢复)(?:到|至|为|成)"
)
_COMPARED = {"低于", "高于", "快于", "慢于"}  # 不良率低于0.4% says how low, not lower than what
_GAP = re.compile(r"(高于|低于|快于|慢于|高出|落后|领先|好于)[^,;。]{1,12}$")  # 快于全省11.2个百分点
_NOW_BEHIND = re.compile(r"[^。]{0,4}[,，](?:现在|如今|目前|眼下)")
_REDUCED = re.compile(r"(?:减成|变成|合并为|精简为)了?$")
_REDUCED_BEHIND = re.compile(
    r"[一-鿿]{2,6}?(?:减成|减为|变成|变为|合并为|压缩成|精简为|压减至)了?(?:\d|[一二三四五六七八九])"
)
_SPEED = re.compile(r"(?:以上|左右|多)?的(?:速度|增速|增幅|增长|涨幅|降幅)")
_TODAY = re.compile(r"如今|眼下")
_THEN = re.compile(r"(?:去年|前年|年前)(?:这个时候)?(?:还|尚|只|仅)")
_NOW = re.compile(
    r"(?:原来|原先|以前|从前|早先|过去|往年|刚开始)[^。;]{0,8}$|(?:去年|前年|[一二三四五六七八九十几]年前)(?:这个时候)?(?:还|尚|只|仅)(?:有|是|要|需)?$"
)


def change_of(folded: str, quantity: Quantity, clause: Span, sentence: Span) -> Change:
    """What kind of change the number is, if any."""
    size, level, listed = _verbs()
    before = folded[max(clause.start, quantity.start - 30) : quantity.start]
    wide = folded[max(sentence.start, quantity.start - 60) : quantity.start]
    after = folded[quantity.end : quantity.end + 24]
    reached = level.search(before) if not _LEVELS.isdisjoint(before) else None
    if _FROM.search(before) and _TO_AFTER.match(after):
        return Change("从…到", from_to=True)
    if reached and _FROM_BEFORE.search(wide) and re.search(r"\d|[一二三四五六七八九十两]", wide):
        return Change("从…到", falls=_down().search(before) is not None, from_to=True, level=True)
    if reached and (
        _NOW.search(folded[max(sentence.start, quantity.start - 24) : quantity.start - 6])
        or "现在" in wide
        or "成了" in before[-4:]
        or (_TODAY.search(before) and _THEN.search(wide))
    ):
        return Change("原来…现在", from_to=True)
    if _NOW.search(wide) and _NOW_BEHIND.match(after):
        return Change("原来…现在", from_to=True)
    if quantity.dimension in COUNTED and _REDUCED_BEHIND.match(after):
        return Change("减成", from_to=True)
    if _REDUCED.search(before):
        return Change("减成", from_to=True)
    if quantity.dimension not in {"rate", "points", "times"}:
        return _NONE if reached else _difference(quantity, before)  # 降低为50元 is what it is now
    if reached:
        return Change(reached=True)
    if quantity.dimension == "points" and (gap := _GAP.search(before)):
        return Change(gap[1], falls=_falls(gap[1]))
    for pattern in (size, listed):
        found = pattern.search(before)
        if found and not (quantity.dimension == "rate" and found[1] in _COMPARED):
            return Change(found[1], falls=_falls(found[1]))
    if quantity.dimension == "rate" and _SPEED.match(after):
        return Change("增速", falls="降幅" in after[:8])
    if "去年同期" in before or "上年同期" in before:
        return Change("去年同期")
    return _NONE
