"""Code in an editor's Markdown: where its fenced blocks begin and end, and the text outside all code."""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_FENCE = re.compile(r"(?P<margin>[ >]*)(?P<fence>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<info>.*)$")
_CODE = re.compile(r"(`+).+?\1")


class Fenced(NamedTuple):
    """A fenced block. first: index of its first line; last: of the line that closes it, None where none does; margin: what
    stands before the fence; info: what stands behind it.
    """

    first: int
    last: int | None
    margin: str
    fence: str
    info: str


def fenced(lines: Sequence[str]) -> Iterator[Fenced]:
    """The fenced blocks that stand in no other, in order. A fence that nothing closes holds no lines."""
    found = [(n, match) for n, line in enumerate(lines) if (match := _FENCE.match(line))]
    closing: dict[
        tuple[str, bool], list[int]
    ] = {}  # sought once, so that the time stays in proportion to the text
    for n, match in found:
        if not match["info"]:
            closing.setdefault(_key(match), []).append(n)
    after = -1
    for n, match in found:
        if n <= after:
            continue
        ends = closing.get(_key(match), [])
        at = bisect(ends, n)
        last = ends[at] if at < len(ends) else None
        after = n if last is None else last
        yield Fenced(n, last, match["margin"], match["fence"], match["info"].rstrip())


def _key(match: re.Match[str]) -> tuple[str, bool]:
    """What the lines at both ends of a block have in common: the fence, and whether it stands in a quotation."""
    return match["fence"], ">" in match["margin"]


def outside_code(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines that stand in no fenced block, each with its index, and with blanks in place of code within it."""
    inside = {
        n for block in fenced(lines) if block.last is not None for n in range(block.first, block.last + 1)
    }
    for n, line in enumerate(lines):
        if n not in inside:
            yield n, blank_code(line)


def blank_code(line: str) -> str:
    """The line with blanks in place of what stands between backticks."""
    return _CODE.sub(lambda code: " " * len(code[0]), line)
