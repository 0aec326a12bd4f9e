"""Numbers with their units: the case file, and what must hold of any number."""

import itertools
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sitegen.matchers.elided import with_unit
from sitegen.matchers.quantities import quantities
from sitegen.matchers.tokens import Noise, Quantity, Unread
from sitegen.numerals import numeral_at, parse_numeral
from sitegen.text import fold
from sitegen.units import unit_table

CASES = [
    tuple(part.strip() for part in line.split("=>"))
    for line in (Path(__file__).parent / "cases" / "amounts.txt").read_text("utf-8").splitlines()
    if "=>" in line and not line.startswith("#")
]


def readings(text: str) -> list[str]:
    """The quantities of the text in the notation of the case file."""
    folded = fold(text)
    tokens = [with_unit(folded, token) for token in quantities(folded)]
    return [_written(text, token) for token in tokens if isinstance(token, Quantity)]


def _written(text: str, token: Quantity) -> str:
    top = "" if token.value_max is None else f"..{token.value_max.normalize():f}"
    per = "" if token.per is None else f" per {token.per}"
    bound = "" if token.bound == "exact" else f" {token.bound}"
    return f"{text[token.start : token.end]} {token.value.normalize():f}{top} {token.unit or '-'}{per}{bound}"


def wanted(expected: str) -> list[str]:
    return [] if expected == "-" else [part.strip() for part in expected.split(" ; ")]


def test_amounts_are_read_as_the_case_file_says() -> None:
    """At least 98 of 100 are read exactly; what is not is left unread: no value is wrong, none invented."""
    missed = {text: readings(text) for text, expected in CASES if wanted(expected) != readings(text)}
    wrong = {
        text: found for text, found in missed.items() if not set(found) <= set(wanted(dict(CASES)[text]))
    }
    assert {} == wrong
    assert len(missed) <= 0.02 * len(CASES), missed


def test_the_case_file_holds_many_ways_to_say_a_quantity() -> None:
    assert len(dict(CASES)) == len(CASES) >= 330
    assert 100 <= sum(expected == "-" for _, expected in CASES) <= 0.5 * len(CASES)


def in_han(number: int) -> str:
    """A number below 10^12 in Chinese numerals, as print writes it."""
    digits = "零一二三四五六七八九"

    def section(part: int) -> str:
        out, zero = "", False
        for ten, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, part = divmod(part, ten)
            if digit:
                out += ("零" if zero else "") + digits[digit] + name
                zero = False
            else:
                zero = bool(out)
        return out

    parts, out = [], ""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        high, number = divmod(number, scale)
        parts.append((high, name))
    for high, name in parts:
        if high:
            gap = "零" if out and high < 1000 else ""
            out += gap + section(high) + name
    return out or "零"


@given(st.integers(min_value=11, max_value=10**12 - 1))
def test_chinese_numerals_round_trip(number: int) -> None:
    assert Decimal(number) == parse_numeral(in_han(number)), in_han(number)


@given(st.decimals(min_value=0, max_value=10**7, places=2), st.sampled_from(["", "万", "亿", "万亿"]))
def test_arabic_numbers_are_exact(number: Decimal, scale: str) -> None:
    factor = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[scale]
    numeral = numeral_at(f"{number}{scale}吨", 0)
    assert numeral is not None
    assert number * factor == numeral.value


@given(st.text(alphabet="0123456789一二三十百千万亿.,、至—%个吨元亩年月日第多余近约超某省市", max_size=60))
def test_tokens_are_ordered_disjoint_and_inside_the_text(text: str) -> None:
    tokens = quantities(fold(text))
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert all(before.end <= after.start for before, after in itertools.pairwise(tokens))
    assert all(isinstance(token, Quantity | Noise | Unread) for token in tokens)


def test_a_list_without_units_takes_the_unit_of_its_last_member() -> None:
    values = [token.value for token in quantities("1.2、2.6和3.5亿元") if isinstance(token, Quantity)]
    assert [Decimal(120000000), Decimal(260000000), Decimal(350000000)] == values


def test_every_printed_unit_has_one_meaning() -> None:
    assert len(unit_table()) > 150
