"""Lists on paper: the search in words, its address, every row with its result, and the way on where there are more."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from auditapp.domain.scoring import Count
from auditapp.rendering.listed import ListedRow, ListSheet, list_html
from auditapp.rendering.press import Press
from tests.paper import printed, tables
from tests.rendering.test_pdf import texts

ON = dt.date(2026, 11, 26)
ADDRESS = "https://wholefield.example/reports/?q=ridge&country=GB"


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


def a_row(name: str = "Ridgeline Half Marathon 2027", **changes: Any) -> ListedRow:
    given: dict[str, Any] = {
        "title": name,
        "address": "https://wholefield.example/reports/ridgeline",
        "day": dt.date(2027, 5, 16),
        "published_on": dt.date(2026, 11, 1),
        "expires_on": dt.date(2027, 11, 1),
        "expired": False,
        "percent": 63,
        "evidenced_percent": 46,
        "level": "Established",
        "essentials_only": None,
        "place": "Ridgeline",
        "organiser": "Ridgeline Events",
        "distance": "21.1",
        "starters": "1,900",
        "strengths": (("A1", "Women are as visible as men", True), ("D1", "Prize money is equal", False)),
    }
    return ListedRow(**(given | changes))


def a_sheet(*rows: ListedRow, **changes: Any) -> ListSheet:
    given: dict[str, Any] = {
        "kind": "reports",
        "rows": rows,
        "total": len(rows),
        "before": 0,
        "following": None,
        "searched": ("“ridge”", "Country: United Kingdom"),
        "order": "Newest first",
        "product_name": "Whole Field",
        "address": ADDRESS,
        "on": ON,
    }
    return ListSheet(**(given | changes))


def read(made: bytes, folder: Path):
    path = folder / "list.pdf"
    path.write_bytes(made)
    return printed(path)


def test_a_list_says_what_was_asked_and_every_result(press: Press, tmp_path: Path):
    quick = a_row(
        "Port Ennis 10k 2026",
        percent=None,
        evidenced_percent=None,
        level=None,
        essentials_only=Count(met=15, applicable=20),
        day=None,
        expired=True,
        expires_on=dt.date(2026, 11, 2),
    )
    made = press.print(list_html(a_sheet(a_row(), quick)))
    assert made.conforms
    asked, listed = tables(read(made.pdf, tmp_path))
    assert asked.rows[:3] == (
        ("Search", "“ridge” Country: United Kingdom"),
        ("Order", "Newest first"),
        ("Always the same search", ADDRESS),
    )
    first, second = listed.body
    assert first[0].startswith(
        "Ridgeline Half Marathon 2027 Ridgeline . 21.1 km, 1,900 people. Ridgeline Events"
    )
    assert "Published 1 November 2026." in first[0]
    assert first[0].endswith("wholefield.example/reports/ridgeline")
    assert first[1:] == ("16 May 2027", "63%", "46%", "Established")
    assert second[1] == "day not given"
    assert second[2:] == ("–", "–", "Essentials only: 15 of 20 Ran out on 2 November 2026")


def test_a_list_that_is_cut_says_so_and_where_it_goes_on(press: Press):
    following = "https://wholefield.example/reports/list.pdf?q=ridge&after=12"
    html = list_html(a_sheet(a_row(), a_row(), total=1234, before=200, following=following))
    assert "201 to 202 of 1,234" in html
    assert 'href="https://wholefield.example/reports/list.pdf?q=ridge&amp;after=12"' in html
    assert "1,234 reports." in html
    assert "Those that follow" not in list_html(a_sheet(a_row()))


def test_a_calendar_has_its_months_and_the_reasons_beside_each_event(press: Press, tmp_path: Path):
    april = a_row("Marrowdale Half 2027", day=dt.date(2027, 4, 11), away="about 12 km away", strengths=())
    made = press.print(list_html(a_sheet(april, a_row(), kind="to-come", searched=())))
    assert made.conforms
    asked, listed = tables(read(made.pdf, tmp_path))
    assert asked.rows[0] == ("Search", "Everything that is published")
    assert [row[0] for row in listed.body] == [
        "April 2027",
        "Sunday 11 April 2027",
        "May 2027",
        "Sunday 16 May 2027",
    ]
    assert "Ridgeline , about 12 km away." in listed.body[1][1]
    assert listed.body[3][2:] == (
        "A1 Women are as visible as men with evidence D1 Prize money is equal",
        "63% Established",
    )
    assert "2 events to come." in list_html(a_sheet(april, april, kind="to-come"))
    assert "One event" not in list_html(a_sheet(april, kind="held"))
    assert "1 event that was held." in list_html(a_sheet(april, kind="held"))


def test_a_full_list_is_tagged_numbered_and_no_row_is_torn(press: Press):
    rows = [a_row(f"Event number {number}") for number in range(60)]
    made = press.print(list_html(a_sheet(*rows)))
    assert made.conforms
    pages = [" ".join(text.split()) for text in texts(made.pdf)]
    for page in pages[1:]:
        assert page.startswith("Report Edition")
        assert "Published reports, as of 26 November 2026" in page
    for row in rows:
        assert sum(f"{row.title} " in page for page in pages) == 1
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf, pdf.open_metadata() as said:
        assert [said.get(key) for key in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")] == [
            "3",
            "A",
            "1",
        ]


@pytest.mark.parametrize(
    ("kind", "words"), [("reports", "No published report fits."), ("held", "No event fits.")]
)
def test_nothing_found_is_said(press: Press, kind: str, words: str):
    html = list_html(a_sheet(kind=kind))
    assert words in html
    assert press.print(html).conforms


def test_what_strangers_typed_stays_text(press: Press):
    row = a_row("<b>x</b>" + "W" * 180, place="女子", organiser="<script>")
    made = press.print(list_html(a_sheet(row, searched=("“<i>”",), address="javascript:alert(1)")))
    assert made.conforms
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        links = [str(one.A.URI) for page in pdf.pages for one in page.get("/Annots", [])]
    assert links == ["https://wholefield.example/reports/ridgeline"]
