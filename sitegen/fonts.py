"""The fonts of this machine by which charts are painted: nothing else in a site depends on the machine."""

import contextlib
import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from sitegen.lexicon import packaged


@cache
def fonts() -> tuple[str, ...]:
    """Paths of the font files of this machine by which Chinese can be painted; () where there is none."""
    wanted: Mapping[str, Sequence[str]] = packaged("fonts.yml")
    there: dict[str, str] = {}
    for folder in (Path(name).expanduser() for name in wanted["folders"]):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            there.setdefault(path.name, str(path))
    regular = next((there[name] for name in wanted["regular"] if name in there), None)
    return (regular, *(there[name] for name in wanted["more"] if name in there)) if regular else ()


def fonts_version(fonts: tuple[str, ...]) -> str:
    """A name for the font files as they are: by path, size and time of change, since reading them takes longer than to paint."""
    stamps = []
    for path in fonts:
        with contextlib.suppress(OSError):  # painting will say so
            status = os.stat(path)
            stamps.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    return "\n".join(stamps)
