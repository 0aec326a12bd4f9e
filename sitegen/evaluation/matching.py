"""Which record that was read answers which record of the gold. Pure; indexes into the two lists."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from sitegen.evaluation.answers import begins, squeeze, value_right
from sitegen.evaluation.gold import Expected, GoldArticle, GoldClaim
from sitegen.evaluation.printed import Positions
from sitegen.model import Article, Claim

G = TypeVar("G")
R = TypeVar("R")
Pairs = dict[int, int]
"""Index in the gold → index among what was read."""


def first_and_last(article: Article) -> tuple[str, str]:
    """The first and the last paragraph that hold a word, without white space; "" where there is none."""
    texts = [each.text for each in article.paragraphs if each.text.strip()]
    return (squeeze(texts[0]), squeeze(texts[-1])) if texts else ("", "")


def has_title(article: Article, gold: Expected) -> bool:
    """The headline is one of those accepted, white space aside."""
    return squeeze(article.title) in {squeeze(each) for each in gold.answers["title"]}


def match_articles(gold: Sequence[GoldArticle], read: Sequence[Article]) -> Pairs:
    """By headline first, then by how the body starts."""
    pairs: Pairs = {}

    def opens(article: Article, expected: Expected) -> bool:
        return begins(first_and_last(article)[0], expected.answers["starts"])

    for fits in (has_title, opens):
        for index, expected in enumerate(gold):
            taken = set(pairs.values())
            if index not in pairs:
                free = (at for at, each in enumerate(read) if at not in taken and fits(each, expected))
                found = next(free, None)
                pairs |= {} if found is None else {index: found}
    return pairs


def claim_right(claim: Claim, gold: GoldClaim) -> bool:
    """Value and unit are those of the gold."""
    return value_right(claim.value, claim.unit, gold.answers["value"], gold.answers["unit"])


def match_claims(
    gold: Sequence[GoldClaim],
    read: Sequence[Claim],
    expected_at: Sequence[Positions | None],
    read_at: Sequence[Positions | None],
) -> Pairs:
    """By place on the page, value and unit, the largest overlap first; then, for what has no place, by raw in order."""
    overlaps = sorted(
        (-len(here & there), len(there), index, at)
        for index, here in enumerate(expected_at)
        for at, there in enumerate(read_at)
        if here and there and not here.isdisjoint(there) and claim_right(read[at], gold[index])
    )
    pairs: Pairs = {}
    used: set[int] = set()
    for _, _, index, at in overlaps:
        if index not in pairs and at not in used:
            pairs[index] = at
            used.add(at)
    return pairs | _by_raw(gold, read, expected_at, read_at, pairs)


def _by_raw(
    gold: Sequence[GoldClaim],
    read: Sequence[Claim],
    expected_at: Sequence[Positions | None],
    read_at: Sequence[Positions | None],
    placed: Pairs,
) -> Pairs:
    pairs: Pairs = {}
    used = set(placed.values())
    after = 0
    for at, claim in enumerate(read):
        if at in used:
            continue
        for index in range(after, len(gold)):
            homeless = read_at[at] is None or expected_at[index] is None
            same = squeeze(claim.raw) == squeeze(gold[index].raw) and claim_right(claim, gold[index])
            if index not in placed and index not in pairs and homeless and same:
                pairs[index] = at
                after = index + 1
                break
    return pairs


def match_each(gold: Sequence[G], read: Sequence[R], fits: Callable[[R, G], bool]) -> Pairs:
    """One to one, each record of the gold with the first that fits and is free."""
    pairs: Pairs = {}
    for index, expected in enumerate(gold):
        taken = set(pairs.values())
        found = next((at for at, each in enumerate(read) if at not in taken and fits(each, expected)), None)
        pairs |= {} if found is None else {index: found}
    return pairs
