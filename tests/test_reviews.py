"""Editors' verdicts: read with every problem named, applied to claims, never lost."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sitegen.model import Article, Claim, Facts, Paragraph, Project
from sitegen.periods import is_period
from sitegen.problems import SitegenError
from sitegen.reviews import apply_reviews, orphans, read_reviews, without_rejected

TEXT = "签约投资超30亿元，开工6个。"
ARTICLE = Article("a1", "p.txt", "t", (), None, (Paragraph(TEXT, (1, 1), ((0, 1),)),))
MONEY = Claim(
    "a1-01",
    "a1",
    0,
    5,
    9,
    "30亿元",
    Decimal(3000000000),
    None,
    "CNY",
    None,
    "at_least",
    "actual",
    "signing",
    "签约投资",
    None,
    None,
    None,
    None,
    None,
    TEXT,
    None,
)
COUNT = replace(
    MONEY,
    id="a1-02",
    start=12,
    end=14,
    raw="6个",
    value=Decimal(6),
    unit="个",
    bound="exact",
    kind="progress",
)
PROJECT = Project("a1-p1", "a1", 0, "某项目", (), None, None, None, "a1-01", ("a1-01", "a1-02"), TEXT)
FACTS = (Facts(ARTICLE, (MONEY, COUNT), (PROJECT,)),)
HEAD = "  who: 李娜\n  when: '2025-06-12'\n"


def _verdict(text: str) -> str:
    return f"a1-01:\n{HEAD}{text}"


def test_an_edited_field_is_replaced_and_the_rest_stays() -> None:
    text = _verdict(
        "  verdict: edited\n  why: 园区\n  fields: {value: '3100000000', place: 大路园区, period: null}\n"
    )
    (facts,) = apply_reviews(FACTS, read_reviews({"r.yml": text}))
    expected = replace(MONEY, review="edited", value=Decimal(3100000000), place="大路园区")
    assert (expected, COUNT) == facts.claims


@pytest.mark.parametrize("verdict", ["confirmed", "questioned", "rejected"])
def test_a_verdict_without_an_edit_only_marks_the_claim(verdict: str) -> None:
    (facts,) = apply_reviews(FACTS, read_reviews({"r.yml": _verdict(f"  verdict: {verdict}\n")}))
    assert (replace(MONEY, review=verdict), COUNT) == facts.claims


def test_a_rejected_claim_is_counted_nowhere() -> None:
    reviewed = apply_reviews(FACTS, read_reviews({"r.yml": _verdict("  verdict: rejected\n")}))
    (facts,) = without_rejected(reviewed)
    assert (COUNT,) == facts.claims
    assert (replace(PROJECT, investment=None, claims=("a1-02",)),) == facts.projects


def test_no_file_and_an_empty_file_change_nothing() -> None:
    assert FACTS == apply_reviews(FACTS, read_reviews({}))
    assert FACTS == apply_reviews(FACTS, read_reviews({"r.yml": "# none yet\n"}))


def test_a_verdict_whose_claim_is_gone_is_reported_where_it_stands() -> None:
    verdicts = read_reviews({"r.yml": "\n" + _verdict("  verdict: confirmed\n").replace("a1-01", "a1-99")})
    assert [("r.yml", 2, "W-REVIEW-ORPHAN", "warning")] == [
        (each.file, each.line, each.code, each.level) for each in orphans(FACTS, verdicts)
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (_verdict("  verdict: fine\n"), 4, "fine is no verdict; write confirmed, edited"),
        ("a1-01:\n  verdict: confirmed\n  who: 李娜\n", 1, "lacks when"),
        (_verdict("  verdict: confirmed\n").replace("2025-06-12", "2025-6-12"), 3, "2025-6-12 is no day"),
        (_verdict("  verdict: confirmed\n  becuase: x\n"), 5, "unknown key becuase"),
        (_verdict("  verdict: confirmed\n  why: 3\n"), 5, "why is no text"),
        (_verdict("  verdict: edited\n"), 1, "edited and fields belong together"),
        (_verdict("  verdict: confirmed\n  fields: {place: x}\n"), 5, "edited and fields belong together"),
        (
            _verdict("  verdict: edited\n  fields: {plaec: x}\n"),
            5,
            "no field plaec to edit; did you mean place?",
        ),
        (_verdict("  verdict: edited\n  fields: {quote: x}\n"), 5, "no field quote to edit"),
        (_verdict("  verdict: edited\n  fields: {kind: money}\n"), 5, "kind cannot be money"),
        (_verdict("  verdict: edited\n  fields:\n    value: 三亿\n"), 6, "value cannot be 三亿"),
        (_verdict("  verdict: edited\n  fields:\n    value: null\n"), 6, "value cannot be null"),
        (_verdict("  verdict: edited\n  fields:\n    value: NaN\n"), 6, "value cannot be NaN"),
        (
            _verdict("  verdict: edited\n  fields:\n    value: '1e999999999'\n"),
            6,
            "value cannot be 1e999999999; write a number",
        ),
        (
            _verdict("  verdict: edited\n  fields: {period: 去年}\n"),
            5,
            'period cannot be 去年; write it as "2025",',
        ),
        (
            _verdict("  verdict: edited\n  fields: {industry: 乳业}\n"),
            5,
            "industry cannot be 乳业; write an id",
        ),
        (
            _verdict("  verdict: edited\n  fields: {place: ../x}\n"),
            5,
            "place cannot be ../x; write one place",
        ),
        (_verdict("  verdict: edited\n  fields: [place]\n"), 5, "fields is no list"),
        ("a1-01: confirmed\n", 1, "has no verdict"),
        ("- a1-01\n", 1, "is no list of verdicts"),
        ("a1-01: {verdict: confirmed\n", 2, "no valid YAML"),
    ],
)
def test_a_wrong_entry_is_named_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(SitegenError) as error:
        read_reviews({"content/reviews/r.yml": text})
    assert any(message in str(each) and line == each.line for each in error.value.problems), str(error.value)


def test_two_verdicts_on_one_claim_are_refused_with_both_places() -> None:
    text = _verdict("  verdict: confirmed\n")
    with pytest.raises(SitegenError, match=r"b.yml:1: E-REVIEW a1-01 has a verdict in a.yml:1 too"):
        read_reviews({"a.yml": text, "b.yml": text})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023", True),
        ("2025-04", True),
        ("2024-02-29", True),
        ("2024-01/2024-06", True),
        ("2026-2030", True),
        ("2024-06/2024-01", False),
        ("2024/2024-06", False),
        ("2023-02-29", False),
        ("2025-13", False),
        ("2025-4", False),
        ("２０２５", False),
        ("9999", False),
        ("2025年", False),
        ("2024/2025/2026", False),
        ("", False),
    ],
)
def test_a_period_is_one_of_the_contract(text: str, expected: bool) -> None:
    assert expected == is_period(text)
