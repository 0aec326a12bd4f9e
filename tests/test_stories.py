"""Data stories: charts and numbers that an editor puts into a text, and every mistake in them told at its line."""

import os
import re
from dataclasses import replace
from xml.etree import ElementTree

import jsonschema
import pytest
import yaml
from chart_facts import small
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.charts import words as chart_words
from sitegen.charts.story import DataFile, StorySources, build_story
from sitegen.loaders import load
from sitegen.problems import Problem, SitegenError
from sitegen.schemas import schemas
from sitegen.tables import build_tables
from sitegen.tables.files import MOST_BYTES, read_csv

FILE = "content/articles/s.md"
HEAD = '---\ntitle: "钱在哪里"\ndate: "2025-06-12"\n---\n\n'
GRAIN = "年份,地区,产量\n2021,包头市,100.5\n2022,包头市,110\n2021,赤峰市,600\n2022,赤峰市,\n"
LINE = "table: grain.csv\nx: 年份\ny: 产量\nby: 地区\ntype: line\nunit: 万吨\nsource: 统计局\ntitle: 涨了\n"
TABLES = build_tables(small())


def block(yaml_text: str) -> str:
    return f"```chart\n{yaml_text.rstrip()}\n```\n"


def made(yaml_text: str, files: dict[str, bytes] | None = None):
    """The chart of a block that begins on line 6, and the problems of loader and builder."""
    page = load(FILE, (HEAD + block(yaml_text)).encode())
    if page.problems:
        return None, page.problems

    def file_of(name: str) -> DataFile | None:
        data = (files or {}).get(name)
        return (
            None if data is None else DataFile(f"content/data/{name}", read_csv(f"content/data/{name}", data))
        )

    sources = StorySources(TABLES, chart_words("zh-CN"), file_of, tuple(files or ()))
    return build_story(page.articles[0].charts[0], "a1-1", FILE, sources)


def chart_of(yaml_text: str, files: dict[str, bytes] | None = None):
    chart, problems = made(yaml_text, files)
    assert () == problems
    assert chart is not None
    return chart


def fault(yaml_text: str, files: dict[str, bytes] | None = None) -> Problem:
    chart, problems = made(yaml_text, files)
    assert chart is None
    assert FILE == problems[0].file
    return problems[0]


