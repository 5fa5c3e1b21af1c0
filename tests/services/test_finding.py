"""Finding published reports: the same cases on SQLite and on PostgreSQL."""

import datetime as dt

import pytest
from sqlalchemy import event

from auditapp.domain.audit import Answer
from auditapp.domain.geography import Position, distance_km
from auditapp.services import auditing, completing, indexing, publishing, starting
from auditapp.services.finding import (
    chosen_criterion,
    count_answers,
    place_in_group,
    search_reports,
    with_criteria,
)
from auditapp.services.places import placed, understand
from auditapp.storage.gazetteer import Gazetteer
from auditapp.storage.index import Index
from auditapp.storage.search import Around, Cursor, Search
from tests.services import LATER, TODAY
from tests.services.trial import ACCESS, Trial, issue, published, searched, slugs


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("", ["krakow-2027", "ridgeline-half-marathon-2027"]),
        ("RIDGELINE", ["ridgeline-half-marathon-2027"]),
        ("half ridge", ["ridgeline-half-marathon-2027"]),
        ("kraków", ["krakow-2027"]),
        ("krakow", ["krakow-2027"]),
        ("marrowdale events", ["ridgeline-half-marathon-2027"]),
        ("bieg marrow", ["krakow-2027"]),
        ("alf", []),
        ("half-marathon", ["ridgeline-half-marathon-2027"]),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("moat", []),
    ],
)
def test_search_finds_every_word_by_its_beginning_whatever_its_accents(trial: Trial, files, q, found):
    published(trial, files)
    published(trial, files, name="KRAKÓW", organiser="Bieg")
    assert sorted(slugs(searched(trial.session, q=q))) == found


def test_the_list_is_narrowed_and_says_how_many_each_choice_has(trial: Trial, files):
    published(trial, files)
    published(trial, files, name="Low", grade="none")
    page = searched(trial.session, narrowed={"level": ["fair"]})
    assert slugs(page) == ["ridgeline-half-marathon-2027"]
    assert {facet.value: facet.reports for facet in page.facets["level"]} == {"none": 1, "fair": 1}
    assert [facet.reports for facet in page.facets["year"]] == [1]
    assert slugs(searched(trial.session, narrowed={"level": ["none"]})) == ["low-2027"]
    assert searched(trial.session, narrowed={"level": ["none", "fair"]}).total == 2
    assert searched(trial.session, narrowed={"year": ["2026"]}).total == 0
    assert searched(trial.session, narrowed={"year": ["2027"]}).total == 2
    for name in ("access", "access@1.0"):
        assert searched(trial.session, narrowed={"checklist": [name]}).total == 2
    assert searched(trial.session, narrowed={"checklist": ["moat"]}).total == 0


@pytest.mark.parametrize("country", ["Germany", "Deutschland", "Allemagne", "DE", "germany "])
def test_a_country_is_known_by_its_names(trial: Trial, files, country):
    published(trial, files, country=country)
    published(trial, files, name="Elsewhere", country="England")
    found = searched(trial.session, narrowed={"country": ["DE"]})
    assert slugs(found) == ["ridgeline-half-marathon-2027"]
    assert [facet.value for facet in found.facets["country"]] == ["DE", "GB"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A1:full", ["good-2027"]),
        ("ramp:full", ["good-2027"]),
        ("a1:none", ["bad-2027"]),
        ("A1:none,full", ["bad-2027", "good-2027"]),
        ("A2:unanswered", ["bad-2027", "good-2027"]),
        ("B1:not-applicable", []),
    ],
)
def test_a_search_asks_for_an_answer_to_a_criterion(trial: Trial, files, text, found):
    published(trial, files, name="Good")
    published(trial, files, name="Bad", grade="none")
    choice = chosen_criterion([ACCESS], text)
    assert choice is not None
    page = searched(trial.session, findings=with_criteria(Search(), [choice]).findings)
    assert sorted(slugs(page)) == found


@pytest.mark.parametrize("text", ["A1", "A1:", "A1:best", "Z9:full", "", ":full"])
def test_what_no_criterion_is_called_asks_for_nothing(text):
    assert chosen_criterion([ACCESS], text) is None


