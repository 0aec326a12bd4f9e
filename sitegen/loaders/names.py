"""The names of people in a byline: what a list of them holds, and which words may be one."""

import re
from dataclasses import dataclass
from functools import cache

from sitegen.lexicon import packaged
from sitegen.loaders.layout import HAN, layout
from sitegen.loaders.seams import frequency
from sitegen.text import fold

NAME = rf"[{HAN}]+(?:[·•・.][{HAN}]+)*"
EVERYDAY = 300  # times that a word list counts a word of everyday speech
_SEPARATORS = re.compile(r"[\s、,，;；/|丨&]+")


@dataclass(frozen=True, slots=True)
class _Words:
    surnames: frozenset[str]
    common: frozenset[str]
    compound: frozenset[str]
    no_names: frozenset[str]


@cache
def _words() -> _Words:
    data = packaged("layout.yml")["byline"]
    return _Words(
        surnames=frozenset(data["surnames"] + data["surnames_common"]),
        common=frozenset(data["surnames_common"]),
        compound=frozenset(data["surnames_compound"]),
        no_names=frozenset(data["no_names"]),
    )


def names_in(printed: str) -> tuple[str, ...]:
    """The names in a list of them; a name of two characters is often printed with a blank between them."""
    tokens = [token for token in _SEPARATORS.split(printed.strip(" 、,/|丨:：-—")) if token]
    names: list[str] = []
    at = 0
    while at < len(tokens):
        end = at + 1
        if tokens[at].isascii():
            while end < len(tokens) and tokens[end].isascii():
                end += 1
            names.append(" ".join(tokens[at:end]))
        elif len(tokens[at]) == 1 and end < len(tokens) and len(tokens[end]) <= 2:
            end += 1
            names.append("".join(tokens[at:end]))
        else:
            names += _run_together(tokens[at])
        at = end
    return tuple(names)


def is_name(name: str, *, strict: bool) -> bool:
    """Whether this may be a person's name; strict: it begins like most Chinese names and has two or three
    characters.
    """
    if re.fullmatch(r"[A-Za-z][A-Za-z .]+", name):
        return not strict
    if not re.fullmatch(rf"{NAME}", name) or not 2 <= len(name) <= 16:
        return False
    if name in _words().no_names:
        return False
    if "·" in name or "•" in name or "・" in name:
        return True
    if strict:
        if name[:2] in _words().compound:
            return 3 <= len(name) <= 4
        return len(name) <= 3 and name[0] in _words().surnames
    return len(name) <= 8


def likely_name(name: str) -> bool:
    """Whether this is built like most Chinese names: a common family name, two or three characters."""
    return is_name(name, strict=True)


def sure_names(printed: str) -> tuple[str, ...] | None:
    """The names of a list in which each is built like most names; None for any other words."""
    names = names_in(printed)
    return names if names and all(likely_name(name) for name in names) else None


def plain_names(text: str) -> tuple[str, ...]:
    """The names of which a line consists, with blanks between them; () for any other line. Only below a subtitle."""
    names = names_in(fold(text)) if re.search(r"\s", text) else ()
    return names if 0 < len(names) <= 4 and all(likely_name(name) for name in names) else ()


def lone_name(text: str) -> tuple[str, ...]:
    """The one name of which a line consists that is no word: printed with a blank (王 崖), or of a common family; else ().

    Of two characters apart (格 央) any name will do, for those that have no family name.
    """
    names = sure_names(fold(text)) or ()
    apart = text.split()
    if not names and len(apart) == 2 and all(re.fullmatch(f"[{HAN}]", char) for char in apart):
        names = () if no_name("".join(apart)) else ("".join(apart),)
    if len(names) != 1 or len(names[0]) > 3 or names_column(text):
        return ()
    spaced = len(text.split()) == 2 and frequency(names[0]) < EVERYDAY
    return names if spaced or (names[0][0] in _words().common and not frequency(names[0])) else ()


def no_name(word: str) -> bool:
    """Whether a word stands where names do and is none (待续, 综合)."""
    return word in _words().no_names


def names_column(text: str) -> bool:
    """Whether a line is what columns are called, and no person: 短 波, 公告速读, 一线观察."""
    words, name = layout(), "".join(text.split())
    if len(name) >= 4 and name[0] not in _words().surnames and frequency(name[:2]) > EVERYDAY:
        return True
    patterns = (words.roundup, words.briefs, words.column_name, words.column, words.kicker)
    return any(pattern.match(name) for pattern in patterns)


def _run_together(token: str) -> list[str]:
    """Two names printed as one word (王建军李娜), parted where only one place is possible; else the word as it is."""
    common = _words().common
    if len(token) < 5 or "·" in token or token[0] not in common:
        return [token]
    places = [at for at in (2, 3) if token[at] in common and 2 <= len(token) - at <= 3]
    return [token[: places[0]], token[places[0] :]] if len(places) == 1 else [token]
