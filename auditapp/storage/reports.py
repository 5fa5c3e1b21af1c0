"""Frozen reports, and what is public of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    CursorResult,
    Table,
    bindparam,
    case,
    exists,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session

from auditapp.domain import bands
from auditapp.domain.geography import Position
from auditapp.domain.quick import Scope
from auditapp.domain.report import Publication, PublicationState, Report
from auditapp.domain.scoring import Count
from auditapp.storage import documents
from auditapp.storage.documents import Stored
from auditapp.storage.events import Gathered
from auditapp.storage.rows import AuditRow, EventRow, OrganiserRow, PublicationRow, ReportRow

_REPORT = cast(Table, ReportRow.__table__)
_PUBLICATION = cast(Table, PublicationRow.__table__)
_AUDIT = cast(Table, AuditRow.__table__)
_EVENT = cast(Table, EventRow.__table__)
_ORGANISER = cast(Table, OrganiserRow.__table__)

# Put together once: that takes longer than running one.
_ADD = insert(_REPORT).returning(_REPORT.c.id)
_PUBLISH = insert(_PUBLICATION).returning(_PUBLICATION.c.id)
_SIGN = update(_REPORT).where(_REPORT.c.id == bindparam("of"))

PLACE_SHOWN = 200
"""Characters of town and country in the list; a search still finds the rest."""

_LISTED = (
    select(_PUBLICATION, _EVENT.c.slug.label("event"), _ORGANISER.c.slug.label("by"))
    .outerjoin(_EVENT, _EVENT.c.id == _PUBLICATION.c.event_id)
    .outerjoin(_ORGANISER, _ORGANISER.c.id == _PUBLICATION.c.organiser_id)
)


class Strength(NamedTuple):
    """A criterion the report meets in full, and whether evidence shows it."""

    code: str
    title: str
    evidenced: bool


class SectionShare(NamedTuple):
    """A section in the list: its letter and its points, as numbers to draw."""

    code: str
    points: float
    possible: float
    evidenced: float


class Listing(NamedTuple):
    """A published report as a list shows it.

    One on nothing but the quick audit has no percentages. Reports published before essentials were counted in the list
    have None there. `event` and `by` are the addresses of its event and its organiser, `country` an ISO code where the
    country is known by its name. `strengths` are up to three criteria it meets in full.
    """

    slug: str
    title: str
    place: str
    organiser: str
    year: int
    checklist: str
    checklist_id: str
    checklist_name: str
    level: str | None
    level_title: str | None
    scope: str
    essentials_met: int | None
    essentials_applicable: int | None
    percent: int | None
    evidenced_percent: int | None
    points: str
    possible: str
    answers_given: int
    answers_evidenced: int
    distance: float | None
    field_size: float | None
    published_on: dt.date
    expires_on: dt.date
    state: PublicationState
    country: str
    edition_on: dt.date | None
    event_id: int
    event: str
    by: str | None
    sections: tuple[SectionShare, ...]
    strengths: tuple[Strength, ...]
    latitude: float | None
    longitude: float | None

    @property
    def position(self) -> Position | None:
        """Where its town lies; None where that is not known."""
        if self.latitude is None or self.longitude is None:
            return None
        return Position(self.latitude, self.longitude)

    @property
    def essentials_only(self) -> Count | None:
        """The whole result of a report on nothing but the quick audit, else None."""
        if self.scope != Scope.QUICK or self.essentials_met is None or self.essentials_applicable is None:
            return None
        return Count(met=self.essentials_met, applicable=self.essentials_applicable)


def add(session: Session, audit_id: int, report: Report) -> int:
    """Keep a frozen report; the number of its row."""
    stored = documents.keep_report(session, report)
    values = {
        "audit_id": audit_id,
        "document": stored.rest,
        "wording": stored.wording,
        "completed_on": report.completed_on,
    }
    return int(session.execute(_ADD, values).scalar_one())


def latest(session: Session, audit_id: int) -> tuple[int, Stored] | None:
    """Row and document of the last report on an audit; None when there is none."""
    found = session.execute(
        select(_REPORT.c.id, _REPORT.c.document, _REPORT.c.wording)
        .where(_REPORT.c.audit_id == audit_id)
        .order_by(_REPORT.c.id.desc())
        .limit(1)
    ).one_or_none()
    return (found.id, Stored(found.document, found.wording)) if found else None


def taken(session: Session, among: Sequence[str]) -> set[str]:
    """Those of these addresses that were ever given."""
    return set(session.scalars(select(_PUBLICATION.c.slug).where(_PUBLICATION.c.slug.in_(among))))


def publish(
    session: Session,
    *,
    audit_id: int,
    report_id: int,
    report: Report,
    publication: Publication,
    document: str,
    digest: str,
    pdf_digest: str | None,
    gathered: Gathered,
    country: str,
    position: Position | None,
) -> int:
    """Make a report public under its address, with its document as it was signed; the number it is found by."""
    signed = documents.keep(session, document)
    session.execute(_SIGN, {"of": report_id, "signed": signed.rest, "signed_wording": signed.wording})
    event, score, level = report.event, report.score, report.level
    is_whole = report.scope is Scope.WHOLE
    values = {
        "slug": publication.slug,
        "report_id": report_id,
        "audit_id": audit_id,
        "state": publication.state.value,
        "published_on": publication.published_on,
        "reason": "",
        "expires_on": report.expires_on,
        "digest": digest,
        "pdf_digest": pdf_digest,
        "title": report.title,
        "place": ", ".join(part for part in (event.place, event.country) if part)[:PLACE_SHOWN],
        "organiser": event.organiser,
        "country": country,
        "latitude": position and position.latitude,
        "longitude": position and position.longitude,
        "event_id": gathered.event_id,
        "organiser_id": gathered.organiser_id,
        "edition_on": event.date,
        "year": (event.date or report.completed_on).year,
        "checklist": report.checklist.ref,
        "checklist_id": report.checklist.id,
        "checklist_name": report.checklist.name,
        "level": level.id if level else None,
        "level_title": level.title if level else None,
        "scope": report.scope.value,
        "essentials_met": score.essentials.met,
        "essentials_applicable": score.essentials.applicable,
        "percent": score.total.percent if is_whole else None,
        "evidenced_percent": score.total.evidenced_percent if is_whole else None,
        "points": str(score.total.points),
        "possible": str(score.total.possible),
        "answers_given": report.answers_given,
        "answers_evidenced": report.answers_evidenced,
        "distance": bands.distance_of(report.facts),
        "field_size": bands.size_of(report.facts),
        "sections": json.dumps(
            [
                (
                    report.checklist.section(s.id).code,
                    float(s.points),
                    float(s.possible),
                    float(s.evidenced),
                )
                for s in score.sections
            ]
        ),
        "strengths": strengths_json(report),
    }
    return int(session.execute(_PUBLISH, values).scalar_one())


def strengths_json(report: Report) -> str:
    """What a list tells of the strengths of a report."""
    told = ((report.criterion(one), one.evidenced_points > 0) for one in report.strongest)
    return json.dumps(
        [(criterion.code, criterion.title, shown) for criterion, shown in told], ensure_ascii=False
    )


def last_correction(session: Session, slug: str) -> str:
    """The publication that stands at the end when one follows from `slug` what superseded what; often `slug` itself."""
    p = _PUBLICATION
    chain = select(p.c.slug, p.c.superseded_by).where(p.c.slug == slug).cte("chain", recursive=True)
    chain = chain.union(select(p.c.slug, p.c.superseded_by).join(chain, p.c.slug == chain.c.superseded_by))
    last: str = session.scalars(select(chain.c.slug).where(chain.c.superseded_by.is_(None))).one()
    return last


def supersede(session: Session, slug: str, by: str) -> int:
    """Let `by` replace a publication, or the last correction of it, so that of all corrections one is live.

    The number of the one that was replaced. One that was withdrawn stays withdrawn. Call this before `by` is added.
    """
    replaced: int | None = None
    while replaced is None:  # goes round again only when somebody else's correction came first
        statement = (
            update(_PUBLICATION)
            .where(
                _PUBLICATION.c.slug == last_correction(session, slug), _PUBLICATION.c.superseded_by.is_(None)
            )
            .values(
                superseded_by=by,
                state=case(
                    (
                        _PUBLICATION.c.state == PublicationState.LIVE.value,
                        PublicationState.SUPERSEDED.value,
                    ),
                    else_=_PUBLICATION.c.state,
                ),
            )
            .returning(_PUBLICATION.c.id)
        )
        replaced = session.execute(statement).scalar_one_or_none()
    return replaced


def withdraw(session: Session, slug: str, *, reason: str, on: dt.date) -> tuple[int, int]:
    """Take a publication back; its address, the day and the reason stay. Its number, and that of its event."""
    row = session.execute(
        update(_PUBLICATION)
        .where(_PUBLICATION.c.slug == slug)
        .values(state=PublicationState.WITHDRAWN.value, withdrawn_on=on, reason=reason)
        .returning(_PUBLICATION.c.id, _PUBLICATION.c.event_id)
    ).one()
    return row.id, row.event_id


def publication(session: Session, slug: str) -> tuple[Publication, int] | None:
    """A publication and the row of its audit, without opening the document; None at an unknown address."""
    found = session.execute(select(_PUBLICATION).where(_PUBLICATION.c.slug == slug)).one_or_none()
    return (_publication(found), found.audit_id) if found else None


def listing(session: Session, slug: str) -> tuple[Publication, Listing] | None:
    """A publication as a list would show it, whatever its state, without opening the document; None when unknown."""
    found = session.execute(_LISTED.where(_PUBLICATION.c.slug == slug)).one_or_none()
    return (_publication(found), _listing(found)) if found else None


def find(session: Session, slugs: Sequence[str]) -> dict[str, tuple[Publication, Stored]]:
    """Publication and document of each address that is known, in one query."""
    r = _REPORT.c
    rows = session.execute(
        select(_PUBLICATION, r.document, r.wording, r.signed, r.signed_wording)
        .join(_REPORT, r.id == _PUBLICATION.c.report_id)
        .where(_PUBLICATION.c.slug.in_(slugs))
    )
    return {row.slug: (_publication(row), frozen(row)) for row in rows}


BEHIND_EVERY_DIGIT = "g"
"""The first letter behind the hexadecimal digits, in the order of every language."""


class Found(NamedTuple):
    """A publication found by its digest, the day it runs out, and the digests of its document and its PDF."""

    publication: Publication
    expires_on: dt.date
    digest: str
    pdf_digest: str


def by_digest(session: Session, start: str) -> tuple[Found, ...]:
    """The publications whose digest begins with these hexadecimal digits: nearly always one, or none."""
    p = _PUBLICATION.c
    rows = session.execute(
        select(_PUBLICATION)
        .where(p.digest >= start, p.digest < f"{start}{BEHIND_EVERY_DIGIT}")
        .order_by(p.id)
    )
    return tuple(Found(_publication(row), row.expires_on, row.digest, row.pdf_digest) for row in rows)


class Unprinted(NamedTuple):
    """A signed document of which no PDF was ever made, and its digest."""

    document: Stored
    digest: str


def without_pdf(session: Session, slug: str) -> Unprinted | None:
    """The signed document behind a publication without a PDF; None for any other."""
    r, p = _REPORT.c, _PUBLICATION.c
    row = session.execute(
        select(p.digest, r.signed, r.signed_wording)
        .join(_REPORT, r.id == p.report_id)
        .where(p.slug == slug, p.pdf_digest.is_(None), p.digest.is_not(None), r.signed.is_not(None))
    ).one_or_none()
    return Unprinted(Stored(row.signed, row.signed_wording), row.digest) if row else None


def add_pdf(session: Session, slug: str, pdf_digest: str) -> bool:
    """Note the PDF that was made of a publication without one; False when somebody else was first."""
    statement = (
        update(_PUBLICATION)
        .where(_PUBLICATION.c.slug == slug, _PUBLICATION.c.pdf_digest.is_(None))
        .values(pdf_digest=pdf_digest)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def titles(session: Session, among: Sequence[str]) -> set[str]:
    """Those of these titles that any publication has, whatever its state."""
    return set(session.scalars(select(_PUBLICATION.c.title).where(_PUBLICATION.c.title.in_(among))))


def newest(session: Session) -> Listing | None:
    """The report published last and still live; None when there is none."""
    found = session.execute(
        _LISTED.where(_PUBLICATION.c.state == PublicationState.LIVE.value)
        .order_by(_PUBLICATION.c.id.desc())
        .limit(1)
    ).one_or_none()
    return _listing(found) if found else None


def listings(session: Session, numbers: Sequence[int]) -> tuple[Listing, ...]:
    """The live reports of these numbers, in this order."""
    rows = session.execute(
        _LISTED.where(_PUBLICATION.c.id.in_(numbers), _PUBLICATION.c.state == PublicationState.LIVE.value)
    )
    there = {row.id: _listing(row) for row in rows}
    return tuple(there[number] for number in numbers if number in there)


def is_any_published(session: Session, *, but: str) -> bool:
    """Whether anything was ever published of an audit whose key does not begin so."""
    of_others = (
        select(_PUBLICATION.c.id)
        .join(_AUDIT, _AUDIT.c.id == _PUBLICATION.c.audit_id)
        .where(~_AUDIT.c.key.startswith(but, autoescape=True))
    )
    return bool(session.scalar(select(of_others.exists())))


def any_of(session: Session, audit_id: int) -> bool:
    """Whether anything of this audit was ever published."""
    return bool(session.scalar(select(exists().where(_PUBLICATION.c.audit_id == audit_id))))


def frozen(row: Any) -> Stored:
    """The document as it was signed; one published before documents were signed, as it was completed."""
    if row.signed is None:
        return Stored(row.document, row.wording)
    return Stored(row.signed, row.signed_wording)


def _publication(row: Any) -> Publication:
    return Publication(
        slug=row.slug,
        state=PublicationState(row.state),
        published_on=row.published_on,
        withdrawn_on=row.withdrawn_on,
        reason=row.reason,
        superseded_by=row.superseded_by,
    )


OTHERWISE = ("sections", "state", "strengths")
"""Parts of a listing that are not kept as they are shown."""


def _listing(row: Any) -> Listing:
    parts = {name: getattr(row, name) for name in Listing._fields if name not in OTHERWISE}
    return Listing(
        **parts,
        state=PublicationState(row.state),
        sections=tuple(SectionShare(*part) for part in json.loads(row.sections)),
        strengths=tuple(Strength(*one) for one in json.loads(row.strengths)),
    )
