"""From a completed report to a public one, and what campaigners read."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from auditapp.domain.audit import AuditState, Event
from auditapp.domain.comparison import changes
from auditapp.domain.errors import AuditClosed, AuditNotFound, ReportNotFound
from auditapp.domain.report import Change, Publication, PublicationState, Report
from auditapp.domain.values import visible
from auditapp.proof.signing import Document
from auditapp.services import indexing
from auditapp.services.documents import read_all
from auditapp.services.links import token_hash
from auditapp.services.printing import Issued
from auditapp.storage import audits, documents, reports
from auditapp.storage.events import free_slug, slug_of
from auditapp.storage.files import Files
from auditapp.storage.gazetteer import NO_GAZETTEER, Gazetteer
from auditapp.storage.reports import Listing
from auditapp.storage.transactions import reading, writing

RESERVED = frozenset(
    {"compare", "index", "list", "new", "schema", "search", "feed", "statistics", "calendar"}
)
ATTEMPTS = 5

Issue = Callable[[Report, Publication], Issued]
"""Signs a report and makes its sealed PDF; raises RenderingFailed and KeysUnreadable."""

MakePdf = Callable[[Document, Publication], bytes]
"""Makes the sealed PDF of a document that is signed already."""


@dataclass(frozen=True)
class Replacement:
    """What replaced a report: the correction itself, the last correction of all, and what the first of them changed."""

    by: Publication
    latest: Publication
    changes: tuple[Change, ...]

    @property
    def is_withdrawn(self) -> bool:
        """Whether the correction was taken back, so that nothing of it may be shown."""
        return self.by.state is PublicationState.WITHDRAWN

    @property
    def further(self) -> Publication | None:
        """The last correction where it is another one and can be read."""
        is_readable = self.latest.state is not PublicationState.WITHDRAWN
        return self.latest if is_readable and self.latest.slug != self.by.slug else None


def completed_report(session: Session, key: str, token: str) -> Report:
    """The frozen report of a completed audit; raises AuditNotFound, also while there is none."""
    with reading(session):
        return read_all(session, [_completed(session, key, token)])[0]


def completed_document(session: Session, key: str, token: str) -> str:
    """The document of a completed audit as it was frozen, to the letter; raises as `completed_report` does."""
    with reading(session):
        return documents.whole(session, _completed(session, key, token))


def _completed(session: Session, key: str, token: str) -> documents.Stored:
    header = _header(session, key, token)
    found = reports.latest(session, header.id) if header.state is not AuditState.OPEN else None
    if found is None:
        raise AuditNotFound("no report has been made of this audit")
    return found[1]


def publish_report(
    session: Session,
    files: Files,
    key: str,
    token: str,
    *,
    today: dt.date,
    issue: Issue,
    gazetteer: Gazetteer = NO_GAZETTEER,
) -> Publication:
    """Make the report of a completed audit public for good. Publishing twice gives what was published.

    The PDF is made before anything is written: when it cannot be made, RenderingFailed is raised and nothing has
    changed. Raises AuditNotFound, and AuditClosed while the audit is open.
    """
    with reading(session):
        header = _header(session, key, token)
        found = reports.latest(session, header.id)
        if header.published_as is not None:
            return _published(session, header.published_as)
        if header.state is not AuditState.COMPLETED or found is None:
            raise AuditClosed("only a completed audit can be published")
        report_id, report = found[0], read_all(session, [found[1]])[0]
    for attempt in range(ATTEMPTS):
        publication = foreseen_publication(session, report, today=today)
        slug = publication.slug
        issued = issue(report, publication)
        try:
            with writing(session):
                header = _header(session, key, token, for_update=True)
                if header.published_as is not None:
                    return _published(session, header.published_as)
                latest = reports.latest(session, header.id)
                if header.state is not AuditState.COMPLETED or latest is None or latest[0] != report_id:
                    raise AuditClosed("the audit was reopened meanwhile")
                replaced = []
                if report.supersedes is not None:
                    replaced.append(reports.supersede(session, report.supersedes.slug, by=slug))
                entry = indexing.add_publication(
                    session,
                    audit_id=header.id,
                    report_id=report_id,
                    report=report,
                    publication=publication,
                    document=issued.document.content.decode(),
                    digest=issued.document.digest,
                    pdf_digest=hashlib.sha256(issued.pdf).hexdigest(),
                    lineage=header.lineage,
                    gazetteer=gazetteer,
                )
                indexing.take_in(session, [entry], replaced=replaced)
                audits.set_state(session, header.id, AuditState.PUBLISHED, published_as=slug)
                files.put(pdf_name(slug), issued.pdf)
            return publication
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("the last attempt returns or raises")


def foreseen_publication(session: Session, report: Report, *, today: dt.date) -> Publication:
    """What a report would be published as at this moment, if somebody did."""
    with reading(session):
        stem = address_of(report.event, report.completed_on)
        slug = free_slug(stem, lambda among: reports.taken(session, among))
    return Publication(slug=slug, state=PublicationState.LIVE, published_on=today)


def find_report(session: Session, slug: str) -> tuple[Publication, Report]:
    """A publication and its document, whatever its state; raises ReportNotFound."""
    found = find_reports(session, [slug])
    if slug not in found:
        raise ReportNotFound(slug)
    return found[slug]


def find_reports(
    session: Session, slugs: Sequence[str], *, to_compare: bool = False
) -> dict[str, tuple[Publication, Report]]:
    """Publication and document of each address that is known, in one query; `to_compare` as in `documents.read_all`."""
    with reading(session):
        return _find(session, slugs, to_compare=to_compare)


def find_publication(session: Session, slug: str) -> Publication:
    """A publication without its document; raises ReportNotFound."""
    with reading(session):
        return _published(session, slug)


def find_listing(session: Session, slug: str) -> tuple[Publication, Listing]:
    """A publication and what a list would show of its report, whatever its state; raises ReportNotFound.

    Opens no document, so that it serves what is asked for often.
    """
    with reading(session):
        found = reports.listing(session, slug)
    if found is None:
        raise ReportNotFound(slug)
    return found


def replacement_of(session: Session, publication: Publication, report: Report) -> Replacement | None:
    """What came after a report and how it differs; None while nothing did.

    The later report says itself what changed, unless it was made before another correction came in between: then the
    two documents are compared. Of a later report that was withdrawn nothing is told.
    """
    if publication.superseded_by is None:
        return None
    with reading(session):
        by, later = _find(session, [publication.superseded_by])[publication.superseded_by]
        latest = _published(session, reports.last_correction(session, by.slug))
    if by.state is PublicationState.WITHDRAWN:
        return Replacement(by, latest, changes=())
    said = later.supersedes
    if said is not None and said.slug == publication.slug:
        return Replacement(by, latest, said.changes)
    return Replacement(by, latest, changes(report, later))


def report_document(session: Session, slug: str) -> tuple[Publication, str]:
    """A publication and its document as it was frozen, to the letter; raises ReportNotFound."""
    with reading(session):
        found = reports.find(session, [slug])
        if slug not in found:
            raise ReportNotFound(slug)
        publication, stored = found[slug]
        return publication, documents.whole(session, stored)


def published_pdf(
    session: Session, files: Files, slug: str, *, make: MakePdf
) -> tuple[Publication, bytes | None]:
    """A publication and its PDF as it was made when it was published; None once it is withdrawn. Raises ReportNotFound.

    A report that was published without one, as simulated ones are, gets it at the first request, for good: then `make`
    is called, and may raise RenderingFailed.
    """
    publication = find_publication(session, slug)
    if publication.state is PublicationState.WITHDRAWN:
        return publication, None
    with reading(session):
        waiting = reports.without_pdf(session, slug)
        document = documents.whole(session, waiting.document).encode() if waiting else b""
        report = read_all(session, [waiting.document])[0] if waiting else None
    if waiting is not None and report is not None:
        pdf = make(Document(document, report, waiting.digest), publication)
        with writing(session):
            if reports.add_pdf(session, slug, hashlib.sha256(pdf).hexdigest()):
                files.put(pdf_name(slug), pdf)
    return publication, files.get(pdf_name(slug))


def withdraw_report(
    session: Session, key: str, token: str, slug: str, *, reason: str, today: dt.date
) -> Publication:
    """Take a published report back. The address, the day and the reason stay for good.

    Withdrawing twice changes nothing. Raises AuditNotFound unless the audit is the one the report came from, and
    ValueError without a reason that everybody can read.
    """
    if not visible(reason).strip():
        raise ValueError("a withdrawal needs a reason")
    with writing(session):
        header = _header(session, key, token, for_update=True)
        found = reports.publication(session, slug)
        if found is None or found[1] != header.id:
            raise AuditNotFound(slug)
        if found[0].state is not PublicationState.WITHDRAWN:
            indexing.take_out(session, *reports.withdraw(session, slug, reason=reason.strip(), on=today))
        return _published(session, slug)


def titles_given(session: Session, titles: Sequence[str]) -> set[str]:
    """Those of these titles under which a report was ever published, withdrawn ones among them."""
    with reading(session):
        return reports.titles(session, titles)


def newest_report(session: Session) -> Listing | None:
    """The report published last and still live; None when there is none."""
    with reading(session):
        return reports.newest(session)


def address_of(event: Event, completed_on: dt.date) -> str:
    """The address its report would like: its title in plain letters, or its year where the title has none."""
    words = slug_of(event.title, f"report-{(event.date or completed_on).year}")
    return f"{words}-report" if words in RESERVED else words


def is_taken(session: Session, slug: str) -> bool:
    """Whether this address was ever given."""
    with reading(session):
        return bool(reports.taken(session, [slug]))


def pdf_name(slug: str) -> str:
    """The name a published PDF is kept under."""
    return f"{slug}.pdf"


def _header(session: Session, key: str, token: str, *, for_update: bool = False) -> audits.Header:
    header = audits.header(session, key, token_hash(token), for_update=for_update)
    if header is None:
        raise AuditNotFound(key)
    return header


def _published(session: Session, slug: str) -> Publication:
    found = reports.publication(session, slug)
    if found is None:
        raise ReportNotFound(slug)
    return found[0]


def _find(
    session: Session, slugs: Sequence[str], *, to_compare: bool = False
) -> dict[str, tuple[Publication, Report]]:
    found = reports.find(session, slugs)
    read = read_all(session, [stored for _publication, stored in found.values()], to_compare=to_compare)
    return {
        slug: (publication, report)
        for (slug, (publication, _stored)), report in zip(found.items(), read, strict=True)
    }
