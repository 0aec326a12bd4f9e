"""The tables of divisions: every name and code, and the patterns that find them in a text."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

from sitegen.lexicon import original, packaged, packaged_rows
from sitegen.model import Level, Place
from sitegen.text import Span

RANK: dict[Level, int] = {"province": 0, "prefecture": 1, "county": 2, "park": 3}

# full, short: sure of themselves; doubtful: a word too, needs proof; home, last: words such as 全区 and 该旗;
# stop: a word that merely holds a name
FormKind = Literal["full", "short", "doubtful", "home", "last", "stop"]

_S = TypeVar("_S", bound=tuple[Any, ...])

LONG = 3  # characters from which a county's short name stands for itself


class Hit(NamedTuple):
    """A pattern found at text[start:end]; codes of the divisions with this name, or the level of 全区."""

    start: int
    end: int
    codes: tuple[str, ...]
    form: FormKind


def longest(hits: Sequence[Hit]) -> list[Hit]:
    """Without overlap: the longest from the left."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or kept[-1].end <= hit.start:
            kept.append(hit)
    return kept


def clear_of(spans: Sequence[_S], others: Sequence[tuple[Any, ...]]) -> list[_S]:
    """Those of the spans (start, end, …) that touch none of the others; both in order, without overlap."""
    ends = [other[1] for other in others]
    kept = []
    for span in spans:
        at = bisect_right(ends, span[0])
        if at == len(ends) or others[at][0] >= span[1]:
            kept.append(span)
    return kept


def running_into(hits: Sequence[Hit], shorts: Sequence[Hit], home: str | None) -> list[Hit]:
    """Names of other provinces that end in the short name of a county of ours: 河南 in 抚河南丰段.

    home: the code of ours; without one there are none.
    """
    near = [hit for hit in shorts if home and hit.codes[0][:2] == home[:2]]
    return [
        hit
        for hit in hits
        if any(hit.start < short.start < hit.end < short.end for short in near)
        and all(code[:2] != near[0].codes[0][:2] for code in hit.codes)
    ]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Divisions:
    """All divisions, current ones first, then former ones, whose codes end with /last year."""

    codes: dict[str, Place]
    names: dict[str, tuple[Place, ...]]  # by full name, short name and other names
    matcher: AhoCorasick
    forms: tuple[tuple[FormKind, tuple[str, ...]], ...]  # for each pattern of the matcher
    next_words: dict[str, tuple[str, ...]]
    county_shorts: dict[str, tuple[str, ...]]  # codes by short or other name; words of every day left out
    county_matcher: AhoCorasick  # finds them, also inside each other
    county_openings: frozenset[str]  # their first characters
    earlier: tuple[
        tuple[str, int, str], ...
    ]  # current code, until which year the county had another name, code of that

    def chain(self, code: str) -> Iterator[Place]:
        """The division itself, then those above it, the nearest first; nothing for an unknown code."""
        place = self.codes.get(code)
        while place is not None:
            yield place
            place = self.codes.get(place.parent)

    def contains(self, outer: str, inner: str) -> bool:
        """Tell whether the division `outer` holds `inner` or is it."""
        place = self.codes.get(inner)
        while place is not None:
            if place.code == outer:
                return True
            place = self.codes.get(place.parent)
        return False

    def hits(self, text: str) -> list[Hit]:
        """All patterns in a text, in order, the longest from the left.

        Words that merely hold a name (合作社) have the form stop and no codes. A name whose last character
        begins the next word is cut (天津市场 has 天津) or left out.
        """
        found: list[Hit] = []
        for index, start, end in self.matcher.find_matches_as_indexes(text):
            form, codes = self.forms[index]
            words = self.next_words.get(text[end - 1])
            if words and form in ("full", "short") and text.startswith(words, end - 1):
                codes = tuple(
                    place.code
                    for place in self.names.get(text[start : end - 1], ())
                    if place.level == "province" or (place.code in codes and place.level != "county")
                )
                if not codes:
                    continue
                end -= 1
            found.append(Hit(start, end, codes, form))
        return found

    def shorts_in(self, text: str) -> list[Span]:
        """Where the text prints short names of counties, which need its help to be more than words; they may overlap."""
        return [
            Span(start, end)
            for _, start, end in self.county_matcher.find_matches_as_indexes(text, overlapping=True)
        ]


@cache
def divisions() -> Divisions:
    """The packaged tables, read once."""
    words: dict[str, Any] = packaged("place_words.yml")
    places, full, short, other = _tables(words)
    names: dict[str, tuple[Place, ...]] = {name: tuple(found) for name, found in full.items()}
    for name, found in (*short.items(), *other.items()):
        names[name] = tuple(dict.fromkeys((*names.get(name, ()), *found)))
    forms = _forms(words, full, short, other)
    everyday = frozenset(words["county_words"])
    contextual = {name: other[name] for name in words["aliases_in_context"]}
    higher = {name for name, found in short.items() if any(place.level != "county" for place in found)}
    counties = {
        name: tuple(place.code for place in found if place.level == "county")
        for name, found in (*short.items(), *contextual.items())
        if name not in everyday and name not in higher
    }
    county_shorts = {name: codes for name, codes in counties.items() if codes}
    return Divisions(
        {place.code: place for place in places},
        names,
        AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest),
        tuple(forms.values()),
        {char: tuple(found) for char, found in words["next_words"].items()},
        county_shorts,
        AhoCorasick(list(county_shorts), matchkind=MatchKind.Standard),
        frozenset(name[0] for name in county_shorts),
        tuple(_earlier(places)),
    )


