"""Checks: every worked case in data/checks, the seeds as an editor worked them through, and no alarm on sound pages."""

import time
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.checks import check, checked
from sitegen.checks.base import like, reach, sentences_of, step
from sitegen.extract import extract
from sitegen.lexicon import packaged, packaged_names
from sitegen.model import Article, Facts, Paragraph, Warning
from sitegen.reading import read_page

GOLD = Path(__file__).parent / "gold"
FAMILIES = [name.removeprefix("checks/").removesuffix(".yml") for name in packaged_names("checks")]
GRAVE = ("differs", "implausible")


def facts_of(
    *paragraphs: str, day: str | None = None, name: str = "a0000000001", title: str = "标题"
) -> Facts:
    """What is read from an article of these paragraphs, each a line of its own."""
    numbered = tuple(Paragraph(text, (line, line), ((0, line),)) for line, text in enumerate(paragraphs, 1))
    year = int(day[:4]) if day else None
    return extract(Article(name, f"{name}.txt", title, (), day, numbered, year=year))


def found(*paragraphs: str, day: str | None = None) -> tuple[Warning, ...]:
    return check([facts_of(*paragraphs, day=day)])


def cases(kind: str) -> list[object]:
    listed = [(name, case) for name in FAMILIES for case in packaged(f"checks/{name}.yml")[kind]]
    return [pytest.param(name, case, id=f"{name}: {case['text'][:24]}") for name, case in listed]


@pytest.mark.parametrize(("name", "case"), cases("examples"))
def test_worked_case(name: str, case: dict[str, object]) -> None:
    """The family says what its file of words says, with the numbers concerned, and contradicts nothing else."""
    facts = facts_of(
        *str(case["text"]).split("\n"), day=case.get("date"), title=str(case.get("title", "标题"))
    )
    code = case.get("code", packaged(f"checks/{name}.yml")["code"])
    raws = {claim.id: claim.raw for claim in facts.claims}
    verdicts = [(w.verdict, {raws[each] for each in w.claims}) for w in check([facts]) if w.code == code]
    wanted = set(case.get("raws", []))
    assert any(verdict == case["verdict"] and wanted <= named for verdict, named in verdicts), verdicts
    if case["verdict"] == "agrees":
        assert [] == [w.message for w in check([facts]) if w.verdict in GRAVE]


@pytest.mark.parametrize(("name", "case"), cases("counterexamples"))
def test_counterexample_gives_no_alarm(name: str, case: dict[str, object]) -> None:
    facts = facts_of(str(case["text"]), day=case.get("date"), title=str(case.get("title", "标题")))
    assert [] == [w.message for w in check([facts]) if w.verdict in GRAVE]


def seeds() -> list[Facts]:
    pages = sorted((GOLD / "seeds").glob("*.txt"))
    return [each for page in pages for each in read_page(page.name, page.read_bytes()).facts]


