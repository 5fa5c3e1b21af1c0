"""A map of everything that is public, in parts of a bounded size."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy.orm import Session

from auditapp.storage import addresses
from auditapp.storage.addresses import Listed
from auditapp.storage.transactions import reading

BLOCK = 2_000
"""Numbers that one part covers: it lists no more reports or events, and a search engine takes up to 50,000."""


class Parts(NamedTuple):
    """How many parts list all reports, and how many all events."""

    reports: int
    events: int


def parts(session: Session) -> Parts:
    """How many parts there are."""
    with reading(session):
        return Parts(-(-addresses.last_number(session) // BLOCK), -(-addresses.last_event(session) // BLOCK))


def events_part(session: Session, number: int) -> tuple[str, ...]:
    """The events of a part that have a live report."""
    with reading(session):
        return addresses.events_between(session, (number - 1) * BLOCK, number * BLOCK)


def part(session: Session, number: int) -> tuple[Listed, ...]:
    """The live reports of a part, the first of which is 1. The same report is always in the same part."""
    with reading(session):
        return addresses.reports_between(session, (number - 1) * BLOCK, number * BLOCK)
