"""Bullets: the bar is what women get, the line is what men get or what is asked for, and the gap has a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditapp.rendering.charts.labels import LEADING, Label, block, fitted, rounded, scaled, text_width

FEW_BULLETS = 12
"""Up to so many bullets stand at their full size; more of them stand closer together."""
MOST_BULLETS = 15
"""So many make one drawing: it never breaks, and should leave no page of paper half empty."""

LABEL_SHARE = 0.3
NAME_SHARE = 0.38
GAP = 8.0
HALF = Fraction(1, 2)
"""About what share of its width a drawing leaves to the bars."""


@dataclass(frozen=True)
class BulletMark:
    """One bar with its line. ``gap`` is where women get less: the left edge and width of the outlined part.

    ``figure`` stands in the bar, or in the gap behind it; None where neither has room and the name opens with it.
    """

    label: tuple[Label, ...]
    y: float
    bar_width: float
    gap: tuple[float, float] | None
    line_x: float | None
    figure: Label | None
    on_bar: bool
    name: tuple[Label, ...]
    short: bool


@dataclass(frozen=True)
class BulletChart:
    """Bullets below one another on one scale that begins at zero; bars begin at ``bar_x``."""

    width: float
    height: float
    size: float
    bar_x: float
    bar_height: float
    line_top: float
    line_height: float
    rows: tuple[BulletMark, ...]


def bullet_chart(
    rows: Sequence[tuple[str, Fraction, Fraction | None, str, str]],
    *,
    width: float = 592.0,
    size: float = 14.0,
    top: Fraction | None = None,
    close: bool = False,
) -> BulletChart:
    """A bar for each row, from (label, women's figure, line or None, the figure in words, the name of the gap).

    ``top`` is the end of the scale, by default the largest figure or line; ``close`` sets rows close together. The figure
    stands in its bar where it fits, and otherwise opens the words at the right.

    Raises ValueError for a figure or a line below zero.
    """
    numbers = [number for _, women, line, _, _ in rows for number in (women, line) if number is not None]
    if any(number < 0 for number in numbers):
        raise ValueError(f"bars begin at zero: {min(numbers)}")
    end = max(numbers, default=Fraction(0)) if top is None else top
    bar_height, overshoot, between = (22.0, 5.0, 20.0) if not close else (14.0, 3.0, 10.0)
    labels = [fitted(label, LABEL_SHARE * width, size, bold=True) for label, *_ in rows]
    lines = [line for label in labels for line in label]
    bar_x = rounded(
        min(LABEL_SHARE * width, max((text_width(line, size, bold=True) for line in lines), default=0.0))
        + GAP
    )
    said = [
        name
        if end and women / end * Fraction(width) * HALF >= text_width(figure, size, bold=True)
        else _after(figure, name)
        for _, women, _, figure, name in rows
    ]
    widest = max((text_width(words, size, bold=True) for words in said), default=0.0)
    name_width = min(NAME_SHARE * width, widest + GAP)
    length = width - bar_x - name_width - GAP
    line_height = size * LEADING
    drawn = []
    y = overshoot
    for (_, women, line, figure, name), label in zip(rows, labels, strict=True):
        bar = scaled(women / end, length) if end else 0.0
        line_x = None if line is None else scaled(line / end, length) if end else 0.0
        gap = rounded(line_x - bar) if line_x is not None and line_x > bar else 0.0
        room = text_width(figure, size, bold=True) + 2 * GAP
        starts = 0.0 if room <= bar else bar if room <= gap else None
        words = fitted(
            name if starts is not None else _after(figure, name),
            name_width,
            size,
            bold=True,
        )
        height = max(bar_height, len(words) * line_height, len(label) * line_height)
        centre = y + height / 2
        right = bar_x + max(bar, line_x or 0.0) + GAP
        drawn.append(
            BulletMark(
                label=block(label, 0.0, centre, size),
                y=rounded(centre - bar_height / 2),
                bar_width=bar,
                gap=(bar, gap) if gap else None,
                line_x=line_x,
                figure=None
                if starts is None
                else Label(figure, rounded(bar_x + starts + GAP), rounded(centre + size * 0.35), "start"),
                on_bar=room <= bar,
                name=block(words, right, centre, size),
                short=line is not None and women < line,
            )
        )
        y += height + between
    height = rounded(y - between + overshoot) if drawn else 0.0
    return BulletChart(
        width, height, size, bar_x, bar_height, -overshoot, bar_height + 2 * overshoot, tuple(drawn)
    )


def _after(figure: str, name: str) -> str:
    """The figure and the name of the gap behind it, where it has a name."""
    return f"{figure}, {name}" if name else figure
