"""Publications as the index sees them: their numbers, what it has yet to take in, and the latest of each event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple, cast

from pyroaring import BitMap
from sqlalchemy import Table, bindparam, exists, func, select, update
from sqlalchemy.orm import Session

from auditapp.domain import bands
from auditapp.domain.geography import Position
from auditapp.domain.report import PublicationState, Report
from auditapp.storage.documents import Stored
from auditapp.storage.events import Gathered
from auditapp.storage.reports import frozen, strengths_json
from auditapp.storage.rows import PublicationRow, ReportRow

_REPORT = cast(Table, ReportRow.__table__)
_PUBLICATION = cast(Table, PublicationRow.__table__)
_PLACE = update(_PUBLICATION).where(_PUBLICATION.c.id == bindparam("of"))


class Waiting(NamedTuple):
    """A publication that no index knows yet."""

    number: int
    document: Stored
    live: bool


def not_indexed(session: Session, *, limit: int) -> list[Waiting]:
    """The first publications that no index knows yet."""
    r = _REPORT.c
    rows = session.execute(
        select(_PUBLICATION.c.id, _PUBLICATION.c.state, r.document, r.wording, r.signed, r.signed_wording)
        .join(_REPORT, r.id == _PUBLICATION.c.report_id)
        .where(_PUBLICATION.c.event_id.is_(None))
        .order_by(_PUBLICATION.c.id)
        .limit(limit)
    )
    return [Waiting(row.id, frozen(row), row.state == PublicationState.LIVE.value) for row in rows]


class Indexed(NamedTuple):
    """A publication the index knows, the event it is gathered under, its country, and where that event lies."""

    waiting: Waiting
    under: Gathered
    country: str
    position: Position | None


def indexed(session: Session, *, after: int, limit: int) -> list[Indexed]:
    """The next publications the index knows, behind the one of this number."""
    p, r = _PUBLICATION.c, _REPORT.c
    rows = session.execute(
        select(
            *(p.id, p.state, p.event_id, p.organiser_id, p.country, p.latitude, p.longitude),
            *(r.document, r.wording, r.signed, r.signed_wording),
        )
        .join(_REPORT, r.id == p.report_id)
        .where(p.id > after, p.event_id.is_not(None))
        .order_by(p.id)
        .limit(limit)
    )
    return [
        Indexed(
            Waiting(row.id, frozen(row), row.state == PublicationState.LIVE.value),
            Gathered(row.event_id, row.organiser_id),
            row.country,
            None if row.latitude is None else Position(row.latitude, row.longitude),
        )
        for row in rows
    ]


def numbers_of_event(session: Session, event_id: int) -> BitMap:
    """The numbers of everything ever published on an event."""
    return BitMap(session.scalars(select(_PUBLICATION.c.id).where(_PUBLICATION.c.event_id == event_id)))


def numbers_of_organiser(session: Session, organiser_id: int) -> BitMap:
    """The numbers of everything an organiser ever published."""
    chosen = _PUBLICATION.c.organiser_id == organiser_id
    return BitMap(session.scalars(select(_PUBLICATION.c.id).where(chosen)))


def count(session: Session) -> int:
    """How many reports were ever published."""
    return session.scalar(select(func.count()).select_from(_PUBLICATION)) or 0


def gathered(
    session: Session,
    number: int,
    report: Report,
    under: Gathered,
    *,
    country: str,
    position: Position | None,
) -> None:
    """Note under which event a publication was gathered, and what else lists tell of it since there are events."""
    session.execute(
        update(_PUBLICATION)
        .where(_PUBLICATION.c.id == number)
        .values(
            event_id=under.event_id,
            organiser_id=under.organiser_id,
            country=country,
            latitude=position and position.latitude,
            longitude=position and position.longitude,
            edition_on=report.event.date,
            field_size=bands.size_of(report.facts),
            strengths=strengths_json(report),
        )
    )


def placed(session: Session, positions: Mapping[int, Position]) -> None:
    """Note where the events of publications lie, by the numbers of these."""
    if positions:
        session.execute(
            _PLACE,
            [
                {"of": number, "latitude": at.latitude, "longitude": at.longitude}
                for number, at in positions.items()
            ],
        )


def nowhere(session: Session) -> bool:
    """Whether there are publications, and of none it is known where its event lies."""
    where = select(_PUBLICATION.c.id).where(_PUBLICATION.c.latitude.is_not(None))
    return session.scalar(select(exists(select(_PUBLICATION.c.id)) & ~exists(where))) or False


def latest_of(session: Session, event_ids: Iterable[int]) -> tuple[list[int], list[int]]:
    """Of these events, the live publication of the latest edition of each, and all their other publications."""
    p = _PUBLICATION.c
    rows = session.execute(
        select(p.id, p.event_id, p.state, p.year, p.edition_on).where(p.event_id.in_(set(event_ids)))
    ).all()
    live = [row for row in rows if row.state == PublicationState.LIVE.value]
    live.sort(key=lambda row: (row.year, row.edition_on or dt.date.min, row.id))
    latest = {row.event_id: row.id for row in live}
    return list(latest.values()), [row.id for row in rows if latest.get(row.event_id) != row.id]
