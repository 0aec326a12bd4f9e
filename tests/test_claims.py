"""What, where, when and how sure a number is, on sentences of many papers."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen.extract import extract
from sitegen.model import Article, Claim, Facts, Paragraph


def read(
    *paragraphs: str, title: str | None = None, date: str | None = None, year: int | None = 2024
) -> Facts:
    """The facts of an article with these paragraphs."""
    pieces = tuple(
        Paragraph(text, (2 * n + 1, 2 * n + 1), ((0, 2 * n + 1),)) for n, text in enumerate(paragraphs)
    )
    return extract(Article("a1", "t.txt", title, (), date, pieces, year=year))


def claim(raw: str, *paragraphs: str, **article: object) -> Claim:
    """The first claim with this raw."""
    found = [each for each in read(*paragraphs, **article).claims if each.raw == raw]
    assert found, f"{raw} is no claim"
    return found[0]


@pytest.mark.parametrize(
    ("text", "raw", "expected"),
    [
        ("全市产值突破500亿元。", "500亿元", "at_least"),
        ("出口额首次超过了30亿美元。", "30亿美元", "at_least"),
        ("投资近9亿元。", "9亿元", "at_most"),
        ("用地不超过200亩。", "200亩", "at_most"),
        ("最高可获贷款300万元。", "300万元", "at_most"),
        ("全年接待游客约120万人次。", "120万人次", "about"),
        ("产能6万吨左右。", "6万吨", "about"),
        ("新建大棚1200座以上。", "1200座", "at_least"),
        ("约占全省总量的18%。", "18%", "about"),
        ("附近有12家企业。", "12家", "exact"),
        ("节约3.2亿元。", "3.2亿元", "exact"),
        ("履约率96.2%。", "96.2%", "exact"),
    ],
)
def test_a_bound_word_bounds_its_own_number(text: str, raw: str, expected: str) -> None:
    assert expected == claim(raw, text).bound


@pytest.mark.parametrize(
    ("text", "raw", "expected"),
    [
        ("项目投产后，每年可生产电池级碳酸锂3万吨、氢氧化锂1万吨。", "1万吨", "planned"),
        ("预计总投资20亿元，已完成投资8亿元。", "8亿元", "actual"),
        ("16个项目签约，计划总投资142亿元，涉及4个领域。", "4个", "actual"),
        ("力争到2027年产值突破1000亿元。", "1000亿元", "target"),
        ("公司将纯度从90%提升至99.9%。", "99.9%", "actual"),
        ("全县还将新建冷库30座。", "30座", "planned"),
        ("完成年度计划的104.2%。", "104.2%", "actual"),
        ("为企业争取贷款2.3亿元。", "2.3亿元", "actual"),
    ],
)
def test_status_has_a_scope(text: str, raw: str, expected: str) -> None:
    assert expected == claim(raw, text).status


@pytest.mark.parametrize(
    ("text", "raw", "expected"),
    [
        ("该厂年产尿素52万吨。", "52万吨", "year"),
        ("每年可节约标准煤6万吨，减排二氧化碳15万吨。", "15万吨", "year"),
        ("日均客流8.6万人次。", "8.6万人次", "day"),
        ("产能达30万吨/年。", "30万吨/年", "year"),
        ("2023年粮食产量64.2万吨。", "64.2万吨", None),
        ("去年完成货运量326万吨。", "326万吨", None),
    ],
)
def test_per_is_set_only_where_it_is_printed(text: str, raw: str, expected: str | None) -> None:
    assert expected == claim(raw, text).per


@pytest.mark.parametrize(
    ("paragraphs", "raw", "expected"),
    [
        (["绵阳市今年新签项目42个。"], "42个", "绵阳市"),
        (["常州市推介会在上海举行，签约项目18个。"], "18个", "常州市"),
        (["产品销往广东、福建，年销售额2.6亿元。", "说的是赣州市。"], "2.6亿元", "赣州市"),
        (["湖北宜化集团在新疆投资35亿元。"], "35亿元", "新疆维吾尔自治区"),
        (["新华社北京3月2日电 全国铁路发送旅客3.2亿人次。"], "3.2亿人次", None),
        (["芜湖市是汽车城。", "这里有整车企业6家。"], "6家", "芜湖市"),
        (["“我们建了20座大棚。”寿光市副市长王庆林说。"], "20座", "寿光市"),
    ],
)
def test_place_of_a_number(paragraphs: list[str], raw: str, expected: str | None) -> None:
    assert expected == claim(raw, *paragraphs).place


@pytest.mark.parametrize(
    ("text", "raw", "expected"),
    [
        ("2023年产值达31亿元。", "31亿元", "2023"),
        ("截至今年5月底，开工项目58个。", "58个", "2024-05"),
        ("今年上半年，用电量312亿千瓦时，增长6.1%。", "6.1%", "2024-01/2024-06"),
        ("“十五五”期间将投资800亿元。", "800亿元", "2026-2030"),
        ("目前，全市有企业310家。", "310家", None),
        ("比去年增长8.2%。", "8.2%", None),
    ],
)
def test_period_of_a_number(text: str, raw: str, expected: str | None) -> None:
    assert expected == claim(raw, text).period


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("这不是200家，而是误读。", "200家"),
        ("网传将裁员3000人，系谣言。", "3000人"),
        ("亿元以上项目149个。", "亿元"),
        ("每1公斤卖到30元。", "1公斤"),
        ("营业收入5000万元以下的企业不得申报。", "5000万元"),
    ],
)
def test_denied_numbers_and_mere_limits_are_no_claims(text: str, raw: str) -> None:
    assert raw not in [each.raw for each in read(text).claims]


def test_a_fall_is_negative_and_a_level_is_not() -> None:
    facts = read("销量下降3.2%，能耗由16吨下降到9.8吨。")
    assert [Decimal("-3.2"), Decimal(16), Decimal("9.8")] == [each.value for each in facts.claims]


def test_rates_in_a_row_belong_to_the_numbers_before_them_in_turn() -> None:
    facts = read("货物吞吐量1.2亿吨，集装箱吞吐量86万标箱，分别增长6.8%和15.2%。")
    assert ["货物吞吐量", "集装箱吞吐量"] * 2 == [each.label for each in facts.claims]


def test_ids_survive_an_edit_of_another_paragraph() -> None:
    before = read("全市有企业310家。", "产值达31亿元。")
    after = read("全市已有科技型企业420家，增长5%。", "产值达31亿元。")
    assert before.claims[-1].id == after.claims[-1].id


def test_a_table_takes_its_unit_from_the_line_above_it() -> None:
    facts = read(
        "单位:亿元", "企业名称　项目名称　地点　投资额", "1　某某铝业有限公司　高端铝板项目　滨州市　36.5"
    )
    assert [(Decimal(3650000000), "CNY", "滨州市")] == [
        (each.value, each.unit, each.place) for each in facts.claims
    ]


def test_a_column_of_a_table_has_the_unit_of_its_head() -> None:
    facts = read("企业\t项目\t投资额（万元）\t产量/吨", "北屯乳业\t低温车间\t12800\t560")
    assert [(Decimal(128000000), "CNY"), (Decimal(560), "t")] == [
        (each.value, each.unit) for each in facts.claims
    ]


def test_a_numeral_that_cannot_be_read_is_a_warning_and_no_claim() -> None:
    facts = read("代号三七二一的方案获通过，共12盟市参加。")
    assert not facts.claims
    assert {"W-NUMERAL"} == {each.code for each in facts.warnings}


@pytest.mark.parametrize(
    ("text", "raw", "field", "expected"),
    [
        ("全年开行班列4500列，同比增长23%，重箱率96%。", "96%", "kind", "share"),
        ("销售额增长23%，利润增长12%。", "12%", "kind", "growth"),
        ("二期年产10GWh计划明年建成。", "10GWh", "status", "planned"),
        ("20个重点工程将于年底开工。", "20个", "status", "planned"),
        ("一期年产10GWh已建成，二期计划明年建成。", "10GWh", "status", "actual"),
        ("新房均价每平方米1.8万元。", "1.8万元", "per", "m2"),
        ("开园首日接待游客5万人次。", "5万人次", "per", None),
        ("公司计划三年内投入12亿元。", "12亿元", "period", None),
        ("港口前两个月完成吞吐量850万吨。", "850万吨", "period", "2024-01/2024-02"),
        ("国内市场占有率达45%。", "45%", "of", None),
        ("增加值占GDP比重由7.8%提高到10%。", "10%", "of", "GDP"),
        ("浙江省台州市民间投资占比达62%。", "62%", "place", "台州市"),
        ("新疆棉花产量568万吨。", "568万吨", "place", "新疆维吾尔自治区"),
    ],
)
def test_words_right_around_a_number_decide(text: str, raw: str, field: str, expected: str | None) -> None:
    """What stands right around a number tells more of it than an earlier clause or a word that only looks alike."""
    assert expected == getattr(claim(raw, text), field)


@pytest.mark.parametrize(
    ("text", "raw", "expected"),
    [
        ("从业人员50万人。", "50万人", "从业人员"),
        ("压减炼钢产能1562万吨。", "1562万吨", "压减炼钢产能"),
        ("每万人拥有发明专利由6.2件提高到14.5件。", "14.5件", "每万人拥有发明专利"),
        ("存款余额达21.8万亿元，较年初增加4.5万亿元。", "4.5万亿元", "存款余额"),
        ("大豆亩均收益比上年减少120元。", "120元", "大豆亩均收益"),
        ("因灾死亡12人、失踪3人。", "12人", "因灾死亡"),
        ("产值占比提升至48.6%，提高2.1个百分点。", "2.1个百分点", "产值占比"),
    ],
)
def test_a_label_says_what_is_measured(text: str, raw: str, expected: str) -> None:
    """A label is whole words of the article, never the bare unit where the sentence says more."""
    assert expected == claim(raw, text).label


def test_a_measure_word_before_a_word_that_begins_alike() -> None:
    """3家电池企业 counts firms, 48台风机 counts machines; 家电 and 台风 are words of their own."""
    found = read("全市有3家电池企业，安装48台风机，表彰12名优秀员工。").claims
    assert ["3家", "48台", "12名"] == [each.raw for each in found]


def test_an_amount_behind_each_is_a_denominator() -> None:
    """每节约1吨标准煤 measures nothing; what comes of it does."""
    assert ["2.66吨"] == [each.raw for each in read("每节约1吨标准煤可减排二氧化碳2.66吨。").claims]


def test_numbers_that_define_a_class_are_no_claims() -> None:
    """500万元以上固定资产投资, 超百亿元企业3家: only what is counted is told."""
    found = read("500万元以上固定资产投资38亿元，培育超百亿元企业3家，引进超百亿元的资金。").claims
    assert ["38亿元", "3家", "百亿元"] == [each.raw for each in found]


def test_an_hour_is_no_point_of_an_index() -> None:
    found = read("沪指9点30分开盘，突破4000点大关。").claims
    assert ["4000点"] == [each.raw for each in found]


CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "fields.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text'][-1][:12]} {case['raw']}")
def test_fields_are_read_as_the_case_file_says(case: dict[str, Any]) -> None:
    expected = {key: case[key] for key in case if key not in {"text", "raw", "title", "date"}}
    found = claim(case["raw"], *case["text"], title=case.get("title"), date=case.get("date"))
    seen = {key: getattr(found, key) for key in expected}
    assert expected == {key: str(seen[key]) if isinstance(seen[key], Decimal) else seen[key] for key in seen}