@pytest.mark.parametrize("order", ["newest", "score", "evidence", "date"])
def test_pages_lead_forth_and_back_over_every_report_once(trial: Trial, files, order):
    for number in range(7):
        day = dt.date(2027, 5, 1 + number % 3)
        published(trial, files, name=f"Event {number}", grade=["full", "none"][number % 2], date=day)
    index, page = Index(), searched(trial.session, order=order, limit=3)
    forth: list[str] = []
    while True:
        assert (page.total, page.before) == (7, len(forth))
        forth += slugs(page)
        if page.next is None:
            break
        page = searched(trial.session, index, order=order, limit=3, cursor=Cursor.of(page.next.text))
    assert len(set(forth)) == len(forth) == 7
    back: list[str] = []
    while page.previous is not None:
        cursor = Cursor.of(page.previous.text, backwards=True)
        page = searched(trial.session, index, order=order, limit=3, cursor=cursor)
        back = slugs(page) + back
    assert back == forth[: len(back)]
    assert len(back) == 6


def test_lists_are_in_the_order_asked_for(trial: Trial, files):
    published(trial, files, name="Good and late", date=dt.date(2027, 9, 1))
    published(trial, files, name="Bad and early", grade="none", date=dt.date(2027, 2, 1))
    assert slugs(searched(trial.session)) == ["bad-and-early-2027", "good-and-late-2027"]
    for order in ("score", "date"):
        assert slugs(searched(trial.session, order=order)) == ["good-and-late-2027", "bad-and-early-2027"]
    assert slugs(searched(trial.session, since="2027-03-01")) == ["good-and-late-2027"]
    assert slugs(searched(trial.session, until="2027-03-01")) == ["bad-and-early-2027"]


def test_a_page_can_be_asked_for_by_its_number(trial: Trial, files):
    made = [published(trial, files, name=f"Event {number}")[1].slug for number in range(5)]
    first = searched(trial.session, limit=2)
    assert (slugs(first), first.total) == ([made[4], made[3]], 5)
    assert slugs(searched(trial.session, limit=2, skip=2)) == [made[2], made[1]]
    last = searched(trial.session, limit=2, skip=200)
    assert (slugs(last), last.before, last.next) == ([made[0]], 4, None)
    assert publishing.newest_report(trial.session) == first.items[0]


def test_what_is_withdrawn_is_gone_from_an_index_that_knew_it(trial: Trial, files):
    started, publication = published(trial, files)
    index = Index()
    assert searched(trial.session, index).total == 1
    publishing.withdraw_report(
        trial.session, started.key, started.token, publication.slug, reason="Wrong", today=TODAY
    )
    assert searched(trial.session, index).total == 0
    published(trial, files, name="Another")
    assert slugs(searched(trial.session, index)) == ["another-2027"]


def test_the_next_edition_is_the_same_event_under_another_name(trial: Trial, files):
    started, first = published(trial, files)
    following = starting.start_next_edition(
        trial.session, trial.catalogue, started.key, started.token, now=LATER
    )
    reach = (trial.session, trial.catalogue, following.key, following.token)
    audit = auditing.load_audit(*reach)
    renamed = audit.event.model_copy(update={"name": "Sponsor Half", "date": dt.date(2028, 5, 1)})
    auditing.save_details(*reach, event=renamed, facts={}, version=audit.details_version, now=LATER)
    auditing.answer_criterion(*reach, "ramp", Answer(grade="full"), version=1, now=LATER)
    completing.complete_audit(*reach, today=TODAY)
    publishing.publish_report(trial.session, files, following.key, following.token, today=TODAY, issue=issue)
    newer, older = searched(trial.session).items
    assert newer.event == older.event == "ridgeline-half-marathon"
    assert [one.slug for one in searched(trial.session, latest=True).items] == [newer.slug]
    publishing.withdraw_report(
        trial.session, following.key, following.token, newer.slug, reason="Wrong", today=TODAY
    )
    assert slugs(searched(trial.session, latest=True)) == [first.slug]


