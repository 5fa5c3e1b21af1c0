from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.measures import NumbersRejected, figure_of
from tests.builders import some_numbers


def coverage(*rows):
    return figure_of(
        "coverage-share",
        some_numbers(*({"label": label, "women": women, "men": men} for label, women, men in rows)),
    )


def test_the_lowest_kind_of_coverage_counts():
    figure = coverage(("live video, minutes", "12.5", 40), ("posts on race day", 8, 9))
    assert figure.quantity("women-share").value == Fraction(500, 21)
    assert figure.quantity("women-share-highest").value == Fraction(800, 17)
    assert figure.says == "The women’s race gets 23.8% of “live video, minutes”, the lowest of 2 rows."
    assert [(step.label, step.text) for step in figure.steps] == [
        ("Lowest share, “live video, minutes”", "12.5 ÷ (12.5 + 40) = 23.8%"),
        ("Highest share, “posts on race day”", "8 ÷ (8 + 9) = 47.05%"),
    ]
    assert [(bar.label, bar.line, bar.says) for bar in figure.picture.rows] == [
        ("live video, minutes", 50, "12.5 of 52.5"), ("posts on race day", 50, "8 of 17")
    ]  # fmt: skip


def test_equal_space_is_half():
    figure = coverage(("words in the first report", 400, 400))
    assert figure.quantity("women-share").value == figure.quantity("women-share-highest").value == 50
    assert figure.says == "The women’s race gets 50% of “words in the first report”."
    assert [(step.label, step.text) for step in figure.steps] == [
        ("Share, “words in the first report”", "400 ÷ (400 + 400) = 50%")
    ]


def test_a_row_about_neither_race_is_taken_out():
    with pytest.raises(NumbersRejected) as rejected:
        coverage(("video", 10, 20), ("radio", 0, 0))
    assert rejected.value.problems == {"row-2.women": "is 0 for both: take this row out"}


def test_a_long_name_does_not_burst_the_sentence():
    assert len(coverage(("minutes " * 25, 10, 20)).says) < 150


rows = st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)), min_size=1, max_size=10)


@given(rows=rows, times=st.integers(2, 100))
def test_share(rows, times):
    named = [(f"row {place}", women, men) for place, (women, men) in enumerate(rows)]
    figure = coverage(*named)
    low, high = (figure.quantity(name).value for name in ("women-share", "women-share-highest"))
    assert 0 <= low <= high <= 100
    assert coverage(*named[::-1]).quantity("women-share").value == low
    assert (
        coverage(*((name, times * w, times * m) for name, w, m in named)).quantity("women-share").value == low
    )
    more = coverage(*((name, women + 1, men) for name, women, men in named))
    assert more.quantity("women-share").value > low
