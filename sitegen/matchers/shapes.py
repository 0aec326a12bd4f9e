"""Numbers whose unit is part of their shape: 百分之八十, 七成五, 三分之一, 过半, 翻一番, 每秒千万亿次, 7.4:37.7:54.9."""

import re
from decimal import Decimal

from sitegen.matchers.guards import RANGE
from sitegen.matchers.tokens import Noise, Quantity, Token
from sitegen.model import Bound
from sitegen.numerals import numeral_at, parse_numeral

_PERCENT = re.compile(r"(百|千|万)分之(?=[零〇一二两三四五六七八九十百几数0-9])")
_FRACTION = re.compile(r"([二三四五六七八九十百千万]+)分之([一二三四五六七八九十]+)")
_TENTHS = re.compile(
    r"(?:(?P<low>[一二三四五六七八九])?(?P<tens>[一二两三四五六七八九十]|(?<![\d.])\d(?:\.\d)?)成(?P<more>[一二三四五六七八九半])?)"
    r"(?![立功为本效果员熟长都品绩分就交年人套型吉份因千百群语色])"
)
_MULTIPLY = re.compile(r"翻(?:了)?(?P<near>近)?(?P<times>[一两二三四五])?番")
_RATIO = re.compile(r"\d+(?:\.\d+)?(?::\d+(?:\.\d+)?){1,4}(?![\d:])")
_SHARES = re.compile(r"占比|比重|构成|份额|产业结构")
_SCORE = re.compile(r"比分|比赛|战胜|击败|[主客]场")
_PER_SECOND = re.compile(
    r"每秒(?:钟)?(?:可|能|达|浮点|双精度|单精度|峰值)?(?:运算|计算|完成|执行|处理)?(?:能力)?(?:达|达到|超|超过|近)?"
)


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


def ratio(folded: str, start: int) -> tuple[Token, ...] | None:
    """7.4:37.7:54.9 are three shares when they add up to 100; 2:1 is a ratio only where 比 stands before it."""
    match = _RATIO.match(folded, start)
    if not match:
        return None
    parts = match[0].split(":")
    values = [Decimal(part) for part in parts]
    before = folded[max(0, start - 8) : start]
    whole = abs(sum(values, Decimal(0)) - 100) <= Decimal("0.3")
    if len(parts) >= 3 and (whole or (_SHARES.search(before) and max(values) < 100 <= sum(values) + 15)):
        tokens, at = [], start
        for part, value in zip(parts, values, strict=True):
            tokens.append(_rate(at, at + len(part), value)._replace(chinese=False))
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


def per_second(folded: str, start: int) -> tuple[Token, ...] | None:
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


def percent(folded: str, start: int) -> tuple[Token, ...] | None:
    """百分之八十五, 百分之三至百分之五, 千分之六."""
    match = _PERCENT.match(folded, start)
    numeral = numeral_at(folded, match.end()) if match else None
    if not match or not numeral:
        return None
    parts = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}[match[1]]
    top, end = numeral.value_max, numeral.end
    dash = RANGE.match(folded, end)
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


def fraction(folded: str, start: int) -> tuple[Token, ...] | None:
    """三分之一, 四分之三, in per cent to four digits."""
    match = _FRACTION.match(folded, start)
    if not match:
        return _slashed(folded, start)
    below, above = parse_numeral(match[1]), parse_numeral(match[2])
    if not below or above is None:
        return None
    value = Decimal(f"{(above * 100 / below).quantize(Decimal('0.0001')).normalize():f}")
    return (_rate(start, match.end(), value),)


_SLASHED = re.compile(r"(?<![\d/.])([1-9])/([2-9]|10)(?![\d/.%])")


def _slashed(folded: str, start: int) -> tuple[Token, ...] | None:
    """约1/3: a fraction only where the words around it say so, for 1/3 may be a date or a page."""
    match = _SLASHED.match(folded, start)
    if not match or int(match[1]) >= int(match[2]):
        return None
    if not (_PART_BEFORE.search(folded, max(0, start - 3), start) or _PART_BEHIND.match(folded, match.end())):
        return None
    value = Decimal(match[1]) * 100 / Decimal(match[2])
    rate = _rate(start, match.end(), Decimal(f"{value.quantize(Decimal('0.0001')).normalize():f}"))
    return (rate._replace(chinese=False),)


