"""Facts as the JSON of the contract: exact numbers, places and industries gathered from everything."""

import json
from decimal import Decimal

import pytest

from sitegen.model import Article, Claim, Facts, Paragraph, PlaceIndustry, Project, Reason, Warning
from sitegen.records import number, to_json

TEXT = "包头市签约30亿元，大路工业园区投资2亿元。"
ARTICLE = Article("a1", "p.txt", "t", ("赵一",), "2025-06-10", (Paragraph(TEXT, (3, 4), ((0, 3),)),))


def _claim(raw: str, place: str | None, industry: str | None) -> Claim:
    start = TEXT.index(raw)
    return Claim(
        f"a1-{start:08x}", "a1", 0, start, start + len(raw), raw, Decimal("3E+9"), None, "CNY", None, "exact",
        "actual", "signing", "签约", None, place, industry, None, None, TEXT, None, why=(Reason("kind", "rule", 3, 5),),
    )  # fmt: skip


FACTS = Facts(
    ARTICLE,
    (_claim("30亿元", "包头市", "solar-power"), _claim("2亿元", "大路工业园区", None)),
    (Project("a1-p", "a1", 0, "某项目", ("甲公司",), "鄂尔多斯市", None, None, None, (), TEXT),),
    (PlaceIndustry("包头市", "solar-power", "a1", 0),),
    warnings=(
        Warning("W-X", "doubt", "p.txt", 3),
        Warning("W-Y", "finding", "p.txt", 3, verdict="differs", working="1 ≠ 2"),
    ),
)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("456570000000", "456570000000"),
        ("3E+9", "3000000000"),
        ("85.6", "85.6"),
        ("-0.10", "-0.1"),
        ("1E+21", "1" + 21 * "0"),
        ("16.6667", "16.6667"),
        ("0.0005", "0.0005"),
    ],
)
def test_a_number_is_printed_as_it_is(value: str, printed: str) -> None:
    assert printed == json.dumps(number(Decimal(value)))


def test_the_fields_of_a_claim_are_those_of_the_contract_in_its_order() -> None:
    expected = (
        "id article paragraph start end raw value value_max unit per bound status kind label of "
        "place industry period subject quote speaker review"
    )
    claims = to_json([FACTS])["claims"]
    assert expected.split() == list(claims[0])
    expected_why = {
        "field": "kind",
        "rule": "rule",
        "words": "签约",
        "start": 3,
        "end": 5,
        "paragraph": 0,
        "line": 3,
    }
    assert [expected_why] == to_json([FACTS], explain=True)["claims"][0]["why"]


def test_places_are_gathered_from_claims_pairs_and_projects_with_their_level() -> None:
    places = {each["name"]: each for each in to_json([FACTS])["places"]}
    levels = {"包头市": "prefecture", "大路工业园区": "park", "鄂尔多斯市": "prefecture"}
    assert levels == {name: place["level"] for name, place in places.items()}
    assert [{"industry": "solar-power", "article": "a1", "paragraph": 0}] == places["包头市"]["industries"]
    assert [FACTS.claims[0].id] == places["包头市"]["claims"]
    assert list(places) == sorted(places)


def test_an_industry_comes_with_all_that_stand_above_it() -> None:
    industries = {each["id"]: each for each in to_json([FACTS])["industries"]}
    above = industries["solar-power"]["parent"]
    assert above is not None
    while above is not None:
        above = industries[above]["parent"]


def test_a_finding_has_its_working_and_a_doubt_has_none() -> None:
    of_page = Warning("W-P", "page", "p.txt", 1)
    warnings = to_json([FACTS], warnings=[of_page])["warnings"]
    assert ["W-P", "W-X", "W-Y"] == [each["code"] for each in warnings]
    assert [False, False, True] == ["working" in each for each in warnings]


def test_an_article_has_lines_for_each_paragraph_and_front_matter_only_where_there_is_some() -> None:
    (article,) = to_json([FACTS])["articles"]
    assert [{"text": TEXT, "lines": [3, 4]}] == article["paragraphs"]
    assert "meta" not in article
    json.dumps(to_json([FACTS]))
