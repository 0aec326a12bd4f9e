"""Sentences of charts made ready for the page: where a headline's lines may end, which number keeps its measure word."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sitegen.pages.base import Cell


@dataclass(frozen=True, slots=True)
class Run:
    """A cell as it stands in a line.

    parts: its text, cut where a line may end.  opens: whether a line may begin with it.  tail: what follows it on
    the same line at any width (the measure word of a number), taken from the next cell.
    """

    cell: Cell
    parts: tuple[str, ...]
    opens: bool = False
    tail: str = ""


def runs(cells: Sequence[Cell], pieces: Iterable[str]) -> tuple[Run, ...]:
    """Cells cut at the ends of the pieces, which put together are the text of the cells."""
    ends, at = {0}, 0
    for piece in pieces:
        at += len(piece)
        ends.add(at)
    found = []
    at = 0
    for cell in cells:
        start, at = at, at + len(cell.text)
        cuts = [start, *sorted(end for end in ends if start < end < at), at]
        parts = tuple(cell.text[a - start : b - start] for a, b in itertools.pairwise(cuts))
        found.append(Run(cell, parts, opens=start > 0 and start in ends))
    return tuple(found)


def tied(cells: Sequence[Cell]) -> tuple[Run, ...]:
    """Cells of running text; a bare number takes the character behind it along: 3|笔已签约 → 3笔|已签约."""
    found: list[Run] = []
    for cell in cells:
        text = cell.text
        last = found[-1] if found else None
        if (
            last
            and last.cell.derived is not None
            and last.parts[0][-1:].isdigit()
            and _plain(cell)
            and text[:1].isalpha()
        ):
            found[-1] = Run(last.cell, last.parts, tail=text[:1])
            text = text[1:]
        if text:
            found.append(Run(cell, (text,)))
    return tuple(found)


def _plain(cell: Cell) -> bool:
    return not cell.claims and cell.derived is None and cell.href is None
