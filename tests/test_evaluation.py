"""`sitegen eval` says what the scorer says that the project is judged with, and tells an editor what is wrong where."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from sites import sitegen

from sitegen.checks import checked
from sitegen.evaluation import FIGURES, evaluate, figures
from sitegen.evaluation.answers import months, same_number, same_place
from sitegen.evaluation.figures import Figures
from sitegen.evaluation.reading import read_gold
from sitegen.evaluation.run import PageScore
from sitegen.problems import SitegenError
from sitegen.reading import read_pages, usable
from sitegen.records import to_json
from sitegen.workspace import named_sources

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "tools"))
import score  # noqa: E402  stands in tests/tools

SETS = sorted(path.name for path in (HERE / "gold").iterdir() if path.is_dir())
PAGES = sorted(HERE.glob("gold/*/*.yaml"))

PAGE = """招商大会签约12个项目

本报记者 赵一

2025年3月18日，固阳县招商大会举行。大会共签约项目12个，签约投资36.5亿元，涵盖新材料、现代物流等领域。

“去年签约的8个项目已经开工6个。”固阳县发展和改革局局长钱二说，今年全县工业增加值力争增长8%以上。
"""
GOLD = """page: "p.txt"
articles:
  - title: "招商大会签约12个项目"
    authors: ["赵一"]
    date: "2025-03-18"
    starts: "2025年3月18日，"
    ends: "力争增长8%以上。"
claims:
  - {raw: "12个", before: "共签约项目", value: 12, unit: "个", bound: exact, status: actual, kind: signing, place: 固阳县, period: "2025-03-18"}
  - {raw: "36.5亿元", before: "投资", value: 3650000000, unit: CNY, bound: exact, status: actual, kind: signing, place: 固阳县, period: "2025-03-18"}
  - {raw: "8个", before: "签约的", value: 8, unit: "个", bound: exact, status: actual, kind: signing, place: 固阳县, period: "2024"}
  - {raw: "6个", before: "工", value: 6, unit: "个", bound: exact, status: actual, kind: progress, place: 固阳县, period: "2024", per_alt: [year]}
  - {raw: "8%", before: "增长", value: 8, unit: "%", bound: at_least, status: target, kind: growth, place: 固阳县, period: "2025"}
projects: []
place_industries: [["固阳县", "新材料"], {place: "固阳县", industry: "现代物流", alt: ["物流"]}]
people: [{name: "钱二", title: "局长"}]
"""


def put(folder: Path, gold: str = GOLD, page: str = PAGE) -> Path:
    (folder / "p.txt").write_text(page, "utf-8")
    (folder / "p.yaml").write_text(gold, "utf-8")
    return folder


def scored_by_the_tool(path: Path, beside: Path | None = None) -> dict[str, Any]:
    """What tests/tools/score.py says of a gold file's page, which stands beside it if it is not named."""
    page = beside or path.with_suffix(".txt")
    reading = usable(read_pages(named_sources([page])))
    printed = json.loads(json.dumps(to_json(checked(reading.facts), warnings=reading.warnings)))
    gold = yaml.safe_load(path.read_text("utf-8"))
    report: dict[str, Any] = score.score_page(gold, page.read_bytes(), printed)[0].report()
    return report


@pytest.mark.parametrize("folder", SETS)
def test_every_figure_and_count_is_that_of_the_scorer(folder: str) -> None:
    found = evaluate(HERE / "gold" / folder)
    assert [path.stem for path in PAGES if path.parent.name == folder] == [page.name for page in found.pages]
    total = score.Counts()
    for page in found.pages:
        expected = scored_by_the_tool(HERE / "gold" / folder / f"{page.name}.yaml")
        total.plus(expected["counts"])
        assert compared(expected) == mine(page), page.name
    assert {name: total.report()[name] for name in FIGURES} == figures(found.counts)


def compared(expected: dict[str, Any]) -> tuple[Figures, dict[str, int]]:
    assert set(FIGURES) | {"counts"} == expected.keys()
    return {name: expected[name] for name in FIGURES}, {k: v for k, v in expected["counts"].items() if v}


def mine(page: PageScore) -> tuple[Figures, dict[str, int]]:
    return figures(page.counts), {name: count for name, count in page.counts.items() if count}


