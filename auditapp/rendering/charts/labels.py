"""Text in drawings: where it stands, about how wide it is, and how labels keep apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Anchor = Literal["start", "middle", "end"]

LEADING = 1.25
"""The height of a line of text, in sizes of its type."""


@dataclass(frozen=True)
class Label:
    """A piece of text and where it stands; ``y`` is its baseline."""

    text: str
    x: float
    y: float
    anchor: Anchor = "middle"


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


def fitted(text: str, width: float, size: float, *, lines: int = 3, bold: bool = False) -> tuple[str, ...]:
    """The text in at most so many lines that fit a width; what has no room is cut off and ends in three dots."""
    found = wrapped(text, width, size, bold=bold)
    kept = [_cut(line, width, size, bold=bold) for line in found[:lines]]
    if len(found) > lines:
        kept[-1] = _cut(f"{kept[-1].removesuffix('…')}…", width, size, bold=bold)
    return tuple(kept)


def _cut(text: str, width: float, size: float, *, bold: bool) -> str:
    """The text, or as much of its beginning as fits with three dots behind it; one character at least."""
    if text_width(text, size, bold=bold) <= width:
        return text
    kept = text.removesuffix("…")
    while len(kept) > 1 and text_width(f"{kept}…", size, bold=bold) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def block(
    lines: Sequence[str], x: float, centre: float, size: float, anchor: Anchor = "start"
) -> tuple[Label, ...]:
    """Lines of text below one another, together centred on a height."""
    first = centre - (len(lines) - 1) * size * LEADING / 2 + size * 0.35
    return tuple(
        Label(line, rounded(x), rounded(first + number * size * LEADING), anchor)
        for number, line in enumerate(lines)
    )


class Rows:
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
        return rounded(centre)

    def place(self, x: float, width: float) -> tuple[int, float]:
        """The first row with room, opening a new one when none has, and the centre of the label in it."""
        row = 0
        while (centre := self.try_place(row, x, width)) is None:
            row += 1
        return row, centre


def percent_figure(share: Fraction, *, sign: bool = False) -> str:
    """The share as a whole percent, rounded down, with or without its sign."""
    return f"{share * 100 // 1}{'%' if sign else ''}"


def scaled(share: Fraction, width: float) -> float:
    """The length of a share of a width."""
    return rounded(float(share * Fraction(width)))


def rounded(value: float) -> float:
    """A coordinate to a hundredth: finer than any screen or printer, and short in the markup."""
    return round(value, 2)