def test_events_of_one_name_and_organiser_are_one_event(trial: Trial, files):
    for year in (2026, 2027):
        published(trial, files, name=f"Harbour 10k {year}", edition="", date=dt.date(year, 5, 1))
    published(trial, files, name="Harbour 10k", organiser="Somebody else")
    events = [listing.event for listing in searched(trial.session).items]
    assert events == ["harbour-10k-2", "harbour-10k", "harbour-10k"]


def test_counts_tell_grades_from_what_was_left_open(trial: Trial, files):
    for number in range(3):
        published(trial, files, name=f"Good {number}")
    published(trial, files, name="Bad", grade="none")
    counted = count_answers(trial.session, Index(), Search(), ACCESS)
    assert counted.reports == 4
    ramp, a_map, shirt = counted.criteria
    assert (ramp.met, ramp.unmet, ramp.answered, ramp.percent) == (3, 1, 4, 75)
    assert ramp.interval is not None
    assert ramp.interval.low < 0.75 < ramp.interval.high
    assert (a_map.unanswered, a_map.answered, a_map.percent, a_map.interval) == (4, 0, None, None)
    assert shirt.unanswered + shirt.not_applicable == 4


def test_a_place_needs_five_comparable_events(trial: Trial, files):
    index = Index()
    for number in range(4):
        published(trial, files, name=f"Bad {number}", grade="none", country="France")
    published(trial, files, name="Good", country="France")
    good = searched(trial.session).items[0]
    place = place_in_group(trial.session, index, good)
    assert place is not None
    assert (place.events, place.better_than, place.narrowed) == (4, None, {})
    assert place.let_go == {"country": "FR"}
    published(trial, files, name="Abroad", grade="none", country="Spain")
    place = place_in_group(trial.session, index, good)
    assert place is not None
    assert (place.events, place.better_than, place.narrowed) == (5, 5, {})
    published(trial, files, name="Bad 5", grade="none", country="France")
    place = place_in_group(trial.session, index, good)
    assert place is not None
    assert (place.events, place.better_than, place.narrowed) == (5, 5, {"country": "FR"})
    assert place.let_go == {}


def test_a_list_costs_the_same_queries_however_long_it_is(trial: Trial, files):
    index = Index()

    def queries():
        seen = []
        engine = trial.session.get_bind()

        def count(*parts):
            seen.append(parts[2])

        searched(trial.session, index)
        event.listen(engine, "before_cursor_execute", count)
        searched(trial.session, index)
        event.remove(engine, "before_cursor_execute", count)
        return len(seen)

    published(trial, files)
    before = queries()
    for number in range(4):
        published(trial, files, name=f"Event {number}")
    assert queries() == before <= 3


def test_the_index_made_anew_is_the_same(trial: Trial, files):
    for number in range(3):
        published(trial, files, name=f"Event {number}", grade=["full", "none"][number % 2])
    started, publication = published(trial, files, name="Gone")
    publishing.withdraw_report(
        trial.session, started.key, started.token, publication.slug, reason="Wrong", today=TODAY
    )
    index = Index()
    before = searched(trial.session, index)
    done: list[int] = []
    indexing.index_anew(trial.session, done.append)
    assert sum(done) == 4
    assert searched(trial.session, index) == before == searched(trial.session)
    assert before.total == 3


def test_an_empty_installation_has_an_empty_list(session):
    found = searched(session)
    assert (found.items, found.total, found.next, found.previous) == ((), 0, None, None)
    assert all(not values for values in found.facets.values())


YORKSHIRE = ("Leeds", "Ilkley", "Bradford", "Harrogate", "York", "Sheffield")
"""Ilkley is 23 km from Leeds, Sheffield 47, and York in between."""


@pytest.fixture
def yorkshire(trial: Trial, files, gazetteer: Gazetteer) -> Trial:
    """Reports about events in towns around Leeds, one far away of the same name, and one in a place nobody knows."""
    for town in YORKSHIRE:
        published(trial, files, name=town, gazetteer=gazetteer, place=town, country="United Kingdom")
    published(trial, files, name="Far Leeds", gazetteer=gazetteer, place="Leeds, Alabama", country="USA")
    published(trial, files, name="Leedsdale", gazetteer=gazetteer, place="Leedsdale", country="Narnia")
    published(trial, files, name="Paris", gazetteer=gazetteer, place="Paris", country="France")
    return trial


