"""The same measure printed twice, in an article or in several: bounds, roundings and dates respected.

Claims are grouped by what they measure, so the work grows with their number and not with its square.
"""

import re
from collections.abc import Hashable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from sitegen.amounts import is_count
from sitegen.checks.base import WHOLE, Sentence, dated, either, finding, is_size, plain, reach, shown, words
from sitegen.checks.sums import is_of_several
from sitegen.memo import Memo
from sitegen.model import Claim, Warning

_LEVELS = frozenset(
    {"capacity", "output", "value", "resource", "signing", "investment", "count", "financing"}
)


class _Said(NamedTuple):
    """A claim with its sentence, and the name of what it measures."""

    sentence: Sentence
    claim: Claim
    label: str
    generic: bool


class _Patterns(NamedTuple):
    tail: re.Pattern[str]
    generic: frozenset[str]
    measure: re.Pattern[str]
    rate: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = words("same")
    ends = [word for row in data["measures"].values() for word in row]
    return _Patterns(
        re.compile(rf"{either(data['tail'])}$"),
        frozenset(data["generic"]),
        re.compile(rf"(?P<end>{either(ends)})[^,;。、\d]{{0,6}}$"),
        re.compile(either(data["rates_in_words"])),
    )


@cache
def _measures() -> dict[str, str]:
    return {word: name for name, row in words("same")["measures"].items() for word in row}


def sames(articles: Sequence[Sequence[Sentence]], memo: Memo) -> Iterator[Warning]:
    """Findings on measures that are printed more than once. articles: the sentences of each."""
    groups: dict[Hashable, list[_Said]] = {}
    for in_words, measured in memo.own("same", _of_article, articles):
        yield from in_words
        for key, said in measured:
            groups.setdefault(key, []).append(said)
    for group in groups.values():
        yield from _held_together(group)


def _of_article(sentences: Sequence[Sentence]) -> tuple[list[Warning], list[tuple[Hashable, _Said]]]:
    """What an article alone tells: findings on numbers in words, and what it measures, under what such measures share."""
    in_words: list[Warning] = []
    measured: list[tuple[Hashable, _Said]] = []
    for sentence in sentences:
        in_words += _in_words(sentence)
        for index, claim in enumerate(sentence.claims):
            if (
                claim.kind in _LEVELS
                and claim.place
                and is_size(claim.unit)
                and not is_of_several(sentence, claim)  # 神木、府谷和韩城合计1614.2亿元
            ):
                said = _said(sentence, index)
                measured += ((key, said) for key in _keys(said))
    return in_words, measured


def _said(sentence: Sentence, index: int) -> _Said:
    claim = sentence.claims[index]
    label = _patterns().tail.sub("", claim.label)
    return _Said(sentence, claim, label, label in _patterns().generic or len(label) < 3)


def _keys(said: _Said) -> Iterator[Hashable]:
    """What two claims share that speak of one thing: a measure of an industry, else the same words; agreements counted at
    one event, whatever words stand with them.
    """
    claim, sentence = said.claim, said.sentence
    alike = (claim.place, claim.unit, claim.status == "actual", claim.kind)
    match = _patterns().measure.search(sentence.lead(claim)[-20:])
    if match and claim.industry and "新增" not in sentence.lead(claim)[-12:]:
        yield (_measures()[match["end"]], claim.industry, *alike)
    else:
        yield (said.label, claim.subject if said.generic else None, *alike)
    if claim.kind == "signing" and claim.period and is_count(claim.unit):
        yield ("signing", claim.period, claim.subject, *alike)


def _held_together(group: Sequence[_Said]) -> Iterator[Warning]:
    """Each of a group against the one before it, in the order of their dates."""
    if len(group) < 2:
        return
    ordered = sorted(group, key=lambda said: said.claim.period or "")
    for first, second in pairwise(ordered):
        if first.sentence is second.sentence:
            continue
        yield from _pair(first, second)


def _pair(first: _Said, second: _Said) -> Iterator[Warning]:
    one, two = first.claim, second.claim
    same_time = one.period == two.period
    if one.value == two.value and one.value_max == two.value_max:
        if _worth(first, same_time=same_time):
            yield _says("agrees", "equal", first, second)
        return
    if (
        one.bound != two.bound
        and "exact" in {one.bound, two.bound}
        and reach(one).meets(reach(two))
        and not first.generic
    ):
        yield _says("bound", "bound", first, second)
    elif (
        same_time
        and one.period
        and _specific(first, second)
        and not reach(one, WHOLE).meets(reach(two, WHOLE))
    ):
        yield _says("differs", "differs", first, second)


def _worth(first: _Said, *, same_time: bool) -> bool:
    """Small counts are equal by chance; so are generic words without a common time."""
    if first.claim.value < 10 and is_count(first.claim.unit):
        return False
    return not first.generic or (
        same_time and first.claim.period is not None and first.claim.kind == "signing"
    )


def _specific(first: _Said, second: _Said) -> bool:
    """Both claims are exact and in all they say of themselves the same."""
    one, two = first.claim, second.claim
    alike = [(c.per, c.industry, c.subject, c.status, c.of, c.bound, c.value_max) for c in (one, two)]
    named = not first.generic and len(first.label) > 3 and first.label == second.label
    return named and alike[0] == alike[1] and plain(one) and one.kind not in {"count", "signing"}


def _says(says: str, working: str, first: _Said, second: _Said) -> Warning:
    one, two = sorted((first, second), key=lambda said: said.claim.period or "")
    data = words("same")
    given = {
        "first": shown(one.claim), "second": shown(two.claim), "label": one.label,
        "when": dated(one.claim.period) if one.claim.period else data["undated"],
        "then": dated(two.claim.period) if two.claim.period else data["undated"],
    }  # fmt: skip
    verdict = "differs" if says == "differs" else "agrees"
    return finding(
        "same", says, "differs" if verdict == "differs" else "agrees", (one.claim, two.claim), one.sentence.facts,
        data["working"][working].format(**given), **given,
    )  # fmt: skip


def _in_words(sentence: Sentence) -> Iterator[Warning]:
    """51.2%，…过半: the rate in words says no more than the number before it."""
    for index, claim in enumerate(sentence.claims):
        if claim.unit != "%" or not index or not _patterns().rate.fullmatch(claim.raw):
            continue
        number = next(
            (c for c in reversed(sentence.claims[:index]) if c.unit == "%" and c.raw[0].isdigit()), None
        )
        if number is None or not reach(claim).low <= number.value <= 100:
            continue
        if _common(sentence.gap(sentence.claims.index(number)) + (number.of or ""), sentence.gap(index)):
            given = {"word": shown(claim), "number": shown(number)}
            working = words("same")["working"]["word"].format(**given)
            yield finding("same", "word", "agrees", (claim, number), sentence.facts, working, **given)


def _common(first: str, second: str) -> bool:
    """Whether the two texts share two neighbouring characters, so that they may speak of one thing."""
    pairs = {second[at : at + 2] for at in range(len(second) - 1)}
    return any(
        first[at : at + 2] in pairs
        for at in range(len(first) - 1)
        if re.fullmatch("[一-鿿]{2}", first[at : at + 2])
    )
