"""A number of the title that the text prints with one slip of the hand between them: 签约168亿元 above 合同金额186亿元."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from sitegen.checks.base import (
    HALF,
    RATES,
    Sentence,
    either,
    finding,
    plain,
    printed_numeral,
    reach,
    shown,
    words,
)
from sitegen.checks.misprints import printed_digits, swapped
from sitegen.model import Claim, Warning
from sitegen.numerals import numeral_at
from sitegen.text import fold

_NUMBER = re.compile(
    r"(?<![\d.])\d[\d.,]*|(?<![一二三四五六七八九十百千万亿第])[一二三四五六七八九][一二三四五六七八九十百千万亿]{3,}"
)


_WHOLE = 2  # a title with more digits than these has been rounded by less


@cache
def _open() -> re.Pattern[str]:
    """Words before or behind a number that leave open what it is exactly."""
    data = words("headlines")
    return re.compile(rf"{either(data['open'])}\d|\d[万亿千百]*{either(data['more'])}")


def headlines(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on the numbers of the title of one article."""
    if not sentences:
        return
    title = fold(sentences[0].facts.article.title or "")
    claims = [(sentence, claim) for sentence in sentences for claim in sentence.claims]
    for match in _NUMBER.finditer(title):
        numeral = numeral_at(title, match.start())
        around = title[max(0, match.start() - 3) : match.end() + 3]
        if numeral is None or not numeral.value or _open().search(around):
            continue
        same = [
            (sentence, claim, value)
            for sentence, claim in claims
            if (value := _as(claim, numeral.value, title[numeral.end :])) is not None
        ]
        if any(_rounds(claim, value, _fineness(match.group())) for _, claim, value in same):
            continue
        near = [(sentence, claim) for sentence, claim, value in same if value in set(swapped(claim))]
        if len({claim.value for _, claim in near}) == 1 and _digits(near[0][1]) > 1 and plain(near[0][1]):
            yield _says(*near[0], title[match.start() : numeral.end + len(_tail(near[0][1]))])


def _tail(claim: Claim) -> str:
    """The unit as it is printed behind the number and its word of scale."""
    numeral = printed_numeral(claim.raw)
    return fold(claim.raw)[numeral.end :] if numeral else ""


def _as(claim: Claim, value: Decimal, behind: str) -> Decimal | None:
    """A number of the title in the claim's unit; None where it is printed with another one."""
    numeral, tail = printed_numeral(claim.raw), _tail(claim)
    if (
        numeral is None
        or not numeral.value
        or not tail
        or not behind.startswith(tail)
        or claim.unit in RATES - {"%"}
    ):
        return None
    return value * claim.value / numeral.value


def _fineness(printed: str) -> int:
    """How many digits of the number are printed, without the noughts behind them."""
    digits = (
        re.sub(r"[.,]", "", printed).rstrip("0")
        if printed[0].isdigit()
        else re.sub("[十百千万亿]", "", printed)
    )
    return len(digits)


def _digits(claim: Claim) -> int:
    return len(printed_digits(claim)[0].replace(".", "").replace(",", "").strip("0"))


def _rounds(claim: Claim, value: Decimal, digits: int) -> bool:
    """Whether the title may mean the claim: a title rounds, most to two digits, and never to more digits than it has."""
    range_ = reach(claim, HALF)
    slack = abs(value) * Decimal(words("headlines")["slack"]) if digits <= _digits(claim) else Decimal(0)
    if digits > _WHOLE:
        slack = min(slack, abs(value) * Decimal(10) ** (1 - digits))
    return range_.low - slack <= value <= range_.high + slack


def _says(sentence: Sentence, claim: Claim, said: str) -> Warning:
    given = {"title": said, "text": shown(claim)}
    return finding(
        "headlines", "differs", "differs", (claim,), sentence.facts, f"{said} ≠ {given['text']}", **given
    )
