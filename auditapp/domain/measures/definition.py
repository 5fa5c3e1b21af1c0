"""What a measure asks for and how it is worked out: the parts every measure is made of."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from auditapp.domain.measures.figure import Figure, Unit
from auditapp.domain.measures.numbers import ROW_LIMIT, Numbers
from auditapp.domain.measures.results import Results
from auditapp.domain.measures.shown import decimal

Kind = Literal["count", "amount", "time", "pace", "percent", "yes-no", "choice"]
"""Count: a whole number. Amount: any number from 0, such as money, minutes or kilometres. Time: seconds, typed as h:mm:ss.
Pace: seconds for a kilometre, typed as m:ss. Percent: 0 to 100. Yes-no: 1 or 0. Choice: the id of a choice."""

LARGEST = 10**9
"""No field takes more: 31 years in seconds, a billion people or pounds."""
ROW = "row"
"""The whole of which the columns of a table are parts, where their sum in each row is published."""
LONGEST_UNIT = 20
"""Letters in the name of a currency."""


@dataclass(frozen=True)
class Field:
    """One number a measure asks for.

    `people` marks a count of participants, of whom one to four are never published, and `people_of` names the count of
    the people of whom a number tells something else, such as their median time. `part_of` names the field whose count it
    is a part of; a column of ROW adds up with the others of its kind to a total of the row that is published. Parts that
    are `apart` count nobody twice. `running` marks a column that counts everybody up to its row, of which the steps are
    small counts, too. `optional` fields may be left empty; `beside` names the field without which one says nothing.
    `positive` fields cannot be zero.
    """

    id: str
    label: str
    kind: Kind
    hint: str = ""
    optional: bool = False
    people: bool = False
    people_of: str | None = None
    part_of: str | None = None
    apart: bool = False
    running: bool = False
    beside: str | None = None
    positive: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Table:
    """Rows that grow. `label` heads the first column where rows have names; numbered rows are called 1, 2, 3…

    `at_start` rows are offered on an empty form. `required` asks for at least one row, `most` is how many it takes.
    """

    caption: str
    columns: tuple[Field, ...]
    label: str | None = None
    numbered: bool = False
    at_start: int = 3
    required: bool = True
    most: int = ROW_LIMIT


@dataclass(frozen=True)
class Measure:
    """A formula over the organiser's own numbers.

    `formula` says in words how it is worked out, `sources` where it comes from (title and address, or no address).
    `figures` names every quantity a threshold can ask about, with what it is called, and `units` says what each is
    counted in, so that a threshold can be worded before there are numbers. `money` asks for a currency.
    `reads` names the file that can fill in the numbers, and `fill` makes numbers of what was read: it takes the results
    and what has been entered so far, and raises NumbersRejected when something it needs is missing.
    `work_out` takes numbers of which none was taken out and `check` has found nothing wrong with, and raises
    NumbersRejected where they contradict one another.
    """

    id: str
    title: str
    asks: str
    formula: str
    figures: Mapping[str, str]
    work_out: Callable[[Numbers], Figure]
    units: Mapping[str, Unit] = dataclasses.field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    table: Table | None = None
    money: bool = False
    sources: tuple[tuple[str, str | None], ...] = ()
    reads: Literal["results", "start-list"] | None = None
    fill: Callable[[Results, Numbers], Numbers] | None = None

    def field(self, name: str) -> Field:
        """The field called `name`; raises KeyError when there is none."""
        return {field.id: field for field in self.fields}[name]


class NumbersRejected(Exception):
    """Numbers that do not fit a measure. `problems` names each place and what is wrong with it.

    A place is a field ("women-starters"), a cell ("row-2.women", rows counting from 1), "rows" or "unit".
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__("; ".join(f"{place}: {problem}" for place, problem in self.problems.items()))


def check(measure: Measure, numbers: Numbers) -> dict[str, str]:
    """What is wrong with `numbers`, by place; what was taken out before publication is not missed."""
    problems: dict[str, str] = {}
    for part in (_unknown_names, _unit_problems, _field_problems, _row_problems, _part_problems):
        for place, problem in part(measure, numbers):
            problems.setdefault(place, problem)
    return problems


