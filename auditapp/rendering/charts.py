"""The geometry of every drawing: shares in, coordinates out.

Shares are exact (`Fraction`, 0 to 1) until a coordinate is needed; coordinates are user units of the SVG, pixels at its
natural size, from the top left. The macros in ``templates/macros`` draw these values and compute nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

BAR_HEIGHT = 22.0
OVERSHOOT = 5.0
HATCH_PITCH = 7.5
EVENT_SHAPES = ("circle", "square", "triangle", "diamond", "wedge", "cross")

Reach = Literal["reached", "next", "later"]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Bar:
    """Solid for evidenced, hatched for declared only, empty for not earned, and perhaps a line at a floor."""

    width: float
    height: float
    bar_y: float
    bar_height: float
    solid_width: float
    hatched_x: float
    hatched_width: float
    hatch_path: str
    line_x: float | None


@dataclass(frozen=True)
class Label:
    """A piece of text and where it stands; ``y`` is its baseline."""

    text: str
    x: float
    y: float
    anchor: Anchor = "middle"


@dataclass(frozen=True)
class Threshold:
    """One level on the level bar: its line, its name above, or None when the figure below carries the name as well."""

    x: float
    reach: Reach
    name: Label | None
    figure: Label


@dataclass(frozen=True)
class LevelBar:
    """The whole score as a bar with a line for every level."""

    width: float
    height: float
    bar: Bar
    size: float
    bar_y: float
    line_top: float
    line_height: float
    thresholds: tuple[Threshold, ...]


@dataclass(frozen=True)
class MiniBar:
    """A bar of a list row, with the letter of its section."""

    letter: Label
    x: float
    y: float
    bar: Bar


@dataclass(frozen=True)
class MiniBars:
    """The sections of one report as a small block of bars."""

    width: float
    height: float
    rows: tuple[MiniBar, ...]


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


@dataclass(frozen=True)
class PlanStep:
    """One state of the score on the way to a level; labels that would touch their neighbour are None."""

    x: float
    y: float
    figure: Label | None
    name: Label | None


@dataclass(frozen=True)
class PlanChart:
    """Steps that climb to the line of a level."""

    width: float
    height: float
    size: float
    line_y: float
    line_label: Label
    path: str
    steps: tuple[PlanStep, ...]


def bar(
    points: Fraction | int,
    possible: Fraction | int,
    evidenced: Fraction | int,
    floor: Fraction | None = None,
    *,
    width: float = 320.0,
    height: float = BAR_HEIGHT,
    overshoot: float = OVERSHOOT,
) -> Bar:
    """The bar of a section. All of ``possible`` is the full width; with nothing possible the bar is empty.

    ``evidenced`` are those of the points that rest on evidence; ``floor`` is the share a level asks for here.

    Raises ValueError unless 0 <= evidenced <= points <= possible and the floor lies between 0 and 1.
    """
    if not 0 <= evidenced <= points <= possible:
        raise ValueError(f"not a bar: {evidenced} evidenced of {points} points of {possible}")
    if floor is not None and not 0 <= floor <= 1:
        raise ValueError(f"a floor is a share from 0 to 1, not {floor}")
    solid = _scaled(Fraction(evidenced, 1) / possible, width) if possible else 0.0
    earned = _scaled(Fraction(points, 1) / possible, width) if possible else 0.0
    return Bar(
        width=width,
        height=height + 2 * overshoot,
        bar_y=overshoot,
        bar_height=height,
        solid_width=solid,
        hatched_x=solid,
        hatched_width=_rounded(earned - solid),
        hatch_path=hatch(solid, overshoot, earned - solid, height, HATCH_PITCH if height > 12 else 5.0),
        line_x=None if floor is None else _scaled(floor, width),
    )


def hatch(x: float, y: float, width: float, height: float, pitch: float = HATCH_PITCH) -> str:
    """Strokes rising to the right inside a rectangle, as path data, cut at its edges so that no clipping is needed.

    Strokes start from multiples of the pitch, so that bars below one another are hatched in step. Empty when the
    rectangle is too narrow to hold a stroke.
    """
    inset = 0.75
    left, right, top, bottom = x + inset, x + width - inset, y + inset, y + height - inset
    if right <= left:
        return ""
    strokes = []
    count = int((left + top) // pitch) + 1
    while (total := count * pitch) < right + bottom:
        start, end = max(left, total - bottom), min(right, total - top)
        if end - start > 0.5:
            strokes.append(f"M{start:.1f} {total - start:.1f}L{end:.1f} {total - end:.1f}")
        count += 1
    return "".join(strokes)


def mini_bars(
    sections: Sequence[tuple[str, Fraction | int, Fraction | int, Fraction | int]],
    *,
    width: float = 160.0,
    letter_width: float = 16.0,
) -> MiniBars:
    """Small bars below one another, from (letter, points, possible, evidenced) of each section."""
    height, pitch = 9.0, 17.0
    rows = tuple(
        MiniBar(
            letter=Label(letter, 0.0, index * pitch + 12.0, "start"),
            x=letter_width,
            y=index * pitch + 4.0,
            bar=bar(points, possible, evidenced, width=width - letter_width, height=height, overshoot=0.0),
        )
        for index, (letter, points, possible, evidenced) in enumerate(sections)
    )
    return MiniBars(width, pitch * len(rows), rows)


def level_bar(
    points: Fraction | int,
    possible: Fraction | int,
    evidenced: Fraction | int,
    levels: Sequence[tuple[str, Fraction, Reach]],
    *,
    width: float = 752.0,
    size: float = 16.0,
) -> LevelBar:
    """The score on its way through the levels, from (name, share it starts at, reach) of each.

    Names stand above the bar and figures below it. A name that would touch another moves down to its figure, and both to
    a further line if they must; the next level chooses its place first. ``size`` is the height of the text.
    """
    line = size * 1.375
    above, below = _Rows(width), _Rows(width)
    bar_top, overshoot = line + 2, 9.0
    first_below = bar_top + 2 * overshoot + BAR_HEIGHT + size
    thresholds: dict[int, Threshold] = {}
    for index in sorted(range(len(levels)), key=lambda level: (levels[level][2] != "next", levels[level][1])):
        name, share, reach = levels[index]
        x, is_next = _scaled(share, width), reach == "next"
        centre = above.try_place(0, x, text_width(name, size, bold=is_next))
        figure = _percent(share) if centre is not None else f"{_percent(share)} {name}"
        row, figure_x = below.place(x, text_width(figure, size, bold=is_next))
        thresholds[index] = Threshold(
            x=x,
            reach=reach,
            name=None if centre is None else Label(name, centre, _rounded(size * 0.9)),
            figure=Label(figure, figure_x, _rounded(first_below + row * line)),
        )
    height = first_below + max(below.count - 1, 0) * line + size * 0.4
    drawn = bar(points, possible, evidenced, width=width, overshoot=0.0)
    return LevelBar(
        width=width,
        height=_rounded(height),
        bar=drawn,
        size=size,
        bar_y=bar_top + overshoot,
        line_top=bar_top,
        line_height=BAR_HEIGHT + 2 * overshoot,
        thresholds=tuple(thresholds[index] for index in range(len(levels))),
    )


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
            Label(text, 0.0, _rounded(baseline + index * line), "start") for index, text in enumerate(texts)
        )
        marks = tuple(
            Mark(
                number,
                EVENT_SHAPES[number - 1],
                _rounded(x),
                _rounded(centre + lane * step),
                value,
            )
            for (number, x, value), lane in zip(places, lanes, strict=True)
        )
        ends = (min(mark.x for mark in marks), max(mark.x for mark in marks)) if marks else None
        rule = ends if ends is not None and ends[0] < ends[1] else None
        drawn.append(DotRow(labels, _rounded(centre), rule, marks))
        y += height
    ticks = tuple(
        Label(str(value), _rounded(left + (right - left) * value / 100), size * 0.85)
        for value in range(0, 101, 25)
    )
    return DotPlot(width, _rounded(y + 4.0), size, ticks, size + 6.0, _rounded(y + 4.0), tuple(drawn))


def plan_chart(
    states: Sequence[tuple[str, Fraction]],
    level: Fraction,
    line_text: str,
    *,
    width: float = 752.0,
    size: float = 15.0,
) -> PlanChart:
    """The score today and after each change, from (name, share), against the line where a level starts.

    The share is drawn exactly and written rounded down. The text of the line stands above it at the left, or below it at
    the right when the score starts on or over the line and only other conditions are missing.

    Raises ValueError when there is no state.
    """
    if not states:
        raise ValueError("a plan chart needs at least the score today")
    shares = [share for _, share in states]
    lowest, highest = min(*shares, level), max(*shares, level)
    span = max(highest - lowest, Fraction(1, 25))
    top, climb = size * 2.6, 120.0
    starts_below = shares[0] < level

    def height_of(share: Fraction) -> float:
        return _rounded(top + climb * float((highest - share) / span))

    line_y = height_of(level)
    gap = (width - 88.0) / (len(states) - 1) if len(states) > 1 else 0.0
    every_figure = _every(gap, text_width("100%", size, bold=True) + 6.0)
    every_name = _every(gap, max(text_width(name, size) for name, _ in states) + 8.0)
    bottom = top + climb + size * 4.6
    steps = []
    for index, (name, share) in enumerate(states):
        x, y = _rounded(44.0 + index * gap), height_of(share)
        is_last = index == len(states) - 1
        is_free_below = not y + size * 0.7 < line_y < y + size * 2.2
        figure_y = y + size * 1.75 if is_free_below else y - size
        shows_figure = _is_shown(index, len(states), every_figure) or is_last
        shows_name = _is_shown(index, len(states), every_name) or is_last
        steps.append(
            PlanStep(
                x=x,
                y=y,
                figure=Label(_percent(share, sign=True), x, _rounded(figure_y)) if shows_figure else None,
                name=Label(name, x, _rounded(bottom - size * 0.6)) if shows_name else None,
            )
        )
    label = (
        Label(line_text, 1.0, _rounded(line_y - size * 0.75), "start")
        if starts_below
        else Label(line_text, width - 1.0, _rounded(line_y + size * 1.6), "end")
    )
    path = "M" + "L".join(f"{step.x:g} {step.y:g}" for step in steps)
    return PlanChart(width, _rounded(bottom), size, line_y, label, path, tuple(steps))


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text comes out in the typeface, a little generously, so that labels kept apart stay apart."""
    narrow = sum(character in "iljtfrI.,:;'|!()[] " for character in text)
    wide = sum(character in "mwMWÆŒ@%" for character in text)
    units = 0.57 * (len(text) - narrow - wide) + 0.36 * narrow + 0.9 * wide
    return units * size * (1.06 if bold else 1.0)


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """The text in lines that fit a width; a single word that does not fit keeps a line of its own."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size, bold=bold) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return tuple(lines)


class _Rows:
    """Lines of centred labels that do not touch one another, filled one label at a time."""

    def __init__(self, width: float, gap: float = 8.0) -> None:
        self.width = width
        self.gap = gap
        self.taken: list[list[tuple[float, float]]] = []

    @property
    def count(self) -> int:
        return len(self.taken)

    def try_place(self, row: int, x: float, width: float) -> float | None:
        """The centre of the label in that row, kept inside the drawing; None when it would touch another."""
        centre = min(max(x, width / 2), self.width - width / 2)
        start, end = centre - width / 2, centre + width / 2
        while len(self.taken) <= row:
            self.taken.append([])
        if any(
            start < other_end + self.gap and other_start < end + self.gap
            for other_start, other_end in self.taken[row]
        ):
            return None
        self.taken[row].append((start, end))
        return _rounded(centre)

    def place(self, x: float, width: float) -> tuple[int, float]:
        """The first row with room, opening a new one when none has, and the centre of the label in it."""
        row = 0
        while (centre := self.try_place(row, x, width)) is None:
            row += 1
        return row, centre


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


def _every(gap: float, needed: float) -> int:
    return max(1, -int(-needed // gap)) if gap else 1


def _is_shown(index: int, count: int, every: int) -> bool:
    """Whether a label stands at this step: every n-th, but none so close that it touches the last one."""
    return index % every == 0 and (every == 1 or count - 1 - index >= every)


def _percent(share: Fraction, *, sign: bool = False) -> str:
    return f"{share * 100 // 1}{'%' if sign else ''}"


def _scaled(share: Fraction, width: float) -> float:
    return _rounded(float(share * Fraction(width)))


def _rounded(value: float) -> float:
    return round(value, 2)