SEED_ROWS = [
    ("A1", "C-RATE", 25, "agrees", "137个 ÷ 160个 = 85.6%，原文85.6%"),
    ("A2", "C-SAME", 25, "agrees", "160个 = 160个"),
    ("A3", "C-SAME", 5, "agrees", "20个 = 20个"),
    ("A4", "C-LIST", 5, "agrees", "1场 + 5场"),
    ("A6", "C-LIST", 39, "agrees", "共10项，原文10大"),
    ("A8", "C-LIST", 35, "agrees", "共3项，原文三大"),
    ("A9", "C-LIST", 99, "agrees", "共3项，原文3个"),
    ("A10", "C-LIST", 123, "agrees", "共3项，原文3条"),
    ("A11", "C-LIST", 31, "agrees", "共2项，原文两大"),
    ("A12", "C-LIST", 49, "agrees", "共3项，原文三家"),
    ("A12b", "C-LIST", 49, "agrees", "共2项，原文两家"),
    ("A13", "C-LIST", 49, "agrees", "三家 + 两家 = 5家"),
    ("A5", "C-EVENT", 5, "agrees", "原文5场"),
    ("A15", "C-EVENT", 23, "agrees", "2023、2025年"),
    ("A16", "C-SAME", 33, "agrees", "超1.35亿千瓦，1.38亿千瓦"),
    ("A17", "C-SAME", 17, "agrees", "51.2%，过半"),
    ("A24", "C-OFFICE", 99, "differs", "部的负责人称部长"),
    ("B4", "C-WHOLE", 17, "agrees", "1.38亿千瓦 ÷ 51.2% = 2.6953亿千瓦，其余1.3153亿千瓦"),
    ("B5", "C-LIMIT", 33, "implausible", "14,815小时，一年只有8,760小时"),
    ("B6", "C-LIMIT", 33, "implausible", "7,420小时"),
    ("B8", "C-NATURE", 13, "agrees", "2.1万吨 ÷ 10万吨 = 0.21吨/吨"),
    ("B10", "C-NATURE", 13, "agrees", "吨/吨"),
    ("B13", "C-UNIT", 31, "agrees", "4000万吨"),
    ("B15", "C-GROWTH", 29, "agrees", "+80个百分点"),
    ("B15b", "C-LIMIT", 17, "agrees", "0 ≤ 57%、21%、51.2%"),
    ("B16", "C-DATE", 17, "agrees", "2025-04 ≤ 2025-06-10"),
]


@pytest.fixture(scope="module")
def seed_findings() -> tuple[Warning, ...]:
    return check(seeds())


@pytest.mark.parametrize(
    ("row", "code", "line", "verdict", "working"), SEED_ROWS, ids=[row[0] for row in SEED_ROWS]
)
def test_seed_row(
    seed_findings: Sequence[Warning], row: str, code: str, line: int, verdict: str, working: str
) -> None:
    """What a desk editor found on the two seeds is found with the same verdict and a working that says why."""
    here = [(w.verdict, w.working) for w in seed_findings if (w.code, w.line) == (code, line)]
    assert any(each == verdict and working in (text or "") for each, text in here), here


def test_seeds_hold_one_impossible_number_and_one_wrong_office(seed_findings: Sequence[Warning]) -> None:
    grave = {(w.code, w.line) for w in seed_findings if w.verdict in GRAVE}
    assert {("C-LIMIT", 33), ("C-OFFICE", 99)} == grave


def test_impossible_number_comes_with_the_reading_that_fits_and_stays_as_printed(
    seed_findings: Sequence[Warning],
) -> None:
    facts = checked(seeds())
    warning = next(w for each in facts for w in each.warnings if w.verdict == "implausible")
    claim = next(c for each in facts for c in each.claims if c.id == warning.claim)
    assert "读作2000亿度则相符" in warning.message
    assert Decimal(2000000000000) == claim.value


SEED_FOLDER = "seeds"
GOLD_PAGES = sorted(path for path in GOLD.glob("*/*.yaml") if path.parent.name != SEED_FOLDER)


