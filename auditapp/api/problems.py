"""Errors of the API as problem objects (RFC 9457), one shape everywhere."""

from __future__ import annotations

from flask import Response, request
from werkzeug.exceptions import HTTPException

from auditapp.api.models import Problem
from auditapp.domain import errors


def problem(status: int, title: str, detail: str) -> Response:
    """A problem object. Its type is `about:blank`: the status says what kind of problem it is."""
    return told(Problem(title=title, status=status, detail=detail, instance=request.path))


def told(what: Problem) -> Response:
    """The answer that tells of a problem."""
    return Response(what.model_dump_json() + "\n", what.status, content_type="application/problem+json")


def of_domain(error: errors.AuditError) -> Response:
    """The problem object for something a report or a checklist cannot do."""
    match error:
        case errors.ReportNotFound():
            return problem(404, "Not Found", "There is no report at this address.")
        case errors.EventNotFound():
            return problem(404, "Not Found", "There is no event at this address.")
        case errors.ChecklistNotFound():
            return problem(
                404, "Not Found", "This installation does not know this checklist, or not this version."
            )
    return problem(422, "Unprocessable Content", str(error))


def of_http(error: HTTPException) -> Response:
    """The problem object for an HTTP error; what the error tells in headers, such as Allow, is kept."""
    if isinstance(error.response, Response):  # told already
        return error.response
    status = error.code or 500
    detail = "Something broke on our side." if status >= 500 else (error.description or error.name)
    response = problem(status, error.name, detail)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response
