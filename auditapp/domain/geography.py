"""Where on the earth something is: distances, and a grid of cells by which what lies near a place is found.

A cell is a hundredth of a degree high and wide: 1.1 km from south to north, and from west to east 1.1 km at the equator,
650 m in Leeds and nothing at a pole. So small that a town is hardly ever taken for one on the other side of a radius, and of
no cost, because only cells in which there is something are ever looked at. Rows are counted from the south pole, columns
eastwards from the date line.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final, NamedTuple

EARTH_KM = 6371.0088
"""The mean radius of the earth (R1 of IUGG, 1980)."""
PER_DEGREE = 100
"""Cells to a degree."""
ROWS, COLUMNS = 180 * PER_DEGREE, 360 * PER_DEGREE
RADII = (25, 50, 100, 200)
"""Distances in kilometres within which one may search."""
USUAL_RADIUS: Final = 50
EXACT_TO = 100
"""Kilometres up to which a distance is told to the kilometre; beyond, to ten. It is that of two towns, not of two starts."""


class Position(NamedTuple):
    """A point on the earth, in degrees: north of the equator from -90 to 90, east of Greenwich from -180 to 180."""

    latitude: float
    longitude: float


class Cell(NamedTuple):
    """A cell of the grid."""

    row: int
    column: int


class Span(NamedTuple):
    """Cells of one row side by side, from one column to another, both included."""

    row: int
    first: int
    last: int


def distance_km(one: Position, other: Position) -> float:
    """Kilometres along the great circle between two points, on a sphere: up to half a percent off the ellipsoid.

    The haversine formula, which stays exact for points close together (R. W. Sinnott, "Virtues of the haversine", Sky and
    Telescope 68, 1984).
    """
    north, other_north = math.radians(one.latitude), math.radians(other.latitude)
    east = math.radians(other.longitude - one.longitude)
    half = math.sin((other_north - north) / 2) ** 2
    half += math.cos(north) * math.cos(other_north) * math.sin(east / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def told_km(distance: float) -> int:
    """A distance as it is told: to the kilometre, and beyond a hundred to ten."""
    return round(distance) if distance < EXACT_TO else round(distance / 10) * 10


def cell_of(position: Position) -> Cell:
    """The cell a point lies in. The north pole lies in the last row; 180 degrees east is 180 degrees west."""
    row = math.floor((position.latitude + 90) * PER_DEGREE)
    return Cell(min(row, ROWS - 1), math.floor((position.longitude + 180) * PER_DEGREE) % COLUMNS)


def centre_of(cell: Cell) -> Position:
    """The middle of a cell."""
    return Position((cell.row + 0.5) / PER_DEGREE - 90, (cell.column + 0.5) / PER_DEGREE - 180)


def cover(around: Position, km: float) -> Iterator[Span]:
    """The cells whose centre lies within so many kilometres of a point: a span or two of each row, from the south.

    How far a span reaches to both sides in the row of latitude φ follows from the spherical law of cosines,
    cos d = sin φ₀ sin φ + cos φ₀ cos φ cos Δλ. Two spans where it crosses the date line, all columns around a pole.
    """
    reach = km / EARTH_KM
    degrees = math.degrees(reach)
    south = math.ceil((around.latitude - degrees + 90) * PER_DEGREE - 0.5)
    north = math.floor((around.latitude + degrees + 90) * PER_DEGREE - 0.5)
    here = math.radians(around.latitude)
    for row in range(max(0, south), min(ROWS - 1, north) + 1):
        there = math.radians(centre_of(Cell(row, 0)).latitude)
        rest = math.cos(reach) - math.sin(here) * math.sin(there)
        # Around a pole nothing is too far; beside the point itself rounding may leave a little less than nothing.
        width = math.acos(max(-1.0, min(1.0, rest / (math.cos(here) * math.cos(there)))))
        yield from _spans(row, around.longitude, math.degrees(width))


def _spans(row: int, longitude: float, width: float) -> Iterator[Span]:
    """The cells of a row whose centre lies no more than so many degrees to either side."""
    first = math.ceil((longitude - width + 180) * PER_DEGREE - 0.5)
    last = math.floor((longitude + width + 180) * PER_DEGREE - 0.5)
    if last - first >= COLUMNS - 1:
        yield Span(row, 0, COLUMNS - 1)
    elif first <= last:
        first, last = first % COLUMNS, last % COLUMNS
        if first <= last:
            yield Span(row, first, last)
        else:
            yield Span(row, 0, last)
            yield Span(row, first, COLUMNS - 1)
