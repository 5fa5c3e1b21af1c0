"""The thresholds that turn a figure into a grade."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field, model_validator

from auditapp.domain.measures.figure import Figure
from auditapp.domain.values import Exact, Id, Value


class Test(Value):
    """A test of one quantity against a number, or of several of which one is enough."""

    figure: Id | None = None
    at_least: Exact | None = None
    at_most: Exact | None = None
    over: Exact | None = None
    under: Exact | None = None
    any: tuple[Test, ...] | None = None

    @model_validator(mode="after")
    def _one_shape(self) -> Test:
        tests = [one for one in (self.at_least, self.at_most, self.over, self.under) if one is not None]
        if (self.any is None and self.figure is not None and len(tests) == 1) or (
            self.any and self.figure is None and not tests
        ):
            return self
        raise ValueError(
            "a test is a 'figure' with one of 'at_least', 'at_most', 'over', 'under', or 'any' with tests"
        )

    def figures(self) -> Iterator[str]:
        """Every quantity this test names."""
        if self.figure is not None:
            yield self.figure
        for part in self.any or ():
            yield from part.figures()

    def holds(self, figure: Figure) -> bool | None:
        """Whether the test holds; None when a quantity it needs is not known or rests on too few people."""
        if self.any is not None:
            found = [part.holds(figure) for part in self.any]
            return True if True in found else None if None in found else False
        quantity = figure.quantity(self.figure or "")
        value = quantity.value
        if value is None or quantity.small:
            return None
        if self.at_least is not None:
            return value >= self.at_least
        if self.at_most is not None:
            return value <= self.at_most
        if self.over is not None:
            return value > self.over
        return self.under is not None and value < self.under


class MeasureUse(Value):
    """The measure a criterion names, and the tests each grade asks for.

    `grades` is keyed by grade; a grade left out has no tests: that is the worst one. Without any, the measure only
    informs. `numbers_from` is the criterion where the numbers are entered when this one shares them.
    """

    name: Id
    grades: dict[Id, tuple[Test, ...]] = Field(default_factory=dict)
    numbers_from: Id | None = None

    @property
    def informs_only(self) -> bool:
        """Whether the measure has no thresholds: the figure is shown and the grade chosen by hand."""
        return not self.grades

    def grade(self, figure: Figure, worst_first: tuple[str, ...]) -> str | None:
        """The best grade whose tests all hold, the worst one when none do.

        None when nothing can be said: the measure only informs, the numbers are small, or a better grade hangs on a
        number that is missing or small.
        """
        if self.informs_only or figure.small:
            return None
        for grade in reversed(worst_first[1:]):
            held = [test.holds(figure) for test in self.grades[grade]]
            if all(one is True for one in held):
                return grade
            if None in held and False not in held:
                return None
        return worst_first[0]
