from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.measures import (
    MEASURES,
    Numbers,
    NumbersRejected,
    figure_of,
    public_figure,
    public_numbers,
)
from auditapp.domain.measures.drop_out import fill
from auditapp.domain.measures.figure import Figure
from tests.builders import some_numbers
from tests.domain.measures.files_read import TINY, finishing, some_results
from tests.domain.measures.worlds import given_away, published

DROP_OUT = MEASURES["drop-out"]
RACE = {"women_starters": 200, "women_finishers": 150, "men_starters": 300, "men_finishers": 270}


def race(**numbers) -> Figure:
    return figure_of("drop-out", some_numbers(**RACE | numbers))


def values(figure):
    return {quantity.id: quantity.value for quantity in figure.quantities}


def percents(share) -> list[float]:
    return [round(float(100 * end)) for end in share.interval]


def test_a_tiny_real_event_is_shown_with_its_intervals_and_gets_no_verdict():
    numbers = fill(TINY, Numbers())
    figure = figure_of("drop-out", numbers)
    women, men = figure.share("women-drop-out"), figure.share("men-drop-out")
    assert (women.count, women.of, women.percent, percents(women)) == (3, 8, Fraction(75, 2), [14, 69])
    assert (men.count, men.of, men.percent, percents(men)) == (9, 17, Fraction(900, 17), [31, 74])
    assert figure.small
    assert figure.notes == ()


def test_the_tiny_event_gives_nobody_away():
    numbers = fill(TINY, Numbers())
    shown = public_figure(figure_of("drop-out", numbers))
    assert (
        shown.says == "Fewer than five people stand behind one of these numbers, so they are not published."
    )
    assert {name: value is None for name, value in values(shown).items()} == {
        "women-drop-out": True, "men-drop-out": False, "difference": True, "difference-low": True, "difference-high": True,
    }  # fmt: skip
    assert [share.id for share in shown.shares] == ["men-drop-out"]
    assert shown.picture is None
    assert dict(public_numbers(DROP_OUT, numbers).values) == {
        "women-starters": 8, "men-starters": 17, "men-finishers": 8, "other-starters": 0, "other-finishers": 0,
    }  # fmt: skip


def test_women_minus_men_with_its_interval():
    figure = race()
    assert values(figure)["women-drop-out"] == 25
    assert values(figure)["difference"] == 15
    assert 8 < values(figure)["difference-low"] < 15 < values(figure)["difference-high"] < 23
    assert figure.says == "25% of the women and 10% of the men who started did not finish."
    assert [step.text for step in figure.steps] == [
        "50 ÷ 200 = 25%", "30 ÷ 300 = 10%", "50 ÷ 200 − 30 ÷ 300 = 15 points", "8.3 points to 22.1 points",
    ]  # fmt: skip


@pytest.mark.parametrize(("women_finishers", "asks"), [(150, True), (172, False), (178, False), (185, False)])
def test_a_large_difference_that_is_no_chance_asks_why(women_finishers, asks):
    figure = race(women_finishers=women_finishers)
    assert bool(figure.notes) is asks


def test_boston_2018_was_harder_on_men():
    figure = race(women_starters=10_000, women_finishers=9_620, men_starters=10_000, men_finishers=9_500)
    assert (values(figure)["women-drop-out"], values(figure)["men-drop-out"]) == (Fraction(19, 5), 5)
    assert values(figure)["difference-high"] < 0


def test_the_reasons_stand_beside_it_where_they_are_known():
    figure = race(women_timed_out=20, women_stopped=30, women_disqualified=0)
    reasons = {
        share.id: share.percent
        for share in figure.shares
        if share.id not in ("women-drop-out", "men-drop-out")
    }
    assert reasons == {"women-timed-out": 10, "women-stopped": 15, "women-disqualified": 0}


def test_reasons_cannot_be_more_than_did_not_finish():
    with pytest.raises(NumbersRejected) as rejected:
        race(women_timed_out=20, women_stopped=31)
    assert rejected.value.problems == {
        "women-disqualified": "makes 150 + 20 + 31 together, more than “Women who started” (200)"
    }


