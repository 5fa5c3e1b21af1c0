"""Published documents and sealed PDFs to check: signed with keys that are made for a test."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pikepdf

from auditapp.domain.report import Report
from auditapp.proof.keys import KeyRing
from auditapp.proof.seal import Seal
from auditapp.proof.signing import Document, signed

PUBLISHED_ON = dt.date(2027, 2, 18)


class House:
    """An installation as far as it signs and seals."""

    def __init__(self, folder: Path) -> None:
        self.keys = KeyRing(folder)
        self.seal = Seal(self.keys, product_name="Whole Field")

    def document(self, report: Report, slug: str = "ridgeline-2027") -> Document:
        """The report as it is published."""
        return signed(
            report,
            slug=slug,
            address=f"https://fair.example/reports/{slug}",
            on=PUBLISHED_ON,
            keys=self.keys,
            seal=self.seal.fingerprint(today=PUBLISHED_ON),
        )

    def sealed(self, pdf: bytes) -> bytes:
        """The PDF with the seal of this house."""
        return self.seal.put(pdf, today=PUBLISHED_ON)


def a_pdf(document: bytes | None = None, *, name: str = "report.json", pages: int = 1) -> bytes:
    """A PDF of empty pages that carries a document."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    if document is not None:
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, document, mime_type="application/json")
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()
