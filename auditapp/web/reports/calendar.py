"""Events that reach a level, by date: a list that stays true, with what each of them meets, to print and to embed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import groupby

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from auditapp.services.finding import Found, search_reports
from auditapp.storage.database import db
from auditapp.storage.reports import Listing
from auditapp.storage.search import SOONEST
from auditapp.web.access import rooms, today
from auditapp.web.frames import frame_style, framed_anywhere
from auditapp.web.reports.asked import Asked
from auditapp.web.reports.blueprint import bp
from auditapp.web.reports.facets import labels_of
from auditapp.web.reports.finding import Group, groups, measure
from auditapp.web.reports.nearness import away, near_words, nearness
from auditapp.web.revalidation import known_by_index, revalidated

AT_ONCE = 50
HELD = "held"
OFFERED = ("country", "sport", "distance")
"""Facets the calendar is narrowed by."""


@dataclass(frozen=True)
class Edition:
    """The latest report of an event, its distance as people write it, and how far away it is from the place asked for."""

    listing: Listing
    distance: str
    away: str


@dataclass(frozen=True)
class Month:
    """The events of a month, soonest first."""

    first: dt.date
    events: tuple[Edition, ...]


@dataclass(frozen=True)
class Calendar:
    """What was asked and found. `held` tells that it is about editions that are over."""

    asked: Asked
    found: Found
    held: bool

    @property
    def months(self) -> tuple[Month, ...]:
        """The events found, by month."""
        by_month = groupby(
            self.found.items, key=lambda one: (one.edition_on or one.published_on).replace(day=1)
        )
        return tuple(
            Month(
                first,
                tuple(Edition(one, measure(one.distance), away(self.asked.near, one)) for one in events),
            )
            for first, events in by_month
        )

    def address(self, endpoint: str = "reports.calendar", **changes: object) -> str:
        """An address of the same list."""
        parts = self.asked.parameters(
            report=None, order=None, latest=None, since=None, until=None, level=None
        )
        return url_for(endpoint, **(parts | {"when": HELD if self.held else None} | changes))


@bp.get("/calendar")
@known_by_index
def calendar() -> ResponseReturnValue:
    """The events to come whose latest report reaches a level and stands today; or those that were held."""
    shown = look_up()
    return revalidated(
        render_template(
            "reports/calendar.html",
            shown=shown,
            groups=offered(shown),
            near=nearness(shown.asked, shown.address),
            permanent=rooms().settings.public_url + shown.address(),
            embed=render_template(
                "reports/frame.html",
                address=rooms().settings.public_url + shown.address("reports.calendar_embed"),
                title=_("Events that reach a level, by date"),
            ).strip(),
        )
    )


@bp.get("/calendar/embed")
@framed_anywhere
@known_by_index
def calendar_embed() -> ResponseReturnValue:
    """The same list for other people's pages: no script, no cookie."""
    shown = look_up()
    return revalidated(
        render_template(
            "reports/calendar_embed.html",
            shown=shown,
            near=near_words(shown.asked),
            base=rooms().settings.public_url,
            permanent=rooms().settings.public_url + shown.address(),
            on=today(),
            style=frame_style(),
        )
    )


def look_up(most: int = AT_ONCE) -> Calendar:
    """What the request asks for, at most so many events at once."""
    checklists = rooms().catalogue.current()
    held = request.args.get("when") == HELD
    day = today().isoformat()
    asked = Asked.of(
        request.args,
        checklists,
        rooms().gazetteer,
        latest=True,
        stands_on=day,
        since="" if held else day,
        until=(today() - dt.timedelta(days=1)).isoformat() if held else "",
        order="date" if held else SOONEST,
    )
    levels = tuple(dict.fromkeys(level.id for checklist in checklists for level in checklist.levels))
    if not asked.search.chosen("level"):
        asked = replace(asked, search=asked.search.narrowed_to("level", *levels))
    found = search_reports(db.session, rooms().index, asked.wanted, cursor=asked.cursor, limit=most)
    return Calendar(asked, found, held)


def offered(shown: Calendar) -> tuple[Group, ...]:
    """What the list can be narrowed to."""
    labels = labels_of(rooms().catalogue.current())
    facets = {name: shown.found.facets[name] for name in OFFERED}
    return tuple(groups(shown.asked, facets, labels))
