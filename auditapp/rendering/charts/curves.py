"""The finish-time curve: the share that has finished against time, with the limit drawn in."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, islice
from typing import Literal

from auditapp.rendering.charts.labels import LEADING, Anchor, Label, fitted, rounded, text_width

HEIGHT = 210.0
NEAREST = 0.5
"""Points closer together than this, in pixels, are drawn as one."""
STEPS = (60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 14400, 21600, 43200)
SHARES = (0, 25, 50, 75, 100)

Gender = Literal["women", "men"]
Room = tuple[float, float, float, float | None]
"""The left, right and lower edge of a drawing, and where its limit stands."""


@dataclass(frozen=True)
class Runners:
    """One gender: how many of all had finished at each time, the median, and what it is called where it is marked.

    ``counts`` belong to the times of the chart. ``names`` are tried from the longest to the shortest. ``beyond`` says in
    words who had not finished within the limit.
    """

    counts: Sequence[int]
    of: int
    median: Fraction | None
    names: tuple[str, ...]
    beyond: str


@dataclass(frozen=True)
class CurveLine:
    """One curve: its path, the mark at its median and the words beside it, where there is room."""

    gender: Gender
    path: str
    mark: tuple[float, float] | None
    name: Label | None
    beyond: tuple[Label, ...]


@dataclass(frozen=True)
class CurveChart:
    """Both curves on one scale from nobody to everybody who started."""

    width: float
    height: float
    size: float
    left: float
    right: float
    top: float
    bottom: float
    shares: tuple[Label, ...]
    times: tuple[Label, ...]
    limit_x: float | None
    limit: Label | None
    lines: tuple[CurveLine, ...]


def curve_chart(
    times: Sequence[Fraction],
    women: Runners,
    men: Runners,
    limit: Fraction | None,
    limit_words: str,
    *,
    width: float = 592.0,
    size: float = 14.0,
    stacked: bool = False,
) -> CurveChart:
    """The curves through the counts at ``times`` (seconds, rising), with an upright at the limit, its words on top.

    What is said about those beyond the limit stands at the right; ``stacked`` sets it below, for a narrow page. A
    gender without starters has no curve, and a median beyond the last point no mark.

    Raises ValueError without any time.
    """
    if not times:
        raise ValueError("a curve needs a time")
    both: tuple[tuple[Gender, Runners], ...] = (("women", women), ("men", men))
    runners = [(gender, one) for gender, one in both if one.of]
    speaks = limit is not None and any(one.beyond for _, one in runners)
    beside = 0.27 * width if speaks and not stacked else 0.0
    small = size * 0.9
    left, right = text_width("100%", small) + 6.0, width - beside - 8.0
    line = size * LEADING
    top = line + 8.0 if limit is not None else 8.0
    bottom = top + HEIGHT * (0.8 if stacked else 1.0)
    begin, end = _span(times, [one.counts for _, one in runners], limit, [one.median for _, one in runners])

    def x(seconds: Fraction) -> float:
        return rounded(left + float((seconds - begin) / (end - begin)) * (right - left))

    def y(share: Fraction) -> float:
        return rounded(bottom - float(share) * (bottom - top))

    limit_x = None if limit is None else x(limit)
    marks = {
        gender: None
        if one.median is None or one.median > times[-1]
        else (x(one.median), y(_share_at(one.median, times, one, begin)))
        for gender, one in runners
    }
    names = _names(
        {gender: (marks[gender], one.names) for gender, one in runners},
        _slower(women.median, men.median),
        size,
        (left, right, bottom, limit_x),
    )
    drawn = []
    said = bottom + small * 3.0 + 4.0 if stacked else top + size
    for gender, one in runners:
        words = (
            fitted(one.beyond, (width if stacked else beside) - 8.0, size, lines=5)
            if one.beyond and limit is not None
            else ()
        )
        drawn.append(
            CurveLine(
                gender=gender,
                path=_path(times, one, begin, x, y),
                mark=marks[gender],
                name=names.get(gender),
                beyond=tuple(
                    Label(
                        text,
                        0.0 if stacked else rounded(right + 18.0),
                        rounded(said + number * line),
                        "start",
                    )
                    for number, text in enumerate(words)
                ),
            )
        )
        said += len(words) * line + (4.0 if stacked else 12.0)
    height = bottom + small * 1.5
    if stacked and speaks:
        height = max(height, said - line + 4.0)
    limit_label = None
    if limit is not None and limit_x is not None:
        half = text_width(limit_words, size, bold=True) / 2
        limit_label = Label(limit_words, rounded(min(max(limit_x, half), width - half)), rounded(size))
    return CurveChart(
        width=width,
        height=rounded(height),
        size=size,
        left=rounded(left),
        right=rounded(right),
        top=rounded(top),
        bottom=rounded(bottom),
        shares=tuple(
            Label(f"{share}%", rounded(left - 6.0), rounded(y(Fraction(share, 100)) + small * 0.35), "end")
            for share in SHARES
        ),
        times=tuple(
            Label(hours(tick), x(tick), rounded(bottom + small * 1.3))
            for tick in _ticks(begin, end, 4 if stacked else 7)
        ),
        limit_x=limit_x,
        limit=limit_label,
        lines=tuple(drawn),
    )


def hours(seconds: Fraction) -> str:
    """A time of the axis as hours and minutes: "2:30"."""
    minutes = int(seconds // 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def _span(
    times: Sequence[Fraction],
    counts: Sequence[Sequence[int]],
    limit: Fraction | None,
    medians: Sequence[Fraction | None],
) -> tuple[Fraction, Fraction]:
    """Where the axis begins, one step before anybody has finished, and where it ends, a little after everything."""
    first = next((place for place in range(len(times)) if any(one[place] for one in counts)), 0)
    step = times[1] - times[0] if len(times) > 1 else times[0] / 10
    marked = [time for time in (limit, *medians) if time is not None]
    begin = max(min([times[first - 1] if first else times[0] - step, *marked]), Fraction(0))
    last = max([times[-1], *marked])
    return begin, last + max((last - begin) / 30, Fraction(1))


def _ticks(begin: Fraction, end: Fraction, most: int) -> list[Fraction]:
    """Round times within the span, no more of them than asked for."""
    steps = (*STEPS, *(86400 * days for days in (1, 2, 5, 10, 20, 50, 100, 1000, 10000)))
    step = next((one for one in steps if (end - begin) / one <= most), steps[-1])
    first = -(-begin // step)
    return [Fraction(number * step) for number in islice(count(first), most + 1) if number * step <= end]


def _slower(women: Fraction | None, men: Fraction | None) -> Gender:
    """Whose name stands below its mark, at the right: the one with the later median."""
    if women is None:
        return "men"
    return "men" if men is not None and men > women else "women"


def _path(
    times: Sequence[Fraction],
    runners: Runners,
    begin: Fraction,
    x: Callable[[Fraction], float],
    y: Callable[[Fraction], float],
) -> str:
    """The line through every point, as path data, from nobody at the beginning of the axis."""
    points = [(x(begin), y(Fraction(0)))]
    for time, finished in zip(times, runners.counts, strict=True):
        if time <= begin:
            continue
        point = (x(time), y(Fraction(finished, runners.of)))
        if len(points) > 1 and points[-1][0] - points[-2][0] < NEAREST:
            points[-1] = point
        else:
            points.append(point)
    return "M" + "L".join(f"{across} {down}" for across, down in points)


def _share_at(seconds: Fraction, times: Sequence[Fraction], runners: Runners, begin: Fraction) -> Fraction:
    """The share that has finished by a time, along the line as it is drawn."""
    after = bisect_right(times, seconds)
    if after == len(times):
        return Fraction(runners.counts[-1], runners.of)
    earlier, finished = (times[after - 1], runners.counts[after - 1]) if after else (begin, 0)
    step = times[after] - earlier
    way = (seconds - earlier) / step if step else Fraction(1)
    return Fraction(finished, runners.of) + way * Fraction(runners.counts[after] - finished, runners.of)


def _names(
    marked: Mapping[Gender, tuple[tuple[float, float] | None, tuple[str, ...]]],
    slower: Gender,
    size: float,
    room: Room,
) -> dict[Gender, Label]:
    """The words beside the marks: the longest with which every mark has room for its own; none where there is none."""
    named = {gender: (mark, names) for gender, (mark, names) in marked.items() if mark is not None}
    for tried in zip(*(names for _, names in named.values()), strict=True):
        placed = [
            (gender, _name(name, mark, size, gender == slower, room))
            for name, (gender, (mark, _)) in zip(tried, named.items(), strict=True)
        ]
        found = {gender: label for gender, label in placed if label is not None}
        if len(found) == len(named):
            return found
    return {}


def _name(name: str, mark: tuple[float, float], size: float, below: bool, room: Room) -> Label | None:
    """The words beside a mark, below it at the right or above it at the left; None where they have no room."""
    left, right, bottom, limit = room
    x, y, anchor = _beside(mark, size, below)
    length = text_width(name, size, bold=True)
    start, end = (x, x + length) if below else (x - length, x)
    crosses = limit is not None and start - 4 < limit < end + 4
    if start < left or end > right or y > bottom - 4 or crosses:
        return None
    return Label(name, rounded(x), rounded(y), anchor)


def _beside(mark: tuple[float, float], size: float, below: bool) -> tuple[float, float, Anchor]:
    x, y = mark
    return (x + 12.0, y + size + 4.0, "start") if below else (x - 12.0, y - 8.0, "end")
