"""Whether a report somebody holds is genuine, and whether it still stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from auditapp.domain.errors import ReportNotFound
from auditapp.domain.report import Publication, Report
from auditapp.domain.standing import ReportStanding, standing_of
from auditapp.domain.verdict import Verdict
from auditapp.proof.canonical import digest_start
from auditapp.proof.checking import check, sha256
from auditapp.proof.keys import PublicKeys
from auditapp.proof.opening import Opened, open_file
from auditapp.rendering.pdf import PdfPool
from auditapp.services import publishing
from auditapp.storage import reports
from auditapp.storage.transactions import reading

DIGEST_LENGTH = 64
VERIFY_SECONDS = 20


@dataclass(frozen=True)
class Known:
    """A published report as this installation knows it: where it stands, and how."""

    publication: Publication
    report: Report
    standing: ReportStanding
    digest: str


@dataclass(frozen=True)
class Verified:
    """What was found of a file. `known` is the publication it is, or the one it says it is; None where there is none."""

    verdict: Verdict
    known: Known | None
    is_known: bool


Apart = Callable[[bytes], Opened]
"""Opens a file where it can do no harm."""


def opened_apart(pool: PdfPool) -> Apart:
    """Opens files in a process with limits of time and memory."""
    return lambda content: pool.run(open_file, content, seconds=VERIFY_SECONDS)


def verify_file(
    session: Session, content: bytes, keys: PublicKeys, *, today: dt.date, open_apart: Apart
) -> Verified:
    """The verdict on a file, and the publication behind it. Raises NotAReport, and RenderingFailed beyond the limits."""
    opened = open_apart(content)
    with reading(session):
        same = reports.by_digest(session, opened.digest)
    published_file = sha256(content) == same[0].pdf_digest if same and opened.is_pdf else None
    verdict = check(opened, keys, published_file=published_file)
    if same:
        return Verified(
            verdict, _known(session, same[0].publication.slug, opened.digest, today), is_known=True
        )
    named = opened.report.published
    try:
        known = _known(session, named.slug, "", today) if named else None
    except ReportNotFound:
        known = None
    return Verified(verdict, known, is_known=False)


def find_by_code(session: Session, text: str, *, today: dt.date) -> tuple[Known, ...]:
    """The publications with this short code or digest: nearly always one. Raises ReportNotFound when there is none."""
    start = _start(text)
    with reading(session):
        found = reports.by_digest(session, start) if start else ()
    if not found:
        raise ReportNotFound(text)
    return tuple(_known(session, one.publication.slug, one.digest, today) for one in found)


def _start(text: str) -> str | None:
    plain = text.strip().lower().removeprefix("sha256:")
    if len(plain) == DIGEST_LENGTH and not plain.strip("0123456789abcdef"):
        return plain
    return digest_start(text.strip())


def _known(session: Session, slug: str, digest: str, today: dt.date) -> Known:
    publication, report = publishing.find_report(session, slug)
    return Known(publication, report, standing_of(publication, report.expires_on, today), digest)
