"""A server of its own for a measurement: a process on a free port with a folder of its own, ended afterwards."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

import psutil

from tests.benchmarks.clients import Client

START_SECONDS = 60


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Installation:
    """A running server: its port, its process and how long it took to answer first, in milliseconds."""

    port: int
    process: psutil.Process
    first_answer: float

    def megabytes(self) -> float:
        """Memory of the whole installation, its workers included, shared pages counted once (PSS)."""
        family = [self.process, *self.process.children(recursive=True)]
        return sum(member.memory_full_info().pss for member in family) / 2**20


@contextmanager
def serving(command: list[str], environment: dict[str, str], port: int, path: str) -> Iterator[Installation]:
    """Run `command` until the block ends; ready once `path` is answered."""
    start = perf_counter()
    process = subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        with Client(port) as client:
            while True:
                try:
                    client.request("GET", path)
                    break
                except OSError:
                    client.connection.close()
                    if process.poll() is not None or perf_counter() - start > START_SECONDS:
                        raise RuntimeError(f"{command[0]} did not start") from None
                    sleep(0.01)
        yield Installation(port, psutil.Process(process.pid), (perf_counter() - start) * 1000)
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def product(folder: Path, **more: str) -> Iterator[Installation]:
    """The product as `auditapp serve` runs it, with its data in `folder`, and `more` in its environment."""
    port = free_port()
    environment = {
        "AUDITAPP_DATA": str(folder),
        "AUDITAPP_PORT": str(port),
        "AUDITAPP_START_LIMIT": "100000 per hour",
    }
    with serving([sys.executable, "-m", "auditapp", "serve"], environment | more, port, "/") as installation:
        yield installation


@contextmanager
def floor(folder: Path) -> Iterator[Installation]:
    """The floor under the same server with the same number of threads."""
    port = free_port()
    application = f"tests.benchmarks.floor:create_floor({str(folder / 'floor.db')!r})"
    command = [
        sys.executable, "-m", "gunicorn", "--no-control-socket", "--threads", "8",
        "--bind", f"127.0.0.1:{port}", application,
    ]  # fmt: skip
    with serving(command, {}, port, "/") as installation:
        yield installation
