"""Chinese and Arabic numerals: from the printed characters of one number to its exact value. No units, no context."""

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from sitegen.lexicon import packaged
from sitegen.model import Bound


class Numeral(NamedTuple):
    """A number as printed in text[start:end].

    value_max: the upper end where neighbouring digits give two values (五六百 is 500 to 600).  bound: what the number says
    of itself (二十多亿 is at_least, 数十 about), else exact.  chinese: no Arabic digit in it.
    lone: a bare scale without a digit (亿, 百万), which counts one of them.
    scale: the last factor that was printed (万 → 10000), 1 without one; a list's earlier members may share it.
    """

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None = None
    bound: Bound = "exact"
    chinese: bool = False
    lone: bool = False
    scale: Decimal = Decimal(1)


@cache
def _words() -> tuple[dict[str, int], dict[str, int], dict[str, int], dict[str, Bound]]:
    data = packaged("numerals.yml")
    return data["digits"], data["tens"], data["scales"], data["inner"]


_LONGEST = 40  # characters of a numeral; a longer run of digits is no number
_ARABIC = r"\d{1,3}(?:[,\u2009\u202f]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_SCALE = (
    r"(?:[十百千万]?亿亿|[十百千]?万亿|[十百千]?[万亿萬億]|[百千](?![瓦伏米克卡帕赫分]|牛(?![羊奶肉犊只])))"
)
_NAMED = "级元户县利纬联达"  # 3个亿元县, 5个亿级项目: things that are counted, and no 亿
_PART = re.compile(
    rf"(?P<number>{_ARABIC})(?P<each>个(?=[多余来几]?万?亿(?![{_NAMED}])))?(?P<inner>[多余来几](?={_SCALE}))?\s?(?P<scale>{_SCALE})?"
    rf"(?:(?P<more>\d+(?:\.\d+)?)(?P<more_scale>[百千]?[万萬千百](?![瓦伏米克卡帕赫分]|牛(?![羊奶肉犊只]))))?"
)
_EACH_YI = re.compile(rf"个(?P<inner>[多余来几])?(?P<scale>万?亿)(?![{_NAMED}])")  # 十二个亿
_HAN = re.compile(
    r"[零〇○一二两三四五六七八九十百千万亿廿卅半几数壹贰叁肆伍陆柒捌玖拾佰仟]+"
    r"(?:点[零〇一二三四五六七八九]+[十百千]?[万亿]*)?"
    r"(?:[多余来][十百千万亿]+)?"
)
_UNIT_HEADS = re.compile(r"[千百](?=瓦|伏|米(?!饭|粉)|克|卡(?!车|片)|帕|赫|牛(?![羊奶肉犊只])|分点)")


def numeral_at(folded: str, start: int) -> Numeral | None:
    """The longest number that begins at start of the folded text, or None where there is none that can be read."""
    if folded[start].isascii():
        match = _PART.match(folded, start)
        return _arabic(match) if match and match.end() - start <= _LONGEST else None
    match = _HAN.match(folded, start)
    if not match or match.end() - start > _LONGEST:
        return None
    end = _without_unit_head(folded, start, match.end())
    found = _han(folded, start, end)
    hundreds = _EACH_YI.match(folded, found.end) if found and found.scale == 1 and not found.lone else None
    if found and hundreds:
        more = _words()[3].get(hundreds["inner"] or "", found.bound)
        factor = _scale_value(hundreds["scale"])
        return found._replace(end=hundreds.end(), value=found.value * factor, bound=more, scale=factor)
    return found


def parse_numeral(printed: str) -> Decimal | None:
    """The value of a string that is a number and nothing else, or None."""
    numeral = numeral_at(printed, 0) if printed else None
    return numeral.value if numeral and numeral.end == len(printed) else None


def _scale_value(printed: str) -> Decimal:
    """万亿 multiplies; so does 千 before 万."""
    _, tens, scales, _ = _words()
    value = Decimal(1)
    for char in printed:
        value *= tens.get(char) or scales[char]
    return value


def _arabic(match: re.Match[str]) -> Numeral:
    inner = _words()[3]
    scale = _scale_value(match["scale"]) if match["scale"] else Decimal(1)
    printed = match["number"]
    value = Decimal(printed if printed.isascii() and "," not in printed else _figures(printed)) * scale
    end = match.end("scale") if match["scale"] else match.end("number")
    if match["more"] and match["scale"] and _scale_value(match["more_scale"]) < scale:
        scale = _scale_value(match["more_scale"])
        value += Decimal(match["more"]) * scale
        end = match.end()
    bound: Bound = inner[match["inner"]] if match["inner"] else "exact"
    return Numeral(match.start(), end, value, bound=bound, scale=scale)


def _figures(printed: str) -> str:
    """1,200 and 1 200 without what parts the digits."""
    return re.sub("[^0-9.]", "", printed)


def _without_unit_head(folded: str, start: int, end: int) -> int:
    """五千瓦 is five kilowatts: a last 千 or 百 that begins a unit is not part of the number."""
    return end - 1 if end - start > 1 and _UNIT_HEADS.match(folded, end - 1) else end


