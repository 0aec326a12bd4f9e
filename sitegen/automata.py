"""Matchers of words that only one article needs."""

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind


def for_few_texts(words: Iterable[str], kind: MatchKind = MatchKind.LeftmostLongest) -> AhoCorasick:
    """A matcher of the kind that is built in the shortest time; it pays where few texts are read with it."""
    return AhoCorasick(list(words), matchkind=kind, implementation=Implementation.ContiguousNFA)
