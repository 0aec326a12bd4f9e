"""Every number of the published site leads to the sentence that says it or shows how it was worked out; each chart says
the same in drawing, words, table and CSV.
"""

import csv
import io
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from crawl import Crawl
from site_html import Page, classes, inside, local, stated, target, unsourced, words

SHORT_SCALES = re.compile(r"\d[GMk]\b")


def test_every_number_leads_to_a_mark_that_is_the_number(crawl: Crawl) -> None:
    """All of a number's crawl.claims have their mark, the link opens the first, and its words are the printed ones."""
    checked = 0
    for path, page in crawl.pages.items():
        for element in (chain[-1] for chain in page.chains if "data-claim" in chain[-1].attrib):
            ids = element.get("data-claim", "").split()
            assert ids
            for id_ in ids:
                mark = crawl.home(crawl.claims[id_]["article"]).by_id[f"c-{id_[-8:]}"]
                assert ("mark", crawl.claims[id_]["raw"]) == (local(mark), words(mark))
            if local(element) == "a":
                there = (crawl.home(crawl.claims[ids[0]]["article"]).path, f"c-{ids[0][-8:]}")
                assert there == target(path, element.get("href", ""))
                assert crawl.claims[ids[0]]["raw"] in words(element), (path, ids[0])
            checked += 1
    assert checked > 3 * len(crawl.claims)


def test_every_claim_is_marked_once_where_its_article_prints_it(crawl: Crawl) -> None:
    articles = {article["id"]: article for article in crawl.records["articles"]}
    assert crawl.records["claims"]
    for claim in crawl.records["claims"]:
        page = crawl.home(claim["article"])
        text = articles[claim["article"]]["paragraphs"][claim["paragraph"]]["text"]
        assert claim["raw"] == text[claim["start"] : claim["end"]]
        assert claim["raw"] == words(page.by_id[f"c-{claim['id'][-8:]}"])
        paragraph = next(chain[-2] for chain in page.chains if chain[-1].get("id") == f"c-{claim['id'][-8:]}")
        kept = "".join(_own_text(paragraph))
        assert text == kept, (
            "an article's text is what the crawl.records say, without the notes and doubts of its marks"
        )


def _own_text(element: Any) -> list[str]:
    parts = [element.text or ""]
    for child in element:
        parts += [] if classes(child) & {"card", "q"} else _own_text(child)
        parts.append(child.tail or "")
    return parts


def test_no_number_stands_without_its_source(crawl: Crawl) -> None:
    """In figures, tables, headlines, summaries, key numbers, checks: all of the main part but the quoted source itself."""
    assert [] == [fault for page in crawl.pages.values() for fault in unsourced(page, crawl.names)]


@pytest.mark.parametrize(
    ("where", "what"),
    [
        ('<p class="deck">', "共7项"),
        ('<p class="deck">', "投资三千亿元，"),
        ("<tbody>\n", "<tr><th>甲市</th><td>12.5亿元</td></tr>"),
        ('<text x="0"', '<text x="0" y="9" class="c-num">88</text>'),
        ("</h1>", "两家企业"),
        ('<ul class="legend">', "<li>100%</li>"),
        ("<main ", '<main><section class="keys"><p><a href="../../index.html">57%</a></p></section>'),
        ('<p class="deck">', '<a href="../progress/index.html">160个</a>'),
    ],
)
def test_a_number_without_a_source_is_found(crawl: Crawl, where: str, what: str) -> None:
    page = crawl.charts["money"]
    spot = page.text.index(where)
    inserted = spot if where.startswith(("<text", "<main", "</")) else spot + len(where)
    spoilt = Page(page.path, page.text[:inserted] + what + page.text[inserted:])
    assert [] == unsourced(page, crawl.names)
    found = unsourced(spoilt, crawl.names)
    assert len(found) == 1, found


def test_what_is_worked_out_is_what_its_working_gives(crawl: Crawl) -> None:
    """A working is a sum that comes to the number, or a list of as many things; else it says what was counted."""
    seen: dict[str, int] = {"sum": 0, "list": 0, "words": 0}
    for path, page in crawl.pages.items():
        for shown in (each for each in page.all("span") if "data-derived" in each.attrib):
            working, printed = shown.get("data-derived", ""), stated(words(shown))
            assert len(printed) == 1, (path, words(shown))
            kind = _kind_of_working(working)
            seen[kind] += 1
            if kind == "sum":
                assert _comes_to(working), (path, working)
            elif kind == "list":
                listed = len(working.split("、"))
                more = working.endswith("…")  # of a crowd only the beginning is listed
                assert Decimal(printed[0]) >= listed if more else Decimal(printed[0]) == listed, (
                    path,
                    working,
                )
            else:
                assert not stated(working) or [working] == printed == ["0"], (path, working)
    assert seen["list"] >= 1
    assert sum(seen.values()) >= 20


@pytest.mark.parametrize(
    ("working", "right"),
    [
        ("160 − 137 = 23", True),
        ("160 − 137 = 24", False),
        ("1,200 + 0.5 = 1,200.5", True),
        ("137 ÷ 160 = 85.6%", True),
        ("137 ÷ 160 = 85.9%", False),
        ("2 ÷ 3 = 0.67", True),
    ],
)
def test_a_wrong_working_is_seen(working: str, right: bool) -> None:
    assert right == _comes_to(working)


def _kind_of_working(working: str) -> str:
    return "sum" if "=" in working else "list" if "、" in working else "words"


