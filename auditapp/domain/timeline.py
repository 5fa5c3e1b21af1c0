"""One event over its years: its editions in order, and each criterion as a line through them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import pairwise

from auditapp.domain.cells import Cell, cells_of, rows_of, side_by_side, sum_of
from auditapp.domain.checklist import Checklist
from auditapp.domain.lineage import Apart, Lineage
from auditapp.domain.report import Publication, PublicationState, Report
from auditapp.domain.scoring import Count, Sum
from auditapp.domain.values import Value


class Turn(StrEnum):
    """What became of an answer from one edition to the next.

    answered: it was open before. open: it is open now. applies, ended: it began or ceased to apply. not-asked: one of the
    two was a quick audit that did not ask it. apart: another version of the checklist asks otherwise, so that nothing can
    be said.
    """

    BETTER = "better"
    WORSE = "worse"
    ANSWERED = "answered"
    OPEN = "open"
    APPLIES = "applies"
    ENDED = "ended"
    NOT_ASKED = "not-asked"
    APART = "apart"
    SAME = "same"


class Edition(Value):
    """A published report on one edition, in its place among the others.

    `edition` names it as its organiser does, else by its year; `alone` is False where another column has the same name, as
    with a club that reports twice a year. `column` counts from 0 where the edition is part of the lines: where its report is
    live and uses the checklist of the newest one. `own` is None, and so is all else the report found, once it is withdrawn.
    """

    publication: Publication
    title: str
    edition: str
    alone: bool = True
    date: dt.date
    completed_on: dt.date
    expires_on: dt.date
    checklist: str
    column: int | None = None
    own: Sum | None = None
    level: str | None = None
    essentials_only: Count | None = None

    @property
    def percent(self) -> int | None:
        """The score in whole percent; None where there is none, or where nothing but the quick audit was answered."""
        return self.own.percent if self.own and not self.essentials_only else None

    @property
    def evidenced_percent(self) -> int | None:
        """The score counting only what is evidenced; None as for `percent`."""
        return self.own.evidenced_percent if self.own and not self.essentials_only else None


class Line(Value):
    """A criterion through the editions: a cell for each, and a turn for each step from one to the next."""

    criterion: str
    code: str
    title: str
    section: str
    essential: bool
    cells: tuple[Cell, ...]
    turns: tuple[Turn, ...]


class SectionLine(Value):
    """A section through the editions: its own sums in each; None where a checklist lacks it, and for a quick audit."""

    id: str
    code: str
    title: str
    sums: tuple[Sum | None, ...]


class Passage(Value):
    """From one edition to the next: the scores over the criteria that can be held against one another."""

    before: Sum
    after: Sum
    shared: int


class Timeline(Value):
    """The editions of one event, oldest first, those replaced or withdrawn in their place; and the lines through the others.

    `passages` has one for each step from a column to the next.
    """

    editions: tuple[Edition, ...]
    sections: tuple[SectionLine, ...]
    lines: tuple[Line, ...]
    passages: tuple[Passage, ...]

    @property
    def columns(self) -> tuple[Edition, ...]:
        """The editions that are part of the lines."""
        return tuple(edition for edition in self.editions if edition.column is not None)

    def turned(self, step: int, *turns: Turn) -> tuple[Line, ...]:
        """The lines that took one of these turns between column `step` and the next, essentials first."""
        found = (line for line in self.lines if line.turns[step] in turns)
        return tuple(sorted(found, key=lambda line: not line.essential))


def timeline(published: Iterable[tuple[Publication, Report]], known: Iterable[Checklist] = ()) -> Timeline:
    """The timeline of what was published on one event, in any order.

    The maps of the checklists decide what can be held against what, as in a comparison; `known` ones lead the way through
    versions nobody answered.
    """
    ordered = sorted(published, key=lambda pair: (_day(pair[1]), pair[0].published_on))
    live = [pair for pair in ordered if pair[0].state is PublicationState.LIVE]
    newest = live[-1][1].checklist.id if live else ""
    reports = {publication.slug: report for publication, report in live if report.checklist.id == newest}
    places = {slug: column for column, slug in enumerate(reports)}
    lines = _lines(list(reports.values()), known)
    names = Counter(_name(report) for report in reports.values())
    return Timeline(
        editions=tuple(
            _edition(
                publication,
                report,
                column=places.get(publication.slug),
                alone=names[_name(report)] < 2 or publication.slug not in places,
            )
            for publication, report in ordered
        ),
        sections=_section_lines(list(reports.values())),
        lines=lines,
        passages=tuple(_passage(lines, step) for step in range(len(reports) - 1)),
    )


def _day(report: Report) -> dt.date:
    return report.event.date or report.completed_on


def _name(report: Report) -> str:
    return report.event.edition or str(_day(report).year)


def _edition(publication: Publication, report: Report, column: int | None, *, alone: bool) -> Edition:
    bare = Edition(
        publication=publication,
        title=report.title,
        edition=_name(report),
        alone=alone,
        date=_day(report),
        completed_on=report.completed_on,
        expires_on=report.expires_on,
        checklist=report.checklist.name,
        column=column,
    )
    if publication.state is PublicationState.WITHDRAWN:
        return bare
    level = report.level.title if report.level else None
    found = {"own": report.score.total, "level": level, "essentials_only": report.essentials_only}
    return bare.model_copy(update=found)


def _lines(reports: Sequence[Report], known: Iterable[Checklist]) -> tuple[Line, ...]:
    lineage = Lineage((report.checklist for report in reports), known)
    found = [cells_of(report, lineage) for report in reports]
    versions = [report.checklist.version for report in reports]
    lines = []
    for row, criterion in rows_of(reports, lineage).items():
        cells = side_by_side(row, reports, found, lineage)
        lines.append(
            Line(
                criterion=criterion.id,
                code=criterion.code,
                title=criterion.title,
                section=criterion.section,
                essential=criterion.essential,
                cells=cells,
                turns=tuple(
                    turn(before, after, same_version=was == now)
                    for (before, after), (was, now) in zip(pairwise(cells), pairwise(versions), strict=True)
                ),
            )
        )
    return tuple(lines)


def turn(before: Cell, after: Cell, *, same_version: bool) -> Turn:
    """What became of an answer. Two that a later version keeps apart from its own are not kept apart from each other."""
    if not _asked_alike(before, after, same_version=same_version):
        return Turn.APART
    if not (before.asked and after.asked):
        return Turn.NOT_ASKED
    applied = before.finding is not None and before.finding.applies
    applies = after.finding is not None and after.finding.applies
    if applied != applies:
        return Turn.APPLIES if applies else Turn.ENDED
    was, now = before.worth, after.worth
    if was is now or was == now:  # mostly the same, and to compare fractions takes long
        return Turn.SAME
    if was is None or now is None:
        return Turn.ANSWERED if was is None else Turn.OPEN
    return Turn.BETTER if now > was else Turn.WORSE


def _asked_alike(before: Cell, after: Cell, *, same_version: bool) -> bool:
    """Whether both answer the same question; both may be kept apart from later ones for the same reason."""
    if before.finding is None or after.finding is None or before.gap != after.gap:
        return before.finding is None and after.finding is None
    return same_version or before.gap is None or before.gap.kind is not Apart.UNKNOWN


def _passage(lines: Iterable[Line], step: int) -> Passage:
    """Counts where both were asked alike and it applies to both."""
    left_out = (Turn.APART, Turn.NOT_ASKED, Turn.APPLIES, Turn.ENDED)
    pairs = [
        (line.cells[step], line.cells[step + 1])
        for line in lines
        if line.turns[step] not in left_out and line.cells[step].possible
    ]
    return Passage(
        before=sum_of(before for before, _after in pairs),
        after=sum_of(after for _before, after in pairs),
        shared=len(pairs),
    )


def _section_lines(reports: Sequence[Report]) -> tuple[SectionLine, ...]:
    named = {section.id: section for report in reports for section in report.checklist.sections}
    ordered = dict.fromkeys(
        section.id for report in reversed(reports) for section in report.checklist.sections
    )
    sums = [
        {} if report.essentials_only else {section.id: section for section in report.score.sections}
        for report in reports
    ]
    return tuple(
        SectionLine(
            id=name,
            code=named[name].code,
            title=named[name].title,
            sums=tuple(found.get(name) for found in sums),
        )
        for name in ordered
    )
