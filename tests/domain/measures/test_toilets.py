from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.measures import NumbersRejected, figure_of
from tests.builders import some_numbers

UNITS = {"women_units": 0, "men_units": 0, "urinals": 0, "shared_units": 0}


def toilets(*, women=600, men=400, **units):
    return figure_of("toilets", some_numbers(women=women, men=men, **UNITS | units))


def parity(**numbers):
    return toilets(**numbers).quantity("queue-parity").value


@pytest.mark.parametrize(
    ("women_per_unit", "men_per_cubicle", "men_per_urinal", "queue_parity", "needed"),
    [
        (75, 400, 100, 0.71, 53),  # six hours or more, alcohol or food
        (85, 425, 125, 0.76, 64),  # six hours or more, little or none
        (100, 500, 150, 0.77, 77),  # under six hours
    ],
)
def test_following_the_guide_still_leaves_a_queue(
    women_per_unit, men_per_cubicle, men_per_urinal, queue_parity, needed
):
    people = women_per_unit * men_per_cubicle * men_per_urinal
    units = {
        "women_units": people // women_per_unit,
        "men_units": people // men_per_cubicle,
        "urinals": people // men_per_urinal,
    }
    figure = toilets(women=people, men=people, **units)
    assert round(float(figure.quantity("queue-parity").value), 2) == queue_parity
    assert figure.quantity("women-per-unit").value == women_per_unit
    assert round(float(figure.steps[-1].text.rpartition("= ")[2])) == needed


def test_a_fair_share_of_units_is_one_and_a_half_times_as_many():
    assert parity(women=300, men=300, women_units=15, men_units=4, urinals=6) == 1


def test_cubicles_for_anyone_are_split_by_load():
    figure = toilets(women=400, men=600, women_units=4, urinals=10, shared_units=8)
    assert figure.quantity("women-per-unit").value == 50  # 400 x 1.5 = 600: half of the 8 are women's
    assert figure.quantity("men-per-unit").value == Fraction(600, 14)
    assert [(row.people, row.units) for row in figure.picture.rows] == [(400, 8), (600, 14)]
    assert any("split between women and men by load" in note for note in figure.notes)


@given(women=st.integers(1, 10**5), men=st.integers(1, 10**5), shared=st.integers(1, 10**4))
def test_with_nothing_but_cubicles_for_anyone_everybody_waits_as_long(women, men, shared):
    assert parity(women=women, men=men, shared_units=shared) == 1


def test_urinals_beside_one_queue_for_everybody_are_left_out():
    figure = toilets(women=600, men=400, shared_units=24, urinals=8)
    assert figure.quantity("queue-parity").value == 1
    assert figure.quantity("women-per-unit").value == figure.quantity("men-per-unit").value * Fraction(2, 3)
    assert any("the urinals beside it are left out" in note for note in figure.notes)
    assert parity(women=600, men=400, shared_units=24, urinals=8, men_units=1) < 1


def test_units_women_can_use_are_counted():
    assert toilets(women=400, men=600, women_units=4, shared_units=8).quantity("women-units").value == 8
    assert toilets(urinals=10).quantity("women-units").value == 0


@given(
    women=st.integers(1, 10**5),
    men=st.integers(1, 10**5),
    women_units=st.integers(1, 500),
    urinals=st.integers(1, 500),
    shared=st.integers(0, 500),
    times=st.integers(2, 50),
)
def test_queues(women, men, women_units, urinals, shared, times):
    event = {
        "women": women, "men": men, "women_units": women_units, "urinals": urinals, "shared_units": shared
    }  # fmt: skip
    now = parity(**event)
    assert parity(**event | {"women_units": women_units + 1}) > now
    assert parity(**event | {"urinals": urinals + 1}) < now
    assert parity(**{name: times * number for name, number in event.items()}) == now


def test_without_a_unit_for_women_the_parity_is_nothing():
    figure = toilets(urinals=10)
    assert figure.quantity("queue-parity").value == 0
    assert figure.quantity("women-per-unit").value is None
    assert figure.says == "There is no toilet that women can use."


@pytest.mark.parametrize(
    ("numbers", "note"),
    [
        ({"men": 0, "women_units": 12}, "No men are expected, so there is no queue to compare with."),
        (
            {"women_units": 12},
            "There is no toilet that men can use, so there is no queue to compare with.",
        ),
    ],
)
def test_where_men_do_not_queue_there_is_nothing_to_compare_with(numbers, note):
    figure = toilets(**numbers)
    assert figure.quantity("queue-parity").value is None
    assert figure.quantity("women-per-unit").value == 50
    assert figure.says == "There are 50 women to a unit."
    assert note in figure.notes


def test_without_any_toilets_nothing_can_be_worked_out():
    figure = toilets()
    assert [quantity.value for quantity in figure.quantities] == [None, None, None, 0]
    assert [step.text for step in figure.steps[-2:]] == ["no unit they can use", "no unit they can use"]


def test_the_working_can_be_done_again_by_hand():
    figure = toilets(women=600, men=400, women_units=8, men_units=2, urinals=10, shared_units=4)
    assert [step.text for step in figure.steps] == [
        "600 × 1.5 = 900",
        "4 × 900 ÷ (900 + 400) = 2.7692",
        "8 + 2.7692 = 10.7692",
        "2 + 10 + 4 − 2.7692 = 13.2307",
        "600 ÷ 10.7692 = 55.71",
        "400 ÷ 13.2307 = 30.23",
        "(10.7692 ÷ 900) ÷ (13.2307 ÷ 400) = 0.36",
        "400 ÷ 13.2307 ÷ 1.5 = 20.15",
    ]
    assert figure.says == (
        "Women wait longer than men: 55.7 women to a unit, 30.2 men to a unit, queue parity 0.36 "
        "where 1 is the same wait."
    )


def test_equal_waits_are_said_in_as_many_words():
    says = toilets(women=300, men=300, women_units=15, urinals=10).says
    assert says == "Women wait no longer than men: 20 women to a unit, 30 men to a unit, queue parity 1.00."


def test_an_event_without_women_has_no_queue_of_theirs():
    with pytest.raises(NumbersRejected) as rejected:
        toilets(women=0, women_units=4)
    assert rejected.value.problems == {"women": "must be more than zero"}
