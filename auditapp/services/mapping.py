"""A map of everything that is public, in parts of a bounded size."""

from __future__ import annotations

from sqlalchemy.orm import Session

from auditapp.storage import addresses
from auditapp.storage.addresses import Listed
from auditapp.storage.transactions import reading

BLOCK = 10_000
"""Numbers of publications that one part covers: it lists no more reports, and a search engine takes up to 50,000."""


def parts(session: Session) -> int:
    """How many parts list all reports."""
    with reading(session):
        return -(-addresses.last_number(session) // BLOCK)


def part(session: Session, number: int) -> tuple[Listed, ...]:
    """The live reports of a part, the first of which is 1. The same report is always in the same part."""
    with reading(session):
        return addresses.reports_between(session, (number - 1) * BLOCK, number * BLOCK)
