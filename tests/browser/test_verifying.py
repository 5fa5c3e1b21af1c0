"""Somebody holds a report and wants to know whether it is genuine: on a telephone, and with scripts off."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from auditapp.proof.opening import attached_document
from tests.browser.looking import faults
from tests.browser.steps import press
from tests.browser.visitors import Visitors
from tests.sealed import a_pdf

pytestmark = pytest.mark.browser

SLUG = "quillhaven-10k-2026"


@pytest.fixture(scope="module")
def published(long_visitors: Visitors) -> bytes:
    """The PDF of a published report as anybody can download it."""
    answer = long_visitors.desk().request.get(f"/reports/{SLUG}.pdf")
    assert answer.ok
    return answer.body()


def check(page: Page, content: bytes, folder: Path) -> None:
    """Give a file to be checked."""
    path = folder / "report.pdf"
    path.write_bytes(content)
    page.goto("/verify")
    page.get_by_label("The report, as PDF or as document (JSON)").set_input_files(path)
    press(page, "Check the file")


def test_a_downloaded_report_is_genuine_and_leads_back(published: bytes, visitors: Visitors, tmp_path: Path):
    page = visitors.phone()
    check(page, published, tmp_path)
    expect(page.get_by_role("heading", level=1)).to_have_text("Genuine and unaltered")
    expect(page.get_by_role("rowheader", name="Holds")).to_have_count(6)
    assert faults(page) == []
    page.get_by_role("link", name="The report at its address").click()
    page.get_by_role("link", name="Check a copy of this report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A report with this code is published")
    assert faults(page) == []


def test_pages_made_anew_are_found(published: bytes, visitors: Visitors, tmp_path: Path):
    page = visitors.phone()
    check(page, a_pdf(attached_document(published)), tmp_path)
    expect(page.get_by_role("heading", level=1)).to_have_text("Not what was published")
    expect(page.get_by_role("row", name="they were printed anew")).to_contain_text("Does not hold")
    assert faults(page) == []


def test_another_file_is_told_what_it_is_beside_the_field(visitors: Visitors, tmp_path: Path):
    page = visitors.phone()
    check(page, b"Dear all", tmp_path)
    expect(page.get_by_role("alert")).to_contain_text("neither a PDF nor a report document")
    assert faults(page) == []
