"""A small checklist on disk, and ways to spoil it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from auditapp.catalogue import ChecklistFileError, Problem, check_checklist

SMALL_LIST = (Path(__file__).parent / "small_list.yaml").read_text(encoding="utf-8")

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a checklist file: the small list, with one text put in the place of another, or a whole text."""

    def write_file(
        *changes: tuple[str, str],
        text: str | bytes = SMALL_LIST,
        name: str = "small-list/1.0.yaml",
        folder: str = "checklists",
    ) -> Path:
        for old, new in changes:
            assert isinstance(text, str)
            assert text.count(old) >= 1, f"{old!r} is not in the file"
            text = text.replace(old, new, 1)
        path = tmp_path / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    return write_file


@pytest.fixture
def problems_of() -> Callable[[Path], tuple[Problem, ...]]:
    """What is wrong with a checklist file."""

    def problems(path: Path) -> tuple[Problem, ...]:
        try:
            check_checklist(path)
        except ChecklistFileError as error:
            return error.problems
        return ()

    return problems
