"""Published reports one after another, for whoever takes all of them: a few at a time, however many there are."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple, cast

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from auditapp.domain.report import PublicationState
from auditapp.storage.rows import EventRow, PublicationRow

_PUBLICATION = cast(Table, PublicationRow.__table__)
_p = _PUBLICATION.c
_EVENT = cast(Table, EventRow.__table__)
_e = _EVENT.c
_STANDS = _p.state != PublicationState.WITHDRAWN.value


class Numbered(NamedTuple):
    """A publication by its number, with what is known of its event: its address, and an ISO code of its country if known."""

    number: int
    slug: str
    event: str | None
    country: str


class TakenBack(NamedTuple):
    """A withdrawn report, as far as anything of it may be told."""

    slug: str
    title: str
    withdrawn_on: dt.date


def following(session: Session, number: int, limit: int) -> tuple[Numbered, ...]:
    """The next publications behind `number` that were not withdrawn, in the order they came."""
    rows = session.execute(
        select(_p.id, _p.slug, _e.slug.label("event"), _p.country)
        .outerjoin(_EVENT, _e.id == _p.event_id)
        .where(_p.id > number, _STANDS)
        .order_by(_p.id)
        .limit(limit)
    )
    return tuple(Numbered(row.id, row.slug, row.event, row.country or "") for row in rows)


def standing(session: Session, upto: int | None = None) -> int:
    """How many publications up to this number are not withdrawn; of all without a number."""
    statement = select(func.count()).select_from(_PUBLICATION).where(_STANDS)
    return session.scalar(statement if upto is None else statement.where(_p.id <= upto)) or 0


def taken_back(session: Session, upto: int, since: dt.date, limit: int) -> tuple[TakenBack, ...]:
    """The publications up to this number that were withdrawn on that day or later, the latest first."""
    rows = session.execute(
        select(_p.slug, _p.title, _p.withdrawn_on)
        .where(_p.id <= upto, _p.state == PublicationState.WITHDRAWN.value, _p.withdrawn_on >= since)
        .order_by(_p.withdrawn_on.desc(), _p.id.desc())
        .limit(limit)
    )
    return tuple(TakenBack(row.slug, row.title, row.withdrawn_on) for row in rows)
