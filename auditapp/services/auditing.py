"""An audit while it is open: its details and its answers, saved as they are given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy.orm import Session

from auditapp.catalogue import Catalogue
from auditapp.domain.audit import Answer, Audit, Event, Standing, too_many_links
from auditapp.domain.errors import AnswerConflict, AnswerConflicts, AnswerRejected, DetailsConflict
from auditapp.domain.facts import Facts
from auditapp.domain.measures import NumbersRejected
from auditapp.domain.measuring import with_grades_from_numbers
from auditapp.domain.misfits import answer_misfits, fact_misfits
from auditapp.domain.quick import quick_facts
from auditapp.services.links import open_audit, stored_audit
from auditapp.storage import audits
from auditapp.storage.transactions import reading, writing


def load_audit(session: Session, catalogue: Catalogue, key: str, token: str) -> Audit:
    """The audit as it stands; raises AuditNotFound when key and token do not belong together."""
    with reading(session):
        return stored_audit(session, catalogue, key, token).audit


def save_details(
    session: Session,
    catalogue: Catalogue,
    key: str,
    token: str,
    *,
    event: Event,
    facts: Facts,
    version: int,
    now: dt.datetime,
) -> Audit:
    """Save what the event is and its facts.

    Raises AnswerRejected for facts the checklist does not have or values they cannot take, DetailsConflict when
    somebody else saved other details since `version`, and AuditClosed.
    """
    with writing(session):
        stored = open_audit(session, catalogue, key, token)
        audit = stored.audit
        if problems := fact_misfits(audit.checklist, facts):
            raise AnswerRejected(problems)
        same = audit.facts_saved and audit.event == event and audit.facts == dict(facts)
        if same:
            return audit
        if version != audit.details_version:
            raise DetailsConflict(audit.event, audit.facts, audit.details_version)
        audits.save_details(session, stored.id, event=event, facts=facts, version=version + 1, now=now)
        saved = {"event": event, "facts": dict(facts), "facts_saved": True, "details_version": version + 1}
        return audit.model_copy(update=saved)


def save_quick_facts(
    session: Session,
    catalogue: Catalogue,
    key: str,
    token: str,
    *,
    facts: Facts,
    version: int,
    now: dt.datetime,
) -> Audit:
    """Save the facts the quick audit asks, and leave all others as they are; what is not in `facts` becomes unknown.

    Raises AnswerRejected for facts that the quick audit does not ask or values they cannot take, DetailsConflict when
    somebody else saved other details since `version`, and AuditClosed.
    """
    with writing(session):
        stored = open_audit(session, catalogue, key, token)
        audit = stored.audit
        asked = {fact.id for fact in quick_facts(audit.checklist)}
        problems = {name: "is not asked in the quick audit" for name in facts if name not in asked}
        if problems := problems or fact_misfits(audit.checklist, facts):
            raise AnswerRejected(problems)
        known = {name: value for name, value in audit.facts.items() if name not in asked} | dict(facts)
        if audit.details_version > 0 and audit.facts == known:
            return audit
        if version != audit.details_version:
            raise DetailsConflict(audit.event, audit.facts, audit.details_version)
        audits.save_details(
            session,
            stored.id,
            event=audit.event,
            facts=known,
            facts_saved=audit.facts_saved,
            version=version + 1,
            now=now,
        )
        return audit.model_copy(update={"facts": known, "details_version": version + 1})


def answer_criterion(
    session: Session,
    catalogue: Catalogue,
    key: str,
    token: str,
    criterion_id: str,
    answer: Answer,
    *,
    version: int,
    now: dt.datetime,
) -> Audit:
    """Save one answer, read as `version`; saving what is stored already changes nothing.

    Raises AnswerConflict when somebody else saved another answer since, AnswerRejected and AuditClosed.
    """
    try:
        return _answer(session, catalogue, key, token, {criterion_id: answer}, {criterion_id: version}, now)
    except AnswerConflicts as conflicts:
        raise conflicts.conflicts[0] from None


def answer_section(
    session: Session,
    catalogue: Catalogue,
    key: str,
    token: str,
    section_id: str,
    answers: Mapping[str, Answer],
    versions: Mapping[str, int],
    *,
    now: dt.datetime,
) -> Audit:
    """Save the answers of one page. Those that collide with somebody else's are not saved, all others are.

    Raises AnswerConflicts with every answer that collides, AnswerRejected, before anything is saved, when one does
    not fit the checklist or belongs to another section, and AuditClosed.
    """
    return _answer(session, catalogue, key, token, answers, versions, now, section_id=section_id)


def answer_all(
    session: Session,
    catalogue: Catalogue,
    key: str,
    token: str,
    answers: Mapping[str, Answer],
    *,
    now: dt.datetime,
) -> Audit:
    """Answer any number of criteria nobody has answered yet, as from a file; raises like `answer_section`."""
    return _answer(session, catalogue, key, token, answers, {}, now)


def _answer(
    session: Session,
    catalogue: Catalogue,
    key: str,
    token: str,
    answers: Mapping[str, Answer],
    versions: Mapping[str, int],
    now: dt.datetime,
    *,
    section_id: str | None = None,
) -> Audit:
    given = {
        name: answer.model_copy(update={"standing": Standing.GIVEN})
        if answer.standing is not Standing.GIVEN
        else answer
        for name, answer in answers.items()
    }
    with writing(session):
        stored = open_audit(session, catalogue, key, token)
        audit = stored.audit
        if problems := answer_misfits(audit.checklist, given, section_id):
            raise AnswerRejected(problems)
        settled = _settled(audit, given)
        conflicts = [
            AnswerConflict(name, audit.answer(name), audit.version(name))
            for name in given
            if _says_something_new(audit, name, settled[name])
            and versions.get(name, 0) != audit.version(name)
        ]
        if conflicts:
            # Numbers that collide settle nothing elsewhere.
            left = {conflict.criterion_id for conflict in conflicts}
            settled = _settled(audit, {name: one for name, one in given.items() if name not in left})
        fresh = {
            name: (answer, audit.version(name) + 1)
            for name, answer in settled.items()
            if _says_something_new(audit, name, answer)
        }
        if problems := too_many_links(audit.answers, {name: answer for name, (answer, _) in fresh.items()}):
            raise AnswerRejected(problems)
        if fresh:
            audits.save_answers(session, stored.id, fresh, now=now)
    if conflicts:
        raise AnswerConflicts(tuple(conflicts))
    return audit.model_copy(
        update={
            "answers": audit.answers | {name: answer for name, (answer, _) in fresh.items()},
            "versions": audit.versions | {name: version for name, (_, version) in fresh.items()},
            "saved_at": audit.saved_at | dict.fromkeys(fresh, now),
        }
    )


def _settled(audit: Audit, given: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers with the grades their numbers lead to, and what shares these numbers; raises AnswerRejected."""
    try:
        return with_grades_from_numbers(audit.checklist, audit.answers, given, drafts=True)
    except NumbersRejected as rejected:
        raise AnswerRejected(rejected.problems) from None


def _says_something_new(audit: Audit, name: str, answer: Answer) -> bool:
    standing = audit.answer(name)
    return answer != standing and not (standing is None and answer == Answer())
