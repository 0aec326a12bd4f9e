"""The project's own site as it is published: every number on its sentence, every link to something, nothing from elsewhere."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from site_html import Names, Page, classes, inside, local, stated, target, unsourced, words
from sites import ROOT, copy_site, sitegen_process, tree

from sitegen.strings import load as load_strings

Records = dict[str, list[dict[str, Any]]]
SHARED = ("index.html", "404.html", "about/index.html", "method/index.html", "articles/index.html", "charts/index.html",
          "places/index.html", "industries/index.html", "projects/index.html", "people/index.html",
          "checks/index.html", "data/index.html", "search/index.html")  # fmt: skip
ELSEWHERE = re.compile(r"(?:https?:)?//|data:|javascript:", re.IGNORECASE)
SHORT_SCALES = re.compile(r"\d[GMk]\b")


@pytest.fixture(scope="module")
def files(published: Path) -> dict[str, bytes]:
    return tree(published)


@pytest.fixture(scope="module")
def pages(files: dict[str, bytes]) -> dict[str, Page]:
    return {path: Page(path, data.decode("utf-8")) for path, data in files.items() if path.endswith(".html")}


@pytest.fixture(scope="module")
def records(files: dict[str, bytes]) -> Records:
    found: Records = json.loads(files["data/facts.json"])
    return found


@pytest.fixture(scope="module")
def claims(records: Records) -> dict[str, dict[str, Any]]:
    return {claim["id"]: claim for claim in records["claims"]}


@pytest.fixture(scope="module")
def names(records: Records, pages: dict[str, Page]) -> Names:
    found = {article[key] for article in records["articles"] for key in ("title", "kicker") if article[key]}
    found |= {claim[key] for claim in records["claims"] for key in ("subject", "label", "of") if claim[key]}
    found |= {name for project in records["projects"] for name in (project["name"], *project["companies"])}
    headlines = {path: words(page.all("h1")[0]) for path, page in pages.items()}
    explained = {text for key, text in load_strings("zh-CN").words.items() if key.startswith("field.")}
    return Names.of(found, headlines, explained)


@pytest.fixture(scope="module")
def charts(pages: dict[str, Page]) -> dict[str, Page]:
    found = {
        path.split("/")[1]: page
        for path, page in pages.items()
        if re.fullmatch(r"charts/[^/]+/index\.html", path)
    }
    assert len(found) >= 5
    return found


def test_every_page_type_is_built(pages: dict[str, Page], records: Records) -> None:
    assert set(SHARED) <= pages.keys()
    used = {tie["industry"] for place in records["places"] for tie in place["industries"]}
    used |= {claim["industry"] for claim in records["claims"] if claim["industry"]}
    wanted = [f"articles/{article['id']}/index.html" for article in records["articles"]]
    wanted += [f"places/{place['name']}/index.html" for place in records["places"]]
    wanted += [f"industries/{industry}/index.html" for industry in used]
    assert len(wanted) > 20
    assert [] == [path for path in wanted if path not in pages]


def test_every_number_leads_to_a_mark_that_is_the_number(
    pages: dict[str, Page], claims: dict[str, dict[str, Any]]
) -> None:
    """All of a number's claims have their mark, the link opens the first, and its words are the printed ones."""
    checked = 0
    for path, page in pages.items():
        for element in (chain[-1] for chain in page.chains if "data-claim" in chain[-1].attrib):
            ids = element.get("data-claim", "").split()
            assert ids
            for id_ in ids:
                mark = pages[f"articles/{claims[id_]['article']}/index.html"].by_id[f"c-{id_[-8:]}"]
                assert ("mark", claims[id_]["raw"]) == (local(mark), words(mark))
            if local(element) == "a":
                there = (f"articles/{claims[ids[0]]['article']}/index.html", f"c-{ids[0][-8:]}")
                assert there == target(path, element.get("href", ""))
                assert claims[ids[0]]["raw"] in words(element), (path, ids[0])
            checked += 1
    assert checked > 3 * len(claims)


def test_every_claim_is_marked_once_where_its_article_prints_it(
    pages: dict[str, Page], records: Records
) -> None:
    articles = {article["id"]: article for article in records["articles"]}
    assert records["claims"]
    for claim in records["claims"]:
        page = pages[f"articles/{claim['article']}/index.html"]
        text = articles[claim["article"]]["paragraphs"][claim["paragraph"]]["text"]
        assert claim["raw"] == text[claim["start"] : claim["end"]]
        assert claim["raw"] == words(page.by_id[f"c-{claim['id'][-8:]}"])
        paragraph = next(chain[-2] for chain in page.chains if chain[-1].get("id") == f"c-{claim['id'][-8:]}")
        kept = "".join(_own_text(paragraph))
        assert text == kept, "an article's text is what the records say, without the notes of its marks"


