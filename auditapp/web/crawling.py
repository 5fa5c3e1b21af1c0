"""What programs that read the web are told: where they may go, and what there is."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from auditapp.services import mapping
from auditapp.storage.database import db
from auditapp.web.access import rooms
from auditapp.web.revalidation import revalidated

bp = Blueprint("crawling", __name__)

STANDING = ("home.start", "reports.index", "checklists.index", "data.index", "verifying.start")
"""Pages that are there whatever is published."""
MOST_PARTS = 20_000
"""Of reports, and of events, in one map, which may name 50,000."""


@bp.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Everything may be read but the audits being filled in."""
    sitemap = rooms().settings.public_url + url_for("crawling.sitemap")
    text = f"User-agent: *\nDisallow: {url_for('audits.index')}\nSitemap: {sitemap}\n"
    return revalidated(Response(text, content_type="text/plain; charset=utf-8"))


@bp.get("/sitemap.xml")
def sitemap() -> ResponseReturnValue:
    """The parts of the map."""
    there = mapping.parts(db.session)
    parts = [url_for("crawling.standing_pages")]
    for endpoint, most in (("crawling.reports", there.reports), ("crawling.events", there.events)):
        numbers = range(1, min(most, MOST_PARTS) + 1)
        parts += [url_for(endpoint, number=number) for number in numbers]
    return as_xml("crawling/index.xml", parts=parts)


@bp.get("/sitemap-pages.xml")
def standing_pages() -> ResponseReturnValue:
    """The pages that are there whatever is published, and every checklist."""
    return as_xml("crawling/part.xml", pages=[(address, None) for address in standing()])


@bp.get("/sitemap-reports-<int(min=1, max=20000):number>.xml")
def reports(number: int) -> ResponseReturnValue:
    """One part of the live reports; a part without any, because they were all withdrawn, is empty."""
    if number > mapping.parts(db.session).reports:
        abort(404)
    pages = [
        (url_for("reports.show", slug=listed.slug), listed.changed_on.isoformat())
        for listed in mapping.part(db.session, number)
    ]
    return as_xml("crawling/part.xml", pages=pages)


@bp.get("/sitemap-events-<int(min=1, max=20000):number>.xml")
def events(number: int) -> ResponseReturnValue:
    """One part of the events that have a live report."""
    if number > mapping.parts(db.session).events:
        abort(404)
    slugs = mapping.events_part(db.session, number)
    return as_xml("crawling/part.xml", pages=[(url_for("events.show", slug=slug), None) for slug in slugs])


def standing() -> Iterator[str]:
    """Addresses of the pages that do not hang on reports."""
    for endpoint in STANDING:
        yield url_for(endpoint)
    for checklist in rooms().catalogue.checklists():
        yield url_for("checklists.show", checklist_id=checklist.id, version=checklist.version)


def as_xml(template: str, **parts: object) -> Response:
    """A map in the format of sitemaps.org."""
    text = render_template(template, public_url=rooms().settings.public_url, **parts)
    return revalidated(Response(text, content_type="application/xml; charset=utf-8"))
