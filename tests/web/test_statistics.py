"""How many published reports meet each criterion, on the page and in everything that is taken from it."""

import csv
import io

import pikepdf
import pytest

from tests.reading import read


def test_the_page_counts_each_criterion_and_leads_to_the_list_behind_it(examples):
    page = read(examples.client.get("/reports/statistics"))
    assert page.heading == "How many meet each criterion"
    assert "5 events, each with its latest report." in page.text
    assert "3 of 5" in page.row("B2")
    assert "60% small numbers: 23% to 89%" in page.row("B2")
    behind = read(examples.client.get(page.link("3 of 5 reports meet B2 in full: show them")))
    assert len(behind.titles) == 3


def test_the_search_of_a_list_is_counted(examples):
    listed = read(examples.client.get("/reports/?country=IE"))
    page = read(examples.client.get(listed.link("How many meet each criterion")))
    assert "One event, with its latest report. Country: Ireland." in page.text
    assert "1 of 1" in page.row("B2")


def test_criteria_can_be_put_in_the_order_of_how_many_meet_them(examples):
    page = read(examples.client.get("/reports/statistics?by=share"))
    table = csv.DictReader(io.StringIO(examples.client.get("/reports/statistics.csv").text.lstrip("\ufeff")))
    best = max(table, key=lambda row: (float(row["percent"] or -1), int(row["answered"])))
    assert best["code"] in page.rows[0]


def test_the_data_and_the_table_say_the_same(examples):
    data = examples.client.get("/reports/statistics.json?country=GB").get_json()
    text = examples.client.get("/reports/statistics.csv?country=GB").text.lstrip("\ufeff")
    table = {row["code"]: row for row in csv.DictReader(io.StringIO(text))}
    assert data["reports"] == 4
    for criterion in data["criteria"]:
        row = table[criterion["code"]]
        assert (
            int(row["answered"])
            == criterion["answered"]
            == sum(one["reports"] for one in criterion["grades"])
        )
        assert int(row["unanswered"]) == criterion["unanswered"]
        assert (float(row["low"]) if row["low"] else None) == criterion["low"]


def test_a_checklist_nobody_answered_has_nothing_to_count(examples):
    page = read(examples.client.get("/reports/statistics?of=run-club"))
    assert "No published report fits." in page.text
    assert examples.client.get("/reports/statistics?of=nothing").status_code == 404


def test_the_sheet_is_tagged_and_says_what_was_asked(examples):
    response = examples.client.get("/reports/statistics.pdf?country=GB")
    assert response.mimetype == "application/pdf"
    with pikepdf.open(io.BytesIO(response.data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "How many meet each criterion" in str(pdf.docinfo["/Title"])
    again = examples.client.get(
        "/reports/statistics.pdf?country=GB", headers={"If-None-Match": response.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize("shown", ["", "?show=B2&show=A1"])
def test_other_pages_may_show_it_and_it_runs_nothing(examples, shown):
    response = examples.client.get(f"/reports/statistics/embed{shown}")
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "script" not in response.text
    assert "Set-Cookie" not in response.headers
    page = read(response)
    assert "As of" in page.text
    assert len(page.rows) == (2 if shown else 20)


@pytest.mark.parametrize(
    "query", ["by=moat", "of=", "latest=maybe", "show=" + "x" * 300, "criterion=B2", "year=x"]
)
def test_odd_parameters_are_answered_politely(examples, query):
    for address in ("statistics", "statistics.csv", "statistics.json", "statistics/embed"):
        assert examples.client.get(f"/reports/{address}?{query}").status_code in (200, 404)


def test_a_report_has_a_place_among_comparable_events_once_there_are_five(examples):
    page = read(examples.client.get("/reports/quillhaven-10k-2026"))
    assert (
        "No place among others: only 4 other events are comparable (Endurance events 1.0). Five are needed."
        in page.text
    )
