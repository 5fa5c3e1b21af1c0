from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.measures import NumbersRejected, figure_of, public_figure
from tests.builders import some_numbers

ANSWERS = {
    "women_asked": 200,
    "women_answered": 60,
    "women_welcome": 48,
    "men_asked": 300,
    "men_answered": 80,
    "men_welcome": 72,
}


def survey(**numbers):
    return figure_of("survey-gap", some_numbers(**ANSWERS | numbers))


def values(figure):
    return {quantity.id: quantity.value for quantity in figure.quantities}


def test_men_minus_women():
    figure = survey()
    assert values(figure) == {"gap": 10, "return-gap": None, "women-response": 30, "women-answered": 60}
    assert figure.says == "48 of 60 women felt welcome and safe, 80%, and 72 of 80 men, 90%."
    assert [(step.label, step.text) for step in figure.steps] == [
        ("Women who felt welcome and safe", "48 ÷ 60 = 80%"),
        ("Men who felt welcome and safe", "72 ÷ 80 = 90%"),
        ("Women who answered, of those asked", "60 ÷ 200 = 30%"),
        ("Men who answered, of those asked", "80 ÷ 300 = 26.6%"),
        ("Welcome and safe, men − women", "72 ÷ 80 − 48 ÷ 60 = 10 points"),
        ("Welcome and safe, men − women, 95% interval", "−1.8 points to 22.7 points"),
    ]
    assert figure.picture.shares == ("women-welcome", "men-welcome")
    assert figure.others is None


def test_where_women_feel_more_welcome_the_gap_is_below_zero():
    assert values(survey(women_welcome=60))["gap"] == -10


def test_who_would_return():
    figure = survey(women_return=40, men_return=60)
    assert values(figure)["return-gap"] == Fraction(25, 3)
    assert "60 ÷ 80 − 40 ÷ 60 = 8.3 points" in [step.text for step in figure.steps]


def test_whoever_is_neither_is_counted_apart_and_never_added_to_men():
    figure = survey(other_answered=12)
    assert (figure.others.count, figure.others.of) == (12, 152)
    assert values(figure) == values(survey())


@pytest.mark.parametrize(("women", "men", "small"), [(30, 30, False), (29, 80, True), (60, 29, True)])
def test_under_thirty_answers_there_is_no_verdict(women, men, small):
    numbers = {
        "women_answered": women,
        "women_welcome": women // 2,
        "men_answered": men,
        "men_welcome": men // 2,
    }
    assert survey(**numbers).small is small


def test_four_women_who_did_not_feel_welcome_are_not_given_away():
    figure = survey(women_welcome=56, women_return=50, men_return=70)
    assert (
        figure.says == "Fewer than five people stand behind one of these numbers, so they are not published."
    )
    public = public_figure(figure)
    assert values(public)["gap"] is None
    assert values(public)["return-gap"] == Fraction(25, 6)
    texts = {step.label: step.text for step in public.steps}
    assert texts["Women who felt welcome and safe"] is None
    assert texts["Welcome and safe, men − women"] is None
    assert texts["Welcome and safe, men − women, 95% interval"] is None
    assert texts["Men who felt welcome and safe"] == "72 ÷ 80 = 90%"


def test_four_women_who_answered_are_not_given_away():
    public = public_figure(survey(women_answered=4, women_welcome=4))
    assert (values(public)["women-answered"], values(public)["women-response"]) == (None, None)


def test_without_answers_there_is_no_gap():
    figure = survey(women_answered=0, women_welcome=0)
    assert values(figure)["gap"] is None
    assert values(figure)["women-answered"] == 0
    assert values(figure)["women-response"] == 0
    assert figure.small
    assert figure.says == "Without answers of both women and men there is no gap to tell."
    assert figure.picture.shares == ("men-welcome",)


def test_a_survey_of_nobody_has_no_response():
    nobody = {"women_asked": 0, "women_answered": 0, "women_welcome": 0}
    assert values(survey(**nobody))["women-response"] is None


@pytest.mark.parametrize(
    ("numbers", "problems"),
    [
        ({"women_answered": 201}, {"women-answered": "cannot be more than “Women asked” (200)"}),
        ({"men_welcome": 81}, {"men-welcome": "cannot be more than “Men who answered” (80)"}),
        ({"women_return": 40}, {"men-return": "is needed beside “Women who would return”"}),
    ],
)
def test_counts_that_contradict_one_another(numbers, problems):
    with pytest.raises(NumbersRejected) as rejected:
        survey(**numbers)
    assert rejected.value.problems == problems


@given(women=st.integers(0, 59), men=st.integers(0, 80), times=st.integers(2, 20))
def test_gap(women, men, times):
    gap = values(survey(women_welcome=women, men_welcome=men))["gap"]
    assert -100 <= gap <= 100
    assert values(survey(women_welcome=women + 1, men_welcome=men))["gap"] < gap
    larger = {
        name: times * count
        for name, count in (ANSWERS | {"women_welcome": women, "men_welcome": men}).items()
    }
    assert values(survey(**larger))["gap"] == gap
    swapped = survey(women_answered=80, women_welcome=men, men_answered=60, men_welcome=women)
    assert values(swapped)["gap"] == -gap
