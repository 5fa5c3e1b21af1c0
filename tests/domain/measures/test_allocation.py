from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.measures import NumbersRejected, figure_of, public_figure
from tests.builders import some_numbers


def allocation(women_applicants, all_applicants, women_places, all_places):
    return figure_of(
        "allocation",
        some_numbers(
            women_applicants=women_applicants,
            all_applicants=all_applicants,
            women_places=women_places,
            all_places=all_places,
        ),
    )


def fairness(*numbers):
    return allocation(*numbers).quantity("fairness").value


def test_a_pool_for_a_world_championship():
    figure = allocation(1560, 10_000, 40, 1000)  # 15.6% of the finishers, 4% of the places
    assert round(float(figure.quantity("fairness").value), 2) == 0.26
    assert figure.quantity("women-share-of-places").value == 4
    assert figure.quantity("women-share-of-applicants").value == Fraction(78, 5)
    assert figure.says == "Women are 15.6% of the applicants and get 4% of the places: 0.25 of their share."
    assert [step.text for step in figure.steps] == [
        "40 ÷ 1,000 = 4%", "1,560 ÷ 10,000 = 15.6%", "(40 ÷ 1,000) ÷ (1,560 ÷ 10,000) = 0.25"
    ]  # fmt: skip
    assert figure.picture.lines == (Fraction(78, 5),)


def test_a_rule_that_never_gives_women_less_than_their_share_of_applicants():
    assert fairness(300, 2000, 21, 140) == 1
    assert fairness(300, 2000, 22, 140) > 1
    assert fairness(300, 2000, 20, 140) < 1


def test_two_equal_pools_favour_whoever_applies_less():
    assert fairness(220, 1000, 75, 150) == Fraction(25, 11)


def test_without_women_who_applied_there_is_no_share_to_compare_with():
    figure = allocation(0, 100, 0, 40)
    assert figure.quantity("fairness").value is None
    assert figure.says == "No woman applied, so there is no share to compare with."


@pytest.mark.parametrize(
    ("numbers", "small"),
    [((10, 30, 10, 30), False), ((10, 29, 10, 29), True), ((40, 100, 2, 10), False)],
)
def test_under_thirty_applicants_there_is_no_verdict_and_few_places_can_be_judged(numbers, small):
    assert allocation(*numbers).small is small


def test_four_places_are_not_given_away():
    figure = allocation(156, 1000, 4, 100)
    assert (
        figure.says == "Fewer than five people stand behind one of these numbers, so they are not published."
    )
    public = public_figure(figure)
    assert [quantity.value for quantity in public.quantities] == [None, None, Fraction(78, 5)]
    assert [step.text for step in public.steps] == [None, "156 ÷ 1,000 = 15.6%", None]


def test_four_applicants_are_not_given_away_by_the_line_in_the_picture():
    figure = allocation(4, 1000, 0, 100)
    assert (figure.picture.lines, figure.picture.line) == ((), "")


@pytest.mark.parametrize(
    ("numbers", "problems"),
    [
        ((40, 100, 41, 60), {"women-places": "cannot be more than the women who applied (40)"}),
        ((40, 100, 10, 71), {"all-places": "leaves 61 places for others, of whom 60 applied"}),
        ((101, 100, 10, 70), {"women-applicants": "cannot be more than “Everybody who applied” (100)"}),
        (
            (40, 100, 0, 0),
            {"all-places": "must be more than zero"},
        ),
    ],
)
def test_counts_that_contradict_one_another(numbers, problems):
    with pytest.raises(NumbersRejected) as rejected:
        allocation(*numbers)
    assert rejected.value.problems == problems


@given(st.data())
def test_fairness(data):
    men_applied, applied = data.draw(st.integers(30, 5000)), data.draw(st.integers(1, 5000))
    men_got, got = data.draw(st.integers(1, men_applied)), data.draw(st.integers(0, applied - 1))
    numbers = (applied, applied + men_applied, got, got + men_got)
    now = fairness(*numbers)
    assert now == fairness(*(10 * number for number in numbers))
    assert fairness(applied, applied + men_applied, got + 1, got + men_got + 1) > now
    others = fairness(men_applied, applied + men_applied, men_got, got + men_got)
    assert (now >= 1) == (others <= 1)  # one side's loss is the other's gain
