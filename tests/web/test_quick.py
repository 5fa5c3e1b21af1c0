"""The quick audit: the same audit on a shorter way, and nothing asked twice."""

from __future__ import annotations

import re

import pytest

from auditapp.domain.checklist import Checklist
from auditapp.domain.facts import Fact
from auditapp.domain.measures import MEASURES
from auditapp.domain.quick import quick_criteria, quick_facts, quick_minutes
from tests.pages import Browser, Page
from tests.web.walk import autosave, completed, started, with_facts


@pytest.fixture(scope="module")
def checklist(app) -> Checklist:
    """The checklist audits begin with."""
    found: Checklist = app.extensions["auditapp"].catalogue.get("endurance-event")
    return found


def begun(client: Browser) -> tuple[str, Page]:
    """An audit started with the quick audit: the address of its task list, and the page that follows."""
    response = client.submit(client.page("/audits/new"), {"name": "Fellside Ten"}, way="quick")
    page = client.follow(response)
    return page.response.request.path.rsplit("/", 1)[0], page


def walked(client: Browser, page: Page, grade: str | None) -> Page:
    """From a page of the quick audit to its end, every criterion answered with the grade at this place."""
    for _page in range(20):
        path = page.response.request.path
        if path.endswith("/quick"):
            return page
        choices: dict[str, str | None] = {}
        for control in page.all("input", type="radio"):
            name = control.get("name") or ""
            if grade is not None and name.endswith(".choice") and control.get("value") == grade:
                choices[name] = grade
        page = client.follow(client.submit(page, choices, do="continue"))
    raise AssertionError("the quick audit has no end")


def asked_on(page: Page) -> list[str]:
    """The codes of the criteria on a page."""
    return [article.get("id") or "" for article in page.all("article")]


def given(fact: Fact) -> str:
    """What a form sends for a fact: no, nothing of it, or as little as can be."""
    return {"boolean": "no", "choice": fact.choices[-1].id if fact.choices else "", "number": "100"}[
        fact.type
    ]


def test_it_is_offered_where_an_audit_is_started_and_on_the_task_list(client: Browser, checklist: Checklist):
    minutes = f"in about {quick_minutes(checklist)} minutes"
    assert minutes in client.page("/audits/new").text
    assert "Short of time? About" in client.page("/").text
    page = client.page(started(client))
    assert minutes in page.text
    assert "Quick audit Not started" in page.text


def test_it_asks_only_the_facts_that_decide_and_then_only_its_own_criteria(
    client: Browser, checklist: Checklist
):
    _audit, page = begun(client)
    assert page.heading == "A few facts first"
    names = {name for name in page.fields() if name.startswith("fact-")} | {
        control.get("name") for control in page.all("input", type="radio")
    }
    assert names == {f"fact-{fact.id}" for fact in quick_facts(checklist)}
    assert len(names) < len(checklist.facts)
    asked: list[str] = []
    page = client.follow(client.submit(page))
    while not page.response.request.path.endswith("/quick"):
        asked += asked_on(page)
        page = client.follow(client.submit(page, do="continue"))
    assert asked == [criterion.code for criterion in quick_criteria(checklist)]


def test_it_has_few_pages_and_counts_them(client: Browser):
    _audit, page = begun(client)
    places = []
    while not page.response.request.path.endswith("/quick"):
        places.append(re.search(r"Quick audit, page (\d+) of (\d+)", page.text))
        page = client.follow(client.submit(page, do="continue"))
    numbers = [(int(found[1]), int(found[2])) for found in places if found]
    assert numbers == [(number, len(places)) for number in range(1, len(places) + 1)]
    assert len(places) <= 9


def test_its_result_counts_essentials_and_gives_no_level_and_no_percentage(
    client: Browser, checklist: Checklist
):
    _audit, page = begun(client)
    page = walked(client, client.follow(client.submit(page)), "partly")
    essentials = sum(criterion.essential for criterion in checklist.criteria)
    assert f"All {len(quick_criteria(checklist))} criteria have an answer." in page.text
    assert (
        f"Fellside Ten {essentials} of {essentials} essentials met at least partly Essentials only"
        in page.text
    )
    assert f"0 of {essentials} essentials met in full" in page.text
    assert "%" not in page.text
    assert "Level" not in page.text
    subjects = page.text.partition("Subject by subject")[2].partition("The three changes")[0]
    for criterion in quick_criteria(checklist):
        found = re.search(rf"{criterion.code}\s*{re.escape(criterion.title)}\s*Answer\s*Partly", subjects)
        assert (found is not None) == (criterion.subject is not None)
    assert "The three changes that cost least" in page.text
    assert "What stands open" not in page.text


