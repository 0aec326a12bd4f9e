"""Articles of plain text, which are read without a Markdown reader: to the same as with it."""

from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.loaders import Page, load
from sitegen.loaders.plain import read_plain

HEAD = "---\ntitle: 测试\ndate: 2025-06-10\n---\n"
ROOT = Path(__file__).resolve().parents[1]
PLAIN = [
    "产值1.5亿元。",
    "\n\n## 一、开 头\n\n某地电　产值5%。\n",
    "“甲说：‘好’。”\n\n### 乙\n\n2023年，**重点**是**风电**。\n\n# 丙\n",
    "A 与 $B$ 各半；a@b.cn 或 http://a.cn/?x=1。",
]
MORE = [
    "甲\n乙",
    "甲\n\n- 乙",
    "1. 甲",
    "甲*乙*丙",
    "甲 **乙 ** 丙",
    "****甲****",
    "**甲****乙**",
    "[甲](乙)",
    "甲<b>乙",
    "甲&lt;乙",
    "    甲",
    "甲  乙",
    "甲 　乙",
    "甲 ",
    "　甲",
    "甲\u200b乙",
    "甲\ufffc乙",
    "## 甲\n\n## 甲\n\n乙",
    "## 甲 ##\n\n乙",
    "##甲\n\n乙",
    "……",
    "`甲`",
    "甲_乙_",
    "~~甲~~",
    "",
]
PIECES = st.sampled_from([
    *("产值", "1.5", "5%", "。", "，", "“", "”", "A", "a", " ", "　", "**", "\n\n", "\n\n", "\n\n", "## ", "# ", "\n"),
    *("1. ", "2)", "- ", "|", ":", "=", "*", "_", "`", "~", "[", "]", "<", ">", "&", "!", "\\", "\t", "\xa0", "\u200b", "\u2028"),
])  # fmt: skip


def by_markdown(text: str) -> Page:
    with patch("sitegen.loaders.markdown.read_plain", lambda lines, first: None):
        return load("a.md", text.encode())


@pytest.mark.parametrize("body", PLAIN)
def test_plain_text_is_read_without_a_markdown_reader_to_the_same(body: str) -> None:
    assert read_plain(body.split("\n"), 5) is not None
    assert by_markdown(HEAD + body) == load("a.md", (HEAD + body).encode())


@pytest.mark.parametrize("body", MORE)
def test_what_may_be_more_than_plain_text_is_left_to_markdown(body: str) -> None:
    assert read_plain(body.split("\n"), 5) is None


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_text_is_read_to_the_same(body: str) -> None:
    assert by_markdown(HEAD + body) == load("a.md", (HEAD + body).encode())


def test_a_text_of_many_subheads_is_left_to_markdown() -> None:
    assert read_plain(["甲", *(line for n in range(501) for line in ("", f"## 第{n}"))], 1) is None


def test_articles_of_this_site_are_read_to_the_same() -> None:
    for path in sorted((ROOT / "content" / "articles").glob("*.md")):
        text = path.read_text("utf-8")
        assert by_markdown(text) == load("a.md", text.encode())
