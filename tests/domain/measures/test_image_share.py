from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.measures import NumbersRejected, figure_of
from tests.builders import some_numbers


def images(*, women=13, men=17, unclear=0, pictures=30, **more):
    return figure_of(
        "image-share", some_numbers(women=women, men=men, unclear=unclear, pictures=pictures, **more)
    )


def test_thirty_pictures_show_little():
    figure = images()
    assert figure.quantity("women-share").value == Fraction(1300, 30)
    low, high = (figure.quantity(name).value for name in ("share-low", "share-high"))
    assert (round(float(low)), round(float(high))) == (27, 61)
    assert not figure.small
    assert figure.notes == (
        "The same count would fit every share from 27.4% to 60.8%.",
        "30 pictures cannot show a trend: count 60 or more before you say it rose or fell.",
    )


def test_sixty_pictures_may_show_a_trend():
    notes = images(women=30, men=30, pictures=60).notes
    assert [note for note in notes if "trend" in note] == []


def test_one_picture_is_called_one():
    assert "1 picture cannot show a trend" in images(pictures=1).notes[1]


def test_nobody_is_counted_by_guess():
    figure = images(unclear=9)
    assert (figure.share("women").count, figure.share("women").of) == (13, 30)
    assert figure.notes[-1].startswith("Nobody is counted by guess: 9 more")


def test_pictures_are_held_against_the_starters_and_against_half():
    figure = images(women_share_of_field=40)
    assert figure.quantity("share-to-field").value == Fraction(13, 12)
    assert figure.picture.lines == (50, 40)
    assert figure.picture.line == "half, and women’s share of the starters, 40%"
    assert figure.steps[-1].text == "13 ÷ 30 ÷ 40% = 1.08"


@pytest.mark.parametrize("share", [{}, {"women_share_of_field": 0}])
def test_without_women_among_the_starters_there_is_no_such_ratio(share):
    figure = images(**share)
    assert figure.quantity("share-to-field").value is None
    assert len(figure.steps) == 2


def test_under_thirty_people_are_shown_and_not_judged():
    assert images(women=20, men=9, pictures=12).small
    assert not images(women=20, men=10, pictures=12).small


def test_people_in_pictures_are_no_participants():
    assert not images(women=1, men=40).share("women").is_small_cell


def test_the_result_in_a_sentence_and_the_working():
    figure = images()
    assert figure.says == "Women are 13 of the 30 people who could be told in the pictures, 43.3%."
    assert [step.text for step in figure.steps] == ["13 ÷ (13 + 17) = 43.3%", "27.4% to 60.8%"]


@pytest.mark.parametrize(
    ("numbers", "problems"),
    [
        ({"women": 0, "men": 0, "unclear": 30}, {"women": "count at least one woman or man"}),
        (
            {"women": 3, "men": 4, "unclear": 1, "pictures": 9},
            {"pictures": "every picture shows somebody, and you counted 8 people"},
        ),
        ({"pictures": 0}, {"pictures": "must be more than zero"}),
    ],
)
def test_counts_that_contradict_one_another(numbers, problems):
    with pytest.raises(NumbersRejected) as rejected:
        images(**numbers)
    assert rejected.value.problems == problems


@given(women=st.integers(0, 500), men=st.integers(0, 500))
def test_women_and_men_share_the_pictures(women, men):
    if not women + men:
        return
    share = images(women=women, men=men, pictures=1)
    other = images(women=men, men=women, pictures=1)
    assert share.quantity("women-share").value + other.quantity("women-share").value == 100
    assert share.quantity("share-low").value + other.quantity("share-high").value == pytest.approx(100)
