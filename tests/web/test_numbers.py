"""Numbers on a section page: typed, checked place by place, worked out, shared, carried, and never lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from flask import Flask

from auditapp.app import create_app
from auditapp.domain.measures import MEASURES
from auditapp.settings import Settings
from auditapp.storage import database
from tests.measured import REF, SECTION, checklist_folder
from tests.pages import Browser, Page, strict, words
from tests.web.test_autosave import fragment
from tests.web.walk import autosave, completed, started

PRIZES = "prize-money"
SHARED = "places-paid"
INFORMS = "goods"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application with a checklist that has measures."""
    folder = checklist_folder(tmp_path_factory.mktemp("checklists"))
    data = tmp_path_factory.mktemp("data")
    app = strict(
        create_app(Settings(data=data, checklists=(folder,), start_limit="10000 per hour", pdf_ahead="no"))
    )
    with app.app_context():
        database.upgrade()
    yield app
    app.extensions["auditapp"].pdf.close()


def begun(client: Browser) -> tuple[str, Page]:
    """A new audit and its section."""
    audit = started(client, checklist=REF)
    return audit, client.page(f"{audit}/{SECTION}")


def places(
    *paid: tuple[str, str], criterion: str = PRIZES, rows: int | None = None, unit: str = "pounds"
) -> dict[str, str]:
    """The inputs of a prize list, filled in as typed."""
    typed = {f"{criterion}.unit": unit, f"{criterion}.rows": str(rows or max(len(paid), 3))}
    for number, (women, men) in enumerate(paid, start=1):
        typed |= {f"{criterion}.row-{number}-women": women, f"{criterion}.row-{number}-men": men}
    return typed


CLOSE = places(("300", "300"), ("200", "200"), ("120", "150"))
EQUAL = places(("300", "300"), ("200", "200"))


def saved(client: Browser, audit: str, changes: Mapping[str, str], do: str = "stay") -> Page:
    """Save the section by a button; the page that follows."""
    return client.follow(client.submit(client.page(f"{audit}/{SECTION}"), changes, do=do))


def own(changes: Mapping[str, str], criterion: str = PRIZES) -> dict[str, str]:
    """The same as the parts of one criterion."""
    return {name.removeprefix(f"{criterion}."): value for name, value in changes.items()}


def figure(page: Page, code: str = "A1") -> str:
    """What stands where the worked figure of a criterion stands."""
    found = page.by_id(f"{code}_figure")
    assert found is not None
    return words(found)


def summary(page: Page) -> dict[str, str]:
    """The lines of the error summary with the inputs they lead to."""
    box = next(part for part in page.all("div") if part.get("class") == "error-summary")
    return {words(link): (link.get("href") or "")[1:] for link in box.iter("a")}


def points(page: Page) -> str:
    """The points of this section so far."""
    row = next(one for one in page.all("tr") if "This section" in words(one))
    return words(row).removeprefix("This section").strip()


def test_the_form_is_made_from_the_measure(client: Browser):
    _, page = begun(client)
    captions = [words(one) for one in page.all("caption")]
    assert captions.count("Prizes") == 2, "the criterion that shares numbers has no inputs"
    assert [words(one) for one in page.all("th") if one.get("id", "").startswith("A1_column")] == [
        "Women",
        "Men",
    ]
    boxes = [one for one in page.all("input") if (one.get("name") or "").startswith(f"{PRIZES}.row-")]
    assert len(boxes) == 6
    assert {one.get("inputmode") for one in boxes} == {"decimal"}
    assert "Type what each place receives" in page.text
    assert "The numbers for this are entered at A1" in page.text
    assert figure(page) == ""


def test_the_grade_follows_from_the_numbers(client: Browser):
    audit, _ = begun(client)
    page = saved(client, audit, CLOSE, do=f"work:{PRIZES}")
    assert "Partly" in figure(page)
    assert "from the numbers" in figure(page)
    assert "120 ÷ 150 = 0.80" in figure(page)
    assert points(page) == "2½ of 7"
    assert f"{PRIZES}.choice" not in page.fields(), "a grade from numbers is not chosen"
    assert page.fields()[f"{PRIZES}.row-3-men"] == "150"
    assert "Prizes, in pounds" in page.text


def test_working_out_leads_to_the_figure(client: Browser):
    audit, page = begun(client)
    response = client.submit(page, CLOSE, do=f"work:{PRIZES}")
    assert response.location.endswith(f"/{SECTION}#A1_figure")
    assert client.page(f"{audit}/{SECTION}").by_id("A1_figure") is not None


