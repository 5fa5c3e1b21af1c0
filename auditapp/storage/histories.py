"""What was published on one event, in the order of its editions."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from auditapp.storage.rows import PublicationRow

_PUBLICATION = cast(Table, PublicationRow.__table__)


def of_event(session: Session, event_id: int, *, limit: int) -> tuple[tuple[str, ...], int]:
    """The addresses of what was published on the latest editions of an event, newest first; how many there are in all."""
    p = _PUBLICATION.c
    rows = session.execute(
        select(p.slug, func.count().over().label("published"))
        .where(p.event_id == event_id)
        .order_by(p.year.desc(), p.edition_on.desc().nulls_last(), p.id.desc())
        .limit(limit)
    ).all()
    return tuple(row.slug for row in rows), rows[0].published if rows else 0
