"""The way in: starting, the private link, and what a browser remembers."""

from __future__ import annotations

from flask import Flask

from auditapp.app import create_app
from auditapp.settings import Settings
from auditapp.storage import database
from auditapp.web.access import AUDITS_KEPT
from tests.pages import Browser, strict
from tests.web.walk import private_link, started


def test_the_start_page_says_what_it_takes(client: Browser):
    page = client.page("/")
    assert page.heading == "How fair is your start line?"
    assert "About 90 minutes" in page.text
    assert "100 criteria, 20 of them essential" in page.text
    assert not page.all("p", class_="bib-figure"), "no report is published, so no figure is invented"


def test_only_the_name_is_needed(client: Browser):
    page = client.page(started(client, name="Ridgeline Half Marathon"))
    assert page.heading == "Ridgeline Half Marathon"
    assert "0 of 100" in page.text


def test_without_a_name_nothing_typed_is_lost(client: Browser):
    response = client.submit(client.page("/audits/new"), name=" ", edition="2027", date="soon")
    assert response.status_code == 422
    assert "Two entries need another look" in response.text
    assert 'value="2027"' in response.text
    assert 'value="soon"' in response.text
    assert "Write the date like 16 May 2027" in response.text


def test_a_checklist_nobody_knows_is_refused(client: Browser):
    response = client.submit(client.page("/audits/new"), name="A race", checklist="no-such-list@1.0")
    assert response.status_code == 422
    assert "Choose a checklist" in response.text


def test_the_private_link_opens_the_audit_in_another_browser(app: Flask, client: Browser):
    audit = started(client)
    other = app.test_client()
    assert isinstance(other, Browser)
    other.page(audit, status=404)
    response = other.get(private_link(client, audit))
    assert response.status_code == 303
    assert response.location == audit, "the token is swapped for a clean address"
    assert other.page(audit).heading == "Ridgeline Half Marathon"


def test_a_wrong_link_says_what_to_do(client: Browser):
    page = client.page("/audits/open/not-a-token", status=404)
    assert page.heading == "This link does not open an audit"
    assert "Open the audit with its latest private link" in page.text


def test_a_replaced_link_shuts_the_others_out(app: Flask, client: Browser):
    audit = started(client)
    old = private_link(client, audit)
    other = app.test_client()
    assert isinstance(other, Browser)
    other.get(old)
    page = client.page(f"{audit}/link")
    assert page.heading == "Replace the private link"
    after = client.follow(client.submit(page))
    assert "The private link is new" in after.text
    assert private_link(client, audit) != old
    other.page(audit, status=404)
    other.page(old, status=404)
    assert client.page(audit).status == 200


def test_two_audits_live_in_one_browser(client: Browser):
    first, second = started(client, name="Fell race"), started(client, name="Road race")
    page = client.page("/audits/")
    assert "Fell race" in page.text
    assert "Road race" in page.text
    assert client.page(first).heading == "Fell race"
    assert client.page(second).heading == "Road race"


def test_a_browser_remembers_the_latest_audits_and_its_cookie_stays_small(client: Browser):
    audits = [started(client, name=f"Race {number}") for number in range(AUDITS_KEPT + 1)]
    client.page(audits[0], status=404)
    assert client.page(audits[1]).heading == "Race 1"
    cookie = client.get_cookie("auditapp")
    assert cookie is not None
    assert len(cookie.value) < 4000


def test_an_audit_whose_link_was_replaced_leaves_the_list(app: Flask, client: Browser):
    audit = started(client)
    other = app.test_client()
    assert isinstance(other, Browser)
    other.get(private_link(client, audit))
    client.submit(client.page(f"{audit}/link"))
    assert "None yet" in other.page("/audits/").text


def test_starting_is_limited_and_says_so(settings: Settings):
    app = strict(create_app(settings.model_copy(update={"start_limit": "2 per hour"})))
    with app.app_context():
        database.upgrade()
    client = app.test_client()
    assert isinstance(client, Browser)
    audit = started(client)
    started(client)
    response = client.submit(client.page("/audits/new"), name="One too many")
    assert response.status_code == 429
    assert "Too many at once" in response.text
    assert client.page(audit).status == 200
