"""A checklist as its page and its blank form show it: what is offered, when it is asked, how numbers settle it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from auditapp.domain.checklist import Checklist, Criterion, Grade
from auditapp.domain.facts import Condition, FactValue
from auditapp.domain.measures import MEASURES, Measure
from auditapp.domain.migration import origins, successions
from auditapp.rendering.figures import GradeAsks, asks_in_general
from auditapp.rendering.words import Gettext, english

ChangeKind = Literal["same", "wider", "narrower", "split", "gone", "new"]

CHANGE_KINDS: tuple[ChangeKind, ...] = ("new", "narrower", "split", "wider", "gone", "same")
"""In the order in which somebody who answered before wants to read them."""


@dataclass(frozen=True)
class OfferedGrade:
    """A grade as a criterion offers it, with the points it earns."""

    grade: Grade
    label: str
    worth: Fraction
    points: Fraction


@dataclass(frozen=True)
class MeasureView:
    """How numbers settle a criterion: the measure, what each grade asks for, and where the numbers are entered."""

    measure: Measure
    asks: tuple[GradeAsks, ...]
    entered_at: Criterion | None


@dataclass(frozen=True)
class NamedCriterion:
    """A criterion by its code and title."""

    code: str
    title: str


@dataclass(frozen=True)
class Changed:
    """What became of one criterion of the version before; `was` is None for a new one."""

    was: NamedCriterion | None
    becomes: tuple[NamedCriterion, ...]
    says: str


@dataclass(frozen=True)
class Changes:
    """What changed since the version before, kind by kind; kinds without a criterion are left out."""

    before: Checklist
    kinds: tuple[tuple[ChangeKind, tuple[Changed, ...]], ...]

    def since(self, code: str) -> tuple[ChangeKind, Changed] | None:
        """How the criterion of this code came about."""
        for kind, rows in self.kinds:
            for row in rows:
                if code in {one.code for one in row.becomes}:
                    return kind, row
        return None


def offered(checklist: Checklist, criterion: Criterion) -> tuple[OfferedGrade, ...]:
    """The grades of a criterion, in the order of the form."""
    return tuple(
        OfferedGrade(
            grade,
            checklist.label(criterion, grade.id),
            checklist.worth(criterion, grade.id),
            checklist.points(criterion, grade.id),
        )
        for grade in criterion.grades
    )


def measured(checklist: Checklist, criterion: Criterion, *, gettext: Gettext = english) -> MeasureView | None:
    """How numbers settle the criterion; None without a measure."""
    use = criterion.measure
    if use is None:
        return None
    return MeasureView(
        measure=MEASURES[use.name],
        asks=asks_in_general(checklist, criterion, gettext=gettext),
        entered_at=checklist.criterion(use.numbers_from) if use.numbers_from else None,
    )


def changes_since(before: Checklist, checklist: Checklist) -> Changes:
    """What became of every criterion of `before`, and what is new. A map that names others is shown as it is written."""

    def named(checklist: Checklist, name: str) -> NamedCriterion:
        try:
            criterion = checklist.criterion(name)
        except KeyError:
            return NamedCriterion("", name)
        return NamedCriterion(criterion.code, criterion.title)

    rows: dict[ChangeKind, list[Changed]] = {kind: [] for kind in CHANGE_KINDS}
    for one in successions(before, checklist):
        became = tuple(named(checklist, name) for name in one.becomes)
        rows[one.change].append(Changed(named(before, one.was), became, one.says or ""))
    known = origins(before, checklist)
    rows["new"] += [
        Changed(None, (NamedCriterion(criterion.code, criterion.title),), "")
        for criterion in checklist.criteria
        if criterion.id not in known
    ]
    return Changes(before, tuple((kind, tuple(found)) for kind, found in rows.items() if found))


def condition_words(
    checklist: Checklist, condition: Condition, *, gettext: Gettext = english
) -> tuple[str, ...]:
    """What has to hold for a criterion or a section to apply: one sentence for each thing that must hold together."""
    parts = condition.all if condition.all is not None else (condition,)
    return tuple(_said(checklist, part, gettext) for part in parts)


def _said(checklist: Checklist, condition: Condition, gettext: Gettext, *, holds: bool = True) -> str:
    if condition.not_ is not None:
        return _said(checklist, condition.not_, gettext, holds=not holds)
    for parts, joined in ((condition.all, holds), (condition.any, not holds)):
        if parts is not None:
            link = gettext("; and ") if joined else gettext("; or ")
            return link.join(_said(checklist, part, gettext, holds=holds) for part in parts)
    fact = checklist.fact(condition.fact or "")
    words = (
        gettext("“%(question)s” is %(expected)s") if holds else gettext("“%(question)s” is not %(expected)s")
    )
    return words % {"question": fact.question, "expected": _expected(checklist, condition, gettext)}


def _expected(checklist: Checklist, condition: Condition, gettext: Gettext) -> str:
    fact = checklist.fact(condition.fact or "")
    for bound, words in (
        (condition.at_least, gettext("at least %(number)s %(unit)s")),
        (condition.at_most, gettext("at most %(number)s %(unit)s")),
    ):
        if bound is not None:
            return words % {"number": bound, "unit": fact.unit or ""}
    values = condition.in_ if condition.in_ is not None else (condition.is_,)
    told = (_value(checklist, fact.id, value, gettext) for value in values if value is not None)
    return gettext(" or ").join(told)


def _value(checklist: Checklist, fact_id: str, value: FactValue, gettext: Gettext) -> str:
    fact = checklist.fact(fact_id)
    if fact.type == "choice":
        return gettext("“%(choice)s”") % {"choice": fact.choice_label(value)}
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(value)
