"""A results file in a real browser: chosen, matched and used, with scripts and without, by keyboard, and too large."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import faults, focused
from tests.browser.steps import on_page, press
from tests.browser.test_numbers import begun, card, enter
from tests.browser.visitors import Visitors
from tests.measured import EVERY_MEASURE

pytestmark = pytest.mark.browser

CUT_OFF = next(one for one in EVERY_MEASURE if one.id == "cut-off")
LINES = (
    "Bib,Name,Gender,Wave,Gun time,Chip time,Status",
    *(
        f"{number},Runner Secret{number},{'FM'[number % 2]},{'AB'[number % 2]},"
        f"{3 + number // 60}:{number % 60:02}:30,{3 + number // 60}:{number % 60:02}:00,"
        for number in range(160)
    ),
    "998,Somebody,Secret,,,4:00:00,",
    "999,Somebody,F,,,,OTL",
)


@pytest.fixture
def race(tmp_path: Path) -> Path:
    """The results of a race, one line of which cannot be read."""
    path = tmp_path / "results of our race.csv"
    path.write_text("\n".join(LINES))
    return path


@pytest.fixture(params=["desk", "phone", "plain"])
def page(request: pytest.FixtureRequest, race_visitors: Visitors) -> Page:
    """Somebody at the measures of a new audit: at a desk, with a telephone, without scripts."""
    found: Page = getattr(race_visitors, request.param)()
    begun(found, "Measures")
    return found


def own(page: Page) -> Locator:
    """The criterion about the time limit."""
    return card(page, CUT_OFF.question)


def choose(page: Page, file: Path) -> None:
    """From the criterion to its file, and send it."""
    own(page).get_by_role("button", name="Fill in from a results file").click()
    on_page(page, "Fill in from a file")
    page.get_by_label("The file").set_input_files(file)
    press(page, "Read the file")


def test_a_file_fills_in_the_numbers(page: Page, race: Path):
    own(page).get_by_label("Time limit").fill("5:30:00")
    choose(page, race)
    on_page(page, "Match the columns")
    expect(page.get_by_role("heading", name="161 lines read, 1 left out")).to_be_visible()
    expect(page.get_by_text("Line 162 has a gender this reader does not know")).to_be_visible()
    expect(page.get_by_label("What “Chip time” is")).to_have_value("time")
    expect(page.get_by_role("main")).not_to_contain_text("Secret")
    press(page, "Use these numbers")
    on_page(page, "Measures")
    assert page.url.endswith("#" + CUT_OFF.code + "_numbers")
    expect(page.get_by_text("161 lines were read. Check the numbers they filled in")).to_be_visible()
    expect(own(page).get_by_label("Women who started")).to_have_value("81")
    expect(own(page).get_by_label("Time limit")).to_have_value("5:30:00")
    expect(own(page).get_by_role("region", name="The worked figure")).to_contain_text("The limit of 5:30:00")
    expect(own(page)).to_contain_text("Filled in from a file of 162 lines")


def test_the_columns_can_be_changed_and_the_way_back_works(race_visitors: Visitors, race: Path):
    page = race_visitors.desk()
    begun(page, "Measures")
    choose(page, race)
    on_page(page, "Match the columns")
    expect(page.get_by_role("button", name="Use these numbers")).to_have_count(0)
    page.get_by_label("Time limit").fill("5:30:00")
    page.get_by_label("What “Chip time” is").select_option(label="Not used")
    press(page, "Read it like this")
    expect(page.get_by_role("row", name="Median time")).to_contain_text(":30")
    page.go_back()
    expect(page.get_by_role("row", name="Median time")).to_contain_text(":00")
    page.go_forward()
    page.get_by_label("What “Gender” is").select_option(label="Not used")
    press(page, "Read it like this")
    problem = page.get_by_role("alert").get_by_role("link")
    expect(problem).to_have_text("Choose the column that tells women from men")
    assert faults(page) == []
    problem.click()
    assert focused(page).startswith("select What “Gender” is")


def test_by_keyboard_alone(race_visitors: Visitors, race: Path):
    page = race_visitors.desk()
    begun(page, "Measures")
    own(page).get_by_role("button", name="Fill in from a results file").focus()
    page.keyboard.press("Enter")
    on_page(page, "Fill in from a file")
    page.get_by_label("The file").set_input_files(race)
    page.get_by_label("The file").focus()
    page.keyboard.press("Tab")
    assert focused(page) == "button Read the file"
    page.keyboard.press("Enter")
    on_page(page, "Match the columns")
    page.get_by_label("Time limit").focus()
    page.keyboard.type("5:30:00")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Use these numbers")).to_be_visible()
    page.get_by_role("button", name="Use these numbers").focus()
    page.keyboard.press("Enter")
    on_page(page, "Measures")
    expect(own(page).get_by_label("Women who started")).to_have_value("81")


def test_what_is_no_table_is_told_and_every_state_is_accessible(
    race_visitors: Visitors, race: Path, tmp_path: Path
):
    page = race_visitors.desk()
    begun(page, "Measures")
    workbook = tmp_path / "results.csv"
    workbook.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 10)
    choose(page, workbook)
    expect(page.get_by_role("alert")).to_contain_text("The file is a workbook or a zip archive")
    assert faults(page) == [], "refused"
    page.get_by_label("The file").set_input_files(race)
    press(page, "Read the file")
    on_page(page, "Match the columns")
    assert faults(page) == [], "to be matched"
    page.get_by_label("Time limit").fill("soon")
    press(page, "Read it like this")
    expect(page.get_by_role("alert").get_by_role("listitem")).to_have_count(1)
    assert faults(page) == [], "a mistake"


def test_a_file_that_is_too_large_is_told_kindly(race_visitors: Visitors, tmp_path: Path):
    page = race_visitors.desk()
    begun(page, "Measures")
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.write(b"Gender,Time\n")
        file.truncate(101_000_000)
    choose(page, large)
    on_page(page, "This file is too large")
    assert faults(page) == []
    page.go_back()
    on_page(page, "Fill in from a file")


def test_a_file_is_gone_once_it_is_used(race_visitors: Visitors, race: Path):
    page = race_visitors.desk()
    link = begun(page, "Measures")
    own(page).get_by_label("Time limit").fill("5:30:00")
    choose(page, race)
    on_page(page, "Match the columns")
    matched = page.url
    press(page, "Use these numbers")
    on_page(page, "Measures")
    page.goto(matched)
    on_page(page, "Fill in from a file")
    expect(page.get_by_text("it has been used, or an hour has passed")).to_be_visible()
    other = race_visitors.desk()
    other.goto(link)
    enter(other, "Measures")
    expect(own(other).get_by_label("Women who started")).to_have_value("81")
