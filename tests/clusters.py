"""A Dask scheduler with workers on loopback, each a process of its own that a test may kill."""

import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from sites import ROOT

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "CI"} | {"PYTHONPATH": str(ROOT)}


@dataclass
class Cluster:
    """What was started. folder: for logs and what workers leave behind."""

    folder: Path
    workers: int = 2
    processes: "list[subprocess.Popen[bytes]]" = field(default_factory=list)
    address: str = ""

    def __enter__(self) -> "Cluster":
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self._start("distributed.cli.dask_scheduler", "--port", port)
        for _ in range(self.workers):
            self._start_worker()
        return self

    def mend(self) -> None:
        """Start again what was killed."""
        if self.processes[0].poll() is not None:
            self.__exit__()
            self.processes.clear()
            self.__enter__()
        self.processes = [each for each in self.processes if each.poll() is None]
        for _ in range(1 + self.workers - len(self.processes)):
            self._start_worker()

    def _start_worker(self) -> None:
        self._start("distributed.cli.dask_worker", self.address, "--no-nanny", "--nthreads", 1)

    def _start(self, module: str, *arguments: object) -> None:
        words = [
            *map(str, arguments),
            "--host",
            "127.0.0.1",
            "--no-dashboard",
            "--dashboard-address",
            "127.0.0.1:0",
        ]
        log = (self.folder / f"{len(self.processes)}.log").open("ab")
        with log:
            self.processes.append(
                subprocess.Popen(
                    [sys.executable, "-m", module, *words],
                    cwd=self.folder,
                    env=ENVIRONMENT,
                    stdout=log,
                    stderr=log,
                )
            )

    def kill(self, which: int) -> None:
        """0 is the scheduler, from 1 on the workers in the order of their start."""
        self.processes[which].send_signal(signal.SIGKILL)
        self.processes[which].wait()

    def __exit__(self, *_: object) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()
