"""New reports as a feed, of any search."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET

from auditapp.domain.audit import Answer
from tests.builders import an_event
from tests.pages import Page
from tests.public import Site

ATOM = {"a": "http://www.w3.org/2005/Atom"}
HOME = "http://127.0.0.1:8000"


def read(response) -> ET.Element:
    assert (response.status_code, response.mimetype) == (200, "application/atom+xml")
    feed = ET.fromstring(response.data)  # noqa: S314 - our own
    assert feed.tag == f"{{{ATOM['a']}}}feed"
    for part in (feed, *feed.findall("a:entry", ATOM)):
        for required in ("id", "title", "updated"):
            assert len(part.findall(f"a:{required}", ATOM)) == 1
        dt.datetime.fromisoformat(str(part.findtext("a:updated", namespaces=ATOM)))
        assert part.find("a:link[@rel='alternate']", ATOM).get("href").startswith(HOME)
    assert len(feed.findall("a:author/a:name", ATOM)) == 1
    return feed


def ids(feed: ET.Element) -> list[str]:
    return [str(entry.findtext("a:id", namespaces=ATOM)) for entry in feed.findall("a:entry", ATOM)]


def test_a_feed_holds_the_newest_reports_of_its_search(examples: Site):
    feed = read(examples.client.get("/reports/feed.atom?q=ridgeline&order=score"))
    assert ids(feed) == [f"{HOME}/reports/ridgeline-half-marathon-2027"]
    assert feed.find("a:link[@rel='self']", ATOM).get("href") == f"{HOME}/reports/feed.atom?q=ridgeline"
    entry = feed.find("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == "Ridgeline Half Marathon 2027"
    assert "63%, Established. 116 of 182 points." in str(entry.findtext("a:summary", namespaces=ATOM))
    assert len(ids(read(examples.client.get("/reports/feed.atom")))) == 5


def test_the_list_names_the_feed_of_its_search(examples: Site):
    page = Page(examples.client.get("/reports/?year=2026"))
    (link,) = page.all("link", type="application/atom+xml")
    assert link.get("href") == "/reports/feed.atom?year=2026"
    assert len(ids(read(examples.client.get(link.get("href"))))) == 3


def test_an_entry_keeps_its_id_and_leaves_once_it_is_withdrawn(site: Site):
    first = site.publish(an_event("Tarn & Fell <10k>", organiser=""), {"A4": Answer(grade="partly")})
    response = site.client.get("/reports/feed.atom")
    assert ids(read(response)) == [f"{HOME}/reports/{first.slug}"]
    mark = {"If-None-Match": response.headers["ETag"]}
    assert site.client.get("/reports/feed.atom", headers=mark).status_code == 304
    site.publish(an_event("Port Ennis 10k"), {"A4": Answer(grade="partly")}, today=dt.date(2026, 11, 25))
    assert ids(read(site.client.get("/reports/feed.atom")))[1] == f"{HOME}/reports/{first.slug}"
    first.withdraw("Not so.")
    assert ids(read(site.client.get("/reports/feed.atom", headers=mark))) == [
        f"{HOME}/reports/port-ennis-10k-2027"
    ]


def test_a_feed_without_entries_is_whole(site: Site):
    assert ids(read(site.client.get("/reports/feed.atom?q=nothing"))) == []
