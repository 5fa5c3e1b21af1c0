"""A whole checklist on a telephone: found by its contents, read by its sections, its reasons opened when wanted."""

from __future__ import annotations

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import sideways, violations
from tests.browser.steps import CATALOGUE, follow, on_page

pytestmark = pytest.mark.browser

CHECKLIST = CATALOGUE.get("endurance-event")


def test_a_telephone_finds_a_criterion_by_the_contents(phone: Page):
    phone.goto("/checklists/endurance-event")
    on_page(phone, CHECKLIST.name)
    assert sideways(phone) == 0
    last = CHECKLIST.criteria[-1]
    contents = phone.get_by_role("navigation", name="Contents")
    contents.locator("summary").last.click()
    contents.get_by_role("link", name=f"{last.code} {last.title}", exact=True).click()
    criterion = phone.get_by_role("article", name=last.title, exact=True)
    expect(criterion).to_be_in_viewport()
    criterion.get_by_text("Why we ask, and what good looks like").click()
    expect(criterion.get_by_role("heading", name="To do better")).to_be_visible()
    assert violations(phone) == []
    assert sideways(phone) == 0
    phone.get_by_role("link", name="Back to the contents").last.click()
    expect(contents).to_be_in_viewport()


def test_every_reason_is_opened_by_one_link_without_scripts(plain: Page):
    plain.goto(f"/checklists/{CHECKLIST.id}/{CHECKLIST.version}")
    expect(plain.get_by_role("heading", name="To do better")).to_have_count(0)
    follow(plain, "Open every explanation")
    expect(plain.get_by_role("heading", name="To do better")).to_have_count(len(CHECKLIST.criteria))


def test_the_blank_form_comes_as_a_pdf(desk: Page, tmp_path):
    desk.goto("/checklists/school-sport/1.0")
    address = desk.get_by_role("link", name="Blank form to print (PDF)").get_attribute("href")
    answer = desk.request.get(address or "", timeout=120_000)
    assert answer.headers["content-type"] == "application/pdf"
    form = tmp_path / "form.pdf"
    form.write_bytes(answer.body())
    with pikepdf.open(form) as pdf:
        assert str(pdf.docinfo["/Title"]).endswith("blank form")
