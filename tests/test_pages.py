"""Every page type is made, whole and well formed; each number on it leads to a mark that prints it."""

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest
from small_site import HEADLESS, NEWS, STORY, STORY_HTML, TEXT, claim, site

from sitegen import feeds, render, search, strings
from sitegen.config import Config
from sitegen.pages import Site, data_files, described_files, html_marks, number_files, site_pages
from sitegen.pages.articles import same_claims
from sitegen.pages.marks import quoted, segments

MARK = re.compile(r'<mark id="c-([0-9a-f]{8})"[^>]*data-claim="([^"]+)">(.*?)</mark>', re.DOTALL)
Files = dict[str, bytes]


def publish(whole: Site) -> Files:
    """All files of a site, as the order of work puts them together."""
    found = search.words(whole.facts, ["能源"])
    whole = replace(whole, words=found)
    specs = site_pages(whole)
    theme = [render.default_theme()]
    files = {**dict(data_files(whole)), **dict(number_files(whole))}
    files.update(described_files(whole, files, strings.load(whole.config.language)))
    files.update(search.search_files(whole.facts, found))
    files.update(feeds.feed_files(whole.config, whole.facts, specs))
    files.update(render.assets(theme))
    words = strings.load(whole.config.language)
    pages = render.render(
        specs, theme_dirs=theme, strings=words, base_url=whole.config.base_url, files=list(files)
    )
    files.update(pages)
    return files


@pytest.fixture(scope="module")
def files() -> Files:
    return publish(site())


def html(files: Files, path: str) -> str:
    return files[path].decode("utf-8")


def pages(files: Files) -> dict[str, str]:
    return {path: data.decode("utf-8") for path, data in files.items() if path.endswith(".html")}


def test_every_page_type_is_there(files: Files) -> None:
    expected = {
        "index.html", "404.html", "articles/index.html", f"articles/{NEWS}/index.html", f"articles/{STORY}/index.html",
        f"articles/{HEADLESS}/index.html", "places/index.html", "places/沙洲市/index.html", "places/远镇/index.html",
        "industries/index.html", "industries/energy/index.html", "industries/steel/index.html", "projects/index.html",
        "people/index.html", "charts/index.html", "charts/progress/index.html", "checks/index.html", "data/index.html",
        "method/index.html", "search/index.html", "old/题/index.html", "numbers/index.html", "compare/index.html",
        "timeline/index.html", "corrections/index.html",
    }  # fmt: skip
    assert expected == {path for path in pages(files) if not path.startswith("embed/")}


def test_every_page_is_valid_html_without_parse_errors(files: Files) -> None:
    for path, text in pages(files).items():
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        parser.parse(text)
        assert (path, []) == (path, parser.errors)


def test_no_page_has_an_id_twice(files: Files) -> None:
    for path, text in pages(files).items():
        ids = re.findall(r'\sid="([^"]*)"', text)
        assert (path, sorted(set(ids))) == (path, sorted(ids))


def test_every_page_has_one_main_one_heading_and_a_skip_link(files: Files) -> None:
    for path, text in pages(files).items():
        if path.startswith("embed/"):  # a chart alone in a frame
            continue
        assert (path, 1, 1, 1) == (path, text.count("<main "), text.count("<h1"), text.count('href="#main"'))


def test_every_internal_link_and_anchor_leads_somewhere(files: Files) -> None:
    ids = {path: set(re.findall(r'\sid="([^"]*)"', text)) for path, text in pages(files).items()}
    links = 0
    for path, text in pages(files).items():
        base = "https://example.org/zhang/" + path
        for link in re.findall(r'(?:href|src|action)="([^"]*)"', text):
            target = urlsplit(urljoin(base, unescape(link)))
            if target.netloc != "example.org":
                continue
            there = unquote(target.path).removeprefix("/zhang/")
            there = there + "index.html" if not there or there.endswith("/") else there
            assert there in files, (path, link)
            if target.fragment:
                assert unquote(target.fragment) in ids[there], (path, link)
            links += 1
    assert links > 300


def test_the_text_of_every_mark_is_the_claims_raw(files: Files) -> None:
    claims = site().claims
    seen = set()
    for path, text in pages(files).items():
        for mark, claim_id, inside in MARK.findall(text):
            assert claims[claim_id].raw == unescape(re.sub(r"<[^>]+>", "", inside)), path
            assert claim_id.endswith(mark)
            seen.add(claim_id)
    hidden = {f"{NEWS}-00000007"}  # stands inside another claim's mark
    assert set(claims) == seen | hidden


