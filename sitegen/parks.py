"""Names of parks, zones and ports of entry in a text: 大路工业园区, 鄂尔多斯综合保税区, but not 这个园区."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from sitegen.lexicon import packaged
from sitegen.orgnames import left_bounds, made_of

_LONGEST = 24  # characters of a park's name
_OWN = (2, 9)  # shortest and longest stem of a park that no place stands before
_YEAR = re.compile(r"(?<=[0-9０-９])年|年[进到来在入]")
_COUNTRY = "中国"  # 中国（上海）自由贸易试验区 is one name


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
    creation: tuple[str, ...]


@cache
def _words() -> _Words:
    data: dict[str, Any] = packaged("place_words.yml")["parks"]
    patterns = list(dict.fromkeys([*data["names"], *data["short"], *data["ends"]]))
    return _Words(
        AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA),
        frozenset([*data["names"], *data["short"]]),
        frozenset(data["weak"]),
        frozenset([*data["generic"], *_industries()]),
        tuple(data["creation"]),
    )


def full_name(printed: str) -> str:
    """The name of a park or zone as it is printed in full: 贵安 is 贵安新区."""
    name: str = packaged("place_words.yml")["parks"]["short"].get(printed, printed)
    return name


def _industries() -> Iterator[str]:
    """Words for industries: 风电产业园 says what the park makes, not what it is called."""
    for industry in packaged("industries.yml")["industries"].values():
        yield industry["name"]
        yield from industry.get("aliases", ())


def parks(text: str, named: Iterable[tuple[int, int, str]]) -> tuple[Park, ...]:
    """Find the parks that a text names, in order, without overlap.

    named: (start, end, standard name) of the divisions in the text, in order. A place printed in full stands
    outside the name when the rest can stand alone (通辽市木里图工业园区 names 木里图工业园区); else the name
    begins with it (包头装备制造产业园区, 鄂尔多斯综合保税区).
    """
    words = _words()
    hits = words.matcher.find_matches_as_indexes(text)
    if not hits:
        return ()
    found: list[Park] = []
    places = list(named)
    starts = [place[0] for place in places]
    for start, end in _ends(text, hits, frozenset(place[1] for place in places), words):
        at = bisect_left(starts, end)
        if at and places[at - 1][1] >= end:
            continue  # 浦东新区 is a division
        if text[start:end] in words.names:
            begin: int | None = start
        else:
            begin = _beginning(text, start, end, places[max(0, at - 4) : at], words)
        if begin is not None and ("委" in text[begin:start] or _YEAR.match(text, begin)):
            continue  # 海南省委自贸港工委 is an office, 1985年进开发区 no name
        if begin is not None and (not found or found[-1].end <= begin):
            found.append(Park(begin, end))
    return tuple(found)


def _ends(
    text: str, hits: Sequence[tuple[int, int, int]], closed: frozenset[int], words: _Words
) -> list[tuple[int, int]]:
    """Where the ends of names stand; two in a row make one (工业园区 + 示范区).

    hits: of the words' matcher.  closed: where divisions end; what ends there (浦东新区) is whole.
    """
    ends: list[tuple[int, int]] = []
    for _, start, end in hits:
        joined = bool(ends) and ends[-1][1] == start and start not in closed
        if joined and words.names.isdisjoint((text[ends[-1][0] : start], text[start:end])):
            ends[-1] = (ends[-1][0], end)
        else:
            ends.append((start, end))
    return ends


def _beginning(
    text: str, start: int, end: int, places: Sequence[tuple[int, int, str]], words: _Words
) -> int | None:
    """Where the park's name begins whose end is text[start:end], or None where nothing is named."""
    for bound in left_bounds(text, start, _LONGEST - (end - start)):
        inside = [place for place in places if bound <= place[0] and place[1] <= start]
        if inside:
            return _with_place(text, start, end, inside[-1], words)
        stem = text[bound:start]
        if len(stem) >= _OWN[0]:
            common = len(stem) > _OWN[1] or made_of(stem, words.generic) or text[start:end] in words.weak
            return None if common or text.endswith(words.creation, 0, bound) else bound
    return None


def _with_place(text: str, start: int, end: int, place: tuple[int, int, str], words: _Words) -> int | None:
    first, last, name = place
    if first and text[first - 1] in "(（" and text[last : last + 1] in (")", "）"):
        opening = text.rfind(_COUNTRY, 0, first - 1)
        return opening if opening >= 0 and opening + len(_COUNTRY) == first - 1 else None
    stem = text[last:start]
    named = len(stem) >= 2 and not made_of(stem, words.generic)
    if text[start:end] == "口岸" and not named:
        return None  # 二连浩特口岸 is the city's gate, 航空口岸 a kind of port: the division says where
    return last if named and text[first:last] == name else first
