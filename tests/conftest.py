"""What every test can ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings as hypothesis_settings

from auditapp.app import create_app
from auditapp.settings import Settings
from auditapp.storage import database
from tests.pages import Browser, strict

# No test fails for being slow: how fast something is, the benchmarks say.
hypothesis_settings.register_profile("patient", deadline=None)
hypothesis_settings.load_profile("patient")

pytest_plugins = ["tests.postgres", "tests.databases", "tests.public"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a folder of their own."""
    return Settings(data=tmp_path / "data")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application, on a database the tests of one file share: each starts audits of its own."""
    data = tmp_path_factory.mktemp("data")
    app = strict(create_app(Settings(data=data, start_limit="10000 per hour", pdf_ahead="no")))
    app.testing = True
    with app.app_context():
        database.upgrade()
    pool = app.extensions["auditapp"].pdf
    yield app
    pool.close()


@pytest.fixture
def client(app: Flask) -> Browser:
    """A browser that has never been here; it refuses pages below the accessibility floor."""
    browser = app.test_client()
    assert isinstance(browser, Browser)
    return browser
