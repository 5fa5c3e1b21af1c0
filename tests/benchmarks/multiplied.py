"""A database of simulated reports taken several times over, for sizes that take too long to simulate.

Every copy has publications, reports, audits (without answers), events and organisers of its own, and stands in the index.
Words and titles are those of the first, so the vocabulary does not grow. `python -m tests.benchmarks.multiplied URL TIMES`.
"""

from __future__ import annotations

import sys
from typing import Any, cast

from pyroaring import BitMap
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    String,
    Table,
    create_engine,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy import cast as sql_cast

from auditapp.storage import database
from auditapp.storage.postings import CHUNK_BITS
from auditapp.storage.rows import (
    AuditRow,
    EventRow,
    IndexStateRow,
    OrganiserRow,
    PostingRow,
    PublicationRow,
    ReportRow,
)

COPIED = (OrganiserRow, EventRow, AuditRow, ReportRow, PublicationRow)
REFERS = {"organiser_id": OrganiserRow, "event_id": EventRow, "audit_id": AuditRow, "report_id": ReportRow}
NAMED = ("slug", "superseded_by", "published_as", "corrects", "follows")
UNIQUE = ("token_hash",)


def multiply(engine: Engine, times: int) -> None:
    """Let the database hold everything `times` times."""
    with engine.begin() as connection:
        largest = {row: _largest(connection, _table(row)) for row in COPIED}
        for copy in range(1, times):
            for row in COPIED:
                _copy(connection, row, copy, largest)
        _postings(connection, times, largest[PublicationRow])


def _table(row: Any) -> Table:
    return cast(Table, row.__table__)


def _largest(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.max(table.c.id))).scalar_one())


def _copy(connection: Connection, row: Any, copy: int, largest: dict[Any, int]) -> None:
    table = _table(row)

    def value(name: str) -> ColumnElement[Any]:
        column = table.c[name]
        if name == "id":
            return column + copy * largest[row]
        if name in REFERS:
            return column + copy * largest[REFERS[name]]
        if name in NAMED:
            return column.concat(f"-m{copy}")
        if name in UNIQUE or (name == "key" and row is AuditRow):
            return sql_cast(table.c.id, String).concat(f"-m{copy}")
        return column.concat(f" {copy}") if name == "key" else column

    names = [column.name for column in table.columns]
    chosen = select(*(value(name) for name in names)).where(table.c.id <= largest[row])
    connection.execute(insert(table).from_select(names, chosen))


def _postings(connection: Connection, times: int, step: int) -> None:
    table = _table(PostingRow)
    found: dict[str, BitMap] = {}
    for term, chunk, bits in connection.execute(select(table.c.term, table.c.chunk, table.c.bits)):
        found[term] = found.get(term, BitMap()) | BitMap.deserialize(bits).shift(chunk << CHUNK_BITS)
    connection.execute(delete(table))
    rows = []
    for term, once in found.items():
        numbers = BitMap.union(*(once.shift(copy * step) for copy in range(times)))
        if not numbers:
            continue
        for chunk in range(numbers.min() >> CHUNK_BITS, (numbers.max() >> CHUNK_BITS) + 1):
            start = chunk << CHUNK_BITS
            part = (numbers & BitMap(range(start, start + (1 << CHUNK_BITS)))).shift(-start)
            part.run_optimize()
            if part:
                rows.append({"term": term, "chunk": chunk, "bits": part.serialize(), "changed": 1})
        if len(rows) >= 10_000:
            connection.execute(insert(table), rows)
            rows = []
    if rows:
        connection.execute(insert(table), rows)
    connection.execute(update(_table(IndexStateRow)).values(changes=1))


if __name__ == "__main__":
    url = sys.argv[1]
    engine = create_engine(url, **database.engine_options(url, 1))
    database.tune(engine, synchronous="OFF")
    multiply(engine, int(sys.argv[2]))
