"""Writing to disk so that nothing is ever half there: single files, and a whole site that takes the old one's
place.
"""

import contextlib
import ctypes
import errno
import os
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from sitegen.contents import Contents
from sitegen.problems import Problem, SitegenError

MARKER = ".sitegen"  # stands in every finished site, so that no other folder is ever replaced
_MARKER_TEXT = b"Made by sitegen, which may replace or remove this folder at any time.\n"
_EXCHANGE = 2
_AT_FDCWD = -100


def write_file(path: Path, data: bytes) -> None:
    """Put data at path in one step: a reader sees the old file or the new one. Makes the folders above it."""
    temporary = path.with_name(f".sitegen-{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        with contextlib.suppress(FileNotFoundError):  # those who shared the old file share the new one
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise unwritable(path, error) from None


class Stamp(NamedTuple):
    """A file as it was written. name: of its bytes, as contents.name_of gives it; size: in bytes; changed: in ns."""

    name: str
    size: int
    changed: int


def write_site(
    target: Path, files: Mapping[str, bytes], before: Mapping[str, Stamp] | None = None
) -> dict[str, Stamp]:
    """Write files (relative path → content) beside target and swap the whole folder in; what comes back are their stamps.

    The site that stands at target stays whole until the new one is complete; on any error it is untouched and
    nothing is left behind. Refuses to replace a folder that sitegen did not make. before: what the last run gave back, by which a
    file that nobody has touched is known without being read.
    """
    target = target.resolve()
    check_target(target)
    for name in files:
        if not name or any(part in ("", "..") for part in name.split("/")):  # must never be: a last defence
            fix = "mend the address that leads there"
            raise SitegenError(_problem(target, f"/{name} would be written outside the site", fix))
    fresh = target.with_name(f".{target.name}.new-{os.getpid()}")
    try:
        _sweep(target)
        fresh.mkdir(parents=True)
        new, stamps = _fill(fresh, files, target, before or {})
        if new:
            _swap(fresh, target)
    except OSError as error:
        raise unwritable(target, error) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return stamps


def sweep_folder(folder: Path) -> None:
    """Remove what killed runs left in a folder of single files."""
    for left in sorted(folder.glob(".sitegen-*.tmp")):
        if not _alive(left.name.removeprefix(".sitegen-").removesuffix(".tmp")):
            with contextlib.suppress(OSError):
                left.unlink()


def check_target(target: Path) -> None:
    """Raise SitegenError unless target is free, an empty folder, or a site that sitegen made."""
    try:
        if not target.exists() or (target / MARKER).is_file():
            return
        usable = target.is_dir() and not any(target.iterdir())
    except OSError as error:
        raise unwritable(target, error) from None
    if not usable:
        message = "is there already and was not made by sitegen"
        raise SitegenError(_problem(target, message, "name another folder with -o, or move it away"))


def remove_site(target: Path) -> bool:
    """Remove the site at target; False where there is none. Refuses a folder that sitegen did not make."""
    target = target.resolve()
    check_target(target)
    if not target.exists():
        return False
    try:
        shutil.rmtree(target)
    except OSError as error:
        raise unwritable(target, error) from None
    return True


def unwritable(path: Path, error: OSError) -> SitegenError:
    """The one line for a file or folder that cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return SitegenError(
            _problem(path, "cannot be written: the disk is full", "make room and run it again")
        )
    if error.errno == errno.EFBIG:
        return SitegenError(
            _problem(path, "cannot be written: a file would be too large", "raise the limit for files")
        )
    reason = (error.strerror or str(error)).lower()
    return SitegenError(
        _problem(path, f"cannot be written: {reason}", "make it writable, or name another place")
    )


def _problem(path: Path, message: str, fix: str) -> Problem:
    return Problem(shown(path), 0, 0, "E-WRITE", message, fix)


def shown(path: Path) -> str:
    """The path as the user would type it: relative where it lies below the working folder."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def _fill(
    folder: Path, files: Mapping[str, bytes], old: Path, before: Mapping[str, Stamp]
) -> tuple[bool, dict[str, Stamp]]:
    """Put the files and the marker below folder, those that are the same in the old site as a second name of the same file. What
    comes back is whether the old site has other files than these, and the stamps.
    """
    made: set[str] = set()
    stamps: dict[str, Stamp] = {}
    new = 0
    names = files if isinstance(files, Contents) else Contents(files)
    for path in names:
        there = _status(standing := f"{old}/{path}")
        name, fresh = names.name(path), f"{folder}/{path}"
        parent = fresh.rpartition("/")[0]
        if parent not in made:
            os.makedirs(parent, exist_ok=True)
            made.add(parent)
        same = there is not None and (
            Stamp(name, *there) == before.get(path) or _holds(standing, there[0], names[path])
        )
        if not (same and _linked(standing, fresh)):
            Path(fresh).write_bytes(names[path])
            there = _status(fresh)
            new += 1
        if there:
            stamps[path] = Stamp(name, *there)
    marker = f"{old}/{MARKER}"
    size = (_status(marker) or (0, 0))[0]
    if not (_holds(marker, size, _MARKER_TEXT) and _linked(marker, f"{folder}/{MARKER}")):
        (folder / MARKER).write_bytes(_MARKER_TEXT)
        new += 1
    more = sum(len(names) for _, _, names in os.walk(old)) != len(files) + 1
    return new > 0 or more, stamps


def _status(path: str) -> tuple[int, int] | None:
    """Size and time of change of a file, None where there is no file."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None


def _holds(path: str, size: int, data: bytes) -> bool:
    try:
        return size == len(data) and Path(path).read_bytes() == data
    except OSError:
        return False


def _linked(path: str, other: str) -> bool:
    try:
        os.link(path, other)
    except OSError:  # a file system without second names
        return False
    return True


def _swap(fresh: Path, target: Path) -> None:
    """Put fresh in target's place; what stood there is gone afterwards, or back again if the swap failed."""
    if not target.exists():
        fresh.rename(target)
        return
    if _exchange(fresh, target):
        return  # fresh holds the old site now; the caller removes it
    old = target.with_name(f".{target.name}.old-{os.getpid()}")
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, so that no moment is without a site; False where that fails."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if os.name == "posix" else None
    if rename is None:
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0)


def _sweep(target: Path) -> None:
    """Clear away what a killed run left beside target; put an old site back if it was caught between two
    renames.
    """
    for kind in ("old", "new"):
        for left in sorted(target.parent.glob(f".{target.name}.{kind}-*")):
            if _alive(left.name.rpartition("-")[2]):
                continue
            if kind == "old" and not target.exists():
                left.rename(target)
            else:
                shutil.rmtree(left, ignore_errors=True)


def _alive(pid: str) -> bool:
    if not pid.isdecimal() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
