"""All suffixes of a text in order, so that every place where a word stands is one run of them.

With the order goes, for each suffix, the place in the order of the one that begins a character later (`after`). From
it a reader that holds only small pieces of the index finds the run of any word, from its last character backwards.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
_BITS = 62


@dataclass(frozen=True, slots=True)
class Suffixes:
    """The suffixes of a sequence. symbols: the sequence; order: where each suffix begins, the smallest first; after: for each
    suffix in that order the place in the order of the one that begins a symbol later (0 behind the last).
    """

    symbols: Numbers
    order: Numbers
    after: Numbers


def sort_suffixes(symbols: Numbers) -> Suffixes:
    """Sort the suffixes of a sequence of numbers from 0 up, whose last one stands nowhere else in it.

    By doubling: what is in order by its first k symbols is put in order by 2k, until no two are alike.
    """
    size = len(symbols)
    if not size:
        return Suffixes(symbols, symbols, symbols)
    rank, depth = _first_ranks(symbols)
    active = np.argsort(rank, kind="stable")
    while len(active):
        active = active[_repeated(rank[active])]
        if not len(active):
            break
        behind = np.minimum(active + depth, size - 1)
        key = rank[active] * size + rank[behind]
        by_key = np.argsort(key, kind="stable")
        active, key = active[by_key], key[by_key]
        old = rank[active]
        rank[active] = old + _group_starts(key) - _group_starts(old)
        depth *= 2
    order = np.empty(size, np.int64)
    order[rank] = np.arange(size)
    after = np.append(rank[1:], 0)[order]
    return Suffixes(symbols, order, after)


def _first_ranks(symbols: Numbers) -> tuple[Numbers, int]:
    """For each suffix how many are smaller by their first few symbols, and how many symbols that are."""
    bits = max(1, int(symbols.max()).bit_length())
    depth = min(len(symbols), max(1, _BITS // bits))
    key = np.zeros(len(symbols), np.int64)
    for step in range(depth):
        key <<= bits
        key[: len(symbols) - step] |= symbols[step:]
    order = np.argsort(key, kind="stable")
    rank = np.empty(len(symbols), np.int64)
    rank[order] = _group_starts(key[order])
    return rank, depth


def _group_starts(values: Numbers) -> Numbers:
    """For each of some values in groups of equal ones, where its group begins."""
    places = np.arange(len(values))
    opens = np.append(True, values[1:] != values[:-1])
    return np.maximum.accumulate(np.where(opens, places, 0))


def _repeated(values: Numbers) -> NDArray[np.bool_]:
    """Which of some values in order have an equal neighbour."""
    alike = np.zeros(len(values), np.bool_)
    alike[:-1] = values[1:] == values[:-1]
    alike[1:] |= alike[:-1]
    return alike


def frequent(suffixes: Suffixes, *, first: int, most: int, longest: int) -> list[tuple[int, int, int]]:
    """Every word that stands in the sequence more than `most` times, as (begin, end, length) of its run in the order.

    Words have symbols from `first` up only; longer ones than `longest` are left out. In order of their runs, the
    shorter first.
    """
    begin = int(np.searchsorted(suffixes.symbols[suffixes.order], first))
    runs: list[tuple[int, int, int]] = []
    open_runs = [(begin, len(suffixes.order))]
    for length in range(1, longest + 1):
        found: list[tuple[int, int]] = []
        for start, end in open_runs:
            found += _parts(suffixes, start, end, length - 1, first, most)
        runs += [(start, end, length) for start, end in found]
        open_runs = found
    return sorted(runs, key=lambda run: (run[0], run[2]))


def _parts(suffixes: Suffixes, start: int, end: int, offset: int, first: int, most: int) -> list[Any]:
    """The runs of more than `most` in a run, by the symbol that stands `offset` behind the beginning."""
    places = np.minimum(suffixes.order[start:end] + offset, len(suffixes.symbols) - 1)
    symbols = suffixes.symbols[places]
    edges = np.flatnonzero(np.diff(symbols)) + 1
    edges = np.concatenate(([0], edges, [end - start]))
    wide = np.flatnonzero(np.diff(edges) > most)
    return [
        (start + int(edges[at]), start + int(edges[at + 1])) for at in wide if symbols[edges[at]] >= first
    ]
