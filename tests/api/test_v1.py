import csv
import datetime as dt
import io
import json

import pytest

from auditapp.domain.audit import Answer
from auditapp.domain.report import Report
from tests.builders import an_event, evidence

RIDGELINE = "ridgeline-half-marathon-2027"


def items(response):
    return [item["slug"] for item in response.json["items"]]


def test_the_list_holds_what_the_page_shows(examples):
    response = examples.client.get("/api/v1/reports.json?q=ridgeline")
    assert (response.status_code, response.mimetype) == (200, "application/json")
    (item,) = response.json["items"]
    assert item["score"] == {"points": 116, "possible": 182, "percent": 63, "evidenced_percent": 46}
    assert item["answers"] == {"given": 71, "evidenced": 39}
    assert (item["level"], item["result"], item["scope"]) == ("established", "Established", "whole")
    assert item["essentials"] == {"met": 19, "applicable": 20}
    assert item["assurance"] == "self-declared"
    assert item["url"].endswith(f"/reports/{RIDGELINE}")
    assert examples.client.get(item["document"]).status_code == 200
    assert {"value": "established", "label": "Established", "reports": 1} in response.json["facets"]["level"]


def test_the_same_search_narrows_as_on_the_page(examples):
    assert items(examples.client.get("/api/v1/reports.json?level=leading")) == ["quillhaven-10k-2026"]
    assert len(items(examples.client.get("/api/v1/reports.json?year=2026&checklist=endurance-event"))) == 3


def test_pages_name_the_next_one(examples):
    seen, address = [], "/api/v1/reports.json?per_page=2&order=evidence"
    while address:
        response = examples.client.get(address)
        seen += items(response)
        assert (f'<{response.json["next"]}>; rel="next"' == response.headers.get("Link")) == bool(
            response.json["next"]
        )
        address = response.json["next"]
    assert len(seen) == len(set(seen)) == 5
    assert seen[0] == "quillhaven-10k-2026"


def test_csv_has_a_row_for_every_report_and_no_formulas(site):
    site.publish(
        an_event("=cmd|'/c calc'!A1", organiser="@SUM(1)", place="+1"), {"A4": Answer(grade="partly")}
    )
    response = site.client.get("/api/v1/reports.csv")
    assert response.mimetype == "text/csv"
    (row,) = csv.DictReader(io.StringIO(response.text))
    assert row["title"].startswith("'=cmd")
    assert row["organiser"] == "'@SUM(1)"
    assert row["points"] == "2"


def test_a_report_on_the_quick_audit_has_its_count_in_place_of_a_level(site):
    site.publish(answers={"A4": Answer(grade="full"), "C5": Answer(grade="none")})
    (item,) = site.client.get("/api/v1/reports.json").json["items"]
    assert (item["level"], item["scope"], item["result"]) == (None, "quick", "Essentials only: 1 of 20")
    assert item["essentials"] == {"met": 1, "applicable": 20}
    assert (item["score"]["percent"], item["score"]["evidenced_percent"]) == (None, None)
    (row,) = csv.DictReader(io.StringIO(site.client.get("/api/v1/reports.csv").text))
    assert (row["level"], row["scope"], row["essentials_met"], row["percent"]) == ("", "quick", "1", "")
    assert items(site.client.get("/api/v1/reports.json?level=essentials-only")) == [item["slug"]]


def test_a_report_is_given_as_it_was_frozen(examples):
    response = examples.client.get(f"/api/v1/reports/{RIDGELINE}.json")
    body = json.loads(response.text)
    assert body["publication"]["state"] == "live"
    assert body["publication"]["pdf"].endswith(f"/reports/{RIDGELINE}.pdf")
    report = Report.model_validate_json(json.dumps(body["report"]))
    assert report.title == "Ridgeline Half Marathon 2027"


def test_a_withdrawn_report_is_gone_with_date_and_reason(site):
    published = site.publish(answers={"A4": Answer(grade="full", evidence=(evidence(),))})
    address = f"/api/v1/reports/{published.slug}.json"
    known = site.client.get(address).headers["ETag"]
    published.withdraw("The shirt order changed.")
    response = site.client.get(address, headers={"If-None-Match": known})
    assert (response.status_code, response.mimetype) == (410, "application/problem+json")
    assert response.json["reason"] == "The shirt order changed."
    assert response.json["withdrawn_on"] == "2026-11-24"
    assert "report" not in response.json
    assert items(site.client.get("/api/v1/reports.json")) == []


STANDING = ("state", "expired", "expires_on", "superseded_by", "withdrawn_on", "reason")


def standing(response):
    body = response.json.get("publication", response.json)
    return {name: body[name] for name in STANDING}


def test_a_report_is_given_with_how_it_stands_and_what_a_list_says(examples):
    body = examples.client.get(f"/api/v1/reports/{RIDGELINE}.json").json
    assert standing(examples.client.get(f"/api/v1/reports/{RIDGELINE}.json")) == {
        "state": "live",
        "expired": False,
        "expires_on": "2027-11-24",
        "superseded_by": None,
        "withdrawn_on": None,
        "reason": "",
    }
    assert body["publication"]["successor"] is None
    assert body["publication"]["badge"].endswith(f"/reports/{RIDGELINE}/badge.svg")
    (listed,) = examples.client.get("/api/v1/reports.json?q=ridgeline").json["items"]
    assert body["summary"] == listed


