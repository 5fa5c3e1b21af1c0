"""The finish-time curve: how many women and men had finished by each of many moments."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from fractions import Fraction

from auditapp.domain.measures.definition import Field, Table
from auditapp.domain.measures.figure import CurvePoint
from auditapp.domain.measures.numbers import Numbers, Row
from auditapp.domain.measures.results import Group

QUARTER = 15 * 60
MOST_QUARTERS = 4
"""What if the limit were up to so many quarters of an hour shorter or longer."""
FINEST_STEP = 5 * 60
MOST_STEPS = 360
"""Moments of a curve; the limits of the what-if come on top, and the table still takes them."""

CURVE = Table(
    caption="Finished by then",
    at_start=0,
    required=False,
    columns=(
        Field("time", "Time", "time"),
        Field("women", "Women so far", "count", people=True, running=True, part_of="women-finishers"),
        Field("men", "Men so far", "count", people=True, running=True, part_of="men-finishers"),
    ),
)


def quarters(limit: Fraction) -> list[Fraction]:
    """The limit, and those up to an hour shorter or longer in steps of 15 minutes."""
    around = (limit + QUARTER * step for step in range(-MOST_QUARTERS, MOST_QUARTERS + 1))
    return [moment for moment in around if moment > 0]


def curve_rows(limit: Fraction, women: Group, men: Group) -> Iterator[Row]:
    """The rows of the curve: whole steps of five minutes, or longer ones where the race is, and the limits of the what-if.

    At least one of the groups has a time.
    """
    first, last = min((*women.times, *men.times)), max((*women.times, *men.times))
    step = FINEST_STEP
    while (last - first) // step > MOST_STEPS - 2:
        step *= 2
    grid = range(-(-first // step) * step, last + step, step)
    limits = {int(moment) for moment in quarters(limit) if moment.denominator == 1 and moment >= grid[0]}
    moments = sorted({*grid, *limits})
    counts = zip(moments, women.finished_by(moments), men.finished_by(moments), strict=True)
    for moment, of_women, of_men in counts:
        yield Row(cells={"time": Fraction(moment), "women": Fraction(of_women), "men": Fraction(of_men)})


def curve_problems(numbers: Numbers, finishers: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """What is wrong with the rows, by place: times must rise, and counts must not fall nor pass those who finished."""
    before = {name: Fraction(0) for name in ("time", *finishers)}
    for place, row in enumerate(numbers.rows, start=1):
        if row.cells["time"] <= before["time"]:
            yield f"row-{place}.time", "must be later than the time of the row before"
        for name, most in finishers.items():
            if row.cells[name] < before[name]:
                yield f"row-{place}.{name}", "counts everybody so far: not fewer than the row before"
            elif row.cells[name] > most:
                yield f"row-{place}.{name}", f"cannot be more than finished ({most:,})"
        before = dict(row.cells)


def curve_points(numbers: Numbers, unpublished: Container[str]) -> tuple[CurvePoint, ...]:
    """The points of the picture; those in rows that are not published are private."""
    return tuple(
        CurvePoint(
            time=row.cells["time"],
            women=int(row.cells["women"]),
            men=int(row.cells["men"]),
            private=f"row-{place}" in unpublished,
        )
        for place, row in enumerate(numbers.rows, start=1)
    )