def test_numbers_decide_where_a_grade_was_chosen_too(client: Browser):
    audit, _ = begun(client)
    page = saved(client, audit, {f"{PRIZES}.choice": "full"} | CLOSE)
    assert points(page) == "2½ of 7"


def test_a_grade_by_hand_is_only_declared(client: Browser):
    audit, _ = begun(client)
    page = saved(client, audit, {f"{PRIZES}.choice": "full"})
    state = next(part for part in page.all("article") if part.get("data-criterion") == PRIZES)
    assert "Declared" in words(state)
    by_hand = next(part for part in state.iter("details") if "by-hand" in (part.get("class") or ""))
    assert by_hand.get("open") is not None
    assert "Evidenced" in words(
        next(
            part
            for part in saved(client, audit, EQUAL).all("article")
            if part.get("data-criterion") == PRIZES
        )
    )


def test_settled_by_numbers_the_grades_are_not_offered_until_they_are_cleared(client: Browser):
    audit, _ = begun(client)
    page = saved(client, audit, EQUAL)
    assert page.by_id("A1_answer-full") is None
    page = saved(client, audit, {}, do=f"empty:{PRIZES}")
    assert page.by_id("A1_answer-full") is not None
    assert page.fields()[f"{PRIZES}.row-1-women"] == ""
    assert page.fields()[f"{PRIZES}.unit"] == "pounds", "the currency is no number"
    assert points(page) == "0 of 7"


def test_a_measure_that_only_informs_stands_beside_the_grades(client: Browser):
    audit, page = begun(client)
    assert page.by_id("A3_answer-full") is not None
    page = saved(client, audit, places(("300", "300"), criterion=INFORMS) | {f"{INFORMS}.choice": "partly"})
    assert page.fields()[f"{INFORMS}.choice"] == "partly"
    assert "This measure informs and has no pass mark" in figure(page, "A3")
    assert points(page) == "½ of 7"


def applied(women: str, everybody: str) -> dict[str, str]:
    """So many applied, and half of each got a place."""
    typed = {"women-applicants": women, "all-applicants": everybody, "women-places": "6", "all-places": "12"}
    return {f"fair-places.n-{name}": text for name, text in typed.items()}


def test_small_numbers_are_shown_and_the_grade_is_chosen_by_hand(client: Browser):
    audit, _ = begun(client)
    page = client.page(f"{audit}/measures")
    page = client.follow(client.submit(page, applied("12", "24"), do="stay"))
    code = next(part.get("id") for part in page.all("article") if part.get("data-criterion") == "fair-places")
    assert "Small numbers: shown, not judged" in figure(page, code or "")
    assert page.by_id(f"{code}_answer-full") is not None
    page = client.follow(client.submit(page, {"fair-places.choice": "full"}, do="stay"))
    assert page.fields()["fair-places.choice"] == "full"
    assert page.fields()["fair-places.n-all-applicants"] == "24"
    assert "chosen by hand: declared" in figure(page, code or "")
    page = client.follow(client.submit(page, applied("60", "120"), do="stay"))
    assert "from the numbers" in figure(page, code or "")
    assert page.by_id(f"{code}_answer-full") is None


def test_a_row_is_added_and_taken_out_without_losing_the_page(client: Browser):
    _, page = begun(client)
    response = client.submit(page, CLOSE, do=f"row:{PRIZES}")
    assert response.location.endswith(f"?rows={PRIZES}:4#A1_row-4")
    page = client.follow(response)
    assert page.by_id("A1_row-4") is not None
    assert page.fields()[f"{PRIZES}.row-3-women"] == "120"
    page = client.follow(client.submit(page, do=f"row:{PRIZES}"))
    assert page.by_id("A1_row-5") is not None
    filled = {f"{PRIZES}.row-5-women": "50", f"{PRIZES}.row-5-men": "50"}
    page = client.follow(client.submit(page, filled, do="stay"))
    assert page.fields()[f"{PRIZES}.row-5-men"] == "50", "a place between that nobody is paid for stays"
    page = client.follow(client.submit(page, do=f"unrow:{PRIZES}:4"))
    assert page.fields()[f"{PRIZES}.row-4-men"] == "50"
    assert page.by_id("A1_row-5") is None


def test_unfinished_rows_do_not_keep_a_row_from_being_added(client: Browser):
    _, page = begun(client)
    response = client.submit(page, places(("three hundred", "")), do=f"row:{PRIZES}")
    assert response.status_code == 422
    page = Page(response)
    assert page.by_id("A1_row-4") is not None
    assert page.fields()[f"{PRIZES}.row-1-women"] == "three hundred"


