"""Whether anything happened since the last build: what went into it and what came out of it, each under one name."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitegen.cache import Cache, digest
from sitegen.codec import UNFIT, decode, encode
from sitegen.fonts import fonts, fonts_version
from sitegen.problems import Problem
from sitegen.publish import Stamp
from sitegen.workspace import FACTS, Workspace


@dataclass(frozen=True, slots=True)
class Standing:
    """The site as it stands after a build. inputs: names of the sources and of the facts; outputs: name of the finished site.

    problems, doubts: what the build had to say.
    """

    inputs: str
    facts: str
    outputs: str
    pages: int
    articles: int
    claims: int
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...]


def inputs_of(site: Workspace, options: Any) -> str:
    """A name for all that a build reads but the facts: every file by its content, the settings, the fonts,
    how the build was asked for.
    """
    roots = [site.root / "content", site.root / "templates", *([site.seeds] if site.seeds else [])]
    facts = str(site.root / FACTS)
    linked = (
        each for root in roots for each in sorted(root.glob("*")) if each.is_symlink() and each.is_dir()
    )
    roots += [each for each in linked if str(each) != facts]  # their files are read all the same
    told = [
        repr(options),
        repr(site.config),
        os.getcwd(),
        str(site.root),
        str(site.output),
        fonts_version(fonts()),
    ]
    parts = (part for root in roots for part in _contents(root, facts))
    return digest([*(each.encode("utf-8", "surrogateescape") for each in told), *parts])


def facts_of(site: Workspace) -> str:
    """A name for the facts as they stand in content/facts."""
    return digest(_contents(site.root / FACTS, ""))


def _contents(root: Path, without: str) -> Iterator[bytes]:
    for path in _walk(str(root), without):
        yield os.fsencode(path)
        try:
            if not os.path.isfile(path):  # a pipe would never end
                yield b"no file"
                continue
            with open(path, "rb") as file:
                yield file.read()
        except OSError as error:  # the build will say so
            yield str(error).encode("utf-8", "surrogateescape")


def _walk(folder: str, without: str) -> Iterator[str]:
    """All files below a folder, by name, but hidden ones."""
    try:
        with os.scandir(folder) as found:
            entries = sorted((each for each in found if not each.name.startswith(".")), key=lambda e: e.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.path != without:
                yield from _walk(entry.path, without)
        else:
            yield entry.path


def outputs_of(folder: Path) -> str:
    """A name for the finished site: every file by its place, size and time of change."""

    def stamps(root: str) -> Iterator[bytes]:
        with os.scandir(root) as found:
            entries = sorted(found, key=lambda each: each.name)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from stamps(entry.path)
            else:
                status = entry.stat(follow_symlinks=False)
                yield os.fsencode(entry.path)
                yield b"%d %d %d" % (status.st_mode, status.st_size, status.st_mtime_ns)

    try:
        return digest(stamps(str(folder)))
    except OSError:
        return ""


def recall(store: Cache, site: Workspace) -> Standing | None:
    """What was remembered of the last build into this folder."""
    try:
        found: Standing = decode(Standing, store.get_bytes(_key(store, site, "site")) or b"")
    except ValueError:
        return None
    return found


def recall_stamps(store: Cache, site: Workspace) -> dict[str, Stamp]:
    """The files that the last build left in this folder; none where that is not known."""
    try:
        found: dict[str, Stamp] = decode(
            dict[str, Stamp], store.get_bytes(_key(store, site, "stamps")) or b""
        )
    except ValueError:
        return {}
    return found


def remember(store: Cache, site: Workspace, standing: Standing, stamps: dict[str, Stamp]) -> None:
    """Keep it for the next run."""
    with contextlib.suppress(*UNFIT):  # a file's name may be no text
        store.put_bytes(_key(store, site, "site"), encode(standing))
        store.put_bytes(_key(store, site, "stamps"), encode(stamps))


def _key(store: Cache, site: Workspace, kind: str) -> str:
    return store.key(kind, os.fsencode(site.output.absolute()))
