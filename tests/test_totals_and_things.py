"""One thing, several claims: what several articles report is one page, and no total counts a thing twice."""

import html
import re
import shutil
from dataclasses import replace
from decimal import Decimal, localcontext
from pathlib import Path

import pytest
from sites import make_site
from test_checks import facts_of

from sitegen.changes import totals
from sitegen.checks import checked
from sitegen.explain import explain
from sitegen.model import Facts, Person, Project
from sitegen.pages.base import accused
from sitegen.pipeline import Options, make, read_reviewed
from sitegen.records import number
from sitegen.reviews import without_rejected
from sitegen.tables import build_tables, place_totals
from sitegen.tables.things import measures, things
from sitegen.workspace import Workspace, open_site

GOLD = Path(__file__).parent / "gold"
SUM = re.compile(r'data-derived="(-?[\d.]+(?: \+ -?[\d.]+)+ = -?[\d.]+)"')
TWO_TOWNS = """两县晒出招商成绩单

本报记者 赵一

3月18日，2025湘南产业招商大会在郴州举行。大会上，桂阳县签约项目12个，签约投资36.5亿元。

大会上，宜章县签约项目8个，签约投资21.3亿元。
"""
AGAIN = """桂阳招商开门红

本报记者 钱二

3月19日，记者获悉，在2025湘南产业招商大会上，桂阳县签约项目12个，签约投资38.5亿元。
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A site with pages of many provinces, and two of its own that report one event."""
    root = make_site(tmp_path_factory.mktemp("totals"))
    for page in sorted((GOLD / "wide").glob("a0*.txt")) + sorted((GOLD / "own").glob("o0[1-4].txt")):
        shutil.copy(page, root / "seeds" / page.name)
    (root / "seeds" / "x1.txt").write_text(TWO_TOWNS, encoding="utf-8")
    (root / "seeds" / "x2.txt").write_text(AGAIN, encoding="utf-8")
    return open_site(root, root)


@pytest.fixture(scope="module")
def pages(site: Workspace) -> dict[str, str]:
    files = make(site, Options()).files
    return {name: data.decode() for name, data in files.items() if name.endswith(".html")}


def test_every_total_on_the_site_is_the_exact_sum_of_what_explain_lists(
    site: Workspace, pages: dict[str, str]
) -> None:
    charts = {name.split("/")[1] for name in pages if re.fullmatch(r"charts/[^/]+/index\.html", name)}
    known = {n["working"]: n for chart in charts for n in explain(site, f"chart:{chart}")["numbers"]}
    shown = {html.unescape(each) for page in pages.values() for each in SUM.findall(page)}
    assert shown
    for working in shown:
        printed = Decimal(working.rpartition(" = ")[2])
        number = known[working]
        addends = sum((Decimal(str(each["value"])) for each in number["addends"]), Decimal(0))
        assert (printed, Decimal(number["exact"])) == (addends, addends), working


def test_every_total_of_a_kind_and_a_place_is_the_exact_sum_of_its_addends(site: Workspace) -> None:
    facts = checked(read_reviewed(site)[0])
    tables = build_tables(facts, doubtful=accused(facts))
    claims = {claim.id: claim for each in facts for claim in each.claims}
    found = list(place_totals(tables.quantities, tables.geography))
    for each in found:
        addends = [claims[part.claims[0]] for part in each.total.addends]
        with localcontext(prec=100):  # hours of minutes have many digits
            assert each.total.value == sum((claim.value for claim in addends), Decimal(0)), each.fact
        assert len({claim.id for claim in addends}) == len(addends)
        assert {claim.unit for claim in addends} == {each.total.unit}
    assert len({each.fact for each in found}) > 100


