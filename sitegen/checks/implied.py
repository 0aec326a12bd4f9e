"""A number and its share imply the whole: 1.38亿千瓦，占51.2% leaves 2.695亿千瓦; two such wholes of one name are compared."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from sitegen.amounts import is_additive
from sitegen.checks.base import Range, Sentence, finding, like, plain, quotient, reach, shown, times, words
from sitegen.memo import Memo
from sitegen.model import Claim, Warning


class _Whole(NamedTuple):
    sentence: Sentence
    part: Claim
    share: Claim
    name: str
    reach: Range


def implied(articles: Sequence[Sequence[Sentence]], memo: Memo) -> Iterator[Warning]:
    """Findings on wholes that shares imply. articles: the sentences of each. Linear in their number."""
    known: dict[tuple[object, ...], _Whole] = {}
    for found in memo.own("wholes", _wholes, articles):
        for whole, says in found:
            yield says
            key = (whole.name, whole.part.unit, whole.part.per, whole.part.period, whole.part.label[-2:])
            before = known.setdefault(key, whole)
            if before is not whole and before.sentence.facts is whole.sentence.facts and whole.part.period:
                yield _pair(before, whole)


def _wholes(sentences: Sequence[Sentence]) -> list[tuple[_Whole, Warning]]:
    """The wholes that the shares of an article imply, and what is to be said of each."""
    found = (_whole(sentence, index) for sentence in sentences for index in range(1, len(sentence.claims)))
    return [(whole, _says(whole)) for whole in found if whole]


def _whole(sentence: Sentence, index: int) -> _Whole | None:
    share, part = sentence.claims[index], sentence.claims[index - 1]
    match = re.search(
        r"占(?:到|了)?(?P<name>[^,;。、占比]{2,12}?)的?(?:比例|比重)?[为达约近超]*到?$", sentence.gap(index)
    )
    if match is None or share.unit != "%" or not 0 < share.value < 100 or not is_additive(part.unit):
        return None
    if not part.unit or not plain(part) or share.bound != "exact" or part.value <= 0:
        return None
    made = quotient(reach(part), reach(share))
    return _Whole(sentence, part, share, match["name"], times(made, Decimal(100))) if made else None


def _says(whole: _Whole) -> Warning:
    """Over a half agrees with what else the sentence says of it (过半); else nothing is there to hold it against."""
    text = whole.sentence.text[whole.sentence.span.start : whole.sentence.span.end]
    half = whole.share.value > 50 and any(word in text for word in words("implied")["half"])
    value, part = whole.part.value / whole.share.value * 100, whole.part
    given = {"part": shown(part), "share": shown(whole.share), "called": whole.name}
    given |= {"whole": like(value, part), "rest": like(value - part.value, part)}
    working = words("implied")["working"]["half" if half else "alone"].format(**given)
    verdict, said = ("agrees", "half") if half else ("cannot tell", "alone")
    return finding(
        "implied", said, "agrees" if verdict == "agrees" else "cannot tell", (part, whole.share), whole.sentence.facts,
        working, **given,
    )  # fmt: skip


def _pair(first: _Whole, second: _Whole) -> Warning:
    meets = first.reach.meets(second.reach)
    one = first.part.value / first.share.value * 100
    two = second.part.value / second.share.value * 100
    given = {"first": like(one, first.part), "second": like(two, second.part), "called": first.name}
    working = f"{shown(first.part)} ÷ {shown(first.share)} = {given['first']}，{shown(second.part)} ÷ {shown(second.share)} = {given['second']}"
    claims = (second.part, second.share, first.part, first.share)
    verdict = "agrees" if meets else "cannot tell"
    return finding(
        "implied", "pair" if meets else "pair-apart", "agrees" if verdict == "agrees" else "cannot tell", claims,
        second.sentence.facts, working, **given,
    )  # fmt: skip
