"""Small marks drawn once for a page that repeats them hundreds of times."""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from typing import Protocol

from markupsafe import Markup


class Macro(Protocol):
    """A macro of a template: it has a name, and draws the same for the same arguments."""

    name: str

    def __call__(self, *arguments: Hashable) -> Markup:
        """What it draws."""


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
            *(one.as_integer_ratio() if isinstance(one, Fraction) else one for one in arguments),
        )
        if key not in self._drawn:
            self._drawn[key] = macro(*arguments)
        return self._drawn[key]
