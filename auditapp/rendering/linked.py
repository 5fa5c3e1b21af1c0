"""A report as linked data in the words of schema.org, for search engines and whoever gathers such data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from auditapp.domain.report import Publication, Report
from auditapp.domain.standing import ReportStanding
from auditapp.rendering.addresses import safe_link

CONTEXT = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class ReportAddresses:
    """Whole addresses of a report and what belongs to it."""

    page: str
    pdf: str
    document: str
    picture: str
    checklist: str
    home: str


def report_data(
    report: Report,
    publication: Publication,
    standing: ReportStanding,
    addresses: ReportAddresses,
    *,
    product: str,
    abstract: str,
) -> dict[str, Any]:
    """What a published report is, about which event, by whom and under which licence. What nobody gave is left out."""
    return _given(
        {
            "@context": CONTEXT,
            "@type": "Report",
            "@id": addresses.page,
            "url": addresses.page,
            "headline": report.title,
            "abstract": abstract,
            "about": event_data(report),
            "author": _named("Organization", report.event.organiser),
            "publisher": {"@type": "Organization", "name": product, "url": addresses.home},
            "dateCreated": report.completed_on.isoformat(),
            "datePublished": publication.published_on.isoformat(),
            "expires": report.expires_on.isoformat(),
            "creativeWorkStatus": standing.state.value,
            "inLanguage": report.checklist.language,
            "license": LICENCE,
            "isAccessibleForFree": True,
            "isBasedOn": {
                "@type": "CreativeWork",
                "name": report.checklist.name,
                "url": addresses.checklist,
                "license": report.checklist.licence,
            },
            "image": addresses.picture,
            "encoding": [
                {
                    "@type": "MediaObject",
                    "contentUrl": addresses.pdf,
                    "encodingFormat": "application/pdf",
                },
                {
                    "@type": "MediaObject",
                    "contentUrl": addresses.document,
                    "encodingFormat": "application/json",
                },
            ],
        }
    )


def event_data(report: Report) -> dict[str, Any]:
    """The edition a report is about."""
    event = report.event
    return _given(
        {
            "@type": "SportsEvent",
            "name": report.title,
            "startDate": event.date.isoformat() if event.date else None,
            "location": _place(event.place, event.country),
            "organizer": _named("Organization", event.organiser),
            "url": safe_link(event.website),
        }
    )


def series_data(
    name: str,
    *,
    page: str,
    place: str,
    country: str,
    organiser: str,
    editions: Iterable[tuple[str, dt.date, str]],
) -> dict[str, Any]:
    """What recurs under one name: its editions by title and day, each with the address of its report."""
    return _given(
        {
            "@context": CONTEXT,
            "@type": "EventSeries",
            "@id": page,
            "url": page,
            "name": name,
            "location": _place(place, country),
            "organizer": _named("Organization", organiser),
            "subEvent": [
                {
                    "@type": "SportsEvent",
                    "name": title,
                    "startDate": day.isoformat(),
                    "subjectOf": {"@type": "Report", "url": report},
                }
                for title, day, report in editions
            ],
        }
    )


def _place(place: str, country: str) -> dict[str, Any] | None:
    if not place and not country:
        return None
    address = {"@type": "PostalAddress", "addressLocality": place, "addressCountry": country}
    return {"@type": "Place", "name": place or country, "address": _given(address)}


def _named(kind: str, name: str) -> dict[str, Any] | None:
    return {"@type": kind, "name": name} if name else None


def _given(parts: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in parts.items() if part not in (None, "")}