@pytest.mark.parametrize(
    ("typed", "problem", "input_id"),
    [
        (places(("300", "lots")), "A1: 1st, Men: Write a number, such as 300 or 12.50", "A1_row-1-men"),
        (places(("300", "300"), ("-5", "")), "A1: 2nd, Women: This must not be below zero", "A1_row-2-women"),
        (places(("0", "0")), "A1: Prizes: Give at least one prize", "A1_rows"),
        (places(("9" * 12, "1")), "A1: 1st, Women: This is more than any event has", "A1_row-1-women"),
        (
            places(("300", "300"), unit="x" * 201),
            "A1: Currency: Use at most 200 characters; this is 1 too long",
            "A1_unit",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_place_and_nothing_is_lost(
    client: Browser, typed: dict[str, str], problem: str, input_id: str
):
    _, page = begun(client)
    response = client.submit(page, typed | {f"{PRIZES}.note": "As on the flyer"}, do="continue")
    assert response.status_code == 422
    page = Page(response)
    assert summary(page) == {problem: input_id}
    field = page.by_id(input_id)
    assert field is not None
    assert f"{input_id}-error" in (field.get("aria-describedby") or "").split()
    assert page.by_id(f"{input_id}-error") is not None
    kept = page.fields()
    assert {name: kept[name] for name in typed} == typed
    assert kept[f"{PRIZES}.note"] == "As on the flyer"


def test_a_mistake_in_the_numbers_keeps_no_other_answer_from_being_saved(client: Browser):
    audit, page = begun(client)
    response = client.submit(page, places(("x", "1")) | {"ramp.choice": "full"}, do="continue")
    assert response.status_code == 422
    stored = client.page(f"{audit}/{SECTION}").fields()
    assert stored["ramp.choice"] == "full"
    assert stored[f"{PRIZES}.row-1-women"] == ""


def test_numbers_are_understood_as_people_write_them(client: Browser):
    audit, _ = begun(client)
    page = saved(client, audit, places(("£1,200", "1.200"), ("12,50", "12.5")))
    assert "1,212.50 ÷ 1,212.50 = 1.00" in figure(page)
    assert page.fields()[f"{PRIZES}.row-1-men"] == "1200"


def test_a_row_that_is_not_numbered_right_is_no_way_in(client: Browser):
    _, page = begun(client)
    for rows in ("-1", "99999", "x", "401"):
        response = client.submit(page, {f"{PRIZES}.rows": rows, f"{PRIZES}.row-1-women": "300"}, do="stay")
        assert response.status_code == 303


def test_asking_for_absurdly_many_rows_gives_the_most_there_can_be(client: Browser):
    audit, _ = begun(client)
    page = client.page(f"{audit}/{SECTION}?rows={PRIZES}:999&rows=x&rows=ramp:3&rows={INFORMS}:x")
    most = MEASURES["prize-parity"].table.most
    assert page.by_id(f"A1_row-{most}") is not None
    assert page.by_id(f"A1_row-{most + 1}") is None
    assert page.text.count("Add another place") == 1
    assert page.by_id("A3_row-4") is None


def test_numbers_survive_a_save_that_changes_something_else(client: Browser):
    audit, _ = begun(client)
    saved(client, audit, CLOSE)
    page = saved(client, audit, {f"{PRIZES}.note": "As on the flyer"})
    assert points(page) == "2½ of 7"
    assert page.fields()[f"{PRIZES}.row-3-men"] == "150"
    page = saved(client, audit, {f"{PRIZES}.new-url": "https://ridge.example/prizes"}, do=f"add:{PRIZES}")
    assert points(page) == "2½ of 7"


def test_what_does_not_apply_has_no_numbers(client: Browser):
    _, page = begun(client)
    answer = {f"{PRIZES}.choice": "not_applicable", f"{PRIZES}.reason": "no-venue"}
    response = client.submit(page, CLOSE | answer, do="continue")
    assert response.status_code == 422
    problem = "A1: Clear the numbers first: what does not apply has none"
    assert problem in summary(Page(response))
    assert Page(response).fields()[f"{PRIZES}.row-3-men"] == "150"
    assert client.submit(Page(response), do=f"empty:{PRIZES}").status_code == 303


# Shared numbers


def test_who_shares_the_numbers_is_settled_with_them(client: Browser):
    audit, _ = begun(client)
    page = saved(client, audit, EQUAL)
    assert points(page) == "5 of 7"
    assert "Fully" in figure(page, "A2")
    assert page.by_id("A2_answer-none") is not None, "another grade can be chosen there"


def test_a_grade_by_hand_stays_beside_shared_numbers(client: Browser):
    audit, _ = begun(client)
    page = saved(client, audit, EQUAL | {f"{SHARED}.choice": "none"})
    assert points(page) == "4 of 7"
    assert "chosen by hand: declared" in figure(page, "A2")
    page = saved(client, audit, {}, do=f"clear:{SHARED}")
    assert points(page) == "5 of 7"


def test_a_note_where_numbers_are_shared_keeps_the_grade(client: Browser):
    audit, _ = begun(client)
    saved(client, audit, EQUAL)
    page = saved(client, audit, {f"{SHARED}.note": "The same list"})
    assert points(page) == "5 of 7"
    assert page.fields()[f"{SHARED}.note"] == "The same list"


def test_the_script_gets_whoever_shares_the_numbers_drawn_anew(client: Browser):
    audit, page = begun(client)
    status, body = autosave(client, audit, page, PRIZES, own(EQUAL))
    assert status == 200
    assert list(body["others"]) == [SHARED]
    assert "Fully" in fragment(body["others"][SHARED])
    assert "Fully" in fragment(body["parts"]["figure"])
    assert "Clear the numbers" in fragment(body["parts"]["actions"])
    assert "clear them first" in fragment(body["parts"]["choice"])
    again = own(EQUAL) | {"version": str(body["version"]), "was": body["was"]}
    _, body = autosave(client, audit, page, PRIZES, again)
    assert "others" not in body, "nothing changed"


# One after the other


def test_whoever_goes_on_is_told_once_what_is_missing(client: Browser):
    audit, _ = begun(client)
    page = client.page(f"{audit}/measures")
    response = client.submit(page, {"toilets.n-women": "300", "toilets.n-urinals": "0"}, do="continue")
    assert response.status_code == 422
    page = Page(response)
    code = next(part.get("id") for part in page.all("article") if part.get("data-criterion") == "toilets")
    assert summary(page) == {
        f"{code}: {label}: This is needed": f"{code}_n-{name}"
        for label, name in (
            ("Men expected", "men"),
            ("Units only for women", "women-units"),
            ("Cubicles only for men", "men-units"),
            ("Cubicles for anyone", "shared-units"),
        )
    }
    assert client.page(f"{audit}/measures").fields()["toilets.n-women"] == "300", "it is saved all the same"
    assert "Men expected" in figure(client.page(f"{audit}/measures"), code or "")
    assert client.submit(page, do="continue").status_code == 303


def test_asked_to_work_out_a_draft_the_page_says_what_is_needed(client: Browser):
    audit, _ = begun(client)
    page = client.page(f"{audit}/measures")
    changes = {"toilets.n-women": "300"}
    assert client.submit(page, changes, do="leave").status_code == 303
    again = client.page(f"{audit}/measures")
    assert client.submit(again, do="work:toilets").status_code == 422
    fields = {"n-women": "300", "version": "1", "was": again.fields()["toilets.was"]}
    status, body = autosave(client, audit, again, "toilets", fields, do="work:toilets")
    assert status == 200
    assert "This is needed" in fragment(body["card"])


def test_whole_numbers_yes_and_no_times_and_choices_are_asked_as_what_they_are(client: Browser):
    audit, _ = begun(client)
    page = client.page(f"{audit}/measures")
    kinds = {one.get("data-kind"): one.get("inputmode") for one in page.all("input") if one.get("data-kind")}
    assert kinds == {
        "count": "numeric",
        "amount": "decimal",
        "percent": "decimal",
        "pace": None,
        "time": None,
    }
    filled = {
        "shirts.n-women-sizes": "5",
        "shirts.n-men-sizes": "6",
        "shirts.n-chart": "yes",
        "shirts.n-chosen-at-entry": "yes",
        "shirts.n-no-garment": "no",
        "pace-groups.row-1-label": "Tuesday",
        "pace-groups.row-1-pace": "7:00",
        "pace-groups.row-1-led": "yes",
        "pace-groups.row-1-per-month": "4",
    }
    page = client.follow(client.submit(page, filled, do="stay"))
    assert filled.items() <= page.fields().items()
    assert "7:00 min/km" in page.text
    assert page.fields()["pace-groups.row-2-led"] == "", "a list begins with nothing chosen"


def test_numbers_that_are_not_complete_are_kept_and_settle_nothing(client: Browser):
    audit, page = begun(client)
    status, body = autosave(client, audit, page, PRIZES, {"unit": "kroner"})
    assert (status, body["version"]) == (200, 1)
    page = client.page(f"{audit}/{SECTION}")
    assert page.fields()[f"{PRIZES}.unit"] == "kroner"
    assert points(page) == "0 of 7"


def test_the_currency_of_one_list_is_offered_in_the_next(client: Browser):
    audit, _ = begun(client)
    page = saved(client, audit, CLOSE)
    assert page.fields()[f"{INFORMS}.unit"] == "pounds"
    assert client.submit(page, do="continue").status_code == 303
    assert client.page(f"{audit}/{SECTION}").fields()[f"{INFORMS}.version"] == "0", "offered is not typed"


def test_the_script_is_told_what_is_wrong_without_losing_it(client: Browser):
    audit, page = begun(client)
    status, body = autosave(client, audit, page, PRIZES, own(places(("300", "lots"))))
    assert status == 422
    assert "Men: Write a number, such as 300" in fragment(body["card"])
    assert 'value="lots"' in body["card"]
    right = own(places(("300", "300")))
    status, body = autosave(client, audit, page, PRIZES, right, marked="y")
    assert (status, "Write a number" in body["card"]) == (200, False)


def test_a_row_comes_to_the_script_with_the_criterion(client: Browser):
    audit, page = begun(client)
    status, body = autosave(client, audit, page, PRIZES, own(CLOSE), do=f"row:{PRIZES}")
    assert status == 200
    assert 'id="A1_row-4"' in body["card"]


# Two at once, and the next edition


def collided(client: Browser) -> tuple[str, Page]:
    """Two people typed different prizes; the page the second one gets."""
    audit, page = begun(client)
    saved(client, audit, EQUAL)
    response = client.submit(page, CLOSE, do="continue")
    assert response.status_code == 409
    return audit, Page(response)


def test_two_prize_lists_that_collide_are_shown_side_by_side(client: Browser):
    _, page = collided(client)
    mine, theirs = page.by_id("A1_mine"), page.by_id("A1_theirs")
    assert mine is not None
    assert theirs is not None
    assert "Partly, from the numbers." in words(mine)
    assert "3: Women 120, Men 150" in words(mine)
    assert "Currency: pounds" in words(mine)
    assert "Fully, from the numbers." in words(theirs)
    page = client.follow(client.submit(page, {f"{PRIZES}.keep": "mine"}, do="stay"))
    assert page.fields()[f"{PRIZES}.row-3-men"] == "150"
    assert points(page) == "2½ of 7"


def test_keeping_theirs_brings_their_numbers(client: Browser):
    audit, page = collided(client)
    client.submit(page, {f"{PRIZES}.keep": "theirs"}, do="stay")
    page = client.page(f"{audit}/{SECTION}")
    assert page.fields()[f"{PRIZES}.row-3-men"] == ""
    assert points(page) == "5 of 7"


def test_untouched_numbers_never_collide(client: Browser):
    audit, page = begun(client)
    saved(client, audit, EQUAL)
    assert client.submit(page, {"ramp.choice": "full"}, do="stay").status_code == 303
    assert points(client.page(f"{audit}/{SECTION}")) == "6 of 7"


def test_carried_numbers_wait_to_be_confirmed(client: Browser):
    audit, _ = begun(client)
    saved(client, audit, CLOSE)
    response = client.submit(completed(client, audit), action=f"{audit}/next-edition")
    following = response.location.removesuffix("/details")
    page = client.page(f"{following}/{SECTION}")
    assert page.fields()[f"{PRIZES}.row-3-men"] == "150"
    assert points(page) == "0 of 7"
    confirmed = client.submit(page, {f"{PRIZES}.confirm": "y", f"{SHARED}.confirm": "y"}, do="stay")
    page = client.follow(confirmed)
    assert points(page) == "2½ of 7"
    changed = {f"{PRIZES}.row-3-women": "150"}
    assert points(client.follow(client.submit(page, changed, do="stay"))) == "5 of 7"


def test_a_grade_from_numbers_is_named_on_the_check_page(client: Browser):
    audit, _ = begun(client)
    saved(client, audit, CLOSE)
    assert "Partly, from the numbers. There is one at the start" in client.page(f"{audit}/check").text


def test_what_was_typed_is_shown_where_the_form_is_refused(client: Browser):
    typed = {f"{PRIZES}.row-1-women": "300", f"{PRIZES}.rows": "3", f"{PRIZES}.of-source": "abc"}
    page = Page(client.post("/audits/new", data=typed, headers={"Origin": "http://localhost"}))
    assert [words(one) for one in page.all("dt")] == ["prize money, row 1 women"]


def test_what_will_be_public_of_the_numbers_is_shown_before_it_is(client: Browser):
    audit, _ = begun(client)
    saved(client, audit, CLOSE)
    completed(client, audit)
    page = client.page(f"{audit}/publish")
    assert "The worked figure, public too" in page.text
    assert "120 ÷ 150 = 0.80" in page.text
