"""Where a page, an article and an item of a list are at home, and what that makes of their numbers."""

from decimal import Decimal

import pytest

from sitegen.extract import extract
from sitegen.loaders import load
from sitegen.model import Facts


def page(text: str) -> list[Facts]:
    return [extract(article) for article in load("page.txt", text.encode()).articles]


def places(text: str) -> dict[str, str | None]:
    return {claim.raw: claim.place for facts in page(text) for claim in facts.claims}


@pytest.mark.parametrize(
    ("masthead", "home"),
    [
        ("白银日报 2022年3月29日 第4版", "白银市"),  # 白银 is a metal too
        ("景泰发布 2022-03-29", "景泰县"),
        ("解放日报 2022年3月29日", "上海市"),  # and not the district 解放区
        ("湄洲日报", "莆田市"),
        ("青年报名火热", None),
        ("陶瓷小镇招商忙", None),
        ("光明日报", None),
    ],
)
def test_the_name_of_a_paper_says_where_it_is_at_home(masthead: str, home: str | None) -> None:
    text = f"{masthead}\n\n一批新厂房年底建成\n\n本报讯（记者 李小山）记者从有关部门获悉，新厂房面积3万平方米。\n"
    [article] = load("page.txt", text.encode()).articles
    assert home == article.home


def test_a_county_s_bulletin_is_not_that_of_the_office_above_it() -> None:
    text = (
        "2025年上半年如皋市经济运行情况\n\n"
        "经南通市统计局统一核算，上半年全市实现地区生产总值812.37亿元。\n\n一般公共预算收入44.06亿元。\n"
    )
    assert {"812.37亿元": "如皋市", "44.06亿元": "如皋市"} == places(text)


def test_an_address_speaks_of_its_lowest_place() -> None:
    text = (
        "滁州来安又添一个大项目\n\n今天上午，来安县汊河经济开发区机器轰鸣。\n\n"
        "今年全县盯着30个亿元以上项目开工。\n"
    )
    assert "来安县" == places(text)["30个"]


def test_a_place_behind_a_mark_is_the_head_of_a_list() -> None:
    text = (
        "钦州市重点项目一览\n\n▲钦南区\n1、养殖平台项目　总投资6.8亿元\n▲灵山县\n"
        "2、荔枝加工项目　总投资5.5亿元\n3、光伏项目　总投资9.2亿元\n"
    )
    assert {"6.8亿元": "钦南区", "5.5亿元": "灵山县", "9.2亿元": "灵山县"} == places(text)
    [article] = load("page.txt", text.encode()).articles
    assert ["▲钦南区", "▲灵山县"] == [note.text for note in article.subheads]


def test_a_county_s_name_is_found_where_another_province_s_runs_into_it() -> None:
    text = "南丰县治水记\n\n江西省南丰县关停养殖场173家。今年，抚河南丰段断面水质优良率100%。\n"
    assert "南丰县" == places(text)["100%"]


def test_a_headline_opens_with_a_county_of_the_paper_s_prefecture() -> None:
    text = (
        "白银日报 2022年3月29日 第4版\n\n景泰开工建设储能电站\n\n"
        "本报讯 3月26日，共享储能电站开工。电站总投资8.4亿元。（记者 王有禄）\n"
    )
    assert "景泰县" == places(text)["8.4亿元"]


def test_rows_of_a_table_are_not_joined_where_paragraphs_are_indented() -> None:
    text = (
        "白银市统计公报\n\n　　初步核算，全市实现地区生产总值571.4亿元，按可比价格计算，比上年增长\n7.1%，两年平均增长6%。\n"
        "　　年末全市常住人口150.2万人，其中城镇人口88.3万人，城镇化率达到\n58.8%。\n"
        "　　表1　2021年分县区地区生产总值\n县（区）\t绝对数（亿元）\t比上年增长（%）\n白银区\t268.5\t6.8\n景泰县\t52.2\t7.3\n"
    )
    found = places(text)
    assert ("白银区", "景泰县") == (found["268.5"], found["52.2"])
    values = {claim.value for facts in page(text) for claim in facts.claims}
    assert {26850000000, 5220000000} <= values


def test_parts_lie_where_the_whole_before_them_lies() -> None:
    text = (
        "企业走出去\n\n北京市外贸部门的人说，据商务部数据，中国企业共在36个国家建成合作区77个。"
        "其中，56个合作区入区企业1082家。\n"
    )
    assert {"77个": None, "56个": None, "1082家": None}.items() <= places(text).items()


def test_a_place_of_another_province_in_passing_does_not_pull_the_next_paragraph() -> None:
    text = (
        "嘉兴：产业加资本\n\n嘉兴市推介了228个项目，在上海引来一片掌声，也让不少人记住了上海。\n\n"
        "推介会现场共有28个项目签约。\n"
    )
    assert "嘉兴市" == places(text)["28个"]


def test_a_firm_s_plant_and_branches_elsewhere_are_not_where_its_numbers_are() -> None:
    text = (
        "澜洲动力交出半年报\n\n8月26日，深圳澜洲动力股份有限公司公布，营业收入58.37亿元。\n\n"
        "惠州新厂爬坡，折旧多出1.9亿元。\n\n公司研发费用4.67亿元。\n"
    )
    found = places(text)
    assert ("深圳市", "深圳市") == (found["58.37亿元"], found["4.67亿元"])
    text = "一家公司\n\n公司总部位于苏州，在天津、上海、深圳等全球多地设有研发中心，员工超400人。\n"
    assert {"400人": "苏州市"} == places(text)


