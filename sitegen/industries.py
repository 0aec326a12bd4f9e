"""The list of industries, and where a text names one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from sitegen.lexicon import LexiconError, packaged
from sitegen.model import Industry
from sitegen.orgnames import org_names
from sitegen.problems import Problem

_COUNTS = tuple("0123456789０１２３４５６７８９一二三四五六七八九十两几多余数百千万亿这那该各")
_NEXT = 6  # characters that a name may go on behind a measure word and the sign after it


class IndustryMention(NamedTuple):
    """Where a text names an industry: printed == text[start:end], id of the list's entry."""

    start: int
    end: int
    id: str
    printed: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class IndustryList:
    """Industries by id, in the order of their file, with a matcher for their names."""

    entries: dict[str, Industry]
    matcher: AhoCorasick
    targets: tuple[str, ...]  # id for each pattern, "" where the word means no industry
    stems: frozenset[str]  # patterns that count only before another industry in a list
    measured: frozenset[str]  # names whose first character is a measure word too: 一家电池企业
    divisions: dict[str, str]  # division or group of GB/T 4754-2017 for each id that has one

    def get(self, id_: str) -> Industry | None:
        """The entry with this id."""
        return self.entries.get(id_)

    def parents(self, id_: str) -> tuple[Industry, ...]:
        """The broader entries, the nearest first; empty for a root or an unknown id."""
        found: list[Industry] = []
        entry = self.entries.get(id_)
        while entry is not None and entry.parent is not None:
            entry = self.entries[entry.parent]
            found.append(entry)
        return tuple(found)

    def mentions(self, text: str) -> tuple[IndustryMention, ...]:
        """Find the industries that a text names: the longest word from the left, never in an organisation."""
        hits = [
            (start, end, index)
            for index, start, end in self.matcher.find_matches_as_indexes(text)
            if self.targets[index]
        ]
        if not hits:
            return ()
        organisations = org_names(text)
        found: list[IndustryMention] = []
        at = 0
        for number, (start, end, index) in enumerate(hits):
            while at < len(organisations) and organisations[at].end <= start:
                at += 1
            if at < len(organisations) and organisations[at].start < end:
                continue
            printed = text[start:end]
            if printed in self.measured and text[start - 1 : start] in _COUNTS:
                again = self.matcher.find_matches_as_indexes(text[start + 1 : end + _NEXT])
                if not again or again[0][1] or not self.targets[again[0][0]]:
                    continue
                index, start, end = again[0][0], start + 1, start + 1 + again[0][2]
                printed = text[start:end]
            if printed in self.stems and not self._heads(text, hits, number):
                continue
            if _inside_latin(text, start, end):
                continue
            found.append(IndustryMention(start, end, self.targets[index], printed))
        return tuple(found)

    def _heads(self, text: str, hits: Sequence[tuple[int, int, int]], number: int) -> bool:
        """Tell whether an industry follows the stem in one list: 硅、稀土新材料."""
        _, end, _ = hits[number]
        if number + 1 == len(hits) or text[end : end + 1] not in "、和":
            return False
        start, after, _ = hits[number + 1]
        following = text[start:after]
        return start == end + 1 and (following not in self.stems or self._heads(text, hits, number + 1))


@cache
def industry_list() -> IndustryList:
    """The packaged list, read once."""
    return read_industries(packaged("industries.yml"), "industries.yml")


def read_industries(data: dict[str, Any], name: str) -> IndustryList:
    """Make a list from its parsed file. Raises LexiconError where it contradicts itself."""
    raw: dict[str, dict[str, Any]] = data["industries"]
    targets: dict[str, str] = dict.fromkeys(data.get("stop", ()), "")
    entries: dict[str, Industry] = {}
    stems: set[str] = set()
    for id_, row in raw.items():
        aliases = tuple(row.get("aliases", ()))
        parent = row.get("parent")
        if parent is not None and parent not in raw:
            raise _refused(name, f"{id_}: no industry has the id {parent!r}", "mend `parent`")
        entries[id_] = Industry(id_, row["name"], aliases, parent, bool(row.get("cluster", False)))
        for word in (row["name"], *aliases):
            if targets.get(word, id_) != id_:
                raise _refused(name, f"{word!r} stands for {targets[word]!r} and {id_!r}", "keep one of them")
            targets[word] = id_
    for id_, row in raw.items():
        _check_ring(id_, entries, name)
        for stem in row.get("stems", ()):
            stems.add(stem)
            for word in (stem, *(stem + ending for ending in data["endings"])):
                targets.setdefault(word, id_)
    patterns = [word for word in targets if word]
    return IndustryList(
        entries,
        AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest),
        tuple(targets[word] for word in patterns),
        frozenset(stems),
        frozenset(data.get("measures", ())),
        {id_: row["gbt"] for id_, row in raw.items() if "gbt" in row},
    )


def claims(data: dict[str, Any]) -> dict[str, str]:
    """Every word of a parsed file with the id it stands for, "" where it means no industry; stems with their endings too."""
    found: dict[str, str] = dict.fromkeys(data.get("stop", ()), "")
    raw: dict[str, dict[str, Any]] = data["industries"]
    for id_, row in raw.items():
        found |= dict.fromkeys((row["name"], *row.get("aliases", ())), id_)
    for id_, row in raw.items():
        for stem in row.get("stems", ()):
            for word in (stem, *(stem + ending for ending in data["endings"])):
                found.setdefault(word, id_)
    return found


def _inside_latin(text: str, start: int, end: int) -> bool:
    """Tell whether the word is cut out of a longer one in Latin letters: AI in OpenAI."""
    if not (text[start].isascii() or text[end - 1].isascii()):
        return False
    around = (text[start - 1 : start] + text[start], text[end - 1] + text[end : end + 1])
    return any(len(pair) == 2 and pair.isascii() and pair.isalnum() for pair in around)


def _check_ring(id_: str, entries: dict[str, Industry], name: str) -> None:
    seen = {id_}
    parent = entries[id_].parent
    while parent is not None:
        if parent in seen:
            raise _refused(name, f"{id_}: its parents lead back to itself", "mend `parent`")
        seen.add(parent)
        parent = entries[parent].parent


def _refused(name: str, fact: str, remedy: str) -> LexiconError:
    return LexiconError(Problem(name, 0, 0, "E310", fact, remedy))
