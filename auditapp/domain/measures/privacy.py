"""What may be published: no count of one to four participants, and nothing from which one could be worked out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from auditapp.domain.measures.definition import Field, Measure
from auditapp.domain.measures.figure import SMALL_CELL, CountedShare, Curve, CurvePoint, Figure
from auditapp.domain.measures.numbers import Numbers, Row

Counts = Sequence[int | Fraction]


def public_numbers(measure: Measure, numbers: Numbers) -> Numbers:
    """The numbers without counts of one to four participants; `hidden` names what was taken out.

    Where a single part of a whole is hidden, its smallest sibling is withheld, because the rest would give it away. Of
    running totals those rows stand from which no step of one to four participants can be worked out.
    """
    hidden = {
        field.id for field in measure.fields if field.people and _is_small(numbers.values.get(field.id))
    }
    withheld: set[str] = set()
    for whole in {field.part_of for field in measure.fields if field.part_of and field.people}:
        withheld |= _given_away(measure, numbers, whole, hidden)
    taken_out = hidden | withheld
    values = {name: value for name, value in numbers.values.items() if name not in taken_out}
    rows, cells = _public_rows(measure, numbers)
    if not taken_out and not cells and len(rows) == len(numbers.rows):
        return numbers
    return numbers.model_copy(
        update={
            "values": values,
            "rows": rows,
            "hidden": (*sorted(hidden), *cells),
            "withheld": tuple(sorted(withheld)),
        }
    )


def public_figure(figure: Figure) -> Figure:
    """The figure as it may be published: small counts, and every line that would give one away, are hidden."""
    shares = tuple(_public_share(share) for share in figure.shares)
    return figure.model_copy(
        update={
            "quantities": tuple(
                one.model_copy(update={"value": None}) if one.private else one for one in figure.quantities
            ),
            "shares": shares,
            "steps": tuple(
                one.model_copy(update={"text": None}) if one.private else one for one in figure.steps
            ),
            "others": _public_share(figure.others) if figure.others else None,
            "picture": merged(figure.picture) if isinstance(figure.picture, Curve) else figure.picture,
        }
    )


def merged(curve: Curve) -> Curve:
    """The curve with points left out until no two neighbours are one to four people of a gender apart.

    A point after which one to four of the starters are left to finish is left out as well.
    """
    kept: list[CurvePoint] = []
    before = (0, 0)
    for point in curve.points:
        now = (point.women, point.men)
        if _tells_nobody(before, now, (curve.of_women, curve.of_men)):
            kept.append(point)
            before = now
    return curve.model_copy(update={"points": tuple(kept)})


def _tells_nobody(before: Counts, now: Counts, of: Counts) -> bool:
    """Whether neither the step between two running totals nor what is left of the whole is a small count."""
    steps = (later - earlier for earlier, later in zip(before, now, strict=True))
    rests = (whole - later for whole, later in zip(of, now, strict=True))
    return not any(_is_small(count) for count in (*steps, *rests))


def _is_small(value: object) -> bool:
    return value is not None and 0 < value < SMALL_CELL  # type: ignore[operator]


def _given_away(measure: Measure, numbers: Numbers, whole: str, hidden: set[str]) -> set[str]:
    """What else must be hidden so that the hidden part of a whole cannot be worked out from the others."""
    parts = [field.id for field in measure.fields if field.part_of == whole and field.id in numbers.values]
    out = [name for name in parts if name in hidden]
    total = numbers.values.get(whole)
    if total is None:
        return set()
    rest = total - sum(numbers.values[name] for name in parts)
    shown = [name for name in parts if name not in hidden and numbers.values[name]]
    if _is_small(rest) and not out and shown:  # what no field names is a small count, too
        return {min(shown, key=lambda name: numbers.values[name])}
    if len(out) == 1 and not rest >= SMALL_CELL and shown:
        return {min(shown, key=lambda name: numbers.values[name])}
    return set()


def _public_rows(measure: Measure, numbers: Numbers) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    columns: tuple[Field, ...] = measure.table.columns if measure.table else ()
    if any(column.running for column in columns):
        return _thinned(columns, numbers), ()
    people = [column.id for column in columns if column.people]
    hidden: list[str] = []
    rows: list[Row] = []
    for index, row in enumerate(numbers.rows, start=1):
        small = [name for name in people if _is_small(row.cells.get(name))]
        hidden.extend(f"row-{index}.{name}" for name in small)
        rows.append(
            row.model_copy(update={"cells": {k: v for k, v in row.cells.items() if k not in small}})
            if small
            else row
        )
    return tuple(rows), tuple(hidden)


def _thinned(columns: tuple[Field, ...], numbers: Numbers) -> tuple[Row, ...]:
    """The rows of running totals from which no small count can be worked out."""
    running = [column for column in columns if column.running]
    wholes = tuple(numbers.values.get(column.part_of or "", Fraction(-1)) for column in running)
    kept: list[Row] = []
    before: Counts = (Fraction(0),) * len(running)
    for row in numbers.rows:
        now = tuple(row.cells.get(column.id, Fraction(0)) for column in running)
        if _tells_nobody(before, now, wholes):
            kept.append(row)
            before = now
    return tuple(kept)


def _public_share(share: CountedShare) -> CountedShare:
    return share.model_copy(update={"count": None}) if share.is_small_cell else share
