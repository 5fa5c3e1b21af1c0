"""Events, for programs."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest

from auditapp.domain.audit import Answer
from tests.builders import an_event
from tests.public import Site, a_site

FULL, PARTLY = Answer(grade="full"), Answer(grade="partly")


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Two events, one with three editions, of which the middle one was withdrawn."""
    site = a_site(tmp_path_factory.mktemp("years"))
    for year, answer in ((2025, PARTLY), (2026, FULL), (2027, FULL)):
        event = an_event("Quillhaven 10k", edition=str(year), date=dt.date(year, 5, 1))
        published = site.publish(event, {"A2": FULL, "A4": answer})
        if year == 2026:
            published.withdraw("The date changed.")
    site.publish(an_event("Port Ennis 10k"), {"A4": PARTLY})
    return site


def ask(site: Site, address: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(site.client.get(address).text)
    return told


def test_each_event_stands_once_with_its_newest_report(years: Site):
    told = ask(years, "/api/v1/events.json")
    assert [(one["name"], one["latest"]["slug"]) for one in told["items"]] == [
        ("Port Ennis 10k", "port-ennis-10k-2027"),
        ("Quillhaven 10k", "quillhaven-10k-2027"),
    ]
    assert (told["total"], told["next"]) == (2, None)
    assert {"value": "2027", "label": "2027", "reports": 2} in told["facets"]["year"]


def test_events_come_in_pages_and_as_a_table(years: Site):
    first = years.client.get("/api/v1/events.json?per_page=1")
    following = json.loads(first.text)["next"]
    assert first.headers["Link"] == f'<{following}>; rel="next"'
    assert [one["slug"] for one in ask(years, following)["items"]] == ["quillhaven-10k"]
    (row,) = csv.DictReader(io.StringIO(years.client.get("/api/v1/events.csv?q=quill").text))
    assert (row["slug"], row["name"], row["latest_slug"]) == (
        "quillhaven-10k",
        "Quillhaven 10k",
        "quillhaven-10k-2027",
    )
    assert {"latest_points", "latest_essentials_met", "latest_state"} <= set(row)


def test_an_event_over_its_years_shows_no_figure_of_a_withdrawn_report(years: Site):
    (found,) = ask(years, "/api/v1/events.json?q=quill")["items"]
    told = ask(years, found["document"])
    assert (told["event"]["name"], told["event"]["organiser"]["name"]) == (
        "Quillhaven 10k",
        "Ridgeline Events",
    )
    assert [(one["edition"], one["state"], one["column"]) for one in told["editions"]] == [
        ("2025", "live", 0),
        ("2026", "withdrawn", None),
        ("2027", "live", 1),
    ]
    withdrawn = told["editions"][1]
    assert (withdrawn["score"], withdrawn["level"], withdrawn["reason"]) == (None, None, "The date changed.")
    line = next(one for one in told["criteria"] if one["code"] == "A4")
    assert (line["turns"], [one["grade"] for one in line["answers"]]) == (["better"], ["partly", "full"])
    assert (told["steps"][0]["from"], told["steps"][0]["to"]) == (
        "quillhaven-10k-2025",
        "quillhaven-10k-2027",
    )


def test_the_model_leaves_nothing_out(years: Site):
    told, page = ask(years, "/api/v1/events/quillhaven-10k.json"), ask(years, "/events/quillhaven-10k.json")
    for part in ("steps", "sections", "criteria"):
        assert told[part] == page[part]
    assert set(page["editions"][0]) <= set(told["editions"][0])


def test_an_event_nobody_knows_is_not_found(years: Site):
    for name in ("nothing", "a%00b"):
        response = years.client.get(f"/api/v1/events/{name}.json")
        assert (response.status_code, response.mimetype) == (404, "application/problem+json")


def test_the_number_of_statements_does_not_depend_on_the_number_of_events(years: Site):
    counts = []
    for search in ("?q=ennis", ""):
        with years.statements() as seen:
            years.client.get(f"/api/v1/events.json{search}")
        counts.append(len(seen))
    assert counts[0] == counts[1]
