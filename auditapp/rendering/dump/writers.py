"""The three formats of the dump, written as the rows come, so that memory stays bounded however many there are."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self

from auditapp.rendering.data import csv_cell
from auditapp.rendering.dump.columns import (
    FINDINGS,
    OF_FINDING,
    REPORTS,
    Cell,
    Column,
    Entry,
    cells,
    findings_of,
)

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_OF_A_GROUP = 20_000
"""Rows a Parquet file holds together: few enough to wait in memory, enough to be packed well."""

REPORTS_CSV, FINDINGS_CSV = "reports.csv", "findings.csv"
REPORTS_PARQUET, FINDINGS_PARQUET = "reports.parquet", "findings.parquet"
REPORTS_JSONL = "reports.jsonl"
TABLES: dict[str, tuple[Column[Any], ...]] = {
    REPORTS_CSV: REPORTS,
    FINDINGS_CSV: FINDINGS,
    REPORTS_PARQUET: REPORTS,
    FINDINGS_PARQUET: FINDINGS,
    REPORTS_JSONL: REPORTS,
}
"""The files with data, and their columns. Each line of the JSON Lines holds the findings of its report besides."""


class CsvTable:
    """A table as CSV (RFC 4180), safe to open in a spreadsheet."""

    def __init__(self, file: IO[bytes], columns: Iterable[Column[Any]]) -> None:
        self._text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
        self._writer = csv.writer(self._text, lineterminator="\r\n")
        self._writer.writerow([column.name for column in columns])

    def add(self, rows: Iterable[tuple[Cell, ...]]) -> None:
        """Write rows."""
        self._writer.writerows([csv_cell(cell) for cell in row] for row in rows)

    def close(self) -> None:
        """Write what is left; the file stays open."""
        self._text.flush()
        self._text.detach()


class ParquetTable:
    """A table as Parquet, each column with its meaning."""

    def __init__(self, file: IO[bytes], columns: Iterable[Column[Any]]) -> None:
        # Imported only by an export: it takes longer than everything else the command line does.
        import pyarrow as pa
        from pyarrow import parquet

        self._schema = parquet_schema(columns)
        self._waiting: list[tuple[Cell, ...]] = []
        self._writer = parquet.ParquetWriter(file, self._schema, compression="zstd")
        self._batch = pa.RecordBatch.from_arrays
        self._array = pa.array

    def add(self, rows: Iterable[tuple[Cell, ...]]) -> None:
        """Write rows as soon as there are enough for a group."""
        self._waiting.extend(rows)
        if len(self._waiting) >= ROWS_OF_A_GROUP:
            self._write()

    def close(self) -> None:
        """Write what is left, and the index of the file; the file stays open."""
        if self._waiting:
            self._write()
        self._writer.close()

    def _write(self) -> None:
        arrays = [
            self._array(column, type=field.type)
            for column, field in zip(zip(*self._waiting, strict=True), self._schema, strict=True)
        ]
        self._writer.write_batch(self._batch(arrays, schema=self._schema))
        self._waiting.clear()


def parquet_schema(columns: Iterable[Column[Any]]) -> pa.Schema:
    """The types of a table's columns, with their meaning."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "whole": pa.int32(),
        "number": pa.float64(),
        "date": pa.date32(),
        "yes-no": pa.bool_(),
    }
    return pa.schema(
        pa.field(column.name, types[column.kind], metadata={"description": column.meaning})
        for column in columns
    )


class Dump:
    """The files with data, open to be written in a folder. Leaving the block finishes them."""

    def __init__(self, folder: Path) -> None:
        self._files = {name: (folder / name).open("wb") for name in TABLES}
        self._reports = (
            CsvTable(self._files[REPORTS_CSV], REPORTS),
            ParquetTable(self._files[REPORTS_PARQUET], REPORTS),
        )
        self._findings = (
            CsvTable(self._files[FINDINGS_CSV], FINDINGS),
            ParquetTable(self._files[FINDINGS_PARQUET], FINDINGS),
        )
        self.reports = 0
        self.findings = 0
        self.checklists: dict[str, int] = {}

    def add(self, entry: Entry) -> None:
        """Write a report and its findings into every file."""
        row, rows = cells(REPORTS, entry), list(findings_of(entry))
        for table in self._reports:
            table.add([row])
        for table in self._findings:
            table.add(rows)
        self._files[REPORTS_JSONL].write(json_line(row, rows))
        self.reports += 1
        self.findings += len(rows)
        ref = entry.report.checklist.ref
        self.checklists[ref] = self.checklists.get(ref, 0) + 1

    def rows_in(self, name: str) -> int:
        """How many rows a file has; of the JSON Lines, its lines."""
        return self.findings if TABLES[name] is FINDINGS else self.reports

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                for table in (*self._reports, *self._findings):
                    table.close()
        finally:
            for file in self._files.values():
                file.close()


def json_line(row: tuple[Cell, ...], findings: list[tuple[Cell, ...]]) -> bytes:
    """A report with its findings as one line of JSON."""
    names = [column.name for column in OF_FINDING]
    told: dict[str, Any] = {column.name: cell for column, cell in zip(REPORTS, row, strict=True)}
    told["findings"] = [dict(zip(names, found[-len(names) :], strict=True)) for found in findings]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=str).encode() + b"\n"