@cache
def packaged_names() -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """The full names of all divisions; and of each name or word that means something wherever it stands, before a site adds
    any, the full names of the divisions that it means: none for a word such as 全区.
    """
    words: dict[str, Any] = original("place_words.yml")
    places, full, short, other = _tables(words)
    called = {place.code: place.name for place in places}
    forms = _forms(words, full, short, other)
    meant = {name: frozenset(called[c] for c in codes if c in called) for name, (_, codes) in forms.items()}
    return frozenset(full), meant


_ByName = dict[str, list[Place]]


def _tables(words: dict[str, Any]) -> tuple[tuple[Place, ...], _ByName, _ByName, _ByName]:
    """All divisions, then by full name, by short name and by the other names that words gives them."""
    places = (*_current(), *_former())
    full: _ByName = {}
    short: _ByName = {}
    for place in places:
        full.setdefault(place.name, []).append(place)
        if place.short:
            short.setdefault(place.short, []).append(place)
    other: _ByName = {name: list(full[standard]) for name, standard in words["aliases"].items()}
    for place in places:
        called = _short_county(place)
        if called and called not in full:
            other.setdefault(called, []).append(place)
    return places, full, short, other


def _earlier(places: Sequence[Place]) -> Iterator[tuple[str, int, str]]:
    """What counties of today were before they became cities or districts of the same name: 米林县 until 2022."""
    today = {
        (place.code[:4], place.short): place.code
        for place in places
        if place.short and place.level == "county" and "/" not in place.code
    }
    for place in places:
        code, _, last = place.code.partition("/")
        current = today.get((code[:4], place.name[:-1])) if last and place.level == "county" else None
        if current:
            yield current, int(last), place.code


def _short_county(place: Place) -> str | None:
    """What papers call 澜沧拉祜族自治县 for short: 澜沧县; None for any other division."""
    match = re.fullmatch(r"([一-鿿]{2,4}?)(?:[一-鿿]{1,6}族){1,4}自治(县|旗)", place.name)
    return match[1] + match[2] if match and place.short == match[1] else None


def _forms(
    words: dict[str, Any],
    full: dict[str, list[Place]],
    short: dict[str, list[Place]],
    other: dict[str, list[Place]],
) -> dict[str, tuple[FormKind, tuple[str, ...]]]:
    """What each pattern stands for; the first word given wins."""
    forms: dict[str, tuple[FormKind, tuple[str, ...]]] = {}
    for word in words["not_places"]:
        forms[word] = ("stop", ())
    generic = frozenset(words["generic_names"])
    for name, found in full.items():
        doubtful = name in generic
        forms.setdefault(name, ("doubtful" if doubtful else "full", tuple(place.code for place in found)))
    doubted = frozenset(words["words_too"])
    for name, found in short.items():
        high = [place for place in found if place.level != "county"]
        if high:
            # 吉林 is the province, not the city in it
            best = min(high, key=lambda place: RANK[place.level])
            forms.setdefault(name, ("doubtful" if name in doubted else "short", (best.code,)))
    everyday = frozenset(words["county_words"])
    for name, found in short.items():
        # 满洲里 is nothing else; shorter names need the article's help
        if len(name) >= LONG and len(found) == 1 and name not in everyday:
            forms.setdefault(name, ("short", (found[0].code,)))
    contextual = frozenset(words["aliases_in_context"])
    for name, found in other.items():
        if name not in contextual:
            forms.setdefault(name, ("short", tuple(place.code for place in found)))
    for word, level in words["anaphora"].items():
        forms.setdefault(word, ("home", (level,)))
    for word, level in words["pronouns"].items():
        forms.setdefault(word, ("last", (level,)))
    return forms


def _current() -> Iterator[Place]:
    rows = packaged_rows("places.tsv")
    codes = {row[0] for row in rows}
    for code, name, *rest in rows:
        short: str | None = rest[0] if rest else name[:-1]
        level: Level = "county"
        above = f"{code[:4]}00"
        if code.endswith("0000"):
            level, above = "province", ""
        elif code.endswith("00") or above not in codes:
            level = "prefecture" if code.endswith("00") else "county"
            above = f"{code[:2]}0000"
        if short == "-" or name.endswith("新区"):
            short = None
        yield Place(code, name, level, above, short)


def _former() -> Iterator[Place]:
    for code, name, above, *short in packaged_rows("places_former.tsv"):
        level: Level = "prefecture" if code[4:6] == "00" else "county"
        yield Place(code, name, level, above, short[0] if short else None)
