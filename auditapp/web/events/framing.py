"""An event over its years as a frame for other people's pages."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from auditapp.rendering import compared
from auditapp.web.access import rooms
from auditapp.web.events.blueprint import bp
from auditapp.web.events.showing import find, standings
from auditapp.web.frames import frame_style, framed_anywhere
from auditapp.web.presentation import plural_form, translated
from auditapp.web.revalidation import known_by_index, revalidated


@bp.get("/events/<slug>/embed")
@framed_anywhere
@known_by_index
def embed(slug: str) -> ResponseReturnValue:
    """The scores of the editions and how each report stands; nothing of a withdrawn one but that."""
    history = find(slug)
    timeline = history.timeline
    say = compared.Wordings(translated, plural_form)
    return revalidated(
        render_template(
            "events/embed.html",
            event=history.event,
            standings=standings(timeline),
            picture=compared.slopes_of_years(timeline, say=say) if len(timeline.columns) > 1 else None,
            base=rooms().settings.public_url,
            whole=rooms().settings.public_url + url_for("events.show", slug=slug),
            style=frame_style(),
        )
    )
