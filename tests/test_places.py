"""Places in invented text of many provinces and decades: what is one, which one, what only looks like one."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.lexicon import packaged
from sitegen.places import PlaceMention, gazetteer

G = gazetteer()


def names(text: str, **options: str) -> list[str]:
    return [mention.name for mention in G.mentions(text, **options)]


def by_printed(text: str) -> dict[str, PlaceMention]:
    return {text[mention.start : mention.end]: mention for mention in G.mentions(text)}


def test_the_tables_have_all_divisions_of_the_national_codes() -> None:
    current = [place for place in G.divisions.codes.values() if "/" not in place.code]
    assert {"province": 34, "prefecture": 333, "county": 2847} == Counter(place.level for place in current)
    inner_mongolia = [place for place in current if place.code.startswith("15")]
    assert {"province": 1, "prefecture": 12, "county": 103} == Counter(
        place.level for place in inner_mongolia
    )


def test_every_parent_exists_and_every_chain_ends_at_a_province() -> None:
    for code, place in G.divisions.codes.items():
        chain = G.parent_chain(code)
        assert ("province" if not chain else chain[-1].level) == "province", place
        assert all(above.level != "county" for above in chain)


def test_every_full_name_that_is_no_common_word_is_found_on_its_own() -> None:
    generic = set(packaged("place_words.yml")["generic_names"])
    for place in G.divisions.codes.values():
        if place.name in generic or "/" in place.code:
            continue
        found = G.mentions(f"在{place.name}的项目")
        assert [(1, 1 + len(place.name), place.name)] == [m[:3] for m in found], place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("浙江省宁波市北仑区的港口", ["浙江省", "宁波市", "北仑区"]),
        ("山东淄博、潍坊两市", ["山东省", "淄博市", "潍坊市"]),
        ("内蒙古、新疆、香港和台湾的客商", ["内蒙古自治区", "新疆维吾尔自治区", "香港特别行政区", "台湾省"]),
        ("恩施州与湘西州接壤", ["恩施土家族苗族自治州", "湘西土家族苗族自治州"]),
        ("科左中旗、东乌旗和达茂旗", ["科尔沁左翼中旗", "东乌珠穆沁旗", "达尔罕茂明安联合旗"]),
        ("湖北省神农架林区", ["湖北省", "神农架林区"]),
        ("海南省文昌市", ["海南省", "文昌市"]),
        ("1985年，哲里木盟粮食丰收", ["哲里木盟"]),
        ("呼和浩特和林格尔县", ["呼和浩特市", "和林格尔县"]),
        ("上海浦东新区", ["上海市", "浦东新区"]),
    ],
)
def test_names_are_found_with_their_standard_name(text: str, expected: list[str]) -> None:
    assert expected == names(text)


@pytest.mark.parametrize(
    "text",
    [
        "双方合作共赢，资源丰富，打通通道，振兴东方",
        "投资兴业的热土",
        "副市长白某介绍",
        "日照充足，来宾众多，长治久安，大同小异",
        "市场上白银价格走高，朝阳产业蓬勃",
        "京津冀、长三角、粤港澳大湾区、黄河流域和三北工程",
        "鄂尔多斯高原与河西走廊",
        "复合肥料供应充足，配合肥效试验",
        "国内江河湖库，境内江段",
        "出海口和沿海口岸",
        "隆重庆祝，盛大庆典",
        "变成都市农业，建成都市圈",
        "休闲农业示范县，全国卫生模范县",
        "重大理论成果，大理石板材",
        "西南通道、东南通道",
        "强市富县，由村变成县级，到达县里，风景县城",
        "合作社带动农户，市和县两级",
        "建设新城区，改造老城区，城区与郊区",
        "黄河南岸，黄河北岸，珠江西岸",
        "会同市场监管部门",
        "阿里巴巴和阿里云",
    ],
)
def test_words_that_hold_a_name_are_no_place(text: str) -> None:
    assert [] == names(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("山东日照的日照时数", ["山东省", "日照市"]),
        ("甘肃白银出产白银期货用料", ["甘肃省", "白银市"]),
        ("阳泉市城区改造城区道路", ["阳泉市", "城区", "城区"]),
        ("安徽省马鞍山市和县", ["安徽省", "马鞍山市", "和县"]),
        ("安乡县、南县的稻田", ["安乡县", "南县"]),
        ("安乡县丰收，邻近的南县也丰收", ["安乡县", "南县"]),
        ("洛阳市企业　老城区　0.9", ["洛阳市", "老城区"]),
        ("曹县的汉服，蔚县的剪纸", ["曹县", "蔚县"]),
    ],
)
def test_a_doubtful_name_counts_beside_its_parent_or_in_a_list(text: str, expected: list[str]) -> None:
    assert expected == names(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("天津市场回暖", [("天津", "天津市")]),
        ("鄂尔多斯市值得一去", [("鄂尔多斯", "鄂尔多斯市")]),
        ("合肥市场供应", [("合肥", "合肥市")]),
        ("河北省会石家庄", [("河北", "河北省"), ("石家庄", "石家庄市")]),
        ("海南区域经济", [("海南", "海南省")]),
    ],
)
def test_a_name_ends_where_the_next_word_begins(text: str, expected: list[tuple[str, str]]) -> None:
    assert expected == [(text[m.start : m.end], m.name) for m in G.mentions(text)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("湖北省武汉市青山区", "420107"),
        ("青山区在包头市东部", "150204"),
        ("包头市昆都仑区和青山区", "150204"),
        ("北京市朝阳区", "110105"),
        ("长春市的朝阳区", "220104"),
        ("西安市新城区", "610102"),
        ("呼和浩特市新城区", "150102"),
        ("江苏省南通市通州区", "320612"),
        ("北京通州区", "110112"),
    ],
)
def test_a_name_of_several_divisions_is_the_one_near_what_else_is_named(text: str, code: str) -> None:
    assert [code] == [m.code for m in G.mentions(text) if m.name in {"青山区", "朝阳区", "新城区", "通州区"}]


def test_a_name_of_several_divisions_without_context_keeps_its_name_and_has_no_code() -> None:
    (mention,) = G.mentions("青山区今年新开工项目30个。")
    assert ("青山区", "county", None) == (mention.name, mention.level, mention.code)


def test_short_names_of_counties_need_their_full_name_or_their_parent_in_the_article() -> None:
    assert [] == names("昆山去年生产总值超5000亿元")
    assert ["满洲里市", "张家港市"] == names("满洲里通关提速，张家港的钢铁企业")
    assert ["昆山市", "昆山市"] == names("昆山市去年生产总值超5000亿元，昆山的外资企业")
    article = G.for_text("苏州今年发力。昆山去年生产总值超5000亿元。")
    assert ["昆山市"] == [m.name for m in article.mentions("昆山去年生产总值超5000亿元。")]
    assert ["江苏省", "溧阳市", "溧阳市"] == names("江苏溧阳的电池产业，溧阳有企业80家")
    assert ["内蒙古自治区", "满洲里市"] == names("内蒙古进出口增长，满洲里通关提速")


def test_common_words_stay_words_even_where_the_county_is_named() -> None:
    assert ["资源县"] == names("资源县资源丰富")
    assert ["甘肃省", "合作市"] == names("甘肃省合作市开展合作")


def test_towns_roads_and_rivers_are_no_divisions() -> None:
    assert ["昆山市"] == names("昆山市发布消息，昆山路堵车")
    assert [] == names("南京路步行街与北京东路")
    assert ["南京市", "南京市"] == names("南京市的南京路桥集团旧址")[:2]
    assert ["固阳县"] == names("固阳县推进，固阳镇完成")


def test_words_that_point_back_mean_the_home_of_the_article() -> None:
    article = G.for_text("通辽市肉牛存栏400万头。通辽市还有玉米。")
    assert ["通辽市"] == [m.name for m in article.mentions("全市共有牧户8万户。")]
    assert ["内蒙古自治区"] == [m.name for m in article.mentions("全区第一。")]
    assert ["陕西省"] == names("我省夏粮丰收", home="陕西省")
    assert ["广西壮族自治区"] == names("全区边贸增长", home="南宁市")
    assert [] == names("全区上下，全省各地，我市")
    assert [] == names("全区第一", home="陕西省")
    assert all(m.anaphora for m in G.mentions("全旗", home="乌审旗"))


def test_this_banner_is_the_banner_named_last() -> None:
    text = "内蒙古自治区乌审旗和鄂托克旗相邻。该旗有天然气。"
    assert "鄂托克旗" == names(text)[-1]


def test_places_in_organisations_are_marked() -> None:
    found = by_printed("江苏嘉禾智能科技股份有限公司落户通辽市，中铁鄂尔多斯物流有限公司入驻。")
    assert (True, False) == (found["江苏"].in_organisation, found["江苏"].government)
    assert not found["通辽市"].in_organisation
    assert found["鄂尔多斯"].in_organisation
    assert by_printed("中国人民银行天津市分行")["天津市"].in_organisation
    assert by_printed("由云南大学研发")["云南"].in_organisation


@pytest.mark.parametrize(
    "text", ["包头市工业和信息化局", "通辽市副市长", "郑州市委书记", "杭州市人民政府", "盐池县县长"]
)
def test_authorities_and_offices_of_a_place_are_marked_as_its_government(text: str) -> None:
    mention = G.mentions(text)[0]
    assert (True, True) == (mention.in_organisation, mention.government)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("走进大路工业园区", ["大路工业园区"]),
        ("通辽市科尔沁区木里图工业园区", ["通辽市", "科尔沁区", "木里图工业园区"]),
        ("鄂尔多斯综合保税区进出口额", ["鄂尔多斯综合保税区"]),
        ("在包头装备制造产业园区", ["包头装备制造产业园区"]),
        ("呼和浩特和林格尔新区", ["呼和浩特市", "和林格尔新区"]),
        ("河北雄安新区", ["河北省", "雄安新区"]),
        ("江苏苏州工业园区", ["江苏省", "苏州工业园区"]),
        ("西安高新区、合肥经开区", ["西安高新区", "合肥经开区"]),
        ("位于上海临港新片区", ["上海市", "临港新片区"]),
        ("陕西省神木市锦界工业园区", ["陕西省", "神木市", "锦界工业园区"]),
        ("成都高新技术产业开发区", ["成都高新技术产业开发区"]),
        ("甘其毛都口岸过货量", ["乌拉特中旗"]),
        ("二连浩特口岸过货量", ["二连浩特市"]),
        ("中国（新疆）自由贸易试验区挂牌", ["中国（新疆）自由贸易试验区"]),
        ("青岛西海岸新区", ["青岛市", "西海岸新区"]),
        ("上海浦东新区张江科学城", ["上海市", "浦东新区", "张江科学城"]),
    ],
)
def test_parks_have_their_whole_name(text: str, expected: list[str]) -> None:
    assert expected == names(text)


@pytest.mark.parametrize(
    "text",
    [
        "该园区产值增长，园区内企业满产",
        "建设一批产业园区",
        "打造国家级高新区",
        "建设现代农业产业园",
        "各开发区和综合保税区",
        "培育新能源装备产业园",
        "国家一类口岸",
    ],
)
def test_common_nouns_of_parks_name_none(text: str) -> None:
    assert [] == names(text)


def test_a_park_has_the_division_printed_last_as_parent() -> None:
    park = G.mentions("乌海市海南区的海南工业园满产。")[-1]
    assert ("海南工业园", "park", None, "150303") == (park.name, park.level, park.code, park.parent)


def test_a_short_name_means_the_district_where_only_the_district_is_named() -> None:
    assert ["乌海市", "海南区", "海南区"] == names("乌海市海南区推进转型，海南的焦化企业")
    assert ["海南省", "海南省"] == names("海南省封关，海南的免税店")


def test_helpers_tell_levels_and_names() -> None:
    assert ["通辽市", "内蒙古自治区"] == [place.name for place in G.parent_chain("150521")]
    assert G.contains("150000", "150521")
    assert not G.contains("150600", "150521")
    assert "内蒙古自治区" == G.full_name("内蒙古")
    assert "科尔沁左翼中旗" == G.full_name("科左中旗")
    assert "吉林省" == G.full_name("吉林")
    assert G.full_name("亚特兰蒂斯") is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "内蒙古",
                "青山区",
                "海南",
                "和县",
                "口岸",
                "产业园",
                "市场",
                "全区",
                "该旗",
                "有限公司",
                "、",
                "在",
                "（",
                "）",
                "山西大同",
                "x",
                "1",
            ]
        ),
        max_size=14,
    )
)
def test_mentions_are_in_order_do_not_overlap_and_lie_in_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = G.mentions(text)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert found == G.mentions(text)
