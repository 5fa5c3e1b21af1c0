"""What is printed from a published report besides its PDF: the same on one page."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue

from auditapp.domain.standing import standing_of
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
        # A report from before there was any proof cannot be looked up by a code.
        check_at=rooms().print_shop.check_at(report.proof.digest) if report.proof else None,
        standing=standing,
    )
    sheets = rooms().sheets
    response = Response(mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{slug}-summary.pdf"'
    return revalidated_by(sheets.mark(page), response, lambda: sheets.get(page))
