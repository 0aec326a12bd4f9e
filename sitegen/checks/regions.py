"""The sum of several places against what the page prints of each: 甲县、乙县合计8亿元, and a table with a row for either."""

from collections.abc import Iterator, Sequence

from sitegen.checks.base import Sentence, adds_up, plain
from sitegen.checks.sums import is_of_several, sum_finding
from sitegen.model import Claim, Warning
from sitegen.places import gazetteer

_ALIKE = 2  # characters that the names of one measure have in common at their end


def regions(articles: Sequence[Sequence[Sentence]]) -> Iterator[Warning]:
    """Findings on sums of places that are named before them. articles: the sentences of each of one page."""
    of_place: dict[str, list[Claim]] = {}
    totals: list[tuple[Sentence, Claim]] = []
    for sentence in (sentence for sentences in articles for sentence in sentences):
        for claim in sentence.claims:
            if is_of_several(sentence, claim):
                totals.append((sentence, claim))
            elif claim.place:
                of_place.setdefault(claim.place, []).append(claim)
    for sentence, total in totals:
        named = gazetteer().mentions(sentence.lead(total))
        names = tuple(dict.fromkeys(m.name for m in named if not m.in_organisation and not m.anaphora))
        parts = [_part(of_place.get(name, ()), total) for name in names]
        found = [part for part in parts if part is not None]
        if len(names) > 1 and len(found) == len(names) and plain(total, *found):
            yield sum_finding(found, total, sentence, agrees=adds_up(found, total))


def _part(claims: Sequence[Claim], total: Claim) -> Claim | None:
    """The only number of a place that measures what the total does."""
    found = [c for c in claims if (c.unit, c.kind, c.status) == (total.unit, total.kind, total.status)]
    alike = [c for c in found if len(c.label) >= _ALIKE and c.label[-_ALIKE:] == total.label[-_ALIKE:]]
    return alike[0] if len(alike) == 1 else None
