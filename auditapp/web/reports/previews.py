"""The picture other sites show beside a link to a report."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue

from auditapp.domain.standing import standing_of
from auditapp.rendering.preview import preview_of, preview_png
from auditapp.services import publishing
from auditapp.storage.database import db
from auditapp.web.access import rooms, today
from auditapp.web.reports.badge import MINUTES_KEPT, badge_of, speech
from auditapp.web.reports.blueprint import bp
from auditapp.web.reports.reading import known
from auditapp.web.revalidation import kept_a_while


@bp.get("/<slug>/preview.png")
def preview(slug: str) -> ResponseReturnValue:
    """The picture as the report stands today; of a withdrawn one, too, because links to it stay where they were put."""
    publication, listing = publishing.find_listing(db.session, known(slug))
    picture = preview_of(
        badge_of(listing),
        standing_of(publication, listing.expires_on, today()),
        product=rooms().settings.name,
        place=listing.place,
        evidenced_percent=listing.evidenced_percent,
        speech=speech(),
    )
    response = Response(preview_png(picture), content_type="image/png")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return kept_a_while(response, MINUTES_KEPT * 60)
