"""Golden cases: facts and answers with the score and level that must result."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from auditapp.domain.audit import Answer, Evidence
from auditapp.domain.checklist import Checklist, Criterion, GoldenAnswer, GoldenCase
from auditapp.domain.facts import Applies
from auditapp.domain.scoring import Score, applicability, score


class Mismatch(NamedTuple):
    """One figure of a golden case: what the file expects and what results."""

    key: str
    expected: Fraction | int | str | None
    got: Fraction | int | str | None


def mismatches(checklist: Checklist, case: GoldenCase) -> Iterator[Mismatch]:
    """Every figure the case names that does not result."""
    result = golden_score(checklist, case)
    figures: dict[str, Fraction | int | str | None] = {
        "points": result.total.points,
        "possible": result.total.possible,
        "percent": result.total.percent,
        "evidenced_percent": result.total.evidenced_percent,
        "essentials_met": result.essentials.met,
        "essentials_applicable": result.essentials.applicable,
        "answered": result.coverage.answered,
        "applicable": result.coverage.applicable,
        "level": result.level or "none",
    }
    for key, got in figures.items():
        expected = getattr(case.expect, key)
        if expected is not None and expected != got:
            yield Mismatch(key, expected, got)


def golden_score(checklist: Checklist, case: GoldenCase) -> Score:
    """The score of the case's answers; raises KeyError when they do not fit the checklist."""
    given = {checklist.criterion(name).id: answer for name, answer in case.answers.items()}
    if case.otherwise is not None:
        applies = applicability(checklist, case.facts)
        for criterion in checklist.criteria:
            offered = any(grade.id == case.otherwise for grade in criterion.grades)
            if offered and applies[criterion.id] is not Applies.NO:
                given.setdefault(criterion.id, case.otherwise)
    evidenced = (
        {checklist.criterion(name).id for name in case.evidenced}
        if isinstance(case.evidenced, tuple)
        else set(given if case.evidenced == "all" else ())
    )
    answers = {
        name: _answer(checklist.criterion(name), answer, name in evidenced) for name, answer in given.items()
    }
    return score(checklist, answers, case.facts)


def _answer(criterion: Criterion, given: str | GoldenAnswer, evidenced: bool) -> Answer:
    if isinstance(given, str):
        given = GoldenAnswer(grade=given)
    shown = Evidence(kind=criterion.evidence.kinds[0], url="https://example.org/")
    return Answer(
        grade=given.grade,
        not_applicable=given.not_applicable,
        evidence=(shown,) if evidenced and given.grade is not None else (),
    )
