"""What machines are told and what readers take away: JSON-LD, pictures, feeds, descriptions of the data, the archive."""

import io
import json
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import unquote

import feedparser
import pytest
from crawl import Crawl
from csvw import CSVW
from frictionless import Package
from site_html import target
from small_site import NEWS, STORY, site
from test_pages import publish

from sitegen import fonts
from sitegen.pages.archive import licence_address, llms
from sitegen.pages.others import edition_of
from sitegen.strings import load

REQUIRED = {
    "NewsArticle": {"headline", "author", "publisher", "url", "mainEntityOfPage"},
    "Dataset": {"name", "description", "creator", "distribution", "isBasedOn", "url"},
    "WebSite": {"name", "url", "potentialAction"},
}


def structured(page: str) -> dict[str, Any] | None:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) <= 1
    loaded: dict[str, Any] | None = json.loads(found[0]) if found else None
    return loaded


def addresses(node: Any, key: str = "") -> Iterator[str]:
    """Every address in a JSON-LD node."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from addresses(value, name)
    elif isinstance(node, list):
        for each in node:
            yield from addresses(each, key)
    elif key in ("url", "contentUrl", "isBasedOn", "mainEntityOfPage", "image", "target"):
        yield str(node)


def test_pages_say_what_they_are_and_every_address_in_it_resolves(crawl: Crawl) -> None:
    kinds: dict[str, int] = {}
    for path in crawl.pages:
        node = structured(crawl.files[path].decode("utf-8"))
        if node is None:
            continue
        kinds[node["@type"]] = kinds.get(node["@type"], 0) + 1
        assert REQUIRED[node["@type"]] <= node.keys(), path
        for address in addresses(node):
            assert target(path, address.partition("?")[0])[0] in crawl.files, (path, address)
    assert len(crawl.records["articles"]) == kinds["NewsArticle"]
    assert len(crawl.charts) + 1 == kinds["Dataset"]
    assert 1 == kinds["WebSite"]


def test_a_correction_and_its_day_are_told_to_machines() -> None:
    files = publish(site())
    node = structured(files[f"articles/{STORY}/index.html"].decode("utf-8"))
    assert node is not None
    assert ("2025-06-11", "2025-07-01") == (node["datePublished"], node["dateModified"])
    assert [{"@type": "CorrectionComment", "datePublished": "2025-07-01", "text": "数字改过"}] == node[
        "correction"
    ]
    assert f"https://example.org/zhang/articles/{STORY}/" == node["url"]
    sitemap = files["sitemap.xml"].decode("utf-8")
    assert f"articles/{STORY}/</loc><lastmod>2025-07-01<" in sitemap
    assert f"articles/{NEWS}/</loc><lastmod>2025-06-10<" in sitemap


def test_what_a_chart_is_based_on_are_the_articles_that_print_its_numbers(crawl: Crawl) -> None:
    for chart in crawl.charts:
        path = f"charts/{chart}/index.html"
        text = crawl.files[path].decode("utf-8")
        node = structured(text)
        assert node is not None
        based = {unquote(target(path, address)[0]) for address in node["isBasedOn"]}
        claims = re.findall(r'data-claim="([^"]+)"', text.split("<section><h2>")[1])
        printed = {claim.rsplit("-", 1)[0] for each in claims for claim in each.split()}
        assert {f"articles/{article}/index.html" for article in printed} <= based


def test_every_page_has_a_picture_for_networks_where_fonts_are(crawl: Crawl) -> None:
    """A chart and an article with numbers in charts show their own; the picture is painted, not blank."""
    if not fonts.fonts():
        assert not [path for path in crawl.files if path.startswith("share/")]
        return
    for path in (path for path in crawl.pages if not path.startswith("embed/")):
        named = re.findall(r'<meta property="og:image" content="([^"]+)">', crawl.files[path].decode("utf-8"))
        assert 1 == len(named) or "moved" in crawl.files[path].decode("utf-8"), path
        for address in named:
            assert path == "404.html" or target(path, address)[0] in crawl.files
    for chart in crawl.charts:
        data = crawl.files[f"share/{chart}.png"]
        assert (1200, 630) == struct.unpack(">II", data[16:24])
        assert len(data) > 15_000
        assert f"share/{chart}.png" in crawl.files[f"charts/{chart}/index.html"].decode("utf-8")


def test_places_and_industries_have_feeds_of_their_articles(crawl: Crawl) -> None:
    feeds = [path for path in crawl.files if re.fullmatch(r"(places|industries)/[^/]+/feed\.xml", path)]
    assert len(feeds) > 20
    for path in feeds:
        feed = feedparser.parse(crawl.files[path])
        assert not feed.bozo
        assert feed.entries
        page = crawl.files[path.replace("feed.xml", "index.html")].decode("utf-8")
        assert 'type="application/atom+xml"' in page
        for entry in feed.entries:
            there = target(path, entry.link)[0]
            assert there in crawl.files
            assert entry.content[0].value.strip()


def test_the_tables_agree_with_both_of_their_descriptions(crawl: Crawl) -> None:
    package = Package(str(crawl.folder / "data/datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["type", "note"])
    group = CSVW(str(crawl.folder / "data/csv-metadata.json"))
    assert len(package.resources) == len(group.tables)
    assert group.is_valid


def test_the_archive_holds_the_tables_a_readme_and_the_licence(crawl: Crawl) -> None:
    with zipfile.ZipFile(io.BytesIO(crawl.files["data/data.zip"])) as packed:
        assert packed.testzip() is None
        inside = {name: packed.read(name) for name in packed.namelist()}
    tables = {
        path.removeprefix("data/")
        for path in crawl.files
        if path.startswith("data/") and path.endswith((".csv", ".json"))
    }
    assert tables | {"README.md", "LICENCE.txt"} == inside.keys()
    assert all(inside[name] == crawl.files[f"data/{name}"] for name in tables)
    assert all(f"`{name}`" in inside["README.md"].decode("utf-8") for name in tables if name.endswith(".csv"))
    assert inside["LICENCE.txt"].strip()


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("CC-BY-4.0", "by/4.0/"),
        ("CC-BY-NC-SA-4.0", "by-nc-sa/4.0/"),
        ("All rights reserved", None),
    ],
)
def test_licences_of_creative_commons_have_an_address(licence: str, expected: str | None) -> None:
    assert (expected and f"https://creativecommons.org/licenses/{expected}") == licence_address(licence)


def test_what_language_models_read_names_pages_that_exist(crawl: Crawl) -> None:
    text = crawl.files["llms.txt"].decode("utf-8")
    lines = text.splitlines()
    assert lines[0].startswith("# ")
    assert lines[2].startswith("> ")
    links = re.findall(r"^- \[[^\]]+\]\(([^)]+)\)", text, re.MULTILINE)
    assert len(links) >= len(crawl.charts) + len(crawl.records["articles"])
    assert [] == [link for link in links if unquote(link) not in crawl.files]
    whole = site()
    assert "](https://example.org/zhang/data/facts.json)" in llms(whole, load("zh-CN")).decode("utf-8")
    bare = llms(replace(whole, facts=(), charts=()), load("zh-CN")).decode("utf-8")
    assert "## 报道" not in bare


def test_a_chart_for_frames_is_small_needs_no_script_and_opens_links_outside(crawl: Crawl) -> None:
    embeds = [path for path in crawl.files if path.startswith("embed/")]
    assert 2 * len(crawl.charts) == len(embeds)
    for path in embeds:
        text = crawl.files[path].decode("utf-8")
        assert len(crawl.files[path]) <= 60_000, path
        assert not re.findall(r"<script|<link rel=\"stylesheet|<img|@import", text), path
        assert [] == [link for link in re.findall(r"<a [^>]*>", text) if 'target="_blank"' not in link]
        assert '<svg class="wide"' in text


def test_the_frozen_address_changes_with_what_the_chart_says_and_only_then() -> None:
    whole = site()
    chart = whole.charts[0]
    changed = replace(chart, rows=chart.rows[:-1])
    assert edition_of(chart) == edition_of(replace(chart))
    assert edition_of(chart) != edition_of(changed)
    text = publish(whole)["charts/progress/index.html"].decode("utf-8")
    assert f"embed/progress/{edition_of(chart)}/index.html" in text


def test_a_chart_says_how_it_is_quoted() -> None:
    text = publish(site())["charts/progress/index.html"].decode("utf-8")
    cited = [unescape(each) for each in re.findall(r"<dd><code>(.*?)</code>", text, re.DOTALL)]
    assert re.fullmatch(
        r"[^.]+\. .+\[DS/OL\]\. \(\d{4}-\d\d-\d\d\)\[引用日期\]\. https://example\.org/zhang/charts/progress/\.",
        cited[0],
    )
    assert cited[1].startswith("@misc{progress-")
    assert cited[1].count("{") == cited[1].count("}")
    assert 'src="https://example.org/zhang/embed/progress/"' in cited[2]


def test_without_an_address_of_the_site_a_citation_names_none_that_leads_nowhere() -> None:
    whole = site()
    text = publish(replace(whole, config=replace(whole.config, base_url="")))["charts/progress/index.html"]
    cited = [
        unescape(each) for each in re.findall(r"<dd><code>(.*?)</code>", text.decode("utf-8"), re.DOTALL)
    ]
    assert cited[0].endswith(" 本站网址/charts/progress/.")
    assert 'src="本站网址/embed/progress/"' in cited[2]
    assert "本站没有设定网址" in text.decode("utf-8")
