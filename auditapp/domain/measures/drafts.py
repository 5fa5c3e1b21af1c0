"""Numbers that are still being filled in: nothing in them is wrong, something they need is not there yet."""

from __future__ import annotations

from collections.abc import Mapping

from auditapp.domain.measures.numbers import Numbers


def is_empty(numbers: Numbers, place: str) -> bool:
    """Whether nothing has been entered at a place: a field, a cell ("row-2.women", rows counting from 1) or "rows"."""
    if place == "rows":
        return not numbers.rows
    row, dot, column = place.partition(".")
    if not dot:
        return place not in numbers.values and place not in numbers.choices and place != "unit"
    number = row.removeprefix("row-")
    if not number.isdecimal() or not 0 < int(number) <= len(numbers.rows):
        return False
    found = numbers.rows[int(number) - 1]
    return not found.label if column == "label" else column not in found.cells


def only_missing(numbers: Numbers, problems: Mapping[str, str]) -> bool:
    """Whether every problem is that a place is still empty."""
    return all(is_empty(numbers, place) for place in problems)
