"""A data story in a whole site: charts and cited numbers on pages, in the feed, in `explain`, `diff` and `serve`; what is wrong
with them stops the build.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from site_html import Page, words
from sites import make_site, sitegen, tree
from watchfiles import Change

from sitegen.serve import _matters, watched
from sitegen.workspace import open_site

FILE = "content/articles/s.md"
HEAD = '---\ntitle: "钱在哪里"\ndate: "2025-06-12"\n---\n\n'
GRAIN = "年份,地区,产量\n2021,包头市,100.5\n2022,包头市,110\n2021,赤峰市,600\n2022,赤峰市,\n"
LINE = "table: grain.csv\nx: 年份\ny: 产量\nby: 地区\ntype: line\nunit: 万吨\nsource: 统计局\ntitle: 涨了\n"


def block(yaml_text: str) -> str:
    return f"```chart\n{yaml_text.rstrip()}\n```\n"


STORY = (
    HEAD
    + "{cite}\n\n"
    + block("table: claims\nx: label\ny: value\ntitle: 亿元以上\nwhere: {unit: CNY}\n")
    + """
签约之后，新厂投资7亿元，见[[claim:{id}]]一句“[[claim:{id}]]”，产量8万吨。

"""
    + block(LINE)
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a data story about the number of its page, and a page of running text with a chart."""
    root = make_site(tmp_path_factory.mktemp("story") / "site")
    assert 0 == sitegen("build", cwd=root).code
    claim = _claim(root, "36.5亿元")
    (root / "content/data").mkdir()
    (root / "content/data/grain.csv").write_text(GRAIN, "utf-8")
    text = STORY.replace("{cite}", "开头[[claim:{id}]]。").replace("{id}", claim)
    (root / FILE).write_text(text, "utf-8")
    (root / "content/pages").mkdir()
    page = f'---\ntitle: "关于"\n---\n\n见[[claim:{claim}]]。\n\n{block(LINE + "id: grain")}'
    (root / "content/pages/about.md").write_text(page, "utf-8")
    done = sitegen("build", cwd=root)
    assert 0 == done.code, done.err
    return root


def _claim(root: Path, raw: str) -> str:
    records = json.loads((root / "build/data/facts.json").read_text("utf-8"))
    return next(each["id"] for each in records["claims"] if each["raw"] == raw)


def _story(root: Path) -> Path:
    return next(
        path for path in (root / "build/articles").glob("*/index.html") if "钱在哪里</h1>" in path.read_text()
    )


def test_a_number_of_another_text_is_printed_with_its_sentence(site: Path) -> None:
    page = Page("x", _story(site).read_text("utf-8"))
    links = [each for each in page.all("a") if each.get("data-claim") == _claim(site, "36.5亿元")]
    cited = [each for each in links if each.get("title")]
    assert 3 == len(cited)
    assert {"36.5亿元"} == {words(each) for each in cited}
    assert {"签约投资，已发生"} == {each.get("title") for each in cited}
    assert all("#c-" in each.get("href", "") for each in cited)
    assert "\ufffc" not in page.text


def test_numbers_behind_a_cited_one_stand_where_they_are_marked(site: Path) -> None:
    records = json.loads((site / "build/data/facts.json").read_text("utf-8"))
    own = {each["raw"]: each for each in records["claims"] if each["raw"] in ("7亿元", "8万吨")}
    text = "签约之后，新厂投资7亿元，见36.5亿元一句“36.5亿元”，产量8万吨。"
    for raw, claim in own.items():
        assert text.index(raw) == claim["start"]
        assert claim["quote"] == text
    page = _story(site).read_text("utf-8")
    assert {"7亿元", "8万吨"} == set(re.findall(r"<mark [^>]*>([^<]+)</mark>", page))


def test_the_charts_stand_in_the_text_and_have_pages_downloads_and_embeds(site: Path) -> None:
    page = Page("x", _story(site).read_text("utf-8"))
    figures = [each.get("id", "").removeprefix("chart-") for each in page.all("figure")]
    assert 2 == len(figures)
    for id_ in (*figures, "grain"):
        for name in (
            f"charts/{id_}/index.html",
            f"embed/{id_}/index.html",
            f"data/charts/{id_}.csv",
            f"data/charts/{id_}.svg",
        ):
            assert (site / "build" / name).is_file(), name
    assert all(page.by_id[f"chart-{id_}"].find(".//table") is not None for id_ in figures)
    assert "assets/drawing.css" in page.text
    assert 'id="chart-grain"' in (site / "build/about/index.html").read_text("utf-8")


