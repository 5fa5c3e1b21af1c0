"""How long a person waits for a report, measured in a browser; printed, not asserted.

The usual journey: the check page and the page to publish on are looked at for some seconds before the button is pressed.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.clients import Client
from tests.benchmarks.figures import Figure, print_table
from tests.benchmarks.filling import OpenAudit, checklist, start_audit
from tests.benchmarks.installation import Installation, product
from tests.browser.steps import follow, on_page, press

pytestmark = pytest.mark.benchmark

ROUNDS = 3
LOOKING = 8000
"""Milliseconds a person looks at a page of a hundred criteria, at the least, before pressing its button."""

SINCE_THE_PRESS = """() => {
    const [page] = performance.getEntriesByType("navigation");
    return page.responseEnd - page.startTime;
}"""
FETCHED = """async address => {
    const start = performance.now(), answer = await fetch(address);
    if (!answer.ok) throw new Error(address + " answered " + answer.status);
    await answer.arrayBuffer();
    return performance.now() - start;
}"""
CHROMIUM = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The product, served."""
    with product(tmp_path_factory.mktemp("journeys")) as running:
        yield running


@pytest.fixture(scope="module")
def visitor(installation: Installation) -> Iterator[Page]:
    """A page of a browser."""
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM))
        context = browser.new_context(base_url=f"http://127.0.0.1:{installation.port}")
        context.set_default_timeout(20_000)
        yield context.new_page()
        browser.close()


def answered(installation: Installation, number: int) -> OpenAudit:
    """A full audit, ready to be completed."""
    audit = start_audit(installation.port, f"Journey {number}")
    with Client(installation.port, dict(audit.cookies)) as client:
        audit.complete(client, checklist())
    return audit


def come_in(page: Page, audit: OpenAudit) -> None:
    """Be the person whose audit it is."""
    page.context.clear_cookies()
    page.context.add_cookies(
        [
            {"name": name, "value": value, "domain": "127.0.0.1", "path": "/"}
            for name, value in audit.cookies.items()
        ]
    )


def walked(page: Page, audit: OpenAudit, seen: dict[str, list[float]], folder: Path) -> None:
    """From the check page to a published report that is checked; what each step took goes into `seen`."""
    come_in(page, audit)
    page.goto(f"{audit.path}/check")
    page.wait_for_timeout(LOOKING)
    press(page, "Complete the audit")
    page.wait_for_url("**/completed")
    seen["Complete"].append(page.evaluate(SINCE_THE_PRESS))
    link = page.get_by_role("link", name="Download the PDF").get_attribute("href")
    seen["Download"].append(page.evaluate(FETCHED, link))
    seen["Download, again"].append(page.evaluate(FETCHED, link))
    follow(page, "See what will be public")
    on_page(page, "Publish the report")
    page.wait_for_timeout(LOOKING)
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Publish")
    page.wait_for_url("**/completed")
    seen["Publish"].append(page.evaluate(SINCE_THE_PRESS))
    address = page.get_by_role("textbox", name="Address of the report").input_value() + ".pdf"
    seen["Published PDF"] += [page.evaluate(FETCHED, address) for _ in range(10)]
    copy = folder / "report.pdf"
    copy.write_bytes(page.request.get(address).body())
    page.goto("/verify")
    page.locator("input[type=file]").set_input_files(copy)
    press(page, "Check the file")
    page.wait_for_load_state()
    seen["Check a PDF"].append(page.evaluate(SINCE_THE_PRESS))


def test_waiting_for_a_report(capsys, installation: Installation, visitor: Page, tmp_path: Path):
    names = ("Complete", "Download", "Download, again", "Publish", "Published PDF", "Check a PDF")
    aims = {
        "Complete": "under 100",
        "Download": "under 100",
        "Publish": "under 100",
        "Published PDF": "under 10",
    }
    seen: dict[str, list[float]] = {name: [] for name in names}
    for number in range(ROUNDS):
        walked(visitor, answered(installation, number), seen, tmp_path)
    with capsys.disabled():
        print_table(
            f"Waiting for a report of {len(checklist().criteria)} criteria, in a browser",
            [Figure(name, tuple(seen[name]), aim=aims.get(name, "")) for name in names],
        )
