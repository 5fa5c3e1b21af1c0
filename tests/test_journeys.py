"""The three journeys, from the first page to the last, as an organiser and a campaigner walk them without scripts."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask

from tests.pages import Browser, Page
from tests.web.walk import CHECKLIST, completed, private_link, started, with_facts

EVIDENCE = "https://ridgelinehalf.example/terms"


@pytest.fixture
def other(app: Flask) -> Browser:
    """Another browser, of somebody without the private link."""
    browser = app.test_client()
    assert isinstance(browser, Browser)
    return browser


def filled_in(client: Browser, audit: str, grade: str) -> None:
    """Answer everything that applies with one grade, each with a link, page by page as the buttons lead."""
    page = client.page(f"{audit}/before-the-race")
    while page.heading != "Check your answers":
        fields = page.fields()
        names = [name.removesuffix(".version") for name in fields if name.endswith(".version")]
        changes: dict[str, str | None] = {f"{name}.choice": grade for name in names}
        changes |= {f"{name}.new-url": EVIDENCE for name in names}
        page = client.follow(client.submit(page, changes, do="continue"))


def published(client: Browser, name: str, grade: str) -> str:
    """An audit of this name, answered throughout and published; the address of its report."""
    audit = started(client, name=name)
    filled_in(client, audit, grade)
    completed(client, audit)
    page = client.follow(client.submit(client.page(f"{audit}/publish"), consent="y"))
    address = page.by_id("report-address")
    assert address is not None
    return (address.get("value") or "").removeprefix("http://127.0.0.1:8000")


def test_fill_in_leave_come_back_complete_and_take_the_pdf(client: Browser, other: Browser):
    audit = started(client, name="Ridgeline Half", edition="2027", date="16 May 2027")
    with_facts(client, audit, {"kind": "road", "distance": "21.1", "starters": "640", "pacers": "no"})
    link = private_link(client, audit)

    page = other.follow(other.get(link))
    assert page.heading == "Ridgeline Half 2027"
    filled_in(other, audit, "full")

    check = client.page(f"{audit}/check")
    assert "All 90 criteria have an answer" in check.text
    assert "220 of 220 points" in check.text
    assert "This is Leading" in check.text

    done = completed(client, audit)
    assert done.heading == "The audit is completed"
    pdf = client.get(f"{audit}/report.pdf")
    assert pdf.mimetype == "application/pdf"
    assert pdf.data.startswith(b"%PDF-")


def test_publish_read_correct_and_withdraw(client: Browser, other: Browser):
    report = published(client, "Open Half", "partly")
    page = other.page(report)
    assert page.heading == "Open Half"
    assert "Nobody independent has checked the answers" in page.text
    assert other.get(f"{report}.pdf").data.startswith(b"%PDF-")
    assert other.get(f"{report}.json").get_json()["event"]["name"] == "Open Half"
    assert "Open Half" in other.page("/").text, "the newest report is the example of the start page"

    client.submit(client.page(f"{report}/withdraw"), reason="The shirt order changed.")
    stone = other.page(report, status=410)
    assert "The shirt order changed." in stone.text


def test_two_published_reports_side_by_side(client: Browser, other: Browser):
    first, second = published(client, "North Half", "full"), published(client, "South Half", "none")
    listed = other.page(f"/reports/?checklist={CHECKLIST}")
    assert "North Half" in listed.text
    assert "South Half" in listed.text
    slugs = "&".join(f"report={address.rsplit('/', 1)[1]}" for address in (first, second))
    page = Page(other.get(f"/reports/compare?{slugs}"))
    assert page.status == 200
    assert "North Half" in page.text
    rows = list(csv.reader(io.StringIO(other.get(f"/reports/compare.csv?{slugs}").text)))
    assert len(rows) > 30
