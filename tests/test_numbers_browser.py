"""The table of numbers and the places side by side in Chromium: narrowed, sorted, kept in the address, whole without scripts."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from browser import CHROMIUM, chromium, listen, until
from crawl import Crawl

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
RAWS = "all => all.map(node => node.textContent)"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


def test_the_table_is_narrowed_and_sorted_and_the_address_brings_it_back(
    browser: Any, published: Path
) -> None:
    crawl = Crawl(published)
    claims = list(crawl.claims.values())
    address = (published / "numbers/index.html").as_uri()
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    heard = listen(page)
    page.goto(address)
    assert len(claims) == page.locator("#table tbody tr").count()
    page.select_option("select[name=status]", "planned")
    planned = sorted(claim["raw"] for claim in claims if claim["status"] == "planned")
    until(page, f"document.querySelectorAll('#table tbody tr').length === {len(planned)}")
    assert planned == sorted(page.eval_on_selector_all("#table tbody th .n", RAWS))
    page.select_option("select[name=status]", "")
    page.click("th[data-sort=value] button")
    page.wait_for_selector("th[aria-sort=descending]")
    order = page.eval_on_selector_all("#table tbody th .n", RAWS)
    units = {claim["raw"]: claim["unit"] for claim in claims}
    values = {claim["raw"]: claim["value"] for claim in claims}
    for before, after in pairwise(order):
        assert units[before] != units[after] or values[before] >= values[after], (before, after)
    page.select_option("select[name=kind]", "capacity")
    until(page, "document.querySelectorAll('#table tbody tr').length < 30")
    kept = page.evaluate("location.search")
    assert {"kind": ["capacity"], "sort": ["-value"]} == parse_qs(kept[1:])
    shown = page.eval_on_selector_all("#table tbody th .n", RAWS)
    page.goto("about:blank")
    page.goto(address + kept)
    until(page, f"document.querySelectorAll('#table tbody tr').length === {len(shown)}")
    assert shown == page.eval_on_selector_all("#table tbody th .n", RAWS)
    page.click("#table tbody th a >> nth=0")
    page.wait_for_selector("mark:target")
    assert shown[0] == page.inner_text("mark:target")
    assert [] == heard
    page.close()


def test_a_choice_says_how_many_numbers_it_leaves(browser: Any, published: Path) -> None:
    """Before any script has run, and anew whenever another choice is made; what would leave none cannot be chosen."""
    claims = list(Crawl(published).claims.values())
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((published / "numbers/index.html").as_uri())
    offered = """name => [...document.querySelector(`select[name=${name}]`).options].slice(1)
      .map(option => [option.value, Number(option.textContent.match(/（(\\d+)）$/)[1]), option.disabled])"""
    kinds = Counter(claim["kind"] for claim in claims)
    assert kinds == {kind: count for kind, count, _ in page.evaluate(offered, "kind")}
    page.select_option("select[name=status]", "planned")
    until(page, "new URLSearchParams(location.search).get('status') === 'planned'")
    left = Counter(claim["kind"] for claim in claims if claim["status"] == "planned")
    after = page.evaluate(offered, "kind")
    assert left == {kind: count for kind, count, _ in after if count}
    assert {kind for kind in kinds if kind not in left} == {kind for kind, _, disabled in after if disabled}
    statuses = Counter(claim["status"] for claim in claims)
    assert statuses == {status: count for status, count, _ in page.evaluate(offered, "status")}
    page.close()


def test_a_row_says_the_same_with_scripts_as_without(browser: Any, published: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    address = (published / "numbers/index.html").as_uri()
    rows = "all => all.map(row => [...row.cells].map(cell => cell.textContent.trim().replace(/\\s+/g, ' ')))"
    page.goto(address)
    before = page.eval_on_selector_all("#table tbody tr", rows)
    page.goto(address + "?q=")
    page.fill("input[name=q]", "　")
    until(page, "document.querySelector('#table tbody td:last-child a').href.includes('#c-')")
    after = page.eval_on_selector_all("#table tbody tr", rows)
    assert before == after
    page.close()


def test_places_stand_side_by_side_as_chosen(browser: Any, published: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    heard = listen(page)
    page.goto((published / "compare/index.html").as_uri() + "?place=包头市&place=赤峰市")
    shown = "all => all.filter(node => !node.hidden).map(node => node.textContent)"
    assert {"包头市", "赤峰市"} == set(page.eval_on_selector_all("#compare thead th", shown))
    page.check("input[value=通辽市]")
    assert {"包头市", "赤峰市", "通辽市"} == set(page.eval_on_selector_all("#compare thead th", shown))
    assert 3 == len(parse_qs(page.evaluate("location.search")[1:])["place"])
    assert [] == heard
    page.close()


def test_a_reader_with_a_keyboard_sorts_the_table_and_searches(browser: Any, published: Path) -> None:
    """From the menu into the table's heads, sorted by Enter, and into the search, whose results follow on Tab."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    where = "[document.activeElement.tagName, document.activeElement.textContent.trim(), getComputedStyle(document.activeElement).outlineStyle]"
    page.goto((published / "numbers/index.html").as_uri())
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(where))
        if seen[-1][:2] == ["BUTTON", "数字"]:
            break
    assert {"A", "SELECT", "INPUT", "BUTTON"} <= {tag for tag, _, _ in seen}
    assert "solid" == seen[-1][2]
    page.keyboard.press("Enter")
    page.wait_for_selector("th[aria-sort=descending]")
    assert ["BUTTON", "数字"] == page.evaluate(where)[:2], "the head that was pressed keeps the focus"
    page.goto((published / "search/index.html").as_uri())
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("项目")
    page.keyboard.press("Enter")
    page.wait_for_selector("#results h2 a")
    reached = ""
    for _ in range(20):
        page.keyboard.press("Tab")
        reached = page.evaluate(
            "document.activeElement.closest('#results') ? document.activeElement.href : ''"
        )
        if reached:
            break
    assert "/articles/" in reached
    assert "true" == page.get_attribute("#state", "aria-atomic") or "status" == page.get_attribute(
        "#state", "role"
    )
    page.close()