def test_what_stands_open_leads_back_to_its_place(client: Browser, checklist: Checklist):
    audit, page = begun(client)
    page = walked(client, client.follow(client.submit(page)), "none")
    assert (
        f"{sum(criterion.essential for criterion in checklist.criteria)} essentials are not met" in page.text
    )
    first = quick_criteria(checklist)[0]
    links = {link.get("href") for link in page.all("a")}
    assert f"{audit}/quick/{first.section}#{first.code}" in links


def test_an_unfinished_one_goes_on_where_it_was_left(client: Browser, checklist: Checklist):
    audit, page = begun(client)
    page = client.follow(client.submit(page))
    first = quick_criteria(checklist)[0]
    client.submit(page, {f"{first.id}.choice": "full"}, do="leave")
    tasks = client.page(audit)
    assert f"1 of {len(quick_criteria(checklist))} answered" in tasks.text
    (on,) = [link for link in tasks.all("a") if "".join(link.itertext()) == "Continue the quick audit"]
    assert on.get("href") == f"{audit}/quick/{first.section}"
    result = client.page(f"{audit}/quick")
    assert f"1 of {len(quick_criteria(checklist))} criteria have an answer." in result.text
    assert "criteria have no answer yet" in result.text


def test_the_full_audit_asks_nothing_twice(client: Browser, checklist: Checklist):
    audit, page = begun(client)
    asked = quick_facts(checklist)
    page = client.follow(client.submit(page, {f"fact-{fact.id}": given(fact) for fact in asked}))
    page = walked(client, page, "full")
    details = client.page(f"{audit}/details")
    folded = details.all("details")[-1]
    inside = {control.get("name") or "" for control in folded.iter("input")}
    assert inside == {f"fact-{fact.id}" for fact in asked}
    assert f"{len(asked)} facts you gave in the quick audit" in details.text
    after = client.follow(client.submit(details))
    assert after.response.request.path == audit
    kept = client.page(f"{audit}/details").fields()
    assert {name: kept[name] for name in inside} == {f"fact-{fact.id}": given(fact) for fact in asked}
    # In a section that the quick audit has begun, the way on leads to the first criterion without an answer.
    answered = {criterion.code for criterion in quick_criteria(checklist)}
    continuing = [
        link.get("href") or ""
        for link in after.all("a")
        if "".join(link.itertext()).startswith("Continue with")
    ]
    address, _, code = continuing[0].partition("#")
    section = client.page(address)
    assert code not in answered
    standing = [
        one for one in asked_on(section) if f"{checklist.criterion(one).id}.choice" in section.fields()
    ]
    assert set(standing) == answered & set(asked_on(section))


def test_facts_of_the_quick_audit_change_only_what_they_ask(client: Browser, checklist: Checklist):
    audit = started(client)
    asked = {fact.id for fact in quick_facts(checklist)}
    (other,) = [fact for fact in checklist.facts if fact.id not in asked and fact.type == "boolean"][:1]
    (own,) = [fact for fact in quick_facts(checklist) if fact.type == "boolean"][:1]
    with_facts(client, audit, {other.id: "yes", own.id: "yes"})
    page = client.page(f"{audit}/quick-facts")
    assert page.fields()[f"fact-{own.id}"] == "yes"
    client.submit(page, {f"fact-{own.id}": ""})
    fields = client.page(f"{audit}/details").fields()
    assert (fields[f"fact-{other.id}"], fields[f"fact-{own.id}"]) == ("yes", "")
    assert "Facts Done" in client.page(audit).text


def test_a_fact_that_cannot_be_read_is_shown_again(client: Browser, checklist: Checklist):
    (number,) = [fact for fact in quick_facts(checklist) if fact.type == "number"][:1]
    _audit, page = begun(client)
    response = client.submit(page, {f"fact-{number.id}": "many"})
    assert response.status_code == 422
    again = Page(response)
    assert again.fields()[f"fact-{number.id}"] == "many"
    assert "One entry needs another look" in again.text
    response = client.submit(again, {f"fact-{number.id}": "-5"})
    assert response.status_code == 422


