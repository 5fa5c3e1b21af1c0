"""How a report stands among comparable events.

Called a rank here, since a place is a town to whoever asks the API.
"""

from __future__ import annotations

from typing import Annotated, Literal

from flask import Response
from pydantic import Field

from auditapp.api.models import Link, Percent, Shape
from auditapp.api.openapi import gives
from auditapp.api.shapes import absolute, rooms, today
from auditapp.api.v1 import as_json, bp, gone, known
from auditapp.domain.standing import standing_of
from auditapp.domain.statistics import GroupPlace
from auditapp.rendering.facets import Labels
from auditapp.services import publishing
from auditapp.services.finding import FEWEST_IN_A_GROUP, place_in_group
from auditapp.storage.database import db
from auditapp.storage.reports import Listing

NoRank = Literal["few-events", "no-score"]


class SharedTrait(Shape):
    """What events are compared by besides their checklist: a facet of the list, and its value."""

    facet: Literal["distance", "size", "country"]
    value: str
    label: str


class Rank(Shape):
    """How a report stands among the newest reports of comparable events, its own event left out."""

    report: str
    """The slug of the report."""
    percent: Percent | None
    """What is compared. Null where only the essentials were asked: such a report has no rank, and counts in none."""
    checklist: str
    """The id of the checklist all of them answered, in any version."""
    shared: tuple[SharedTrait, ...]
    """What the events have in common besides: as much as at least `fewest` events share."""
    let_go: tuple[SharedTrait, ...]
    """What the report has and the others need not have, because too few share it; what was let go first stands first."""
    events: int
    """How many other events are comparable."""
    fewest: Annotated[int, Field(examples=[FEWEST_IN_A_GROUP])] = FEWEST_IN_A_GROUP
    """Among fewer events than that no rank is told."""
    better_than: int | None
    """Of how many of them the percentage is lower. Null where there is no rank."""
    no_rank: NoRank | None
    """Why there is none."""
    reports: Link
    """The newest reports of these events, by score, with that of its own event, and with quick audits, which have none."""
    url: Link
    """The same for people."""


@bp.get("/v1/reports/<slug>/rank.json")
@gives(Rank, finds=True, may_be_gone=True)
def rank_json(slug: str) -> Response:
    """How a report stands among comparable events: better than so many of so many, and what they have in common.

    Comparable are the newest live reports of other events on the same checklist, with the same band of distance and of field
    size and in the same country, as far as at least five events share these. 410 once the report was withdrawn.
    """
    publication, listing = publishing.find_listing(db.session, known(slug))
    standing = standing_of(publication, listing.expires_on, today())
    if standing.is_withdrawn:
        return gone(publication, standing)
    return as_json(ranked(listing, place_in_group(db.session, rooms().index, listing)))


def ranked(listing: Listing, place: GroupPlace | None) -> Rank:
    """The place of a report among others, as the API tells it; None for a report without a score."""
    found = place or GroupPlace(narrowed={}, let_go={}, events=0, better_than=None)
    parts = {"checklist": listing.checklist_id, "latest": "yes", "order": "score", **found.narrowed}
    without: NoRank | None = None
    if found.better_than is None:
        without = "no-score" if place is None else "few-events"
    return Rank(
        report=listing.slug,
        percent=listing.percent,
        checklist=listing.checklist_id,
        shared=traits(found.narrowed),
        let_go=traits(found.let_go),
        events=found.events,
        better_than=found.better_than,
        no_rank=without,
        reports=absolute("api.reports_json", **parts),
        url=absolute("reports.index", **parts),
    )


def traits(narrowed: dict[str, str]) -> tuple[SharedTrait, ...]:
    """Values by facet with what they are called, in English."""
    labels = Labels(rooms().catalogue.current())
    return tuple(
        SharedTrait.model_validate({"facet": facet, "value": value, "label": labels.of(facet, value)})
        for facet, value in narrowed.items()
    )
