"""What every measure refuses, whatever it works out."""

from fractions import Fraction
from typing import Any

import pytest

from auditapp.domain.measures import (
    MEASURES,
    Field,
    Measure,
    Numbers,
    NumbersRejected,
    Row,
    Table,
    check,
    figure_of,
)
from tests.builders import a_figure, some_numbers


def a_measure(*fields: Field, **parts: Any) -> Measure:
    usual: dict[str, Any] = {
        "id": "example",
        "title": "Example",
        "asks": "Type numbers.",
        "formula": "They are looked at.",
        "figures": {},
        "work_out": lambda _: a_figure(),
    }
    return Measure(**usual | parts, fields=fields)


def problem_with(field, **entered):
    return check(a_measure(field), Numbers.model_validate(entered, strict=False)).get(field.id)


@pytest.mark.parametrize(
    ("kind", "value", "problem"),
    [
        ("count", 3, None),
        ("count", 0, None),
        ("count", "2.5", "must be a whole number"),
        ("count", -1, "must not be below zero"),
        ("count", 10**9 + 1, "is more than any event has"),
        ("amount", "2.5", None),
        ("time", 0, "must be more than zero"),
        ("pace", "6:37", None),
        ("pace", 0, "must be more than zero"),
        ("percent", 100, None),
        ("percent", "100.1", "must be at most 100"),
        ("yes-no", True, None),
        ("yes-no", 2, "must be yes or no"),
    ],
)
def test_a_number_fits_its_kind(kind, value, problem):
    assert problem_with(Field("it", "It", kind), values={"it": value}) == problem


def test_a_positive_number_is_not_zero():
    field = Field("fee", "Fee", "amount", positive=True)
    assert problem_with(field, values={"fee": 0}) == "must be more than zero"
    assert problem_with(field, values={"fee": "0.01"}) is None


def test_only_optional_numbers_may_be_left_empty():
    assert problem_with(Field("fee", "Fee", "amount")) == "is needed"
    assert problem_with(Field("fee", "Fee", "amount", optional=True)) is None


CHOICE = Field("field", "Field", "choice", choices=(("uk", "United Kingdom"), ("us", "United States")))


@pytest.mark.parametrize(
    ("entered", "problem"),
    [
        ({"choices": {"field": "uk"}}, None),
        ({"choices": {"field": "fr"}}, "choose one of United Kingdom, United States"),
        ({}, "choose one"),
        ({"values": {"field": 1}}, "this measure has no such number"),
    ],
)
def test_a_choice_is_one_of_those_offered(entered, problem):
    assert problem_with(CHOICE, **entered) == problem


def test_a_choice_may_be_optional():
    assert problem_with(Field("field", "Field", "choice", optional=True)) is None


def test_names_nobody_asked_for_are_refused():
    numbers = Numbers(values={"men": Fraction(1)}, choices={"women": "uk"})
    assert check(a_measure(Field("women", "Women", "count", optional=True)), numbers) == {
        "men": "this measure has no such number",
        "women": "this measure has no such number",
    }


def test_a_part_is_no_more_than_its_whole():
    fields = (
        Field("asked", "Women asked", "count", optional=True),
        Field("answered", "Women who answered", "count", part_of="asked"),
    )
    measure = a_measure(*fields)
    assert check(measure, some_numbers(asked=1200, answered=1200)) == {}
    assert check(measure, some_numbers(asked=1200, answered=1201)) == {
        "answered": "cannot be more than “Women asked” (1,200)"
    }
    assert check(measure, some_numbers(answered=1201)) == {}


def test_numbers_that_say_nothing_alone_ask_for_the_other_one():
    fields = (
        Field("ordered", "Ordered", "count", optional=True, beside="given"),
        Field("given", "Given", "count", optional=True, beside="ordered"),
    )
    measure = a_measure(*fields)
    assert check(measure, Numbers(values={"ordered": Fraction(3)})) == {"given": "is needed beside “Ordered”"}
    assert check(measure, Numbers()) == {}
    assert check(measure, Numbers(values={"ordered": Fraction(30)}, hidden=("given",))) == {}


GROUPS = Table(
    "Groups",
    (Field("pace", "Pace", "pace"), Field("members", "Members", "count", optional=True)),
    label="Group",
    most=2,
)


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ([{"label": "Steady", "pace": "6:37"}], {}),
        ([], {"rows": "fill in at least one row"}),
        ([{"label": "A", "pace": 300}] * 3, {"rows": "take at most 2 rows"}),
        ([{"pace": 300}], {"row-1.label": "is needed"}),
        ([{"label": "A", "pace": 300}, {"label": "B"}], {"row-2.pace": "is needed"}),
        ([{"label": "A", "pace": 0}], {"row-1.pace": "must be more than zero"}),
        ([{"label": "A", "pace": 300, "members": "0.5"}], {"row-1.members": "must be a whole number"}),
        ([{"label": "A", "pace": 300, "led": 1}], {"row-1.led": "this table has no such column"}),
    ],
)
def test_rows_fit_their_table(rows, problems):
    assert check(a_measure(table=GROUPS), some_numbers(*rows)) == problems


def test_rows_need_a_table():
    assert check(a_measure(), Numbers(rows=(Row(),))) == {"rows": "this measure has no table"}


def test_a_table_may_be_left_empty_where_it_only_adds():
    assert check(a_measure(table=Table("Curve", (), required=False)), Numbers()) == {}


@pytest.mark.parametrize(
    ("money", "unit", "problem"),
    [
        (True, "pounds", None),
        (True, "", None),
        (True, "p" * 21, "must have at most 20 letters"),
        (False, "pounds", "this measure has no currency"),
    ],
)
def test_only_money_has_a_currency(money, unit, problem):
    assert check(a_measure(money=money), Numbers(unit=unit)).get("unit") == problem


def test_what_was_taken_out_before_publication_is_not_missed_and_cannot_be_worked_out():
    published = Numbers(rows=(Row(cells={"men": Fraction(300)}),), hidden=("row-1.women",))
    assert check(MEASURES["prize-parity"], published) == {}
    with pytest.raises(NumbersRejected) as rejected:
        figure_of("prize-parity", published)
    assert rejected.value.problems == {"row-1.women": "was taken out before publication: give it again"}
    assert str(rejected.value) == "row-1.women: was taken out before publication: give it again"


def test_a_measure_knows_its_fields_by_name():
    assert a_measure(CHOICE).field("field") is CHOICE
    with pytest.raises(KeyError):
        a_measure(CHOICE).field("women")


def test_there_is_no_measure_of_another_name():
    with pytest.raises(KeyError):
        figure_of("applause", Numbers())
