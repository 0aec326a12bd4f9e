"""Numbers that the words tie to each other: every share, change, number of one, sum and difference against the numbers near it.

Where one equation of a number with others near it holds, nothing is said. Where none does, and one slip of the hand would make one
that the words ask for hold exactly, the page probably has a misprint, unless chance would make such a slip too.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from sitegen.amounts import is_additive
from sitegen.checks.base import (
    RATES,
    Said,
    Sentence,
    chains,
    finding,
    is_size,
    last_piece,
    like,
    parts_in,
    words,
)
from sitegen.checks.equations import Equation, Slip, Sure, slip_of
from sitegen.checks.of_amounts import durations, gaps, left, of_each, points, runs, sums_of
from sitegen.checks.of_rates import changes, shares
from sitegen.checks.vicinity import Near, near, patterns
from sitegen.model import Warning

_LIMIT: dict[Sure, tuple[Decimal, Decimal]] = {
    "sure": (Decimal("2.5"), Decimal(1)),
    "told": (Decimal("0.55"), Decimal("0.35")),
    "far": (Decimal("0.05"), Decimal(0)),
}
"""How many slips chance may make so that one still proves something: with digits or a point moved; with one more, less or another."""


def relations(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on the numbers of one article; sentences: its own, in order."""
    rows = chains(sentences)
    proven, doubtful = set[str](), list[list[Equation]]()
    for found in _all_asked(sentences, rows):
        equations = [each for each in found if each is not None]
        holding = [each for each in equations if each.holds()]
        sure = [each for each in equations if each.sure == "sure"]
        if holding and (not sure or any(each.sure != "fit" for each in holding)):
            proven |= {claim.id for claim in holding[0].claims}
            continue
        asked = sure if holding else [each for each in equations if each.sure != "fit"]
        if exact := [each for each in asked if _exact(each)]:
            doubtful.append(exact)
    for asked in doubtful:
        if best := _best(asked, proven):
            yield _says(*best)


def _all_asked(
    sentences: Sequence[Sentence], rows: Sequence[Sequence[Said]]
) -> Iterator[list[Equation | None]]:
    chain = [said for row in rows for said in row]
    lasting = durations(sentences)
    inside = frozenset(id(row[at]) for row in rows for at in parts_in(row))
    for at, said in enumerate(chain):
        if said.claim.value:
            yield from _asked(near(chain, at, inside), chain, lasting.get(said.claim.paragraph, []))
    yield from runs(sentences, chain)


def _exact(equation: Equation) -> bool:
    return all(
        claim.bound in {"exact", "about"} and claim.value_max is None and claim.value
        for claim, _ in equation.places
    )


def _best(asked: Sequence[Equation], proven: Collection[str]) -> tuple[Equation, Slip] | None:
    """The equation and its slip that prove most; the more equations the words ask for, the less each slip proves."""
    found: list[tuple[Decimal, Equation, Slip]] = []
    ranks = Counter[Sure]()
    for equation in sorted(asked, key=lambda each: list(_LIMIT).index(each.sure)):
        ranks[equation.sure] += 1
        slip = slip_of(equation, {*proven, *_others(equation)})
        if slip is None or (equation.sure == "far" and not _telling(equation, slip)):
            continue
        chance = slip.chance * ranks[equation.sure]
        if chance <= _LIMIT[equation.sure][slip.kind // 2]:
            found.append((chance, equation, slip))
    best = min(found, key=lambda each: each[0], default=None)
    return best[1:] if best else None


def _others(equation: Equation) -> tuple[str, ...]:
    """The numbers of an equation that are taken as right: those that lie far from a rate, of which one may fit by chance."""
    rate, *others = (claim for claim, _ in equation.places)
    return tuple(claim.id for claim in others) if equation.sure == "far" and rate.unit in RATES else ()


def _telling(equation: Equation, slip: Slip) -> bool:
    """Whether a slip tells enough where the numbers stand apart: all are exact, and it comes least by chance."""
    bounds = {"exact", "about"} if slip.kind == 0 else {"exact"}
    return slip.kind < 2 and all(claim.bound in bounds for claim, _ in equation.places)


_SAYS = {"growth": "rate-differs"}


def _says(equation: Equation, slip: Slip) -> Warning:
    working, given = equation.told()
    claims = sorted(
        equation.claims, key=lambda claim: claim is not slip.claim
    )  # first what the suggestion is of
    meant = like(slip.value, slip.claim).replace(",", "") if slip.claim.id else None
    return finding(
        equation.family, _SAYS.get(equation.family, "differs"), "differs", claims, equation.result.sentence.facts,
        working, suggestion=meant, **given,
    )  # fmt: skip


def _asked(around: Near, chain: Sequence[Said], lasting: Sequence[Said]) -> Iterator[list[Equation | None]]:
    """For each thing that the words say of the number the equations that may be meant, the likeliest first."""
    claim, lead, said = around.said.claim, last_piece(around.said.lead), patterns()
    if claim.unit in {"%", "times"}:
        grows = claim.kind == "growth" or claim.value < 0 or claim.unit == "times"
        if "占" not in lead and (grows or said.change.fullmatch(around.said.lead)):
            yield list(changes(around, chain))
        elif claim.unit == "%":
            yield list(shares(around, chain))
    elif claim.unit == "pp":
        yield list(points(around))
    elif not is_size(claim.unit):
        return
    elif match := said.each.search(lead):
        name = match["every"] or match["mean"] or words("relations")["named"][match["name"]]
        yield list(of_each(around, name, lasting))
    else:
        if said.left.search(lead):
            yield list(left(around))
        elif said.gap.search(lead):
            yield list(gaps(around))
        if is_additive(claim.unit) and said.sum.search(lead):
            yield list(sums_of(around, lead))
