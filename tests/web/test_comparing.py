"""A comparison in every form it can be taken away in: sorted, as data, and as a frame for other people's pages."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from auditapp.domain.audit import Answer
from tests.builders import an_event
from tests.public import a_site
from tests.reading import read, said

RIDGELINE, MARROWDALE = "ridgeline-half-marathon-2027", "marrowdale-half-2027"
SVG = "{http://www.w3.org/2000/svg}"
BOTH = f"report={RIDGELINE}&report={MARROWDALE}"


def full(*codes: str) -> dict[str, Answer]:
    return {code: Answer(grade="full") for code in codes}


@pytest.fixture(scope="module")
def years(tmp_path_factory):
    """Three years of one event, the middle one withdrawn, and another event."""
    site = a_site(tmp_path_factory.mktemp("years"))
    published = {
        year: site.publish(
            an_event("Hollin Fell", edition=str(year), date=dt.date(year, 5, 16)), full("A4", *more)
        )
        for year, more in ((2025, ()), (2026, ("B3",)), (2027, ("B3", "C2")))
    }
    published[2026].withdraw("The shirt order changed.")
    site.publish(an_event("Other Run"), full("A4"))
    return site


def test_numbers_stand_beside_their_grades_and_sort_the_reports(examples):
    page = read(examples.client.get(f"/reports/compare?{BOTH}"))
    assert "Lowest ratio at any place Prize money is equal at every place" in page.text
    link = next(
        one.get("href", "")
        for one in page.all("a")
        if said(one) == "highest first: Lowest ratio at any place"
    )
    assert link == f"/reports/compare?report={MARROWDALE}&report={RIDGELINE}#numbers"
    turned = read(examples.client.get(link))
    row = next(one for one in turned.all("th") if "Lowest ratio at any place" in said(one))
    assert row.get("aria-sort") == "descending"


def test_pictures_have_a_title_and_a_sentence(examples):
    page = read(examples.client.get(f"/reports/compare?{BOTH}"))
    pictures = [one for one in page.all(f"{SVG}svg") if "glyph-map" in (one.get("class") or "")]
    assert len(pictures) == 2
    for picture in pictures:
        assert said(picture[0]) == "Every criterion as a glyph, section by section"
        assert "criteria in 2 rows." in said(picture[1])


def test_one_event_over_its_years_is_named_once_and_drawn_as_slopes(years):
    page = read(years.client.get("/reports/compare?report=hollin-fell-2025&report=hollin-fell-2027"))
    assert page.heading == "Two editions of Hollin Fell, side by side"
    assert re.search(r"Hollin Fell: \d+% in 2025, \d+% in 2027\.", page.text)
    assert (
        "Over the years"
        not in read(years.client.get("/reports/compare?report=hollin-fell-2025&report=other-run-2027")).text
    )


def test_what_is_left_out_is_listed_with_its_reason(examples):
    page = read(examples.client.get(f"/reports/compare?{BOTH}"))
    assert "Left out of the score like for like" in page.text
    assert re.search(r"Does not apply to all: \d+ criteria", page.text)


def test_the_same_as_json_says_how_each_report_stands(years):
    response = years.client.get(
        "/reports/compare.json?report=hollin-fell-2025&report=hollin-fell-2026&report=other-run-2027&report=nobody"
    )
    data = response.get_json()
    assert [(one["slug"], one["state"]) for one in data["reports"]] == [
        ("hollin-fell-2025", "live"),
        ("other-run-2027", "live"),
    ]
    assert data["not_compared"] == {"withdrawn": ["hollin-fell-2026"], "unknown": ["nobody"], "too_many": 0}
    assert data["url"].endswith("/reports/compare?report=hollin-fell-2025&report=other-run-2027")
    again = years.client.get(response.request.url, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
    assert years.client.get("/reports/compare.json?report=hollin-fell-2025").status_code == 422


def test_a_frame_loads_nothing_sets_nothing_and_may_be_shown_anywhere(examples):
    response = examples.client.get(f"/reports/compare/embed?{BOTH}")
    page = read(response)
    assert page.heading == "Two events, side by side"
    policy = response.headers["Content-Security-Policy"]
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/]+=*'; base-uri 'none'; form-action 'none'; frame-ancestors \*",
        policy,
    )
    assert "Set-Cookie" not in response.headers
    assert "X-Frame-Options" not in response.headers
    for tag in ("script", "link", "img", "iframe", "form"):
        assert not page.all(tag), tag
    assert {link.get("target") for link in page.all("a")} == {"_blank"}
    assert all((link.get("href") or "").startswith("http") for link in page.all("a"))
    assert len(response.data) < 40_000
    again = examples.client.get(response.request.url, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_only_the_frame_may_be_framed(examples):
    response = examples.client.get(f"/reports/compare?{BOTH}")
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert f"/reports/compare/embed?{BOTH}".replace("&", "&amp;amp;") in response.text


def test_a_frame_says_how_each_report_stands_and_shows_nothing_of_a_withdrawn_one(years):
    page = read(
        years.client.get(
            "/reports/compare/embed?report=hollin-fell-2025&report=hollin-fell-2026&report=hollin-fell-2027"
        )
    )
    assert page.heading == "Two editions of Hollin Fell, side by side"
    assert page.text.count("Live, stands until") == 2
    assert "Hollin Fell 2026 Withdrawn by its organiser on" in page.text
    assert "and no longer compared: “The shirt order changed.”" in page.text


def test_a_frame_of_which_one_report_is_left_compares_nothing(years):
    page = read(years.client.get("/reports/compare/embed?report=hollin-fell-2025&report=hollin-fell-2026"))
    assert page.heading == "These reports cannot be compared"
    assert "%" not in page.text
    lost = years.client.get("/reports/compare/embed?report=nobody&report=nothing")
    assert lost.status_code == 404
    assert "2 reports of this comparison do not exist." in read(lost).text


def test_no_number_of_reports_takes_more_queries(years):
    for address in ("compare", "compare/embed", "compare.json"):
        years.client.get(f"/reports/{address}?report=hollin-fell-2025&report=other-run-2027")
        counts = []
        for reports in (
            ("hollin-fell-2025", "other-run-2027"),
            ("hollin-fell-2025", "hollin-fell-2027", "other-run-2027"),
        ):
            with years.statements() as asked:
                years.client.get(f"/reports/{address}?" + "&".join(f"report={one}" for one in reports))
            counts.append(len(asked))
        assert counts[0] == counts[1] <= 5, address
