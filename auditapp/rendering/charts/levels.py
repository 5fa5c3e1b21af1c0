"""The score on its way to a level: the bar with its thresholds, and the steps of a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from auditapp.rendering.charts.bars import BAR_HEIGHT, Bar, bar
from auditapp.rendering.charts.labels import Label, Rows, percent_figure, rounded, scaled, text_width

Reach = Literal["reached", "next", "later"]


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
    above, below = Rows(width), Rows(width)
    bar_top, overshoot = line + 2, 9.0
    first_below = bar_top + 2 * overshoot + BAR_HEIGHT + size
    thresholds: dict[int, Threshold] = {}
    for index in sorted(range(len(levels)), key=lambda level: (levels[level][2] != "next", levels[level][1])):
        name, share, reach = levels[index]
        x, is_next = scaled(share, width), reach == "next"
        centre = above.try_place(0, x, text_width(name, size, bold=is_next))
        figure = percent_figure(share) if centre is not None else f"{percent_figure(share)} {name}"
        row, figure_x = below.place(x, text_width(figure, size, bold=is_next))
        thresholds[index] = Threshold(
            x=x,
            reach=reach,
            name=None if centre is None else Label(name, centre, rounded(size * 0.9)),
            figure=Label(figure, figure_x, rounded(first_below + row * line)),
        )
    height = first_below + max(below.count - 1, 0) * line + size * 0.4
    drawn = bar(points, possible, evidenced, width=width, overshoot=0.0)
    return LevelBar(
        width=width,
        height=rounded(height),
        bar=drawn,
        size=size,
        bar_y=bar_top + overshoot,
        line_top=bar_top,
        line_height=BAR_HEIGHT + 2 * overshoot,
        thresholds=tuple(thresholds[index] for index in range(len(levels))),
    )


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
        return rounded(top + climb * float((highest - share) / span))

    line_y = height_of(level)
    gap = (width - 88.0) / (len(states) - 1) if len(states) > 1 else 0.0
    every_figure = _every(gap, text_width("100%", size, bold=True) + 6.0)
    every_name = _every(gap, max(text_width(name, size) for name, _ in states) + 8.0)
    bottom = top + climb + size * 4.6
    steps = []
    for index, (name, share) in enumerate(states):
        x, y = rounded(44.0 + index * gap), height_of(share)
        is_last = index == len(states) - 1
        is_free_below = not y + size * 0.7 < line_y < y + size * 2.2
        figure_y = y + size * 1.75 if is_free_below else y - size
        shows_figure = _is_shown(index, len(states), every_figure) or is_last
        shows_name = _is_shown(index, len(states), every_name) or is_last
        steps.append(
            PlanStep(
                x=x,
                y=y,
                figure=Label(percent_figure(share, sign=True), x, rounded(figure_y))
                if shows_figure
                else None,
                name=Label(name, x, rounded(bottom - size * 0.6)) if shows_name else None,
            )
        )
    label = (
        Label(line_text, 1.0, rounded(line_y - size * 0.75), "start")
        if starts_below
        else Label(line_text, width - 1.0, rounded(line_y + size * 1.6), "end")
    )
    path = "M" + "L".join(f"{step.x:g} {step.y:g}" for step in steps)
    return PlanChart(width, rounded(bottom), size, line_y, label, path, tuple(steps))


def _every(gap: float, needed: float) -> int:
    return max(1, -int(-needed // gap)) if gap else 1


def _is_shown(index: int, count: int, every: int) -> bool:
    """Whether a label stands at this step: every n-th, but none so close that it touches the last one."""
    return index % every == 0 and (every == 1 or count - 1 - index >= every)
