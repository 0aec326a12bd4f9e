"""Feed, sitemap and robots: valid, complete, without a clock."""

from dataclasses import replace
from xml.etree import ElementTree

import feedparser
import html5lib
from small_site import HEADLESS, NEWS, STORY, TEXT, site

from sitegen.config import Config
from sitegen.feeds import feed, feed_files, robots, sitemap
from sitegen.pages import site_pages

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def parse(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314 - our own text


def test_the_feed_is_read_without_complaint_and_says_its_language() -> None:
    whole = site()
    text = feed(whole.config, whole.facts)
    parsed = feedparser.parse(text)
    assert not parsed.bozo
    assert "zh-CN" == parse(text).get("{http://www.w3.org/XML/1998/namespace}lang")
    assert ["数据故事", "沙洲市：四十个项目，三十个开工"] == [entry.title for entry in parsed.entries[:2]]
    assert {"甲一", "乙二"} == {author.name for author in parsed.entries[1].authors}


def test_entries_have_the_full_text_and_absolute_addresses() -> None:
    whole = site()
    entries = {entry.link: entry for entry in feedparser.parse(feed(whole.config, whole.facts)).entries}
    entry = entries[f"https://example.org/zhang/articles/{NEWS}/"]
    body = entry.content[0].value
    text = "".join(html5lib.parseFragment(body, namespaceHTMLElements=False).itertext())
    assert all(paragraph in text for paragraph in TEXT)
    assert text.index("小标题") < text.index(TEXT[1])
    assert "签约现场。" in text


def test_ids_stay_when_the_site_moves_and_differ_between_articles() -> None:
    whole = site()
    moved = replace(whole.config, base_url="https://elsewhere.example/")
    ids = [entry.id for entry in feedparser.parse(feed(whole.config, whole.facts)).entries]
    assert ids == [entry.id for entry in feedparser.parse(feed(moved, whole.facts)).entries]
    assert 3 == len(set(ids))


def test_times_come_from_the_articles_in_the_newsrooms_zone() -> None:
    whole = site()
    root = parse(feed(whole.config, whole.facts))
    assert "2025-06-11T00:00:00+08:00" == root.findtext(f"{ATOM}updated")
    entries = {entry.findtext(f"{ATOM}title"): entry for entry in root.iter(f"{ATOM}entry")}
    story = entries["数据故事"]
    assert "2025-06-11T00:00:00+08:00" == story.findtext(f"{ATOM}published")
    assert "2025-07-01T00:00:00+08:00" == story.findtext(f"{ATOM}updated"), "a correction changes the entry"
    nameless = next(entry for title, entry in entries.items() if title and title.startswith("这是一段"))
    assert "2025-06-10T00:00:00+08:00" == nameless.findtext(f"{ATOM}updated"), (
        "the day of its neighbour in the source"
    )


def test_a_feed_of_nothing_is_still_a_feed() -> None:
    parsed = feedparser.parse(feed(Config(title="<空> & 空"), ()))
    assert not parsed.bozo
    assert ("<空> & 空", []) == (
        parse(feed(Config(title="<空> & 空"), ())).findtext(f"{ATOM}title"),
        parsed.entries,
    )


def test_the_sitemap_lists_every_page_that_is_to_be_found_with_its_day() -> None:
    whole = site()
    root = parse(sitemap(whole.config, site_pages(whole)))
    days = {url.findtext(f"{MAP}loc"): url.findtext(f"{MAP}lastmod") for url in root}
    start = "https://example.org/zhang/"
    assert "2025-06-10" == days[f"{start}articles/{NEWS}/"]
    assert "2025-07-01" == days[f"{start}articles/{STORY}/"], "the day of its correction"
    assert days[f"{start}articles/{HEADLESS}/"] is None
    assert "2025-07-01" == days[start]
    assert "2025-07-01" == days[f"{start}places/%E6%B2%99%E6%B4%B2%E5%B8%82/"], (
        "the newest article that speaks of it"
    )
    assert "2025-06-10" == days[f"{start}places/%E8%BF%9C%E9%95%87/"]
    assert not [loc for loc in days if loc and ("404" in loc or "search" in loc)]


def test_robots_name_the_sitemap_only_where_the_address_is_known() -> None:
    assert "Sitemap: https://example.org/zhang/sitemap.xml" in robots(site().config)
    assert "Sitemap" not in robots(Config())


def test_without_an_address_links_are_relative() -> None:
    whole = site(config=Config(title="无址"))
    files = dict(feed_files(whole.config, whole.facts, site_pages(whole)))
    assert {"feed.xml", "corrections.xml", "sitemap.xml", "robots.txt"} == {
        path for path in files if "/" not in path
    }
    entry = feedparser.parse(files["feed.xml"]).entries[0]
    assert f"articles/{STORY}/index.html" == entry.link
