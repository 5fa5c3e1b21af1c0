"""Events near a place, on every page that searches: what was understood, how far away each is, and whole in the address."""

import datetime as dt
import re
import shutil

import pytest
import time_machine

from tests.public import Site, a_site
from tests.reading import read, said
from tests.rendering.test_pdf import texts


@pytest.fixture(scope="module")
def printing(northern: Site):
    """The site, with its PDF process ended at the end."""
    yield northern
    northern.app.extensions["auditapp"].pdf.close()


@pytest.fixture
def november(printing: Site):
    """The same in November 2026: everything is to come."""
    with time_machine.travel(dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC), tick=False):
        yield printing.client


def runs(page) -> list[int]:
    """The numbers of the runs a page lists, in order."""
    return [int(title.split()[1]) for title in page.titles]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("place=Leeds", [0, 2, 3, 6]),
        ("place=Leeds&within=25", [0, 2, 6]),
        ("place=Leeds&within=200", [0, 2, 3, 5, 6]),
        ("place=leeds,+uk&within=25", [0, 2]),
        ("place=Leeds&country=US", [4]),
        ("place=Leeds&within=200&country=GB", [0, 2, 3, 5, 6]),
        ("place=Newcastle", [1]),
        ("place=Newcastle,+Australia", [1]),
        ("place=Newcastle&country=GB", [5]),
        ("place=UK", [0, 2, 3, 5, 6]),
        ("place=Australien", [1]),
        ("place=Leedsh", [6]),
        ("place=Marrowdale", []),
    ],
)
def test_the_calendar_lists_what_is_near_by_date(november, query, found):
    assert runs(read(november.get(f"/reports/calendar?{query}"))) == found


def test_the_calendar_says_what_it_understood_and_how_far_away_each_is(november):
    page = read(november.get("/reports/calendar?place=leeds&within=25"))
    assert "Within about 25 km of Leeds, United Kingdom." in page.text
    assert "Ilkley, United Kingdom, about 23 km away." in page.text
    assert "Leeds, West Yorkshire, England. Leeds" in page.text
    assert "Leeds, USA" not in page.text
    assert "Leedsholme, United Kingdom. Leedsholme" in page.text
    assert [field.get("value") for field in page.all("input", name="place")] == ["leeds"]
    chosen = [one.get("value") for one in page.all("option") if one.get("selected") is not None]
    assert chosen == ["25"]


def test_other_places_of_the_name_are_offered_and_lead_to_themselves(november):
    page = read(november.get("/reports/calendar?place=Newcastle&within=100&distance=half"))
    assert "Within about 100 km of Newcastle, Australia. Other places of that name:" in page.text
    address = page.link("Newcastle upon Tyne, England, United Kingdom")
    assert "within=100" in address
    assert "distance=half" in address
    there = read(november.get(address))
    assert "Within about 100 km of Newcastle upon Tyne, United Kingdom." in there.text
    assert runs(there) == [5]
    for other in page.all("a"):
        if "Newcastle" in said(other):
            words = said(other)
            town, country = words.split(", ")[0], words.rsplit(", ")[-1]
            told = read(november.get(page.link(words))).text
            assert re.search(rf"Within about 100 km of {town}, (\w+ ?\w*, )?{country}\.", told)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("Marrowdale", "“Marrowdale” is not a place we know: shown are places that begin so."),
        ("Deutschland", "In the whole of Germany."),
        ("Portland", "Within about 50 km of Portland, Oregon, United States."),
        ("%3Cb%3E", "“<b>” is not a place we know: shown are places that begin so."),
    ],
)
def test_it_is_said_plainly_what_a_place_was_taken_for(november, place, words):
    for path in ("calendar", "calendar/embed", "", "statistics"):
        page = read(november.get(f"/reports/{path}?place={place}"))
        assert words in page.text


@pytest.mark.parametrize("within", ["abc", "0", "-25", "49", "1e9", "٢٥", "25%00"])
def test_a_distance_that_is_none_is_left_out_and_said(november, within):
    page = read(november.get(f"/reports/calendar?place=Leeds&within={within}"))
    assert "Left out, because it is not something to search by:" in page.text
    assert "Within about 50 km of Leeds" in page.text


def test_a_distance_without_a_place_narrows_nothing(november):
    page = read(november.get("/reports/?within=25"))
    assert len(runs(page)) == 7
    assert "Within about" not in page.text


def test_the_list_is_narrowed_and_tells_distances_and_every_link_keeps_the_place(november):
    page = read(november.get("/reports/?place=Leeds&within=25&order=date"))
    assert runs(page) == [6, 2, 0]
    assert "Ilkley, United Kingdom, about 23 km away. Published" in page.text
    for words in ("How many meet each criterion", "events by date", "Score"):
        assert "place=Leeds&within=25" in page.link(words)
    assert runs(read(november.get(page.link("events by date")))) == [0, 2, 6]
    feed = november.get(page.link("Follow this search: new reports as a feed (Atom)")).text
    assert feed.count("<entry>") == 3


def test_where_nothing_is_near_it_is_said_how_to_go_on(november):
    assert "Or look further around." in read(november.get("/reports/?place=Cairo")).text
    assert "Look further around" in read(november.get("/reports/calendar?place=Cairo")).text


def test_counts_are_of_what_is_near(november):
    page = read(november.get("/reports/statistics?place=Leeds,+UK&within=25"))
    assert "Within about 25 km of Leeds, United Kingdom." in page.text
    assert "2 reports" in page.text
    assert [field.get("value") for field in page.all("input", name="place")] == ["Leeds, UK"]


def test_a_frame_on_another_page_tells_distances(november):
    page = read(november.get("/reports/calendar/embed?place=Leeds,+UK&within=25"))
    assert "Within about 25 km of Leeds, United Kingdom." in page.text
    assert "Ilkley, United Kingdom, about 23 km away." in page.rows[0]
    assert page.link("The whole list, at Whole Field").endswith("?place=Leeds,+UK&within=25")


@pytest.mark.parametrize("name", ["list", "calendar"])
def test_a_list_on_paper_tells_distances(november, name):
    answer = november.get(f"/reports/{name}.pdf?place=Leeds,+UK&within=25")
    words = " ".join(" ".join(texts(answer.data)).split())
    assert "Within about 25 km of Leeds, United Kingdom" in words
    # On paper a line may end anywhere, and the next column stand between its parts.
    assert {"Ilkley,", "about", "23"} <= set(words.split())


def test_the_address_for_good_holds_the_place(november):
    page = read(november.get("/reports/calendar?place=Leeds&within=25"))
    assert "/reports/calendar?place=Leeds&within=25" in page.text


def test_without_the_file_of_towns_places_are_found_by_their_words(tmp_path, places):
    site = a_site(tmp_path)
    page = read(site.client.get("/reports/calendar?place=Leeds&within=25"))
    assert "Shown are places that begin with “Leeds”." in page.text
    mark = site.client.get("/reports/calendar?place=Leeds").headers["ETag"]
    for file in places.glob("*.sqlite"):
        shutil.copy(file, tmp_path)
    again = site.client.get("/reports/calendar?place=Leeds", headers={"If-None-Match": mark})
    assert again.status_code == 200
    assert "Within about 50 km of Leeds, United Kingdom." in read(again).text


def test_the_source_of_the_towns_is_named(november):
    page = read(november.get("/data/"))
    assert page.link("GeoNames") == "https://www.geonames.org/"
    assert "GeoNames, under CC BY 4.0." in page.text
