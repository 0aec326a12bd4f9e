"""Which pages there are, and in which part of the archive each belongs: a matter of its name alone."""

import os
from collections.abc import Callable, Iterator
from hashlib import blake2b
from itertools import islice
from pathlib import Path, PurePosixPath

from sitegen.problems import ConfigError, Problem
from sitegen.publish import shown
from sitegen.workspace import SUFFIXES, unreadable, walk_files

_SHOWN = 20  # wrong lines of a list that are told at once


def partitions_for(pages: int) -> int:
    """The power of two from the square root of the number of pages on: neither many tiny files nor few long tasks."""
    return 1 << ((pages - 1).bit_length() + 1) // 2


def grouped(pages: Path, listed: Path | None, partitions: Callable[[int], int]) -> list[tuple[str, ...]]:
    """The names of the pages of each part, sorted; a name is a path below the folder, with /.

    partitions: number of pages → number of parts. Raises ConfigError where there is no page or the list cannot be used.
    """
    if not pages.is_dir():
        raise ConfigError(
            Problem(shown(pages), 0, 0, "E-READ", "is no folder", "name the folder of the pages")
        )
    names = sorted(set(_listed(listed) if listed else _found(pages)))
    if not names:
        fix = f"name a folder with pages ({', '.join(SUFFIXES)})"
        raise ConfigError(Problem(shown(listed or pages), 0, 0, "E-EMPTY", "there is no page", fix))
    groups: list[list[str]] = [[] for _ in range(partitions(len(names)))]
    for name in names:
        groups[_hash(name) % len(groups)].append(name)
    return [tuple(group) for group in groups]


def _hash(name: str) -> int:
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _found(pages: Path) -> Iterator[str]:
    above = len(os.path.join(pages, ""))
    return (path[above:].replace(os.sep, "/") for path in walk_files(pages, *SUFFIXES))


def _listed(listed: Path) -> list[str]:
    """The names in a list, one a line. Raises ConfigError for a line that is no path below the folder."""
    try:
        with listed.open(encoding="utf-8-sig") as file:
            lines = [line.strip() for line in file]
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(*unreadable(listed, error).problems) from None
    wrong = ((number, fact) for number, line in enumerate(lines, 1) if (fact := _fault(line)))
    fix = "write its path below the folder of the pages"
    problems = [
        Problem(shown(listed), number, 0, "E-LIST", fact, fix) for number, fact in islice(wrong, _SHOWN)
    ]
    if problems:
        raise ConfigError(*problems)
    return [str(PurePosixPath(line)) for line in lines if line]


def _fault(line: str) -> str:
    """Why a line names no page below the folder, "" where it may."""
    if "\0" in line:  # a list in UTF-16, say
        return "has a zero byte, which no path has"
    return f"{line} leads out of the folder" if line.startswith("/") or ".." in line.split("/") else ""
