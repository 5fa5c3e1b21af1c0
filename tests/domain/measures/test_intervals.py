from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.measures.intervals import difference, wilson


def percents(interval) -> list[float]:
    return [round(float(100 * end), 1) for end in interval]


@pytest.mark.parametrize(
    ("count", "of", "expected"),
    [
        (8, 25, [17.2, 51.6]),  # women among the starters of a small real event
        (3, 8, [13.7, 69.4]),
        (9, 17, [31.0, 73.8]),
        (13, 30, [27.4, 60.8]),  # thirty pictures
        (0, 10, [0.0, 27.8]),
        (10, 10, [72.2, 100.0]),
    ],
)
def test_wilson_intervals_of_known_counts(count, of, expected):
    assert percents(wilson(count, of)) == expected


def test_the_difference_of_two_shares_as_newcombe_gives_it():
    assert [round(float(end), 4) for end in difference(56, 70, 48, 80)] == [0.0524, 0.3339]


@pytest.mark.parametrize(("count", "of"), [(1, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_is_refused(count, of):
    with pytest.raises(ValueError, match="is no share"):
        wilson(count, of)


@given(of=st.integers(1, 10_000), data=st.data())
def test_an_interval_holds_its_share_and_stays_within_bounds(of, data):
    count = data.draw(st.integers(0, of))
    low, high = wilson(count, of)
    assert 0 <= low <= Fraction(count, of) <= high <= 1
