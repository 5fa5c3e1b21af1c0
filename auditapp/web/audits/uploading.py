"""The pages on which a results file fills in the numbers of a criterion: choosing it, matching its columns, using it."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from auditapp.catalogue.results import ResultsFileError
from auditapp.domain.audit import Audit
from auditapp.domain.checklist import Criterion
from auditapp.domain.errors import AnswerRejected
from auditapp.domain.measures import Measure
from auditapp.rendering import words
from auditapp.services import filling
from auditapp.services.filling import UploadGone
from auditapp.storage.database import db
from auditapp.web.access import UPLOAD_LIMIT, limiter, now, open_audit, rooms, today, token_for
from auditapp.web.audits.blueprint import bp
from auditapp.web.audits.matching import Match, match, refusal
from auditapp.web.audits.sections import criterion_of
from auditapp.web.audits.typed import measure_asked
from auditapp.web.audits.ways import Way, way_called
from auditapp.web.large_files import LARGEST_FILE


@bp.get("/audits/<key>/numbers/<criterion_id>")
def choose_file(key: str, criterion_id: str) -> ResponseReturnValue:
    """What a file is good for and what is kept of it, and where to choose it."""
    audit = open_audit(key)
    criterion, measure = asked(audit, criterion_id)
    return choosing(audit, criterion, measure), 200


@bp.post("/audits/<key>/numbers/<criterion_id>")
@limiter.limit(UPLOAD_LIMIT)
def take_file(key: str, criterion_id: str) -> ResponseReturnValue:
    """Keep what counts of the file, and lead to its columns."""
    audit = open_audit(key)
    criterion, measure = asked(audit, criterion_id)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return choosing(audit, criterion, measure, _("Choose a file")), 422
    try:
        stream = cast(BinaryIO, sent.stream)
        upload = filling.take_in(rooms().uploads, stream, owner=owner_of(audit, criterion))
    except ResultsFileError as error:
        return choosing(audit, criterion, measure, refusal(error)), 422
    finally:
        sent.close()
    return redirect(address("audits.match_columns", audit, criterion, upload=upload), 303)


@bp.get("/audits/<key>/numbers/<criterion_id>/<upload>")
def match_columns(key: str, criterion_id: str, upload: str) -> ResponseReturnValue:
    """Which column is which, and what the file then comes to."""
    audit = open_audit(key)
    criterion, measure = asked(audit, criterion_id)
    try:
        found = look_at(audit, criterion, measure, upload)
    except UploadGone:
        return gone(audit, criterion)
    return matching(audit, criterion, measure, found), 422 if found.problems else 200


@bp.post("/audits/<key>/numbers/<criterion_id>/<upload>")
def use_file(key: str, criterion_id: str, upload: str) -> ResponseReturnValue:
    """Fill the numbers in, drop what was kept of the file, and lead to the criterion, where they can be checked."""
    audit = open_audit(key)
    criterion, measure = asked(audit, criterion_id)
    try:
        found = look_at(audit, criterion, measure, upload)
    except UploadGone:
        return gone(audit, criterion)
    if found.numbers is None:
        return matching(audit, criterion, measure, found), 422
    try:
        filling.fill_in(
            db.session, rooms().catalogue, audit, token_for(key), criterion_id, found.numbers, now=now()
        )
    except AnswerRejected as error:
        found = found.refused(error.problems.values())
        return matching(audit, criterion, measure, found), 422
    rooms().uploads.remove(upload)
    told = ngettext(
        "%(lines)s line was read. Check the numbers it filled in; the file has been dropped.",
        "%(lines)s lines were read. Check the numbers they filled in; the file has been dropped.",
        found.lines,
        lines=words.number(found.lines),
    )
    flash(told, "done")
    return redirect(place_of(audit, criterion), 303)


def asked(audit: Audit, criterion_id: str) -> tuple[Criterion, Measure]:
    """The criterion and the measure it asks for; answers 404 where no file is read."""
    criterion = criterion_of(audit.checklist, criterion_id)
    measure = measure_asked(criterion)
    if measure is None or measure.reads is None or measure.fill is None:
        abort(404)
    return criterion, measure


def owner_of(audit: Audit, criterion: Criterion) -> str:
    """Whose a file is: only the audit it was given to, and only this criterion, find it again."""
    return f"{audit.key} {criterion.id}"


def way() -> Way:
    """The way on which somebody came to the file."""
    return way_called(request.values.get("way", ""))


def address(endpoint: str, audit: Audit, criterion: Criterion, **more: Any) -> str:
    """The address of one of these pages, on the same way."""
    return url_for(endpoint, key=audit.key, criterion_id=criterion.id, way=way().name or None, **more)


def place_of(audit: Audit, criterion: Criterion) -> str:
    """Where the numbers stand."""
    section = audit.checklist.section(criterion.section)
    return way().page(audit, section, _anchor=f"{criterion.code}_numbers")


def look_at(audit: Audit, criterion: Criterion, measure: Measure, upload: str) -> Match:
    """The file by the columns that were chosen, or that it seems to have; raises UploadGone."""
    answer = audit.answer(criterion.id)
    return match(
        rooms().uploads,
        upload,
        owner=owner_of(audit, criterion),
        criterion=criterion,
        measure=measure,
        entered=answer.numbers if answer else None,
        typed=request.values,
        read_on=words.date_words(today()),
    )


def gone(audit: Audit, criterion: Criterion) -> ResponseReturnValue:
    """Lead back to where a file is chosen, and say why."""
    flash(_("What was kept of this file is gone: it has been used, or an hour has passed. Choose it again."))
    return redirect(address("audits.choose_file", audit, criterion), 303)


def choosing(audit: Audit, criterion: Criterion, measure: Measure, problem: str = "") -> str:
    """The page on which a file is chosen."""
    return render_template(
        "audits/upload.html",
        audit=audit,
        criterion=criterion,
        measure=measure,
        back=place_of(audit, criterion),
        problem=problem,
        largest=LARGEST_FILE // 1_000_000,
    )


def matching(audit: Audit, criterion: Criterion, measure: Measure, found: Match) -> str:
    """The page on which the columns are matched."""
    return render_template(
        "audits/match.html",
        audit=audit,
        criterion=criterion,
        measure=measure,
        back=place_of(audit, criterion),
        again=address("audits.choose_file", audit, criterion),
        way=way().name,
        match=found,
    )
