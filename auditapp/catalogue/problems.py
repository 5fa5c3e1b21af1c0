"""What is wrong with a file somebody wrote, said so that they can put it right."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from auditapp.domain.errors import AuditError


class Problem(NamedTuple):
    """One mistake in a file.

    `line` counts from 1, None when the file could not be read at all. `criterion` is the id of the
    criterion it stands in, or None elsewhere. `remedy` is empty where the message already says what
    to write.
    """

    file: str
    line: int | None
    criterion: str | None
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        about = f"criterion {self.criterion!r}: " if self.criterion else ""
        return f"{place}: {about}{self.message}{'; ' if self.remedy else ''}{self.remedy}"


class FileError(AuditError):
    """A file has mistakes: all of them, file by file in the order of the lines."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        files = list(dict.fromkeys(problem.file for problem in problems))
        self.problems = tuple(sorted(problems, key=lambda one: (files.index(one.file), one.line or 0)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ChecklistFileError(FileError):
    """A checklist file has mistakes."""


class AnswersFileError(FileError):
    """An answers file has mistakes."""


class ReportFileError(FileError):
    """A file is no report document, or has been changed since it was one."""


class ResultsFileError(FileError):
    """A results file, a start list or a table of numbers cannot be read at all."""


class ProblemList(list[Problem]):
    """The problems found so far in one file."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file
        self._seen: set[Problem] = set()

    def add(self, line: int | None, message: str, remedy: str = "", criterion: str | None = None) -> None:
        """Note a mistake, once."""
        problem = Problem(self.file, line, criterion, message, remedy)
        if problem not in self._seen:
            self._seen.add(problem)
            self.append(problem)


def shown_path(path: Path) -> str:
    """The path as people name it: from the current folder when it lies below it."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except (OSError, ValueError):
        return str(path)
