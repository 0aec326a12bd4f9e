"""The kind of a claim: words near the number, weighted by how near they stand. Words: data/kinds/*.yml."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from operator import itemgetter
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from sitegen.lexicon import packaged
from sitegen.matchers.tokens import COUNTED, Quantity
from sitegen.model import Kind
from sitegen.text import Span


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that speaks for a kind. after: it stands behind the number.

    not_measures: numbers of these units it never speaks of.  within_clause: of these only in its own clause.
    """

    kind: Kind
    weight: float
    after: bool
    dimensions: frozenset[str]
    not_measures: frozenset[str] = frozenset()
    within_clause: frozenset[str] = frozenset()


class Hit(NamedTuple):
    """A cue found in a text at [start, end)."""

    start: int
    end: int
    cue: Cue


@cache
def kind_files() -> dict[Kind, dict[str, Any]]:
    """The data of every kind by its id, in the order of their file names."""
    folder = resources.files("sitegen") / "data" / "kinds"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yml"))
    loaded = (packaged(f"kinds/{name}") for name in names)
    return {data["kind"]: data for data in loaded}


@cache
def _index() -> tuple[AhoCorasick, tuple[tuple[Cue, ...], ...]]:
    cues: dict[str, list[Cue]] = {}
    for kind, data in kind_files().items():
        counted, rates = frozenset(data.get("counted", ())), data.get("rates")
        every = frozenset(data["dimensions"])
        never = frozenset(data.get("not_measures", ()))
        within = frozenset(data.get("within_clause", ()))
        for after in (False, True):
            for word, weight in data["after" if after else "before"].items():
                dimensions = every if word in counted else every - COUNTED
                if rates is not None and not any(rate in word for rate in rates):
                    dimensions -= {"rate", "times"}
                cues.setdefault(word, []).append(Cue(kind, float(weight), after, dimensions, never, within))
    words = tuple(cues)
    return AhoCorasick(words, matchkind=MatchKind.Standard), tuple(tuple(cues[word]) for word in words)


def kind_hits(folded: str, span: Span | None = None) -> tuple[Hit, ...]:
    """Every cue of every kind in the text, or in a span of it, also inside each other, ordered by end."""
    automaton, cues = _index()
    begin, until = span or (0, len(folded))
    found = automaton.find_matches_as_indexes(folded[begin:until], overlapping=True)
    return tuple(
        Hit(begin + start, begin + end, cue)
        for index, start, end in found
        if folded[begin + start] != "年" or not _is_dated(folded, begin + start, begin + end)
        for cue in cues[index]
    )


def _is_dated(folded: str, start: int, end: int) -> bool:
    """2024年产煤3亿吨 holds no 年产, which is what works can make in a year; nor does 年产值."""
    return folded[start - 1 : start] in _BEFORE_YEAR or folded.startswith("值", end)


_BEFORE_YEAR = frozenset("0123456789〇今去明前当")


BY_UNIT = "no word of a kind: what its unit is by itself"
# What a number of this dimension is where no word near it says more.
DEFAULTS: dict[str, Kind] = {
    "money": "value",
    "power": "capacity",
    "computing": "capacity",
    "racks": "capacity",
    "physical": "capacity",
    "capacity": "capacity",
    "energy": "output",
    "mass": "output",
    "volume": "output",
    "output": "output",
    "area": "resource",
    "rate": "share",
    "ratio": "share",
    "points": "growth",
    "times": "growth",
}


