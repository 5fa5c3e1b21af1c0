"""A report: the frozen account of a completed audit, complete in itself.

It carries the checklist as worded, the facts, the answers with their evidence, the score and the plan as they
stood at completion. Nothing that happens later changes it.
"""

from __future__ import annotations

import calendar
import datetime as dt
from enum import StrEnum
from typing import Literal

from auditapp.domain.audit import Answer, Answers, Event, Standing
from auditapp.domain.checklist import Checklist, Criterion, Level
from auditapp.domain.facts import Facts, FactValue
from auditapp.domain.measures import Figure, public_figure
from auditapp.domain.measuring import figures_in, published_answer
from auditapp.domain.plan import Plan, plan_for
from auditapp.domain.proof import ListedEvidence, Proof, Published
from auditapp.domain.quick import Scope, scope_of
from auditapp.domain.scoring import Count, Finding, Score, State, score
from auditapp.domain.values import Id, Value

SCHEMA_VERSION: Literal["1.2"] = "1.2"
"""1.1 added numbers to answers, the figures worked out from them, and the scope; 1.2 the list of evidence, what was said at
publication, and the proof. Documents of earlier versions read as before.
"""
HIGHLIGHTS = 3


class Assurance(StrEnum):
    """What kind of assurance a report has. Self-declared: the organiser answered about its own event."""

    SELF_DECLARED = "self-declared"


class Change(Value):
    """How one criterion differs between a report and the one it supersedes: the words of its grade or state."""

    criterion: str
    code: str
    title: str
    before: str
    after: str


class Superseded(Value):
    """The report this one corrects, and what changed. `percent` is None where it had no score of the whole."""

    slug: str
    title: str
    percent: int | None
    changes: tuple[Change, ...]


class Report(Value):
    """The frozen account of a completed audit.

    `figures` are worked out from the numbers of the answers, by criterion, as they may be published. A report whose
    `scope` is quick has neither level nor plan: its result is a count of essentials.
    `evidence`, `published` and `proof` are there once it is published: then it is the document everybody may check.
    """

    schema_version: Literal["1.0", "1.1", "1.2"] = SCHEMA_VERSION
    assurance: Assurance = Assurance.SELF_DECLARED
    checklist: Checklist
    event: Event
    facts: dict[Id, FactValue]
    answers: dict[Id, Answer]
    figures: dict[Id, Figure] = {}
    scope: Scope = Scope.WHOLE
    score: Score
    plan: Plan | None
    completed_on: dt.date
    expires_on: dt.date
    supersedes: Superseded | None = None
    evidence: tuple[ListedEvidence, ...] = ()
    published: Published | None = None
    proof: Proof | None = None

    @property
    def title(self) -> str:
        """The event and its edition."""
        return self.event.title

    @property
    def level(self) -> Level | None:
        """The level reached; None below the lowest, and where nothing but the quick audit was answered."""
        if self.score.level is None or self.scope is Scope.QUICK:
            return None
        return self.checklist.level(self.score.level)

    @property
    def essentials_only(self) -> Count | None:
        """The essentials met at least partly, of those that apply: the whole result of a quick report, else None."""
        return self.score.essentials if self.scope is Scope.QUICK else None

    @property
    def answers_given(self) -> int:
        """How many criteria that apply have a grade."""
        return sum(1 for finding in self.score.findings if finding.grade is not None)

    @property
    def answers_evidenced(self) -> int:
        """How many of those carry the evidence expected."""
        return self.score.counted(State.EVIDENCED) + self.score.counted(State.CHECKED)

    def criterion(self, finding: Finding) -> Criterion:
        """The criterion a finding is about."""
        return self.checklist.criterion(finding.id)

    def answer(self, finding: Finding) -> Answer | None:
        """The answer behind a finding, with its note and evidence; None when unanswered without a note."""
        return self.answers.get(finding.id)

    def findings_in(self, section_id: str) -> tuple[Finding, ...]:
        """The findings of a section that a reader is shown: all, or of a quick report those that say something."""
        return tuple(
            finding
            for finding in self.score.findings_in(section_id)
            if self.scope is Scope.WHOLE
            or self.criterion(finding).in_quick_audit
            or finding.id in self.answers
        )

    @property
    def strongest(self) -> tuple[Finding, ...]:
        """Up to three criteria met in full: evidenced before declared, then the weightiest, essentials first."""
        met = [f for f in self.score.findings if f.worth == 1]
        return tuple(
            sorted(met, key=lambda f: (-f.evidenced_points, not f.essential, -f.points))[:HIGHLIGHTS]
        )

    @property
    def weakest(self) -> tuple[Finding, ...]:
        """Up to three criteria that apply and miss most: essentials first, then by points missing."""
        missing = [f for f in self.score.findings if f.applies and f.points < f.possible]
        return tuple(
            sorted(missing, key=lambda f: (not (f.essential and not f.met), f.points - f.possible))[
                :HIGHLIGHTS
            ]
        )

    @property
    def has_proposed_thresholds(self) -> bool:
        """Whether any threshold is this project's own proposal."""
        return any(c.proposed for c in self.checklist.criteria) or any(
            level.proposed for level in self.checklist.levels
        )


class PublicationState(StrEnum):
    """Live, replaced by a later report, or taken back. Expiry is a matter of the date, not of the state."""

    LIVE = "live"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Publication(Value):
    """A report made public under a permanent address."""

    slug: str
    state: PublicationState
    published_on: dt.date
    withdrawn_on: dt.date | None = None
    reason: str = ""
    superseded_by: str | None = None


def report_on(
    checklist: Checklist,
    event: Event,
    facts: Facts,
    answers: Answers,
    *,
    completed_on: dt.date,
    supersedes: Superseded | None = None,
) -> Report:
    """The report on answers as they stand on `completed_on`.

    Golden cases are left out of the frozen checklist, and so are answers carried over and never confirmed. Numbers
    stand in it as they may be published, without counts of one to four participants.
    """
    known = {criterion.id for criterion in checklist.criteria}
    given = {
        name: answer
        for name, answer in sorted(answers.items())
        if name in known and answer.standing is Standing.GIVEN
    }
    result = score(checklist, given, facts)
    scope = scope_of(checklist, result)
    figures = figures_in(checklist, given)
    return Report(
        checklist=checklist.as_reported,
        event=event,
        facts=dict(sorted(facts.items())),
        answers={
            name: published_answer(checklist.criterion(name), answer, figures.get(name))
            for name, answer in given.items()
        },
        figures={name: public_figure(figure) for name, figure in figures.items()},
        scope=scope,
        score=result,
        plan=plan_for(checklist, result) if scope is Scope.WHOLE else None,
        completed_on=completed_on,
        expires_on=expiry(completed_on, checklist.valid_months, event.next_date),
        supersedes=supersedes,
    )


def expiry(completed_on: dt.date, months: int, next_date: dt.date | None) -> dt.date:
    """The day a report stops standing for today's event: after `months`, or on the next edition if that is sooner."""
    last = months_later(completed_on, months)
    return next_date if next_date is not None and completed_on < next_date < last else last


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day some months on; the last day of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
