"""Search: words that carry an article, an index that holds every text exactly, and the page that reads it."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from small_site import HEADLESS, NEWS, STORY, TEXT, claim, site
from test_pages import publish

from sitegen import search
from sitegen.model import Article, Facts, Paragraph
from sitegen.text import fold

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


def article(number: int, title: str, text: str) -> Facts:
    return Facts(Article(f"b{number:010d}", "x.txt", title, (), None, (Paragraph(text, (1, 1)),)))


WIND = article(1, "风电装机", "风力发电机组装机规模扩大，风力发电机组出口增加，海上风电场开工。")
SEA = article(2, "海上风电场", "海上风电场的风力发电机组由船运输，风电场投产。")
MILK = article(3, "乳业", "牧场的奶牛产奶，乳制品加工企业扩产，酸奶走俏。")


def index(files: dict[str, bytes]) -> dict[str, Any]:
    text = files["search/index.js"].decode("utf-8")
    match = re.fullmatch(r"self\.sitegenIndex=(.*);\n", text, re.DOTALL)
    assert match is not None
    loaded: dict[str, Any] = json.loads(match[1])
    return loaded


def shard(files: dict[str, bytes], number: int) -> list[dict[str, Any]]:
    text = files[f"search/text-{number}.js"].decode("utf-8")
    loaded: list[dict[str, Any]] = json.loads(
        text.removeprefix(f"self.sitegenText{number}=").removesuffix(";\n")
    )
    return loaded


def test_keywords_name_things_of_the_article_and_terms_stay_whole() -> None:
    found = search.words([WIND, SEA, MILK], ["风力发电机组", "乳制品加工"])
    assert "风力发电机组" in found[WIND.article.id].keywords
    assert "乳制品加工" in found[MILK.article.id].keywords
    assert not any(word in ("扩大", "增加", "由") for word in found[WIND.article.id].keywords)


def test_articles_that_share_rare_words_are_related_and_others_are_not() -> None:
    found = search.words([WIND, SEA, MILK], ["风力发电机组"])
    assert (SEA.article.id,) == found[WIND.article.id].related
    assert (WIND.article.id,) == found[SEA.article.id].related
    assert () == found[MILK.article.id].related


def test_words_kept_from_before_give_the_same_and_are_not_cut_again(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = [WIND, SEA, MILK]
    kept = {f.article.id: search.count_words(f.article, search.cutter(frozenset())) for f in facts}
    expected = search.words(facts)
    monkeypatch.setattr(search, "cutter", lambda terms: pytest.fail("cut again"))
    assert expected == search.words(facts, counted=kept)


def test_cutting_leaves_no_cache_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    search.cutter.cache_clear()
    assert ["风电", "装机"] == search.cutter(frozenset(["风电", "装机"])).cut("风电装机")
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("草原崛起产业新引擎：如何打造产业新高地", "草原|崛起|产业|新引擎：|如何|打造|产业|新高地"),
        ("这里的“风电”，已经开工", "这里的|“风电”，|已经|开工"),
        ("签约160个项目 投资增长", "签约|160个|项目 |投资|增长"),
        ("", ""),
    ],
)
def test_headlines_are_cut_between_words_and_nowhere_else(title: str, expected: str) -> None:
    pieces = search.headline_pieces(title, search.cutter(frozenset(["风电"])).cut)
    assert title == "".join(pieces)
    assert expected == "|".join(pieces)


def test_no_words_no_articles() -> None:
    assert {} == search.words([])


def test_the_index_holds_every_paragraph_and_every_published_claim() -> None:
    whole = site()
    files = dict(search.search_files(whole.facts, search.words(whole.facts)))
    loaded = index(files)
    assert [NEWS, STORY, HEADLESS] == [doc["id"] for doc in loaded["docs"]]
    texts = {doc["n"]: doc for doc in shard(files, 0)}
    assert list(TEXT) == texts[0]["p"]
    for paragraph, start, end, mark, status in texts[0]["c"]:
        found = whole.claims[f"{NEWS}-{mark}"]
        assert (found.raw, found.status) == (TEXT[paragraph][start:end], status)
    assert {c.id[-8:] for c in whole.claims.values() if c.article == NEWS} == {c[3] for c in texts[0]["c"]}


def test_offsets_count_as_scripts_do() -> None:
    text = "𠀀𠀀有3个"
    one = replace(article(4, "x", text), claims=(claim("b0000000004", 1, 0, text, "3个", "3", "个"),))
    files = dict(search.search_files([one], {}))
    assert [0, 5, 7] == shard(files, 0)[0]["c"][0][:3]


def test_folding_in_the_page_is_the_same_as_in_the_program() -> None:
    full, half = index(dict(search.search_files([WIND], {})))["fold"]
    assert len(full) == len(half)
    table = dict(zip(full, half, strict=True))
    sample = "１２０ＧＷ，（约）：甲　乙％．"
    assert fold(sample) == "".join(table.get(char, char) for char in sample)


def test_large_sites_are_cut_into_shards_of_whole_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SHARD_CHARS", 50)
    facts = [article(n, f"题{n}", "字" * 30) for n in range(5)]
    files = dict(search.search_files(facts, {}))
    names = index(files)["shards"]
    assert ["text-0.js", "text-1.js", "text-2.js", "text-3.js", "text-4.js"] == names
    assert list(range(5)) == [doc["n"] for number in range(5) for doc in shard(files, number)]


def test_without_scripts_the_page_says_so_and_lists_every_article() -> None:
    text = publish(site())["search/index.html"].decode("utf-8")
    assert "没有脚本时，下面列出全部报道" in text
    assert '<form class="find" role="search" action="../search/index.html" hidden>' in text
    assert all(f"articles/{each.article.id}/" in text for each in site().facts)


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium at /usr/bin/chromium")
def test_the_page_finds_what_a_plain_search_of_the_texts_finds(tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    whole = site(facts=(*site().facts, WIND, SEA, MILK))
    for path, data in publish(whole).items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    texts = {
        each.article.id: fold("\n".join([search.article_text(each.article), *each.article.authors])).lower()
        for each in whole.facts
    }
    queries = [
        "风电",
        "签约项目",
        "4",
        "个",
        "风电 海上",
        "没有的话",
        "<规模>",
        "５亿",
        "3—5亿元",
        "甲一",
        "小标题",
        "\\",
        "数据 故事",
    ]
    messages: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        page = browser.new_page()
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.goto((tmp_path / "search" / "index.html").as_uri())
        for query in queries:
            page.fill("#q", query)
            page.press("#q", "Enter")
            page.wait_for_selector("#state:not(:text('正在'))", state="attached")
            links = page.eval_on_selector_all(
                "#results h2 a", "all => all.map(a => a.getAttribute('href').split('/')[2])"
            )
            words = fold(query).lower().split()
            expected = {key for key, text in texts.items() if all(word in text for word in words)}
            assert (query, expected) == (query, set(links))
            hits = page.eval_on_selector_all("#results .hit", "all => all.map(a => a.textContent)")
            assert all(fold(hit).lower() in fold(query).lower() for hit in hits)
        page.fill("#q", "开工30个")
        page.press("#q", "Enter")
        page.click("#results a.n >> nth=0")
        page.wait_for_url("**/articles/**")
        assert page.url.endswith("#c-00000004") or page.url.endswith("#c-00000005")
        browser.close()
    assert [] == messages
