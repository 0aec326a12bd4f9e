"""The list of industries and the words that name them, in invented text of many trades."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from sitegen.industries import industry_list, read_industries
from sitegen.lexicon import LexiconError

INDUSTRIES = industry_list()
GOLD = Path(__file__).parent / "gold" / "seeds"


def found(text: str) -> list[tuple[str, str]]:
    return [(mention.printed, mention.id) for mention in INDUSTRIES.mentions(text)]


def test_the_list_is_national_in_scope_and_has_the_ten_clusters() -> None:
    assert len(INDUSTRIES.entries) >= 200
    clusters = (
        "现代装备制造 新能源 新材料 新型化工 绿色农畜产品加工 生物制造 现代服务业 数字经济 人工智能 低空经济"
    )
    assert clusters.split() == [entry.name for entry in INDUSTRIES.entries.values() if entry.cluster]


def test_ids_are_kebab_case_and_names_are_unique() -> None:
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_) for id_ in INDUSTRIES.entries)
    names = Counter(entry.name for entry in INDUSTRIES.entries.values())
    assert [] == [name for name, count in names.items() if count > 1]


def test_every_chain_of_parents_ends_at_a_root() -> None:
    roots = {entry.id for entry in INDUSTRIES.entries.values() if entry.parent is None}
    for id_ in INDUSTRIES.entries:
        assert (INDUSTRIES.parents(id_) or (INDUSTRIES.get(id_),))[-1].id in roots


def test_parents_are_the_broader_entries_nearest_first() -> None:
    assert ["wind-power", "new-energy", "energy"] == [
        entry.id for entry in INDUSTRIES.parents("offshore-wind")
    ]
    assert () == INDUSTRIES.parents("energy")
    assert INDUSTRIES.get("no-such-id") is None


def test_codes_of_the_national_classification_are_divisions_or_groups() -> None:
    codes = INDUSTRIES.divisions
    assert all(re.fullmatch(r"\d{2,3}", code) and 1 <= int(code[:2]) <= 97 for code in codes.values())
    assert {"biomedicine": "27", "wind-power": "441", "iron-ore": "081"}.items() <= codes.items()
    assert not {"finance", "digital-economy", "rare-earths"} & codes.keys()


def test_the_entries_of_the_seeds_are_in_the_list() -> None:
    for path in sorted(GOLD.glob("*.yaml")):
        for row in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["industries"]:
            entry = INDUSTRIES.get(row["id"])
            assert entry is not None, row["id"]
            assert row["name"] == entry.name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新能源汽车与新能源", [("新能源汽车", "new-energy-vehicles"), ("新能源", "new-energy")]),
        ("发展海上风电和抽水蓄能", [("海上风电", "offshore-wind"), ("抽水蓄能", "pumped-storage")]),
        (
            "纺织服装产业、船舶制造、家具",
            [("纺织服装产业", "textiles"), ("船舶制造", "shipbuilding"), ("家具", "furniture")],
        ),
        ("白茶和小龙虾产业", [("白茶", "tea"), ("小龙虾产业", "fishery")]),
        (
            "集成电路、新型显示与人形机器人",
            [("集成电路", "chips"), ("新型显示", "displays"), ("人形机器人", "robotics")],
        ),
        ("跨境电商、冷链物流", [("跨境电商", "cross-border-e-commerce"), ("冷链物流", "cold-chain")]),
        ("白酒、影视、养老产业", [("白酒", "liquor"), ("影视", "film"), ("养老产业", "elderly-care")]),
        ("制种玉米，页岩油增产", [("制种", "seeds"), ("玉米", "corn"), ("页岩油", "unconventional-oil")]),
        ("核电机组与水泥熟料", [("核电", "nuclear-power"), ("水泥熟料", "cement")]),
        ("当地一家电池企业和3家家电企业", [("电池", "lithium-batteries"), ("家电", "home-appliances")]),
        ("AI与大模型", [("AI", "artificial-intelligence"), ("大模型", "artificial-intelligence")]),
    ],
)
def test_the_longest_word_names_the_industry(text: str, expected: list[tuple[str, str]]) -> None:
    assert expected == found(text)


@pytest.mark.parametrize(
    "text",
    [
        "江苏海岳新能源科技股份有限公司",
        "由宁德海韵渔业有限公司承建",
        "省农业农村厅、市文旅局、国家能源局、县林业局",
        "地方金融管理局与金融监管总局",
        "硅谷来客立起铜像，喝茶看报",
        "黄金周、黄金时段、黄金水道",
        "能源消费强度下降，能源结构优化",
        "在养老院和汽车站",
        "OpenAI发布MAIN系统",
        "各族人民像石榴籽一样抱在一起，杜绝豆腐渣工程",
        "在科创板上市，安装4台水轮发电机组",
        "铜墙铁壁，锂离子检测数据",
    ],
)
def test_words_that_hold_an_industry_name_none(text: str) -> None:
    assert [] == found(text)


def test_stems_count_with_an_ending_or_before_an_industry_in_a_list() -> None:
    assert [("硅", "silicon-materials"), ("稀土新材料", "rare-earth-materials")] == found(
        "以硅、稀土新材料为代表"
    )
    assert [("茶产业", "tea"), ("铜精深加工", "copper")] == found("茶产业和铜精深加工")
    expected = [("铜", "copper"), ("镁", "magnesium"), ("钛产业", "titanium")]
    assert expected == found("铜、镁、钛产业")
    assert [] == found("铜、铁和锡的价格")


def test_offsets_are_those_of_the_text() -> None:
    text = "这里有（光伏），也有风电。"
    assert all(text[m.start : m.end] == m.printed for m in INDUSTRIES.mentions(text))
    assert 2 == len(INDUSTRIES.mentions(text))


@pytest.mark.parametrize(
    ("industries", "fact"),
    [
        ({"a": {"name": "甲", "parent": "b"}}, "no industry has the id 'b'"),
        ({"a": {"name": "甲", "parent": "b"}, "b": {"name": "乙", "parent": "a"}}, "lead back to itself"),
        ({"a": {"name": "甲"}, "b": {"name": "乙", "aliases": ["甲"]}}, "stands for 'a' and 'b'"),
    ],
)
def test_a_list_that_contradicts_itself_is_refused(industries: dict[str, object], fact: str) -> None:
    with pytest.raises(LexiconError, match=fact):
        read_industries({"endings": [], "industries": industries}, "industries.yml")
