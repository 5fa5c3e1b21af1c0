"""Files that belong together change together."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditapp.storage.folders import FolderBusy, replacing


def write(folder: Path, **files: str) -> None:
    with replacing(folder, last="list") as draft:
        for name, text in files.items():
            (draft / name).write_text(text)


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if path.name != ".lock"}


def test_new_files_take_the_place_of_the_old_ones(tmp_path: Path):
    write(tmp_path / "out", a="1", list="a")
    write(tmp_path / "out", a="2", list="a again")
    assert files(tmp_path / "out") == {"a": "2", "list": "a again"}


def test_when_it_fails_everything_stays_as_it_was(tmp_path: Path):
    write(tmp_path, a="1", list="a")
    with pytest.raises(ZeroDivisionError), replacing(tmp_path, last="list") as draft:
        (draft / "a").write_text(str(1 / 0))
    assert files(tmp_path) == {"a": "1", "list": "a"}


def test_what_a_stopped_run_left_behind_goes_away(tmp_path: Path):
    (tmp_path / ".making-before").mkdir()
    (tmp_path / ".making-before" / "a").write_text("half")
    write(tmp_path, a="1", list="a")
    assert files(tmp_path) == {"a": "1", "list": "a"}


def test_one_at_a_time(tmp_path: Path):
    with replacing(tmp_path, last="list") as draft:
        (draft / "a").write_text("first")
        with pytest.raises(FolderBusy):
            write(tmp_path, a="second")
    assert files(tmp_path) == {"a": "first"}
