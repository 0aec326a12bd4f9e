"""When a value that was read counts as right: the definitions that every figure of an evaluation rests on."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sitegen.evaluation.gold import Answers

ATTRIBUTES = ("bound", "status", "kind", "place", "period", "per", "value_max")
STRICT = ("bound", "status", "kind", "place", "per", "value_max")
"""The fields that a claim must have right, beside value and unit, to count in strict F1: all but period."""

_BLANK = re.compile(r"[\s\u200b\ufeff]+")
_SHARE_SLACK = 5e-5  # a sixth is 16.6667: shares are given with four decimals
_RELATIVE = 1e-6


def squeeze(text: Any) -> str:
    """The text without any white space (full-width and zero-width too); "" for what is no text."""
    return _BLANK.sub("", text) if isinstance(text, str) else ""


def number(value: Any) -> float | None:
    """The number that a value is or spells (4,565.7); None where it is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float | Decimal):
        return float(value)
    try:
        return float(str(value).replace(",", ""))
    except ValueError:
        return None


def same_number(read: Any, expected: Any, slack: float = 0) -> bool:
    """Equal to a millionth, or within slack; nothing equals nothing."""
    a, b = number(read), number(expected)
    if a is None or b is None:
        return a is None and b is None
    return abs(a - b) <= max(_RELATIVE * max(abs(a), abs(b)), slack)


def same_place(read: Any, expected: Any) -> bool:
    """Equal, or one written with its parents before it: 包头市青山区, 青山区."""
    a, b = squeeze(read), squeeze(expected)
    return a == b or (min(len(a), len(b)) >= 3 and (a.endswith(b) or b.endswith(a)))


def value_right(read: Any, unit: str | None, answers: Answers, units: Answers) -> bool:
    """Value and unit are among those accepted; units[0] is the editor's own."""
    slack = _SHARE_SLACK if units[0] == "%" else 0
    return any(same_number(read, each, slack) for each in answers) and any(
        (unit or None) == (each or None) for each in units
    )


def attribute_right(name: str, read: Any, answers: Answers, value: Any) -> bool:
    """A field of a claim is among the answers accepted.

    value: the claim's own, which may stand again as its upper end where the gold has no range.
    """
    if name == "value_max":
        expected = answers[0]
        return same_number(read, expected) or (
            read is not None and expected is None and same_number(read, value)
        )
    if name == "place":
        return any(_place_right(read, each) for each in answers)
    if name == "period":
        return any(months(read) == months(each) for each in answers)
    return any((read or None) == (each or None) for each in answers)


def _place_right(read: Any, expected: Any) -> bool:
    a, b = squeeze(read), squeeze(expected)
    return same_place(a, b) if a and b else a == b


def begins(text: str, answers: Iterable[Any]) -> bool:
    """The text, without white space, begins with one of the answers."""
    return any(text.startswith(squeeze(each)) for each in answers if each)


def ends(text: str, answers: Iterable[Any]) -> bool:
    """The text, without white space, ends with one of the answers."""
    return any(text.endswith(squeeze(each)) for each in answers if each)


_Months = tuple[str, str]
_PLANS = {
    "十三五": ("2016-01", "2020-12"),
    "十四五": ("2021-01", "2025-12"),
    "十五五": ("2026-01", "2030-12"),
}
_SPAN = re.compile(r"/|\.\.|~|至|—")
_YEAR = re.compile(r"(\d{4})年?")
_HALF = re.compile(r"(\d{4})-?(?:[Hh]|上半年|下半年)([12])?")
_QUARTER = re.compile(r"(\d{4})-?[Qq]([1-4])")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?")  # a day counts as its month


def months(period: Any) -> _Months | None:
    """The first and last month of a period, so that 2025-H1, 2025上半年 and 2025-01/2025-06 are the same; None for none.

    What is no period that can be told comes back as it is, twice.
    """
    text = "" if period is None else squeeze(str(period))
    if text.lower() in ("", "null", "none"):
        return None
    plan = next((span for word, span in _PLANS.items() if word in text), None)
    if plan:
        return plan
    ends = text.split("-") if re.fullmatch(r"\d{4}-\d{4}", text) else _SPAN.split(text)
    if len(ends) == 2:
        first, last = months(ends[0]), months(ends[1])
        return (first[0], last[1]) if first and last else (text, text)
    return _single(text)


def _single(text: str) -> _Months:
    if found := _YEAR.fullmatch(text):
        return f"{found[1]}-01", f"{found[1]}-12"
    if found := _HALF.fullmatch(text):
        first = (found[2] or ("1" if "上" in text else "2")) == "1"
        return (f"{found[1]}-01", f"{found[1]}-06") if first else (f"{found[1]}-07", f"{found[1]}-12")
    if found := _QUARTER.fullmatch(text):
        last = 3 * int(found[2])
        return f"{found[1]}-{last - 2:02d}", f"{found[1]}-{last:02d}"
    if found := _MONTH.fullmatch(text):
        month = f"{found[1]}-{int(found[2]):02d}"
        return month, month
    return text, text


def plain_industry(word: Any) -> str:
    """An industry's name for comparison: lower case, without 产业 behind it."""
    plain = squeeze(str(word)).lower()
    return plain.removesuffix("产业") if len(plain) > 3 else plain


_MARKS = re.compile('[“”"《》]')


def same_project(read: str, answers: Answers) -> bool:
    """One name contains the other, quotation marks aside."""
    a = _MARKS.sub("", squeeze(read))
    names = (_MARKS.sub("", squeeze(each)) for each in answers)
    return any(len(a) >= 2 and len(b) >= 2 and (a in b or b in a) for b in names)


def title_right(title: str | None, organisation: str | None, answers: Answers) -> bool:
    """The office contains the one expected or the reverse, the organisation before it or not; null is always right."""
    read = squeeze(title)
    return any(
        not each or (bool(read) and (each in squeeze(organisation) + read or read in each))
        for each in map(squeeze, answers)
    )