class TestBars:
    def test_every_bar_opens_the_sentence_of_its_number(self) -> None:
        chart = chart_of("table: investments\nx: place\ny: value\ntitle: 钱\nwhere: {unit: CNY}\n")
        rows = [(row[0].text, row[1].text, row[1].claims) for row in chart.rows]
        assert rows
        assert all(claims for _, _, claims in rows)
        links = re.findall(r'<a href="([^"]+)"', chart.svg)
        assert all(link.startswith("claim:") or link == "/charts/a1-1/#t-a1-1" for link in links)
        assert {claim for _, _, (claim, *_) in rows} <= {link.removeprefix("claim:") for link in links}

    def test_the_drawing_says_what_it_is(self) -> None:
        chart = chart_of("table: investments\nx: place\ny: value\ntitle: 钱在哪\nwhere: {unit: CNY}\n")
        drawing = ElementTree.fromstring(chart.svg)  # noqa: S314  our own
        titles = [each.text for each in drawing.iter("{http://www.w3.org/2000/svg}title")]
        said = [each.text for each in drawing.iter("{http://www.w3.org/2000/svg}desc")]
        assert ["钱在哪"] * 2 == titles
        assert ["".join(cell.text for cell in chart.summary)] * 2 == said
        assert said[0].startswith("最大的是")

    def test_a_number_of_the_title_leads_where_its_bar_leads(self) -> None:
        plain = chart_of("table: investments\nx: place\ny: value\ntitle: 钱\nwhere: {unit: CNY}\n")
        number = plain.rows[0][1]
        chart = chart_of(
            f"table: investments\nx: place\ny: value\ntitle: 最大{number.text}，别处99亿元\nwhere: {{unit: CNY}}\n"
        )
        assert number in chart.headline
        assert [("99亿", "标题由编辑撰写")] == [
            (cell.text, cell.derived) for cell in chart.headline if cell.derived
        ]

    def test_a_title_may_leave_out_what_bounds_a_number(self) -> None:
        facts = small()
        first = replace(facts[0].claims[0], bound="at_least")
        tables = build_tables([replace(facts[0], claims=(first,))])
        page = load(FILE, (HEAD + block("table: claims\nx: place\ny: value\ntitle: 签了90个\n")).encode())
        sources = StorySources(tables, chart_words("zh-CN"), lambda name: None)
        chart, _ = build_story(page.articles[0].charts[0], "a1-1", FILE, sources)
        assert [("90个", (first.id,))] == [(c.text, c.claims) for c in chart.headline if c.claims]

    @pytest.mark.parametrize("title", ["5月的数", "占5%", "5万", "2025", "每5.5个"])
    def test_a_number_that_only_begins_like_one_of_the_chart_is_the_editors(self, title: str) -> None:
        data = "名,数\n甲,5\n乙,3\n".encode()
        text = f"table: n.csv\nx: 名\ny: 数\nsource: 局\ntitle: {title}\n"
        chart = chart_of(text, {"n.csv": data})
        assert [] == [c.text for c in chart.headline if c.derived and "n.csv" in c.derived]

    def test_a_number_that_two_marks_say_leads_to_neither(self) -> None:
        data = "名,数\n甲,5\n乙,5\n丙,3\n".encode()
        text = "table: n.csv\nx: 名\ny: 数\nsource: 局\ntitle: 都是5，最少3\n"
        chart = chart_of(text, {"n.csv": data})
        said = [(c.text, c.derived) for c in chart.headline if c.derived]
        assert [("5", "标题由编辑撰写"), ("3", "content/data/n.csv 第 4 行")] == said

    @pytest.mark.parametrize("review", ["auto", "rejected"])
    def test_a_title_cites_a_number_with_its_bound_and_no_rejected_one(self, review: str) -> None:
        facts = small()
        first, *others = facts[0].claims
        first = replace(first, bound="at_least", review=review)
        sources = StorySources(
            build_tables([replace(facts[0], claims=(first, *others)), *facts[1:]]),
            chart_words("zh-CN"),
            lambda name: None,
        )
        text = GOOD.replace("title: 数", f'title: "共[[claim:{first.id}]]"')
        page = load(FILE, (HEAD + block(text)).encode())
        chart, problems = build_story(page.articles[0].charts[0], "a1-1", FILE, sources)
        said = chart.headline[-1].text if chart else problems[0].message
        assert {
            "auto": f"超{first.raw}",
            "rejected": f"an editor rejected the number {first.id} ({first.raw})",
        }[review] == said

    def test_a_project_whose_investment_is_questioned_has_no_bar(self) -> None:
        text = "table: projects\nx: name\ny: investment\ntitle: 项目\n"
        before = chart_of(text)
        gone = before.rows[0][1].claims[0]
        facts = [
            replace(
                each,
                claims=tuple(replace(c, review="questioned") if c.id == gone else c for c in each.claims),
            )
            for each in small()
        ]
        page = load(FILE, (HEAD + block(text)).encode())
        sources = StorySources(build_tables(facts), chart_words("zh-CN"), lambda name: None)
        chart, _ = build_story(page.articles[0].charts[0], "a1-1", FILE, sources)
        assert gone not in {claim for row in (chart.rows if chart else ()) for claim in row[1].claims}

    def test_by_gives_a_panel_for_each_value(self) -> None:
        chart = chart_of("table: investments\nx: place\ny: value\nby: kind\ntitle: 钱\nwhere: {unit: CNY}\n")
        panels = [
            axis["title"]["text"] for key, axis in chart.figure["layout"].items() if key.startswith("xaxis")
        ]
        assert len(panels) > 1
        assert set(panels) <= {"投资", "融资", "签约"}

    def test_top_draws_the_longest_and_says_how_many_are_left(self) -> None:
        chart = chart_of("table: claims\nx: place\ny: value\ntop: 2\ntitle: 钱\nwhere: {unit: 个}\n")
        assert 2 == len(chart.figure["layout"]["yaxis"]["tickvals"])
        assert "见数据表" in chart.note
        assert len(chart.rows) > 2

    def test_rows_are_counted_with_their_working(self) -> None:
        chart = chart_of("table: claims\nx: kind\ny: count\ntitle: 类\n")
        assert all(row[1].derived and row[1].exact for row in chart.rows)
        assert sum(int(row[1].exact) for row in chart.rows) == len(TABLES.claims) - len(TABLES.left_out)

    def test_rejected_numbers_are_on_no_chart(self) -> None:
        facts = small()
        first = facts[0].claims[0]
        rejected = (replace(first, review="rejected"), *facts[0].claims[1:])
        tables = build_tables([replace(facts[0], claims=rejected), *facts[1:]])
        page = load(FILE, (HEAD + block("table: claims\nx: label\ny: count\ntitle: 数\n")).encode())
        sources = StorySources(tables, chart_words("zh-CN"), lambda name: None)
        chart, _ = build_story(page.articles[0].charts[0], "a1-1", FILE, sources)
        assert first.id not in chart.sources

    def test_conditions_take_names_numbers_and_lists(self) -> None:
        base = "table: claims\nx: place\ny: value\ntitle: 数\nwhere: "
        one = chart_of(base + "{place: 聊城市, unit: 个}\n")
        short = chart_of(base + "{place: 聊城, unit: [个]}\n")
        assert one.rows == short.rows
        values = {row[1].exact for row in one.rows}
        large = chart_of(base + '{place: 聊城市, unit: 个, value: ">= 50"}\n')
        assert {row[1].exact for row in large.rows} == {each for each in values if int(each) >= 50}
        other = chart_of(base + '{place: "!= 聊城市", unit: 个}\n')
        assert "聊城市" not in {row[0].text for row in other.rows}


