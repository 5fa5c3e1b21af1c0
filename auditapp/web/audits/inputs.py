"""Inputs as the macros of the forms draw them, for what is not a WTForms form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Option(NamedTuple):
    """One line of a list to choose from."""

    value: str
    label: str
    selected: bool


class Label(NamedTuple):
    """The words beside an input."""

    text: str


@dataclass(frozen=True)
class Input:
    """An input with the face of a WTForms field, so that the macros draw both."""

    id: str
    name: str
    label: Label
    value: str = ""
    description: str = ""
    errors: Sequence[str] = ()
    options: Sequence[tuple[str, str]] = ()

    def _value(self) -> str:
        return self.value

    def iter_choices(self) -> Iterator[Option]:
        """The options, the chosen one marked."""
        for value, text in self.options:
            yield Option(value, text, value == self.value)
