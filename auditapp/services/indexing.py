"""Published reports taken into the index: what they are found under, which event they are about, and which is its latest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from auditapp.domain.geography import Position
from auditapp.domain.report import Publication, Report
from auditapp.services.countries import country_code
from auditapp.services.documents import read_all
from auditapp.services.places import position_of
from auditapp.storage import events, numbered, postings, reports
from auditapp.storage.events import Gathered
from auditapp.storage.gazetteer import NO_GAZETTEER, Gazetteer
from auditapp.storage.terms import LATEST, LIVE, terms_of
from auditapp.storage.transactions import reading, writing

AT_ONCE = 100
"""Reports taken in at once where many are waiting."""


class Entry(NamedTuple):
    """A publication the index has yet to take in, by its number."""

    number: int
    event_id: int
    terms: tuple[str, ...]
    live: bool = True


def add_publication(
    session: Session,
    *,
    audit_id: int,
    report_id: int,
    report: Report,
    publication: Publication,
    document: str,
    digest: str,
    pdf_digest: str | None,
    lineage: str | None,
    gazetteer: Gazetteer,
) -> Entry:
    """Make a report public under the event it is about. The index is told by `take_in`, in the same transaction.

    `lineage` is the address of the published report it follows or corrects.
    """
    country, position = country_code(report.event.country), position_of(gazetteer, report.event)
    gathered = events.gather(session, report.event, country=country, lineage=lineage)
    number = reports.publish(
        session,
        audit_id=audit_id,
        report_id=report_id,
        report=report,
        publication=publication,
        document=document,
        digest=digest,
        pdf_digest=pdf_digest,
        gathered=gathered,
        country=country,
        position=position,
    )
    return entry(number, report, gathered, country, position)


def entry(
    number: int,
    report: Report,
    gathered: Gathered,
    country: str,
    position: Position | None,
    *,
    live: bool = True,
) -> Entry:
    """What the index is told of a report."""
    terms = tuple(terms_of(report, country=country, position=position))
    return Entry(number, gathered.event_id, terms, live)


def take_in(session: Session, entries: Sequence[Entry], *, replaced: Iterable[int] = ()) -> None:
    """Let publications be found; those of `replaced` are live no longer."""
    add: dict[str, list[int]] = defaultdict(list)
    for one in entries:
        for term in one.terms:
            add[term].append(one.number)
        if one.live:
            add[LIVE].append(one.number)
    _change(session, add, gone=list(replaced), event_ids={one.event_id for one in entries})


def take_out(session: Session, number: int, event_id: int) -> None:
    """Let a publication be live no longer."""
    _change(session, {}, gone=[number], event_ids={event_id})


def index_missing(session: Session, gazetteer: Gazetteer = NO_GAZETTEER) -> int:
    """Take in what was published before there was an index; how many reports that were.

    Corrections come after what they correct, so that they find its event.
    """
    done = 0
    while True:
        with reading(session):
            waiting = numbered.not_indexed(session, limit=AT_ONCE)
            found = read_all(session, [one.document for one in waiting])
        if not waiting:
            return done
        with writing(session):
            entries = []
            for one, report in zip(waiting, found, strict=True):
                country, position = country_code(report.event.country), position_of(gazetteer, report.event)
                lineage = report.supersedes.slug if report.supersedes else None
                gathered = events.gather(session, report.event, country=country, lineage=lineage)
                numbered.gathered(session, one.number, report, gathered, country=country, position=position)
                entries.append(entry(one.number, report, gathered, country, position, live=one.live))
            take_in(session, entries)
        done += len(waiting)


def index_anew(session: Session, done: Callable[[int], None], gazetteer: Gazetteer = NO_GAZETTEER) -> None:
    """Make the index anew from the documents, with the events reports are gathered under; `done` is told of each batch.

    Until it is through, searches find what has been taken in so far. Reports published meanwhile are in it. Each is placed
    where its town lies, and stays where it was when that is not known.
    """
    with writing(session):
        postings.forget(session)
    last = 0
    while True:
        with reading(session):
            some = numbered.indexed(session, after=last, limit=AT_ONCE)
            found = read_all(session, [one.waiting.document for one in some])
        if not some:
            return
        with writing(session):
            entries, placed = [], {}
            for one, report in zip(some, found, strict=True):
                number, live = one.waiting.number, one.waiting.live
                position = position_of(gazetteer, report.event) or one.position
                if position is not None and position != one.position:
                    placed[number] = position
                entries.append(entry(number, report, one.under, one.country, position, live=live))
            numbered.placed(session, placed)
            take_in(session, entries)
        last = some[-1].waiting.number
        done(len(some))


def lacks_places(session: Session) -> bool:
    """Whether all reports were published before events had a place, or lie nowhere that is known: `index_anew` finds out."""
    with reading(session):
        return numbered.nowhere(session)


def _change(
    session: Session, add: dict[str, list[int]], *, gone: Sequence[int], event_ids: Iterable[int]
) -> None:
    latest, others = numbered.latest_of(session, event_ids)
    postings.change(session, add={**add, LATEST: latest}, remove={LIVE: gone, LATEST: [*others, *gone]})
