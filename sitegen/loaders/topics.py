"""How much two stretches of text speak of the same things, by the pairs of characters that they share."""

import math
import re
from collections.abc import Set as AbstractSet
from functools import lru_cache

from sitegen.loaders.seams import frequency

_RUN = re.compile(r"[\u4e00-\u9fff]+")
_EVERYDAY = math.log(20_000)  # a word as frequent as that tells nothing
_UNLISTED = 500  # thousandths that a pair across two words weighs


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring Chinese characters in a text."""
    return frozenset(run[at : at + 2] for run in _RUN.findall(text) for at in range(len(run) - 1))


def weigh(found: AbstractSet[str]) -> int:
    """How much a set of pairs tells, in thousandths: rare words much, everyday words nothing."""
    return sum(map(_weight, found))  # whole numbers: their order does not matter


def covered(part: AbstractSet[str], whole: AbstractSet[str]) -> float:
    """The share of a text's weight that another text has too; 0 to 1."""
    weight = weigh(part)
    return weigh(part & whole) / weight if weight else 0.0


class Topic:
    """What a text that grows speaks of."""

    def __init__(self) -> None:
        self.pairs: set[str] = set()
        self.weight = 0

    def add(self, found: AbstractSet[str]) -> None:
        """Takes up the pairs of more text."""
        new = found - self.pairs
        self.weight += weigh(new)
        self.pairs |= new

    def shared(self, other: AbstractSet[str]) -> float:
        """The weight of the pairs shared with another text, as a share of that of the one which has less."""
        less = min(self.weight, weigh(other))
        return weigh(other & self.pairs) / less if less else 0.0


@lru_cache(maxsize=50_000)
def _weight(pair: str) -> int:
    count = frequency(pair)
    return max(0, round(1000 * (1 - math.log(1 + count) / _EVERYDAY))) if count else _UNLISTED
