"""Slug, picture, summary, source, tags and corrections of an editor's article do what an editor expects."""

import json
from pathlib import Path

import pytest
from browser import CHROMIUM, chromium, listen, until
from sites import make_site, sitegen

PICTURE = b"\x89PNG\r\n\x1a\nnot a real one"
TEXT = """---
title: "冷库扩容两成"
date: "2025-08-02"
slug: "cold-store"
summary: "货多了，仓不够。"
source: "海滨日报"
source_url: "https://example.com/a/1"
image: {image}
image_alt: "三号泊位"
tags: ["物流", "冷链 & 仓储"]
corrections:
  - date: "2025-08-03"
    text: "初稿把容积写错了。"
---

港口计划投资23亿元。

![卸船机](../images/b.png)
"""


def _site(folder: Path, image: str = "images/a.png") -> Path:
    site = make_site(folder / "site")
    (site / "content/images").mkdir()
    for name in ("a.png", "b.png", "unused.png"):
        (site / "content/images" / name).write_bytes(PICTURE + name.encode())
    (site / "content/articles/cold.md").write_text(TEXT.format(image=image), encoding="utf-8")
    return site


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = _site(tmp_path_factory.mktemp("editor"))
    done = sitegen("build", cwd=site)
    assert 0 == done.code, done.err
    return site / "build"


@pytest.fixture(scope="module")
def page(built: Path) -> str:
    return (built / "articles/cold-store/index.html").read_text(encoding="utf-8")


def test_the_slug_is_the_address_in_lists_feed_search_and_sitemap(built: Path) -> None:
    for name in ("articles/index.html", "feed.xml", "sitemap.xml", "search/text-0.js"):
        assert "cold-store" in (built / name).read_text(encoding="utf-8"), name


def test_the_articles_id_leads_on_to_its_slug(built: Path, page: str) -> None:
    own = page.split('data-claim="')[1].split("-")[0]
    moved = (built / "articles" / own / "index.html").read_text(encoding="utf-8")
    assert 'content="0; url=../../articles/cold-store/index.html"' in moved


def test_only_pictures_that_are_shown_are_published_as_they_are(built: Path) -> None:
    assert {"a.png", "b.png"} == {path.name for path in (built / "images").iterdir()}
    assert PICTURE + b"a.png" == (built / "images/a.png").read_bytes()


def test_the_picture_stands_at_the_head_and_in_the_text_and_in_what_others_show_of_the_page(
    page: str,
) -> None:
    assert '<figure class="picture"><img src="../../images/a.png" alt="三号泊位">' in page
    assert 'src="../../images/b.png"' in page
    assert '<meta property="og:image" content="../../images/a.png">' in page
    assert '<meta property="og:image:alt" content="三号泊位">' in page


def test_summary_source_and_corrections_are_shown(page: str) -> None:
    assert '<p class="deck">货多了，仓不够。</p>' in page
    assert '<meta name="description" content="货多了，仓不够。">' in page
    assert '来源：<a href="https://example.com/a/1">海滨日报</a>' in page
    assert '<time datetime="2025-08-03">2025年8月3日</time> 初稿把容积写错了。' in page


def test_tags_are_shown_and_said_to_machines(page: str) -> None:
    assert '<a href="../../search/index.html?tag=%E7%89%A9%E6%B5%81">物流</a>' in page
    assert "冷链 &amp; 仓储</a>" in page
    structured = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert ["物流", "冷链 & 仓储"] == json.loads(structured)["keywords"]


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_tag_leads_to_the_articles_that_have_it(built: Path) -> None:
    with chromium() as browser:
        page = browser.new_page()
        heard = listen(page)
        page.goto((built / "articles/cold-store/index.html").as_uri())
        page.click("text=冷链 & 仓储")
        page.wait_for_selector("#results li")
        assert ["冷库扩容两成"] == page.eval_on_selector_all(
            "#results h2", "all => all.map(h => h.textContent)"
        )
        page.click("[data-pick=tag] summary")
        page.uncheck("[data-pick=tag] input[value='冷链 & 仓储']")
        until(page, "!location.search.includes('tag')")
    assert [] == heard


@pytest.mark.parametrize("image", ["/images/a.png", "a.png", "content/images/a.png"])
def test_a_picture_may_be_named_from_the_root_from_content_or_by_its_bare_name(
    tmp_path: Path, image: str
) -> None:
    site = _site(tmp_path, image)
    assert 0 == sitegen("build", cwd=site).code
    assert (site / "build/images/a.png").is_file()


@pytest.mark.parametrize("image", ["images/gone.png", "/site.yml", "articles/cold.md"])
def test_a_picture_that_is_not_there_or_no_picture_is_named_with_its_line(tmp_path: Path, image: str) -> None:
    done = sitegen("build", cwd=_site(tmp_path, image))
    assert 1 == done.code
    assert done.err.startswith(f"content/articles/cold.md:8:8: E-IMAGE the picture {image} is not there; ")


def test_a_link_out_of_the_site_is_no_picture_of_the_site(tmp_path: Path) -> None:
    site = _site(tmp_path, "images/out.png")
    (tmp_path / "secret.png").write_bytes(PICTURE)
    (site / "content/images/out.png").symlink_to(tmp_path / "secret.png")
    done = sitegen("build", cwd=site)
    assert 1 == done.code
    assert done.err.startswith(
        "content/images/out.png: E-OUTSIDE is a link that leads out of the site's folder; "
    )


def test_two_articles_with_one_slug_are_both_named(tmp_path: Path) -> None:
    site = _site(tmp_path)
    other = TEXT.format(image="a.png").replace("冷库扩容两成", "另一篇")
    (site / "content/articles/other.md").write_text(other, encoding="utf-8")
    done = sitegen("build", cwd=site)
    assert 1 == done.code
    line = next(line for line in done.err.splitlines() if "E-ADDRESS" in line)
    assert "content/articles/cold.md" in line
    assert "content/articles/other.md" in line


def test_a_slug_tells_apart_two_articles_with_one_headline(tmp_path: Path) -> None:
    site = _site(tmp_path)
    other = TEXT.format(image="a.png").replace("cold-store", "cold-store-2")
    (site / "content/articles/other.md").write_text(other, encoding="utf-8")
    done = sitegen("build", cwd=site)
    assert 0 == done.code, done.err
    assert (site / "build/articles/cold-store-2/index.html").is_file()
