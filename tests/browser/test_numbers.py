"""Numbers in a real browser: typed on a telephone, saved by themselves, come back to, in two tabs, without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.looking import faults
from tests.browser.steps import NOTE, on_page, press, unfold
from tests.browser.visitors import Visitors
from tests.measured import DEPTH, EVERY_MEASURE, GOODS, PRIZES, RAMP, REF

pytestmark = pytest.mark.browser

LIST = ((300, 300), (200, 200), (120, 150))


def begun(page: Page, section: str = "Prizes") -> str:
    """A new audit, opened at a section; its private link."""
    page.goto(f"/audits/new?checklist={REF}")
    page.get_by_label("Name of the event").fill("Ridge Race")
    press(page, "Start")
    on_page(page, "Ridge Race")
    link = page.get_by_role("textbox", name="Private link").input_value()
    enter(page, section)
    return link


def enter(page: Page, section: str = "Prizes") -> None:
    """Go from the task list to a section."""
    page.get_by_role("heading", name=section, exact=True).get_by_role("link").click()
    on_page(page, section)


def card(page: Page, criterion: str = PRIZES.question) -> Locator:
    """The criterion of that question."""
    heading = page.get_by_role("heading", level=2, name=criterion, exact=True)
    return page.get_by_role("article").filter(has=heading)


def box(page: Page, place: str, who: str, criterion: str = PRIZES.question) -> Locator:
    """The input for what a place pays."""
    return card(page, criterion).get_by_role("textbox", name=f"{place} {who}", exact=True)


def type_prizes(page: Page, *paid: tuple[int | str, int | str]) -> None:
    """Type what the places pay, one after the other."""
    for place, (women, men) in zip(("1st", "2nd", "3rd", "4th", "5th"), paid, strict=False):
        box(page, place, "Women").fill(str(women))
        box(page, place, "Men").fill(str(men))


def worked(page: Page, criterion: str = PRIZES.question) -> Locator:
    """The worked figure of a criterion."""
    return card(page, criterion).get_by_role("region", name=re.compile("^The worked figure"))


@contextmanager
def saving(page: Page, status: int = 200) -> Iterator[None]:
    """Wait until the prizes have been sent after what is done in the block."""
    with page.expect_response(lambda answer: answer.url.endswith(f"/answers/{PRIZES.id}")) as told:
        yield
    assert told.value.status == status


@pytest.fixture
def phone(race_visitors: Visitors) -> Page:
    """Somebody with a telephone at the prizes of a new audit."""
    page = race_visitors.phone()
    begun(page)
    return page


@pytest.fixture
def desk(race_visitors: Visitors) -> Page:
    """Somebody with a wide window there."""
    page = race_visitors.desk()
    begun(page)
    return page


@pytest.fixture
def plain(race_visitors: Visitors) -> Page:
    """Somebody without scripts there."""
    page = race_visitors.plain()
    begun(page)
    return page


def test_prizes_typed_on_a_telephone_settle_the_grade_and_are_still_there_later(phone: Page):
    assert box(phone, "1st", "Women").get_attribute("inputmode") == "decimal"
    card(phone).get_by_label("Currency").fill("pounds")
    type_prizes(phone, *LIST)
    box(phone, "3rd", "Men").press("Tab")
    expect(worked(phone)).to_contain_text("Partly")
    expect(worked(phone)).to_contain_text("the 3rd place pays women £30 less")
    expect(phone.get_by_role("status").first).to_contain_text(
        re.compile(r"^Saved \d\d:\d\d\. Partly 2 of 4 points")
    )
    expect(worked(phone, DEPTH.question)).to_contain_text("Partly")
    expect(phone.get_by_role("region", name="Score so far")).to_contain_text("2½ of")
    phone.reload()
    expect(box(phone, "3rd", "Men")).to_have_value("150")
    expect(worked(phone)).to_contain_text("Partly")
    with saving(phone):
        box(phone, "3rd", "Women").fill("150")
        box(phone, "3rd", "Women").press("Tab")
    expect(worked(phone)).to_contain_text("Fully")


def test_the_grade_follows_while_the_number_is_still_being_typed(desk: Page):
    type_prizes(desk, (300, 300))
    expect(worked(desk)).to_contain_text("Fully")
    box(desk, "2nd", "Men").press_sequentially("100")
    expect(worked(desk)).to_contain_text("Not met")
    expect(box(desk, "2nd", "Men")).to_be_focused()


def test_going_back_shows_the_numbers_that_were_saved(desk: Page):
    type_prizes(desk, *LIST)
    press(desk, "Save and continue")
    on_page(desk, "Measures")
    desk.go_back()
    on_page(desk, "Prizes")
    expect(box(desk, "3rd", "Men")).to_have_value("150")
    expect(worked(desk)).to_contain_text("Partly")
    with saving(desk):
        box(desk, "3rd", "Men").fill("120")
        box(desk, "3rd", "Men").press("Tab")
    expect(worked(desk)).to_contain_text("Fully")
    expect(desk.get_by_role("group", name="Somebody else saved another answer")).to_have_count(0)


def test_the_button_waits_for_what_is_just_being_saved(desk: Page):
    held: list[Route] = []
    desk.route("**/answers/*", lambda route: held.append(route), times=1)
    box(desk, "1st", "Women").fill("300")
    box(desk, "1st", "Women").press("Tab")
    expect(card(desk).get_by_text("Saving")).to_be_visible()
    type_prizes(desk, *LIST)
    desk.get_by_role("button", name="Save and continue").click(no_wait_after=True)
    held[0].continue_()
    on_page(desk, "Measures")
    desk.go_back()
    on_page(desk, "Prizes")
    expect(box(desk, "3rd", "Men")).to_have_value("150")


def test_another_place_comes_without_leaving_the_page(desk: Page):
    type_prizes(desk, *LIST)
    with saving(desk):
        card(desk).get_by_role("button", name="Add another place").click()
    expect(box(desk, "4th", "Women")).to_be_focused()
    with saving(desk):
        desk.keyboard.type("50")
        desk.keyboard.press("Tab")
    expect(box(desk, "4th", "Men")).to_be_focused()
    with saving(desk):
        card(desk).get_by_role("button", name="Remove 3rd").click()
    expect(box(desk, "3rd", "Women")).to_have_value("50")
    expect(box(desk, "4th", "Women")).to_have_count(0)
    expect(worked(desk)).to_contain_text("Fully")


def test_enter_works_it_out(desk: Page):
    type_prizes(desk, (300, 200))
    with saving(desk):
        box(desk, "1st", "Men").press("Enter")
    expect(worked(desk)).to_contain_text("Fully")
    expect(desk.locator("#A1_figure")).to_be_focused()


def test_a_wrong_number_is_told_where_it_stands_and_whoever_types_on_is_left_alone(desk: Page):
    box(desk, "1st", "Women").fill("lots")
    with saving(desk, 422):
        box(desk, "1st", "Women").press("Tab")
    expect(card(desk).get_by_text("Women: Write a number, such as 300 or 12.50")).to_be_visible()
    expect(box(desk, "1st", "Women")).to_have_attribute("aria-invalid", "true")
    expect(box(desk, "1st", "Men")).to_be_focused()
    expect(box(desk, "1st", "Women")).to_have_value("lots")
    desk.reload()
    expect(box(desk, "1st", "Women")).to_have_value("lots")
    expect(card(desk).get_by_text("Women: Write a number")).to_be_visible()
    with saving(desk):
        box(desk, "1st", "Women").fill("300")
        box(desk, "1st", "Women").press("Tab")
    expect(card(desk).get_by_text("Women: Write a number")).to_have_count(0)


def test_asked_to_work_out_what_is_not_there_the_page_says_what_is_needed(desk: Page):
    with saving(desk):
        press_in_card = card(desk).get_by_role("button", name="Work it out")
        card(desk).get_by_label("Currency").fill("pounds")
        press_in_card.click()
    expect(worked(desk)).to_have_count(0)


def test_clearing_the_numbers_brings_the_grades_back(desk: Page):
    type_prizes(desk, *LIST)
    box(desk, "3rd", "Men").press("Tab")
    expect(worked(desk)).to_contain_text("Partly")
    expect(card(desk).get_by_role("radio", name=re.compile("^There is one everywhere"))).to_have_count(0)
    with saving(desk):
        card(desk).get_by_role("button", name="Clear the numbers", exact=True).click()
    expect(worked(desk)).to_have_count(0)
    expect(box(desk, "1st", "Women")).to_have_value("")
    unfold(card(desk), "or choose a grade by hand, which is then only declared")
    with saving(desk):
        card(desk).get_by_role("radio", name=re.compile("^There is one everywhere")).click()
    expect(card(desk).get_by_text("Declared", exact=True)).to_be_visible()
    desk.reload()
    expect(card(desk).get_by_role("radio", name=re.compile("^There is one everywhere"))).to_be_checked()


def test_what_shares_the_numbers_goes_on_from_the_save_that_settled_it(desk: Page):
    shared = card(desk, DEPTH.question)
    type_prizes(desk, *LIST)
    box(desk, "3rd", "Men").press("Tab")
    expect(worked(desk, DEPTH.question)).to_contain_text("Partly")
    unfold(shared, "Add a note")
    with desk.expect_response(lambda answer: answer.url.endswith(f"/answers/{DEPTH.id}")) as told:
        shared.get_by_label(NOTE).fill("The same list")
    assert told.value.status == 200
    expect(shared.get_by_role("group", name="Somebody else saved")).to_have_count(0)
    with saving(desk):
        box(desk, "3rd", "Women").fill("150")
        box(desk, "3rd", "Women").press("Tab")
    expect(worked(desk, DEPTH.question)).to_contain_text("Fully")
    expect(shared.get_by_label(NOTE)).to_have_value("The same list")


def test_what_was_unfolded_stays_so_while_the_numbers_change(desk: Page):
    type_prizes(desk, *LIST)
    box(desk, "3rd", "Men").press("Tab")
    unfold(worked(desk), "How this is worked out")
    with saving(desk):
        box(desk, "3rd", "Men").fill("120")
        box(desk, "3rd", "Men").press("Tab")
    expect(worked(desk)).to_contain_text("Fully")
    expect(worked(desk).get_by_text("At each place, the women’s prize")).to_be_visible()


def test_prizes_typed_offline_come_back_with_every_row(desk: Page):
    type_prizes(desk, *LIST)
    with saving(desk):
        card(desk).get_by_role("button", name="Add another place").click()
    expect(box(desk, "4th", "Women")).to_be_focused()
    address = desk.url
    desk.context.set_offline(True)
    box(desk, "4th", "Women").fill("50")
    box(desk, "4th", "Men").fill("50")
    box(desk, "4th", "Men").press("Tab")
    expect(desk.get_by_role("alert")).to_contain_text("Not saved")
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.close(run_before_unload=False)

    context = desk.context
    context.set_offline(False)
    again = context.new_page()
    with again.expect_response(lambda answer: answer.url.endswith(f"/answers/{PRIZES.id}")) as told:
        again.goto(address)
    assert told.value.status == 200
    expect(box(again, "4th", "Men")).to_have_value("50")
    again.goto(address)
    expect(box(again, "4th", "Women")).to_have_value("50")


def test_two_tabs_with_different_prizes_collide_and_nothing_is_overwritten(race_visitors: Visitors):
    first = race_visitors.desk()
    link = begun(first)
    second = race_visitors.desk()
    second.goto(link)
    enter(second)
    type_prizes(first, (300, 300))
    with saving(first):
        box(first, "1st", "Men").press("Tab")
    expect(worked(first)).to_contain_text("Fully")
    type_prizes(second, (100, 300))
    box(second, "1st", "Men").press("Tab")
    both = card(second).get_by_role("group", name="Somebody else saved another answer meanwhile")
    expect(both).to_contain_text("1: Women 300, Men 300")
    expect(both).to_contain_text("1: Women 100, Men 300")
    assert faults(second) == []
    second.set_viewport_size({"width": 1280, "height": 900})
    with saving(second):
        both.get_by_role("radio", name="Keep theirs").click()
    expect(both).to_have_count(0)
    expect(box(second, "1st", "Women")).to_have_value("300")
    first.reload()
    expect(box(first, "1st", "Women")).to_have_value("300")


def test_the_whole_way_without_scripts(plain: Page):
    card(plain).get_by_label("Currency").fill("pounds")
    type_prizes(plain, *LIST)
    card(plain).get_by_role("button", name="Add another place").click()
    assert plain.url.endswith("#A1_row-4")
    expect(box(plain, "3rd", "Men")).to_have_value("150")
    box(plain, "4th", "Women").fill("50")
    box(plain, "4th", "Men").fill("fifty")
    card(plain).get_by_role("button", name="Work it out").click()
    problem = plain.get_by_role("alert").get_by_role("link")
    expect(problem).to_have_text("A1: 4th, Men: Write a number, such as 300 or 12.50")
    problem.click()
    expect(box(plain, "4th", "Men")).to_be_focused()
    expect(box(plain, "4th", "Women")).to_have_value("50")
    box(plain, "4th", "Men").fill("50")
    card(plain).get_by_role("button", name="Work it out").click()
    assert plain.url.endswith("#A1_figure")
    expect(worked(plain)).to_contain_text("Partly")
    expect(worked(plain, DEPTH.question)).to_contain_text("Partly")
    card(plain).get_by_role("button", name="Remove 3rd").click()
    expect(worked(plain)).to_contain_text("Fully")
    expect(box(plain, "3rd", "Men")).to_have_value("50")
    card(plain).get_by_text("or choose a grade by hand, which is then only declared").click()
    press(plain, "Clear the numbers and choose by hand")
    expect(worked(plain)).to_have_count(0)
    card(plain).get_by_text("or choose a grade by hand, which is then only declared").click()
    card(plain).get_by_role("radio", name=re.compile("^There is one everywhere")).check()
    press(plain, "Save and come back later")
    on_page(plain, "Ridge Race")
    expect(plain.get_by_role("link", name=re.compile("^A1, .*: Fully$"))).to_be_visible()


def test_every_state_of_the_numbers_is_accessible(desk: Page):
    assert faults(desk) == [], "nothing entered"
    type_prizes(desk, *LIST)
    box(desk, "3rd", "Men").press("Tab")
    expect(worked(desk)).to_contain_text("Partly")
    assert faults(desk) == [], "worked out"
    box(desk, "3rd", "Men").fill("lots")
    press(desk, "Save and continue")
    expect(desk.get_by_role("alert").get_by_role("listitem")).to_have_count(1)
    assert faults(desk) == [], "a mistake"


def test_every_measure_is_accessible_blank_and_half_done(race_visitors: Visitors):
    page = race_visitors.desk()
    begun(page, "Measures")
    expect(page.get_by_role("article")).to_have_count(len(EVERY_MEASURE) + 1)
    assert faults(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    for article in page.get_by_role("article").all():
        article.locator(".number-box").first.fill("5:00x")
    press(page, "Save and continue")
    expect(page.get_by_role("alert").get_by_role("listitem")).to_have_count(len(EVERY_MEASURE) + 1)
    assert faults(page) == []


def test_grades_beside_a_measure_are_chosen_as_everywhere(desk: Page):
    informs, without = card(desk, GOODS.question), card(desk, RAMP.question)
    for one in (informs, without):
        one.get_by_role("radio", name=re.compile("^There is one everywhere")).check()
        expect(one.get_by_text(re.compile(r"^Saved \d\d:\d\d$"))).to_be_visible()
    expect(informs.get_by_text("Declared", exact=True)).to_be_visible()
