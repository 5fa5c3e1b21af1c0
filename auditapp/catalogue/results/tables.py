"""A measure's own table as CSV: one column for each number it asks for, headed by the number's id or its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditapp.catalogue.results.cells import is_nothing
from auditapp.catalogue.results.columns import listed
from auditapp.catalogue.results.lines import source_name
from auditapp.catalogue.results.reading import TOO_MANY, Account, refuse
from auditapp.catalogue.results.records import Record, Records
from auditapp.catalogue.results.vocabulary import compact
from auditapp.catalogue.results.written import choice_in, number_in
from auditapp.domain.measures import Field, Measure, Numbers, Row
from auditapp.domain.measures.numbers import ROW_LIMIT
from auditapp.domain.values import visible

LABEL = "label"
LONGEST_LABEL = 200


def is_own_table(measure: Measure, sample: Sequence[Record]) -> bool:
    """Whether the first line is the heading of the measure's own table: every column it cannot do without is there."""
    found = _columns_of(measure, sample[0].cells).values()
    wanted = measure.table.columns if measure.table else measure.fields
    needed = {field.id for field in wanted if not field.optional}
    return needed <= set(found) if needed else bool(set(found) - {LABEL})


def table_in(
    measure: Measure, records: Records, sample: Sequence[Record], entered: Numbers, file: str
) -> tuple[Numbers, Account]:
    """The numbers entered so far with those of the file: its rows, or the values in its only line.

    A line that cannot be read is left out and named. Raises ResultsFileError when the table is another one's, or longer
    than a table may be.
    """
    places = _columns_of(measure, sample[0].cells)
    if not is_own_table(measure, sample):
        wanted = measure.table.columns if measure.table else measure.fields
        asked = ", ".join(field.id for field in wanted)
        heading = listed([cell.strip()[:60] for cell in sample[0].cells if cell.strip()])
        refuse(file, f"has not the columns this measure needs, but {heading}", f"head them {asked}")
    records.put_back(list(sample[1:]))
    width = len(sample[0].cells)
    records.expect(width)
    account = Account()
    rows: list[Numbers] = []
    for record in records:
        account.lines += 1
        try:
            rows.append(_numbers_in(measure, places, width, record, decimal_comma=records.delimiter == ";"))
        except ValueError as error:
            account.leave_out(record.number, str(error))
        if len(rows) > (ROW_LIMIT if measure.table else 1):
            most = f"{ROW_LIMIT} lines" if measure.table else "one line"
            refuse(
                file,
                f"has more than {most} below its heading",
                "leave out what this measure does not ask for",
            )
    if not account.lines:
        refuse(file, "has a heading and no lines below it", "fill in the numbers")
    if not rows:
        first = account.bad[0]
        refuse(file, f"has no line that can be read: line {first.number} {first.problem}")
    values = {name: value for row in rows for name, value in row.values.items()}
    choices = {name: value for row in rows for name, value in row.choices.items()}
    return (
        entered.model_copy(
            update={
                "values": {**entered.values, **values},
                "choices": {**entered.choices, **choices},
                "rows": tuple(row.rows[0] for row in rows) if measure.table else entered.rows,
                "source": source_name(file),
            }
        ),
        account,
    )


def _columns_of(measure: Measure, cells: Sequence[str]) -> dict[int, str]:
    """Which column holds which number of the measure, or the label."""
    fields: Iterable[Field] = measure.table.columns if measure.table else measure.fields
    names = {compact(name): field.id for field in fields for name in (field.label, field.id)}
    if measure.table and measure.table.label:
        names |= {compact(LABEL): LABEL, compact(measure.table.label): LABEL}
    found: dict[int, str] = {}
    for place, cell in enumerate(cells):
        name = names.get(compact(cell))
        if name is not None and name not in found.values():
            found[place] = name
    return found


def _numbers_in(
    measure: Measure, places: dict[int, str], width: int, record: Record, *, decimal_comma: bool
) -> Numbers:
    """What one line holds: a row of the table, or the values of a measure without one."""
    if record.problem:
        raise ValueError(record.problem)
    if any(record.cells[width:]):
        raise ValueError(TOO_MANY)
    fields = {field.id: field for field in (measure.table.columns if measure.table else measure.fields)}
    label, values, choices = "", {}, {}
    for place, name in places.items():
        cell = record.cells[place] if place < len(record.cells) else ""
        if name == LABEL:
            label = visible(cell.strip())[:LONGEST_LABEL]
        elif not is_nothing(cell):
            try:
                if fields[name].kind == "choice":
                    choices[name] = choice_in(fields[name], cell)
                else:
                    values[name] = number_in(fields[name], cell, decimal_comma=decimal_comma)
            except ValueError as error:
                raise ValueError(f"“{fields[name].label}” {error}") from None
    if measure.table:
        return Numbers(rows=(Row(label=label, cells=values),))
    return Numbers(values=values, choices=choices)
