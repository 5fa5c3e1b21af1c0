"""The numbers behind grades, report beside report, and the orders in which they sort the reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from auditapp.domain.cells import Cell
from auditapp.domain.comparison import Comparison, Row
from auditapp.rendering import words
from auditapp.rendering.figures import in_unit

Direction = Literal["ascending", "descending"]


@dataclass(frozen=True)
class NumberCell:
    """A number in words with the worth and the word of the grade beside it; no text where there is no number."""

    text: str
    worth: Fraction | str | None = None
    word: str = ""
    small: bool = False


@dataclass(frozen=True)
class NumberRow:
    """One number of one criterion in every report.

    `lowest_first` and `highest_first` are the places of the reports sorted by it, those without one last; None where the
    numbers do not tell them apart, or are money in several currencies. `sorted` says how the reports stand now.
    """

    code: str
    title: str
    label: str
    cells: tuple[NumberCell, ...]
    lowest_first: tuple[int, ...] | None
    highest_first: tuple[int, ...] | None
    sorted: Direction | None


def number_rows(comparison: Comparison, *, gettext: words.Gettext = words.english) -> tuple[NumberRow, ...]:
    """A row for each number a measure gave, in the order of the checklist."""
    return tuple(_rows(comparison.with_numbers, gettext))


def _rows(rows: Sequence[Row], gettext: words.Gettext) -> Iterator[NumberRow]:
    for row in rows:
        quantities = {cell.quantity.id: cell.quantity.label for cell in row.cells if cell.quantity}
        for name, label in quantities.items():
            cells = [cell if cell.quantity and cell.quantity.id == name else None for cell in row.cells]
            lowest, highest = _orders(cells)
            here = tuple(range(len(cells)))
            yield NumberRow(
                row.code,
                row.title,
                label,
                tuple(_cell(cell, gettext) for cell in cells),
                lowest,
                highest,
                "ascending" if here == lowest else "descending" if here == highest else None,
            )


def _cell(cell: Cell | None, gettext: words.Gettext) -> NumberCell:
    if cell is None or cell.quantity is None or cell.quantity.value is None:
        return NumberCell("")
    text = in_unit(cell.quantity.value, cell.quantity.unit, cell.currency, gettext=gettext)
    return NumberCell(text, cell.worth, cell.label, cell.quantity.small)


def _orders(cells: Sequence[Cell | None]) -> tuple[tuple[int, ...] | None, tuple[int, ...] | None]:
    """The places of the cells from the lowest number to the highest and the other way round."""
    known = {
        place: cell.quantity.value
        for place, cell in enumerate(cells)
        if cell and cell.quantity and cell.quantity.value is not None
    }
    units = {
        (cell.quantity.unit, cell.currency if cell.quantity.unit == "money" else "")
        for cell in cells
        if cell and cell.quantity
    }
    if len(set(known.values())) < 2 or len(units) > 1:
        return None, None
    without = tuple(place for place in range(len(cells)) if place not in known)
    lowest = tuple(sorted(known, key=lambda place: known[place]))
    highest = tuple(sorted(known, key=lambda place: known[place], reverse=True))
    return (*lowest, *without), (*highest, *without)
