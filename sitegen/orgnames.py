"""Where the names of organisations stand in a text: ends from a list, beginnings at words that no name runs across."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from sitegen.lexicon import packaged, packaged_rows

OrgKind = Literal["company", "bank", "university", "institute", "association", "government", "party", "media"]
_Class = Literal["strong", "weak", "name", "department", "break", "soft", "place", "safe"]

_LONGEST = 32  # characters; a longer run is a sentence whose verb is not listed
_BRAND = 4  # a name may begin with so many characters before a place (中煤鄂尔多斯…)
_MARKS = "，,。；;：:！？!?、“”‘’《》〈〉「」『』【】[]（）()—–…~～*/+＋=<>|｜%％ \t\r\n\u3000\xa0□■●▲◆■0123456789０１２３４５６７８９.．\"'"


class OrgName(NamedTuple):
    """The span of an organisation's name, half open in code points, and what kind of organisation it is."""

    start: int
    end: int
    kind: OrgKind


@dataclass(frozen=True, slots=True)
class _Words:
    """All words that matter for names, in one matcher; classes and kinds run parallel to its patterns."""

    matcher: AhoCorasick
    classes: tuple[tuple[_Class, OrgKind], ...]
    generic: frozenset[str]


@cache
def _words() -> _Words:
    data: dict[str, Any] = packaged("organisations.yml")
    found: dict[str, tuple[_Class, OrgKind]] = {}
    for mark in _MARKS:
        found[mark] = ("break", "company")
    for file in ("places.tsv", "places_former.tsv"):
        for row in packaged_rows(file):
            found[row[1]] = ("place", "company")
    for row in packaged_rows("places.tsv"):
        if row[0].endswith("00"):
            short = row[2] if len(row) > 2 else row[1][:-1]
            found.setdefault(short, ("place", "company"))
    for line in data["breaks"]:
        for word in line.split():
            found[word] = ("break", "company")
    for word in data["soft"]:
        found[word] = ("soft", "company")
    for stem in data["department_stems"]:
        for end in data["department_ends"]:
            found[stem + end] = ("department", "government")
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
        tuple(found.values()),
        frozenset(data["generic"]),
    )


@lru_cache(maxsize=64)
def org_names(text: str) -> tuple[OrgName, ...]:
    """The names of organisations in a text, in order, without overlap.

    A department follows its house without a gap and makes one name with it (中国人民银行天津市分行). Common nouns
    (该公司, 有关银行) are none.
    """
    words = _words()
    found: list[OrgName] = []
    breaks = [(0, 0, False)]  # beginnings that the next name may have: (start, end, soft) of the words before
    for index, start, end in words.matcher.find_matches_as_indexes(text):
        group, kind = words.classes[index]
        if group == "break":
            if text[start] in "()（）" and _inner_bracket(text, start):
                continue
            breaks = [(start, end, False)]
        elif group == "soft":
            breaks.append((start, end, True))
        elif group in ("strong", "weak", "name", "department"):
            begin = _beginning(text, breaks, start, end, group, words)
            if begin is None:
                continue
            while found and found[-1].end > begin:
                begin = min(begin, found.pop().start)
            found.append(OrgName(begin, end, kind))
    return tuple(found)


def _beginning(
    text: str, breaks: list[tuple[int, int, bool]], start: int, end: int, group: _Class, words: _Words
) -> int | None:
    """Where the name that ends with text[start:end] begins, or None where these words name nothing."""
    if group == "name":
        return start
    for _, after, soft in reversed(breaks):
        stem = text[after:start]
        if end - after > _LONGEST:
            return None
        if group == "department" and not stem:
            return start
        if len(stem) >= 2 and (group in ("strong", "department") or not made_of(stem, words.generic)):
            return after
        if not soft:
            return after if group == "department" else None
    return None


def made_of(stem: str, words: frozenset[str]) -> bool:
    """Tell whether these words alone make up the stem: 大型国有能源."""
    reached = {0}
    for at in range(len(stem)):
        if at in reached:
            reached.update(size for size in range(at + 1, len(stem) + 1) if stem[at:size] in words)
    return len(stem) in reached


def left_bound(text: str, at: int) -> int:
    """Where a name that runs up to `at` may begin at the earliest: behind the last word that no name runs across."""
    words = _words()
    begin = max(0, at - _LONGEST)
    bound = begin
    for index, start, end in words.matcher.find_matches_as_indexes(text[begin:at]):
        if words.classes[index][0] in ("break", "soft", "strong", "department", "name"):
            inner = text[begin + start] in "()（）" and _inner_bracket(text, begin + start)
            bound = bound if inner else begin + end
    return bound


def _inner_bracket(text: str, at: int) -> bool:
    """Tell whether the bracket at this place belongs to a name: 新华三(集团)有限公司, 中车（北京）科技."""
    if text[at] in "(（":
        close = next((i for i in range(at + 1, min(at + 9, len(text))) if text[i] in ")）"), -1)
    else:
        close = at
        at = next((i for i in range(at - 1, max(at - 9, -1), -1) if text[i] in "(（"), -1)
    if at < 1 or close < 0 or close - at < 3:
        return False
    return text.startswith(("股份", "有限", "集团", "控股", "公司", "科技", "实业", "投资"), close + 1)
