"""The database behind the pages: its connections, tuned for what each kind needs, and its migrations.

SQLite is set up so that writers wait for one another instead of failing: transactions that will write begin
immediately, and within this process they queue at a lock first, because SQLite's own waiting is polling.
"""

from __future__ import annotations

import inspect
import sqlite3
import threading
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import Connection, Engine, event, make_url, text
from sqlalchemy.pool import ConnectionPoolEntry

from auditapp.domain.errors import AuditError
from auditapp.resources import PACKAGE
from auditapp.settings import Settings
from auditapp.storage.rows import Row
from auditapp.storage.transactions import READS_ONLY

db = SQLAlchemy(session_options={"expire_on_commit": False})

MIGRATIONS = PACKAGE / "migrations"
UPGRADE_LOCK = 0x41554449  # any number that nothing else on the server uses
BUSY_MILLISECONDS = 5000
_HOLDS = "holds_write_lock"


class DatabaseTooNew(AuditError):
    """The database has been brought to a migration that this version of the product does not know."""

    def __init__(self, current: str) -> None:
        super().__init__(
            f"the database is at migration {current}, which this version does not know: a newer version has been "
            "at work; install that one again, or choose another folder with AUDITAPP_DATA"
        )


def init_app(app: Flask, settings: Settings) -> None:
    """Connect the application to the database of the settings. Nothing is opened before it is needed."""
    if settings.database_url.startswith("sqlite"):
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    options = {"url": settings.database_url, **engine_options(settings.database_url, settings.threads)}
    app.config["SQLALCHEMY_ENGINES"] = {"default": options}
    db.init_app(app)
    # It also closes asynchronous sessions, of which there are none here, and starts an event loop to do so.
    app.teardown_appcontext_funcs = [
        close for close in app.teardown_appcontext_funcs if not inspect.iscoroutinefunction(close)
    ]
    with app.app_context():
        tune(db.engine, synchronous=settings.sqlite_synchronous)


def engine_options(url: str, threads: int) -> dict[str, Any]:
    """What SQLAlchemy is told about a database with this URL that `threads` threads use at once."""
    options: dict[str, Any] = {"pool_size": threads, "max_overflow": 4}
    if make_url(url).get_backend_name() == "sqlite":
        # Transactions begin and end when SQLAlchemy says so, not when the driver guesses.
        return options | {"connect_args": {"isolation_level": None, "check_same_thread": False}}
    return options | {"pool_pre_ping": True}


def tune(engine: Engine, *, synchronous: str = "FULL") -> None:
    """Set up an engine's connections; does nothing to one that is not SQLite."""
    if engine.dialect.name != "sqlite":
        return
    lock = threading.Lock()

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
        for pragma in (
            "journal_mode = WAL",
            f"synchronous = {synchronous}",
            "foreign_keys = ON",
            f"busy_timeout = {BUSY_MILLISECONDS}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(READS_ONLY):
            connection.exec_driver_sql("BEGIN")
            return
        lock.acquire()
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except BaseException:
            lock.release()
            raise
        connection.info[_HOLDS] = True

    # Only here is the commit itself over: the event named for it fires before.
    @event.listens_for(engine, "checkin")
    def let_the_next_write(_connection: sqlite3.Connection | None, record: ConnectionPoolEntry) -> None:
        if record.info.pop(_HOLDS, False):
            lock.release()


def upgrade(engine: Engine | None = None) -> None:
    """Bring the database up to date. Several processes may do so at once: one works, the others wait.

    Raises DatabaseTooNew.
    """
    engine = engine or db.engine
    with engine.connect() as connection:
        _known_migration(connection)
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_lock({UPGRADE_LOCK})"))
            connection.commit()
        try:
            command.upgrade(_alembic(connection), "head")
            connection.commit()
        finally:
            if connection.dialect.name == "postgresql":
                connection.rollback()
                connection.execute(text(f"SELECT pg_advisory_unlock({UPGRADE_LOCK})"))
                connection.commit()


def check(engine: Engine | None = None) -> list[str]:
    """What keeps the database from being up to date, in words; nothing when it is. Raises DatabaseTooNew."""
    with (engine or db.engine).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        latest = ScriptDirectory.from_config(_alembic(connection)).get_current_head()
        current = _known_migration(connection)
        if current != latest:
            return [
                f"the database is at migration {current or 'none'}, the latest is {latest}: run auditapp db upgrade"
            ]
        return [
            f"the tables differ from the migrations: {difference}"
            for difference in compare_metadata(context, Row.metadata)
        ]


def _known_migration(connection: Connection) -> str | None:
    """The migration the database is at, None before the first; raises DatabaseTooNew for one that is not ours."""
    current = MigrationContext.configure(connection).get_current_revision()
    scripts = ScriptDirectory.from_config(_alembic(connection)).walk_revisions()
    if current is not None and current not in {script.revision for script in scripts}:
        raise DatabaseTooNew(current)
    return current


def _alembic(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
