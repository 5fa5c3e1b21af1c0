"""The inputs for the numbers of a measure as their template needs them, with what is wrong at each place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from auditapp.domain.checklist import Criterion
from auditapp.domain.measures import Field, Table
from auditapp.domain.measures.definition import Kind
from auditapp.domain.measures.shown import ordinal
from auditapp.web.audits.inputs import Input, Label
from auditapp.web.audits.numbers import TypedNumbers, most_rows

PHONE_COLUMNS = 2
"""A table of more columns becomes blocks on a phone."""


@dataclass(frozen=True)
class NumberInput:
    """An input for one number: what is typed into it, and the unit behind it."""

    input: Input
    kind: Kind
    unit: str
    optional: bool


@dataclass(frozen=True)
class RowPart:
    """One line of the table: its number, what it is called, and its inputs."""

    number: int
    id: str
    head: str
    label: Input | None
    cells: tuple[NumberInput, ...]

    @property
    def problems(self) -> tuple[tuple[str, str, str], ...]:
        """The id of each input that is wrong, what it is called, and what is wrong with it."""
        inputs = [*([self.label] if self.label else []), *(cell.input for cell in self.cells)]
        return tuple((one.id, one.label.text, " ".join(one.errors)) for one in inputs if one.errors)


@dataclass(frozen=True)
class TablePart:
    """The table of a measure.

    `packed` holds all rows in one text where there are too many to be shown, and `ends` what the first and the last
    begin with.
    """

    caption: str
    head: str
    columns: tuple[NumberInput, ...]
    rows: tuple[RowPart, ...]
    adds: str
    begins: str
    grows: bool
    blocks: bool
    packed: str
    ends: tuple[str, str]
    errors: tuple[str, ...]


class NumberInputs:
    """The inputs of a measure with what was typed into them and what is wrong with it.

    `missing` says that what is needed and empty is wrong, too.
    """

    def __init__(self, criterion: Criterion, numbers: TypedNumbers, *, missing: bool = False) -> None:
        self.criterion = criterion
        self.numbers = numbers
        self.measure = numbers.measure
        self.wrong = {**numbers.problems, **(numbers.missing if missing else {})}

    def field(self, one: Field) -> NumberInput:
        """The input of a single number."""
        return self._number(one, one.id, f"n-{one.id}", self.numbers.values.get(one.id, ""))

    def unit(self) -> Input:
        """The input for the currency."""
        return Input(
            f"{self.criterion.code}_unit",
            f"{self.criterion.id}.unit",
            Label(_("Currency")),
            self.numbers.unit,
            _("As you call it: pounds, euros, kroner."),
            self._errors("unit"),
        )

    def table(self, table: Table) -> TablePart:
        """The table with a row for each that was typed or is offered."""
        rows, packs = self.numbers.rows, self.numbers.packs
        first = table.columns[0].id
        within = [f"{self.called(place)}: {problem}" for place, problem in self.wrong.items() if "." in place]
        return TablePart(
            caption=_("%(caption)s, in %(currency)s", caption=table.caption, currency=self.numbers.unit)
            if self.measure.money and self.numbers.unit
            else table.caption,
            head=table.label or (_("Place") if table.numbered else _("Row")),
            columns=tuple(self._number(one, "", "", "") for one in table.columns),
            rows=()
            if packs
            else tuple(self._row(table, position) for position in range(1, len(self.numbers.rows) + 1)),
            adds=_("Add another place") if table.numbered and not table.label else _("Add another row"),
            begins=_("Add a row to “%(caption)s” (optional)", caption=table.caption),
            grows=len(self.numbers.rows) < most_rows(self.measure),
            blocks=len(table.columns) + bool(table.label) > PHONE_COLUMNS,
            packed=self.numbers.packed() if packs else "",
            ends=(rows[0].cells.get(first, ""), rows[-1].cells.get(first, "")) if packs else ("", ""),
            errors=(*self._errors("rows"), *(within if packs else ())),
        )

    def problems(self) -> Iterator[tuple[str, str]]:
        """Where each problem is, and what is wrong at what."""
        for place, problem in self.wrong.items():
            yield self.href(place), _("%(what)s: %(problem)s", what=self.called(place), problem=problem)

    def href(self, place: str) -> str:
        """What leads to the input of a place; to radios by the first of them."""
        code = self.criterion.code
        if place in ("unit", "rows"):
            return f"#{code}_{place}"
        if "." in place:
            return f"#{code}_rows" if self.numbers.packs else f"#{code}_{place.replace('.', '-')}"
        radios = {one.id for one in self.measure.fields if one.kind == "yes-no"}
        return f"#{code}_n-{place}-yes" if place in radios else f"#{code}_n-{place}"

    def called(self, place: str) -> str:
        """What a place is called on the page: "Women who started", or "2nd, Women"."""
        if place == "unit":
            return _("Currency")
        if place == "rows":
            return self.measure.table.caption if self.measure.table else self.measure.title
        row, dot, name = place.partition(".")
        if not dot:
            return next((one.label for one in self.measure.fields if one.id == place), place)
        table = self.measure.table
        columns = {one.id: one.label for one in table.columns} if table else {}
        head = table.label if table and table.label else ""
        called = columns.get(name, head or name)
        return _("%(row)s, %(column)s", row=self._head(int(row.removeprefix("row-"))), column=called)

    def _row(self, table: Table, position: int) -> RowPart:
        row = self.numbers.rows[position - 1]
        place = f"row-{position}"
        label = None
        if table.label:
            label = Input(
                f"{self.criterion.code}_{place}-label",
                f"{self.criterion.id}.{place}-label",
                Label(table.label),
                row.label,
                "",
                self._errors(f"{place}.label"),
            )
        return RowPart(
            number=position,
            id=f"{self.criterion.code}_{place}",
            head=self._head(position),
            label=label,
            cells=tuple(
                self._number(one, f"{place}.{one.id}", f"{place}-{one.id}", row.cells.get(one.id, ""))
                for one in table.columns
            ),
        )

    def _head(self, position: int) -> str:
        """What a row is called: "2nd" where places are numbered, else by its label or its number."""
        table = self.measure.table
        row = self.numbers.rows[position - 1]
        if table and table.numbered and not table.label:
            return ordinal(position)
        return row.label or _("Row %(number)s", number=position)

    def _number(self, one: Field, place: str, name: str, value: str) -> NumberInput:
        return NumberInput(
            Input(
                f"{self.criterion.code}_{name}",
                f"{self.criterion.id}.{name}",
                Label(one.label),
                value,
                _hint(one),
                self._errors(place),
                _options(one, listed=place.startswith("row-")),
            ),
            one.kind,
            self._behind(one),
            one.optional,
        )

    def _behind(self, one: Field) -> str:
        """The unit that stands behind the input."""
        match one.kind:
            case "percent" if "%" not in one.label:
                return "%"
            case "pace" if "min/km" not in one.label:
                return _("min/km")
            case "amount" if self.measure.money:
                return self.numbers.unit
        return ""

    def _errors(self, place: str) -> tuple[str, ...]:
        return (self.wrong[place],) if place in self.wrong else ()


def _hint(one: Field) -> str:
    """What helps to fill in a field: its own hint, and how a time is written."""
    written = {
        "time": _("Hours, minutes and seconds, such as 4:43:00."),
        "pace": _("Minutes and seconds for a kilometre, such as 6:37."),
    }.get(one.kind, "")
    return one.hint if "m:ss" in one.hint else f"{one.hint} {written}".strip()


def _options(one: Field, *, listed: bool) -> Sequence[tuple[str, str]]:
    """What can be chosen, where there is something to choose; a list shows its first line until something is."""
    match one.kind:
        case "yes-no":
            blank = (("", _("Choose")),) if listed else ()
            return (*blank, ("yes", _("Yes")), ("no", _("No")))
        case "choice":
            return (("", _("Choose one")), *one.choices)
    return ()


def side_by_side(inputs: Sequence[NumberInput]) -> Iterator[tuple[NumberInput, ...]]:
    """The inputs in their order, those about women with the same about men beside them."""
    left = {_field_of(one): one for one in inputs}
    while left:
        name, first = next(iter(left.items()))
        del left[name]
        beside = next((left.pop(other) for other in _beside(name) if other in left), None)
        yield (first, beside) if beside else (first,)


def _field_of(one: NumberInput) -> str:
    return one.input.name.partition(".n-")[2]


def _beside(name: str) -> tuple[str, ...]:
    """What a field is called that asks about men, or about everybody, what this one asks about women."""
    if name == "women" or name.startswith("women-"):
        return tuple(other + name.removeprefix("women") for other in ("men", "all"))
    return ()
