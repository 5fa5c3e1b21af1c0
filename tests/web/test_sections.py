"""A section page without scripts: saving, refusing, links one by one, two people at once."""

from __future__ import annotations

from tests.pages import Browser, Page
from tests.web.walk import answered, started

SECTION = "before-the-race"
WITH_REASON, REASON = "field-target", "already-near-half"


def criteria(client: Browser, audit: str) -> list[str]:
    """The ids of the criteria of the section."""
    page = client.page(f"{audit}/{SECTION}")
    return [article.get("data-criterion") or "" for article in page.all("article")]


def conflicting(client: Browser, mine: str, theirs: str) -> tuple[str, str, Page]:
    """Two people answer the same criterion; the page the second one gets."""
    audit = started(client)
    criterion = criteria(client, audit)[0]
    page = client.page(f"{audit}/{SECTION}")
    answered(client, audit, SECTION, {criterion: theirs})
    response = client.submit(
        page, {f"{criterion}.choice": mine, f"{criterion}.note": "My note"}, do="continue"
    )
    assert response.status_code == 409
    return audit, criterion, Page(response)


def test_the_button_saves_and_leads_on(client: Browser):
    audit = started(client)
    first, second, *_ = criteria(client, audit)
    page = answered(client, audit, SECTION, {first: "full", second: "partly"})
    assert page.heading == "Entry and policy"
    back = client.page(f"{audit}/{SECTION}")
    assert back.fields()[f"{first}.choice"] == "full"
    assert "Saved" in back.text
    assert "2 of 9" in back.text


def test_the_last_section_leads_to_the_check_page(client: Browser):
    audit = started(client)
    assert answered(client, audit, "ultra-and-trail", {}).heading == "Check your answers"


def test_saving_and_coming_back_later_leads_to_the_task_list(client: Browser):
    audit = started(client)
    response = client.submit(client.page(f"{audit}/{SECTION}"), do="leave")
    assert response.location == audit


def test_what_can_be_saved_is_saved_and_the_rest_stays_typed(client: Browser):
    audit = started(client)
    first, second, third, *_ = criteria(client, audit)
    last = WITH_REASON
    response = client.submit(
        client.page(f"{audit}/{SECTION}"),
        {
            f"{first}.choice": "full",
            f"{second}.choice": "partly",
            f"{second}.new-url": "ridgeline size chart",
            f"{second}.new-date": "someday",
            f"{third}.choice": "full",
            f"{third}.note": "n" * 4001,
            f"{last}.choice": "not_applicable",
            f"{last}.note": "Still thinking",
        },
        do="continue",
    )
    assert response.status_code == 422
    page = Page(response)
    assert "Three answers need another look" in page.text
    assert "A2: Enter the whole address, starting with https://" in page.text
    assert "A2: Write the date like 16 May 2027" in page.text
    assert "A3: Use at most 4,000 characters; this is 1 too long" in page.text
    assert "A8: Choose why this does not apply" in page.text
    fields = page.fields()
    assert fields[f"{second}.new-url"] == "ridgeline size chart"
    assert fields[f"{third}.note"] == "n" * 4001
    assert fields[f"{last}.note"] == "Still thinking"
    stored = client.page(f"{audit}/{SECTION}").fields()
    assert stored[f"{first}.choice"] == "full"
    assert f"{second}.choice" not in stored


def test_every_error_leads_to_its_field(client: Browser):
    audit = started(client)
    response = client.submit(
        client.page(f"{audit}/{SECTION}"), {f"{WITH_REASON}.choice": "not_applicable"}, do="continue"
    )
    summary = [link.get("href") for link in Page(response).all("a") if "A8:" in "".join(link.itertext())]
    assert summary == [f"#A8_answer-reason-{REASON}"]


def test_links_are_added_one_by_one_without_losing_the_page(client: Browser):
    audit = started(client)
    first, second, *_ = criteria(client, audit)
    page = client.page(f"{audit}/{SECTION}")
    page = client.follow(
        client.submit(
            page,
            {
                f"{first}.choice": "full",
                f"{first}.new-url": "https://ridgelinehalf.example/pictures",
                f"{first}.new-kind": "number",
                f"{first}.new-date": "4/1/2027",
                f"{second}.note": "Not forgotten",
            },
            do=f"add:{first}",
        )
    )
    assert "ridgelinehalf.example/pictures" in page.text
    assert "Figures or data, dated 4 January 2027" in page.text
    assert "Evidenced" in page.text
    assert page.fields()[f"{second}.note"] == "Not forgotten"
    page = client.follow(
        client.submit(page, {f"{first}.new-url": "https://ridgelinehalf.example/two"}, do=f"add:{first}")
    )
    assert page.fields()[f"{first}.count"] == "2"
    page = client.follow(client.submit(page, do=f"remove:{first}:0"))
    assert "pictures" not in page.text.split("Evidence")[1]
    assert page.fields()[f"{first}.evidence-0-url"] == "https://ridgelinehalf.example/two"


