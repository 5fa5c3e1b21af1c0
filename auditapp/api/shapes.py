"""Reports and checklists put into the models of version 1, with whole addresses."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any, Protocol

from flask import current_app, url_for

from auditapp.api.compared import EventAnswer
from auditapp.api.models import (
    AnswersCount,
    ChecklistSummary,
    CriterionStatistics,
    EssentialsCount,
    EventSummary,
    GradeStatistics,
    LatestReport,
    LevelName,
    Near,
    NearTown,
    PublishedReport,
    ReportSummary,
    ScoreSum,
)
from auditapp.catalogue import Catalogue
from auditapp.domain.checklist import Checklist
from auditapp.domain.geography import distance_km, told_km
from auditapp.domain.quick import Scope
from auditapp.domain.report import Assurance, Publication
from auditapp.domain.standing import ReportStanding, standing_of, state_of
from auditapp.domain.statistics import CriterionCount
from auditapp.rendering import words
from auditapp.rendering.facets import country_name
from auditapp.rendering.timeline_data import timeline_data
from auditapp.services import places
from auditapp.services.histories import History
from auditapp.services.places import Understood
from auditapp.settings import Settings
from auditapp.storage.events import Kept
from auditapp.storage.gazetteer import Gazetteer, Town
from auditapp.storage.index import Index
from auditapp.storage.reports import Listing


def listed(listing: Listing, near: Understood | None = None) -> ReportSummary:
    """A report as the list shows it; how far away, where a town was asked for."""
    return ReportSummary(
        slug=listing.slug,
        title=listing.title,
        place=listing.place,
        organiser=listing.organiser,
        year=listing.year,
        checklist=listing.checklist,
        level=listing.level,
        scope=Scope(listing.scope),
        result=result_words(listing),
        essentials=EssentialsCount(met=listing.essentials_met, applicable=listing.essentials_applicable),
        score=ScoreSum(
            points=Fraction(listing.points),
            possible=Fraction(listing.possible),
            percent=listing.percent,
            evidenced_percent=listing.evidenced_percent,
        ),
        answers=AnswersCount(given=listing.answers_given, evidenced=listing.answers_evidenced),
        assurance=Assurance.SELF_DECLARED,
        published_on=listing.published_on,
        expires_on=listing.expires_on,
        url=absolute("reports.show", slug=listing.slug),
        state=state_of(listing.state, listing.expires_on, today()),
        expired=listing.expires_on <= today(),
        document=absolute("api.report_json", slug=listing.slug),
        badge=absolute("reports.badge_svg", slug=listing.slug),
        country=listing.country,
        edition_on=listing.edition_on,
        event=listing.event,
        organiser_slug=listing.by,
        away_km=away_km(listing, near),
    )


def away_km(listing: Listing, near: Understood | None) -> int | None:
    """How far a report's town lies from the one asked for; None where there is none, or nobody knows where it is."""
    if not isinstance(near, places.NearTown) or listing.position is None:
        return None
    return told_km(distance_km(near.town.position, listing.position))


def understood(near: Understood | None) -> Near | None:
    """What a place was taken for."""
    match near:
        case None:
            return None
        case places.InCountry(code):
            return Near(understood="country", within=None, town=None, country=code, others=())
        case places.ByWords():
            return Near(understood=near.value, within=None, town=None, country=None, others=())
    return Near(
        understood="town",
        within=near.km,
        town=town_shape(near.town),
        country=None,
        others=tuple(town_shape(town) for town in near.others),
    )


def town_shape(town: Town) -> NearTown:
    """A town, with the words that lead to it."""
    parts = (town.name, town.region_name, country_name(town.country))
    return NearTown(
        name=town.name,
        region=town.region_name or None,
        country=town.country,
        latitude=town.position.latitude,
        longitude=town.position.longitude,
        place=", ".join(part for part in parts if part),
    )


def result_words(listing: Listing) -> str | None:
    """The level by its name, or "Essentials only: 15 of 20" in its place; None where there is neither."""
    count = listing.essentials_only
    return listing.level_title if count is None else words.essentials_only(count.met, count.applicable)


