"""Small marks drawn once for a page that repeats them hundreds of times."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from fractions import Fraction
from typing import Protocol

from markupsafe import Markup


class Macro(Protocol):
    """A macro of a template: it has a name, and draws the same for the same arguments."""

    name: str

    def __call__(self, *arguments: Hashable) -> Markup:
        """What it draws."""


class Cell(Protocol):
    """A cell of a table that is often the same as another."""

    @property
    def plain(self) -> tuple[Hashable, ...] | None:
        """All that the cell shows; None where it has more to it than is worth looking up."""


class Once:
    """Calls a macro once for the same arguments, and gives what it drew from then on. Made anew for every page.

    A fraction takes long to be looked up by; the pair it is made of does not.
    """

    def __init__(self) -> None:
        self._drawn: dict[tuple[Hashable, ...], Markup] = {}

    def __call__(self, macro: Macro, *arguments: Hashable) -> Markup:
        """What the macro draws."""
        key = (
            macro.name,
            *(one.as_integer_ratio() if type(one) is Fraction else one for one in arguments),
        )
        if key not in self._drawn:
            self._drawn[key] = macro(*arguments)
        return self._drawn[key]

    def row(self, macro: Macro, cells: Iterable[tuple[Hashable, ...]]) -> Markup:
        """What the macro draws for the arguments of each cell of a row, one behind the other."""
        return Markup("").join(self(macro, *arguments) for arguments in cells)

    def cells(self, cells: Iterable[Cell], plain: Macro, full: Callable[[Cell, Once], Markup]) -> Markup:
        """The cells of a row: `plain` draws once what is often the same, `full` everything else."""
        return Markup("").join(
            full(cell, self) if (look := cell.plain) is None else self(plain, *look) for cell in cells
        )
