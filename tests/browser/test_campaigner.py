"""A campaigner with a deadline: from a question to a table, a number, a link and a file, without scripts, on a telephone."""

from __future__ import annotations

import csv
import io
import re

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import sideways
from tests.browser.steps import follow, on_page, press

pytestmark = pytest.mark.browser


def test_which_british_events_make_a_pregnant_runner_pay_again(plain: Page):
    plain.goto("/reports/")
    plain.get_by_label("United Kingdom").check()
    plain.get_by_text("One criterion", exact=True).click()
    plain.get_by_label("Criterion", exact=True).select_option("B2")
    plain.get_by_label("Answer", exact=True).select_option("partly")
    press(plain, "Add this criterion")
    expect(plain).to_have_url(re.compile(r"/reports/\?country=GB&criterion=B2:partly$"))
    expect(plain.get_by_role("heading", name="1 report", exact=True)).to_be_visible()
    expect(plain.get_by_role("link", name="Port Ennis Half Marathon 2026")).to_be_visible()
    follow(plain, "Take out B2 Using the pregnancy policy costs the entrant nothing: Partly")
    follow(plain, "How many meet each criterion")
    on_page(plain, "How many meet each criterion")
    row = plain.get_by_role("row").filter(has_text="Using the pregnancy policy costs")
    expect(row).to_contain_text("2 of 4")
    table = plain.request.get(link(plain, "Download as CSV")).text().lstrip("\ufeff")
    counted = {one["code"]: one for one in csv.DictReader(io.StringIO(table))}["B2"]
    assert (counted["met"], counted["answered"]) == ("2", "4")
    with pikepdf.open(io.BytesIO(plain.request.get(link(plain, "Download as PDF")).body())) as pdf:
        assert "How many meet each criterion" in str(pdf.docinfo["/Title"])
    row.get_by_role("link").click()
    expect(plain.get_by_role("heading", name="2 reports", exact=True)).to_be_visible()


def test_which_events_are_near_a_town_and_which_town_was_meant(plain: Page, phone: Page):
    plain.goto("/reports/calendar")
    plain.get_by_label("Town or country").fill("Newcastle")
    plain.get_by_label("Distance from the town").select_option("within 100 km")
    press(plain, "Search")
    expect(plain).to_have_url(re.compile(r"place=Newcastle&within=100$"))
    expect(plain.get_by_role("status")).to_contain_text("Within about 100 km of Newcastle, Australia.")
    follow(plain, "Newcastle upon Tyne, England, United Kingdom")
    expect(plain.get_by_role("status")).to_contain_text(
        "Within about 100 km of Newcastle upon Tyne, United Kingdom."
    )
    expect(plain.get_by_label("Distance from the town")).to_have_value("100")
    for page in ("calendar", "statistics", "", "calendar/embed"):
        phone.goto(f"/reports/{page}?place=Springfield&within=25")
        assert sideways(phone) == 0


def test_the_numbers_fit_a_telephone(phone: Page):
    phone.goto("/reports/statistics")
    assert sideways(phone) == 0
    follow(phone, "Narrow it down")
    expect(phone.get_by_label("Run clubs")).to_be_in_viewport()
    phone.goto("/reports/calendar")
    assert sideways(phone) == 0


def link(page: Page, words: str) -> str:
    """Where a link leads."""
    return page.get_by_role("link", name=words, exact=True).get_attribute("href") or ""
