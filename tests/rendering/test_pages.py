"""Where the pages of real reports begin and end: none holds nothing but a heading or the rest of a table."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from auditapp.catalogue import load_catalogue, read_answers
from auditapp.domain.report import report_on
from auditapp.rendering.pdf import render_report_pdf
from auditapp.resources import PACKAGE, resource_dir
from tests.rendering.test_pdf import texts

FEWEST_WORDS = 40
FILES = (
    Path(__file__).parents[1] / "events" / "london-marathon.yaml",
    PACKAGE / "examples" / "ridgeline-half-marathon-2027.yaml",
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_page_is_a_heading_or_a_remainder(path: Path):
    catalogue = load_catalogue([resource_dir("checklists")])
    given = read_answers(path, catalogue)
    checklist = catalogue.get(given.checklist)
    report = report_on(checklist, given.event, given.facts, given.answers, completed_on=dt.date(2026, 11, 25))
    pages = texts(render_report_pdf(report, product_name="Whole Field"))
    assert [number for number, page in enumerate(pages, start=1) if len(page.split()) < FEWEST_WORDS] == []
    assert "The result on one page" in pages[1]
    assert "Before the race" in pages[2].split("No.")[0]
