"""A dump is written as its rows come."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from auditapp.rendering.dump.columns import Column
from auditapp.rendering.dump.writers import ROWS_OF_A_GROUP, ParquetTable

COLUMNS = (
    Column("name", "text", "What it is called.", lambda row: row),
    Column("day", "date", "When.", lambda row: row),
    Column("share", "number", "How much.", lambda row: row),
    Column("count", "whole", "How many.", lambda row: row),
    Column("kept", "yes-no", "Whether.", lambda row: row),
)


def test_rows_of_a_parquet_file_lie_in_groups_and_columns_tell_what_they_mean(tmp_path: Path):
    path = tmp_path / "table.parquet"
    row = ("Ridgeline", dt.date(2027, 5, 16), 0.5, 3, True)
    with path.open("wb") as file:
        table = ParquetTable(file, COLUMNS)
        for _ in range(23):
            table.add([row] * 2_000)
        table.close()
    written = parquet.ParquetFile(path)
    groups = [written.metadata.row_group(number).num_rows for number in range(written.num_row_groups)]
    assert groups == [ROWS_OF_A_GROUP, ROWS_OF_A_GROUP, 6_000]
    assert written.schema_arrow.field("share").metadata[b"description"] == b"How much."
    assert written.schema_arrow.types == [pa.string(), pa.date32(), pa.float64(), pa.int32(), pa.bool_()]
    assert tuple(written.read_row_group(2).slice(0, 1).to_pylist()[0].values()) == row


def test_an_empty_table_still_has_its_columns(tmp_path: Path):
    path = tmp_path / "table.parquet"
    with path.open("wb") as file:
        ParquetTable(file, COLUMNS).close()
    assert parquet.read_table(path).column_names == [column.name for column in COLUMNS]
