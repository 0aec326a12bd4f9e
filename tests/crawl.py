"""A built site with what a crawl of it needs: its pages parsed, its records, its charts, its names."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from site_html import Names, Page, target, words
from sites import tree

from sitegen.strings import load as load_strings

Records = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Crawl:
    """A built site. folder: where it lies; files: all of them, by path."""

    folder: Path

    @cached_property
    def files(self) -> dict[str, bytes]:
        return tree(self.folder)

    @cached_property
    def pages(self) -> dict[str, Page]:
        return {
            path: Page(path, data.decode("utf-8"))
            for path, data in self.files.items()
            if path.endswith(".html")
        }

    @cached_property
    def records(self) -> Records:
        found: Records = json.loads(self.files["data/facts.json"])
        return found

    @cached_property
    def claims(self) -> dict[str, dict[str, Any]]:
        return {claim["id"]: claim for claim in self.records["claims"]}

    @cached_property
    def charts(self) -> dict[str, Page]:
        """The pages of charts, by the chart's id."""
        found = (re.fullmatch(r"charts/([^/]+)/index\.html", path) for path in self.pages)
        return {match[1]: self.pages[match[0]] for match in found if match}

    @cached_property
    def names(self) -> Names:
        records = self.records
        found = {
            article[key] for article in records["articles"] for key in ("title", "kicker") if article[key]
        }
        found |= {
            claim[key] for claim in records["claims"] for key in ("subject", "label", "of") if claim[key]
        }
        found |= {
            name for project in records["projects"] for name in (project["name"], *project["companies"])
        }
        headlines = {path: words(page.all("h1")[0]) for path, page in self.pages.items()}
        explained = {text for key, text in load_strings("zh-CN").words.items() if key.startswith("field.")}
        return Names.of(found, headlines, explained)

    def home(self, article: str) -> Page:
        """The page of an article: the one at its id, or the one to which that page leads on."""
        page = self.pages[f"articles/{article}/index.html"]
        moved = [each.get("href", "") for each in page.all("a") if "data-moved" in each.attrib]
        return self.pages[target(page.path, moved[0])[0]] if moved else page
