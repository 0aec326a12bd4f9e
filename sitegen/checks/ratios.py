"""Shares that are set against each other make a hundred: 三次产业比重为7.5∶42.3∶50.2."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from sitegen.checks.base import (
    Range,
    Said,
    Sentence,
    chains,
    either,
    finding,
    plain,
    reach,
    rounded,
    shown,
    summed,
    words,
)
from sitegen.checks.misprints import reading
from sitegen.model import Warning

_ALL = Decimal(100)


@cache
def _opened() -> re.Pattern[str]:
    return re.compile(rf"{either(words('ratios')['opened'])}[^,;。、\d]{{0,8}}$")


@cache
def _rest() -> re.Pattern[str]:
    return re.compile(either(words("ratios")["rest"]))


def ratios(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on rows of shares between colons; sentences: those of one article, in order."""
    for chain in chains(sentences):
        for at, first in enumerate(chain):
            if first.claim.unit == "%" and _opened().search(first.lead):
                row = [first]
                for said in chain[at + 1 :]:
                    if said.claim.unit != "%" or said.lead.strip("% ") not in {":", "∶", "比"}:
                        break
                    row.append(said)
                whole = not _rest().search(first.sentence.text, first.claim.start, first.sentence.span.end)
                if len(row) > 2 and whole and plain(*(said.claim for said in row)):
                    yield _says(row)


def _says(row: Sequence[Said]) -> Warning:
    claims = [said.claim for said in row]
    made = summed(claims)
    slack = Decimal(words("ratios")["slack"])
    fits = made.meets(Range(_ALL - slack, _ALL + slack))
    total = sum((claim.value for claim in claims), Decimal(0))
    rest = (
        (claim, Range(reach(claim).low + _ALL - total, reach(claim).high + _ALL - total)) for claim in claims
    )
    verdict = "agrees" if fits else "differs"
    return finding(
        "ratios", verdict, "agrees" if fits else "differs", claims, row[0].sentence.facts,
        f"{' + '.join(shown(claim) for claim in claims)} = {rounded(total, 2)}", suggestion=None if fits else reading(rest),
    )  # fmt: skip