def kind_of(
    hits: Sequence[Hit],
    quantity: Quantity,
    *,
    clause: Span,
    sentence: Span,
    segment: Span,
    tail: int,
    list_end: int,
    dated: bool = False,
) -> tuple[Kind, str, Span]:
    """The kind of the number, how it was decided, and the word that decided (empty for none).

    segment: from the number before it (or the clause's start) to the number itself.  tail: where the next number or the
    clause's end cuts off what stands behind.  list_end: the end of the list of numbers (joined by 、 和) that it is in; what
    stands behind the list speaks of every member.  dated: a date stands before the number in its clause.

    The weight of a cue falls with distance and with every border between.
    """
    start, end, dimension = quantity.start, quantity.end, quantity.dimension
    scores: dict[Kind, float] = {}
    best: dict[Kind, Span] = {}
    hits = _near(hits, start, max(tail, list_end + 8))
    rate = _names_a_rate(hits, quantity, segment)
    for hit in hits:
        if (
            dimension not in hit.cue.dimensions
            or quantity.measure in hit.cue.not_measures
            or hit.start < sentence.start
            or hit.end > sentence.end
        ):
            continue
        length = (hit.end - hit.start) * 0.25
        if hit.cue.after:
            if end <= hit.start < tail and list_end == end:  # in A1个、B2个 what stands before 2 is of B
                score = hit.cue.weight + length - 0.35 * (hit.start - end)
            elif list_end <= hit.start < min(clause.end, list_end + 8):
                score = hit.cue.weight + length - 1.5 - 0.35 * (hit.start - list_end)
            else:
                continue
        else:
            if hit.end > start or (
                hit.start < clause.start and _stays(hit.cue, quantity, rate=rate, dated=dated)
            ):
                continue
            score = hit.cue.weight + length - 0.12 * (start - hit.end)
            if hit.start < clause.start:
                score -= (4.5 if dimension in COUNTED else 2.6) + 0.02 * (start - hit.end)
            elif hit.start < segment.start:
                score -= 1.6
            elif start - hit.end == 1 and hit.cue.kind in {"signing", "progress"} and dimension in COUNTED:
                score += 2  # 签约的71个项目: the attribute right before the number
        if score > scores.get(hit.cue.kind, 0.5):
            scores[hit.cue.kind], best[hit.cue.kind] = score, Span(hit.start, hit.end)
    if not scores:
        return DEFAULTS.get(dimension, "count"), BY_UNIT, Span(0, 0)
    kind = max(scores, key=lambda name: (scores[name], name))
    return kind, f"the weightiest word of a kind, {scores[kind]:.1f}", best[kind]


def _stays(cue: Cue, quantity: Quantity, *, rate: bool, dated: bool) -> bool:
    """Whether a cue says nothing of this number beyond its clause: 年产能80万套，已有3家企业 counts firms.

    吞吐能力350万标箱，今年1—10月完成221万标箱: what is dated is no power to make things.
    """
    if cue.kind == "capacity" and dated:
        return True
    return (rate and cue.kind == "growth") or quantity.measure in cue.within_clause


def _near(hits: Sequence[Hit], start: int, until: int) -> Sequence[Hit]:
    """The hits that can speak of the number at start: before it so near that distance leaves them a weight, behind it
    up to until. hits: ordered by end.
    """
    low = bisect_left(hits, start - _reach(), key=itemgetter(1))
    return hits[low : bisect_left(hits, until + _LONGEST, low, key=itemgetter(1))]


@cache
def _reach() -> int:
    """Characters before a number from where on no cue has a weight any more."""
    cues = (cue for found in _index()[1] for cue in found)
    return int((max(cue.weight for cue in cues) + 2 + 0.25 * _LONGEST) / 0.12)


_LONGEST = 20  # characters of a cue


def counts_else(text: str, end: int) -> bool:
    """Whether the number that ends there counts places or trades (分散在9个县), not projects or agreements."""
    return _ELSE.match(text, end) is not None


_ELSE = re.compile(
    r"(?:[省市县区州盟旗乡镇国]|地市|园区|产业|行业|领域|部门|城市)(?![一-鿿]{0,4}(?:项目|类))"
)


def _names_a_rate(hits: Sequence[Hit], quantity: Quantity, segment: Span) -> bool:
    """重箱率100%, 占比达30%: the words right before the number name a rate, so no growth of an earlier clause is meant."""
    return quantity.dimension == "rate" and any(
        hit.cue.kind == "share"
        and not hit.cue.after
        and segment.start <= hit.start
        and 0 <= quantity.start - hit.end <= _NEAR
        for hit in hits
    )


_NEAR = 4  # characters of 达到, 超过 and the like


def table_kind(title: str, head: str, dimension: str) -> Kind | None:
    """The kind of a number in a table: what its column's head says, a table of agreements before all; else None."""
    hits = [
        hit for hit in kind_hits(f"{title} {head}") if dimension in hit.cue.dimensions and not hit.cue.after
    ]
    if dimension == "money" and any(hit.cue.kind == "signing" for hit in hits):
        return "signing"
    of_head = [hit for hit in hits if hit.start > len(title)]
    best = max(of_head or hits, key=lambda hit: (hit.cue.weight, hit.end - hit.start), default=None)
    return best.cue.kind if best else None