class TestFiles:
    def test_a_line_stands_on_the_rows_of_a_file(self) -> None:
        chart = chart_of(LINE, {"grain.csv": GRAIN.encode()})
        assert ["100.5万吨", "110万吨", "600万吨"] == [row[2].text for row in chart.rows]
        assert "content/data/grain.csv 第 2 行" == chart.rows[0][2].derived
        assert "统计局（content/data/grain.csv）。1行没有数字，未画。" == chart.note
        assert "包头市从2021年的100.5万吨升到2022年的110万吨；赤峰市2021年为600万吨。" == "".join(
            cell.text for cell in chart.summary
        )
        assert ["1005000", "1100000", "6000000"] == [row[2].exact for row in chart.rows]

    @pytest.mark.parametrize("data", [GRAIN.encode("utf-8-sig"), GRAIN.replace("\n", "\r\n").encode()])
    def test_byte_order_mark_and_line_ends_do_not_matter(self, data: bytes) -> None:
        assert chart_of(LINE, {"grain.csv": GRAIN.encode()}).svg == chart_of(LINE, {"grain.csv": data}).svg

    def test_a_matrix_has_a_row_for_each_x_and_a_column_for_each_value_of_by(self) -> None:
        text = (
            LINE.replace("type: line", "type: matrix")
            .replace("x: 年份", "x: 地区")
            .replace("by: 地区", "by: 年份")
        )
        chart = chart_of(text, {"grain.csv": GRAIN.encode()})
        layout = chart.figure["layout"]
        assert ["赤峰市", "包头市"] == layout["yaxis"]["ticktext"]
        assert ["2021年", "2022年"] == layout["xaxis"]["ticktext"]
        assert "万吨" == chart.unit

    def test_numbers_may_have_commas_and_lines_may_go_below_zero(self) -> None:
        data = '月,数\n2024-01,"1,200"\n2024-02,-300\n'.encode()
        chart = chart_of("table: m.csv\nx: 月\ny: 数\ntype: line\nsource: 甲\ntitle: 数\n", {"m.csv": data})
        assert ["1200", "-300"] == [row[1].exact for row in chart.rows]
        assert chart.figure["layout"]["yaxis"]["range"][0] < -299

    @pytest.mark.parametrize(
        ("data", "code", "said"),
        [
            (GRAIN.encode("gb18030"), "E-ENCODING", "GB18030"),
            (b"\xff\xfe\xfa", "E-ENCODING", "no UTF-8"),
            (b"", "E-CSV", "is empty"),
            (b"a,b\n1,2,3\n", "E-CSV", ":2 the row has 3 cells"),
            (b"a,a\n1,2\n", "E-CSV", "two columns are called a"),
            ("年份；产量\n1；2\n".encode(), "E-CSV", "one column"),
            (b"a,b\n" + b"1,2\n" * 5001, "E-LARGE", "5001 rows"),
            (b"a,b\n" + b"1" * MOST_BYTES, "E-LARGE", "MB"),
            (b"a,b\n\0,1\n", "E-CONTROL", "U+0000"),
            (b"a,b\n\x11,1\n", "E-CONTROL", "U+0011"),
            ("a,b\n1,36\u200b.5\n".encode(), "E-INVISIBLE", "parts a number"),
            (b'a,b\n"1,2\n', "E-CSV", "is no table"),
        ],
    )
    def test_a_file_that_cannot_be_read_is_told_at_the_line_that_names_it(
        self, data: bytes, code: str, said: str
    ) -> None:
        problem = fault(LINE, {"grain.csv": data})
        assert (7, 8, code) == (problem.line, problem.col, problem.code)
        assert said in problem.message
        assert "content/data/grain.csv" in problem.message

    def test_a_cell_over_several_lines_does_not_shift_the_lines(self) -> None:
        frame = read_csv("a.csv", b'a,b\n"x\ny",1\n\nz,2\n')
        assert [2, 5] == list(frame["\0line"])

    def test_columns_without_a_name_are_left_out(self) -> None:
        """As spreadsheets write them, who end each line with a comma."""
        frame = read_csv("a.csv", b"a,,b,\n1,2,3,\n,9,,\n4,,5,\n")
        assert ["a", "b", "\0line"] == list(frame.columns)
        assert [2, 4] == list(frame["\0line"])

    def test_a_refusal_is_a_problem(self) -> None:
        with pytest.raises(SitegenError):
            read_csv("a.csv", b"")


