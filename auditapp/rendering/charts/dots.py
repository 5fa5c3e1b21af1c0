"""Several events on one scale, a row per section."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditapp.rendering.charts.labels import Label, rounded, wrapped

EVENT_SHAPES = ("circle", "square", "triangle", "diamond", "wedge", "cross")


@dataclass(frozen=True)
class Mark:
    """One event in one row of a dot plot. ``number`` counts from 1 and settles shape and colour."""

    number: int
    shape: str
    x: float
    y: float
    percent: int


@dataclass(frozen=True)
class DotRow:
    """One section of a dot plot. ``rule`` is the thin line from the lowest to the highest mark, or None."""

    labels: tuple[Label, ...]
    y: float
    rule: tuple[float, float] | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class DotPlot:
    """Several events by section on one scale from 0 to 100."""

    width: float
    height: float
    size: float
    ticks: tuple[Label, ...]
    tick_top: float
    tick_bottom: float
    rows: tuple[DotRow, ...]


def dot_plot(
    rows: Sequence[tuple[str, Sequence[int | None]]],
    *,
    width: float = 928.0,
    label_width: float = 202.0,
    size: float = 15.0,
) -> DotPlot:
    """A row per section with one mark per event, from (title, whole percents in the order of the events).

    None leaves an event out of a row. Marks that would touch step up and down. With a ``label_width`` of 0 every title
    stands above its row, which is the form for a narrow page.

    Raises ValueError for more events than there are shapes, and for a percent outside 0 to 100.
    """
    radius, step, line = 10.0, 21.0, size * 1.3
    left, right = label_width + radius + 4.0, width - radius - 6.0
    y = size + 12.0
    drawn = []
    for title, percents in rows:
        if len(percents) > len(EVENT_SHAPES):
            raise ValueError(f"a dot plot holds at most {len(EVENT_SHAPES)} events, not {len(percents)}")
        if any(value is not None and not 0 <= value <= 100 for value in percents):
            raise ValueError(f"not percents from 0 to 100: {list(percents)}")
        texts = wrapped(title, (label_width or width) - 8.0, size, bold=True)
        places = [
            (number, left + (right - left) * value / 100, value)
            for number, value in enumerate(percents, start=1)
            if value is not None
        ]
        lanes = _lanes([x for _, x, _ in places], 2 * radius + 1.0)
        marks_height = 2 * (radius + max(lanes, default=0.0) * step) + 2.0
        if label_width:
            height = max(46.0, marks_height + 12.0, len(texts) * line + 10.0)
            centre = y + height / 2
            baseline = centre - (len(texts) - 1) * line / 2 + size * 0.35
        else:
            baseline = y + size + 4.0
            top = baseline + (len(texts) - 1) * line + 6.0
            centre = top + marks_height / 2
            height = top + marks_height + 4.0 - y
        labels = tuple(
            Label(text, 0.0, rounded(baseline + index * line), "start") for index, text in enumerate(texts)
        )
        marks = tuple(
            Mark(
                number,
                EVENT_SHAPES[number - 1],
                rounded(x),
                rounded(centre + lane * step),
                value,
            )
            for (number, x, value), lane in zip(places, lanes, strict=True)
        )
        ends = (min(mark.x for mark in marks), max(mark.x for mark in marks)) if marks else None
        rule = ends if ends is not None and ends[0] < ends[1] else None
        drawn.append(DotRow(labels, rounded(centre), rule, marks))
        y += height
    ticks = tuple(
        Label(str(value), rounded(left + (right - left) * value / 100), size * 0.85)
        for value in range(0, 101, 25)
    )
    return DotPlot(width, rounded(y + 4.0), size, ticks, size + 6.0, rounded(y + 4.0), tuple(drawn))


def _lanes(places: Sequence[float], clearance: float) -> list[float]:
    """How many steps below the middle of its row every mark stands, so that none touches another.

    A mark with room stays at 0; marks that would touch share out as few lanes as that takes, evenly about the middle.
    """
    offsets = [0.0] * len(places)
    in_order = sorted(range(len(places)), key=lambda index: places[index])
    groups: list[list[int]] = []
    for index in in_order:
        if groups and places[index] - places[groups[-1][-1]] < clearance:
            groups[-1].append(index)
        else:
            groups.append([index])
    for group in groups:
        ends: list[float] = []
        lanes = []
        for index in group:
            free = next(
                (lane for lane, end in enumerate(ends) if places[index] - end >= clearance), len(ends)
            )
            ends[free:] = [places[index], *ends[free + 1 :]]
            lanes.append(free)
        for index, lane in zip(group, lanes, strict=True):
            offsets[index] = lane - (len(ends) - 1) / 2
    return offsets