def _own_text(element: Any) -> list[str]:
    parts = [element.text or ""]
    for child in element:
        parts += [] if "card" in classes(child) else _own_text(child)
        parts.append(child.tail or "")
    return parts


def test_no_number_stands_without_its_source(pages: dict[str, Page], names: Names) -> None:
    """In figures, tables, headlines, summaries, key numbers, checks: all of the main part but the quoted source itself."""
    assert [] == [fault for page in pages.values() for fault in unsourced(page, names)]


@pytest.mark.parametrize(
    ("where", "what"),
    [
        ('<p class="deck">', "共7项"),
        ('<p class="deck">', "投资三千亿元，"),
        ("<tbody>\n", "<tr><th>甲市</th><td>12.5亿元</td></tr>"),
        ('<text x="0"', '<text x="0" y="9" class="c-num">88</text>'),
        ("<h1>", "两家企业"),
        ('<ul class="legend">', "<li>100%</li>"),
        ("<main ", '<main><section class="keys"><p><a href="../../index.html">57%</a></p></section>'),
        ('<p class="deck">', '<a href="../progress/index.html">160个</a>'),
    ],
)
def test_a_number_without_a_source_is_found(
    charts: dict[str, Page], names: Names, where: str, what: str
) -> None:
    page = charts["money"]
    spot = page.text.index(where)
    inserted = spot if where.startswith(("<text", "<main")) else spot + len(where)
    spoilt = Page(page.path, page.text[:inserted] + what + page.text[inserted:])
    assert [] == unsourced(page, names)
    found = unsourced(spoilt, names)
    assert len(found) == 1, found


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


def test_every_link_and_anchor_resolves_and_nothing_comes_from_elsewhere(
    pages: dict[str, Page], files: dict[str, bytes]
) -> None:
    allowed = _outgoing(ROOT)
    checked = 0
    for path, page in pages.items():
        for chain in page.chains:
            element = chain[-1]
            for name, link in element.attrib.items():
                if name.rpartition("}")[2] not in ("href", "src", "action", "poster", "srcset", "data"):
                    continue
                if local(element) == "a" and link in allowed:
                    continue
                assert not ELSEWHERE.match(link), (path, link)
                there, anchor = target(path, link)
                assert there in files, (path, link)
                if anchor:
                    assert anchor in pages[there].by_id, (path, link)
                checked += 1
            assert "url(http" not in element.get("style", "")
            for used in re.findall(r"url\(#([^)]+)\)", element.get("style", "") + element.get("fill", "")):
                assert used in page.by_id, (path, used)
        assert not page.all("iframe", "object", "embed", "base")
    assert checked > 1000


def _outgoing(root: Path) -> set[str]:
    """Addresses elsewhere that the project's own content names; only they may be linked, and only by a link."""
    texts = [
        path.read_text("utf-8") for folder in ("content", "seeds") for path in (root / folder).rglob("*.*")
    ]
    return {link for text in texts for link in re.findall(r"https?://[^\s\"'<>)]+", text)}


def test_stylesheets_and_own_scripts_fetch_nothing_from_elsewhere(files: dict[str, bytes]) -> None:
    own = {path: data.decode("utf-8") for path, data in files.items()
           if path.endswith((".css", ".js")) and not path.endswith("plotly.min.js")}  # fmt: skip
    assert {
        "assets/style.css",
        "assets/charts.css",
        "assets/site.js",
        "assets/search.js",
        "assets/charts.js",
    } <= own.keys()
    for path, text in own.items():
        assert [] == re.findall(r"@import|url\((?!#)[^)]*\)|https?://|\bfetch\(|XMLHttpRequest", text), path


def test_no_page_has_a_fault_of_form(pages: dict[str, Page]) -> None:
    """Valid to the parser of browsers; one headline, a language, a title and a description of its own, ids unique."""
    for path, page in pages.items():
        assert (path, []) == (path, page.parsed[1])
        twice = sorted({id_ for id_ in page.ids if page.ids.count(id_) > 1})
        assert (path, []) == (path, twice)
        assert (path, 1) == (path, len(page.all("h1")))
        assert words(page.all("h1")[0]).strip()
        assert "zh-CN" == page.all("html")[0].get("lang")
        assert words(page.all("title")[0]).strip()
        said = [meta.get("content", "") for meta in page.all("meta") if meta.get("name") == "description"]
        assert (path, 1) == (path, len(said))
        assert said[0].strip()
        levels = [int(local(each)[1]) for each in page.all("h1", "h2", "h3", "h4")]
        assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False)), (
            path,
            levels,
        )
        assert all("alt" in each.attrib for each in page.all("img")), path
        for described in (chain[-1] for chain in page.chains if chain[-1].get("aria-describedby")):
            assert described.get("aria-describedby") in page.by_id
        for labelled in (chain[-1] for chain in page.chains if chain[-1].get("aria-labelledby")):
            assert set(labelled.get("aria-labelledby", "").split()) <= page.by_id.keys()


