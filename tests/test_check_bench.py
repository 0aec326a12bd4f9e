"""Sixty seeded slips in twenty true articles: most are found, and the true articles give no alarm."""

import re
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from seeded_slips import EACH, articles, marked, slips

sys.path.insert(0, str(Path(__file__).parent / "tools"))

from check_bench import alarms, caught, dated

SEEDS = (1, 2, 3)


@pytest.mark.parametrize("article", articles(), ids=lambda article: article["name"])
def test_arithmetic_of_a_true_article_is_right(article: dict[str, Any]) -> None:
    """What the article is said to hold is worked out; each result is the printed one to its last digit."""
    for line in article["holds"]:
        working, _, printed = line.partition(" = ")
        exact = Decimal(str(_worked_out(working)))
        places = len(printed.partition(".")[2])
        assert abs(exact - Decimal(printed)) <= Decimal(5).scaleb(-places - 1), line


def _worked_out(working: str) -> float:
    assert re.fullmatch(r"[\d.+\-*/() ]+", working)
    return float(eval(working))  # noqa: S307  digits and signs only, as the line above says


@pytest.mark.parametrize("article", articles(), ids=lambda article: article["name"])
def test_true_article_gives_no_alarm(article: dict[str, Any]) -> None:
    assert [] == [w.message for w, _ in alarms(article["name"], dated(article["text"], article["day"]))]


@pytest.mark.parametrize("seed", SEEDS)
def test_four_of_five_slips_are_found(seed: int) -> None:
    """An alarm names the misprinted number; 22 of 60 were found when these articles were first read."""
    made = slips(articles(), seed)
    missed = [f"{slip.name}: {slip.raw} → {slip.wrong}" for slip in made if not caught(slip)]
    assert 60 == len(made)
    assert len(missed) <= 12, missed


def test_slips_are_a_pure_function_of_the_seed() -> None:
    assert slips(articles(), 1) == slips(articles(), 1)
    assert slips(articles(), 1) != slips(articles(), 2)


def test_each_slip_changes_one_number_of_its_page_and_nothing_else() -> None:
    true = {each["name"]: each["text"] for each in articles()}
    for slip in slips(articles(), 1):
        back = slip.page[: slip.start] + slip.raw + slip.page[slip.start + len(slip.wrong) :]
        assert (true[slip.name], True) == (back, slip.raw != slip.wrong)


def test_every_kind_of_slip_is_there() -> None:
    kinds = Counter(slip.kind for slip in slips(articles(), 1))
    assert {"digit", "hundredfold", "sum", "rate", "year"} == set(kinds)
    assert min(kinds.values()) > EACH


NUMBERS = ("one", "two", "three", "four", "five", "six", "seven")
MARKED = {
    f"marked_{number}.txt": most
    for number, most in zip(NUMBERS, (6, 3, 3, 5, 3, 4, 8), strict=True)  # slips that may be missed
}


@pytest.mark.parametrize("file", MARKED)
def test_marked_slips_are_found(file: str) -> None:
    """The rules that had seen none of these articles found 25 of 60, 16 of 30, 12 of 30, 23 of 50, 12 of 25, 10 of 18 and 18 of
    55; the bars here are what is found since, when every sitting but the first sight of it has been read.
    """
    made = [slip for article in marked(file) for slip in article["slips"]]
    missed = [f"{slip.name}: {slip.raw} → {slip.wrong}" for slip in made if not caught(slip)]
    assert len(made) >= 18
    assert len(missed) <= MARKED[file], missed


@pytest.mark.parametrize("article", [a for file in MARKED for a in marked(file)], ids=lambda a: a["name"])
def test_marked_article_gives_no_alarm_as_it_should_be(article: dict[str, Any]) -> None:
    assert [] == [w.working for w, _ in alarms(article["name"], dated(article["text"], article["day"]))]


def test_clean_articles_give_at_most_one_alarm_in_three() -> None:
    clean = marked("clean.txt")
    found = [(a["name"], w.working) for a in clean for w, _ in alarms(a["name"], dated(a["text"], a["day"]))]
    assert len(clean) >= 40
    assert len(found) <= len(clean) // 3, found
