"""Search: words that carry an article, an index that holds every text exactly, and the page that reads it."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs

import pytest
from browser import CHROMIUM, chromium, listen, until
from hypothesis import given
from hypothesis import strategies as st
from small_site import NEWS, TEXT, claim, site
from test_pages import publish

from sitegen import search
from sitegen.model import Article, Facts, Paragraph
from sitegen.search.folding import folded


def article(number: int, title: str, text: str) -> Facts:
    return Facts(Article(f"b{number:010d}", "x.txt", title, (), None, (Paragraph(text, (1, 1)),)))


WIND = article(1, "风电装机", "风力发电机组装机规模扩大，风力发电机组出口增加，海上风电场开工。")
SEA = article(2, "海上风电场", "海上风电场的风力发电机组由船运输，风电场投产。")
MILK = article(3, "乳业", "牧场的奶牛产奶，乳制品加工企业扩产，酸奶走俏。")


def value(files: dict[str, bytes], name: str) -> Any:
    """What a script of the index says."""
    text = files[f"search/{name}.js"].decode("utf-8")
    match = re.fullmatch(rf'sitegenPart\("{name}",(.*)\);\n', text, re.DOTALL)
    assert match is not None
    return json.loads(match[1])


def test_keywords_name_things_of_the_article_and_terms_stay_whole() -> None:
    found = search.words([WIND, SEA, MILK], ["风力发电机组", "乳制品加工"])
    assert "风力发电机组" in found[WIND.article.id].keywords
    assert "乳制品加工" in found[MILK.article.id].keywords
    assert not any(word in ("扩大", "增加", "由") for word in found[WIND.article.id].keywords)


def test_what_an_article_shows_as_code_is_no_keyword() -> None:
    """The names of files and commands; a word that stands outside of code too stays."""
    text = "示范县的冷链物流由 sitegen build 读出，facts 是事实，冷链物流扩容。"
    shown = "<p data-p='0'>示范县的冷链物流由 <code>sitegen build</code> 读出，<code>facts</code> 是事实，冷链物流扩容。</p>"
    told = Facts(replace(article(4, "样例", text).article, html=shown))
    keywords = search.words([told], ["冷链物流"])[told.article.id].keywords
    assert "冷链物流" in keywords
    assert not {"sitegen", "build", "facts"} & set(keywords)


def test_articles_that_share_rare_words_are_related_and_others_are_not() -> None:
    found = search.words([WIND, SEA, MILK], ["风力发电机组"])
    assert (SEA.article.id,) == found[WIND.article.id].related
    assert (WIND.article.id,) == found[SEA.article.id].related
    assert () == found[MILK.article.id].related


def test_words_kept_from_before_give_the_same_and_are_not_cut_again(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = [WIND, SEA, MILK]
    kept = {f.article.id: search.count_words(f.article, search.cutter(frozenset())) for f in facts}
    expected = search.words(facts)
    monkeypatch.setattr("sitegen.search.neighbours.cutter", lambda terms: pytest.fail("cut again"))
    assert expected == search.words(facts, counted=kept)


_COUNTS = st.dictionaries(st.sampled_from("甲乙丙丁戊己庚辛"), st.floats(0.5, 9).map(lambda n: round(n, 4)))
_ARTICLES = st.dictionaries(st.text("0123456789abcdef", min_size=1, max_size=2), _COUNTS, max_size=9)


@given(_ARTICLES, _ARTICLES)
def test_neighbours_that_are_asked_for_one_by_one_after_an_edit_are_those_of_all_at_once(
    old: dict[str, dict[str, float]], new: dict[str, dict[str, float]]
) -> None:
    before, after = (
        {id_: search.Counted(words, (id_,)) for id_, words in all_.items()} for all_ in (old, {**old, **new})
    )
    expected = search.Told(after).whole()
    told = search.Told(after, search.Told(before))
    with patch("sitegen.search.neighbours._FEW", len(after)):
        assert expected == dict(told)
    assert expected == dict(search.Told(after, told))


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


def test_the_index_shows_every_paragraph_and_every_published_claim() -> None:
    whole = site()
    files = dict(search.search_files(whole.facts, search.words(whole.facts)))
    texts = [value(files, f"text-{number}") for number in range(len(whole.facts))]
    assert {"数据故事", "沙洲市：四十个项目，三十个开工"} < {text["t"] for text in texts}
    news = next(text for text in texts if text["u"] == NEWS)
    assert list(TEXT) == news["p"]
    for paragraph, start, end, opens, closes, mark, status, *_ in news["c"]:
        found = whole.claims[f"{NEWS}-{mark}"]
        assert (found.raw, found.status) == (TEXT[paragraph][start:end], status)
        assert found.quote == TEXT[paragraph][opens:closes]
    assert {c.id[-8:] for c in whole.claims.values() if c.article == NEWS} == {c[5] for c in news["c"]}


def test_offsets_count_as_scripts_do() -> None:
    text = "𠀀𠀀有3个"
    one = replace(article(4, "x", text), claims=(claim("b0000000004", 1, 0, text, "3个", "3", "个"),))
    files = dict(search.search_files([one], {}))
    assert [0, 5, 7, 0, 7] == value(files, "text-0")["c"][0][:5]


def test_folding_in_the_page_is_the_same_as_in_the_program() -> None:
    sample = "１２０ＧＷ，（約）：甲　乙％．"
    full, half = value(dict(search.search_files([article(5, "約", sample)], {})), "index")["fold"]
    assert len(full) == len(half)
    table = dict(zip(full, half, strict=True))
    assert folded(sample) == "".join(table.get(char, char) for char in sample).lower()


def test_a_long_article_is_shown_in_parts_of_whole_paragraphs() -> None:
    paragraphs = tuple(Paragraph(f"{n}" + "字" * 1500, (n, n)) for n in range(5))
    long = Facts(Article("b0000000009", "x.txt", "长文", (), None, paragraphs))
    files = dict(search.search_files([MILK, long], {}))
    shown = [value(files, f"text-{number}") for number in range(4)]
    assert [1, 2, 2, 1] == [len(text["p"]) for text in shown]
    assert [p.text for p in paragraphs] == [line for text in shown[1:] for line in text["p"]]
    assert [[1, 2]] == value(files, "index")["parts"]


def test_what_can_be_chosen_says_which_articles_have_it() -> None:
    files = dict(search.search_files(site().facts, {}, {"energy": "能源"}))
    assert [["energy", "能源"], ["steel", ""]] == [each[:2] for each in value(files, "pick-industry")]
    assert ["沙洲市", "远镇"] == sorted(each[0] for each in value(files, "pick-place"))
    assert ["2025"] == [each[0] for each in value(files, "pick-year")]
    assert ["2024"] == [each[0] for each in value(files, "pick-period")]
    assert {"1", "3", "4"} == {each[0] for each in value(files, "pick-amount")}


def test_without_scripts_the_page_says_so_and_lists_every_article() -> None:
    text = publish(site())["search/index.html"].decode("utf-8")
    assert "没有脚本时，下面列出全部报道" in text
    assert "<noscript>" in text
    assert all(f"articles/{each.article.id}/" in text for each in site().facts)


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_numbers_are_results_of_their_own_and_choices_stay_in_the_address(tmp_path: Path) -> None:
    whole = site(facts=(*site().facts, WIND, SEA, MILK))
    for path, data in publish(whole).items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    address = (tmp_path / "search" / "index.html").as_uri()
    with chromium() as browser:
        page = browser.new_page()
        heard = listen(page)
        page.goto(address)
        page.fill("#q", "签约项目")
        page.press("#q", "Enter")
        page.wait_for_selector("#results h2 mark, #results p mark")
        page.check("input[value=numbers]")
        page.wait_for_selector("#results.numbers li")
        numbers = page.eval_on_selector_all("#results .rec-head .n", "all => all.map(a => a.textContent)")
        assert "40个" in numbers
        page.click("[data-pick=kind] summary")
        page.check("[data-pick=kind] input[value=progress]")
        until(page, "document.querySelectorAll('#results .rec-head').length === 1")
        assert ["30个"] == page.eval_on_selector_all(
            "#results .rec-head .n", "all => all.map(a => a.textContent)"
        )
        kept = page.evaluate("location.search")
        assert {"q", "kind", "show"} == set(parse_qs(kept[1:]))
        page.goto("about:blank")
        page.goto(address + kept)
        page.wait_for_selector("#results.numbers li")
        assert ["30个"] == page.eval_on_selector_all(
            "#results .rec-head .n", "all => all.map(a => a.textContent)"
        )
        page.click("#results .rec-head a.n")
        page.wait_for_url("**/articles/**")
        assert page.url.endswith("#c-00000005")
        page.goto(
            address + "?show=numbers&year=2024"
        )  # the year of which a number speaks, not that of the report
        page.wait_for_selector("#results.numbers li")
        of_2024 = sorted(each.raw for each in whole.claims.values() if (each.period or "").startswith("2024"))
        raws = page.eval_on_selector_all("#results .rec-head .n", "all => all.map(a => a.textContent)")
        assert (2, of_2024) == (len(raws), sorted(raws))
        assert "2024年" in page.inner_text("#results .who >> nth=0")
    assert [] == heard
