"""Worked figures on a published report: the picture, the working, who settled the grade, and the numbers to redo it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditapp.domain.audit import Answer
from tests.builders import an_event, prizes
from tests.measured import REF, checklist_folder
from tests.public import Site, a_site
from tests.reading import read


@pytest.fixture(scope="module")
def races(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site on which two races published what they pay."""
    folder: Path = checklist_folder(tmp_path_factory.mktemp("checklists"))
    site = a_site(tmp_path_factory.mktemp("races"), checklists=(folder,), checklist=REF)
    close = prizes((300, 300), (200, 200), (120, 150))
    site.publish(
        an_event("Ridgeline Half Marathon", edition=""),
        {
            "A1": Answer(numbers=close),
            "A2": Answer(grade="full"),
            "A3": Answer(numbers=prizes((50, 50)), grade="full"),
        },
    )
    site.publish(
        an_event("Marrowdale Half", edition=""),
        {"A1": Answer(numbers=prizes((100, 100), (50, 50))), "A4": Answer(grade="partly")},
    )
    return site


def test_a_finding_shows_its_figure_with_the_working_and_the_numbers(races):
    page = read(races.client.get("/reports/ridgeline-half-marathon"))
    for said in (
        "The worked figure from the numbers",
        "the 3rd place pays women £30 less.",
        "Lowest ratio at any place 120 ÷ 150 = 0.80",
        "lowest ratio at any place at least 1 0.80, not reached",
        "At each place, the women’s prize divided by the men’s prize.",
        "3rd 120 150",
    ):
        assert said in page.text, said


def test_the_page_says_who_settled_a_grade(races):
    page = read(races.client.get("/reports/ridgeline-half-marathon"))
    assert "Answer Fully Evidence Declared 1 of 1 point chosen by hand: declared" in page.text
    assert "This measure informs and has no pass mark: the grade is chosen by hand." in page.text


def test_numbers_shared_by_two_criteria_stand_once(races):
    page = read(races.client.get("/reports/marrowdale-half"))
    heading_and_two_drawings = 3
    assert page.text.count("Prizes place by place") == heading_and_two_drawings
    assert "The numbers, the picture and the working stand at A1." in page.text


def test_the_method_explains_the_measures_of_this_report(races):
    text = read(races.client.get("/reports/ridgeline-half-marathon")).text
    assert "How the measures of this report are worked out" in text
    assert "it is marked “from the numbers” and counts as evidence" in text


def test_the_document_carries_numbers_and_figures(races):
    document = json.loads(races.client.get("/reports/ridgeline-half-marathon.json").data)
    assert document["schema_version"] == "1.2"
    assert document["answers"]["prize-money"]["settled_by"] == "numbers"
    assert document["answers"]["prize-money"]["numbers"]["rows"][2]["cells"] == {"women": "120", "men": "150"}
    assert document["figures"]["prize-money"]["quantities"][0]["value"] == "4/5"


def test_the_comparison_shows_the_number_behind_each_grade(races):
    page = read(races.client.get("/reports/compare?report=ridgeline-half-marathon&report=marrowdale-half"))
    assert "Partly Lowest ratio at any place: 0.80 Evidence Evidenced" in page.text
    assert "Fully Lowest ratio at any place: 1.00 Evidence Evidenced" in page.text


def test_the_comparison_carries_the_numbers_as_csv(races):
    answer = races.client.get("/reports/compare.csv?report=ridgeline-half-marathon&report=marrowdale-half")
    rows = answer.get_data(as_text=True).splitlines()
    (prize_money,) = [row for row in rows if row.startswith("A1,")]
    assert prize_money.count("Lowest ratio at any place,0.8,ratio") == 1
    assert prize_money.endswith("Lowest ratio at any place,1,ratio,0,,")
