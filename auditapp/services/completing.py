"""The end of an audit: its answers frozen into a report, and taken up again as long as nothing is published."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from auditapp.catalogue import Catalogue
from auditapp.domain.audit import Audit, AuditState
from auditapp.domain.comparison import changes
from auditapp.domain.errors import AuditClosed, AuditNotFound
from auditapp.domain.report import Report, Superseded, report_on
from auditapp.services.documents import read_all
from auditapp.services.links import stored_audit
from auditapp.storage import audits, reports
from auditapp.storage.transactions import writing


def complete_audit(session: Session, catalogue: Catalogue, key: str, token: str, *, today: dt.date) -> Report:
    """Freeze the answers as they stand into a report. Completing a completed audit gives the report it has.

    Raises AuditNotFound.
    """
    with writing(session):
        stored = stored_audit(session, catalogue, key, token, for_update=True)
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
        stored = stored_audit(session, catalogue, key, token, for_update=True)
        if stored.audit.state is AuditState.PUBLISHED:
            raise AuditClosed("a published report cannot be changed; correct it with a new one")
        audits.set_state(session, stored.id, AuditState.OPEN)
    return stored.audit.model_copy(update={"state": AuditState.OPEN})


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