def test_the_feed_names_the_chart_and_opens_the_sentence(site: Path) -> None:
    feed = (site / "build/feed.xml").read_text("utf-8")
    assert "data-chart" not in feed
    assert "claim:" not in feed
    assert "亿元以上" in feed


def test_explain_knows_the_chart_of_a_text(site: Path) -> None:
    id_ = re.search(r'id="chart-(a\w+-1)"', _story(site).read_text("utf-8"))[1]
    done = sitegen("explain", f"chart:{id_}", cwd=site)
    assert 0 == done.code, done.err
    assert "36.5亿元" in done.out


def test_facts_are_up_to_date_where_a_text_cites_a_number(site: Path) -> None:
    assert 0 == sitegen("build", "--frozen", cwd=site).code


def test_an_edit_of_a_file_changes_its_chart_like_a_clean_build(site: Path, tmp_path: Path) -> None:
    root = tmp_path / "edited"
    shutil.copytree(site, root)
    (root / "content/data/grain.csv").write_text(GRAIN.replace("600", "650"), "utf-8")
    assert 0 == sitegen("build", cwd=root).code
    changed = tree(root / "build")
    assert (
        "650万吨" in changed["data/charts/grain.svg"].decode()
        or "650万吨" in changed["charts/grain/index.html"].decode()
    )
    assert 0 == sitegen("build", "--no-cache", "-o", tmp_path / "clean", cwd=root).code
    assert tree(tmp_path / "clean") == changed


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (("[[claim:{id}]]。", "[[claim:a000-00000000]]。"), "6:3: E-CLAIM", "no number of the site"),
        (("```chart\ntable: claims", "```chart\nid: progress\ntable: claims"), "E-OUTSIDE", "grain.csv"),
        (("type: line", "type: line\nid: grain"), "E-CHART-ID", "already"),
    ],
)
def test_what_is_wrong_stops_the_build(
    site: Path, tmp_path: Path, change: tuple[str, str], code: str, said: str
) -> None:
    root = tmp_path / "wrong"
    shutil.copytree(site, root)
    before, after = (part.replace("{id}", _claim(site, "36.5亿元")) for part in change)
    text = (root / FILE).read_text("utf-8")
    assert before in text
    (root / FILE).write_text(text.replace(before, after, 1), "utf-8")
    if code == "E-OUTSIDE":
        (root / "content/data/grain.csv").unlink()
        (root / "content/data/grain.csv").symlink_to("/etc/passwd")
    done = sitegen("build", cwd=root)
    assert 1 == done.code
    assert (f"{FILE}:" in done.err) == (code != "E-OUTSIDE")  # that is told at the link
    assert code in done.err
    assert said in done.err


def test_a_rejected_number_cannot_be_cited(site: Path, tmp_path: Path) -> None:
    root = tmp_path / "rejected"
    shutil.copytree(site, root)
    claim = _claim(site, "36.5亿元")
    (root / "content/reviews").mkdir()
    (root / "content/reviews/r.yml").write_text(
        f"{claim}: {{verdict: rejected, who: 甲, when: '2025-06-12'}}\n", "utf-8"
    )
    done = sitegen("build", cwd=root)
    assert 1 == done.code
    assert f"{FILE}:6:3: E-CLAIM" in done.err
    assert "rejected" in done.err
    assert "content/pages/about.md:5:2: E-CLAIM" in done.err


def test_serve_watches_the_files_of_charts(site: Path) -> None:
    folders = watched(open_site(site, site))
    path = site / "content/data/grain.csv"
    assert any(path.is_relative_to(folder) for folder in folders)
    assert _matters(Change.modified, str(path))


def test_diff_says_which_charts_change(site: Path, tmp_path: Path) -> None:
    root = tmp_path / "versioned"
    shutil.copytree(site, root)
    git = ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "content", "seeds"], ["commit", "-qm", "a"]):
        subprocess.run([*git, *command], check=True, capture_output=True)
    (root / "content/data/grain.csv").write_text(GRAIN.replace("600", "650"), "utf-8")
    done = sitegen("diff", "HEAD", "--format", "json", cwd=root)
    changes = json.loads(done.out)["changes"]
    assert {"chart"} == {each["what"] for each in changes}
    assert "grain" in {each["name"] for each in changes}
