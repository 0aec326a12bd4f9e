"""A site made by hand for tests of pages, search and feeds: three articles, a chart, people, projects, a finding."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sitegen.config import Config
from sitegen.model import (
    Article,
    Claim,
    Facts,
    Industry,
    Meta,
    Note,
    Paragraph,
    Person,
    Place,
    PlaceIndustry,
    Project,
    Quotation,
    Warning,
)
from sitegen.pages import Prose, Site, Source

NEWS, STORY, HEADLESS = "a0000000001", "a0000000002", "a0000000003"


@dataclass(frozen=True)
class Cell:
    text: str
    claims: tuple[str, ...] = ()
    derived: str | None = None
    href: str | None = None
    exact: str | None = None


@dataclass(frozen=True)
class Column:
    key: str
    label: str
    unit: str | None = None
    numeric: bool = False


@dataclass(frozen=True)
class Chart:
    id: str
    title: str
    unit: str
    note: str
    summary: tuple[Cell, ...]
    svg: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    group: str
    legend: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    headline: tuple[Cell, ...] = ()
    json: str = "{}"

    @property
    def table_id(self) -> str:
        return f"t-{self.id}"


def claim(
    article: str, number: int, paragraph: int, text: str, raw: str, value: str, unit: str, **fields: object
) -> Claim:
    """A claim on the first place in text where raw stands, or on the one after `skip` of them."""
    at = -1
    for _ in range(int(str(fields.pop("skip", 0))) + 1):
        at = text.index(raw, at + 1)
    base = Claim(
        f"{article}-{number:08x}", article, paragraph, at, at + len(raw), raw, Decimal(value), None, unit, None, "exact",
        "actual", "signing", "签约项目", None, "沙洲市", None, None, None, text, None,
    )  # fmt: skip
    return replace(base, **fields)


TEXT = (
    "2024年，沙洲市签约项目40个，总投资120亿元。到2027年力争达到“一千亿元”<规模>。",
    "截至5月底，40个签约项目中已开工30个；预计再带动投资3—5亿元。",
    "一位没有数字的人说了一句话，没有数字。",
)
STORY_TEXT = ("沙洲市共160个项目，其中56%已开工。", "列表里有3个。")
STORY_HTML = (
    '<h2 id="x">小题 &amp; 题</h2><p data-p="0">沙洲市<strong>共160</strong>个项目，其中<a href="/places/%E6%B2%99%E6%B4%B2%E5%B8%82/">56%</a>'
    '已开工。<br></p><ul><li data-p="1">列表里有<em>3</em>个。</li></ul>'
)


def paragraphs(texts: Sequence[str]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text, (5 + 2 * n, 5 + 2 * n), ((0, 5 + 2 * n),)) for n, text in enumerate(texts))


def news() -> Facts:
    article = Article(
        NEWS, "p1.txt", "沙洲市：四十个项目，三十个开工", ("甲一", "乙二"), "2025-06-10", paragraphs(TEXT), title_line=1,
        subheads=(Note("小标题", 6, 1),), captions=(Note("签约现场。", 99, 3),),
    )  # fmt: skip
    claims = (
        claim(NEWS, 1, 0, TEXT[0], "40个", "40", "个", period="2024", quote=TEXT[0][:25]),
        claim(
            NEWS,
            2,
            0,
            TEXT[0],
            "120亿元",
            "12000000000",
            "CNY",
            label="总投资",
            kind="investment",
            period="2024",
        ),
        claim(
            NEWS,
            3,
            0,
            TEXT[0],
            "一千亿元",
            "100000000000",
            "CNY",
            label="规模",
            status="target",
            kind="value",
        ),
        claim(NEWS, 4, 1, TEXT[1], "40个", "40", "个"),
        claim(NEWS, 5, 1, TEXT[1], "30个", "30", "个", label="已开工", kind="progress", industry="energy"),
        claim(
            NEWS, 6, 1, TEXT[1], "3—5亿元", "300000000", "CNY", value_max=Decimal(500000000), status="planned"
        ),
        claim(NEWS, 7, 1, TEXT[1], "5亿元", "500000000", "CNY", label="投资"),
        claim(NEWS, 8, 2, TEXT[2], "一位", "1", "位", review="rejected"),
    )
    return Facts(
        article,
        claims,
        (
            Project(
                f"{NEWS}-p1",
                NEWS,
                1,
                "沙洲光伏项目",
                ("某某公司",),
                "沙洲市",
                "energy",
                "signed",
                claims[1].id,
                (),
                TEXT[1],
            ),
        ),
        (PlaceIndustry("沙洲市", "energy", NEWS, 1), PlaceIndustry("远镇", "steel", NEWS, 2)),
        (Person("丙三", "局长", "沙洲市某局", NEWS, (Quotation(1, "40个签约项目中已开工30个"),), 1),),
        (
            Warning(
                "W-RATE",
                "开工数对不上",
                "p1.txt",
                7,
                claims[4].id,
                NEWS,
                "differs",
                "30 ÷ 40 = 75%",
                (claims[4].id,),
            ),
            Warning("W-UNREAD", "有个数字没有读懂", "p1.txt", 9),
        ),
    )


def story() -> Facts:
    meta = Meta(summary="摘要", corrections=(("2025-07-01", "数字改过"),), aliases=("/old/题/",))
    article = Article(
        STORY,
        "story.md",
        "数据故事",
        ("丁四",),
        "2025-06-11",
        paragraphs(STORY_TEXT),
        html=STORY_HTML,
        meta=meta,
    )
    claims = (
        claim(STORY, 1, 0, STORY_TEXT[0], "160个", "160", "个"),
        claim(STORY, 2, 0, STORY_TEXT[0], "56%", "56", "%", kind="share", of="全部项目"),
        claim(STORY, 3, 1, STORY_TEXT[1], "3个", "3", "个"),
    )
    return Facts(article, claims)


def headless() -> Facts:
    text = "这是一段没有标题也没有日期的文字，长得要截断才放得进目录里去。"
    return Facts(Article(HEADLESS, "p1.txt", None, (), None, paragraphs([text])))


def chart() -> Chart:
    one, two = f"{NEWS}-00000001", f"{NEWS}-00000005"
    drawing = '<svg viewBox="0 0 9 9" role="img" aria-labelledby="t1"><title id="t1">题</title>'
    left = Cell("10个", (one, two), "40 − 30", exact="10")
    return Chart(
        id="progress",
        title="签约40个，开工30个",
        unit="个",
        note="《沙洲市》",
        summary=(Cell("签约"), Cell("40个", (one,)), Cell("，还差"), left),
        svg=f'<div class="drawing">{drawing}<a href="claim:{one}"><rect/></a></svg></div>',
        columns=(
            Column("place", "地方"),
            Column("signed", "签约", "个", numeric=True),
            Column("left", "未开工", "个", numeric=True),
        ),
        rows=((Cell("沙洲市", href="/places/沙洲市/"), Cell("40个", (one,), exact="40"), left),),
        group="signings",
        legend=(("k-actual", "已发生"),),
        sources=(one, two),
    )


def site(**changes: object) -> Site:
    """The small site; keyword arguments replace its parts."""
    whole = Site(
        config=Config(
            title="小账本", subtitle="都能点回", base_url="https://example.org/zhang/", author="某报"
        ),
        facts=(news(), story(), headless()),
        charts=(chart(),),
        places={
            "沙洲市": Place("990100", "沙洲市", "prefecture", "990000", "沙洲"),
            "远镇": Place("990101", "远镇", "county", "990100", None),
        },
        industries={"energy": Industry("energy", "能源", ("动力",), None)},
        sources={"p1.txt": Source("p1.txt", "某报", "2025-06-11", "第3版")},
        prose=(
            Prose("method", "方法", '<p>见<a href="/data/">数据</a></p>', file="content/pages/method.md"),
        ),
        records=lambda: {"articles": []},
    )
    return replace(whole, **changes)
