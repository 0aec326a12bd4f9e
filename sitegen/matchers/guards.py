"""Whether a numeral is what it seems: codes, grades, quoted names, signs with two meanings."""

import re
from functools import cache

from sitegen.lexicon import packaged
from sitegen.matchers.noise import is_joined
from sitegen.numerals import Numeral, numeral_at
from sitegen.units import PrintedUnit, unit_at

RANGE = re.compile(r"\s?(?:[-—–~]{1,2}|至|到)\s?")


@cache
def _graded() -> re.Pattern[str]:
    things = "|".join(map(re.escape, packaged("noise.yml")["graded"]))
    return re.compile(rf"级(?:的)?(?:以上|及以上)?(?:{things})")


@cache
def _geographic() -> tuple[str, ...]:
    return tuple(packaged("noise.yml")["geographic"])


_VOLTAGE = re.compile(
    r"电压(?!等)[一-鿿]{0,5}[\d.]+[多余万]?(?:千伏|伏|[kK]V)$"
)  # 电压达到35千伏 is measured


def is_grade(folded: str, unit: PrintedUnit) -> bool:
    """15万吨级泊位, 500千伏线路: the number names a class of things."""
    if unit.unit.unit in {"千伏", "伏"}:
        return not _VOLTAGE.search(folded, max(0, unit.end - 20), unit.end)
    if (
        unit.unit.dimension == "mass"
        and folded.startswith("级", unit.end)
        and "亿" not in folded[unit.end - 3 : unit.end]
    ):
        return True
    return bool(_graded().match(folded, unit.end)) or (
        folded.startswith("级", unit.end) and unit.unit.dimension == "throughput"
    )


@cache
def _hedges() -> tuple[str, ...]:
    return tuple(packaged("noise.yml")["hedges"])


def is_quoted_name(folded: str, start: int, end: int, numeral: Numeral) -> bool:
    """“三个年”活动, 三封湖: Chinese numerals inside a short quoted phrase or a name of land or water count nothing."""
    if not numeral.chinese:
        return False
    if folded[end - 1] != "个" and folded.startswith(_geographic(), end) and numeral.value < 20:
        return True
    if numeral.bound != "exact" or folded.endswith(_hedges(), 0, start):
        return False
    opened = max(folded.rfind(mark, max(0, start - 15), start) for mark in "“‘")
    closed = min((i for i in (folded.find(mark, end, end + 16) for mark in "”’") if i >= 0), default=-1)
    if opened < 0 or closed < 0 or closed - opened > 15:
        return False
    inside = folded[opened + 1 : closed]
    return not any(mark in inside for mark in "”。！？!?;“‘’")


def is_code(folded: str, start: int, end: int) -> bool:
    """Telephone numbers, codes and the like: a leading zero, eight and more digits, digits joined to others."""
    printed = folded[start:end]
    if is_joined(folded, start, end):
        return not (folded[end : end + 1] == "/" or RANGE.match(folded, end)) or _long_joined(folded, start)
    if len(printed) > 1 and printed[0] == "0" and printed[1] != ".":
        return True
    return printed.isdigit() and len(printed) >= 8


_JOINED = re.compile(r"\d+(?:\.\d+)?(?:[-/:+*]\d+(?:\.\d+)?)+")


def _long_joined(folded: str, start: int) -> bool:
    """A dash between digits: a range if a unit closes it, a telephone number or a date if it is long or none follows."""
    match = _JOINED.match(folded, start)
    if not match or re.search(r"[/:+*]", match[0]) or match[0].count("-") > 1:
        return True
    second = numeral_at(folded, folded.index("-", start) + 1)
    return second is None or (
        unit_at(folded, second.end) is None
        and not re.match(r"[多余]?[万亿]|[多余]", folded[second.end : second.end + 2])
    )


def names_unit(folded: str, start: int, end: int) -> bool:
    """万吨 in 单位：亿元、万吨 counts nothing; it names the unit of a table."""
    return set(folded[start:end]) <= set("百千万亿") and "单位" in folded[max(0, start - 14) : start]


