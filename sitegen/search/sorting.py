"""The suffixes of a site's lines in order, worked out from the order of the run before where few lines are new.

A line ends in a symbol of its own, smaller than any character, so where two suffixes stand to each other depends on nothing but
what is left of their two lines, and on which line stands first. Lines that stay in their order keep that of their suffixes.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sitegen.cache import Cache
from sitegen.search.suffixes import Numbers, Suffixes, sort_suffixes

_NAME = 16  # bytes of the name of a line
_FEW = 50  # one character of so many may be new
_LEAST = 2000  # new characters that are always few


class _Before(NamedTuple):
    """What was sorted last. names: of the lines; lengths: theirs; order: of the characters, as places in the whole."""

    names: list[bytes]
    lengths: Numbers
    order: Numbers


def sort_lines(lines: Sequence[str], symbols: Numbers, store: Cache) -> Suffixes:
    """The suffixes of symbols: of the lines one behind the other, each with its end. store: where the last order is kept."""
    key = store.key("suffixes")
    names = _names(lines)
    before = _read(store.get_bytes(key))
    lengths = np.fromiter(map(len, lines), np.int64, len(lines))
    order = None if before is None else _mended(before, names, lines, lengths)
    if order is None:
        found = sort_suffixes(symbols)
    else:
        ends = np.cumsum(lengths + 1) - 1
        whole = np.concatenate((ends, order))
        rank = np.empty(len(whole), np.int64)
        rank[whole] = np.arange(len(whole))
        found = Suffixes(symbols, whole, np.append(rank[1:], 0)[whole])
    if before is None or before.names != names:
        store.put_bytes(key, _written(names, lengths, found.order[len(lines) :]))
    return found


def _names(lines: Sequence[str]) -> list[bytes]:
    """A name for each line; of equal lines each has its own, by which of them it is."""
    seen: Counter[str] = Counter()
    names = []
    for line in lines:
        text = line.encode("utf-8", "surrogatepass") + b"\n%d" % seen[line]
        names.append(blake2b(text, digest_size=_NAME).digest())
        seen[line] += 1
    return names


def _mended(
    before: _Before, names: Sequence[bytes], lines: Sequence[str], lengths: Numbers
) -> Numbers | None:
    """The order of the characters by that of the run before; None where too much is new, or lines have changed places."""
    where = {name: index for index, name in enumerate(before.names)}
    old = np.fromiter((where.get(name, -1) for name in names), np.int64, len(names))
    new = np.flatnonzero(old < 0)
    stays = old[old >= 0]
    fresh = int(lengths[new].sum())
    if (np.diff(stays) < 0).any() or fresh > max(_LEAST, int(lengths.sum()) // _FEW):
        return None
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    moved = np.full(
        len(before.names), -1, np.int64
    )  # by how much the places in each line grow, where it stays
    moved[stays] = (
        np.asarray(starts)[:-1][old >= 0] - (np.cumsum(before.lengths + 1) - before.lengths - 1)[stays]
    )
    kept = np.zeros(len(before.names), np.bool_)
    kept[stays] = True
    line_of = np.repeat(np.arange(len(before.names)), before.lengths + 1)[before.order]
    there = kept[line_of]
    order = before.order[there] + moved[line_of[there]]

    def said(place: int) -> tuple[str, int]:
        line = bisect_right(starts, place) - 1
        return lines[line][place - starts[line] :], line

    added = sorted(said(starts[line] + at) for line in new.tolist() for at in range(len(lines[line])))
    at = [bisect_left(order, each, key=said) for each in added]
    places = [starts[line] + len(lines[line]) - len(rest) for rest, line in added]
    return np.insert(order, at, places)


def _written(names: Sequence[bytes], lengths: Numbers, order: Numbers) -> bytes:
    numbers: NDArray[np.uint32] = np.concatenate(([len(names)], lengths, order)).astype("<u4")
    return numbers.tobytes() + b"".join(names)


def _read(data: bytes | None) -> _Before | None:
    """What was written, None for anything else."""
    if not data or len(data) % 4:
        return None
    numbers = np.frombuffer(data, "<u4")
    lines, most = int(numbers[0]), len(numbers) - 1
    size = most - lines - lines * _NAME // 4
    if size < 0:
        return None
    lengths, order = numbers[1 : lines + 1].astype(np.int64), numbers[lines + 1 : lines + 1 + size]
    if int(lengths.sum()) != size or (size and int(order.max()) >= size + lines):
        return None
    tail = data[len(data) - lines * _NAME :]
    names = [tail[at : at + _NAME] for at in range(0, len(tail), _NAME)] if lines else []
    return _Before(names, lengths, order.astype(np.int64))
