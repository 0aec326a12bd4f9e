"""Newspaper pages become the articles that a careful reader sees, and nothing of a page is lost."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.loaders import Page, load
from sitegen.loaders.seams import breaks_word
from sitegen.model import Article
from sitegen.problems import SitegenError

HERE = Path(__file__).parent
# the pages of gold/wide are scored with bars in test_gold.py: not every boundary there is found
SETS = ("seeds", "pages", "own", "fresh", "sealed")
GOLD = [path for name in SETS for path in sorted((HERE / "gold" / name).glob("*.yaml"))]
CASES = {
    name: case
    for file in (
        "page_cases.yml",
        "page_cases_more.yml",
        "page_cases_papers.yml",
        "page_cases_stacks.yml",
        "page_cases_habits.yml",
    )
    for name, case in yaml.safe_load((HERE / file).read_text(encoding="utf-8")).items()
}
# (line, next line) of every place where a page broke a paragraph; pages not named here have none
JOINS = {"p04": {(15, 17), (37, 43)}, "o07": {(9, 15)}}
BLOCKS = [
    "草原上的新产业\n\n□本报记者 王 强 李小云\n\n今年，园区产值达到35亿元，\n\n同比增长8.2%。\n\n图为园区一角。张力 摄\n\n前景可期。",
    "县里来了“新农人”\n\n本报讯（记者 赵敏）全县返乡创业的大学生已有412名。\n\n他们带来了技术。",
    "种子：小小芯片\n——育种基地见闻\n\n本报记者 陈 晨 通讯员 刘洋\n\n基地占地1200亩。\n\n扎根南繁\n\n每年加代两次。\n\n走向田间\n\n推广面积36万亩。",
    "大桥合龙\n\n新华社武汉3月2日电（记者孙伟）长江上又一座大桥合龙，全长3.2公里。",
]


def read(text: str) -> Page:
    return load("page.txt", text.encode())


def squeeze(text: str | None) -> str:
    return "".join((text or "").split())


def joins(page: Page) -> set[tuple[int, int]]:
    return {
        (first[1], second[1])
        for article in page.articles
        for paragraph in article.paragraphs
        for first, second in zip(paragraph.breaks, paragraph.breaks[1:], strict=False)
    }


def answers(gold: dict, key: str) -> list:
    return [gold.get(key), *(gold.get(f"{key}_alt") or [])]


def gold_page(path: Path) -> tuple[dict, Page]:
    text = path.with_suffix(".txt")
    return yaml.safe_load(path.read_text(encoding="utf-8")), load(text.name, text.read_bytes())


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_articles_are_those_of_the_gold(path: Path) -> None:
    """Each gold article is found, in order, with its title, authors, day, beginning and end; there is no other."""
    gold, page = gold_page(path)
    found = {squeeze(article.title): article for article in page.articles}
    for wanted in gold["articles"]:
        title = next((t for t in map(squeeze, answers(wanted, "title")) if t in found), None)
        if wanted.get("optional"):
            found.pop(title, None)
            continue
        assert title is not None, f"{wanted['title']} is not among {list(found)}"
        article = found.pop(title)
        spare = set(wanted.get("authors_optional") or [])
        assert wanted["authors"] == [author for author in article.authors if author not in spare]
        assert article.date in [str(day) if day else None for day in answers(wanted, "date")]
        body = [squeeze(paragraph.text) for paragraph in article.paragraphs]
        assert any(body[0].startswith(squeeze(start)) for start in answers(wanted, "starts"))
        assert any(body[-1].endswith(squeeze(end)) for end in answers(wanted, "ends"))
    assert {} == found


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_broken_paragraphs_are_joined_where_the_gold_says_and_nowhere_else(path: Path) -> None:
    gold, page = gold_page(path)
    if "joins" in gold:
        assert {(join["line"], join["next_line"]) for join in gold["joins"]} == joins(page)
        assert not {(join["line"], join["next_line"]) for join in gold["no_joins"]} & joins(page)
    elif path.parent.name == "pages" or path.stem in JOINS:
        assert JOINS.get(path.stem, set()) == joins(page)
    assert page.residue == ""


@pytest.mark.parametrize(
    "path", [path for path in GOLD if path.parent.name == "seeds"], ids=lambda path: path.stem
)
def test_seed_paragraphs_subheads_and_captions_stand_on_their_lines(path: Path) -> None:
    gold, page = gold_page(path)
    for wanted, article in zip(gold["articles"], page.articles, strict=True):
        assert wanted["paragraphs"] == [list(paragraph.lines) for paragraph in article.paragraphs]
        assert [head["line"] for head in wanted["subheads"]] == [note.line for note in article.subheads]
        assert wanted["title_line"] == article.title_line
    assert gold["captions_at"] == sorted(note.line for article in page.articles for note in article.captions)


@pytest.mark.parametrize("name", CASES)
def test_habits_of_other_papers(name: str) -> None:
    case = CASES[name]
    page = read(case["page"])
    assert [wanted["title"] for wanted in case["articles"]] == [article.title for article in page.articles]
    for wanted, article in zip(case["articles"], page.articles, strict=True):
        assert wanted["authors"] == list(article.authors)
        assert wanted["date"] == article.date
        assert wanted.get("kicker") == article.kicker
        for key in ("subheads", "captions", "furniture", "byline"):
            assert wanted.get(key, []) == [note.text for note in getattr(article, key)], key
        texts = [paragraph.text for paragraph in article.paragraphs]
        assert len(wanted["paragraphs"]) == len(texts), texts
        for said, text in zip(wanted["paragraphs"], texts, strict=True):
            start, _, end = said.partition(" … ")
            assert text.startswith(start)
            assert text.endswith(end or start)
    assert page.residue == ""


def test_a_sentence_is_not_cut_off_by_a_heading_that_it_resembles() -> None:
    """Short lines without a full stop are subheads only where the text below does not go on with them."""
    page = read(
        "路在脚下\n\n本报记者 康宁\n\n全区公路通车里程位居全\n\n国第三。\n\n向西开放\n\n中欧班列开行312列。\n\n向东融合\n\n海铁联运增长两成。\n"
    )
    article = page.articles[0]
    assert ["全区公路通车里程位居全国第三。", "中欧班列开行312列。", "海铁联运增长两成。"] == [
        paragraph.text for paragraph in article.paragraphs
    ]
    assert ["向西开放", "向东融合"] == [note.text for note in article.subheads]


def test_seams_are_judged_by_the_word_list() -> None:
    """The word list of the segmenter is found and ordered as the search in it expects."""
    assert breaks_word("通辽市二季度重大项目集", "中签约侧记")
    assert breaks_word("风光绿电、人工智", "能、低空经济")
    assert not breaks_word("好戏连台", "通辽市")
    assert not breaks_word("草原上的绿色革命", "当清晨的阳光")


def test_line_of_an_offset_is_the_printed_line() -> None:
    page = read("草原新城\n\n本报记者 康宁\n\n全区粮食产量突破800\n\n亿斤，再创新高。\n")
    paragraph = page.articles[0].paragraphs[0]
    assert (5, 7) == paragraph.lines
    assert 5 == paragraph.line_at(paragraph.text.index("800"))
    assert 7 == paragraph.line_at(paragraph.text.index("亿斤"))


def test_a_year_comes_from_the_page_where_the_article_does_not_say_it() -> None:
    """The running head gives the year, but is nobody's date; a day in the lead is the day of the event."""
    page = read(
        "某某日报 2023年5月9日 星期二 第3版\n\n大桥通车\n\n本报讯（记者 李立）5月8日，大桥正式通车。\n\n新路\n\n本报讯（记者 李立）近日，新路开工。\n"
    )
    assert [("2023-05-08", 2023), (None, 2023)] == [(article.date, article.year) for article in page.articles]


