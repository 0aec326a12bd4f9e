"""Millions of pages to Parquet tables of what they say, on one machine or on many. The same pages and the same program give
the same bytes, however many processes there are and whichever is done first; what is there already is not made again.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from sitegen import __version__
from sitegen.ahead import spread
from sitegen.archive.listing import grouped, partitions_for
from sitegen.archive.part import TABLES, Done, Part, make_part, part_file, receipt_file, version
from sitegen.cache import FOLDER
from sitegen.lexicon import used
from sitegen.lock import locked
from sitegen.problems import ConfigError, Problem
from sitegen.publish import shown, unwritable, write_file

MANIFEST = "archive.json"
_ROUND = 32  # parts that each process makes between two words of how far the work is


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. parts, made: all and those that were made anew; rows: of each table."""

    pages: int
    parts: int
    made: int
    rows: dict[str, int]


def archive(
    pages: Path,
    out: Path,
    *,
    listed: Path | None = None,
    scheduler: str | None = None,
    jobs: int = 1,
    partitions: int | None = None,
    tick: Callable[[str], None],
) -> Report:
    """Read every page below the folder (listed: a file that names those to read) into the tables below out.

    scheduler: address of a Dask scheduler whose workers do it; else so many jobs of this machine.  partitions: files of each
    table; None: as many as the archive has, for a new one as many as suit its size. A page that cannot be read is a row of the
    table of problems. Raises ConfigError where the request makes no sense, SitegenError where parts could not be made.
    """
    _need("pyarrow", *(["distributed"] if scheduler else []))
    pages, out = Path(os.path.abspath(pages)), Path(os.path.abspath(out))
    before = _manifest(out)
    tick("listing the pages")
    groups = grouped(
        pages, listed, lambda count: partitions or before.get("partitions") or partitions_for(count)
    )
    _make_folder(out)
    with locked(out, "this archive"):
        _write_manifest(out, {"partitions": len(groups), "complete": False})
        parts = [
            Part(str(pages), str(out), number, names, version(), used())
            for number, names in enumerate(groups)
        ]
        done: list[Done] = []
        for each in _over_cluster(scheduler, parts) if scheduler else _here(parts, jobs):
            done.append(each)
            tick(f"{len(done)} of {len(parts)} parts")
        _remove_others(out, len(parts))
        rows = {name: sum(each.rows[name] for each in done) for name in TABLES}
        count = sum(map(len, groups))
        _write_manifest(out, {"partitions": len(parts), "complete": True, "pages": count, "rows": rows})
    return Report(count, len(parts), sum(each.made for each in done), rows)


def _need(*packages: str) -> None:
    """Raise ConfigError where a package is missing that only this command uses."""
    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        fix = "install what is missing: pip install 'sitegen[cluster]'"
        raise ConfigError(Problem("", 0, 0, "E-EXTRA", f"{' and '.join(missing)} cannot be found", fix))


def _here(parts: Sequence[Part], jobs: int) -> Iterator[Done]:
    for start in range(0, len(parts), _ROUND * jobs):
        # one part takes longer than a process to start
        yield from spread(make_part, parts[start : start + _ROUND * jobs], jobs, few=2)


def _over_cluster(scheduler: str, parts: Sequence[Part]) -> Iterator[Done]:
    from sitegen.archive.cluster import over_cluster

    return over_cluster(scheduler, parts)


def _manifest(out: Path) -> dict[str, int]:
    """What the archive at out says of itself, {} for a new one. Raises ConfigError for a folder that is none."""
    path = out / MANIFEST
    try:
        if path.is_file():
            found = json.loads(path.read_bytes())
            if (
                isinstance(found, dict)
                and isinstance(found.get("partitions"), int)
                and found["partitions"] > 0
            ):
                return found
        elif not out.exists() or (out.is_dir() and {path.name for path in out.iterdir()} <= {FOLDER}):
            return {}
    except ValueError:
        pass
    except OSError as error:
        raise unwritable(out, error) from None
    fix = "name another folder, or move it away"
    raise ConfigError(
        Problem(shown(out), 0, 0, "E-WRITE", "is there already and is no archive of sitegen", fix)
    )


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(out, error) from None


def _write_manifest(out: Path, said: dict[str, object]) -> None:
    text = json.dumps({"sitegen": __version__, "version": version(), **said}, indent=1)
    write_file(out / MANIFEST, f"{text}\n".encode())


def _remove_others(out: Path, count: int) -> None:
    """Remove the parts beyond those of this run and what killed runs left. No other run is at work."""
    kept = {part_file(out, table, number) for table in TABLES for number in range(count)}
    kept |= {receipt_file(out, number) for number in range(count)}
    for folder in {path.parent for path in kept}:
        for path in [*folder.glob("part-*"), *folder.glob(".*.tmp")]:
            if path not in kept:
                try:
                    path.unlink(missing_ok=True)
                except OSError as error:
                    raise unwritable(path, error) from None
