"""Reports side by side, criterion by criterion, over what applies to all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

from auditapp.domain.checklist import Checklist, Criterion
from auditapp.domain.errors import NotComparable
from auditapp.domain.measures.figure import Quantity
from auditapp.domain.measuring import telling
from auditapp.domain.migration import successions
from auditapp.domain.quick import Scope
from auditapp.domain.report import Change, Report
from auditapp.domain.scoring import Count, Finding, State, Sum
from auditapp.domain.values import ZERO, Exact, Value

FEWEST, MOST = 2, 6

STATE_WORDS = {State.UNANSWERED: "Unanswered", State.NOT_APPLICABLE: "Does not apply"}


class Band(StrEnum):
    """How far apart the answers to a criterion are, widest first."""

    FAR = "far"
    STEP = "step"
    OPEN = "open"
    NOT_SHARED = "not-shared"
    SAME = "same"


class Cell(Value):
    """What one report found on one criterion. `state` is None when its checklist does not have the criterion.

    `asked` is False where only the quick audit was answered and this criterion is not in it. `quantity` is the number
    behind the grade where a measure gave one, money in `currency`.
    """

    state: State | None
    asked: bool = True
    grade: str | None = None
    label: str = ""
    says: str = ""
    note: str = ""
    quantity: Quantity | None = None
    currency: str = ""
    worth: Exact | None = None
    points: Exact = ZERO
    possible: Exact = ZERO

    @property
    def applies(self) -> bool:
        """Whether the criterion exists, was asked and applies here."""
        return self.asked and self.state is not None and self.state is not State.NOT_APPLICABLE


class Row(Value):
    """A criterion across all reports. `same_wording` is False when their checklists word its grades differently."""

    criterion: str
    code: str
    title: str
    section: str
    essential: bool
    band: Band
    same_wording: bool
    cells: tuple[Cell, ...]

    @property
    def shared(self) -> bool:
        """Whether the criterion applies to every report."""
        return all(cell.applies for cell in self.cells)


class SectionRow(Value):
    """The sums of a section in each report, over the shared criteria only. None where a report has none there."""

    id: str
    code: str
    title: str
    sums: tuple[Sum, ...]


class Column(Value):
    """A report in the comparison: its own score, and its score like for like.

    `essentials_only` is the whole result of its own where nothing but the quick audit was answered, else None.
    """

    title: str
    organiser: str
    checklist: str
    completed_on: dt.date
    level: str | None
    essentials_only: Count | None = None
    own: Sum
    shared: Sum


class Comparison(Value):
    """Two to six reports side by side."""

    columns: tuple[Column, ...]
    sections: tuple[SectionRow, ...]
    rows: tuple[Row, ...]

    @property
    def shared(self) -> int:
        """How many criteria apply to all."""
        return sum(1 for row in self.rows if row.shared)

    @property
    def checklists(self) -> tuple[str, ...]:
        """The names of the checklists used, each once."""
        return tuple(dict.fromkeys(column.checklist for column in self.columns))

    @property
    def differing(self) -> tuple[Row, ...]:
        """Rows with different answers: widest gap first, essentials before the rest, then checklist order."""
        order = list(Band)
        apart = [row for row in self.rows if row.band not in (Band.SAME, Band.NOT_SHARED)]
        return tuple(sorted(apart, key=lambda row: (order.index(row.band), not row.essential)))

    def in_band(self, band: Band) -> tuple[Row, ...]:
        """The rows of one band, essentials first."""
        return tuple(
            sorted((row for row in self.rows if row.band is band), key=lambda row: not row.essential)
        )


def compare(reports: Sequence[Report]) -> Comparison:
    """Set two to six reports side by side by criterion id.

    Where two of them answered a version and the one before it, the newer version's map decides what stands beside what:
    a criterion that asks for more than it did, or that was split, is not set beside the old answer. Beside a report on
    nothing but the quick audit, only what it was asked is shared.

    Raises NotComparable when there are fewer or more, or when they share no criterion.
    """
    if not FEWEST <= len(reports) <= MOST:
        raise NotComparable(f"a comparison takes {FEWEST} to {MOST} reports, not {len(reports)}")
    criteria: dict[str, Criterion] = {}
    for report in _newest_first(reports):
        for criterion in report.checklist.criteria:
            criteria.setdefault(criterion.id, criterion)
    findings = [_findings(report, reports) for report in reports]
    if not set.intersection(*(set(found) for found in findings)):
        raise NotComparable("these reports have no criterion in common")
    found_somewhere = set().union(*findings)
    rows = tuple(
        _row(criterion, reports, findings) for name, criterion in criteria.items() if name in found_somewhere
    )
    shared = [row for row in rows if row.shared]
    return Comparison(
        columns=tuple(
            Column(
                title=report.title,
                organiser=report.event.organiser,
                checklist=report.checklist.name,
                completed_on=report.completed_on,
                level=report.level.title if report.level else None,
                essentials_only=report.essentials_only,
                own=report.score.total,
                shared=_sum([row.cells[index] for row in shared]),
            )
            for index, report in enumerate(reports)
        ),
        sections=_section_rows(reports, shared),
        rows=rows,
    )


def _newest_first(reports: Sequence[Report]) -> list[Report]:
    """The reports in their order, but one whose checklist another one replaces stands behind that one."""
    replaced = {_before(report.checklist) for report in reports}
    return sorted(reports, key=lambda report: report.checklist.ref in replaced)


def _before(checklist: Checklist) -> str:
    """The version a checklist replaces, as id and version; empty where it names none."""
    return f"{checklist.id}@{checklist.migrate.from_}" if checklist.migrate else ""


def _findings(report: Report, reports: Sequence[Report]) -> dict[str, Finding]:
    """The findings of a report by the criterion they stand beside: its own, or its successor in a newer version."""
    found = {finding.id: finding for finding in report.score.findings}
    newer = next(
        (other.checklist for other in reports if _before(other.checklist) == report.checklist.ref), None
    )
    if newer is None:
        return found
    names = {one.was: one.becomes[0] for one in successions(report.checklist, newer) if one.keeps_answers}
    taken = {criterion.id for criterion in newer.criteria}
    kept = {names[name]: finding for name, finding in found.items() if name in names}
    return kept | {name: one for name, one in found.items() if name not in names and name not in taken}


def _section_rows(reports: Sequence[Report], shared: list[Row]) -> tuple[SectionRow, ...]:
    sections = {section.id: section for report in reversed(reports) for section in report.checklist.sections}
    ordered = dict.fromkeys(section.id for report in reports for section in report.checklist.sections)
    return tuple(
        SectionRow(
            id=name,
            code=sections[name].code,
            title=sections[name].title,
            sums=tuple(
                _sum([row.cells[index] for row in shared if row.section == name])
                for index in range(len(reports))
            ),
        )
        for name in ordered
    )


def _sum(cells: list[Cell]) -> Sum:
    relied_on = (State.EVIDENCED, State.CHECKED)
    return Sum(
        points=sum((cell.points for cell in cells), ZERO),
        evidenced=sum((cell.points for cell in cells if cell.state in relied_on), ZERO),
        possible=sum((cell.possible for cell in cells), ZERO),
    )


def _row(criterion: Criterion, reports: Sequence[Report], findings: list[dict[str, Finding]]) -> Row:
    cells = tuple(
        _cell(report, found.get(criterion.id)) for report, found in zip(reports, findings, strict=True)
    )
    wordings = {
        report.criterion(found[criterion.id]).grades
        for report, found in zip(reports, findings, strict=True)
        if criterion.id in found
    }
    return Row(
        criterion=criterion.id,
        code=criterion.code,
        title=criterion.title,
        section=criterion.section,
        essential=criterion.essential,
        band=_band(cells),
        same_wording=len(wordings) == 1,
        cells=cells,
    )


def _cell(report: Report, finding: Finding | None) -> Cell:
    if finding is None:
        return Cell(state=None)
    criterion, answer = report.criterion(finding), report.answer(finding)
    label, says = STATE_WORDS.get(finding.state, ""), ""
    if finding.grade is not None:
        label = report.checklist.label(criterion, finding.grade)
        says = criterion.grade(finding.grade).says
    elif finding.reason is not None:
        says = criterion.reason(finding.reason).says
    figure = report.figures.get(finding.id) if finding.applies else None
    numbers = answer.numbers if answer is not None else None
    quick, is_open = report.scope is Scope.QUICK, finding.state is State.UNANSWERED
    return Cell(
        state=finding.state,
        asked=not (quick and is_open and not criterion.in_quick_audit),
        grade=finding.grade,
        label=label,
        says=says,
        note=answer.note if answer is not None else "",
        quantity=telling(criterion, figure) if figure is not None else None,
        currency=numbers.unit if figure is not None and numbers is not None else "",
        worth=finding.worth,
        points=finding.points,
        possible=finding.possible,
    )


def _band(cells: tuple[Cell, ...]) -> Band:
    if not all(cell.applies for cell in cells):
        return Band.NOT_SHARED
    worths = {cell.worth for cell in cells if cell.worth is not None}
    if {Fraction(0), Fraction(1)} <= worths:
        return Band.FAR
    if len(worths) > 1:
        return Band.STEP
    if worths and any(cell.worth is None for cell in cells):
        return Band.OPEN
    return Band.SAME


def changes(before: Report, after: Report) -> tuple[Change, ...]:
    """Criterion by criterion, what a later report says differently: grade, applicability, note, numbers or evidence.

    Criteria that only one of the two checklists has are left out.
    """
    earlier = {finding.id: finding for finding in before.score.findings}
    found = []
    for finding in after.score.findings:
        if finding.id not in earlier:
            continue
        criterion = after.criterion(finding)
        old, new = _cell(before, earlier[finding.id]), _cell(after, finding)
        old_words, new_words = old.says or old.label, new.says or new.label
        if old_words == new_words and old.state is not new.state:
            old_words, new_words = (
                f"{words} ({cell.state})" for words, cell in ((old_words, old), (new_words, new))
            )
        if old_words == new_words and before.answer(earlier[finding.id]) != after.answer(finding):
            new_words = f"{new_words} (note, numbers or evidence changed)"
        if old_words != new_words:
            found.append(
                Change(
                    criterion=criterion.id,
                    code=criterion.code,
                    title=criterion.title,
                    before=old_words,
                    after=new_words,
                )
            )
    return tuple(found)
