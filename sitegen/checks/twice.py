"""A number that is printed again, so that what is said next may start from it, with one slip of the hand between the two."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from sitegen.checks.base import (
    HALF,
    Said,
    Sentence,
    chains,
    either,
    finding,
    is_size,
    plain,
    reach,
    shown,
    words,
)
from sitegen.checks.misprints import near, printed_digits, swapped
from sitegen.model import Claim, Warning
from sitegen.text import fold

_BACK = 60  # so many numbers before it at most
_FEW = 3  # so many digits at least: shorter ones are alike by chance


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = words("twice")
    return re.compile(rf"{either(data['before'])}$"), re.compile("|".join(data["behind"]))


def twice(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on numbers that the words take up again; sentences: those of one article, in order."""
    chain = [said for row in chains(sentences) for said in row]
    for at, said in enumerate(chain):
        claim = said.claim
        if not is_size(claim.unit) or claim.value <= 0 or not plain(claim) or not _again(said):
            continue
        before = (s for s in chain[max(0, at - _BACK) : at] if s.sentence is not said.sentence)
        same = [s for s in before if plain(s.claim) and _compatible(s.claim, claim)]
        if any(reach(s.claim, HALF).meets(reach(claim, HALF)) for s in same):
            continue
        alike = [s for s in same if _slipped(claim, s.claim) and _of_one_name(said, s)]
        if len({s.claim.value for s in alike}) == 1:
            given = {"first": shown(alike[0].claim), "again": shown(claim)}
            yield finding(
                "twice", "differs", "differs", (claim, alike[0].claim), said.sentence.facts,
                f"{given['again']} ≠ {given['first']}", suggestion=given["first"], **given,
            )  # fmt: skip


def _compatible(one: Claim, other: Claim) -> bool:
    """Whether both may be of one thing: in one unit, of one place and one time."""
    if (one.unit, one.status) != (other.unit, other.status):
        return False
    pairs = ((one.place, other.place), (one.period, other.period))
    return all(first is None or second is None or first == second for first, second in pairs)


def _again(said: Said) -> bool:
    text, claim = said.sentence.text, said.claim
    before, behind = _patterns()
    return (
        before.search(text[: claim.start]) is not None
        or behind.match(text[claim.end : said.sentence.span.end]) is not None
    )


def _of_one_name(again: Said, first: Said) -> bool:
    """Whether the words around both share a name of two characters."""
    text, claim = again.sentence.text, again.claim
    around = (
        text[max(again.sentence.span.start, claim.start - 12) : claim.start]
        + text[claim.end : claim.end + 12]
    )
    lead = re.sub(r"[,;。、的\d]", " ", first.sentence.lead(first.claim)[-24:])
    pairs = {around[at : at + 2] for at in range(len(around) - 1)}
    return any(lead[at : at + 2] in pairs and " " not in lead[at : at + 2] for at in range(len(lead) - 1))


def _slipped(claim: Claim, other: Claim) -> bool:
    """Whether one slip of the hand leads from one number to the other: the same digits in another order, or one another."""
    digits = [printed_digits(each)[0].replace(".", "").strip("0") for each in (claim, other)]
    if min(map(len, digits)) < _FEW or _scale(claim) != _scale(other):
        return False
    full = [printed_digits(each)[0] for each in (claim, other)]
    moved = sorted(full[0]) == sorted(full[1]) and _size(full[0]) == _size(full[1])
    return moved or other.value in {*swapped(claim), *near(claim)}


def _size(digits: str) -> int:
    return len(digits.partition(".")[0])


def _scale(claim: Claim) -> str:
    return fold(claim.raw).lstrip("0123456789.,")
