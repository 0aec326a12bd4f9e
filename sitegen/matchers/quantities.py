"""Every numeral of a text as a quantity, as noise with a reason, or as something that could not be read.

Works on folded text (text.fold), so offsets are those of the text. Knows numbers and units, not what they speak of.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Protocol

from sitegen.matchers.guards import (
    RANGE,
    is_code,
    is_fixed,
    is_grade,
    is_quoted_name,
    names_unit,
    one_counts,
    unit_beats,
    unit_holds,
    vague_before,
)
from sitegen.matchers.money import in_currency, money_grade, small_change
from sitegen.matchers.noise import idiom_spans, what_follows, what_precedes
from sitegen.matchers.shapes import doubled, fraction, half, hours, per_second, percent, ratio, tenths
from sitegen.matchers.tokens import COUNTED, Noise, Quantity, Token, Unread
from sitegen.model import Bound
from sitegen.numerals import Numeral, numeral_at, parse_numeral
from sitegen.units import PrintedUnit, Unit, currency_before, unit_at, unit_table

_DIGIT = "0-9零〇一二两三四五六七八九十百千万亿几数廿壹贰叁肆伍陆柒捌玖拾佰仟"
_WORDED = re.compile(r"翻(?:了)?近?[一两二三四]?番|半个?多?小时|过半|半数|每秒")
_WORD_HEADS = "翻半过每"
_START = re.compile(f"[{_DIGIT}{_WORD_HEADS}]")  # a word's head begins a numeral only where _WORDED matches
_ENDLESS = re.compile(
    r"[0-9.,:/+-]{41,}|[零〇一二两三四五六七八九十百千万亿几数廿]{41,}"
)  # no number is so long
_RUNS = frozenset("0123456789.,:/+-零〇一二两三四五六七八九十百千万亿几数廿")
_CROSS = re.compile(r"(\d+)\s?[×xX*]\s?(?=\d)")
_INNER = re.compile(r"[多余来+](?![年月天\d])")
_GRADE = re.compile(r"级(?!别)")
_WORDS = frozenset("一壹贰叁肆伍陆柒捌玖拾佰仟")  # alone they are words or names, not numbers


class Name(Protocol):
    """A proper name at [start, end)."""

    @property
    def start(self) -> int:
        """Offset of its first character."""
        ...

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        ...


Shape = Callable[[str, int], tuple[Token, ...] | None]


def quantities(folded: str, names: Sequence[Name] = ()) -> tuple[Token, ...]:
    """All numerals of the folded text in order. names: proper names, whose numerals say nothing."""
    taken = _taken(folded, (*idiom_spans(folded), *names))
    shapes = _shapes(folded)
    tokens: list[Token] = []
    position = 0
    while match := _START.search(folded, position):
        start = match.start()
        if folded[start] in _WORD_HEADS and not _WORDED.match(folded, start):
            position = start + 1
            continue
        span = taken.get(start)
        if span is not None:
            tokens.append(Noise(start, span.end, "idiom"))
            position = span.end
            continue
        found = _token_at(folded, start, shapes)
        if found is None:
            position = start + 1
            continue
        tokens += found
        position = found[-1].end
    return _shared_units(folded, tokens)


def _taken(folded: str, names: Iterable[Name]) -> dict[int, Name]:
    """For every character of the names with a numeral in them, the name; of two the later one."""
    return {
        offset: name
        for name in names
        if _START.search(folded, name.start, name.end)
        for offset in range(name.start, name.end)
    }


def _token_at(folded: str, start: int, shapes: Mapping[str, Sequence[Shape]]) -> tuple[Token, ...] | None:
    if folded[start + 40 : start + 41] in _RUNS and (endless := _ENDLESS.match(folded, start)):
        return (Noise(start, endless.end(), "code"),)
    for shape in shapes.get(folded[start], ()):
        found = shape(folded, start)
        if found is not None:
            return found
    numeral = numeral_at(folded, start)
    if numeral is None:
        return None
    return (_number(folded, numeral),)


def _shapes(folded: str) -> Mapping[str, Sequence[Shape]]:
    """The shapes that can begin with a character, in the order in which they are tried; only those whose signs the text
    prints.
    """
    return _by_first(frozenset(_signs().findall(folded)))


@cache
def _signs() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(sign) for _, _, signs in _SHAPES for sign in signs))


@cache
def _by_first(printed: frozenset[str]) -> Mapping[str, Sequence[Shape]]:
    found: dict[str, list[Shape]] = {}
    for shape, first, signs in _SHAPES:
        for char in first if not printed.isdisjoint(signs) else "":
            found.setdefault(char, []).append(shape)
    return found


def _crossed(folded: str, start: int) -> tuple[Token, ...] | None:
    """2×35万千瓦 is 70万千瓦; without a unit it is the name of a thing."""
    cross = _CROSS.match(folded, start)
    numeral = numeral_at(folded, cross.end()) if cross else None
    if cross is None or numeral is None:
        return None
    token = _number(folded, numeral)
    if isinstance(token, Quantity) and token.dimension not in {"hour", "rate"}:  # 7×24小时 is a habit
        return (token._replace(start=start, value=token.value * Decimal(cross[1])),)
    return (Noise(start, token.end, "code"),)


_DIGITS, _TENS = "0123456789", "一二三四五六七八九十"
_SHAPES: tuple[
    tuple[Shape, str, tuple[str, ...]], ...
] = (  # what they begin with, signs of which they hold one
    (ratio, _DIGITS, (":",)),
    (per_second, "每", ("每秒",)),
    (doubled, "翻", ("番",)),
    (hours, _DIGITS + _TENS + "两百廿半", ("小时", "分半钟", "个半", "个多")),
    (_crossed, _DIGITS, tuple("×xX*")),
    (percent, "百千万", ("分之",)),
    (fraction, _DIGITS + _TENS + "百千万", ("分之", "/")),
    (tenths, _DIGITS + _TENS + "两", ("成",)),
    (half, "过半一", ("过半", "半数", "一半")),
)


def _number(folded: str, numeral: Numeral) -> Token:
    """The number at numeral with a range behind it, its inner 多 or 余, and its unit."""
    start, end = numeral.start, numeral.end
    money = None if numeral.chinese else currency_before(folded, start)
    if money:
        return in_currency(folded, numeral, *money)
    if folded[start].isdigit() and is_code(folded, start, end):
        return Noise(start, end, "code")
    if not numeral.chinese and (grouped := _BLANK_GROUPS.match(folded, start)):
        return Unread(start, grouped.end(), numeral.value)
    first_unit = unit_at(folded, end)
    if first_unit and names_unit(folded, start, end):
        return Noise(start, first_unit.end, "unit")
    before = what_precedes(folded, start)
    if before is not None and not (
        first_unit and first_unit.unit.unit == "℃" and folded.endswith("零下", 0, start)
    ):
        counted = first_unit and first_unit.unit.dimension in COUNTED
        return Noise(start, first_unit.end if first_unit and counted else end, before)
    bound: Bound = numeral.bound
    second: Numeral | None = None
    dash = RANGE.match(folded, first_unit.end if first_unit else end)
    if dash and dash.end() < len(folded) and not _from_to(folded, start, dash[0]):
        second = _range_end(folded, numeral, first_unit, dash.end())
    if (
        second
        and numeral.scale == 1
        and second.scale > 1
        and not first_unit
        and numeral.value <= second.value / second.scale
    ):
        numeral = numeral._replace(value=numeral.value * second.scale)  # 3—5亿元: the scale is printed once
    last = second or numeral
    after = last.end
    inner = _INNER.match(folded, after)
    if inner and inner.end() < len(folded):
        bound = "about" if inner[0] == "来" else "at_least"
        after = inner.end()
        scale_more = re.compile(r"[万亿]").match(folded, after)
        if scale_more:  # 300多万: the scale stands behind 多
            factor = Decimal(10000) if scale_more[0] == "万" else Decimal(100000000)
            numeral = numeral._replace(value=numeral.value * factor, scale=factor)
            after = scale_more.end()
    if numeral.scale >= 10**7 and _GRADE.match(folded, after) and not inner:
        return money_grade(numeral, start, after + 1)
    unit = first_unit if after == end else unit_at(folded, after)
    reason = what_follows(folded, after)
    if reason and not (unit and unit_beats(folded, after, unit, reason, numeral)):
        return Noise(start, after, reason)
    if reason is None and inner and (reason := what_follows(folded, last.end)):
        return Noise(start, after, reason)
    if unit and is_grade(folded, unit):
        return Noise(start, unit.end + 1, "grade")
    if unit and not unit_holds(folded, start, unit):
        unit = None
    if reason is None and (change := small_change(folded, numeral, after)):
        return change
    if unit is None:
        if is_fixed(folded, start, after):
            return Noise(start, after, "code")
        if numeral.chinese and (numeral.lone or folded[start:after] in _WORDS) and not inner:
            return Noise(start, after, "word")  # 一直, 百般, 陆港: no number is meant
        if is_quoted_name(folded, start, after, numeral):
            return Noise(start, after, "name")
        value = numeral.value
        return Unread(start, after, value, numeral.scale, numeral.chinese, bound)
    return _quantity(folded, numeral, second, unit, bound, after)


_BLANK_GROUPS = re.compile(
    r"(?<=[一-鿿])[1-9]\d{0,2}(?: \d{3})+(?![\d.])(?=[一-鿿%])"
)  # 1 318公里: one number or two


def _below_zero(folded: str, start: int, unit: Unit) -> tuple[int, int]:
    """Where the number with its minus sign begins, and its sign; only rates and degrees go below zero."""
    if unit.dimension not in {"rate", "points"} and unit.unit != "℃":
        return start, 1
    if unit.unit == "℃" and folded.endswith("零下", 0, start):
        return start, -1
    return (start - 1, -1) if _MINUS.search(folded, max(0, start - 2), start) else (start, 1)


_MINUS = re.compile(r"(?<![A-Za-z0-9%℃—~-])-$")  # 歼-20 and 20%-30% hold no minus


def _quantity(
    folded: str, numeral: Numeral, second: Numeral | None, unit: PrintedUnit, bound: Bound, after: int
) -> Token:
    start = numeral.start
    if numeral.chinese and numeral.value == 1 and not second and numeral.end == start + 1:
        if unit.unit.dimension in COUNTED and not one_counts(folded, start):
            return Noise(start, unit.end, "article")
        if unit.unit.dimension not in COUNTED | {"times", "rate", "points"}:
            return Noise(start, unit.end, "denominator")
    vague = bound != "exact" or vague_before(folded, start)
    if unit.unit.printed == "元" and numeral.scale >= 10**7 and _GRADE.match(folded, unit.end):
        return money_grade(numeral, start, unit.end + 1)
    named = unit.unit.dimension in COUNTED | {"throughput", "money"} or _HAN_CHAR.match(folded, unit.end)
    if numeral.lone and named and unit.unit.dimension not in {"computing", "times", "rate"} and not vague:
        return Noise(start, unit.end, "idiom")
    if unit.unit.dimension in COUNTED and folded[start] in "几数" and numeral.end == start + 1:
        return Noise(start, unit.end, "vague")
    if unit.unit.printed == "亩" and (tenths := _MU_TENTHS.match(folded, unit.end)):
        numeral = numeral._replace(value=numeral.value + (parse_numeral(tenths["tenth"]) or 0) / Decimal(10))
        unit = unit._replace(end=tenths.end())
    halved = unit.unit.dimension == "times" or (
        numeral.chinese and unit.unit.dimension in _HALVED and not second
    )
    if halved and folded.startswith("半", unit.end) and not folded.startswith(_HALF_WORDS, unit.end):
        numeral, unit = (
            numeral._replace(value=numeral.value + Decimal("0.5")),
            unit._replace(end=unit.end + 1),
        )
    if is_quoted_name(folded, start, unit.end, numeral) and unit.unit.dimension in COUNTED:
        return Noise(start, unit.end, "name")
    top = second.value if second else numeral.value_max
    if second is None and numeral.value_max is not None:
        bound = "about"
    start, sign = _below_zero(folded, start, unit.unit)
    return Quantity(
        start, unit.end, sign * unit.unit.convert(numeral.value), None if top is None else unit.unit.convert(top), unit.unit.unit,
        unit.unit.dimension, unit.per, bound, numeral.value, numeral.scale, numeral.chinese, unit.unit.printed, digits_end=after,
    )  # fmt: skip


_HAN_CHAR = re.compile(r"[一-鿿]")
_HALVED = frozenset({"mass", "area", "length"})  # 亩产三吨半
_HALF_WORDS = ("半径", "半数", "半年", "半天", "半导体", "半成品", "半自动", "半挂")
_MU_TENTHS = re.compile(r"(?P<tenth>[一二三四五六七八九])分(?!之|钟|钱|别|布)")


def _range_end(folded: str, first: Numeral, first_unit: PrintedUnit | None, start: int) -> Numeral | None:
    """The upper end of a range that began with first: larger, and in the same unit if both print one."""
    if first.value_max is not None or not (
        folded[start].isdigit() or not first.start or not folded[first.start].isdigit()
    ):
        return None
    second = numeral_at(folded, start)
    if second is None:
        return None
    second_unit = unit_at(folded, second.end)
    if first_unit and (second_unit is None or second_unit.unit.unit != first_unit.unit.unit):
        return None
    return second if second.value > first.value else None


def _from_to(folded: str, start: int, joint: str) -> bool:
    """由3个到7个 is two numbers, not a range."""
    return joint.strip() in {"至", "到"} and folded[max(0, start - 1) : start] in {"由", "从"}


_LIST_JOINT = re.compile(r"\s?[、和及与]\s?(?:[一-鿿A-Za-z]{0,6}?)$")


def _shared_units(folded: str, tokens: list[Token]) -> tuple[Token, ...]:
    """1.2、2.6和3.5亿元, 风电50万、光伏30万千瓦: members of a list without a unit take the unit of the next one."""
    done: list[Token] = []
    following: Token | None = None
    for token in reversed(tokens):
        if (
            isinstance(token, Unread)
            and isinstance(following, Quantity)
            and following.dimension not in COUNTED
        ):
            between = folded[token.end : following.start]
            if _LIST_JOINT.fullmatch(between) and not _numbers_item(folded, token):
                token = _with_unit(token, following)
        done.append(token)
        following = token
    return tuple(reversed(done))


def _numbers_item(folded: str, token: Unread) -> bool:
    """1、年产60万吨…: a small number before 、 that opens its line or sentence numbers an item."""
    opens = not folded[: token.start].strip() or folded[token.start - 1] in "。;!? "
    small = token.scale == 1 and token.value < 100 and token.value == int(token.value)
    return opens and small and folded.startswith("、", token.end)


def _with_unit(token: Unread, model: Quantity) -> Quantity:
    unit: Unit = unit_table()[model.measure] if model.measure in unit_table() else unit_table()["元"]
    number = token.value
    if token.scale == 1 and model.scale > 1:
        number *= model.scale
    return Quantity(
        token.start, token.end, unit.convert(number), None, model.unit, model.dimension, model.per, token.bound, number,
        model.scale, token.chinese, model.measure, digits_end=token.end,
    )  # fmt: skip