def test_nobody_started():
    with pytest.raises(NumbersRejected) as rejected:
        race(women_starters=0, women_finishers=0, men_starters=0, men_finishers=0)
    assert list(rejected.value.problems) == ["women-starters"]


def test_a_race_without_men_has_no_difference():
    figure = race(men_starters=0, men_finishers=0)
    assert values(figure)["difference"] is None
    assert figure.says == "25% of the women who started did not finish."
    assert not figure.small


def test_others_are_shown_apart_and_never_added_to_men():
    figure = race(other_starters=20, other_finishers=11)
    assert (figure.others.count, figure.others.of) == (9, 20)
    assert values(figure) == values(race())
    started = race(other_starters=20).others
    assert (started.count, started.of) == (20, 520)
    assert race(other_starters=0, other_finishers=0).others is None


def test_a_file_tells_reasons_only_where_it_tells_them_apart():
    women, men = (
        finishing(9_000, timed_out=2, stopped=3, disqualified=1, not_started=9),
        finishing(8_000, stopped=1),
    )
    told = fill(
        some_results(says_timed_out=True, women=women, men=men, nonbinary=finishing(7_000)), Numbers()
    )
    assert {name: int(value) for name, value in told.values.items()} == {
        "women-starters": 7, "women-finishers": 1, "women-timed-out": 2, "women-stopped": 3, "women-disqualified": 1,
        "men-starters": 2, "men-finishers": 1, "men-timed-out": 0, "men-stopped": 1, "men-disqualified": 0,
        "other-starters": 1, "other-finishers": 1,
    }  # fmt: skip
    untold = fill(some_results(women=women, men=men), Numbers())
    assert not {"women-timed-out", "women-stopped"} & untold.values.keys()


def test_a_file_in_which_nobody_finished_is_no_results_file():
    with pytest.raises(NumbersRejected):
        fill(some_results(women=finishing(unknown=9)), Numbers())


def every_race(most: int):
    for starters in range(1, most):
        for finishers in range(starters + 1):
            for timed_out in range(starters - finishers + 1):
                for stopped in range(starters - finishers - timed_out + 1):
                    numbers = some_numbers(
                        women_starters=starters, women_finishers=finishers, women_timed_out=timed_out,
                        women_stopped=stopped, men_starters=200, men_finishers=150,
                    )  # fmt: skip
                    rest = starters - finishers - timed_out - stopped
                    yield published(DROP_OUT, numbers), {
                        "starters": starters, "finishers": finishers, "timed-out": timed_out, "stopped": stopped,
                        "rest": rest, "dropped": starters - finishers,
                    }  # fmt: skip


def test_nothing_published_gives_a_small_count_away():
    assert given_away(every_race(13)) == []


COUNTS = st.one_of(st.integers(0, 4), st.integers(0, 30), st.integers(0, 3000))


@given(counts=st.tuples(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS))
def test_every_small_count_could_just_as_well_be_another(counts):
    """However large the race: somebody moved from one group to another, and nothing published changes."""

    def shown(ends: tuple[int, ...]) -> str:
        finishers, *others = ends
        return published(
            DROP_OUT,
            some_numbers(
                women_starters=sum(ends), women_finishers=finishers, women_timed_out=others[0],
                women_stopped=others[1], women_disqualified=others[2], men_starters=200, men_finishers=150,
            ),
        )  # fmt: skip

    small = {place for place, count in enumerate(counts) if 0 < count < 5}
    if not small or sum(counts) < 5:
        return
    seen = shown(counts)
    moved = set()
    for taken in range(5):
        for given_to in range(5):
            if taken != given_to and counts[taken]:
                other = list(counts)
                other[taken] -= 1
                other[given_to] += 1
                if shown(tuple(other)) == seen:
                    moved |= {taken, given_to}
    assert small <= moved
