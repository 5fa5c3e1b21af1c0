"""`auditapp simulate`: a population of invented reports, whole, in order, and never among real ones unasked."""

import sqlite3
from pathlib import Path

import pytest

from tests.test_cli import Auditapp, auditapp

__all__ = ["auditapp"]

SEED = ("--seed", 5, "--until", "2026-11-20")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an installation that nobody has used yet."""
    monkeypatch.setenv("AUDITAPP_DATA", str(tmp_path))
    return tmp_path


def slugs(data: Path) -> list[str]:
    """The addresses of all reports, in the order in which they were published."""
    with sqlite3.connect(data / "auditapp.sqlite") as connection:
        return [slug for (slug,) in connection.execute("SELECT slug FROM publications ORDER BY id")]


def test_two_processes_write_what_one_writes(auditapp: Auditapp, tmp_path, monkeypatch):
    written = []
    for processes in (1, 2):
        folder = tmp_path / str(processes)
        monkeypatch.setenv("AUDITAPP_DATA", str(folder))
        ended = auditapp("simulate", "--reports", 220, "--processes", processes, *SEED)
        assert ended.code == 0
        assert ended.out.startswith("220 simulated reports published in ")
        written.append(slugs(folder))
    assert written[0] == written[1]
    assert len(written[0]) == 220


def test_a_second_run_goes_on_or_refuses(auditapp: Auditapp, data: Path):
    assert auditapp("simulate", "--reports", 20, *SEED).code == 0
    again = auditapp("simulate", "--reports", 20, *SEED)
    assert "20 of 20 simulated reports were there already." in again.out
    other = auditapp("simulate", "--reports", 30, *SEED)
    assert other.code == 1
    assert "20 reports with seed 5, until 2026-11-20" in other.err
    assert "--into-existing" in other.err
    assert len(slugs(data)) == 20
    mixed = auditapp("simulate", "--reports", 30, *SEED, "--into-existing")
    assert mixed.code == 0
    assert len(slugs(data)) == len(set(slugs(data))) == 50


def test_real_reports_are_left_alone(auditapp: Auditapp, data: Path):
    assert auditapp("simulate", "--reports", 5, *SEED).code == 0
    with sqlite3.connect(data / "auditapp.sqlite") as connection:
        connection.execute("UPDATE audits SET key = 'real' WHERE id = 3")
    refused = auditapp("simulate", "--reports", 20, *SEED)
    assert refused.code == 1
    assert "reports that are not simulated" in refused.err
    assert len(slugs(data)) == 5
