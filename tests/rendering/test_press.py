"""What the press makes of a document: both standards in one file, the data inside, and honesty where it falls short."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pikepdf
import pytest

from auditapp.rendering.html import report_html
from auditapp.rendering.press import STATIC, Attachment, Press
from auditapp.rendering.this_file import PLACE
from auditapp.resources import resource_dir
from tests.builders import a_report, answered
from tests.rendering.test_pdf import texts

HEAD = '<!doctype html><html lang="en-GB"><title>T</title><meta name="dcterms.created" content="2027-02-18">'
SOUND = f"{HEAD}<h1>Sound</h1><h2>Made</h2>{PLACE}"
UNSOUND = (
    f'{HEAD}<h1>Drawn</h1><h2>Made</h2><svg width="9" height="9"><rect width="9" height="9"/></svg>{PLACE}'
)
DATA = Attachment(
    "report.json", b'{"score": "67/2"}', "The report as data", dt.date(2027, 2, 18), "application/ld+json"
)


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def claims(pdf: bytes) -> tuple[Any, ...]:
    with opened(pdf) as document, document.open_metadata() as said:
        return tuple(said.get(key) for key in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part"))


def test_one_file_claims_both_standards(press):
    printed = press.print(SOUND)
    assert (printed.conforms, printed.problems) == (True, ())
    assert claims(printed.pdf) == ("3", "A", "1")
    with opened(printed.pdf) as pdf:
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"


def test_the_second_standard_comes_with_its_vocabulary(press):
    with opened(press.print(SOUND).pdf) as pdf:
        raw = pdf.Root.Metadata.read_bytes()
    assert raw.count(b"<rdf:RDF") == 1
    assert b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>" in raw


def test_the_data_travel_inside_and_say_what_they_are(press):
    pdf = opened(press.print(SOUND, DATA).pdf)
    (listed,) = pdf.Root.AF
    (spec,) = pdf.attachments.values()
    assert listed.objgen == spec.obj.objgen
    assert (listed.AFRelationship, str(listed.UF)) == ("/Data", "report.json")
    assert str(listed.Desc) == "The report as data"
    file = spec.get_file()
    assert file.read_bytes() == b'{"score": "67/2"}'
    assert file.mime_type == "application/ld+json"
    assert str(file.obj.Params.ModDate) == str(file.obj.Params.CreationDate) == "D:20270218120000Z"


def test_the_same_document_gives_the_same_bytes(press):
    assert press.print(SOUND, DATA) == press.print(SOUND, DATA) == Press().print(SOUND, DATA)


def test_a_file_that_falls_short_is_made_says_so_and_claims_nothing(press):
    printed = press.print(UNSOUND, DATA)
    assert (printed.conforms, printed.problems) == (False, ("a figure has no text alternative",))
    assert claims(printed.pdf) == (None, None, None)
    with opened(printed.pdf) as pdf:
        assert pdf.attachments["report.json"].get_file().read_bytes() == DATA.content
    said = " ".join(" ".join(texts(printed.pdf)).split())
    assert "does not claim to be PDF/A or PDF/UA" in said
    assert "a figure has no text alternative" in said


def test_a_document_that_keeps_no_place_for_it_is_made_all_the_same(press):
    printed = press.print(UNSOUND.replace(PLACE, ""))
    assert (printed.conforms, claims(printed.pdf)) == (False, (None, None, None))


def test_the_styles_say_what_every_element_of_a_document_is():
    styles = (STATIC / "styles" / "report.css").read_text()
    named = set(re.findall(r"(?<![.\w-])([a-z][a-z0-9]*)(?=[^{}]*\{[^}]*display:)", styles))
    inline = {"a", "bdi", "br", "img", "span", "strong", "wbr"}
    drawn = {"circle", "g", "line", "path", "polygon", "rect", "svg", "text"}
    used = {
        tag
        for path in (resource_dir("templates") / "pdf").glob("*.html")
        for tag in re.findall(r"<([a-z][a-z0-9]*)", path.read_text())
    }
    assert used - inline - drawn <= named


class WithItsStyles(Press):
    """A press in which the library's own styles come first, as they do by themselves."""

    def _read(self, html: str) -> Any:
        source = super()._read(html)
        del source._ua_stylesheets
        return source


def test_the_styles_of_the_library_would_change_nothing(press):
    answers = answered({"ramp": "full", "map": "none"}, evidenced=True)
    html = report_html(a_report(answers), product_name="Whole Field", state="draft")
    assert WithItsStyles().print(html) == press.print(html)
