"""Events near a place for programs: the same search, what was understood, and kilometres."""

import csv
import io

import pytest

from auditapp.domain.geography import RADII, USUAL_RADIUS

ADDRESS = "/api/v1/reports.json?"


def away(response) -> dict[str, int | None]:
    return {item["place"]: item["away_km"] for item in response.json["items"]}


def test_reports_near_a_town_come_with_their_distance(northern):
    response = northern.client.get(f"{ADDRESS}place=Leeds&within=25&order=date")
    assert away(response) == {
        "Ilkley, United Kingdom": 23,
        "Leeds, West Yorkshire, England": 0,
        "Leedsholme, United Kingdom": None,
    }


def test_the_answer_says_what_was_understood(northern):
    near = northern.client.get(f"{ADDRESS}place=newcastle&country=GB").json["near"]
    assert (near["understood"], near["within"], near["country"]) == ("town", USUAL_RADIUS, None)
    town = near["town"]
    assert (town["name"], town["region"], town["country"]) == ("Newcastle upon Tyne", "England", "GB")
    assert (round(town["latitude"], 1), round(town["longitude"], 1)) == (55.0, -1.6)
    assert town["place"] == "Newcastle upon Tyne, England, United Kingdom"
    assert [other["region"] for other in near["others"]] == ["Northern Ireland"]


def test_each_other_town_is_found_by_the_words_given_for_it(northern):
    for other in northern.client.get(f"{ADDRESS}place=Portland").json["near"]["others"]:
        found = northern.client.get(ADDRESS, query_string={"place": other["place"]}).json["near"]
        assert found["town"] == other


@pytest.mark.parametrize(
    ("place", "understood", "country"),
    [("Deutschland", "country", "DE"), ("Marrowdale", "unknown", None)],
)
def test_a_country_and_what_nobody_knows(northern, place, understood, country):
    near = northern.client.get(f"{ADDRESS}place={place}").json["near"]
    assert near == {
        "understood": understood, "within": None, "town": None, "country": country, "others": [],
    }  # fmt: skip


def test_without_a_place_there_is_nothing_to_understand(northern, site):
    response = northern.client.get(ADDRESS)
    assert response.json["near"] is None
    assert set(away(response).values()) == {None}
    assert site.client.get(f"{ADDRESS}place=Leeds").json["near"]["understood"] == "no-distances"


@pytest.mark.parametrize("within", ["abc", "0", "49", "-25", "25.0", "9" * 40, ""])
def test_a_distance_that_is_none_is_refused_and_named(northern, within):
    response = northern.client.get(f"{ADDRESS}place=Leeds&within={within}")
    assert response.status_code == 400
    assert response.json["detail"].startswith("within: Input should be 25, 50, 100 or 200")


def test_tables_events_and_counts_know_it_too(northern):
    query = "place=Leeds,+UK&within=25&order=date"
    rows = list(csv.DictReader(io.StringIO(northern.client.get(f"/api/v1/reports.csv?{query}").text)))
    assert [row["away_km"] for row in rows] == ["0", "23"]
    events = northern.client.get(f"/api/v1/events.json?{query}").json
    assert [event["latest"]["away_km"] for event in events["items"]] == [0, 23]
    assert events["near"]["town"]["name"] == "Leeds"
    counted = northern.client.get("/api/v1/statistics.json?place=Leeds,+UK&within=25").json
    assert (counted["reports"], counted["near"]["within"]) == (2, 25)
    behind = counted["criteria"][0]["reports"]
    assert "place=Leeds,+UK&within=25" in behind


def test_the_next_page_is_near_the_same_place(northern):
    first = northern.client.get(f"{ADDRESS}place=Leeds,+UK&within=25&per_page=1")
    assert first.json["total"] == 2
    assert len(northern.client.get(first.json["next"]).json["items"]) == 1


def test_the_description_says_which_distances_there_are(northern):
    told = northern.client.get("/api/v1/openapi.json").json["paths"]["/api/v1/reports.json"]["get"]
    within = next(one for one in told["parameters"] if one.get("name") == "within")
    assert (within["schema"]["enum"], within["schema"]["default"]) == (list(RADII), USUAL_RADIUS)
    assert "Kilometres" in within["description"]
