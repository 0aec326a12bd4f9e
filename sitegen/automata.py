"""Matchers of words that only one article needs."""

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, Implementation

_FEW = 50  # words that are looked for one by one, which takes less time than a matcher takes to build


def _matcher(words: tuple[str, ...]) -> AhoCorasick:
    """The kind that is built in the shortest time."""
    return AhoCorasick(words, implementation=Implementation.ContiguousNFA)


class Words:
    """Finds the words of one article in its texts."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(words)
        self._many = _matcher(self._words) if len(self._words) > _FEW else None

    def all(self, text: str) -> list[tuple[int, int, int]]:
        """Index, start and end of each word wherever the text prints it, also inside each other, in no order."""
        if self._many:
            return self._many.find_matches_as_indexes(text, overlapping=True)
        found = []
        for index, word in enumerate(self._words):
            at = text.find(word)
            while at >= 0:
                found.append((index, at, at + len(word)))
                at = text.find(word, at + 1)
        return found

    def longest(self, text: str) -> list[tuple[int, int, int]]:
        """Those without overlap, the longest from the left."""
        found = self.all(text)
        kept: list[tuple[int, int, int]] = []
        for hit in sorted(found, key=lambda hit: (hit[1], -hit[2])) if found else ():
            if not kept or kept[-1][2] <= hit[1]:
                kept.append(hit)
        return kept
