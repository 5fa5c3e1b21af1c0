"""What may be published: no count of one to four participants, and nothing from which one could be worked out.

Counts of parts and their whole are published together, so a small part is also what remains when the other parts are
taken from the whole, and a small remainder that no field names is nobody's business either. What is taken out is either
*hidden*, and then known to be one to four, or *withheld* for its sake. How much is withheld follows fixed steps, so that
a reader who knows them and reads everything published still finds at least two values for every small count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditapp.domain.measures.definition import ROW, Field, Measure
from auditapp.domain.measures.figure import SMALL_CELL, Bullets, CountedShare, Curve, Figure, Picture, Shares
from auditapp.domain.measures.numbers import Numbers, Row

Counts = Sequence[Fraction]

_REST = "rest"

STEP = 2 * SMALL_CELL
"""Each count withheld must leave so many more people whose places nobody can tell."""


def public_numbers(measure: Measure, numbers: Numbers) -> Numbers:
    """The numbers as they may be published; `hidden` and `withheld` name what was taken out.

    Of running totals those rows stand from which no step of one to four participants can be worked out.
    """
    out = _taken_out(measure, numbers)
    values = {name: value for name, value in numbers.values.items() if not out.has(name)}
    rows = tuple(_public_rows(measure, numbers, out))
    if not out.hidden and not out.withheld and len(rows) == len(numbers.rows):
        return numbers
    return numbers.model_copy(
        update={
            "values": values,
            "rows": rows,
            "hidden": tuple(sorted(out.hidden)),
            "withheld": tuple(sorted(out.withheld)),
        }
    )


def unpublished(measure: Measure, numbers: Numbers) -> frozenset[str]:
    """The places of all numbers that are not published, so that nothing made of them is either.

    A place is a field, a cell ("row-2.women"), a whole row ("row-2") that would give running totals away, or a column,
    where the sum of its cells is meant.
    """
    out = _taken_out(measure, numbers)
    return frozenset(
        out.hidden | out.withheld | {f"row-{place}" for place in _dropped(measure, numbers, out)}
    )


def public_figure(figure: Figure) -> Figure:
    """The figure as it may be published: small counts, and everything that would give one away, are left out.

    A share of which only the count is small keeps its whole; one that is private, or of fewer than five people, goes.
    """
    shares = tuple(_public_share(share) for share in figure.shares if _may_be_shown(share))
    others = figure.others
    return figure.model_copy(
        update={
            "quantities": tuple(
                one.model_copy(update={"value": None}) if one.private else one for one in figure.quantities
            ),
            "shares": shares,
            "steps": tuple(
                one.model_copy(update={"text": None}) if one.private else one for one in figure.steps
            ),
            "others": _public_share(others) if others is not None and _may_be_shown(others) else None,
            "picture": _public_picture(figure.picture, {share.id for share in shares}),
        }
    )


class _TakenOut:
    """The places that are not published; of those that are `blurred` nobody can even tell whether they are small."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()
        self.withheld: set[str] = set()
        self.blurred: set[str] = set()

    def has(self, place: str) -> bool:
        return place in self.hidden or place in self.withheld


@dataclass(frozen=True)
class _Family:
    """A whole, which is published, and its parts by their places, in the order in which they are asked for.

    `sum_of` is the column whose cells the parts are, where their sum is published, too. `complete` says that the parts
    are all there is; otherwise whatever they leave of the whole is a part without a name.
    """

    whole: Fraction
    parts: Mapping[str, Fraction]
    complete: bool = False
    sum_of: str | None = None

    @property
    def rest(self) -> Fraction:
        return self.whole - sum(self.parts.values())


