"""What one report says on one criterion, as it stands beside what others say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm

from auditapp.domain.audit import Evidence
from auditapp.domain.checklist import Criterion, Grade
from auditapp.domain.lineage import Apart, Gap, Lineage
from auditapp.domain.measures.figure import Quantity
from auditapp.domain.measuring import telling
from auditapp.domain.quick import Scope
from auditapp.domain.report import Report
from auditapp.domain.scoring import Finding, State, Sum
from auditapp.domain.values import ZERO

RELIED_ON = (State.EVIDENCED, State.CHECKED)


class Why(StrEnum):
    """Why an answer does not count beside others, what weighs most first.

    not-comparable: another version of the checklist asked otherwise, or did not ask. not-in-checklist: it is another
    checklist. not-asked: only the quick audit was answered. not-applicable: it does not apply to the event.
    """

    NOT_COMPARABLE = "not-comparable"
    NOT_IN_CHECKLIST = "not-in-checklist"
    NOT_ASKED = "not-asked"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """What one report found on one criterion, in the words of its own checklist. A comparison makes hundreds of them.

    `finding` is None where that checklist does not have the criterion. `gap` says what keeps the answer, or the lack of
    one, apart from those to another version; None where nothing does. `asked` is False where only the quick audit was
    answered and this criterion is not in it. `quantity` is the number behind the grade where a measure gave one, money in
    `currency`.
    """

    finding: Finding | None = None
    gap: Gap | None = None
    asked: bool = True
    label: str = ""
    says: str = ""
    note: str = ""
    evidence: tuple[Evidence, ...] = ()
    quantity: Quantity | None = None
    currency: str = ""

    @property
    def state(self) -> State | None:
        """How far the answer can be relied on; None where the checklist does not have the criterion."""
        return self.finding.state if self.finding else None

    @property
    def grade(self) -> str | None:
        """The grade, None without one."""
        return self.finding.grade if self.finding else None

    @property
    def worth(self) -> Fraction | None:
        """What share of the weight the grade earns, None without one."""
        return self.finding.worth if self.finding else None

    @property
    def points(self) -> Fraction:
        """The points earned."""
        return self.finding.points if self.finding else ZERO

    @property
    def possible(self) -> Fraction:
        """The points there were to earn."""
        return self.finding.possible if self.finding else ZERO

    @property
    def why_not(self) -> Why | None:
        """Why the answer does not count beside others; None where it does."""
        if self.gap is not None:
            return Why.NOT_IN_CHECKLIST if self.gap.kind is Apart.FOREIGN else Why.NOT_COMPARABLE
        if not self.asked:
            return Why.NOT_ASKED
        finding = self.finding
        return Why.NOT_APPLICABLE if finding is None or finding.state is State.NOT_APPLICABLE else None

    @property
    def applies(self) -> bool:
        """Whether the answer can be set beside others: asked alike, and it applies here."""
        return self.why_not is None


def cells_of(report: Report, lineage: Lineage) -> dict[str, Cell]:
    """What a report says, by the row it stands in: of two answers that claim one row, the one that can be compared."""
    places = lineage.places(report.checklist)
    if places is None:
        return {finding.id: answer_cell(report, finding) for finding in report.score.findings}
    cells: dict[str, Cell] = {}
    for finding in report.score.findings:
        for row, gap in places[finding.id]:
            if row not in cells or (cells[row].gap and not gap):
                cells[row] = answer_cell(report, finding, gap)
    return cells


def rows_of(reports: Iterable[Report], lineage: Lineage) -> dict[str, Criterion]:
    """Every row with its criterion, in the words of the newest version that was answered and has it."""
    rows: dict[str, Criterion] = {}
    for checklist in lineage.newest_first(report.checklist for report in reports):
        places = lineage.places(checklist)
        for criterion in checklist.criteria:
            for row in (criterion.id,) if places is None else (one.row for one in places[criterion.id]):
                rows.setdefault(row, criterion)
    return rows


def side_by_side(
    row: str, reports: Sequence[Report], cells: Sequence[Mapping[str, Cell]], lineage: Lineage
) -> tuple[Cell, ...]:
    """The cells of a row, one for each report: its own, or one that says why it has none."""
    return tuple(
        found.get(row) or Cell(gap=lineage.gap(row, report.checklist))
        for report, found in zip(reports, cells, strict=True)
    )


def answer_cell(report: Report, finding: Finding, gap: Gap | None = None) -> Cell:
    """What a report says on one of its own criteria."""
    name, checklist = finding.id, report.checklist
    label, says, asked = "", "", True
    if finding.grade is not None:
        label, says = checklist.said(name, finding.grade)
    else:
        label = "Does not apply" if finding.state is State.NOT_APPLICABLE else "Unanswered"
        if finding.reason is not None:
            says = checklist.criterion(name).reason(finding.reason).says
        elif report.scope is Scope.QUICK and finding.state is State.UNANSWERED:
            asked = checklist.criterion(name).in_quick_audit
    answer = report.answers.get(name)
    if answer is None:
        return Cell(finding=finding, gap=gap, asked=asked, label=label, says=says)
    figure = report.figures.get(name) if finding.applies else None
    return Cell(
        finding=finding,
        gap=gap,
        asked=asked,
        label=label,
        says=says,
        note=answer.note,
        evidence=answer.evidence,
        quantity=telling(checklist.criterion(name), figure) if figure is not None else None,
        currency=answer.numbers.unit if figure is not None and answer.numbers is not None else "",
    )


def same_wording(answers: Iterable[tuple[Report, Cell]]) -> bool:
    """Whether all that found something chose among grades worded alike to the letter."""
    seen: tuple[Grade, ...] | None = None
    for report, cell in answers:
        if cell.finding is not None:
            grades = report.checklist.criterion(cell.finding.id).grades
            if seen is None:
                seen = grades
            elif seen is not grades and _words_of(seen) != _words_of(grades):
                return False
    return True


def _words_of(grades: Iterable[Grade]) -> list[tuple[str, str]]:
    return [(grade.id, grade.says) for grade in grades]


def sum_of(cells: Iterable[Cell]) -> Sum:
    """The points of some answers, those that rest on evidence, and the points possible."""
    found = [cell.finding for cell in cells if cell.finding is not None]
    return Sum(
        points=_exact([one.points for one in found]),
        evidenced=_exact([one.points for one in found if one.state in RELIED_ON]),
        possible=_exact([one.possible for one in found]),
    )


def sum_of_sums(sums: Iterable[Sum]) -> Sum:
    """Sums of parts that have nothing in common, as one."""
    parts = list(sums)
    return Sum(
        points=_exact([one.points for one in parts]),
        evidenced=_exact([one.evidenced for one in parts]),
        possible=_exact([one.possible for one in parts]),
    )


def _exact(parts: Iterable[Fraction]) -> Fraction:
    """The sum of `parts`. Numerators are added per denominator first, because reducing at every addition takes long."""
    numerators: dict[int, int] = {}
    for part in parts:
        numerator, denominator = part.as_integer_ratio()
        numerators[denominator] = numerators.get(denominator, 0) + numerator
    common = lcm(*numerators)
    return Fraction(
        sum(numerator * (common // denominator) for denominator, numerator in numerators.items()), common
    )
