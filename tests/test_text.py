"""Spans: nothing is lost, nothing overlaps, folding keeps every offset."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text import Span, clauses, fold, sentences, trimmed

TEXT = st.text(alphabet="甲乙１２，。；：！？“”‘’…—（）()\n 1,5a%％", max_size=80)


@given(TEXT)
def test_folding_keeps_the_length(text: str) -> None:
    assert len(text) == len(fold(text))


@given(TEXT)
def test_sentences_are_ordered_disjoint_and_hold_every_visible_character(text: str) -> None:
    spans = sentences(text)
    assert all(left.end == right.start for left, right in itertools.pairwise(spans))
    assert text.strip() == "".join(text[a:b] for a, b in spans).strip()


@given(TEXT)
def test_clauses_cover_their_sentence(text: str) -> None:
    for sentence in sentences(fold(text)):
        parts = clauses(fold(text), sentence)
        assert fold(text)[sentence.start : sentence.end] == "".join(fold(text)[a:b] for a, b in parts)


@given(TEXT)
def test_trimming_stays_inside(text: str) -> None:
    start, end = trimmed(text, Span(0, len(text)))
    assert 0 <= start <= end <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲。乙；丙。", ["甲。", "乙；丙。"]),
        ("“甲。乙。”丙说。", ["“甲。", "乙。”", "丙说。"]),
        ("甲……乙", ["甲……", "乙"]),
        ("增长1.2%！真的吗？", ["增长1.2%！", "真的吗？"]),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert expected == [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“甲乙。", "甲乙。"),
        ("甲“乙”。", "甲“乙”。"),
        ("“甲乙。”", "甲乙。"),
        ("“甲”和“乙”", "“甲”和“乙”"),
        (" 甲）", "甲"),
    ],
)
def test_outer_marks_without_partner_or_around_everything_fall(text: str, expected: str) -> None:
    start, end = trimmed(text, Span(0, len(text)))
    assert expected == text[start:end]


def test_a_comma_between_digits_parts_no_clause() -> None:
    assert ["产量1,100吨,", "增长。"] == ["产量1,100吨,增长。"[a:b] for a, b in clauses("产量1,100吨,增长。")]
