"""From a completed report to a public one, and what campaigners read."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from auditapp.domain.audit import AuditState
from auditapp.domain.comparison import changes
from auditapp.domain.errors import AuditClosed, AuditNotFound, ReportNotFound
from auditapp.domain.report import Change, Publication, PublicationState, Report
from auditapp.domain.values import visible
from auditapp.services.auditing import token_hash
from auditapp.services.documents import read_report
from auditapp.services.printing import Issued
from auditapp.storage import audits, reports
from auditapp.storage.files import Files
from auditapp.storage.reports import Facet, Listing, Search
from auditapp.storage.transactions import reading, writing

SLUG_LENGTH = 75
"""Characters of an address; with a number behind it, it stays within 80."""
RESERVED = frozenset({"compare", "index", "new", "schema", "search", "feed"})
ATTEMPTS = 5

Issue = Callable[[Report, Publication], Issued]
"""Signs a report and makes its sealed PDF; raises RenderingFailed and KeysUnreadable."""


@dataclass(frozen=True)
class Page:
    """One page of a search: what it shows, how many there are in all, and what the list can be narrowed to."""

    items: tuple[Listing, ...]
    total: int
    page: int
    pages: int
    facets: dict[str, tuple[Facet, ...]]


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
    return read_report(completed_document(session, key, token))


def completed_document(session: Session, key: str, token: str) -> str:
    """The document of a completed audit as it was frozen, to the letter; raises as `completed_report` does."""
    with reading(session):
        header = _header(session, key, token)
        found = reports.latest(session, header.id) if header.state is not AuditState.OPEN else None
    if found is None:
        raise AuditNotFound("no report has been made of this audit")
    return found[1]


def publish_report(
    session: Session, files: Files, key: str, token: str, *, today: dt.date, issue: Issue
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
    report_id, report = found[0], read_report(found[1])
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
                if report.supersedes is not None:
                    reports.supersede(session, report.supersedes.slug, by=slug)
                reports.publish(
                    session,
                    audit_id=header.id,
                    report_id=report_id,
                    report=report,
                    publication=publication,
                    document=issued.document.content.decode(),
                    digest=issued.document.digest,
                    pdf_digest=hashlib.sha256(issued.pdf).hexdigest(),
                )
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
        slug = free_slug(report, reports.taken(session, slug_of(report)))
    return Publication(slug=slug, state=PublicationState.LIVE, published_on=today)


def find_report(session: Session, slug: str) -> tuple[Publication, Report]:
    """A publication and its document, whatever its state; raises ReportNotFound."""
    found = find_reports(session, [slug])
    if slug not in found:
        raise ReportNotFound(slug)
    return found[slug]


def find_reports(session: Session, slugs: Sequence[str]) -> dict[str, tuple[Publication, Report]]:
    """Publication and document of each address that is known, in one query."""
    with reading(session):
        found = reports.find(session, slugs)
    return {slug: (publication, read_report(text)) for slug, (publication, text) in found.items()}


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
        by, document = reports.find(session, [publication.superseded_by])[publication.superseded_by]
        latest = _published(session, reports.last_correction(session, by.slug))
    if by.state is PublicationState.WITHDRAWN:
        return Replacement(by, latest, changes=())
    later = read_report(document)
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
    return found[slug]


def published_pdf(session: Session, files: Files, slug: str) -> tuple[Publication, bytes]:
    """A publication and its PDF as it was made when it was published; raises ReportNotFound."""
    publication = find_publication(session, slug)
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
            reports.withdraw(session, slug, reason=reason.strip(), on=today)
        return _published(session, slug)


def search_reports(
    session: Session,
    *,
    q: str = "",
    checklist: Sequence[str] = (),
    level: Sequence[str] = (),
    year: Sequence[int] = (),
    order: str = "newest",
    page: int = 1,
    per_page: int = 20,
) -> Page:
    """The live reports that fit, one page of them; a page beyond the last is the last."""
    wanted = Search(q, tuple(checklist), tuple(level), tuple(year), order)
    with reading(session):
        total = reports.count(session, wanted)
        pages = max(1, -(-total // per_page))
        page = min(max(page, 1), pages)
        items = reports.search(session, wanted, offset=(page - 1) * per_page, limit=per_page)
        facets = reports.facets(session, wanted)
    return Page(items, total, page, pages, facets)


def titles_given(session: Session, titles: Sequence[str]) -> set[str]:
    """Those of these titles under which a report was ever published, withdrawn ones among them."""
    with reading(session):
        return reports.titles(session, titles)


def newest_report(session: Session) -> Listing | None:
    """The report published last and still live; None when there is none."""
    with reading(session):
        return reports.newest(session)


def slug_of(report: Report) -> str:
    """The address a report would like: its title in plain letters, or its year where the title has none."""
    plain = unicodedata.normalize("NFKD", reports.folded(report.title)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_LENGTH].strip("-")
    if not re.search(r"[a-z]", words):
        words = f"report-{(report.event.date or report.completed_on).year}"
    return f"{words}-report" if words in RESERVED else words


def free_slug(report: Report, taken: set[str]) -> str:
    """That address, or the first number behind it that was never given."""
    slug = slug_of(report)
    number = 1
    while slug in taken:
        number += 1
        slug = f"{slug_of(report)}-{number}"
    return slug


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
