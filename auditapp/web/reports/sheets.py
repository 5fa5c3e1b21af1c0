"""What is printed from a published report besides its PDF: the same on one page."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue

from auditapp.domain.report import Report
from auditapp.domain.standing import standing_of
from auditapp.proof.canonical import code_of
from auditapp.rendering.html import CheckAt
from auditapp.rendering.one_page import OnePage
from auditapp.services import publishing
from auditapp.storage.database import db
from auditapp.web.access import public_address, rooms, today
from auditapp.web.reports.blueprint import bp
from auditapp.web.reports.reading import known, withdrawn
from auditapp.web.revalidation import revalidated_by


@bp.get("/<slug>/summary.pdf")
def one_page(slug: str) -> ResponseReturnValue:
    """The report on one page, with how it stands today; 410 when it was withdrawn."""
    publication, report = publishing.find_report(db.session, known(slug))
    standing = standing_of(publication, report.expires_on, today())
    if standing.is_withdrawn:
        return withdrawn(publication, report)
    page = OnePage(
        report,
        publication,
        rooms().settings.name,
        address=public_address(slug),
        check_at=check_at(report),
        standing=standing,
    )
    sheets = rooms().sheets
    response = Response(mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{slug}-summary.pdf"'
    return revalidated_by(sheets.mark(page), response, lambda: sheets.get(page))


def check_at(report: Report) -> CheckAt | None:
    """Where anybody can check a published report; None for one that carries no proof, from before there was any."""
    if report.proof is None:
        return None
    code = code_of(report.proof.digest)
    return CheckAt(code, f"{rooms().settings.public_url}/verify/{code}")
