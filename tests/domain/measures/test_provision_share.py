from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.measures import NumbersRejected, figure_of, public_figure
from tests.builders import some_numbers


def provision(*rows, **people):
    return figure_of(
        "provision-share",
        some_numbers(*({"label": label, "women": women, "men": men} for label, women, men in rows), **people),
    )


def values(figure):
    return {quantity.id: quantity.value for quantity in figure.quantities}


SCHOOL = (("hours in the hall", 10, 14), ("kit money", 800, 1000))


def test_what_girls_get_of_everything():
    figure = provision(*SCHOOL)
    assert values(figure) == {
        "lowest-share": Fraction(125, 3),
        "highest-share": Fraction(400, 9),
        "women-share-of-people": None,
        "lowest-to-people": None,
    }
    assert figure.says == "Women or girls get 41.6% of “hours in the hall”, the lowest of 2 rows."
    assert (figure.picture.line, figure.picture.rows[0].line) == ("half", 50)
    assert figure.shares == ()


def test_beside_how_many_they_are():
    figure = provision(*SCHOOL, women=210, men=190)
    assert values(figure)["women-share-of-people"] == Fraction(105, 2)
    assert values(figure)["lowest-to-people"] == Fraction(125, 3) / Fraction(105, 2)
    assert figure.says.endswith("the lowest of 2 rows; they are 52.5% of the people.")
    assert [step.text for step in figure.steps] == [
        "10 ÷ (10 + 14) = 41.6%",
        "800 ÷ (800 + 1,000) = 44.4%",
        "210 ÷ 400 = 52.5%",
        "(10 ÷ 24) ÷ (210 ÷ 400) = 0.79",
    ]
    assert figure.picture.rows[0].line == Fraction(105, 2)
    assert figure.picture.rows[0].says == "10 of 24"


def test_one_row_is_its_own_lowest():
    figure = provision(("hours", 12, 12))
    assert figure.says == "Women or girls get 50% of “hours”."
    assert [step.label for step in figure.steps] == ["Share, “hours”"]


def test_a_school_without_girls_has_no_ratio_to_them():
    figure = provision(*SCHOOL, women=0, men=190)
    assert values(figure)["women-share-of-people"] == 0
    assert values(figure)["lowest-to-people"] is None


def test_four_girls_are_not_given_away():
    figure = public_figure(provision(*SCHOOL, women=4, men=196))
    assert values(figure) == {
        "lowest-share": Fraction(125, 3),
        "highest-share": Fraction(400, 9),
        "women-share-of-people": None,
        "lowest-to-people": None,
    }
    assert [step.text for step in figure.steps[2:]] == [None, None]
    assert figure.says == "Women or girls get 41.6% of “hours in the hall”, the lowest of 2 rows."
    assert figure.picture.rows[0].line == 50
    assert figure.notes == (
        "Fewer than five people stand behind one of these numbers, so they are not published.",
    )


@pytest.mark.parametrize(
    ("rows", "people", "problems"),
    [
        ([("hours", 0, 0)], {}, {"row-1.women": "is 0 for both: take this row out"}),
        ([("hours", 1, 1)], {"women": 30}, {"men": "is needed beside “Women or girls”"}),
        (
            [("hours", 1, 1)],
            {"women": 0, "men": 0},
            {"women": "count at least one person, or leave both empty"},
        ),
    ],
)
def test_numbers_that_cannot_be(rows, people, problems):
    with pytest.raises(NumbersRejected) as rejected:
        provision(*rows, **people)
    assert rejected.value.problems == problems


@given(
    rows=st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 10**6)), min_size=1, max_size=10),
    women=st.integers(5, 10**5),
    men=st.integers(5, 10**5),
)
def test_a_fair_part_of_everything_is_one(rows, women, men):
    named = [(f"row {place}", given, others) for place, (given, others) in enumerate(rows)]
    found = values(provision(*named, women=women, men=men))
    assert 0 <= found["lowest-share"] <= found["highest-share"] <= 100
    assert (found["lowest-to-people"] >= 1) == (found["lowest-share"] >= found["women-share-of-people"])
    assert values(provision(("hours", women, men), women=women, men=men))["lowest-to-people"] == 1
