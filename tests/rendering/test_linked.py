"""A report in the words of schema.org."""

from __future__ import annotations

import datetime as dt

from auditapp.domain.report import Publication, PublicationState
from auditapp.domain.standing import standing_of
from auditapp.rendering.linked import ReportAddresses, report_data
from tests.builders import a_report, an_event

ADDRESSES = ReportAddresses(
    "https://x/r", "https://x/r.pdf", "https://x/r.json", "https://x/p.png", "https://x/c", "https://x/"
)
DAY = dt.date(2027, 3, 1)


def told(event):
    report = a_report(event=event)
    publication = Publication(slug="r", state=PublicationState.LIVE, published_on=DAY)
    standing = standing_of(publication, report.expires_on, DAY)
    return report_data(report, publication, standing, ADDRESSES, product="Whole Field", abstract="70%.")


def test_it_names_the_event_its_organiser_and_the_licence():
    data = told(an_event(country="United Kingdom", website="https://ridgeline.example/"))
    assert (data["@type"], data["datePublished"], data["creativeWorkStatus"]) == (
        "Report",
        "2027-03-01",
        "live",
    )
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["about"] == {
        "@type": "SportsEvent",
        "name": "Ridgeline Half Marathon 2027",
        "startDate": "2027-05-16",
        "location": {
            "@type": "Place",
            "name": "Marrowdale",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Marrowdale",
                "addressCountry": "United Kingdom",
            },
        },
        "organizer": {"@type": "Organization", "name": "Ridgeline Events"},
        "url": "https://ridgeline.example/",
    }
    assert [one["encodingFormat"] for one in data["encoding"]] == ["application/pdf", "application/json"]


def test_what_nobody_gave_is_left_out():
    data = told(an_event(date=None, place="", organiser="", edition=""))
    assert data["about"] == {"@type": "SportsEvent", "name": "Ridgeline Half Marathon"}
    assert "author" not in data
