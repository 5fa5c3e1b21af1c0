"""A PostgreSQL server for the tests, and as many empty databases in it as they ask for.

The server is the one AUDITAPP_TEST_POSTGRES_URL names (its user must be allowed to create databases), otherwise one of
this machine's own binaries, started on the first use, once for each worker of pytest-xdist, and gone at the end.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import URL, make_url

USER = "auditapp"

# Nothing here has to survive a power cut, and waiting for the disk is most of what a test of a database does.
HURRIED = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "100",
}


@pytest.fixture(scope="session")
def postgres_server() -> Iterator["Server"]:
    """The server of this test run; fails, saying what to do, where there is none to be had."""
    given = os.environ.get("AUDITAPP_TEST_POSTGRES_URL")
    if given:
        yield Server(make_url(given))
        return
    binaries = postgres_binaries()
    if binaries is None:
        pytest.fail("No PostgreSQL here. `make test` installs one, or set AUDITAPP_TEST_POSTGRES_URL.")
    with started(binaries) as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: "Server") -> Iterator[str]:
    """The URL of an empty database, for one test."""
    with postgres_server.database() as url:
        yield url


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL server, known by the URL of a database that its user may enter."""

    url: URL

    @contextlib.contextmanager
    def database(self) -> Iterator[str]:
        """The URL (postgresql+psycopg) of a new, empty database, dropped afterwards whoever is still connected."""
        name = f"auditapp_test_{uuid.uuid4().hex}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING UTF8')
        try:
            url = self.url.set(drivername="postgresql+psycopg", database=name)
            yield url.render_as_string(hide_password=False)
        finally:
            self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def execute(self, statement: str) -> None:
        """Run one statement outside a transaction."""
        plain = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(statement.encode())


def postgres_binaries() -> Path | None:
    """The folder with initdb and pg_ctl: from PATH, else Debian's newest; None when there is none."""
    on_path = shutil.which("initdb")
    if on_path:
        # Resolved, because postgres must lie beside them, and a link may stand alone.
        return Path(on_path).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((found.parent for found in versions), key=lambda folder: int(folder.parent.name), default=None)


@contextlib.contextmanager
def started(binaries: Path) -> Iterator[Server]:
    """A server in a folder of its own, listening on this machine only."""
    # Not pytest's tmp_path: that one lies below a folder that only root may enter when root runs the tests.
    folder = Path(tempfile.mkdtemp(prefix="auditapp-postgres-"))
    data = folder / "data"
    run = as_postgres(folder)
    try:
        language = ["--encoding", "UTF8", "--locale", "C.UTF-8"]
        run(
            [
                binaries / "initdb",
                "--pgdata",
                data,
                "--username",
                USER,
                "--auth",
                "trust",
                "--no-sync",
                *language,
            ]
        )
        port = start(binaries, data, folder, run)
        try:
            yield Server(URL.create("postgresql", USER, host="127.0.0.1", port=port, database="postgres"))
        finally:
            run([binaries / "pg_ctl", "--pgdata", data, "--mode", "immediate", "--wait", "stop"])
    finally:
        shutil.rmtree(folder)


def start(binaries: Path, data: Path, folder: Path, run: Callable[[list[str | Path]], None]) -> int:
    """Start the server on a free port and return the port; another is tried when somebody else takes it first."""
    for attempts_left in (2, 1, 0):
        port = free_port()
        options = {
            **HURRIED,
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": folder,
        }
        words = " ".join(f"-c {name}={value}" for name, value in options.items())
        command: list[str | Path] = [binaries / "pg_ctl", "--pgdata", data, "--log", folder / "log", "--wait"]
        try:
            run([*command, "--options", words, "start"])
        except subprocess.CalledProcessError:
            if not attempts_left:
                raise
        else:
            return port
    raise AssertionError("unreachable: the last attempt returns or raises")


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def as_postgres(folder: Path) -> Callable[[list[str | Path]], None]:
    """Runs a command in `folder` as the user the server may run as: it refuses to be root.

    What the command says is shown when it fails.
    """
    identity: dict[str, Any] = {}
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        identity = {"user": "postgres", "group": "postgres", "extra_groups": []}

    def run(command: list[str | Path]) -> None:
        # Into a file, not a pipe: the server that pg_ctl leaves behind would hold the pipe open for ever.
        with tempfile.TemporaryFile("w+") as said:
            try:
                subprocess.run(
                    command, cwd=folder, stdout=said, stderr=subprocess.STDOUT, check=True, **identity
                )
            except subprocess.CalledProcessError as failed:
                said.seek(0)
                failed.add_note(said.read())
                raise

    return run
