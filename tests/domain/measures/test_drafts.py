from fractions import Fraction

import pytest

from auditapp.domain.measures import Numbers, Row, is_empty, only_missing

HALF_DONE = Numbers(
    values={"women": Fraction(0)},
    choices={"field": "marathon"},
    rows=(Row(label="Video", cells={"women": Fraction(3)}), Row(cells={"men": Fraction(4)})),
)


@pytest.mark.parametrize("place", ["men", "row-1.men", "row-2.women", "row-2.label"])
def test_a_place_without_a_number_is_empty(place: str):
    assert is_empty(HALF_DONE, place)


@pytest.mark.parametrize(
    "place",
    ["women", "field", "unit", "rows", "row-1.women", "row-1.label", "row-3.women", "row-0.men", "row-x.men"],
)
def test_a_place_that_holds_something_or_is_none_of_the_numbers_is_not(place: str):
    assert not is_empty(HALF_DONE, place)


def test_a_table_without_rows_is_empty():
    assert is_empty(Numbers(values={"women": Fraction(3)}), "rows")


def test_one_mistake_among_what_is_missing_is_a_mistake():
    assert only_missing(HALF_DONE, {"men": "is needed", "row-1.men": "is needed"})
    assert not only_missing(HALF_DONE, {"men": "is needed", "women": "must be more than zero"})
