"""An event over its years on paper: editions in their place, the score as a line, each step, every criterion."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pikepdf
import pytest

from auditapp.domain.report import Publication, PublicationState, Report
from auditapp.domain.standing import standing_of
from auditapp.domain.timeline import timeline
from auditapp.rendering.over_years import OverYears, headline, over_years_html
from auditapp.rendering.press import Press
from tests.builders import a_checklist, a_criterion, a_report, an_event, answered
from tests.paper import Element, printed, tables
from tests.rendering.test_pdf import texts

ON = dt.date(2026, 11, 26)
FIRST = a_checklist({"ramp": 2, "map": 2, "medal": 1, "loop": 1, "pool": 1}, essentials=["map"])
WITHDRAWN, SUPERSEDED = PublicationState.WITHDRAWN, PublicationState.SUPERSEDED


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


def published(
    year: int, grades: dict[str, str], state: PublicationState = PublicationState.LIVE, **parts: object
) -> tuple[Publication, Report]:
    slug = str(parts.pop("slug", f"hollin-fell-{year}"))
    event = an_event("Hollin Fell", edition=str(year), date=dt.date(year, 5, 16))
    report = a_report(
        answered(grades, evidenced=True), checklist=FIRST, event=event, completed_on=dt.date(year, 2, 1)
    )
    told = {"slug": slug, "state": state, "published_on": dt.date(year, 2, 2)} | parts
    return Publication.model_validate(told), report


FOUR_YEARS = (
    published(2023, {"ramp": "none", "map": "full", "medal": "none", "pool": "not-applicable"}),
    published(2024, {"ramp": "none"}, SUPERSEDED, superseded_by="hollin-fell-2024-2"),
    published(
        2024,
        {"ramp": "full", "map": "partly", "medal": "full", "pool": "not-applicable"},
        slug="hollin-fell-2024-2",
    ),
    published(2025, {"ramp": "full"}, WITHDRAWN, reason="Wrong file.", withdrawn_on=dt.date(2025, 9, 1)),
    published(2026, {"ramp": "full", "map": "none", "loop": "full", "pool": "not-applicable"}),
)


def sheet(
    pairs: tuple[tuple[Publication, Report], ...] = FOUR_YEARS, *, name: str = "Hollin Fell"
) -> OverYears:
    found = timeline(pairs)
    return OverYears(
        name=name,
        place="Hollin, Northshire",
        organiser="Hollin Runners",
        timeline=found,
        standings=tuple(standing_of(one.publication, one.expires_on, ON) for one in found.editions),
        addresses=tuple(
            f"https://wholefield.example/reports/{one.publication.slug}" for one in found.editions
        ),
        earlier=2,
        line=(75, "Established from 75%"),
        product_name="Whole Field",
        address="https://wholefield.example/events/hollin-fell",
        on=ON,
    )


@pytest.fixture(scope="module")
def paper(press: Press, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = press.print(over_years_html(sheet()))
    assert made.conforms
    path = tmp_path_factory.mktemp("years") / "hollin-fell.pdf"
    path.write_bytes(made.pdf)
    return path


@pytest.fixture(scope="module")
def read(paper: Path) -> Element:
    return printed(paper)


def test_every_edition_stands_in_its_place_newest_first(read: Element):
    editions = [row for one in tables(read) if one.rows[0][0] == "Report" for row in one.body]
    assert [row[1:] for row in editions] == [
        ("50%", "50%", "No level"),
        ("–", "–", "Withdrawn"),
        ("66%", "66%", "No level"),
        ("0%", "0%", "No level"),
        ("33%", "33%", "No level"),
    ]
    assert "Withdrawn by its organiser on 1 September 2025: “ Wrong file. ”" in editions[1][0]
    assert "Replaced since by a later report" in editions[3][0]
    assert "wholefield.example/reports/hollin-fell-2024-2" in editions[2][0]
    assert "2 earlier reports are not shown here" in read.text


def test_what_got_better_and_worse_stands_in_tables_with_both_answers(read: Element):
    found = {one.caption: one.body for one in tables(read)}
    assert [row[0::2] for row in found["What got worse from 2024 to 2026"]] == [("A2", "Partly")]
    assert found["What got better from 2023 to 2024"][0] == ("A1", "There is a ramp", "Not met", "Fully")
    assert "One answered for the first time. A4" in read.text
    assert "One not answered any longer. A3" in read.text
    assert "What got better from 2024 to 2026" not in found
    assert "Better: 0 None" in read.text


def test_every_criterion_has_a_column_for_each_edition_that_counts(read: Element):
    (lines,) = (one for one in tables(read) if one.caption.startswith("The answer to every criterion"))
    assert lines.rows[0] == ("No.", "Criterion", "2023", "2024", "2026")
    assert ("A1", "There is a ramp", "Not met", "Fully", "Fully") in lines.rows
    assert not any(row[0] == "A5" for row in lines.rows)
    assert "One did not apply in any edition. A5" in read.text


def test_the_picture_says_its_figures_and_the_sections_have_them_in_a_table(paper: Path, read: Element):
    assert any("score" in words.lower() for words in alternatives(paper))
    (sections,) = (one for one in tables(read) if one.caption.startswith("Score by section"))
    assert ("Whole checklist", "33", "66", "50") in sections.rows


def alternatives(paper: Path) -> list[str]:
    """What is said in place of each picture."""
    with pikepdf.open(paper) as pdf:
        return [
            str(one["/Alt"]) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one
        ]


def test_the_sheet_is_tagged_titled_and_dated_like_a_report(paper: Path):
    with pikepdf.open(paper) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo["/Title"]) == "Hollin Fell over its years"
        with pdf.open_metadata() as said:
            assert [said.get(key) for key in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")] == [
                "3",
                "A",
                "1",
            ]
    pages = [" ".join(text.split()) for text in texts(paper.read_bytes())]
    assert "wholefield.example/events/hollin-fell" in pages[0]
    assert f"2 of {len(pages)}" in pages[1]
    assert "Hollin Fell over its years, as of 26 November 2026" in pages[1]


def test_it_begins_with_the_newest_score_and_the_last_step():
    assert list(headline(sheet().timeline)) == [
        ("50", "%", "2026, no level"),
        ("50", "%", "counting only what is evidenced"),
        ("0", "better", "and 1 worse since 2024"),
    ]


def test_an_event_of_which_nothing_stands_says_so(press: Press):
    html = over_years_html(sheet(FOUR_YEARS[3:4]))
    assert "No report on this event stands." in html
    assert press.print(html).conforms


def test_many_editions_have_marks_that_are_named_and_old_steps_only_codes(press: Press):
    grades = ("none", "partly", "full")
    pairs = tuple(
        published(year, {"ramp": grades[year % 3], "map": grades[(year + 1) % 3]})
        for year in range(2015, 2027)
    )
    html = over_years_html(sheet(pairs))
    assert html.count("What got worse from") == 2
    assert "From 2015 to 2016" in html
    assert 'role="img" focusable="false"><title>Partly</title>' in html
    made = press.print(html)
    assert made.conforms
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert len(pdf.pages) <= 5


def test_a_name_of_any_length_and_script_keeps_its_place(press: Press):
    for name in ("W" * 190, "Ōtautahi ürümqi " * 12, "女子マラソン"):
        assert press.print(over_years_html(sheet(FOUR_YEARS[:1], name=name.strip()))).conforms


def test_a_title_that_just_fits_is_not_broken_after_its_first_word(press: Press, tmp_path: Path):
    title = "There are enough toilets for women at the start"
    checklist = a_checklist(criteria=[a_criterion("toilets", "C1", title=title, essential=True)])
    pairs = []
    for publication, report in FOUR_YEARS[::2]:
        answer = answered({"toilets": "full"})
        pairs.append((publication, a_report(answer, checklist=checklist, event=report.event)))
    made = press.print(over_years_html(sheet(tuple(pairs))))
    lines = [" ".join(line.split()) for page in texts(made.pdf) for line in page.splitlines()]
    assert not any(line.endswith("C1 There") or line == "There" for line in lines)
    assert any(title in line for line in lines)
