"""Events or editions beside one another, a cell for each section, or a glyph for each criterion."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from auditapp.rendering.charts.labels import LEADING, Label, block, fitted, rounded
from auditapp.rendering.words import grade_kind

GAP = 4.0
HEAD = 32.0
CELL = 30.0
WIDEST_CELL = 112.0
STEPS = 5
"""Equal steps of 20 from white to pine; a hundred belongs to the last."""

GLYPH = 16.0
PITCH = 30.0
GLYPH_ROW = 24.0


@dataclass(frozen=True)
class Head:
    """The head of a column, or of a row of glyphs: the number of an event, drawn as its mark, or words."""

    x: float
    y: float
    number: int | None
    label: Label | None


@dataclass(frozen=True)
class HeatCell:
    """A figure on its ground. `step` counts from 1, white, to 5, pine; 0 where there is no figure, only a dash."""

    x: float
    y: float
    step: int
    label: Label


@dataclass(frozen=True)
class HeatRow:
    """A section, and its figure in every column."""

    labels: tuple[Label, ...]
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class HeatMap:
    """Sections below one another, events or editions side by side; every cell has its figure."""

    width: float
    height: float
    size: float
    cell_width: float
    cell_height: float
    heads: tuple[Head, ...]
    rows: tuple[HeatRow, ...]


def heat_map(
    columns: Sequence[int | str],
    rows: Sequence[tuple[str, Sequence[int | None]]],
    *,
    width: float = 928.0,
    label_width: float = 202.0,
    size: float = 15.0,
) -> HeatMap:
    """A row for each (title, whole percents in the order of the columns); None leaves a dash.

    A column that is a number stands for that event and is headed by its mark. With a ``label_width`` of 0 every title
    stands above its row, which is the form for a narrow page.

    Raises ValueError for a percent outside 0 to 100.
    """
    room = (width - label_width + GAP) / max(len(columns), 1) - GAP
    cell = min(room, WIDEST_CELL) if label_width else room
    lefts = [label_width + number * (cell + GAP) for number in range(len(columns))]
    y = HEAD
    drawn = []
    for title, percents in rows:
        if any(value is not None and not 0 <= value <= 100 for value in percents):
            raise ValueError(f"not percents from 0 to 100: {list(percents)}")
        lines = fitted(title, (label_width or width) - 8.0, size, lines=2, bold=True)
        above = 0.0 if label_width else len(lines) * size * LEADING + 6.0
        height = max(CELL, len(lines) * size * LEADING) if label_width else CELL
        top = y + above + (height - CELL) / 2
        middle = y + (above - 6.0) / 2 if above else y + height / 2
        cells = tuple(
            HeatCell(
                rounded(left),
                rounded(top),
                0 if percent is None else min(percent * STEPS // 100, STEPS - 1) + 1,
                Label(
                    "–" if percent is None else str(percent),
                    rounded(left + cell / 2),
                    rounded(top + CELL / 2 + size * 0.35),
                ),
            )
            for left, percent in zip(lefts, percents, strict=True)
        )
        drawn.append(HeatRow(block(lines, 0.0, middle, size), cells))
        y += above + height + GAP
    return HeatMap(
        width=rounded(width if not label_width else label_width + len(columns) * (cell + GAP) - GAP),
        height=rounded(y),
        size=size,
        cell_width=rounded(cell),
        cell_height=CELL,
        heads=tuple(
            _head(column, left + cell / 2, HEAD / 2 - 1.0, cell, size)
            for column, left in zip(columns, lefts, strict=True)
        ),
        rows=tuple(drawn),
    )


def _head(column: int | str, x: float, y: float, room: float, size: float) -> Head:
    if isinstance(column, int):
        return Head(rounded(x), rounded(y), column, None)
    (text,) = fitted(column, room, size, lines=1)
    return Head(rounded(x), rounded(y), None, Label(text, rounded(x), rounded(y + size * 0.35)))


@dataclass(frozen=True)
class GlyphBlock:
    """A section of a glyph map: its title, the codes of its criteria, and the heads of its rows."""

    title: Label
    codes: tuple[Label, ...]
    heads: tuple[Head, ...]


@dataclass(frozen=True)
class GlyphMap:
    """Criteria side by side, section by section, a row of glyphs for each event or edition.

    `glyphs` holds the centres of all glyphs of one kind: those of `grade_kind`, "apart" for an answer that cannot be
    compared, "not_asked" where there was no question.
    """

    width: float
    height: float
    size: float
    blocks: tuple[GlyphBlock, ...]
    glyphs: dict[str, tuple[tuple[float, float], ...]]

    @property
    def moves(self) -> dict[str, tuple[str, ...]]:
        """The same as a pen goes there: what is drawn about each place follows its move."""
        written = {
            value: f"{value:g}" for places in self.glyphs.values() for place in places for value in place
        }
        return {
            kind: tuple(f"M{written[x]} {written[y]}" for x, y in places)
            for kind, places in self.glyphs.items()
        }


@dataclass(frozen=True)
class GlyphColumn:
    """A criterion: its code, and what it is worth in each row.

    Worth is a share from 0 to 1, or a word: "not_applicable", "unanswered", "apart", "not_asked".
    """

    code: str
    worths: tuple[Fraction | str, ...]

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kind of glyph in each row."""
        return tuple(map(_kind, self.worths))


def glyph_map(
    rows: Sequence[int | str],
    sections: Sequence[tuple[str, Sequence[GlyphColumn]]],
    *,
    width: float = 928.0,
    label_width: float = 72.0,
    size: float = 13.0,
) -> GlyphMap:
    """A block of glyphs for each (title, criteria); criteria that have no room side by side go on in the next line."""
    across = max(int((width - label_width) // PITCH), 1)
    y = 0.0
    blocks = []
    glyphs: dict[str, list[tuple[float, float]]] = {}
    for title, criteria in sections:
        name = title
        for start in range(0, len(criteria), across):
            part = criteria[start : start + across]
            if name:
                y += 22.0
            label = Label(name, 0.0, rounded(y - 2.0), "start")
            name = ""
            y += 18.0
            places = [rounded(label_width + (place + 0.5) * PITCH) for place in range(len(part))]
            codes = tuple(Label(one.code, x, rounded(y - 3.0)) for x, one in zip(places, part, strict=True))
            heads = []
            for number, row in enumerate(rows):
                middle = rounded(y + GLYPH_ROW / 2)
                heads.append(_row_head(row, middle, label_width, size))
                for x, one in zip(places, part, strict=True):
                    glyphs.setdefault(one.kinds[number], []).append((x, middle))
                y += GLYPH_ROW
            blocks.append(GlyphBlock(label, codes, tuple(heads)))
            y += 6.0
        y += 8.0
    return GlyphMap(
        width, rounded(y), size, tuple(blocks), {kind: tuple(places) for kind, places in glyphs.items()}
    )


def _row_head(row: int | str, y: float, room: float, size: float) -> Head:
    if isinstance(row, int):
        return Head(13.0, rounded(y), row, None)
    (text,) = fitted(row, room - 6.0, size, lines=1, bold=True)
    return Head(0.0, rounded(y), None, Label(text, 0.0, rounded(y + size * 0.35), "start"))


def _kind(worth: Fraction | str) -> str:
    return worth if isinstance(worth, str) and worth in ("apart", "not_asked") else grade_kind(worth)
