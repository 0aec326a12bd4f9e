"""Pages saved from a web browser: their article and nothing else, at its lines, whatever they are built of."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from sites import ROOT, make_site, sitegen

from sitegen.extract import extract
from sitegen.loaders import Page, load, printed_lines
from sitegen.model import Article

HERE = Path(__file__).parent / "html"
PAGES: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "pages.yml").read_text("utf-8"))
BESIDE = re.compile("首页|版权|评论|相关|热门|阅读|ICP|广告|扫一扫|分享|打印|延伸|点赞|订阅")

FIRST = "7月2日，记者从和田县获悉，全县今年新建大棚1200座，总投资1.6亿元。"
SECOND = "截至6月底，已完工860座，完工率71.7%，带动就业3400人。"
TITLE = "和田县新建大棚1200座"


def read(html: str | bytes) -> Page:
    page = load("p.html", html if isinstance(html, bytes) else html.encode())
    assert "" == page.residue
    return page


def the_article(html: str | bytes) -> Article:
    page = read(html)
    assert () == page.problems
    (article,) = page.articles
    return article


def texts(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


def test_every_page_of_the_folder_is_described() -> None:
    assert sorted(path.name for path in HERE.glob("*.html")) == sorted(PAGES)
    assert len(PAGES) >= 8


@pytest.mark.parametrize("name", PAGES)
def test_a_page_gives_its_article_and_nothing_beside_it(name: str) -> None:
    expected = PAGES[name]
    page = load(name, (HERE / name).read_bytes())
    assert ((), (), "") == (page.problems, page.warnings, page.residue)
    (article,) = page.articles
    assert expected["title"] == article.title
    assert expected["authors"] == list(article.authors)
    assert expected["date"] == article.date
    assert expected["paragraphs"] == len(article.paragraphs)
    assert article.paragraphs[0].text.startswith(expected["starts"])
    assert article.paragraphs[-1].text.endswith(expected["ends"])
    assert expected.get("captions", []) == [note.text for note in article.captions]
    assert expected.get("subheads", []) == [note.text for note in article.subheads]
    assert not any(BESIDE.search(text) for text in texts(article))
    assert expected["numbers"] == [claim.raw for claim in extract(article).claims]


@pytest.mark.parametrize("name", PAGES)
def test_lines_are_those_of_the_file(name: str) -> None:
    data = (HERE / name).read_bytes()
    (article,) = load(name, data).articles
    lines = (
        data.decode("gb18030") if name in ("gb2312.html", "font-tags.html") else data.decode()
    ).splitlines()
    for paragraph in article.paragraphs:
        for start, line in paragraph.breaks:
            assert paragraph.text[start : start + 4] in re.sub("<[^>]*>|&nbsp;", "", lines[line - 1]), (
                paragraph
            )
    assert (article.title or "")[:8] in lines[article.title_line - 1]
    assert [line.strip() for line in printed_lines(name, data)][article.title_line - 1].startswith(
        str(article.title)
    )


def test_a_sentence_that_the_file_breaks_is_one_again_and_points_at_both_lines() -> None:
    (article,) = load("div-soup.html", (HERE / "div-soup.html").read_bytes()).articles
    last = article.paragraphs[-1]
    assert "发展改革委主任石建国说" in last.text
    assert (13, 14) == last.lines
    assert 14 == last.line_at(last.text.index("石建国"))


BODIES = {
    "paragraphs that are never closed": f"<h1>{TITLE}</h1><p>{FIRST}<p>{SECOND}",
    "lines in one cell of a table": f"<table><tr><td><b>{TITLE}</b><br>&nbsp;&nbsp;{FIRST}<br>&nbsp;&nbsp;{SECOND}</td></tr></table>",
    "names that mislead": f"<div class='main-nav-article'><h1>{TITLE}</h1><div class='ad comment'><p>{FIRST}</p><p>{SECOND}</p></div></div>",
    "deep nesting": "<div>" * 5000 + f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>" + "</div>" * 5000,
    "hidden text": f"<h1>{TITLE}</h1><p style='display: none'>只卖5元。</p><p>{FIRST}</p><p>{SECOND}</p>",
    "a script that writes": f"<h1>{TITLE}</h1><p>{FIRST}</p><script>document.write('<p>只卖5元。</p>')</script><p>{SECOND}</p>",
    "a sidebar that tells stories": f"<div><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></div><div><h3>视频</h3><a href='1'>于田县的玫瑰</a>"
    "<p>于田县种植玫瑰6.3万亩，今年产值突破5亿元。</p></div>",
    "articles before and after": f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>上一篇：<a href='1'>策勒县红枣丰收</a></p>",
    "a site's name in the first heading": f"<title>{TITLE}_昆仑山下网</title><h1>昆仑山下网</h1><h2>{TITLE}</h2><p>{FIRST}</p><p>{SECOND}</p>",
}  # fmt: skip


@pytest.mark.parametrize("case", BODIES)
def test_the_article_is_found_in(case: str) -> None:
    article = the_article(f"<html><body>{BODIES[case]}</body></html>")
    assert (TITLE, [FIRST, SECOND]) == (article.title, texts(article))


def test_parts_of_an_article_that_stand_in_several_boxes_are_all_of_it() -> None:
    sections = "".join(
        f"<section><h3>{head}</h3><p>{text}</p><p>{text}</p></section>"
        for head, text in (("建起来", FIRST), ("管起来", SECOND))
    )
    article = the_article(f"<h1>{TITLE}</h1>{sections}")
    assert [FIRST, FIRST, SECOND, SECOND] == texts(article)
    assert ["建起来", "管起来"] == [note.text for note in article.subheads][-2:]


def test_kicker_subtitle_particulars_and_closing_lines_go_where_a_newspaper_has_them() -> None:
    article = the_article(
        f"<h3>产业调查</h3><h1>{TITLE}</h1><h2>——从沙窝窝到菜园子</h2><p>2024-07-03 08:00 来源：和田日报 作者：艾山</p>"
        f"<p>{FIRST}</p><p><strong>一、产业兴</strong></p><p>{SECOND}</p><p>（责任编辑：古丽）</p>"
    )
    assert ("产业调查", f"{TITLE}——从沙窝窝到菜园子") == (article.kicker, article.title)
    assert (("艾山",), "2024-07-03") == (article.authors, article.date)
    assert [FIRST, SECOND] == texts(article)
    assert ["一、产业兴"] == [note.text for note in article.subheads]
    assert "（责任编辑：古丽）" in [note.text for note in article.furniture]


def test_rows_of_data_are_rows_and_lists_are_lines() -> None:
    article = the_article(
        f"<h1>上半年工业生产</h1><p>{FIRST}</p><table><tr><th>产品</th><th>单位</th><th>产量</th></tr>"
        f"<tr><td>原煤</td><td>万吨</td><td>61.2</td></tr></table><ul><li>工业项目18个；</li><li>农业项目9个。</li></ul>"
    )
    assert [FIRST, "产品　单位　产量", "原煤　万吨　61.2", "工业项目18个；", "农业项目9个。"] == texts(
        article
    )
    claims = [(claim.raw, claim.unit, int(claim.value)) for claim in extract(article).claims][-3:]
    assert [("61.2", "t", 612000), ("18个", "个", 18), ("9个", "个", 9)] == claims


def test_entities_are_the_characters_that_they_stand_for() -> None:
    article = the_article(
        f"<h1>&ldquo;和田县&rdquo;新建大棚</h1><p>&emsp;&emsp;{FIRST}&#x201c;好&#8221;。</p>"
    )
    assert ("“和田县”新建大棚", [f"{FIRST}“好”。"]) == (article.title, texts(article))


META = "<html><head><meta charset='{}'></head><body><h1>{}</h1><p>{}</p><p>{}</p></body></html>"


@pytest.mark.parametrize(("said", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("GBK", "gbk"), ("gb2312", "utf-8"),
                                                ("utf-8", "gb18030"), ("none", "gb18030"), ("gbk", "utf-8-sig"), ("utf-8", "utf-16")])  # fmt: skip
def test_the_bytes_tell_the_encoding_and_the_page_only_where_they_leave_it_open(
    said: str, encoding: str
) -> None:
    article = the_article(META.format(said, TITLE, FIRST, SECOND).encode(encoding))
    assert (TITLE, [FIRST, SECOND]) == (article.title, texts(article))


def test_a_page_may_say_that_it_is_in_big5() -> None:
    traditional = "記者從和田縣獲悉，全縣今年新建大棚1200座，總投資1.6億元。"
    article = the_article(META.format("big5", "和田縣新建大棚", traditional, traditional).encode("big5"))
    assert [traditional, traditional] == texts(article)


@pytest.mark.parametrize("html", ["", "<html></html>", "<frameset><frame src='a.htm'></frameset>",
                                  "<ul>" + "<li><a href='1'>某县签约项目5个</a> 2024-07-03</li>" * 30 + "</ul>"])  # fmt: skip
def test_a_page_without_an_article_is_told(html: str) -> None:
    page = read(html)
    assert [("E-EMPTY", 1)] == [(problem.code, problem.line) for problem in page.problems]
    assert () == page.articles


def test_running_text_that_is_left_out_is_told_with_its_line() -> None:
    told = "张三：我家也种了3座大棚，一年收入12万元，感谢政府。希望路能修到村口，还有2公里呢！"
    page = read(
        f"<h1>{TITLE}</h1>\n<p>{FIRST}</p>\n<p>{SECOND}</p>\n<h4>全部评论（1）</h4>\n<div>{told}</div>"
    )
    assert [("W-BESIDE", 5)] == [(warning.code, warning.line) for warning in page.warnings]
    assert [FIRST, SECOND] == texts(page.articles[0])


def test_a_large_page_takes_time_in_proportion() -> None:
    began = time.process_time()
    article = the_article(f"<h1>{TITLE}</h1>" + f"<div class='p'><span>{FIRST}</span></div>\n" * 3000)
    assert 3000 == len(article.paragraphs)
    assert time.process_time() - began < 10


def test_the_parser_is_loaded_for_such_pages_only() -> None:
    script = "import sys; from sitegen.loaders import load; load('a.txt', b'x'); assert 'selectolax' not in sys.modules; "
    script += "load('a.html', b'<p>x'); assert 'selectolax' in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})


def test_pages_texts_and_articles_are_extracted_together(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text('---\ntitle: "光伏"\n---\n\n包头市光伏装机450万千瓦。\n', "utf-8")
    (tmp_path / "b.txt").write_text(f"{TITLE}\n\n本报记者 艾山\n\n{FIRST}\n", "utf-8")
    (tmp_path / "c.htm").write_bytes((HERE / "portal.html").read_bytes())
    for arguments in (["."], ["a.md", "b.txt", "c.htm"]):
        run = sitegen("extract", *arguments, "--format", "json", cwd=tmp_path)
        assert (0, "") == (run.code, run.err)
        assert ["a.md", "b.txt", "c.htm"] == [
            article["source"] for article in json.loads(run.out)["articles"]
        ]
        assert {"450万千瓦", "1.6亿元", "2286万吨"} <= {
            claim["raw"] for claim in json.loads(run.out)["claims"]
        }
    assert 0 == sitegen("extract", "a.md", "b.txt", "c.htm", "--explain", cwd=tmp_path).code


def test_a_site_takes_saved_pages_from_its_seeds_and_leaves_their_parts(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    (site / "seeds/portal.html").write_bytes((HERE / "portal.html").read_bytes())
    (site / "seeds/portal_files").mkdir()
    (site / "seeds/portal_files/frame.html").write_text("<p>广告</p>", "utf-8")
    (site / "seeds/seeds.yml").write_text('portal.html:\n  paper: "海风日报"\n', "utf-8")
    run = sitegen("build", cwd=site)
    assert 0 == run.code, run.err
    (facts,) = (site / "content/facts").glob("portal--*.yml")
    assert "68.5万标箱" in facts.read_text("utf-8")
    assert "line: 22}" in facts.read_text("utf-8")


def test_an_editor_can_measure_a_saved_page(tmp_path: Path) -> None:
    (tmp_path / "div-soup.html").write_bytes((HERE / "div-soup.html").read_bytes())
    assert 0 == sitegen("eval", ".", "--draft", "div-soup.html", cwd=tmp_path).code
    run = sitegen("eval", ".", "--format", "json", "--at-least", "strict_f1=1", cwd=tmp_path)
    assert 0 == run.code, run.err
    assert 9 == json.loads(run.out)["totals"]["counts"]["claims.tp"]
