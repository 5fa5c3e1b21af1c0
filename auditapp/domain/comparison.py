"""Reports side by side, criterion by criterion, over what applies to all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import StrEnum

from auditapp.domain.cells import (
    Cell,
    Why,
    answer_cell,
    cells_of,
    rows_of,
    same_wording,
    side_by_side,
    sum_of,
    sum_of_sums,
)
from auditapp.domain.checklist import Checklist, Criterion
from auditapp.domain.errors import NotComparable
from auditapp.domain.lineage import Lineage
from auditapp.domain.report import Change, Report
from auditapp.domain.scoring import Count, Sum
from auditapp.domain.values import Value

FEWEST, MOST = 2, 6


class Band(StrEnum):
    """How far apart the answers to a criterion are, widest first; behind these, what is not set side by side."""

    FAR = "far"
    STEP = "step"
    OPEN = "open"
    NOT_COMPARABLE = "not-comparable"
    NOT_SHARED = "not-shared"
    SAME = "same"


APART = (Band.FAR, Band.STEP, Band.OPEN)
"""Bands of criteria that apply to all and are answered differently."""


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
        return self.band not in (Band.NOT_COMPARABLE, Band.NOT_SHARED)

    @property
    def why_not(self) -> Why | None:
        """Why the criterion does not count like for like, what weighs most; None where it does."""
        reasons = {cell.why_not for cell in self.cells}
        return next((why for why in Why if why in reasons), None)

    @property
    def says(self) -> str:
        """What the author of the checklist says of a change that keeps the answers apart; empty where nothing is said."""
        return next((cell.gap.says for cell in self.cells if cell.gap and cell.gap.says), "")


class NotShared(Value):
    """Criteria left out of the score like for like, and what all of them are left out for."""

    why: Why
    rows: tuple[Row, ...]


class SectionRow(Value):
    """The sums of a section in each report, over the shared criteria only. None where a report has none there."""

    id: str
    code: str
    title: str
    sums: tuple[Sum, ...]


class Column(Value):
    """A report in the comparison: its own score, and its score like for like.

    `event` is the name of the event without its edition, `year` that of the edition. `essentials_only` is the whole
    result of its own where nothing but the quick audit was answered, else None.
    """

    title: str
    event: str
    year: int
    organiser: str
    checklist: str
    completed_on: dt.date
    level: str | None
    essentials_only: Count | None = None
    own: Sum
    shared: Sum

    @property
    def is_of(self) -> tuple[str, str]:
        """What tells one event from another: its name and who holds it, whatever the case."""
        return self.event.casefold(), self.organiser.casefold()


class Comparison(Value):
    """Two to six reports side by side."""

    columns: tuple[Column, ...]
    sections: tuple[SectionRow, ...]
    rows: tuple[Row, ...]

    @property
    def one_event(self) -> str | None:
        """The event all reports are about; None where there are several."""
        return self.columns[0].event if len({column.is_of for column in self.columns}) == 1 else None

    @property
    def shared(self) -> int:
        """How many criteria apply to all."""
        return sum(1 for row in self.rows if row.shared)

    @property
    def not_shared(self) -> tuple[NotShared, ...]:
        """What is left out of the score like for like: every such criterion once, by the weightiest reason."""
        rows = [(row.why_not, row) for row in self.rows if not row.shared]
        found = ((why, tuple(row for reason, row in rows if reason is why)) for why in Why)
        return tuple(NotShared(why=why, rows=rows) for why, rows in found if rows)

    @property
    def with_numbers(self) -> tuple[Row, ...]:
        """The rows in which a measure gave the number behind at least one grade."""
        return tuple(row for row in self.rows if any(cell.quantity for cell in row.cells))

    @property
    def checklists(self) -> tuple[str, ...]:
        """The names of the checklists used, each once."""
        return tuple(dict.fromkeys(column.checklist for column in self.columns))

    @property
    def differing(self) -> tuple[Row, ...]:
        """Rows with different answers: widest gap first, essentials before the rest, then checklist order."""
        return tuple(row for band in APART for row in self.in_band(band))

    def in_band(self, band: Band) -> tuple[Row, ...]:
        """The rows of one band, essentials first."""
        return tuple(
            sorted((row for row in self.rows if row.band is band), key=lambda row: not row.essential)
        )


def compare(reports: Sequence[Report], known: Iterable[Checklist] = ()) -> Comparison:
    """Set two to six reports side by side by criterion.

    Where they answered several versions of a checklist, the maps of the newer ones decide what stands beside what, from
    version to version: a criterion that asks for more than it did, or that was split, is not held against the old answer.
    Versions nobody answered lead the way where they are among the `known` ones. Beside a report on nothing but the quick
    audit, only what it was asked is shared.

    Raises NotComparable when there are fewer or more, or when they share no criterion.
    """
    if not FEWEST <= len(reports) <= MOST:
        raise NotComparable(f"a comparison takes {FEWEST} to {MOST} reports, not {len(reports)}")
    lineage = Lineage((report.checklist for report in reports), known)
    cells = [cells_of(report, lineage) for report in reports]
    if not any(all(row in found and not found[row].gap for found in cells) for row in cells[0]):
        raise NotComparable("these reports have no criterion in common")
    # Reports that share a checklist word everything alike: one of them is asked.
    spoken = tuple({id(report.checklist): place for place, report in enumerate(reports)}.values())
    rows = tuple(
        _row(criterion, reports, spoken, side_by_side(row, reports, cells, lineage))
        for row, criterion in rows_of(reports, lineage).items()
    )
    sections = _section_rows(reports, rows)
    return Comparison(
        columns=tuple(
            Column(
                title=report.title,
                event=report.event.series,
                year=(report.event.date or report.completed_on).year,
                organiser=report.event.organiser,
                checklist=report.checklist.name,
                completed_on=report.completed_on,
                level=report.level.title if report.level else None,
                essentials_only=report.essentials_only,
                own=report.score.total,
                shared=sum_of_sums(section.sums[index] for section in sections),
            )
            for index, report in enumerate(reports)
        ),
        sections=sections,
        rows=rows,
    )


def _section_rows(reports: Sequence[Report], rows: Iterable[Row]) -> tuple[SectionRow, ...]:
    sections = {section.id: section for report in reversed(reports) for section in report.checklist.sections}
    ordered = dict.fromkeys(section.id for report in reports for section in report.checklist.sections)
    shared: dict[str, list[Row]] = {name: [] for name in ordered}
    for row in rows:
        if row.shared:
            shared[row.section].append(row)
    return tuple(
        SectionRow(
            id=name,
            code=sections[name].code,
            title=sections[name].title,
            sums=tuple(sum_of(row.cells[index] for row in shared[name]) for index in range(len(reports))),
        )
        for name in ordered
    )


def _row(
    criterion: Criterion, reports: Sequence[Report], spoken: Iterable[int], cells: tuple[Cell, ...]
) -> Row:
    return Row(
        criterion=criterion.id,
        code=criterion.code,
        title=criterion.title,
        section=criterion.section,
        essential=criterion.essential,
        band=_band(cells),
        same_wording=same_wording((reports[place], cells[place]) for place in spoken),
        cells=cells,
    )


def _band(cells: tuple[Cell, ...]) -> Band:
    reasons = [cell.why_not for cell in cells]
    if any(reasons):
        return Band.NOT_COMPARABLE if Why.NOT_COMPARABLE in reasons else Band.NOT_SHARED
    worths = [cell.worth for cell in cells]
    # As pairs of numbers, because to hash a fraction takes longer than all the rest of this.
    graded = {worth.as_integer_ratio() for worth in worths if worth is not None}
    if len(graded) > 1:
        return Band.FAR if {(0, 1), (1, 1)} <= graded else Band.STEP
    return Band.OPEN if graded and None in worths else Band.SAME


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
        old, new = answer_cell(before, earlier[finding.id]), answer_cell(after, finding)
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
