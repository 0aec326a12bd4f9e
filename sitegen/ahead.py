"""One pure function run ahead in a second process while the first goes on, where the system allows it."""

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")


def ahead(work: Callable[[], T]) -> Callable[[], T]:
    """Begin work in a copy of this process; what comes back gives its result, waiting for it if need be.

    The result must be fit for pickle and work without effects: where there is no copy to be had (one core,
    other threads, a system without fork), or the copy fails, work is done here, and raises here.
    """
    if not _may_fork():
        return work
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(work, sender), daemon=True)
    try:
        process.start()
    except OSError:  # no more processes: no reason to fail
        return work
    sender.close()

    def result() -> T:
        try:
            found: T = receiver.recv()
        except EOFError:
            return work()
        finally:
            process.join()
        return found

    return result


def _may_fork() -> bool:
    """Forking beside other threads can copy a lock that nobody will ever open."""
    return sys.platform == "linux" and (os.cpu_count() or 1) > 1 and threading.active_count() == 1


def _run(work: Callable[[], T], sender: Connection) -> None:
    try:
        sender.send(work())
    except BaseException:  # noqa: BLE001, RUF100  the first process does it again and reports what is wrong
        sender.close()
