"""The words of the error pages: what happened, what it means for what was typed, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, InternalServerError

from auditapp.domain import errors


@dataclass(frozen=True)
class Page:
    """An error page: its heading, what happened and what to do, and perhaps the one link that helps most."""

    status: int
    title: str
    says: tuple[str, ...]
    link: tuple[str, str] | None = None
    details: tuple[str, ...] = ()


def stale_page() -> Page:
    """What a reader is told when a form came back without its mark."""
    return Page(
        400,
        _("This page had gone stale"),
        (
            _(
                "The form came back without the mark that shows it came from this browser. That happens when cookies "
                "are off or were cleared, or when the page stood open while the private link was replaced."
            ),
            _(
                "Nothing was saved just now, and nothing you typed is lost: go back with your browser's back button, or "
                "copy it from this page where it is shown. Then open the audit with its private link and save again."
            ),
        ),
        (url_for("audits.index"), _("Your audits in this browser")),
    )


def large_file_page(megabytes: int) -> Page:
    """What a reader is told about a results file that is too large."""
    return Page(
        413,
        _("This file is too large"),
        (
            _(
                "A results file may have %(megabytes)s MB: more than a million finishers.",
                megabytes=megabytes,
            ),
            _(
                "Nothing was changed. Go back and choose the results of this race alone, "
                "or save only the columns with gender, time and status as CSV."
            ),
        ),
    )


def large_report_page(megabytes: int) -> Page:
    """What a reader is told about a file that is too large to be a report."""
    return Page(
        413,
        _("This file is too large to be a report"),
        (
            _(
                "No report has more than %(megabytes)s MB, so this file is something else.",
                megabytes=megabytes,
            ),
        ),
        (url_for("verifying.start"), _("Check another file")),
    )


def nothing_published_page(error: errors.AuditError) -> Page:
    """What a reader is told where nothing was ever published."""
    says = _("Published reports keep their address for good, so please check how it is spelt.")
    if isinstance(error, errors.EventNotFound):
        title = _("There is no event at this address")
    elif isinstance(error, errors.OrganiserNotFound):
        title = _("There is no organiser at this address")
    else:
        title = _("There is no report at this address")
    return Page(404, title, (says,), (url_for("reports.index"), _("All published reports")))


def page_for(error: errors.AuditError) -> Page:
    """What a reader is told about a domain error."""
    match error:
        case errors.AuditNotFound():
            return Page(
                404,
                _("This link does not open an audit"),
                (
                    _("The address is not complete, or the private link has been replaced by a newer one."),
                    _(
                        "Open the audit with its latest private link. If somebody else replaced the link, ask them for it. "
                        "If you have lost it, nobody can open the audit for you: that is what keeps it private."
                    ),
                ),
                (url_for("audits.index"), _("Your audits in this browser")),
            )
        case errors.ReportNotFound() | errors.EventNotFound() | errors.OrganiserNotFound():
            return nothing_published_page(error)
        case errors.ChecklistNotFound():
            return Page(
                404,
                _("There is no checklist at this address"),
                (_("This installation does not know this checklist, or not this version of it."),),
                (url_for("checklists.index"), _("All checklists")),
            )
        case errors.ReportWithdrawn():
            return Page(
                410,
                _("This report has been withdrawn"),
                (_("The organiser took it back. Its address stays and says so."),),
            )
        case errors.AuditClosed():
            return Page(
                409,
                _("This audit is completed"),
                (
                    _("Its answers can no longer change, so nothing was saved just now."),
                    _(
                        "Until it is published you can reopen it. Once published, start a correction: "
                        "a new report that replaces the old one and says what changed."
                    ),
                ),
            )
        case errors.NotComparable():
            return Page(422, _("These reports cannot be compared"), (str(error),))
        case errors.AnswerRejected():
            return Page(
                422,
                _("Something does not fit the checklist"),
                (_("Nothing was saved just now. Go back, put it right and save again."),),
                details=tuple(f"{name}: {problem}" for name, problem in error.problems.items()),
            )
        case errors.AnswerConflict() | errors.AnswerConflicts() | errors.DetailsConflict():
            return Page(
                409,
                _("Somebody else saved this first"),
                (
                    _(
                        "Nothing of theirs was overwritten. Go back, copy what you typed, and reload the page to see both."
                    ),
                ),
            )
        case errors.RenderingUnavailable():
            return Page(
                503,
                _("The PDF cannot be made here yet"),
                (
                    _(
                        "A library this server needs for it is missing. The audit and the report are as they were."
                    ),
                    str(error),
                ),
            )
        case errors.RenderingFailed():
            return Page(
                503,
                _("The PDF could not be made"),
                (
                    _(
                        "The document took too long, grew too large, or holds something that cannot be printed."
                    ),
                    _(
                        "The audit and the report are as they were. Try again in a minute; "
                        "very long notes are the usual cause."
                    ),
                ),
            )
    return Page(400, _("That did not work"), (str(error),))


def http_page(error: HTTPException) -> Page:
    """What a reader is told about an HTTP error."""
    here = (url_for("home.start"), _("Go to the start page"))
    match error.code:
        case 403:
            return Page(
                403,
                _("You cannot open this page"),
                (_("It belongs to an audit this browser does not hold."),),
                here,
            )
        case 404:
            return Page(
                404,
                _("This page does not exist"),
                (
                    _(
                        "Please check the address. Published reports keep theirs for good; you find them all in the list."
                    ),
                ),
                (url_for("reports.index"), _("All published reports")),
            )
        case 405:
            return Page(
                405,
                _("This address only takes a form"),
                (_("It was opened like a page. Go back and use the button there; nothing was changed."),),
                here,
            )
        case 410:
            return Page(410, _("This is no longer here"), (_("It was taken back by the organiser."),), here)
        case 413:
            return Page(
                413,
                _("That was too much at once"),
                (
                    _("A note may have 4,000 characters, and a page of the form about two million."),
                    _(
                        "Nothing was saved just now, and nothing you typed is lost: go back, "
                        "shorten the longest note and save again."
                    ),
                ),
            )
        case 429:
            return Page(
                429,
                _("Too many at once from your network"),
                (_("Please wait a few minutes and try again. Audits you have already opened keep working."),),
                here,
            )
        case code if code is not None and code >= 500:
            return Page(
                code,
                _("Something broke on our side"),
                (
                    _(
                        "What was saved before is safe. What you sent just now may not be: go back, "
                        "it is still in the page, and save again."
                    ),
                    _(
                        "If it happens again, please tell whoever runs this site, with the time and the address."
                    ),
                ),
                here,
            )
    return Page(
        error.code or InternalServerError.code,
        _("That did not work"),
        (_("The request could not be understood. Nothing was changed. Go back and try again."),),
        here,
    )
