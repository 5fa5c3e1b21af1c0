from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.measures import NumbersRejected, figure_of
from tests.builders import some_numbers


def staff(*rows):
    return figure_of(
        "staff-share",
        some_numbers(
            *({"label": label, "women": women, "all": everybody} for label, women, everybody in rows)
        ),
    )


def test_women_in_all_roles_and_in_the_lowest():
    figure = staff(
        ("first-aiders", 2, 4), ("marshal leads", 3, 12), ("announcers", 0, 1), ("referees", 9, 20)
    )
    assert {quantity.id: quantity.value for quantity in figure.quantities} == {
        "women-share": Fraction(1400, 37),
        "lowest-share": 0,
        "women-in-first-row": 2,
        "rows-at-45": 2,  # half of the first-aiders, and exactly 45% of the referees
    }
    assert figure.says == "Women hold 14 of 37 roles, 37.8%; 0% in “announcers”, the lowest."
    assert [(step.label, step.text) for step in figure.steps] == [
        ("All rows", "14 ÷ 37 = 37.8%"),
        ("Lowest row, “announcers”", "0 ÷ 1 = 0%"),
        ("Rows with 45% or more", "2 of 4"),
    ]


def test_every_role_is_a_share_of_its_own_and_public():
    figure = staff(("first-aiders", 2, 4), ("marshal leads", 3, 12))
    assert [(share.label, share.count, share.of) for share in figure.shares] == [
        ("first-aiders", 2, 4), ("marshal leads", 3, 12)
    ]  # fmt: skip
    assert not any(share.is_small_cell for share in figure.shares)
    assert figure.picture.shares == tuple(share.id for share in figure.shares)


def test_one_role_is_its_own_lowest():
    assert staff(("board", 2, 5)).says == "Women hold 2 of 5 roles, 40%."


@pytest.mark.parametrize(
    ("row", "problems"),
    [
        (("board", 6, 5), {"row-1.women": "cannot be more than everybody in the row (5)"}),
        (("board", 0, 0), {"row-1.all": "must be more than zero"}),
        (("", 1, 2), {"row-1.label": "is needed"}),
    ],
)
def test_rows_that_cannot_be(row, problems):
    with pytest.raises(NumbersRejected) as rejected:
        staff(row)
    assert rejected.value.problems == problems


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=1, max_size=12))
def test_share(counts):
    rows = [(f"role {place}", women, women + men) for place, (women, men) in enumerate(counts) if women + men]
    if not rows:
        return
    figure = staff(*rows)
    share, lowest = figure.quantity("women-share").value, figure.quantity("lowest-share").value
    assert 0 <= lowest <= share <= 100
    assert staff(*rows[::-1]).quantity("women-share").value == share
    assert (
        staff(*((name, women + 1, of + 1) for name, women, of in rows)).quantity("women-share").value >= share
    )