def is_fixed(folded: str, start: int, end: int) -> bool:
    """Digits that stand for a thing: 9810模式, 111国道, 3.2版, years without 年 in names (2025中国…)."""
    printed = folded[start:end]
    behind = folded[end : end + 1]
    if behind in {"\ufe0f", "\u20e3"}:  # a digit in a box: the number of a list's item
        return True
    if printed.isdigit() and len(printed) == 4 and 1900 <= int(printed) <= 2100:
        return True
    return bool(behind) and behind.isascii() and behind.isalpha()


_LAST_HOUR = 24


def unit_beats(folded: str, after: int, unit: PrintedUnit, reason: str, numeral: Numeral) -> bool:
    """Where both a unit and a noise word fit: the longer wins; a noise word of one sign loses to a physical unit."""
    if unit.unit.dimension in {
        "hour",
        "points",
        "rate",
        "money",
        "power",
        "energy",
        "mass",
        "throughput",
        "area",
        "volume",
    }:
        return True
    match = re.compile(r"\s?" + re.escape(unit.unit.printed)).match(folded, after)
    longer = len(unit.unit.printed)
    noise_end = len(_noise_word(folded, after))
    if reason == "ordinal" and numeral.scale > 1:
        return True
    if reason == "date" and longer == noise_end and numeral.value > _LAST_HOUR:
        return True  # 指数收于3522点: no clock says so
    return bool(match) and longer > noise_end


def _noise_word(folded: str, after: int) -> str:
    return next((word for word in _noise_words() if folded.startswith(word, after)), "")


@cache
def _noise_words() -> tuple[str, ...]:
    words = (word for words in packaged("noise.yml")["follow"].values() for word in words)
    return tuple(sorted(words, key=len, reverse=True))


def unit_holds(folded: str, start: int, unit: PrintedUnit) -> bool:
    """A weak sign (度, 方, 卡) needs a large or decimal number, or one of its words in the clause."""
    if unit.unit.dimension == "computing" and unit.unit.printed in {"P", "E"}:
        return _near(folded, start, unit.end, tuple(packaged("noise.yml")["computing"]), 40)
    if unit.unit.printed in {"瓦", "伏", "升", "克", "秒", "卡", "转"} and unit.unit.dimension != "racks":
        return folded[start].isdigit() or folded[unit.end - len(unit.unit.printed) - 1] in "万亿千百多"
    if _begins_a_word(folded, unit):
        return False
    if not unit.unit.weak:
        return True
    scaled = folded[unit.end - len(unit.unit.printed) - 1] in "万亿多余"
    return (scaled and unit.unit.printed != "卡") or _near(folded, start, unit.end, unit.unit.cues, 30)


def _begins_a_word(folded: str, unit: PrintedUnit) -> bool:
    """66项目: the sign opens a word that is no measure."""
    data = packaged("measure_words.yml")
    last = unit.unit.printed
    openings = data["not_before"].get(last)
    if not openings:
        return False
    behind = folded[unit.end : unit.end + 4]
    return behind.startswith(tuple(openings)) and not (last + behind).startswith(
        tuple(data["allowed"].get(last, ()))
    )


def _near(folded: str, start: int, end: int, words: tuple[str, ...], reach: int) -> bool:
    window = folded[max(0, start - reach) : end + reach]
    return any(word in window for word in words)


@cache
def _one_counts_after() -> tuple[str, ...]:
    return tuple(packaged("noise.yml")["one_counts_after"])


def one_counts(folded: str, start: int) -> bool:
    """一 before a measure word counts something here (只有一个), and is no article."""
    return folded[max(0, start - 6) : start].endswith(_one_counts_after())


@cache
def _vague_before() -> tuple[str, ...]:
    return tuple(packaged("noise.yml")["vague_before"])


def vague_before(folded: str, start: int) -> bool:
    """A bare scale (百, 千) is a number behind one of these: 上百, 近千."""
    return folded[max(0, start - 3) : start].endswith(_vague_before())
