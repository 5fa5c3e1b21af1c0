"""The way in: your audits in this browser, starting one, opening one by its private link, replacing the link."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2

from auditapp.domain.audit import Audit
from auditapp.domain.checklist import Checklist
from auditapp.domain.errors import AuditNotFound
from auditapp.domain.quick import has_quick_audit, quick_minutes
from auditapp.services import links, starting
from auditapp.storage.database import db
from auditapp.web import access
from auditapp.web.access import (
    OPEN_LIMIT,
    audit_for,
    held,
    hold,
    limiter,
    now,
    open_audit,
    rooms,
    start_limit,
    token_for,
)
from auditapp.web.audits.blueprint import bp
from auditapp.web.audits.overview import overview
from auditapp.web.audits.quick import first_quick_page
from auditapp.web.forms import StartForm, errors_of, event_of


@bp.get("/audits/")
def index() -> ResponseReturnValue:
    """The audits this browser may open, the latest first."""
    return render_template("audits/index.html", audits=tuple(reversed(_opened())))


def _opened() -> list[Audit]:
    """Every audit of this browser; those whose link has been replaced meanwhile are forgotten."""
    found = []
    for key in held():
        try:
            found.append(audit_for(key))
        except AuditNotFound:
            access.release(key)
    return found


@bp.get("/audits/new")
def new() -> ResponseReturnValue:
    """The form an audit starts with."""
    checklists = rooms().catalogue.current()
    asked = request.args.get("checklist", "")
    chosen = next(
        (one for one in checklists if asked in (one.ref, one.id)), checklists[0] if checklists else None
    )
    form = _start_form(
        checklists, StartForm(data={"checklist": chosen.ref if chosen else "", "once": links.new_token()})
    )
    return start_page(form, checklists), 200


@bp.post("/audits/new")
@limiter.limit(start_limit)
def start() -> ResponseReturnValue:
    """Start an audit and remember its link in this browser."""
    checklists = rooms().catalogue.current()
    form = _start_form(checklists, StartForm(request.form))
    form.validate()
    if form.checklist.data not in {checklist.ref for checklist in checklists}:
        form.checklist.errors = [_("Choose a checklist")]
    event = event_of(form)
    if event is None:
        return start_page(form, checklists), 422
    started = starting.start_audit(
        db.session,
        rooms().catalogue,
        checklist=form.checklist.data,
        event=event,
        now=now(),
        once=form.once.data or "",
    )
    hold(started.key, started.token)
    if request.form.get("way") == "quick":
        return redirect(first_quick_page(audit_for(started.key)), 303)
    return redirect(url_for("audits.tasks", key=started.key), 303)


def start_page(form: StartForm, checklists: tuple[Checklist, ...]) -> str:
    """The page an audit starts with."""
    return render_template(
        "audits/new.html",
        form=form,
        checklists=checklists,
        hints={checklist.ref: checklist.summary for checklist in checklists},
        minutes=max(map(quick_minutes, filter(has_quick_audit, checklists)), default=None),
        errors=errors_of(form),
    )


def _start_form(checklists: tuple[Checklist, ...], form: StartForm) -> StartForm:
    form.checklist.choices = [SelectChoice(checklist.ref, checklist.name) for checklist in checklists]
    return form


@bp.get("/audits/<key>")
def tasks(key: str) -> ResponseReturnValue:
    """The task list: the facts, the sections with what is left, and the private link."""
    audit = open_audit(key)
    link = rooms().settings.public_url + url_for("audits.open_link", token=token_for(key))
    return render_template("audits/tasks.html", audit=audit, page=overview(audit), link=link)


@bp.get("/audits/open/<token>")
@limiter.limit(OPEN_LIMIT)
def open_link(token: str) -> ResponseReturnValue:
    """Swap the token of a private link for the session cookie and a clean address."""
    key = links.open_by_token(db.session, token)
    hold(key, token)
    return redirect(url_for("audits.tasks", key=key), 303)


@bp.get("/audits/<key>/link")
def replace_link(key: str) -> ResponseReturnValue:
    """Ask before the private link is replaced."""
    return render_template("audits/link.html", audit=audit_for(key))


@bp.post("/audits/<key>/link")
def replace_link_now(key: str) -> ResponseReturnValue:
    """Replace the private link; the old one stops working everywhere."""
    hold(key, links.replace_link(db.session, key, token_for(key)))
    flash(_("The private link is new. The old one no longer opens this audit."), "done")
    return redirect(url_for("audits.tasks", key=key, _anchor="link"), 303)
