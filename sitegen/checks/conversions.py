"""Old units turned into the canonical one: 800亿斤 × 0.0005 = 4000万吨."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from sitegen.amounts import amount
from sitegen.checks.base import Sentence, finding, printed_numeral, shown, words
from sitegen.model import Warning


def conversions(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """A finding on each large number in an old unit: whether its value is the printed number times the unit's size."""
    for sentence in sentences:
        for claim in sentence.claims:
            row = next(
                (each for each in words("conversions")["units"] if claim.raw.endswith(each["printed"])), None
            )
            numeral = printed_numeral(claim.raw)
            if row is None or numeral is None or numeral.value is None or claim.unit != row["unit"]:
                continue
            if claim.value < Decimal(row["from"]) or claim.value_max is not None:
                continue
            made = numeral.value * Decimal(row["size"])
            fits = abs(made - claim.value) <= abs(made) / 1000
            working = f"{shown(claim)} × {row['size']} = {amount(made, claim.unit)}"
            yield finding(
                "conversions", "agrees" if fits else "differs", "agrees" if fits else "differs", (claim,), sentence.facts,
                working, number=shown(claim), value=amount(claim.value, claim.unit),
            )  # fmt: skip
