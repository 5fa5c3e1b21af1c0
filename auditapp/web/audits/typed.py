"""What was typed about each criterion of a section: read from a form, checked, and turned into answers.

The page with its button and the autosave script send the same fields, so there is one way to read an answer.
A field is called `<criterion id>.<part>`; criterion ids hold no dots.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from flask_babel import gettext as _
from pydantic import ValidationError

from auditapp.domain.audit import EVIDENCE_LIMIT, NOTE_LIMIT, Answer, Audit, Evidence
from auditapp.domain.checklist import Criterion
from auditapp.domain.measures import MEASURES, Measure
from auditapp.rendering import words
from auditapp.web.audits.numbers import TypedNumbers, digest_of
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
    `choice` is a grade, NOT_APPLICABLE or nothing: a grade that follows from numbers is never chosen. `numbers` are
    there where the criterion asks for them, and `demand` says that they have to be complete now; `follows` is the grade
    that was stored as following from numbers.
    `keep` says whose version to keep after a conflict, of which `contested` tells.
    """

    criterion: Criterion
    version: int
    was: str = ""
    choice: str = ""
    reason: str = ""
    note: str = ""
    numbers: TypedNumbers | None = None
    evidence: list[TypedEvidence] = field(default_factory=list)
    new: TypedEvidence = field(default_factory=TypedEvidence)
    demand: bool = False
    follows: str = ""
    carried: bool = False
    confirmed: bool = False
    contested: bool = False
    keep: Keep = ""
    problems: dict[str, str] = field(default_factory=dict)

    @classmethod
    def stored(cls, audit: Audit, criterion: Criterion) -> TypedAnswer:
        """The page as filled from what is stored."""
        measure = measure_asked(criterion)
        unit = currency_of(audit) if measure is not None and measure.money else ""
        typed = cls.showing(criterion, audit.answer(criterion.id), audit.version(criterion.id), unit=unit)
        typed.was = typed.digest()
        return typed

    @classmethod
    def showing(
        cls, criterion: Criterion, answer: Answer | None, version: int, *, unit: str = ""
    ) -> TypedAnswer:
        """An answer as it would have been typed; `unit` is the currency offered where none was given."""
        found = answer or Answer()
        chosen = found.grade if found.settled_by == "hand" else None
        measure = measure_asked(criterion)
        return cls(
            criterion,
            version,
            choice=chosen or (NOT_APPLICABLE if found.not_applicable else ""),
            reason=found.not_applicable or "",
            note=found.note,
            numbers=TypedNumbers.of(measure, found.numbers, unit=unit) if measure else None,
            follows=(found.grade or "") if found.settled_by == "numbers" else "",
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
        measure = measure_asked(criterion)
        return cls(
            criterion,
            int(version),
            was=part("was"),
            choice=part("choice"),
            reason=part("reason"),
            note=part("note"),
            numbers=TypedNumbers.posted(measure, name, form) if measure else None,
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
        return digest_of([said, rows, *([self.numbers.said()] if self.numbers else [])])

    @property
    def touched(self) -> bool:
        """Whether anything was done to this criterion since the page was filled."""
        return self.confirmed or self.keep == "mine" or self.digest() != self.was

    @property
    def wrong(self) -> bool:
        """Whether something has to be put right before this can be saved."""
        return bool(self.problems or self.new.problems or (self.numbers and self.numbers.problems))

    @property
    def unfinished(self) -> bool:
        """Whether numbers that have to be complete now are not. They are saved all the same."""
        if self.numbers is None or not self.demand or self.numbers.blank:
            return False
        self.numbers.work()
        return bool(self.numbers.missing)

    @property
    def grade_from_numbers(self) -> str:
        """The grade the numbers on this page lead to; empty when they lead to none."""
        if self.numbers is None:
            return self.follows if not self.choice else ""
        self.numbers.work()
        use, figure = self.criterion.measure, self.numbers.figure
        found = (
            use.grade(figure, self.criterion.grade_ids) if use is not None and figure is not None else None
        )
        return found or ""

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
        if self.numbers is not None:
            self.numbers.work()
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
                numbers=(self.numbers.numbers or None) if self.numbers else None,
                evidence=tuple(row for row in evidence if row is not None),
            )
        except ValidationError as error:
            self.problems |= problems_in(error)
            return None

    def _check_choice(self) -> None:
        if self.choice == NOT_APPLICABLE:
            if self.reason not in {reason.id for reason in self.criterion.not_applicable}:
                self.problems["reason"] = _("Choose why this does not apply")
            if self.numbers is not None and not self.numbers.blank:
                self.problems["reason"] = _("Clear the numbers first: what does not apply has none")
        elif self.choice and self.choice not in {grade.id for grade in self.criterion.grades}:
            self.problems["choice"] = _("Choose one of these answers")


def measure_asked(criterion: Criterion) -> Measure | None:
    """The measure whose numbers are entered at a criterion; None when it has none, or takes them from another one."""
    use = criterion.measure
    return MEASURES.get(use.name) if use is not None and use.numbers_from is None else None


def currency_of(audit: Audit) -> str:
    """The currency the audit's numbers are given in so far; empty when none has been named."""
    units = (answer.numbers.unit for answer in audit.answers.values() if answer.numbers)
    return next((unit for unit in units if unit), "")


def note_left(note: str) -> str:
    """How much room a note still has, in words; nothing while there is plenty."""
    left = NOTE_LIMIT - len(note)
    return (
        _("Room for %(left)s more characters", left=words.number(max(left, 0)))
        if left < NOTE_LIMIT // 4
        else ""
    )
