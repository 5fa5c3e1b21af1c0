"""Results files, start lists and tables of numbers as CSV: read in bounded memory, and reduced to counts and times."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from auditapp.catalogue.problems import ResultsFileError
from auditapp.catalogue.results.preview import Preview, preview
from auditapp.catalogue.results.reading import Account, BadLine, Reading, opened, read_results, results_in
from auditapp.catalogue.results.reducing import Reduced, read_reduced, reduce_file, reduced_file
from auditapp.catalogue.results.tables import is_own_table, table_in
from auditapp.catalogue.results.vocabulary import Role
from auditapp.catalogue.results.written import choice_in, number_in
from auditapp.domain.measures import Measure, Numbers


@dataclass(frozen=True)
class FileRead:
    """The numbers a file filled in, and how its lines fared. `reading` is None for a measure's own table."""

    numbers: Numbers
    account: Account
    reading: Reading | None = None


def read_file(
    measure: Measure,
    stream: BinaryIO,
    entered: Numbers | None = None,
    *,
    file: str = "results",
    columns: Mapping[Role, str] | None = None,
    progress: Callable[[int], None] | None = None,
) -> FileRead:
    """The numbers of a measure with those a file holds: results, a start list, or the measure's own table.

    `entered` are the numbers given so far, of which the measure may need some before it can read results. Raises
    ResultsFileError for a file that cannot be read, and NumbersRejected when such a number is missing.
    """
    entered = Numbers() if entered is None else entered
    records, sample = opened(stream, file, progress)
    if measure.reads is None or measure.fill is None or (not columns and is_own_table(measure, sample)):
        numbers, account = table_in(measure, records, sample, entered, file)
        return FileRead(numbers, account)
    reading = results_in(records, sample, file=file, reads=measure.reads, columns=columns or {})
    return FileRead(measure.fill(reading.results, entered), reading.account, reading)


__all__ = [
    "Account",
    "BadLine",
    "FileRead",
    "Preview",
    "Reading",
    "Reduced",
    "ResultsFileError",
    "Role",
    "choice_in",
    "number_in",
    "preview",
    "read_file",
    "read_reduced",
    "read_results",
    "reduce_file",
    "reduced_file",
]
