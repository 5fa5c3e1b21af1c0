"""Addresses of everything that is public, in blocks of a bounded size, for whoever lists them all."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple, cast

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from auditapp.domain.report import PublicationState
from auditapp.storage.rows import PublicationRow

_p = cast(Table, PublicationRow.__table__).c


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