def _taken_out(measure: Measure, numbers: Numbers) -> _TakenOut:
    """Every place that is small or would give a small one away."""
    out = _TakenOut()
    out.hidden.update(
        field.id for field in measure.fields if field.people and _is_small(numbers.get(field.id))
    )
    for place, column, value in _cells(measure, numbers):
        if column.people and not column.running and _is_small(value):
            out.hidden.add(place)
    for whole in _from_the_top(measure):
        for family in _families_of(measure, numbers, whole):
            if out.has(whole.id):
                _withhold(out, family)
            else:
                _protect(out, family)
    for family in _rows_that_add_up(measure, numbers):
        if _is_small(family.whole):
            _withhold(out, family)
        else:
            _protect(out, family)
    about = {field.id: field.people_of for field in measure.fields if field.people_of}
    out.withheld.update(
        place for place, people in about.items() if people in out.blurred or _is_small(numbers.get(people))
    )
    return out


def _from_the_top(measure: Measure) -> list[Field]:
    """The fields, each after the one it is a part of."""
    parents = {field.id: field.part_of for field in measure.fields}

    def depth(name: str | None) -> int:
        return 0 if name is None else 1 + depth(parents.get(name))

    return sorted(measure.fields, key=lambda field: depth(field.id))


def _families_of(measure: Measure, numbers: Numbers, whole: Field) -> Iterator[_Family]:
    """The parts of a whole that share nobody as one family, every other part as a family of its own."""
    total = numbers.values.get(whole.id)
    if total is None:
        return
    fields = [
        field
        for field in measure.fields
        if field.people and field.part_of == whole.id and field.id in numbers.values
    ]
    if apart := [field for field in fields if field.apart]:
        yield _Family(total, {field.id: numbers.values[field.id] for field in apart})
    for field in fields:
        if not field.apart:
            yield _Family(total, {field.id: numbers.values[field.id]})
    for column in measure.table.columns if measure.table else ():
        if column.people and column.part_of == whole.id and not column.running:
            cells = {place: value for place, one, value in _cells(measure, numbers) if one is column}
            yield _Family(total, cells, sum_of=column.id)


def _rows_that_add_up(measure: Measure, numbers: Numbers) -> Iterator[_Family]:
    """The rows of a table of which the sum is published."""
    columns = measure.table.columns if measure.table else ()
    names = [column.id for column in columns if column.part_of == ROW]
    for place, row in enumerate(numbers.rows if names else (), start=1):
        parts = {f"row-{place}.{name}": row.cells[name] for name in names if name in row.cells}
        yield _Family(sum(parts.values(), Fraction(0)), parts, complete=True)


def _cells(measure: Measure, numbers: Numbers) -> Iterator[tuple[str, Field, Fraction]]:
    for place, row in enumerate(numbers.rows, start=1):
        for column in measure.table.columns if measure.table else ():
            if column.id in row.cells:
                yield f"row-{place}.{column.id}", column, row.cells[column.id]


def _protect(out: _TakenOut, family: _Family) -> None:
    """Withhold parts until no small part of the family can be worked out.

    Parts are withheld from the last to the first, whatever they count, but for those that are zero. It is enough once
    what cannot be told apart comes to ten people for each part withheld and a few more. Where even all of them are too
    few, or the whole is, every part is withheld and none of them said to be small.
    """
    total, parts, unnamed = family.whole, dict(family.parts), Fraction(0)
    if family.sum_of is None:
        unnamed = Fraction(0) if family.complete else family.rest
    elif _is_small(family.rest) or _is_small(family.whole - family.rest):
        out.withheld.add(family.sum_of)
        parts = {
            _REST: family.rest,
            **parts,
        }  # of what the sum leaves it is now known that it is small, or that it is not
    else:
        total -= family.rest
    small = [place for place, value in parts.items() if _is_small(value)]
    if not small and not _is_small(unnamed):
        return
    has_rest = family.sum_of is None and not family.complete
    unknown = sum((parts[place] for place in small), unnamed)
    candidates = [place for place, value in parts.items() if value and place not in small]
    taken: list[str] = []
    while total >= STEP + SMALL_CELL:
        if (taken or has_rest) and unknown >= STEP * len(taken) + len(small) + SMALL_CELL:
            out.withheld.update(place for place in taken if place != _REST)
            return
        if not candidates:
            break
        taken.append(candidates.pop())
        unknown += parts[taken[-1]]
    _withhold(out, family)


