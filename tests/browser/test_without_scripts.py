"""Everything an organiser can do, in a browser that runs no scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from auditapp.domain.audit import Event, Evidence
from tests.browser.steps import (
    CHECKLIST,
    NOTE,
    PATIENCE,
    attached,
    card_of,
    give_facts,
    grade_row,
    on_page,
    open_section,
    press,
    start_audit,
    starting_with,
)
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

PHOTOS = CHECKLIST.criterion("A2")
LOGISTICS = CHECKLIST.criterion("A4")
TARGET = CHECKLIST.criterion("A8")
EVENT = Event(name="Plain Race", edition="2027", place="Ayr")
LINK = Evidence(kind="page", url="https://example.org/front", title="The front page")


@pytest.fixture
def section(plain: Page) -> Page:
    """The first section of a new audit."""
    start_audit(plain, EVENT)
    open_section(plain, "before-the-race")
    return plain


def add_link(page: Page, evidence: Evidence) -> None:
    """Type a link for the first criterion and add it by its button."""
    card = card_of(page, PHOTOS)
    card.get_by_text("Add a link", exact=True).click()
    card.get_by_label("Address").fill(evidence.url)
    card.get_by_label("What it shows").fill(evidence.title)
    card.get_by_role("button", name="Add this link").click()


def write(page: Page, words: str) -> None:
    """Write a note for the first criterion."""
    card = card_of(page, PHOTOS)
    card.get_by_text(re.compile("^(Add a note|Note)$")).click()
    card.get_by_label(NOTE).fill(words)


def problems(page: Page) -> list[str]:
    """The lines of the error summary."""
    return page.get_by_role("alert").get_by_role("listitem").all_inner_texts()


def test_the_whole_way(plain: Page, visitors: Visitors):
    page = plain
    link = start_audit(page, EVENT)
    give_facts(page, EVENT, {"kind": "trail", "distance": 21.1, "women-only": False})
    open_section(page, "before-the-race")
    grade_row(card_of(page, PHOTOS), PHOTOS, "full").check()
    write(page, "Counted in May.")
    press(page, "Save and continue")
    on_page(page, CHECKLIST.section("entry-and-policy").title)

    page = visitors.plain()
    page.goto(link)
    on_page(page, EVENT.title)
    open_section(page, "before-the-race")
    expect(grade_row(card_of(page, PHOTOS), PHOTOS, "full")).to_be_checked()
    expect(card_of(page, PHOTOS).get_by_label(NOTE)).to_have_value("Counted in May.")
    press(page, "Save and come back later")
    on_page(page, EVENT.title)
    page.get_by_role("link", name="Check your answers").first.click()
    press(page, "Complete the audit")
    on_page(page, "The audit is completed")
    with page.expect_download(timeout=PATIENCE) as download:
        page.get_by_role("link", name="Download the PDF").click(timeout=PATIENCE)
    with pikepdf.open(Path(download.value.path())) as document:
        assert EVENT.title in str(document.docinfo["/Title"])
    page.get_by_role("link", name="See what will be public").click()
    page.get_by_role("checkbox", name=starting_with("I may publish this")).check()
    press(page, "Publish")
    on_page(page, "The report is public")
    page.get_by_role("link", name="See the report").click()
    on_page(page, EVENT.title)
    page.get_by_role("link", name="Compare with others").click()
    page.get_by_role("checkbox", name="Compare Quillhaven 10K 2026").check()
    press(page, "Compare chosen reports")
    on_page(page, "Two events, side by side")


def test_evidence_is_added_and_removed(section: Page):
    grade_row(card_of(section, PHOTOS), PHOTOS, "full").check()
    add_link(section, LINK)
    expect(attached(card_of(section, PHOTOS))).to_have_count(1)
    expect(grade_row(card_of(section, PHOTOS), PHOTOS, "full")).to_be_checked()
    expect(card_of(section, PHOTOS).get_by_text("Evidenced", exact=True)).to_be_visible()
    assert section.url.endswith(f"#{PHOTOS.code}")
    card_of(section, PHOTOS).get_by_role("button", name="Remove example.org/front").click()
    expect(attached(card_of(section, PHOTOS))).to_have_count(0)
    expect(card_of(section, PHOTOS).get_by_text("Declared", exact=True)).to_be_visible()


def test_an_invalid_link_leaves_everything_typed_where_it_is(section: Page):
    write(section, "Worth\nkeeping.")
    grade_row(card_of(section, LOGISTICS), LOGISTICS, "partly").check()
    with section.expect_response(lambda answer: answer.request.method == "POST") as told:
        add_link(section, LINK.model_copy(update={"url": "front page"}))
    assert told.value.status == 422
    assert problems(section) == ["A2: Enter the whole address, starting with https://"]
    card = card_of(section, PHOTOS)
    expect(card.get_by_label("Address")).to_have_value("front page")
    expect(card.get_by_label("What it shows")).to_have_value(LINK.title)
    expect(card.get_by_label(NOTE)).to_have_value("Worth\nkeeping.")
    expect(grade_row(card_of(section, LOGISTICS), LOGISTICS, "partly")).to_be_checked()
    section.get_by_role("alert").get_by_role("link").click()
    assert section.url.endswith("#A2_url")
    card.get_by_label("Address").fill(LINK.url)
    press(section, "Save and continue")
    on_page(section, CHECKLIST.section("entry-and-policy").title)
    press(section, "Save and come back later")
    open_section(section, "before-the-race")
    expect(attached(card_of(section, PHOTOS))).to_have_count(1)


def test_does_not_apply_needs_its_reason(section: Page):
    card = card_of(section, TARGET)
    card.get_by_role("radio", name=starting_with("This does not apply")).check()
    press(section, "Save and continue")
    assert problems(section) == ["A8: Choose why this does not apply"]
    expect(card.get_by_role("radio", name=starting_with("This does not apply"))).to_be_checked()
    card.get_by_role("radio", name=TARGET.not_applicable[0].says).check()
    press(section, "Save and come back later")
    on_page(section, EVENT.title)
    expect(section.get_by_role("link", name=re.compile("^A8, .*: Not applicable$"))).to_be_visible()


def test_clearing_an_answer(section: Page):
    grade_row(card_of(section, PHOTOS), PHOTOS, "full").check()
    with section.expect_navigation():
        card_of(section, PHOTOS).get_by_role("button", name="Clear this answer").click()
    section.reload()
    expect(section.get_by_role("radio", checked=True)).to_have_count(0)


@pytest.mark.parametrize(("keep", "grade"), [("Keep yours", "none"), ("Keep theirs", "full")])
def test_two_people_and_the_same_answer(section: Page, visitors: Visitors, keep: str, grade: str):
    other = visitors.plain()
    section.goto(section.url.rsplit("/", 1)[0])
    other.goto(section.get_by_role("textbox", name="Private link").input_value())
    for page in (section, other):
        open_section(page, "before-the-race")
    grade_row(card_of(other, PHOTOS), PHOTOS, "full").check()
    press(other, "Save and continue")
    grade_row(card_of(section, PHOTOS), PHOTOS, "none").check()
    grade_row(card_of(section, LOGISTICS), LOGISTICS, "partly").check()
    with section.expect_response(lambda answer: answer.request.method == "POST") as told:
        press(section, "Save and continue")
    assert told.value.status == 409
    both = card_of(section, PHOTOS).get_by_role("group", name="Somebody else saved another answer meanwhile")
    expect(both).to_contain_text(PHOTOS.grade("full").says)
    expect(both).to_contain_text(PHOTOS.grade("none").says)

    press(section, "Save and continue")
    assert problems(section) == ["A2: Choose which of the two answers to keep"]
    both.get_by_role("radio", name=keep).check()
    press(section, "Save and come back later")
    on_page(section, EVENT.title)
    open_section(section, "before-the-race")
    expect(grade_row(card_of(section, PHOTOS), PHOTOS, grade)).to_be_checked()
    expect(grade_row(card_of(section, LOGISTICS), LOGISTICS, "partly")).to_be_checked()


@pytest.mark.parametrize("lost", ["cookies", "link", "audit"])
def test_what_was_typed_outlives_a_page_that_no_longer_opens(section: Page, visitors: Visitors, lost: str):
    grade_row(card_of(section, PHOTOS), PHOTOS, "full").check()
    write(section, "Worth\nkeeping.")
    refused = lose(section, visitors, lost)
    press(section, "Save and continue")
    on_page(section, refused)
    typed = section.get_by_role("region", name="What you typed")
    expect(typed).to_contain_text("image range, choice")
    expect(typed.get_by_text("Worth\nkeeping.")).to_be_visible()


def lose(section: Page, visitors: Visitors, what: str) -> str:
    """Take away what the page needs to save; the heading of the page that then comes."""
    if what == "cookies":
        section.context.clear_cookies()
        return "This page had gone stale"
    other = section.context.new_page()
    if what == "audit":
        other.goto(section.url.replace("/before-the-race", "/check"))
        press(other, "Complete the audit")
        return "This audit is completed"
    other.goto(section.url.replace("/before-the-race", ""))
    stranger = visitors.plain()
    stranger.goto(other.get_by_role("textbox", name="Private link").input_value())
    stranger.get_by_role("link", name="Replace the link").click()
    press(stranger, "Replace the link")
    return "This link does not open an audit"
