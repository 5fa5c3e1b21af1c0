"""The beginnings of an audit: from a checklist, from the edition before, or to correct what is published."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from auditapp.catalogue import Catalogue
from auditapp.domain.audit import Event
from auditapp.domain.errors import AuditClosed
from auditapp.domain.facts import FactValue
from auditapp.domain.migration import carried
from auditapp.domain.misfits import answer_misfit, fact_misfits
from auditapp.services.links import (
    KEY_BYTES,
    TOKEN,
    Started,
    new_token,
    open_by_token,
    stored_audit,
    token_from,
    token_hash,
)
from auditapp.storage import audits
from auditapp.storage.transactions import writing


def start_audit(
    session: Session, catalogue: Catalogue, *, checklist: str, event: Event, now: dt.datetime, once: str = ""
) -> Started:
    """Start an audit with a checklist, named with or without its version.

    `once` is the secret word of the form it is started with (`new_token`): however often and however fast the same
    form is sent, it starts one audit, and gives it again. Raises ChecklistNotFound.
    """
    ref = catalogue.get(checklist).ref
    token = token_from(once) if TOKEN.fullmatch(once) else new_token()
    try:
        with writing(session):
            key = audits.key_of(session, token_hash(token))
            if key is not None:
                return Started(key, token)
            return _add(session, checklist=ref, event=event, now=now, token=token)[0]
    except IntegrityError:  # the same form, sent twice at the same moment: the other one was first
        return Started(open_by_token(session, token), token)


def start_next_edition(
    session: Session, catalogue: Catalogue, key: str, token: str, *, now: dt.datetime
) -> Started:
    """Start the audit of the following edition from the answers of this one.

    The answers are carried over to be confirmed, into the newest version of the checklist as its map says; the facts
    stay; edition and date are left to fill in. Answers and facts that do not fit the newest version stay behind.
    Raises AuditNotFound.
    """
    with writing(session):
        audit = stored_audit(session, catalogue, key, token).audit
        checklist = catalogue.get(audit.checklist.id)
        event = audit.event.model_copy(
            update={"edition": "", "date": audit.event.next_date, "next_date": None}
        )
        misfits = fact_misfits(checklist, audit.facts)
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
            if answer_misfit(checklist, name, answer) is None
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
        audit = stored_audit(session, catalogue, key, token).audit
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
