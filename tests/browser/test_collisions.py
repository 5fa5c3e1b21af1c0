"""Two tabs, or two people, at the same audit: nobody overwrites anybody without having seen what was there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from auditapp.domain.audit import Event
from tests.browser.steps import (
    CHECKLIST,
    NOTE,
    card_of,
    grade_row,
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
SECTION = "before-the-race"


def two_at(page: Page, other: Page) -> tuple[Page, Page]:
    """Both on the same section of a new audit, the second by the private link."""
    link = start_audit(page, Event(name="Ridge Race"))
    other.goto(link)
    for one in (page, other):
        open_section(one, SECTION)
    return page, other


def choose(page: Page, grade: str) -> None:
    """Choose a grade for the first criterion."""
    grade_row(card_of(page, PHOTOS), PHOTOS, grade).check()


def collision(page: Page) -> Locator:
    """Where the page shows both answers of the first criterion."""
    return card_of(page, PHOTOS).get_by_role("group", name="Somebody else saved another answer meanwhile")


def collided(visitors: Visitors) -> tuple[Page, Page]:
    """The first has saved the grade in full, the second has tried to save the lowest with a note."""
    first, second = two_at(visitors.desk(), visitors.desk())
    with saving(first, PHOTOS):
        choose(first, "full")
    choose(second, "none")
    expect(collision(second)).to_be_visible()
    return first, second


def stored(page: Page) -> str:
    """The grade that is stored for the first criterion."""
    page.reload()
    return next(
        one.id for one in PHOTOS.grades if grade_row(card_of(page, PHOTOS), PHOTOS, one.id).is_checked()
    )


def test_the_second_sees_both(visitors: Visitors):
    _, second = collided(visitors)
    both = collision(second)
    expect(both).to_contain_text(PHOTOS.grade("full").says)
    expect(both).to_contain_text(PHOTOS.grade("none").says)
    expect(both.get_by_role("radio", checked=True)).to_have_count(0)
    expect(card_of(second, PHOTOS).get_by_text("Not saved", exact=True)).to_be_visible()


def test_keeping_ones_own(visitors: Visitors):
    first, second = collided(visitors)
    with saving(second, PHOTOS):
        collision(second).get_by_role("radio", name="Keep yours").click()
    expect(collision(second)).to_have_count(0)
    assert stored(first) == "none"


def test_keeping_theirs(visitors: Visitors):
    first, second = collided(visitors)
    with second.expect_response(re.compile(f"/answers/{PHOTOS.id}$")):
        collision(second).get_by_role("radio", name="Keep theirs").click()
    expect(collision(second)).to_have_count(0)
    expect(grade_row(card_of(second, PHOTOS), PHOTOS, "full")).to_be_checked()
    assert stored(first) == "full"


def test_what_was_written_over_the_other_answer_is_not_lost(visitors: Visitors):
    first, second = two_at(visitors.desk(), visitors.desk())
    with saving(first, PHOTOS):
        choose(first, "full")
    unfold(card_of(second, PHOTOS), "Add a note")
    card_of(second, PHOTOS).get_by_label(NOTE).fill("We counted twelve of thirty.")
    expect(collision(second)).to_contain_text("We counted twelve of thirty.")
    second.reload()
    expect(collision(second)).to_contain_text("We counted twelve of thirty.")
    with saving(second, PHOTOS):
        collision(second).get_by_role("radio", name="Keep yours").click()
    second.reload()
    expect(card_of(second, PHOTOS).get_by_label(NOTE)).to_have_value("We counted twelve of thirty.")


def test_a_page_loaded_anew_does_not_settle_the_collision(visitors: Visitors):
    first, second = collided(visitors)
    second.reload()
    expect(collision(second)).to_be_visible()
    assert stored(first) == "full"


def test_different_criteria_never_collide(visitors: Visitors):
    first, second = two_at(visitors.desk(), visitors.desk())
    with saving(first, PHOTOS):
        choose(first, "full")
    with saving(second, LOGISTICS):
        grade_row(card_of(second, LOGISTICS), LOGISTICS, "partly").check()
    for page in (first, second):
        page.reload()
        expect(grade_row(card_of(page, PHOTOS), PHOTOS, "full")).to_be_checked()
        expect(grade_row(card_of(page, LOGISTICS), LOGISTICS, "partly")).to_be_checked()


def test_the_same_answer_twice_is_no_collision(visitors: Visitors):
    first, second = two_at(visitors.desk(), visitors.desk())
    for page in (first, second):
        with saving(page, PHOTOS):
            choose(page, "full")
    expect(collision(second)).to_have_count(0)


def test_the_button_takes_nothing_back_that_somebody_else_answered(visitors: Visitors):
    first, second = two_at(visitors.desk(), visitors.desk())
    with saving(first, PHOTOS):
        choose(first, "full")
    press(second, "Save and come back later")
    expect(second.get_by_role("heading", level=1, name="Ridge Race")).to_be_visible()
    assert stored(first) == "full"
