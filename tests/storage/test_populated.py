"""A database with reports in it is brought up to date: their documents stay the same to the letter, and they are found."""

import datetime as dt

from alembic import command
from sqlalchemy import text
from sqlalchemy.orm import Session

from auditapp.proof.signing import unsigned
from auditapp.services import indexing, publishing
from auditapp.services.finding import search_reports
from auditapp.storage import database
from auditapp.storage.index import Index
from auditapp.storage.search import Search
from tests.builders import a_report
from tests.databases import engine_at

DAY = dt.date(2026, 11, 26)


def test_reports_published_before_there_was_an_index_are_kept_and_found_and_all_of_it_can_be_undone(
    database_url,
):
    engine = engine_at(database_url)
    with engine.connect() as connection:
        command.upgrade(database._alembic(connection), "0004")
        connection.commit()
    report = a_report()
    signed = unsigned(report).content.decode()
    written = {
        "day": DAY.isoformat(), "now": "2026-11-26 10:00:00", "document": report.model_dump_json(), "signed": signed,
        "title": report.title, "checklist": report.checklist.ref, "id": report.checklist.id,
    }  # fmt: skip
    with engine.begin() as connection:
        for statement in BEFORE:
            connection.execute(text(statement), written)
    database.upgrade(engine)
    assert database.check(engine) == []
    with Session(engine, expire_on_commit=False) as session:
        assert indexing.index_missing(session) == 1
        assert publishing.find_report(session, "a-report")[1] == report
        assert publishing.report_document(session, "a-report")[1] == signed
        assert [one.slug for one in search_reports(session, Index(), Search()).items] == ["a-report"]
    with engine.connect() as connection:
        command.downgrade(database._alembic(connection), "0004")
        connection.commit()
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT document, signed FROM reports")).one()
        assert tuple(kept) == (written["document"], signed)
        (searched,) = connection.execute(text("SELECT searched FROM publications")).one()
        assert searched.strip() == report.title.casefold()
    database.upgrade(engine)
    assert database.check(engine) == []
    with Session(engine, expire_on_commit=False) as session:
        assert indexing.index_missing(session) == 1
        assert publishing.report_document(session, "a-report")[1] == signed
    engine.dispose()


BEFORE = (
    "INSERT INTO audits (id, key, token_hash, checklist, event, facts, facts_saved, details_version, state, created_at, "
    "changed_at) VALUES (1, 'k', 't', :checklist, '{}', '{}', true, 0, 'published', :now, :now)",
    "INSERT INTO reports (id, audit_id, document, signed, completed_on) VALUES (1, 1, :document, :signed, :day)",
    "INSERT INTO publications (slug, report_id, audit_id, state, published_on, reason, expires_on, title, place, organiser, "
    "searched, year, checklist, checklist_id, checklist_name, points, possible, answers_given, answers_evidenced, sections) "
    "VALUES ('a-report', 1, 1, 'live', :day, '', '2027-11-26', :title, '', '', '', 2026, :checklist, :id, 'A list', '1', "
    "'2', 1, 0, '[]')",
)