def test_explain_and_diff_tell_the_same_totals(site: Workspace) -> None:
    """Also of a place in whose parts the numbers lie: 郴州市 has none of its own."""
    facts = checked(without_rejected(read_reviewed(site)[0]))
    told = totals(facts)
    names = sorted({name.split(" ")[0] for name in told})
    for fact in (*names[:: len(names) // 12], "total:signing:郴州市"):
        mine = sorted(number(Decimal(value)) for name, value in told.items() if name.split(" ")[0] == fact)
        assert mine == sorted(each["value"] for each in explain(site, fact)["totals"]), fact


def test_a_thing_printed_twice_is_one_addend_with_both_claims(site: Workspace) -> None:
    totals = explain(site, "total:signing:郴州市")["totals"]
    count = next(each for each in totals if each["unit"] == "个")
    assert (20, 2) == (count["value"], len(count["addends"]))
    assert 1 == sum(len(each.get("also", [])) for each in count["addends"])


def test_two_reports_of_one_event_are_one_page_with_both_numbers(pages: dict[str, str]) -> None:
    found = [
        text
        for name, text in pages.items()
        if name.startswith("things/event-") and "湘南产业招商大会" in text
    ]
    assert 1 == len(found)
    assert all(raw in found[0] for raw in ("36.5亿元", "38.5亿元", "两县晒出招商成绩单", "桂阳招商开门红"))


def project(article: str, name: str, **more: object) -> Project:
    fields = {
        "companies": (),
        "place": "桂阳县",
        "industry": None,
        "stage": None,
        "investment": None,
        "claims": (),
    }
    return Project(f"{article}-p", article, 0, name, quote="", **{**fields, **more})


def two(first: Project, second: Project) -> list[Facts]:
    facts = [facts_of("总投资12亿元。", name=p.article) for p in (first, second)]
    return [Facts(f.article, f.claims, (p,)) for f, p in zip(facts, (first, second), strict=True)]


ONE, TWO = "a0000000001", "a0000000002"


@pytest.mark.parametrize(
    ("second", "joined"),
    [
        (project(TWO, "“年产5万吨铝箔项目”"), True),
        (project(TWO, "桂阳年产5万吨铝箔项目"), True),
        (project(TWO, "年产5万吨铝箔项目", place="宜章县"), False),
        (project(TWO, "年产6万吨铜箔项目"), False),
        (project(TWO, "年产5万吨铝箔项目", companies=("乙公司",)), False),
    ],
    ids=["marks", "with its place", "another place", "another product", "another firm"],
)
def test_projects_are_joined_only_where_nothing_contradicts(second: Project, joined: bool) -> None:
    first = project(ONE, "年产5万吨铝箔项目", companies=("甲公司",) if second.companies else ())
    assert joined == bool(things(two(first, second)))


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("甲能源桂阳年产5万吨铝箔项目", "甲能源年产5万吨铝箔项目", True),
        ("甲能源桂阳县年产5万吨铝箔项目", "桂阳年产5万吨铝箔项目", True),
        ("甲能源桂阳年产5万吨铝箔项目", "乙能源桂阳年产5万吨铝箔项目", False),
    ],
    ids=["without the place", "without the firm", "another firm in the name"],
)
def test_a_project_is_known_by_its_short_name(first: str, second: str, joined: bool) -> None:
    assert joined == bool(things(two(project(ONE, first), project(TWO, second))))


def test_a_firm_is_known_by_its_short_name() -> None:
    first = project(ONE, "年产5万吨铝箔项目", place=None, companies=("甲能源科技股份有限公司",))
    assert things(two(first, project(TWO, "年产5万吨铝箔项目", companies=("甲能源",))))
    assert not things(two(first, project(TWO, "年产5万吨铝箔项目", companies=("乙能源",))))


def test_what_a_project_costs_is_one_measure_however_it_is_called() -> None:
    facts = [
        facts_of(text, name=name)
        for text, name in (("总投资62亿元。", ONE), ("该项目由甲能源投资65亿元。", TWO))
    ]
    joined = [
        Facts(f.article, f.claims, (project(f.article.id, "年产5万吨铝箔项目", investment=f.claims[0].id),))
        for f in facts
    ]
    (thing,) = things(joined)
    assert [(("62亿元", "65亿元"), False)] == [
        (tuple(c.raw for c in m.claims), m.agree) for m in thing.measures
    ]


@pytest.mark.parametrize(("year", "joined"), [("2025", True), ("2024", False)])
def test_an_event_without_its_year_is_that_of_the_year_of_its_article(year: str, joined: bool) -> None:
    facts = [
        Facts(f.article, tuple(replace(c, subject=name, period=None) for c in f.claims))
        for f, name in (
            (facts_of("签约项目68个。", day="2025-03-02", name=ONE), "2025世界铝箔大会"),
            (facts_of("签约项目70个。", day=f"{year}-03-02", name=TWO), "世界铝箔大会"),
        )
    ]
    assert joined == bool(things(facts))


def test_numbers_that_differ_stand_side_by_side_and_are_not_averaged() -> None:
    claims = [facts_of(f"项目总投资{n}亿元。", name=name).claims[0] for n, name in ((12, ONE), (15, TWO))]
    (measure,) = measures(claims)
    assert (("12亿元", "15亿元"), False) == (tuple(c.raw for c in measure.claims), measure.agree)


def test_two_people_of_one_name_have_a_page_each() -> None:
    found = []
    for nth, title in enumerate(["县长", "县长", "总经理", "总经理"]):
        facts = facts_of("总投资12亿元。", name=f"a000000000{nth}")
        found.append(
            Facts(facts.article, facts.claims, people=(Person("王强", title, None, facts.article.id),))
        )
    assert 2 == len({thing.id for thing in things(found)})
