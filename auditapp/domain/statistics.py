"""What many reports come to: how each criterion was answered, and where one event stands among others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from auditapp.domain.checklist import Checklist, Criterion
from auditapp.domain.measures.intervals import Interval, wilson
from auditapp.domain.values import Exact, Value

SMALL = 30
"""Below so many reports a share says little; it is shown as small."""


class GradeCount(Value):
    """How many reports gave a grade, with its short word and its threshold; `worth` is what it earns, from 0 to 1."""

    grade: str
    label: str
    says: str
    worth: Exact
    reports: int


class CriterionCount(Value):
    """How reports answered one criterion.

    `grades` are in the order of the checklist, worst first. Unanswered and not applicable stand apart: neither is a grade,
    and neither is part of a share.
    """

    id: str
    code: str
    title: str
    section: str
    essential: bool
    grades: tuple[GradeCount, ...]
    not_applicable: int
    unanswered: int

    @cached_property
    def answered(self) -> int:
        """How many gave a grade: what shares are of."""
        return sum(one.reports for one in self.grades)

    @cached_property
    def met(self) -> int:
        """How many meet it in full."""
        return sum(one.reports for one in self.grades if one.worth == 1)

    @cached_property
    def partly(self) -> int:
        """How many meet it in part."""
        return sum(one.reports for one in self.grades if 0 < one.worth < 1)

    @cached_property
    def unmet(self) -> int:
        """How many do not meet it at all."""
        return sum(one.reports for one in self.grades if one.worth == 0)

    @property
    def percent(self) -> int | None:
        """Whole percent that meet it in full, of those that gave a grade, rounded down; None where nobody did."""
        return self.met * 100 // self.answered if self.answered else None

    @cached_property
    def interval(self) -> Interval | None:
        """The Wilson 95% interval of that share: what it could be of all such events, if these were drawn by chance."""
        return wilson(self.met, self.answered) if self.answered else None

    @property
    def small(self) -> bool:
        """Whether so few gave a grade that the share says little."""
        return self.answered < SMALL


class GroupPlace(Value):
    """Where an event stands among comparable ones: better than so many of so many.

    `narrowed` says by facet what the group has in common besides the checklist, `let_go` what it was widened beyond because
    too few events share it. `better_than` is None where there are too few to say; better means a higher whole percentage,
    and equals count for neither.
    """

    narrowed: dict[str, str]
    let_go: dict[str, str]
    events: int
    better_than: int | None


def counted(
    checklist: Checklist,
    criterion: Criterion,
    reports: Mapping[str, int],
    *,
    not_applicable: int,
    unanswered: int,
) -> CriterionCount:
    """The count of a criterion of a checklist, from the number of reports with each grade by the grade's id."""
    return CriterionCount(
        id=criterion.id,
        code=criterion.code,
        title=criterion.title,
        section=criterion.section,
        essential=criterion.essential,
        grades=tuple(
            GradeCount(
                grade=grade.id,
                label=checklist.label(criterion, grade.id),
                says=grade.says,
                worth=checklist.worth(criterion, grade.id),
                reports=reports.get(grade.id, 0),
            )
            for grade in criterion.grades
        ),
        not_applicable=not_applicable,
        unanswered=unanswered,
    )
