"""Where the names of organisations stand in a text: ends from a list, beginnings behind other words."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from sitegen.divisions import divisions
from sitegen.lexicon import packaged

OrgKind = Literal["company", "bank", "university", "institute", "association", "government", "party", "media"]
_Class = Literal["strong", "weak", "name", "department", "break", "soft", "place", "safe"]

_ENDS: frozenset[_Class] = frozenset(("strong", "weak", "name", "department"))
_LONGEST = 32  # characters; a longer run is a sentence whose verb is not listed
_MARKS = "，,。；;：:！？!?、“”‘’《》〈〉「」『』【】[]（）()—–…~～*/+＋=<>|｜%％□■●▲△◆◇○◎★☆▶►→"
_BRACKETS = frozenset("()（）")
_BLANKS = " \t\r\n\u3000\xa0\"'0123456789０１２３４５６７８９.．"


class OrgName(NamedTuple):
    """The span of an organisation's name, half open in code points, and what kind of organisation it is."""

    start: int
    end: int
    kind: OrgKind


@dataclass(frozen=True, slots=True)
class _Words:
    """All words that matter for names, in one matcher; classes and kinds run parallel to its patterns.

    ends: those with which a name may end, for a first look; most texts have none.
    """

    matcher: AhoCorasick
    ends: AhoCorasick
    classes: tuple[tuple[_Class, OrgKind], ...]
    generic: frozenset[str]
    brackets: frozenset[str]
    not_committee: tuple[str, ...]


@cache
def _words() -> _Words:
    data: dict[str, Any] = packaged("organisations.yml")
    found: dict[str, tuple[_Class, OrgKind]] = {}
    for mark in _MARKS + _BLANKS:
        found[mark] = ("break", "company")
    for name, places in divisions().names.items():
        if any(place.name == name or place.level != "county" for place in places):
            found[name] = ("place", "company")
    for line in data["breaks"]:
        for word in line.split():
            found[word] = ("break", "company")
    for word in data["soft"]:
        found[word] = ("soft", "company")
    for stem in data["department_stems"]:
        for end in data["department_ends"]:
            found[stem + end] = ("department", "government")
        for end in data["not_department_ends"]:
            found[stem + end] = ("safe", "government")
    for kind, names in data["own"].items():
        for word in names:
            found[word] = ("department", kind)
    for kind, ends in data["ends"].items():
        for word in ends["weak"]:
            found[word] = ("weak", kind)
        for word in ends["strong"]:
            found[word] = ("strong", kind)
    for kind, names in data["names"].items():
        for word in names:
            found[word] = ("name", kind)
    for word in data["safe"]:
        found[word] = ("safe", "company")
    return _Words(
        AhoCorasick(list(found), matchkind=MatchKind.LeftmostLongest),
        AhoCorasick([word for word, (group, _) in found.items() if group in _ENDS]),
        tuple(found.values()),
        frozenset(data["generic"]),
        frozenset(data["brackets"]),
        tuple(data["not_committee"]),
    )


@lru_cache(maxsize=64)
def org_names(text: str) -> tuple[OrgName, ...]:
    """The names of organisations in a text, in order, without overlap.

    A department follows its house without a gap and makes one name with it (中国人民银行天津市分行).
    Common nouns (该公司, 有关银行) are none.
    """
    words = _words()
    ends = [start for _, start, _ in words.ends.find_matches_as_indexes(text)]
    if not ends and "委" not in text:
        return ()
    found: list[OrgName] = []
    at = 0
    for sentence in text.split("。"):  # no name goes on behind it, and most sentences have none
        until = at + len(sentence)
        if bisect_left(ends, at) < bisect_left(ends, until) or "委" in sentence:
            _names_in(text, sentence, at, words, found)
        at = until + 1
    return tuple(found)


