"""The bound that the words around a number give it: at_least, at_most, about, or exact. Words: data/bounds.yml."""

import re
from functools import cache
from typing import cast

from sitegen.lexicon import packaged
from sitegen.model import Bound
from sitegen.text import Span


@cache
def _before() -> tuple[tuple[str, Bound], ...]:
    pairs = [
        (word, cast(Bound, bound))
        for bound, words in packaged("bounds.yml")["before"].items()
        for word in words
    ]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _after() -> tuple[tuple[str, Bound], ...]:
    pairs = [
        (word, cast(Bound, bound))
        for bound, words in packaged("bounds.yml")["after"].items()
        for word in words
    ]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _all(*, after: bool) -> tuple[str, ...]:
    return tuple(word for word, _ in (_after() if after else _before()))


@cache
def _leading() -> re.Pattern[str]:
    data = packaged("bounds.yml")
    groups = [f"(?P<{bound}>{'|'.join(words)})" for bound, words in data["leading"].items()]
    best, verbs = "|".join(data["superlatives"]), "|".join(data["superlative_verbs"])
    return re.compile(
        rf"(?:{'|'.join(groups)})(?:[一-鿿]{{0,4}}|[^,;。、]{{1,14}}的)$|(?P<most>{best})(?:{verbs}){{1,3}}$"
    )


_SPAN = re.compile(r"(?:小时|分钟|秒|个小时)\Z")  # 72小时内
_PART = re.compile(r"分之[一二三四五六七八九]\Z|成\Z")  # 三分之一强
_INNER = ("内部", "内容", "内陆", "内外")
_FILLER = re.compile(r"(?:了|到|达到|达|至|为|过|的|有|在|能|可|近乎)$")
_NUMBER = re.compile("[0-9%]|[一二两三四五六七八九十百千万亿](?:成|个|家|户|倍|元|亩|人|吨)")
_OPENS = '“‘《「"('


def bound_at(folded: str, start: int, end: int, clause: Span) -> tuple[Bound, str]:
    """The bound of the number at [start, end) and the word that gives it; ("exact", "") where none does.

    A word bounds its own number only, so nothing beyond the clause and no other number's word is looked at.
    """
    behind = folded[end : min(len(folded), end + 4)]
    if behind.startswith("内") and _SPAN.search(folded, start, end) and not behind.startswith(_INNER):
        return "at_most", "内"
    if behind[:1] in ("强", "弱") and _PART.search(folded, start, end):
        return ("at_least" if behind[0] == "强" else "at_most"), behind[0]
    for word, bound in _after() if behind.startswith(_all(after=True)) else ():
        if behind.startswith(word) and not (word in "起许来+" and behind[1:2].isalnum()):
            return bound, word
    before = folded[max(clause.start, start - 12) : start].rstrip(_OPENS)
    for _ in range(3):
        for word, bound in _before() if before.endswith(_all(after=False)) else ():
            if word == "上" and folded[start] not in "百千万亿":
                continue  # 上百家, and 新上2条生产线 adds two
            if before.endswith(word) and not _only_looks(before, word):
                return bound, word
        shorter = _FILLER.sub("", before)
        if shorter == before:
            break
        before = shorter
    lead = _leading().search(_NUMBER.split(folded[max(clause.start, start - 22) : start])[-1])
    if (
        lead
        and lead.lastgroup
        and not _only_looks(
            folded[clause.start : start][: -len(lead[0])] + lead[lead.lastgroup], lead[lead.lastgroup]
        )
    ):
        role = "at_most" if lead.lastgroup == "most" else lead.lastgroup
        return cast(Bound, role), lead[lead.lastgroup]
    return "exact", ""


def _only_looks(before: str, word: str) -> bool:
    """附近, 最近, 节约 end like a bound word and bound nothing."""
    heads = packaged("bounds.yml")["not_before"].get(word, ())
    rest = before[: -len(word)]
    return any(rest.endswith(head) or (len(head) > 1 and before.endswith(head)) for head in heads)
