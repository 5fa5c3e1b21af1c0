import re
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.rendering import charts

LEVELS: list[tuple[str, Fraction, charts.Reach]] = [
    ("Foundation", Fraction(1, 2), "reached"),
    ("Established", Fraction(3, 4), "next"),
    ("Leading", Fraction(9, 10), "later"),
]


def test_a_bar_is_solid_for_evidence_and_hatched_for_declarations():
    bar = charts.bar(27, 42, 19, Fraction(1, 2), width=420)
    assert (bar.solid_width, bar.hatched_x, bar.hatched_width) == (190.0, 190.0, 80.0)
    assert bar.line_x == 210.0


def test_a_line_stands_out_above_and_below_its_bar():
    bar = charts.bar(1, 2, 1, Fraction(1, 2))
    assert bar.bar_y == 5.0
    assert bar.height - bar.bar_y - bar.bar_height == 5.0


def test_a_bar_with_nothing_possible_is_empty():
    bar = charts.bar(0, 0, 0)
    assert (bar.solid_width, bar.hatched_width, bar.hatch_path, bar.line_x) == (0.0, 0.0, "", None)


def test_exact_thirds_fill_a_third():
    assert charts.bar(Fraction(1, 3), 1, Fraction(1, 3), width=300).solid_width == 100.0


@pytest.mark.parametrize(
    ("points", "possible", "evidenced"), [(3, 2, 1), (1, 2, 2), (1, 2, -1), (-1, 2, -1), (1, 0, 0)]
)
def test_impossible_points_are_refused(points, possible, evidenced):
    with pytest.raises(ValueError, match="not a bar"):
        charts.bar(points, possible, evidenced)


def test_a_floor_beyond_everything_is_refused():
    with pytest.raises(ValueError, match="share from 0 to 1, not 50"):
        charts.bar(1, 2, 1, Fraction(50))


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_parts_of_a_bar_never_exceed_it(evidenced, declared, open_points):
    possible = evidenced + declared + open_points
    bar = charts.bar(evidenced + declared, possible, evidenced, width=320)
    assert 0 <= bar.solid_width + bar.hatched_width <= 320.01


@given(st.floats(0, 300), st.floats(0, 300))
def test_hatching_stays_inside_its_rectangle(x, width):
    figures = [
        tuple(map(float, pair.split())) for pair in re.split("[ML]", charts.hatch(x, 5, width, 22)) if pair
    ]
    assert all(x <= left <= x + width and 5 <= top <= 27 for left, top in figures)


def test_small_bars_stand_below_one_another():
    block = charts.mini_bars([("A", 15, 20, 13), ("B", 27, 42, 19)], width=160)
    assert [row.letter.text for row in block.rows] == ["A", "B"]
    assert block.rows[1].y - block.rows[0].y == 17.0
    assert block.rows[0].x + block.rows[0].bar.width == block.width


def test_levels_stand_where_they_start_with_name_above_and_figure_below():
    chart = charts.level_bar(109, 154, 82, LEVELS, width=752)
    foundation = chart.thresholds[0]
    assert foundation.x == 376.0
    assert foundation.name is not None
    assert (foundation.name.text, foundation.figure.text) == ("Foundation", "50")
    assert foundation.name.y < chart.line_top < chart.line_top + chart.line_height < foundation.figure.y
    assert chart.bar_y > chart.line_top


def test_a_name_without_room_above_joins_its_figure_below():
    chart = charts.level_bar(109, 154, 82, LEVELS, width=328, size=13)
    established, leading = chart.thresholds[1:]
    assert established.name is not None
    assert leading.name is None
    assert leading.figure.text == "90 Leading"


def test_without_levels_the_level_bar_is_only_a_bar():
    assert charts.level_bar(1, 2, 0, []).thresholds == ()


@given(
    st.lists(st.integers(0, 100), min_size=1, max_size=6, unique=True),
    st.sampled_from([328.0, 752.0]),
    st.data(),
)
def test_labels_of_levels_never_collide(starts, width, data):
    names = st.text(alphabet="Leading or not", min_size=1, max_size=18)
    levels: list[tuple[str, Fraction, charts.Reach]] = [
        (data.draw(names), Fraction(start, 100), "next" if index == 0 else "later")
        for index, start in enumerate(starts)
    ]
    chart = charts.level_bar(1, 2, 1, levels, width=width, size=13)
    rows: dict[float, list[tuple[float, float]]] = {}
    for threshold in chart.thresholds:
        for label in (threshold.name, threshold.figure):
            if label is not None:
                half = charts.text_width(label.text, 13) / 2
                rows.setdefault(label.y, []).append((label.x - half, label.x + half))
    for spans in rows.values():
        assert all(first[1] < second[0] for first, second in pairwise(sorted(spans)))
    assert all(threshold.figure.y <= chart.height for threshold in chart.thresholds)


