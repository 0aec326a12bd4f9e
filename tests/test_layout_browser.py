"""What a reader does on a phone: the numbers stand on the first screen, places stand side by side, and nothing moves while a page loads."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import CHROMIUM, CLIPPED, chromium, listen, one_of_each, until
from crawl import Crawl

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
PHONE, DESK, HEIGHT = 360, 1280, 800
PAPER = 718  # A4 without its margins
SLOW = 0.15  # seconds that a script takes to come, so that a page is painted before it runs
LEAST_SHIFT = 0.0005

# How much has moved since the page began to be painted, as browsers add it up, and what moved.
MOVED = """() => new Promise((done) => {
  let sum = 0;
  const what = [];
  new PerformanceObserver((list) => list.getEntries().filter((entry) => !entry.hadRecentInput).forEach((entry) => {
    sum += entry.value;
    entry.sources.forEach((source) => what.push(source.node ? source.node.nodeName + '.' + source.node.className : '?'));
  })).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done([sum, what.slice(0, 3)]), 200);
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture
def phone(browser: Any) -> Iterator[Any]:
    found = browser.new_page(viewport={"width": PHONE, "height": HEIGHT})
    yield found
    found.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_nothing_moves_while_a_page_loads(browser: Any, published: Path, width: int) -> None:
    """Nor where a search, a choice or places were asked for in the address, though scripts come late."""
    page = browser.new_page(viewport={"width": width, "height": HEIGHT})
    asked: list[str] = []

    def late(route: Any) -> None:
        asked.append(route.request.url)
        time.sleep(SLOW)
        route.continue_()

    page.route("**/assets/*.js", late)
    changed = [file for file in one_of_each(published) if file.read_text("utf-8").count("<script src=") > 1]
    assert {"numbers", "search", "compare"} <= {file.parent.name for file in changed}
    addresses = [file.as_uri() for file in (published / "index.html", *changed)]
    asks = {
        "search": ["q=投资", "q=投资&show=numbers"],
        "numbers": ["status=planned", "place=包头市&sort=-value"],
        "compare": ["place=包头市", "place=赤峰市&place=内蒙古自治区"],
    }
    addresses += [
        f"{(published / name / 'index.html').as_uri()}?{ask}" for name, own in asks.items() for ask in own
    ]
    moved = []
    for address in addresses:
        page.goto(address)
        sum_, what = page.evaluate(MOVED)
        moved += [(address, sum_, what)] if sum_ > LEAST_SHIFT else []
    assert [] == moved
    assert len(asked) > len(addresses)
    page.close()


def test_what_moves_is_noticed(phone: Any, tmp_path: Path) -> None:
    (tmp_path / "late.js").write_text("setTimeout(() => { document.body.style.paddingTop = '200px'; }, 100);")
    (tmp_path / "x.html").write_text("<!doctype html><body><p>one</p><script src='late.js' defer></script>")
    phone.goto((tmp_path / "x.html").as_uri())
    assert phone.evaluate(MOVED)[0] > LEAST_SHIFT


def test_on_a_phone_the_filters_are_folded_and_the_numbers_stand_on_the_first_screen(
    phone: Any, published: Path
) -> None:
    heard = listen(phone)
    address = (published / "numbers/index.html").as_uri()
    phone.goto(address)
    first = phone.locator("#table tbody tr").first.bounding_box()
    assert first["y"] + first["height"] < HEIGHT
    assert not phone.locator("select[name=status]").is_visible()
    phone.locator(".filters summary").focus()
    phone.keyboard.press("Enter")
    phone.select_option("select[name=status]", "planned")
    until(phone, "new URLSearchParams(location.search).get('status') === 'planned'")
    assert "1" == phone.inner_text(".filters summary b")
    kept = phone.url
    phone.goto("about:blank")
    phone.goto(kept)
    until(phone, "document.querySelector('.filters b').textContent === '1'")
    assert not phone.locator("select[name=status]").is_visible()
    assert [] == heard


def test_on_a_desk_the_filters_stand_open(browser: Any, published: Path) -> None:
    page = browser.new_page(viewport={"width": DESK, "height": HEIGHT})
    page.goto((published / "numbers/index.html").as_uri())
    assert not page.locator(".filters summary").is_visible()
    page.select_option("select[name=status]", "planned")
    until(page, "new URLSearchParams(location.search).get('status') === 'planned'")
    page.close()


def test_on_a_phone_the_home_page_folds_its_lists_and_on_a_desk_it_shows_them(
    browser: Any, phone: Any, published: Path
) -> None:
    phone.goto((published / "index.html").as_uri())
    lists = phone.locator(".fold ul")
    assert 2 == lists.count()
    assert [False, False] == [each.is_visible() for each in lists.all()]
    assert phone.evaluate("document.documentElement.scrollHeight") <= 6 * HEIGHT
    phone.locator(".fold summary").first.focus()
    phone.keyboard.press("Enter")
    assert lists.first.is_visible()
    page = browser.new_page(viewport={"width": DESK, "height": HEIGHT})
    page.goto((published / "index.html").as_uri())
    assert page.evaluate("[...document.querySelectorAll('main li a')].every((a) => a.checkVisibility())")
    assert not page.locator(".fold summary").first.is_visible()
    page.close()


def test_on_a_phone_all_chosen_places_are_read_without_pushing_the_page(
    phone: Any, published: Path, crawl: Crawl
) -> None:
    """Each number of each place that is chosen lies within the screen's width, and its place is said beside it."""
    address = (crawl.folder / "compare/index.html").as_uri()
    phone.goto(address)
    names = phone.eval_on_selector_all("#places input:checked", "all => all.map(box => box.value)")
    assert 3 == len(names)
    cells = phone.eval_on_selector_all(
        "#compare tbody td",
        """all => all.filter(cell => cell.checkVisibility()).map(cell => [cell.dataset.place,
          getComputedStyle(cell, '::before').content, cell.getBoundingClientRect().left, cell.getBoundingClientRect().right])""",
    )
    assert set(names) == {name for name, *_ in cells}
    for name, said, left, right in cells:
        assert f'"{name}"' == said
        assert 0 <= left < right <= PHONE
    inner = "[document.querySelector('.scroll').scrollWidth, document.querySelector('.scroll').clientWidth]"
    assert len(set(phone.evaluate(inner))) == 1
    assert [] == phone.evaluate(CLIPPED)


def test_a_chart_fills_its_page_on_a_desk_and_its_table_the_width_of_a_phone(
    browser: Any, phone: Any, published: Path
) -> None:
    """No blank side beside a drawing; no column of a table that a reader would have to scroll to."""
    page = browser.new_page(viewport={"width": DESK, "height": HEIGHT})
    edges = """[document.querySelector('.plate svg.wide').getBoundingClientRect().right,
      document.querySelector('.page').getBoundingClientRect().right]"""
    charts = sorted((published / "charts").glob("*/index.html"))
    assert len(charts) > 5
    for file in charts:
        page.goto(file.as_uri())
        drawing, sheet = page.evaluate(edges)
        assert 0 <= sheet - drawing < 20, file
        phone.goto(file.as_uri())
        table = (
            "[document.querySelector('.scroll').scrollWidth, document.querySelector('.scroll').clientWidth]"
        )
        assert len(set(phone.evaluate(table))) == 1, file
    page.close()


def test_without_scripts_no_page_shows_a_form_that_would_do_nothing(browser: Any, published: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": PHONE, "height": HEIGHT})
    page = context.new_page()
    for name in ("numbers", "search", "compare"):
        page.goto((published / name / "index.html").as_uri())
        assert 0 == sum(form.is_visible() for form in page.locator("form").all()), name
        assert 0 == sum(box.is_visible() for box in page.locator("details.filters").all()), name
    page.goto((published / "compare/index.html").as_uri())
    places = page.locator("#compare thead th").count()
    assert places > 3
    assert places == sum(head.is_visible() for head in page.locator("#compare thead th").all())
    page.goto((published / "search/index.html").as_uri())
    assert "没有脚本时" in page.inner_text("main")
    context.close()


def test_on_paper_every_number_stands_whole(browser: Any, published: Path) -> None:
    """Nothing of the tables is cut at the paper's edge, which cannot be scrolled."""
    page = browser.new_page(viewport={"width": PAPER, "height": 1000})
    page.emulate_media(media="print")
    outside = """(width) => [...document.querySelectorAll('main :is(th, td)')].filter((cell) => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      return cell.checkVisibility() && range.getBoundingClientRect().right > width + 1;
    }).map((cell) => cell.textContent.trim().slice(0, 20))"""
    seen = 0
    for file in one_of_each(published):
        page.goto(file.as_uri())
        seen += page.locator("main tbody tr").count()
        assert [] == page.evaluate(outside, PAPER), file
    assert seen > 50
    page.close()