def test_a_claim_inside_another_has_an_anchor_and_no_mark(files: Files) -> None:
    text = html(files, f"articles/{NEWS}/index.html")
    assert '<span id="c-00000007"></span>' in text
    assert '<mark id="c-00000007"' not in text


def test_a_rejected_claim_is_published_nowhere(files: Files) -> None:
    assert not [path for path, text in pages(files).items() if "00000008" in text]


def test_paragraphs_keep_their_text_when_marks_and_notes_are_taken_out(files: Files) -> None:
    text = html(files, f"articles/{NEWS}/index.html")
    for number, printed in enumerate(TEXT, 1):
        inside = re.search(rf'<p id="p-{number}">(.*?)</p>', text, re.DOTALL)
        assert inside is not None
        bare = re.sub(r'<span class="card".*?card-links.*?</span></span>|<a class="q".*?</a>', "", inside[1])
        assert printed == unescape(re.sub(r"<[^>]+>", "", bare))


def test_a_mark_has_a_note_that_says_reading_state_and_where_the_record_is(files: Files) -> None:
    text = html(files, f"articles/{NEWS}/index.html")
    note = re.search(r'id="k-00000006".*?card-links.*?</span></span>', text, re.DOTALL)
    assert note is not None
    for words in ("3亿元至5亿元", "预计", "沙洲市", 'href="#d-00000006"'):
        assert words in note[0]
    assert 'tabindex="0" aria-describedby="k-00000006"' in text


def test_the_ledger_gives_quote_file_line_exact_value_and_echoes(files: Files) -> None:
    text = html(files, f"articles/{NEWS}/index.html")
    entry = re.search(r'<li id="d-00000002">.*?</li>', text, re.DOTALL)
    assert entry is not None
    for words in ("120亿元", "12,000,000,000 元", "p1.txt 第 5 行", "2024年", "总投资"):
        assert words in entry[0]
    first = re.search(r'<li id="d-00000001">.*?</li>', text, re.DOTALL)
    assert first is not None
    assert "#c-00000004" in first[0]
    assert "开工数对不上" in text


def test_a_markdown_article_is_marked_where_elements_cross_the_number(files: Files) -> None:
    text = html(files, f"articles/{STORY}/index.html")
    assert '<strong>共</strong><mark id="c-00000001"' in text
    assert "<strong>160</strong>个</mark>" in text
    assert '<a href="../../places/%E6%B2%99%E6%B4%B2%E5%B8%82/index.html">56%</a></mark>' in text
    assert '<h2 id="x">小题 &amp; 题</h2>' in text


@pytest.mark.parametrize(
    ("source", "text", "raw", "expected"),
    [
        ("<p data-p='0'>有3个。</p>", "有3个。", "3个", "有|3个|。"),
        ("<p data-p='0'>有<b>3</b>个。</p>", "有3个。", "3个", "有|<b>3</b>个|。"),
        ("<p data-p='0'>有<b>3个</b>。</p>", "有3个。", "3个", "有|<b>3个</b>|。"),
        ("<p data-p='0'><b>有3</b>个。</p>", "有3个。", "3个", "<b>有</b>|<b>3</b>个|。"),
        ("<p data-p='0'>1&lt;2，有&#51;个</p>", "1<2，有3个", "3个", "1&lt;2，有|3个|"),
        ("<p data-p='0'>𠀀有3<br>个</p>", "𠀀有3个", "3个", "𠀀有|3<br>个|"),
        ("<p>没有3个</p><p data-p='0'>3个</p>", "3个", "3个", "<p>没有3个</p>|3个|"),
    ],
)
def test_html_is_cut_around_a_number(source: str, text: str, raw: str, expected: str) -> None:
    pieces = html_marks.split(source, [claim(NEWS, 1, 0, text, raw, "3", "个")])
    shown = [re.sub(r"<p data-p='0'>|</p>$", "", piece.html) for piece in pieces]
    assert expected.rstrip("|") == "|".join(shown).rstrip("|")
    assert [raw] == [unescape(re.sub("<[^>]+>", "", piece.html)) for piece in pieces if piece.claim]


