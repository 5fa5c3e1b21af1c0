"""One event over its years, and the events of an organiser."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from auditapp.catalogue import Catalogue
from auditapp.domain.errors import EventNotFound, OrganiserNotFound
from auditapp.domain.report import Report
from auditapp.domain.timeline import Timeline, timeline
from auditapp.services import publishing
from auditapp.storage import events, histories, numbered, reports, search
from auditapp.storage.events import Kept, KeptEvent
from auditapp.storage.index import Index
from auditapp.storage.reports import Listing
from auditapp.storage.search import Cursor, Search
from auditapp.storage.terms import LATEST, LIVE
from auditapp.storage.transactions import reading

MOST_EDITIONS = 12
"""Reports on one event that are opened for its page; what is older keeps its own."""
EVENTS_AT_ONCE = 40


@dataclass(frozen=True)
class History:
    """An event over its years. `newest` is the report of its last column, None without one; `earlier` counts what is older
    than the page shows.
    """

    event: KeptEvent
    timeline: Timeline
    newest: Report | None
    earlier: int


@dataclass(frozen=True)
class Held:
    """The events of an organiser, each by its latest live report: one page of them, how many there are, and the way on."""

    organiser: Kept
    listings: tuple[Listing, ...]
    total: int
    next: Cursor | None
    previous: Cursor | None


def event_history(session: Session, catalogue: Catalogue, slug: str) -> History:
    """What was published on an event, those replaced and withdrawn in their place; raises EventNotFound."""
    with reading(session):
        event = events.event(session, slug)
        if event is None:
            raise EventNotFound(slug)
        slugs, published = histories.of_event(session, event.id, limit=MOST_EDITIONS)
    found = publishing.find_reports(session, slugs, to_compare=True)
    # Oldest first, so that of two reports on one day the correction stands behind what it corrects.
    pairs = [found[one] for one in reversed(slugs)]
    over_years = timeline(pairs, catalogue.between(report.checklist for _publication, report in pairs))
    last = over_years.columns[-1].publication.slug if over_years.columns else None
    return History(event, over_years, found[last][1] if last else None, published - len(slugs))


def events_of(session: Session, index: Index, slug: str, cursor: Cursor | None = None) -> Held:
    """The events an organiser holds, the latest edition first; raises OrganiserNotFound."""
    with reading(session):
        kept = events.organiser(session, slug)
        if kept is None:
            raise OrganiserNotFound(slug)
        index.refresh(session)
        fitting = numbered.numbers_of_organiser(session, kept.id) & index.fits(LIVE) & index.fits(LATEST)
        page = search.sliced(index, Search(order="date"), fitting, cursor, EVENTS_AT_ONCE)
        listings = reports.listings(session, page.numbers) if page.numbers else ()
    return Held(kept, listings, len(fitting), page.next, page.previous)
