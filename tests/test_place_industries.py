"""Which place has which industry, as the text says it."""

from pathlib import Path
from typing import Any

import pytest
from speech_article import article

from sitegen.extract.place_industries import place_industries
from sitegen.industries import industry_list
from sitegen.lexicon import packaged

DATA: dict[str, Any] = packaged("place_industry.yml")
LINES = [
    line.split("=>")
    for line in (Path(__file__).parent / "cases" / "place_industries.txt").read_text("utf-8").splitlines()[1:]
]


def pairs(text: str) -> set[tuple[str, str]]:
    """The pairs of one side of a line: 诸暨市:jewellery; 横州市:tea."""
    parts = [part.split(":") for part in text.split(";") if ":" in part]
    return {(place.strip(), id_.strip()) for place, ids in parts for id_ in ids.split(",")}


@pytest.mark.parametrize(("text", "expected"), LINES, ids=lambda part: part.strip()[:16])
def test_the_pairs_of_a_line(text: str, expected: str) -> None:
    title, *paragraphs = text.strip().split("¶")
    made = article(paragraphs, title or None)
    found = {(pair.place, pair.industry) for pair in place_industries(made)}
    wanted, *never = expected.split("!")
    assert any(pairs(way) <= found for way in wanted.split("|")), found
    assert not found & pairs(";".join(never))


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: case["text"][0][:16])
def test_packaged_case(case: dict[str, Any]) -> None:
    found = {
        (pair.place, pair.industry) for pair in place_industries(article(case["text"], case.get("title")))
    }
    expected = {(place, id_) for place, ids in case["pairs"].items() for id_ in ids}
    never = {(place, id_) for place, ids in case.get("never", {}).items() for id_ in ids}
    assert set() == expected - found
    assert set() == never & found
    if not expected:
        assert set() == found


def test_every_sign_names_an_industry_of_the_list() -> None:
    assert [] == [id_ for id_ in DATA["signs"] if industry_list().get(id_) is None]


def test_a_sign_stands_for_one_industry() -> None:
    words = [word for listed in DATA["signs"].values() for word in listed]
    assert len(words) == len(set(words))


def test_a_pair_stands_once_a_paragraph() -> None:
    pairs = place_industries(
        article(["包头市发展稀土产业，包头市稀土产业产值增长。", "包头市打造稀土产业基地。"])
    )
    assert [("包头市", 0), ("包头市", 1)] == [
        (p.place, p.paragraph) for p in pairs if p.industry == "rare-earths"
    ]


def test_a_paragraph_without_a_place_speaks_of_the_headline() -> None:
    pairs = place_industries(article(["今年，光伏产业产值达到30亿元。"], "乌海：向绿而行"))
    assert {("乌海市", "solar-power")} == {(pair.place, pair.industry) for pair in pairs}


def test_without_any_place_there_is_no_pair() -> None:
    assert () == place_industries(article(["光伏产业产值达到30亿元。"], "向绿而行"))
