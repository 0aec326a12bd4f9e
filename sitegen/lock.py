"""One run at a time on a site: a second build would mix its facts with those of the first."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from sitegen.cache import FOLDER
from sitegen.problems import Problem, SitegenError


@contextlib.contextmanager
def locked(root: Path, what: str = "this site") -> Iterator[None]:
    """Hold the lock of a site, or of what else has root for its folder; the system lets go of it however the run ends.
    Raises SitegenError where another run holds it.

    Where no lock can be had at all (a folder that may not be written, a system without them) the run goes on without.
    """
    try:
        import fcntl

        (root / FOLDER).mkdir(exist_ok=True)
        ignored = root / FOLDER / ".gitignore"
        if not ignored.exists() or not ignored.stat().st_size:
            ignored.write_text("*\n", "utf-8")
        file = os.open(root / FOLDER / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except (OSError, ImportError):
        yield
        return
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(file, 20).decode("ascii", "replace").strip()
            fact = f"another run works on {what}{f' (process {holder})' if holder else ''}"
            raise SitegenError(Problem("", 0, 0, "E-LOCKED", fact, "wait until it has ended")) from None
        except OSError:  # a file system without locks
            pass
        os.truncate(file, 0)
        os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(file)