def test_a_table_with_more_columns_than_units_asks_the_heads() -> None:
    text = (
        "钢铁板块一季报速览\n\n（单位：亿元、万吨，同比为％）\n\n公司\t所在地\t营业收入\t同比\t净利润\t粗钢产量\t评级\n"
        "冀东联钢\t唐山市\t312.6\t-9.8\t1.45\t786\t5\n川南不锈\t乐山市\t57.9\t4.3\t2.06\t68.5\t4\n"
    )
    read = {(claim.raw, claim.value, claim.unit) for facts in page(text) for claim in facts.claims}
    assert {("312.6", 31260000000, "CNY"), ("1.45", 145000000, "CNY"), ("786", 7860000, "t")} <= read
    assert ("4.3", Decimal("4.3"), "%") in read
    assert not [
        raw for raw, _, _ in read if raw in {"5", "4", "万吨"}
    ]  # a mark has no unit, a unit is no number


def periods(text: str) -> dict[str, str | None]:
    return {claim.raw: claim.period for facts in page(text) for claim in facts.claims}


def test_the_sections_of_a_report_stay_in_it_and_give_their_year() -> None:
    text = (
        "三江晨报　2018年1月16日\n\n富锦市政府工作报告（摘要）\n\n2017年工作回顾\n\n过去的一年，全市地区生产总值完成201.3亿元。\n\n"
        "2018年主要目标和重点工作\n\n固定资产投资增长7%以上。\n\n改造老旧小区23个。\n"
    )
    [facts] = page(text)
    read = {claim.raw: (claim.status, claim.period, claim.place) for claim in facts.claims}
    assert ("actual", "2017", "富锦市") == read["201.3亿元"]
    assert ("target", "2018", "富锦市") == read["7%"]
    assert ("2018", "富锦市") == read["23个"][1:]


def test_since_a_month_runs_to_the_article_s_month() -> None:
    lead = "旱情\n\n本报定西8月16日讯（记者 包文娟）五月以来，安定区降水只有96毫米。\n\n"
    assert "2009-05/2009-08" == periods("定西日报 2009年8月17日\n\n" + lead)["96毫米"]
    assert periods("旱情\n\n五月以来，安定区降水只有96毫米。\n")["96毫米"] is None


def test_a_quarter_s_report_is_a_quarter() -> None:
    text = "财经周刊 2023年5月8日\n\n钢企一季报速览\n\n冀东联钢营业收入312.6亿元。\n\n川南不锈营业收入57.9亿元。\n"
    assert {"312.6亿元": "2023-01/2023-03", "57.9亿元": "2023-01/2023-03"} == periods(text)


def test_a_day_in_words_is_a_day() -> None:
    text = (
        "定西日报 二○○九年八月十八日\n\n市场开秤\n\n八月十六日，渭源县会川镇市场开秤，当天成交三千四百吨。\n"
    )
    [article] = load("page.txt", text.encode()).articles
    assert "2009-08-16" == article.date


def test_a_county_is_called_what_it_was_called_then() -> None:
    lead = "苹果红了\n\n西藏林芝的米林，今年苹果产量2100吨，米林一县就占了七成。\n"
    assert "米林县" == places(f"林芝报 2019年11月5日\n\n{lead}")["2100吨"]
    assert "米林市" == places(f"林芝报 2024年11月5日\n\n{lead}")["2100吨"]


def test_a_year_begins_no_name_of_a_park() -> None:
    text = "工资单\n\n浙江省宁波市开发区的老职工说，我是1985年进开发区的第一批工人，头一个月领到48元。\n"
    assert "年进" not in (places(text)["48元"] or "")


def test_one_article_in_four_does_not_say_where_the_page_is_at_home() -> None:
    """A page of national news with one firm's investment in a county: the other articles are not about it."""
    told = [
        "灯具出口回升\n\n本报讯（记者 李小山）灯具行业前8个月出口额达到31亿美元。\n",
        "晶源公司投资建厂\n\n本报讯（记者 王一明）晶源公司在景泰县建设工厂，项目总投资4亿元，景泰县安排用地。\n",
        "海运价格走高\n\n本报讯（记者 陈冬生）新海公司完成货运量318万标箱。\n",
        "成品油价下调\n\n本报讯（记者 周安）92号汽油每升降低0.2元。\n",
    ]
    assert "景泰县" == places("\n".join(told))["4亿元"]
    assert {None} == {place for raw, place in places("\n".join(told)).items() if raw != "4亿元"}
    assert "景泰县" == places("\n".join(told[:2]))["31亿美元"]


def test_the_year_of_a_dateline_may_be_printed_in_words() -> None:
    text = (
        "乡镇企业产值超过去年\n\n新华社沈阳一九八四年十月十二日电（记者 梁大成）"
        "今年前三季度，辽宁省乡镇企业产值达到七十二亿元。\n"
    )
    [facts] = page(text)
    assert ("1984-10-12", 1984) == (facts.article.date, facts.article.year)
    assert [("辽宁省", "1984-01/1984-09")] == [(each.place, each.period) for each in facts.claims]
