"""Editors' articles: front matter checked with places, bodies safe, every paragraph's text exactly that of its element."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.loaders import Page, load
from sitegen.loaders.front_matter import FRONT_MATTER
from sitegen.model import Meta

HEAD = "---\ntitle: 测试\n---\n"
FULL = """---
title: "草原：新能源"
date: 2025-06-10
author: 李娜
source: 某某日报
source_url: https://example.org/a?b=1
slug: 草原-new
summary: 一句话。
tags: [能源, 草原]
places: 包头市
industries:
  - 新能源
draft: false
aliases: [/old/, /older]
image: images/a.jpg
image_alt: 一片草原
corrections:
  - date: 2025-06-12
    text: 160个误为106个
---
正文。
"""


def read(text: str) -> Page:
    return load("content/a.md", text.encode())


def body(text: str) -> Page:
    page = read(HEAD + text)
    assert () == page.problems
    return page


class Marked(HTMLParser):
    """Collects the text content of every element that carries data-p, by its number."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[int, str] = {}
        self.open: list[int | None] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append(tag)
        number = dict(attrs).get("data-p")
        if number is not None:
            assert int(number) not in self.found
            self.found[int(number)] = ""
        if tag not in ("br", "hr", "img", "wbr", "col"):
            self.open.append(int(number) if number is not None else None)

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for number in self.open:
            if number is not None:
                self.found[number] += data


def marked(page: Page) -> dict[int, str]:
    parser = Marked()
    parser.feed(page.articles[0].html or "")
    return parser.found


def texts(page: Page) -> list[str]:
    return [paragraph.text for paragraph in page.articles[0].paragraphs]


