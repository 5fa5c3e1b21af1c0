"""Publishing, correcting and taking back, from the organiser's side."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from flask import Flask

from auditapp.domain.errors import RenderingFailed
from tests.pages import Browser
from tests.public import printing_with
from tests.web.test_completing import Jammed, Printed
from tests.web.walk import answered, completed, started


@pytest.fixture(autouse=True)
def press(app: Flask) -> Printed:
    """A press that answers at once."""
    press = Printed()
    app.extensions["auditapp"] = printing_with(app, press)
    return press


def ready(client: Browser, name: str) -> str:
    """A completed audit with a note and a link."""
    audit = started(client, name=name)
    page = client.page(f"{audit}/before-the-race")
    client.submit(
        page,
        {
            "image-share.choice": "full",
            "image-share.note": "Counted by two of us.",
            "image-share.new-url": "https://ridgelinehalf.example/pictures",
        },
        do="continue",
    )
    completed(client, audit)
    return audit


def published(client: Browser, name: str) -> str:
    """A published audit."""
    audit = ready(client, name)
    page = client.page(f"{audit}/publish")
    assert client.submit(page, consent="y").status_code == 303
    return audit


def test_the_preview_shows_notes_and_links_and_what_it_proves(client: Browser):
    audit = ready(client, "Preview Half")
    page = client.page(f"{audit}/publish")
    assert "Counted by two of us." in page.text
    assert "ridgelinehalf.example/pictures" in page.text
    assert "Nobody independent has checked the answers." in page.text
    assert "Facts that will be public" in page.text


def test_without_consent_nothing_is_public(client: Browser):
    audit = ready(client, "Careful Half")
    response = client.submit(client.page(f"{audit}/publish"))
    assert response.status_code == 422
    assert "Tick the box if you want the report to be public" in response.text
    client.page("/reports/careful-half", status=404)


def test_publishing_gives_a_permanent_address(client: Browser):
    audit = published(client, "Public Half")
    page = client.page(f"{audit}/completed")
    assert page.heading == "The report is public"
    address = page.by_id("report-address")
    assert address is not None
    assert address.get("value") == "http://127.0.0.1:8000/reports/public-half"
    assert client.page("/reports/public-half").status == 200
    assert client.get(f"{audit}/report.pdf").location == "/reports/public-half.pdf"


def test_publishing_twice_is_harmless(client: Browser):
    audit = ready(client, "Twice Half")
    page = client.page(f"{audit}/publish")
    for _again in range(2):
        assert client.submit(page, consent="y").status_code == 303
    client.page("/reports/twice-half-2", status=404)


def test_a_report_that_cannot_be_printed_is_not_published(app: Flask, client: Browser):
    audit = ready(client, "Jammed Half")
    jammed = Jammed(RenderingFailed("too slow"))
    app.extensions["auditapp"] = printing_with(app, jammed)
    assert client.submit(client.page(f"{audit}/publish"), consent="y").status_code == 503
    assert client.page(f"{audit}/completed").heading == "The audit is completed"


def test_a_published_audit_cannot_be_reopened(client: Browser):
    audit = ready(client, "Closed Half")
    page = client.page(f"{audit}/completed")
    client.submit(client.page(f"{audit}/publish"), consent="y")
    response = client.submit(page, action=f"{audit}/reopen")
    assert response.status_code == 409
    assert "start a correction" in response.text


def test_a_correction_replaces_the_report_when_it_is_published(client: Browser):
    audit = published(client, "Corrected Half")
    page = client.page(f"{audit}/completed")
    tasks = client.follow(client.submit(page, action=f"{audit}/correction"))
    assert "Correction of the audit of" in tasks.text
    second = tasks.response.request.path
    answered(client, second, "before-the-race", {"image-share": "partly"})
    completed(client, second)
    client.submit(client.page(f"{second}/publish"), consent="y")
    assert client.page(f"{audit}/completed").heading == "The report has been replaced"
    assert client.page("/reports/corrected-half-2").status == 200


def test_the_page_of_a_published_report_leads_to_its_badge_and_says_when_it_ran_out(client: Browser):
    audit = started(client, name="Badged Half")
    now = dt.datetime.now(dt.UTC)
    next_edition = str(now.date() + dt.timedelta(days=90))
    client.submit(client.page(f"{audit}/details"), next_date=next_edition)
    completed(client, audit)
    client.submit(client.page(f"{audit}/publish"), consent="y")
    assert "Get the badge" in client.page(f"{audit}/completed").text
    assert client.page("/reports/badged-half/badge").heading == "The badge of this report"
    with time_machine.travel(now + dt.timedelta(days=100)):
        ran_out = client.page(f"{audit}/completed")
    assert ran_out.heading == "The report has run out"
    assert "It stays public and says that it ran out on" in ran_out.text


def test_withdrawing_needs_a_reason_and_leaves_a_stone(client: Browser):
    audit = published(client, "Withdrawn Half")
    address = "/reports/withdrawn-half/withdraw"
    page = client.page(address)
    refused = client.submit(page, reason=" ")
    assert refused.status_code == 422
    assert "Say why in a sentence" in refused.text
    too_long = client.submit(page, reason="r" * 501)
    assert too_long.status_code == 422
    hidden = client.submit(page, reason="Because\u202e")
    assert hidden.status_code == 422
    client.submit(page, reason="The shirt order changed.")
    assert "The shirt order changed." in client.page("/reports/withdrawn-half", status=410).text
    withdrawn = client.page(f"{audit}/completed")
    assert withdrawn.heading == "The report is withdrawn"
    assert "Start a correction" in withdrawn.text, "what was wrong can be put right in a new report"
    assert client.submit(page, reason="Again").status_code == 303, "doing so twice is harmless"
    assert client.get(address).location == "/reports/withdrawn-half"


def test_only_the_browser_with_the_link_can_withdraw(app: Flask, client: Browser):
    published(client, "Guarded Half")
    other = app.test_client()
    assert isinstance(other, Browser)
    other.page("/reports/guarded-half/withdraw", status=404)