@pytest.mark.parametrize(
    ("lead", "day"),
    [
        ("2024年9月3日，全省林业工作会议在长沙召开。", "2024-09-03"),
        ("截至2024年9月3日，全省造林120万亩。", None),
        ("定于2024年9月3日举行的博览会将展出机床300台。", None),
        ("近日，记者从省林业局获悉，2024年上半年造林120万亩。", None),
        ("从2024年9月3日起，新规施行。", None),
        ("记者9月3日从省统计局获悉，2024年上半年产值达90亿元。", "2024-09-03"),
    ],
)
def test_the_day_of_the_event_and_no_other_day_is_the_articles(lead: str, day: str | None) -> None:
    assert day == read(f"林业新闻一则\n\n本报记者 康宁\n\n{lead}\n").articles[0].date


def test_ids_are_stable_and_unique_on_a_page() -> None:
    twice = read("\n\n".join([BLOCKS[1]] * 3)).articles
    assert 3 == len({article.id for article in twice})
    alone = read(BLOCKS[1]).articles[0]
    edited = read(BLOCKS[1] + "\n\n又添一段新的文字。").articles[0]
    assert alone.id == edited.id == twice[0].id
    assert alone.id[0] == "a"
    assert int(alone.id[1:], 16) < 16**10


def test_an_empty_page_is_one_warning() -> None:
    for text in ("", "\n \n\u3000\n", "\ufeff"):
        page = read(text)
        assert () == page.articles
        assert ["W-EMPTY"] == [warning.code for warning in page.warnings]


