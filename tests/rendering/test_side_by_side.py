"""Reports side by side on paper: scores, picture, sections, differences first, its head on every page, no row torn."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

import pikepdf
import pytest

from auditapp.catalogue import load_catalogue, read_answers
from auditapp.domain.audit import Answer
from auditapp.domain.comparison import compare
from auditapp.domain.report import Publication, PublicationState, Report, report_on
from auditapp.domain.standing import standing_of
from auditapp.rendering.matrix import LeftOut
from auditapp.rendering.press import Press
from auditapp.rendering.side_by_side import Place, SideBySide, side_by_side_html
from auditapp.resources import PACKAGE, resource_dir
from tests.builders import a_checklist, a_criterion, a_report, an_event, answered
from tests.rendering.test_pdf import texts

CATALOGUE = load_catalogue([resource_dir("checklists")])
ON = dt.date(2026, 11, 25)
PUBLISHED = Publication(slug="a-report", state=PublicationState.LIVE, published_on=ON)


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


def the_examples() -> list[Report]:
    reports = []
    for path in sorted((PACKAGE / "examples").glob("*.yaml")):
        given = read_answers(path, CATALOGUE)
        checklist = CATALOGUE.get(given.checklist)
        reports.append(report_on(checklist, given.event, given.facts, given.answers, completed_on=ON))
    return reports[:6]


def sheet(reports: list[Report], *, left_out: LeftOut | None = None, published: bool = True) -> SideBySide:
    """The sheet of these reports, as they stand on the day, all published or none."""
    places = tuple(
        Place(
            f"https://wholefield.example/reports/report-{number}", standing_of(PUBLISHED, one.expires_on, ON)
        )
        if published
        else None
        for number, one in enumerate(reports, start=1)
    )
    address = "https://wholefield.example/reports/compare?report=report-1&report=report-2"
    return SideBySide(
        compare(reports), places, "Whole Field", ON, address if published else None, left_out or LeftOut()
    )


@pytest.fixture(scope="module")
def six(press: Press, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = press.print(side_by_side_html(sheet(the_examples())))
    assert made.conforms
    path = tmp_path_factory.mktemp("six") / "six.pdf"
    path.write_bytes(made.pdf)
    return path


def test_the_first_page_has_every_report_with_score_date_and_address(six: Path):
    reports = the_examples()
    first = " ".join(texts(six.read_bytes())[0].split())
    for number, (report, column) in enumerate(zip(reports, compare(reports).columns, strict=True), start=1):
        assert report.title in first
        assert f"{column.shared.percent}%" in first.replace(" %", "%")
        assert f"wholefield.example/reports/report-{number}" in first
    assert first.count("Answers from 25 November 2026") == 6
    assert "Prizes and recognition" in first
    assert "wholefield.example/reports/compare?report=" in first


def test_every_page_is_landscape_with_a_head_a_number_and_a_running_title(six: Path):
    with pikepdf.open(six) as pdf:
        assert all([round(float(side)) for side in page.mediabox] == [0, 0, 842, 595] for page in pdf.pages)
    pages = [" ".join(text.split()) for text in texts(six.read_bytes())]
    for number, page in enumerate(pages[1:], start=2):
        assert f"{number} of {len(pages)}" in page
        assert "Six events, side by side, as of 25 November 2026" in page
    for page in pages[differences(pages) :]:
        assert "Criterion" in page


def differences(pages: list[str]) -> int:
    """The page the matrix begins on."""
    return next(place for place, page in enumerate(pages) if "Differencesfirst" in "".join(page.split()))


def test_pictures_of_sections_and_numbers_stand_before_the_matrix(six: Path):
    comparison = compare(the_examples())
    pages = [" ".join(text.split()) for text in texts(six.read_bytes())]
    before = " ".join(pages[: differences(pages)])
    for row in comparison.with_numbers:
        assert f"{row.code} " in before
    assert "Lowest ratio at any place" in before
    last = pages[-1]
    for part in comparison.not_shared:
        assert f"{len(part.rows)} criteria." in last


def test_one_event_over_its_years_is_named_and_drawn():
    reports = [
        a_report(answered({"ramp": grade}), event=an_event(edition=str(year), date=dt.date(year, 5, 16)))
        for year, grade in ((2026, "none"), (2027, "full"))
    ]
    html = side_by_side_html(sheet(reports))
    assert "Two editions of Ridgeline Half Marathon, side by side" in html
    assert "Ridgeline Half Marathon: 0% in 2026, 100% in 2027." in html


def test_the_matrix_has_every_difference_widest_first():
    comparison = compare(the_examples())
    html = side_by_side_html(sheet(the_examples()))
    codes = re.findall(r'<td class="code"><span class="reference[^"]*">(\w+)</span>', html)
    differing = [row.code for row in comparison.differing]
    assert codes[: len(differing)] == differing
    assert sorted(codes) == sorted(row.code for row in comparison.rows)


def test_no_row_goes_over_to_the_next_page(six: Path):
    whole = ["".join(text.split()) for text in texts(six.read_bytes())]
    pages = whole[differences(whole) :]
    for row in compare(the_examples()).rows:
        title = "".join(row.title.split())
        assert sum(title in page for page in pages) == 1, row.title


def test_figures_of_the_picture_stand_in_a_table():
    comparison = compare(the_examples())
    html = side_by_side_html(sheet(the_examples()))
    table = html.split("Points and score by section", 1)[1].split("</table>")[0]
    for column in comparison.columns:
        assert f"<strong>{column.shared.percent}%</strong>" in table
    for section in comparison.sections:
        assert (section.title in table) == any(sums.possible for sums in section.sums)


def test_what_is_left_out_is_said_and_why():
    html = side_by_side_html(
        sheet(the_examples()[:2], left_out=LeftOut(("Hillfoot 10K",), ("no-such-report",), 2))
    )
    assert "Hillfoot 10K</bdi>” was withdrawn by its organiser and is left out." in html
    assert "There is no report with this address:" in html
    assert "the last 2 you chose are left out" in html


def test_reports_from_files_name_no_address():
    html = side_by_side_html(sheet(the_examples()[:2], published=False))
    assert "<a " not in html
    assert "Two events, side by side" in html


def test_long_titles_notes_and_other_scripts_keep_their_place(press: Press):
    checklist = a_checklist(criteria=[a_criterion(f"c{n}", f"A{n}", title="Long " * 39) for n in range(12)])
    note = "A sentence that does not want to end " * 40
    names = ["W" * 190, "Immer derselbe Name " * 9, "Immer derselbe Name " * 9, "Łódź", "Ōtautahi", "Ürümqi"]
    reports = [
        a_report(
            {name: Answer(grade=grade, note=note) for name in (f"c{n}" for n in range(12))},
            checklist=checklist,
            event=an_event(name.strip(), edition=str(number)),
        )
        for number, (name, grade) in enumerate(zip(names, ("full", "none") * 3, strict=True))
    ]
    made = press.print(side_by_side_html(sheet(reports)))
    assert made.conforms
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert len(pdf.pages) < 12


def test_same_answers_and_nothing_shared_have_words_of_their_own():
    same = a_report(answered({"ramp": "full"}))
    html = side_by_side_html(sheet([same, same]))
    assert "All answered one criterion alike." in html
    without = a_report(answered({"ramp": "not-applicable"}))
    html = side_by_side_html(sheet([same, without]))
    assert "No criterion applies to all of them, so there is no shared score." in html
