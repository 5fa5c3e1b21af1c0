"""Lists on paper: what a search finds, and the calendar, with the search in words and its permanent address."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from auditapp.rendering import words
from auditapp.rendering.listed import MOST_ROWS, ListedRow, ListSheet
from auditapp.services.finding import search_reports
from auditapp.storage.database import db
from auditapp.web.access import limiter, public_address, rooms, today
from auditapp.web.presentation import locale_name
from auditapp.web.reports.asked import Asked
from auditapp.web.reports.blueprint import bp
from auditapp.web.reports.calendar import look_up
from auditapp.web.reports.counting import narrowed_words
from auditapp.web.reports.finding import Entry, entry, orders
from auditapp.web.revalidation import revalidated_by

LIST_LIMIT = "10 per minute"
"""How many lists one address may have printed: two hundred rows take a process some seconds."""


@bp.get("/list.pdf")
@limiter.limit(LIST_LIMIT)
def list_pdf() -> ResponseReturnValue:
    """The reports a search finds, in its order, on paper: as many as a list has room for, and the way to the others."""
    asked = replace(Asked.of(request.args, rooms().catalogue.current(), rooms().gazetteer), chosen=())
    found = search_reports(
        db.session, rooms().index, asked.wanted, cursor=asked.cursor, limit=MOST_ROWS, facets=False
    )
    home, following = rooms().settings.public_url, asked.next(found, "reports.list_pdf")
    sheet = ListSheet(
        kind="reports",
        rows=tuple(row(entry(listing, (), asked.near)) for listing in found.items),
        total=found.total,
        before=found.before,
        following=home + following if following else None,
        searched=(*narrowed_words(asked), *between_words(asked), *left_out_words(asked)),
        order=next(said for said, _address, chosen in orders(asked) if chosen),
        product_name=rooms().settings.name,
        address=home + asked.address(),
        on=today(),
    )
    return printed(sheet, "reports.pdf")


@bp.get("/calendar.pdf")
@limiter.limit(LIST_LIMIT)
def calendar_pdf() -> ResponseReturnValue:
    """The calendar on paper, each event with its reasons: as many as a list has room for, and the way to the others."""
    shown, home = look_up(MOST_ROWS), rooms().settings.public_url
    further = shown.found.next
    asked = shown.asked
    if not request.args.getlist("level"):
        asked = replace(asked, search=asked.search.narrowed_to("level"))
    level = () if asked.search.chosen("level") else (_("Any level"),)
    sheet = ListSheet(
        kind="held" if shown.held else "to-come",
        rows=tuple(row(entry(listing, (), asked.near)) for listing in shown.found.items),
        total=shown.found.total,
        before=shown.found.before,
        following=home + shown.address("reports.calendar_pdf", after=further.text) if further else None,
        searched=(*narrowed_words(asked), *level, *left_out_words(asked)),
        order=_("Date of the edition, latest first")
        if shown.held
        else _("Date of the edition, soonest first"),
        product_name=rooms().settings.name,
        address=home + shown.address(),
        on=today(),
    )
    return printed(sheet, "calendar.pdf")


def row(shown: Entry) -> ListedRow:
    """A report of the list as paper has it."""
    listing = shown.listing
    return ListedRow(
        title=listing.title,
        address=public_address(listing.slug),
        day=listing.edition_on,
        published_on=listing.published_on,
        expires_on=listing.expires_on,
        expired=shown.expired,
        percent=listing.percent,
        evidenced_percent=listing.evidenced_percent,
        level=listing.level_title,
        essentials_only=listing.essentials_only,
        place=listing.place,
        organiser=listing.organiser,
        distance=shown.distance,
        starters=shown.starters,
        away=shown.away,
        strengths=tuple((one.code, one.title, one.evidenced) for one in listing.strengths),
    )


def between_words(asked: Asked) -> tuple[str, ...]:
    """What bounds the editions of a search, besides what they have in common."""
    search = asked.search
    said = [_("Edition from %(day)s", day=search.since)] if search.since else []
    said += [_("Edition until %(day)s", day=search.until)] if search.until else []
    said += [_("Only the latest edition of each event")] if search.latest else []
    return tuple(said)


def left_out_words(asked: Asked) -> tuple[str, ...]:
    """What an address asks for that is nothing to search by: a list on paper says so, as the page does."""
    parts = words.listed(asked.ignored, locale_name())
    return (
        (_("Left out, because it is not something to search by: %(parts)s.", parts=parts),) if parts else ()
    )


def printed(sheet: ListSheet, name: str) -> Response:
    """A list as a PDF, or word that the reader has it already."""
    response = Response(mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    sheets = rooms().sheets
    return revalidated_by(sheets.mark(sheet), response, lambda: sheets.get(sheet))
