"""The shapes of version 1: what a report and a checklist look like to a program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Protocol

from flask import current_app, url_for

from auditapp.catalogue import Catalogue
from auditapp.domain.checklist import Checklist
from auditapp.domain.report import Publication
from auditapp.domain.standing import ReportStanding, state_of
from auditapp.rendering import words
from auditapp.rendering.data import number
from auditapp.settings import Settings
from auditapp.storage.index import Index
from auditapp.storage.reports import Listing

COLUMNS = (
    "slug",
    "title",
    "place",
    "organiser",
    "year",
    "checklist",
    "level",
    "scope",
    "essentials_met",
    "essentials_applicable",
    "points",
    "possible",
    "percent",
    "evidenced_percent",
    "answers_given",
    "answers_evidenced",
    "published_on",
    "expires_on",
    "url",
    "state",
)


def listed(listing: Listing) -> dict[str, Any]:
    """A report as the list shows it."""
    return {
        "slug": listing.slug,
        "title": listing.title,
        "place": listing.place,
        "organiser": listing.organiser,
        "year": listing.year,
        "checklist": listing.checklist,
        "level": listing.level,
        "scope": listing.scope,
        "result": result_words(listing),
        "essentials": {"met": listing.essentials_met, "applicable": listing.essentials_applicable},
        "score": {
            "points": as_number(listing.points),
            "possible": as_number(listing.possible),
            "percent": listing.percent,
            "evidenced_percent": listing.evidenced_percent,
        },
        "answers": {"given": listing.answers_given, "evidenced": listing.answers_evidenced},
        "assurance": "self-declared",
        "published_on": listing.published_on.isoformat(),
        "expires_on": listing.expires_on.isoformat(),
        "state": state_of(listing.state, listing.expires_on, today()).value,
        "expired": listing.expires_on <= today(),
        "url": absolute("reports.show", slug=listing.slug),
        "document": absolute("api.report_json", slug=listing.slug),
        "badge": absolute("reports.badge_svg", slug=listing.slug),
    }


def result_words(listing: Listing) -> str | None:
    """The level by its name, or "Essentials only: 15 of 20" in its place; None where there is neither."""
    count = listing.essentials_only
    return listing.level_title if count is None else words.essentials_only(count.met, count.applicable)


def csv_row(listing: Listing) -> Iterator[object]:
    """The same as cells, in the order of `COLUMNS`."""
    for name in COLUMNS[:-2]:
        value = getattr(listing, name)
        yield Fraction(value) if name in ("points", "possible") else value
    yield absolute("reports.show", slug=listing.slug)
    yield state_of(listing.state, listing.expires_on, today()).value


def described(checklist: Checklist) -> dict[str, Any]:
    """A checklist in brief."""
    return {
        "ref": checklist.ref,
        "id": checklist.id,
        "version": checklist.version,
        "title": checklist.title,
        "summary": checklist.summary,
        "status": checklist.status,
        "language": checklist.language,
        "licence": checklist.licence,
        "dated": checklist.dated.isoformat(),
        "sections": len(checklist.sections),
        "criteria": len(checklist.criteria),
        "essentials": sum(1 for criterion in checklist.criteria if criterion.essential),
        "levels": [{"id": level.id, "title": level.title} for level in checklist.levels],
        "url": absolute("checklists.show", checklist_id=checklist.id, version=checklist.version),
        "document": absolute("api.checklist_json", checklist_id=checklist.id, version=checklist.version),
    }


def published(publication: Publication, standing: ReportStanding) -> dict[str, Any]:
    """The publication of a report as it stands today, with its addresses."""
    by = publication.superseded_by
    return {
        "slug": publication.slug,
        "published_on": publication.published_on.isoformat(),
        **standing_today(standing),
        "url": absolute("reports.show", slug=publication.slug),
        "pdf": absolute("reports.pdf", slug=publication.slug),
        "badge": absolute("reports.badge_svg", slug=publication.slug),
        "successor": absolute("api.report_json", slug=by) if by else None,
    }


def standing_today(standing: ReportStanding) -> dict[str, Any]:
    """How a report stands: the same keys whatever its state."""
    return standing.model_dump(mode="json")


def today() -> dt.date:
    """The day it is where this installation runs."""
    return dt.date.today()  # noqa: DTZ011 - a report runs out by the calendar on the wall, as on its page


def absolute(endpoint: str, **parts: Any) -> str:
    """A whole address, beginning with the public one of this installation."""
    return rooms().settings.public_url + url_for(endpoint, **parts)


def as_number(text: str) -> int | str:
    """Exact points as JSON has them: 34, or "67/2"."""
    return number(Fraction(text))


def rooms() -> Rooms:
    """The rooms of the application that answers this request."""
    found: Rooms = current_app.extensions["auditapp"]
    return found


class Rooms(Protocol):
    """What the API needs besides the request."""

    @property
    def settings(self) -> Settings:
        """How this installation is set up."""

    @property
    def catalogue(self) -> Catalogue:
        """The checklists."""

    @property
    def index(self) -> Index:
        """What published reports are found by."""