@pytest.mark.parametrize("word", ["上一年", "2025-H1", "2025上半年", "2025-01..2025-06", "2025-2027", "2025-Q3", "2025年", "2025-6-1",
                                  "“十四五”期间", "2023/2025", "目前", "", None, 2025, "2025下半年", "2024至2025"])  # fmt: skip
def test_a_period_covers_the_months_that_the_scorer_gives_it(word: Any) -> None:
    assert score.months(word) == months(word)


@pytest.mark.parametrize(("read", "expected"), [("包头市青山区", "青山区"), ("包头市", "青山区"), ("旗", "固阳县"), (None, None)])  # fmt: skip
def test_places_are_the_same_where_the_scorer_says_so(read: str | None, expected: str | None) -> None:
    assert score.same_place(read, expected) == same_place(read, expected)


@pytest.mark.parametrize(("read", "expected", "slack"), [(16.66667, 16.6667, 5e-5), (16.666, 16.6667, 5e-5), ("4,565", 4565, 0), (None, 0, 0),
                                                         (None, None, 0), (1e9, 1e9 + 1, 0), (True, 1, 0)])  # fmt: skip
def test_numbers_are_the_same_where_the_scorer_says_so(read: Any, expected: Any, slack: float) -> None:
    assert score.same_number(read, expected, slack) == same_number(read, expected, slack)


def test_misses_are_counted_as_they_are_listed() -> None:
    for folder in SETS:
        for page in evaluate(HERE / "gold" / folder).pages:
            claims = [miss for miss in page.misses if miss.record == "claim"]
            told = {
                verdict: sum(miss.verdict == verdict for miss in claims) for verdict in ("missed", "extra")
            }
            assert {"missed": page.counts["claims.fn"], "extra": page.counts["claims.fp"]} == told
            fields = sum(len(miss.differences) for miss in claims if miss.verdict == "differs")
            attributes = sum(page.counts[name] for name in page.counts if name.startswith("attr."))
            assert 7 * page.counts["claims.tp"] - attributes == fields
            assert all(miss.line for miss in claims), "every number stands on a line of the page"


def test_a_miss_names_line_number_sentence_and_field(tmp_path: Path) -> None:
    wrong = GOLD.replace(
        'kind: signing, place: 固阳县, period: "2024"',
        'kind: progress, kind_alt: [count], place: "包头市", period: "2024"',
    )
    assert wrong != GOLD
    run = sitegen("eval", put(tmp_path, wrong), cwd=tmp_path)
    assert 0 == run.code
    expected = """p.txt:7: claim 8个: read otherwise
    “去年签约的【8个】项目已经开工6个。”
    kind: progress or count ≠ signing
    place: 包头市 ≠ 固阳县
    p.yaml:11
"""
    assert expected in run.out


def test_what_is_missed_and_what_is_too_much_are_listed(tmp_path: Path) -> None:
    gold = "".join(line for line in GOLD.splitlines(keepends=True) if "36.5亿元" not in line)
    gold = gold.replace('name: "钱二"', 'name: "孙三"').replace("value: 6,", "value: 60,")
    run = sitegen("eval", put(tmp_path, gold, PAGE + "\n孙三也来了。\n"), "--format", "json", cwd=tmp_path)
    page = json.loads(run.out)["pages"][0]
    told = {(m["verdict"], m["record"], m["printed"], m["line"]) for m in page["misses"]}
    assert {("extra", "claim", "36.5亿元", 5), ("missed", "claim", "6个", 7), ("extra", "claim", "6个", 7),
            ("missed", "person", "局长 孙三", 9)} <= told  # fmt: skip
    missed = next(m for m in page["misses"] if m["verdict"] == "missed" and m["record"] == "claim")
    assert [{"field": "value", "expected": [60], "read": 6}] == missed["differences"]


def test_the_json_has_the_figures_of_all_pages_and_of_each(tmp_path: Path) -> None:
    run = sitegen("eval", put(tmp_path), "--format", "json", cwd=tmp_path)
    found = json.loads(run.out)
    assert list(FIGURES) == list(found["totals"]["figures"])
    assert ["p"] == [page["name"] for page in found["pages"]]
    assert found["totals"]["counts"] == found["pages"][0]["counts"]
    assert 1 == found["totals"]["figures"]["f1"]


