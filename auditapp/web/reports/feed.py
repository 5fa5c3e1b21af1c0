"""New reports as an Atom feed (RFC 4287): of all of them, or of any search."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from auditapp.rendering import badge as badges
from auditapp.services.finding import search_reports
from auditapp.storage.database import db
from auditapp.storage.reports import Listing
from auditapp.web.access import public_address, rooms
from auditapp.web.reports.asked import Asked
from auditapp.web.reports.badge import badge_of, speech
from auditapp.web.reports.blueprint import bp
from auditapp.web.revalidation import revalidated

LONGEST = 50
EMPTY_SINCE = dt.date(2026, 1, 1)
"""When a feed without entries says it was last changed: the format asks for a date, and there is none."""


@bp.get("/feed.atom")
def feed() -> ResponseReturnValue:
    """The live reports that fit a search, those published last; a withdrawn one leaves it."""
    checklists, gazetteer = rooms().catalogue.current(), rooms().gazetteer
    asked = replace(Asked.of(request.args, checklists, gazetteer, order="newest"), chosen=())
    found = search_reports(db.session, rooms().index, asked.wanted, limit=LONGEST, facets=False)
    newest = max((listing.published_on for listing in found.items), default=EMPTY_SINCE)
    text = render_template(
        "reports/feed.xml",
        asked=asked,
        items=found.items,
        updated=moment(newest),
        moment=moment,
        result=result,
        points=points,
        address=public_address,
        public_url=rooms().settings.public_url,
    )
    return revalidated(Response(text, content_type="application/atom+xml; charset=utf-8"))


def moment(day: dt.date) -> str:
    """The beginning of a day, as feeds write it."""
    return f"{day.isoformat()}T00:00:00Z"


def result(listing: Listing) -> str:
    """The result of a report in one phrase."""
    return badges.result(badge_of(listing), speech())


def points(listing: Listing) -> str:
    """Its points, where they say something: nothing of a report on the quick audit alone."""
    badge = badge_of(listing)
    return "" if badge.essentials is not None else badges.points(badge, speech())
