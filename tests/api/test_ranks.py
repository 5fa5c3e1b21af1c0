"""How a report stands among comparable events, for programs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from auditapp.domain.audit import Answer
from tests.builders import an_event
from tests.public import Published, Site, a_site

FULL, NONE, PARTLY = (Answer(grade=grade) for grade in ("full", "none", "partly"))


def a_race(site: Site, name: str, answer: Answer, country: str = "France", **facts: Any) -> Published:
    """A report on more than the essentials, so that it has a score."""
    known = {"distance": 21.1, "starters": 1900} | facts
    return site.publish(
        an_event(name, country=country), {"A2": answer, "A3": answer, "C2": PARTLY}, facts=known
    )


@pytest.fixture(scope="module")
def races(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Five races in France and one in Spain, all alike but for their answers, and what is never counted."""
    site = a_site(tmp_path_factory.mktemp("races"))
    for number, answer in enumerate((FULL, NONE, NONE, PARTLY, NONE)):
        a_race(site, f"Race {number}", answer)
    a_race(site, "Carrera", PARTLY, country="Spain")
    site.publish(
        an_event("Quick", country="France"), {"A4": FULL}, facts={"distance": 21.1, "starters": 1900}
    )
    a_race(site, "Gone", FULL).withdraw("Wrong file.")
    return site


def ask(site: Site, slug: str) -> dict[str, Any]:
    response = site.client.get(f"/api/v1/reports/{slug}/rank.json")
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.get_json()
    return told


def test_a_rank_says_better_than_how_many_and_what_they_share(races: Site):
    told = ask(races, "race-0-2027")
    assert (told["report"], told["checklist"]) == ("race-0-2027", "endurance-event")
    assert (told["better_than"], told["events"], told["fewest"], told["no_rank"]) == (5, 5, 5, None)
    assert [(one["facet"], one["value"], one["label"]) for one in told["shared"]] == [
        ("distance", "half", "15 to 30 km (half marathon)"),
        ("size", "1000", "1,000 to 4,999 people"),
    ]
    assert [(one["facet"], one["label"]) for one in told["let_go"]] == [("country", "France")]
    middling = ask(races, "race-3-2027")
    assert middling["better_than"] == 3
    assert told["percent"] > middling["percent"]


def test_behind_a_rank_stands_the_list_of_the_events(races: Site):
    told = ask(races, "race-0-2027")
    listed = races.client.get(told["reports"]).get_json()["items"]
    scored = [one["slug"] for one in listed if one["score"]["percent"] is not None]
    assert len(scored) == told["events"] + 1
    assert told["report"] in scored
    assert "gone-2027" not in {one["slug"] for one in listed}
    assert races.client.get(told["url"]).status_code == 200
    answer = races.client.get("/api/v1/reports/race-0-2027.json").get_json()
    assert answer["publication"]["rank"].endswith("/api/v1/reports/race-0-2027/rank.json")


def test_among_fewer_than_five_there_is_none_and_so_for_a_quick_audit(tmp_path, races: Site):
    site = a_site(tmp_path)
    for number in range(3):
        a_race(site, f"Race {number}", FULL)
    told = ask(site, "race-0-2027")
    assert (told["better_than"], told["events"], told["no_rank"]) == (None, 2, "few-events")
    assert told["shared"] == []
    assert [one["facet"] for one in told["let_go"]] == ["country", "size", "distance"]
    quick = ask(races, "quick-2027")
    assert (quick["percent"], quick["better_than"], quick["no_rank"]) == (None, None, "no-score")


def test_what_is_withdrawn_or_unknown_has_a_problem_instead(races: Site):
    gone = races.client.get("/api/v1/reports/gone-2027/rank.json")
    assert (gone.status_code, gone.mimetype) == (410, "application/problem+json")
    assert json.loads(gone.text)["reason"] == "Wrong file."
    for slug in ("nobody", "No-Such_Slug"):
        unknown = races.client.get(f"/api/v1/reports/{slug}/rank.json")
        assert (unknown.status_code, unknown.mimetype) == (404, "application/problem+json")


def test_an_unchanged_rank_costs_a_look_at_one_number(races: Site):
    first = races.client.get("/api/v1/reports/race-0-2027/rank.json")
    assert "no-cache" in first.headers["Cache-Control"]
    with races.statements() as asked:
        again = races.client.get(
            "/api/v1/reports/race-0-2027/rank.json", headers={"If-None-Match": first.headers["ETag"]}
        )
    assert again.status_code == 304
    assert len([one for one in asked if one.startswith("SELECT")]) == 1
