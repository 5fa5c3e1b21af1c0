"""The address answers save themselves to: what it answers, what it refuses, how little it asks of the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from html5lib import HTMLParser
from sqlalchemy import event

from auditapp.domain.audit import Answer
from auditapp.services import auditing
from auditapp.storage.database import db
from tests.builders import evidence
from tests.pages import Browser, Page
from tests.web.walk import CHECKLIST, answered, autosave, completed, private_link, started

SECTION, CRITERION = "before-the-race", "image-share"
MOST_STATEMENTS = 8


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """What the database is asked within the block, the beginnings and ends of transactions included."""
    seen: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    def end(_connection: Any) -> None:
        seen.append("COMMIT or ROLLBACK")

    listeners: list[tuple[str, Any]] = [("before_cursor_execute", note), ("commit", end), ("rollback", end)]
    for name, listener in listeners:
        event.listen(engine, name, listener)
    try:
        yield seen
    finally:
        for name, listener in listeners:
            event.remove(engine, name, listener)


def fragment(html: str) -> str:
    """A fragment that has to parse; its text."""
    parsed = HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(html)
    return " ".join("".join(parsed.itertext()).split())


def the_page(client: Browser) -> tuple[str, Page]:
    """A new audit and its first section."""
    audit = started(client)
    return audit, client.page(f"{audit}/{SECTION}")


def test_a_choice_is_saved_and_the_score_comes_back(client: Browser):
    audit, page = the_page(client)
    status, body = autosave(client, audit, page, CRITERION, {"choice": "full"})
    assert status == 200
    assert body["version"] == 1
    assert body["saved"].endswith("+00:00")
    assert "4 of 240 points" in fragment(body["live"])
    assert "1 of 9" in fragment(body["live"])
    assert "Declared" in fragment(body["state"])
    assert "card" not in body, "the rest of the criterion stays as it is"
    assert client.page(f"{audit}/{SECTION}").fields()[f"{CRITERION}.choice"] == "full"


def test_saving_goes_on_from_the_version_that_came_back(client: Browser):
    audit, page = the_page(client)
    _status, first = autosave(client, audit, page, CRITERION, {"choice": "full"})
    status, second = autosave(
        client,
        audit,
        page,
        CRITERION,
        {"choice": "full", "note": "More", "version": str(first["version"]), "was": first["was"]},
    )
    assert (status, second["version"]) == (200, 2)


def test_saving_the_same_twice_is_harmless(client: Browser):
    audit, page = the_page(client)
    for _again in range(2):
        status, body = autosave(client, audit, page, CRITERION, {"choice": "full"})
        assert (status, body["version"]) == (200, 1)


def test_a_link_is_added_and_the_criterion_drawn_anew(client: Browser):
    audit, page = the_page(client)
    new = {"choice": "full", "new-url": "https://ridgelinehalf.example/pictures", "new-kind": "page"}
    status, body = autosave(client, audit, page, CRITERION, new, do=f"add:{CRITERION}")
    assert status == 200
    assert "ridgelinehalf.example/pictures" in fragment(body["card"])


def test_a_link_nobody_can_open_is_refused_in_place(client: Browser):
    audit, page = the_page(client)
    status, body = autosave(
        client, audit, page, CRITERION, {"choice": "full", "new-url": "pictures"}, do=f"add:{CRITERION}"
    )
    assert status == 422
    assert "Enter the whole address, starting with https://" in fragment(body["card"])


def test_a_link_beyond_what_a_report_holds_is_refused_in_place(app: Flask, client: Browser):
    audit, _ = the_page(client)
    token, catalogue = private_link(client, audit).rpartition("/")[2], app.extensions["auditapp"].catalogue
    links = tuple(evidence(url=f"https://a.example/{number}") for number in range(25))
    others = [one.id for one in catalogue.get(CHECKLIST).criteria if one.id != CRITERION and not one.measure]
    with app.app_context():
        auditing.answer_all(
            db.session,
            catalogue,
            audit.rpartition("/")[2],
            token,
            dict.fromkeys(others[:40], Answer(note="Seen", evidence=links)),
            now=dt.datetime.now(dt.UTC),
        )
    page = client.page(f"{audit}/{SECTION}")
    new = {"choice": "full", "new-url": "https://ridgelinehalf.example/pictures", "new-kind": "page"}
    status, body = autosave(client, audit, page, CRITERION, new, do=f"add:{CRITERION}")
    assert status == 422
    assert "1,001 pieces of evidence, and at most 1,000 fit" in fragment(body["card"])
    assert "ridgelinehalf.example/pictures" in fragment(body["card"])


def test_a_mistake_put_right_is_no_longer_marked(client: Browser):
    audit, page = the_page(client)
    status, body = autosave(client, audit, page, CRITERION, {"note": "n" * 4001})
    assert status == 422
    assert "this is 1 too long" in fragment(body["card"])
    status, body = autosave(client, audit, page, CRITERION, {"note": "Short"}, marked="y")
    assert status == 200
    assert "too long" not in fragment(body["card"])


def test_the_second_to_save_gets_both_versions(client: Browser):
    audit, page = the_page(client)
    autosave(client, audit, page, CRITERION, {"choice": "partly"})
    status, body = autosave(client, audit, page, CRITERION, {"choice": "full", "note": "Mine"})
    assert status == 409
    text = fragment(body["card"])
    assert "Somebody else saved another answer meanwhile" in text
    assert "Mine" in text
    kept = {"choice": "full", "note": "Mine", "keep": "mine", "contested": "y", "version": "1"}
    status, body = autosave(client, audit, page, CRITERION, kept)
    assert (status, body["version"]) == (200, 2)


def test_keeping_theirs_brings_their_answer_onto_the_page(client: Browser):
    audit, page = the_page(client)
    autosave(client, audit, page, CRITERION, {"choice": "partly", "note": "Theirs"})
    status, body = autosave(
        client, audit, page, CRITERION, {"choice": "full", "keep": "theirs", "contested": "y", "version": "1"}
    )
    assert (status, body["version"]) == (200, 1)
    assert "Theirs" in fragment(body["card"])


def test_an_untouched_answer_never_collides(client: Browser):
    audit, page = the_page(client)
    autosave(client, audit, page, CRITERION, {"choice": "partly"})
    status, body = autosave(client, audit, page, CRITERION, {})
    assert status == 200
    assert "card" in body, "the page is brought up to date instead"


@pytest.mark.parametrize(("criterion", "status"), [("no-such-criterion", 404), ("A1", 404)])
def test_only_criteria_by_their_id_are_answered(client: Browser, criterion: str, status: int):
    audit, page = the_page(client)
    fields = {
        "csrf_token": page.fields()["csrf_token"],
        "checklist": CHECKLIST,
        f"{criterion}.version": "0",
    }
    assert client.post(f"{audit}/answers/{criterion}", data=fields).status_code == status


def test_a_request_without_a_version_is_refused(client: Browser):
    audit, page = the_page(client)
    fields = {
        "csrf_token": page.fields()["csrf_token"],
        "checklist": CHECKLIST,
        f"{CRITERION}.choice": "full",
    }
    assert client.post(f"{audit}/answers/{CRITERION}", data=fields).status_code == 400


def test_without_the_mark_of_the_session_nothing_is_saved(client: Browser):
    audit, page = the_page(client)
    fields = {name: value for name, value in page.fields().items() if name != "csrf_token"}
    response = client.post(f"{audit}/answers/{CRITERION}", data=fields | {f"{CRITERION}.choice": "full"})
    assert response.status_code == 400
    assert f"{CRITERION}.choice" not in client.page(f"{audit}/{SECTION}").fields()


def test_a_completed_audit_takes_no_more_answers(client: Browser):
    audit, page = the_page(client)
    completed(client, audit)
    status, body = autosave(client, audit, page, CRITERION, {"choice": "full"})
    assert (status, body) == (409, None)


def test_a_replaced_link_takes_no_more_answers(app: Flask, client: Browser):
    audit, page = the_page(client)
    other = app.test_client()
    assert isinstance(other, Browser)
    other.get(private_link(client, audit))
    client_page = other.page(f"{audit}/link")
    other.submit(client_page)
    status, _body = autosave(client, audit, page, CRITERION, {"choice": "full"})
    assert status == 404


def test_a_save_is_lean(app: Flask, client: Browser):
    audit, page = the_page(client)
    autosave(client, audit, page, CRITERION, {"choice": "partly"})
    with statements(app) as seen:
        status, _body = autosave(client, audit, page, CRITERION, {"choice": "full", "version": "1"})
    assert status == 200
    assert len(seen) <= MOST_STATEMENTS, seen


def test_a_save_leaves_the_cookie_alone(client: Browser):
    audit, page = the_page(client)
    fields = page.fields() | {f"{CRITERION}.choice": "full"}
    response = client.post(f"{audit}/answers/{CRITERION}", data=fields)
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers


def test_an_unconfirmed_answer_is_confirmed_by_its_box(client: Browser):
    audit = started(client)
    answered(client, audit, SECTION, {CRITERION: "full"})
    page = completed(client, audit)
    response = client.submit(page, action=f"{audit}/next-edition")
    following = response.location.removesuffix("/details")
    page = client.page(f"{following}/{SECTION}")
    status, body = autosave(client, following, page, CRITERION, {"confirm": "y"})
    assert status == 200
    assert "4 of 240 points" in fragment(body["live"])
    assert "Still true for this edition" not in fragment(body["card"])