def _withhold(out: _TakenOut, family: _Family) -> None:
    """Take out all parts of a whole without telling which are small."""
    out.hidden -= family.parts.keys()
    out.withheld |= family.parts.keys()
    out.blurred |= family.parts.keys()
    if family.sum_of is not None:
        out.withheld.add(family.sum_of)


def _is_small(value: Fraction | int | None) -> bool:
    return value is not None and 0 < value < SMALL_CELL


def _public_rows(measure: Measure, numbers: Numbers, out: _TakenOut) -> Iterator[Row]:
    dropped = set(_dropped(measure, numbers, out))
    for place, row in enumerate(numbers.rows, start=1):
        if place in dropped:
            continue
        cells = {name: value for name, value in row.cells.items() if not out.has(f"row-{place}.{name}")}
        yield row if len(cells) == len(row.cells) else row.model_copy(update={"cells": cells})


def _dropped(measure: Measure, numbers: Numbers, out: _TakenOut) -> Iterator[int]:
    """The rows of running totals from which a small step, or a small rest of the whole, could be worked out.

    Where the whole of a column is withheld, five at least must come later than the last row, so that it does not stand
    there after all, and ten together with those who never come.
    """
    running = [column for column in (measure.table.columns if measure.table else ()) if column.running]
    if not running:
        return
    ends = [_end_of(measure, numbers, column, out) for column in running]
    before: Counts = [Fraction(0)] * len(running)
    for place, row in enumerate(numbers.rows, start=1):
        now = [row.cells.get(column.id, Fraction(0)) for column in running]
        steps = [later - earlier for earlier, later in zip(before, now, strict=True)]
        if any(map(_is_small, steps)) or not all(
            end.allows(count) for end, count in zip(ends, now, strict=True)
        ):
            yield place
        else:
            before = now


@dataclass(frozen=True)
class _End:
    """What running totals run up to: `own`, the whole they belong to, where that `is_published`.

    Otherwise `within` is what the published counts leave for it, and None where they say nothing.
    """

    own: Fraction
    is_published: bool
    within: Fraction | None

    def allows(self, count: Fraction) -> bool:
        """Whether what is left after so many gives nobody away."""
        if self.is_published:
            return not _is_small(self.own - count)
        if self.within is None:
            return count == 0
        return self.own - count >= SMALL_CELL and self.within - count >= STEP


def _end_of(measure: Measure, numbers: Numbers, column: Field, out: _TakenOut) -> _End:
    values = {name: value for name, value in numbers.values.items() if not out.has(name)}
    own = column.part_of or ""
    above = next((field.part_of for field in measure.fields if field.id == own), None)
    beside = [field.id for field in measure.fields if above and field.part_of == above and field.apart]
    within = None
    if above in values and own not in out.blurred:
        within = values[above] - sum(values.get(name, Fraction(0)) for name in beside)
    return _End(own=numbers.values.get(own, Fraction(0)), is_published=own in values, within=within)


def _may_be_shown(share: CountedShare) -> bool:
    return not share.private and not (share.people and _is_small(share.of))


def _public_share(share: CountedShare) -> CountedShare:
    return share.model_copy(update={"count": None}) if share.is_small_cell else share


def _public_picture(picture: Picture | None, shares: set[str]) -> Picture | None:
    """The picture without what is private; None when nothing is left of it."""
    match picture:
        case None:
            return None
        case Shares():
            left = tuple(name for name in picture.shares if name in shares)
            return picture.model_copy(update={"shares": left}) if left and not picture.private else None
        case Bullets():
            rows = tuple(row for row in picture.rows if not row.private)
            return picture.model_copy(update={"rows": rows}) if rows and not picture.private else None
        case Curve():
            points = tuple(point for point in picture.points if not point.private)
            return picture.model_copy(update={"points": points}) if points and not picture.private else None
    return None if picture.private else picture
