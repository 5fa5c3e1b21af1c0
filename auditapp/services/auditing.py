"""From the first page of an audit to its completed report."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from auditapp.catalogue import Catalogue
from auditapp.domain.audit import Answer, Audit, AuditState, Event, Standing, too_many_links
from auditapp.domain.checklist import Checklist, Criterion
from auditapp.domain.comparison import changes
from auditapp.domain.errors import (
    AnswerConflict,
    AnswerConflicts,
    AnswerRejected,
    AuditClosed,
    AuditNotFound,
    DetailsConflict,
)
from auditapp.domain.facts import Facts, FactValue
from auditapp.domain.measures import NumbersRejected
from auditapp.domain.measuring import with_grades_from_numbers
from auditapp.domain.migration import carried
from auditapp.domain.quick import quick_facts
from auditapp.domain.report import Report, Superseded, report_on
from auditapp.services.documents import read_all
from auditapp.storage import audits, reports
from auditapp.storage.transactions import reading, writing

TOKEN_BYTES = 32
KEY_BYTES = 9
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
"""What a token looks like: 32 bytes in the alphabet of addresses."""


@dataclass(frozen=True)
class Started:
    """A new audit: its key for addresses, and the token of its private link, which is shown and never stored."""

    key: str
    token: str = field(repr=False)


def token_hash(token: str) -> str:
    """What is stored of a token: its SHA-256. A token has 256 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def new_token() -> str:
    """A token of 256 random bits, as text for an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def _token_from(once: str) -> str:
    """The token of the audit a form starts: as hard to guess as the form's own word, and not that word itself."""
    digest = hashlib.sha256(b"the private link of " + once.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def start_audit(
    session: Session, catalogue: Catalogue, *, checklist: str, event: Event, now: dt.datetime, once: str = ""
) -> Started:
    """Start an audit with a checklist, named with or without its version.

    `once` is the secret word of the form it is started with (`new_token`): however often and however fast the same
    form is sent, it starts one audit, and gives it again. Raises ChecklistNotFound.
    """
    ref = catalogue.get(checklist).ref
    token = _token_from(once) if TOKEN.fullmatch(once) else new_token()
    try:
        with writing(session):
            key = audits.key_of(session, token_hash(token))
            if key is not None:
                return Started(key, token)
            return _add(session, checklist=ref, event=event, now=now, token=token)[0]
    except IntegrityError:  # the same form, sent twice at the same moment: the other one was first
        return Started(open_by_token(session, token), token)


def open_by_token(session: Session, token: str) -> str:
    """The key of the audit a private link leads to; raises AuditNotFound when it leads nowhere, or no longer."""
    with reading(session):
        key = audits.key_of(session, token_hash(token))
    if key is None:
        raise AuditNotFound("no audit has this link")
    return key


def load_audit(session: Session, catalogue: Catalogue, key: str, token: str) -> Audit:
    """The audit as it stands; raises AuditNotFound when key and token do not belong together."""
    with reading(session):
        return _found(session, catalogue, key, token).audit


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
        stored = _open(session, catalogue, key, token)
        audit = stored.audit
        if problems := _fact_problems(audit.checklist, facts):
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
        stored = _open(session, catalogue, key, token)
        audit = stored.audit
        asked = {fact.id for fact in quick_facts(audit.checklist)}
        problems = {name: "is not asked in the quick audit" for name in facts if name not in asked}
        if problems := problems or _fact_problems(audit.checklist, facts):
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


def replace_link(session: Session, key: str, token: str) -> str:
    """A new token for the audit; the old link and every browser that came by it are shut out.

    Raises AuditNotFound.
    """
    fresh = new_token()
    with writing(session):
        if not audits.replace_token(session, key, old=token_hash(token), new=token_hash(fresh)):
            raise AuditNotFound(key)
    return fresh


def complete_audit(session: Session, catalogue: Catalogue, key: str, token: str, *, today: dt.date) -> Report:
    """Freeze the answers as they stand into a report. Completing a completed audit gives the report it has.

    Raises AuditNotFound.
    """
    with writing(session):
        stored = _found(session, catalogue, key, token, for_update=True)
        if stored.audit.state is not AuditState.OPEN:
            return _document(session, stored.id)
        report = report_on(
            stored.audit.checklist,
            stored.audit.event,
            stored.audit.facts,
            stored.audit.answers,
            completed_on=today,
        )
        if stored.audit.corrects:
            report = report.model_copy(
                update={"supersedes": _superseded(session, stored.audit.corrects, report)}
            )
        reports.add(session, stored.id, report)
        audits.set_state(session, stored.id, AuditState.COMPLETED)
    return report


def reopen_audit(session: Session, catalogue: Catalogue, key: str, token: str) -> Audit:
    """Take up a completed audit again; raises AuditClosed once it is published."""
    with writing(session):
        stored = _found(session, catalogue, key, token, for_update=True)
        if stored.audit.state is AuditState.PUBLISHED:
            raise AuditClosed("a published report cannot be changed; correct it with a new one")
        audits.set_state(session, stored.id, AuditState.OPEN)
    return stored.audit.model_copy(update={"state": AuditState.OPEN})


def start_next_edition(
    session: Session, catalogue: Catalogue, key: str, token: str, *, now: dt.datetime
) -> Started:
    """Start the audit of the following edition from the answers of this one.

    The answers are carried over to be confirmed, into the newest version of the checklist as its map says; the facts
    stay; edition and date are left to fill in. Answers and facts that do not fit the newest version stay behind.
    Raises AuditNotFound.
    """
    with writing(session):
        audit = _found(session, catalogue, key, token).audit
        checklist = catalogue.get(audit.checklist.id)
        event = audit.event.model_copy(
            update={"edition": "", "date": audit.event.next_date, "next_date": None}
        )
        misfits = _fact_problems(checklist, audit.facts)
        facts = {name: value for name, value in audit.facts.items() if name not in misfits}
        started, audit_id = _add(
            session,
            checklist=checklist.ref,
            event=event,
            now=now,
            facts=facts,
            follows=audit.published_as or audit.corrects or audit.follows,
        )
        taken = {
            name: (answer, 1)
            for name, answer in carried(catalogue.steps(audit.checklist, checklist), audit.answers).items()
            if _answer_problem(checklist, name, answer) is None
        }
        if taken:
            audits.save_answers(session, audit_id, taken, now=now)
    return started


def start_correction(
    session: Session, catalogue: Catalogue, key: str, token: str, *, now: dt.datetime
) -> Started:
    """Start the correction of a published audit: the same answers, to be changed, for a report that supersedes it.

    Raises AuditNotFound, and AuditClosed when there is nothing published to correct.
    """
    with writing(session):
        audit = _found(session, catalogue, key, token).audit
        if audit.published_as is None:
            raise AuditClosed("only a published report is corrected by a new one")
        started, audit_id = _add(
            session,
            checklist=audit.checklist.ref,
            event=audit.event,
            now=now,
            facts=audit.facts,
            corrects=audit.published_as,
        )
        if audit.answers:
            audits.save_answers(
                session, audit_id, {name: (answer, 1) for name, answer in audit.answers.items()}, now=now
            )
    return started


def _add(
    session: Session,
    *,
    checklist: str,
    event: Event,
    now: dt.datetime,
    facts: Mapping[str, FactValue] | None = None,
    corrects: str | None = None,
    follows: str | None = None,
    token: str | None = None,
) -> tuple[Started, int]:
    started = Started(key=secrets.token_urlsafe(KEY_BYTES), token=token or new_token())
    audit_id = audits.add(
        session,
        key=started.key,
        token_hash=token_hash(started.token),
        checklist=checklist,
        event=event,
        now=now,
        facts=facts,
        corrects=corrects,
        follows=follows,
    )
    return started, audit_id


def _found(
    session: Session, catalogue: Catalogue, key: str, token: str, *, for_update: bool = False
) -> audits.StoredAudit:
    stored = audits.find(session, key, token_hash(token), catalogue.get, for_update=for_update)
    if stored is None:
        raise AuditNotFound(key)
    return stored


def _open(session: Session, catalogue: Catalogue, key: str, token: str) -> audits.StoredAudit:
    stored = _found(session, catalogue, key, token, for_update=True)
    if stored.audit.state is not AuditState.OPEN:
        raise AuditClosed("a completed audit is changed by reopening it first")
    return stored


def _document(session: Session, audit_id: int) -> Report:
    found = reports.latest(session, audit_id)
    if found is None:
        raise AuditNotFound("no report has been made of this audit")
    return read_all(session, [found[1]])[0]


def _superseded(session: Session, corrected: str, report: Report) -> Superseded:
    slug = reports.last_correction(session, corrected)
    earlier = read_all(session, [reports.find(session, [slug])[slug][1]])[0]
    return Superseded(
        slug=slug,
        title=earlier.title,
        percent=earlier.score.total.percent if earlier.essentials_only is None else None,
        changes=changes(earlier, report),
    )


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
        stored = _open(session, catalogue, key, token)
        audit = stored.audit
        if problems := _problems(audit.checklist, given, section_id):
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


def _problems(checklist: Checklist, answers: Mapping[str, Answer], section_id: str | None) -> dict[str, str]:
    problems = {}
    for name, answer in answers.items():
        problem = _answer_problem(checklist, name, answer)
        if problem is None and section_id is not None and checklist.criterion(name).section != section_id:
            problem = f"belongs to the section {checklist.criterion(name).section!r}"
        if problem is not None:
            problems[name] = problem
    return problems


def _answer_problem(checklist: Checklist, name: str, answer: Answer) -> str | None:
    try:
        criterion: Criterion = checklist.criterion(name)
    except KeyError:
        return "is not a criterion of this checklist"
    if criterion.id != name:
        return "is not a criterion of this checklist"
    if answer.grade is not None and answer.grade not in {grade.id for grade in criterion.grades}:
        return f"has no grade {answer.grade!r}"
    if answer.not_applicable is not None and answer.not_applicable not in {
        reason.id for reason in criterion.not_applicable
    }:
        return f"does not list {answer.not_applicable!r} as a reason why it does not apply"
    return None


def _fact_problems(checklist: Checklist, facts: Facts) -> dict[str, str]:
    known = {fact.id: fact for fact in checklist.facts}
    problems = {}
    for name, value in facts.items():
        if name not in known:
            problems[name] = "is not a fact of this checklist"
            continue
        try:
            known[name].check(value)
        except ValueError as error:
            problems[name] = str(error)
    return problems
