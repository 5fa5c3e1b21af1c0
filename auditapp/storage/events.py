"""Events and their organisers: what published reports are gathered under."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple, cast

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from auditapp.domain.audit import Event
from auditapp.storage.rows import EventRow, OrganiserRow, PublicationRow
from auditapp.storage.terms import folded

SLUG_LENGTH = 75
"""Characters of an address; with a number behind it, it stays within 80."""
AT_ONCE = 50
"""Addresses tried in one statement."""

_EVENT = cast(Table, EventRow.__table__)
_ORGANISER = cast(Table, OrganiserRow.__table__)
_PUBLICATION = cast(Table, PublicationRow.__table__)


class Gathered(NamedTuple):
    """The rows of an event and its organiser; None where nobody is named."""

    event_id: int
    organiser_id: int | None


class Kept(NamedTuple):
    """An event or an organiser as it is kept: its row, its address and what it is called."""

    id: int
    slug: str
    name: str


class KeptEvent(NamedTuple):
    """An event as it is kept, with the organiser of its newest report, if one is named."""

    id: int
    slug: str
    name: str
    place: str
    country: str
    organiser: Kept | None


def gather(session: Session, event: Event, *, country: str, lineage: str | None) -> Gathered:
    """The event a report is about, and its organiser; both are added when nobody has reported on them before.

    `lineage` is the published report it follows or corrects: that says by itself which event it is. Otherwise an event is
    known by its name without the year, its organiser and its country.
    """
    organiser_id = _organiser(session, event.organiser)
    if lineage is not None:
        known = session.scalar(select(_PUBLICATION.c.event_id).where(_PUBLICATION.c.slug == lineage))
        if known is not None:
            return Gathered(known, organiser_id)
    name = event.series
    key = "|".join(folded(" ".join(part.split())) for part in (name, event.organiser, country))
    known = session.scalar(select(_EVENT.c.id).where(_EVENT.c.key == key).order_by(_EVENT.c.id).limit(1))
    if known is None:
        known = session.execute(
            insert(_EVENT)
            .values(
                slug=_free(session, _EVENT, slug_of(name, "event")),
                key=key,
                name=name,
                organiser_id=organiser_id,
                place=event.place,
                country=country,
            )
            .returning(_EVENT.c.id)
        ).scalar_one()
    return Gathered(known, organiser_id)


def event(session: Session, slug: str) -> KeptEvent | None:
    """An event by its address; None when there is none."""
    o = _ORGANISER.c
    row = session.execute(
        select(_EVENT, o.id.label("by_id"), o.slug.label("by_slug"), o.name.label("by_name"))
        .outerjoin(_ORGANISER, o.id == _EVENT.c.organiser_id)
        .where(_EVENT.c.slug == slug)
    ).one_or_none()
    if row is None:
        return None
    by = Kept(row.by_id, row.by_slug, row.by_name) if row.by_id is not None else None
    return KeptEvent(row.id, row.slug, row.name, row.place, row.country, by)


def names(session: Session, event_ids: Iterable[int]) -> dict[int, Kept]:
    """What the events of these numbers are called, and their addresses, by number."""
    e = _EVENT.c
    rows = session.execute(select(e.id, e.slug, e.name).where(e.id.in_(set(event_ids))))
    return {row.id: Kept(*row) for row in rows}


def organiser(session: Session, slug: str) -> Kept | None:
    """An organiser by its address; None when there is none."""
    row = session.execute(
        select(_ORGANISER.c.id, _ORGANISER.c.slug, _ORGANISER.c.name).where(_ORGANISER.c.slug == slug)
    ).one_or_none()
    return Kept(*row) if row else None


def slug_of(text: str, otherwise: str) -> str:
    """The address a name would like: in plain letters, or `otherwise` where it has none."""
    plain = folded(text).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_LENGTH].strip("-")
    return words if re.search(r"[a-z]", words) else otherwise


def free_slug(stem: str, taken: Callable[[list[str]], set[str]]) -> str:
    """`stem`, or the first number behind it that was never given; `taken` tells which of some addresses were."""
    start = 1
    while True:
        candidates = [stem if number == 1 else f"{stem}-{number}" for number in range(start, start + AT_ONCE)]
        given = taken(candidates)
        for slug in candidates:
            if slug not in given:
                return slug
        start += AT_ONCE


def _organiser(session: Session, name: str) -> int | None:
    key = folded(" ".join(name.split()))
    if not key:
        return None
    known: int | None = session.scalar(select(_ORGANISER.c.id).where(_ORGANISER.c.key == key))
    if known is None:
        slug = _free(session, _ORGANISER, slug_of(name, "organiser"))
        known = session.execute(
            insert(_ORGANISER).values(slug=slug, key=key, name=name).returning(_ORGANISER.c.id)
        ).scalar_one()
    return known


def _free(session: Session, table: Table, stem: str) -> str:
    return free_slug(
        stem, lambda among: set(session.scalars(select(table.c.slug).where(table.c.slug.in_(among))))
    )