GOOD = "table: claims\nx: place\ny: value\ntitle: 数\nwhere: {unit: 个}\n"
MISTAKES = [  # block, line and column, code, what is said; the fence stands on line 6
    ("table: [claims\nx: 1\n", (8, 2), "E-YAML", "no YAML"),
    ("table: &a claims\nx: *a\n", (8, 4), "E-YAML", "repeats"),
    ("- a\n", (7, 1), "E-CHART", "no list of keys"),
    ("", (6, 1), "E-KEY", "has no table"),
    (GOOD.replace("title", "titel"), (10, 1), "E-KEY", "did you mean title?"),
    (GOOD.replace("title: 数\n", ""), (6, 1), "E-KEY", "has no title"),
    (GOOD + "x: kind\n", (12, 1), "E-KEY", "stands twice"),
    (GOOD.replace("place", "[place]"), (8, 4), "E-TYPE", "x must be text"),
    (GOOD.replace("数", "数" * 200), (10, 8), "E-TYPE", "200 characters"),
    (GOOD + "type: pie\n", (12, 7), "E-CHART-TYPE", "use one of bar, line, matrix"),
    (GOOD + "type: lines\n", (12, 7), "E-CHART-TYPE", "did you mean line?"),
    (GOOD + "type: matrix\n", (12, 7), "E-KEY", "has no by"),
    (GOOD + "top: 0\n", (12, 6), "E-TYPE", "whole number"),
    (GOOD + "id: 包头\n", (12, 5), "E-TYPE", "small letters"),
    (GOOD.replace("{unit: 个}", "个"), (11, 8), "E-TYPE", "where must be"),
    (GOOD.replace("{unit: 个}", "{unit: {a: b}}"), (11, 15), "E-TYPE", "value or a list"),
    (GOOD.replace("claims", "claim"), (7, 8), "E-CHART-TABLE", "did you mean claims?"),
    (GOOD.replace("claims", "zzz"), (7, 8), "E-CHART-TABLE", "use one of claims"),
    (GOOD.replace("place", "plcae"), (8, 4), "E-CHART-COLUMN", "did you mean place?"),
    (GOOD.replace("y: value", "y: sum"), (9, 4), "E-CHART-COLUMN", "no column sum"),
    (GOOD.replace("{unit", "{unti"), (11, 9), "E-CHART-COLUMN", "did you mean unit?"),
    (GOOD.replace("y: value", "y: label"), (9, 4), "E-CHART-NUMBER", "no column of numbers"),
    (GOOD.replace("{unit: 个}", "{place: 聊成市}"), (11, 9), "E-CHART-EMPTY", "did you mean 聊城市?"),
    (GOOD.replace("{unit: 个}", '{value: ">= 很多"}'), (11, 9), "E-CHART-NUMBER", "cannot be compared"),
    (GOOD.replace("where: {unit: 个}\n", ""), (9, 4), "E-CHART-UNIT", "several units"),
    (GOOD + "type: line\n", (8, 4), "E-CHART-TWICE", "two rows are for"),
    (GOOD + "source: 甲\n", (12, 9), "E-KEY", "says its source itself"),
    (GOOD.replace("数", "数[[claim:a-1]]"), (10, 8), "E-CLAIM", "no number"),
    (LINE.replace("grain", "grian"), (7, 8), "E-CHART-FILE", "did you mean grain.csv?"),
    (LINE.replace("grain.csv", "grain.xlsx"), (7, 8), "E-CHART-FILE", "save it as"),
    (LINE.replace("grain", "../../etc/grain"), (7, 8), "E-CHART-FILE", "content/data"),
    (LINE.replace("grain", "/etc/passwd"), (7, 8), "E-CHART-FILE", "content/data"),
    (LINE.replace("grain", "a\\\\b"), (7, 8), "E-CHART-FILE", "content/data"),
    (LINE.replace("source: 统计局\n", ""), (7, 8), "E-CHART-SOURCE", "nothing says where"),
    (LINE.replace("y: 产量", "y: 地区"), (9, 4), "E-CHART-NUMBER", "line 2"),
    (LINE.replace("by: 地区\n", ""), (8, 4), "E-CHART-TWICE", "lines 2 and 4"),
    (LINE + "where: {年份: 1999}\n", (15, 9), "E-CHART-EMPTY", "there is 2021、2022"),
    (LINE + "where: {产量: '> 5亿'}\n", (15, 9), "E-CHART-EMPTY", "no row is left"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "where", "code", "said"), MISTAKES, ids=[f"{m[2]}-{n}" for n, m in enumerate(MISTAKES)]
)
def test_a_mistake_is_told_at_its_line(text: str, where: tuple[int, int], code: str, said: str) -> None:
    problem = fault(text, {"grain.csv": GRAIN.encode()})
    assert (*where, code) == (problem.line, problem.col, problem.code), problem
    assert said in f"{problem.message}; {problem.fix}"


