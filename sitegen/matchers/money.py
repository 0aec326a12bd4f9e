"""Sums of money whose currency is not printed as a unit behind them: $5.6亿, 9块8, 一角二分, 千亿级."""

import re
from decimal import Decimal

from sitegen.matchers.tokens import Quantity
from sitegen.numerals import Numeral, parse_numeral
from sitegen.units import Unit, unit_at


def in_currency(folded: str, numeral: Numeral, start: int, unit: Unit) -> Quantity:
    """$5.6亿, RMB 300万元: a sign before the number says the currency."""
    behind = unit_at(folded, numeral.end)
    if behind and behind.unit.dimension == "money":
        unit, end, per = behind.unit, behind.end, behind.per
    else:
        end, per = numeral.end, None
    return Quantity(
        start, end, numeral.value, None, unit.unit, unit.dimension, per, numeral.bound, numeral.value, numeral.scale,
        numeral.chinese, unit.printed, digits_end=numeral.end,
    )  # fmt: skip


def money_grade(numeral: Numeral, start: int, end: int) -> Quantity:
    """千亿级: an order of magnitude of money."""
    return Quantity(
        start, end, numeral.value, None, "CNY", "money", None, "about", numeral.value, numeral.scale, numeral.chinese, "级",
        digits_end=numeral.end,
    )  # fmt: skip


_CHANGE = re.compile(
    r"(?:[块毛](?P<tenth>[一二两三四五六七八九]|\d)(?:(?![\d一二三四五六七八九十百千万亿个家.])|(?=一[斤公个度张份只件瓶]))(?:(?:毛|角)(?P<last>[一二两三四五六七八九](?![十百千万个斤公]))?)?"
    r"|元(?P<jiao>[一二两三四五六七八九]|\d)角(?:(?P<fen>[一二两三四五六七八九]|\d)分)?)"
)


def small_change(folded: str, numeral: Numeral, after: int) -> Quantity | None:
    """9块8, 六块八: yuan and tenths; 一角二分, 八分七厘: tenths and hundredths, hundredths and thousandths."""
    if folded[after : after + 1] not in _COIN_NAMES:
        return None
    match = _CHANGE.match(folded, after)
    tenth = parse_numeral(match["tenth"] or match["jiao"]) if match else None
    if not match or tenth is None:
        return _small_coins(folded, numeral, after)
    value = (
        numeral.value
        + tenth / 10
        + (parse_numeral(match["fen"] or match["last"] or "零") or Decimal(0)) / 100
    )
    if match[0][0] == "毛":
        value /= 10
    return _yuan(numeral, match.end(), value)


_COIN_NAMES = frozenset("块毛元角分")
_COINS = re.compile(
    r"(?:(?P<jiao>角)(?P<fen>[一二两三四五六七八九]|[1-9])分|(?P<few>分)(?P<li>[一二两三四五六七八九]|[1-9])厘)"
    r"(?![一二三四五六七八九米地])"
)


def _small_coins(folded: str, numeral: Numeral, after: int) -> Quantity | None:
    match = _COINS.match(folded, after)
    below = parse_numeral(match["fen"] or match["li"]) if match else None
    if match is None or below is None:
        return None
    unit = Decimal("0.1") if match["jiao"] else Decimal("0.01")
    return _yuan(numeral, match.end(), numeral.value * unit + below * unit / 10)


def _yuan(numeral: Numeral, end: int, value: Decimal) -> Quantity:
    return Quantity(
        numeral.start, end, value, None, "CNY", "money", None, "exact", value, Decimal(1), numeral.chinese, "块", digits_end=end
    )  # fmt: skip
