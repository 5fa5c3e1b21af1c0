"""What version 1 gives, as models: one definition makes the JSON, the columns of the CSV and the description.

Fields of this version stay. Fields may be added, so a program should pass over what it does not know.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, get_origin

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

from auditapp.domain.checklist import Checklist
from auditapp.domain.quick import Scope
from auditapp.domain.report import Assurance, Report
from auditapp.domain.standing import ReportState
from auditapp.rendering.data import number

Points = Annotated[
    Fraction,
    PlainSerializer(number, return_type=int | str),
    WithJsonSchema(
        {"type": ["integer", "string"], "pattern": r"^-?\d+/\d+$", "examples": [34, "67/2"]},
        mode="serialization",
    ),
]
"""Exact points: a whole number where they are whole, else the text of a fraction. In CSV a decimal of up to four places."""
Link = Annotated[str, WithJsonSchema({"type": "string", "format": "uri"}, mode="serialization")]
"""A whole address."""
Percent = Annotated[int, Field(ge=0, le=100)]
"""A whole percent, rounded down, so that 100 always means everything."""


class Shape(BaseModel):
    """The base of what the API gives. `columns_begin` leads the columns of a part of a table's row."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        use_attribute_docstrings=True,
        populate_by_name=True,
        serialize_by_alias=True,
    )

    columns_begin: ClassVar[str] = ""


class EssentialsCount(Shape):
    """Essentials met at least partly, of those that apply. Null for reports from before they were counted."""

    columns_begin = "essentials_"

    met: int | None
    applicable: int | None


class ScoreSum(Shape):
    """Points earned of points possible. The percentages are null where only the essentials were asked."""

    points: Points
    possible: Points
    percent: Percent | None
    evidenced_percent: Percent | None
    """The same, counting only answers with evidence."""


class AnswersCount(Shape):
    """How many criteria have a grade, and how many of those the evidence expected."""

    columns_begin = "answers_"

    given: int
    evidenced: int


class ReportSummary(Shape):
    """A published report as a list shows it."""

    slug: Annotated[str, Field(examples=["ridgeline-half-marathon-2027"])]
    """The name of the report in every address; never given twice."""
    title: str
    """The event and its edition."""
    place: str
    organiser: str
    year: int
    """The year of the edition."""
    checklist: Annotated[str, Field(examples=["endurance-event@1.0"])]
    """Id and version of the checklist that was answered."""
    level: str | None
    """The id of the level reached; null below the lowest, and where only the essentials were asked."""
    scope: Scope
    """Whether the whole checklist was asked, or nothing but the quick audit."""
    result: Annotated[str | None, Field(examples=["Established", "Essentials only: 15 of 20"])]
    """The level by its name, or the count of essentials in its place."""
    essentials: EssentialsCount
    score: ScoreSum
    answers: AnswersCount
    assurance: Assurance
    """Who says so: the organiser about its own event."""
    published_on: dt.date
    expires_on: dt.date
    """From this day on the report no longer stands for the event."""
    url: Link
    """The report for people."""
    state: ReportState
    expired: bool
    document: Link
    """The report for programs."""
    badge: Link
    country: str
    """Its ISO code where the country is known by its name, else what was written."""
    edition_on: dt.date | None
    """The day of the edition."""
    event: str | None
    """The slug of the event, which its editions share."""
    organiser_slug: str | None
    away_km: int | None
    """Kilometres to its town from the one that was asked for, beyond a hundred in tens; null where none was asked for, or
    its own is not known."""


class NearTown(Shape):
    """A town that may be meant. Its data is of GeoNames, under CC BY 4.0."""

    name: str
    region: str | None
    """A state of the USA or a nation of the United Kingdom."""
    country: str
    """Its ISO code."""
    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    place: Annotated[str, Field(examples=["Newcastle, Australia"])]
    """What to ask for when this one is meant."""


class Near(Shape):
    """What the place that was asked for was taken for."""

    understood: Literal["town", "country", "unknown", "no-distances"]
    """A town and what lies around it; a country, whole; no place that is known, so that only words count; or an installation
    without distances, where they count alone."""
    within: int | None
    """Kilometres around the town."""
    town: NearTown | None
    country: str | None
    """The ISO code of the country."""
    others: tuple[NearTown, ...]
    """Other towns of the same name."""


class FacetValue(Shape):
    """A value the list can be narrowed to, what it is called, and how many reports have it."""

    value: str
    label: str
    reports: int


