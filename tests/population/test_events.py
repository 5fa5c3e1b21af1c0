"""The invented population: the same for a seed, in order, plausible, and as varied as the real world."""

import datetime as dt
import itertools
import unicodedata

import pytest

from auditapp.catalogue import load_catalogue
from auditapp.domain.checklist import Checklist
from auditapp.domain.quick import Scope
from auditapp.domain.report import report_on
from auditapp.population.countries import COUNTRIES, TONGUES
from auditapp.population.events import Invented, Place, Population
from auditapp.resources import resource_dir
from tests.builders import a_checklist, a_criterion

UNTIL = dt.date(2026, 11, 20)
SIZE = 1_500
LOOKED_AT = 300


@pytest.fixture(scope="module")
def checklists() -> list[Checklist]:
    """The newest version of every checklist that comes along."""
    catalogue = load_catalogue([resource_dir("checklists")])
    return [catalogue.get(name) for name in ("endurance-event", "run-club", "school-sport")]


@pytest.fixture(scope="module")
def population(checklists: list[Checklist]) -> Population:
    """The population that is looked at."""
    return Population(checklists, seed=7, until=UNTIL)


@pytest.fixture(scope="module")
def places(population: Population) -> list[Place]:
    """Its reports, in order."""
    return list(population.places(SIZE))


@pytest.fixture(scope="module")
def invented(population: Population, places: list[Place]) -> list[Invented]:
    """Some of them, worked out."""
    return [population.report(place) for place in places[-LOOKED_AT:]]


def test_the_same_seed_gives_the_same_reports_whatever_the_size(checklists, population, places):
    again = Population(checklists, seed=7, until=UNTIL)
    few = list(again.places(40))
    assert set(few) <= set(places)
    assert [again.report(place) for place in few] == [population.report(place) for place in few]
    other = Population(checklists, seed=8, until=UNTIL)
    assert other.organiser(0) != population.organiser(0)


def test_reports_come_out_in_order_over_years_and_none_after_the_last_day(places):
    assert len(places) == len(set(places)) == SIZE
    days = [place.day for place in places]
    assert days == sorted(days)
    assert days[-1] <= UNTIL
    assert len({day.year for day in days}) >= 5


def test_a_correction_comes_after_what_it_corrects(population, places):
    seen, corrections = set(), 0
    for place in places:
        if place.is_correction:
            corrections += 1
            assert population.corrected(place) in seen
        seen.add(place)
    assert 0 < corrections < SIZE / 10


def test_every_report_can_be_made(invented):
    scopes, figures, levels, listed = set(), 0, set(), set()
    for one in invented:
        for name, value in one.facts.items():
            one.checklist.fact(name).check(value)
        report = report_on(one.checklist, one.event, one.facts, one.answers, completed_on=one.published_on)
        scopes.add(report.scope)
        figures += len(report.figures)
        levels.add(report.level and report.level.id)
        listed.add(one.checklist.id)
    assert scopes == {Scope.WHOLE, Scope.QUICK}
    assert figures > LOOKED_AT / 4
    assert len(levels) > 2
    assert listed == {"endurance-event", "run-club", "school-sport"}


def test_answers_carry_notes_and_evidence_and_some_reports_are_withdrawn(population, places, invented):
    answers = [answer for one in invented for answer in one.answers.values()]
    for said in (lambda a: a.note, lambda a: a.evidence, lambda a: a.not_applicable):
        assert 0 < sum(1 for answer in answers if said(answer)) < len(answers) * 0.8
    taken_back = [one for one in map(population.report, places[:400]) if one.withdrawn]
    assert taken_back
    assert all(one.withdrawn[0] > one.published_on and one.withdrawn[1] for one in taken_back)


def test_an_event_keeps_its_name_over_the_years_and_changes_little_by_little(population):
    shares = []
    for number in range(200):
        for event, recurring in enumerate(population.organiser(number).events):
            if len(recurring.days) < 2 or recurring.checklist.id != "endurance-event":
                continue
            first, second = (
                population.report(Place(recurring.days[edition], number, event, edition, False))
                for edition in (0, 1)
            )
            assert first.event.name == second.event.name
            assert first.event.organiser == second.event.organiser
            assert int(second.event.edition) == int(first.event.edition) + 1
            asked = first.answers.keys() & second.answers.keys()
            changed = sum(first.answers[name].grade != second.answers[name].grade for name in asked)
            shares.append(changed / len(asked))
    assert len(shares) > 50
    assert 0.02 < sum(shares) / len(shares) < 0.25


def test_an_edition_is_known_without_its_answers(population, places):
    for place in places[:50]:
        assert population.edition(place) == population.report(place).event


def test_names_are_written_in_many_scripts(population):
    names = [event.name for number in range(1_200) for event in population.organiser(number).events]
    letters = {character for name in names for character in name if character.isalpha()}
    scripts = {unicodedata.name(letter).split()[0] for letter in letters}
    assert {"LATIN", "GREEK", "CYRILLIC", "ARABIC", "CJK", "HANGUL", "DEVANAGARI"} <= scripts
    assert len(set(names)) > len(names) / 2


def test_every_country_is_spoken_for():
    assert {country.tongue for country in COUNTRIES} == set(TONGUES)
    for country, tongue in itertools.product(COUNTRIES, TONGUES.values()):
        assert country.places
        assert all(tongue.nouns.values())


def test_a_checklist_nobody_wrote_assumptions_for_is_answered_too():
    checklist = a_checklist(criteria=[a_criterion("ramp", "A1"), a_criterion("map", "A2")])
    population = Population([checklist], seed=1, until=UNTIL)
    reports = [population.report(place) for place in population.places(20)]
    assert {name for one in reports for name in one.answers} == {"ramp", "map"}
