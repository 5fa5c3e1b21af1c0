"""Bars: solid for evidenced, hatched for declared only, empty for not earned."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditapp.rendering.charts.labels import Label, rounded, scaled

BAR_HEIGHT = 22.0
OVERSHOOT = 5.0
HATCH_PITCH = 7.5
SMALL_HATCH_PITCH = 5.0


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
    solid = scaled(Fraction(evidenced, 1) / possible, width) if possible else 0.0
    earned = scaled(Fraction(points, 1) / possible, width) if possible else 0.0
    return Bar(
        width=width,
        height=height + 2 * overshoot,
        bar_y=overshoot,
        bar_height=height,
        solid_width=solid,
        hatched_x=solid,
        hatched_width=rounded(earned - solid),
        hatch_path=hatch(
            solid, overshoot, earned - solid, height, HATCH_PITCH if height > 12 else SMALL_HATCH_PITCH
        ),
        line_x=None if floor is None else scaled(floor, width),
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
