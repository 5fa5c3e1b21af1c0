"""What every picture is made of: drawings with a text alternative, a key, and a table that says the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from auditapp.domain.measures.figure import SMALL_CELL
from auditapp.rendering import charts
from auditapp.rendering.figures.tables import TableView

Sheet = Literal["page", "paper"]
MarkKind = Literal["bar", "line", "women", "men", "other", "women-line", "men-line"]


@dataclass(frozen=True)
class Mark:
    """A mark of the drawing with its meaning, for the key below it."""

    kind: MarkKind
    text: str


@dataclass(frozen=True)
class Drawing:
    """A drawing with its text alternative; `narrow` is the same for a phone, None on paper."""

    kind: Literal["bullets", "shares", "curve", "queues"]
    title: str
    chart: charts.FigureChart
    narrow: charts.FigureChart | None


@dataclass(frozen=True)
class PictureView:
    """A picture in as many drawings as its size asks for, its key, and its numbers as a table.

    `table` is None where another table of the figure says the same already.
    """

    title: str
    drawings: tuple[Drawing, ...]
    key: tuple[Mark, ...]
    table: TableView | None


@dataclass(frozen=True)
class Size:
    """How wide a drawing is and how large its type, both in pixels. A narrow one stacks its words."""

    width: float
    type: float
    narrow: bool = False


def sizes(sheet: Sheet) -> tuple[Size, Size | None]:
    """The size of a drawing and of the same for a phone, which paper does not need."""
    if sheet == "paper":
        return Size(560.0, 12.5), None
    return Size(592.0, 15.0), Size(292.0, 14.0, narrow=True)


def who_is(name: str) -> charts.Who:
    """Whose mark stands for something called so: "men-covered", "Women", "other-finishers"."""
    first = name.casefold().replace("-", " ").split()[0]
    if first in ("men", "men’s"):
        return "men"
    return "other" if first in ("other", "others", "non", "nonbinary", "undisclosed") else "women"


def is_small(count: int) -> bool:
    """Whether a count of people is never published."""
    return 0 < count < SMALL_CELL
