"""A file somebody brings: the report document in it, whether it is the document itself or a PDF that carries it.

Nothing in such a file is believed. What is read is bounded before it is read: the size of the file, the size an attachment
unpacks to, and how deep a document is nested.
"""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from auditapp.domain.errors import NotAReport
from auditapp.domain.report import Report
from auditapp.proof.canonical import digest_of, parsed
from auditapp.proof.seal import FoundSeal, seal_of

if TYPE_CHECKING:
    import pikepdf

MEGABYTE = 1024 * 1024
LARGEST_FILE = 25 * MEGABYTE
LARGEST_DOCUMENT = 8 * MEGABYTE
PDF_MARK = b"%PDF-"
MARK_WITHIN = 1024
MOST_ATTACHMENTS = 20


class Opened(NamedTuple):
    """A report as it was found: the document to the byte, its digest, the report, and the seal when it came in a PDF."""

    content: bytes
    digest: str
    report: Report
    seal: FoundSeal | None

    @property
    def is_pdf(self) -> bool:
        """Whether it came in a PDF."""
        return self.seal is not None


def open_file(content: bytes) -> Opened:
    """The report in the bytes of a file. Raises NotAReport, whose message says what the file is instead."""
    if len(content) > LARGEST_FILE:
        raise NotAReport(
            f"This file is larger than {LARGEST_FILE // MEGABYTE} MB. No report is: it is something else."
        )
    if not content.strip():
        raise NotAReport("This file is empty.")
    if PDF_MARK in content[:MARK_WITHIN]:
        return _open_document(attached_document(content), seal_of(content))
    if content[:4] == b"PK\x03\x04":
        raise NotAReport(
            "This is a ZIP archive or an office document, not a report. Unpack it, or choose the PDF."
        )
    return _open_document(content, None)


def attached_document(pdf: bytes) -> bytes:
    """The report document that a PDF carries; raises NotAReport when it carries none."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf), suppress_warnings=True) as opened:
            return _attached(opened)
    except pikepdf.PasswordError:
        raise NotAReport(
            "This PDF is encrypted. No report is: it is something else, or it was changed."
        ) from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, zlib.error):
        raise NotAReport("This PDF is damaged: it is cut off, or parts of it cannot be read.") from None


def _attached(pdf: pikepdf.Pdf) -> bytes:
    names = list(pdf.attachments)[: MOST_ATTACHMENTS + 1]
    documents = [name for name in names if name.lower().endswith(".json")]
    if not documents:
        raise NotAReport("This PDF carries no report document: it was not made here, or was printed anew.")
    if len(documents) > 1 or len(names) > MOST_ATTACHMENTS:
        raise NotAReport("This PDF carries more than one document, so nobody can say which one it is about.")
    return _unpacked(pdf.attachments[documents[0]].get_file().obj)


def _unpacked(stream: Any) -> bytes:
    """The bytes of a stream, never more than a document may have. Nothing but plain deflate is undone."""
    import pikepdf

    raw: bytes = stream.read_raw_bytes()
    packed = stream.get("/Filter", [])
    filters = list(packed) if isinstance(packed, list | pikepdf.Array) else [packed]
    if not filters:
        unpacked = raw
    elif [str(one) for one in filters] == ["/FlateDecode"]:
        unpacked = zlib.decompressobj().decompress(raw, LARGEST_DOCUMENT + 1)
    else:
        raise NotAReport("The document in this PDF is packed in a way that no report is.")
    if len(unpacked) > LARGEST_DOCUMENT:
        raise NotAReport(
            f"The document in this PDF is larger than {LARGEST_DOCUMENT // MEGABYTE} MB. No report is."
        )
    return unpacked


def _open_document(content: bytes, seal: FoundSeal | None) -> Opened:
    if len(content) > LARGEST_DOCUMENT:
        raise NotAReport(f"This document is larger than {LARGEST_DOCUMENT // MEGABYTE} MB. No report is.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAReport("This is neither a PDF nor a report document: it is not text in UTF-8.") from None
    try:
        told = parsed(text)
        digest = digest_of(told)
    except ValueError:
        raise NotAReport(
            "This is neither a PDF nor a report document: it is no JSON object, or it was damaged on the way."
        ) from None
    if "schema_version" not in told or "checklist" not in told:
        raise NotAReport("This is JSON, but not a report document: it has no checklist.")
    try:
        report = Report.model_validate_json(text)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(step) for step in details["loc"]) or "the document"
        said = details["msg"].removeprefix("Value error, ")
        raise NotAReport(f"This is no report document of a known version: {place}: {said}.") from None
    return Opened(content, digest, report, seal)
