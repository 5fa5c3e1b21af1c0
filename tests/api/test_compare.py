"""Reports side by side, for programs."""

from __future__ import annotations

import csv
import io
import json

from auditapp.domain.audit import Answer
from auditapp.services import publishing
from auditapp.services.comparing import compare_reports
from auditapp.storage.database import db
from tests.builders import an_event
from tests.public import Site

RIDGELINE, QUILLHAVEN = "ridgeline-half-marathon-2027", "quillhaven-10k-2026"
PAIR = f"report={RIDGELINE}&report={QUILLHAVEN}"


def test_it_says_what_the_comparison_says(examples: Site):
    told = json.loads(examples.client.get(f"/api/v1/compare.json?{PAIR}").text)
    with examples.app.app_context():
        found = publishing.find_reports(db.session, [RIDGELINE, QUILLHAVEN])
        catalogue = examples.app.extensions["auditapp"].catalogue
        comparison = compare_reports(catalogue, [found[slug][1] for slug in (RIDGELINE, QUILLHAVEN)])
    assert [one["slug"] for one in told["reports"]] == [RIDGELINE, QUILLHAVEN]
    assert [one["state"] for one in told["reports"]] == ["live", "live"]
    assert told["shared_criteria"] == comparison.shared
    assert [row["id"] for row in told["criteria"]] == [row.criterion for row in comparison.rows]
    assert [row["band"] for row in told["criteria"]] == [row.band.value for row in comparison.rows]
    first, row = told["criteria"][0]["answers"][0], comparison.rows[0].cells[0]
    assert (first["grade"], first["state"], first["note"]) == (row.grade, row.state, row.note)
    assert told["reports"][0]["score"]["percent"] == 63
    assert sum(len(part["criteria"]) for part in told["left_out"]) == len(comparison.rows) - comparison.shared


def test_the_model_leaves_nothing_out(examples: Site):
    told = json.loads(examples.client.get(f"/api/v1/compare.json?{PAIR}").text)
    page = json.loads(examples.client.get(f"/reports/compare.json?{PAIR}").text)
    assert told["criteria"] == page["criteria"]
    assert told["sections"] == page["sections"]
    assert set(page["reports"][0]) <= set(told["reports"][0])


def test_the_table_has_a_row_for_every_criterion(examples: Site):
    rows = list(csv.reader(io.StringIO(examples.client.get(f"/api/v1/compare.csv?{PAIR}").text)))
    told = json.loads(examples.client.get(f"/api/v1/compare.json?{PAIR}").text)
    assert [row[1] for row in rows[3:]] == [row["id"] for row in told["criteria"]]


def test_a_withdrawn_report_is_not_compared(site: Site):
    one = site.publish(answers={"A4": Answer(grade="full")})
    other = site.publish(an_event("Port Ennis 10k"), {"A4": Answer(grade="partly")})
    address = f"/api/v1/compare.json?report={one.slug}&report={other.slug}"
    known = site.client.get(address).headers["ETag"]
    other.withdraw("Not so.")
    response = site.client.get(address, headers={"If-None-Match": known})
    assert (response.status_code, response.mimetype) == (410, "application/problem+json")
    assert json.loads(response.text)["reason"] == "Not so."


def test_reports_that_share_nothing_cannot_be_answered(site: Site):
    one = site.publish(answers={"A4": Answer(grade="full")})
    site.checklist = "run-club@1.0"
    other = site.publish(an_event("Port Ennis Runners"), {})
    response = site.client.get(f"/api/v1/compare.json?report={one.slug}&report={other.slug}")
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
