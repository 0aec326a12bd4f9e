"""Words of all articles together: what each of them is about beside the others, and which others are near."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sitegen.model import Facts
from sitegen.search.cutting import Counted, count_words, cutter

KEYWORDS = 8
RELATED = 4
_WEIGHED = 60
_NEAR = 0.05  # below this, two articles share nothing but common words
_FEW = 4  # articles whose neighbours are looked for one by one before those of all are


@dataclass(frozen=True, slots=True)
class Words:
    """What an article is about.

    keywords: best first; weights: word → 0 to 1; related: ids of near articles, best first; title: the
    headline in pieces between which a line may end.
    """

    keywords: tuple[str, ...] = ()
    weights: Mapping[str, float] | None = None
    related: tuple[str, ...] = ()
    title: tuple[str, ...] = ()


class _Weighed(NamedTuple):
    """An article beside the others. counted: what it tells alone; weights: word → weight, best first, the best 1; top: the first
    of them; norm: the length of all.
    """

    counted: Counted
    weights: dict[str, float]
    top: dict[str, float]
    norm: float


class Told(Mapping[str, Words]):
    """Words by article id, each worked out when somebody asks for it.

    counted: what each article tells alone. before: the same of an earlier run, whose weights stand where nothing changed them.
    """

    def __init__(self, counted: Mapping[str, Counted], before: "Told | None" = None) -> None:
        self.spread = Counter(word for each in counted.values() for word in each.weights)
        known = before.weighed if before and len(before.weighed) == len(counted) else {}
        moved = {word for word, _ in self.spread.items() ^ (before.spread if before else Counter()).items()}
        self.weighed: dict[str, _Weighed] = {}
        for article, each in counted.items():
            old = known.get(article)
            stands = old is not None and old.counted == each and moved.isdisjoint(each.weights)
            self.weighed[article] = old if old and stands else self._weigh(each, len(counted))
        self.found: dict[str, Words] = {}

    def _weigh(self, counted: Counted, size: int) -> _Weighed:
        """Words of an article among so many, weighed against the rest of the site too."""
        raw = {word: each * math.log(1 + size / self.spread[word]) for word, each in counted.weights.items()}
        best = max(raw.values(), default=1.0)
        order = sorted(raw.items(), key=lambda pair: (-pair[1], pair[0]))
        weights = {word: weight / best for word, weight in order}
        norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return _Weighed(counted, weights, dict(list(weights.items())[:_WEIGHED]), norm)

    def __getitem__(self, article: str) -> Words:
        if article not in self.found:
            self._find(article, self._near(article) if len(self.found) < _FEW else self._related[article])
        return self.found[article]

    def whole(self) -> dict[str, Words]:
        """Those of all articles."""
        return {article: self._find(article, near) for article, near in self._related.items()}

    def _find(self, article: str, near: tuple[str, ...]) -> Words:
        own = self.weighed[article]
        self.found[article] = Words(_keywords(own.weights), own.top, near, own.counted.title)
        return self.found[article]

    def __iter__(self) -> Iterator[str]:
        return iter(self.weighed)

    def __len__(self) -> int:
        return len(self.weighed)

    def _near(self, article: str) -> tuple[str, ...]:
        """The nearest others of one article: the same sums in the same order as those of all."""
        own, scores = self.weighed[article], []
        for other, each in self.weighed.items():
            score = 0.0
            for word, weight in own.top.items():
                if word in each.top:
                    score += weight * each.top[word]
            if other != article and (near := score / own.norm / each.norm) >= _NEAR:
                scores.append((-near, other))
        return tuple(other for _, other in sorted(scores)[:RELATED])

    @cached_property
    def _related(self) -> dict[str, tuple[str, ...]]:
        """For each article the nearest others by the cosine of their weighed words."""
        import numpy as np

        articles = list(self.weighed)
        order = np.argsort(np.argsort(np.array(articles)))
        norms = np.array([each.norm for each in self.weighed.values()])
        holders: dict[str, list[int]] = {}
        shares: dict[str, list[float]] = {}
        for index, each in enumerate(self.weighed.values()):
            for word, weight in each.top.items():
                holders.setdefault(word, []).append(index)
                shares.setdefault(word, []).append(weight)
        told = {
            word: (np.array(found), np.array(shares[word]))
            for word, found in holders.items()
            if len(found) > 1
        }
        related = {}
        for index, (article, each) in enumerate(self.weighed.items()):
            near = np.zeros(len(articles))
            for word, weight in each.top.items():
                if word in told:
                    others, share = told[word]
                    near[others] += weight * share
            scores = near / norms[index] / norms
            scores[index] = 0.0
            best = np.flatnonzero(scores >= _NEAR)
            if len(best) > RELATED:  # those that are at least as near as the last one taken
                best = best[scores[best] >= np.partition(scores[best], -RELATED)[-RELATED]]
            ranked = best[np.lexsort((order[best], -scores[best]))][:RELATED]
            related[article] = tuple(articles[other] for other in ranked)
        return related


def words(
    facts: Sequence[Facts], terms: Iterable[str] = (), counted: Mapping[str, Counted] | None = None
) -> dict[str, Words]:
    """Keywords and neighbours of each article, by id.

    terms: names of industries and places, which jieba would cut. counted: what count_words gave before, by
    article id; those that are missing are cut now, and jieba is loaded only then.
    """
    known, fixed = counted or {}, frozenset(terms)
    ids = {each.article.id: each.article for each in facts}
    all_ = {id_: known.get(id_) or count_words(each, cutter(fixed)) for id_, each in ids.items()}
    return Told(all_).whole()


def _keywords(weighed: Mapping[str, float]) -> tuple[str, ...]:
    """The best words, without one that is part of a better one."""
    chosen: list[str] = []
    for word in weighed:
        if not any(word in other or other in word for other in chosen):
            chosen.append(word)
        if len(chosen) == KEYWORDS:
            break
    return tuple(chosen)
