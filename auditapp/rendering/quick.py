"""The result of a quick audit as pages and PDF show it: each finding with its words, and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from auditapp.domain.checklist import Checklist, CostBand, Criterion
from auditapp.domain.quick import QuickResult, quick_result
from auditapp.domain.scoring import Finding, Score
from auditapp.rendering.glyphs import worth


@dataclass(frozen=True)
class QuickLine:
    """A criterion with what its glyph shows, the word beside it (None for the usual one), and where it stands."""

    code: str
    title: str
    essential: bool
    worth: Fraction | str
    word: str | None
    href: str


@dataclass(frozen=True)
class QuickSubject:
    """A subject with its criteria."""

    title: str
    lines: tuple[QuickLine, ...]


@dataclass(frozen=True)
class QuickChange:
    """A change with its cost band and lead time in days, and ready wording where there is one."""

    line: QuickLine
    change: str
    cost: CostBand
    days: int
    wording: str | None


@dataclass(frozen=True)
class QuickView:
    """Everything a page shows of a quick audit. `left` counts the criteria that apply and are not part of it."""

    result: QuickResult
    subjects: tuple[QuickSubject, ...]
    unanswered: tuple[QuickLine, ...]
    unmet: tuple[QuickLine, ...]
    cheapest: tuple[QuickChange, ...]
    evidenced: int
    left: int


def quick_view(checklist: Checklist, score: Score, place: Callable[[Criterion], str]) -> QuickView:
    """The result of the quick audit within a score; `place` says where a criterion stands."""
    result = quick_result(checklist, score)
    asked = [finding for finding in score.findings if checklist.criterion(finding.id).in_quick_audit]

    def line(finding: Finding) -> QuickLine:
        criterion = checklist.criterion(finding.id)
        word = checklist.label(criterion, finding.grade) if finding.grade else None
        return QuickLine(
            criterion.code, criterion.title, criterion.essential, worth(finding), word, place(criterion)
        )

    def change(finding: Finding) -> QuickChange:
        improve = checklist.criterion(finding.id).improve
        return QuickChange(line(finding), improve.change, improve.cost, improve.days, improve.wording)

    return QuickView(
        result=result,
        subjects=tuple(
            QuickSubject(subject.title, tuple(line(one) for one in subject.findings))
            for subject in result.subjects
        ),
        unanswered=tuple(line(one) for one in result.unanswered),
        unmet=tuple(line(one) for one in result.unmet),
        cheapest=tuple(change(one) for one in result.cheapest),
        evidenced=sum(1 for one in asked if one.state.value in ("evidenced", "checked")),
        left=score.coverage.applicable - result.asked.applicable,
    )
