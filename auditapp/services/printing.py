"""The PDFs of an installation: drafts, completed reports, and what is signed and sealed to be published."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from auditapp.domain.audit import Audit
from auditapp.domain.report import Publication, Report, report_on
from auditapp.proof.canonical import code_of
from auditapp.proof.keys import KeyRing
from auditapp.proof.seal import Seal
from auditapp.proof.signing import Document, signed, unsigned
from auditapp.rendering.ahead import MadeOnce, Make
from auditapp.rendering.html import CheckAt
from auditapp.rendering.pdf import PdfPool
from auditapp.services.documents import read_report

PAGE_FIRST_SECONDS = 0.3
"""What a page makes foreseen waits until the page itself is out."""
QUIET_SECONDS = 3.0
"""After an answer nothing is made ahead before so many seconds without another one."""


@dataclass(frozen=True)
class Issued:
    """What is published of a report: its signed document, and its sealed PDF."""

    document: Document
    pdf: bytes


class PrintShop:
    """Makes each PDF once, ahead of need where need can be foreseen.

    Every file is marked with the digest of the document it shows, so that it is made anew when anything in it changes.
    """

    def __init__(
        self,
        pool: PdfPool,
        keys: KeyRing,
        seal: Seal,
        *,
        product_name: str,
        public_url: str,
        ahead: bool = True,
    ) -> None:
        self.keys = keys
        self.made = MadeOnce()
        self._ahead = ahead
        self._pool = pool
        self._seal = seal
        self._product_name = product_name
        self._public_url = public_url

    def draft(self, report: Report) -> bytes:
        """The report on an open audit, which says on every page that it is a draft. Raises RenderingFailed."""
        return self.made.get(*self._draft(report))

    def completed(self, document: str) -> bytes:
        """The report of a document as it was frozen and is not published, with that document. Raises RenderingFailed."""
        return self.made.get(*self._completed(document))

    def document(self, report: Report, publication: Publication) -> Document:
        """The document of a report as it is published, to the byte; raises KeysUnreadable."""
        on = publication.published_on
        return signed(
            report,
            slug=publication.slug,
            address=self.address(publication.slug),
            on=on,
            keys=self.keys,
            seal=self._seal.fingerprint(today=on),
        )

    def issue(self, report: Report, publication: Publication) -> Issued:
        """The report as it is published, signed and sealed. Raises RenderingFailed and KeysUnreadable."""
        document = self.document(report, publication)
        return Issued(document, self.made.get(*self._published(document, publication)))

    def reissue(self, document: Document, publication: Publication) -> bytes:
        """The sealed PDF of a document that was signed before. Raises RenderingFailed and KeysUnreadable."""
        return self.made.get(*self._published(document, publication))

    def foresee_completion(self, audit: Audit, today: dt.date, *, soon: bool = True) -> None:
        """Somebody is about to complete an audit: have its report ready, and the draft that is offered beside it."""

        def what() -> Iterator[tuple[str, Make]]:
            report = report_on(audit.checklist, audit.event, audit.facts, audit.answers, completed_on=today)
            document = report.model_dump_json()
            # Read here and now, whatever is completed, downloaded and published is read already.
            read_report(document)
            yield self._completed(document)
            yield self._draft(report)

        if self._ahead:
            self.made.foresee(audit.key, what, after=PAGE_FIRST_SECONDS if soon else QUIET_SECONDS)

    def foresee_publication(self, key: str, report: Report, publication: Publication) -> None:
        """Somebody is about to publish: have what is signed and sealed ready. It is thrown away when nobody does."""
        if self._ahead:
            self.made.foresee(
                key,
                lambda: [self._published(self.document(report, publication), publication)],
                after=PAGE_FIRST_SECONDS,
            )

    def address(self, slug: str) -> str:
        """The permanent address of a published report."""
        return f"{self._public_url}/reports/{slug}"

    def check_at(self, digest: str) -> CheckAt:
        """Where anybody can check the document of this digest."""
        code = code_of(digest)
        return CheckAt(code, f"{self._public_url}/verify/{code}")

    def close(self) -> None:
        """Make nothing ahead any more."""
        self.made.close()

    def _draft(self, report: Report) -> tuple[str, Make]:
        make = partial(self._pool.render, report, product_name=self._product_name, state="draft")
        return f"draft {_mark(report.model_dump_json())}", make

    def _completed(self, document: str) -> tuple[str, Make]:
        def make() -> bytes:
            report = read_report(document)
            content = unsigned(report).content
            return self._pool.render(
                report, product_name=self._product_name, state="completed", document=content
            )

        return f"completed {_mark(document)}", make

    def _published(self, document: Document, publication: Publication) -> tuple[str, Make]:
        def make() -> bytes:
            pdf = self._pool.render(
                document.report,
                publication,
                product_name=self._product_name,
                address=self.address(publication.slug),
                state="published",
                check_at=self.check_at(document.digest),
                document=document.content,
            )
            return self._seal.put(pdf, today=publication.published_on)

        return f"published {document.digest}", make


def _mark(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()
