"""Jieba's dictionary. A text is cut by those of its words that stand in the text, so few texts need little of it: the entries are
kept by their first two characters.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple

TOTAL = ""  # the key under which the sum of all frequencies stands; no word begins with nothing


class Dictionary(NamedTuple):
    """frequencies: word or beginning of a word (then 0) → how often it is used; tags: of words; total: of all frequencies."""

    frequencies: dict[str, int]
    tags: dict[str, str]
    total: int


def entries() -> dict[str, str]:
    """The lines of the dictionary (word, frequency, tag) by the first two characters of the word. Loads jieba.

    They are read from the package and not from jieba's cache file: that saves no time, and a file in a shared folder could be
    stale or another's.
    """
    import jieba

    found: dict[str, list[str]] = {}
    total = 0
    with jieba.Tokenizer().get_dict_file() as file:
        lines = file.read().decode("utf-8").splitlines()
    for line in lines:
        found.setdefault(line.partition(" ")[0][:2], []).append(line)
        total += int(line.split(" ")[1])
    return {start: "\n".join(group) for start, group in found.items()} | {TOTAL: str(total)}


@cache
def whole() -> Dictionary:
    """All of it. Takes about a second, once."""
    return _dictionary(entries())


def part(kept: Mapping[str, str], texts: Iterable[str]) -> Dictionary:
    """What the texts can be cut by. kept: as entries gives them. Raises ValueError, KeyError for anything else."""
    starts = {TOTAL}
    for text in texts:
        starts.update(text)
        starts.update(one + other for one, other in pairwise(text))
    return _dictionary({start: kept[start] for start in starts if start in kept or start == TOTAL})


def _dictionary(kept: Mapping[str, str]) -> Dictionary:
    frequencies: dict[str, int] = {}
    tags: dict[str, str] = {}
    for start, lines in kept.items():
        if start == TOTAL:
            continue
        for line in lines.split("\n"):
            word, frequency, tag = line.split(" ")
            frequencies[word] = int(frequency)
            tags[word] = tag
            for end in range(1, len(word)):
                frequencies.setdefault(word[:end], 0)
    return Dictionary(frequencies, tags, int(kept[TOTAL]))
