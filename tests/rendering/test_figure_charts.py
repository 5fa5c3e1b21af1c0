"""The geometry of the drawings that belong to worked figures."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.rendering import charts
from auditapp.rendering.charts.labels import fitted, text_width
from auditapp.rendering.charts.queues import marks_for, people_to_a_mark

Amounts = st.integers(0, 10**9).map(Fraction)


def bullets(*rows: tuple[int, int | None], name: str = "", **parts) -> charts.BulletChart:
    return charts.bullet_chart(
        [
            (f"{place}", Fraction(women), None if line is None else Fraction(line), f"{women}", name)
            for place, (women, line) in enumerate(rows, start=1)
        ],
        **parts,
    )


def test_a_bar_is_as_long_as_what_women_get_and_its_line_stands_at_what_men_get():
    chart = bullets((120, 150), (300, 300))
    short, equal = chart.rows
    assert equal.line_x == equal.bar_width
    assert short.bar_width == pytest.approx(0.4 * equal.bar_width, abs=0.02)
    assert short.line_x == pytest.approx(0.5 * equal.bar_width, abs=0.02)


def test_only_where_women_get_less_there_is_a_gap():
    short, equal, more, alone = bullets((120, 150), (300, 300), (90, 60), (50, None)).rows
    assert short.gap
    assert short.gap[0] == short.bar_width
    assert sum(short.gap) == pytest.approx(short.line_x, abs=0.01)
    assert (equal.gap, more.gap, alone.gap) == (None, None, None)
    assert (short.short, equal.short, more.short, alone.short) == (True, False, False, False)
    assert alone.line_x is None


def test_a_figure_stands_in_its_bar_then_in_the_gap_then_beside_both():
    full, none, slight = bullets((1000, 1000), (0, 900), (1, 4), name="short").rows
    assert (full.figure.text, full.on_bar) == ("1000", True)
    assert (none.figure.text, none.on_bar) == ("0", False)
    assert slight.figure is None
    assert [line.text for line in slight.name] == ["1, short"]


def test_with_nothing_for_anybody_there_is_no_bar():
    (row,) = bullets((0, 0)).rows
    assert (row.bar_width, row.line_x, row.gap) == (0.0, 0.0, None)


def test_parts_of_one_picture_share_a_scale():
    (whole,) = bullets((50, 100), top=Fraction(100)).rows
    (half,) = bullets((50, 50), top=Fraction(100)).rows
    assert whole.bar_width == half.bar_width


def test_without_rows_there_is_nothing_to_draw():
    assert charts.bullet_chart([]).height == 0.0


def test_a_bar_below_zero_is_refused():
    with pytest.raises(ValueError, match="begin at zero"):
        bullets((-1, 2))


@given(
    st.lists(st.tuples(Amounts, st.none() | Amounts), min_size=1, max_size=25),
    st.sampled_from([292.0, 592.0]),
)
def test_bullets_stay_inside_their_drawing_and_below_one_another(rows, width):
    chart = charts.bullet_chart(
        [("a place with a long name", women, line, f"{women}", "so much short") for women, line in rows],
        width=width,
    )
    for row in chart.rows:
        assert chart.bar_x + max(row.bar_width, row.line_x or 0.0) <= width
        for label in (*row.name, *row.label):
            assert label.x + text_width(label.text, chart.size) <= width
    for above, below in pairwise(chart.rows):
        assert above.y + chart.bar_height < below.y
        assert above.name[-1].y < below.name[0].y
    assert chart.rows[-1].y + chart.bar_height <= chart.height


@given(st.text("abc ", min_size=1, max_size=80), st.floats(20, 200))
def test_text_is_cut_to_its_room(text, width):
    lines = fitted(text, width, 14.0, lines=2)
    assert len(lines) <= 2
    for line in lines:
        assert text_width(line, 14.0) <= width or len(line) <= 2
    if text.split() and lines[-1].endswith("…"):
        assert len(" ".join(lines)) <= len(text) + 1


def a_share(percent: int | None, low: int = 0, high: int = 100, label: str = "Women") -> charts.ShareEntry:
    exact = None if percent is None else Fraction(percent)
    return charts.ShareEntry(label, "women", exact, Fraction(low), Fraction(high), "13 of 30, 43.3%")


def test_a_share_stands_on_the_scale_with_its_interval():
    chart = charts.share_chart([a_share(50, 0, 100), a_share(0, 0, 10), a_share(100, 90, 100)])
    left, right = chart.ticks[0].x, chart.ticks[-1].x
    middle, none, everyone = chart.rows
    assert (middle.low, middle.high) == (left, right)
    assert middle.x == pytest.approx((left + right) / 2, abs=0.02)
    assert (none.x, everyone.x) == (left, right)


def test_a_hidden_share_has_a_name_and_no_mark():
    (row,) = charts.share_chart([a_share(None)]).rows
    assert row.x is None
    assert [line.text for line in row.label] == ["Women"]


def test_lines_that_would_touch_carry_their_words_in_rows():
    chart = charts.share_chart([a_share(50)], [(Fraction(45), "45%"), (Fraction(46), "46%")])
    first, second = chart.lines
    assert first.x < second.x
    assert first.label.y != second.label.y
    assert max(first.label.y, second.label.y) < chart.spans[0][0]


def test_on_a_phone_uprights_leave_the_words_above_each_mark_free():
    chart = charts.share_chart([a_share(50), a_share(60)], [(Fraction(45), "45%")], width=292.0, stacked=True)
    for row, (top, bottom) in zip(chart.rows, chart.spans, strict=True):
        assert top < row.y < bottom
        assert all(label.y < top for label in (*row.label, *row.words))
    assert chart.ticks[0].x < 20
    assert chart.ticks[-1].x > 270


@pytest.mark.parametrize(
    ("shares", "lines"),
    [([a_share(101)], []), ([a_share(50, -1)], []), ([a_share(50)], [(Fraction(120), "")])],
)
def test_no_share_lies_outside_the_scale(shares, lines):
    with pytest.raises(ValueError, match="between 0 and 100"):
        charts.share_chart(shares, lines)


def test_the_drawing_of_no_share_is_a_bare_scale():
    chart = charts.share_chart([])
    assert (chart.rows, len(chart.ticks)) == ((), 5)


def a_queue(people: int | None) -> charts.QueueEntry:
    each = None if people is None else Fraction(people)
    return charts.QueueEntry("Women", "women", each, "994 people, 14 units", f"{people} for each")


def test_queues_are_drawn_in_one_measure():
    chart = charts.queue_chart([a_queue(71), a_queue(40)])
    women, men = chart.rows
    assert chart.people == 5
    assert (len(women.marks), len(men.marks)) == (14, 8)


def test_without_a_unit_the_queue_fills_its_row_and_has_no_door():
    chart = charts.queue_chart([a_queue(None), a_queue(3)])
    endless, short = chart.rows
    assert (endless.door, short.door) == (False, True)
    assert len(endless.marks) > len(short.marks) == 3


def test_nobody_is_no_mark_and_anybody_is_one():
    assert [marks_for(Fraction(people), 10) for people in (0, 1, 4, 14, 15)] == [0, 1, 1, 1, 2]


def test_a_queue_of_fewer_than_nobody_is_refused():
    with pytest.raises(ValueError, match="no fewer people than none"):
        charts.queue_chart([a_queue(-1)])


@given(st.integers(0, 10**12), st.integers(1, 60))
def test_marks_have_room_and_stand_for_a_round_number(longest, most):
    people = people_to_a_mark(Fraction(longest), most)
    assert longest <= most * people
    assert str(people).rstrip("0") in ("1", "2", "5")


@given(st.lists(st.none() | st.integers(0, 10**9), min_size=1, max_size=4), st.sampled_from([292.0, 592.0]))
def test_queues_stay_inside_their_drawing(lengths, width):
    chart = charts.queue_chart([a_queue(people) for people in lengths], width=width)
    for row in chart.rows:
        assert row.length.x + text_width(row.length.text, chart.size, bold=True) <= width + 1
    for above, below in pairwise(chart.rows):
        assert above.y < below.label.y


def runners(counts: list[int], of: int, median: int | None, name: str = "women") -> charts.Runners:
    names = (f"{name}, half by 2:18", f"{name} 2:18")
    return charts.Runners(counts, of, None if median is None else Fraction(median), names, f"so many {name}")


HOURS = [Fraction(3600 * hour) for hour in range(1, 6)]


def a_curve(
    women: charts.Runners, men: charts.Runners, limit: int | None = 16200, **parts
) -> charts.CurveChart:
    exact = None if limit is None else Fraction(limit)
    return charts.curve_chart(HOURS, women, men, exact, "limit 4:30", **parts)


WOMEN = runners([0, 5, 50, 80, 90], 100, 11000)
MEN = runners([0, 40, 90, 98, 99], 100, 8000, "men")


def points(path: str) -> list[tuple[float, float]]:
    pairs = (pair.split(" ") for pair in path.removeprefix("M").split("L"))
    return [(float(x), float(y)) for x, y in pairs]


def test_a_curve_rises_from_nobody_to_those_who_finished():
    chart = a_curve(WOMEN, MEN)
    for line, finished in zip(chart.lines, (0.9, 0.99), strict=True):
        drawn = points(line.path)
        assert drawn[0] == (chart.left, chart.bottom)
        assert drawn[-1][1] == pytest.approx(chart.bottom - finished * (chart.bottom - chart.top), abs=0.02)
        assert all(x <= further and y >= higher for (x, y), (further, higher) in pairwise(drawn))


def test_the_axis_begins_one_step_before_the_first_finisher_and_holds_the_limit():
    assert [tick.text for tick in a_curve(WOMEN, MEN, None).times] == ["1:00", "2:00", "3:00", "4:00", "5:00"]
    chart = a_curve(WOMEN, MEN, 36000)
    assert points(chart.lines[0].path)[0][0] == chart.left
    assert chart.left < (chart.limit_x or 0) < chart.right


def test_a_median_stands_on_its_curve():
    women, men = a_curve(WOMEN, MEN).lines
    for line in (women, men):
        assert line.mark
        (x, y), drawn = line.mark, points(line.path)
        before, after = next((a, b) for a, b in pairwise(drawn) if a[0] <= x <= b[0])
        way = (x - before[0]) / (after[0] - before[0])
        assert y == pytest.approx(before[1] + way * (after[1] - before[1]), abs=0.1)


def test_the_later_median_is_named_below_and_the_earlier_above():
    women, men = a_curve(WOMEN, MEN).lines
    assert (women.name.anchor, men.name.anchor) == ("start", "end")
    assert women.mark
    assert men.mark
    assert women.name.y > women.mark[1]
    assert men.name.y < men.mark[1]
    swapped_women, swapped_men = a_curve(
        runners([0, 40, 90, 98, 99], 100, 8000), runners([0, 5, 50, 80, 90], 100, 11000, "men")
    ).lines
    assert (swapped_women.name.anchor, swapped_men.name.anchor) == ("end", "start")


def test_names_shorten_together_and_go_where_there_is_no_room():
    wide = a_curve(WOMEN, MEN, None)
    assert [line.name.text for line in wide.lines] == ["women, half by 2:18", "men, half by 2:18"]
    late = runners([0, 0, 40, 80, 99], 100, 12000, "men")
    narrow = a_curve(runners([0, 0, 20, 70, 90], 100, 13000), late, None, width=292.0, stacked=True)
    assert [line.name.text for line in narrow.lines] == ["women 2:18", "men 2:18"]
    crossed = a_curve(WOMEN, MEN, 11500)
    assert [line.name for line in crossed.lines] == [None, None]


def test_without_a_limit_nothing_is_said_about_those_beyond_it():
    chart = a_curve(WOMEN, MEN, None)
    assert (chart.limit, chart.limit_x) == (None, None)
    assert [line.beyond for line in chart.lines] == [(), ()]


def test_those_beyond_the_limit_stand_at_the_right_and_on_a_phone_below():
    beside, below = a_curve(WOMEN, MEN), a_curve(WOMEN, MEN, width=292.0, stacked=True)
    assert all(label.x > beside.right for line in beside.lines for label in line.beyond)
    assert all(label.y > below.bottom for line in below.lines for label in line.beyond)
    assert below.lines[-1].beyond[-1].y < below.height


def test_a_gender_nobody_started_in_has_no_curve():
    (line,) = a_curve(WOMEN, runners([0, 0, 0, 0, 0], 0, None, "men")).lines
    assert line.gender == "women"
    (line,) = a_curve(runners([0, 0, 0, 0, 0], 0, None), MEN).lines
    assert (line.gender, line.name.anchor) == ("men", "start")


def test_without_medians_there_are_no_marks():
    lines = a_curve(runners([0, 1, 1, 1, 1], 2, None), runners([0, 0, 0, 0, 0], 2, None, "men")).lines
    assert [(line.mark, line.name) for line in lines] == [(None, None)] * 2


def test_a_median_beyond_the_last_point_has_no_mark():
    women, men = a_curve(runners([0, 1, 10, 20, 30], 100, 18001), MEN).lines
    assert (women.mark, women.name) == (None, None)
    assert men.mark


def test_many_points_are_drawn_as_finely_as_the_eye_can_see():
    times = [Fraction(3600 + 10 * place) for place in range(2000)]
    many = charts.Runners(range(2000), 2000, None, (), "")
    (line,) = charts.curve_chart(times, many, charts.Runners([0] * 2000, 0, None, (), ""), None, "").lines
    assert 300 < len(points(line.path)) < 1300
    assert points(line.path)[-1][1] == pytest.approx(8.0, abs=0.2)


def test_one_time_makes_a_curve_and_none_does_not():
    one = charts.Runners([5], 10, Fraction(3600), ("women",), "")
    nobody = charts.Runners([0], 0, None, (), "")
    (line,) = charts.curve_chart([Fraction(3600)], one, nobody, None, "").lines
    assert len(points(line.path)) == 2
    with pytest.raises(ValueError, match="needs a time"):
        charts.curve_chart([], charts.Runners([], 1, None, (), ""), nobody, None, "")


@given(
    st.lists(st.integers(1, 400_000), min_size=1, max_size=40, unique=True).map(sorted),
    st.integers(0, 60),
    st.integers(1, 10**6),
    st.booleans(),
)
def test_curves_stay_inside_their_drawing(seconds, finished, limit, stacked):
    times = [Fraction(one) for one in seconds]
    counts = [min(finished, place) for place in range(len(times))]
    width = 292.0 if stacked else 592.0
    both = charts.Runners(
        counts, 60, Fraction(limit), ("women, half by 2:18",), "60 of 60 women had not finished"
    )
    chart = charts.curve_chart(times, both, both, Fraction(limit), "limit", width=width, stacked=stacked)
    spread = max(seconds[-1], limit) - min(seconds[0], limit)
    assert len(chart.times) <= 8
    assert chart.times or spread < 120  # within a few seconds there may be no whole minute to name
    for line in chart.lines:
        for x, y in [*points(line.path), line.mark or (chart.left, chart.top)]:
            assert chart.left - 0.02 <= x <= chart.right + 0.02
            assert chart.top - 0.02 <= y <= chart.bottom + 0.02
        for label in line.beyond:
            assert label.y <= chart.height
