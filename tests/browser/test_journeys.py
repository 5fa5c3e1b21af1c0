"""Two real events, from the start page to the comparison: what an organiser and then a reader do, by hand."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from auditapp.catalogue import read_answers
from auditapp.domain.audit import AuditFile
from tests.browser.looking import faults
from tests.browser.steps import (
    CATALOGUE,
    CHECKLIST,
    NOTE,
    PATIENCE,
    attached,
    card_of,
    follow,
    give_answer,
    give_facts,
    grade_row,
    on_page,
    open_section,
    press,
    prize,
    start_audit,
    starting_with,
    worked_figure,
)
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

EVENTS = Path(__file__).parent.parent / "events"


@dataclass(frozen=True)
class Published:
    """An event as it was walked through to its public page: the file, the page, and the PDF on the way."""

    file: AuditFile
    page: Page
    address: str
    pdf: bytes


@pytest.fixture(scope="module")
def london(long_visitors: Visitors) -> Published:
    """The London Marathon, walked through on a telephone and finished on another one."""
    return walked(event("london-marathon"), long_visitors.phone(), long_visitors.phone())


@pytest.fixture(scope="module")
def great_north_run(long_visitors: Visitors) -> Published:
    """The Great North Run, walked through on a wide screen and finished at another desk."""
    return walked(event("great-north-run"), long_visitors.desk(), long_visitors.desk())


def event(name: str) -> AuditFile:
    """The answers that public text supports."""
    return read_answers(EVENTS / f"{name}.yaml", CATALOGUE)


def walked(file: AuditFile, here: Page, elsewhere: Page) -> Published:
    """Fill in half, leave, come back elsewhere by the private link, go on, complete, download and publish."""
    link = start_audit(here, file.event)
    give_facts(here, file.event, file.facts)
    sections = [section for section in CHECKLIST.sections if answered_in(file, section.id)]
    for section in sections[:1]:
        fill_in(here, file, section.id)
    press(here, "Save and come back later")
    on_page(here, file.event.title)

    elsewhere.goto(link)
    on_page(elsewhere, file.event.title)
    assert link.rsplit("/", 1)[1] not in elsewhere.url, "the token stays out of the address"
    for section in sections[1:]:
        fill_in(elsewhere, file, section.id)
        press(elsewhere, "Save and come back later")
    for section in sections:
        open_section(elsewhere, section.id)
        assert_filled_in(elsewhere, file, section.id)
        elsewhere.get_by_role("link", name=file.event.title).click()
    return finished(file, elsewhere)


def finished(file: AuditFile, page: Page) -> Published:
    """From the task list to the public page."""
    follow(page, "Check your answers")
    on_page(page, "Check your answers")
    press(page, "Complete the audit")
    on_page(page, "The audit is completed")
    with page.expect_download(timeout=PATIENCE) as download:
        page.get_by_role("link", name="Download the PDF").click(timeout=PATIENCE)
    content = Path(download.value.path()).read_bytes()
    follow(page, "See what will be public")
    on_page(page, "Publish the report")
    page.get_by_role("checkbox", name=starting_with("I may publish this")).check()
    press(page, "Publish")
    on_page(page, "The report is public")
    address = page.get_by_role("textbox", name="Address of the report").input_value()
    follow(page, "See the report")
    on_page(page, file.event.title)
    assert page.url == address
    return Published(file, page, address, content)


def answered_in(file: AuditFile, section_id: str) -> list[str]:
    """The criteria of a section the file answers."""
    return [one.id for one in CHECKLIST.criteria_in(section_id) if one.id in file.answers]


def fill_in(page: Page, file: AuditFile, section_id: str) -> None:
    """Open a section and give every answer the file has for it."""
    open_section(page, section_id)
    for criterion_id in answered_in(file, section_id):
        give_answer(page, CHECKLIST.criterion(criterion_id), file.answers[criterion_id])


def assert_filled_in(page: Page, file: AuditFile, section_id: str) -> None:
    """The section shows what the file says, and nothing is chosen where it says nothing."""
    chosen = 0
    for criterion_id in answered_in(file, section_id):
        criterion, answer = CHECKLIST.criterion(criterion_id), file.answers[criterion_id]
        card = card_of(page, criterion)
        if answer.numbers:
            for place, row in enumerate(answer.numbers.rows, start=1):
                for column, amount in row.cells.items():
                    expect(prize(card, place, column.capitalize())).to_have_value(str(amount))
        elif answer.grade:
            expect(grade_row(card, criterion, answer.grade)).to_be_checked()
            chosen += 1
        if answer.grade and answer.numbers:
            expect(worked_figure(card)).to_contain_text(CHECKLIST.label(criterion, answer.grade))
        if answer.note:
            expect(card.get_by_label(NOTE)).to_have_value(answer.note)
        for evidence in answer.evidence:
            expect(attached(card).locator(f'a[href="{evidence.url}"]')).to_be_visible()
    expect(page.get_by_role("main").get_by_role("radio", checked=True)).to_have_count(chosen)


def test_the_pdf_is_one_to_hand_on(london: Published):
    with pikepdf.open(io.BytesIO(london.pdf)) as document:
        assert len(document.pages) >= 5
        assert "London Marathon" in str(document.docinfo["/Title"])
        assert str(document.Root.Lang) == "en-GB"
        assert document.Root.MarkInfo.Marked


def test_the_public_page_tells_the_whole_story_on_a_telephone(london: Published):
    page = london.page
    assert faults(page) == []
    expect(page.get_by_text("Nobody independent has checked the answers")).to_be_visible()
    finding = page.get_by_role("listitem").filter(
        has=page.get_by_role("heading", name=CHECKLIST.criterion("D1").title, exact=True)
    )
    expect(finding).to_contain_text("Fully")
    expect(finding).to_contain_text("156,500 ÷ 156,500")
    expect(finding).to_contain_text("from the numbers")
    expect(finding.get_by_role("link", name="Activity Alliance")).to_be_visible()


def test_the_great_north_run_is_not_said_to_offer_a_pregnancy_deferral(great_north_run: Published):
    page = great_north_run.page
    for code in ("B1", "B2", "B3", "B5", "B18", "B20"):
        finding = page.locator(f"#{code}")
        expect(finding).to_contain_text("Not met")
        expect(finding).not_to_contain_text(re.compile("Fully|Partly"))
    for code in ("B4", "B6", "B7", "B8", "B19"):
        finding = page.locator(f"#{code}")
        expect(finding).to_contain_text("Unanswered")
        expect(finding).not_to_contain_text(re.compile("Fully|Partly|Not met"))
    with pikepdf.open(io.BytesIO(great_north_run.pdf)) as document:
        assert "Great North Run" in str(document.docinfo["/Title"])
        assert len(document.pages) >= 5


def test_a_campaigner_puts_the_two_side_by_side(
    london: Published, great_north_run: Published, visitors: Visitors
):
    page = visitors.desk()
    page.goto("/reports/")
    for title in ("London Marathon", "Great North Run"):
        page.get_by_role("checkbox", name=f"Compare {title}").check()
    press(page, "Compare chosen reports")
    on_page(page, "Two events, side by side")
    row = page.get_by_role("row").filter(has_text=CHECKLIST.criterion("B1").title)
    heads = [words.strip() for words in page.get_by_role("columnheader").all_inner_texts()]
    cells = dict(zip(heads[1:], row.first.get_by_role("cell").all_inner_texts(), strict=False))
    assert {name: re.search("Partly|Not met", words).group() for name, words in cells.items()} == {
        next(name for name in cells if "London" in name): "Partly",
        next(name for name in cells if "Great" in name): "Not met",
    }
    assert faults(page) == []

    permanent = page.url
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    rows = list(csv.reader(Path(download.value.path()).read_text("utf-8").splitlines()))
    assert any("London Marathon" in cell for cell in rows[0])
    assert any(CHECKLIST.criterion("B1").title in row for row in rows)

    other = visitors.phone()
    other.goto(permanent)
    on_page(other, "Two events, side by side")
    assert faults(other) == []
