"""Claims of a page: found at their place with value and unit, and then field by field."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sitegen.evaluation.answers import ATTRIBUTES, STRICT, attribute_right, number
from sitegen.evaluation.gold import GoldClaim
from sitegen.evaluation.matching import match_claims
from sitegen.evaluation.misses import Difference, Miss, Verdict
from sitegen.evaluation.printed import Positions, PrintedPage, locate_claims, locate_gold
from sitegen.model import Claim, Facts


def score_claims(
    gold: Sequence[GoldClaim], page: PrintedPage, facts: Sequence[Facts], counts: Counter[str]
) -> Iterator[Miss]:
    """Adds to counts and yields what is wrong."""
    read = [claim for fact in facts for claim in fact.claims]
    expected_at, read_at = locate_gold(page, gold), locate_claims(page, facts)
    pairs = match_claims(gold, read, expected_at, read_at)
    for index, expected in enumerate(gold):
        if expected.optional:
            continue
        place = expected_at[index]
        if index in pairs:
            differences = _compared(expected, read[pairs[index]], counts)
            verdict: Verdict | None = "differs" if differences else None
        else:
            counts.update(("claims.fn", "strict.fn"))
            differences = _misread(expected, place, read, read_at)
            verdict = "missed"
        if verdict:
            yield _miss(verdict, page, place, expected.raw, expected.line, differences)
    spare: Positions = frozenset().union(
        *(place for place, each in zip(expected_at, gold, strict=True) if each.optional and place)
    )
    used = set(pairs.values())
    for at, (claim, place) in enumerate(zip(read, read_at, strict=True)):
        if at not in used and not (place and place & spare):
            counts.update(("claims.fp", "strict.fp"))
            value = Difference("value", (None,), f"{number(claim.value):g} {claim.unit or ''}".strip())
            yield _miss("extra", page, place, claim.raw, 0, (value,), claim.quote)


def _compared(expected: GoldClaim, claim: Claim, counts: Counter[str]) -> tuple[Difference, ...]:
    """The fields of a claim that was found which are not among the answers."""
    wrong = [
        name
        for name in ATTRIBUTES
        if not attribute_right(name, getattr(claim, name), expected.answers[name], claim.value)
    ]
    counts["claims.tp"] += 1
    counts.update(f"attr.{name}" for name in ATTRIBUTES if name not in wrong)
    counts.update(("strict.fp", "strict.fn") if set(wrong) & set(STRICT) else ("strict.tp",))
    return tuple(Difference(name, expected.answers[name], getattr(claim, name)) for name in wrong)


def _misread(
    expected: GoldClaim,
    place: Positions | None,
    read: Sequence[Claim],
    read_at: Sequence[Positions | None],
) -> tuple[Difference, ...]:
    """What was read at the place of a claim that was missed: another value, another unit."""
    wanted = {name: expected.answers[name] for name in ("value", "unit")}
    return tuple(
        Difference(name, answers, getattr(claim, name))
        for claim, there in zip(read, read_at, strict=True)
        if place and there and place & there
        for name, answers in wanted.items()
        if not _equal(name, getattr(claim, name), answers)
    )


def _equal(name: str, value: object, answers: tuple[object, ...]) -> bool:
    return (number(value) if name == "value" else value) in answers


def _miss(
    verdict: Verdict,
    page: PrintedPage,
    place: Positions | None,
    raw: str,
    gold_line: int,
    differences: tuple[Difference, ...],
    quote: str = "",
) -> Miss:
    line = page.line_of(min(place)) if place else 0
    sentence = page.sentence(place) if place else quote
    return Miss(verdict, "claim", line, gold_line, raw, sentence, differences)