def test_an_unknown_format_says_which_are_known() -> None:
    with pytest.raises(SitegenError, match=r"\.txt, \.md"):
        load("page.docx", b"x")


def test_time_grows_with_the_length_of_a_page_without_full_stops() -> None:
    """No rule looks back over a whole paragraph for each of its lines: thousands of them stay one cheap page."""
    page = read("\n".join("全区粮食产量和经济总量持续增长的好势头" for _ in range(6000)))
    assert "" == page.residue
    assert max(len(paragraph.text) for article in page.articles for paragraph in article.paragraphs) < 10_000


def summary(article: Article) -> tuple:
    return (article.title, article.authors, [paragraph.text for paragraph in article.paragraphs],
            [note.text for note in article.subheads], [note.text for note in article.captions])  # fmt: skip


@given(st.permutations(range(len(BLOCKS))))
@settings(max_examples=24, deadline=None)
def test_the_order_of_articles_changes_none_of_them(order: list[int]) -> None:
    page = read("\n\n".join(BLOCKS[at] for at in order))
    assert [summary(read(BLOCKS[at]).articles[0]) for at in order] == [
        summary(article) for article in page.articles
    ]


LINE = st.one_of(
    st.sampled_from([line for block in BLOCKS for line in block.split("\n")]),
    st.sampled_from(
        [
            "（下转第三版）",
            "责任编辑：王强",
            "编者按：今天起开栏。",
            "编后",
            "市县传真",
            "图/本报记者 王强",
            "近日，新路开工。（李小云）",
            "甲　乙　丙",
            "● 一项",
            "单位：亿元",
            "图为",
            "嘉　宾",
            "👇👇",
            "",
        ]
    ),
    st.text("一二三亿元产业的，。“”（）：—… 　\t12.%A👇①　", max_size=50),
)


@given(st.lists(LINE, max_size=14), st.sampled_from(["\n", "\n\n", "\r\n", "\n\n\n\n"]))
@settings(max_examples=150, deadline=None)
def test_no_character_of_a_page_is_lost_or_doubled(lines: list[str], gap: str) -> None:
    page = read(gap.join(lines))
    assert "" == page.residue
    for article in page.articles:
        for paragraph in article.paragraphs:
            assert paragraph.text.strip() == paragraph.text != ""
            assert (0, paragraph.lines[0]) == paragraph.breaks[0]
            assert paragraph.lines[1] == paragraph.breaks[-1][1]


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_page_or_a_refusal(data: bytes) -> None:
    page = refused = None
    try:
        page = load("page.txt", data)
    except SitegenError as error:
        refused = error
    assert page.residue == "" if page else refused.problems[0].fix


def test_a_page_of_nothing_but_short_lines_is_read() -> None:
    """No line looks further ahead than a headline is long, however many short lines follow each other."""
    page = read("\n".join(["柚子压弯了枝头"] * 3000))
    assert page.residue == ""


def test_the_same_text_gives_the_same_ids() -> None:
    text = "\n\n".join(CASES[name]["page"] for name in ("stack_three", "woven", "roundup_circle"))
    first, again = read(text), read(text)
    assert [article.id for article in first.articles] == [article.id for article in again.articles]
    assert len({article.id for article in first.articles}) == len(first.articles)
