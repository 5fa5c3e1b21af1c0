"""Numbers as people type them, and back: what can be read in two ways is asked about, and nothing is lost on the way."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as some

from auditapp.domain.measures.definition import Kind
from auditapp.web.quantities import parse_quantity, quantity_text


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1200", 1200),
        ("1,200", 1200),
        ("1.200", 1200),
        ("1 200", 1200),
        ("1\u00a0200", 1200),
        ("1\u202f200", 1200),
        ("1'200", 1200),
        ("1’200’000", 1_200_000),
        ("1.200.000", 1_200_000),
        (" 45 ", 45),
        ("-3", -3),
        ("−3", -3),
        ("12.5", Fraction(25, 2)),
    ],
)
def test_counts(typed: str, value: Fraction):
    assert parse_quantity(typed, "count") == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("£300", 300),
        ("300 €", 300),
        ("12.50", Fraction(25, 2)),
        ("12,50", Fraction(25, 2)),
        ("12,", 12),
        (".5", Fraction(1, 2)),
        ("1,200.50", Fraction(2401, 2)),
        ("1.200,50", Fraction(2401, 2)),
        ("1 200,50", Fraction(2401, 2)),
        ("1,200,300", 1_200_300),
        ("1,200,300.25", Fraction(4_801_201, 4)),
        ("55,000", 55_000),
        ("55.000", 55_000),
        ("0.125", Fraction(1, 8)),
        ("0,125", Fraction(1, 8)),
        ("1234,567", Fraction(1_234_567, 1000)),
        ("1/3", Fraction(1, 3)),
    ],
)
def test_money(typed: str, value: Fraction):
    assert parse_quantity(typed, "amount", money=True) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [("45", 45), ("45 %", 45), ("45,5", Fraction(91, 2)), ("33.333", Fraction(33_333, 1000))],
)
def test_percentages(typed: str, value: Fraction):
    assert parse_quantity(typed, "percent") == value


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("4:43:00", 16_980),
        ("04:43:00", 16_980),
        ("4.43.00", 16_980),
        ("4 43 00", 16_980),
        ("27:30", 1650),
        ("75:00", 4500),
        ("6h30", 23_400),
        ("6 h", 21_600),
        ("6 H 30 min", 23_400),
        ("6 hours 5 minutes", 21_900),
        ("90 min", 5400),
        ("4:43:00.5", Fraction(33_961, 2)),
        ("27:30,25", Fraction(6601, 4)),
    ],
)
def test_times(typed: str, seconds: Fraction):
    assert parse_quantity(typed, "time") == seconds


def test_paces():
    assert parse_quantity("6:37", "pace") == 397


def test_yes_and_no():
    assert [parse_quantity(word, "yes-no") for word in ("yes", "no")] == [1, 0]


@pytest.mark.parametrize("typed", ["1,200", "1.200", "12,345"])
def test_what_can_be_read_in_two_ways_is_asked_about(app: Flask, typed: str):
    with app.test_request_context(), pytest.raises(ValueError, match="can be read as") as refused:
        parse_quantity(typed, "amount")
    assert typed.replace(",", ".") + "0" in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "kind", "message"),
    [
        ("a few", "count", "Write a whole number"),
        ("12 34", "count", "Write a whole number"),
        ("1,2,3", "amount", "Write a number, such as 300"),
        ("1,23.4", "amount", "Write a number, such as 300"),
        ("1.2.3,4", "amount", "Write a number, such as 300"),
        ("1/0", "amount", "Write a number, such as 300"),
        ("٣", "amount", "Write a number, such as 300"),
        (".", "amount", "Write a number, such as 300"),
        ("5 kroner", "amount", "Write a number, such as 300"),
        ("9" * 41, "amount", "Write a number, such as 300"),
        ("half", "percent", "from 0 to 100"),
        ("443", "time", "such as 4:43:00"),
        ("4:61", "time", "such as 4:43:00"),
        ("4:43:99", "time", "such as 4:43:00"),
        ("6.37", "pace", "such as 6:37"),
        ("maybe", "yes-no", "Choose one"),
        ("", "choice", "Choose one"),
    ],
)
def test_what_is_no_number_is_told_what_to_write(app: Flask, typed: str, kind: Kind, message: str):
    with app.test_request_context(), pytest.raises(ValueError, match=message):
        parse_quantity(typed, kind)


NUMBERS = some.fractions(min_value=0, max_value=10**9, max_denominator=1000)


@pytest.mark.parametrize("money", [True, False])
@pytest.mark.parametrize("kind", ["amount", "percent", "time", "pace"])
@given(value=NUMBERS)
def test_what_a_field_shows_is_read_as_the_same_number(kind: Kind, money: bool, value: Fraction):
    assert parse_quantity(quantity_text(value, kind, money=money), kind, money=money) == value


@given(value=some.integers(min_value=0, max_value=10**9))
def test_a_count_is_shown_without_separators(value: int):
    assert quantity_text(Fraction(value), "count") == str(value)


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (Fraction(25, 2), "amount", "12.50"),
        (Fraction(617, 500), "amount", "1.2340"),
        (Fraction(16_980), "time", "4:43:00"),
        (Fraction(33_961, 2), "time", "4:43:00.5"),
        (Fraction(397), "pace", "6:37"),
        (Fraction(1), "yes-no", "yes"),
        (Fraction(0), "yes-no", "no"),
    ],
)
def test_a_field_shows_what_people_would_type(value: Fraction, kind: Kind, text: str):
    assert quantity_text(value, kind, money=True) == text
