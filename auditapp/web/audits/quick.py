"""The quick audit: a few facts, the essentials and a few criteria more, and a result of its own kind.

It walks the same audit on a shorter way; see `auditapp.web.audits.ways`.
"""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from auditapp.domain.audit import Audit
from auditapp.domain.checklist import Criterion
from auditapp.domain.errors import AnswerRejected, DetailsConflict
from auditapp.domain.quick import Scope, has_quick_audit, quick_facts, quick_minutes, scope_of
from auditapp.domain.scoring import score
from auditapp.rendering.quick import quick_view
from auditapp.services import auditing
from auditapp.storage.database import db
from auditapp.web.access import audit_for, now, open_audit, rooms, token_for
from auditapp.web.audits.blueprint import bp
from auditapp.web.audits.details import shown
from auditapp.web.audits.facts import FACT, facts_form, facts_shown, facts_typed
from auditapp.web.audits.overview import next_page
from auditapp.web.audits.sections import show_section, take_answer, take_section
from auditapp.web.audits.ways import QUICK, quick_step
from auditapp.web.forms import add_problems, errors_of


@bp.get("/audits/<key>/quick")
def quick(key: str) -> ResponseReturnValue:
    """What the quick audit comes to so far, and how to go on; where there is none, the task list."""
    audit = open_audit(key)
    if not has_quick_audit(audit.checklist):
        return redirect(url_for("audits.tasks", key=key), 303)
    result = score(audit.checklist, audit.answers, audit.facts)
    on, on_words = next_page(audit, result)

    def place(criterion: Criterion) -> str:
        return QUICK.page(audit, audit.checklist.section(criterion.section), _anchor=criterion.code)

    return render_template(
        "audits/quick.html",
        audit=audit,
        quick=quick_view(audit.checklist, result, place),
        minutes=quick_minutes(audit.checklist),
        following=quick_step(audit, result),
        gone_on=scope_of(audit.checklist, result) is Scope.WHOLE and result.coverage.answered > 0,
        on=on,
        on_words=on_words,
    )


@bp.get("/audits/<key>/quick-facts")
def quick_facts_page(key: str) -> ResponseReturnValue:
    """The facts that decide what the quick audit asks."""
    audit = open_audit(key)
    return facts_page(audit, stored_form(audit), audit.details_version), 200


@bp.post("/audits/<key>/quick-facts")
def save_quick_facts(key: str) -> ResponseReturnValue:
    """Save these facts and go on to the first section, or show what needs another look."""
    audit = open_audit(key)
    asked = quick_facts(audit.checklist)
    form = facts_form(asked)(request.form)
    given = facts_typed(asked, form)
    version = request.form.get("version", type=int, default=-1)
    if form.errors:
        return facts_page(audit, form, version), 422
    try:
        audit = auditing.save_quick_facts(
            db.session, rooms().catalogue, key, token_for(key), facts=given, version=version, now=now()
        )
    except AnswerRejected as error:
        add_problems(form, {f"{FACT}{name}": problem for name, problem in error.problems.items()})
        return facts_page(audit, form, version), 422
    except DetailsConflict as error:
        return facts_page(audit_for(key), form, error.version, collides=True), 409
    sections = QUICK.sections(audit)
    return redirect(QUICK.page(audit, sections[0]) if sections else url_for("audits.quick", key=key), 303)


@bp.get("/audits/<key>/quick/<section_id>")
def quick_section(key: str, section_id: str) -> ResponseReturnValue:
    """What the quick audit asks of a section, with what has been answered."""
    return show_section(QUICK, key, section_id)


@bp.post("/audits/<key>/quick/<section_id>")
def save_quick_section(key: str, section_id: str) -> ResponseReturnValue:
    """Save every answer of the page that can be saved; show the page again for the others."""
    return take_section(QUICK, key, section_id)


@bp.post("/audits/<key>/quick/answers/<criterion_id>")
def save_quick_answer(key: str, criterion_id: str) -> ResponseReturnValue:
    """Save one answer while it is being given, and tell the script what changed on the page."""
    return take_answer(QUICK, key, criterion_id)


def first_quick_page(audit: Audit) -> str:
    """The address the quick audit begins at; that of the task list where the checklist has no shorter way."""
    if not has_quick_audit(audit.checklist):
        return url_for("audits.tasks", key=audit.key)
    following = quick_step(audit, score(audit.checklist, audit.answers, audit.facts))
    return following or url_for("audits.quick", key=audit.key)


def stored_form(audit: Audit) -> Form:
    """The facts of the quick audit as filled from what is stored."""
    asked = quick_facts(audit.checklist)
    return facts_form(asked)(data=facts_shown(asked, audit.facts, saved=audit.facts_saved))


def facts_page(audit: Audit, form: Form, version: int, *, collides: bool = False) -> str:
    """The page of the facts; where somebody else saved meanwhile, with what was typed beside what is stored."""
    pairs = zip(form, stored_form(audit), strict=True) if collides else ()
    return render_template(
        "audits/quick_facts.html",
        audit=audit,
        facts=tuple(zip(quick_facts(audit.checklist), form, strict=True)),
        place=QUICK.page_of(audit, 0),
        version=version,
        errors=errors_of(form),
        conflicts=[
            (str(mine.label.text), shown(mine), shown(theirs))
            for mine, theirs in pairs
            if shown(mine) != shown(theirs)
        ],
    )
