"""The databases the storage and the services are tested on: the same tests on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from auditapp.storage import database

THREADS = 16


def engine_at(url: str) -> Engine:
    """An engine as the product makes it, on an empty database."""
    engine = create_engine(url, **database.engine_options(url, THREADS))
    database.tune(engine)
    return engine


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'auditapp.sqlite'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a database with all its tables."""
    engine = engine_at(database_url)
    database.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session on it; every test leaves it without an open transaction."""
    with Session(engine, expire_on_commit=False) as session:
        yield session
        assert not session.in_transaction()
