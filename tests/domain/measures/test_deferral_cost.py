from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.measures import NumbersRejected, figure_of
from tests.builders import some_numbers


def deferral(fee=80, lost=0, new_fee=0):
    return figure_of("deferral-cost", some_numbers(fee=fee, lost=lost, new_fee=new_fee, unit="pounds"))


@pytest.mark.parametrize(
    ("numbers", "cost"),
    [
        ({"lost": 0, "new_fee": 0}, 0),  # carried over free, or paid back in full
        ({"lost": 80, "new_fee": 0}, 100),  # nothing back
        ({"lost": 80, "new_fee": 80}, 200),  # a right to buy the same place again
        ({"lost": 40, "new_fee": 0}, 50),
        ({"lost": 0, "new_fee": "2.50"}, Fraction(25, 8)),
    ],
)
def test_what_a_deferral_costs(numbers, cost):
    assert deferral(**numbers).quantity("cost").value == cost


def test_the_result_in_a_sentence_the_working_and_the_picture():
    figure = deferral(lost="7.50", new_fee=85)
    assert figure.says == "Moving the place costs £92.50 on a fee of £80, 115.6% of it."
    assert [step.text for step in figure.steps] == ["7.50 + 85 = 92.50", "92.50 ÷ 80 = 115.6%"]
    (bar,) = figure.picture.rows
    assert (bar.women, bar.line, bar.says) == (0, 80, "£92.50 gone")


def test_a_place_carried_over_free():
    figure = deferral()
    assert figure.says == "Moving the place costs nothing."
    assert (figure.picture.rows[0].women, figure.picture.rows[0].says) == (80, "nothing lost")


@pytest.mark.parametrize(
    ("numbers", "problems"),
    [
        ({"lost": 81}, {"lost": "cannot be more than the fee paid (£80)"}),
        ({"fee": 0}, {"fee": "must be more than zero"}),
    ],
)
def test_numbers_that_contradict_one_another(numbers, problems):
    with pytest.raises(NumbersRejected) as rejected:
        deferral(**numbers)
    assert rejected.value.problems == problems


@given(fee=st.integers(1, 10**6), lost=st.integers(0, 10**6), new_fee=st.integers(0, 10**6))
def test_cost(fee, lost, new_fee):
    lost = min(lost, fee)
    cost = deferral(fee, lost, new_fee).quantity("cost").value
    assert cost >= 0
    assert (cost == 0) == (lost == new_fee == 0)
    assert deferral(100 * fee, 100 * lost, 100 * new_fee).quantity("cost").value == cost
