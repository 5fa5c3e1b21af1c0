"""What the page of a report tells other sites."""

from __future__ import annotations

import datetime as dt
import json

from auditapp.domain.audit import Answer
from tests.builders import an_event
from tests.pages import Page
from tests.public import Site

RIDGELINE = "ridgeline-half-marathon-2027"
HOME = "http://127.0.0.1:8000"


def tags(page: Page) -> dict[str, str]:
    return {str(tag.get("property") or tag.get("name")): tag.get("content", "") for tag in page.all("meta")}


def data(page: Page) -> dict[str, object]:
    (script,) = page.all("script", type="application/ld+json")
    found: dict[str, object] = json.loads(script.text or "")
    return found


def test_a_link_to_a_report_shows_its_picture_and_its_result(examples: Site):
    page = Page(examples.client.get(f"/reports/{RIDGELINE}"))
    told = tags(page)
    assert told["og:title"] == "Ridgeline Half Marathon 2027: inclusivity report"
    assert (
        told["description"]
        == told["og:description"]
        == (
            "63%, Established. 46% counting only answers with evidence. The organiser answered about its own event."
        )
    )
    assert told["og:image"] == f"{HOME}/reports/{RIDGELINE}/preview.png"
    assert (told["og:image:width"], told["twitter:card"]) == ("1200", "summary_large_image")
    linked = data(page)
    assert (linked["@context"], linked["url"]) == ("https://schema.org", f"{HOME}/reports/{RIDGELINE}")
    assert linked["image"] == told["og:image"]


def test_no_text_of_strangers_ends_the_data(site: Site):
    name = "</script><script>alert(1)</script>"
    published = site.publish(an_event(name, organiser="<!-- & ]]>"), {"A4": Answer(grade="full")})
    page = Page(site.client.get(f"/reports/{published.slug}"))
    assert data(page)["headline"] == f"{name} 2027"
    assert "<script>alert" not in page.html


def test_the_picture_is_kept_for_minutes_and_has_a_validator(examples: Site):
    response = examples.client.get(f"/reports/{RIDGELINE}/preview.png")
    assert response.mimetype == "image/png"
    assert response.data.startswith(b"\x89PNG")
    assert response.cache_control.max_age == 300
    mark = {"If-None-Match": response.headers["ETag"]}
    assert examples.client.get(f"/reports/{RIDGELINE}/preview.png", headers=mark).status_code == 304
    assert examples.client.get("/reports/nothing/preview.png").status_code == 404


def test_the_picture_changes_with_the_state_of_the_report(site: Site):
    published = site.publish(answers={"A2": Answer(grade="full"), "A4": Answer(grade="full")})
    address = f"/reports/{published.slug}/preview.png"
    live = site.client.get(address)
    later = site.correct(published, {"A4": Answer(grade="none")}, dt.date(2026, 11, 24))
    replaced = site.client.get(address, headers={"If-None-Match": live.headers["ETag"]})
    assert replaced.status_code == 200
    assert tags(Page(site.client.get(f"/reports/{published.slug}")))["description"].startswith(
        "A later report has replaced this one."
    )
    published.withdraw("Not so.")
    withdrawn = site.client.get(address, headers={"If-None-Match": replaced.headers["ETag"]})
    assert len({live.data, replaced.data, withdrawn.data}) == 3
    gone = Page(site.client.get(f"/reports/{published.slug}"))
    assert not gone.all("script", type="application/ld+json")
    assert "og:image" not in tags(gone)
    assert data(Page(site.client.get(f"/reports/{later.slug}")))["creativeWorkStatus"] == "live"


def test_the_page_of_an_event_tells_of_its_editions_and_shows_the_newest(site: Site):
    first = site.publish(an_event(edition="2026", date=dt.date(2026, 5, 1)), {"A4": Answer(grade="full")})
    second = site.publish(an_event(edition="2027", date=dt.date(2027, 5, 1)), {"A4": Answer(grade="full")})
    page = Page(site.client.get("/events/ridgeline-half-marathon"))
    told, linked = tags(page), data(page)
    assert told["og:image"] == f"{HOME}/reports/{second.slug}/preview.png"
    assert "2 published reports" in told["description"]
    assert (linked["@type"], linked["name"]) == ("EventSeries", "Ridgeline Half Marathon")
    assert linked["subEvent"] == [
        {
            "@type": "SportsEvent",
            "name": f"Ridgeline Half Marathon {year}",
            "startDate": f"{year}-05-01",
            "subjectOf": {"@type": "Report", "url": f"{HOME}/reports/{one.slug}"},
        }
        for year, one in ((2026, first), (2027, second))
    ]
    for one in (first, second):
        one.withdraw("Not so.")
    page = Page(site.client.get("/events/ridgeline-half-marathon"))
    assert "og:image" not in tags(page)
    assert data(page)["subEvent"] == []
