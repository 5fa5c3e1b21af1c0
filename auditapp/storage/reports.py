"""Frozen reports, and what is public of them."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Table,
    and_,
    case,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from auditapp.domain.quick import Scope
from auditapp.domain.report import Publication, PublicationState, Report
from auditapp.domain.scoring import Count
from auditapp.storage.rows import PublicationRow, ReportRow

_REPORT = cast(Table, ReportRow.__table__)
_PUBLICATION = cast(Table, PublicationRow.__table__)

PLACE_SHOWN = 200
"""Characters of town and country in the list; a search still finds the rest."""

NO_LEVEL = "none"
"""What stands for "no level" in a search."""
ESSENTIALS_ONLY = "essentials-only"
"""What stands in a search for reports on nothing but the quick audit, in place of a level."""
# Written out, not bound: PostgreSQL takes two bound values in SELECT and GROUP BY for two different expressions.
_RESULT: ColumnElement[Any] = case(
    (
        _PUBLICATION.c.scope == literal_column(f"'{Scope.QUICK.value}'"),
        literal_column(f"'{ESSENTIALS_ONLY}'"),
    ),
    else_=_PUBLICATION.c.level,
)


class SectionShare(NamedTuple):
    """A section in the list: its letter and its points, as numbers to draw."""

    code: str
    points: float
    possible: float
    evidenced: float


class Listing(NamedTuple):
    """A published report as a list shows it.

    One on nothing but the quick audit has no percentages. Reports published before essentials were counted in the list
    have None there.
    """

    slug: str
    title: str
    place: str
    organiser: str
    year: int
    checklist: str
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
    sections: tuple[SectionShare, ...]

    @property
    def essentials_only(self) -> Count | None:
        """The whole result of a report on nothing but the quick audit, else None."""
        if self.scope != Scope.QUICK or self.essentials_met is None or self.essentials_applicable is None:
            return None
        return Count(met=self.essentials_met, applicable=self.essentials_applicable)


class Facet(NamedTuple):
    """A value the list can be narrowed to, what it is called, and how many reports have it."""

    value: str
    label: str
    reports: int


class Search(NamedTuple):
    """What a campaigner looks for. Empty parts do not narrow; several values of one part widen it."""

    q: str = ""
    checklists: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    order: str = "newest"


def folded(text: str) -> str:
    """Text as it is searched: without accents and case, so that "lodz" finds "Łódź" on every database."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_UNDECOMPOSED))
    return "".join(character for character in plain if not unicodedata.combining(character))


_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)


def add(session: Session, audit_id: int, report: Report) -> int:
    """Keep a frozen report; the number of its row."""
    statement = (
        insert(_REPORT)
        .values(audit_id=audit_id, document=report.model_dump_json(), completed_on=report.completed_on)
        .returning(_REPORT.c.id)
    )
    return int(session.execute(statement).scalar_one())


def latest(session: Session, audit_id: int) -> tuple[int, str] | None:
    """Row and document of the last report on an audit; None when there is none."""
    found = session.execute(
        select(_REPORT.c.id, _REPORT.c.document)
        .where(_REPORT.c.audit_id == audit_id)
        .order_by(_REPORT.c.id.desc())
        .limit(1)
    ).one_or_none()
    return (found.id, found.document) if found else None


def taken(session: Session, stem: str) -> set[str]:
    """Every address ever given that is `stem`, or `stem` with a number."""
    pattern = _like(stem) + "-%"
    rows = session.scalars(
        select(_PUBLICATION.c.slug).where(
            or_(_PUBLICATION.c.slug == stem, _PUBLICATION.c.slug.like(pattern, escape="\\"))
        )
    )
    return set(rows)


