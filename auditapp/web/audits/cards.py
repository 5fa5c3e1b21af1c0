"""A section page as its template needs it: each criterion with what was typed, what is stored and what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _

from auditapp.domain.audit import Audit, Standing
from auditapp.domain.checklist import Checklist, Criterion, Source
from auditapp.domain.scoring import Finding, State
from auditapp.rendering import words
from auditapp.rendering.addresses import display_address
from auditapp.web.audits.inputs import Input, Label
from auditapp.web.audits.measured import NumbersPart, numbers_part
from auditapp.web.audits.typed import NOT_APPLICABLE, TypedAnswer, TypedEvidence, note_left
from auditapp.web.presentation import plural_form


@dataclass(frozen=True)
class AnswerChoice:
    """A grade as a row: its words, its worth for the glyph, and its points in words."""

    value: str
    text: str
    worth: Fraction
    points: str


@dataclass(frozen=True)
class EvidenceRow:
    """A piece of evidence as shown, and as sent along hidden."""

    typed: TypedEvidence
    about: str


@dataclass(frozen=True)
class Version:
    """One of two answers that collided, in words."""

    choice: str
    numbers: tuple[str, ...]
    note: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Conflict:
    """What this page holds beside what somebody else saved meanwhile."""

    mine: Version
    theirs: Version


@dataclass(frozen=True)
class Card:
    """One criterion of the page. Where `numbers_first` is False, numbers nobody gave yet stand folded below the grades."""

    criterion: Criterion
    typed: TypedAnswer
    choices: tuple[AnswerChoice, ...]
    sources: tuple[Source, ...]
    evidence: tuple[EvidenceRow, ...]
    state: State
    saved_at: dt.datetime | None
    carried: bool
    conflict: Conflict | None
    new_url: Input
    new_kind: Input
    new_title: Input
    new_date: Input
    note: Input
    numbers: NumbersPart | None
    numbers_first: bool

    @property
    def id(self) -> str:
        """Where the criterion stands on the page: its code, which no other element is called."""
        return self.criterion.code

    @property
    def reasons(self) -> tuple[tuple[str, str], ...]:
        """The reasons the checklist allows for not applicable."""
        return tuple((reason.id, reason.says) for reason in self.criterion.not_applicable)

    @property
    def adds(self) -> bool:
        """Whether the row for a new link stands open: something was typed into it."""
        return not self.typed.new.blank or bool(self.typed.new.problems)

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """Where each problem is and what it is, for the summary."""
        anchors = {
            "choice": f"{self.id}_answer-{self.criterion.grades[0].id}",
            "reason": f"{self.id}_answer-reason-{self.reasons[0][0]}" if self.reasons else self.id,
            "keep": f"{self.id}_keep-mine",
            "note": self.note.id,
            "evidence": f"{self.id}_evidence",
        }
        if self.conflict is not None and "keep" not in self.typed.problems:
            return (
                (
                    f"#{anchors['keep']}",
                    _("%(code)s: Somebody else saved another answer. Choose which to keep", code=self.id),
                ),
            )
        own = [(f"#{anchors.get(name, self.id)}", words_) for name, words_ in self.typed.problems.items()]
        new = [(f"#{self.id}_{name}", words_) for name, words_ in self.typed.new.problems.items()]
        numbers = list(self.numbers.problems) if self.numbers else []
        return tuple((href, f"{self.id}: {words_}") for href, words_ in numbers + own + new)


def evidence_kinds() -> dict[str, str]:
    """What each kind of evidence is called."""
    return {
        "page": _("Public web page"),
        "policy": _("Policy or rule text"),
        "photo": _("Photo or site plan"),
        "number": _("Figures or data"),
        "supplier": _("Supplier’s document"),
        "witness": _("Survey or report by a witness"),
    }


def card(
    audit: Audit,
    finding: Finding,
    typed: TypedAnswer,
    *,
    contested: bool = False,
    saved: bool = True,
    numbers_first: bool = True,
) -> Card:
    """The criterion of `finding` with what was typed.

    `contested` sets it beside what is stored; `saved` is False when what was typed is not what is stored.
    """
    criterion, checklist = typed.criterion, audit.checklist
    stored = audit.answer(criterion.id)
    carried = stored is not None and stored.standing is Standing.CARRIED
    kinds = evidence_kinds()
    return Card(
        criterion=criterion,
        typed=typed,
        choices=tuple(
            AnswerChoice(
                grade.id,
                grade.says,
                checklist.worth(criterion, grade.id),
                points_words(checklist.points(criterion, grade.id)),
            )
            for grade in criterion.grades
        ),
        sources=checklist.sources_of(criterion),
        evidence=tuple(EvidenceRow(row, about(row, kinds)) for row in typed.evidence),
        state=finding.state,
        saved_at=audit.saved_at.get(criterion.id) if saved and not carried else None,
        carried=carried,
        conflict=Conflict(
            version(checklist, typed), version(checklist, TypedAnswer.showing(criterion, stored, 0))
        )
        if contested
        else None,
        numbers=numbers_part(audit, typed),
        numbers_first=numbers_first,
        **_inputs(typed, kinds),
    )


def _inputs(typed: TypedAnswer, kinds: dict[str, str]) -> dict[str, Input]:
    new, criterion = typed.new, typed.criterion
    expected = criterion.evidence.kinds
    ordered = [*expected, *(kind for kind in kinds if kind not in expected)]

    def row(part: str, label: str, hint: str = "", options: Sequence[tuple[str, str]] = ()) -> Input:
        problem = new.problems.get(part)
        return Input(
            f"{criterion.code}_{part}",
            f"{criterion.id}.new-{part}",
            Label(label),
            getattr(new, part),
            hint,
            (problem,) if problem else (),
            options,
        )

    problem = typed.problems.get("note")
    return {
        "new_url": row("url", _("Address"), _("The whole address, starting with https://")),
        "new_kind": row("kind", _("What it is"), options=[(kind, kinds[kind]) for kind in ordered]),
        "new_title": row("title", _("What it shows")),
        "new_date": row("date", _("Its date")),
        "note": Input(
            f"{criterion.code}_note",
            f"{criterion.id}.note",
            Label(_("Note")),
            typed.note,
            note_left(typed.note),
            (problem,) if problem else (),
        ),
    }


def about(row: TypedEvidence, kinds: dict[str, str]) -> str:
    """What a piece of evidence is, in one line: "Policy or rule text, dated 4 January 2027"."""
    kind = kinds.get(row.kind, row.kind)
    if row.date and row.title:
        return _("%(title)s. %(kind)s, dated %(date)s", title=row.title, kind=kind, date=row.date)
    if row.date:
        return _("%(kind)s, dated %(date)s", kind=kind, date=row.date)
    return _("%(title)s. %(kind)s", title=row.title, kind=kind) if row.title else kind


def version(checklist: Checklist, typed: TypedAnswer) -> Version:
    """An answer in words, to be held against another."""
    return Version(
        choice=choice_words(checklist, typed),
        numbers=tuple(typed.numbers.lines()) if typed.numbers else (),
        note=typed.note,
        evidence=tuple(display_address(row.url) for row in typed.evidence),
    )


def points_words(points: Fraction) -> str:
    """Points with the word: "2 points"."""
    return words.point_count(points, ngettext=plural_form)


def choice_words(checklist: Checklist, typed: TypedAnswer) -> str:
    """What is chosen, in words."""
    criterion = typed.criterion
    if typed.choice == NOT_APPLICABLE:
        said = {reason.id: reason.says for reason in criterion.not_applicable}.get(typed.reason)
        return _("Does not apply: %(reason)s", reason=said) if said else _("Does not apply")
    grades = {grade.id: grade.says for grade in criterion.grades}
    if follows := typed.grade_from_numbers:
        label = checklist.label(criterion, follows)
        return _("%(label)s, from the numbers. %(says)s", label=label, says=grades[follows])
    if typed.choice not in grades:
        return _("Nothing chosen")
    return f"{checklist.label(criterion, typed.choice)}. {grades[typed.choice]}"
