"""Takes the two pictures of the README from a running product: `python -m tests.browser.pictures ADDRESS`.

ADDRESS is that of an installation filled by `auditapp demo`. It is given one more audit, which is answered in part.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from auditapp.catalogue import read_answers
from auditapp.resources import PACKAGE
from tests.browser.steps import (
    CATALOGUE,
    CHECKLIST,
    card_of,
    give_answer,
    give_facts,
    open_section,
    start_audit,
)
from tests.browser.visitors import Visitors

PICTURES = Path(__file__).parent.parent / "pictures"
EVENT = PACKAGE / "examples" / "open-tarnbeck-24-hours-2027.yaml"
SECTION = "entry-and-policy"
TALLEST = 900


def take(page: Page, name: str) -> None:
    """Keep what the window shows."""
    page.evaluate("document.fonts.ready")
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", scale="css", animations="disabled")


def picture_of_a_section(page: Page) -> None:
    """A section page with answers, notes, evidence and the score beside it."""
    file = read_answers(EVENT, CATALOGUE)
    start_audit(page, file.event)
    give_facts(page, file.event, file.facts)
    open_section(page, SECTION)
    answered = [one for one in CHECKLIST.criteria_in(SECTION) if one.id in file.answers]
    for criterion in answered:
        give_answer(page, criterion, file.answers[criterion.id])
    page.reload()
    card_of(page, answered[0]).scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, 0)")
    take(page, "section")


def picture_of_a_report(page: Page) -> None:
    """The head of a published report."""
    page.goto("/reports/marrowdale-half-2027")
    take(page, "report")


def main(address: str) -> None:
    """Take both pictures."""
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"]) as browser,
        Visitors(browser, address) as visitors,
    ):
        page = visitors.desk()
        page.set_viewport_size({"width": 1280, "height": TALLEST})
        picture_of_a_section(page)
        picture_of_a_report(page)


if __name__ == "__main__":
    main(sys.argv[1])
