"""A server of its own for a measurement: a process on a free port with a folder of its own, ended afterwards."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep
from urllib.parse import urlencode

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
def product(folder: Path) -> Iterator[Installation]:
    """The product as `auditapp serve` runs it, with its data in `folder`."""
    port = free_port()
    environment = {
        "AUDITAPP_DATA": str(folder),
        "AUDITAPP_PORT": str(port),
        "AUDITAPP_START_LIMIT": "100000 per hour",
    }
    with serving([sys.executable, "-m", "auditapp", "serve"], environment, port, "/") as installation:
        yield installation


@contextmanager
def floor(folder: Path) -> Iterator[Installation]:
    """The floor under the same server with the same number of threads."""
    port = free_port()
    application = (
        f"tests.benchmarks.floor:create_floor(__import__('pathlib').Path({str(folder / 'floor.db')!r}))"
    )
    command = [
        sys.executable, "-m", "gunicorn", "--no-control-socket", "--threads", "8",
        "--bind", f"127.0.0.1:{port}", application,
    ]  # fmt: skip
    with serving(command, {}, port, "/") as installation:
        yield installation


@dataclass(frozen=True)
class OpenAudit:
    """An audit started through the pages: its address, the token its forms carry, the cookies that open it."""

    path: str
    csrf: str
    cookies: dict[str, str]


def start_audit(port: int, name: str) -> OpenAudit:
    """Start an audit as a visitor does: open the form, send it."""
    with Client(port) as client:
        _, _, page = client.request("GET", "/audits/new")
        csrf = csrf_token(page)
        form = urlencode({"csrf_token": csrf, "checklist": "endurance-event@0.1", "name": name})
        status, headers, _ = client.request(
            "POST", "/audits/new", form.encode(), {"Content-Type": "application/x-www-form-urlencoded"}
        )
        if status != 303:
            raise RuntimeError(f"starting an audit answered {status}")
        return OpenAudit(headers["Location"].rstrip("/"), csrf, client.cookies)


def csrf_token(page: bytes) -> str:
    """The token in the form of a page."""
    found = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("the page has no form token")
    return found[1].decode()