def _names_in(text: str, sentence: str, at: int, words: _Words, found: list[OrgName]) -> None:
    """Adds the names of the sentence that begins in the text at `at`."""
    place = (0, 0)  # the last place before: a firm's full name begins with one
    breaks = [
        (at, at, False)
    ]  # beginnings that the next name may have: (start, end, soft) of the words before
    for index, first, behind in words.matcher.find_matches_as_indexes(sentence):
        start, end = at + first, at + behind
        group, kind = words.classes[index]
        if group == "break":
            if text[start] in _BRACKETS and _inner(text, start):
                continue
            breaks = [(start, end, False)]
        elif group == "soft":
            breaks.append((start, end, True))
        elif group in _ENDS:
            begin = _beginning(text, breaks, start, end, group, words)
            if begin is None:
                continue
            if group == "strong" and kind == "company":
                begin = _registered(text, place, begin, end)
            while found and found[-1].end > begin:
                begin, kind = _joined(found.pop(), begin, kind)
            found.append(OrgName(begin, end, kind))
        elif group == "place":
            place = (start, end)
        if group == "place" and text.startswith("委", end) and not text.startswith(words.not_committee, end):
            found.append(OrgName(start, end + 1, "party"))


def _registered(text: str, place: tuple[int, int], begin: int, end: int) -> int:
    """Where a firm's full name (…有限公司) begins: with its place, even where a sign of it is also a word (蒜都味业)."""
    between = text[place[1] : begin]
    if place[0] < begin <= place[1] + _BRAND_LONG and end - place[0] <= _LONGEST and between.isalpha():
        return begin if set(between) & _PARTICLES else place[0]
    return begin


_BRAND_LONG = 6  # characters of a brand that a sign taken for a word cuts
_PARTICLES = set("的了在是由与和向从对把被给将让为")


def _joined(house: OrgName, begin: int, kind: OrgKind) -> tuple[int, OrgKind]:
    """Beginning and kind of a house and its department: a company's party committee is the company's."""
    return min(begin, house.start), house.kind if house.kind in ("company", "bank") else kind


def _beginning(
    text: str, breaks: list[tuple[int, int, bool]], start: int, end: int, group: _Class, words: _Words
) -> int | None:
    """Where the name that ends with text[start:end] begins, or None where these words name nothing."""
    if group == "name":
        return start
    fallback: int | None = None
    for _, after, soft in reversed(breaks):
        stem = text[after:start]
        if end - after > _LONGEST:
            break
        if group == "department" and not stem:
            return start
        if len(stem) >= 2:
            if not made_of(stem, words.generic):
                return after
            # 文旅有限公司 after a plain break is a name all the same; 洱月文旅有限公司 is the longer one
            fallback = after if group in ("strong", "department") else None
        if not soft:
            return after if group == "department" else fallback
    return fallback


def made_of(stem: str, words: frozenset[str]) -> bool:
    """Tell whether these words alone make up the stem: 大型国有能源."""
    reached = {0}
    for at in range(len(stem)):
        if at in reached:
            reached.update(size for size in range(at + 1, len(stem) + 1) if stem[at:size] in words)
    return len(stem) in reached


def left_bounds(text: str, at: int, longest: int) -> tuple[int, ...]:
    """Where a name that runs up to `at` may begin, the nearest first.

    Behind verbs that are nouns too (建设) a name may begin or not; behind every other break it must.
    """
    words = _words()
    begin = max(0, at - longest)
    bounds = [begin]
    for index, start, end in words.matcher.find_matches_as_indexes(text[begin:at]):
        group = words.classes[index][0]
        if group == "soft":
            bounds.append(begin + end)
        elif group in ("strong", "department", "name") or (
            group == "break" and not _inner(text, begin + start)
        ):
            bounds = [begin + end]
    return tuple(reversed(bounds))


def _inner(text: str, at: int) -> bool:
    """Tell whether a bracket stands here that belongs to a name: 新华三(集团)有限公司, 中车（北京）科技."""
    if text[at] not in "()（）":
        return False
    if text[at] in "(（":
        close = next((i for i in range(at + 1, min(at + 9, len(text))) if text[i] in ")）"), -1)
    else:
        close = at
        at = next((i for i in range(at - 1, max(at - 9, -1), -1) if text[i] in "(（"), -1)
    inner = text[at + 1 : close]
    if at < 1 or close < 0 or not (text[at - 1].isalpha() and text[close + 1 : close + 2].isalpha()):
        return False
    return inner in _words().brackets or inner in divisions().names
