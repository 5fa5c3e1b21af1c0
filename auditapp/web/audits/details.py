"""The event and its facts: never scored, they decide what applies."""

from __future__ import annotations

from collections.abc import Iterator

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form

from auditapp.domain.audit import Audit
from auditapp.domain.errors import AnswerRejected, DetailsConflict
from auditapp.services import auditing
from auditapp.storage.database import db
from auditapp.web.access import audit_for, now, open_audit, rooms, token_for
from auditapp.web.audits.blueprint import bp
from auditapp.web.audits.facts import FACT, facts_form, facts_shown, facts_typed, given_quickly
from auditapp.web.forms import EventForm, add_problems, errors_of, event_of


@bp.get("/audits/<key>/details")
def details(key: str) -> ResponseReturnValue:
    """The event and its facts."""
    audit = open_audit(key)
    return details_page(audit, *stored_forms(audit), audit.details_version), 200


@bp.post("/audits/<key>/details")
def save_details(key: str) -> ResponseReturnValue:
    """Save the event and its facts, or show what needs another look."""
    audit = open_audit(key)
    form, facts = EventForm(request.form), facts_form(audit.checklist.facts)(request.form)
    form.validate()
    event, given = event_of(form), facts_typed(audit.checklist.facts, facts)
    version = request.form.get("version", type=int, default=-1)
    if event is None or facts.errors:
        return details_page(audit, form, facts, version), 422
    try:
        auditing.save_details(
            db.session,
            rooms().catalogue,
            key,
            token_for(key),
            event=event,
            facts=given,
            version=version,
            now=now(),
        )
    except AnswerRejected as error:
        add_problems(form, error.problems)
        add_problems(facts, {f"{FACT}{name}": problem for name, problem in error.problems.items()})
        return details_page(audit, form, facts, version), 422
    except DetailsConflict as error:
        audit = audit_for(key)
        return details_page(audit, form, facts, error.version, tuple(differences(audit, form, facts))), 409
    return redirect(url_for("audits.tasks", key=key), 303)


def stored_forms(audit: Audit) -> tuple[EventForm, Form]:
    """Both forms as filled from what is stored."""
    shown = facts_shown(audit.checklist.facts, audit.facts, saved=audit.facts_saved)
    return EventForm(data=audit.event.model_dump()), facts_form(audit.checklist.facts)(data=shown)


def differences(audit: Audit, form: EventForm, facts: Form) -> Iterator[tuple[str, str, str]]:
    """Where what was typed differs from what is stored now: the label, what was typed, what is stored."""
    for typed, stored in zip((form, facts), stored_forms(audit), strict=True):
        for mine, theirs in zip(typed, stored, strict=True):
            if shown(mine) != shown(theirs):
                yield str(mine.label.text), shown(mine), shown(theirs)


def shown(field: object) -> str:
    """What a field says, in words."""
    choices = getattr(field, "choices", None)
    if choices:
        data = getattr(field, "data", None) or ""
        return str(next((choice.label for choice in choices if choice.value == data), data))
    return str(field._value()) or _("nothing")  # type: ignore[attr-defined]


def details_page(
    audit: Audit,
    event: EventForm,
    facts: Form,
    version: int,
    conflicts: tuple[tuple[str, str, str], ...] = (),
) -> str:
    """The page with these forms. Facts that the quick audit asked already are folded, unless one needs another look."""
    quick = given_quickly(audit)
    pairs = tuple(zip(audit.checklist.facts, facts, strict=True))
    return render_template(
        "audits/details.html",
        audit=audit,
        event=event,
        facts=tuple((fact, field) for fact, field in pairs if fact.id not in quick or field.errors),
        given=tuple((fact, field) for fact, field in pairs if fact.id in quick and not field.errors),
        version=version,
        errors=errors_of(event, facts),
        conflicts=conflicts,
    )
