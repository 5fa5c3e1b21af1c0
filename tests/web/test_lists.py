"""The list of a search, and the calendar, on paper."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pikepdf
import pytest
import time_machine

from auditapp.web.reports import lists
from tests.builders import an_event
from tests.public import Site, a_site
from tests.reading import read
from tests.rendering.test_pdf import texts


@pytest.fixture(scope="module")
def printing(examples: Site):
    """The examples, with their PDF process ended at the end."""
    yield examples
    examples.app.extensions["auditapp"].pdf.close()


@pytest.fixture
def november(printing: Site):
    """The same in November 2026."""
    with time_machine.travel(dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC), tick=False):
        yield printing.client


def words_of(response) -> str:
    """What stands on all pages of a PDF."""
    assert (response.status_code, response.mimetype) == (200, "application/pdf")
    return " ".join(" ".join(texts(response.data)).split())


def test_any_search_can_be_had_as_a_list_on_paper(november):
    link = read(november.get("/reports/?country=GB&order=score")).link("Download this list as PDF, to print")
    assert link == "/reports/list.pdf?country=GB&order=score"
    response = november.get(link)
    words = words_of(response)
    assert "Country: United Kingdom" in words
    assert "Order Score" in words
    assert "/reports/?country=GB&order=score" in words
    assert words.index("Marrowdale Half 2027") < words.index("Ridgeline Half Marathon 2027")
    assert "Quillhaven" not in words
    with pikepdf.open(io.BytesIO(response.data)) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("Published reports: ")
    again = november.get(link, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
    assert "no-cache" in response.headers["Cache-Control"]


def test_criteria_places_and_days_are_told_in_words(november):
    words = words_of(
        november.get("/reports/list.pdf?q=half&criterion=A1:full&place=ridge&since=2026-01-01&latest=yes")
    )
    for part in (
        "“half”",
        "“ridge”",
        "A1 Women are as visible",
        "from 2026-01-01",
        "Only the latest edition",
    ):
        assert part in words


def test_what_is_nothing_to_search_by_is_named_on_paper(november):
    for address in ("/reports/list.pdf?year=soon", "/reports/calendar.pdf?year=soon"):
        assert "Left out, because it is not something to search by: soon." in words_of(november.get(address))


def test_the_calendar_on_paper_has_months_reasons_and_the_same_search(november):
    link = read(november.get("/reports/calendar?country=GB")).link("Download the list as PDF, to print")
    assert link == "/reports/calendar.pdf?country=GB"
    words = words_of(november.get(link))
    assert "2 events to come." in words
    assert words.index("April 2027") < words.index("May 2027")
    assert "A1 Women are as visible as men" in words
    assert "Any level" in words
    assert "/reports/calendar?country=GB" in words
    held = words_of(november.get("/reports/calendar.pdf?when=held&level=established"))
    assert "Any level" not in held
    assert "latest first" in held


def test_a_longer_list_goes_on_in_a_second_sheet(november, monkeypatch):
    monkeypatch.setattr(lists, "MOST_ROWS", 2)
    first = november.get("/reports/list.pdf")
    assert "1 to 2 of 5" in words_of(first)
    with pikepdf.open(io.BytesIO(first.data)) as pdf:
        links = [str(one.A.URI) for one in pdf.pages[0].Annots]
    (following,) = (link for link in links if "after=" in link)
    second = words_of(november.get(following[following.index("/reports") :]))
    assert "3 to 4 of 5" in second


def test_a_longer_calendar_goes_on_in_a_second_sheet(november, monkeypatch):
    monkeypatch.setattr(lists, "MOST_ROWS", 1)
    first = november.get("/reports/calendar.pdf?when=held")
    assert "1 to 1 of 2" in words_of(first)
    with pikepdf.open(io.BytesIO(first.data)) as pdf:
        links = {str(one.A.URI) for one in pdf.pages[0].Annots}
    (following,) = (link for link in links if "after=" in link)
    second = words_of(november.get(following[following.index("/reports") :]))
    assert "2 to 2 of 2" in second


def test_how_often_lists_are_printed_is_limited_and_said(tmp_path: Path):
    site = a_site(tmp_path)
    statuses = [site.client.get("/reports/list.pdf").status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    assert "Too many at once" in site.client.get("/reports/list.pdf").text
    site.app.extensions["auditapp"].pdf.close()


def test_a_report_never_takes_the_address_of_the_list(site: Site):
    published = site.publish(an_event("List", edition=""))
    assert published.slug == "list-report"
