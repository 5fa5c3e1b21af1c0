"""A report on one page: one page, whatever stands in it, that says what the report comes to."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pikepdf
import pytest

from auditapp.catalogue import load_catalogue, read_answers
from auditapp.domain.report import Publication, PublicationState, Report, report_on
from auditapp.domain.standing import standing_of
from auditapp.rendering import conformance
from auditapp.rendering.html import CheckAt
from auditapp.rendering.one_page import OnePage, one_page_html
from auditapp.rendering.press import Press
from auditapp.resources import PACKAGE, resource_dir
from tests.builders import a_checklist, a_criterion, a_level, a_report, an_event, answered
from tests.paper import printed

CATALOGUE = load_catalogue([resource_dir("checklists")])
ON = dt.date(2026, 11, 25)
CHECK_AT = CheckAt("7H3K-0QZ1-XW9M", "https://wholefield.example/verify/7H3K-0QZ1-XW9M")
PUBLISHED = Publication(slug="ridgeline-2027", state=PublicationState.LIVE, published_on=ON)
REPLACED = PUBLISHED.model_copy(update={"state": PublicationState.SUPERSEDED, "superseded_by": "a-later-one"})


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


def read(path: Path, *, quick: bool = False) -> Report:
    """The report on an answers file, or on what the quick audit asks of it."""
    given = read_answers(path, CATALOGUE)
    checklist = CATALOGUE.get(given.checklist)
    answers = {
        name: one
        for name, one in given.answers.items()
        if not quick or checklist.criterion(name).in_quick_audit
    }
    return report_on(checklist, given.event, given.facts, answers, completed_on=ON)


def ridgeline(*, quick: bool = False) -> Report:
    return read(PACKAGE / "examples" / "ridgeline-half-marathon-2027.yaml", quick=quick)


def page(report: Report, publication: Publication | None = PUBLISHED, today: dt.date = ON) -> OnePage:
    """The page of a report published under an address, as it stands on a day."""
    return OnePage(
        report,
        publication,
        "Whole Field",
        address="https://wholefield.example/reports/ridgeline-2027" if publication else None,
        check_at=CHECK_AT if publication else None,
        standing=standing_of(publication, report.expires_on, today) if publication else None,
    )


def the_longest() -> Report:
    """Everything a report may hold at its longest: names, titles, sections, essentials, a plan."""
    sections = [f"{name}-of-a-rather-long-name-for-a-section" for name in "abcdefgh"]
    title = "A criterion whose title is as long as titles may ever be " + "and goes on " * 11
    return a_report(
        answered({f"c{number}": ("full", "none")[number % 2] for number in range(50)}),
        checklist=a_checklist(
            criteria=[
                a_criterion(
                    f"c{number}", f"A{number}", section=sections[number % 8], title=title, essential=True
                )
                for number in range(60)
            ],
            sections=sections,
            levels=[a_level("good", score=90, section_floor=50)],
        ),
        event=an_event("W" * 195, place="W" * 200, organiser="m" * 200, date=None),
    )


REPORTS = {
    "the largest real event": lambda: read(Path(__file__).parents[1] / "events" / "london-marathon.yaml"),
    "an example": ridgeline,
    "nothing but a quick audit": lambda: ridgeline(quick=True),
    "nothing answered": a_report,
    "nothing applies": lambda: a_report(answered({"ramp": "not-applicable"})),
    "everything at its longest": the_longest,
    "other scripts": lambda: a_report(
        event=an_event("سباق القاهرة للسيدات", place="תל אביב", organiser="Ōtautahi")
    ),
}


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("today", [ON, dt.date(2036, 1, 1)], ids=["live", "later"])
def test_it_is_one_page_of_a4_that_conforms(press: Press, name: str, today: dt.date):
    report = REPORTS[name]()
    made = press.print(one_page_html(page(report, PUBLISHED if today == ON else REPLACED, today)))
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        (only,) = pdf.pages
        assert [round(float(side)) for side in only.mediabox] == [0, 0, 595, 842]
        assert str(pdf.docinfo["/Title"]) == f"{report.title}: inclusivity report on one page"
    if name != "other scripts":
        assert made.conforms
        assert conformance.problems(made.pdf) == ()


def test_it_says_what_the_report_comes_to(press: Press, tmp_path: Path):
    report = ridgeline()
    path = tmp_path / "page.pdf"
    path.write_bytes(press.print(one_page_html(page(report))).pdf)
    text = printed(path).text.replace(" ", "")
    for words in (
        report.title,
        "Sunday 16 May 2027",
        "Organised by Ridgeline Events (example).",
        f"{report.score.total.percent}%",
        "Level Established",
        "Nobody independent has checked the answers.",
        "Completed 25 November 2026, published 25 November 2026, valid until",
        f"19 of {report.score.essentials.applicable} met at least partly. Not met or not answered: A7",
        "Next level: Advanced.",
        CHECK_AT.code,
        "wholefield.example/verify/7H3K-0QZ1-XW9M",
        "wholefield.example/reports/ridgeline-2027",
    ):
        assert words.replace(" ", "") in text, words
    for finding in (*report.strongest, *report.weakest):
        assert report.criterion(finding).title.replace(" ", "") in text
    for sums in report.score.sections:
        if sums.possible:
            assert report.checklist.section(sums.id).title.replace(" ", "") in text


def test_of_a_quick_audit_it_tells_essentials_and_no_score():
    html = one_page_html(page(ridgeline(quick=True)))
    assert "Essentials only" in html
    assert "%<" not in html
    assert "Next level" not in html
    assert "Pregnancy deferral" in html


def test_it_says_whether_the_report_still_stands():
    assert "stopped standing" not in one_page_html(page(ridgeline()))
    expired = one_page_html(page(ridgeline(), today=dt.date(2036, 1, 1)))
    assert "This report stopped standing for the event on" in expired
    replaced = one_page_html(page(ridgeline(), REPLACED))
    assert "wholefield.example/reports/a-later-one" in replaced


def test_one_that_is_not_published_names_no_address():
    html = one_page_html(page(ridgeline(), None))
    assert "<a " not in html
    assert "Completed 25 November 2026, valid until" in html
