"""An event over its years, as a page, as data and in a frame; and the events of an organiser."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pikepdf
import pytest

from auditapp.domain.audit import Answer
from tests.builders import an_event
from tests.public import a_site
from tests.reading import read

EVENT = "/events/hollin-fell"
SVG = "{http://www.w3.org/2000/svg}"


def answers(**grades: str) -> dict[str, Answer]:
    return {code: Answer(grade=grade) for code, grade in grades.items()}


@pytest.fixture(scope="module")
def years(tmp_path_factory):
    """Four years of one event, one of them withdrawn and one corrected, and another event of the same organiser."""
    site = a_site(tmp_path_factory.mktemp("years"))

    def publish(year: int, **grades: str):
        event = an_event("Hollin Fell", edition=str(year), date=dt.date(year, 5, 16))
        return site.publish(event, answers(**grades), today=dt.date(year, 2, 1))

    publish(2023, A4="none", B3="full", C2="full")
    wrong = publish(2024, A4="full", B3="full", C2="none")
    site.correct(wrong, answers(C2="partly"), dt.date(2024, 3, 1))
    publish(2025, A4="full").withdraw("The shirt order changed.")
    publish(2026, A4="full", B3="none", D1="full")
    site.publish(an_event("Other Run"), answers(A4="full"))
    yield site
    site.app.extensions["auditapp"].pdf.close()


def test_editions_stand_newest_first_each_with_how_it_stands(years):
    page = read(years.client.get(EVENT))
    assert page.heading == "Hollin Fell"
    assert page.titles == [
        "Hollin Fell 2026",
        "Hollin Fell 2025",
        "Hollin Fell 2024",
        "Hollin Fell 2024",
        "Hollin Fell 2023",
    ]
    assert "Withdrawn by its organiser on 24 November 2026: “The shirt order changed.”" in page.text
    assert "Replaced since by a later report. Read the later report" in page.text
    assert page.link("Read the later report") == "/reports/hollin-fell-2024-2"
    assert page.link("Compare these editions side by side") == (
        "/reports/compare?report=hollin-fell-2023&report=hollin-fell-2024-2&report=hollin-fell-2026"
    )


def test_what_got_better_and_worse_is_said_step_by_step(years):
    text = read(years.client.get(EVENT)).text
    latest = text.split("From 2024 to 2026")[1].split("From 2023 to 2024")[0]
    assert "Better 0 None" in latest
    assert "Worse 1 B3" in latest
    assert "One answered for the first time D1" in latest
    assert "One not answered any longer C2" in latest
    assert "Like for like, over the 100 criteria asked alike in both" in latest
    assert "1 better, 1 worse Better 1 A4" in text.split("From 2023 to 2024")[1]


def test_pictures_have_their_tables(years):
    page = read(years.client.get(EVENT))
    drawn = {
        kind: [one for one in page.all(f"{SVG}svg") if kind in (one.get("class") or "")]
        for kind in ("slopes", "heat-map", "glyph-map")
    }
    for kind, pictures in drawn.items():
        assert len(pictures) == 2, kind
        assert all(
            [part.tag for part in picture[:2]] == [f"{SVG}title", f"{SVG}desc"] for picture in pictures
        )
    assert page.text.count("The same as a table") == 2


def test_a_report_leads_to_its_event_and_its_organiser(years):
    page = read(years.client.get("/reports/hollin-fell-2026"))
    assert page.link("This event over its years") == EVENT
    assert page.link("All events of this organiser") == "/organisers/ridgeline-events"


def test_the_same_as_json_without_figures_of_what_was_withdrawn(years):
    response = years.client.get(f"{EVENT}.json")
    data = response.get_json()
    assert data["event"]["name"] == "Hollin Fell"
    assert data["event"]["organiser"] == {"slug": "ridgeline-events", "name": "Ridgeline Events"}
    told = [(one["edition"], one["state"], one["column"]) for one in data["editions"]]
    assert told == [
        ("2023", "expired", 0),
        ("2024", "superseded", None),
        ("2024", "expired", 1),
        ("2025", "withdrawn", None),
        ("2026", "live", 2),
    ]
    withdrawn = data["editions"][3]
    assert (withdrawn["score"], withdrawn["level"], withdrawn["reason"]) == (
        None,
        None,
        "The shirt order changed.",
    )
    (ramp,) = (one for one in data["criteria"] if one["code"] == "A4")
    assert ramp["turns"] == ["better", "same"]
    assert [step["shared_criteria"] for step in data["steps"]] == [100, 100]
    again = years.client.get(f"{EVENT}.json", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_the_same_as_csv_has_a_row_for_every_criterion(years):
    rows = list(csv.reader(io.StringIO(years.client.get(f"{EVENT}.csv").text)))
    assert len(rows) == 1 + 100
    assert rows[0][5:10] == [
        f"Hollin Fell 2023: {part}" for part in ("answer", "state", "points", "possible", "left out because")
    ]
    assert rows[0][15] == "Hollin Fell 2024: turn"
    (ramp,) = (row for row in rows if row[0] == "A4")
    assert (ramp[5], ramp[10], ramp[15]) == ("Not met", "Fully", "better")
    assert {len(row) for row in rows} == {22}


def test_an_event_can_be_had_on_paper(years):
    assert (
        read(years.client.get(EVENT)).link("Download as PDF, with every edition and criterion")
        == f"{EVENT}.pdf"
    )
    response = years.client.get(f"{EVENT}.pdf")
    assert (response.status_code, response.mimetype) == (200, "application/pdf")
    assert response.headers["Content-Disposition"] == 'inline; filename="hollin-fell.pdf"'
    assert "no-cache" in response.headers["Cache-Control"]
    with pikepdf.open(io.BytesIO(response.data)) as pdf:
        assert pdf.docinfo["/Title"] == "Hollin Fell over its years"
    again = years.client.get(f"{EVENT}.pdf", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
    assert years.client.get("/events/nobody.pdf").status_code == 404


def test_a_frame_of_an_event_loads_nothing_and_may_be_shown_anywhere(years):
    response = years.client.get(f"{EVENT}/embed")
    page = read(response)
    assert page.heading == "Hollin Fell over its years"
    for told in (
        response,
        years.client.get(f"{EVENT}/embed", headers={"If-None-Match": response.headers["ETag"]}),
    ):
        assert "frame-ancestors *" in told.headers["Content-Security-Policy"]
        assert "unsafe" not in told.headers["Content-Security-Policy"]
    for tag in ("script", "link", "img"):
        assert not page.all(tag), tag
    assert "Set-Cookie" not in response.headers
    assert "Hollin Fell 2025 Withdrawn by its organiser" in page.text
    assert read(years.client.get(EVENT)).all("textarea")[0].text.strip().startswith("<iframe src=")


def test_an_organiser_has_its_events_each_with_the_latest_report(years):
    page = read(years.client.get("/organisers/ridgeline-events"))
    assert page.heading == "Ridgeline Events"
    assert page.titles == ["Other Run 2027", "Hollin Fell 2026"]
    assert page.link("All its editions: Hollin Fell 2026") == EVENT


def test_an_event_of_one_report_or_of_none_that_is_live_has_a_page_as_well(site):
    alone = site.publish(an_event("Alone"), answers(A4="full"))
    page = read(site.client.get("/events/alone"))
    assert "The score over the years" not in page.text
    assert "Sections" in page.text
    assert read(site.client.get("/events/alone/embed")).heading == "Alone over its years"
    alone.withdraw("Wrong file.")
    page = read(site.client.get("/events/alone"))
    assert "Withdrawn by its organiser" in page.text
    assert "%" not in page.text.split("Take it with you")[0]
    assert len(site.client.get("/events/alone.csv").text.splitlines()) == 1
    assert "None of its reports is live" in read(site.client.get("/organisers/ridgeline-events")).text


def test_no_number_of_editions_or_events_takes_more_queries(years):
    counts = {}
    for address in (EVENT, "/events/other-run", "/organisers/ridgeline-events"):
        years.client.get(address)
        with years.statements() as asked:
            years.client.get(address)
        counts[address] = len(asked)
    assert counts[EVENT] == counts["/events/other-run"] <= 8
    assert counts["/organisers/ridgeline-events"] <= 8


@pytest.mark.parametrize(
    "address",
    ["/events/nothing", "/events/NO.csv", "/events/%3Cb%3E.json", "/organisers/nobody", "/organisers/A"],
)
def test_unknown_addresses_have_a_page_that_says_so(years, address):
    response = years.client.get(address)
    assert response.status_code == 404
    assert "There is no " in read(response).heading


def test_odd_places_in_a_list_lead_to_its_beginning(years):
    for odd in ("?after=x", "?before=", "?before=%00"):
        assert read(years.client.get(f"/organisers/ridgeline-events{odd}")).titles[:1] != []
