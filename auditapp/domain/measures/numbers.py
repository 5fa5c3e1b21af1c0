"""The organiser's own numbers for one measure, as entered or as counted from a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from auditapp.domain.values import Id, ShortText, Value, exact

ROW_LIMIT = 400
"""Rows of one table: a prize list of 60 places or a finish curve in steps of five minutes stays well below."""


_CLOCK = re.compile(r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)", re.ASCII)


def seconds(text: str) -> int | None:
    """The seconds of a time written h:mm:ss or m:ss; None for anything else."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    return 3600 * hours + 60 * minutes + rest


def _number(value: Any) -> Any:
    if isinstance(value, bool):
        return Fraction(int(value))
    if isinstance(value, str) and (time := seconds(value)) is not None:
        return Fraction(time)
    return exact(value)


Number = Annotated[
    Fraction,
    BeforeValidator(_number),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": ["string", "number", "boolean"]}),
]
"""An exact number. In a file it may also be written as a time ("4:43:00", "6:37") or as true and false."""


class Row(Value):
    """One line of a table: its label where the table has labels, and its cells by column. An empty cell is left out.

    In a file the cells may stand beside the label, without the word `cells`.
    """

    label: ShortText = ""
    cells: dict[Id, Number] = {}

    @model_validator(mode="before")
    @classmethod
    def _cells_beside_the_label(cls, value: Any) -> Any:
        if isinstance(value, dict) and "cells" not in value:
            rest = {name: cell for name, cell in value.items() if name != "label"}
            return {"cells": rest} | ({"label": value["label"]} if "label" in value else {})
        return value


class Numbers(Value):
    """The numbers a measure works with.

    `values` and `choices` are keyed by field, cells of `rows` by column. Counts are whole, times are seconds,
    percentages run from 0 to 100, and yes and no are 1 and 0. Money is in `unit`, as its owner calls it: "pounds".
    `source` says where the numbers come from when a file was read. `hidden` names the cells that were taken out before
    publication because they count one to four people, `withheld` those that would have given such a count away.
    """

    values: dict[Id, Number] = {}
    choices: dict[Id, Id] = {}
    rows: Annotated[tuple[Row, ...], Field(max_length=ROW_LIMIT)] = ()
    unit: ShortText = ""
    source: ShortText = ""
    hidden: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything has been entered, even where none of it may be published."""
        return bool(self.values or self.choices or self.rows or self.unit or self.hidden)

    @property
    def unpublished(self) -> tuple[str, ...]:
        """Every cell that was taken out before publication."""
        return (*self.hidden, *self.withheld)

    def get(self, field: str) -> Fraction | None:
        """The value of a field; None when it was left empty."""
        return self.values.get(field)

    def column(self, name: str) -> Iterator[Fraction | None]:
        """The cells of a column from the first row to the last, None where one is empty."""
        for row in self.rows:
            yield row.cells.get(name)