def test_html_without_claims_comes_back_with_nothing_but_the_paragraphs_anchors() -> None:
    shown = "".join(piece.html for piece in html_marks.split(STORY_HTML, []))
    assert ["p-1", "p-2"] == re.findall(r' id="(p-\d)" data-p="\d"', shown)
    assert STORY_HTML == re.sub(r' id="p-\d"', "", shown)


def test_segments_put_together_are_the_text() -> None:
    claims = [c for c in site().claims.values() if c.article == NEWS and c.paragraph == 1]
    cut = segments(TEXT[1], claims)
    assert TEXT[1] == "".join(piece.text for piece in cut)
    assert ["40个", "30个", "3—5亿元"] == [piece.text for piece in cut if piece.claim]


def test_a_quote_that_stands_twice_is_found_around_its_own_number() -> None:
    text = "签约3个。签约3个。"
    facts = site().facts[2]
    article = replace(facts.article, paragraphs=(replace(facts.article.paragraphs[0], text=text),))
    second = claim(HEADLESS, 2, 0, text, "3个", "3", "个", skip=1, quote="签约3个。")
    assert [None, second, None] == [piece.claim for piece in quoted(article, [second], second)]


def test_claims_say_the_same_only_with_value_unit_kind_place_and_words_in_common() -> None:
    one = claim(NEWS, 1, 0, "签约3个", "3个", "3", "个", label="签约项目", period="2024")
    same = replace(one, id=f"{NEWS}-00000002", label="项目集中签约", period=None)
    others = [
        replace(one, id=f"{NEWS}-00000003", label="乳企"),
        replace(one, id=f"{NEWS}-00000004", place="远镇"),
        replace(one, id=f"{NEWS}-00000005", period="2023"),
    ]
    assert {one.id: (same.id,)} == {k: v for k, v in same_claims([one, same, *others]).items() if k == one.id}


def test_numbers_of_charts_tables_and_key_figures_lead_to_a_claim_or_show_their_working(files: Files) -> None:
    for path in ("index.html", "charts/progress/index.html", "charts/index.html", "places/index.html"):
        tree = html5lib.parse(html(files, path), namespaceHTMLElements=False)
        parents = {child: parent for parent in tree.iter() for child in parent}
        for element in tree.iter():
            holds = element.tag in ("td", "p") and element.get("class") in ("num", "deck", "say")
            for part in element.iter() if holds else ():
                for text, owner in ((part.text, part), (part.tail, parents.get(part))):
                    if text and re.search(r"\d", text):
                        assert _sourced(owner, parents), (path, text)


def _sourced(element: object, parents: dict[object, object]) -> bool:
    while element is not None:
        if element.get("data-claim") or element.get("data-derived"):
            return True
        element = parents.get(element)
    return False


def test_home_opens_with_the_charts_finding_and_repeats_none_of_its_numbers(files: Files) -> None:
    text = html(files, "index.html")
    assert '<h1 class="cut">签约40个，开工30个</h1>' in text
    keys = re.search(r'<section class="keys".*?</section>', text, re.DOTALL)
    assert keys is not None
    assert f"{NEWS}-00000001" not in keys[0]
    assert f"{NEWS}-00000005" not in keys[0]
    assert "120" in keys[0]
    assert "30 ÷ 40 = 75%" in text


def test_home_without_charts_opens_with_the_newest_article_and_without_articles_says_what_to_do() -> None:
    bare = publish(site(charts=()))
    assert re.search(
        r"<h1><a href=\"articles/a0000000002/index.html\">数据故事</a></h1>", html(bare, "index.html")
    )
    empty = publish(Site(config=Config(title="空"), facts=()))
    assert "还没有报道" in html(empty, "index.html")


def test_the_not_found_page_works_under_any_address(files: Files) -> None:
    text = html(files, "404.html")
    assert "<style>" in text
    links = re.findall(r'href="([^"#]+)"', text)
    assert all(link.startswith("https://example.org/zhang/") for link in links), links


def test_pages_do_not_depend_on_anything_outside_the_site(files: Files) -> None:
    for path, text in pages(files).items():
        for tag in re.findall(r"<(?:script|link|img|iframe|source)\b[^>]*>", text):
            for link in re.findall(r'(?:src|href)="([^"]*)"', tag):
                assert "//" not in link or link.startswith("https://example.org/zhang/"), (path, tag)
        assert not re.search(r'<script(?![^>]*(?:\bsrc=|type="application/(?:ld\+)?json"))', text), path


