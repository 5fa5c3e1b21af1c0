from fractions import Fraction

import pytest
from pydantic import ValidationError

from auditapp.domain.measures import Numbers, Row
from auditapp.domain.measures.numbers import seconds
from tests.builders import some_numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [("4:43:00", 16_980), ("6:37", 397), (" 6:37 ", 397), ("100:00:00", 360_000), ("0:07", 7)],
)
def test_times_are_read_as_seconds(text, expected):
    assert seconds(text) == expected


@pytest.mark.parametrize("text", ["", "6", "6:7", "6:60", "1:60:00", "1:2:3:4", "6.37", "٦:٣٧", "-6:37"])
def test_anything_else_is_no_time(text):
    assert seconds(text) is None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (True, 1),
        (False, 0),
        ("6:37", 397),
        ("0.95", Fraction(19, 20)),
        (0.1, Fraction(1, 10)),
        ("1/3", Fraction(1, 3)),
    ],
)
def test_numbers_are_read_as_a_file_writes_them(written, number):
    assert Numbers.model_validate({"values": {"limit": written}}).get("limit") == number


@pytest.mark.parametrize("written", ["six", None, [], "1e400"])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(ValidationError):
        Numbers.model_validate({"values": {"limit": written}})


def test_cells_may_stand_beside_the_label():
    beside = Row.model_validate({"label": "Steady", "pace": "6:37", "led": True})
    assert beside == Row(label="Steady", cells={"pace": Fraction(397), "led": Fraction(1)})
    assert Row.model_validate({"women": 300}) == Row(cells={"women": Fraction(300)})
    assert Row.model_validate({"label": "Steady", "cells": {"led": 0}}).cells == {"led": 0}
    with pytest.raises(ValidationError):
        Row.model_validate(["Steady"])


def test_a_column_shows_where_a_cell_is_empty():
    numbers = Numbers(rows=(Row(cells={"women": Fraction(3)}), Row(), Row(cells={"women": Fraction(0)})))
    assert list(numbers.column("women")) == [3, None, 0]
    assert numbers.get("women") is None


@pytest.mark.parametrize(
    "entered",
    [
        {"values": {"fee": 0}},
        {"choices": {"field": "uk-10k"}},
        {"rows": [{}]},
        {"unit": "pounds"},
        {"hidden": ["women"]},  # something was entered, and may not be published
    ],
)
def test_whether_anything_was_entered(entered):
    assert Numbers.model_validate(entered, strict=False)
    assert not Numbers()


def test_numbers_survive_being_stored():
    numbers = some_numbers({"label": "1st", "women": 300}, unit="pounds", fee="1/3")
    assert Numbers.model_validate_json(numbers.model_dump_json()) == numbers
