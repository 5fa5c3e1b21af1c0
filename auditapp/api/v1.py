"""Version 1: published reports and checklists as JSON and CSV, searched as the list of reports is.

Reading needs no key. Addresses and fields of this version stay; fields may be added.
"""

from __future__ import annotations

import json
import re
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from auditapp.api import problems
from auditapp.api.asked import Asked, asked
from auditapp.api.shapes import (
    COLUMNS,
    absolute,
    csv_row,
    described,
    listed,
    published,
    rooms,
    standing_today,
    today,
)
from auditapp.domain.errors import AuditError, ReportNotFound
from auditapp.domain.report import Publication
from auditapp.domain.standing import ReportStanding, standing_of
from auditapp.rendering.data import csv_text
from auditapp.rendering.facets import Labels
from auditapp.services import publishing
from auditapp.services.finding import Found, search_reports
from auditapp.storage.database import db

bp = Blueprint("api", __name__, url_prefix="/api")

READS = ("GET", "HEAD", "OPTIONS")

_SLUG = re.compile(r"[a-z0-9-]{1,100}", re.ASCII)

bp.register_error_handler(AuditError, problems.of_domain)
bp.register_error_handler(HTTPException, problems.of_http)


@bp.before_request
def only_reading() -> None:
    """Refuse every method that would change something."""
    if request.method not in READS:
        raise MethodNotAllowed(READS, "The API only reads: use GET.")


@bp.after_request
def for_everyone(response: Response) -> Response:
    """Let pages of any origin read the answer, and caches keep it as long as they ask before showing it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    if request.method == "OPTIONS" and response.status_code == 200:
        response.status_code = 204
        del response.headers["Content-Type"]
        response.headers["Access-Control-Allow-Methods"] = ", ".join(READS)
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
    response.cache_control.no_cache = True
    response.cache_control.must_revalidate = True
    if response.status_code == 200 and request.method in ("GET", "HEAD"):
        response.cache_control.public = True
        response.add_etag()
        response.make_conditional(request)
    return response


@bp.route("/", defaults={"rest": ""}, methods=[*READS, "POST", "PUT", "PATCH", "DELETE"])
@bp.route("/<path:rest>", methods=[*READS, "POST", "PUT", "PATCH", "DELETE"])
def nothing_here(rest: str) -> Response:
    """Any other address below `/api`."""
    raise NotFound(f"There is nothing at /api/{rest}. See /api/v1/reports.json and /api/v1/checklists.json.")


@bp.get("/v1/reports.json")
def reports_json() -> Response:
    """A page of the live reports that fit, with what the list can be narrowed to and the address of the next page."""
    wanted, found = searched()
    following = next_address(found)
    response = as_json(
        {
            "total": found.total,
            "page": found.before // wanted.per_page + 1,
            "pages": max(1, -(-found.total // wanted.per_page)),
            "next": following,
            "items": [listed(listing) for listing in found.items],
            "facets": facets_of(found),
        }
    )
    return linked(response, following)


@bp.get("/v1/reports.csv")
def reports_csv() -> Response:
    """The same page as a table: a row for every report. The next page stands in the Link header."""
    _wanted, found = searched()
    text = csv_text([COLUMNS, *(csv_row(listing) for listing in found.items)])
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="reports.csv"'
    return linked(response, next_address(found))


def searched() -> tuple[Asked, Found]:
    """What the request asks for, and the page of reports that answers it."""
    wanted = asked(rooms().catalogue.current())
    found = search_reports(
        db.session,
        rooms().index,
        wanted.wanted,
        cursor=wanted.cursor,
        skip=wanted.skip,
        limit=wanted.per_page,
    )
    return wanted, found


def facets_of(found: Found) -> dict[str, list[dict[str, Any]]]:
    """What the search can be narrowed to, in English."""
    labels = Labels(rooms().catalogue.current())
    return {
        facet: [
            {"value": one.value, "label": labels.of(facet, one.value), "reports": one.reports}
            for one in values
        ]
        for facet, values in found.facets.items()
    }


@bp.get("/v1/reports/<slug>.json")
def report_json(slug: str) -> Response:
    """A published report: how it stands, what a list says, its document exactly as it was frozen; 410 once withdrawn."""
    if not _SLUG.fullmatch(slug):
        raise ReportNotFound(slug)
    publication, listing = publishing.find_listing(db.session, slug)
    standing = standing_of(publication, listing.expires_on, today())
    if standing.is_withdrawn:
        return gone(publication, standing)
    document = publishing.report_document(db.session, slug)[1]
    about = {"publication": published(publication, standing), "summary": listed(listing)}
    head = json.dumps(about, ensure_ascii=False)
    return Response(f'{head[:-1]}, "report": {document}}}\n', content_type="application/json")


@bp.get("/v1/checklists.json")
def checklists_json() -> Response:
    """Every checklist of this installation: what it is, not its whole text."""
    return as_json({"items": [described(checklist) for checklist in rooms().catalogue.checklists()]})


@bp.get("/v1/checklists/<checklist_id>/<version>.json")
def checklist_json(checklist_id: str, version: str) -> Response:
    """One checklist, whole."""
    checklist = rooms().catalogue.get(f"{checklist_id}@{version}")
    return Response(checklist.model_dump_json(indent=2) + "\n", content_type="application/json")


def next_address(found: Found) -> str | None:
    """The address of the page behind this one; None where there is none."""
    if found.next is None:
        return None
    given = {name: request.args.getlist(name) for name in request.args if name not in ("page", "cursor")}
    return absolute(request.endpoint or "", **given, cursor=found.next.text)


def gone(publication: Publication, standing: ReportStanding) -> Response:
    """What stays of a withdrawn report."""
    return problems.problem(
        410,
        "Gone",
        "The organiser has withdrawn this report.",
        published_on=publication.published_on.isoformat(),
        **standing_today(standing),
    )


def as_json(value: dict[str, Any]) -> Response:
    """`value` as a JSON answer."""
    return Response(json.dumps(value, ensure_ascii=False, indent=2) + "\n", content_type="application/json")


def linked(response: Response, following: str | None) -> Response:
    """`response` with the address of the next page in its Link header (RFC 8288)."""
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response
