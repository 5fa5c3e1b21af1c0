"""What the buttons of a section page ask for besides saving."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from flask_babel import gettext as _

from auditapp.domain.checklist import Criterion
from auditapp.web.audits.numbers import TypedNumbers
from auditapp.web.audits.typed import TypedAnswer


@dataclass(frozen=True)
class Wish:
    """What a button of the page asks for besides saving: on which criterion, and for a removal on which row."""

    do: Literal[
        "continue",
        "leave",
        "stay",
        "add",
        "remove",
        "clear",
        "confirm",
        "work",
        "row",
        "unrow",
        "empty",
        "file",
    ]
    criterion: str = ""
    row: int = 0

    @classmethod
    def read(cls, value: str) -> Wish:
        """The wish behind a button's value, such as "remove:quiet-room:2"; anything unknown only saves."""
        match value.split(":"):
            case ["continue" | "leave" | "confirm" as do]:
                return cls(do)
            case ["add" | "clear" | "work" | "row" | "empty" | "file" as do, criterion]:
                return cls(do, criterion)
            case ["remove" | "unrow" as do, criterion, row] if row.isdecimal() and len(row) < 4:
                return cls(do, criterion, int(row))
        return cls("stay")

    def grant(self, typed: TypedAnswer) -> None:
        """Do what is asked for to this criterion."""
        if self.do == "confirm":
            typed.confirmed = True
        if self.criterion != typed.criterion.id:
            # Whoever goes on is told once what is missing, not again; whoever typed no number is not asked for any.
            begun = typed.numbers is not None and not typed.numbers.blank
            typed.demand = self.do == "continue" and typed.touched and begun
            typed.settle_new()
            return
        if self.do == "clear":
            typed.choice = typed.reason = ""
        elif self.do == "remove" and self.row < len(typed.evidence):
            del typed.evidence[self.row]
        elif typed.numbers is not None:
            typed.demand = self.do == "work"
            self._change(typed.numbers)
        if self.do == "add" and typed.new.blank:
            typed.new.problems["url"] = _("Enter the whole address, starting with https://")
        else:
            typed.settle_new()

    def _change(self, numbers: TypedNumbers) -> None:
        if self.do == "row":
            numbers.offer(len(numbers.rows) + 1)
        elif self.do == "unrow":
            numbers.remove(self.row)
        elif self.do == "empty":
            numbers.clear()


def read_section(criteria: Iterable[Criterion], form: Mapping[str, str], wish: Wish) -> list[TypedAnswer]:
    """Every criterion that was on the page, as sent and with what the button asks for done."""
    found = [typed for criterion in criteria if (typed := TypedAnswer.posted(criterion, form)) is not None]
    for typed in found:
        wish.grant(typed)
    return found