def _comes_to(working: str) -> bool:
    """Whether "160 − 137 = 23" is right, up to half of the last place that is shown."""
    left, _, right = working.partition("=")
    terms = re.split(r"\s([+−×÷])\s", left.strip())
    total = Decimal(terms[0].replace(",", ""))
    for sign, term in zip(terms[1::2], terms[2::2], strict=True):
        value = Decimal(term.replace(",", ""))
        total = {"+": total + value, "−": total - value, "×": total * value, "÷": total / value}[sign]
    shown = right.strip().replace(",", "")
    said = Decimal(shown.rstrip("%")).scaleb(-2 if shown.endswith("%") else 0)
    slack = Decimal(1).scaleb(said.as_tuple().exponent) / 2 if "." in shown else Decimal(0)
    return abs(total - said) <= slack


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025年6月10日、2026年至2030年、6月", []),
        ("《2025年的100件事》、CO2、p01.txt 第 6 行", []),
        ("100年、12026年", ["100", "12026"]),
        ("4565.7亿元和1,234项", ["4565.7亿", "1,234"]),
        ("三千多家，两家，十二项，千亿级", ["三千", "两", "十二", "千亿"]),
        ("一个地方，千瓦，其中之一", []),
    ],
)
def test_what_counts_as_a_number(text: str, expected: list[str]) -> None:
    assert expected == stated(text)


def test_each_chart_says_the_same_in_drawing_words_and_table(crawl: Crawl) -> None:
    for id_, page in crawl.charts.items():
        title = words(page.all("h1")[0])
        summary = next(words(each) for each in page.all("p") if "deck" in classes(each))
        drawings = [svg for svg in page.all("svg") if svg.get("role") == "img"]
        assert drawings, id_
        for svg in drawings:
            assert [title] == [words(each) for each in inside(svg, "title")]
            assert [summary] == [words(each) for each in inside(svg, "desc")]
        note = next(words(each) for each in page.all("p") if "src" in classes(each))
        assert note.startswith("来源："), id_
        header, rows = _table(page, f"t-{id_}")
        listed = list(csv.reader(io.StringIO(crawl.files[f"data/charts/{id_}.csv"].decode("utf-8-sig"))))
        assert [*listed[0][-2:]] == ["claims", "working"]
        assert len(header) == len(listed[0]) - 2
        assert len(rows) == len(listed) - 1
        for cells, values in zip(rows, listed[1:], strict=True):
            for cell, value in zip(cells, values[:-2], strict=True):
                _same(cell, value, crawl.claims)
            sources = {
                claim
                for cell in cells
                for link in cell.iter()
                for claim in link.get("data-claim", "").split()
            }
            assert sources <= set(values[-2].split("; ")), id_


def _table(page: Page, id_: str) -> tuple[list[Any], list[list[Any]]]:
    rows = [[each for each in row if local(each) in ("th", "td")] for row in inside(page.by_id[id_], "tr")]
    return rows[0], rows[1:]


def _same(cell: Any, value: str, claims: dict[str, dict[str, Any]]) -> None:
    """A cell's words are the CSV's, or its printed number is of that exact value."""
    text = words(cell).strip()
    if text == value:
        return
    source = next((each for each in cell.iter() if each.get("data-claim")), None)
    if source is not None:
        claim = claims[source.get("data-claim", "").split()[0]]
        assert claim["raw"] in text
        assert Decimal(str(claim["value"])) == Decimal(value), (text, value)
    else:
        digits = re.match(r"\d+(?:\.\d+)?", text)
        assert digits is not None, (text, value)
        scale = {"": 0, "万": 4, "亿": 8}[re.match(r"[万亿]?", text[digits.end() :])[0]]
        assert Decimal(digits[0]).scaleb(scale) == Decimal(value)


def test_every_number_of_a_summary_stands_in_the_table_or_shows_its_working(crawl: Crawl) -> None:
    for id_, page in crawl.charts.items():
        table = words(page.by_id[f"t-{id_}"])
        for holder in (
            each for each in page.all("p", "h1") if classes(each) & {"deck"} or local(each) == "h1"
        ):
            for number in (each for each in holder.iter() if "n" in classes(each)):
                assert words(number) in table, (id_, words(number))


def test_scales_are_chinese_and_no_axis_speaks_of_thousands_in_letters(crawl: Crawl) -> None:
    for id_, page in crawl.charts.items():
        ticks = [words(each) for each in page.all(*("text",)) if "c-tick" in classes(each)]
        figure = json.loads(words(page.by_id[f"fig-{id_}"]))
        said = [*ticks, *_strings(figure)]
        assert (id_, []) == (id_, [text for text in said if SHORT_SCALES.search(text)])
        assert (id_, []) == (id_, [key for key in _keys(figure) if key == "template"])


def _strings(tree_: Any) -> list[str]:
    if isinstance(tree_, dict):
        return [text for value in tree_.values() for text in _strings(value)]
    if isinstance(tree_, list):
        return [text for value in tree_ for text in _strings(value)]
    return [tree_] if isinstance(tree_, str) else []


def _keys(tree_: Any) -> list[str]:
    if isinstance(tree_, dict):
        return [*tree_, *(key for value in tree_.values() for key in _keys(value))]
    return [key for value in tree_ for key in _keys(value)] if isinstance(tree_, list) else []


def test_the_data_package_is_valid_and_every_file_is_as_described(crawl: Crawl) -> None:
    from frictionless import Package, system

    with system.use_context(trusted=True):
        package = Package(str(crawl.folder / "data/datapackage.json"))
        report = package.validate()
    assert report.valid, report.flatten(["fieldName", "rowNumber", "message"])
    described = {f"data/{resource.path}" for resource in package.resources}
    assert described == {path for path in crawl.files if path.endswith(".csv")}
    for resource in package.resources:
        rows = list(csv.reader(io.StringIO(crawl.files[f"data/{resource.path}"].decode("utf-8-sig"))))
        assert [field.name for field in resource.schema.fields] == rows[0]
