"""Articles of other papers and provinces: people, projects and pairs as a careful reader takes them."""

from pathlib import Path
from time import process_time
from typing import Any

import pytest
import yaml
from speech_article import article

from sitegen.extract.people import people
from sitegen.extract.place_industries import place_industries
from sitegen.extract.projects import projects

PAGES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "invented_pages.yml").read_text("utf-8")
)

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page["title"])[:12])


def pairs(page: dict[str, Any], key: str) -> set[tuple[str, str]]:
    return {(place, id_) for place, ids in page.get(key, {}).items() for id_ in ids}


@every_page
def test_all_who_speak_and_nobody_else(page: dict[str, Any]) -> None:
    found = people(article(page["text"], page["title"]))
    assert page["people"] == [f"{p.name} | {p.title or '-'} | {p.organisation or '-'}" for p in found]
    assert page["quotes"] == [f"{p.name}：{quote.text}" for p in found for quote in p.quotes]


@every_page
def test_all_projects_and_no_others(page: dict[str, Any]) -> None:
    assert page["projects"] == [project.name for project in projects(article(page["text"], page["title"]))]


@every_page
def test_pairs_that_must_and_pairs_that_must_not(page: dict[str, Any]) -> None:
    found = {(pair.place, pair.industry) for pair in place_industries(article(page["text"], page["title"]))}
    assert set() == pairs(page, "pairs") - found
    assert set() == pairs(page, "never") & found


def test_one_endless_paragraph_is_read_in_linear_time() -> None:
    """Four times the text may take at most eight times the time (16 if it were quadratic)."""
    unit = "".join(text for page in PAGES for text in page["text"])

    def seconds(times: int) -> float:
        made = article([unit * times])
        start = process_time()
        people(made)
        projects(made)
        place_industries(made)
        return process_time() - start

    seconds(1)
    assert seconds(24) < 8 * max(min(seconds(6), seconds(6)), 0.05)
