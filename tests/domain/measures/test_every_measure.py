"""What holds for every measure, whoever wrote it and whatever numbers it is given."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from auditapp.domain.measures import (
    MEASURES,
    Field,
    Measure,
    Numbers,
    NumbersRejected,
    Row,
    figure_of,
    public_figure,
    public_numbers,
)
from auditapp.domain.measures.definition import ROW
from auditapp.domain.measures.figure import SMALL_CELL, Bullets, Figure, Shares
from tests.domain.measures.by_hand import worked

EVERY = pytest.mark.parametrize("measure", MEASURES.values(), ids=list(MEASURES))
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@EVERY
def test_a_measure_is_whole(measure: Measure):
    columns = measure.table.columns if measure.table else ()
    names = [field.id for field in measure.fields]
    assert MEASURES[measure.id] is measure
    assert len(names) == len(set(names))
    assert all(ID.fullmatch(name) for name in (*names, *(column.id for column in columns), *measure.figures))
    assert {field.part_of for field in (*measure.fields, *columns) if field.part_of} <= {*names, ROW}
    assert {field.beside for field in measure.fields if field.beside} <= set(names)
    assert all(bool(field.choices) == (field.kind == "choice") for field in measure.fields)
    assert list(measure.units) == list(measure.figures)
    assert (measure.reads is None) == (measure.fill is None)
    assert measure.sources
    assert all(
        address is None or address.startswith(("http://", "https://")) for _, address in measure.sources
    )
    assert measure.asks.endswith(".")
    assert measure.formula.endswith(".")
    assert measure.work_out.__doc__
    assert "Source:" in measure.work_out.__doc__


def number(draw: st.DrawFn, field: Field, at_most: Fraction | None = None) -> Fraction:
    match field.kind:
        case "yes-no":
            return Fraction(draw(st.integers(0, 1)))
        case "percent":
            return Fraction(draw(st.integers(0, 10_000)), 100)
        case "time" | "pace":
            return Fraction(draw(st.integers(100, 40_000)))
        case "amount":
            return Fraction(draw(st.integers(0, 10**7)), 100)
    most = 5000 if at_most is None else int(at_most)
    return Fraction(draw(st.one_of(st.integers(0, min(most, 40)), st.integers(0, most))))


@st.composite
def entered(draw: st.DrawFn, measure: Measure, *, everything: bool = False) -> Numbers:
    """Numbers somebody could have typed: each fits its field, and a part its whole; on request no field is empty."""
    fields = {field.id: field for field in measure.fields}
    values: dict[str, Fraction] = {}
    choices: dict[str, str] = {}

    def fill(field: Field) -> None:
        if field.id in values or (field.optional and not everything and draw(st.booleans())):
            return
        if field.part_of:
            fill(fields[field.part_of])
        if field.kind == "choice":
            choices[field.id] = draw(st.sampled_from([choice for choice, _ in field.choices]))
        else:
            values[field.id] = number(draw, field, values.get(field.part_of or ""))

    for field in measure.fields:
        fill(field)
    table = measure.table
    rows = tuple(
        Row(
            label=draw(st.text("abc é“”", min_size=1, max_size=200)) if table.label else "",
            cells={
                column.id: number(draw, column)
                for column in table.columns
                if not (column.optional and draw(st.booleans()))
            },
        )
        for _ in range(draw(st.integers(0, 5)))
    ) if table else ()  # fmt: skip
    return Numbers(values=values, choices=choices, rows=rows, unit="kroner" if measure.money else "")


def result(measure: Measure, numbers: Numbers) -> tuple[dict[str, str], Figure | None]:
    """What is wrong with the numbers, or the figure they come to."""
    try:
        return {}, figure_of(measure.id, numbers)
    except NumbersRejected as rejected:
        return rejected.problems, None


@EVERY
@given(data=st.data())
def test_whatever_is_entered_comes_to_a_figure_or_is_refused_where_it_stands(measure: Measure, data: Any):
    numbers = data.draw(entered(measure))
    columns = {column.id for column in measure.table.columns} if measure.table else set()
    places = {field.id for field in measure.fields} | {"rows", "unit"}
    places |= {f"row-{row}.{name}" for row in range(1, 6) for name in (*columns, "label")}
    refused, figure = result(measure, numbers)
    event(f"refused: {figure is None}")
    assert set(refused) <= places
    if figure is None:
        return
    assert figure.measure == measure.id
    assert {quantity.id: quantity.unit for quantity in figure.quantities} == measure.units
    assert Figure.model_validate_json(figure.model_dump_json()) == figure
    assert figure.says.endswith(".")
    if isinstance(figure.picture, Shares):
        assert {*figure.picture.shares} <= {share.id for share in figure.shares}
    if isinstance(figure.picture, Bullets):
        assert len(figure.picture.rows) <= 1 + len(numbers.rows)


@EVERY
@given(data=st.data())
def test_a_reader_can_do_the_working_again(measure: Measure, data: Any):
    _, figure = result(measure, data.draw(entered(measure)))
    for step in figure.steps if figure else ():
        line = worked(step.text or "")
        assert line is None or line.agrees, step.text


@EVERY
@given(data=st.data())
def test_what_counts_no_participants_is_published_as_it_is(measure: Measure, data: Any):
    columns = measure.table.columns if measure.table else ()
    numbers = data.draw(entered(measure))
    if not any(field.people for field in (*measure.fields, *columns)):
        assert public_numbers(measure, numbers) is numbers


WITH_PEOPLE = {
    name: measure for name, measure in MEASURES.items() if any(field.people for field in measure.fields)
}


@pytest.mark.parametrize("measure", WITH_PEOPLE.values(), ids=list(WITH_PEOPLE))
@given(data=st.data())
def test_nothing_published_tells_a_small_count_from_another(measure: Measure, data: Any):
    """Non-interference: one, two, three or four people, in a group or left of it, look the same to every reader."""
    numbers = data.draw(entered(measure, everything=True))
    field = data.draw(st.sampled_from([field for field in measure.fields if field.people]))
    whole = numbers.get(field.part_of) if field.part_of else None
    few = data.draw(st.sampled_from([(1, 2), (1, 4), (2, 3), (3, 4)]))
    left_of_whole = whole is not None and whole > 2 * SMALL_CELL and data.draw(st.booleans())
    told = [
        published(measure, with_count(measure, numbers, field.id, whole - count if left_of_whole else count))
        for count in few
    ]
    event(f"compared: {None not in told}")
    assert None in told or told[0] == told[1]


def with_count(measure: Measure, numbers: Numbers, name: str, count: Fraction | int) -> Numbers:
    """The numbers with one of them changed, and its parts no larger than the smallest it may take."""
    parts = {field.id for field in measure.fields if field.part_of == name}
    least = Fraction(1 if count < SMALL_CELL else max(count - SMALL_CELL, 1))
    values = {part: min(value, least) if part in parts else value for part, value in numbers.values.items()}
    return numbers.model_copy(update={"values": values | {name: Fraction(count)}})


def published(measure: Measure, numbers: Numbers) -> tuple[Numbers, Figure] | None:
    """What anyone may see of the numbers and of their figure; None when they come to none.

    Whether a group is under thirty is left out: the grade, or its absence, tells that much.
    """
    _, figure = result(measure, numbers)
    if figure is None:
        return None
    return public_numbers(measure, numbers), public_figure(figure).model_copy(update={"small": False})


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("(16 ÷ 1,800) ÷ (15 ÷ 1,200) = 0.71", True),
        ("(16 ÷ 1,800) ÷ (15 ÷ 1,200) = 0.72", False),
        ("(16 ÷ 1,800) ÷ (15 ÷ 1,200) = 0.70", False),
        ("60 ÷ 80 − 40 ÷ 60 = 8.3 points", True),
        ("40 ÷ 60 − 60 ÷ 80 = −8.3 points", True),
        ("40 ÷ 60 − 60 ÷ 80 = 8.3 points", False),
        ("13 ÷ 30 ÷ 40% = 1.08", True),
        ("6:00:00 ÷ 4:43:00 = 1.27", True),
        ("6:00:00 ÷ 4:43:00 = 1.37", False),
    ],
)
def test_workings_are_checked_as_a_reader_would(text: str, agrees: bool):
    line = worked(text)
    assert line is not None
    assert line.agrees is agrees


@pytest.mark.parametrize("text", ["", "3 of 4", "27.3% to 60.8%", "“Steady”, 6:37 min/km"])
def test_what_is_no_equation_is_not_calculated(text: str):
    assert worked(text) is None
