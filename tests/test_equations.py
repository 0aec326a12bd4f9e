"""Equations between printed numbers: they hold for true numbers, and name the slip where one number is misprinted."""

from decimal import Decimal

import pytest

from sitegen.checks.base import Said, sentences_of
from sitegen.checks.equations import Equation, difference, growth, increase, product, share, slip_of, total
from sitegen.extract import extract
from sitegen.model import Article, Paragraph


def said(text: str) -> list[Said]:
    """The numbers of one sentence."""
    article = Article("a0000000001", "a.txt", "标题", (), None, (Paragraph(text, (1, 1), ((0, 1),)),))
    return [
        Said(s, claim, s.gap(at)) for s in sentences_of(extract(article)) for at, claim in enumerate(s.claims)
    ]


def equation(kind: str, text: str) -> Equation:
    numbers = said(text)
    made = {
        "share": lambda: share(numbers[2], numbers[1], numbers[0], "sure"),
        "rest": lambda: share(numbers[2], numbers[1], numbers[0], "sure", rest=True),
        "growth": lambda: growth(numbers[2], numbers[1], numbers[0], "sure", falls=False),
        "fall": lambda: growth(numbers[2], numbers[1], numbers[0], "sure", falls=True),
        "increase": lambda: increase(numbers[2], numbers[1], numbers[0], "sure", falls=False),
        "product": lambda: product(numbers[2], numbers[1:2], numbers[0], Decimal(1), "sure"),
        "total": lambda: total(numbers[0], numbers[1:], "sure"),
        "difference": lambda: difference(numbers[2], numbers[0], numbers[1], "sure"),
    }[kind]()
    assert made is not None
    return made


CASES = [
    ("share", "全市有小学3150所，其中2520所通水，占80%。", "全市有小学3150所，其中2250所通水，占80%。", "2520"),
    ("rest", "全市有小学3150所，其中2520所通水，其余占20%。", "全市有小学3150所，其中2250所通水，其余占20%。", "2520"),
    ("growth", "由46.64亿元增加到58.3亿元，增长25%。", "由46.64亿元增加到58.3亿元，增长52%。", "25"),
    ("fall", "由6250元下降到5500元，下降12%。", "由6250元下降到5500元，下降21%。", "12"),
    ("increase", "产量134万吨，比去年增加4万吨，增长3.1%。", "产量134万吨，比去年增加4万吨，增长1.3%。", "3.1"),
    ("product", "3842个项目，平均每个1250万元，总投资480.25亿元。", "3842个项目，平均每个1250万元，总投资408.25亿元。", "48025000000"),
    ("total", "展览480件，其中原创360件，引进120件。", "展览480件，其中原创360件，引进210件。", "120"),
    ("difference", "投资47.9亿元，已完成16.8亿元，其余31.1亿元。", "投资47.9亿元，已完成16.8亿元，其余13.1亿元。", "3110000000"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "true", "wrong", "right"), CASES, ids=[case[0] for case in CASES])
def test_equation_holds_until_a_digit_is_moved_and_then_tells_what_was_meant(
    kind: str, true: str, wrong: str, right: str
) -> None:
    assert equation(kind, true).holds()
    slipped = equation(kind, wrong)
    slip = slip_of(slipped, ())
    assert not slipped.holds()
    assert slip is not None
    assert (Decimal(right), 0) == (slip.value, slip.kind)


def test_number_that_others_speak_for_is_not_blamed() -> None:
    """Where other equations speak for two of three numbers, only the third can be wrong; where for all, none is."""
    wrong = equation("total", "展览480件，其中原创360件，引进210件。")
    slip = slip_of(wrong, {claim.id for claim, _ in wrong.places[:2]})
    assert slip is not None
    assert "210件" == slip.claim.raw
    assert slip_of(wrong, {claim.id for claim, _ in wrong.places}) is None


def test_chance_is_larger_for_a_rough_number() -> None:
    """A rate to two more digits hardly fits by chance when two of its digits are moved."""
    fine = slip_of(equation("share", "铁路全长1142公里，其中高原路段960公里，占48.06%。"), ())
    rough = slip_of(equation("share", "铁路全长1142公里，其中高原路段960公里，占48%。"), ())
    assert fine is not None
    assert rough is not None
    assert (0, 0) == (fine.kind, rough.kind)
    assert fine.chance < rough.chance