def test_every_key_of_the_front_matter_is_read() -> None:
    page = read(FULL)
    article = page.articles[0]
    assert () == page.problems
    assert ("草原：新能源", "2025-06-10", ("李娜",), 2025, 2) == (
        article.title, article.date, article.authors, article.year, article.title_line,
    )  # fmt: skip
    assert article.meta == Meta(
        slug="草原-new", summary="一句话。", source="某某日报", source_url="https://example.org/a?b=1",
        tags=("能源", "草原"), places=("包头市",), industries=("新能源",), aliases=("/old/", "/older"),
        image="images/a.jpg", image_alt="一片草原", corrections=(("2025-06-12", "160个误为106个"),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("head", "where", "code", "said"),
    [
        ("", (1, 1), "E-FRONT", "missing"),
        ("---\ntitle: x\n", (1, 1), "E-FRONT", "no end"),
        ("---\ntitle: x\ntagz: y\n---\n", (3, 1), "E-KEY", "write tags"),
        ("---\ntitle: x\nautor: y\n---\n", (3, 1), "E-KEY", "write author"),
        ("---\ndate: 2025-06-10\n---\n", (1, 1), "E-KEY", "title is missing"),
        ("---\ntitle: x\ntitle: y\n---\n", (3, 1), "E-KEY", "stands twice"),
        ("---\ntitle: x\nauthor: y\nauthors: z\n---\n", (4, 1), "E-KEY", "stands twice"),
        ("---\ntitle: x\ndate: 2025年6月10日\n---\n", (3, 7), "E-TYPE", "2025-06-10"),
        ("---\ntitle: x\ndate: 2025-02-30\n---\n", (3, 7), "E-TYPE", "no day"),
        ("---\ntitle: [x]\n---\n", (2, 8), "E-TYPE", "must be text"),
        ("---\ntitle: yes\n---\n", (2, 8), "E-TYPE", "quotation marks"),
        ("---\ntitle: x\ndraft: maybe\n---\n", (3, 8), "E-TYPE", "true or false"),
        ("---\ntitle: x\nslug: a/b\n---\n", (3, 7), "E-TYPE", "letters"),
        ("---\ntitle: x\nsource_url: javascript:1\n---\n", (3, 13), "E-TYPE", "https://"),
        ("---\ntitle: x\nimage: ../../etc/passwd\n---\n", (3, 8), "E-TYPE", "file of this site"),
        ("---\ntitle: x\naliases: [old]\n---\n", (3, 11), "E-TYPE", "begin it with /"),
        ("---\ntitle: x\naliases: [/a/, /../x]\n---\n", (3, 16), "E-TYPE", "leave out .."),
        ("---\ntitle: x\naliases: [/%2e%2e/x]\n---\n", (3, 11), "E-TYPE", "leave out .."),
        ("---\ntitle: x\ncorrections:\n  - dat: 1\n---\n", (4, 5), "E-KEY", "date and text"),
        ("---\ntitle: a: b\n---\n", (2, 9), "E-YAML", "quotation marks"),
        ("---\ntitle: x\ntags: [a\n---\n", (4, 1), "E-YAML", "no YAML"),
        ("---\ntitle: &a x\nsummary: *a\n---\n", (3, 10), "E-YAML", "repeats another value"),
        ("---\ntitle: &a x\nsummary: &a y\n---\n", (3, 10), "E-YAML", "names two values"),
        ("---\ntitle: x\ntags: [[[[[[[[[[[[a]]]]]]]]]]]]\n---\n", (3, 14), "E-YAML", "nested too deeply"),
        ("---\n- title\n---\n", (2, 1), "E-FRONT", "no list of keys"),
    ],
)
def test_a_fault_of_the_front_matter_is_named_with_its_place(
    head: str, where: tuple, code: str, said: str
) -> None:
    page = read(head + "正文。\n")
    assert () == page.articles
    problem = next(each for each in page.problems if (each.line, each.col) == where and each.code == code)
    assert "content/a.md" == problem.file
    assert said in f"{problem.message}; {problem.fix}"


def test_all_faults_are_reported_together() -> None:
    page = read("---\ntitel: x\ndraft: 3\nslug: a b\n---\n")
    assert [(1, "E-KEY"), (2, "E-KEY"), (3, "E-TYPE"), (4, "E-TYPE")] == [
        (p.line, p.code) for p in page.problems
    ]


def test_a_million_laughs_are_refused_at_once() -> None:
    rows = [f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]" for n in range(1, 30)]
    page = read("---\ntitle: x\nx0: &x0 ha\n" + "\n".join(rows) + "\n---\n")
    assert ["E-YAML"] == [problem.code for problem in page.problems]


def test_names_and_types_of_the_fields_are_declared_once() -> None:
    """The table that checks is the table that documents: every field of Meta is in it, each once."""
    names = [field.name for field in FRONT_MATTER]
    assert len(names) == len(set(names))
    assert set(Meta.__slots__) | {"title", "date", "authors"} == set(names)
    assert all(field.doc.endswith(".") for field in FRONT_MATTER)


@pytest.mark.parametrize(
    ("source", "text", "html"),
    [
        ("这是**“重点”**的。", "这是“重点”的。", "这是<strong>“重点”</strong>的。"),
        ("投资**100亿元。**今年", "投资100亿元。今年", "<strong>100亿元。</strong>今年"),
        ("**（注）**正文", "（注）正文", "<strong>（注）</strong>正文"),
        ("全区\n粮食", "全区粮食", "全区粮食"),
        ("全区，\n**粮食**", "全区，粮食", "全区，<strong>粮食</strong>"),
        ("the\nword", "the word", "the word"),
        ("A &amp; B &lt;c&gt;", "A & B <c>", "A &amp; B &lt;c&gt;"),
    ],
)
def test_chinese_text_needs_no_blanks(source: str, text: str, html: str) -> None:
    page = body(source)
    assert [text] == texts(page)
    assert html in page.articles[0].html


def test_every_element_that_holds_text_is_a_paragraph() -> None:
    source = "一。\n\n- 甲\n    - 乙\n- 丙\n\n> 引\n> 文\n\n| 名 | 数 |\n|---|--:|\n| 丁 | **2亿元** |\n\n<div>戊<p>己</p>庚</div>\n"
    page = body(source)
    assert ["一。", "甲", "乙", "丙", "引文", "名", "数", "丁", "2亿元", "戊", "己", "庚"] == texts(page)
    assert dict(enumerate(texts(page))) == marked(page)


def test_headings_are_subheads_with_anchors_that_keep_their_characters() -> None:
    page = body("# 新能源：草原\n\n一。\n\n## 新能源：草原\n\n二。\n\n### Q&A 2025\n")
    article = page.articles[0]
    assert [("新能源：草原", 4, 0), ("新能源：草原", 8, 1), ("Q&A 2025", 12, 2)] == [
        (note.text, note.line, note.before) for note in article.subheads
    ]
    assert '<h2 id="h-新能源-草原">' in article.html
    assert '<h2 id="h-新能源-草原_1">' in article.html
    assert "<h1" not in article.html


def test_code_is_left_alone() -> None:
    page = body("一。\n\n```yaml\nvalue: 100亿元\n  indent: 1\n```\n\n二。\n")
    assert ["一。", "二。"] == texts(page)
    assert (
        '<pre><code class="language-yaml">value: 100亿元\n  indent: 1\n</code></pre>' in page.articles[0].html
    )


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        '<img src="a.png" onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        "[x](javascript:alert(1))",
        '<p style="position:fixed" onclick="a()">x</p>',
        "<iframe src='//evil'></iframe>",
        "<svg><script>alert(1)</script></svg>",
        '<p data-p="7">x</p>',
    ],
)
def test_html_of_editors_is_made_safe(evil: str) -> None:
    html = body(f"前。\n\n{evil}\n\n后。\n").articles[0].html
    for word in ("script", "onerror", "javascript:", "style=", "onclick", "iframe", 'data-p="7"'):
        assert word not in html