@pytest.mark.parametrize("page", GOLD_PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_gold_page_has_no_alarm_but_its_contradictions(page: Path) -> None:
    """Each contradiction that the gold lists is found, by two or more of its numbers, every alarm belongs to one."""
    gold = yaml.safe_load(page.read_text(encoding="utf-8"))
    text = page.with_suffix(".txt")
    facts = read_page(text.name, text.read_bytes()).facts
    raws = {claim.id: claim.raw for each in facts for claim in each.claims}
    alarms = [{raws[each] for each in w.claims} for w in check(facts) if w.verdict in GRAVE]
    listed = [set(map(str, each["raws"])) for each in gold.get("contradictions") or []]
    assert [] == [alarm for alarm in alarms if not any(alarm & each for each in listed)]
    missed = [each for each in listed if not any(len(alarm & each) > 1 for alarm in alarms)]
    assert [] == missed


def test_finding_is_filed_under_the_article_and_line_of_its_first_claim() -> None:
    facts = facts_of("第一段没有数字。", "全年签约项目250个，已开工项目205个，开工率92%。")
    after = checked([facts, facts_of("无。", name="a0000000002")])
    warning = next(w for w in after[0].warnings if w.verdict == "differs")
    assert ("a0000000001", "a0000000001.txt", 2) == (warning.article, warning.source, warning.line)
    assert warning.claim == warning.claims[0]
    assert () == after[1].warnings


def test_checking_twice_changes_nothing() -> None:
    once = checked(seeds())
    assert once == checked(once)


def test_other_warnings_stay_before_the_findings() -> None:
    doubt = Warning("W-NUMERAL", "没有读出", "x.txt", 1)
    facts = replace(facts_of("全年签约项目250个，已开工项目205个，开工率82%。"), warnings=(doubt,))
    assert doubt == checked([facts])[0].warnings[0]


@pytest.mark.parametrize(
    ("text", "raw", "expected"),
    [
        ("开工率85.6%。", "85.6%", "0.1"),
        ("装机1.35亿千瓦。", "1.35亿千瓦", "1000000"),
        ("签约项目137个。", "137个", "0"),
        ("粮食总产五亿四千万斤。", "五亿四千万斤", "5000"),
    ],
)
def test_a_number_is_known_to_its_last_printed_digit(text: str, raw: str, expected: str) -> None:
    claim = next(c for c in facts_of(text).claims if c.raw == raw)
    assert Decimal(expected) == step(claim)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("年产值约100亿元。", 95, 80),
        ("年产值超100亿元。", 120, 99),
        ("年产值不足100亿元。", 60, 101),
        ("年产值100亿元。", 100, 102),
    ],
)
def test_bounds_say_how_far_a_number_reaches(text: str, inside: int, outside: int) -> None:
    low, high = reach(facts_of(text).claims[0])
    billion = 10**8
    assert low <= inside * billion <= high
    assert not low <= outside * billion <= high


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("合计186.4亿元。", "18240000000", "182.4亿元"),
        ("共有860家。", "800", "800家"),
        ("总产五亿四千万斤。", "260000", "5.2亿斤"),
        ("占比七成五。", "66.7", "66.7%"),
    ],
)
def test_results_are_written_like_the_printed_number(text: str, value: str, shown: str) -> None:
    assert shown == like(Decimal(value), facts_of(text).claims[0])


@settings(deadline=None, max_examples=60)
@given(part=st.integers(1, 9_999), rest=st.integers(1, 9_999))
def test_a_rate_that_is_right_agrees_and_one_that_is_ten_points_off_differs(part: int, rest: int) -> None:
    whole = part + rest
    rate = round(Decimal(part) * 100 / whole, 1)
    if part < 2 or whole < 20 or not rate:
        return
    right, wrong = rate, rate - 10 if rate > 50 else rate + 10
    text = "去年签约项目{}个，已开工项目{}个，开工率{}%。"
    verdicts = [
        {w.verdict for w in found(text.format(whole, part, each)) if w.code == "C-RATE"}
        for each in (right, wrong)
    ]
    assert [{"agrees"}, {"differs"}] == verdicts


@settings(deadline=None, max_examples=40)
@given(parts=st.lists(st.integers(10, 999), min_size=2, max_size=5), slip=st.integers(5, 90))
def test_a_printed_total_is_held_against_its_parts(parts: list[int], slip: int) -> None:
    listed = "、".join(f"{each / 10}亿元" for each in parts[:-1]) + f"和{parts[-1] / 10}亿元"
    verdicts = []
    for total in (sum(parts), sum(parts) + slip):
        text = f"各园区分别完成产值{listed}，合计{total / 10}亿元。"
        verdicts.append({w.verdict for w in found(text) if w.code == "C-SUM"})
    assert [{"agrees"}, {"differs"}] == verdicts


