"""The interactive layer in Chromium: silent until asked, offline, in 万 and 亿, and every drawing fits a phone."""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest
from browser import until
from chart_facts import small

from sitegen.charts import build_charts, plotly_script
from sitegen.tables import build_tables

ASSETS = Path(__file__).parent.parent / "templates" / "assets"

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium at /usr/bin/chromium"),
]


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("charts")
    for name in ("drawing.css", "charts.css", "charts.js"):
        (folder / name).write_bytes((ASSETS / name).read_bytes())
    (folder / "plotly.min.js").write_bytes(plotly_script())
    figures = "".join(
        f'<figure id="chart-{chart.id}"><h2>{escape(chart.title)}</h2>{chart.svg}'
        f'<script type="application/json" id="fig-{chart.id}">{chart.json}</script></figure>'
        for chart in build_charts(build_tables(small()))
    )
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<link rel="stylesheet" href="drawing.css"><link rel="stylesheet" href="charts.css"><style>body,figure{margin:0}body{padding:0 16px}</style>'
    )
    script = (
        '<script src="charts.js" defer data-open="互动" data-close="静态" data-failed="没有载入"></script>'
    )
    file = folder / "index.html"
    file.write_text(
        f"<!doctype html><html lang=zh-CN><head>{head}{script}</head><body>{figures}</body></html>", "utf-8"
    )
    return file


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        found = tool.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield found
        found.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_static_drawings_fit_and_every_letter_can_be_read(browser, page_file: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(page_file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shown = "[...document.querySelectorAll('.drawing > svg')].filter(svg => svg.getBoundingClientRect().width > 0)"
    assert page.evaluate(f"{shown}.length") == len(page.query_selector_all("figure"))
    smallest = (
        f"Math.min(...{shown}.flatMap(svg => [...svg.querySelectorAll('text')].map(text => "
        "parseFloat(getComputedStyle(text).fontSize) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)))"
    )
    assert page.evaluate(smallest) >= 9.5
    page.close()


def test_plotly_is_loaded_only_when_asked_and_speaks_chinese(browser, page_file: Path) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 800}, color_scheme="dark")
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    assert not any("plotly" in url for url in asked)
    buttons = page.query_selector_all(".plot-button")
    assert len(page.query_selector_all("figure")) == len(buttons)
    for button in buttons:
        button.click()
        until(page, "button => button.getAttribute('aria-pressed') === 'true'", button)
    assert 1 == sum(url.endswith("plotly.min.js") for url in asked)
    assert all(url.startswith("file:") for url in asked)
    texts = page.eval_on_selector_all(".plot text", "nodes => nodes.map(node => node.textContent)")
    assert any("亿" in text for text in texts)
    assert [] == [text for text in texts if re.search(r"\d[GMk]\b", text)]
    targets = page.locator(".drawing > svg.wide .c-target").count()
    dashed = "all => all.filter(path => getComputedStyle(path).strokeDasharray !== 'none').length"
    assert targets > 0
    assert targets == page.eval_on_selector_all(".plot .barlayer path", dashed), "dashed as in the drawings"
    buttons[0].click()
    assert page.is_visible("#chart-progress .drawing")
    assert [] == said
    page.close()
