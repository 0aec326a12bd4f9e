"""The published site in Chromium, opened from disk: silent, whole, legible, usable by keyboard and without scripts."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import CHROMIUM, CLIPPED, FAINT, OVERLAPS, chromium, colours, listen
from crawl import Crawl

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
PHONE, SMALL, DESK = 390, 360, 1280
FOLDERS = ("articles", "places", "industries", "charts")
LEAST_CONTRAST = 4.5
LEAST_DRAWN = 0.01  # part of a drawing that is not paper


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def records(published: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((published / "data/facts.json").read_bytes())
    return found


@pytest.fixture(scope="module")
def every(published: Path) -> list[Path]:
    return sorted(published.rglob("*.html"))


@pytest.fixture(scope="module")
def kinds(published: Path, every: list[Path]) -> list[Path]:
    """One page of each type, of articles, places and industries the largest; all charts."""
    folders = [[page for page in every if page.parent.parent == published / name] for name in FOLDERS]
    largest = [max(pages, key=lambda page: (page.stat().st_size, page)) for pages in folders[:3]]
    members = {page for pages in folders for page in pages}
    chosen = [page for page in every if page not in members] + largest + folders[3]
    assert len(chosen) > 20
    return chosen


@pytest.fixture(scope="module")
def blank(browser: Any) -> Any:
    """A page of no site, in which pictures are measured."""
    return browser.new_page()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    found = browser.new_page(viewport={"width": PHONE, "height": 800})
    yield found
    found.close()


@pytest.fixture
def without_scripts(browser: Any) -> Iterator[Any]:
    context = browser.new_context(
        java_script_enabled=False, reduced_motion="reduce", viewport={"width": PHONE, "height": 800}
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_type_opens_silently_and_each_word_can_be_read(
    page: Any, kinds: list[Path], scheme: str, width: int
) -> None:
    """No message, no request off the disk, nothing wider than the window or cut, no two words of a drawing on each other,
    contrast of every text as WCAG AA asks.
    """
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    heard = listen(page)
    faults = []
    for file in kinds:
        page.goto(file.as_uri())
        name = file.parent.name
        faults += [(name, "contrast", *each) for each in page.evaluate(FAINT, LEAST_CONTRAST)]
        faults += [(name, "clipped", each) for each in page.evaluate(CLIPPED)]
        faults += [(name, "overlap", each) for each in page.evaluate(OVERLAPS)]
    assert ([], []) == (heard, faults)


def test_the_measures_see_what_is_wrong(blank: Any, page: Any) -> None:
    """A faint, a cut and an overlapping text and an empty picture are found, a good text is not."""
    page.set_content(
        '<body style="background:#fff;color:#000;margin:0"><p>good</p><p style="color:#888">faint</p>'
        '<div style="overflow:hidden;width:20px;white-space:nowrap">long long words</div>'
        '<div class="drawing"><svg width="300" height="60"><text x="5" y="20">one</text><text x="8" y="21">two</text>'
        '<text x="200" y="20">three</text></svg></div>'
    )
    assert ["faint"] == [words for _, _, words in page.evaluate(FAINT, LEAST_CONTRAST)]
    assert ["cut: long long words"] == page.evaluate(CLIPPED)
    assert ["one / two"] == page.evaluate(OVERLAPS)
    page.set_content("<body style='background:#fff'></body>")
    assert (1, 0) == colours(blank, page.screenshot())


def test_no_page_is_wider_than_a_small_phone(page: Any, crawl: Crawl) -> None:
    """Nor does a word stand outside it or on another one, whatever the papers print."""
    page.set_viewport_size({"width": SMALL, "height": 740})
    heard = listen(page)
    faults = []
    for path in sorted(crawl.pages):
        page.goto((crawl.folder / path).as_uri())
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        faults += [(path, "too wide", over)] if over > 0 else []
        faults += [(path, fault) for measure in (CLIPPED, OVERLAPS) for fault in page.evaluate(measure)]
    assert ([], []) == (heard, faults)


def test_without_scripts_every_page_type_reads_whole(
    blank: Any, without_scripts: Any, kinds: list[Path], published: Path, records: dict[str, Any]
) -> None:
    page = without_scripts
    texts = {
        article["id"]: [each["text"] for each in article["paragraphs"]] for article in records["articles"]
    }
    for file in kinds:
        page.goto(file.as_uri())
        said = _plain(page.inner_text("main"))
        assert _plain(page.inner_text("h1")) in said
        assert len(said) > 20
        for drawing in page.query_selector_all("figure .drawing"):
            kinds_of_colour, drawn = colours(blank, drawing.screenshot())
            assert kinds_of_colour >= 8, file
            assert drawn > LEAST_DRAWN, file
    for article, paragraphs in texts.items():
        page.goto((published / "articles" / article / "index.html").as_uri())
        page.eval_on_selector_all(".body .q", "doubts => doubts.forEach(each => each.remove())")
        said = _plain(page.inner_text("main .body"))
        assert [] == [text for text in paragraphs if _plain(text) not in said]


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_without_scripts_a_number_opens_its_sentence_with_its_reading(
    without_scripts: Any, published: Path, records: dict[str, Any]
) -> None:
    """From the home page, each number of the first screen; the note says what the records say."""
    page = without_scripts
    raws = {claim["id"]: claim["raw"] for claim in records["claims"]}
    page.goto((published / "index.html").as_uri())
    links = page.eval_on_selector_all(
        "main h1 a[data-claim], main .deck a[data-claim], .keys a[data-claim], .drawing a[href*='#c-']",
        "all => [...new Set(all.map(a => new URL(a.getAttribute('href'), document.baseURI).href))]",
    )
    assert len(links) >= 10
    for link in links:
        page.goto("about:blank")
        page.goto(link)
        mark = page.locator("mark:target")
        article, anchor = re.findall(r"/articles/([^/]+)/index\.html#c-(\w+)$", link)[0]
        assert raws[f"{article}-{anchor}"] == mark.inner_text()
        box = mark.bounding_box()
        assert 0 <= box["y"] <= 800 - box["height"]
        note = page.locator(f"#k-{anchor}")
        assert note.is_visible()
        place = note.bounding_box()
        assert place["y"] < 800
        assert place["y"] + place["height"] > 0
        below, above = box["y"] + box["height"] <= place["y"], place["y"] + place["height"] <= box["y"]
        assert below or above or box["x"] + box["width"] <= place["x"], f"{link}: the note covers its mark"
        assert re.search(r"\d|[一二三四五六七八九十百千万亿半]", note.locator("b").inner_text())


def test_a_reader_with_a_keyboard_reaches_menu_marks_and_readings(
    page: Any, published: Path, records: dict[str, Any]
) -> None:
    most = max(records["articles"], key=lambda a: sum(c["article"] == a["id"] for c in records["claims"]))
    page.set_viewport_size({"width": DESK, "height": 800})
    page.goto((published / "articles" / most["id"] / "index.html").as_uri())
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("node => node === document.activeElement")
    assert skip.bounding_box()["x"] >= 0
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        active = page.evaluate(
            "[document.activeElement.tagName, document.activeElement.id, getComputedStyle(document.activeElement).outlineStyle]"
        )
        reached.append(active)
        if active[0] == "MARK":
            break
    assert any(tag == "A" for tag, _, _ in reached)
    assert ("MARK", "solid") == (reached[-1][0], reached[-1][2])
    note = page.locator("#k-" + reached[-1][1].removeprefix("c-"))
    assert note.is_visible()
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == note.get_attribute(
        "id"
    )
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    assert not note.is_visible()
    page.goto((published / "articles" / most["id"] / "index.html").as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), (
        "the skip link leads past the menu"
    )


def test_a_reader_with_a_keyboard_walks_through_a_drawing(page: Any, published: Path) -> None:
    chart = next((published / "charts").glob("*/index.html"))
    page.goto(chart.as_uri())
    page.locator("main").evaluate("node => { node.tabIndex = -1; node.focus(); }")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.drawing') !== null"):
            break
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert re.search(r"\d", label or "")
    before = page.url
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: address != before)
    assert "#" in page.url


def test_a_search_can_be_linked_to_and_its_numbers_open_their_marks(
    page: Any, published: Path, records: dict[str, Any]
) -> None:
    claim = records["claims"][0]
    page.goto((published / "search/index.html").as_uri() + f"?q={claim['quote'][:6]}")
    page.wait_for_selector("#results a.n")
    page.locator("#results a.n").first.click()
    page.wait_for_url("**/articles/**")
    assert page.locator("mark:target").is_visible()


def test_plotly_is_loaded_on_request_only_and_draws_every_chart(
    blank: Any, page: Any, published: Path
) -> None:
    page.set_viewport_size({"width": DESK, "height": 900})
    heard = listen(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    charts = sorted(path for path in (published / "charts").glob("*/index.html"))
    for chart in charts:
        asked.clear()
        page.goto(chart.as_uri())
        button = page.locator(".plot-button")
        assert not any("plotly" in url for url in asked)
        button.click()
        page.wait_for_selector(".plot-button[aria-pressed='true']")
        assert 1 == sum(url.endswith("/assets/plotly.min.js") for url in asked)
        kinds_of_colour, drawn = colours(blank, page.locator(".plot").screenshot())
        assert kinds_of_colour >= 8, chart
        assert drawn > LEAST_DRAWN, chart
        said = page.eval_on_selector_all(".plot text", "all => all.map(node => node.textContent)")
        assert (chart.parent.name, []) == (
            chart.parent.name,
            [text for text in said if re.search(r"\d[GMk]\b", text)],
        )
        button.click()
        assert page.locator(".drawing").is_visible()
    assert len(charts) >= 5
    assert [] == heard


def test_the_interactive_chart_is_walked_through_by_keyboard(page: Any, published: Path) -> None:
    """Opened by Enter it has the focus; arrows say each number of the static drawing once; Enter opens the sentence."""
    page.set_viewport_size({"width": DESK, "height": 900})
    heard = listen(page)
    for chart in sorted((published / "charts").glob("*/index.html")):
        page.goto(chart.as_uri())
        labels = page.eval_on_selector_all(
            ".drawing > svg.wide a", "all => all.map(a => a.getAttribute('aria-label'))"
        )
        page.focus(".plot-button")
        page.keyboard.press("Enter")
        page.wait_for_selector(".plot:focus")
        said = []
        for _ in range(200):
            page.keyboard.press("ArrowRight")
            said.append(page.inner_text("figure [role=status]"))
            place, of = said[-1].split(" ")[0].split("/")
            if place == of:
                break
        assert len(said) == len(set(said)) == int(of)
        assert page.locator(".hoverlayer .hovertext").count() > 0, chart
        for label in labels:
            number = label.rsplit(" ", 1)[-1]
            assert any(re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.])", words) for words in said), label
    page.goto((published / "charts/money/index.html").as_uri())
    page.focus(".plot-button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".plot:focus")
    page.keyboard.press("End")
    page.keyboard.press("Home")
    assert page.inner_text("figure [role=status]").startswith("1/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")
    assert page.inner_text("mark:target") in "4565.7亿元"
    assert [] == heard
