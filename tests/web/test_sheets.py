"""What is printed from published reports: the result on one page."""

from __future__ import annotations

import io

import pikepdf
import pytest

from auditapp.proof.canonical import code_of
from auditapp.services import publishing
from auditapp.storage.database import db
from tests.builders import an_event, answered
from tests.public import Site
from tests.rendering.test_pdf import texts

RIDGELINE = "ridgeline-half-marathon-2027"
QUILLHAVEN = "quillhaven-10k-2026"


@pytest.fixture(scope="module")
def printing(examples: Site):
    """The examples, with their PDF process ended at the end."""
    yield examples
    examples.app.extensions["auditapp"].pdf.close()


def test_a_published_report_can_be_had_on_one_page(printing: Site):
    address = f"/reports/{RIDGELINE}/summary.pdf"
    first = printing.client.get(address)
    assert first.status_code == 200
    assert first.mimetype == "application/pdf"
    assert f"{RIDGELINE}-summary.pdf" in first.headers["Content-Disposition"]
    with pikepdf.open(io.BytesIO(first.data)) as pdf:
        assert len(pdf.pages) == 1
    with printing.app.app_context():
        _publication, report = publishing.find_report(db.session, RIDGELINE)
    assert report.proof is not None
    assert code_of(report.proof.digest) in " ".join(texts(first.data))
    again = printing.client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert f'href="{address}"' in printing.client.get(f"/reports/{RIDGELINE}").text


def test_of_a_withdrawn_report_nothing_is_printed(site: Site):
    published = site.publish(an_event("Hillfoot 10K"), answered({"A4": "full"}))
    published.withdraw("The shirt order changed.")
    gone = site.client.get(f"/reports/{published.slug}/summary.pdf")
    assert gone.status_code == 410
    assert "The shirt order changed." in gone.text


def test_an_address_nobody_has_is_not_found(site: Site):
    assert site.client.get("/reports/nobody/summary.pdf").status_code == 404


def test_a_comparison_can_be_had_on_paper(printing: Site):
    address = f"/reports/compare.pdf?report={RIDGELINE}&report={QUILLHAVEN}&report=nobody"
    first = printing.client.get(address)
    assert first.status_code == 200
    assert first.mimetype == "application/pdf"
    with pikepdf.open(io.BytesIO(first.data)) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("Two events, side by side: Ridgeline Half Marathon 2027")
    again = printing.client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    page = printing.client.get(f"/reports/compare?report={RIDGELINE}&report={QUILLHAVEN}").text
    assert f"/reports/compare.pdf?report={RIDGELINE}&amp;report={QUILLHAVEN}" in page


def test_a_comparison_of_one_is_refused_as_csv_is(printing: Site):
    one = printing.client.get(f"/reports/compare.pdf?report={RIDGELINE}")
    assert one.status_code == 422
    assert "These reports cannot be compared" in one.text
