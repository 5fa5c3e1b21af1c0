"""What a place is taken for: the towns of the world as they are, in the words of organisers and campaigners."""

import pytest

from auditapp.domain.geography import RADII, Position, distance_km
from auditapp.services.countries import country_code, known_country
from auditapp.services.places import (
    MOST_OTHERS,
    ByWords,
    InCountry,
    NearTown,
    placed,
    position_of,
    understand,
)
from auditapp.storage.gazetteer import NO_GAZETTEER, Gazetteer
from auditapp.storage.search import Around, Search
from tests.builders import an_event

LEEDS, PORTLAND_MAINE = Position(53.80, -1.55), Position(43.66, -70.26)
NEWCASTLES = {"GB": Position(54.97, -1.61), "AU": Position(-32.93, 151.78), "NIR": Position(54.22, -5.89)}
NEAR_ENOUGH = 3
"""Kilometres by which the middle of a town may be another one for us than for GeoNames."""


def is_at(found: Position | None, expected: Position) -> bool:
    return found is not None and distance_km(found, expected) < NEAR_ENOUGH


@pytest.mark.parametrize(
    ("place", "country", "position"),
    [
        ("Leeds", "United Kingdom", LEEDS),
        ("LEEDS", "England", LEEDS),
        ("Leeds, West Yorkshire", "UK", LEEDS),
        ("Roundhay Park, Leeds", "Großbritannien", LEEDS),
        ("Leeds, United Kingdom", "", LEEDS),
        ("Leeds", "", LEEDS),
        ("Newcastle", "United Kingdom", NEWCASTLES["GB"]),
        ("Newcastle", "Australia", NEWCASTLES["AU"]),
        ("Newcastle", "Northern Ireland", NEWCASTLES["NIR"]),
        ("Portland, Maine", "USA", PORTLAND_MAINE),
        ("Portland, ME", "United States", PORTLAND_MAINE),
        ("München", "Deutschland", Position(48.14, 11.58)),
        ("東京", "日本", Position(35.69, 139.69)),
        ("Cortina d’Ampezzo", "Italia", Position(46.54, 12.14)),
    ],
)
def test_an_event_lies_where_its_town_does(gazetteer: Gazetteer, place, country, position):
    assert is_at(position_of(gazetteer, an_event(place=place, country=country)), position)


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ("", "United Kingdom"),
        ("Marrowdale", "United Kingdom"),
        ("Leeds", "Germany"),
        ("Leeds, Scotland", "United Kingdom"),
        (",", ""),
        (", " * 99, "GB"),
    ],
)
def test_an_unknown_town_has_no_position(gazetteer: Gazetteer, place, country):
    assert position_of(gazetteer, an_event(place=place, country=country)) is None


def test_without_a_gazetteer_nothing_has_a_position():
    assert position_of(NO_GAZETTEER, an_event(place="Leeds", country="United Kingdom")) is None


def near(gazetteer: Gazetteer, text: str, **parts) -> NearTown:
    found = understand(gazetteer, text, km=50, **parts)
    assert isinstance(found, NearTown)
    return found


def test_of_one_name_the_largest_is_meant_and_the_others_are_named(gazetteer: Gazetteer):
    found = near(gazetteer, "newcastle")
    assert is_at(found.town.position, NEWCASTLES["AU"])
    assert (found.km, len(found.others)) == (50, MOST_OTHERS)
    assert {"GB", "ZA", "US"} <= {town.country for town in found.others}
    assert "Newcastle upon Tyne" in {town.name for town in found.others}


@pytest.mark.parametrize(
    ("text", "countries", "meant"),
    [
        ("Newcastle, Australia", (), "AU"),
        ("Newcastle, UK", (), "GB"),
        ("Newcastle upon Tyne", (), "GB"),
        ("newcastle, northern ireland", (), "NIR"),
        ("Newcastle", ("GB",), "GB"),
        ("Newcastle", ("AU", "NZ"), "AU"),
        ("Newcastle, Northern Ireland", ("GB", "IE"), "NIR"),
    ],
)
def test_a_country_decides_which_one_is_meant(gazetteer: Gazetteer, text, countries, meant):
    assert is_at(near(gazetteer, text, countries=countries).town.position, NEWCASTLES[meant])


def test_the_words_for_each_other_place_lead_to_it(gazetteer: Gazetteer):
    for name in ("Newcastle", "Portland", "Springfield", "Paris", "Cambridge"):
        for town in near(gazetteer, name).others:
            words = ", ".join(part for part in (town.name, town.region_name, town.country) if part)
            assert near(gazetteer, words).town == town


def test_a_region_is_told_only_where_two_are_called_the_same(gazetteer: Gazetteer):
    found = near(gazetteer, "Portland")
    assert (found.town.region_name, found.is_told_by_region(found.town)) == ("Oregon", True)
    leeds = near(gazetteer, "Leeds")
    assert not leeds.is_told_by_region(leeds.town)


@pytest.mark.parametrize(
    ("text", "code"),
    [("Germany", "DE"), ("deutschland", "DE"), ("DE", "DE"), ("UK", "GB"), ("Georgia", "GE"), ("日本", "JP")],
)
def test_a_country_is_meant_whole(gazetteer: Gazetteer, text, code):
    assert understand(gazetteer, text, km=25) == understand(NO_GAZETTEER, text, km=25) == InCountry(code)


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Marrowdale", ()),
        ("Marrowd", ()),
        ("Quillh", ()),
        ("California", ()),
        ("Scotland", ()),
        ("Leeds, Germany", ()),
        ("Leeds", ("DE",)),
        ("x" * 200, ()),
    ],
)
def test_what_is_no_town_counts_by_its_words(gazetteer: Gazetteer, text, countries):
    assert understand(gazetteer, text, km=50, countries=countries) is ByWords.UNKNOWN
    assert understand(NO_GAZETTEER, text, km=50, countries=countries) is ByWords.NO_DISTANCES


@pytest.mark.parametrize("text", ["", " ", "-", "!?"])
def test_no_place_is_understood_where_none_was_typed(gazetteer: Gazetteer, text):
    assert understand(gazetteer, text, km=50) is None


def test_a_search_takes_on_what_was_understood(gazetteer: Gazetteer):
    wanted = Search(place="Leeds")
    found = near(gazetteer, "Leeds")
    assert placed(wanted, found).around == Around(found.town.position, 50)
    assert placed(wanted, InCountry("DE")).in_country == "DE"
    assert placed(wanted, ByWords.UNKNOWN) == placed(wanted, None) == wanted


def test_a_part_of_a_country_is_of_it_and_is_not_it():
    assert (country_code("Scotland"), known_country("Scotland")) == ("GB", None)
    assert [known_country(name) for name in ("Narnia", "", "gb", "GB", "uk")] == [
        None,
        None,
        None,
        "GB",
        "GB",
    ]


def test_the_radii_are_few():
    assert RADII == (25, 50, 100, 200)


@pytest.mark.parametrize(("text", "country"), [("Granada", "ES"), ("Salvador", "BR"), ("New York", "US")])
def test_a_large_town_is_meant_before_a_country_in_another_language(gazetteer: Gazetteer, text, country):
    assert near(gazetteer, text).town.country == country


def test_a_small_one_is_not(gazetteer: Gazetteer):
    assert understand(gazetteer, "España", km=50) == InCountry("ES")
    assert understand(gazetteer, "Ruanda", km=50) == InCountry("RW")
