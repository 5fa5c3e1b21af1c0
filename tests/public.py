"""A site with published reports, for the tests of its public pages and of the API."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event as sql_event

from auditapp.app import create_app, print_shop
from auditapp.catalogue import read_answers
from auditapp.domain.audit import Answer, Event
from auditapp.domain.report import Publication
from auditapp.resources import PACKAGE
from auditapp.services import auditing, completing, demo, links, publishing, starting
from auditapp.services.printing import Issued
from auditapp.settings import Settings
from auditapp.storage import database
from auditapp.storage.database import db
from auditapp.web.access import Rooms
from tests.builders import an_event, evidence, prizes
from tests.pages import strict
from tests.postgres import Server

CHECKLIST = "endurance-event@1.0"
NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
PDF = b"%PDF-1.7 as it was on the day"


def unprinted(app: Flask) -> publishing.Issue:
    """Signs as the application does, and saves the time it takes to make a PDF."""
    shop = app.extensions["auditapp"].print_shop
    return lambda report, publication: Issued(shop.document(report, publication), PDF)


def printing_with(app: Flask, pool: Any) -> Rooms:
    """The rooms of an application, with other processes to make PDFs in."""
    rooms: Rooms = app.extensions["auditapp"]
    return dataclasses.replace(rooms, pdf=pool, print_shop=print_shop(rooms.settings, pool))


@dataclass
class Site:
    """An application on a database of its own."""

    app: Flask
    checklist: str = CHECKLIST

    @property
    def client(self) -> FlaskClient:
        """A reader without a private link."""
        return self.app.test_client()

    def publish(
        self,
        event: Event | None = None,
        answers: Mapping[str, Answer] | None = None,
        *,
        facts: Mapping[str, Any] | None = None,
        today: dt.date = TODAY,
    ) -> Published:
        """A report on these answers, keyed by the code of their criterion, filled in and published."""
        rooms = self.app.extensions["auditapp"]
        event = event or an_event()
        with self.app.app_context():
            checklist = rooms.catalogue.get(self.checklist)
            given = {checklist.criterion(code).id: answer for code, answer in (answers or {}).items()}
            started = starting.start_audit(
                db.session, rooms.catalogue, checklist=self.checklist, event=event, now=NOW
            )
            reach = (db.session, rooms.catalogue, started.key, started.token)
            if facts:
                auditing.save_details(*reach, event=event, facts=dict(facts), version=0, now=NOW)
            auditing.answer_all(*reach, given, now=NOW)
            completing.complete_audit(*reach, today=today)
            publication = self._published(started, today)
        return Published(self, started, publication)

    def _published(self, started: links.Started, today: dt.date) -> Publication:
        return publishing.publish_report(
            db.session,
            self.app.extensions["auditapp"].files,
            started.key,
            started.token,
            today=today,
            issue=unprinted(self.app),
            gazetteer=self.app.extensions["auditapp"].gazetteer,
        )

    def correct(self, earlier: Published, answers: Mapping[str, Answer], today: dt.date) -> Published:
        """A later report that replaces an earlier one."""
        rooms = self.app.extensions["auditapp"]
        with self.app.app_context():
            first = earlier.started
            started = starting.start_correction(db.session, rooms.catalogue, first.key, first.token, now=NOW)
            reach = (db.session, rooms.catalogue, started.key, started.token)
            checklist = rooms.catalogue.get(self.checklist)
            for code, answer in answers.items():
                name = checklist.criterion(code).id
                version = auditing.load_audit(*reach).version(name)
                auditing.answer_criterion(*reach, name, answer, version=version, now=NOW)
            completing.complete_audit(*reach, today=today)
            return Published(self, started, self._published(started, today))

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """What the database is asked within the block."""
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement)

        with self.app.app_context():
            engine = db.engine
        sql_event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            sql_event.remove(engine, "before_cursor_execute", note)


@dataclass
class Published:
    """A published report, and the private link it came from."""

    site: Site
    started: links.Started
    publication: Publication

    @property
    def slug(self) -> str:
        """Its address."""
        return self.publication.slug

    def withdraw(self, reason: str, today: dt.date = TODAY) -> None:
        """Take it back."""
        with self.site.app.app_context():
            publishing.withdraw_report(
                db.session, self.started.key, self.started.token, self.slug, reason=reason, today=today
            )


def a_site(
    folder: Path,
    *,
    checklists: tuple[Path, ...] = (),
    checklist: str = CHECKLIST,
    places: Path | None = None,
) -> Site:
    """An application with an empty database in `folder`, on which events answer one checklist; it knows no towns without
    the folder of `places`.
    """
    settings = Settings(data=folder, checklists=checklists, pdf_ahead="no", places=places or folder)
    app = strict(create_app(settings))
    app.testing = True
    with app.app_context():
        database.upgrade()
    return Site(app, checklist)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site on which nothing has been published."""
    return a_site(tmp_path)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def stocked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site on each kind of database, with two live reports, one that was replaced and one taken back; to read only."""
    data = tmp_path_factory.mktemp("stocked")
    if request.param == "sqlite":
        yield stock(Settings(data=data, pdf_ahead="no"))
        return
    server: Server = request.getfixturevalue("postgres_server")
    with server.database() as url:
        site = stock(Settings(data=data, database_url=url, pdf_ahead="no"))
        yield site
        with site.app.app_context():
            db.engine.dispose()


def stock(settings: Settings) -> Site:
    """The same, on an empty database."""
    site = Site(strict(create_app(settings)))
    site.app.testing = True
    with site.app.app_context():
        database.upgrade()
    paid = Answer(numbers=prizes((300, 300), (150, 200)))
    site.publish(
        an_event(country="United Kingdom"),
        {"A2": Answer(grade="full"), "A4": Answer(grade="full", evidence=(evidence(),)), "D1": paid},
        facts={"distance": 21.1, "starters": 1900, "kind": "road", "prize-money": True, "awards": True},
    )
    first = site.publish(an_event("Port Ennis 10k"), {"A4": Answer(grade="partly")})
    site.correct(first, {"A4": Answer(grade="full")}, first.publication.published_on)
    site.publish(an_event("Quillhaven 10k"), {"C5": Answer(grade="none")}).withdraw("The date changed.")
    return site


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with the five invented reports; tests only read it."""
    site = a_site(tmp_path_factory.mktemp("examples"))
    rooms = site.app.extensions["auditapp"]
    with site.app.app_context():
        demo.load_examples(
            db.session,
            rooms.catalogue,
            rooms.files,
            PACKAGE / "examples",
            now=NOW,
            issue=unprinted(site.app),
        )
    return site


@pytest.fixture(scope="module")
def northern(tmp_path_factory: pytest.TempPathFactory, places: Path) -> Site:
    """A site that knows the world's towns, with events to come in and around Leeds, and elsewhere; tests only read it."""
    site = a_site(tmp_path_factory.mktemp("northern"), places=places)
    example = read_answers(
        PACKAGE / "examples" / "ridgeline-half-marathon-2027.yaml", site.app.extensions["auditapp"].catalogue
    )
    for number, (place, country) in enumerate(NORTHERN):
        event = an_event(
            f"Run {number}", place=place, country=country, date=dt.date(2027, 3, number + 1), organiser=place
        )
        site.publish(event, example.answers, facts=example.facts)
    return site


NORTHERN = (
    ("Ilkley", "United Kingdom"),
    ("Newcastle", "Australia"),
    ("Leeds, West Yorkshire", "England"),
    ("York", "UK"),
    ("Leeds", "USA"),
    ("Newcastle upon Tyne", "United Kingdom"),
    ("Leedsholme", "United Kingdom"),
)
"""Where its events are, in the order of their days: Run 0, Run 1 and so on."""
