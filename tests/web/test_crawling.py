"""What programs that read the web find."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from auditapp.domain.audit import Answer
from auditapp.services import mapping
from auditapp.storage.database import db
from tests.builders import an_event
from tests.public import Site

HOME = "http://127.0.0.1:8000"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def places(response) -> list[str]:
    assert (response.status_code, response.mimetype) == (200, "application/xml")
    return [str(element.text) for element in ET.fromstring(response.data).iter(LOC)]  # noqa: S314 - our own


def test_robots_are_kept_from_audits_alone_and_shown_the_map(examples: Site):
    response = examples.client.get("/robots.txt")
    assert response.mimetype == "text/plain"
    assert response.text.splitlines() == [
        "User-agent: *",
        "Disallow: /audits/",
        f"Sitemap: {HOME}/sitemap.xml",
    ]


def test_every_live_report_is_on_the_map(examples: Site):
    parts = places(examples.client.get("/sitemap.xml"))
    names = ("pages", "reports-1", "events-1")
    assert parts == [f"{HOME}/sitemap-{name}.xml" for name in names]
    pages = [place for part in parts for place in places(examples.client.get(part.removeprefix(HOME)))]
    assert f"{HOME}/reports/ridgeline-half-marathon-2027" in pages
    assert f"{HOME}/checklists/endurance-event/1.0" in pages
    assert f"{HOME}/events/ridgeline-half-marathon" in pages
    assert len(pages) == len(set(pages))
    for page in pages:
        assert examples.client.get(page.removeprefix(HOME)).status_code == 200


def test_withdrawn_and_replaced_reports_are_not_on_it(site: Site):
    assert places(site.client.get("/sitemap.xml")) == [f"{HOME}/sitemap-pages.xml"]
    first = site.publish(answers={"A4": Answer(grade="partly")})
    second = site.correct(first, {"A4": Answer(grade="full")}, first.publication.published_on)
    gone = site.publish(an_event("Port Ennis 10k"), {"A4": Answer(grade="partly")})
    response = site.client.get("/sitemap-reports-1.xml")
    assert places(response) == [f"{HOME}/reports/{second.slug}", f"{HOME}/reports/{gone.slug}"]
    gone.withdraw("Not so.")
    again = site.client.get("/sitemap-reports-1.xml", headers={"If-None-Match": response.headers["ETag"]})
    assert places(again) == [f"{HOME}/reports/{second.slug}"]
    assert places(site.client.get("/sitemap-events-1.xml")) == [f"{HOME}/events/ridgeline-half-marathon"]


def test_a_part_covers_so_many_numbers_and_the_rest_are_none(site: Site):
    site.publish(answers={"A4": Answer(grade="partly")})
    with site.app.app_context(), site.statements() as seen:
        assert len(mapping.part(db.session, 1)) == 1
        assert mapping.part(db.session, 2) == ()
    assert len([one for one in seen if one.startswith("SELECT")]) == 2
    for address in (
        "/sitemap-reports-2.xml",
        "/sitemap-reports-0.xml",
        "/sitemap-reports-99999.xml",
        "/sitemap-events-2.xml",
    ):
        assert site.client.get(address).status_code == 404
