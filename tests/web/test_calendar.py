"""Events that reach a level, by date."""

import datetime as dt

import pytest
import time_machine

from tests.reading import read


@pytest.fixture
def november(examples):
    """The examples, as they stand in November 2026: two editions to come, and some that were held."""
    with time_machine.travel(dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC), tick=False):
        yield examples.client


def test_events_to_come_stand_by_month_soonest_first_with_their_reasons(november):
    page = read(november.get("/reports/calendar"))
    assert page.heading == "Events that reach a level, by date"
    assert "2 events to come" in page.text
    assert page.titles == ["Marrowdale Half 2027", "Ridgeline Half Marathon 2027"]
    assert page.text.index("April 2027") < page.text.index("May 2027")
    assert "Sunday 11 April 2027. 21.1 km." in page.text
    assert "A1 Women are as visible as men in the event’s pictures with evidence" in page.text


def test_what_was_held_is_a_list_of_its_own_without_those_that_reach_no_level(november):
    page = read(november.get(read(november.get("/reports/calendar")).link("Events that were held")))
    assert page.titles == ["Quillhaven 10K 2026", "Port Ennis Half Marathon 2026"]
    assert page.link("Events to come") == "/reports/calendar"


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("place=irel&when=held", ["Quillhaven 10K 2026"]),
        ("place=quill&when=held", ["Quillhaven 10K 2026"]),
        ("place=moat&when=held", []),
        ("country=GB", ["Marrowdale Half 2027", "Ridgeline Half Marathon 2027"]),
        ("level=established", ["Ridgeline Half Marathon 2027"]),
        ("distance=10k", []),
    ],
)
def test_the_list_is_narrowed_to_a_place_a_country_a_level(november, query, titles):
    assert read(november.get(f"/reports/calendar?{query}")).titles == titles


def test_what_has_run_out_is_not_in_the_list(examples):
    with time_machine.travel(dt.datetime(2030, 1, 1, tzinfo=dt.UTC), tick=False):
        assert "No event fits." in read(examples.client.get("/reports/calendar?when=held")).text


def test_other_pages_may_show_it_and_it_runs_nothing(november):
    response = november.get("/reports/calendar/embed?country=GB")
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "script" not in response.text
    assert "Set-Cookie" not in response.headers
    assert [row[:18] for row in read(response).rows] == ["Marrowdale Half 20", "Ridgeline Half Mar"]
