"""Facts for the tests of tables and charts: built by hand, of another province than the seeds, without
extraction.
"""

import random
from decimal import Decimal
from typing import Any

from sitegen.model import Article, Claim, Facts, Paragraph, Person, PlaceIndustry, Project, Quotation

EVENT = "2021鲁西化工对接会"


def claim(n: int = 0, article: str = "a00", **fields: Any) -> Claim:
    """A claim with a sentence of its own; give what the test is about."""
    values: dict[str, Any] = {
        "id": f"{article}-{n:08x}",
        "article": article,
        "paragraph": 0,
        "start": 0,
        "end": 1,
        "raw": "1个",
        "value": Decimal(1),
        "value_max": None,
        "unit": "个",
        "per": None,
        "bound": "exact",
        "status": "actual",
        "kind": "signing",
        "label": "签约项目",
        "of": None,
        "place": "聊城市",
        "industry": None,
        "period": None,
        "subject": None,
        "quote": f"第{n}句。",
        "speaker": None,
    }
    values.update(fields)
    values["value"] = Decimal(values["value"])
    if values["value_max"] is not None:
        values["value_max"] = Decimal(values["value_max"])
    return Claim(**values)


def facts(*claims: Claim, article: str = "a00", title: str | None = "鲁西开新局", **more: Any) -> Facts:
    """The facts of one article with one paragraph on lines 3 to 5."""
    paragraph = Paragraph("甲" * 40, (3, 5), ((0, 3), (10, 4), (20, 5)))
    made = Article(article, "lx-2021.txt", title, ("张三",), "2021-05-06", (paragraph,), title_line=1)
    return Facts(made, tuple(claims), **more)


def small() -> list[Facts]:
    """Enough for every chart: two cities, an event with progress, money of three kinds, sizes, shares,
    industries.
    """
    first = facts(
        claim(1, raw="90个", value=90, subject=EVENT, period="2021", start=12, end=15),
        claim(
            2,
            raw="1200亿元",
            value="120000000000",
            unit="CNY",
            label="签约投资",
            subject=EVENT,
            period="2021",
        ),
        claim(3, raw="60个", value=60, kind="progress", label="已开工项目", subject=EVENT, period="2021-11"),
        claim(
            4,
            raw="66.7%",
            value="66.7",
            unit="%",
            kind="progress",
            label="开工率",
            subject=EVENT,
            period="2021-11",
        ),
        claim(5, raw="35个", value=35, place="菏泽市", subject=EVENT, period="2021"),
        claim(
            6,
            raw="300亿元",
            value="30000000000",
            unit="CNY",
            kind="investment",
            label="总投资",
            status="planned",
            place="菏泽市",
        ),
        claim(
            7,
            raw="2000亿元",
            value="200000000000",
            unit="CNY",
            kind="investment",
            label="总投资",
            status="target",
            bound="at_least",
        ),
        claim(8, raw="3亿美元", value="300000000", unit="USD", kind="financing", label="境外债"),
        claim(
            9,
            raw="50万千瓦",
            value="500000",
            unit="kW",
            kind="capacity",
            label="装机",
            place="菏泽市",
            period="2021-06-30",
        ),
        claim(
            10,
            raw="80万至120万千瓦",
            value="800000",
            value_max="1200000",
            unit="kW",
            kind="resource",
            label="风能资源",
        ),
        claim(11, raw="57%", value=57, unit="%", kind="share", label="绿电", of="全市用电"),
        claim(12, raw="三成", value=30, unit="%", kind="share", label="就地转化", place="菏泽市"),
        claim(13, raw="900亿元", value="90000000000", unit="CNY", kind="value", label="产值", period="2020"),
        claim(
            14,
            raw="千亿级",
            value="100000000000",
            unit="CNY",
            kind="value",
            label="集群",
            status="target",
            bound="about",
        ),
        place_industries=tuple(
            PlaceIndustry(place, industry, "a00", 0)
            for place, industry in (
                ("聊城市", "new-materials"),
                ("聊城市", "chemicals"),
                ("聊城市", "coal-chemicals"),
                ("菏泽市", "chemicals"),
                ("山东省", "low-altitude"),
                ("包头市", "new-materials"),
                ("赤峰市", "equipment"),
            )
        ),
        projects=(
            Project(
                "a00-p1",
                "a00",
                0,
                "绿醇项目",
                ("甲公司", "乙公司"),
                "菏泽市",
                "chemicals",
                "signed",
                "a00-00000006",
                (),
                "引文。",
            ),
        ),
        people=(Person("李四", "市长", "聊城市", "a00", (Quotation(0, "好。"),), 0),),
    )
    again = claim(1, "a01", raw="90个", value=90, subject=EVENT, period="2021-05-06", label="项目集中签约")
    return [first, facts(again, article="a01", title=None)]


def many(count: int = 500) -> list[Facts]:
    """A large mixed lot, the same on every run."""
    rng = random.Random(7)  # noqa: S311  the same numbers each time
    places = ("聊城市", "菏泽市", "包头市", "赤峰市", "深圳市", "山东省", None)
    kinds = (
        "signing",
        "investment",
        "financing",
        "progress",
        "capacity",
        "resource",
        "value",
        "share",
        "count",
    )
    found = []
    for n in range(count):
        kind = rng.choice(kinds)
        unit = rng.choice(("CNY", "USD", "个")) if kind == "signing" else "%" if kind == "share" else "CNY"
        unit = rng.choice(("kW", "t", "m2", "FLOPS")) if kind in ("capacity", "resource") else unit
        unit = "个" if kind in ("progress", "count") else unit
        top = 100 if unit == "%" else 400 if unit == "个" else 10**12
        value = rng.randint(1, top)
        found.append(
            claim(
                n,
                kind=kind,
                unit=unit,
                value=value,
                raw=str(value),
                place=rng.choice(places),
                label=f"指标{n}",
                status=rng.choice(("actual", "planned", "target")),
                quote=f"句{n}。",
                period=rng.choice((None, "2019", "2020-03", "2021-2025", "2022-01/2022-06", "2023-02-28")),
                industry=rng.choice((None, "chemicals", "new-materials")),
            )
        )
    pairs = tuple(
        PlaceIndustry(place, industry, "a00", 0)
        for place in places[:-1]
        for industry in ("chemicals", "new-materials", "equipment", "dairy", "drones")
    )
    return [facts(*found, place_industries=pairs)]


def hostile() -> list[Facts]:
    """Words that want to be markup, formulas or a mile long."""
    nasty = '<script>alert("x")</script>&amp;' + "极长的名称" * 60
    return [
        facts(
            claim(1, raw="90个", value=90, label=nasty, subject="=cmd|' /C calc'!A0", period="2021"),
            claim(2, raw="60个", value=60, kind="progress", label="@SUM(A1)", subject="=cmd|' /C calc'!A0"),
            claim(3, raw="5亿元", value="500000000", unit="CNY", label="+1", place=None),
            claim(
                4,
                raw="0.000001亿元",
                value="100",
                unit="CNY",
                label="💰 mixed Latin words and 汉字 123456789.5%",
            ),
            claim(5, raw="7亿亿次", value="7e16", unit="FLOPS", kind="capacity", label="]]>"),
            claim(6, raw="1次/秒", value="1", unit="FLOPS", kind="capacity", label="--"),
            title=nasty,
        )
    ]