def test_ci_can_fail_on_a_figure(tmp_path: Path) -> None:
    put(tmp_path, GOLD.replace("kind: progress", "kind: count"))
    fine = sitegen("eval", ".", "--at-least", "f1=1", "--at-least", "strict_f1=0.8", cwd=tmp_path)
    assert (0, "") == (fine.code, fine.err)
    low = sitegen("eval", ".", "--at-least", "f1=1", "--at-least", "strict_f1=0.85", cwd=tmp_path)
    assert 1 == low.code
    assert low.err.startswith("sitegen: E-FIGURE strict_f1 is 0.800, less than 0.85; ")
    assert fine.out == low.out


@pytest.mark.parametrize("floor", ["strict=0.8", "strict_f1", "strict_f1=80", "strict_f1=x"])
def test_a_floor_that_says_nothing_is_refused(tmp_path: Path, floor: str) -> None:
    run = sitegen("eval", put(tmp_path), "--at-least", floor, cwd=tmp_path)
    assert 2 == run.code
    assert "E-USAGE" in run.err
    assert "strict_f1" in run.err


def test_pages_may_stand_in_a_folder_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    put(tmp_path)
    (tmp_path / "p.txt").rename(tmp_path / "pages/other.txt")
    missing = sitegen("eval", ".", "--pages", "pages", cwd=tmp_path)
    assert (1, "p.yaml:1: E-GOLD-PAGE there is no page p.txt in pages") == (
        missing.code,
        missing.err.split(";")[0],
    )
    (tmp_path / "p.yaml").write_text(GOLD.replace("p.txt", "other.txt"), "utf-8")
    assert 0 == sitegen("eval", ".", "--pages", "pages", cwd=tmp_path).code


def test_only_takes_the_gold_files_that_are_named(tmp_path: Path) -> None:
    put(tmp_path)
    for suffix in (".txt", ".yaml"):
        (tmp_path / f"q{suffix}").write_bytes((tmp_path / f"p{suffix}").read_bytes())
    found = json.loads(sitegen("eval", ".", "--only", "q", "--format", "json", cwd=tmp_path).out)
    assert ["q"] == [page["name"] for page in found["pages"]]
    run = sitegen("eval", ".", "--only", "q,r", cwd=tmp_path)
    assert (2, True) == (run.code, "there is no gold file r" in run.err)


