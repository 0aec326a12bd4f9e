"""Every numeral of a text as a quantity, as noise with a reason, or as something that could not be read.

Works on folded text (text.fold), so offsets are those of the text. Knows numbers and units, not what they speak of.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from sitegen.lexicon import packaged
from sitegen.matchers.noise import idiom_spans, is_joined, what_follows, what_precedes
from sitegen.model import Bound
from sitegen.numerals import Numeral, numeral_at, parse_numeral
from sitegen.text import Span
from sitegen.units import PrintedUnit, Unit, unit_at, unit_table


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at [start, end). value is in unit.

    unit None: no unit is printed here.  bound: what the number says of itself.  number: as printed, scale multiplied out,
    before the unit.  measure: printed form of the unit.  growth: the shape itself says a change (翻一番).
    """

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    dimension: str
    per: str | None
    bound: Bound
    number: Decimal
    scale: Decimal
    chinese: bool
    measure: str = ""
    growth: bool = False
    digits_end: int = 0


@dataclass(frozen=True, slots=True)
class Noise:
    """A numeral that is no claim; reason is one of date, duration, age, ordinal, score, idiom, code, article, vague, …"""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A numeral without a unit that nothing explains."""

    start: int
    end: int
    value: Decimal
    scale: Decimal = Decimal(1)
    chinese: bool = False
    bound: Bound = "exact"


Token = Quantity | Noise | Unread

_START = re.compile(
    r"翻(?:了)?近?[一两二三四]?番|[0-9零〇一二两三四五六七八九十百千万亿几数廿壹贰叁肆伍陆柒捌玖拾佰仟]|过半|半数|每秒"
)
_RANGE = re.compile(r"\s?(?:[-—–~]{1,2}|至|到)\s?")
_PERCENT = re.compile(r"(百|千|万)分之(?=[零〇一二两三四五六七八九十百几数0-9])")
_FRACTION = re.compile(r"([二三四五六七八九十百千万]+)分之([一二三四五六七八九十]+)")
_TENTHS = re.compile(
    r"(?:(?P<low>[一二三四五六七八九])?(?P<tens>[一二两三四五六七八九十]|(?<![\d.])\d(?:\.\d)?)成(?P<more>[一二三四五六七八九半])?)"
    r"(?![立功为本效果员熟长都品绩分就交年人套型吉份因千百群语色])"
)
_MULTIPLY = re.compile(r"翻(?:了)?(?P<near>近)?(?P<times>[一两二三四五])?番")
_RATIO = re.compile(r"\d+(?:\.\d+)?(?::\d+(?:\.\d+)?){1,4}(?![\d:])")
_SCORE = re.compile(r"比分|比赛|战胜|击败|[主客]场")
_PER_SECOND = re.compile(
    r"每秒(?:钟)?(?:可|能|达|浮点|双精度|单精度|峰值)?(?:运算|计算|完成|执行|处理)?(?:能力)?(?:达|达到|超|超过|近)?"
)
_CROSS = re.compile(r"(\d+)\s?[×xX*]\s?(?=\d)")
_INNER = re.compile(r"[多余来+](?![年月天\d])")
COUNTED = frozenset({"count", "goods"})  # dimensions of things that are counted one by one
_GRADE = re.compile(r"级(?!别)")
_WORDS = frozenset("一壹贰叁肆伍陆柒捌玖拾佰仟")  # alone they are words or names, not numbers


def quantities(folded: str, names: tuple[Span, ...] = ()) -> tuple[Token, ...]:
    """All numerals of the folded text in order. names: spans of proper names whose numerals say nothing."""
    taken = {
        offset: span for span in (*idiom_spans(folded), *names) for offset in range(span.start, span.end)
    }
    tokens: list[Token] = []
    position = 0
    while match := _START.search(folded, position):
        start = match.start()
        span = taken.get(start)
        if span is not None and span.start <= start:
            tokens.append(Noise(start, span.end, "idiom"))
            position = span.end
            continue
        found = _token_at(folded, start)
        if found is None:
            position = start + 1
            continue
        first, *more = found
        tokens += [first, *more]
        position = max(token.end for token in found)
    return _shared_units(folded, tokens)


def _token_at(folded: str, start: int) -> tuple[Token, ...] | None:
    for shape in (_ratio, _per_second, _multiplied, _percent, _fraction, _tenths, _half):
        found = shape(folded, start)
        if found is not None:
            return found
    numeral = numeral_at(folded, start)
    if numeral is None:
        return None
    return (_number(folded, numeral),)


def _rate(
    start: int, end: int, value: Decimal, *, bound: Bound = "exact", top: Decimal | None = None
) -> Quantity:
    return Quantity(
        start,
        end,
        value,
        top,
        "%",
        "rate",
        None,
        bound,
        value,
        Decimal(1),
        chinese=True,
        measure="%",
        digits_end=end,
    )


def _ratio(folded: str, start: int) -> tuple[Token, ...] | None:
    """7.4:37.7:54.9 are three shares when they add up to 100; 2:1 is a ratio only where 比 stands before it."""
    match = _RATIO.match(folded, start)
    if not match:
        return None
    parts = match[0].split(":")
    values = [Decimal(part) for part in parts]
    before = folded[max(0, start - 8) : start]
    if len(parts) == 3 and abs(sum(values, Decimal(0)) - 100) <= Decimal("0.3"):
        tokens, at = [], start
        for part, value in zip(parts, values, strict=True):
            tokens.append(replace(_rate(at, at + len(part), value), chinese=False))
            at += len(part) + 1
        return tuple(tokens)
    if len(parts) == 2 and "比" in before and not _SCORE.search(before):
        value = values[0] / values[1] if values[1] else values[0]
        return (
            Quantity(
                start,
                match.end(),
                value,
                None,
                None,
                "ratio",
                None,
                "exact",
                value,
                Decimal(1),
                chinese=False,
                digits_end=match.end(),
            ),
        )
    return (Noise(start, match.end(), "score"),)


def _per_second(folded: str, start: int) -> tuple[Token, ...] | None:
    """每秒2000万亿次 is one quantity of computing power; the unit is split by the number."""
    match = _PER_SECOND.match(folded, start)
    if not match:
        return None
    if (
        match.end() < len(folded)
        and (numeral := numeral_at(folded, match.end()))
        and folded.startswith("次", numeral.end)
    ):
        bound = numeral.bound
        return (
            Quantity(start, numeral.end + 1, numeral.value, numeral.value_max, "FLOPS", "computing", None, bound,
                     numeral.value, numeral.scale, numeral.chinese, "次", digits_end=numeral.end),
        )  # fmt: skip
    return None


def _multiplied(folded: str, start: int) -> tuple[Token, ...] | None:
    """2×35万千瓦 is 70万千瓦; 翻一番 is twice as much, 翻两番 four times."""
    if match := _MULTIPLY.match(folded, start):
        value = Decimal(2) ** int(parse_numeral(match["times"] or "一") or 1)
        bound: Bound = "at_most" if match["near"] else "exact"
        return (
            Quantity(start, match.end(), value, None, "times", "times", None, bound, value, Decimal(1), chinese=True, measure="番",
                     growth=True, digits_end=match.end()),
        )  # fmt: skip
    cross = _CROSS.match(folded, start)
    if cross and (numeral := numeral_at(folded, cross.end())):
        token = _number(folded, numeral)
        if isinstance(token, Quantity):
            return (replace(token, start=start, value=token.value * Decimal(cross[1])),)
        return (Noise(start, token.end, "code"),)
    return None


def _percent(folded: str, start: int) -> tuple[Token, ...] | None:
    """百分之八十五, 百分之三至百分之五, 千分之六."""
    match = _PERCENT.match(folded, start)
    numeral = numeral_at(folded, match.end()) if match else None
    if not match or not numeral:
        return None
    parts = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}[match[1]]
    top, end = numeral.value_max, numeral.end
    dash = _RANGE.match(folded, end)
    if dash:
        again = _PERCENT.match(folded, dash.end())
        second = numeral_at(folded, again.end()) if again else None
        if second and second.value > numeral.value:
            top, end = second.value, second.end
    return (
        _rate(
            start, end, numeral.value * parts, bound=numeral.bound, top=None if top is None else top * parts
        ),
    )


def _fraction(folded: str, start: int) -> tuple[Token, ...] | None:
    match = _FRACTION.match(folded, start)
    if not match:
        return None
    below, above = parse_numeral(match[1]), parse_numeral(match[2])
    if not below or above is None:
        return None
    value = Decimal(f"{(above * 100 / below).quantize(Decimal('0.0001')).normalize():f}")
    return (_rate(start, match.end(), value),)


def _tenths(folded: str, start: int) -> tuple[Token, ...] | None:
    """七成, 七成五, 两三成, 九成半."""
    match = _TENTHS.match(folded, start)
    if not match or (match["low"] and not folded[start - 1 : start].strip("第十百")):
        return None
    tens = match["tens"]
    value = Decimal(tens) if tens[0].isdigit() else parse_numeral(tens)
    if value is None or value > 10:
        return None
    more = match["more"]
    extra = Decimal(5) if more == "半" else (parse_numeral(more) or Decimal(0)) if more else Decimal(0)
    low = parse_numeral(match["low"]) if match["low"] else None
    if low is not None:
        return (_rate(start, match.end(), low * 10, bound="about", top=value * 10),) if low < value else None
    return (_rate(start, match.end(), value * 10 + extra),)


_HALF = re.compile(r"(?P<over>(?<!时间)(?<!任务)(?<!时程)过半(?![百年天月小数个])|半数)|一半(?!天|年)")


def _half(folded: str, start: int) -> tuple[Token, ...] | None:
    match = _HALF.match(folded, start)
    if not match:
        return (Noise(start, start + 2, "vague"),) if folded.startswith(("半数", "过半"), start) else None
    bound: Bound = "at_least" if match[0] == "过半" else "exact"
    return (_rate(start, match.end(), Decimal(50), bound=bound),)


def _number(folded: str, numeral: Numeral) -> Token:
    """The number at numeral with a range behind it, its inner 多 or 余, and its unit."""
    start, end = numeral.start, numeral.end
    if folded[start].isdigit() and _is_code(folded, start, end):
        return Noise(start, end, "code")
    before = what_precedes(folded, start)
    if before is not None:
        unit = unit_at(folded, end)
        return Noise(start, unit.end if unit and unit.unit.dimension in COUNTED else end, before)
    bound: Bound = numeral.bound
    second: Numeral | None = None
    first_unit = unit_at(folded, end)
    dash = _RANGE.match(folded, first_unit.end if first_unit else end)
    if dash and dash.end() < len(folded) and not _from_to(folded, start, dash[0]):
        second = _range_end(folded, numeral, first_unit, dash.end())
    if (
        second
        and numeral.scale == 1
        and second.scale > 1
        and not first_unit
        and numeral.value <= second.value / second.scale
    ):
        numeral = replace(numeral, value=numeral.value * second.scale)  # 3—5亿元: the scale is printed once
    last = second or numeral
    after = last.end
    inner = _INNER.match(folded, after)
    if inner and inner.end() < len(folded):
        bound = "about" if inner[0] == "来" else "at_least"
        after = inner.end()
        scale_more = re.compile(r"[万亿]").match(folded, after)
        if scale_more:  # 300多万: the scale stands behind 多
            factor = Decimal(10000) if scale_more[0] == "万" else Decimal(100000000)
            numeral = replace(numeral, value=numeral.value * factor, scale=factor)
            after = scale_more.end()
    if numeral.scale >= 10**7 and _GRADE.match(folded, after) and not inner:
        return _money_grade(numeral, start, after + 1)
    unit = unit_at(folded, after)
    reason = what_follows(folded, after)
    if reason and not (unit and _unit_beats(folded, after, unit, reason, numeral)):
        return Noise(start, after, reason)
    if reason is None and inner and (reason := what_follows(folded, last.end)):
        return Noise(start, after, reason)
    if unit and _is_grade(folded, unit):
        return Noise(start, unit.end + 1, "grade")
    if unit and not _unit_holds(folded, start, unit):
        unit = None
    if reason is None and (change := _small_change(folded, numeral, after)):
        return change
    if unit is None:
        if _is_fixed(folded, start, after, numeral):
            return Noise(start, after, "code")
        if numeral.chinese and (numeral.lone or folded[start:after] in _WORDS) and not inner:
            return Noise(start, after, "word")  # 一直, 百般, 陆港: no number is meant
        if _is_quoted_name(folded, start, after, numeral):
            return Noise(start, after, "name")
        value = numeral.value
        return Unread(start, after, value, numeral.scale, numeral.chinese, bound)
    return _quantity(folded, numeral, second, unit, bound, after)


def _quantity(
    folded: str, numeral: Numeral, second: Numeral | None, unit: PrintedUnit, bound: Bound, after: int
) -> Token:
    start = numeral.start
    if numeral.chinese and numeral.value == 1 and not second and numeral.end == start + 1:
        if unit.unit.dimension in COUNTED and not _one_counts(folded, start):
            return Noise(start, unit.end, "article")
        if unit.unit.dimension not in COUNTED | {"times", "rate", "points"}:
            return Noise(start, unit.end, "denominator")
    vague = bound != "exact" or _vague_before(folded, start)
    named = unit.unit.dimension in COUNTED | {"throughput", "money"} or _HAN_CHAR.match(folded, unit.end)
    if (
        numeral.lone
        and named
        and unit.unit.dimension not in {"computing", "times", "rate"}
        and not vague
    ):
        return Noise(start, unit.end, "idiom")
    if unit.unit.dimension in COUNTED and folded[start] in "几数" and numeral.end == start + 1:
        return Noise(start, unit.end, "vague")
    if unit.unit.printed == "亩" and (tenths := _MU_TENTHS.match(folded, unit.end)):
        numeral = replace(numeral, value=numeral.value + (parse_numeral(tenths["tenth"]) or 0) / Decimal(10))
        unit = replace(unit, end=tenths.end())
    if _is_quoted_name(folded, start, unit.end, numeral) and unit.unit.dimension in COUNTED:
        return Noise(start, unit.end, "name")
    top = second.value if second else numeral.value_max
    if second is None and numeral.value_max is not None:
        bound = "about"
    return Quantity(
        start, unit.end, unit.unit.convert(numeral.value), None if top is None else unit.unit.convert(top), unit.unit.unit,
        unit.unit.dimension, unit.per, bound, numeral.value, numeral.scale, numeral.chinese, unit.unit.printed, digits_end=after,
    )  # fmt: skip


_HAN_CHAR = re.compile(r"[一-鿿]")
_GRADED = re.compile(
    r"级(?:的)?(?:以上|及以上)?(?:海轮|泊位|码头|船|货轮|巨轮|散货|集装箱船|航道|渔港|油轮|变电|线路|输电|特高压|超高压|基地|油田|气田|大矿|园区|电站|风电|光伏|直流|交流|电网|煤矿|矿井|重卡|“|巨无霸)"
)


def _is_grade(folded: str, unit: PrintedUnit) -> bool:
    """15万吨级泊位, 500千伏线路: the number names a class of things."""
    if unit.unit.unit in {"千伏", "伏"}:
        return True
    if (
        unit.unit.dimension == "mass"
        and folded.startswith("级", unit.end)
        and "亿" not in folded[unit.end - 3 : unit.end]
    ):
        return True
    return bool(_GRADED.match(folded, unit.end)) or (
        folded.startswith("级", unit.end) and unit.unit.dimension == "throughput"
    )


_GEOGRAPHIC = tuple("湖山河江岭村镇乡屯庄桥路街巷寺庙塔寨沟湾岛坝坪坡")


def _is_quoted_name(folded: str, start: int, end: int, numeral: Numeral) -> bool:
    """“三个年”活动, 三封湖: Chinese numerals inside a short quoted phrase or a name of land or water count nothing."""
    if not numeral.chinese:
        return False
    if folded.startswith(_GEOGRAPHIC, end) and numeral.value < 20:
        return True
    opened = max(folded.rfind("“", 0, start), folded.rfind("‘", 0, start))
    closed = min((i for i in (folded.find("”", end), folded.find("’", end)) if i >= 0), default=-1)
    if opened < 0 or closed < 0 or closed - opened > 15:
        return False
    inside = folded[opened + 1 : closed]
    return not any(mark in inside for mark in "”。！？!?;“‘’")


_CHANGE = re.compile(
    r"块(?P<tenth>[一二两三四五六七八九]|\d)(?![\d一二三四五六七八九十百千万亿个家.])(?:毛|角)?"
)


def _small_change(folded: str, numeral: Numeral, after: int) -> Quantity | None:
    """9块8, 六块八: yuan and tenths."""
    match = _CHANGE.match(folded, after)
    tenth = parse_numeral(match["tenth"]) if match else None
    if not match or tenth is None:
        return None
    value = numeral.value + tenth / 10
    return Quantity(
        numeral.start, match.end(), value, None, "CNY", "money", None, "exact", value, Decimal(1), numeral.chinese, "块",
        digits_end=match.end(),
    )  # fmt: skip


_MU_TENTHS = re.compile(r"(?P<tenth>[一二三四五六七八九])分(?!之|钟|钱|别|布)")


def _money_grade(numeral: Numeral, start: int, end: int) -> Quantity:
    """千亿级: an order of magnitude of money."""
    return Quantity(
        start, end, numeral.value, None, "CNY", "money", None, "about", numeral.value, numeral.scale, numeral.chinese, "级",
        digits_end=numeral.end,
    )  # fmt: skip


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


def _is_code(folded: str, start: int, end: int) -> bool:
    """Telephone numbers, codes and the like: a leading zero, eight and more digits, digits joined to others."""
    printed = folded[start:end]
    if is_joined(folded, start, end):
        return not (folded[end : end + 1] == "/" or _RANGE.match(folded, end)) or _long_joined(
            folded, start, end
        )
    if len(printed) > 1 and printed[0] == "0" and printed[1] != ".":
        return True
    return printed.isdigit() and len(printed) >= 8


def _long_joined(folded: str, start: int, end: int) -> bool:
    """A dash between digits: a range if a unit closes it, a telephone number or a date if it is long or none follows."""
    match = re.compile(r"\d+(?:\.\d+)?(?:[-/:+*]\d+(?:\.\d+)?)+").match(folded, start)
    if not match or re.search(r"[/:+*]", match[0]) or match[0].count("-") > 1:
        return True
    second = numeral_at(folded, folded.index("-", start) + 1) if "-" in match[0] else None
    return second is None or (
        unit_at(folded, second.end) is None
        and not re.match(r"[多余]?[万亿]|[多余]", folded[second.end : second.end + 2])
    )


def _is_fixed(folded: str, start: int, end: int, numeral: Numeral) -> bool:
    """Digits that stand for a thing: 9810模式, 111国道, 3.2版, years without 年 in names (2025中国…)."""
    printed = folded[start:end]
    behind = folded[end : end + 1]
    if behind in {"\ufe0f", "\u20e3"}:  # a digit in a box: the number of a list's item
        return True
    if printed.isdigit() and len(printed) == 4 and 1900 <= int(printed) <= 2100:
        return True
    return bool(behind) and behind.isascii() and behind.isalpha()


def _unit_beats(folded: str, after: int, unit: PrintedUnit, reason: str, numeral: Numeral) -> bool:
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
    return bool(match) and longer > noise_end


def _noise_word(folded: str, after: int) -> str:
    words = sorted(
        (w for words in packaged("noise.yml")["follow"].values() for w in words), key=len, reverse=True
    )
    return next((word for word in words if folded.startswith(word, after)), "")


def _unit_holds(folded: str, start: int, unit: PrintedUnit) -> bool:
    """A weak sign (度, 方, 卡) needs a large or decimal number, or one of its words in the clause."""
    if unit.unit.dimension == "computing" and unit.unit.printed in {"P", "E"}:
        return _near(folded, start, unit.end, ("算力", "智算", "算能", "超算", "运算", "智能计算"), 40)
    if unit.unit.printed in {"瓦", "伏", "升", "克", "秒", "卡", "转"} and unit.unit.dimension != "racks":
        return folded[start].isdigit() or folded[unit.end - len(unit.unit.printed) - 1] in "万亿千百多"
    if not unit.unit.weak:
        return True
    scaled = folded[unit.end - len(unit.unit.printed) - 1] in "万亿多余"
    return (scaled and unit.unit.printed != "卡") or _near(folded, start, unit.end, unit.unit.cues, 30)


def _near(folded: str, start: int, end: int, words: tuple[str, ...], reach: int) -> bool:
    window = folded[max(0, start - reach) : end + reach]
    return any(word in window for word in words)


@cache
def _one_counts_after() -> tuple[str, ...]:
    return tuple(packaged("noise.yml")["one_counts_after"])


def _one_counts(folded: str, start: int) -> bool:
    return folded[max(0, start - 6) : start].endswith(_one_counts_after())


def _vague_before(folded: str, start: int) -> bool:
    return folded[max(0, start - 3) : start].endswith(
        ("上", "近", "超", "逾", "过", "达", "约", "突破", "数", "超过", "达到", "破")
    )


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
            if _LIST_JOINT.fullmatch(between):
                token = _with_unit(token, following)
        done.append(token)
        following = token
    return tuple(reversed(done))


def _with_unit(token: Unread, model: Quantity) -> Quantity:
    unit: Unit = unit_table()[model.measure] if model.measure in unit_table() else unit_table()["元"]
    number = token.value
    if token.scale == 1 and model.scale > 1:
        number *= model.scale
    return Quantity(
        token.start, token.end, unit.convert(number), None, model.unit, model.dimension, model.per, token.bound, number,
        model.scale, token.chinese, model.measure, digits_end=token.end,
    )  # fmt: skip
