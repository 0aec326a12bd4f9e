"""The parts of an archive made by the workers of a Dask scheduler. Which of them makes which part, and how often, is all one: a
part that is lost with its worker is given to another.
"""

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from itertools import islice

from distributed import Client, Future, KilledWorker, as_completed

from sitegen.archive.part import Done, Part, make_part
from sitegen.problems import ConfigError, Problem, SitegenError

_CONNECT = 10  # seconds in which the scheduler must answer
_WORKERS = 60  # seconds in which there must be a worker
_AHEAD = (
    3  # parts that a thread of a worker has before it, so that it never waits; each is a long list of names
)
_AGAIN = "see that it runs, and run the command again: parts that are done are kept"


def over_cluster(address: str, parts: Sequence[Part]) -> Iterator[Done]:
    """Each part as it is done. Raises ConfigError where there is no scheduler or no worker, SitegenError where the scheduler is
    lost or parts cannot be made; those that are done stand.
    """
    _hush()
    client = _connected(address)
    try:
        _wait_for_workers(client, address)
        yield from _made(client, parts)
    except (CancelledError, OSError) as error:
        fact = f"the scheduler at {address} was lost ({type(error).__name__})"
        raise SitegenError(Problem("--scheduler", 0, 0, "E-SCHEDULER", fact, _AGAIN)) from None
    finally:
        with suppress(Exception):  # a scheduler that is lost cannot be told
            client.close(timeout=5)


def _hush() -> None:
    """What matters of the libraries' messages is told as problems; the logs of scheduler and workers have the rest."""
    for name in list(logging.root.manager.loggerDict):
        if name.startswith(("distributed", "tornado", "asyncio")):
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _connected(address: str) -> Client:
    fix = "start one with `dask scheduler`, and name the address that it prints"
    if not address.rpartition(":")[2].isdecimal():
        fact = f"{address} is no address of a scheduler, such as tcp://10.0.0.5:8786"
        raise ConfigError(Problem("--scheduler", 0, 0, "E-USAGE", fact, fix))
    try:
        client = Client(address, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:  # TimeoutError is an OSError
        fact = f"no Dask scheduler answers at {address} ({type(error).__name__})"
        raise ConfigError(Problem("--scheduler", 0, 0, "E-SCHEDULER", fact, fix)) from None
    return client


def _wait_for_workers(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_WORKERS)
    except TimeoutError:
        fix = f"start some, one thread each: dask worker {address} --nworkers -1 --nthreads 1"
        raise ConfigError(
            Problem("--scheduler", 0, 0, "E-SCHEDULER", f"{address} has no worker", fix)
        ) from None


def _made(client: Client, parts: Sequence[Part]) -> Iterator[Done]:
    waiting = iter(parts)
    lost: list[Problem] = []
    numbers: dict[object, int] = {}
    running = as_completed(loop=client.loop)
    while True:
        # Workers come and go: as many as keep those of this moment at work.
        room = _AHEAD * sum(client.ncores().values()) - running.count()
        for part in islice(waiting, max(room, 0 if running.count() else 1)):
            future = client.submit(make_part, part, pure=False)
            numbers[future.key] = part.number
            running.add(future)
        if not running.count():
            break
        found = _result(next(running), numbers)
        if isinstance(found, Done):
            yield found
        else:
            lost.append(found)
    if lost:
        raise SitegenError(*lost)


def _result(future: "Future[Done]", numbers: dict[object, int]) -> Done | Problem:
    """The part; a Problem where each worker that tried died. Raises SitegenError where others would fail in the same way."""
    try:
        return future.result()
    except KilledWorker:
        fact = f"part {numbers[future.key]} was not made: its workers died one after the other"
        return Problem("", 0, 0, "E-WORKER", fact, "give the workers more memory and run the command again")
    except (SitegenError, CancelledError, OSError):
        raise
    except Exception as error:  # whatever a worker of another version, or without sitegen, raises
        fact = f"a worker cannot do the work: {type(error).__name__}: {error}"
        fix = "install sitegen[cluster] there, the same version, and start the worker again"
        raise SitegenError(Problem("", 0, 0, "E-WORKER", fact, fix)) from None
