"""The pages of the sections, and the address where answers save themselves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from flask import abort, get_template_attribute, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auditapp.domain.audit import Answer, Audit
from auditapp.domain.checklist import Checklist, Criterion, Section
from auditapp.domain.errors import AnswerConflict, AnswerConflicts, AnswerRejected
from auditapp.domain.facts import Applies
from auditapp.domain.scoring import Score, applicability, score
from auditapp.services import auditing
from auditapp.storage.database import db
from auditapp.web.access import audit_for, now, open_audit, rooms, today, token_for
from auditapp.web.audits.blueprint import bp
from auditapp.web.audits.cards import Card, card
from auditapp.web.audits.typed import TypedAnswer
from auditapp.web.audits.ways import WHOLE, Way
from auditapp.web.audits.wishes import Wish, read_section

Conflicts = dict[str, AnswerConflict]


@bp.get("/audits/<key>/<section_id>")
def section(key: str, section_id: str) -> ResponseReturnValue:
    """The criteria of a section, with what has been answered."""
    return show_section(WHOLE, key, section_id)


@bp.post("/audits/<key>/<section_id>")
def save_section(key: str, section_id: str) -> ResponseReturnValue:
    """Save every answer of the page that can be saved; show the page again for the others."""
    return take_section(WHOLE, key, section_id)


@bp.post("/audits/<key>/answers/<criterion_id>")
def save_answer(key: str, criterion_id: str) -> ResponseReturnValue:
    """Save one answer while it is being given, and tell the script what changed on the page."""
    return take_answer(WHOLE, key, criterion_id)


def show_section(way: Way, key: str, section_id: str) -> ResponseReturnValue:
    """The criteria of a section that are asked on this way, with what has been answered."""
    audit = open_audit(key)
    part = section_of(audit, section_id)
    asked = way.criteria(audit, part)
    if not asked and not way.ruled_out(audit, part):
        return redirect(way.after(audit, part), 303)
    typed = [TypedAnswer.stored(audit, criterion) for criterion in asked]
    wanted = dict(rows.split(":", 1) for rows in request.args.getlist("rows") if ":" in rows)
    for one in typed:
        rows = wanted.get(one.criterion.id, "")
        if one.numbers is not None and rows.isdecimal() and len(rows) < 4:
            one.numbers.offer(int(rows))
    return section_page(way, audit, part, typed, {}), 200


def take_section(way: Way, key: str, section_id: str) -> ResponseReturnValue:
    """Save every answer of the page that can be saved; show the page again for the others."""
    audit = open_audit(key)
    part = section_of(audit, section_id)
    wish = Wish.read(request.form.get("do", ""))
    typed = read_section(way.criteria(audit, part), request.form, wish)
    conflicts = save_answers(audit, part, typed)
    wrong = any(one.wrong or one.unfinished for one in typed)
    if conflicts or wrong:
        return section_page(way, audit_for(key), part, typed, conflicts), 422 if wrong else 409
    return redirect(after_section(way, audit, part, wish, typed), 303)


def take_answer(way: Way, key: str, criterion_id: str) -> ResponseReturnValue:
    """Save one answer while it is being given, and tell the script what changed on the page.

    The whole criterion comes back drawn anew where more than its choice or its note changed: after a button was
    pressed, something was refused or is put right now, or two people collided. Otherwise a criterion with a measure
    brings what its numbers come to, and whatever shares the numbers comes back whole. The page says which checklist it
    was drawn from, so that the audit need not be read before it is changed, and whether a mistake is marked on it.
    """
    checklist = rooms().catalogue.get(request.form.get("checklist", ""))
    criterion = criterion_of(checklist, criterion_id)
    wish = Wish.read(request.form.get("do", ""))
    typed = TypedAnswer.posted(criterion, request.form)
    if typed is None:
        abort(400)
    pressed = wish.criterion == criterion_id or typed.keep != "" or typed.confirmed
    if pressed:
        wish.grant(typed)
    sent = typed.version
    audit, conflict = save_one(key, typed)
    if audit.checklist.ref != checklist.ref:
        abort(400)
    result = score(audit.checklist, audit.answers, audit.facts)
    if result.coverage.answered == result.coverage.applicable:
        rooms().print_shop.foresee_completion(audit, today(), soon=False)
    drawn = drawn_again(way, audit, result, typed, conflict)
    saved_at = audit.saved_at.get(criterion_id)
    body = {
        "version": drawn.typed.version,
        "was": drawn.typed.was,
        "saved": saved_at.isoformat() if saved_at else None,
        "state": macro("criterion", "evidence_state", drawn),
        "live": macro("live", "live_score", way.panel(audit, result, typed.criterion.section)),
    }
    outdated = not typed.touched and typed.was != drawn.typed.was
    marked = request.form.get("marked", "") != ""
    if pressed or outdated or conflict or typed.carried or typed.wrong or marked:
        body["card"] = macro("criterion", "criterion_card", drawn)
    elif drawn.numbers is not None:
        body["parts"] = {
            "actions": macro("numbers", "number_actions", drawn),
            "figure": macro("numbers", "figure_part", drawn),
            "choice": macro("criterion", "choice_part", drawn),
        }
    if drawn.typed.version != sent:
        body["others"] = {
            one.criterion.id: macro("criterion", "criterion_card", one)
            for one in sharing(way, audit, result, typed.criterion)
        }
    return body, 409 if conflict else 422 if typed.wrong else 200


def save_one(key: str, typed: TypedAnswer) -> tuple[Audit, AnswerConflict | None]:
    """Save an answer that was touched and can be saved: the audit as it stands then, and what stood against it."""
    answer = typed.answer() if typed.keep != "theirs" and typed.touched else None
    if answer is None:
        return open_audit(key), None
    try:
        audit = auditing.answer_criterion(
            db.session,
            rooms().catalogue,
            key,
            token_for(key),
            typed.criterion.id,
            answer,
            version=typed.version,
            now=now(),
        )
    except AnswerConflict as conflict:
        return audit_for(key), conflict
    except AnswerRejected as error:
        typed.problems["choice"] = "; ".join(error.problems.values())
        return audit_for(key), None
    return audit, None


def sharing(way: Way, audit: Audit, result: Score, criterion: Criterion) -> list[Card]:
    """The criteria that take the numbers entered at this one, as they stand now."""
    takers = audit.checklist.sharing_numbers(criterion)
    applies = applicability(audit.checklist, audit.facts) if takers else {}
    return [
        card(
            audit,
            result.finding(one.id),
            TypedAnswer.stored(audit, one),
            numbers_first=way.numbers_first,
        )
        for one in takers
        if applies[one.id] is not Applies.NO
    ]


def section_of(audit: Audit, section_id: str) -> Section:
    """The section of that name; answers 404 when the checklist has none."""
    try:
        return audit.checklist.section(section_id)
    except KeyError:
        abort(404)


def criterion_of(checklist: Checklist, criterion_id: str) -> Criterion:
    """The criterion of that id; answers 404 when the checklist has none."""
    found = next((one for one in checklist.criteria if one.id == criterion_id), None)
    return found or abort(404)


def save_answers(audit: Audit, part: Section, typed: Sequence[TypedAnswer]) -> Conflicts:
    """Save what was touched and can be saved. What cannot is named in the criterion itself, or returned."""
    answers: dict[str, Answer] = {}
    versions: dict[str, int] = {}
    for one in typed:
        if one.keep == "theirs" or not (one.touched or one.wrong or one.contested):
            continue
        answer = one.answer()
        if answer is not None and answer != (audit.answer(one.criterion.id) or Answer()):
            answers[one.criterion.id] = answer
            versions[one.criterion.id] = one.version
    if not answers:
        return {}
    try:
        auditing.answer_section(
            db.session,
            rooms().catalogue,
            audit.key,
            token_for(audit.key),
            part.id,
            answers,
            versions,
            now=now(),
        )
    except AnswerConflicts as error:
        return {conflict.criterion_id: conflict for conflict in error.conflicts}
    except AnswerRejected as error:
        for place, problem in error.problems.items():
            name = place.partition(".")[0]
            for one in typed:
                if one.criterion.id == name:
                    one.problems["choice"] = problem
    return {}


def drawn_again(
    way: Way, audit: Audit, result: Score, typed: TypedAnswer, conflict: AnswerConflict | None
) -> Card:
    """The criterion after an attempt to save: as stored when that worked, else as typed, with what stands against it."""
    draw = partial(card, audit, result.finding(typed.criterion.id), numbers_first=way.numbers_first)
    stored = TypedAnswer.stored(audit, typed.criterion)
    stored.demand = typed.demand
    if typed.numbers is not None and stored.numbers is not None:
        stored.numbers.offer(len(typed.numbers.rows))
    if conflict is not None:
        typed.version, typed.was, typed.contested, typed.keep = conflict.version, stored.was, True, ""
        return draw(typed, contested=True, saved=False)
    if typed.wrong:
        return draw(typed, contested=typed.contested, saved=False)
    stored.new = typed.new
    return draw(stored)


def after_section(way: Way, audit: Audit, part: Section, wish: Wish, typed: Sequence[TypedAnswer]) -> str:
    """Where to go once everything is saved: back to the same place, to a file, to the task list, or on along the way."""
    if wish.do == "leave":
        return url_for("audits.tasks", key=audit.key)
    if wish.do == "file":
        return url_for("audits.choose_file", key=audit.key, criterion_id=wish.criterion, way=way.name or None)
    if wish.do != "continue":
        code = criterion_of(audit.checklist, wish.criterion).code if wish.criterion else None
        if wish.do == "row":
            # A blank row is not stored: the page is asked for it.
            rows = next(
                (
                    len(one.numbers.rows)
                    for one in typed
                    if one.numbers and one.criterion.id == wish.criterion
                ),
                0,
            )
            return way.page(audit, part, rows=f"{wish.criterion}:{rows}", _anchor=f"{code}_row-{rows}")
        return way.page(audit, part, _anchor=f"{code}_figure" if wish.do == "work" else code)
    return way.after(audit, part)


def section_page(
    way: Way, audit: Audit, part: Section, typed: Sequence[TypedAnswer], conflicts: Conflicts
) -> str:
    """The page of a section with these answers on it."""
    result = score(audit.checklist, audit.answers, audit.facts)
    cards = [drawn_again(way, audit, result, one, conflicts.get(one.criterion.id)) for one in typed]
    return render_template(
        "audits/section.html",
        audit=audit,
        section=part,
        place=way.place(audit, part),
        save_to=url_for(way.save, key=audit.key, criterion_id="-"),
        cards=cards,
        ruled_out=way.ruled_out(audit, part),
        errors=[problem for one in cards for problem in one.problems],
        to_confirm=sum(1 for one in cards if one.carried),
        troubled=sum(1 for one in cards if one.problems),
        live=way.panel(audit, result, part.id),
    )


def macro(file: str, name: str, *values: object) -> str:
    """A fragment of a page, drawn by the macro the page itself uses."""
    return str(get_template_attribute(f"audits/{file}.html", name)(*values)).strip()