BAD = {
    "a key that nobody knows": ("bound: exact, status: actual, kind: progress", "bond: exact, status: actual, kind: progress",
                                "p.yaml:12: E-GOLD-KEY unknown key bond; did you mean bound?"),
    "a word that is none": ("kind: progress", "kind: progres", "p.yaml:12: E-GOLD-VALUE kind progres is none of its words; did you mean progress?"),
    "further answers that are none": ("per_alt: [year]", 'kind_alt: ["cout"]',
                                      "p.yaml:12: E-GOLD-VALUE a further answer for kind cout is none of its words; did you mean count?"),
    "further answers that are no list": ("per_alt: [year]", 'period_alt: "2025"',
                                         "p.yaml:12: E-GOLD-VALUE the further answers for period are no list"),
    "a number that is none": ("value: 6,", "value: sechs,", "p.yaml:12: E-GOLD-VALUE value sechs is no number"),
    "no raw": ('raw: "6个", ', "", "p.yaml:12: E-GOLD-VALUE raw is missing"),
    "an empty raw": ('raw: "6个"', 'raw: ""', "p.yaml:12: E-GOLD-VALUE raw is no text"),
    "a raw that the page does not print": ('raw: "6个"', 'raw: "66个"', "p.yaml:12: E-GOLD-RAW 工66个 is not on p.txt"),
    "a line that is no record": ("projects: []", "projects: [制氢项目]", "p.yaml:14: E-GOLD-VALUE this is no record of projects"),
    "a list that is none": ("projects: []", "projects: 制氢项目", "p.yaml:14: E-GOLD-VALUE projects is no list"),
    "a list with a wrong name": ("projects: []", "project: []", "p.yaml:14: E-GOLD-KEY unknown key project; did you mean projects?"),
    "a pair of one": ('["固阳县", "新材料"]', '["新材料"]', "p.yaml:15: E-GOLD-VALUE this is no record of place_industries"),
    "an optional that is no flag": ("per_alt: [year]", "optional: maybe", "p.yaml:12: E-GOLD-VALUE optional is maybe; write true or false"),
    "broken YAML": ('raw: "6个", ', 'raw: "6个, ', "p.yaml:"),
    "a key twice": ("value: 6,", "value: 6, value: 7,", "p.yaml:12:40: E-KEY value stands here and on line 12"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_gold_is_told_with_line_and_remedy(tmp_path: Path, case: str) -> None:
    right, wrong, message = BAD[case]
    assert right in GOLD
    run = sitegen("eval", put(tmp_path, GOLD.replace(right, wrong)), cwd=tmp_path)
    assert (1, "") == (run.code, run.out)
    assert run.err.startswith(message), run.err
    assert all("; " in line for line in run.err.splitlines())


def test_all_bad_gold_is_told_in_one_run(tmp_path: Path) -> None:
    put(tmp_path, GOLD.replace("kind: progress", "kind: x").replace("value: 12,", "wert: 12,"))
    (tmp_path / "q.yaml").write_text("claims: [{raw: 6个, value: 6}]\n", "utf-8")
    run = sitegen("eval", ".", cwd=tmp_path)
    assert ["p.yaml:9", "p.yaml:9", "p.yaml:12", "q.yaml:1"] == [
        line.split(": ")[0] for line in run.err.splitlines()
    ]


def test_other_yaml_is_left_alone_and_a_folder_without_gold_is_told(tmp_path: Path) -> None:
    (tmp_path / "seeds.yml").write_text('p01.txt: {paper: "x"}\n', "utf-8")
    run = sitegen("eval", ".", cwd=tmp_path)
    assert (1, True) == (run.code, "E-GOLD-NONE holds no gold" in run.err)
    put(tmp_path)
    assert 0 == sitegen("eval", ".", cwd=tmp_path).code


def test_a_text_may_be_repeated_by_its_name_and_nothing_else(tmp_path: Path) -> None:
    gold = read_gold('claims:\n- {raw: &a "6个", value: 6}\n- {raw: *a, value: 6}\n', "g.yaml")
    assert gold is not None
    assert ["6个", "6个"] == [claim.raw for claim in gold.claims]
    with pytest.raises(SitegenError, match="E-YAML"):
        read_gold('claims: &a\n- {raw: "6个", value: 6}\nprojects: *a\n', "g.yaml")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_draft_agrees_with_its_own_page_in_everything(path: Path, tmp_path: Path) -> None:
    page = path.with_suffix(".txt")
    run = sitegen("eval", tmp_path, "--draft", page, cwd=tmp_path)
    assert (0, f"{path.stem}.yaml\n", "") == (run.code, run.out, run.err)
    found = evaluate(tmp_path, page.parent)
    assert [()] == [each.misses for each in found.pages]
    assert {} == {name: value for name, value in figures(found.counts).items() if value not in (1, None)}
    expected = scored_by_the_tool(tmp_path / path.name, page)
    assert {name: expected[name] for name in FIGURES} == figures(found.counts)
    claims = sum(len(each.claims) for each in usable(read_pages(named_sources([page]))).facts)
    assert claims == found.counts["claims.tp"]


def test_a_draft_is_printed_one_claim_a_line_and_never_overwrites(tmp_path: Path) -> None:
    put(tmp_path)
    before = (tmp_path / "p.yaml").read_bytes()
    run = sitegen("eval", ".", "--draft", "p.txt", cwd=tmp_path)
    assert 2 == run.code
    assert run.err.startswith("p.yaml: E-EXISTS is there already; ")
    assert before == (tmp_path / "p.yaml").read_bytes()
    printed = sitegen("eval", "--draft", "p.txt", cwd=tmp_path).out
    assert 5 == sum(line.startswith("  - {raw: ") for line in printed.splitlines())
    assert (
        '  - {raw: "36.5亿元", before: "个，签约投资", value: 3650000000, value_max: null, unit: "CNY", per: null,'
        in printed
    )
    gold = yaml.safe_load(printed)
    assert list(yaml.safe_load(GOLD)) == [name for name in gold if name != "contradictions"]
    assert [{"name": "钱二", "title": "局长"}] == [
        {**person, "title": person["title"][-2:]} for person in gold["people"]
    ]


def test_a_page_that_is_not_there_has_no_draft(tmp_path: Path) -> None:
    run = sitegen("eval", "--draft", "none.txt", cwd=tmp_path)
    assert (2, "", True) == (run.code, run.out, "none.txt" in run.err)
    assert [] == list(tmp_path.iterdir())
