"""Markdown as Chinese editors write it: a table of cases, each with the HTML that readers get."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen.loaders.body import mark_body
from sitegen.loaders.markup import html

CASES: list[dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "markdown_cases.yml").read_text("utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_a_case(case: dict[str, Any]) -> None:
    assert case["html"] == re.sub(r' data-p="\d+"', "", mark_body(html(case["text"])).html).strip()


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 40


def test_another_heading_changes_no_other_anchor() -> None:
    before = mark_body(html("## 一、产量\n\n文。\n\n## 二、投资\n"))
    after = mark_body(html("## 〇、序\n\n## 一、产量\n\n文。\n\n## 一又二分之一\n\n## 二、投资\n"))
    anchors = re.findall(r'id="([^"]+)"', before.html)
    assert anchors == ["h-一-产量", "h-二-投资"]
    assert set(anchors) < set(re.findall(r'id="([^"]+)"', after.html))


def test_the_mark_of_a_note_is_no_number() -> None:
    body = mark_body(html("增长12[^1]，投资3亿元[^2]。\n\n[^1]: 甲。\n[^2]: 乙。\n"))
    assert ("增长12①，投资3亿元②。", "甲。", "乙。") == body.paragraphs


def test_ids_and_classes_of_an_editors_own_html_go() -> None:
    body = mark_body('<p><sup id="main">x</sup><a class="n" href="/a/">y</a></p><ul><li id="p-1">z</li></ul>')
    assert "id=" not in body.html
    assert "class=" not in body.html
