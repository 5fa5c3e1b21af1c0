"""The keyboard alone is enough, and it always shows where it is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from auditapp.domain.audit import Event
from tests.browser.looking import focused, shows_focus
from tests.browser.steps import (
    CHECKLIST,
    NOTE,
    card_of,
    grade_row,
    on_page,
    open_section,
    press,
    saving,
    start_audit,
)

pytestmark = pytest.mark.browser

FIRST, PHOTOS = CHECKLIST.criterion("A1"), CHECKLIST.criterion("A2")


@pytest.fixture
def section(desk: Page) -> Page:
    """The first section of a new audit."""
    start_audit(desk, Event(name="Ridge Race"))
    open_section(desk, "before-the-race")
    return desk


def tab_to(page: Page, what: str, most: int = 60) -> None:
    """Press Tab until the focus is on `what`; every stop on the way shows that it has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert shows_focus(page), focused(page)
        if focused(page).startswith(what):
            return
    pytest.fail(f"Tab never came to {what!r}")


def test_the_skip_link_comes_first_and_leads_to_the_content(desk: Page):
    desk.goto("/reports/")
    desk.keyboard.press("Tab")
    assert focused(desk) == "a Skip to the content"
    assert shows_focus(desk)
    expect(desk.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    assert focused(desk).startswith("input Name, place or organiser")


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/audits/new",
        "/reports/",
        "/reports/marrowdale-half-2027",
        "/reports/marrowdale-half-2027/badge",
        "/reports/compare?report=quillhaven-10k-2026&report=ostley-fell-race-2026",
        "/checklists/",
        "/checklists/endurance-event/1.0",
    ],
)
def test_every_stop_shows_itself_in_the_order_of_the_page(desk: Page, address: str):
    desk.goto(address)
    stops: list[str] = []
    while len(stops) < 40:
        desk.keyboard.press("Tab")
        if focused(desk).startswith("body"):  # past the last stop
            break
        stops.append(focused(desk))
        assert shows_focus(desk), stops
        assert not overtakes(desk), stops
    assert len(stops) > 5


def overtakes(page: Page) -> bool:
    """Whether the focus went backwards in the document."""
    return bool(
        page.evaluate(
            """() => {
              const last = window.lastStop;
              window.lastStop = document.activeElement;
              return Boolean(last && last.compareDocumentPosition(window.lastStop) & Node.DOCUMENT_POSITION_PRECEDING);
            }"""
        )
    )


def test_an_audit_is_started_and_answered_by_keyboard(desk: Page):
    desk.goto("/audits/new")
    tab_to(desk, "input Name of the event")
    desk.keyboard.type("Ridge Race")
    desk.keyboard.press("Enter")
    on_page(desk, "Ridge Race")
    tab_to(desk, "a Before the race")
    desk.keyboard.press("Enter")
    on_page(desk, "Before the race")

    tab_to(desk, f"input {PHOTOS.grades[0].says[:20]}")
    with saving(desk, PHOTOS):
        desk.keyboard.press("ArrowDown")
    expect(grade_row(card_of(desk, PHOTOS), PHOTOS, PHOTOS.grades[1].id)).to_be_checked()
    expect(grade_row(card_of(desk, PHOTOS), PHOTOS, PHOTOS.grades[1].id)).to_be_focused()
    assert shows_focus(desk)
    with saving(desk, PHOTOS):
        desk.keyboard.press("ArrowDown")
    expect(grade_row(card_of(desk, PHOTOS), PHOTOS, PHOTOS.grades[2].id)).to_be_checked()

    tab_to(desk, "summary Add a note")
    desk.keyboard.press("Enter")
    tab_to(desk, f"textarea {NOTE}"[:30])
    with saving(desk, PHOTOS):
        desk.keyboard.type("Counted.")
    expect(card_of(desk, PHOTOS).get_by_label(NOTE)).to_be_focused()


def test_what_is_folded_opens_by_enter_and_closes_by_space(section: Page):
    tab_to(section, "summary Why we ask")
    why = card_of(section, FIRST).locator("details.why")
    section.keyboard.press("Enter")
    expect(why).to_have_attribute("open", "")
    section.keyboard.press("Space")
    expect(why).not_to_have_attribute("open", "")


def test_a_link_is_added_by_keyboard_and_the_focus_stays_there(section: Page):
    tab_to(section, "summary Add a link")
    section.keyboard.press("Enter")
    tab_to(section, "input Address")
    section.keyboard.type("https://example.org/pictures")
    tab_to(section, "button Add this link")
    with saving(section, FIRST):
        section.keyboard.press("Enter")
    expect(card_of(section, FIRST).get_by_role("link", name="example.org/pictures")).to_be_visible()
    expect(section.locator(f"#{FIRST.code}_evidence")).to_be_focused()
    tab_to(section, "a example.org/pictures", most=2)
    tab_to(section, "button Remove", most=1)


def test_the_error_summary_gets_the_focus_and_leads_to_each_problem(section: Page):
    card = card_of(section, "A8")
    card.get_by_role("radio", name=re.compile("^This does not apply")).check()
    press(section, "Save and continue")
    summary = section.get_by_role("alert").filter(has_text="needs another look")
    expect(summary).to_be_focused()
    section.keyboard.press("Tab")
    section.keyboard.press("Enter")
    expect(card.get_by_role("radio", name=re.compile("^Women were at least 45%"))).to_be_focused()
    assert shows_focus(section)


def test_the_error_summary_of_the_start_leads_to_the_field(desk: Page):
    desk.goto("/audits/new")
    press(desk, "Start")
    expect(desk.get_by_role("alert")).to_be_focused()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_label("Name of the event")).to_be_focused()


def test_a_glyph_of_the_strip_leads_to_its_criterion(section: Page):
    tab_to(section, "a A4, ", most=120)
    section.keyboard.press("Enter")
    expect(card_of(section, "A4")).to_be_in_viewport()
    section.keyboard.press("Tab")
    assert section.evaluate("document.activeElement.closest('article')?.id") == "A4"
