"""The shares of a structure make a hundred: 三次产业结构比为13.4:50.5:36.1."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from sitegen.checks.base import Sentence, decimals, either, finding, like, plain, shown, words
from sitegen.model import Claim, Verdict, Warning

_COLON = re.compile(r"\s*[:∶：]\s*")
_HUNDRED = Decimal(100)


@cache
def _named() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<name>{either([*words('structure')['complete'], *words('structure')['named']])})[^,;。]{{0,30}}$"
    )


def structure(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on three shares and more with colons between them; sentences: those of one article, in order."""
    for sentence in sentences:
        for index in range(len(sentence.claims)):
            shares = _shares(sentence, index)
            named = _named().search(sentence.text[sentence.span.start : sentence.claims[index].start])
            if len(shares) > 2 and named and plain(*shares):
                yield from _judged(shares, sentence, complete=named["name"] in words("structure")["complete"])


def _shares(sentence: Sentence, index: int) -> list[Claim]:
    """The shares of which the claim is the first; none where one is no share."""
    if index and _COLON.fullmatch(sentence.gap(index)):
        return []
    shares = [sentence.claims[index]]
    for at in range(index + 1, len(sentence.claims)):
        if not _COLON.fullmatch(sentence.gap(at)):
            break
        shares.append(sentence.claims[at])
    return [] if any(each.unit != "%" for each in shares) else shares


def _judged(shares: Sequence[Claim], sentence: Sentence, *, complete: bool) -> Iterator[Warning]:
    """complete: the name says that there are no other parts, so that the sum may not fall short of a hundred either."""
    made = sum((each.value for each in shares), Decimal(0))
    rounding = sum((Decimal(1).scaleb(-decimals(each)) / 2 for each in shares), Decimal(0))
    over, short = made > _HUNDRED + rounding, made < _HUNDRED - rounding
    if short and not complete:
        return
    verdict: Verdict = "differs" if over or short else "agrees"
    total = like(made, shares[0])
    working = f"{' + '.join(shown(each) for each in shares)} = {total}"
    yield finding("structure", verdict, verdict, shares, sentence.facts, working, sum=total)