def number_problem(field: Field, value: Fraction) -> str | None:
    """What is wrong with the value of a field; None when it fits."""
    if value < 0:
        return "must not be below zero"
    if value == 0 and (field.positive or field.kind in ("time", "pace")):
        return "must be more than zero"
    if value > LARGEST:
        return "is more than any event has"
    if field.kind == "count" and value.denominator != 1:
        return "must be a whole number"
    if field.kind == "percent" and value > 100:
        return "must be at most 100"
    if field.kind == "yes-no" and value not in (0, 1):
        return "must be yes or no"
    return None


def _unknown_names(measure: Measure, numbers: Numbers) -> Iterator[tuple[str, str]]:
    chosen = {field.id for field in measure.fields if field.kind == "choice"}
    typed = {field.id for field in measure.fields} - chosen
    for name in sorted((numbers.values.keys() - typed) | (numbers.choices.keys() - chosen)):
        yield name, "this measure has no such number"


def _unit_problems(measure: Measure, numbers: Numbers) -> Iterator[tuple[str, str]]:
    if numbers.unit and not measure.money:
        yield "unit", "this measure has no currency"
    elif len(numbers.unit) > LONGEST_UNIT:
        yield "unit", f"must have at most {LONGEST_UNIT} letters"


def _field_problems(measure: Measure, numbers: Numbers) -> Iterator[tuple[str, str]]:
    for field in measure.fields:
        needed = not field.optional and field.id not in numbers.unpublished
        if field.kind == "choice":
            chosen = numbers.choices.get(field.id)
            if chosen is None and needed:
                yield field.id, "choose one"
            elif chosen is not None and chosen not in dict(field.choices):
                yield field.id, f"choose one of {', '.join(label for _, label in field.choices)}"
            continue
        value = numbers.get(field.id)
        if value is None and needed:
            yield field.id, "is needed"
        elif value is not None and (problem := number_problem(field, value)):
            yield field.id, problem


def _row_problems(measure: Measure, numbers: Numbers) -> Iterator[tuple[str, str]]:
    table = measure.table
    if table is None:
        if numbers.rows:
            yield "rows", "this measure has no table"
        return
    if table.required and not numbers.rows:
        yield "rows", "fill in at least one row"
    if len(numbers.rows) > table.most:
        yield "rows", f"take at most {table.most} rows"
    columns = {column.id: column for column in table.columns}
    for index, row in enumerate(numbers.rows, start=1):
        if table.label and not row.label:
            yield f"row-{index}.label", "is needed"
        for name, value in row.cells.items():
            if name not in columns:
                yield f"row-{index}.{name}", "this table has no such column"
            elif problem := number_problem(columns[name], value):
                yield f"row-{index}.{name}", problem
        for column in table.columns:
            place = f"row-{index}.{column.id}"
            if column.id not in row.cells and not column.optional and place not in numbers.unpublished:
                yield place, "is needed"


def _part_problems(measure: Measure, numbers: Numbers) -> Iterator[tuple[str, str]]:
    """Parts that are more than their whole, alone or together, and numbers that say nothing without another one."""
    labels = {field.id: field.label for field in measure.fields}
    for field in measure.fields:
        value = numbers.get(field.id)
        if value is None:
            continue
        total = numbers.get(field.part_of) if field.part_of else None
        if field.part_of and total is not None and value > total:
            yield field.id, f"cannot be more than “{labels[field.part_of]}” ({decimal(total, 2)})"
        if field.beside and numbers.get(field.beside) is None and field.beside not in numbers.unpublished:
            yield field.beside, f"is needed beside “{field.label}”"
    for whole, most in numbers.values.items():
        apart = [field.id for field in measure.fields if field.part_of == whole and field.apart]
        given = [numbers.values[name] for name in apart if name in numbers.values]
        if given and sum(given) > most >= max(given):
            together = " + ".join(decimal(count, 2) for count in given)
            yield apart[-1], f"makes {together} together, more than “{labels[whole]}” ({decimal(most, 2)})"
