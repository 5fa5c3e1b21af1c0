"""The numbers of a measure as typed: read from a form, checked place by place, and turned into numbers.

A place is called as in the domain, "women-starters" or "row-2.women", and counts the rows as they stand on the page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _
from pydantic import ValidationError

from auditapp.domain.measures import (
    Field,
    Figure,
    Measure,
    Numbers,
    NumbersRejected,
    Row,
    figure_of,
    is_empty,
)
from auditapp.domain.measures.numbers import ROW_LIMIT
from auditapp.web.forms import clean, problem_words
from auditapp.web.quantities import parse_quantity, quantity_text

MOST_OPEN_ROWS = 12
"""Rows of a table that only a file fills are shown one by one up to so many."""


@dataclass
class TypedRow:
    """One line of the table as typed, by column."""

    label: str = ""
    cells: dict[str, str] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.label and not any(self.cells.values())


@dataclass
class TypedNumbers:
    """What stands in the inputs of a measure.

    `source` is the file the numbers were filled from, as long as they are what it said. After `work`, `problems` names
    each place that is wrong, `missing` each that is needed and empty, `numbers` holds what could be read, and `figure`
    what it comes to.
    """

    measure: Measure
    values: dict[str, str] = field(default_factory=dict)
    rows: list[TypedRow] = field(default_factory=list)
    unit: str = ""
    source: str = ""
    problems: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    numbers: Numbers | None = None
    figure: Figure | None = None
    worked: bool = False

    @classmethod
    def of(cls, measure: Measure, numbers: Numbers | None, *, unit: str = "") -> TypedNumbers:
        """The numbers as they would have been typed; `unit` is offered as long as none was given."""
        found = numbers or Numbers()
        fields = {one.id: one for one in measure.fields}
        columns = {one.id: one for one in measure.table.columns} if measure.table else {}
        return cls(
            measure,
            {
                name: quantity_text(value, fields[name].kind, money=measure.money)
                for name, value in found.values.items()
                if name in fields
            }
            | found.choices,
            [
                TypedRow(
                    row.label,
                    {
                        name: quantity_text(value, columns[name].kind, money=measure.money)
                        for name, value in row.cells.items()
                        if name in columns
                    },
                )
                for row in found.rows
            ],
            found.unit or (unit if measure.money else ""),
            found.source,
        )

    @classmethod
    def posted(cls, measure: Measure, criterion_id: str, form: Mapping[str, str]) -> TypedNumbers:
        """The inputs as sent."""

        def part(name: str) -> str:
            return clean(form.get(f"{criterion_id}.{name}"))

        count = part("rows")
        rows = min(int(count), most_rows(measure)) if count.isdecimal() and len(count) < 5 else 0
        columns = measure.table.columns if measure.table else ()
        packed = part("packed")
        typed = cls(
            measure,
            {one.id: part(f"n-{one.id}") for one in measure.fields},
            list(_unpacked(measure, packed))
            if packed
            else [
                TypedRow(
                    part(f"row-{number}-label"),
                    {one.id: part(f"row-{number}-{one.id}") for one in columns},
                )
                for number in range(1, rows + 1)
            ],
            part("unit") if measure.money else "",
        )
        if part("of-source") == typed.digest():
            typed.source = part("source")
        return typed

    @property
    def blank(self) -> bool:
        """Whether no number has been typed; a currency alone is none."""
        return not any(self.values.values()) and all(row.blank for row in self.rows)

    def said(self) -> list[Any]:
        """What stands in the inputs, without those that are empty: what the numbers are compared by."""
        values = sorted((name, text) for name, text in self.values.items() if text)
        rows = [
            [row.label, sorted((name, text) for name, text in row.cells.items() if text)] for row in self.rows
        ]
        while rows and not any(rows[-1]):
            rows.pop()
        return [values, rows, self.unit]

    def digest(self) -> str:
        """The same in a few characters."""
        return digest_of(self.said())

    def lines(self) -> Iterator[str]:
        """What was typed, line by line: "Women who started: 120", "2nd: Women 200, Men 300"."""
        for one in self.measure.fields:
            if text := self.values.get(one.id, ""):
                yield f"{one.label}: {dict(one.choices).get(text, text)}"
        columns = self.measure.table.columns if self.measure.table else ()
        for number, row in enumerate(self.rows, start=1):
            cells = ", ".join(f"{one.label} {row.cells[one.id]}" for one in columns if row.cells.get(one.id))
            if not row.blank:
                yield f"{row.label or number}: {cells}"
        if self.unit and not self.blank:
            yield _("Currency: %(unit)s", unit=self.unit)

    def clear(self) -> None:
        """Take every number out; the currency stays."""
        self.values, self.rows, self.source = {}, [], ""

    def offer(self, rows: int) -> None:
        """Have at least so many rows, blank ones at the end."""
        self.rows += [TypedRow() for _row in range(len(self.rows), min(rows, most_rows(self.measure)))]

    def remove(self, row: int) -> None:
        """Take out the row of that number, counting from 1; all of them where it is 0."""
        if row == 0:
            self.rows = []
        elif row <= len(self.rows):
            del self.rows[row - 1]

    @property
    def packs(self) -> bool:
        """Whether the rows go along as a whole: a file filled them in, and nobody would type so many."""
        table = self.measure.table
        return table is not None and not (table.at_start or table.label) and len(self.rows) > MOST_OPEN_ROWS

    def packed(self) -> str:
        """The rows in one text."""
        columns = self.measure.table.columns if self.measure.table else ()
        return "|".join(";".join(row.cells.get(one.id, "") for one in columns) for row in self.rows)

    def work(self) -> None:
        """Read every input and work out what the numbers come to; doing so again changes nothing."""
        if self.worked:
            return
        self.worked = True
        values = dict(self._values())
        places, rows = self._rows()
        chosen = {one.id for one in self.measure.fields if one.kind == "choice"}
        choices = {name: text for name, text in self.values.items() if name in chosen and text}
        if self.problems:
            return
        try:
            numbers = Numbers(
                values=values, choices=choices, rows=tuple(rows), unit=self.unit, source=self.source
            )
        except ValidationError as error:
            self.problems |= {_place(part["loc"], places): problem_words(part) for part in error.errors()}
            return
        self.numbers = numbers
        try:
            self.figure = figure_of(self.measure.id, numbers)
        except NumbersRejected as rejected:
            for place, problem in rejected.problems.items():
                found = self.missing if is_empty(numbers, place) else self.problems
                found[_on_page(place, places)] = sentence(problem)

    def _values(self) -> Iterator[tuple[str, Fraction]]:
        for one in self.measure.fields:
            text = self.values.get(one.id, "")
            if text and one.kind != "choice":
                value = self._read(one, text, one.id)
                if value is not None:
                    yield one.id, value

    def _rows(self) -> tuple[list[int], list[Row]]:
        """The rows that say something, and which rows of the page they are, counting from 1.

        Between numbered rows a blank one counts: nobody is paid at that place.
        """
        table = self.measure.table
        if table is None:
            return [], []
        last = max((number for number, row in enumerate(self.rows, start=1) if not row.blank), default=0)
        keeps_blank = table.numbered and table.label is None
        places: list[int] = []
        rows: list[Row] = []
        for number, row in enumerate(self.rows[:last], start=1):
            if row.blank and not keeps_blank:
                continue
            cells = {
                one.id: value
                for one in table.columns
                if (text := row.cells.get(one.id, ""))
                and (value := self._read(one, text, f"row-{number}.{one.id}")) is not None
            }
            try:
                rows.append(Row(label=row.label, cells=cells))
            except ValidationError as error:
                self.problems[f"row-{number}.label"] = problem_words(error.errors()[0])
            places.append(number)
        return places, rows

    def _read(self, one: Field, text: str, place: str) -> Fraction | None:
        try:
            return parse_quantity(text, one.kind, money=self.measure.money)
        except ValueError as error:
            self.problems[place] = str(error)
            return None


def _unpacked(measure: Measure, packed: str) -> Iterator[TypedRow]:
    """The rows in a text that `packed` made, as far as the table takes them."""
    names = [one.id for one in measure.table.columns] if measure.table else []
    for _number, row in zip(range(most_rows(measure)), packed.split("|"), strict=False):
        yield TypedRow("", dict(zip(names, row.split(";"), strict=False)))


def most_rows(measure: Measure) -> int:
    """How many rows the table of a measure takes; 0 without one."""
    return min(measure.table.most, ROW_LIMIT) if measure.table else 0


def digest_of(said: list[Any]) -> str:
    """What was said, in a few characters."""
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def sentence(problem: str) -> str:
    """A problem the domain names as a sentence: "is needed" becomes "This is needed"."""
    if problem.partition(" ")[0] in ("is", "must", "cannot", "was", "has"):
        return _("This %(problem)s", problem=problem)
    return problem[:1].upper() + problem[1:]


def _on_page(place: str, places: list[int]) -> str:
    """A place of the numbers as the page counts its rows."""
    row, dot, column = place.partition(".")
    if not dot:
        return place
    return f"row-{places[int(row.removeprefix('row-')) - 1]}.{column}"


def _place(where: tuple[Any, ...], places: list[int]) -> str:
    """The place pydantic names: ("unit",) or ("rows", 3, "label")."""
    return str(where[0]) if len(where) < 3 else f"row-{places[where[1]]}.{where[-1]}"
