"""Checking and completing an audit, its PDF, and what comes after: reopening, the next edition."""

from __future__ import annotations

from functools import partial
from io import BytesIO

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from auditapp.domain.audit import Audit, AuditState
from auditapp.domain.report import Report, report_on
from auditapp.domain.standing import standing_of
from auditapp.services import completing, publishing, starting
from auditapp.storage.database import db
from auditapp.web.access import audit_for, hold, now, open_audit, public_address, rooms, today, token_for
from auditapp.web.audits.blueprint import bp
from auditapp.web.audits.checking import check_page


@bp.get("/audits/<key>/check")
def check(key: str) -> ResponseReturnValue:
    """Every answer on one page, with the score, the level and the plan."""
    audit = open_audit(key)
    rooms().print_shop.foresee_completion(audit, today())
    return render_template("audits/check.html", audit=audit, page=check_page(audit), today=today())


@bp.post("/audits/<key>/complete")
def complete(key: str) -> ResponseReturnValue:
    """Make the report that can no longer be changed. Doing so twice does nothing more."""
    audit = audit_for(key)
    if audit.state is AuditState.OPEN:
        completing.complete_audit(db.session, rooms().catalogue, key, token_for(key), today=today())
    return redirect(url_for("audits.completed", key=key), 303)


@bp.get("/audits/<key>/completed")
def completed(key: str) -> ResponseReturnValue:
    """What can be done with a completed audit; for one that is open, the check page."""
    audit = audit_for(key)
    if audit.state is AuditState.OPEN:
        return redirect(url_for("audits.check", key=key), 303)
    report = publishing.completed_report(db.session, key, token_for(key))
    if audit.published_as is None:
        foreseen = publishing.foreseen_publication(db.session, report, today=today())
        rooms().print_shop.foresee_publication(key, report, foreseen)
        return render_template("audits/completed.html", audit=audit, report=report)
    publication = publishing.find_publication(db.session, audit.published_as)
    return render_template(
        "audits/published.html",
        audit=audit,
        report=report,
        publication=publication,
        standing=standing_of(publication, report.expires_on, today()),
        address=public_address(audit.published_as),
    )


@bp.get("/audits/<key>/report.pdf")
def pdf(key: str) -> ResponseReturnValue:
    """The report as a PDF; while the audit is open, as a draft that says so on every page."""
    audit = audit_for(key)
    if audit.published_as is not None:
        return redirect(url_for("reports.pdf", slug=audit.published_as), 303)
    shop = rooms().print_shop
    if audit.state is AuditState.OPEN:
        name, make = _("%(event)s, draft", event=audit.event.title), partial(shop.draft, draft_of(audit))
    else:
        document = publishing.completed_document(db.session, key, token_for(key))
        name, make = audit.event.title, partial(shop.completed, document)
    # Making the PDF takes a while; the database need not wait for it.
    db.session.close()
    content = make()
    return send_file(BytesIO(content), "application/pdf", as_attachment=True, download_name=f"{name}.pdf")


def draft_of(audit: Audit) -> Report:
    """The report there would be if the audit were completed now."""
    return report_on(audit.checklist, audit.event, audit.facts, audit.answers, completed_on=today())


@bp.post("/audits/<key>/reopen")
def reopen(key: str) -> ResponseReturnValue:
    """Open a completed audit again. Doing so twice does nothing more; once published, it raises AuditClosed."""
    if audit_for(key).state is not AuditState.OPEN:
        completing.reopen_audit(db.session, rooms().catalogue, key, token_for(key))
        flash(_("The audit is open again. Its report is gone until you complete it once more."), "done")
    return redirect(url_for("audits.tasks", key=key), 303)


@bp.post("/audits/<key>/next-edition")
def next_edition(key: str) -> ResponseReturnValue:
    """Start the audit of the next edition from these answers, each to be confirmed."""
    started = starting.start_next_edition(db.session, rooms().catalogue, key, token_for(key), now=now())
    hold(started.key, started.token)
    flash(
        _("This is a new audit with a private link of its own. Every answer waits to be confirmed."), "done"
    )
    return redirect(url_for("audits.details", key=started.key), 303)