class ReportPage(Shape):
    """A page of the reports that fit, and what the list can be narrowed to."""

    total: int
    page: int
    pages: int
    next: Link | None
    """The address of the next page; null on the last. Follow it rather than making one."""
    items: tuple[ReportSummary, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    near: Near | None
    """What `place` was taken for; null where none was asked for."""


class LatestReport(ReportSummary):
    """The newest live report of an event."""

    columns_begin = "latest_"


class EventSummary(Shape):
    """An event as a list shows it: what its editions share, and the newest live report on it."""

    slug: str
    """The name of the event in every address."""
    name: str
    """What it is called whatever the year."""
    url: Link
    """The event over its years, for people."""
    document: Link
    """The same for programs."""
    latest: LatestReport


class EventPage(Shape):
    """A page of the events of which the newest report fits, and what the list can be narrowed to."""

    total: int
    page: int
    pages: int
    next: Link | None
    """The address of the next page; null on the last. Follow it rather than making one."""
    items: tuple[EventSummary, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    near: Near | None
    """What `place` was taken for; null where none was asked for."""


class GradeStatistics(Shape):
    """How many reports gave a grade, and the share of the weight it earns."""

    grade: str
    label: str
    worth: Points
    reports: int


class CriterionStatistics(Shape):
    """How reports answered one criterion. Shares are of those that gave a grade."""

    checklist: str
    criterion: str
    code: str
    title: str
    section: str
    essential: bool
    answered: int
    """How many gave a grade."""
    met: int
    """How many meet it in full."""
    partly: int
    not_met: int
    not_applicable: int
    unanswered: int
    percent: Percent | None
    """How many of those that gave a grade meet it in full, rounded down; null where nobody did."""
    low: float | None
    """The 95% interval (Wilson) of that share, in percent."""
    high: float | None
    small: bool
    """Whether fewer than 30 gave a grade, so that the share says little."""
    grades: tuple[GradeStatistics, ...]
    """Worst first."""
    reports: Link
    """The reports that meet it in full."""


class Statistics(Shape):
    """How many of the reports that fit a search meet each criterion of a checklist."""

    checklist: str
    reports: int
    """How many reports fit, and answer this checklist in any version."""
    each_event_once: bool
    """Whether only the newest report of an event counts."""
    criteria: tuple[CriterionStatistics, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    near: Near | None
    """What `place` was taken for; null where none was asked for."""


class Standing(Shape):
    """How a report stands today: the same fields whatever its state."""

    state: ReportState
    expired: bool
    """Apart from the state: a report that was replaced runs out as well."""
    expires_on: dt.date
    superseded_by: str | None
    """The slug of the correction that replaced it."""
    withdrawn_on: dt.date | None
    reason: str
    """Why the organiser took it back; empty unless it did."""


class PublishedReport(Standing):
    """The publication of a report as it stands today, with its addresses."""

    slug: str
    published_on: dt.date
    url: Link
    pdf: Link
    badge: Link
    rank: Link
    """Where this API tells how it stands among comparable events."""
    successor: Link | None
    """Where this API gives the correction."""


class ReportAnswer(Shape):
    """A published report: how it stands, what a list says of it, and its document exactly as it was frozen."""

    publication: PublishedReport
    summary: ReportSummary
    report: Report


class LevelName(Shape):
    """A level of a checklist."""

    id: str
    title: str


class ChecklistSummary(Shape):
    """A checklist in brief."""

    ref: Annotated[str, Field(examples=["endurance-event@1.0"])]
    id: str
    version: str
    title: str
    summary: str
    status: Literal["draft", "current", "superseded"]
    language: str
    licence: str
    dated: dt.date
    sections: int
    criteria: int
    essentials: int
    levels: tuple[LevelName, ...]
    """From the lowest to the highest."""
    url: Link
    document: Link
    """The whole checklist for programs."""


class ChecklistList(Shape):
    """Every checklist of this installation."""

    items: tuple[ChecklistSummary, ...]


class Problem(Shape):
    """What went wrong (RFC 9457). The status says what kind of problem it is."""

    type: Literal["about:blank"] = "about:blank"
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str
    instance: str
    """The path that was asked for."""


class Gone(Problem, Standing):
    """What stays of a withdrawn report: that there was one, since when there is none, and why."""

    published_on: dt.date


DOCUMENTS = (Checklist, Report)
"""What the domain writes itself and the API passes on."""


def column_names(shape: type[Shape]) -> tuple[str, ...]:
    """The columns of a table with a row for each `shape`, in its order."""
    return tuple(_names(shape))


def cells(value: Shape) -> Iterator[object]:
    """The row of one value, in the order of its columns."""
    for name in type(value).model_fields:
        part: Any = getattr(value, name)
        if isinstance(part, Shape):
            yield from cells(part)
        elif not isinstance(part, tuple):
            yield part


def _names(shape: type[Shape]) -> Iterator[str]:
    for name, field in shape.model_fields.items():
        part = field.annotation
        if isinstance(part, type) and issubclass(part, Shape):
            yield from (part.columns_begin + inner for inner in _names(part))
        elif get_origin(part) is not tuple:  # of several there may be any number: they are in the JSON alone
            yield name
