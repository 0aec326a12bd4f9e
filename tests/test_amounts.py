"""Numbers are written in 万 and 亿, exactly, and never in G, M or k."""

from decimal import Decimal
from itertools import pairwise

import pytest
from chart_facts import claim
from hypothesis import given
from hypothesis import strategies as st

from sitegen.amounts import (
    amount,
    is_additive,
    is_count,
    is_money,
    number_text,
    printed,
    scale,
    ticks,
    unit_word,
    unsaid_bound,
)


@pytest.mark.parametrize(
    ("expected", "value", "unit", "per"),
    [
        ("4565.7亿元", "456570000000", "CNY", None),
        ("1.35亿千瓦", "135000000", "kW", None),
        ("2万亿千瓦时/年", "2000000000000", "kWh", "year"),
        ("85.6%", "85.6", "%", None),
        ("3000亿次/秒", "300000000000", "FLOPS", None),
        ("1亿亿次/秒", "10000000000000000", "FLOPS", None),
        ("160个", "160", "个", None),
        ("9999元", "9999", "CNY", None),
        ("1万家", "10000", "家", None),
        ("0.25吨", "0.25", "t", None),
        ("-90%", "-90", "%", None),
        ("-3万吨", "-30000", "t", None),
        ("3个百分点", "3", "pp", None),
        ("50000%", "50000", "%", None),
        ("0", "0", None, None),
        ("12345678901234.56789012345678905亿亿个", "123456789012345678901234567890.5", "个", None),
    ],
)
def test_a_value_is_written_in_chinese(expected: str, value: str, unit: str | None, per: str | None) -> None:
    assert expected == amount(Decimal(value), unit, per)


@given(st.decimals(min_value=0, max_value=10**18, places=3, allow_nan=False))
def test_digits_and_scale_word_give_back_the_exact_value(value: Decimal) -> None:
    power, word = scale(value, "CNY")
    digits = amount(value, "CNY").removesuffix(f"{word}元")
    assert value == Decimal(digits).scaleb(power)


def test_a_range_keeps_both_ends() -> None:
    assert "3—5亿元" == amount(Decimal("3e8"), "CNY", value_max=Decimal("5e8"))
    assert "9000—2万元" == amount(Decimal(9000), "CNY", value_max=Decimal(20000))


def test_rounding_is_asked_for_and_half_up() -> None:
    assert "85.6" == number_text(Decimal("85.625"), places=1)
    assert "85.63" == number_text(Decimal("85.625"), places=2)
    assert "85.625" == number_text(Decimal("85.625"))


@pytest.mark.parametrize(
    ("expected", "raw", "bound"),
    [
        ("超500亿元", "500亿元", "at_least"),
        ("约50万吨", "50万吨", "about"),
        ("千亿级", "千亿级", "about"),
        ("过半", "过半", "at_least"),
        ("160个", "160个", "exact"),
    ],
)
def test_a_printed_number_stays_as_printed_with_its_bound(expected: str, raw: str, bound: str) -> None:
    assert expected == printed(claim(raw=raw, value=Decimal(1), unit="CNY", bound=bound))


def test_a_bare_number_of_a_list_gets_its_unit() -> None:
    assert "1.2亿元" == printed(claim(raw="1.2", value=Decimal(120000000), unit="CNY"))


@given(
    st.decimals(min_value="0.01", max_value=10**17, places=2, allow_nan=False),
    st.sampled_from(["CNY", "kW", "个", "%"]),
)
def test_ticks_are_round_few_and_in_chinese(top: Decimal, unit: str) -> None:
    found = ticks(top, unit)
    assert 2 <= len(found) <= 6
    assert Decimal(0) == found[0][0]
    assert all(value <= top for value, _ in found)
    assert not any(letter in words for _, words in found for letter in "GMkeE")
    steps = {after[0] - before[0] for before, after in pairwise(found)}
    assert 1 == len(steps)


def test_ticks_of_billions_say_yi() -> None:
    assert ["0", "1000亿", "2000亿", "3000亿", "4000亿"] == [
        words for _, words in ticks(Decimal(456570000000), "CNY")
    ]


def test_units_know_what_may_be_added() -> None:
    assert is_money("CNY")
    assert is_count("个")
    assert not is_count("kW")
    assert not is_count(None)
    assert [True, True, False, False, False] == [is_additive(unit) for unit in ("CNY", "家", "%", "pp", None)]
    assert "吨/年" == unit_word("t", "year")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("800亿斤", "at_least"),
        ("三十家", "at_least"),
        ("300多家", "exact"),
        ("过半", "exact"),
        ("千亿级", "exact"),
    ],
)
def test_a_bound_is_said_beside_a_number_only_where_the_number_does_not_say_it(raw: str, said: str) -> None:
    assert said == unsaid_bound(raw, "at_least")
