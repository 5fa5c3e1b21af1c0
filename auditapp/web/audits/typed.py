"""What was typed about each criterion of a section: read from a form, checked, and turned into answers.

The page with its button and the autosave script send the same fields, so there is one way to read an answer.
A field is called `<criterion id>.<part>`; criterion ids hold no dots.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from flask_babel import gettext as _
from pydantic import ValidationError

from auditapp.domain.audit import EVIDENCE_LIMIT, NOTE_LIMIT, Answer, Audit, Evidence
from auditapp.domain.checklist import Criterion
from auditapp.rendering import words
from auditapp.web.dates import parse_date
from auditapp.web.forms import clean, date_problem, problems_in

NOT_APPLICABLE = "not_applicable"
"""The choice beside the grades. No grade can be called so: the ids of grades hold no underscore."""

Keep = Literal["", "mine", "theirs"]


@dataclass
class TypedEvidence:
    """One piece of evidence as typed; `problems` names its parts and what is wrong with them."""

    url: str = ""
    kind: str = ""
    title: str = ""
    date: str = ""
    problems: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, evidence: Evidence) -> TypedEvidence:
        """As it would have been typed."""
        day = words.date_words(evidence.date) if evidence.date else ""
        return cls(evidence.url, evidence.kind, evidence.title, day)

    @property
    def blank(self) -> bool:
        """Whether nothing was typed; the kind alone is only what the list offers first."""
        return not (self.url or self.title or self.date)

    def evidence(self) -> Evidence | None:
        """The evidence; None, with `problems` filled, when something is wrong."""
        day = None
        try:
            day = parse_date(self.date)
        except ValueError:
            self.problems["date"] = date_problem()
        try:
            found = Evidence.model_validate(
                {"kind": self.kind, "url": self.url, "title": self.title, "date": day}
            )
        except ValidationError as error:
            self.problems |= problems_in(error)
            return None
        return None if self.problems else found


@dataclass
class TypedAnswer:
    """One criterion as it stands on the page.

    `version` is that of the stored answer the page was filled from, and `was` a digest of what it said then: an
    answer nobody touched on this page is left alone, whatever somebody else makes of it meanwhile.
    `choice` is a grade, NOT_APPLICABLE or nothing.
    `keep` says whose version to keep after a conflict, of which `contested` tells.
    """

    criterion: Criterion
    version: int
    was: str = ""
    choice: str = ""
    reason: str = ""
    note: str = ""
    evidence: list[TypedEvidence] = field(default_factory=list)
    new: TypedEvidence = field(default_factory=TypedEvidence)
    carried: bool = False
    confirmed: bool = False
    contested: bool = False
    keep: Keep = ""
    problems: dict[str, str] = field(default_factory=dict)

    @classmethod
    def stored(cls, audit: Audit, criterion: Criterion) -> TypedAnswer:
        """The page as filled from what is stored."""
        typed = cls.showing(criterion, audit.answer(criterion.id), audit.version(criterion.id))
        typed.was = typed.digest()
        return typed

    @classmethod
    def showing(cls, criterion: Criterion, answer: Answer | None, version: int) -> TypedAnswer:
        """An answer as it would have been typed."""
        found = answer or Answer()
        return cls(
            criterion,
            version,
            choice=found.grade or (NOT_APPLICABLE if found.not_applicable else ""),
            reason=found.not_applicable or "",
            note=found.note,
            evidence=[TypedEvidence.of(evidence) for evidence in found.evidence],
        )

    @classmethod
    def posted(cls, criterion: Criterion, form: Mapping[str, str]) -> TypedAnswer | None:
        """The page as sent; None when the criterion was not on it."""
        name = criterion.id

        def part(of: str) -> str:
            return clean(form.get(f"{name}.{of}"))

        def typed_row(of: str) -> TypedEvidence:
            return TypedEvidence(
                part(f"{of}-url"), part(f"{of}-kind"), part(f"{of}-title"), part(f"{of}-date")
            )

        version = part("version")
        if not version.isdecimal() or len(version) > 9:
            return None
        count = part("count")
        rows = min(int(count), EVIDENCE_LIMIT) if count.isdecimal() and len(count) < 4 else 0
        keep = part("keep")
        return cls(
            criterion,
            int(version),
            was=part("was"),
            choice=part("choice"),
            reason=part("reason"),
            note=part("note"),
            evidence=[typed_row(f"evidence-{row}") for row in range(rows)],
            new=typed_row("new"),
            carried=bool(part("carried")),
            confirmed=bool(part("confirm")),
            contested=bool(part("contested")),
            keep="mine" if keep == "mine" else "theirs" if keep == "theirs" else "",
        )

    def digest(self) -> str:
        """What this says, in a few characters. A row that is still being typed says nothing yet."""
        said = [self.choice, self.reason if self.choice == NOT_APPLICABLE else "", self.note]
        rows = [[row.url, row.kind, row.title, row.date] for row in self.evidence]
        return hashlib.sha256(json.dumps([said, rows]).encode()).hexdigest()[:16]

    @property
    def touched(self) -> bool:
        """Whether anything was done to this criterion since the page was filled."""
        return self.confirmed or self.keep == "mine" or self.digest() != self.was

    @property
    def wrong(self) -> bool:
        """Whether something has to be put right before this can be saved."""
        return bool(self.problems or self.new.problems)

    def settle_new(self) -> None:
        """Make the row that was being typed the last piece of evidence, unless it is blank or wrong."""
        if self.new.blank:
            return
        if len(self.evidence) >= EVIDENCE_LIMIT:
            self.new.problems["url"] = _(
                "An answer holds at most %(most)s links. Remove one first", most=EVIDENCE_LIMIT
            )
        elif self.new.evidence() is not None:
            self.evidence.append(self.new)
            self.new = TypedEvidence()

    def answer(self) -> Answer | None:
        """The answer, given for this edition; None, with `problems` filled, when something is wrong."""
        self._check_choice()
        if self.contested and not self.keep:
            self.problems["keep"] = _("Choose which of the two answers to keep")
        evidence = [row.evidence() for row in self.evidence]
        if any(row.problems for row in self.evidence):
            self.problems["evidence"] = _("One of these links cannot be read. Remove it and add it again")
        if self.wrong:
            return None
        try:
            return Answer(
                grade=self.choice if self.choice not in ("", NOT_APPLICABLE) else None,
                not_applicable=self.reason if self.choice == NOT_APPLICABLE else None,
                note=self.note,
                evidence=tuple(row for row in evidence if row is not None),
            )
        except ValidationError as error:
            self.problems |= problems_in(error)
            return None

    def _check_choice(self) -> None:
        if self.choice == NOT_APPLICABLE:
            if self.reason not in {reason.id for reason in self.criterion.not_applicable}:
                self.problems["reason"] = _("Choose why this does not apply")
        elif self.choice and self.choice not in {grade.id for grade in self.criterion.grades}:
            self.problems["choice"] = _("Choose one of these answers")


@dataclass(frozen=True)
class Wish:
    """What a button of the page asks for besides saving: on which criterion, and for a removal on which row."""

    do: Literal["continue", "leave", "stay", "add", "remove", "clear", "confirm"]
    criterion: str = ""
    row: int = 0

    @classmethod
    def read(cls, value: str) -> Wish:
        """The wish behind a button's value, such as "remove:quiet-room:2"; anything unknown only saves."""
        match value.split(":"):
            case ["continue" | "leave" | "confirm" as do]:
                return cls(do)
            case ["add" | "clear" as do, criterion]:
                return cls(do, criterion)
            case ["remove", criterion, row] if row.isdecimal() and len(row) < 4:
                return cls("remove", criterion, int(row))
        return cls("stay")

    def grant(self, typed: TypedAnswer) -> None:
        """Do what is asked for to this criterion."""
        if self.do == "confirm":
            typed.confirmed = True
        if self.criterion != typed.criterion.id:
            typed.settle_new()
            return
        if self.do == "clear":
            typed.choice = typed.reason = ""
        elif self.do == "remove" and self.row < len(typed.evidence):
            del typed.evidence[self.row]
        if self.do == "add" and typed.new.blank:
            typed.new.problems["url"] = _("Enter the whole address, starting with https://")
        else:
            typed.settle_new()


def read_section(criteria: Iterable[Criterion], form: Mapping[str, str], wish: Wish) -> list[TypedAnswer]:
    """Every criterion that was on the page, as sent and with what the button asks for done."""
    found = [typed for criterion in criteria if (typed := TypedAnswer.posted(criterion, form)) is not None]
    for typed in found:
        wish.grant(typed)
    return found


def note_left(note: str) -> str:
    """How much room a note still has, in words; nothing while there is plenty."""
    left = NOTE_LIMIT - len(note)
    return (
        _("Room for %(left)s more characters", left=words.number(max(left, 0)))
        if left < NOTE_LIMIT // 4
        else ""
    )
