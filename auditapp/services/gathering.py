"""Events found: each by its newest report that fits a search."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from auditapp.services.finding import Found, search_reports
from auditapp.storage import events
from auditapp.storage.events import Kept
from auditapp.storage.index import Index
from auditapp.storage.search import Cursor, Search
from auditapp.storage.transactions import reading


@dataclass(frozen=True)
class FoundEvents:
    """A page of reports of which each is the newest of its event, and what these events are called, by number."""

    found: Found
    names: dict[int, Kept]


def search_events(
    session: Session,
    index: Index,
    wanted: Search,
    *,
    cursor: Cursor | None = None,
    skip: int = 0,
    limit: int = 20,
) -> FoundEvents:
    """The events of which the newest live report fits; pages as `search_reports` does."""
    latest = wanted._replace(latest=True)
    found = search_reports(session, index, latest, cursor=cursor, skip=skip, limit=limit)
    with reading(session):
        names = events.names(session, (listing.event_id for listing in found.items)) if found.items else {}
    return FoundEvents(found, names)
