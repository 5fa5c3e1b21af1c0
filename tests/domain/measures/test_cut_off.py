from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.measures import (
    MEASURES,
    MeasureUse,
    Numbers,
    NumbersRejected,
    figure_of,
    public_figure,
    public_numbers,
    thresholds,
)
from auditapp.domain.measures.cut_off import fill
from auditapp.domain.measures.figure import Bullets, Curve
from auditapp.domain.measures.numbers import seconds
from tests.builders import some_numbers
from tests.domain.measures.files_read import TINY, finishing, some_results
from tests.domain.measures.worlds import given_away, published

CUT_OFF = MEASURES["cut-off"]
RACE: dict[str, Any] = {
    "limit": "6:00:00",
    "women_starters": 500,
    "women_finishers": 440,
    "women_timed_out": 40,
    "women_median": "4:43:00",
    "men_starters": 800,
    "men_finishers": 760,
    "men_timed_out": 20,
    "men_median": "4:17:00",
}


def race(*rows, **numbers):
    return figure_of("cut-off", some_numbers(*rows, **RACE | numbers))


def without(*names: str):
    return {name: value for name, value in RACE.items() if name not in names}


def values(figure):
    return {quantity.id: quantity.value for quantity in figure.quantities}


def texts(figure):
    return {step.label: step.text for step in figure.steps}


@pytest.mark.parametrize(
    ("limit", "men", "women", "equal"),
    [
        ("5:30:00", 1.28, 1.17, "6:03"),
        ("6:00:00", 1.40, 1.27, "6:36"),
        ("6:30:00", 1.52, 1.38, "7:09"),
        ("7:00:00", 1.63, 1.48, "7:42"),
        ("8:00:00", 1.87, 1.70, "8:49"),
    ],
)
def test_the_same_limit_leaves_a_different_margin(limit, men, women, equal):
    figure = race(limit=limit)
    found = values(figure)
    assert round(float(found["men-headroom"]), 2) == men
    assert round(float(found["women-headroom"]), 2) == women
    same = seconds(texts(figure)["Limit with which women have the men’s headroom"].split(" = ")[1])
    assert same is not None
    assert round(same / 60) * 60 == seconds(f"{equal}:00")


def test_headroom_and_removal_are_two_notions_and_both_are_there():
    figure = race()
    assert values(figure) == {
        "women-headroom": Fraction(360, 283),
        "men-headroom": Fraction(360, 257),
        "headroom-gap": Fraction(2600, 283),
        "women-removed": 8,
        "men-removed": Fraction(5, 2),
        "removed-difference": Fraction(11, 2),
        "removed-difference-low": figure.quantity("removed-difference-low").value,
    }
    assert 3 < figure.quantity("removed-difference-low").value < 4
    assert figure.says == (
        "The limit of 6:00:00 is 1.27 times the women’s median time and 1.4007 times the men’s median time; "
        "it removed 8% of the women and 2.5% of the men who started."
    )
    assert figure.notes == (
        "People who never entered because of the limit are not in these numbers.",
        "Equal headroom and equal shares removed are two notions of fairness. They can disagree, so both are shown and "
        "they are not mixed; neither says that women need a longer limit of their own.",
    )


def test_the_working_can_be_done_again_by_hand():
    assert [(step.label, step.text) for step in race().steps] == [
        ("Women’s headroom, limit ÷ median", "6:00:00 ÷ 4:43:00 = 1.27"),
        ("Men’s headroom, limit ÷ median", "6:00:00 ÷ 4:17:00 = 1.4007"),
        ("Gap between the headrooms, in percent of the men’s", "1 − 4:17:00 ÷ 4:43:00 = 9.1%"),
        ("Limit with which women have the men’s headroom", "6:00:00 × 4:43:00 ÷ 4:17:00 = 6:36:25"),
        ("Women timed out, of those who started", "40 ÷ 500 = 8%"),
        ("Men timed out, of those who started", "20 ÷ 800 = 2.5%"),
        ("Removed, women − men", "40 ÷ 500 − 20 ÷ 800 = 5.5 points"),
        ("Removed, women − men, 95% interval", "3 points to 8.3 points"),
        ("Share of women ÷ share of men", "(40 ÷ 500) ÷ (20 ÷ 800) = 3.20"),
    ]  # fmt: skip