def test_two_people_giving_facts_see_each_other(client: Browser, checklist: Checklist):
    (own,) = [fact for fact in quick_facts(checklist) if fact.type == "boolean"][:1]
    audit, page = begun(client)
    client.submit(page, {f"fact-{own.id}": "yes"})
    response = client.submit(page, {f"fact-{own.id}": "no"})
    assert response.status_code == 409
    again = Page(response)
    assert "Somebody else changed these facts meanwhile" in again.text
    assert "You: No. They: Yes." in again.text
    assert client.submit(again).status_code == 303
    assert client.page(f"{audit}/quick-facts").fields()[f"fact-{own.id}"] == "no"


def test_answers_save_themselves_and_bring_the_essentials_along(client: Browser, checklist: Checklist):
    audit, page = begun(client)
    page = client.follow(client.submit(page))
    first = quick_criteria(checklist)[0]
    (form,) = page.all("form", id="answers")
    assert form.get("data-save") == f"{audit}/quick/answers/-"
    status, body = autosave(client, f"{audit}/quick", page, first.id, {"choice": "full"})
    assert (status, body["version"]) == (200, 1)
    assert "Essentials so far" in body["live"]
    assert "Score" not in body["live"]


def test_a_section_of_which_it_asks_nothing_is_passed_over(client: Browser, checklist: Checklist):
    audit, page = begun(client)
    asked = {criterion.section for criterion in quick_criteria(checklist)}
    empty = [section.id for section in checklist.sections if section.id not in asked]
    ruled = {f"fact-{fact.id}": given(fact) for fact in quick_facts(checklist)}
    client.submit(page, ruled)
    for section in (*empty, "prizes-and-recognition"):
        assert client.get(f"{audit}/quick/{section}").status_code == 303
    assert client.get(f"{audit}/quick/nothing").status_code == 404


def test_completed_like_this_the_report_counts_essentials(client: Browser, checklist: Checklist):
    audit, page = begun(client)
    walked(client, client.follow(client.submit(page)), "partly")
    essentials = sum(criterion.essential for criterion in checklist.criteria)
    words = f"Essentials only: {essentials} of {essentials}"
    check = client.page(f"{audit}/check")
    assert (
        f"So far only the quick audit is answered. Completed like this, the report says “{words}”"
        in check.text
    )
    for absent in ("What would reach", "Points by section", "Your plan to"):
        assert absent not in check.text
    page = completed(client, audit)
    assert f"{essentials} of {essentials} essentials met at least partly Essentials only" in page.text
    assert "No level" not in page.text
    publish = client.page(f"{audit}/publish")
    assert "Essentials only" in publish.text
    assert client.get(f"{audit}/quick").status_code == 303, "a completed audit leads to its report"


def test_going_on_brings_the_score_back(client: Browser, checklist: Checklist):
    audit, page = begun(client)
    walked(client, client.follow(client.submit(page)), "full")
    other = next(criterion for criterion in checklist.criteria if not criterion.in_quick_audit)
    section = client.page(f"{audit}/{other.section}")
    client.submit(section, {f"{other.id}.choice": "none"}, do="leave")
    assert "Level" in client.page(f"{audit}/check").text
    assert "You have begun it already." in client.page(f"{audit}/quick").text


def test_numbers_wait_below_the_grades_and_come_first_once_they_are_given(
    client: Browser, checklist: Checklist
):
    audit, page = begun(client)
    client.submit(page)
    criterion = next(one for one in quick_criteria(checklist) if one.measure and not one.measure.numbers_from)

    def order(address: str) -> list[str]:
        """What comes first within the criterion: its grades, or its numbers."""
        article = client.page(f"{audit}/{address}{criterion.section}").by_id(criterion.code)
        assert article is not None
        found = [
            "numbers" if element.get("id") == f"{criterion.code}_numbers" else "grades"
            for element in article.iter()
            if element.get("id") == f"{criterion.code}_numbers" or element.get("class") == "answers"
        ]
        return list(dict.fromkeys(found))

    assert order("quick/") == ["grades", "numbers"]
    assert order("") == ["numbers", "grades"]
    field = MEASURES[criterion.measure.name].fields[0] if criterion.measure else None
    assert field is not None
    quick = client.page(f"{audit}/quick/{criterion.section}")
    box = next(name for name in quick.fields() if re.fullmatch(rf"{criterion.id}\.\w*-?{field.id}", name))
    client.submit(quick, {box: "40"}, do=f"work:{criterion.id}")
    assert order("quick/") == ["numbers", "grades"]
