"""Shares with their intervals on one scale from 0 to 100, and the lines somebody has to reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from auditapp.rendering.charts.labels import LEADING, Label, Rows, block, fitted, rounded, scaled, text_width

Who = Literal["women", "men", "other"]

ROW = 34.0
EDGE = 9.0
TICKS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class ShareEntry:
    """A share to be drawn, from 0 to 100, with the ends of its interval; None where it must not be shown.

    ``words`` say the count and the percentage, or why there is none.
    """

    label: str
    who: Who
    percent: Fraction | None
    low: Fraction
    high: Fraction
    words: str


@dataclass(frozen=True)
class ShareMark:
    """One share: its name, its count in words, the mark and its interval."""

    label: tuple[Label, ...]
    words: tuple[Label, ...]
    y: float
    who: Who
    x: float | None
    low: float
    high: float


@dataclass(frozen=True)
class ShareLine:
    """A line somebody has to reach, with its percentage on top."""

    x: float
    label: Label


@dataclass(frozen=True)
class ShareChart:
    """Shares below one another. Uprights are drawn along ``spans``, from top to bottom, and leave out what is written."""

    width: float
    height: float
    size: float
    spans: tuple[tuple[float, float], ...]
    ticks: tuple[Label, ...]
    lines: tuple[ShareLine, ...]
    rows: tuple[ShareMark, ...]


def share_chart(
    shares: Sequence[ShareEntry],
    lines: Sequence[tuple[Fraction, str]] = (),
    *,
    width: float = 592.0,
    size: float = 14.0,
    stacked: bool = False,
) -> ShareChart:
    """A mark for each share with its interval behind it, and an upright for each of the ``lines`` (percent, words).

    Names stand at the left of the scale and counts at its right; ``stacked`` sets both above it, for a narrow page.

    Raises ValueError for a share or a line outside 0 to 100.
    """
    asked = [value for one in shares for value in (one.percent, one.low, one.high) if value is not None]
    if any(not 0 <= value <= 100 for value in (*asked, *(line for line, _ in lines))):
        raise ValueError("a share lies between 0 and 100")
    named = max((text_width(one.label, size, bold=True) for one in shares), default=0.0)
    counted = max((text_width(one.words, size) for one in shares), default=0.0)
    label_width = 0.0 if stacked else min(0.3 * width, named) + 8.0
    words_width = 0.0 if stacked else min(0.32 * width, counted) + 8.0
    left, right = label_width + EDGE, width - words_width - EDGE
    heads = Rows(width)
    uprights = [
        (left + scaled(line / 100, right - left), words, text_width(words, size, bold=True))
        for line, words in lines
    ]
    placed = [heads.place(x, length) for x, _, length in uprights]
    top = rounded(heads.count * size * LEADING + (6.0 if uprights else 0.0))
    y = top + 6.0
    drawn = []
    for one in shares:
        label = fitted(one.label, (width if stacked else label_width) - 8.0, size, bold=True)
        words = fitted(one.words, (width if stacked else words_width) - 8.0, size)
        text_height = (len(label) + len(words)) * size * LEADING if stacked else 0.0
        height = ROW if stacked else max(ROW, max(len(label), len(words)) * size * LEADING + 8.0)
        centre = y + text_height + height / 2
        middle = y + text_height / 2
        drawn.append(
            ShareMark(
                label=block(label, 0.0, y + len(label) * size * LEADING / 2 if stacked else centre, size),
                words=block(words, 0.0, middle + len(label) * size * LEADING / 2, size)
                if stacked
                else block(words, right + EDGE + 8.0, centre, size),
                y=rounded(centre),
                who=one.who,
                x=None if one.percent is None else rounded(left + scaled(one.percent / 100, right - left)),
                low=rounded(left + scaled(one.low / 100, right - left)),
                high=rounded(left + scaled(one.high / 100, right - left)),
            )
        )
        y += text_height + height
    bottom = rounded(y + 4.0)
    return ShareChart(
        width=width,
        height=rounded(bottom + size * LEADING + 2.0),
        size=size,
        spans=tuple((row.y - ROW / 2, row.y + ROW / 2) for row in drawn) if stacked else ((top, bottom),),
        ticks=tuple(
            Label(f"{tick}%", rounded(left + (right - left) * tick / 100), rounded(bottom + size * 1.1))
            for tick in TICKS
        ),
        lines=tuple(
            ShareLine(rounded(x), Label(words, centre, rounded((row + 1) * size * LEADING - 3.0)))
            for (x, words, _), (row, centre) in zip(uprights, placed, strict=True)
        ),
        rows=tuple(drawn),
    )