def test_without_timed_out_counted_apart_nobody_knows_whom_the_limit_removed():
    figure = figure_of("cut-off", some_numbers(**without("women_timed_out", "men_timed_out")))
    assert values(figure)["women-removed"] is None
    assert values(figure)["removed-difference"] is None
    assert values(figure)["women-headroom"] == Fraction(360, 283)
    assert figure.notes[-1].startswith("Whom the limit removed is known only where")
    use = MeasureUse(
        name="cut-off", grades={"full": (thresholds.Test(figure="women-removed", at_most=Fraction(5)),)}
    )
    assert use.grade(figure, ("none", "full")) is None


def test_nobody_timed_out_among_the_men_is_said():
    assert texts(race(men_timed_out=0))["Share of women ÷ share of men"] == "no man was timed out"


@pytest.mark.parametrize(
    ("women", "men", "small"), [(30, 30, False), (29, 800, True), (500, 29, True), (500, 0, False)]
)
def test_under_thirty_starters_there_is_no_verdict(women, men, small):
    numbers = {
        "women_starters": women, "women_finishers": women, "women_timed_out": 0,
        "men_starters": men, "men_finishers": men, "men_timed_out": 0,
    }  # fmt: skip
    figure = race(**numbers)
    assert figure.small is small
    use = MeasureUse(
        name="cut-off", grades={"full": (thresholds.Test(figure="women-headroom", at_least=Fraction(1)),)}
    )
    assert (use.grade(figure, ("none", "full")) is None) is small


def test_a_race_without_men_is_judged_by_the_womens_headroom():
    figure = race(men_starters=0, men_finishers=0, men_timed_out=0)
    assert values(figure)["men-headroom"] is None
    assert values(figure)["removed-difference"] is None
    assert figure.says == (
        "The limit of 6:00:00 is 1.27 times the women’s median time; it removed 8% of the women who started."
    )


def test_a_median_of_few_finishers_is_shown_and_not_judged():
    figure = race(women_finishers=20, women_timed_out=470)
    assert not figure.small
    assert {quantity.id for quantity in figure.quantities if quantity.small} == {
        "women-headroom",
        "headroom-gap",
    }
    assert figure.notes[-1].startswith("About 30 or fewer of a gender finished")
    headroom, removed = (
        thresholds.Test(figure="women-headroom", at_least=Fraction(1)),
        thresholds.Test(figure="women-removed", at_most=Fraction(5)),
    )
    assert (headroom.holds(figure), removed.holds(figure)) == (None, False)


def test_nobody_finished():
    figure = race(women_finishers=0, women_timed_out=500, men_finishers=0, men_timed_out=800)
    assert values(figure)["women-headroom"] is None
    assert figure.says.startswith(
        "The limit of 6:00:00 is a time in which nobody finished; it removed 100% of the women"
    )
    assert figure.picture is None


@pytest.mark.parametrize(
    ("numbers", "rows", "problems"),
    [
        ({"women_median": None}, (), {"women-median": "is needed, because 440 women finished"}),
        (
            {"women_timed_out": 61},
            (),
            {"women-finishers": "makes 61 + 440 together, more than “Women who started” (500)"},
        ),
        ({"women_finishers": 501}, (), {"women-finishers": "cannot be more than “Women who started” (500)"}),
        (
            {},
            (("5:00:00", 400, 700), ("5:00:00", 399, 761)),
            {
                "row-2.time": "must be later than the time of the row before",
                "row-2.women": "counts everybody so far: not fewer than the row before",
                "row-2.men": "cannot be more than finished (760)",
            },
        ),
    ],
)
def test_numbers_that_contradict_one_another_are_refused_where_they_stand(numbers, rows, problems):
    given = {name: value for name, value in (RACE | numbers).items() if value is not None}
    cells = [{"time": time, "women": women, "men": men} for time, women, men in rows]
    with pytest.raises(NumbersRejected) as rejected:
        figure_of("cut-off", some_numbers(*cells, **given))
    assert rejected.value.problems == problems


