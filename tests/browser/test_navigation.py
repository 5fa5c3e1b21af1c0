"""Going back, pressing twice, printing: what people do besides filling in."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from auditapp.domain.audit import Event
from tests.browser.steps import (
    CHECKLIST,
    card_of,
    grade_row,
    on_page,
    open_section,
    press,
    saving,
    start_audit,
)

pytestmark = pytest.mark.browser

PHOTOS = CHECKLIST.criterion("A2")


def started(page: Page) -> str:
    """A new audit; the address of its task list."""
    start_audit(page, Event(name="Ridge Race"))
    return page.url


def test_going_back_shows_what_has_been_saved_since(desk: Page):
    started(desk)
    open_section(desk, "before-the-race")
    with saving(desk, PHOTOS):
        grade_row(card_of(desk, PHOTOS), PHOTOS, "full").check()
    press(desk, "Save and continue")
    on_page(desk, "Entry and policy")
    desk.go_back()
    on_page(desk, "Before the race")
    expect(grade_row(card_of(desk, PHOTOS), PHOTOS, "full")).to_be_checked()
    with saving(desk, PHOTOS):
        grade_row(card_of(desk, PHOTOS), PHOTOS, "partly").check()
    expect(desk.get_by_role("group", name="Somebody else saved another answer")).to_have_count(0)
    desk.go_back()
    on_page(desk, "Ridge Race")
    expect(desk.get_by_role("link", name=re.compile("^A2, .*: Partly$"))).to_be_visible()


def test_going_back_after_completing_leads_to_what_there_is_now(desk: Page):
    address = started(desk)
    desk.goto(f"{address}/check")
    press(desk, "Complete the audit")
    on_page(desk, "The audit is completed")
    desk.go_back()
    on_page(desk, "The audit is completed")


def test_starting_twice_by_a_double_press_makes_one_audit(desk: Page):
    desk.goto("/audits/new")
    desk.get_by_label("Name of the event").fill("Pressed Twice")
    desk.get_by_role("button", name="Start", exact=True).dblclick()
    on_page(desk, "Pressed Twice")
    desk.goto("/audits/")
    expect(desk.get_by_role("link", name="Pressed Twice")).to_have_count(1)


def test_saving_twice_is_no_collision(plain: Page):
    address = started(plain)
    open_section(plain, "before-the-race")
    grade_row(card_of(plain, PHOTOS), PHOTOS, "full").check()
    plain.get_by_role("button", name="Save and continue").dblclick()
    on_page(plain, "Entry and policy")
    plain.goto(f"{address}/before-the-race")
    expect(grade_row(card_of(plain, PHOTOS), PHOTOS, "full")).to_be_checked()


def test_completing_and_publishing_twice_makes_one_report(desk: Page):
    address = started(desk)
    desk.goto(f"{address}/check")
    desk.get_by_role("button", name="Complete the audit").dblclick()
    on_page(desk, "The audit is completed")
    desk.get_by_role("link", name="See what will be public").click()
    desk.get_by_role("checkbox").check()
    desk.get_by_role("button", name="Publish", exact=True).dblclick()
    on_page(desk, "The report is public")
    published = desk.get_by_role("textbox", name="Address of the report").input_value()
    desk.goto(f"{address}/publish")
    on_page(desk, "The report is public")
    assert desk.get_by_role("textbox", name="Address of the report").input_value() == published


def test_a_correction_replaces_the_report_and_says_so(desk: Page):
    address = started(desk)
    published = publish(desk, address)
    desk.goto(f"{address}/completed")
    press(desk, "Start a correction")
    on_page(desk, "Ridge Race")
    corrected = publish(desk, desk.url.split("#")[0])
    assert corrected != published
    desk.goto(published)
    expect(
        desk.get_by_role("main").locator(f'a[href$="{corrected.rsplit("/", 1)[1]}"]').first
    ).to_be_visible()
    desk.goto(corrected)
    expect(desk.get_by_role("link", name=re.compile("^earlier report"))).to_be_visible()


def publish(page: Page, address: str) -> str:
    """Complete and publish the audit; the address of its report."""
    page.goto(f"{address}/check")
    press(page, "Complete the audit")
    page.get_by_role("link", name="See what will be public").click()
    page.get_by_role("checkbox").check()
    press(page, "Publish")
    on_page(page, "The report is public")
    return page.get_by_role("textbox", name="Address of the report").input_value()


PRINTED = [
    "/reports/marrowdale-half-2027",
    "/reports/compare?report=quillhaven-10k-2026&report=ostley-fell-race-2026",
    "/checklists/endurance-event/1.0",
]


@pytest.mark.parametrize("address", PRINTED)
def test_on_paper_there_is_no_navigation(desk: Page, address: str):
    desk.goto(address)
    heading = desk.get_by_role("heading", level=1)
    expect(desk.get_by_role("navigation", name="Main")).to_be_visible()
    desk.emulate_media(media="print")
    expect(desk.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(desk.get_by_role("button")).to_have_count(0)
    expect(desk.get_by_role("link", name=re.compile("^(Download|Start an audit|Compare)"))).to_have_count(0)
    expect(heading).to_be_visible()


def test_a_printed_report_carries_its_address(desk: Page):
    desk.goto("/reports/marrowdale-half-2027")
    words = desk.get_by_text("This report on the web:")
    expect(words).to_be_hidden()
    desk.emulate_media(media="print")
    expect(words).to_be_visible()
    expect(words).to_contain_text("/reports/marrowdale-half-2027")


def test_a_blank_checklist_has_boxes_to_tick_on_paper(desk: Page):
    desk.goto("/checklists/endurance-event/1.0")
    box = desk.locator(".box").first
    expect(box).to_be_hidden()
    desk.emulate_media(media="print")
    expect(box).to_be_visible()
    expect(desk.get_by_role("row", name="Event and edition")).to_be_visible()


def test_the_private_link_is_copied(desk: Page):
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    started(desk)
    press(desk, "Copy")
    expect(desk.get_by_role("button", name="Copied")).to_be_visible()
    link = desk.get_by_role("textbox", name="Private link").input_value()
    assert desk.evaluate("navigator.clipboard.readText()") == link


def test_a_link_of_the_past_opens_nothing_and_says_why(desk: Page):
    started(desk)
    old = desk.get_by_role("textbox", name="Private link").input_value()
    desk.get_by_role("link", name="Replace the link").click()
    press(desk, "Replace the link")
    expect(desk.get_by_text("The private link is new")).to_be_visible()
    assert desk.get_by_role("textbox", name="Private link").input_value() != old
    desk.goto(old)
    on_page(desk, "This link does not open an audit")