def publish(
    session: Session,
    *,
    audit_id: int,
    report_id: int,
    report: Report,
    publication: Publication,
    document: str,
    digest: str,
    pdf_digest: str,
) -> None:
    """Make a report public under its address, with its document as it was signed."""
    session.execute(update(_REPORT).where(_REPORT.c.id == report_id).values(signed=document))
    event, score, level = report.event, report.score, report.level
    is_whole = report.scope is Scope.WHOLE
    session.execute(
        insert(_PUBLICATION).values(
            slug=publication.slug,
            report_id=report_id,
            audit_id=audit_id,
            state=publication.state.value,
            published_on=publication.published_on,
            reason="",
            expires_on=report.expires_on,
            digest=digest,
            pdf_digest=pdf_digest,
            title=report.title,
            place=", ".join(part for part in (event.place, event.country) if part)[:PLACE_SHOWN],
            organiser=event.organiser,
            searched=folded(" ".join((report.title, event.place, event.country, event.organiser))),
            year=(event.date or report.completed_on).year,
            checklist=report.checklist.ref,
            checklist_id=report.checklist.id,
            checklist_name=report.checklist.name,
            level=level.id if level else None,
            level_title=level.title if level else None,
            scope=report.scope.value,
            essentials_met=score.essentials.met,
            essentials_applicable=score.essentials.applicable,
            percent=score.total.percent if is_whole else None,
            evidenced_percent=score.total.evidenced_percent if is_whole else None,
            points=str(score.total.points),
            possible=str(score.total.possible),
            answers_given=report.answers_given,
            answers_evidenced=report.answers_evidenced,
            distance=_number(report.facts.get("distance")),
            field_size=_number(report.facts.get("starters")),
            sections=json.dumps(
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
        )
    )


def last_correction(session: Session, slug: str) -> str:
    """The publication that stands at the end when one follows from `slug` what superseded what; often `slug` itself."""
    p = _PUBLICATION
    chain = select(p.c.slug, p.c.superseded_by).where(p.c.slug == slug).cte("chain", recursive=True)
    chain = chain.union(select(p.c.slug, p.c.superseded_by).join(chain, p.c.slug == chain.c.superseded_by))
    last: str = session.scalars(select(chain.c.slug).where(chain.c.superseded_by.is_(None))).one()
    return last


def supersede(session: Session, slug: str, by: str) -> None:
    """Let `by` replace a publication, or the last correction of it, so that of all corrections one is live.

    One that was withdrawn stays withdrawn. Call this before `by` is added.
    """
    replaced = False
    while not replaced:  # goes round again only when somebody else's correction came first
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
        )
        replaced = cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def withdraw(session: Session, slug: str, *, reason: str, on: dt.date) -> None:
    """Take a publication back; its address, the day and the reason stay."""
    session.execute(
        update(_PUBLICATION)
        .where(_PUBLICATION.c.slug == slug)
        .values(state=PublicationState.WITHDRAWN.value, withdrawn_on=on, reason=reason)
    )


def publication(session: Session, slug: str) -> tuple[Publication, int] | None:
    """A publication and the row of its audit, without opening the document; None at an unknown address."""
    found = session.execute(select(_PUBLICATION).where(_PUBLICATION.c.slug == slug)).one_or_none()
    return (_publication(found), found.audit_id) if found else None


def listing(session: Session, slug: str) -> tuple[Publication, Listing] | None:
    """A publication as a list would show it, whatever its state, without opening the document; None when unknown."""
    found = session.execute(select(_PUBLICATION).where(_PUBLICATION.c.slug == slug)).one_or_none()
    return (_publication(found), _listing(found)) if found else None


def find(session: Session, slugs: Sequence[str]) -> dict[str, tuple[Publication, str]]:
    """Publication and document of each address that is known, in one query."""
    rows = session.execute(
        select(_PUBLICATION, func.coalesce(_REPORT.c.signed, _REPORT.c.document).label("frozen"))
        .join(_REPORT, _REPORT.c.id == _PUBLICATION.c.report_id)
        .where(_PUBLICATION.c.slug.in_(slugs))
    )
    return {row.slug: (_publication(row), row.frozen) for row in rows}


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
        select(_PUBLICATION).where(p.digest.like(f"{_like(start)}%", escape="\\")).order_by(p.id)
    )
    return tuple(Found(_publication(row), row.expires_on, row.digest, row.pdf_digest) for row in rows)


