"""Answers save themselves, and what cannot be saved is said loudly and never lost."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from auditapp.domain.audit import Event
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
    unfold,
)
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

PHOTOS = CHECKLIST.criterion("A2")
LOGISTICS = CHECKLIST.criterion("A4")


@pytest.fixture
def section(desk: Page) -> Page:
    """The first section of a new audit."""
    start_audit(desk, Event(name="Ridge Race"))
    open_section(desk, "before-the-race")
    return desk


def choose(page: Page, grade: str = "full") -> None:
    """Choose a grade for the first criterion."""
    grade_row(card_of(page, PHOTOS), PHOTOS, grade).check()


def assert_chosen(page: Page, grade: str = "full") -> None:
    """The first criterion has this grade."""
    expect(grade_row(card_of(page, PHOTOS), PHOTOS, grade)).to_be_checked()


def note(page: Page) -> str:
    """The note of the first criterion."""
    return card_of(page, PHOTOS).get_by_label(NOTE).input_value()


def type_note(page: Page, words: str) -> None:
    """Type a note for the first criterion, key by key."""
    unfold(card_of(page, PHOTOS), "Add a note")
    card_of(page, PHOTOS).get_by_label(NOTE).press_sequentially(words)


def figure(page: Page, label: str) -> str:
    """A figure of the panel that follows along."""
    row = page.get_by_role("region", name="Score so far").get_by_role("row").filter(has_text=label)
    return row.get_by_role("cell").inner_text()


def test_a_grade_and_a_note_save_themselves(section: Page):
    with saving(section, PHOTOS):
        choose(section)
    with saving(section, PHOTOS):
        type_note(section, "Counted in May.")
    section.reload()
    assert_chosen(section)
    assert note(section) == "Counted in May."
    expect(section.get_by_text(re.compile(r"^Saved \d\d:\d\d$"))).to_have_count(1)


def test_score_and_number_left_follow(section: Page):
    panel = section.get_by_role("region", name="Score so far")
    left = int(figure(section, "Left in all sections"))
    expect(panel).to_contain_text("0%")
    with saving(section, PHOTOS):
        choose(section)
    assert int(figure(section, "Left in all sections")) == left - 1
    assert figure(section, "Answered here").startswith("1 ")
    expect(panel).not_to_contain_text(re.compile(r"^0%"))
    points = figure(section, "This section")
    with saving(section, PHOTOS):
        choose(section, "partly")
    assert figure(section, "This section") != points


def test_clearing_an_answer_takes_it_back(section: Page):
    with saving(section, PHOTOS):
        choose(section)
    with section.expect_response(re.compile(f"/answers/{PHOTOS.id}$")):
        card_of(section, PHOTOS).get_by_role("button", name="Clear this answer").click()
    section.reload()
    expect(section.get_by_role("radio", checked=True)).to_have_count(0)


def test_a_lost_connection_is_said_loudly_and_loses_nothing(section: Page):
    section.context.set_offline(True)
    choose(section)
    expect(section.get_by_role("alert")).to_contain_text("this device is offline")
    type_note(section, "Written in a tunnel.")
    expect(card_of(section, PHOTOS).get_by_text("Not saved", exact=True)).to_be_visible()
    with section.expect_response(re.compile(f"/answers/{PHOTOS.id}$")) as told:
        section.context.set_offline(False)
    assert told.value.status == 200
    expect(section.get_by_role("alert")).to_be_hidden()
    expect(card_of(section, PHOTOS).get_by_text(re.compile("^Saved "))).to_be_visible()
    section.reload()
    assert_chosen(section)
    assert note(section) == "Written in a tunnel."


def test_what_was_typed_offline_comes_back_with_the_page(section: Page, visitors: Visitors):
    section.context.set_offline(True)
    choose(section, "partly")
    type_note(section, "Written on the train.")
    expect(section.get_by_role("alert")).to_contain_text("Not saved")
    address = section.url
    section.close()

    context = visitors.contexts[-1]
    context.set_offline(False)
    again = context.new_page()
    with again.expect_response(re.compile(f"/answers/{PHOTOS.id}$")) as told:
        again.goto(address)
    assert told.value.status == 200
    expect(again.get_by_role("status")).to_contain_text(re.compile("are back|Saved"))
    assert_chosen(again, "partly")
    assert note(again) == "Written on the train."
    again.reload()
    assert_chosen(again, "partly")


def test_leaving_with_something_unsaved_asks_first(section: Page):
    section.context.set_offline(True)
    choose(section)
    expect(section.get_by_role("alert")).to_be_visible()
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    section.on("dialog", stay)
    section.get_by_role("main").get_by_role("link", name="Ridge Race").first.click(no_wait_after=True)
    expect(section.get_by_role("alert")).to_be_visible()
    assert asked == ["beforeunload"]


def test_what_was_typed_last_is_sent_while_the_page_is_left(section: Page, visitors: Visitors):
    section.clock.install()
    section.clock.pause_at(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))
    type_note(section, "Quick")  # the pause after the last key never ends
    section.get_by_role("main").get_by_role("link", name="Ridge Race").first.click()
    on_page(section, "Ridge Race")
    other = visitors.desk()  # whose browser has kept nothing
    other.goto(section.get_by_role("textbox", name="Private link").input_value())
    open_section(other, "before-the-race")
    assert note(other) == "Quick"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (500, "the connection failed"),
        (400, "gone stale"),
        (404, "no longer opens"),
        (413, "Shorten the note"),
    ],
)
def test_what_the_server_refuses_is_said_loudly(section: Page, visitors: Visitors, status: int, words: str):
    section.route(
        "**/answers/*", lambda route: route.fulfill(status=status, body="No", content_type="text/html")
    )
    choose(section)
    expect(section.get_by_role("alert")).to_contain_text(words)
    expect(card_of(section, PHOTOS).get_by_text("Not saved", exact=True)).to_be_visible()
    section.unroute_all()
    with section.expect_response(re.compile(f"/answers/{PHOTOS.id}$")):
        section.reload()
    assert_chosen(section)
    expect(section.get_by_role("alert")).to_be_hidden()
    visitors.forgive()


def test_a_server_that_recovers_gets_the_answer_by_itself(section: Page, visitors: Visitors):
    def once(route: Route) -> None:
        route.fulfill(status=503, body="Busy", content_type="text/html")

    section.clock.install()
    section.route("**/answers/*", once, times=1)
    choose(section)
    expect(section.get_by_role("alert")).to_be_visible()
    with section.expect_response(re.compile(f"/answers/{PHOTOS.id}$")) as told:
        section.clock.fast_forward(6000)
    assert told.value.status == 200
    expect(section.get_by_role("alert")).to_be_hidden()
    assert visitors.forgive() != []


def test_a_replaced_link_is_said_and_the_words_stay(section: Page, visitors: Visitors):
    other = visitors.desk()
    section.goto(section.url.rsplit("/", 1)[0])
    other.goto(section.get_by_role("textbox", name="Private link").input_value())
    open_section(section, "before-the-race")
    other.get_by_role("link", name="Replace the link").click()
    press(other, "Replace the link")
    expect(other.get_by_text("The private link is new")).to_be_visible()
    choose(section)
    expect(section.get_by_role("alert")).to_contain_text("no longer opens the audit")
    assert_chosen(section)
    section.goto(other.get_by_role("textbox", name="Private link").input_value())
    open_section(section, "before-the-race")
    assert_chosen(section)


def test_lost_cookies_are_said(section: Page):
    section.context.clear_cookies()
    choose(section)
    expect(section.get_by_role("alert")).to_contain_text("Not saved: this page has gone stale")
    assert_chosen(section)


def test_an_audit_completed_by_somebody_else_is_said(section: Page):
    other = section.context.new_page()
    other.goto(section.url.replace("/before-the-race", "/check"))
    press(other, "Complete the audit")
    expect(other.get_by_role("heading", name="The audit is completed")).to_be_visible()
    choose(section)
    expect(section.get_by_role("alert")).to_contain_text("somebody has completed this audit")


def test_does_not_apply_waits_for_its_reason(section: Page):
    criterion = CHECKLIST.criterion("A8")
    card = card_of(section, criterion)
    card.get_by_role("radio", name="This does not apply to our event").check()
    reason = card.get_by_role("radio", name=criterion.not_applicable[0].says)
    expect(reason).to_be_focused()
    with saving(section, criterion):
        reason.check()
    section.reload()
    expect(card.get_by_role("radio", name="This does not apply to our event")).to_be_checked()
    expect(reason).to_be_checked()


def test_an_evidence_link_is_added_and_removed_without_losing_the_page(section: Page):
    card = card_of(section, LOGISTICS)
    with saving(section, LOGISTICS):
        grade_row(card, LOGISTICS, "full").check()
    expect(card.get_by_text("Declared", exact=True)).to_be_visible()
    unfold(card, "Add a link")
    card.get_by_label("Address").fill("https://example.org/logistics")
    with saving(section, LOGISTICS):
        card.get_by_label("Address").press("Enter")
    expect(card.get_by_role("link", name="example.org/logistics")).to_be_visible()
    expect(card.get_by_text("Evidenced", exact=True)).to_be_visible()
    with saving(section, LOGISTICS):
        card.get_by_role("button", name="Remove example.org/logistics").click()
    expect(card.get_by_role("link", name="example.org/logistics")).to_have_count(0)
    expect(card.get_by_text("Declared", exact=True)).to_be_visible()
    expect(grade_row(card, LOGISTICS, "full")).to_be_checked()


def test_a_link_that_is_no_address_is_refused_where_it_stands(section: Page):
    card = card_of(section, LOGISTICS)
    unfold(card, "Add a link")
    card.get_by_label("Address").fill("example dot org")
    card.get_by_role("button", name="Add this link").click()
    field = card.get_by_label("Address")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    expect(field).to_have_value("example dot org")
    expect(card.get_by_text("Enter the whole address, starting with https://")).to_be_visible()


def test_a_note_that_was_too_long_is_marked_until_it_fits(section: Page):
    unfold(card_of(section, PHOTOS), "Add a note")
    field = card_of(section, PHOTOS).get_by_label(NOTE)
    field.fill("n" * 4001)
    expect(card_of(section, PHOTOS).get_by_text("Use at most 4,000 characters")).to_be_visible()
    with saving(section, PHOTOS):
        field.press("Backspace")
    expect(card_of(section, PHOTOS).get_by_text("Use at most 4,000 characters")).to_have_count(0)
    expect(field).to_be_focused()
    expect(field).to_have_value("n" * 4000)


def test_typing_goes_on_while_an_answer_is_saved(section: Page):
    held: list[Route] = []
    section.route("**/answers/*", lambda route: held.append(route), times=1)
    type_note(section, "The first half")
    expect(card_of(section, PHOTOS).get_by_text("Saving")).to_be_visible()
    card_of(section, PHOTOS).get_by_label(NOTE).press_sequentially(", and the second.")
    with saving(section, PHOTOS):
        held[0].continue_()
    expect(card_of(section, PHOTOS).get_by_label(NOTE)).to_have_value("The first half, and the second.")
    expect(card_of(section, PHOTOS).get_by_label(NOTE)).to_be_focused()
    with section.expect_response(re.compile(f"/answers/{PHOTOS.id}$")):
        card_of(section, PHOTOS).get_by_label(NOTE).press("Space")
    section.reload()
    assert note(section).startswith("The first half, and the second.")
