"""Addresses of everything that is public, in blocks of a bounded size, for whoever lists them all."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple, cast

from sqlalchemy import Table, exists, func, select
from sqlalchemy.orm import Session

from auditapp.domain.report import PublicationState
from auditapp.storage.rows import EventRow, PublicationRow

_p = cast(Table, PublicationRow.__table__).c
_e = cast(Table, EventRow.__table__).c


class Listed(NamedTuple):
    """The address of a report, and the day what stands there was last changed."""

    slug: str
    changed_on: dt.date


def last_number(session: Session) -> int:
    """The number of the newest publication, whatever its state; 0 before the first."""
    return session.scalar(select(func.max(_p.id))) or 0


def reports_between(session: Session, above: int, upto: int) -> tuple[Listed, ...]:
    """The live reports whose number lies above the one and not above the other."""
    rows = session.execute(
        select(_p.slug, _p.published_on)
        .where(_p.id > above, _p.id <= upto, _p.state == PublicationState.LIVE.value)
        .order_by(_p.id)
    )
    return tuple(Listed(row.slug, row.published_on) for row in rows)


def last_event(session: Session) -> int:
    """The number of the newest event; 0 before the first."""
    return session.scalar(select(func.max(_e.id))) or 0


def events_between(session: Session, above: int, upto: int) -> tuple[str, ...]:
    """The events with a live report whose number lies above the one and not above the other."""
    has_live = exists().where(_p.event_id == _e.id, _p.state == PublicationState.LIVE.value)
    rows = session.scalars(select(_e.slug).where(_e.id > above, _e.id <= upto, has_live).order_by(_e.id))
    return tuple(rows)
