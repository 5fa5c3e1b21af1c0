"""Numbers of a measure as tables: what was entered, exact, so that a reader can calculate it again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditapp.domain.measures import MEASURES, Field, Measure, Numbers, Row, Table
from auditapp.domain.measures.shown import ordinal
from auditapp.rendering.figures.units import exact_text
from auditapp.rendering.words import Gettext, english


@dataclass(frozen=True)
class TableView:
    """A table with a heading for every column; each row opens with its own heading.

    ``left_out`` counts rows that are not printed, of all there are.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int = 0


@dataclass(frozen=True)
class NumbersView:
    """The numbers as they were entered: single ones with what they are called, and the table where there is one.

    ``hides`` tells whether a cell says "under 5" or "not shown".
    """

    values: tuple[tuple[str, str], ...]
    table: TableView | None
    source: str
    hides: bool


def numbers_view(name: str, numbers: Numbers, *, gettext: Gettext = english) -> NumbersView | None:
    """The numbers of the measure called ``name``; None when this version of the product knows no such measure."""
    measure = MEASURES.get(name)
    if measure is None:
        return None
    return NumbersView(
        values=tuple(_values(measure, numbers, gettext)),
        table=_table(measure.table, numbers, gettext) if measure.table and numbers.rows else None,
        source=numbers.source,
        hides=bool(numbers.unpublished),
    )


def _values(measure: Measure, numbers: Numbers, gettext: Gettext) -> Iterator[tuple[str, str]]:
    if measure.money and numbers.unit:
        yield gettext("Currency"), numbers.unit
    for field in measure.fields:
        if field.kind == "choice":
            chosen = numbers.choices.get(field.id)
            yield field.label, dict(field.choices).get(chosen or "", gettext("not given"))
        else:
            yield field.label, _cell(field, numbers.values.get(field.id), field.id, numbers, gettext)


def _table(table: Table, numbers: Numbers, gettext: Gettext) -> TableView:
    first = table.label or (gettext("Place") if table.numbered else gettext("Row"))
    return TableView(
        caption=table.caption,
        head=(first, *(column.label for column in table.columns)),
        rows=tuple(
            (
                _row_name(table, row, place),
                *(_cells(table.columns, row, place, numbers, gettext)),
            )
            for place, row in enumerate(numbers.rows, start=1)
        ),
    )


def _row_name(table: Table, row: Row, place: int) -> str:
    if row.label:
        return row.label
    return ordinal(place) if table.numbered else str(place)


def _cells(
    columns: Sequence[Field], row: Row, place: int, numbers: Numbers, gettext: Gettext
) -> Iterator[str]:
    for column in columns:
        yield _cell(column, row.cells.get(column.id), f"row-{place}.{column.id}", numbers, gettext)


def _cell(field: Field, value: Fraction | None, place: str, numbers: Numbers, gettext: Gettext) -> str:
    if place in numbers.hidden:
        return gettext("under 5")
    if place in numbers.withheld:
        return gettext("not shown")
    if value is None:
        return gettext("not given")
    return exact_text(value, field.kind, gettext=gettext)