def titles(session: Session, among: Sequence[str]) -> set[str]:
    """Those of these titles that any publication has, whatever its state."""
    return set(session.scalars(select(_PUBLICATION.c.title).where(_PUBLICATION.c.title.in_(among))))


def newest(session: Session) -> Listing | None:
    """The report published last and still live; None when there is none."""
    found = session.execute(_listed(Search()).limit(1)).one_or_none()
    return _listing(found) if found else None


def search(session: Session, wanted: Search, *, offset: int, limit: int) -> tuple[Listing, ...]:
    """The live reports that fit, in the order asked for."""
    return tuple(_listing(row) for row in session.execute(_listed(wanted).offset(offset).limit(limit)))


def count(session: Session, wanted: Search) -> int:
    """How many live reports fit."""
    return session.scalar(select(func.count()).select_from(_PUBLICATION).where(_fits(wanted))) or 0


def facets(session: Session, wanted: Search) -> dict[str, tuple[Facet, ...]]:
    """For checklist, level and year, how many reports each value has; a part's own choice does not narrow it."""
    p = _PUBLICATION.c
    return {
        "checklist": _counted(session, wanted._replace(checklists=()), p.checklist, p.checklist_name),
        "level": _counted(session, wanted._replace(levels=()), _RESULT, p.level_title),
        "year": tuple(reversed(_counted(session, wanted._replace(years=()), p.year, p.year))),
    }


def any_of(session: Session, audit_id: int) -> bool:
    """Whether anything of this audit was ever published."""
    return bool(session.scalar(select(exists().where(_PUBLICATION.c.audit_id == audit_id))))


def _counted(
    session: Session, wanted: Search, value: ColumnElement[Any], label: ColumnElement[Any]
) -> tuple[Facet, ...]:
    rows = session.execute(
        select(value.label("value"), func.max(label).label("label"), func.count().label("number"))
        .where(_fits(wanted))
        .group_by(value)
        .order_by(value)
    )
    return tuple(
        Facet(
            NO_LEVEL if row.value is None else str(row.value),
            "" if row.label is None else str(row.label),
            row.number,
        )
        for row in rows
    )


def _listed(wanted: Search) -> Any:
    p = _PUBLICATION.c
    order = (
        (func.coalesce(p.evidenced_percent, -1).desc(), p.id.desc())
        if wanted.order == "evidence"
        else (p.published_on.desc(), p.id.desc())
    )
    return select(_PUBLICATION).where(_fits(wanted)).order_by(*order)


def _fits(wanted: Search) -> ColumnElement[bool]:
    p = _PUBLICATION.c
    conditions = [p.state == PublicationState.LIVE.value]
    for word in folded(wanted.q).split():
        conditions.append(p.searched.like(f"%{_like(word)}%", escape="\\"))
    if wanted.checklists:
        conditions.append(or_(p.checklist.in_(wanted.checklists), p.checklist_id.in_(wanted.checklists)))
    if wanted.levels:
        named = _RESULT.in_([level for level in wanted.levels if level != NO_LEVEL])
        conditions.append(or_(named, _RESULT.is_(None)) if NO_LEVEL in wanted.levels else named)
    if wanted.years:
        conditions.append(p.year.in_(wanted.years))
    return and_(*conditions)


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return None


def _publication(row: Any) -> Publication:
    return Publication(
        slug=row.slug,
        state=PublicationState(row.state),
        published_on=row.published_on,
        withdrawn_on=row.withdrawn_on,
        reason=row.reason,
        superseded_by=row.superseded_by,
    )


def _listing(row: Any) -> Listing:
    parts = {name: getattr(row, name) for name in Listing._fields if name not in ("sections", "state")}
    return Listing(
        **parts,
        state=PublicationState(row.state),
        sections=tuple(SectionShare(*part) for part in json.loads(row.sections)),
    )
