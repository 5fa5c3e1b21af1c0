"""What every test can ask for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings as hypothesis_settings

from auditapp.app import create_app
from auditapp.settings import Settings
from auditapp.storage import database, gazetteer_file
from auditapp.storage.gazetteer import Gazetteer
from tests.pages import Browser, strict

# No test fails for being slow: how fast something is, the benchmarks say.
hypothesis_settings.register_profile("patient", deadline=None)
hypothesis_settings.load_profile("patient")

pytest_plugins = ["tests.postgres", "tests.databases", "tests.public"]


@pytest.fixture(scope="session", autouse=True)
def places_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where whoever runs the product from here finds the file of towns, or makes it: once for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "places"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDITAPP_PLACES", str(folder))
        yield folder


@pytest.fixture(scope="session")
def places(places_folder: Path) -> Path:
    """The folder with the file of the world's towns, made from the library once in a run."""
    gazetteer_file.make(places_folder)
    return places_folder


@pytest.fixture(scope="session")
def gazetteer(places: Path) -> Gazetteer:
    """The world's towns."""
    return Gazetteer(places)


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
