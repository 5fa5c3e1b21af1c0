from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.measures import MEASURES, Numbers, NumbersRejected, Row, figure_of, public_figure
from auditapp.domain.measures.pacers import fill
from tests.builders import some_numbers
from tests.domain.measures.files_read import finishing, some_results
from tests.domain.measures.worlds import given_away, published

PACERS = MEASURES["pacers"]
RACE = {"women": 200, "men": 300, "women_pacers": 2, "all_pacers": 5}
TWO = (
    {"time": "1:45:00", "women_near": 40, "men_near": 150},
    {"time": "2:00:00", "women_near": 60, "men_near": 120},
)


def race(*rows, **numbers):
    return figure_of("pacers", some_numbers(*(rows or TWO), **RACE | numbers))


def values(figure):
    return {quantity.id: quantity.value for quantity in figure.quantities}


def pacing(*times: str) -> Numbers:
    return some_numbers(*({"time": time} for time in times), women_pacers=2, all_pacers=5)


def test_who_has_a_pacer_near():
    figure = race()
    assert values(figure) == {
        "women-covered": 50, "men-covered": 90, "covered-difference": 40, "women-pacers-share": 40,
    }  # fmt: skip
    assert figure.says == "50% of the women and 90% of the men finished within 5% of a pacer’s time."
    assert [step.text for step in figure.steps] == [
        "40 + 60 = 100", "100 ÷ 200 = 50%", "150 + 120 = 270", "270 ÷ 300 = 90%", "2 ÷ 5 = 40%",
    ]  # fmt: skip


def test_the_picture_shows_each_pacer_and_those_nobody_paces():
    assert [(bar.label, bar.women, bar.line) for bar in race().picture.rows] == [
        ("1:45:00", 20, 50), ("2:00:00", 30, 40), ("no pacer near", 50, 10),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("women", "men", "small"), [(200, 300, False), (200, 0, False), (29, 300, True), (200, 29, True)]
)
def test_under_thirty_finishers_there_is_no_verdict(women, men, small):
    row = {"time": "1:45:00", "women_near": 0, "men_near": 0}
    figure = race(row, women=women, men=men)
    assert figure.small is small
    assert (values(figure)["covered-difference"] is None) is (men == 0)


def test_without_pacers_there_is_no_share_of_them():
    assert values(race(women_pacers=0, all_pacers=0))["women-pacers-share"] is None


@pytest.mark.parametrize(
    ("numbers", "problems"),
    [
        (
            {"women": 99},
            {"women": "is fewer than the 100 near the pacers; count everybody once, at the nearest pacer"},
        ),
        ({"women": 0, "men": 0}, {"women": "count at least one woman or man who finished"}),
        ({"women_pacers": 6}, {"women-pacers": "cannot be more than “Everybody pacing” (5)"}),
    ],
)
def test_numbers_that_contradict_one_another_are_refused_where_they_stand(numbers, problems):
    with pytest.raises(NumbersRejected) as rejected:
        race(**numbers)
    assert rejected.value.problems == problems


def test_a_file_counts_everybody_once_at_the_nearest_pacer():
    women = finishing(5_985, 6_615, 6_616, 6_650, 6_840, 7_560, 7_561)
    numbers = fill(some_results(women=women, men=finishing(6_300, untimed=9)), pacing("1:45:00", "2:00:00"))
    assert [dict(row.cells) for row in numbers.rows] == [
        {"time": 6300, "women-near": 2, "men-near": 1},
        {"time": 7200, "women-near": 2, "men-near": 0},
    ]
    assert numbers.values == {"women": 7, "men": 1, "women-pacers": 2, "all-pacers": 5}
    assert numbers.source == "results.csv"


def test_of_two_pacers_equally_near_it_is_the_faster_one():
    numbers = fill(some_results(women=finishing(6_200)), pacing("1:41:40", "1:45:00"))
    assert [row.cells["women-near"] for row in numbers.rows] == [1, 0]


def test_a_slower_pacer_within_reach_counts_where_the_nearest_is_out_of_reach():
    numbers = fill(some_results(women=finishing(1_052)), Numbers(rows=tuple(
        Row(cells={"time": Fraction(time)}) for time in (1_000, 1_106)
    )))  # fmt: skip
    assert [row.cells["women-near"] for row in numbers.rows] == [0, 1]


@pytest.mark.parametrize(
    ("entered", "results", "place"),
    [
        (some_numbers(women_pacers=2), some_results(women=finishing(6_000)), "rows"),
        (pacing("1:45:00"), some_results(women=finishing(stopped=3)), "women"),
    ],
)
def test_what_a_file_needs_beside_it(entered, results, place):
    with pytest.raises(NumbersRejected) as rejected:
        fill(results, entered)
    assert list(rejected.value.problems) == [place]


@given(
    times=st.lists(st.integers(3_000, 20_000), min_size=1, max_size=60),
    pacers=st.lists(st.integers(3_000, 20_000), min_size=1, max_size=8, unique=True),
)
def test_whoever_is_counted_is_within_reach_and_nobody_twice(times, pacers):
    entered = Numbers(rows=tuple(Row(cells={"time": Fraction(time)}) for time in pacers))
    numbers = fill(some_results(women=finishing(*times)), entered)
    near = sum(int(row.cells["women-near"]) for row in numbers.rows)
    assert near == sum(any(20 * abs(time - pacer) <= pacer for pacer in pacers) for time in times)


def test_a_pacer_with_few_women_is_shown_with_none():
    few = {"time": "1:30:00", "women_near": 3, "men_near": 30}
    shown = public_figure(race(few, *TWO))
    assert [bar.label for bar in shown.picture.rows] == ["1:45:00", "no pacer near"]
    assert [step.text for step in shown.steps][:2] == [None, "103 ÷ 200 = 51.5%"]


def test_a_race_with_many_pacers_is_summed_in_the_table():
    rows = [{"time": 6000 + 60 * place, "women_near": 10, "men_near": 10} for place in range(13)]
    assert next(step.text for step in race(*rows).steps) == "130 ÷ 200 = 65%"


def every_race(most: int):
    for women in range(1, most):
        for first in range(women + 1):
            for second in range(women - first + 1):
                rows = (
                    {"time": "1:45:00", "women_near": first, "men_near": 100},
                    {"time": "2:00:00", "women_near": second, "men_near": 50},
                )
                numbers = some_numbers(*rows, women=women, men=200, women_pacers=1, all_pacers=2)
                rest = women - first - second
                world = {
                    "women": women,
                    "first": first,
                    "second": second,
                    "both": first + second,
                    "rest": rest,
                }
                yield published(PACERS, numbers), world


def test_nothing_published_gives_a_small_count_away():
    assert given_away(every_race(20)) == []
