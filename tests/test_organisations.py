"""Names of organisations in invented text: where they begin and end, of which kind they are, what is none."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.orgnames import org_names


def names(text: str) -> list[str]:
    return [text[found.start : found.end] for found in org_names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江苏嘉禾智能工业科技股份有限公司董事长付某认为", ["江苏嘉禾智能工业科技股份有限公司"]),
        ("中铁鄂尔多斯物流有限公司的项目", ["中铁鄂尔多斯物流有限公司"]),
        ("由福建恒瑞纺织集团投资建设", ["福建恒瑞纺织集团"]),
        ("与华为技术有限公司签约", ["华为技术有限公司"]),
        ("引进浙江正泰新能源开发有限公司落户", ["浙江正泰新能源开发有限公司"]),
        ("中车（株洲）电力机车有限公司交付", ["中车（株洲）电力机车有限公司"]),
        ("内蒙古蒙北乳业(集团)股份有限公司", ["内蒙古蒙北乳业(集团)股份有限公司"]),
        ("甘肃建设投资集团、广西交通投资集团", ["甘肃建设投资集团", "广西交通投资集团"]),
        ("TCL集团和58同城公司", ["TCL集团", "同城公司"]),
        ("云南洱月文旅有限公司开业", ["云南洱月文旅有限公司"]),
        ("据了解，2024年，山西晋能煤业有限责任公司", ["山西晋能煤业有限责任公司"]),
    ],
)
def test_companies_have_their_whole_name(text: str, expected: list[str]) -> None:
    assert expected == names(text)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("中国人民银行天津市分行表示", "中国人民银行天津市分行", "bank"),
        ("向邮储银行贷款", "邮储银行", "bank"),
        ("本报记者从包头市工业和信息化局获悉", "包头市工业和信息化局", "government"),
        ("据国家统计局数据", "国家统计局", "government"),
        ("陕西省发展和改革委员会主任", "陕西省发展和改革委员会", "government"),
        ("台州市海洋与渔业局通报", "台州市海洋与渔业局", "government"),
        ("自治区政务服务与数据管理局", "自治区政务服务与数据管理局", "government"),
        ("会同市地方金融管理局推进", "市地方金融管理局", "government"),
        ("苏州工业园区管委会", "苏州工业园区管委会", "government"),
        ("清华大学新能源研究院院长", "清华大学新能源研究院", "institute"),
        ("与浙江大学合作", "浙江大学", "university"),
        ("中国汽车工业协会副秘书长", "中国汽车工业协会", "association"),
        ("中共长沙市委宣传部", "中共长沙市委宣传部", "party"),
        ("新华社记者", "新华社", "media"),
        ("赤峰市委出台政策", "赤峰市委", "party"),
        ("河北省人大常委会副主任", "河北省人大常委会", "government"),
        ("国网云东电力有限公司供电服务中心主任", "国网云东电力有限公司供电服务中心", "company"),
        ("云南省滇能集团有限公司党委书记", "云南省滇能集团有限公司党委", "company"),
        ("中国科学院大连化学物理研究所", "中国科学院大连化学物理研究所", "institute"),
        ("恒力石化（大连）有限公司", "恒力石化（大连）有限公司", "company"),
    ],
)
def test_each_name_has_its_kind(text: str, name: str, kind: str) -> None:
    (found,) = org_names(text)
    assert (name, kind) == (text[found.start : found.end], found.kind)


@pytest.mark.parametrize(
    "text",
    [
        "该公司负责人表示",
        "农民专业合作社带动农户",
        "多家企业、上市公司、各大银行",
        "引进大型国有能源公司",
        "优化布局，打开新局面，把握大局",
        "大学生走进大厅",
        "有关部门部署",
        "公安部门、教育部门，交通部署",
        "银行业集团化发展",
        "成立了投资公司",
        "通辽市副市长白某说",
        "鄂尔多斯综合保税区",
    ],
)
def test_common_nouns_and_places_are_no_organisations(text: str) -> None:
    assert [] == names(text)


def test_names_in_a_list_stay_apart() -> None:
    expected = ["国家税务总局内蒙古自治区税务局", "财政部", "工信部", "国家发展改革委"]
    assert expected == names("国家税务总局内蒙古自治区税务局，财政部、工信部和国家发展改革委联合印发")


_PIECES = [
    "江苏",
    "有限公司",
    "集团",
    "（",
    "）",
    "以下简称",
    "“",
    "”",
    "、",
    "建设",
    "的",
    "局",
    "大学",
    "该",
    "新能源",
]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=14))
def test_spans_are_in_order_and_do_not_overlap(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = org_names(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
