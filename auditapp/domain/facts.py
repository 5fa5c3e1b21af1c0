"""Facts about an event, and the conditions over them that decide which criteria apply.

A fact is never scored. A fact nobody has given is unknown, and a condition over it is unknown too:
three-valued logic after Kleene (1938), the same as SQL's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, StrictBool, StrictFloat, StrictInt, StrictStr, model_serializer, model_validator

from auditapp.domain.values import Id, Line, Text, Value

FactValue = StrictBool | StrictInt | StrictFloat | StrictStr
"""A boolean, a number in the fact's unit, the id of a choice, or a date as YYYY-MM-DD."""

LARGEST_NUMBER = 10**15
"""A whole number up to here is the same number in every program that reads JSON (RFC 8785 asks for that)."""

Facts = Mapping[str, FactValue]


class Applies(StrEnum):
    """Whether a condition holds."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Choice(Value):
    """One of the answers a choice fact offers."""

    id: Id
    label: Line


class Fact(Value):
    """Something about the event that is never scored and decides what applies.

    `compared` marks a fact that readers group events by; it may decide nothing.
    """

    id: Id
    question: Line
    type: Literal["boolean", "number", "choice", "date"]
    unit: Line | None = None
    least: StrictInt | None = None
    most: StrictInt | None = None
    choices: tuple[Choice, ...] = ()
    compared: bool = False
    help: Text | None = None

    @model_validator(mode="after")
    def _parts_fit_the_type(self) -> Fact:
        if (self.type == "number") != (self.unit is not None):
            raise ValueError(
                "a number needs a unit"
                if self.type == "number"
                else "only a number has a unit; take 'unit' out"
            )
        if self.type == "choice" and len(self.choices) < 2:
            raise ValueError("a choice needs at least two choices")
        if self.type != "choice" and self.choices:
            raise ValueError("only a choice has choices; take 'choices' out")
        if self.type != "number" and (self.least is not None or self.most is not None):
            raise ValueError("only a number has 'least' and 'most'; take them out")
        return self

    def check(self, value: FactValue) -> FactValue:
        """`value` itself when it is one this fact can have.

        Raises ValueError saying what is expected.
        """
        match self.type:
            case "boolean":
                if not isinstance(value, bool):
                    raise ValueError("must be true or false")
            case "number":
                if isinstance(value, bool) or not isinstance(value, int | float):
                    raise ValueError(f"must be a number of {self.unit}")
                if value != value or abs(value) > LARGEST_NUMBER:
                    raise ValueError(f"must be a number of {self.unit}")
                if self.least is not None and value < self.least:
                    raise ValueError(f"must be at least {self.least} {self.unit}")
                if self.most is not None and value > self.most:
                    raise ValueError(f"must be at most {self.most} {self.unit}")
            case "choice":
                ids = [choice.id for choice in self.choices]
                if value not in ids or not isinstance(value, str):
                    raise ValueError(f"must be one of {', '.join(ids)}")
            case _:
                try:
                    dt.date.fromisoformat(str(value))
                except ValueError:
                    raise ValueError("must be a date written as YYYY-MM-DD") from None
        return value

    def choice_label(self, value: FactValue) -> str:
        """What the choice `value` is called; raises KeyError when there is no such choice."""
        return {choice.id: choice.label for choice in self.choices}[str(value)]


class Condition(Value):
    """A condition as data: one of all, any, not, or a fact with is, at_least, at_most or in."""

    fact: Id | None = None
    is_: Annotated[FactValue | None, Field(alias="is")] = None
    at_least: StrictInt | StrictFloat | None = None
    at_most: StrictInt | StrictFloat | None = None
    in_: Annotated[tuple[FactValue, ...] | None, Field(alias="in")] = None
    all: tuple[Condition, ...] | None = None
    any: tuple[Condition, ...] | None = None
    not_: Annotated[Condition | None, Field(alias="not")] = None

    @model_validator(mode="after")
    def _one_shape(self) -> Condition:
        combined = [part for part in (self.all, self.any, self.not_) if part is not None]
        tests = [part for part in (self.is_, self.at_least, self.at_most, self.in_) if part is not None]
        if self.fact is None and len(combined) == 1 and not tests:
            return self
        if self.fact is not None and not combined and len(tests) == 1:
            return self
        raise ValueError(
            "a condition is one of 'all', 'any' or 'not', or a 'fact' with one of 'is', 'at_least', 'at_most', 'in'"
        )

    @model_serializer
    def _without_blanks(self) -> dict[str, Any]:
        named = {
            "fact": self.fact,
            "is": self.is_,
            "at_least": self.at_least,
            "at_most": self.at_most,
            "in": self.in_,
            "all": self.all,
            "any": self.any,
            "not": self.not_,
        }
        return {name: part for name, part in named.items() if part is not None}

    def facts(self) -> Iterator[tuple[str, Condition]]:
        """Every test within this condition: the fact it asks about and the test itself."""
        if self.fact is not None:
            yield self.fact, self
        for part in (*(self.all or ()), *(self.any or ()), *((self.not_,) if self.not_ else ())):
            yield from part.facts()

    def holds(self, facts: Facts) -> Applies:
        """Whether the condition holds for `facts`; unknown when it hangs on a fact nobody has given."""
        if self.all is not None:
            return _weakest(part.holds(facts) for part in self.all)
        if self.any is not None:
            return _opposite(_weakest(_opposite(part.holds(facts)) for part in self.any))
        if self.not_ is not None:
            return _opposite(self.not_.holds(facts))
        value = facts.get(self.fact or "")
        if value is None:
            return Applies.UNKNOWN
        return Applies.YES if self._accepts(value) else Applies.NO

    def _accepts(self, value: FactValue) -> bool:
        if self.is_ is not None:
            return value == self.is_ and isinstance(value, bool) == isinstance(self.is_, bool)
        if self.in_ is not None:
            return value in self.in_
        if isinstance(value, str):
            return False
        if self.at_least is not None:
            return value >= self.at_least
        return self.at_most is not None and value <= self.at_most


def _opposite(applies: Applies) -> Applies:
    return {Applies.YES: Applies.NO, Applies.NO: Applies.YES}.get(applies, Applies.UNKNOWN)


def _weakest(parts: Iterator[Applies]) -> Applies:
    seen = set(parts)
    if Applies.NO in seen:
        return Applies.NO
    return Applies.UNKNOWN if Applies.UNKNOWN in seen else Applies.YES
