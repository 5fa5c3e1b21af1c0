"""An organiser: the events it holds, each with its latest report."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from auditapp.domain.errors import OrganiserNotFound
from auditapp.domain.standing import state_of
from auditapp.services.histories import events_of
from auditapp.storage.database import db
from auditapp.storage.search import Cursor
from auditapp.web.access import rooms, today
from auditapp.web.events.blueprint import bp
from auditapp.web.events.showing import SLUG
from auditapp.web.revalidation import known_by_index, revalidated


@bp.get("/organisers/<slug>")
@known_by_index
def organiser(slug: str) -> ResponseReturnValue:
    """The events of an organiser, the latest edition first."""
    if not SLUG.fullmatch(slug):
        raise OrganiserNotFound(slug)
    held = events_of(db.session, rooms().index, slug, cursor_in_address())
    return revalidated(
        render_template(
            "events/organiser.html",
            held=held,
            states=[state_of(one.state, one.expires_on, today()) for one in held.listings],
            following=url_for("events.organiser", slug=slug, after=held.next.text) if held.next else None,
            preceding=url_for("events.organiser", slug=slug, before=held.previous.text)
            if held.previous
            else None,
        )
    )


def cursor_in_address() -> Cursor | None:
    """The place in the list the address names; None for the first page, and for what was never a place."""
    if "before" in request.args:
        return Cursor.of(request.args["before"], backwards=True)
    return Cursor.of(request.args.get("after", ""))
