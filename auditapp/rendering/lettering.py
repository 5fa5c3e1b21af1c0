"""Words drawn as outlines of the typeface: a picture shown on anybody's page cannot bring its fonts along."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from auditapp.rendering.charts.labels import rounded
from auditapp.resources import PACKAGE

Weight = Literal["Regular", "SemiBold", "Bold", "ExtraBold"]

ELLIPSIS = "…"
UNITS = 1000
"""Units of the typeface to the size of its type."""
FOREIGN_WIDTH, WIDE_WIDTH = 0.68, 1.02
"""About how wide a letter of another script comes out in whatever font a reader has, in sizes of its type: generous."""


@dataclass(frozen=True)
class Line:
    """A line of words. `path` is its outline in units of the typeface, y upwards; empty where the face lacks a letter.

    A line without an outline is set in a font of the reader's: its width is then an estimate, on the generous side.
    """

    text: str
    path: str
    size: float
    weight: Weight
    width: float
    rtl: bool = False

    @property
    def scale(self) -> float:
        """What turns units of the typeface into those of the drawing."""
        return round(self.size / UNITS, 5)

    @property
    def css_weight(self) -> int:
        """The weight as a style sheet writes it."""
        return {"Regular": 400, "SemiBold": 600, "Bold": 700, "ExtraBold": 800}[self.weight]


def line(text: str, size: float, weight: Weight, *, most: float) -> Line:
    """The words in one line at most `most` wide; what has no room is cut off and ends in three dots."""
    text = " ".join(text.split())
    kept = text
    while width_of(kept, size, weight) > most and len(kept) > 1:
        kept = _whole_letters(kept.removesuffix(ELLIPSIS)[:-1].rstrip()) + ELLIPSIS
    path = _face(weight).outline(kept) if _face(weight).covers(kept) else ""
    return Line(kept, path, size, weight, rounded(width_of(kept, size, weight)), rtl=is_rtl(kept))


def squeezed(text: str, size: float, weight: Weight, *, most: float) -> Line:
    """The same for what must not be cut, such as a number: set smaller until it fits."""
    wide = width_of(text, size, weight)
    return line(text, rounded(size * min(1.0, most / wide)) if wide else size, weight, most=most + 1)


def width_of(text: str, size: float, weight: Weight) -> float:
    """How wide the words come out in the face; an estimate where it lacks a letter of them."""
    face = _face(weight)
    if face.covers(text):
        return face.advance(text) * size / UNITS
    return sum(_foreign_width(character) for character in text) * size


def is_rtl(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    strong = (unicodedata.bidirectional(character) for character in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"


@dataclass(frozen=True)
class _Glyph:
    """A letter drawn step by step from a point of its own, so that the same letter is the same text anywhere.

    The drawing begins at `start` and ends at `end`, both seen from where the letter stands on its line.
    """

    steps: str
    start: tuple[int, int]
    end: tuple[int, int]
    advance: int


class _Face:
    """The letters of one weight, each drawn once."""

    def __init__(self, weight: Weight) -> None:
        # Read only when something is drawn: the command line need not wait for it.
        from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

        font = TTFont(PACKAGE / "static" / "fonts" / f"AtkinsonHyperlegibleNext-{weight}.ttf")
        self._names: dict[int, str] = font.getBestCmap()
        self._drawings = font.getGlyphSet()
        self._glyphs: dict[str, _Glyph] = {}

    def covers(self, text: str) -> bool:
        """Whether the face has every letter of the text."""
        return all(ord(character) in self._names for character in text)

    def advance(self, text: str) -> int:
        """How wide the text is, without kerning."""
        return sum(self._glyph(character).advance for character in text)

    def outline(self, text: str) -> str:
        """The path of the text, from the origin."""
        steps: list[str] = []
        x, pen = 0, (0, 0)
        for character in text:
            glyph = self._glyph(character)
            if glyph.steps:
                steps.append(f"m{x + glyph.start[0] - pen[0]} {glyph.start[1] - pen[1]}{glyph.steps}")
                pen = (x + glyph.end[0], glyph.end[1])
            x += glyph.advance
        return "".join(steps)

    def _glyph(self, character: str) -> _Glyph:
        if character not in self._glyphs:
            self._glyphs[character] = self._drawn(self._names[ord(character)])
        return self._glyphs[character]

    def _drawn(self, name: str) -> _Glyph:
        from fontTools.pens.recordingPen import DecomposingRecordingPen  # type: ignore[import-untyped]

        drawing = self._drawings[name]
        recorded = DecomposingRecordingPen(self._drawings)
        drawing.draw(recorded)
        steps: list[str] = []
        begun, here, first = (0, 0), (0, 0), None
        for command, points in recorded.value:
            match command:
                case "moveTo":
                    begun = _whole(points[0])
                    if first is None:
                        first = begun
                    else:
                        steps.append("m" + _between(here, begun))
                    here = begun
                case "lineTo":
                    steps.append("l" + _between(here, _whole(points[0])))
                    here = _whole(points[0])
                case "qCurveTo":
                    for control, point in _curves(points):
                        steps.append(f"q{_between(here, control)} {_between(here, point)}")
                        here = point
                case "closePath":
                    steps.append("z")
                    here = begun
        return _Glyph("".join(steps), first or (0, 0), here, round(drawing.width))


@lru_cache(maxsize=4)
def _face(weight: Weight) -> _Face:
    return _Face(weight)


def _curves(points: Sequence[tuple[float, float]]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Control and end point of each curve; between two control points lies an end point that nobody wrote down."""
    *controls, last = points
    for control, following in pairwise(controls):
        middle = ((control[0] + following[0]) / 2, (control[1] + following[1]) / 2)
        yield _whole(control), _whole(middle)
    yield _whole(controls[-1]), _whole(last)


def _whole(point: tuple[float, float]) -> tuple[int, int]:
    return round(point[0]), round(point[1])


def _between(here: tuple[int, int], there: tuple[int, int]) -> str:
    return f"{there[0] - here[0]} {there[1] - here[1]}"


def _whole_letters(text: str) -> str:
    """The text without a joiner at its end, which would wait for a letter that is not there."""
    return text.rstrip("\u200d")


def _foreign_width(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    return WIDE_WIDTH if unicodedata.east_asian_width(character) in "WF" else FOREIGN_WIDTH
