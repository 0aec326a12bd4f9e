"""One part of an archive: some pages in, a file of each table out, and a receipt that says what they were made from.

A pure function of the pages and the program, but for where it writes; it may run anywhere, twice at once, and be killed at any
moment: a file appears whole or not at all, and a part is done when its receipt agrees with pages, program and files.
"""

import json
import os
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any
from uuid import uuid4

from sitegen.cache import digest
from sitegen.cache import version as program
from sitegen.lexicon import Words, use
from sitegen.problems import Problem, SitegenError
from sitegen.publish import unwritable
from sitegen.workspace import SourceFile, read_source

TABLES = ("articles", "claims", "projects", "people", "place_industries", "warnings", "problems")
_RECEIPTS = "receipts"
_alone = (
    threading.Lock()
)  # a worker of Dask may have several threads; Python works on one page at a time all the same


@dataclass(frozen=True, slots=True)
class Part:
    """What is to be made. pages, out: absolute paths of the folders; names: its pages; version: of the program that asks;
    words: what a site adds to its words.
    """

    pages: str
    out: str
    number: int
    names: tuple[str, ...]
    version: str
    words: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True)
class Done:
    """A part that is there. rows: of each table; made: False where it was there already."""

    number: int
    rows: dict[str, int]
    made: bool


@cache
def version() -> str:
    """A name for all that decides over the bytes of a part, beside its pages."""
    return digest([program().encode(), metadata.version("pyarrow").encode()])


def part_file(out: Path, table: str, number: int) -> Path:
    """Where a part of a table stands."""
    return out / table / f"part-{number:05}.parquet"


def receipt_file(out: Path, number: int) -> Path:
    """Where it is written down what a part was made from."""
    return out / _RECEIPTS / f"part-{number:05}.json"


def make_part(part: Part) -> Done:
    """See that the part is there, made from the pages as they are now. Raises SitegenError where this machine cannot make it."""
    with _alone:
        use(part.words)
        _refuse_stranger(part)
        kept = _kept(part)
        return Done(part.number, kept, made=False) if kept is not None else _made(part)


def _refuse_stranger(part: Part) -> None:
    """Another program, or a machine that does not see the folders, would give other tables."""
    fact = ""
    if version() != part.version:
        fact, fix = (
            "has another sitegen, Python or library",
            "install the same there, and start the worker again",
        )
    elif missing := [folder for folder in (part.pages, part.out) if not os.path.isdir(folder)]:
        fact, fix = f"does not see {missing[0]}", "put the folder where all machines have it under one path"
    if fact:
        raise SitegenError(Problem(_machine(), 0, 0, "E-WORKER", fact, fix))


def _machine() -> str:
    return f"worker {socket.gethostname()}"


def _content(part: Part, name: str) -> bytes | tuple[Problem, ...]:
    """The bytes of a page, or why there are none."""
    try:
        return read_source(SourceFile(Path(part.pages, name), name, name))
    except SitegenError as error:
        return error.problems


def _key(part: Part, contents: Sequence[str]) -> str:
    return digest(map(_bytes, (part.version, *part.names, *contents)))


def _bytes(text: str) -> bytes:
    """A name may be no UTF-8."""
    return text.encode("utf-8", "surrogatepass")


def _digest_of(content: bytes | tuple[Problem, ...]) -> str:
    return digest([content] if isinstance(content, bytes) else [_bytes(str(each)) for each in content])


def _kept(part: Part) -> dict[str, int] | None:
    """Rows of each table where the part is there, made from these pages by this program, and undamaged."""
    out = Path(part.out)
    try:
        receipt: Any = json.loads(receipt_file(out, part.number).read_bytes())
        if receipt["key"] != _key(part, [_digest_of(_content(part, name)) for name in part.names]):
            return None
        for table in TABLES:
            if receipt["files"][table] != digest([part_file(out, table, part.number).read_bytes()]):
                return None
        return {table: int(receipt["rows"][table]) for table in TABLES}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _made(part: Part) -> Done:
    from sitegen.archive.parquet import Writer

    out, mark = Path(part.out), f".{uuid4().hex}.tmp"
    files = {table: part_file(out, table, part.number) for table in TABLES}
    receipt = receipt_file(out, part.number)
    fresh = {path: path.with_name(f".{path.name}{mark}") for path in (*files.values(), receipt)}
    contents = []
    try:
        for path in fresh:
            path.parent.mkdir(parents=True, exist_ok=True)
        with Writer({table: fresh[path] for table, path in files.items()}) as writer:
            for name in part.names:
                content = _content(part, name)
                contents.append(_digest_of(content))
                writer.add(name, content)
        said = {
            "key": _key(part, contents),
            "pages": len(part.names),
            "rows": writer.rows,
            "files": {table: digest([fresh[path].read_bytes()]) for table, path in files.items()},
        }
        fresh[receipt].write_text(f"{json.dumps(said, indent=1)}\n", "utf-8")
        for path, temporary in fresh.items():  # the receipt last
            temporary.replace(path)
    except OSError as error:
        raise unwritable(out, error) from None
    except MemoryError:
        fact, fix = f"has no memory left for part {part.number}", "give it more, or make more partitions"
        raise SitegenError(Problem(_machine(), 0, 0, "E-WORKER", fact, fix)) from None
    finally:
        for temporary in fresh.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    return Done(part.number, writer.rows, made=True)
