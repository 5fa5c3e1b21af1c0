"""Checking, completing, the PDF, reopening and the next edition."""

from __future__ import annotations

from flask import Flask

from auditapp.domain.errors import RenderingFailed, RenderingUnavailable
from tests.pages import Browser, Page
from tests.public import printing_with
from tests.sealed import a_pdf
from tests.web.walk import answered, completed, started, with_facts

SECTION = "before-the-race"


class Jammed:
    """A press that makes nothing."""

    def __init__(self, error: RenderingFailed) -> None:
        self.error = error

    def render(self, *_values: object, **_options: object) -> bytes:
        raise self.error


class Printed:
    """A press that notes what it is asked for."""

    def __init__(self) -> None:
        self.states: list[object] = []

    def render(self, _report: object, *_values: object, **options: object) -> bytes:
        self.states.append(options["state"])
        return a_pdf()


def with_press(app: Flask, press: object) -> None:
    """Let the application print with `press`."""

    app.extensions["auditapp"] = printing_with(app, press)


def test_the_check_page_names_what_is_unanswered_and_leads_back(client: Browser):
    audit = started(client)
    with_facts(client, audit, {"pacers": "no"})
    answered(client, audit, SECTION, {"image-share": "none"})
    answered(client, audit, "prizes-and-recognition", {"time-based-awards": "none"})
    page = client.page(f"{audit}/check")
    assert page.heading == "Check your answers"
    assert "97 criteria of 99 have no answer yet" in page.text
    links = {link.get("href") for link in page.all("a")}
    assert f"{audit}/entry-and-policy#B1" in links
    assert f"{audit}/race-day#C14" not in links
    assert "Essentials still open" in page.text
    assert "Your plan to Foundation" in page.text
    assert "What each level asks for" in page.text


def test_the_way_to_the_next_level_reads_as_sentences(client: Browser):
    audit = started(client)
    answered(client, audit, SECTION, {"image-share": "full"})
    answered(client, audit, "race-day", {"childcare": "none"})
    assert "No level yet. You are 92 points, " in client.page(f"{audit}/check").text


def test_the_plan_names_what_is_only_to_be_answered_in_one_row(client: Browser):
    page = client.page(f"{started(client)}/check")
    rows = [row for row in page.all("tr") if "whatever the answer is" in "".join(row.itertext())]
    assert len(rows) == 1
    codes = [link.text for link in rows[0].iter("a")]
    assert "".join(rows[0].itertext()).startswith(f"Answer {len(codes)} more criteria")
    assert codes[0] == "A8"
    assert len(codes) == len(set(codes)) > 1


def test_every_answer_is_on_the_check_page_in_words(client: Browser):
    audit = started(client)
    answered(client, audit, SECTION, {"image-share": "partly"})
    page = client.page(f"{audit}/check")
    assert "Partly. 30% to under 45%" in page.text


def test_completing_with_open_criteria_says_what_stays_open(client: Browser):
    audit = started(client)
    answered(client, audit, "race-day", {"childcare": "full"})
    assert "99 criteria stay open and are shown as unanswered." in client.page(f"{audit}/check").text
    page = completed(client, audit)
    assert page.heading == "The audit is completed"
    assert "1 of 100 criteria are answered" in page.text
    assert "No level" in page.text


def test_completing_twice_is_harmless(client: Browser):
    audit = started(client)
    page = client.page(f"{audit}/check")
    for _again in range(2):
        assert client.submit(page, action=f"{audit}/complete").status_code == 303


def test_a_completed_audit_leads_to_its_report_from_every_page(client: Browser):
    audit = started(client)
    completed(client, audit)
    for address in (audit, f"{audit}/details", f"{audit}/{SECTION}", f"{audit}/check"):
        assert client.page(address).heading == "The audit is completed"


def test_an_open_audit_has_no_completed_page(client: Browser):
    assert client.page(f"{started(client)}/completed").heading == "Check your answers"


def test_a_form_that_comes_too_late_is_told_so(client: Browser):
    audit = started(client)
    page = client.page(f"{audit}/{SECTION}")
    completed(client, audit)
    response = client.submit(page, {"image-share.choice": "full"}, do="continue")
    assert response.status_code == 409
    assert Page(response).heading == "This audit is completed"


def test_a_completed_audit_can_be_reopened_and_keeps_its_answers(client: Browser):
    audit = started(client)
    answered(client, audit, SECTION, {"image-share": "full"})
    page = completed(client, audit)
    again = client.follow(client.submit(page, action=f"{audit}/reopen"))
    assert "The audit is open again" in again.text
    assert client.page(f"{audit}/{SECTION}").fields()["image-share.choice"] == "full"


def test_the_draft_is_a_pdf_that_says_so(app: Flask, client: Browser):
    press = Printed()
    with_press(app, press)
    audit = started(client, edition="2027")
    response = client.get(f"{audit}/report.pdf")
    assert response.mimetype == "application/pdf"
    assert "Ridgeline Half Marathon 2027, draft.pdf" in response.headers["Content-Disposition"]
    completed(client, audit)
    assert "draft" not in client.get(f"{audit}/report.pdf").headers["Content-Disposition"]
    assert press.states == ["draft", "completed"]


def test_a_pdf_that_cannot_be_made_leaves_the_audit_as_it_was(app: Flask, client: Browser):
    with_press(app, Jammed(RenderingFailed("too slow")))
    audit = started(client)
    page = client.page(f"{audit}/report.pdf", status=503)
    assert page.heading == "The PDF could not be made"
    assert client.page(audit).heading == "Ridgeline Half Marathon"


def test_missing_libraries_are_named(app: Flask, client: Browser):
    with_press(app, Jammed(RenderingUnavailable("type: apt-get install libpango")))
    page = client.page(f"{started(client)}/report.pdf", status=503)
    assert "apt-get install libpango" in page.text


def test_the_next_edition_carries_answers_to_be_confirmed(client: Browser):
    audit = started(client, edition="2027")
    answered(client, audit, SECTION, {"image-share": "full", "logistics-facts": "partly"})
    page = completed(client, audit)
    details = client.follow(client.submit(page, action=f"{audit}/next-edition"))
    assert details.fields()["edition"] == ""
    following = details.response.request.path.removesuffix("/details")
    assert "2 to confirm" in client.page(following).text
    section = client.page(f"{following}/{SECTION}")
    assert "From last edition: confirm it" in section.text
    assert "2 answers on this page come from the last edition" in section.text
    assert "0 of 9" in section.text, "carried answers count as unanswered"
    saved = client.follow(client.submit(section, {"image-share.confirm": "y"}, do="stay"))
    assert "1 of 9" in saved.text
    confirmed = client.follow(client.submit(saved, do="confirm"))
    assert "2 of 9" in confirmed.text
    assert "From last edition" not in confirmed.text


def test_carried_answers_stay_unconfirmed_when_the_page_is_only_sent(client: Browser):
    audit = started(client)
    answered(client, audit, SECTION, {"image-share": "full"})
    details = client.follow(client.submit(completed(client, audit), action=f"{audit}/next-edition"))
    following = details.response.request.path.removesuffix("/details")
    client.submit(client.page(f"{following}/{SECTION}"), do="continue")
    assert "1 to confirm" in client.page(following).text
