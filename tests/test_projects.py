"""Projects by name, with firm, place, money, claims and stage."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from speech_article import article

from sitegen.extract.projects import projects
from sitegen.industries import industry_list
from sitegen.lexicon import packaged
from sitegen.model import Article, Claim

DATA: dict[str, Any] = packaged("projects.yml")

LINES = [
    line.split(" =>")
    for line in (Path(__file__).parent / "cases" / "projects.txt").read_text("utf-8").splitlines()[1:]
]


def claim(made: Article, paragraph: int, raw: str, unit: str = "CNY", kind: Any = "investment") -> Claim:
    """A claim for the printed number, with an id that shows it."""
    text = made.paragraphs[paragraph].text
    start = text.index(raw)
    return Claim(
        f"{made.id}-{raw}", made.id, paragraph, start, start + len(raw), raw, Decimal(1), None, unit, None,
        "exact", "actual", kind, "", None, None, None, None, None, text, None,
    )  # fmt: skip


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: case["text"][0][:16])
def test_packaged_case(case: dict[str, Any]) -> None:
    found = projects(article(case["text"]))
    expected = [line.split(" | ") for line in case["projects"]]
    assert len(expected) == len(found), [project.name for project in found]
    for (name, company, place), project in zip(expected, found, strict=True):
        assert name in project.name
        assert company in ("?", "、".join(project.companies) or "-")
        assert place in ("?", project.place or "-")


@pytest.mark.parametrize(("text", "expected"), LINES, ids=lambda part: part[:16])
def test_the_projects_that_a_line_names(text: str, expected: str) -> None:
    found = [project.name for project in projects(article(text.split("¶")))]
    wanted = [part.strip() for part in expected.split("；") if part.strip()]
    assert len(wanted) == len(found), found
    assert all(part in name for part, name in zip(wanted, found, strict=True)), found


def test_its_own_money_and_figures_follow_a_project_into_the_next_paragraph() -> None:
    made = article(
        [
            "广西铝兴新材料有限公司的年产10万吨再生铝项目投产。",
            "项目总投资12亿元，完成投资9亿元，带动投资50亿元，提供岗位800个。",
            "全市新开超市70家。",
        ]
    )
    claims = [
        claim(made, 0, "10万吨", "t", "capacity"),
        claim(made, 1, "12亿元"),
        claim(made, 1, "9亿元"),
        claim(made, 1, "50亿元"),
        claim(made, 1, "800个", "个", "count"),
        claim(made, 2, "70家", "家", "count"),
    ]
    (project,) = projects(made, claims)
    assert project.investment == f"{made.id}-12亿元"
    assert [each.id for each in claims[:5]] == list(project.claims)


def test_a_list_of_figures_belongs_to_the_project_before_it() -> None:
    made = article(
        ["江苏澜昇新能源公司的“澜芯”电池项目开工！", "🔹总投资：18 亿元", "🔹占地：136亩", "全市有5所学校。"]
    )
    claims = [
        claim(made, 1, "18 亿元"),
        claim(made, 2, "136亩", "m2", "resource"),
        claim(made, 3, "5所", "所", "count"),
    ]
    (project,) = projects(made, claims)
    assert claims[0].id == project.investment
    assert (claims[0].id, claims[1].id) == project.claims


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("平果市的“铝都之光”项目今年4月开工建设。", "construction"),
        ("平果市的“铝都之光”项目正式投产。", "operation"),
        ("平果市的“铝都之光”项目投产后年产值3亿元。", "planned"),
        ("平果市的“铝都之光”项目预计明年投产。", "planned"),
        ("平果市的“铝都之光”项目成功签约。", "signed"),
        ("平果市的“铝都之光”项目投料试车。", "pilot"),
        ("平果市的“铝都之光”项目很有意思。", None),
    ],
)
def test_the_stage_is_that_of_the_nearest_word(text: str, stage: str | None) -> None:
    (project,) = projects(article([text]))
    assert stage == project.stage


def test_a_shorter_mention_is_the_same_project() -> None:
    (project,) = projects(
        article(["海南区的年产24万吨PBAT可降解塑料项目试车。", "PBAT可降解塑料项目首批产品发货。"])
    )
    assert "年产24万吨PBAT可降解塑料项目" == project.name


def test_the_brand_finds_the_firm_that_stands_elsewhere() -> None:
    made = article(
        ["今天上午，澜昇溧阳固态电池中试基地开工！", "江苏澜昇新能源科技有限公司负责人：“只用了97天！”"]
    )
    (project,) = projects(made)
    assert ("江苏澜昇新能源科技有限公司",) == project.companies


@pytest.mark.parametrize(
    "text",
    [
        "总投资75亿元的石门沟抽水蓄能电站昨日开工。电站由国网新源控股有限公司投资建设。",
        "石门县年产50万立方米高档板材项目试生产，项目由国网新源控股有限公司投资6亿元兴建。",
    ],
)
def test_the_firm_may_stand_behind_the_name(text: str) -> None:
    (project,) = projects(article([text]))
    assert ("国网新源控股有限公司",) == project.companies


def test_id_and_quote_are_those_of_the_text() -> None:
    text = "全市很忙。平果市的“铝都之光”项目投产。第二天雨停了。"
    (project,) = projects(article([text]))
    (again,) = projects(article(["另一段。", text]))
    assert "平果市的“铝都之光”项目投产。" == project.quote
    assert project.id == again.id
    industry = project.industry
    assert industry is None or industry_list().get(industry) is not None


def test_an_article_without_a_word_for_it_has_none() -> None:
    assert () == projects(article(["今天天气晴。"]))
