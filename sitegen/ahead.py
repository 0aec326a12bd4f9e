"""Pure functions run in other processes while the first goes on, where the system allows it."""

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
_FEW = 32  # items that are done sooner than a process is started
_DIE_WITH_PARENT = 1


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


def spread(work: Callable[[T], R], items: Sequence[T], jobs: int, few: int = _FEW) -> list[R]:
    """What work gives for each item, in their order; few items or more are shared among so many processes."""
    if jobs < 2 or len(items) < few:
        return [work(item) for item in items]
    shares = [items[first::jobs] for first in range(min(jobs, len(items)))]
    others = [ahead(partial(_each, work, share)) for share in shares[1:]]
    done = [_each(work, shares[0]), *(result() for result in others)]
    return [done[index % len(done)][index // len(done)] for index in range(len(items))]


def _each(work: Callable[[T], R], share: Sequence[T]) -> list[R]:
    return [work(item) for item in share]


def cores() -> int:
    """Processes that can work at once."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _may_fork() -> bool:
    """Forking beside other threads can copy a lock that nobody will ever open."""
    alone = threading.active_count() == 1 and multiprocessing.parent_process() is None
    return sys.platform == "linux" and (os.cpu_count() or 1) > 1 and alone


def _run(work: Callable[[], T], sender: Connection) -> None:
    try:
        # nobody waits for the result of a run that was killed
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        sender.send(work())
    except BaseException:  # the first process does it again and reports what is wrong
        sender.close()
