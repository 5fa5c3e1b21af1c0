"""Distances and the grid: known distances, and everything near found wherever on the earth it is."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.geography import (
    COLUMNS,
    EARTH_KM,
    RADII,
    ROWS,
    Cell,
    Position,
    cell_of,
    centre_of,
    cover,
    distance_km,
    told_km,
)

LEEDS, ILKLEY, SYDNEY = Position(53.7965, -1.5478), Position(53.9245, -1.8233), Position(-33.8678, 151.2073)
HALF_WAY_ROUND = math.pi * EARTH_KM
ROUNDING = 1e-6
"""Kilometres by which a centre on the very edge may be taken for in or out."""

positions = st.builds(Position, st.floats(-90, 90), st.floats(-180, 180))
at_the_edges = st.builds(
    Position,
    st.sampled_from([-90.0, -89.97, 0.0, 89.93, 90.0]),
    st.sampled_from([-180.0, -0.0, 179.98, 180.0]),
)
radii = st.sampled_from(RADII)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        (LEEDS, LEEDS, 0),
        (LEEDS, ILKLEY, 23),
        (LEEDS, SYDNEY, 17_006),
        # A degree of longitude at the equator is a 360th of the way round.
        (Position(0, 179.5), Position(0, -179.5), 111.2),
        (Position(90, 0), Position(90, 135), 0),
        (Position(90, 0), Position(-90, 77), HALF_WAY_ROUND),
        (Position(0, 0), Position(0, 180), HALF_WAY_ROUND),
    ],
)
def test_distances_are_those_on_the_globe(one, other, km):
    assert distance_km(one, other) == pytest.approx(km, rel=0.005, abs=0.05)


@given(positions, positions, positions)
def test_a_distance_is_the_same_both_ways_and_no_detour_is_shorter(one, other, third):
    there = distance_km(one, other)
    assert there == pytest.approx(distance_km(other, one), abs=1e-6)
    assert 0 <= there <= HALF_WAY_ROUND + 1e-6
    assert there <= distance_km(one, third) + distance_km(third, other) + 1e-3


@pytest.mark.parametrize(
    ("km", "told"), [(0.4, 0), (22.7, 23), (99.6, 100), (104, 100), (105.1, 110), (17_003.8, 17_000)]
)
def test_a_long_distance_is_told_in_tens(km, told):
    assert told_km(km) == told


@pytest.mark.parametrize(
    ("position", "cell"),
    [
        (LEEDS, (14379, 17845)),
        (SYDNEY, (5613, 33120)),
        (Position(0, 0), (9000, 18000)),
        (Position(-0.001, -0.001), (8999, 17999)),
        (Position(90, 180), (17999, 0)),
        (Position(-90, -180), (0, 0)),
        (Position(0, 179.995), (9000, 35999)),
        (Position(0, -1e-15), (9000, 18000)),
    ],
)
def test_every_point_has_a_cell(position, cell):
    assert cell_of(position) == cell


@given(positions | at_the_edges)
def test_a_cell_is_no_larger_than_it_says(position):
    cell = cell_of(position)
    assert 0 <= cell.row < ROWS
    assert 0 <= cell.column < COLUMNS
    assert distance_km(position, centre_of(cell)) < 0.8


@given(positions | at_the_edges, radii, st.data())
def test_the_cover_is_every_cell_whose_centre_is_within_the_radius_and_no_other(around, km, data):
    spans = list(cover(around, km))
    here = cell_of(around)
    steps = st.tuples(st.integers(-190, 190), st.integers(-700, 700) | st.integers(0, COLUMNS))
    tried = [(here.row + up, here.column + east) for up, east in data.draw(st.lists(steps, max_size=40))]
    for span in spans[:: max(1, len(spans) // 20)]:
        tried += [(span.row, column) for column in (span.first - 1, span.first, span.last, span.last + 1)]
    for row, column in tried:
        cell = Cell(min(max(row, 0), ROWS - 1), column % COLUMNS)
        is_covered = any(span.row == cell.row and span.first <= cell.column <= span.last for span in spans)
        away = distance_km(around, centre_of(cell))
        if abs(away - km) > ROUNDING:
            assert is_covered == (away < km)
    assert len({span.row for span in spans}) <= 2 * km / 1.11 + 2


@given(positions | at_the_edges, radii)
def test_a_place_is_always_near_itself(around, km):
    row, column = cell_of(around)
    assert any(span.row == row and span.first <= column <= span.last for span in cover(around, km))


@given(positions | at_the_edges, radii)
def test_no_cell_is_covered_twice(around, km):
    spans = sorted(cover(around, km))
    for one, other in itertools.pairwise(spans):
        assert one.row < other.row or one.last < other.first
    assert all(0 <= span.first <= span.last < COLUMNS for span in spans)


def test_a_larger_radius_covers_more():
    counts = [sum(span.last - span.first + 1 for span in cover(LEEDS, km)) for km in RADII]
    assert counts == sorted(counts)
    assert counts[0] == pytest.approx(math.pi * 25**2 / (1.112**2 * math.cos(math.radians(53.8))), rel=0.02)


def test_beyond_the_date_line_it_goes_on():
    around = Position(-16.8, 179.99)
    row = cell_of(around).row
    assert [(span.first, span.last) for span in cover(around, 50) if span.row == row] == [
        (0, 45),
        (35952, 35999),
    ]


def test_at_a_pole_everything_is_near():
    assert {(span.first, span.last) for span in cover(Position(90, 12), 25)} == {(0, COLUMNS - 1)}
    assert [span.row for span in cover(Position(-90, 12), 25)] == list(range(22))


def test_nothing_is_covered_where_no_centre_is_near():
    assert list(cover(Position(0, 0), 0.1)) == []
    assert list(cover(Position(0.005, 0), 0.1)) == []
