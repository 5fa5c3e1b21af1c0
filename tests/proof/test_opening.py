"""Files people bring: documents of every version, PDFs that carry one, and everything else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest

from auditapp.domain.errors import NotAReport
from auditapp.proof.opening import LARGEST_DOCUMENT, LARGEST_FILE, open_file
from auditapp.proof.seal import SealState
from tests.builders import a_report
from tests.figured import a_figured_report
from tests.sealed import House, a_pdf

DOCUMENTS = Path(__file__).parents[1] / "documents"
RELEASED = ("1.0", "1.1", "1.2")


@pytest.fixture
def house(tmp_path):
    return House(tmp_path / "keys")


@pytest.mark.parametrize("version", RELEASED)
def test_a_document_of_any_released_version_opens(version):
    opened = open_file((DOCUMENTS / f"report-{version}.json").read_bytes())
    assert opened.report.schema_version == version
    assert opened.report.score.total.percent is not None
    assert opened.seal is None


def test_a_document_opens_with_a_byte_order_mark_and_in_any_order(house):
    document = house.document(a_report())
    assert open_file(b"\xef\xbb\xbf" + document.content).digest == document.digest


def test_a_sealed_pdf_gives_its_document_to_the_byte(house):
    document = house.document(a_figured_report())
    opened = open_file(house.sealed(a_pdf(document.content)))
    assert opened.content == document.content
    assert opened.report == document.report
    assert opened.is_pdf
    assert opened.seal.state is SealState.WHOLE


def a_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    return out.getvalue()


def encrypted() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    out = io.BytesIO()
    pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def two_documents() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    for name in ("a.json", "b.json"):
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, b"{}")
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


OTHERS = {
    "nothing": (b"", "empty"),
    "spaces": (b"  \n", "empty"),
    "text": (b"Dear all", "no JSON object"),
    "a list": (b"[1, 2]", "no JSON object"),
    "a part twice": (b'{"schema_version": "1.2", "schema_version": "1.2"}', "no JSON object"),
    "nested": (b'{"checklist":' * 20_000, "no JSON object"),
    "other JSON": (b'{"checklist": {}}', "has no checklist"),
    "a later version": (
        b'{"schema_version": "9.0", "checklist": {}}',
        "no report document of a known version",
    ),
    "UTF-16": ('{"schema_version": "1.2"}'.encode("utf-16"), "not text in UTF-8"),
    "an archive": (a_zip(), "ZIP archive"),
    "a PDF without": (a_pdf(), "carries no report document"),
    "a PDF with another file": (a_pdf(b"x", name="notes.txt"), "carries no report document"),
    "a PDF with two": (two_documents(), "more than one document"),
    "a PDF with an odd one": (a_pdf(b"{}"), "has no checklist"),
    "encrypted": (encrypted(), "encrypted"),
    "cut off": (a_pdf(b"{}")[:300], "damaged|no report document"),
    "only a mark": (b"%PDF-1.7", "damaged"),
    "too large": (b" " * (LARGEST_FILE + 1), "larger than 25 MB"),
    "a large document": (b'{"a": "' + b"x" * LARGEST_DOCUMENT + b'"}', "larger than 8 MB"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_anything_else_is_told_what_it_is(kind):
    content, said = OTHERS[kind]
    with pytest.raises(NotAReport, match=said):
        open_file(content)


def test_an_attachment_is_never_unpacked_beyond_its_limit():
    bomb = a_pdf(b'{"a": "' + b"0" * (LARGEST_DOCUMENT * 4) + b'"}')
    assert len(bomb) < 200_000
    with pytest.raises(NotAReport, match="larger than 8 MB"):
        open_file(bomb)


def test_an_attachment_packed_in_another_way_is_refused():
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.attachments["report.json"] = pikepdf.AttachedFileSpec(pdf, b"{}")
    stream = pdf.attachments["report.json"].get_file().obj
    stream.write(b"7b7d>", filter=pikepdf.Name("/ASCIIHexDecode"))
    out = io.BytesIO()
    pdf.save(out, compress_streams=False)
    with pytest.raises(NotAReport, match="packed in a way"):
        open_file(out.getvalue())