def test_a_report_that_ran_out_says_so_in_every_form(site):
    published = site.publish(answers={"A4": Answer(grade="full")}, today=dt.date(2020, 2, 29))
    given = standing(site.client.get(f"/api/v1/reports/{published.slug}.json"))
    assert (given["state"], given["expired"], given["expires_on"]) == ("expired", True, "2021-02-28")
    (item,) = site.client.get("/api/v1/reports.json").json["items"]
    assert (item["state"], item["expired"]) == ("expired", True)
    (row,) = csv.DictReader(io.StringIO(site.client.get("/api/v1/reports.csv").text))
    assert row["state"] == "expired"


def test_a_chain_of_corrections_can_be_followed_from_one_to_the_next(site):
    first = site.publish(answers={"A4": Answer(grade="partly")}, today=dt.date(2020, 2, 29))
    second = site.correct(first, {"A4": Answer(grade="full")}, dt.date(2020, 3, 1))
    third = site.correct(second, {"A4": Answer(grade="none")}, dt.date(2026, 11, 24))
    seen, address = [], f"/api/v1/reports/{first.slug}.json"
    while address:
        publication = site.client.get(address).json["publication"]
        seen.append((publication["slug"], publication["state"], publication["expired"]))
        address = publication["successor"]
    assert seen == [
        (first.slug, "superseded", True),
        (second.slug, "superseded", True),
        (third.slug, "live", False),
    ]
    assert items(site.client.get("/api/v1/reports.json")) == [third.slug]


def test_a_withdrawn_report_still_says_what_replaced_it(site):
    first = site.publish(answers={"A4": Answer(grade="partly")})
    first.withdraw("Not so.")
    later = site.correct(first, {"A4": Answer(grade="full")}, dt.date(2026, 12, 1))
    response = site.client.get(f"/api/v1/reports/{first.slug}.json")
    assert response.status_code == 410
    assert standing(response) == {
        "state": "withdrawn",
        "expired": False,
        "expires_on": "2027-11-24",
        "superseded_by": later.slug,
        "withdrawn_on": "2026-11-24",
        "reason": "Not so.",
    }


def test_checklists_are_listed_and_given_whole(examples):
    items_listed = examples.client.get("/api/v1/checklists.json").json["items"]
    (item,) = (one for one in items_listed if one["ref"] == "endurance-event@1.0")
    assert (item["ref"], item["criteria"], item["essentials"]) == ("endurance-event@1.0", 100, 20)
    assert examples.client.get(item["document"]).json["id"] == "endurance-event"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/reports/nothing.json", 404),
        ("/api/v1/reports/a%00b.json", 404),
        ("/api/v1/checklists/nothing/1.0.json", 404),
        ("/api/v1/nothing", 404),
        ("/api/", 404),
        ("/api/v1/reports.json?page=abc", 400),
        ("/api/v1/reports.json?page=0", 400),
        ("/api/v1/reports.json?per_page=10000", 400),
        ("/api/v1/reports.json?year=20x7", 400),
        ("/api/v1/reports.json?level=%00", 400),
        ("/api/v1/reports.json?q=%00", 400),
        ("/api/v1/reports.json?order=best", 400),
        ("/api/v1/reports.csv?pagee=2", 400),
        ("/api/v1/reports.json?page=1&page=2", 400),
        ("/api/v1/reports.json?cursor=57.x", 400),
        ("/api/v1/reports.json?cursor=99999999999999", 400),
        ("/api/v1/reports.json?criterion=Z9:full", 400),
        ("/api/v1/reports.json?criterion=A4:perhaps", 400),
        ("/api/v1/reports.json?since=2027-02-30", 400),
        ("/api/v1/reports.json?latest=perhaps", 400),
        ("/api/v1/compare.json", 400),
        (f"/api/v1/compare.json?report={RIDGELINE}", 400),
        (f"/api/v1/compare.json?report={RIDGELINE}&report={RIDGELINE}", 400),
        (f"/api/v1/compare.csv?report={RIDGELINE}&report=nothing", 404),
    ],
)
def test_every_error_is_a_problem_object(examples, address, status):
    response = examples.client.get(address)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert set(response.json) == {"type", "title", "status", "detail", "instance"}
    assert response.json["status"] == status
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_the_api_only_reads(examples, method):
    for address in ("/api/v1/reports.json", "/api/v1/anything"):
        response = getattr(examples.client, method)(address)
        assert (response.status_code, response.mimetype) == (405, "application/problem+json")
        assert "GET" in response.headers["Allow"]


def test_pages_of_any_origin_may_read_and_caches_must_ask(examples):
    for address in ("/api/v1/reports.json", "/api/v1/reports.csv", f"/api/v1/reports/{RIDGELINE}.json"):
        first = examples.client.get(address)
        assert first.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in first.headers
        assert first.cache_control.no_cache
        again = examples.client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
    assert (
        examples.client.options("/api/v1/reports.json").headers["Access-Control-Allow-Methods"]
        == "GET, HEAD, OPTIONS"
    )


def test_the_number_of_statements_does_not_depend_on_the_number_of_rows(site):
    counts = []
    for upto in (1, 8):
        for number in range(upto):
            site.publish(an_event(f"Race {upto} {number}", edition=""))
        with site.statements() as seen:
            site.client.get("/api/v1/reports.json")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 7
