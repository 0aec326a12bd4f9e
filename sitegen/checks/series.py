"""Two numbers of one measure, each with its time, and the change between them: 2006年648万人次，2010年达到972万人次，增长50%."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from sitegen.checks.base import Said, Sentence, alike, chains, either, is_size, words
from sitegen.checks.growth import change_of
from sitegen.model import Warning

_YEAR = re.compile(r"(?:19|20)\d\d")


class _Patterns(NamedTuple):
    first: re.Pattern[str]
    then: re.Pattern[str]
    change: re.Pattern[str]
    yearly: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data, growth = words("series"), words("growth")
    time, later = either(data["time"]), either(data["later"])
    return _Patterns(
        re.compile(rf"{time}[^;。\d]{{0,24}}$"),
        re.compile(rf"[,;]?(?:到|至)?{later}(?:(?!同期)[^,;。、\d]){{0,6}}?{either(data['to'])}(?:了|约)?"),
        re.compile(rf"[,、(][^,;。、\d]{{0,6}}?{either(growth['change'])}{either(growth['filler'])}*"),
        re.compile(either(data["yearly"])),
    )


def series(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on changes between two numbers that follow each other in time; sentences: those of one article, in order."""
    patterns = _patterns()
    for chain in chains(sentences):
        for base, result, change in zip(chain, chain[1:], chain[2:], strict=False):
            if (
                base.sentence is result.sentence is change.sentence
                and _pair(base, result)
                and patterns.change.fullmatch(change.lead)
                and not patterns.yearly.search(change.lead)
            ):
                yield from change_of(base.sentence, base.claim, result.claim, change.claim)


def _pair(base: Said, result: Said) -> bool:
    one, two = base.claim, result.claim
    sizes = is_size(one.unit) and alike(one, two) and min(one.value, two.value) > 0
    first, then = _patterns().first.search(base.lead), _patterns().then.fullmatch(result.lead)
    if not (sizes and first and then):
        return False
    years = [_YEAR.search(match[0]) for match in (first, then)]
    return years[0] is None or years[1] is None or years[0][0] < years[1][0]