def test_a_dot_plot_places_percents_on_one_scale():
    plot = charts.dot_plot([("Before the race", [0, 50, 100])])
    assert [tick.text for tick in plot.ticks] == ["0", "25", "50", "75", "100"]
    assert [mark.x for mark in plot.rows[0].marks] == [plot.ticks[0].x, plot.ticks[2].x, plot.ticks[4].x]
    assert plot.rows[0].rule == (plot.ticks[0].x, plot.ticks[4].x)
    assert {mark.y for mark in plot.rows[0].marks} == {plot.rows[0].y}


def test_an_event_keeps_its_number_and_shape_when_another_is_missing():
    (row,) = charts.dot_plot([("Race day", [None, 40, None, 60])]).rows
    assert [(mark.number, mark.shape) for mark in row.marks] == [(2, "square"), (4, "diamond")]


def test_a_row_without_marks_or_with_equal_ones_has_no_rule():
    empty, equal = charts.dot_plot([("Race day", [None]), ("Entry", [40, 40])]).rows
    assert (empty.rule, empty.marks) == (None, ())
    assert equal.rule is None


def test_marks_that_would_touch_step_up_and_down_and_others_stay():
    (row,) = charts.dot_plot([("Before the race", [75, 76, 10])]).rows
    first, second, third = row.marks
    assert first.y < row.y < second.y
    assert third.y == row.y


@given(st.lists(st.integers(0, 100), min_size=1, max_size=6), st.booleans())
def test_marks_never_overlap_and_stay_in_the_drawing(percents, is_narrow):
    size = {"width": 328.0, "label_width": 0.0} if is_narrow else {}
    plot = charts.dot_plot([("Before the race", percents), ("Entry", percents)], **size)
    for row in plot.rows:
        for index, mark in enumerate(row.marks):
            assert 10 <= mark.x <= plot.width - 10
            assert 10 <= mark.y <= plot.height - 10
            assert all(
                abs(mark.x - other.x) >= 20 or abs(mark.y - other.y) >= 20 for other in row.marks[index + 1 :]
            )
    assert max(mark.y for mark in plot.rows[0].marks) + 20 <= min(mark.y for mark in plot.rows[1].marks)


def test_long_titles_wrap():
    (row,) = charts.dot_plot([("Everything that happens long after the race", [40])]).rows
    assert len(row.labels) > 1
    assert " ".join(label.text for label in row.labels) == "Everything that happens long after the race"


def test_more_events_than_shapes_and_odd_percents_are_refused():
    with pytest.raises(ValueError, match="at most 6 events, not 7"):
        charts.dot_plot([("Race day", [1] * 7)])
    with pytest.raises(ValueError, match="not percents"):
        charts.dot_plot([("Race day", [101])])


def test_the_plan_climbs_to_the_line_and_rounds_its_figures_down():
    states = [("today", Fraction(109, 154)), ("A7", Fraction(112, 154)), ("A6", Fraction(116, 154))]
    chart = charts.plan_chart(states, Fraction(3, 4), "Established starts at 75%")
    assert [step.figure.text for step in chart.steps if step.figure] == ["70%", "72%", "75%"]
    assert [step.y > chart.line_y for step in chart.steps] == [True, True, False]
    assert chart.line_label.y < chart.line_y
    assert chart.line_label.anchor == "start"


def test_a_plan_that_starts_over_the_line_names_it_below():
    chart = charts.plan_chart(
        [("today", Fraction(4, 5)), ("A7", Fraction(9, 10))], Fraction(3, 4), "Established"
    )
    assert chart.line_label.y > chart.line_y
    assert chart.line_label.anchor == "end"


def test_a_figure_moves_above_its_step_when_the_line_runs_where_it_would_stand():
    states = [("today", Fraction(70, 100)), ("A7", Fraction(76, 100))]
    last = charts.plan_chart(states, Fraction(75, 100), "Established").steps[-1]
    assert last.figure is not None
    assert last.figure.y < last.y


def test_a_crowded_plan_labels_every_few_steps_and_always_the_last():
    states = [(f"C{index}", Fraction(50 + index, 100)) for index in range(20)]
    chart = charts.plan_chart(states, Fraction(7, 10), "Established", width=328)
    shown = [step for step in chart.steps if step.figure]
    assert shown[-1] is chart.steps[-1]
    assert all(right.x - left.x > 30 for left, right in pairwise(shown))
    assert len(chart.steps) == 20


def test_a_plan_of_one_state_is_one_step_and_of_none_is_refused():
    assert len(charts.plan_chart([("today", Fraction(3, 4))], Fraction(3, 4), "Established").steps) == 1
    with pytest.raises(ValueError, match="at least the score today"):
        charts.plan_chart([], Fraction(3, 4), "Established")


def test_a_word_too_long_for_its_line_keeps_one_of_its_own():
    assert charts.wrapped("an unbreakablyverylongword here", 60, 15) == (
        "an",
        "unbreakablyverylongword",
        "here",
    )
