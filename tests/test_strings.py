"""The words of the interface: every language has the same keys, every key is used, none is missing."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from small_site import NEWS, claim

from sitegen import strings
from sitegen.problems import ConfigError, SitegenError
from sitegen.render import default_theme

ROOT = Path(__file__).parent.parent
# keys that are put together at run time, or live in a table that grows with the data
FAMILIES = (
    "archive.",
    "correction.",
    "desk.refused-",
    "llms.",
    "unit.",
    "per.",
    "scale.",
    "field.",
    "bound.",
    "date.",
    "amount.",
)
_KEY = re.compile(r"""\bt\(\s*'([\w.-]+)'(\s*~)?""")
_HOLE = re.compile(r"\{\w+\}")
# families where one language may have an entry that another does without
OWN = ("scale.", "field.")


# where templates are that have no words of their own: of the site, of the review desk
TEMPLATES = sorted([*default_theme().glob("*.*ml"), *(ROOT / "sitegen/data/desk").glob("*.html")])


def used() -> tuple[set[str], set[str]]:
    """Keys and beginnings of keys that the templates use."""
    whole, starts = set(), set()
    for file in TEMPLATES:
        for key, more in _KEY.findall(file.read_text("utf-8")):
            (starts if more else whole).add(key)
    return whole, starts


def test_all_languages_have_the_same_keys_and_holes() -> None:
    tables = {language: strings.load(language).words for language in strings.languages()}
    assert {"zh-CN", "en"} <= set(tables)
    shapes = {
        language: {key: sorted(_HOLE.findall(text)) for key, text in words.items() if not key.startswith(OWN)}
        for language, words in tables.items()
    }
    for language, shape in shapes.items():
        assert shapes["zh-CN"] == shape, language


def test_every_key_that_a_template_uses_exists() -> None:
    words = strings.load("zh-CN").words
    whole, starts = used()
    assert set() == whole - set(words)
    assert [] == [start for start in starts if not any(key.startswith(start) for key in words)]


def test_every_key_is_used() -> None:
    whole, starts = used()
    beginnings = (*FAMILIES, *starts)
    unused = {
        key for key in strings.load("zh-CN").words if key not in whole and not key.startswith(beginnings)
    }
    assert set() == unused


def test_templates_hold_no_words_of_their_own() -> None:
    for file in TEMPLATES:
        text = re.sub(r"\{#.*?#\}", "", file.read_text("utf-8"), flags=re.DOTALL)
        assert not re.search(r"[\u4e00-\u9fff]", text), file.name


def test_an_unknown_language_says_which_there_are() -> None:
    with pytest.raises(ConfigError, match="en, zh-CN"):
        strings.load("fr")


def test_an_unknown_key_and_a_missing_value_are_errors_that_name_the_key() -> None:
    words = strings.load("zh-CN")
    with pytest.raises(SitegenError, match=r"nav\.nowhere"):
        words("nav.nowhere")
    with pytest.raises(SitegenError, match=r"article\.numbers"):
        words("article.numbers")


def test_a_site_lays_its_own_words_over_the_packaged_ones(tmp_path: Path) -> None:
    (tmp_path / "strings").mkdir()
    (tmp_path / "strings" / "zh-CN.yml").write_text('nav: {data: "下载"}\n', "utf-8")
    words = strings.load("zh-CN", [tmp_path])
    assert ("下载", "方法") == (words("nav.data"), words("nav.method"))


@pytest.mark.parametrize(
    ("text", "fact"), [('nav:\n  data: "x', "zh-CN.yml:2"), ("nav: {data: 3}", "nav.data")]
)
def test_a_bad_file_of_words_is_named_with_what_is_wrong(tmp_path: Path, text: str, fact: str) -> None:
    (tmp_path / "strings").mkdir()
    (tmp_path / "strings" / "zh-CN.yml").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=fact):
        strings.load("zh-CN", [tmp_path])


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2023", "2023年", "2023"),
        ("2025-04", "2025年4月", "2025-4"),
        ("2025-06-10", "2025年6月10日", "2025-6-10"),
        ("2024-01/2024-06", "2024年1月至2024年6月", "2024-1 to 2024-6"),
        ("2026-2030", "2026年至2030年", "2026 to 2030"),
        ("近日", "近日", "近日"),
    ],
)
def test_periods_in_words(period: str, zh: str, en: str) -> None:
    assert (zh, en) == (strings.load("zh-CN").period(period), strings.load("en").period(period))


@pytest.mark.parametrize(
    ("value", "unit", "zh", "exact"),
    [
        ("456570000000", "CNY", "4565.7亿元", "456,570,000,000 元"),
        ("2720000000000", "CNY", "2.72万亿元", "2,720,000,000,000 元"),
        ("40000000", "t", "4000万吨", "40,000,000 吨"),
        ("85.6", "%", "85.6%", "85.6 %"),
        ("160", "个", "160个", "160 个"),
        ("2E+15", "FLOPS", "2000万亿次/秒", "2,000,000,000,000,000 次/秒"),
        ("-3", "%", "−3%", "−3 %"),
        ("12000", "%", "12000%", "12,000 %"),
        ("1.15", None, "1.15", "1.15 "),
        ("10000", "台", "1万台", "10,000 台"),
        ("9999.5", "亩", "9999.5亩", "9,999.5 亩"),
    ],
)
def test_amounts_are_scaled_and_never_rounded(value: str, unit: str | None, zh: str, exact: str) -> None:
    words = strings.load("zh-CN")
    assert (zh, exact) == (words.amount(Decimal(value), unit), words.exactly(Decimal(value), unit))


def test_a_reading_names_bound_rate_and_range() -> None:
    words = strings.load("zh-CN")
    text = "投资3—5亿元"
    one = claim(NEWS, 1, 0, text, "3—5亿元", "300000000", "CNY", value_max=Decimal(500000000), bound="about")
    assert "约3亿元至5亿元" == words.reading(one)
    rate = claim(NEWS, 2, 0, text, "3—5亿元", "21000", "t", per="year", bound="at_least")
    assert "至少每年2.1万吨" == words.reading(rate)