def test_adding_nothing_says_what_is_missing(client: Browser):
    audit = started(client)
    first = criteria(client, audit)[0]
    response = client.submit(client.page(f"{audit}/{SECTION}"), do=f"add:{first}")
    assert response.status_code == 422
    assert "A1: Enter the whole address" in response.text


def test_an_address_that_is_no_web_page_is_refused(client: Browser):
    audit = started(client)
    first = criteria(client, audit)[0]
    page = client.page(f"{audit}/{SECTION}")
    response = client.submit(page, {f"{first}.new-url": "javascript:alert(1)"}, do=f"add:{first}")
    assert response.status_code == 422
    assert 'href="javascript' not in response.text


def test_an_answer_can_be_cleared(client: Browser):
    audit = started(client)
    first = criteria(client, audit)[0]
    answered(client, audit, SECTION, {first: "full"})
    page = client.follow(client.submit(client.page(f"{audit}/{SECTION}"), do=f"clear:{first}"))
    assert f"{first}.choice" not in page.fields()
    assert "0 of 100" in client.page(audit).text


def test_not_applicable_needs_a_listed_reason_and_leaves_the_sum(client: Browser):
    audit = started(client)
    last = WITH_REASON
    page = client.page(f"{audit}/{SECTION}")
    client.submit(page, {f"{last}.choice": "not_applicable", f"{last}.reason": REASON}, do="continue")
    assert "of 24" in client.page(f"{audit}/{SECTION}").text
    forged = client.submit(
        client.page(f"{audit}/{SECTION}"),
        {f"{last}.choice": "not_applicable", f"{last}.reason": "because"},
        do="continue",
    )
    assert forged.status_code == 422


def test_a_forged_grade_is_refused(client: Browser):
    audit = started(client)
    first = criteria(client, audit)[0]
    response = client.submit(
        client.page(f"{audit}/{SECTION}"), {f"{first}.choice": "splendid"}, do="continue"
    )
    assert response.status_code == 422
    assert "A1: Choose one of these answers" in response.text


def test_answers_to_different_criteria_never_collide(client: Browser):
    audit = started(client)
    first, second, *_ = criteria(client, audit)
    stale = client.page(f"{audit}/{SECTION}")
    answered(client, audit, SECTION, {first: "partly"})
    response = client.submit(stale, {f"{second}.choice": "full"}, do="continue")
    assert response.status_code == 303
    fields = client.page(f"{audit}/{SECTION}").fields()
    assert (fields[f"{first}.choice"], fields[f"{second}.choice"]) == ("partly", "full")


def test_the_second_to_save_sees_both_versions(client: Browser):
    audit, criterion, page = conflicting(client, mine="full", theirs="partly")
    assert "A1: Somebody else saved another answer. Choose which to keep" in page.text
    assert "My note" in page.text
    assert client.page(f"{audit}/{SECTION}").fields()[f"{criterion}.choice"] == "partly"
    undecided = client.submit(page, action=None, do="continue")
    assert undecided.status_code == 422
    assert "A1: Choose which of the two answers to keep" in undecided.text


def test_keeping_mine_saves_it(client: Browser):
    audit, criterion, page = conflicting(client, mine="full", theirs="partly")
    assert client.submit(page, {f"{criterion}.keep": "mine"}, do="continue").status_code == 303
    fields = client.page(f"{audit}/{SECTION}").fields()
    assert (fields[f"{criterion}.choice"], fields[f"{criterion}.note"]) == ("full", "My note")


def test_keeping_theirs_leaves_it(client: Browser):
    audit, criterion, page = conflicting(client, mine="full", theirs="partly")
    assert client.submit(page, {f"{criterion}.keep": "theirs"}, do="continue").status_code == 303
    fields = client.page(f"{audit}/{SECTION}").fields()
    assert (fields[f"{criterion}.choice"], fields[f"{criterion}.note"]) == ("partly", "")


def test_sending_a_page_twice_is_harmless(client: Browser):
    audit = started(client)
    first = criteria(client, audit)[0]
    page = client.page(f"{audit}/{SECTION}")
    for _again in range(2):
        assert client.submit(page, {f"{first}.choice": "full"}, do="continue").status_code == 303
    assert client.page(f"{audit}/{SECTION}").fields()[f"{first}.version"] == "1"


def test_line_ends_and_markup_in_a_note_come_back_as_typed(client: Browser):
    audit = started(client)
    first = criteria(client, audit)[0]
    client.submit(
        client.page(f"{audit}/{SECTION}"), {f"{first}.note": "One\r\n<script>two</script>"}, do="continue"
    )
    page = client.page(f"{audit}/{SECTION}")
    assert page.fields()[f"{first}.note"] == "One\n<script>two</script>"


def test_a_section_page_keeps_to_its_budget(client: Browser):
    audit = started(client)
    import gzip

    for section in ("entry-and-policy", "race-day"):
        body = client.get(f"{audit}/{section}").data
        assert len(body) < 240_000
        assert len(gzip.compress(body)) < 32_000


def test_a_section_nobody_knows_is_not_found(client: Browser):
    audit = started(client)
    client.page(f"{audit}/no-such-section", status=404)
