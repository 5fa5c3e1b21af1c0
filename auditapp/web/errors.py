"""Where what went wrong becomes a status and words. Views raise; this is the one place that translates."""

from __future__ import annotations

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from auditapp.domain import errors
from auditapp.domain.values import forbidden_characters
from auditapp.storage.database import db
from auditapp.web.error_pages import Page, http_page, large_file_page, large_report_page, page_for, stale_page
from auditapp.web.forms import clean
from auditapp.web.large_files import FILE_ENDPOINT, LARGEST_FILE, LARGEST_REPORT, REPORT_ENDPOINT

UNSEEN_FIELDS = {
    *("csrf_token", "do", "version", "was", "count", "contested", "checklist", "new-kind"),
    *("rows", "packed", "source", "of-source"),
}
"""What a form holds besides what was typed or chosen."""


def init_app(app: Flask) -> None:
    """Let `app` answer every error with a page."""
    app.register_error_handler(errors.AuditError, domain_error)
    app.register_error_handler(CSRFError, csrf_error)
    app.register_error_handler(HTTPException, http_error)


def domain_error(error: errors.AuditError) -> ResponseReturnValue:
    """The page for something an audit, a report or a comparison cannot do."""
    db.session.rollback()
    return answer(page_for(error))


def csrf_error(_error: CSRFError) -> ResponseReturnValue:
    """The page for a form that came back without the mark this site put into it."""
    return answer(stale_page())


def http_error(error: HTTPException) -> ResponseReturnValue:
    """The page for an HTTP error; redirects and finished responses pass through."""
    if error.response is not None or error.code is None or error.code < 400:
        return error
    if error.code == 413 and request.endpoint == FILE_ENDPOINT:
        return answer(large_file_page(LARGEST_FILE // 1_000_000))
    if error.code == 413 and request.endpoint == REPORT_ENDPOINT:
        return answer(large_report_page(LARGEST_REPORT // 1024**2))
    body = answer(http_page(error))
    kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return (*body, kept)


def answer(page: Page) -> tuple[str, int]:
    """The rendered page with its status, and with what was typed into the form that was refused."""
    text = render_template(
        "errors/error.html", page=page, address=printable(request.path), typed=what_was_typed()
    )
    return text, page.status


def what_was_typed() -> tuple[tuple[str, str], ...]:
    """Name and text of every field of the form sent here from one of our own pages, without the unseen ones.

    The page it came from may no longer open, so that going back would lose it. What another site sent is not shown.
    """
    if request.method != "POST" or request.origin != request.host_url.rstrip("/"):
        return ()
    try:
        form = request.form
    except HTTPException:  # too large to be read
        return ()
    return tuple(
        (printable(name.removeprefix("fact-").replace(".", ", ").replace("-", " ")), printable(clean(text)))
        for name, text in form.items()
        if clean(text) and name.rpartition(".")[2] not in UNSEEN_FIELDS
    )


def printable(text: str) -> str:
    """`text` with a mark in place of every character that no page can hold."""
    return "".join("\ufffd" if forbidden_characters(character) else character for character in text)
