"""The facts page: what it asks, what it understands, and two people at once."""

from __future__ import annotations

import datetime as dt

import pytest

from auditapp.web.dates import parse_date
from tests.pages import Browser
from tests.web.walk import started, with_facts


@pytest.mark.parametrize(
    "typed",
    [
        "16 May 2027",
        "16 may 27",
        "16th May 2027",
        "Sunday 16 May 2027",
        "May 16, 2027",
        "16/5/2027",
        "16.05.2027",
        "16-5-27",
        "2027-05-16",
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str):
    assert parse_date(typed) == dt.date(2027, 5, 16)


@pytest.mark.parametrize(
    "typed", ["soon", "May 2027", "31/02/2027", "16 May 20270", "1 2 3 4", "16 x 2027", "??"]
)
def test_a_date_nobody_can_read_is_refused(typed: str):
    with pytest.raises(ValueError):
        parse_date(typed)


def test_no_date_is_no_mistake():
    assert parse_date("  ") is None


def test_facts_decide_what_appears(client: Browser):
    audit = started(client)
    assert client.page(f"{audit}/race-day").by_id("C14") is not None
    page = with_facts(client, audit, {"pacers": "no", "distance": "21.1", "kind": "road"})
    assert "90 of 100 do" in page.text
    race_day = client.page(f"{audit}/race-day")
    assert race_day.by_id("C14") is None
    assert "1 criterion of this section does not apply to your event." in race_day.text


def test_a_fact_can_become_unknown_again(client: Browser):
    audit = started(client)
    with_facts(client, audit, {"pacers": "no"})
    with_facts(client, audit, {"pacers": ""})
    assert client.page(f"{audit}/race-day").by_id("C14") is not None


def test_before_the_first_save_no_fact_is_chosen(client: Browser):
    audit = started(client)
    assert "fact-pacers" not in client.page(f"{audit}/details").fields()
    with_facts(client, audit, {})
    assert client.page(f"{audit}/details").fields()["fact-pacers"] == ""


def test_what_was_typed_comes_back_in_the_same_words(client: Browser):
    audit = started(client, date="16/5/27")
    with_facts(client, audit, {"distance": "1,000.5", "starters": "1 200"})
    fields = client.page(f"{audit}/details").fields()
    assert (fields["date"], fields["fact-distance"], fields["fact-starters"]) == (
        "16 May 2027",
        "1000.5",
        "1200",
    )


def test_mistakes_are_named_and_nothing_typed_is_lost(client: Browser):
    audit = started(client)
    response = client.submit(
        client.page(f"{audit}/details"),
        {
            "name": "",
            "website": "ridgeline",
            "date": "soon",
            "place": "P" * 201,
            "organiser": "Ann\u202e",
            "fact-distance": "far",
            "fact-starters": "0",
        },
    )
    assert response.status_code == 422
    for words in (
        "Seven entries need another look",
        "Enter the whole address, starting with https://",
        "Use at most 200 characters; this is 1 too long",
        "has characters that cannot be shown: U+202E",
        "How long is the race? This must be a number of km, such as 10 or 42.2",
        "must be at least 1 people",
        'value="ridgeline"',
        'value="soon"',
        'value="far"',
    ):
        assert words in response.text
    assert client.page(audit).heading == "Ridgeline Half Marathon", "nothing was saved"


def test_forged_choices_are_refused(client: Browser):
    audit = started(client)
    page = client.page(f"{audit}/details")
    response = client.submit(page, {"fact-kind": "swimming", "fact-pacers": "maybe"})
    assert response.status_code == 422
    assert "This must be one of road, trail" in response.text
    assert "This must be true or false" in response.text


def test_two_people_see_both_versions_and_choose(client: Browser):
    audit = started(client)
    mine = client.page(f"{audit}/details")
    with_facts(client, audit, {"starters": "640"})
    response = client.submit(mine, {"fact-starters": "650", "place": "Hollin"})
    assert response.status_code == 409
    assert "Somebody else changed these facts meanwhile" in response.text
    assert "You: 650. They: 640." in response.text
    assert 'value="Hollin"' in response.text
    page = client.page(f"{audit}/details")
    assert page.fields()["fact-starters"] == "640", "theirs is what is stored"
    kept = client.submit(page, {"fact-starters": "650", "place": "Hollin"})
    assert kept.status_code == 303


def test_sending_the_same_facts_twice_is_harmless(client: Browser):
    audit = started(client)
    page = client.page(f"{audit}/details")
    for _again in range(2):
        assert client.submit(page, {"fact-starters": "640"}).status_code == 303
