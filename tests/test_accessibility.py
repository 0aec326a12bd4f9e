"""What a machine can tell of WCAG: axe-core finds nothing on any page type, nor in what readers open and fold; and a chart
that is heard says the numbers that its file holds.
"""

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import CHROMIUM, chromium, one_of_each, until
from crawl import Crawl
from sites import ROOT

browsing = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
PHONE, DESK = 360, 1280
GRAIN = ROOT / "tests/story/content/data/grain.csv"  # from which the charts of the data story are drawn
Fault = tuple[str, str, str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    found = browser.new_page(viewport={"width": DESK, "height": 800}, reduced_motion="reduce")
    yield found
    found.close()


def faults(page: Any) -> list[Fault]:
    """What axe finds on the page that is open: where, which rule, which element."""
    found = Axe().run(page).response
    assert len(found["passes"]) > 3, "axe looked at the page"
    return [(page.url, rule["id"], node["html"]) for rule in found["violations"] for node in rule["nodes"]]


class TestAxe:
    pytestmark = browsing

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [PHONE, DESK])
    def test_finds_nothing_on_any_page_type(
        self, page: Any, published: Path, width: int, scheme: str
    ) -> None:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found = []
        for file in one_of_each(published):
            page.goto(file.as_uri())
            found += faults(page)
        assert [] == found

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_finds_nothing_in_what_readers_open(self, page: Any, published: Path, scheme: str) -> None:
        """Results and facets of the search, filters on a phone, a number's note, a data table, the interactive chart."""
        page.emulate_media(color_scheme=scheme)
        found = []
        for show in ("articles", "numbers"):
            page.goto((published / "search/index.html").as_uri() + f"?q=投资&show={show}")
            page.wait_for_selector("#results li")
            page.click("[data-pick=place] summary")
            page.wait_for_selector("[data-pick=place] input")
            found += faults(page)
        article = next(
            file for file in one_of_each(published) if file.parent.parent == published / "articles"
        )
        page.goto(article.as_uri())
        page.locator("mark").first.click()
        page.locator(".card").first.wait_for(state="visible")
        found += faults(page)
        page.goto((published / "charts/money/index.html").as_uri())
        page.click(".plot-button")
        page.wait_for_selector(".plot-button[aria-pressed=true]")
        found += faults(page)
        page.set_viewport_size({"width": PHONE, "height": 800})
        page.goto((published / "numbers/index.html").as_uri())
        page.click(".filters summary")
        page.select_option("select[name=status]", "planned")
        until(page, "document.querySelector('.filters b').textContent === '1'")
        found += faults(page)
        assert [] == found

    def test_sees_what_is_wrong(self, page: Any) -> None:
        page.set_content(
            "<!doctype html><html><body><img src='data:,'><a href='#x'></a><p>text</p></body></html>"
        )
        found = Axe().run(page).response["violations"]
        assert {"image-alt", "link-name", "html-has-lang"} <= {rule["id"] for rule in found}


class TestAChartThatIsHeard:
    """What Chromium gives to a screen reader, beside the file that the chart offers."""

    pytestmark = browsing

    def test_says_every_number_of_its_file(self, page: Any, crawl: Crawl) -> None:
        """In the drawing all but those of which the chart says that they stand in the table; there all."""
        assert len(crawl.charts) > 5
        silent = []
        for id_, chart in crawl.charts.items():
            page.goto((crawl.folder / chart.path).as_uri())
            drawing = page.locator("figure .drawing").aria_snapshot()
            table = page.locator(f"#t-{id_}").aria_snapshot()
            heard = " / ".join(re.findall(r'- (?:img|link) "((?:[^"\\]|\\.)*)"', drawing))
            left = re.search(r"另有(\d+)项见数据表", page.inner_text("figure"))
            wanted = [self._printed(crawl, row) for row in self._rows(crawl, id_)]
            assert len(wanted) > 0
            missing = [words for words in wanted if not any(self._says(heard, word) for word in words)]
            silent += [(id_, words) for words in missing[int(left[1]) if left else 0 :]]
            silent += [(id_, words) for words in wanted if not any(self._says(table, word) for word in words)]
        assert [] == silent

    @staticmethod
    def _rows(crawl: Crawl, id_: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(crawl.files[f"data/charts/{id_}.csv"].decode("utf-8-sig"))))

    @staticmethod
    def _printed(crawl: Crawl, row: dict[str, str]) -> list[str]:
        """How the number of a row may be said: as the papers print it, as an editor's file has it, or as a count."""
        if "y" in row:
            line = row["working"].split(" 第 ")[1].removesuffix(" 行")
            cells = list(csv.reader(io.StringIO(GRAIN.read_text("utf-8"))))[int(line) - 1]
            return [f"{Decimal(cells[2].replace(',', '')).normalize():f}"]
        if "value" not in row:
            return [row["count"]]
        claims = [crawl.claims[id_] for id_ in row["claims"].split("; ") if id_ in crawl.claims]
        return [c["raw"] for c in claims if Decimal(str(c["value"])) == Decimal(row["value"])] or [
            row["value"]
        ]

    @staticmethod
    def _says(heard: str, word: str) -> bool:
        return re.search(rf"(?<![\d.]){re.escape(word)}(?![\d.])", heard) is not None
