"""So many of so many, exact, and how far apart two of them are."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from auditapp.domain.measures.figure import CountedShare, Step
from auditapp.domain.measures.intervals import Interval, difference
from auditapp.domain.measures.numbers import Numbers
from auditapp.domain.measures.shown import end, points


class Part(NamedTuple):
    """`those` of `of`, which is at least one."""

    those: int
    of: int

    @property
    def percent(self) -> Fraction:
        """The share from 0 to 100."""
        return Fraction(100 * self.those, self.of)

    @property
    def quotient(self) -> str:
        """As it stands in a working: "48 ÷ 60"."""
        return f"{self.those:,} ÷ {self.of:,}"

    def share(self, name: str, label: str, *, people: bool = True, private: bool = False) -> CountedShare:
        """The same as a counted share of a figure."""
        return CountedShare(
            id=name, label=label, count=self.those, of=self.of, people=people, private=private
        )


def part(numbers: Numbers, name: str, whole: str) -> Part | None:
    """The field `name` as a part of the field `whole`; None when one of them was not given, or there is no whole."""
    those, of = numbers.get(name), numbers.get(whole)
    return Part(int(those), int(of)) if those is not None and of else None


class Gap(NamedTuple):
    """How far the share `more` lies above the share `less`, in points of percent; below 0 when it does not."""

    more: Part
    less: Part

    @property
    def points(self) -> Fraction:
        """The difference itself."""
        return self.more.percent - self.less.percent

    @property
    def interval(self) -> Interval:
        """Its 95% interval, in points."""
        low, high = difference(*self.more, *self.less)
        return Interval(100 * low, 100 * high)

    def steps(self, label: str, *, private: bool = False) -> tuple[Step, Step]:
        """The difference and its interval as they stand in a working."""
        worked = f"{self.more.quotient} − {self.less.quotient} = {points(self.points)}"
        between = f"{points(end(self.interval.low))} to {points(end(self.interval.high))}"
        return (
            Step(label=label, text=worked, private=private),
            Step(label=f"{label}, 95% interval", text=between, private=private),
        )


def gap(more: Part | None, less: Part | None) -> Gap | None:
    """The gap between two shares; None when one of them is not known."""
    return Gap(more, less) if more and less else None
