"""Scores from edition to edition: a line for the subject, thinner ones for whatever it is held against."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditapp.rendering.charts.labels import LEADING, Label, fitted, rounded, text_width

HEAD = 30.0
LOWEST_SPAN = 30
"""Percent the scale spans at least, so that a small change looks small."""

ROOM_ABOVE_LINE = 7


@dataclass(frozen=True)
class SlopeEntry:
    """A line to draw: its name, a whole percent for each edition or None, and whether the picture is about it."""

    name: str
    percents: tuple[int | None, ...]
    subject: bool = False


@dataclass(frozen=True)
class SlopePoint:
    """A score of one edition."""

    x: float
    y: float
    percent: int


@dataclass(frozen=True)
class Slope:
    """A line through the editions. `start` is its figure at the left, `end` figure and name at the right.

    `ground` (x, y, width, height) keeps a name that stands among the lines clear of them; None at the right of all.
    """

    subject: bool
    path: str
    points: tuple[SlopePoint, ...]
    start: Label | None
    end: Label | None
    ground: tuple[float, float, float, float] | None


@dataclass(frozen=True)
class SlopeLine:
    """A line somebody has to reach, with its name at its left end."""

    y: float
    left: float
    right: float
    label: Label


@dataclass(frozen=True)
class SlopeChart:
    """Editions from left to right; the subject stands last, so that it is drawn on top."""

    width: float
    height: float
    size: float
    heads: tuple[Label, ...]
    top: float
    bottom: float
    slopes: tuple[Slope, ...]
    line: SlopeLine | None


def slope_chart(
    editions: Sequence[str],
    entries: Sequence[SlopeEntry],
    *,
    line: tuple[int, str] | None = None,
    width: float = 928.0,
    height: float = 300.0,
    name_width: float = 230.0,
    size: float = 15.0,
) -> SlopeChart:
    """A line for each entry; ``line`` is what has to be reached, as (percent, name), and is left out far beyond the scale.

    Raises ValueError for a percent outside 0 to 100.
    """
    given = [value for entry in entries for value in entry.percents if value is not None]
    if any(not 0 <= value <= 100 for value in given):
        raise ValueError(f"not percents from 0 to 100: {given}")
    # A line wants room above it for its name.
    low, high = _scale([*given, *([min(line[0] + ROOM_ABOVE_LINE, 100)] if line else [])])
    left = text_width("100", size, bold=True) + 14.0
    right = width - name_width - 14.0
    step = (right - left) / (len(editions) - 1) if len(editions) > 1 else 0.0
    places = [rounded(left + number * step) for number in range(len(editions))]
    needed = HEAD + len(entries) * size * LEADING + 12.0
    height = max(height, needed)
    top, bottom = HEAD + 8.0, height - 12.0

    def at(percent: int) -> float:
        return rounded(bottom - (percent - low) / (high - low) * (bottom - top))

    drawn = []
    for entry in entries:
        points = tuple(
            SlopePoint(x, at(value), value)
            for x, value in zip(places, entry.percents, strict=True)
            if value is not None
        )
        drawn.append((entry, points))
    gap = size * LEADING
    starts = _spread([points[0].y if points else None for _entry, points in drawn], gap, HEAD, height)
    ends = _spread([points[-1].y if points else None for _entry, points in drawn], gap, HEAD, height)
    named = [_end(*line, end, width, size) for line, end in zip(drawn, ends, strict=True)]
    slopes = [
        Slope(
            entry.subject,
            _path(places, [None if value is None else at(value) for value in entry.percents]),
            points,
            _start(points, start, size) if len(points) > 1 else None,
            name,
            _ground(name, size) if name is not None and points[-1].x < places[-1] else None,
        )
        for (entry, points), start, name in zip(drawn, starts, named, strict=True)
    ]
    shown_line = None
    if line is not None:
        y = at(line[0])
        (name,) = fitted(line[1], right - left, size, lines=1, bold=True)
        shown_line = SlopeLine(
            y, left - 10.0, right + 10.0, Label(name, left - 10.0, rounded(y - 6.0), "start")
        )
    return SlopeChart(
        width=width,
        height=rounded(height),
        size=size,
        heads=tuple(
            Label(fitted(name, max(step, 60.0) - 4.0, size, lines=1)[0], x, rounded(size))
            for name, x in zip(editions, places, strict=True)
        ),
        top=size + 8.0,
        bottom=rounded(height - 2.0),
        slopes=tuple(sorted(slopes, key=lambda slope: slope.subject)),
        line=shown_line,
    )


def _scale(given: Sequence[int]) -> tuple[int, int]:
    """The tens around the figures, at least thirty percent apart."""
    if not given:
        return 0, 100
    low, high = min(given) // 10 * 10, -(-max(given) // 10) * 10
    while high - low < LOWEST_SPAN:
        low, high = max(low - 10, 0), min(high + 10, 100)
    return low, high


def _path(places: Sequence[float], heights: Sequence[float | None]) -> str:
    """The line through what is known; it breaks where an edition has no score."""
    steps, pen_is_down = [], False
    for x, y in zip(places, heights, strict=True):
        if y is not None:
            steps.append(f"{'L' if pen_is_down else 'M'}{x} {y}")
        pen_is_down = y is not None
    return "".join(steps)


def _spread(wanted: Sequence[float | None], gap: float, low: float, high: float) -> list[float]:
    """Heights as near to those wanted as can be, at least a gap apart and within bounds.

    Labels that would touch become one group about the middle of what they wanted.
    """
    known = sorted((height, index) for index, height in enumerate(wanted) if height is not None)
    groups: list[tuple[float, list[int]]] = []
    for height, index in known:
        groups.append((height, [index]))
        while len(groups) > 1 and _first(groups[-1], gap) < _last(groups[-2], gap) + gap:
            (middle, later), (before, earlier) = groups.pop(), groups.pop()
            together = [*earlier, *later]
            centre = (before * len(earlier) + middle * len(later)) / len(together)
            groups.append((centre, together))
    places = [
        (_first(group, gap) + place * gap, index) for group in groups for place, index in enumerate(group[1])
    ]
    found = [low] * len(wanted)
    floor = low + gap / 2
    for height, index in places:
        found[index] = max(height, floor)
        floor = found[index] + gap
    ceiling = high - gap / 2
    for _height, index in reversed(places):
        found[index] = min(found[index], ceiling)
        ceiling = found[index] - gap
    return found


def _first(group: tuple[float, list[int]], gap: float) -> float:
    return group[0] - (len(group[1]) - 1) * gap / 2


def _last(group: tuple[float, list[int]], gap: float) -> float:
    return group[0] + (len(group[1]) - 1) * gap / 2


def _start(points: Sequence[SlopePoint], y: float, size: float) -> Label:
    return Label(str(points[0].percent), rounded(points[0].x - 12.0), rounded(y + size * 0.35), "end")


def _end(
    entry: SlopeEntry, points: Sequence[SlopePoint], y: float, width: float, size: float
) -> Label | None:
    if not points:
        return None
    x = points[-1].x + 12.0
    (text,) = fitted(f"{points[-1].percent} {entry.name}", width - x, size, lines=1, bold=entry.subject)
    return Label(text, rounded(x), rounded(y + size * 0.35), "start")


def _ground(name: Label, size: float) -> tuple[float, float, float, float]:
    return (
        name.x - 2.0,
        rounded(name.y - size * 0.9),
        rounded(text_width(name.text, size) + 4.0),
        rounded(size * 1.2),
    )