CLEAN = [
    "全市规模以上工业企业1260家，其中亿元企业430家、十亿元企业52家，高新技术企业占比提高到38%。",
    "一季度全市外贸进出口86.4亿元，同比增长12.3%；其中，对东盟出口21.5亿元，增长30.1%，占比24.9%。",
    "项目分三期建设，一期投资12亿元、二期投资18亿元，目前一期已完成投资9亿元，占一期投资的75%。",
    "全省新增光伏装机320万千瓦，累计装机2860万千瓦，去年发电量298亿千瓦时。",
    "该县把闲置校舍、厂房、仓库等7类资产盘活，引进加工企业26家，带动3个乡镇2300户增收。",
    "从三年前的5台设备到今天的36台，车间产值由1200万元增加到9800万元，翻了三番。",
    "北京、天津和河北的8所高校参加，来自山东、河南的3支队伍获奖。",
    "去年全市旅游收入480亿元，接待游客5200万人次，人均消费923元，分别增长18%、21%。",
    "财政部部长助理、省财政厅副厅长、市财政局局长出席会议，省委宣传部部长致辞。",
    "全年完成计划的112%，同比增长235%，森林覆盖率达到62.8%。",
    "截至6月底，160个项目中已开工98个、投产41个，开工率61.3%，投产率25.6%。",
    "今年全市计划新建高标准农田60万亩，其中上半年建成22万亩、下半年建成38万亩。",
]


@pytest.mark.parametrize("text", CLEAN)
def test_sound_sentence_gives_no_alarm(text: str) -> None:
    assert [] == [(w.message, w.working) for w in found(text, day="2025-07-15") if w.verdict in GRAVE]


def test_findings_come_in_the_order_of_articles_and_lines() -> None:
    facts = seeds()
    place = {each.article.id: number for number, each in enumerate(facts)}
    keys = [(place[w.article or ""], w.line) for w in check(facts)]
    assert all(first <= second for first, second in pairwise(keys))


def test_no_finding_is_told_twice(seed_findings: Sequence[Warning]) -> None:
    """160个 stands twice beside 137个 and 85.6%: the rate is told once, with both."""
    told = [(w.article, w.message, w.working) for w in seed_findings]
    assert len(told) == len(set(told))
    rate = next(w for w in seed_findings if w.code == "C-RATE" and w.line == 25)
    assert 4 == len(rate.claims)


def test_every_finding_has_a_working_and_claims_that_exist() -> None:
    facts = seeds()
    ids = {claim.id for each in facts for claim in each.claims}
    for warning in check(facts):
        assert warning.working
        assert set(warning.claims) <= ids
        assert "{" not in warning.message + warning.working


def test_work_grows_with_the_articles_and_not_with_their_square() -> None:
    """Eight times the articles take at most about eight times as long, with room for a busy machine."""
    base = seeds()

    def seconds(copies: int) -> float:
        many = [
            replace(each, article=replace(each.article, id=f"{each.article.id}{n}"), claims=tuple(
                replace(claim, id=f"{claim.id}{n}", article=f"{each.article.id}{n}") for claim in each.claims
            ))
            for n in range(copies) for each in base
        ]  # fmt: skip
        began = time.process_time()
        check(many)
        return time.process_time() - began

    seconds(1)
    assert seconds(40) < 24 * max(seconds(5), 0.02)


def test_claims_inside_another_are_left_out_of_their_sentence() -> None:
    facts = facts_of("全市开工率85.6%，投产12家。")
    whole = facts.claims[0]
    inner = replace(whole, id="inner", start=whole.start, end=whole.end - 1, raw=whole.raw[:-1])
    rows = sentences_of(replace(facts, claims=(*facts.claims, inner)))
    assert [c.raw for c in facts.claims] == [c.raw for row in rows for c in row.claims]
