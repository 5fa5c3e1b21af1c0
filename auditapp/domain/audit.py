"""An audit: one checklist version being answered for one edition of an event."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from auditapp.domain.checklist import Checklist, EvidenceKind
from auditapp.domain.facts import FactValue
from auditapp.domain.measures import Numbers
from auditapp.domain.values import Address, Id, ShortText, Value, visible

EVIDENCE_LIMIT = 25
NOTE_LIMIT = 4000
LINKS_LIMIT = 1000
"""Evidence of all answers together: as much as a PDF can be made of in seconds."""

Note = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=NOTE_LIMIT), AfterValidator(visible)
]


class Event(Value):
    """The event and the edition that is audited, as the organiser names them.

    `next_date` is the day of the following edition, when it is known: a report does not outlive it.
    """

    name: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(visible)
    ]
    edition: ShortText = ""
    date: dt.date | None = None
    next_date: dt.date | None = None
    place: ShortText = ""
    country: ShortText = ""
    website: Address | None = None
    organiser: ShortText = ""

    @property
    def title(self) -> str:
        """The name with the edition, unless the name already ends with it: "Ridgeline Half 2027"."""
        if not self.edition or self.name.endswith(self.edition):
            return self.name
        return f"{self.name} {self.edition}"

    @property
    def series(self) -> str:
        """What the event is called whatever the year: its name without an edition or a year at its end."""
        name = self.name
        if self.edition:
            name = name.removesuffix(self.edition).rstrip(" ,-–")
        return re.sub(r"[\s,–-]+(19|20)\d\d$", "", name).strip() or self.name


class Evidence(Value):
    """What supports an answer: an address anyone can open, what it is, what it shows and from when."""

    kind: EvidenceKind
    url: Address
    title: ShortText = ""
    date: dt.date | None = None


class Standing(StrEnum):
    """Whether an answer was given for this edition or carried over from the last and not yet confirmed."""

    GIVEN = "given"
    CARRIED = "carried"


class Answer(Value):
    """A grade, or a listed reason why the criterion does not apply, with a note and evidence.

    An answer with neither is only a note so far: the criterion is still unanswered. `numbers` are those of the
    criterion's measure; where `settled_by` says so, the grade follows from them and was not chosen.
    """

    grade: Id | None = None
    not_applicable: Id | None = None
    note: Note = ""
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=EVIDENCE_LIMIT)] = ()
    standing: Standing = Standing.GIVEN
    numbers: Numbers | None = None
    settled_by: Literal["hand", "numbers"] = "hand"

    @model_validator(mode="after")
    def _numbers_settle_a_grade(self) -> Answer:
        if self.settled_by == "numbers" and (not self.numbers or self.grade is None):
            raise ValueError("an answer settled by numbers has both numbers and a grade")
        return self

    @model_validator(mode="after")
    def _not_both(self) -> Answer:
        if self.grade is not None and self.not_applicable is not None:
            raise ValueError("choose a grade or a reason why it does not apply, not both")
        return self

    @property
    def settles(self) -> bool:
        """Whether this answers the criterion: a choice was made, and for this edition."""
        chosen = self.grade is not None or self.not_applicable is not None
        return chosen and self.standing is Standing.GIVEN


Answers = Mapping[str, Answer]
"""Answers by criterion id."""


class AuditState(StrEnum):
    """Open: being answered. Completed: a report stands, and it can be reopened. Published: closed for good."""

    OPEN = "open"
    COMPLETED = "completed"
    PUBLISHED = "published"


class AuditFile(Value):
    """An answers file as it stands on disk: the same job without a browser."""

    checklist: str
    event: Event
    facts: dict[Id, FactValue] = {}
    answers: dict[Id, Answer] = {}


def links_in(answers: Answers) -> int:
    """How many pieces of evidence the answers carry together."""
    return sum(len(answer.evidence) for answer in answers.values())


def check_links(answers: Answers) -> None:
    """Raise ValueError when answers carry more evidence than one report holds."""
    links = links_in(answers)
    if links > LINKS_LIMIT:
        raise ValueError(f"has {links:,} pieces of evidence; a report holds at most {LINKS_LIMIT:,}")


def too_many_links(standing: Answers, fresh: Answers) -> dict[str, str]:
    """What is wrong with each fresh answer that adds evidence beyond what one report holds, beside those that stand.

    Whoever takes some out is never refused, however many are left.
    """
    links = links_in({**standing, **fresh})
    if links <= LINKS_LIMIT:
        return {}
    problem = f"The report would hold {links:,} pieces of evidence, and at most {LINKS_LIMIT:,} fit."
    return {
        name: f"{problem} Take weaker ones out first."
        for name, answer in fresh.items()
        if len(answer.evidence) > (len(standing[name].evidence) if name in standing else 0)
    }


class Audit(Value):
    """One checklist version being answered for one edition, as it stands now.

    `facts_saved` tells whether every fact has been asked; after a quick audit only some have, and `details_version`, the
    number of saves, is above 0 all the same.
    `versions` counts the saves of each answer, so that a second writer is noticed; a criterion nobody has
    saved has version 0. `saved_at` holds the moment of the last save of each answer, in UTC.
    `corrects` is the address of the published report this audit corrects, `follows` of the one whose next edition it is
    about; `published_as` its own.
    """

    key: str
    checklist: Checklist
    event: Event
    facts: dict[Id, FactValue] = {}
    facts_saved: bool = False
    answers: dict[Id, Answer] = {}
    versions: dict[Id, int] = {}
    saved_at: dict[Id, dt.datetime] = {}
    details_version: int = 0
    state: AuditState = AuditState.OPEN
    corrects: str | None = None
    follows: str | None = None
    published_as: str | None = None

    def answer(self, criterion_id: str) -> Answer | None:
        """The answer to a criterion; None when nothing has been saved for it."""
        return self.answers.get(criterion_id)

    def version(self, criterion_id: str) -> int:
        """How often the answer to a criterion has been saved."""
        return self.versions.get(criterion_id, 0)