def test_without_a_curve_the_headrooms_are_drawn():
    picture = race().picture
    assert isinstance(picture, Bullets)
    assert [(bar.women, bar.line) for bar in picture.rows] == [(Fraction(360, 283), Fraction(360, 257))]


def test_a_curve_tells_what_another_limit_would_do():
    rows = [
        {"time": "5:45:00", "women": 400, "men": 740},
        {"time": "6:00:00", "women": 420, "men": 750},
        {"time": "6:07:00", "women": 425, "men": 755},
        {"time": "6:15:00", "women": 434, "men": 760},
    ]
    figure = race(*rows)
    what_if = [(step.label, step.text) for step in figure.steps[-3:]]
    assert what_if == [
        ("What if the limit were 5:45:00: who took longer", "women 40 of 440 (9.09%), men 20 of 760 (2.6%)"),
        ("Finishers who took longer than the limit", "women 20 of 440 (4.5%), men 10 of 760 (1.3%)"),
        ("What if the limit were 6:15:00: who took longer", "women 6 of 440 (1.3%), men 0 of 760 (0%)"),
    ]
    assert isinstance(figure.picture, Curve)
    assert (figure.picture.of_women, figure.picture.of_men, figure.picture.limit) == (500, 800, 21_600)
    assert [(point.women, point.men) for point in figure.picture.points] == [
        (400, 740),
        (420, 750),
        (425, 755),
        (434, 760),
    ]


def test_others_are_shown_apart_and_never_added_to_men():
    figure = race(other_starters=12)
    assert (figure.others.count, figure.others.of) == (12, 1312)
    assert values(figure) == values(race())
    assert public_figure(race(other_starters=3)).others is None
    assert race(other_starters=0).others is None


def test_a_file_fills_in_everything_but_the_limit():
    women = finishing(*([17_000] * 40), *([21_900] * 10), timed_out=6, stopped=9, not_started=3)
    men = finishing(*([15_000] * 50), 15_001, timed_out=0, stopped=5, disqualified=1)
    results = some_results(
        says_timed_out=True,
        women=women,
        men=men,
        nonbinary=finishing(16_000),
        undisclosed=finishing(unknown=2),
    )
    numbers = fill(results, some_numbers(limit="6:00:00"))
    assert {name: int(value) for name, value in numbers.values.items()} == {
        "limit": 21_600,
        "women-starters": 65, "women-finishers": 50, "women-timed-out": 6, "women-stopped": 9, "women-median": 17_000,
        "men-starters": 57, "men-finishers": 51, "men-timed-out": 0, "men-stopped": 5, "men-median": 15_000,
        "other-starters": 3,
    }  # fmt: skip
    assert numbers.source == "results.csv"
    times = [int(row.cells["time"]) for row in numbers.rows]
    assert times == sorted(set(times))
    assert times[0] == 15_000
    assert {21_600 + 900 * step for step in range(-4, 5)} <= set(times)
    assert all(time % 300 == 0 for time in times)
    last = numbers.rows[-1].cells
    assert (last["women"], last["men"]) == (50, 51)
    figure = figure_of("cut-off", numbers)
    assert (
        texts(figure)["Finishers who took longer than the limit"] == "women 10 of 50 (20%), men 0 of 51 (0%)"
    )