def test_a_picture_from_elsewhere_is_refused_with_its_line() -> None:
    problems = read(HEAD + "一。\n\n![图](https://example.org/a.png)\n").problems
    assert [(6, "E-IMAGE")] == [(problem.line, problem.code) for problem in problems]


def test_paragraphs_know_their_lines() -> None:
    source = "第一段，[链接](https://example.org/2025/100)继续，\n第二行。\n\n- 甲项100个\n- 乙项\n\n| 名 | 数 |\n|---|---|\n| 丙 | 5 |\n"
    paragraphs = body(source).articles[0].paragraphs
    assert [(4, 5), (7, 7), (8, 8), (10, 10), (10, 10), (12, 12), (12, 12)] == [p.lines for p in paragraphs]
    assert 5 == paragraphs[0].line_at(paragraphs[0].text.index("第二行"))


def test_an_article_without_text_is_a_warning() -> None:
    page = read(HEAD)
    assert ["W-EMPTY"] == [problem.code for problem in page.problems]
    assert () == page.articles[0].paragraphs


def test_windows_line_ends_and_byte_order_marks_change_nothing() -> None:
    plain, other = read(FULL), load("content/a.md", b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode())
    assert plain.articles == other.articles


PIECES = st.sampled_from(
    ["全区", "投资100亿元", "。", "，", "**", "*", "“", "”", "\n", "\n\n", "- ", "    ", "1. ", "> ", "| a | b |\n|---|---|\n", "| ", "`",
     "<b>", "</b>", "<div>", "</div>", "<p>", "&amp;", "<", "[x](y)", "![z](w.png)", "# ", "```\n", "<br>", "\t", "  \n", "<td>", "<li>", "---\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25))
@settings(max_examples=200, deadline=None)
def test_the_text_of_a_marked_element_is_its_paragraph(pieces: list[str]) -> None:
    page = read(HEAD + "".join(pieces))
    article = page.articles[0]
    assert dict(enumerate(texts(page))) == marked(page)
    for paragraph in article.paragraphs:
        assert paragraph.text == paragraph.text.strip() != ""
        assert 4 <= paragraph.lines[0] <= paragraph.lines[1]


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_give_an_article_or_problems(data: bytes) -> None:
    from sitegen.problems import SitegenError

    try:
        page = load("a.md", b"---\ntitle: " + data)
    except SitegenError:
        return
    assert page.articles or page.problems
