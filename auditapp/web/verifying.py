"""Checking a report: a file or a code in, what holds and what does not out. Needs no account and changes nothing."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from auditapp.domain.errors import NotAReport, RenderingFailed, ReportNotFound
from auditapp.domain.verdict import Outcome
from auditapp.proof.canonical import code_of
from auditapp.proof.keys import published_keys
from auditapp.rendering import verdict as told
from auditapp.services import verifying
from auditapp.storage.database import db
from auditapp.web.access import UPLOAD_LIMIT, limiter, rooms, today
from auditapp.web.large_files import LARGEST_REPORT
from auditapp.web.presentation import translated
from auditapp.web.revalidation import revalidated

LONGEST_CODE = 100

bp = Blueprint("verifying", __name__)


@bp.get("/verify")
def start() -> ResponseReturnValue:
    """Where a file or a code is given; with a code in the address, on to what it leads to."""
    code = request.args.get("code", "").strip()
    if code:
        return redirect(url_for("verifying.by_code", code=code[:LONGEST_CODE]), 302)
    return start_page(), 200


@bp.post("/verify")
@limiter.limit(UPLOAD_LIMIT)
def take() -> ResponseReturnValue:
    """The verdict on a file. The file is looked at and dropped."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return start_page(_("Choose a file")), 422
    shop = rooms().print_shop
    try:
        found = verifying.verify_file(
            db.session,
            sent.read(),
            shop.keys.public(),
            today=today(),
            open_apart=verifying.opened_apart(rooms().pdf),
        )
    except NotAReport as error:
        return start_page(str(error)), 422
    except RenderingFailed:
        return start_page(
            _("This file asks for more time or memory than any report, so it was put away.")
        ), 422
    finally:
        sent.close()
    verdict, known = found.verdict, found.known
    return render_template(
        "verify/result.html",
        verdict=verdict,
        headline=told.headline(verdict, gettext=translated),
        meaning=told.meaning(verdict, gettext=translated),
        lines=told.verdict_lines(verdict, gettext=translated),
        standing=told.standing_line(
            known.standing if known else None, verdict.report, today(), gettext=translated
        ),
        known=known,
        is_known=found.is_known,
        outcomes=Outcome,
    )


@bp.get("/verify/<code>")
def by_code(code: str) -> ResponseReturnValue:
    """The report with this code or digest, and how it stands today."""
    try:
        found = verifying.find_by_code(db.session, code[:LONGEST_CODE], today=today())
    except ReportNotFound:
        return start_page(code_problem=_("No published report has this code"), code=code[:LONGEST_CODE]), 404
    return revalidated(
        render_template(
            "verify/code.html",
            found=[
                (
                    one,
                    code_of(one.digest),
                    told.standing_line(one.standing, one.report, today(), gettext=translated),
                )
                for one in found
            ],
            outcomes=Outcome,
        )
    )


@bp.get("/.well-known/report-keys.json")
def keys() -> Response:
    """Every public key and certificate of this installation: what anybody needs to check a report without it."""
    response = jsonify(published_keys(rooms().print_shop.keys.public()))
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def start_page(problem: str = "", *, code_problem: str = "", code: str = "") -> str:
    """The page with both forms, and what was wrong with one of them."""
    return render_template(
        "verify/start.html",
        problem=problem,
        code_problem=code_problem,
        code=code,
        largest=LARGEST_REPORT // 1024**2,
    )
