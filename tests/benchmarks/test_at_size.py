"""Every page with many reports: built by `auditapp simulate`, measured in one process, printed and never asserted.

AUDITAPP_TEST_SIZES names the sizes ("1000,10000"; 1,000 unless told), AUDITAPP_TEST_DATABASES the databases. What is larger
than AUDITAPP_TEST_SIMULATED (20,000 unless told) is that many simulated reports taken several times over.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import psutil
import pytest
from sqlalchemy import create_engine

from auditapp.storage import database
from tests.benchmarks.at_size import Measured, Result
from tests.benchmarks.multiplied import multiply
from tests.postgres import Server

pytestmark = pytest.mark.benchmark

SIZES = [int(size) for size in os.environ.get("AUDITAPP_TEST_SIZES", "1000").split(",")]
DATABASES = os.environ.get("AUDITAPP_TEST_DATABASES", "sqlite,postgresql").split(",")
SIMULATED = int(os.environ.get("AUDITAPP_TEST_SIMULATED", "20000"))
SHOWN = 34
"""Characters of a name."""


class Watched:
    """The most memory a process and its children took, shared pages counted once (PSS), in megabytes."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.most = 0.0
        self._process = psutil.Process(process.pid)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Watched:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.5):
            with contextlib.suppress(psutil.Error):
                family = [self._process, *self._process.children(recursive=True)]
                self.most = max(self.most, sum(one.memory_full_info().pss for one in family) / 2**20)


@pytest.fixture(params=DATABASES)
def where(request: pytest.FixtureRequest, tmp_path: Path, places: Path) -> Iterator[dict[str, str]]:
    """The environment of an empty installation on a database of each kind."""
    environment = os.environ | {"AUDITAPP_DATA": str(tmp_path)}
    if request.param == "sqlite":
        yield environment | {"AUDITAPP_DATABASE_URL": f"sqlite:///{tmp_path / 'auditapp.sqlite'}"}
        return
    server: Server = request.getfixturevalue("postgres_server")
    with server.database() as url:
        yield environment | {"AUDITAPP_DATABASE_URL": url}


@pytest.mark.parametrize("size", SIZES)
def test_pages_of_many_reports(capsys, where: dict[str, str], size: int):
    simulated = min(size, SIMULATED)
    command = [sys.executable, "-m", "auditapp", "simulate", "--reports", str(simulated)]
    start = perf_counter()
    with (
        subprocess.Popen(command, env=where, stdout=subprocess.DEVNULL) as process,
        Watched(process) as memory,
    ):
        assert process.wait() == 0
    seconds = perf_counter() - start
    times = size // simulated
    if times > 1:
        grow(where["AUDITAPP_DATABASE_URL"], times)
    measuring = [sys.executable, "-m", "tests.benchmarks.at_size"]
    found = json.loads(subprocess.run(measuring, env=where, stdout=subprocess.PIPE, check=True).stdout)
    result = Result(**found | {"rows": [Measured(**row) for row in found["rows"]]})
    with capsys.disabled():
        print(
            f"\n{result.reports:,} reports on {result.database}: {simulated:,} simulated in {seconds:,.0f} s "
            f"({1000 * seconds / simulated:.1f} ms each, at most {memory.most:,.0f} MB)"
            + (f", {times} times over" if times > 1 else "")
        )
        print_pages(result)


def grow(url: str, times: int) -> None:
    """Take everything in a database several times over."""
    engine = create_engine(url, **database.engine_options(url, 1))
    database.tune(engine, synchronous="OFF")
    multiply(engine, times)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    engine.dispose()


def print_pages(result: Result) -> None:
    """Print what was measured: aims are 50 ms at the 95th percentile, and 250 MB."""
    heading = ("median", "95 %", "99 %", "processor", "statements", "kB")
    print(f"{'milliseconds':<{SHOWN}}" + "".join(f"{title:>11}" for title in heading))
    for row in result.rows:
        statements = f"{row.fewest}" if row.fewest == row.most else f"{row.fewest} to {row.most}"
        times = "".join(f"{value:>11.1f}" for value in (row.p50, row.p95, row.p99, row.processor))
        refused = f"   {row.refused} not answered" if row.refused else ""
        print(f"{row.name:<{SHOWN}}{times}{statements:>11}{row.kilobytes:>11.1f}{refused}")
    print(
        f"{result.megabytes:,.0f} MB resident once warm, {result.megabytes_at_rest:,.0f} MB at the start; "
        f"the first search, which reads the index, took {result.first_search:,.0f} ms"
    )
