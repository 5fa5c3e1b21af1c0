"""What a person does on the organiser's pages, by what they see: labels, buttons and headings, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

from auditapp.catalogue import load_catalogue
from auditapp.domain.audit import Answer, Event, Evidence
from auditapp.domain.checklist import Checklist, Criterion
from auditapp.domain.facts import Fact, FactValue
from auditapp.domain.measures.shown import ordinal
from auditapp.domain.measuring import worked
from auditapp.rendering.words import date_words
from auditapp.resources import resource_dir

CATALOGUE = load_catalogue((resource_dir("checklists"),))
CHECKLIST: Checklist = CATALOGUE.get("endurance-event@1.0")

NOTE = "Note (optional, shown in the report)"
PATIENCE = 180_000
"""Milliseconds a PDF is waited for: on a busy machine, many times what it takes alone."""
BY_HAND = "or choose a grade by hand, which is then only declared"


def starting_with(words: str) -> re.Pattern[str]:
    """Names that begin with these words."""
    return re.compile(f"^{re.escape(' '.join(words.split()))}")


def press(page: Page, name: str) -> None:
    """Press the button of that name."""
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    """Follow the link of that name in the page itself, not in its head or foot."""
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def on_page(page: Page, heading: str) -> None:
    """Wait until the page of that heading is there."""
    expect(page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible()


def start_audit(page: Page, event: Event) -> str:
    """From the start page to the task list; the private link."""
    page.goto("/")
    follow(page, "Start an audit")
    on_page(page, "Start an audit")
    page.get_by_label("Name of the event").fill(event.name)
    if event.edition:
        page.get_by_label("Edition").fill(event.edition)
    if event.date:
        page.get_by_label("Date").fill(date_words(event.date))
    press(page, "Start")
    on_page(page, event.title)
    return private_link(page)


def private_link(page: Page) -> str:
    """The private link, read from the task list."""
    return page.get_by_role("textbox", name="Private link").input_value()


def give_facts(page: Page, event: Event, facts: dict[str, FactValue]) -> None:
    """Fill in the facts from the task list, and come back to it."""
    page.get_by_role("link", name="Facts", exact=True).click()
    on_page(page, "Facts about the event")
    for label, words in (
        ("Town or area", event.place),
        ("Country", event.country),
        ("Website", event.website or ""),
        ("Organiser", event.organiser),
    ):
        if words:
            page.get_by_role("textbox", name=starting_with(label)).fill(words)
    for fact in CHECKLIST.facts:
        if fact.id in facts:
            give_fact(page, fact, facts[fact.id])
    press(page, "Save and continue")
    on_page(page, event.title)


def give_fact(page: Page, fact: Fact, value: FactValue) -> None:
    """Answer one question about the event."""
    if fact.type in ("number", "date"):
        page.get_by_label(fact.question).fill(str(value))
        return
    label = {True: "Yes", False: "No"}[value] if isinstance(value, bool) else fact.choice_label(value)
    group = page.get_by_role("group", name=fact.question)
    group.get_by_role("radio", name=label, exact=True).check()


def open_section(page: Page, section_id: str) -> None:
    """Go from the task list to a section."""
    title = CHECKLIST.section(section_id).title
    page.get_by_role("heading", name=title, exact=True).get_by_role("link").click()
    on_page(page, title)


def card_of(page: Page, criterion: Criterion | str) -> Locator:
    """The part of a section page that holds the criterion."""
    one = CHECKLIST.criterion(criterion) if isinstance(criterion, str) else criterion
    heading = page.get_by_role("heading", level=2, name=one.question, exact=True)
    return page.get_by_role("article").filter(has=heading)


def grade_row(card: Locator, criterion: Criterion, grade_id: str) -> Locator:
    """The radio button of a grade, brought out where numbers come first."""
    if criterion.measure is not None and not criterion.measure.informs_only:
        unfold(card, BY_HAND)
    return card.get_by_role("radio", name=starting_with(criterion.grade(grade_id).says))


@contextmanager
def saving(page: Page, criterion: Criterion) -> Iterator[None]:
    """Wait until the answer has saved itself after what is done in the block."""
    with page.expect_response(
        lambda answer: (
            answer.request.method == "POST"
            and answer.url.endswith(f"/answers/{criterion.id}")
            and answer.status == 200  # what was refused before may only now come back
        )
    ):
        yield
    expect(card_of(page, criterion).get_by_text(re.compile(r"^Saved \d\d:\d\d$"))).to_be_visible()


def give_answer(page: Page, criterion: Criterion, answer: Answer) -> None:
    """Answer a criterion on its section page, piece by piece; each piece saves itself."""
    card = card_of(page, criterion)
    if answer.numbers:
        type_numbers(page, criterion, answer)
    elif answer.grade is not None:
        grade_row(card, criterion, answer.grade)
        with saving(page, criterion):
            card.locator("label").filter(has_text=criterion.grade(answer.grade).says).click()
    if answer.note:
        unfold(card, "Add a note")
        with saving(page, criterion):
            card.get_by_label(NOTE).fill(answer.note)
    for evidence in answer.evidence:
        with saving(page, criterion):
            type_evidence(card, evidence)
            card.get_by_role("button", name="Add this link").click()
        expect(attached(card)).to_have_count(answer.evidence.index(evidence) + 1)


def type_numbers(page: Page, criterion: Criterion, answer: Answer) -> None:
    """Type a list of prizes, adding places as they are needed, and wait until all it comes to stands there."""
    card = card_of(page, criterion)
    numbers, figure = answer.numbers, worked(criterion, answer)
    assert numbers is not None
    assert figure is not None
    assert not numbers.values, "only lists of prizes are typed"
    card.get_by_label("Currency").fill(numbers.unit)
    for place, row in enumerate(numbers.rows, start=1):
        if not prize(card, place, "Women").count():
            card.get_by_role("button", name="Add another place").click()
            expect(prize(card, place, "Women")).to_be_focused()
        for column, amount in row.cells.items():
            prize(card, place, column.capitalize()).fill(str(amount))
    page.keyboard.press("Tab")
    for step in figure.steps:
        assert step.text is not None
        expect(worked_figure(card)).to_contain_text(step.text)
    expect(card.get_by_text(re.compile(r"^Saved \d\d:\d\d"))).to_be_visible()


def prize(card: Locator, place: int, who: str) -> Locator:
    """The input for what a place pays to women or men."""
    return card.get_by_role("textbox", name=f"{ordinal(place)} {who}", exact=True)


def worked_figure(card: Locator) -> Locator:
    """What the numbers of a criterion come to."""
    return card.get_by_role("region", name=starting_with("The worked figure"))


def unfold(card: Locator, words: str) -> None:
    """Open what is folded under these words, unless it is open already."""
    summary = card.get_by_text(words, exact=True)
    if not summary.evaluate("summary => summary.closest('details').open"):
        summary.click()


def attached(card: Locator) -> Locator:
    """The links that have been added to an answer."""
    return card.get_by_role("listitem").filter(
        has=card.page.get_by_role("button", name=starting_with("Remove"))
    )


def type_evidence(card: Locator, evidence: Evidence) -> None:
    """Fill in the row of a new link, without adding it yet."""
    unfold(card, "Add a link")
    card.get_by_role("textbox", name=starting_with("Address")).fill(evidence.url)
    card.get_by_role("combobox", name=starting_with("What it is")).select_option(evidence.kind)
    card.get_by_role("textbox", name=starting_with("What it shows")).fill(evidence.title)
    if evidence.date:
        card.get_by_role("textbox", name=starting_with("Its date")).fill(date_words(evidence.date))
