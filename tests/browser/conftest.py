"""A real installation and a real browser: `auditapp serve` in a process of its own, and Debian's Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.benchmarks.installation import free_port, serving
from tests.browser.visitors import PATIENCE, Visitors
from tests.measured import checklist_folder

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium, which as root needs no sandbox and everywhere no network of its own."""
    return {
        "executable_path": shutil.which("chromium") or "/usr/bin/chromium",
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a product that serves the examples from an empty folder of its own."""
    folder, port = tmp_path_factory.mktemp("installation"), free_port()
    environment = _environment(folder, port)
    subprocess.run(
        [sys.executable, "-m", "auditapp", "demo"],
        env=os.environ | environment,
        check=True,
        timeout=600,
        capture_output=True,
    )
    with serving([sys.executable, "-m", "auditapp", "serve"], environment, port, "/"):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def empty_installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a product in which nothing has been published yet."""
    folder, port = tmp_path_factory.mktemp("empty"), free_port()
    with serving([sys.executable, "-m", "auditapp", "serve"], _environment(folder, port), port, "/"):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def measured_installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a product that also knows a checklist with measures."""
    folder, port = tmp_path_factory.mktemp("measured"), free_port()
    lists = checklist_folder(tmp_path_factory.mktemp("checklists"))
    environment = _environment(folder, port) | {"AUDITAPP_CHECKLISTS": str(lists)}
    with serving([sys.executable, "-m", "auditapp", "serve"], environment, port, "/"):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def race_visitors(browser: Browser, measured_installation: str) -> Iterator[Visitors]:
    """People at the product that knows a checklist with measures."""
    with Visitors(browser, measured_installation) as found:
        yield found


def _environment(folder: Path, port: int) -> dict[str, str]:
    return {
        "AUDITAPP_DATA": str(folder),
        "AUDITAPP_PORT": str(port),
        "AUDITAPP_START_LIMIT": "1000 per hour",
        "AUDITAPP_PDF_SECONDS": "300",
        # Nobody here waits for a PDF that was not asked for, and making it would slow everything else.
        "AUDITAPP_PDF_AHEAD": "no",
    }


@pytest.fixture(scope="session")
def base_url(installation: str) -> str:
    """Where relative addresses of the tests lead."""
    return installation


@pytest.fixture
def visitors(browser: Browser, base_url: str) -> Iterator[Visitors]:
    """Opens browsers of separate people; a mistake in any script, or anything the policy stops, fails the test."""
    with Visitors(browser, base_url) as found:
        yield found


@pytest.fixture(scope="module")
def long_visitors(browser: Browser, base_url: str) -> Iterator[Visitors]:
    """The same for what the tests of a module share."""
    with Visitors(browser, base_url) as found:
        yield found


@pytest.fixture
def phone(visitors: Visitors) -> Page:
    """A page 360 pixels wide."""
    return visitors.phone()


@pytest.fixture
def desk(visitors: Visitors) -> Page:
    """A page 1280 pixels wide."""
    return visitors.desk()


@pytest.fixture
def plain(visitors: Visitors) -> Page:
    """A page 1280 pixels wide with scripts off."""
    return visitors.plain()
