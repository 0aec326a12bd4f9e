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
    year = rf"(?<![0-9零〇一二三四五六七八九十百今去明前当全同往历整近本上下几多两半每逐周成常新老青少中幼壮])年(?={nouns})"
    day = rf"(?<![0-9零〇一二三四五六七八九十每今昨当近同前后次逐节假平工首])日(?={'|'.join(data['day_nouns'])})"
    return re.compile(
        rf"{begins(('年', '日', *data['sentence'], *data['clause']))}(?:(?P<sentence>{sentence})|(?<![0-9〇一二三四五六七八九十今去明前当全同往整近本首昨次])(?P<clause>{clause})|(?P<year>{year})|(?P<day>{day}))"
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
    data = packaged("rates.yml")
    found: str | None = None
    for match in _pattern().finditer(folded, sentence.start, quantity.start):
        between = folded[match.end() : quantity.start]
        if match["sentence"] and not pair:
            if ";" in between:
                found = None
                continue
            if _AFRESH.match(folded, clause.start) and match.end() < clause.start:
                found = None
                continue
            found = data["sentence"][match["sentence"]]
        elif not match["sentence"] and (match.start() >= clause.start or _is_list(between)):
            if any(
                match.end() <= other.start < quantity.start and other.dimension != quantity.dimension
                for other in others
            ):
                continue  # another kind of number took it
            found = "year" if match["year"] else "day" if match["day"] else data["clause"][match["clause"]]
    if quantity.dimension == "rate":
        return None
    if found is None and quantity.dimension == "money":
        each = re.search(
            r"(?:(?:^|[,;。的])每?(吨)[一-鿿]{0,8}|每(吨|平方米|平方公里)[一-鿿]{0,6})$",
            folded[clause.start : quantity.start],
        )
        return _SHORT[each[1] or each[2]] if each else None
    return found


def per_words(folded: str, quantity: Quantity, sentence: Span, per: str) -> Span:
    """The words that give a number its per; empty where they stand in the number itself or nowhere."""
    data = packaged("rates.yml")
    found = Span(0, 0)
    for match in _pattern().finditer(folded, sentence.start, quantity.start):
        by_word = data["sentence"].get(match["sentence"]) or data["clause"].get(match["clause"])
        if per == (by_word or ("year" if match["year"] else "day" if match["day"] else None)):
            found = Span(*match.span())
    return found


_AFRESH = re.compile(
    r"(?:并|还|同时|可)?(?:解决|新增|改善|带动|惠及|受益|辐射)"
)  # a clause that says what comes of it once


def _is_list(between: str) -> bool:
    """年产A吨、B吨: only names, numbers and 、 between the word and a later member of its list."""
    return not re.search(r"[;。:]", between) and not re.search(
        r"[占增减投]|总|同比|其中|去年|今年|全年|累计|完成", between
    )
