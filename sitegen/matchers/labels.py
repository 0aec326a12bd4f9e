"""The article's own words for what a number measures."""

import re
from functools import cache

from sitegen.lexicon import packaged
from sitegen.matchers.quantities import COUNTED, Quantity
from sitegen.text import Span

_LONGEST = 14
_COUNTED = re.compile(r"(?:左右|以上|多|余)?(?:的)?([一-鿿A-Za-z“”·]{2,14})")
_VERB = re.compile(r"(?:[已将被在为由从是有使向对与和并而即也都均可能要正还会等就把]|成功|集中|进行|涵盖|同步|顺利|跻身|全部|陆续|分别|提供|参加|实现|入选|获)")


@cache
def _cut(role: str) -> re.Pattern[str]:
    words = "|".join(sorted(packaged("labels.yml")[role], key=len, reverse=True))
    return re.compile(rf"(?:{words})$" if role == "tail" else rf"^(?:{words})")


def label_of(text: str, folded: str, quantity: Quantity, segment: Span, clause_end: int) -> str:
    """What is measured: for counted things the noun behind the measure word, else the words before the number.

    segment: from the number before, or the clause's start, to this number. Never empty: at worst the unit.
    """
    behind = ""
    if quantity.dimension in COUNTED:
        match = _COUNTED.match(text, quantity.end, clause_end)
        if match:
            behind = _VERB.split(match[1])[0].strip("“”的")
    before = _trim(text[segment.start : quantity.start])
    if quantity.dimension in COUNTED and len(behind) >= 2:
        return behind
    return before or behind or quantity.measure or "数量"


def whole_of(folded: str, quantity: Quantity, clause: Span) -> str | None:
    """For a share, what it is a share of: the words between 占 and 的, else None."""
    match = re.search(r"占(?:到|据|了|全部)?([^,;。占]{1,16}?)的?(?:比重|比例)?(?:达|超|近|约|为|超过|达到|接近|的)*$", folded[clause.start : quantity.start])
    return match[1] if quantity.dimension == "rate" and match and match[1] not in {"比", "用"} else None


def _trim(words: str) -> str:
    words = re.split(r"[,，;；:：。！？、）)》”\s]", words.rstrip("“‘《（( :：,，"))[-1].strip("“‘《（(的")
    previous = None
    while words != previous:
        previous = words
        words = _cut("tail").sub("", words)
    previous = None
    while words != previous and len(words) > 2:
        previous = words
        words = _cut("head").sub("", words, count=1)
    return words[-_LONGEST:]
