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
    public_numbers,
)
from auditapp.domain.measures.definition import ROW
from auditapp.domain.measures.figure import Bullets, Figure, Shares
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
            return Fraction(draw(st.integers(0, 1000)), 10)
        case "time" | "pace":
            return Fraction(draw(st.integers(100, 40_000)))
        case "amount":
            return Fraction(draw(st.integers(0, 10**7)), 100)
    most = 5000 if at_most is None else int(at_most)
    return Fraction(draw(st.one_of(st.integers(0, min(most, 40)), st.integers(0, most))))


@st.composite
def entered(draw: st.DrawFn, measure: Measure) -> Numbers:
    """Numbers somebody could have typed: each fits its field, and a part its whole."""
    fields = {field.id: field for field in measure.fields}
    values: dict[str, Fraction] = {}
    choices: dict[str, str] = {}

    def fill(field: Field) -> None:
        if field.id in values or (field.optional and draw(st.booleans())):
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
