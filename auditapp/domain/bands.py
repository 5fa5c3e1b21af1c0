"""Bands of distance, size and evidence: events that are near enough to one another to be compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from auditapp.domain.facts import Facts

SPORT_FACT = "kind"
"""The fact that names the sport, a choice."""
DISTANCE_FACT = "distance"
"""The fact that holds the distance, in kilometres."""
SIZE_FACTS = ("starters", "members", "pupils")
"""The facts that hold how many people take part: in a race, in a club, in a school."""


class Band(NamedTuple):
    """A range of numbers: at least `least`, and less than the `least` of the band after it."""

    id: str
    least: float


DISTANCES: tuple[Band, ...] = (
    Band("5k", 0),
    Band("10k", 7.5),
    Band("half", 15),
    Band("marathon", 30),
    Band("ultra", 43),
    Band("ultra-100", 100),
)
"""In kilometres. The marathon of 42.195 km lies in its band with what is rounded up from it."""
SIZES: tuple[Band, ...] = (
    Band("under-100", 0),
    Band("100", 100),
    Band("300", 300),
    Band("1000", 1_000),
    Band("5000", 5_000),
    Band("20000", 20_000),
)
"""In people."""
EVIDENCE: tuple[Band, ...] = (
    Band("none", 0),
    Band("some", 1),
    Band("quarter", 25),
    Band("half", 50),
    Band("three-quarters", 75),
    Band("all", 100),
)
"""In percent of the answers given, rounded down; a single piece counts as some."""


def band_of(bands: Sequence[Band], value: float) -> str:
    """The id of the band a number lies in; a number below the first counts as in the first."""
    found = bands[0].id
    for band in bands:
        if value < band.least:
            break
        found = band.id
    return found


def after(bands: Sequence[Band], name: str) -> Band | None:
    """The band above the one of this id; None above the last. Raises KeyError for an id that is no band."""
    ids = [band.id for band in bands]
    if name not in ids:
        raise KeyError(name)
    place = ids.index(name) + 1
    return bands[place] if place < len(bands) else None


def distance_of(facts: Facts) -> float | None:
    """The distance in kilometres; None where it was not given."""
    return _number(facts.get(DISTANCE_FACT))


def size_of(facts: Facts) -> float | None:
    """How many people take part; None where it was not given."""
    given = (_number(facts.get(name)) for name in SIZE_FACTS)
    return next((number for number in given if number is not None), None)


def evidence_band(evidenced: int, given: int) -> str | None:
    """The band of the share of answers that carry evidence; None where none was given."""
    if not given:
        return None
    return band_of(EVIDENCE, max(evidenced * 100 // given, 1 if evidenced else 0))


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return None
