"""One event over its years: its editions, what got better and what got worse, each criterion as a line."""

from __future__ import annotations

import json
import re

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from auditapp.domain.comparison import FEWEST, MOST
from auditapp.domain.errors import EventNotFound
from auditapp.domain.standing import standing_of
from auditapp.domain.timeline import Edition, Timeline
from auditapp.rendering import compared
from auditapp.rendering.once import Once
from auditapp.rendering.over_years import STEPS_TOLD, Standing, Step, cells_of, steps
from auditapp.rendering.timeline_data import standing_data, timeline_csv, timeline_data
from auditapp.services.histories import History, event_history
from auditapp.storage.database import db
from auditapp.web.access import public_address, rooms, today
from auditapp.web.events.blueprint import bp
from auditapp.web.events.sharing import shared
from auditapp.web.presentation import plural_form, translated
from auditapp.web.revalidation import known_by_index, revalidated

SLUG = re.compile(r"[a-z0-9-]{1,100}", re.ASCII)
EMBED_HEIGHT, EMBED_ROW = 420, 60
"""Pixels of an embedded event, and of every edition in it."""


@bp.get("/events/<slug>")
@known_by_index
def show(slug: str) -> ResponseReturnValue:
    """The event over its years."""
    history = find(slug)
    timeline = history.timeline
    say = compared.Wordings(translated, plural_form)
    columns = timeline.columns
    return revalidated(
        render_template(
            "events/show.html",
            event=history.event,
            timeline=timeline,
            earlier=history.earlier,
            standings=standings(timeline),
            steps=tuple(steps(timeline)),
            told=STEPS_TOLD,
            compare_step=compare_step,
            scores=compared.slopes_of_years(timeline, line=next_line(history), say=say)
            if len(columns) > 1
            else None,
            sections=compared.heat_of_years(timeline, say=say) if columns else None,
            section_rows=compared.section_rows(
                [(section.title, section.sums) for section in timeline.sections],
                [None if edition.percent is None else edition.own for edition in columns],
                say,
            ),
            glyphs=compared.glyphs_of_years(timeline, say=say) if columns else None,
            cells=cells_of(timeline, gettext=translated),
            once=Once(),
            compare_all=compare_address(columns[-MOST:]),
            print_all=compare_address(columns[-MOST:], "reports.compare_pdf"),
            address=rooms().settings.public_url + url_for("events.show", slug=slug),
            embed=embed_words(history),
            shared=shared(history),
        )
    )


@bp.get("/events/<slug>.json")
@known_by_index
def data(slug: str) -> ResponseReturnValue:
    """The event over its years, for programs."""
    history = find(slug)
    event = history.event
    told = timeline_data(history.timeline)
    for edition, one in zip(told["editions"], standings(history.timeline), strict=True):
        edition |= standing_data(one.standing) | {"url": public_address(one.edition.publication.slug)}
    organiser = event.organiser
    about = {
        "slug": event.slug,
        "name": event.name,
        "place": event.place,
        "country": event.country,
        "organiser": {"slug": organiser.slug, "name": organiser.name} if organiser else None,
        "url": rooms().settings.public_url + url_for("events.show", slug=event.slug),
        "earlier_reports": history.earlier,
    }
    text = json.dumps({"event": about, **told}, ensure_ascii=False)
    return revalidated(Response(text, content_type="application/json"))


@bp.get("/events/<slug>.csv")
@known_by_index
def table(slug: str) -> ResponseReturnValue:
    """The event over its years as a table: a row for every criterion."""
    text = timeline_csv(find(slug).timeline)
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.csv"'
    return revalidated(response)


def find(slug: str) -> History:
    """The history of the event at this address; raises EventNotFound."""
    if not SLUG.fullmatch(slug):
        raise EventNotFound(slug)
    return event_history(db.session, rooms().catalogue, slug)


def standings(timeline: Timeline) -> tuple[Standing, ...]:
    """Every report on the event, oldest edition first, and how it stands today."""
    return tuple(
        Standing(edition, standing_of(edition.publication, edition.expires_on, today()))
        for edition in timeline.editions
    )


def next_line(history: History) -> tuple[int, str] | None:
    """The score the next level of the newest report asks for, and its name; None at the top or without levels."""
    report = history.newest
    following = report.score.next_level if report is not None else None
    if report is None or following is None or report.essentials_only:
        return None
    level = report.checklist.level(following.id)
    return level.score, _("%(level)s from %(percent)s%%", level=level.title, percent=level.score)


def compare_step(step: Step) -> str | None:
    """Where the two editions of a step stand side by side."""
    return compare_address((step.before, step.after))


def compare_address(editions: tuple[Edition, ...], endpoint: str = "reports.compare") -> str | None:
    """Where these editions stand side by side; None with fewer than two."""
    if len(editions) < FEWEST:
        return None
    return url_for(endpoint, report=[edition.publication.slug for edition in editions])


def embed_words(history: History) -> str:
    """What to put into a page of HTML to show the event there."""
    frame = Markup('<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy"></iframe>').format(
        rooms().settings.public_url + url_for("events.embed", slug=history.event.slug),
        _("%(event)s over its years", event=" ".join(history.event.name.split())),
        EMBED_HEIGHT + EMBED_ROW * len(history.timeline.editions),
    )
    return str(frame)  # plain text from here on: it is shown on a page, not part of it