def gathered(event: Kept, latest: Listing, near: Understood | None = None) -> EventSummary:
    """An event as the list shows it."""
    return EventSummary(
        slug=event.slug,
        name=event.name,
        url=absolute("events.show", slug=event.slug),
        document=absolute("api.event_json", event=event.slug),
        latest=LatestReport(**dict(listed(latest, near))),
    )


def over_years(history: History) -> EventAnswer:
    """An event over its years, with how each report stands today."""
    told, event = timeline_data(history.timeline), history.event
    for edition, one in zip(told["editions"], history.timeline.editions, strict=True):
        edition |= standing_of(one.publication, one.expires_on, today()).model_dump(mode="json")
        edition["url"] = absolute("reports.show", slug=one.publication.slug)
    told["event"] = {
        "slug": event.slug,
        "name": event.name,
        "place": event.place,
        "country": event.country,
        "organiser": event.organiser and {"slug": event.organiser.slug, "name": event.organiser.name},
        "url": absolute("events.show", slug=event.slug),
        "earlier_reports": history.earlier,
    }
    return EventAnswer.model_validate(told, strict=False)


def criterion_counted(checklist: Checklist, count: CriterionCount, search: str) -> CriterionStatistics:
    """How reports answered a criterion; `search` is the address of the reports that were counted."""
    full = ",".join(one.grade for one in count.grades if one.worth == 1)
    interval = count.interval
    return CriterionStatistics(
        checklist=checklist.id,
        criterion=count.id,
        code=count.code,
        title=count.title,
        section=count.section,
        essential=count.essential,
        answered=count.answered,
        met=count.met,
        partly=count.partly,
        not_met=count.unmet,
        not_applicable=count.not_applicable,
        unanswered=count.unanswered,
        percent=count.percent,
        low=None if interval is None else in_percent(interval.low),
        high=None if interval is None else in_percent(interval.high),
        small=count.small,
        grades=tuple(
            GradeStatistics(grade=one.grade, label=one.label, worth=one.worth, reports=one.reports)
            for one in count.grades
        ),
        reports=f"{search}&criterion={count.id}:{full}",
    )


def in_percent(share: Fraction) -> float:
    """A share in percent, with two decimals."""
    return round(float(100 * share), 2)


def described(checklist: Checklist) -> ChecklistSummary:
    """A checklist in brief."""
    return ChecklistSummary(
        ref=checklist.ref,
        id=checklist.id,
        version=checklist.version,
        title=checklist.title,
        summary=checklist.summary,
        status=checklist.status,
        language=checklist.language,
        licence=checklist.licence,
        dated=checklist.dated,
        sections=len(checklist.sections),
        criteria=len(checklist.criteria),
        essentials=sum(1 for criterion in checklist.criteria if criterion.essential),
        levels=tuple(LevelName(id=level.id, title=level.title) for level in checklist.levels),
        url=absolute("checklists.show", checklist_id=checklist.id, version=checklist.version),
        document=absolute("api.checklist_json", checklist_id=checklist.id, version=checklist.version),
    )


def published(publication: Publication, standing: ReportStanding) -> PublishedReport:
    """The publication of a report as it stands today, with its addresses."""
    by = publication.superseded_by
    return PublishedReport(
        **standing.model_dump(),
        slug=publication.slug,
        published_on=publication.published_on,
        url=absolute("reports.show", slug=publication.slug),
        pdf=absolute("reports.pdf", slug=publication.slug),
        badge=absolute("reports.badge_svg", slug=publication.slug),
        rank=absolute("api.rank_json", slug=publication.slug),
        successor=absolute("api.report_json", slug=by) if by else None,
    )


def today() -> dt.date:
    """The day it is where this installation runs."""
    return dt.date.today()  # noqa: DTZ011 - a report runs out by the calendar on the wall, as on its page


def absolute(endpoint: str, **parts: Any) -> str:
    """A whole address, beginning with the public one of this installation."""
    return rooms().settings.public_url + url_for(endpoint, **parts)


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

    @property
    def gazetteer(self) -> Gazetteer:
        """The world's towns."""
