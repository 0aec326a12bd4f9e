"""A data story in Chromium: legible on a phone and a desk, light and dark, without scripts; its numbers open their sentences."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import CHROMIUM, CLIPPED, FAINT, OVERLAPS, chromium, colours, listen

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
LEAST_CONTRAST = 4.5


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def pages(published_with_story: Path) -> list[Path]:
    """The article, and the page and the frame of each of its charts."""
    article = next(
        path
        for path in (published_with_story / "articles").glob("*/index.html")
        if "钱在哪里" in path.read_text("utf-8").partition("</title>")[0]
    )
    ids = [f"{article.parent.name}-{n}" for n in (1, 2, 3, 5)]
    charts = [
        published_with_story / folder / id_ / "index.html" for id_ in ids for folder in ("charts", "embed")
    ]
    return [article, *charts]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_story_can_be_read(browser: Any, pages: list[Path], width: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    heard, faults = listen(page), []
    for file in pages:
        page.goto(file.as_uri())
        name = f"{file.parent.parent.name}/{file.parent.name}"
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        faults += [(name, "too wide", over)] if over > 0 else []
        faults += [(name, "contrast", *each) for each in page.evaluate(FAINT, LEAST_CONTRAST)]
        faults += [(name, fault) for measure in (CLIPPED, OVERLAPS) for fault in page.evaluate(measure)]
    page.close()
    assert ([], []) == (heard, faults)


def test_without_scripts_a_bar_and_a_cited_number_open_the_sentence(browser: Any, pages: list[Path]) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page, blank = context.new_page(), browser.new_page()
    for link in (".body > p a.n", ".body .drawing a[aria-label*='4565.7']", ".body figcaption h2 a.n"):
        page.goto(pages[0].as_uri())
        page.locator(link).locator("visible=true").first.click()
        assert "4565.7亿元" == page.locator("mark:target").inner_text()
    page.goto(pages[0].as_uri())
    for drawing in page.query_selector_all(".body .drawing"):
        assert colours(blank, drawing.screenshot())[0] >= 8
    assert "签约投资，已发生" == page.locator(".body > p a.n").first.get_attribute("title")
    context.close()


def test_the_interactive_layer_draws_a_line(browser: Any, pages: list[Path]) -> None:
    page = browser.new_page()
    heard = listen(page)
    line = next(
        file for file in pages if file.parent.parent.name == "charts" and "c-line" in file.read_text("utf-8")
    )
    page.goto(line.as_uri())
    page.locator(".plot-button").click()
    page.wait_for_selector(".plot .scatterlayer .point")
    assert 2 == page.locator(".plot .scatterlayer .trace").count()
    page.close()
    assert [] == heard
