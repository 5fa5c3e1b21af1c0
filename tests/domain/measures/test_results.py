from collections import Counter
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.measures import Gender, Group, Results


def finishing(*times: int, **more: int) -> Group:
    return Group(times=Counter(times), **more)


def test_everybody_started_but_those_marked_as_not_started():
    group = finishing(3600, 3700, untimed=1, timed_out=2, stopped=3, disqualified=4, not_started=5, unknown=6)
    assert (group.finishers, group.starters) == (3, 18)


@pytest.mark.parametrize(
    ("times", "middle"), [((), None), ((5,), 5), ((5, 8), Fraction(13, 2)), ((9, 5, 5), 5), ((1, 2, 2, 9), 2)]
)
def test_the_median_is_exact(times, middle):
    assert finishing(*times).median == middle


@given(st.lists(st.integers(1, 50), min_size=1))
def test_the_median_is_that_of_the_standard_library(times):
    assert finishing(*times).median == Fraction(median(times))


def test_who_had_finished_by_then_counts_that_second_too():
    group = finishing(10, 10, 20, 30)
    assert group.finished_by([5, 10, 19, 20, 99]) == [0, 2, 2, 3, 4]


def test_groups_add_up():
    group = finishing(10, untimed=1)
    group.add(finishing(10, 20, untimed=1, timed_out=2, stopped=3, disqualified=4, not_started=5, unknown=6))
    assert group == finishing(
        10, 10, 20, untimed=2, timed_out=2, stopped=3, disqualified=4, not_started=5, unknown=6
    )


def test_results_are_asked_by_gender():
    groups = {gender: Group() for gender in Gender}
    assert Results(groups=groups, lines=0, left_out=0)[Gender.WOMEN] is groups[Gender.WOMEN]