def test_too_many_bars_are_refused_with_a_remedy() -> None:
    data = "名,数\n" + "".join(f"甲{n},{n}\n" for n in range(60))
    text = "table: n.csv\nx: 名\ny: 数\nsource: 甲\ntitle: 数\n"
    problem = fault(text, {"n.csv": data.encode()})
    assert (8, "E-CHART-ROWS") == (problem.line, problem.code)
    assert "top: 20" in problem.fix
    assert 20 == len(
        chart_of(text + "top: 20\n", {"n.csv": data.encode()}).figure["layout"]["yaxis"]["tickvals"]
    )


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("```chart\ntable: claims\n", 8, "has no end"),
        ("- 一\n\n  ```chart\n  x: y\n  ```\n", 10, "in a list"),
        ("> ```chart\n> x: y\n> ```\n", 8, "a quotation"),
    ],
)
def test_a_block_of_no_shape_is_refused(text: str, line: int, said: str) -> None:
    problem = load(FILE, f"{HEAD}文。\n\n{text}".encode()).problems[0]
    assert (line, "E-CHART") == (problem.line, problem.code)
    assert said in problem.message


def test_a_block_in_a_longer_fence_is_an_example() -> None:
    page = load(FILE, (HEAD + "文。\n\n````\n```chart\nx: y\n```\n````\n").encode())
    assert () == page.problems
    assert () == page.articles[0].charts
    assert "x: y" in page.articles[0].html


def test_code_within_a_line_hides_no_block_and_no_number() -> None:
    text = "```代码``` 是代码。\n\n" + block(GOOD) + "\n说到[[claim:a-1]]。\n"
    article = load(FILE, (HEAD + text).encode()).articles[0]
    assert [8] == [each.line for each in article.charts]
    assert [(16, 3)] == [(cite.line, cite.col) for cite in article.cites]


def test_nobody_can_write_the_place_of_a_chart_by_hand() -> None:
    page = load(FILE, (HEAD + '文。\n\n<figure data-chart="0"></figure>\n\n' + block(GOOD)).encode())
    assert 1 == page.articles[0].html.count("data-chart")


def test_the_yaml_of_a_chart_is_no_text_of_the_article() -> None:
    page = load(FILE, (HEAD + "前文。\n" + block(GOOD) + "后文3亿元。\n").encode())
    article = page.articles[0]
    assert ["前文。", "后文3亿元。"] == [each.text for each in article.paragraphs]
    assert [6, 14] == [each.lines[0] for each in article.paragraphs]