def test_a_file_that_does_not_tell_timed_out_apart_keeps_what_was_typed():
    results = some_results(women=finishing(17_000, stopped=9), men=finishing(15_000))
    typed = some_numbers(limit="6:00:00", women_timed_out=6)
    numbers = fill(results, typed)
    assert numbers.get("women-timed-out") == 6
    assert numbers.get("women-stopped") is None
    assert fill(results, numbers).get("women-timed-out") is None


def test_a_file_without_men_is_read():
    numbers = fill(some_results(women=finishing(*[17_000] * 40)), some_numbers(limit="6:00:00"))
    assert (numbers.get("men-starters"), numbers.get("men-median")) == (0, None)
    figure = figure_of("cut-off", numbers)
    assert texts(figure)["Finishers who took longer than the limit"] == "women 0 of 40 (0%)"


def test_finishers_without_a_time_leave_no_curve():
    results = some_results(women=finishing(17_000, untimed=4), men=finishing(15_000))
    numbers = fill(results, some_numbers(limit="6:00:00"))
    assert numbers.get("women-finishers") == 5
    assert numbers.rows == ()


@pytest.mark.parametrize(
    ("entered", "results", "place"),
    [
        (Numbers(), TINY, "limit"),
        (some_numbers(limit="6:00:00"), some_results(women=finishing(stopped=3)), "rows"),
    ],
)
def test_what_a_file_needs_beside_it(entered, results, place):
    with pytest.raises(NumbersRejected) as rejected:
        fill(results, entered)
    assert list(rejected.value.problems) == [place]


@given(
    fastest=st.integers(600, 400_000),
    spread=st.integers(0, 3_000_000),
    limit=st.integers(1, 3_600_000),
)
def test_a_curve_fits_its_table_however_long_the_race(fastest, spread, limit):
    results = some_results(women=finishing(fastest, fastest + spread), men=finishing(fastest + spread // 2))
    numbers = fill(results, Numbers(values={"limit": Fraction(limit)}))
    assert len(numbers.rows) < 400
    times = [row.cells["time"] for row in numbers.rows]
    assert times[0] >= fastest
    assert times[-1] >= fastest + spread
    assert (numbers.rows[-1].cells["women"], numbers.rows[-1].cells["men"]) == (2, 1)


def test_a_tiny_real_event_gets_no_verdict_and_gives_nobody_away():
    numbers = fill(TINY, some_numbers(limit="18:00:00"))
    figure = figure_of("cut-off", numbers)
    assert figure.small
    assert numbers.get("women-median") == 54_000
    shown = public_figure(figure)
    assert values(shown)["women-headroom"] is None
    assert shown.picture is None
    assert "women-finishers" in public_numbers(CUT_OFF, numbers).withheld


def every_women_s_race(starters: int, fewest: int = 0, most_timed_out: int = 99):
    for finishers in range(fewest, starters + 1):
        for timed_out in range(min(most_timed_out, starters - finishers) + 1):
            for by_then in range(finishers + 1):
                numbers = some_numbers(
                    {"time": "1:45:00", "women": by_then, "men": 100},
                    limit="2:00:00", women_starters=starters, women_finishers=finishers, women_timed_out=timed_out,
                    men_starters=200, men_finishers=150, men_timed_out=20, men_median="1:31:40",
                    **({"women_median": "1:40:00"} if finishers else {}),
                )  # fmt: skip
                world = {
                    "finishers": finishers, "timed-out": timed_out, "stopped": starters - finishers - timed_out,
                    "not-finished": starters - finishers, "before": by_then, "later": finishers - by_then,
                }  # fmt: skip
                yield published(CUT_OFF, numbers), world


@pytest.mark.parametrize("starters", [6, 11, 16])
def test_nothing_published_gives_a_small_count_away(starters):
    assert given_away(every_women_s_race(starters)) == []


def test_nor_does_the_line_at_thirty_finishers():
    worlds = every_women_s_race(33, fewest=24, most_timed_out=6)
    assert given_away(worlds, within=lambda world: world["finishers"] > 25 and world["timed-out"] < 6) == []
