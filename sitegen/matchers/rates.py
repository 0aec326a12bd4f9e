"""For every year, month, day or tonne: the `per` of a number, where it is printed. Words: data/rates.yml."""

import re
from collections.abc import Sequence
from functools import cache

from sitegen.lexicon import packaged
from sitegen.matchers.tokens import Quantity
from sitegen.text import Span, begins

_SHORT = {
    "年": "year", "月": "month", "日": "day", "天": "day", "周": "week", "小时": "hour", "时": "hour", "分钟": "minute", "秒": "second",
    "吨": "t", "平方米": "m2", "平方公里": "m2", "立方米": "m3",
}  # fmt: skip


@cache
def _pattern() -> re.Pattern[str]:
    data = packaged("rates.yml")
    sentence = "|".join(sorted(data["sentence"], key=len, reverse=True))
    clause = "|".join(sorted((w for w in data["clause"]), key=len, reverse=True))
    nouns = "|".join(sorted(data["year_nouns"], key=len, reverse=True))
    able = r"[一-鿿]{1,6}?(?:能力|强度|规模)"
    year = (
        r"(?<![0-9零〇一二三四五六七八九十百今去明前当全同往历整近本上几多两半每逐周成常新老青少中幼壮])年(?![末底初内度])"
        rf"(?={nouns}|{able}|[一-鿿]{{1,4}}(?:电量|产量))"
    )
    day = (
        r"(?:(?<=目前)|(?<=当前)|(?<=如今)|(?<![0-9零〇一二三四五六七八九十每今昨当近同前后次逐节假平工首月]))日"
        rf"(?={'|'.join(data['day_nouns'])}|{able}|[一-鿿]{{1,4}}(?:额|量))"
    )
    spans = "|".join(data["span_units"])
    span = rf"(?<![第每头这那近前后有过整一二两三四五六七八九十百几])(?:{spans})(?!半)(?=[一-鿿]{{0,4}}?(?:{'|'.join(data['span_verbs'])}))"
    first = begins(("年", "日", "一", *data["sentence"], *data["clause"]))
    apart = (
        r"(?:(?<=目前)|(?<=当前)|(?<=如今)|(?<![0-9〇一二三四五六七八九十今去明前当全同往整近本首昨次上半]))"
    )
    return re.compile(
        rf"{first}(?:(?P<sentence>{sentence})|(?P<span>{span})|{apart}(?P<clause>{clause})|(?P<year>{year})|(?P<day>{day}))"
    )


def per_of(
    folded: str,
    quantity: Quantity,
    others: Sequence[Quantity],
    clause: Span,
    sentence: Span,
    *,
    pair: bool = False,
) -> str | None:
    """What one number is for: year, month, week, day, hour, or the word behind a slash (t, m2, 标箱), else None.

    pair: the number is an end of a from–to pair; then a 每年 at the head of the sentence does not govern it.
    """
    if quantity.dimension == "computing":
        return None
    if quantity.per:
        return None if quantity.per in {"人", "户", "次", "台"} else _SHORT.get(quantity.per, quantity.per)
    if quantity.dimension in {"points", "times", "ratio", "hour"}:
        return None
    found: str | None = None
    for match in _pattern().finditer(folded, sentence.start, quantity.start):
        own = match.start() >= clause.start
        if match["sentence"]:
            if own or not pair:
                governs = own or _governs(folded, match, quantity, clause)
                found = _unit(match) if governs else None
        elif own or _is_list(folded[match.end() : quantity.start]):
            between = [other for other in others if match.end() <= other.start < quantity.start]
            listed = folded[match.end() : quantity.start]
            if any(other.dimension != quantity.dimension for other in between) and not (
                "," not in listed
                and _is_list(listed)
                and _JOINT.fullmatch(folded, between[-1].end, quantity.start)
            ):
                continue  # another kind of number took it
            found = _unit(match)
    if quantity.dimension == "rate":
        return None
    if found is None and quantity.dimension == "money":
        each = _EACH.search(folded[clause.start : quantity.start])
        return _SHORT[each[1] or each[2]] if each else None
    return None if found == "hour" and "耗" in folded[clause.start : quantity.start] else found


_JOINT = re.compile(r"[、和及与][^,;。:、]{0,12}")  # 年产整机1200台、叶片3600片


def _governs(folded: str, match: re.Match[str], quantity: Quantity, clause: Span) -> bool:
    """Whether 每年 of an earlier clause goes on: it heads that clause, and nothing between speaks of once or of a date."""
    cut = max(folded.rfind(mark, 0, match.start()) for mark in ",;:。“") + 1
    subject = folded[cut : match.start()]
    if len(subject) > _SHORT_SUBJECT and not subject.endswith(
        ("后", "将", "可", "能", "预计", "目前", "现在")
    ):
        return False
    between = folded[match.end() : quantity.start]
    own = folded[clause.start : quantity.start]
    if (
        ";" in between
        or ":" in between
        or _REACHED.search(between)
        or _DATED.search(between)
        or _AFRESH.match(own)
    ):
        return False
    return not (quantity.dimension == "money" and _PRICED.search(own))


_SHORT_SUBJECT = 4  # characters of 项目每年, 园区每天
_DATED = re.compile(r"去年|今年|前年|上半年|20\d\d年|一个月|一年|旺季|旺月")
_REACHED = re.compile(
    r"(?:增加|增|提高|提升|降|减少|压缩|发展|扩大)[到至为]"
)  # a number that has changed ends it
_PRICED = re.compile(r"价|概算|总投资|贷款")
_AFRESH = re.compile(  # a clause that says what comes of it once
    r"[一-鿿]{0,3}?(?:解决|新增(?!产值|销售|税收|营收|利润)|形成|通达|单[船台个]|运输半径|改善|带动|惠及|受益|辐射|已|累计|提供|创造|吸纳|安置|沿线|配套|概算|每[一-鿿])"
)


def per_words(folded: str, quantity: Quantity, sentence: Span, per: str) -> Span:
    """The words that give a number its per; empty where they stand in the number itself or nowhere."""
    found = Span(0, 0)
    for match in _pattern().finditer(folded, sentence.start, quantity.start):
        if per == _unit(match):
            found = Span(*match.span())
    each = _EACH.search(folded, sentence.start, quantity.start)
    return Span(*each.span()) if each and not any(found) else found


_EACH = re.compile(r"(?:(?:^|(?<=[,;。的]))每?(吨)[一-鿿]{0,8}|每(吨|平方米|平方公里)[一-鿿]{0,6})\Z")


def _unit(match: re.Match[str]) -> str | None:
    """The time that a word of a rate speaks of."""
    data = packaged("rates.yml")
    for role, units in (("sentence", "sentence"), ("span", "span_units"), ("clause", "clause")):
        if match[role]:
            unit: str | None = data[units][match[role]]
            return unit
    return "year" if match["year"] else "day"


def _is_list(between: str) -> bool:
    """年产A吨、B吨: only names, numbers and 、 between the word and a later member of its list."""
    return not re.search(r"[;。:]", between) and not re.search(
        r"[占增减投由从]|总|同比|其中|去年|今年|全年|[上下]半年|季度|\d月|累计|完成|带动|就业|用工|吸纳",
        between,
    )