def near_to(gazetteer: Gazetteer, text: str, km: int, **parts) -> Search:
    wanted = Search(place=text, **parts)
    return placed(wanted, understand(gazetteer, text, km=km, countries=wanted.chosen("country")))


def names(found) -> set[str]:
    return {listing.title.removesuffix(" 2027") for listing in found.items}


@pytest.mark.parametrize(
    ("text", "km", "found"),
    [
        ("Leeds", 25, {"Leeds", "Ilkley", "Bradford", "Harrogate", "Leedsdale"}),
        ("leeds, uk", 50, set(YORKSHIRE)),
        ("Ilkley", 25, {"Ilkley", "Leeds", "Bradford", "Harrogate"}),
        ("Leedsdale", 25, {"Leedsdale"}),
        ("France", 25, {"Paris"}),
        ("Frankreich", 25, {"Paris"}),
        ("London", 200, set()),
        ("Par", 50, {"Paris"}),
    ],
)
def test_events_near_a_town_are_found_and_those_of_which_only_the_name_is_known(
    yorkshire, gazetteer, text, km, found
):
    wanted = near_to(gazetteer, text, km)
    assert names(search_reports(yorkshire.session, Index(), wanted)) == found


def test_nearness_narrows_with_everything_else_and_is_counted(yorkshire, gazetteer):
    wanted = near_to(gazetteer, "Leeds", 50, narrowed=(("country", ("GB",)),), q="y")
    found = search_reports(yorkshire.session, Index(), wanted)
    assert names(found) == {"York"}
    assert [(facet.value, facet.reports) for facet in found.facets["country"]] == [("GB", 1)]


def test_a_report_tells_where_it_is(yorkshire):
    found = search_reports(yorkshire.session, Index(), Search())
    at = {listing.title.removesuffix(" 2027"): listing.position for listing in found.items}
    assert at["Leedsdale"] is None
    leeds, ilkley = at["Leeds"], at["Ilkley"]
    assert leeds is not None
    assert ilkley is not None
    assert round(distance_km(leeds, ilkley)) == 23


def test_a_search_near_a_town_asks_the_database_no_more_than_any_other(yorkshire, gazetteer):
    index, seen = Index(), []
    wanted = near_to(gazetteer, "Leeds", 200)
    search_reports(yorkshire.session, index, Search())
    engine = yorkshire.session.get_bind()

    def count(*parts):
        seen.append(parts[2])

    event.listen(engine, "before_cursor_execute", count)
    search_reports(yorkshire.session, index, wanted)
    event.remove(engine, "before_cursor_execute", count)
    assert len(seen) <= 3


def test_reports_from_before_there_were_distances_get_theirs_with_the_index(trial: Trial, files, gazetteer):
    assert not indexing.lacks_places(trial.session)
    published(trial, files, name="Ilkley", place="Ilkley", country="United Kingdom")
    assert indexing.lacks_places(trial.session)
    wanted, index = near_to(gazetteer, "Leeds", 25), Index()
    assert search_reports(trial.session, index, wanted).total == 0
    indexing.index_anew(trial.session, lambda _done: None, gazetteer)
    assert not indexing.lacks_places(trial.session)
    (found,) = search_reports(trial.session, index, wanted).items
    assert found.position is not None
    indexing.index_anew(trial.session, lambda _done: None)
    assert search_reports(trial.session, index, wanted).items == (found,)


def test_across_the_date_line_and_at_the_end_of_the_world(trial: Trial, files, gazetteer):
    published(trial, files, name="Suva", gazetteer=gazetteer, place="Suva", country="Fiji")
    published(trial, files, name="Ushuaia", gazetteer=gazetteer, place="Ushuaia", country="Argentina")
    for at, km, found in [
        (Position(-17.5, -179.9), 200, {"Suva"}),
        (Position(-17.5, 179.9), 200, {"Suva"}),
        (Position(-55, -68), 50, {"Ushuaia"}),
        (Position(-90, 0), 200, set()),
    ]:
        wanted = Search(place="nowhere", around=Around(at, km))
        assert names(search_reports(trial.session, Index(), wanted)) == found