def test_titles_tell_pages_apart(pages: dict[str, Page]) -> None:
    titles: dict[str, list[str]] = {}
    for path, page in pages.items():
        titles.setdefault(words(page.root.find("head/title")), []).append(path)  # type: ignore[arg-type]
    assert [] == [paths for paths in titles.values() if len(paths) > 1]


def test_each_chart_says_the_same_in_drawing_words_and_table(
    charts: dict[str, Page], files: dict[str, bytes], claims: dict[str, dict[str, Any]]
) -> None:
    for id_, page in charts.items():
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
        listed = list(csv.reader(io.StringIO(files[f"data/charts/{id_}.csv"].decode("utf-8-sig"))))
        assert [*listed[0][-2:]] == ["claims", "working"]
        assert len(header) == len(listed[0]) - 2
        assert len(rows) == len(listed) - 1
        for cells, values in zip(rows, listed[1:], strict=True):
            for cell, value in zip(cells, values[:-2], strict=True):
                _same(cell, value, claims)
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
        scale = {"": 0, "万": 4, "亿": 8}[re.match(r"[万亿]?", text[digits.end() :])[0]]  # type: ignore[index]
        assert Decimal(digits[0]).scaleb(scale) == Decimal(value)


def test_every_number_of_a_summary_stands_in_the_table_or_shows_its_working(charts: dict[str, Page]) -> None:
    for id_, page in charts.items():
        table = words(page.by_id[f"t-{id_}"])
        for holder in (
            each for each in page.all("p", "h1") if classes(each) & {"deck"} or local(each) == "h1"
        ):
            for number in (each for each in holder.iter() if "n" in classes(each)):
                assert words(number) in table, (id_, words(number))


def test_scales_are_chinese_and_no_axis_speaks_of_thousands_in_letters(charts: dict[str, Page]) -> None:
    for id_, page in charts.items():
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


def test_the_data_package_is_valid_and_every_file_is_as_described(
    published: Path, files: dict[str, bytes]
) -> None:
    from frictionless import Package, system

    with system.use_context(trusted=True):
        package = Package(str(published / "data/datapackage.json"))
        report = package.validate()
    assert report.valid, report.flatten(["fieldName", "rowNumber", "message"])
    described = {f"data/{resource.path}" for resource in package.resources}
    assert described == {path for path in files if path.endswith(".csv")}
    for resource in package.resources:
        rows = list(csv.reader(io.StringIO(files[f"data/{resource.path}"].decode("utf-8-sig"))))
        assert [field.name for field in resource.schema.fields] == rows[0]


def test_the_feed_the_sitemap_and_robots_name_the_sites_pages(
    files: dict[str, bytes], records: Records
) -> None:
    import feedparser

    feed = feedparser.parse(files["feed.xml"])
    assert not feed.bozo
    assert b'xml:lang="zh-CN"' in files["feed.xml"]
    assert len(records["articles"]) == len(feed.entries) == len({entry.id for entry in feed.entries})
    for entry in feed.entries:
        assert unquote(entry.link) in files
        assert entry.updated_parsed
        assert entry.content[0].value.strip()
    listed = re.findall(r"<loc>([^<]+)</loc>", files["sitemap.xml"].decode("utf-8"))
    assert {path for path in files if path.endswith(".html")} - {"404.html", "search/index.html"} == {
        unquote(path) for path in listed
    }
    assert len(listed) == len(set(listed))
    assert b"User-agent: *\nAllow: /\n" == files["robots.txt"]


NO_NETWORK = """
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise RuntimeError(f"wants the network: {arguments}")

sys.addaudithook(refuse)
sys.argv = ["sitegen", "build"]
from sitegen.cli import main
main()
"""


def test_a_build_needs_no_network(published: Path, tmp_path: Path) -> None:
    """Any address looked up ends the build; where the machine can do so, it is also cut off from every network."""
    alone = ["unshare", "--map-root-user", "--net"]
    can = shutil.which(alone[0]) is not None and 0 == subprocess.run([*alone, "true"], check=False).returncode
    assert can or os.environ.get("SITEGEN_BROWSER") != "required", (
        "unshare cannot cut a process off the network here"
    )
    for name in ("seeds", "content"):
        copy_site(ROOT / name, tmp_path / name)
    command = [*(alone if can else []), sys.executable, "-c", NO_NETWORK]
    done = sitegen_process(cwd=tmp_path, script=f"import os\nos.execvp({command[0]!r}, {command!r})")
    assert 0 == done.code, done.err
    assert tree(published) == tree(tmp_path / "build")
