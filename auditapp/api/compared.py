"""What version 1 gives of several reports at once: side by side, and one event over its years."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from auditapp.api.models import Link, Points, ScoreSum, Shape, Standing
from auditapp.domain.cells import Why
from auditapp.domain.comparison import Band
from auditapp.domain.scoring import State
from auditapp.domain.standing import ReportState
from auditapp.domain.timeline import Turn


class MetCount(Shape):
    """So many of so many."""

    met: int
    applicable: int


class ComparedReport(Shape):
    """A report in a comparison: how it stands today, its own score, and its score like for like."""

    slug: str
    title: str
    organiser: str
    checklist: str
    """The name of the checklist it answered, with its version."""
    completed_on: dt.date
    level: str | None
    essentials_only: MetCount | None
    """The whole result where nothing but the quick audit was answered."""
    score: ScoreSum
    """Over all criteria that apply to it."""
    shared: ScoreSum
    """Over the criteria that apply to all reports compared."""
    state: ReportState
    expires_on: dt.date
    superseded_by: str | None
    url: Link


class ComparedFigure(Shape):
    """The number behind a grade, where a measure worked one out."""

    id: str
    label: str
    value: Points
    unit: str
    currency: str


class ComparedGap(Shape):
    """What another version of the checklist changed about a criterion."""

    kind: str
    version: str
    says: str


class ComparedEvidence(Shape):
    """What supports an answer."""

    kind: str
    url: str
    title: str
    date: dt.date | None


class ComparedAnswer(Shape):
    """What one report says on one criterion. There is no state where its checklist does not have the criterion."""

    state: State | None
    grade: str | None
    label: str
    says: str
    """The threshold in the words of the checklist, or the reason why it does not apply."""
    points: Points | None
    possible: Points | None
    note: str
    evidence: tuple[ComparedEvidence, ...]
    figure: ComparedFigure | None
    left_out: Why | None
    """Why it does not count beside the others; null where it does."""
    gap: ComparedGap | None


class ComparedCriterion(Shape):
    """A criterion across all reports, and how far apart they are."""

    id: str
    code: str
    title: str
    section: str
    essential: bool
    band: Band
    same_wording: bool
    """Whether all reports answered the same words."""
    answers: tuple[ComparedAnswer, ...]
    """In the order of the reports."""


class ComparedSection(Shape):
    """The sums of a section in each report, over the shared criteria."""

    id: str
    code: str
    title: str
    shared: tuple[ScoreSum, ...]


class LeftOut(Shape):
    """Criteria that do not count like for like, and what all of them are left out for."""

    why: Why
    criteria: tuple[str, ...]


class ComparisonAnswer(Shape):
    """Two to six reports side by side, like for like."""

    reports: tuple[ComparedReport, ...]
    shared_criteria: int
    left_out: tuple[LeftOut, ...]
    sections: tuple[ComparedSection, ...]
    criteria: tuple[ComparedCriterion, ...]
    url: Link
    """The comparison for people."""


class OrganiserName(Shape):
    """Who holds an event."""

    slug: str
    name: str


class EventAbout(Shape):
    """What the editions of an event share. `earlier_reports` counts reports older than those told of."""

    slug: str
    name: str
    place: str
    country: str
    organiser: OrganiserName | None
    url: Link
    earlier_reports: int


class EventEdition(Standing):
    """A published report on one edition, in its place among the others; without any figures once it is withdrawn."""

    slug: str
    title: str
    edition: str
    date: dt.date
    published_on: dt.date
    checklist: str
    column: int | None
    """Its place among the lines; null where it is not part of them: replaced, withdrawn, or on another checklist."""
    level: str | None
    essentials_only: MetCount | None
    score: ScoreSum | None
    url: Link


class EventStep(Shape):
    """From one edition to the next, over the criteria that can be held against one another."""

    from_: Annotated[str, Field(alias="from")]
    to: str
    shared_criteria: int
    before: ScoreSum
    after: ScoreSum


class EventSection(Shape):
    """A section through the editions, in the order of their columns."""

    id: str
    code: str
    title: str
    scores: tuple[ScoreSum | None, ...]


class EventCriterion(Shape):
    """A criterion through the editions: an answer for each column, and what became of it at each step."""

    id: str
    code: str
    title: str
    section: str
    essential: bool
    turns: tuple[Turn, ...]
    answers: tuple[ComparedAnswer, ...]


class EventAnswer(Shape):
    """One event over its years, oldest edition first."""

    event: EventAbout
    editions: tuple[EventEdition, ...]
    steps: tuple[EventStep, ...]
    sections: tuple[EventSection, ...]
    criteria: tuple[EventCriterion, ...]
