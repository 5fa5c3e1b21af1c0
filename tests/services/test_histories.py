"""An event over its years and the events of an organiser: the same cases on SQLite and on PostgreSQL."""

import datetime as dt

import pytest

from auditapp.domain.errors import EventNotFound, OrganiserNotFound
from auditapp.domain.report import PublicationState
from auditapp.services import histories, publishing
from auditapp.services.comparing import choose_reports
from auditapp.services.histories import event_history, events_of
from auditapp.storage.index import Index
from tests.services import TODAY
from tests.services.trial import Trial, published


def edition(trial, files, year, grade="full"):
    return published(trial, files, grade=grade, edition=str(year), date=dt.date(year, 5, 16))


def test_editions_come_in_the_order_of_their_days_whatever_the_order_of_publication(trial: Trial, files):
    for year, grade in ((2027, "full"), (2025, "none"), (2026, "partly")):
        edition(trial, files, year, grade)
    history = event_history(trial.session, trial.catalogue, "ridgeline-half-marathon")
    assert (history.event.name, history.event.organiser.name) == (
        "Ridgeline Half Marathon",
        "Ridgeline Events",
    )
    assert [one.edition for one in history.timeline.columns] == ["2025", "2026", "2027"]
    assert history.newest.event.edition == "2027"
    assert history.earlier == 0


def test_an_edition_without_a_day_stands_behind_those_of_its_year_with_one(trial: Trial, files, monkeypatch):
    published(trial, files, edition="", date=None)
    edition(trial, files, 2027)
    for most, days in ((2, [TODAY, dt.date(2027, 5, 16)]), (1, [dt.date(2027, 5, 16)])):
        monkeypatch.setattr(histories, "MOST_EDITIONS", most)
        history = event_history(trial.session, trial.catalogue, "ridgeline-half-marathon")
        assert [one.date for one in history.timeline.editions] == days
        assert history.earlier == 2 - most


def test_what_was_withdrawn_keeps_its_place_and_loses_its_figures(trial: Trial, files):
    edition(trial, files, 2026)
    started, publication = edition(trial, files, 2027)
    publishing.withdraw_report(
        trial.session, started.key, started.token, publication.slug, reason="Wrong file.", today=TODAY
    )
    history = event_history(trial.session, trial.catalogue, "ridgeline-half-marathon")
    assert [(one.publication.state, one.own is None) for one in history.timeline.editions] == [
        (PublicationState.LIVE, False),
        (PublicationState.WITHDRAWN, True),
    ]
    held = events_of(trial.session, Index(), "ridgeline-events")
    assert [listing.slug for listing in held.listings] == ["ridgeline-half-marathon-2026"]
    chosen = choose_reports(trial.session, [publication.slug, "ridgeline-half-marathon-2026", "nobody"])
    assert chosen.slugs == ("ridgeline-half-marathon-2026",)
    assert ([one.slug for one, _ in chosen.withdrawn], chosen.unknown) == ([publication.slug], ("nobody",))


def test_an_organiser_has_its_events_a_page_at_a_time(trial: Trial, files, monkeypatch):
    monkeypatch.setattr(histories, "EVENTS_AT_ONCE", 2)
    index = Index()
    for number, name in enumerate(("One", "Two", "Three"), start=1):
        published(trial, files, name=name, date=dt.date(2027, number, 1))
    first = events_of(trial.session, index, "ridgeline-events")
    assert ([one.slug for one in first.listings], first.total) == (["three-2027", "two-2027"], 3)
    second = events_of(trial.session, index, "ridgeline-events", first.next)
    assert ([one.slug for one in second.listings], second.next) == (["one-2027"], None)
    assert events_of(trial.session, index, "ridgeline-events", second.previous).listings == first.listings


def test_nobody_has_other_addresses(trial: Trial):
    with pytest.raises(EventNotFound):
        event_history(trial.session, trial.catalogue, "nothing")
    with pytest.raises(OrganiserNotFound):
        events_of(trial.session, Index(), "nobody")
