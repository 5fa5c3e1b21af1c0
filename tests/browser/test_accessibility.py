"""Every page and every state a person can bring it into: no violations of WCAG 2.2 AA, and nothing scrolls sideways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from auditapp.domain.audit import Event, Evidence
from tests.browser.looking import faults
from tests.browser.steps import (
    CHECKLIST,
    NOTE,
    card_of,
    grade_row,
    on_page,
    press,
    saving,
    start_audit,
    starting_with,
    type_evidence,
    unfold,
)
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

EXAMPLES = (
    "marrowdale-half-2027",
    "ostley-fell-race-2026",
    "port-ennis-half-marathon-2026",
    "quillhaven-10k-2026",
    "ridgeline-half-marathon-2027",
)
LONG_NAME = "Lauf-der-tausend-Berge-und-Täler-Gedächtnismarathon von Oberammergau bis Unterwössen"


@dataclass(frozen=True)
class Filled:
    """An audit with a few answers, and the address its pages begin with."""

    page: Page
    address: str

    def at(self, rest: str = "") -> Page:
        """The page of the audit at this address."""
        self.page.goto(f"{self.address}{rest}")
        return self.page


@pytest.fixture(scope="module")
def filled(long_visitors: Visitors) -> Filled:
    """An audit with a long name, graded answers, a reason, a note and evidence."""
    page = long_visitors.desk()
    start_audit(page, Event(name=LONG_NAME, edition="2027", date=dt.date(2027, 5, 16)))
    found = Filled(page, page.url)
    found.at("/before-the-race")
    by_hand = [one for one in CHECKLIST.criteria_in("before-the-race") if one.measure is None]
    for criterion, grade in zip(by_hand, ("full", "partly", "none"), strict=False):
        with saving(page, criterion):
            grade_row(card_of(page, criterion), criterion, grade).check()
    evidenced = CHECKLIST.criterion("A2")
    with saving(page, evidenced):
        type_evidence(card_of(page, evidenced), evidence())
        card_of(page, evidenced).get_by_role("button", name="Add this link").click()
    unfold(card_of(page, evidenced), "Add a note")
    with saving(page, evidenced):
        card_of(page, evidenced).get_by_label(NOTE).fill("Seen on\nthe front page. " + "x" * 300)
    without = CHECKLIST.criterion("A8")
    with saving(page, without):
        card_of(page, without).get_by_role("radio", name=starting_with("Women were at least 45%")).check()
    return found


@pytest.fixture(scope="module")
def reader(long_visitors: Visitors) -> Page:
    """Somebody who has no audit."""
    return long_visitors.desk()


@pytest.fixture
def own(visitors: Visitors) -> Filled:
    """An audit nobody has answered yet, for a test that changes it."""
    page = visitors.desk()
    start_audit(page, Event(name="A Race of One’s Own"))
    return Filled(page, page.url)


def evidence(title: str = "The front page") -> Evidence:
    """A link with a very long address."""
    return Evidence(
        kind="page", url="https://example.org/" + "very-long-" * 25, title=title, date=dt.date(2027, 1, 4)
    )


PUBLIC = [
    "/",
    "/audits/",
    "/audits/new",
    "/data/",
    "/reports/",
    "/reports/?q=half&order=evidence",
    "/reports/?q=nothing-is-called-this",
    "/reports/?year=2026&level=foundation&criterion=B2:full",
    "/reports/statistics",
    "/reports/statistics?by=share&country=IE",
    "/reports/statistics/embed",
    "/reports/calendar",
    "/reports/calendar/embed?when=held",
    "/reports/marrowdale-half-2027",
    "/reports/marrowdale-half-2027/badge",
    "/reports/compare",
    "/reports/compare?report=quillhaven-10k-2026",
    "/reports/compare?report=quillhaven-10k-2026&report=ostley-fell-race-2026",
    "/reports/compare?report=quillhaven-10k-2026&report=ostley-fell-race-2026&order=checklist",
    "/reports/compare?" + "&".join(f"report={slug}" for slug in EXAMPLES),
    "/reports/compare/embed?" + "&".join(f"report={slug}" for slug in EXAMPLES),
    "/events/marrowdale-half",
    "/events/marrowdale-half/embed",
    "/organisers/marrowdale-harriers-example",
    "/verify",
    "/verify/7H3K-0QZ1-XW9M",
    "/checklists/",
    "/checklists/endurance-event/1.0",
    "/checklists/endurance-event/1.0?why=open",
    "/checklists/run-club/1.0?why=open",
    "/nothing-here",
    "/reports/nothing-here",
    "/audits/nothing-here",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages(address: str, reader: Page):
    reader.goto(address)
    assert faults(reader) == []


AUDIT = ["", "/details", *(f"/{section.id}" for section in CHECKLIST.sections), "/check", "/link"]


@pytest.mark.parametrize("rest", AUDIT)
def test_pages_of_an_audit(rest: str, filled: Filled):
    assert faults(filled.at(rest)) == []


def test_start_form_with_errors(visitors: Visitors):
    page = visitors.desk()
    page.goto("/audits/new")
    page.get_by_label("Date").fill("soon")
    press(page, "Start")
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []


def test_facts_with_errors(filled: Filled):
    page = filled.at("/details")
    page.get_by_label("Name of the event").fill("")
    page.get_by_label("How long is the race?").fill("a long way")
    page.get_by_label("Website").fill("example")
    press(page, "Save and continue")
    expect(page.get_by_role("alert").get_by_role("listitem")).to_have_count(3)
    assert faults(page) == []


def test_section_with_errors(own: Filled):
    page = own.at("/before-the-race")
    card_of(page, "A8").get_by_role("radio", name=starting_with("This does not apply")).check()
    other = card_of(page, "A4")
    unfold(other, "Add a link")
    other.get_by_label("Address").fill("no address")
    press(page, "Save and continue")
    expect(page.get_by_role("alert").get_by_role("listitem")).to_have_count(2)
    assert faults(page) == []


def test_too_much_at_once(own: Filled):
    page = own.at("/before-the-race")
    unseen = page.locator("input[type=hidden][name='image-share.was']")
    unseen.evaluate("field => { field.value = 'x'.repeat(2_100_000) }")
    press(page, "Save and continue")
    on_page(page, "That was too much at once")
    assert faults(page) == []


def test_states_a_script_makes(own: Filled):
    page = own.at("/before-the-race")
    criterion = CHECKLIST.criterion("A2")
    card = card_of(page, criterion)
    with saving(page, criterion):
        grade_row(card, criterion, "full").check()
    assert faults(page) == []

    with saving(page, criterion):
        type_evidence(card, evidence())
        card.get_by_role("button", name="Add this link").click()
    assert faults(page) == [], "evidence was added"

    unfold(card, "Add a link")
    card.get_by_label("Address").fill("nowhere")
    card.get_by_role("button", name="Add this link").click()
    expect(card.get_by_label("Address")).to_have_attribute("aria-invalid", "true")
    assert faults(page) == [], "a link was refused"


def test_what_could_not_be_saved(own: Filled):
    page = own.at("/before-the-race")
    page.context.set_offline(True)
    criterion = CHECKLIST.criterion("A2")
    grade_row(card_of(page, criterion), criterion, "full").check()
    expect(page.get_by_role("alert")).to_contain_text("Not saved")
    assert faults(page) == []


def test_two_answers_that_collide(own: Filled):
    criterion = CHECKLIST.criterion("A2")
    mine = own.at("/before-the-race")
    theirs = mine.context.new_page()
    theirs.goto(mine.url)
    with saving(theirs, criterion):
        grade_row(card_of(theirs, criterion), criterion, "none").check()
    grade_row(card_of(mine, criterion), criterion, "full").check()
    expect(mine.get_by_role("radio", name="Keep theirs")).to_be_visible()
    assert faults(mine) == []


def test_facts_that_collide(own: Filled):
    mine = own.at("/details")
    theirs = mine.context.new_page()
    theirs.goto(mine.url)
    theirs.get_by_label("Town or area").fill("Ayr")
    press(theirs, "Save and continue")
    mine.get_by_label("Town or area").fill("Aix")
    press(mine, "Save and continue")
    expect(mine.get_by_role("alert")).to_contain_text("You: Aix. They: Ayr.")
    assert faults(mine) == []


def test_from_completed_to_withdrawn(own: Filled):
    page = own.page
    for heading in finishing(own):
        on_page(page, heading)
        assert faults(page) == [], heading


def finishing(own: Filled) -> Iterator[str]:
    """Complete, publish, compare and withdraw; the heading of every page on the way."""
    page = own.at("/check")
    press(page, "Complete the audit")
    yield "The audit is completed"
    page.get_by_role("link", name="See what will be public").click()
    yield "Publish the report"
    press(page, "Publish")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "Publish the report"
    page.get_by_role("checkbox").check()
    press(page, "Publish")
    yield "The report is public"
    slug = page.get_by_role("textbox", name="Address of the report").input_value().rsplit("/", 1)[1]
    page.goto("/reports/compare?" + "&".join(f"report={one}" for one in (*EXAMPLES, slug)))
    yield "Six events, side by side"
    page.goto(f"{own.address}/completed")
    page.get_by_role("link", name="Withdraw the report").click()
    yield "Withdraw the report"
    press(page, "Withdraw the report")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "Withdraw the report"
    page.get_by_label("Why are you withdrawing it?").fill("The figures were those of another year.")
    press(page, "Withdraw the report")
    yield "A Race of One’s Own"
    page.goto(f"{own.address}/completed")
    yield "The report is withdrawn"
    page.goto("/audits/")
    yield "Your audits in this browser"


def test_an_installation_without_reports(empty_installation: str, visitors: Visitors):
    page = visitors.phone()
    for address in ("/", "/reports/", "/reports/compare", "/checklists/"):
        page.goto(f"{empty_installation}{address}")
        assert faults(page) == []


def test_next_edition_and_its_answers_to_confirm(filled: Filled, visitors: Visitors):
    page = filled.at("")
    link = page.get_by_role("textbox", name="Private link").input_value()
    other = visitors.desk()
    other.goto(link)
    other.goto(f"{filled.address}/check")
    press(other, "Complete the audit")
    press(other, "Start the next edition")
    on_page(other, "Facts about the event")
    other.goto(other.url.replace("/details", "/before-the-race"))
    expect(
        other.get_by_text("waits to be confirmed").or_(other.get_by_text("wait to be confirmed"))
    ).to_be_visible()
    assert faults(other) == []
    other.goto(f"{filled.address}/completed")
    press(other, "Reopen the audit")
    on_page(other, f"{LONG_NAME} 2027")
