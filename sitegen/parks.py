"""Names of parks, zones and ports of entry in a text: 大路工业园区, 鄂尔多斯综合保税区, but not 这个园区."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from sitegen.lexicon import packaged
from sitegen.orgnames import left_bound, made_of

_LONGEST = 24  # characters of a park's name
_OWN = (2, 9)  # shortest and longest stem of a park that no place stands before


class Park(NamedTuple):
    """The span of a park's name, half open in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Words:
    matcher: AhoCorasick
    names: frozenset[str]
    weak: frozenset[str]
    generic: frozenset[str]


@cache
def _words() -> _Words:
    data: dict[str, Any] = packaged("place_words.yml")["parks"]
    patterns = list(dict.fromkeys([*data["names"], *data["ends"]]))
    return _Words(
        AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest),
        frozenset(data["names"]),
        frozenset(data["weak"]),
        frozenset(data["generic"]),
    )


def parks(text: str, places: Sequence[tuple[int, int, str]]) -> tuple[Park, ...]:
    """The parks that a text names, in order.

    places: (start, end, standard name) of the divisions found in the text, in order. A place that ends with the
    character of its level stands outside the name when what follows can stand alone (通辽市木里图工业园区 names
    木里图工业园区); else it is part of it (包头装备制造产业园区, 鄂尔多斯综合保税区).
    """
    words = _words()
    found: list[Park] = []
    hits = words.matcher.find_matches_as_strings(text) and words.matcher.find_matches_as_indexes(text)
    merged: list[tuple[int, int]] = []
    for _, start, end in hits or ():
        if merged and merged[-1][1] == start and text[merged[-1][0] : merged[-1][1]] not in words.names:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    for start, end in merged:
        if text[start:end] in words.names:
            found.append(Park(start, end))
            continue
        begin = _beginning(text, start, end, places, words)
        if begin is not None and (not found or found[-1].end <= begin):
            found.append(Park(begin, end))
    return tuple(found)


def _beginning(
    text: str, start: int, end: int, places: Sequence[tuple[int, int, str]], words: _Words
) -> int | None:
    """Where the park's name begins whose end is text[start:end], or None where nothing is named."""
    bound = max(left_bound(text, start), end - _LONGEST)
    inside = [place for place in places if bound <= place[0] and place[1] <= start]
    if not inside:
        stem = text[bound:start]
        if (
            _OWN[0] <= len(stem) <= _OWN[1]
            and text[start:end] not in words.weak
            and not made_of(stem, words.generic)
        ):
            return bound
        return None
    first, last, name = inside[-1]
    stem = text[last:start]
    whole = text[first:last] == name
    if whole and len(stem) >= 2 and not made_of(stem, words.generic):
        return last
    return first
