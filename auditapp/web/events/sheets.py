"""An event over its years on paper."""

from __future__ import annotations

from flask import Response, url_for
from flask.typing import ResponseReturnValue

from auditapp.rendering.over_years import OverYears
from auditapp.web.access import limiter, public_address, rooms, today
from auditapp.web.events.blueprint import bp
from auditapp.web.events.showing import find, next_line, standings
from auditapp.web.reports.comparing import SHEET_LIMIT
from auditapp.web.revalidation import revalidated_by


@bp.get("/events/<slug>.pdf")
@limiter.limit(SHEET_LIMIT)
def paper(slug: str) -> ResponseReturnValue:
    """The event over its years as a PDF: each edition in its place, what got better and worse, every criterion."""
    history = find(slug)
    event, told = history.event, standings(history.timeline)
    sheet = OverYears(
        name=" ".join(event.name.split()),
        place=event.place,
        organiser=event.organiser.name if event.organiser else "",
        timeline=history.timeline,
        standings=tuple(one.standing for one in told),
        addresses=tuple(public_address(one.edition.publication.slug) for one in told),
        earlier=history.earlier,
        line=next_line(history),
        product_name=rooms().settings.name,
        address=rooms().settings.public_url + url_for("events.show", slug=slug),
        on=today(),
    )
    response = Response(mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{slug}.pdf"'
    sheets = rooms().sheets
    return revalidated_by(sheets.mark(sheet), response, lambda: sheets.get(sheet))
