"""What reading results takes, in time and in memory. Nothing here fails for being slow."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.figures import Figure, print_table
from tests.benchmarks.runners import write_results

pytestmark = pytest.mark.benchmark

READ = """
import json, sys
from pathlib import Path
from time import perf_counter, process_time
from auditapp.catalogue.results import read_file
from auditapp.domain.measures import MEASURES, Numbers, figure_of

def peak():
    status = Path("/proc/self/status").read_text()  # what getrusage tells includes the process this one came from
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024

path, runners = sys.argv[1], int(sys.argv[2])
cut_off, before = MEASURES["cut-off"], peak()
start, worked = perf_counter(), process_time()
with open(path, "rb") as stream:
    read = read_file(cut_off, stream, Numbers.model_validate({"values": {"limit": "6:00:00"}}))
reading = process_time() - worked
figure_of("cut-off", read.numbers)
assert read.account.lines == runners
print(json.dumps({"wall": perf_counter() - start, "reading": reading, "work": process_time() - worked,
                  "peak": peak(), "before": before}))
"""


def read_in_its_own_process(path: Path, runners: int) -> dict[str, float]:
    """Seconds and megabytes of reading a file and working out its cut-off, in a process that does nothing else."""
    run = subprocess.run(
        [sys.executable, "-c", READ, str(path), str(runners)],
        capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": "."},
    )  # fmt: skip
    return dict(json.loads(run.stdout))


@pytest.mark.parametrize(("runners", "times", "aim"), [(50_000, 5, "under 2"), (1_000_000, 2, "")])
def test_reading_results(capsys, tmp_path, runners, times, aim):
    path = write_results(tmp_path / "results.csv", runners)
    runs = [read_in_its_own_process(path, runners) for _ in range(times)]
    megabytes = path.stat().st_size / 1024**2
    with capsys.disabled():
        print_table(
            f"Reading {runners:,} runners, {megabytes:.0f} MiB, and working out the cut-off",
            [
                Figure("seconds on the clock", tuple(run["wall"] for run in runs), "s", aim),
                Figure("seconds of processor time", tuple(run["work"] for run in runs), "s", aim),
                Figure(
                    "lines a second of processor time", tuple(runners / run["reading"] for run in runs), "1/s"
                ),
                Figure("peak memory of the process", tuple(run["peak"] for run in runs), "MiB", "under 200"),
                Figure("of which before reading", tuple(run["before"] for run in runs), "MiB"),
            ],
        )
