"""How many reports meet each criterion, for programs."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from auditapp.domain.audit import Answer
from tests.builders import an_event, evidence
from tests.public import Site, a_site


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Three events, one of them with two editions."""
    site = a_site(tmp_path_factory.mktemp("counted"))
    full, partly = Answer(grade="full", evidence=(evidence(),)), Answer(grade="partly")
    site.publish(an_event(), {"A4": full})
    site.publish(an_event("Port Ennis 10k"), {"A4": partly})
    site.publish(an_event("Quillhaven 10k", edition="2026"), {"A4": partly})
    site.publish(an_event("Quillhaven 10k", edition="2027"), {"A4": full})
    return site


def ask(site: Site, address: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(site.client.get(address).text)
    return told


def criterion(answer: dict[str, Any], code: str = "A4") -> dict[str, Any]:
    return next(one for one in answer["criteria"] if one["code"] == code)


def test_each_criterion_has_its_counts_with_an_interval(counted: Site):
    answer = ask(counted, "/api/v1/statistics.json")
    assert (answer["checklist"], answer["reports"], answer["each_event_once"]) == (
        "endurance-event",
        3,
        True,
    )
    found = criterion(answer)
    assert (found["answered"], found["met"], found["partly"], found["percent"]) == (3, 2, 1, 66)
    assert (found["low"], found["high"], found["small"]) == (20.77, 93.85, True)
    assert [(one["grade"], one["worth"], one["reports"]) for one in found["grades"]] == [
        ("none", 0, 0),
        ("partly", "1/2", 1),
        ("full", 1, 2),
    ]
    assert {"value": "2027", "label": "2027", "reports": 3} in answer["facets"]["year"]


def test_behind_a_number_stands_the_list_it_counts(counted: Site):
    for latest in ("yes", "no"):
        answer = ask(counted, f"/api/v1/statistics.json?latest={latest}&q=quillhaven")
        found = criterion(answer)
        assert ask(counted, found["reports"])["total"] == found["met"] == 1
    assert found["answered"] == 2


def test_the_table_says_the_same(counted: Site):
    rows = list(csv.DictReader(io.StringIO(counted.client.get("/api/v1/statistics.csv").text)))
    answer = ask(counted, "/api/v1/statistics.json")
    assert [(row["code"], int(row["met"]), int(row["unanswered"])) for row in rows] == [
        (one["code"], one["met"], one["unanswered"]) for one in answer["criteria"]
    ]
    assert "grades" not in rows[0]


def test_the_checklist_is_the_one_that_is_named_or_spoken_of(counted: Site):
    for asked, name in (
        ("of=run-club", "run-club"),
        ("checklist=school-sport", "school-sport"),
        ("criterion=A4:full", "endurance-event"),
    ):
        assert ask(counted, f"/api/v1/statistics.json?{asked}")["checklist"] == name
    assert counted.client.get("/api/v1/statistics.json?of=nothing").status_code == 404
    assert counted.client.get("/api/v1/statistics.json?page=2").status_code == 400


def test_the_number_of_statements_does_not_depend_on_the_number_of_reports(counted: Site):
    counted.client.get("/api/v1/statistics.json")
    with counted.statements() as seen:
        counted.client.get("/api/v1/statistics.json?q=ridgeline")
    assert len(seen) <= 4
