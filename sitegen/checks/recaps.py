"""A sum that is said again of what stands before it: （以上5个项目投资合计129亿元）, 上述三类企业共83家."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from sitegen.amounts import is_additive
from sitegen.checks.base import (
    Said,
    Sentence,
    adds_up,
    alike,
    chains,
    either,
    finding,
    like,
    plain,
    shown,
    summed,
    words,
)
from sitegen.checks.misprints import reading
from sitegen.model import Claim, Warning
from sitegen.numerals import numeral_at

_MOST = 12  # so many parts at most


@cache
def _opened() -> re.Pattern[str]:
    data = words("recaps")
    return re.compile(
        rf"{either(data['refers'])}(?P<many>\d{{1,2}}|[一二两三四五六七八九十]{{1,2}})[一-鿿](?P<what>[^,;。\d]{{0,14}}?)"
        rf"{either(data['total'])}[^,;。\d]{{0,6}}$"
    )


def recaps(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on sums of what was listed before them; sentences: those of one article, in order."""
    rows = chains(sentences)
    for number, chain in enumerate(rows):
        for at, said in enumerate(chain):
            match = _opened().search(said.sentence.lead(said.claim)) if is_additive(said.claim.unit) else None
            many = _number(match["many"]) if match else 0
            if match is None or not 1 < many <= _MOST:
                continue
            parts = _of_clauses(chain, at, many) or _of_paragraphs(
                [*rows[:number], chain[:at]], said.claim, many, match["what"]
            )
            if len(parts) == many and plain(said.claim, *parts):
                yield _says(said, parts)


def _number(text: str) -> int:
    numeral = numeral_at(text, 0)
    return int(numeral.value) if numeral and numeral.value else 0


def _of_clauses(chain: Sequence[Said], at: int, many: int) -> list[Claim]:
    """The last numbers of the paragraph before the sum in its unit: as many as it says, one behind the other."""
    total = chain[at].claim
    before = [said for said in chain[:at] if alike(said.claim, total)]
    if len(before) < many or (len(before) > many and not _opens(before[-many].lead)):
        return []
    return [said.claim for said in before[-many:]]


def _opens(lead: str) -> bool:
    return any(word in lead for word in words("partitions")["opened"]) or ":" in lead


def _of_paragraphs(rows: Sequence[Sequence[Said]], total: Claim, many: int, what: str) -> list[Claim]:
    """One number of each of the paragraphs directly above, the first in the unit that is called as the sum is; the sum may
    stand in a bracket behind the last of them.
    """
    measure = next((word for word in words("recaps")["measures"] if word in what), "")
    found: list[Claim] = []
    for row in reversed(rows):
        part = next((s.claim for s in row if alike(s.claim, total) and measure in s.lead), None)
        last = found[0].paragraph if found else total.paragraph
        if part is None and row and row[0].claim.paragraph == total.paragraph:
            continue
        if len(found) == many or part is None or last - part.paragraph > 1:
            break
        found.insert(0, part)
    return found


def _says(total: Said, parts: Sequence[Claim]) -> Warning:
    fits = adds_up(parts, total.claim)
    made = like(sum((each.value for each in parts), Decimal(0)), total.claim)
    verdict = "agrees" if fits else "differs"
    return finding(
        "sums", verdict, "agrees" if fits else "differs", (total.claim, *parts), total.sentence.facts,
        f"{' + '.join(shown(each) for each in parts)} = {made}，原文{shown(total.claim)}",
        suggestion=None if fits else reading([(total.claim, summed(parts))]), sum=made, total=shown(total.claim),
    )  # fmt: skip