def _han(folded: str, start: int, end: int) -> Numeral | None:
    """Try the whole run, then ever shorter ones, so that a stray character behind a number does not spoil it."""
    for stop in range(end, start, -1):
        read = _read_han(folded[start:stop])
        if read is not None:
            value, value_max, bound, lone, scale = read
            return Numeral(start, stop, value, value_max, bound, chinese=True, lone=lone, scale=scale)
    return None


_Read = tuple[Decimal, Decimal | None, Bound, bool, Decimal]


@cache
def _read_han(run: str) -> _Read | None:
    digits, tens, scales, inner = _words()
    if not run.strip("零〇○"):
        return None
    last_scale = Decimal(1)
    for char in reversed(run):
        if char not in scales:
            break
        last_scale *= scales[char]
    for mark in ("多", "余", "来"):
        if mark in run:
            head, _, tail = run.partition(mark)
            if (
                mark in tail
                or not head
                or not tail
                or not all(char in scales or char in tens for char in tail)
            ):
                return None
            whole = _plain(head)
            return (
                None if whole is None else (whole * _scale_value(tail), None, inner[mark], False, last_scale)
            )
    if run[0] in "几数":
        rest = run[1:]
        if not rest or not all(char in tens or char in scales for char in rest):
            return None
        return _scale_value(rest), None, "about", False, last_scale
    if "几" in run:
        return _with_few(run, last_scale)
    if all(char in scales or char in tens for char in run):
        if run[0] in "十廿卅":
            value = _plain(run)
            return None if value is None else (value, None, "exact", False, last_scale)
        return _scale_value(run), None, "exact", True, last_scale
    value = _plain(run)
    if value is not None:
        return value, None, "exact", False, last_scale
    return _neighbours(run, digits, last_scale)


def _with_few(run: str, last_scale: Decimal) -> _Read | None:
    """十几, 二十几万: 几 stands for some digit, so the number is at least what is printed."""
    head, _, tail = run.partition("几")
    if not head or not all(char in "十百千万亿" for char in tail):
        return None
    if tail and head[-1] in "百千万":  # 一百几十
        value = _plain(head)
        return None if value is None else (value, None, "at_least", False, last_scale)
    value = _plain(head)
    if value is None:
        return None
    return value * _scale_value(tail), None, "at_least", False, last_scale


def _neighbours(run: str, digits: dict[str, int], last_scale: Decimal) -> _Read | None:
    """五六百, 一百五六十, 三五百: two digits side by side are the ends of a vague range."""
    for index in range(len(run) - 1):
        low, high = digits.get(run[index]), digits.get(run[index + 1])
        if low and high and low < high <= low + 2:
            first = _plain(run[: index + 1] + run[index + 2 :])
            second = _plain(run[:index] + run[index + 1 :])
            if first is not None and second is not None and first < second:
                return first, second, "about", False, last_scale
    return None


def _plain(run: str) -> Decimal | None:
    """A number without vague words: 三百二十亿, 一点二万, 二〇二五, 十二, 两亿三千万; None for anything else."""
    digits, tens, scales, _ = _words()
    if "点" in run:
        return _with_point(run)
    if len(run) > 1 and all(char in digits for char in run):
        # read digit by digit only where it cannot be a vague pair: with a zero, or four digits as in a year
        if len(run) >= 4 or any(char in "零〇○" for char in run):
            return Decimal(int("".join(str(digits[char]) for char in run)))
        return None
    total = section = Decimal(0)
    digit: int | None = None
    last_ten = 0
    for index, char in enumerate(run):
        if char in digits:
            if digit not in (None, 0):
                return None
            digit = digits[char]
        elif char in tens:
            ten = tens[char]
            if last_ten and ten >= last_ten and not (char == "十" and last_ten > 10):
                return None
            if (
                digit is None
                and not (ten <= 30 and (section == 0 or run[index - 1] in "零〇○"))
                and ten != 10
            ):
                return None
            section += (1 if digit is None or (digit == 0) else digit) * ten
            digit, last_ten = None, ten
        elif char in scales:
            section += digit or 0
            if section == 0 and total == 0:
                return None
            if section == 0:
                total *= scales[char]
            else:
                total = (
                    (total + section) * scales[char]
                    if scales[char] > total > 0
                    else total + section * scales[char]
                )
            section, digit, last_ten = Decimal(0), None, 0
        else:
            return None
    if digit is not None and digit > 0 and run[-2:-1] and run[-2] in "百千万亿":
        # 三千五 is 3500, 一万二 is 12000
        previous = tens.get(run[-2]) or scales[run[-2]]
        return total + section + Decimal(digit) * previous / 10
    return total + section + (digit or 0)


def _with_point(run: str) -> Decimal | None:
    digits, tens, scales, _ = _words()
    head, _, tail = run.partition("点")
    fraction = "".join(str(digits[char]) for char in tail if char in digits)
    rest = tail.lstrip("".join(digits))
    whole = _plain(head)
    if whole is None or not fraction or not all(char in tens or char in scales for char in rest):
        return None
    return (whole + Decimal(f"0.{fraction}")) * _scale_value(rest)
