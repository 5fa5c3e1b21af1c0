"""What a check of a report document or its PDF finds, one point after another, and what it comes to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from auditapp.domain.measuring import figures_in
from auditapp.domain.quick import Scope, scope_of
from auditapp.domain.report import Report
from auditapp.domain.scoring import score


class Outcome(StrEnum):
    """Whether something a report claims is true; unknown where what is at hand does not suffice to tell."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"


class Point(StrEnum):
    """What is looked at, in this order."""

    DIGEST = "digest"
    SIGNATURE = "signature"
    SCORE = "score"
    FIGURES = "figures"
    SEAL = "seal"
    FILE = "file"


class Result(StrEnum):
    """What all points come to.

    Genuine: everything holds that a published report claims. Altered: at least one point fails. Unsigned: the report was
    never published, so nobody vouches for it. Unknown signer: nothing fails, but whose key signed it cannot be told here.
    """

    GENUINE = "genuine"
    ALTERED = "altered"
    UNSIGNED = "unsigned"
    UNKNOWN_SIGNER = "unknown-signer"


@dataclass(frozen=True)
class Checked:
    """One point: its outcome, and the name of the reason where there is more than one."""

    point: Point
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True)
class Verdict:
    """What was found of one file. `digest` is that of the document as it is, whatever it claims."""

    report: Report
    digest: str
    code: str
    is_pdf: bool
    checked: tuple[Checked, ...]
    key: str | None = None
    signed_since: dt.date | None = None
    sealed_by: str = ""

    @property
    def result(self) -> Result:
        """What all points come to."""
        outcomes = {one.point: one.outcome for one in self.checked}
        if Outcome.FAILS in outcomes.values():
            return Result.ALTERED
        if self.report.proof is None:
            return Result.UNSIGNED
        return Result.GENUINE if outcomes[Point.SIGNATURE] is Outcome.HOLDS else Result.UNKNOWN_SIGNER

    def outcome(self, point: Point) -> Checked | None:
        """What was found at one point; None when it was not looked at."""
        return next((one for one in self.checked if one.point is point), None)


def recomputed(report: Report) -> tuple[Checked, Checked]:
    """The score and the figures worked out anew from the document alone, held against those it states.

    A figure whose numbers were taken out to protect a few people cannot be worked out anew: then the figures are unknown,
    unless another one fails.
    """
    return (Checked(Point.SCORE, _score(report)), Checked(Point.FIGURES, _figures(report)))


def _score(report: Report) -> Outcome:
    try:
        result = score(report.checklist, report.answers, report.facts)
    except (KeyError, ValueError):
        return Outcome.FAILS
    is_quick = report.scope is Scope.QUICK
    follows = result == report.score and (not is_quick or scope_of(report.checklist, result) is Scope.QUICK)
    return Outcome.HOLDS if follows else Outcome.FAILS


def _figures(report: Report) -> Outcome:
    found = figures_in(report.checklist, report.answers)
    hidden = False
    for name, stated in report.figures.items():
        answer = report.answers.get(name)
        if answer is None or answer.numbers is None:
            return Outcome.FAILS
        if answer.numbers.unpublished:
            hidden = True
            continue
        anew = found.get(name)
        if anew is None or [(one.id, one.value) for one in anew.quantities] != [
            (one.id, one.value) for one in stated.quantities
        ]:
            return Outcome.FAILS
    return Outcome.UNKNOWN if hidden else Outcome.HOLDS
