"""The search finds exactly what stands in the texts: in Chromium, from disk, against a plain reading."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import CHROMIUM, chromium, listen
from search_harness import ask, gold_articles, lines_of, searchable, stretches

from sitegen import search
from sitegen.model import Facts
from sitegen.search import files
from sitegen.search.folding import folded

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
LATIN = (
    "5GWh", "gwh", "５ＧＷｈ", "200万千瓦", "200萬千瓦", "２００万千瓦", "AI", "%", "85.6%", "内蒙古 签约", "內蒙古",
    "產業轉移", "龘龘", "没有这话",
)  # fmt: skip
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def articles() -> list[Facts]:
    found = gold_articles()
    assert len(found) >= 150
    return found


def queries(articles: list[Facts]) -> list[str]:
    """600 stretches of two to four characters, 100 of one, 60 longer ones, and the same once more as others would type them."""
    chance = random.Random(7)  # noqa: S311 - a sample, not a secret
    found = [
        *stretches(articles, (2, 3, 4), 600, 1),
        *stretches(articles, (1,), 100, 2),
        *stretches(articles, (5, 9, 20), 60, 3),
    ]
    return [*found, *LATIN, *(each.translate(WIDE).upper() for each in chance.sample(found, 40))]


def test_every_stretch_of_the_texts_is_found_where_it_stands_and_nowhere_else(
    browser: Any, articles: list[Facts], tmp_path: Path
) -> None:
    page = browser.new_page()
    heard = listen(page)
    page.goto(searchable(articles, tmp_path).as_uri())
    answers = ask(page, queries(articles), lines_of(articles))
    assert ([], []) == (answers.wrong, heard)
    assert answers.hits > 2000
    page.close()


def test_words_that_stand_too_often_to_be_counted_are_found_as_exactly(
    browser: Any, articles: list[Facts], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With limits so low that a small site uses every kind of file that a large one does."""
    for name, value in (("BLOCK", 64), ("OFTEN", 40), ("FILE_CHARS", 300), ("LONGEST", 5)):
        monkeypatch.setattr(files, name, value)
    some = articles[:60]
    page = browser.new_page()
    page.goto(searchable(some, tmp_path).as_uri())
    assert len(list((tmp_path / "search").glob("often-*.js"))) > 10
    answers = ask(page, queries(some)[::3], lines_of(some))
    assert [] == answers.wrong
    page.close()


def test_hits_are_marked_as_the_text_prints_them(browser: Any, articles: list[Facts], tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(searchable(articles, tmp_path).as_uri())
    for query in ("內蒙古", "ｇｗｈ", "200万"):
        ask(page, [query], lines_of(articles))
        marked = page.eval_on_selector_all("#results .hit", "all => all.map(node => node.textContent)")
        assert marked
        assert {folded(query)} == {folded(each) for each in marked}
    page.close()


def test_folding_keeps_every_offset(articles: list[Facts]) -> None:
    for each in articles:
        text = search.article_text(each.article)
        assert len(text) == len(folded(text))
    assert "内蒙古5gwh,台湾" == folded("內蒙古５ＧＷｈ，臺灣")
