"""The thresholds of a criterion in words: what every grade asks for, and where the figure stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from auditapp.domain.checklist import Checklist, Criterion
from auditapp.domain.measures import MEASURES, Figure, Test
from auditapp.rendering.figures.units import in_unit_beside, threshold_text
from auditapp.rendering.words import Gettext, english

Relation = Literal["at_least", "at_most", "over", "under"]

RELATIONS: tuple[Relation, ...] = ("at_least", "at_most", "over", "under")


@dataclass(frozen=True)
class Ask:
    """One threshold: what is looked at, how it must compare with what, where it stands, and whether that is enough.

    ``here`` and ``holds`` are None when the numbers do not settle the quantity, or when it must not be published, and
    where no numbers were given yet.
    ``yes_no`` marks a quantity that is true or false; its threshold asks for "yes" or "no".
    """

    name: str
    relation: Relation
    threshold: str
    here: str | None
    holds: bool | None
    yes_no: bool


@dataclass(frozen=True)
class AskLine:
    """One thing a grade asks for: a single threshold, or several of which one is enough."""

    alternatives: tuple[Ask, ...]
    holds: bool | None


@dataclass(frozen=True)
class GradeAsks:
    """A grade with all it asks for; without lines it is what remains when no other grade is reached."""

    worth: Fraction
    word: str
    lines: tuple[AskLine, ...]


def asks_of(
    checklist: Checklist,
    criterion: Criterion,
    figure: Figure,
    currency: str = "",
    *,
    gettext: Gettext = english,
) -> tuple[GradeAsks, ...]:
    """What every grade asks for, best grade first; empty when the measure only informs."""

    def ask(test: Test) -> Ask:
        relation, threshold = _threshold(test)
        quantity = figure.quantity(test.figure or "")
        here = None
        if quantity.value is not None:
            here = in_unit_beside(quantity.value, threshold, quantity.unit, currency, gettext=gettext)
        return Ask(
            name=name_of(figure, quantity.id),
            relation=relation,
            threshold=threshold_text(threshold, quantity.unit, currency, gettext=gettext),
            here=here,
            holds=test.holds(figure),
            yes_no=quantity.unit == "yes-no",
        )

    return _asks(checklist, criterion, ask, lambda test: test.holds(figure))


def asks_in_general(
    checklist: Checklist, criterion: Criterion, *, gettext: Gettext = english
) -> tuple[GradeAsks, ...]:
    """The same before there are any numbers: the thresholds alone."""
    measure = MEASURES[criterion.measure.name] if criterion.measure else None
    if measure is None:
        return ()

    def ask(test: Test) -> Ask:
        relation, threshold = _threshold(test)
        name = test.figure or ""
        unit = measure.units.get(name, "number")
        return Ask(
            name=measure.figures[name],
            relation=relation,
            threshold=threshold_text(threshold, unit, gettext=gettext),
            here=None,
            holds=None,
            yes_no=unit == "yes-no",
        )

    return _asks(checklist, criterion, ask, lambda _test: None)


def _asks(
    checklist: Checklist,
    criterion: Criterion,
    ask: Callable[[Test], Ask],
    holds: Callable[[Test], bool | None],
) -> tuple[GradeAsks, ...]:
    use = criterion.measure
    if use is None or use.informs_only:
        return ()
    return tuple(
        GradeAsks(
            worth=checklist.worth(criterion, grade),
            word=checklist.label(criterion, grade),
            lines=tuple(
                AskLine(tuple(ask(one) for one in _single(test)), holds(test))
                for test in use.grades.get(grade, ())
            ),
        )
        for grade in reversed(criterion.grade_ids)
    )


def _threshold(test: Test) -> tuple[Relation, Fraction]:
    relation = next(one for one in RELATIONS if getattr(test, one) is not None)
    return relation, getattr(test, relation)


def name_of(figure: Figure, quantity: str) -> str:
    """What a quantity is called within a sentence: the measure's own name for it, or its label."""
    measure = MEASURES.get(figure.measure)
    named = measure.figures.get(quantity) if measure else None
    return named or figure.quantity(quantity).label


def _single(test: Test) -> Iterator[Test]:
    """The single thresholds of a test, those within `any` one after another."""
    if test.any is None:
        yield test
    for part in test.any or ():
        yield from _single(part)
