"""Numbers whose unit is not printed but can be told from the words around: 产值三百二十亿, 1.6万建设者, PUE低至1.12."""

import re
from decimal import Decimal
from functools import cache

from sitegen.lexicon import packaged
from sitegen.matchers.tokens import Noise, Quantity, Token, Unread
from sitegen.units import unit_table

_INDEX_GAP = re.compile(
    r"(?:平均值|平均|压到了|压到|压在|压降至|压降到|扩大到|扩大至|控制在|由|从|(?:去年同期|上年同期|去年|前年|上年|目前|20\d\d年)的?|[由从]\d+\.\d+|为|是|达|达到|低至|高达|缩小至|缩小到|降至|降到|升至|提高到|超|超过|约|约为|仅|只有|值|均值|在|突破|:|由|从|\d+\.\d+|\s)*$"
)


@cache
def _words(role: str) -> dict[str, tuple[str, ...]]:
    return {
        unit: tuple(sorted(words, key=len, reverse=True))
        for unit, words in packaged("elided.yml")[role].items()
    }


@cache
def _list(role: str) -> tuple[str, ...]:
    return tuple(sorted(packaged("elided.yml")[role], key=len, reverse=True))


def with_unit(folded: str, token: Token) -> Token:
    """The token, or the quantity that it is once the unit that the text leaves out is put in."""
    if isinstance(token, Quantity):
        return token
    if isinstance(token, Noise) and token.reason == "duration" and folded.startswith("天", token.end):
        return _days(folded, token)
    if not isinstance(token, Unread):
        return token
    before = re.split(r"[,;。]", folded[max(0, token.start - 16) : token.start])[-1]
    stem = _INDEX_GAP.sub("", before)
    if token.value != token.value.to_integral_value() and stem.endswith(_list("index")):
        return Quantity(
            token.start, token.end, token.value, None, None, "ratio", None, "exact", token.value, Decimal(1), token.chinese,
            digits_end=token.end,
        )  # fmt: skip
    if token.chinese and token.value >= 20 and _bought(folded, token):
        return _as(token, "元")
    if token.scale < 10**4:
        return token
    behind = folded[token.end : token.end + 8]
    for unit, nouns in _words("after").items():
        if behind.startswith(nouns) or (behind[:1] == "多" and behind[1:].startswith(nouns)):
            return _as(token, unit)
    for unit, nouns in _words("before").items():
        if any(noun in before for noun in nouns):
            return _as(token, unit)
    return token


_ENDS = re.compile(r"[多来]?(?:出头|左右|上下)?(?:[,。;、!”]|$)")


def _bought(folded: str, token: Unread) -> bool:
    """一副挣三百多: a verb of money before a number and nothing behind it."""
    return folded.endswith(_list("money_verbs"), 0, token.start) and bool(_ENDS.match(folded, token.end))


def _as(token: Unread, printed: str) -> Quantity:
    unit = unit_table()[printed]
    return Quantity(
        token.start, token.end, unit.convert(token.value), None, unit.unit, unit.dimension, None, token.bound, token.value,
        token.scale, token.chinese, printed, digits_end=token.end,
    )  # fmt: skip


def _days(folded: str, token: Noise) -> Token:
    """优良天数321天 counts days; most spans of days are lengths of time and no claim."""
    before = _INDEX_GAP.sub("", folded[max(0, token.start - 12) : token.start])
    digits = folded[token.start : token.end]
    if not before.endswith(_list("days")) or not digits.isdigit():
        return token
    value = Decimal(digits)
    return Quantity(
        token.start,
        token.end + 1,
        value,
        None,
        "天",
        "count",
        None,
        "exact",
        value,
        Decimal(1),
        chinese=False,
        measure="天",
        digits_end=token.end,
    )
