"""Publishing a completed audit, correcting it and taking it back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from auditapp.domain.audit import Audit, AuditState, Event
from auditapp.domain.errors import AuditNotFound, ReportNotFound
from auditapp.domain.report import PublicationState, Report
from auditapp.rendering import figures, words
from auditapp.rendering.addresses import break_long_words
from auditapp.rendering.html import given_facts
from auditapp.services import publishing, starting
from auditapp.storage.database import db
from auditapp.web.access import audit_for, held, hold, now, rooms, today, token_for
from auditapp.web.audits.blueprint import bp
from auditapp.web.forms import ConsentForm, WithdrawForm, errors_of
from auditapp.web.presentation import translated


@bp.get("/audits/<key>/publish")
def publish(key: str) -> ResponseReturnValue:
    """What will be public, and the sentence of consent."""
    audit = audit_for(key)
    if audit.state is not AuditState.COMPLETED:
        return redirect(url_for("audits.completed", key=key), 303)
    return publish_page(audit, ConsentForm()), 200


@bp.post("/audits/<key>/publish")
def publish_now(key: str) -> ResponseReturnValue:
    """Publish the report, once consent is given. Doing so twice does nothing more."""
    audit = audit_for(key)
    if audit.state is not AuditState.COMPLETED:
        return redirect(url_for("audits.completed", key=key), 303)
    form = ConsentForm(request.form)
    if not form.consent.data:
        form.consent.errors = [_("Tick the box if you want the report to be public")]
        return publish_page(audit, form), 422
    publishing.publish_report(
        db.session,
        rooms().files,
        key,
        token_for(key),
        today=today(),
        issue=rooms().print_shop.issue,
        gazetteer=rooms().gazetteer,
    )
    return redirect(url_for("audits.completed", key=key), 303)


def publish_page(audit: Audit, form: ConsentForm) -> str:
    """The preview with the form of consent."""
    report = publishing.completed_report(db.session, audit.key, token_for(audit.key))
    return render_template(
        "audits/publish.html",
        audit=audit,
        report=report,
        form=form,
        errors=errors_of(form),
        event_rows=event_rows(report.event),
        facts=tuple(given_facts(report)),
        findings=[
            (finding, report.criterion(finding).title, report.answer(finding))
            for finding in report.score.findings
        ],
        figures=figures.report_figures(report, gettext=translated),
    )


def event_rows(event: Event) -> list[tuple[str, str]]:
    """What will be public about the event: label and words."""
    rows = [
        (_("Name"), event.title),
        (_("Date"), words.weekday_date(event.date) if event.date else ""),
        (_("Next edition"), words.weekday_date(event.next_date) if event.next_date else ""),
        (_("Place"), event.place),
        (_("Country"), event.country),
        (_("Website"), event.website or ""),
        (_("Organiser"), event.organiser),
    ]
    return [(label, break_long_words(value) or _("not given")) for label, value in rows]


@bp.post("/audits/<key>/correction")
def correction(key: str) -> ResponseReturnValue:
    """Start a correction: a new audit with the same answers, whose report will replace the published one."""
    started = starting.start_correction(db.session, rooms().catalogue, key, token_for(key), now=now())
    hold(started.key, started.token)
    flash(
        _("This is the correction. The published report stays as it is until you publish this one."), "done"
    )
    return redirect(url_for("audits.tasks", key=started.key), 303)


@bp.get("/reports/<slug>/withdraw")
def withdraw(slug: str) -> ResponseReturnValue:
    """Ask for the reason before a report is taken back."""
    audit = audit_published_as(slug)
    publication, report = publishing.find_report(db.session, slug)
    if publication.state is PublicationState.WITHDRAWN:
        return redirect(url_for("reports.show", slug=slug), 303)
    return withdraw_page(audit, report, slug, WithdrawForm()), 200


@bp.post("/reports/<slug>/withdraw")
def withdraw_now(slug: str) -> ResponseReturnValue:
    """Take the report back; its address then shows the reason. Doing so twice does nothing more."""
    audit = audit_published_as(slug)
    publication, report = publishing.find_report(db.session, slug)
    if publication.state is PublicationState.WITHDRAWN:
        return redirect(url_for("reports.show", slug=slug), 303)
    form = WithdrawForm(request.form)
    if not form.validate():
        return withdraw_page(audit, report, slug, form), 422
    publishing.withdraw_report(
        db.session, audit.key, token_for(audit.key), slug, reason=form.reason.data or "", today=today()
    )
    return redirect(url_for("reports.show", slug=slug), 303)


def withdraw_page(audit: Audit, report: Report, slug: str, form: WithdrawForm) -> str:
    """The page that asks for the reason."""
    return render_template(
        "audits/withdraw.html", audit=audit, report=report, slug=slug, form=form, errors=errors_of(form)
    )


def audit_published_as(slug: str) -> Audit:
    """The audit behind a report, if this browser holds it; raises ReportNotFound otherwise."""
    for key in held():
        try:
            audit = audit_for(key)
        except AuditNotFound:
            continue
        if audit.published_as == slug:
            return audit
    raise ReportNotFound(slug)
