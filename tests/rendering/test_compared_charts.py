"""Heat maps, glyph maps and slopes: where things stand, and that nothing touches or leaves the drawing."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.rendering import charts

PERCENTS = st.one_of(st.none(), st.integers(0, 100))


def test_a_heat_map_has_a_figure_in_every_cell_on_one_of_five_grounds():
    chart = charts.heat_map((1, 2, 3), [("Before the race", [0, 19, 20]), ("Race day", [79, 80, 100])])
    assert [[cell.step for cell in row.cells] for row in chart.rows] == [[1, 1, 2], [4, 5, 5]]
    assert [cell.label.text for cell in chart.rows[0].cells] == ["0", "19", "20"]
    assert [head.number for head in chart.heads] == [1, 2, 3]


def test_what_has_no_figure_has_a_dash_and_no_ground():
    (row,) = charts.heat_map(("2026", "2027"), [("Race day", [None, 50])]).rows
    assert (row.cells[0].label.text, row.cells[0].step) == ("–", 0)


def test_on_a_phone_the_title_stands_above_its_row():
    wide = charts.heat_map((1, 2), [("Race day", [1, 2])])
    narrow = charts.heat_map((1, 2), [("Race day", [1, 2])], width=328, label_width=0)
    assert wide.rows[0].labels[0].y > wide.rows[0].cells[0].y
    assert narrow.rows[0].labels[0].y < narrow.rows[0].cells[0].y


@given(st.integers(1, 12), st.integers(1, 9), st.booleans())
def test_cells_of_a_heat_map_keep_their_gap_and_stay_inside(columns, rows, is_narrow):
    size = {"width": 328.0, "label_width": 0.0} if is_narrow else {}
    chart = charts.heat_map(
        [str(2000 + number) for number in range(columns)],
        [("Entry and policy", [50] * columns)] * rows,
        **size,
    )
    for row in chart.rows:
        assert all(one.x + chart.cell_width + 3.9 <= two.x for one, two in pairwise(row.cells))
        assert row.cells[-1].x + chart.cell_width <= chart.width + 0.1
    for one, two in pairwise(chart.rows):
        assert one.cells[0].y + chart.cell_height + 3.9 <= two.cells[0].y
    assert chart.rows[-1].cells[0].y + chart.cell_height <= chart.height


def test_odd_percents_are_refused():
    with pytest.raises(ValueError, match="not percents"):
        charts.heat_map((1,), [("Race day", [101])])
    with pytest.raises(ValueError, match="not percents"):
        charts.slope_chart(["2026"], [charts.SlopeEntry("A", (101,))])


def columns(*worths):
    return [charts.GlyphColumn(f"A{number}", worth) for number, worth in enumerate(worths, start=1)]


def test_a_glyph_map_gathers_glyphs_by_their_kind():
    half = Fraction(1, 2)
    chart = charts.glyph_map(
        (1, 2), [("Before", columns((Fraction(1), half), ("unanswered", "apart"), ("not_asked", half)))]
    )
    assert {kind: len(places) for kind, places in chart.glyphs.items()} == {
        "full": 1,
        "half": 2,
        "unanswered": 1,
        "apart": 1,
        "not_asked": 1,
    }
    assert [code.text for code in chart.blocks[0].codes] == ["A1", "A2", "A3"]
    assert chart.glyphs["full"][0][0] == chart.blocks[0].codes[0].x


def test_criteria_without_room_go_on_in_the_next_line_under_one_title():
    chart = charts.glyph_map(
        ("2026", "2027"), [("Before", columns(*[(Fraction(1), Fraction(1))] * 12))], width=328
    )
    assert [len(block.codes) for block in chart.blocks] == [8, 4]
    assert [block.title.text for block in chart.blocks] == ["Before", ""]
    assert [head.label.text for head in chart.blocks[1].heads if head.label] == ["2026", "2027"]


@given(st.integers(1, 40), st.integers(1, 8), st.sampled_from([328.0, 928.0]))
def test_glyphs_never_touch_and_stay_inside(criteria, rows, width):
    chart = charts.glyph_map(
        list(range(1, rows + 1)), [("One", columns(*[("unanswered",) * rows] * criteria))] * 2, width=width
    )
    places = chart.glyphs["unanswered"]
    assert len(set(places)) == 2 * criteria * rows
    assert all(8 <= x <= width - 8 and 8 <= y <= chart.height - 8 for x, y in places)
    assert len({y for _x, y in places}) == len({round(y, 1) for _x, y in places})


def test_the_subject_is_drawn_last_and_figures_stand_at_both_ends():
    chart = charts.slope_chart(
        ["2025", "2026", "2027"],
        [
            charts.SlopeEntry("Ridgeline", (52, 61, 70), subject=True),
            charts.SlopeEntry("Marrowdale", (71, 74, 78)),
        ],
    )
    other, subject = chart.slopes
    assert subject.subject
    assert (subject.start.text, subject.end.text) == ("52", "70 Ridgeline")
    assert subject.points[0].y > subject.points[2].y > other.points[2].y
    assert [head.text for head in chart.heads] == ["2025", "2026", "2027"]


def test_a_line_breaks_where_an_edition_has_no_score():
    (slope,) = charts.slope_chart(
        ["2024", "2025", "2026", "2027"], [charts.SlopeEntry("A", (50, None, 60, 70))]
    ).slopes
    assert slope.path.count("M") == 2
    assert len(slope.points) == 3
    assert slope.ground is None


def test_a_name_among_the_lines_stands_on_a_ground_of_its_own():
    early, late = charts.slope_chart(
        ["2025", "2026", "2027"],
        [charts.SlopeEntry("Early", (50, 60, None)), charts.SlopeEntry("Late", (None, 40, 50))],
    ).slopes
    assert late.ground is None
    assert early.ground is not None
    x, y, width, height = early.ground
    assert x < early.end.x < x + width
    assert y < early.end.y < y + height


def test_a_single_edition_is_a_point_with_one_figure_and_none_at_all_is_nothing():
    alone, nothing = charts.slope_chart(
        ["2027"], [charts.SlopeEntry("A", (50,)), charts.SlopeEntry("B", (None,))]
    ).slopes
    assert (alone.start, alone.end.text) == (None, "50 A")
    assert (nothing.points, nothing.start, nothing.end, nothing.path) == ((), None, None, "")
    empty = charts.slope_chart(["2027"], [charts.SlopeEntry("B", (None,))])
    assert empty.slopes[0].end is None


def test_what_has_to_be_reached_is_a_line_with_its_name():
    chart = charts.slope_chart(["2026", "2027"], [charts.SlopeEntry("A", (50, 60))], line=(75, "Established"))
    assert chart.line.label.text == "Established"
    assert chart.line.y < chart.slopes[0].points[1].y
    assert chart.line.label.y < chart.line.y


@given(
    st.lists(st.tuples(PERCENTS, PERCENTS, PERCENTS), min_size=1, max_size=10),
    st.sampled_from([{}, {"width": 328.0, "name_width": 118.0, "height": 260.0, "size": 13.0}]),
)
def test_names_of_slopes_never_touch_and_points_stay_inside(lines, size):
    entries = [charts.SlopeEntry(f"Line {place}", one, subject=place == 0) for place, one in enumerate(lines)]
    chart = charts.slope_chart(["2025", "2026", "2027"], entries, **size)
    ends = sorted(slope.end.y for slope in chart.slopes if slope.end)
    starts = sorted(slope.start.y for slope in chart.slopes if slope.start)
    for places in (starts, ends):
        assert all(after - before >= chart.size * 1.2 for before, after in pairwise(places))
        assert all(chart.top - 5 <= y <= chart.height + 1 for y in places)
    for slope in chart.slopes:
        assert all(
            chart.top <= point.y <= chart.bottom and 0 < point.x < chart.width for point in slope.points
        )