_PART_BEFORE = re.compile(r"[约近占超过逾达足到的]$")
_PART_BEHIND = re.compile(r"的|以上|左右|多")
_HALF_HOUR = re.compile(r"半个?(?P<more>多)?小时(?![一-鿿]{0,4}圈)")
_MINUTES_HALF = re.compile(r"(\d{1,2}|[一二两三四五六七八九十]{1,3})分半钟")
_HOURS_MINUTES = re.compile(
    r"(\d{1,3}|[一二两三四五六七八九十]{1,3})个?小时(?:零|又)?(\d{1,2}|[一二三四五六七八九十]{1,3})分钟?"
)
_FAR = 48  # characters of the longest numeral and what may follow it
_AND_HALF = re.compile(r"个(?:(?P<half>半)|(?P<more>多))(?P<unit>小时|钟头|[一-鿿])")


def hours(folded: str, start: int) -> tuple[Token, ...] | None:
    """两个半小时, 半小时, 两个多小时; 三个半月 is a span of time."""
    whole = _HALF_HOUR.match(folded, start)
    if whole:
        return (_hours(start, whole.end(), Decimal("0.5"), "at_least" if whole["more"] else "exact"),)
    half = _MINUTES_HALF.match(folded, start)
    if half:
        m = Decimal(half[1]) if half[1].isdigit() else parse_numeral(half[1])
        if m is not None:
            value = ((m + Decimal("0.5")) / 60).quantize(Decimal("0.000000001")).normalize()
            return (_hours(start, half.end(), Decimal(f"{value:f}"), "exact"),)
    both = _HOURS_MINUTES.match(folded, start)
    if both:
        h, m = (Decimal(part) if part.isdigit() else parse_numeral(part) for part in both.groups())
        if h is not None and m is not None and m < 60:
            value = (h + m / 60).quantize(Decimal("0.0000001")).normalize()
            return (_hours(start, both.end(), Decimal(f"{value:f}"), "exact"),)
    if not _AND_HALF.search(folded, start, start + _FAR):
        return None
    numeral = numeral_at(folded, start)
    match = _AND_HALF.match(folded, numeral.end) if numeral and not numeral.lone else None
    if not numeral or not match:
        return None
    if match["unit"] in ("小时", "钟头"):
        value = numeral.value + (Decimal("0.5") if match["half"] else 0)
        return (_hours(start, match.end(), value, "at_least" if match["more"] else numeral.bound),)
    return (Noise(start, match.end(), "duration"),) if match["unit"] in "月年" else None


def _hours(start: int, end: int, value: Decimal, bound: Bound) -> Quantity:
    return Quantity(
        start, end, value, None, "hour", "hour", None, bound, value, Decimal(1), chinese=True, measure="小时", digits_end=end
    )  # fmt: skip


def tenths(folded: str, start: int) -> tuple[Token, ...] | None:
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


_HALF = re.compile(r"(?P<over>(?<!时间)(?<!任务)(?<!时程)过半(?![百年天月小个]|数[据字])|半数)|一半(?!天|年)")


def half(folded: str, start: int) -> tuple[Token, ...] | None:
    """过半 (at_least), 一半, 半数."""
    match = _HALF.match(folded, start)
    if not match:
        return (Noise(start, start + 2, "vague"),) if folded.startswith(("半数", "过半"), start) else None
    bound: Bound = "at_least" if match[0] == "过半" else "exact"
    return (_rate(start, match.end(), Decimal(50), bound=bound),)


def doubled(folded: str, start: int) -> tuple[Token, ...] | None:
    """翻一番 is twice as much, 翻两番 four times."""
    match = _MULTIPLY.match(folded, start)
    if not match:
        return None
    value = Decimal(2) ** int(parse_numeral(match["times"] or "一") or 1)
    bound: Bound = "at_most" if match["near"] else "exact"
    return (
        Quantity(start, match.end(), value, None, "times", "times", None, bound, value, Decimal(1), chinese=True, measure="番",
                 growth=True, digits_end=match.end()),
    )  # fmt: skip
