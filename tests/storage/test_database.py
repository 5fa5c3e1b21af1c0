import sqlite3
import subprocess
import sys
import threading

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from auditapp.storage import database
from auditapp.storage.transactions import reading, writing
from tests.databases import engine_at


def test_an_empty_database_is_brought_up_to_date(database_url):
    engine = engine_at(database_url)
    assert database.check(engine) == [
        "the database is at migration none, the latest is 0006: run auditapp db upgrade"
    ]
    database.upgrade(engine)
    assert database.check(engine) == []
    assert set(inspect(engine).get_table_names()) >= {"audits", "answers", "reports", "publications"}
    database.upgrade(engine)
    engine.dispose()


def test_a_database_of_a_newer_version_is_left_alone(engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for look in (database.upgrade, database.check):
        with pytest.raises(database.DatabaseTooNew, match="migration 9999, which this version does not know"):
            look(engine)


def test_tables_that_differ_from_the_migrations_are_named(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE moat (id INTEGER PRIMARY KEY)"))
    assert ["moat" in difference for difference in database.check(engine)] == [True]


def test_four_processes_may_upgrade_at_once(database_url):
    upgrade = f"""
from tests.databases import engine_at
from auditapp.storage import database
database.upgrade(engine_at({database_url!r}))
"""
    running = [
        subprocess.Popen([sys.executable, "-c", upgrade], stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    failures = [process.communicate(timeout=60)[1] for process in running]
    assert [failure for process, failure in zip(running, failures, strict=True) if process.returncode] == []
    engine = engine_at(database_url)
    assert database.check(engine) == []
    engine.dispose()


def test_sqlite_survives_a_power_cut_and_lets_readers_read(tmp_path):
    engine = engine_at(f"sqlite:///{tmp_path / 'a.sqlite'}")
    with engine.connect() as connection:
        values = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert values == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    engine.dispose()


def test_a_reader_waits_for_no_writer(engine):
    with Session(engine) as writer, Session(engine) as reader, writing(writer):
        writer.execute(text("DELETE FROM answers"))
        with reading(reader):
            assert reader.execute(text("SELECT count(*) FROM audits")).scalar() == 0


def test_a_writer_waits_for_the_one_before_it(tmp_path):
    engine = engine_at(f"sqlite:///{tmp_path / 'a.sqlite'}")
    database.upgrade(engine)
    order = []
    begun = threading.Event()

    def second():
        begun.wait()
        with Session(engine) as session, writing(session):
            session.execute(text("DELETE FROM answers"))
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with Session(engine) as session, writing(session):
        session.execute(text("DELETE FROM answers"))
        begun.set()
        thread.join(timeout=0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    engine.dispose()


def test_a_database_locked_by_another_process_does_not_lock_this_one_for_good(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_MILLISECONDS", 50)
    path = tmp_path / "a.sqlite"
    engine = engine_at(f"sqlite:///{path}")
    database.upgrade(engine)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Session(engine) as session, pytest.raises(OperationalError), writing(session):
        session.execute(text("DELETE FROM answers"))
    other.execute("ROLLBACK")
    with Session(engine) as session, writing(session):
        session.execute(text("DELETE FROM answers"))
    other.close()
    engine.dispose()


def test_nothing_is_written_when_anything_goes_wrong(session):
    def begins_and_fails() -> None:
        with writing(session):
            session.execute(text("CREATE TABLE moat (id INTEGER PRIMARY KEY)"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        begins_and_fails()
    assert "moat" not in inspect(session.get_bind()).get_table_names()