def test_the_schema_takes_what_the_loader_takes() -> None:
    validator = jsonschema.Draft202012Validator(schemas()["chart"])
    assert [] == list(validator.iter_errors(yaml.safe_load(LINE)))
    assert [] == list(validator.iter_errors(yaml.safe_load(GOOD)))
    assert [] != list(validator.iter_errors(yaml.safe_load(GOOD + "colour: red\n")))


KEYS = ["table", "title", "x", "y", "by", "where", "type", "unit", "source", "note", "top", "id", "zz"]
VALUES = ["claims", "grain.csv", "people", "value", "count", "place", "年份", "产量", "地区", "kind", "line", "matrix",
          "bar", "[a, b]", "{unit: CNY}", "{产量: '> 1'}", "{value: '<= 2万'}", "{place: }", "!!binary x", "~", "3", "-1", "1e400",
          "万吨", "%", "'", "&a", "*a", "|", "2024-13", "\u2028", "￼", "[[claim:a-1]]", "<b>", "\t"]  # fmt: skip
LETTERS = st.characters(exclude_categories=("Cc", "Cs"))  # a file with control characters is no text at all
CELLS = [
    "",
    "1",
    "-2",
    "1,000",
    "x",
    "2024",
    "2024-02",
    "9999-99",
    "1e9",
    '"',
    ",",
    "\n",
    "０",
    "−3",
    "=1+1",
    "0" * 50,
    "NaN",
    "inf",
]


@given(
    st.lists(
        st.tuples(st.sampled_from(KEYS), st.sampled_from(VALUES) | st.text(LETTERS, max_size=8)), max_size=12
    ),
    st.lists(st.lists(st.sampled_from(CELLS), min_size=3, max_size=3), max_size=6),
)
@settings(max_examples=int(os.environ.get("SITEGEN_STORY_CASES", "150")), deadline=None)
def test_no_block_and_no_file_gives_a_traceback(keys: list[tuple[str, str]], cells: list[list[str]]) -> None:
    """Either a chart that is whole, or problems at lines of the block."""
    head = [("table", "grain.csv"), ("title", "数"), ("x", "年份"), ("y", "产量"), ("source", "甲")]
    text = "\n".join(f"{key}: {value}" for key, value in {**dict(head), **dict(keys)}.items())
    data = "年份,地区,产量\n" + "".join(",".join(row) + "\n" for row in cells)
    chart, problems = made(text, {"grain.csv": data.encode("utf-8", "surrogatepass")})
    assert (chart is None) != (not problems)
    assert all(FILE == each.file and each.line > 0 and each.col > 0 and each.fix for each in problems)
    if chart:
        ElementTree.fromstring(chart.svg)  # noqa: S314  our own
        assert chart.summary
        assert chart.json


def test_what_a_reader_sees_of_a_file_is_text_and_never_markup() -> None:
    evil = "<img src=x onerror=alert(1)>"
    data = f"名,数\n{evil},1\n=1+1,2\n".encode()
    chart = chart_of(
        f"table: e.csv\nx: 名\ny: 数\nsource: '{evil}'\ntitle: '{evil}'\nnote: '{evil}'\n", {"e.csv": data}
    )
    assert "<img" not in chart.svg + chart.json
    assert [("=1+1", "2"), (evil, "1")] == [(row[0].text, row[1].exact) for row in chart.rows]


def test_a_story_of_an_english_site_is_summed_up_in_english() -> None:
    page = load(
        FILE,
        (
            HEAD
            + block("table: grain.csv\nx: 年份\ny: 产量\ntype: line\nunit: 万吨\nsource: 局\ntitle: 涨\n")
        ).encode(),
    )
    data = DataFile(
        "content/data/grain.csv", read_csv("grain.csv", "年份,产量\n2021,100\n2022,110\n".encode())
    )
    chart, problems = build_story(
        page.articles[0].charts[0], "a1-1", FILE, StorySources(TABLES, chart_words("en"), lambda name: data)
    )
    assert () == problems
    assert chart is not None
    assert "100万吨 in 2021, up to 110万吨 in 2022." == "".join(cell.text for cell in chart.summary).strip()
    assert "局 (content/data/grain.csv)." == chart.note.strip()
