"""The quick audit in a real browser: on a telephone, without scripts, and with the back button."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from auditapp.domain.checklist import Criterion
from auditapp.domain.quick import quick_criteria, quick_facts
from tests.browser.looking import faults, sideways, violations
from tests.browser.steps import CATALOGUE, card_of, follow, on_page, press, starting_with

pytestmark = pytest.mark.browser

CHECKLIST = CATALOGUE.get("endurance-event")
ASKED = quick_criteria(CHECKLIST)
ESSENTIALS = sum(criterion.essential for criterion in CHECKLIST.criteria)


def begin(page: Page, name: str = "Fellside Ten") -> None:
    """From the start page into the quick audit."""
    page.goto("/")
    follow(page, "Start an audit")
    page.get_by_label("Name of the event").fill(name)
    press(page, "Start with the quick audit")
    on_page(page, "A few facts first")


def asked_on(page: Page) -> list[Criterion]:
    """The criteria on the page."""
    return [criterion for criterion in ASKED if card_of(page, criterion).count()]


def grade_at(page: Page, criterion: Criterion, place: int) -> Locator:
    """The radio button of the grade at this place, worst first."""
    says = criterion.grade(criterion.grade_ids[place]).says
    return card_of(page, criterion).get_by_role("radio", name=starting_with(says))


def go_on(page: Page) -> None:
    """Press the button that saves, and wait for the page it leads to."""
    with page.expect_navigation():
        press(page, "Save and continue")


def at_the_end(page: Page) -> bool:
    """Whether the result has been reached."""
    return page.url.endswith("/quick")


def test_a_telephone_is_enough_from_start_to_result_and_on(phone: Page):
    begin(phone)
    assert violations(phone) == []
    assert sideways(phone) == 0
    go_on(phone)
    answered = 0
    while not at_the_end(phone):
        assert sideways(phone) == 0
        for criterion in asked_on(phone):
            with phone.expect_response(lambda told: "/quick/answers/" in told.url) as told:
                grade_at(phone, criterion, answered % 3).check()
            assert told.value.status == 200
            answered += 1
        expect(phone.get_by_role("heading", name="Essentials so far")).to_have_count(1)
        go_on(phone)
    assert answered == len(ASKED)
    on_page(phone, "Quick audit")
    expect(phone.get_by_text("Essentials only", exact=True)).to_be_visible()
    assert violations(phone) == []
    assert sideways(phone) == 0
    follow(phone, "Continue with the facts")
    on_page(phone, "Facts about the event")


def test_it_needs_no_scripts(plain: Page):
    begin(plain)
    group = plain.get_by_role(
        "group", name=next(f for f in quick_facts(CHECKLIST) if f.type == "boolean").question
    )
    group.get_by_role("radio", name="No", exact=True).check()
    go_on(plain)
    while not at_the_end(plain):
        for criterion in asked_on(plain):
            grade_at(plain, criterion, -1).check()
        go_on(plain)
    expect(plain.get_by_text(re.compile(r"^All \d+ criteria have an answer\.$"))).to_be_visible()
    expect(plain.get_by_text("What stands open")).to_have_count(0)


def test_going_back_shows_what_was_given_and_goes_on_from_there(phone: Page):
    begin(phone)
    press(phone, "Save and continue")
    first = grade_at(phone, ASKED[0], -1)
    with phone.expect_response(lambda told: "/quick/answers/" in told.url):
        first.check()
    heading = phone.get_by_role("heading", level=1).inner_text()
    press(phone, "Save and continue")
    expect(phone.get_by_role("heading", level=1, name=heading, exact=True)).to_have_count(0)
    phone.go_back()
    on_page(phone, heading)
    expect(first).to_be_checked()
    phone.go_back()
    on_page(phone, "A few facts first")
    press(phone, "Save and continue")
    on_page(phone, heading)
    expect(first).to_be_checked()
    expect(phone.get_by_role("group", name="Somebody else")).to_have_count(0)


def test_every_page_of_it_is_accessible_on_a_telephone_and_on_a_desk(desk: Page):
    begin(desk, "Lauf-der-tausend-Berge-und-Täler-Gedächtnismarathon")
    address = desk.url.removesuffix("-facts")
    assert faults(desk) == []
    go_on(desk)
    for criterion in asked_on(desk):
        grade_at(desk, criterion, 1).check()
    assert faults(desk) == []
    desk.goto(address)
    assert faults(desk) == []
    desk.emulate_media(media="print")
    expect(desk.get_by_role("link", name="Continue the quick audit")).to_be_hidden()
    expect(desk.get_by_text("Essentials only", exact=True)).to_be_visible()
    desk.goto(address.removesuffix("/quick") + "/check")
    assert faults(desk) == []


def test_completed_and_published_it_says_essentials_only_everywhere(desk: Page):
    begin(desk, "Only the Essentials Run")
    go_on(desk)
    for criterion in asked_on(desk):
        grade_at(desk, criterion, -1).check()
    press(desk, "Save and come back later")
    on_page(desk, "Only the Essentials Run")
    follow(desk, "Quick audit")
    follow(desk, "Check your answers and complete")
    press(desk, "Complete the audit")
    on_page(desk, "The audit is completed")
    follow(desk, "See what will be public")
    desk.get_by_role("checkbox").check()
    press(desk, "Publish")
    on_page(desk, "The report is public")
    follow(desk, "See the report")
    expect(desk.get_by_text("Essentials only", exact=True)).to_be_visible()
    assert faults(desk) == []
    desk.goto("/reports/?level=essentials-only")
    expect(desk.get_by_role("link", name="Only the Essentials Run")).to_be_visible()
    assert faults(desk) == []