def test_two_builds_are_equal() -> None:
    assert publish(site()) == publish(site())


def test_the_data_package_is_valid_for_frictionless(files: Files, tmp_path: Path) -> None:
    from frictionless import Package

    for path, data in files.items():
        if path.startswith("data/"):
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    report = Package(str(tmp_path / "data" / "datapackage.json")).validate()
    assert [] == report.flatten(["message"])
    package = json.loads(files["data/datapackage.json"])
    assert {"articles", "checks", "chart-progress"} <= {resource["name"] for resource in package["resources"]}


def test_a_charts_csv_has_exact_values_claims_and_working(files: Files) -> None:
    lines = files["data/charts/progress.csv"].decode("utf-8-sig").splitlines()
    one, two = f"{NEWS}-00000001", f"{NEWS}-00000005"
    assert ["place,signed,left,claims,working", f"沙洲市,40,10,{one}; {two},40 − 30"] == lines


def test_a_former_address_leads_on_to_the_article(files: Files) -> None:
    text = html(files, "old/题/index.html")
    assert f'content="0; url=../../articles/{STORY}/index.html"' in text
    assert f'<h1><a href="../../articles/{STORY}/index.html" data-moved>数据故事</a></h1>' in text


def test_key_figures_prefer_what_is_dated_and_exact_and_never_the_largest(files: Files) -> None:
    base = site().facts[0]
    text = TEXT[0]
    rivals = (
        claim(NEWS, 21, 0, text, "40个", "2E12", "kWh", kind="output", bound="at_least", label="发电量"),
        claim(NEWS, 22, 0, text, "120亿元", "1", "t", kind="output", period="2024", label="粮食产量"),
    )
    page = html(publish(site(facts=(replace(base, claims=(*base.claims, *rivals)),))), "index.html")
    keys = re.search(r'<section class="keys".*?</section>', page, re.DOTALL)
    assert keys is not None
    assert "粮食产量" in keys[0]
    assert "发电量" not in keys[0]


def test_an_article_without_headline_is_listed_by_its_first_words(files: Files) -> None:
    assert "这是一段没有标题也没有日期的文字，长得要截断才放……" in html(files, "articles/index.html")


CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


@pytest.fixture(scope="module")
def folder(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site on disk."""
    target = tmp_path_factory.mktemp("site")
    for path, data in publish(site(config=Config(title="小账本"))).items():
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return target


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium at /usr/bin/chromium")
def test_every_page_opens_from_disk_without_a_message_and_fits_a_phone(folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        page = browser.new_page(viewport={"width": 360, "height": 740})
        heard: list[str] = []
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on(
            "request",
            lambda request: heard.append(request.url) if not request.url.startswith("file:") else None,
        )
        for file in sorted(folder.rglob("*.html")):
            if 'http-equiv="refresh"' in file.read_text("utf-8"):
                continue  # leads on at once to a page that is opened here too
            page.goto(file.as_uri())
            wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert (file.name, 0, []) == (file.name, wide, heard)
        browser.close()


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium at /usr/bin/chromium")
@pytest.mark.parametrize("width", [360, 1280])
def test_without_scripts_a_number_opens_its_note_by_address_by_key_and_by_pointer(
    folder: Path, width: int
) -> None:
    from playwright.sync_api import sync_playwright

    address = (folder / "articles" / NEWS / "index.html").as_uri()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 740})
        page = context.new_page()
        page.goto(address + "#c-00000005")
        assert ["k-00000005"] == shown_notes(page)
        page.click("#k-00000005 a:last-child")
        page.wait_for_timeout(400)
        assert [] == shown_notes(page)
        page.goto(address)
        page.focus("#c-00000002")
        assert ["k-00000002"] == shown_notes(page)
        page.keyboard.press("Tab")
        assert ["k-00000002"] == shown_notes(page), "the note stays while its link has the focus"
        page.keyboard.press("Enter")
        assert page.url.endswith("#d-00000002")
        page.hover("#c-00000001")
        assert "k-00000001" in shown_notes(page)
        box = page.locator("#k-00000001").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        browser.close()


def shown_notes(page: Any) -> list[str]:
    return [note.get_attribute("id") for note in page.locator(".card").all() if note.is_visible()]
