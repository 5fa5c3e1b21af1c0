"""The columns of the dump. One definition gives the header of the CSV, the types of the Parquet file and the dictionary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar

from auditapp.domain import bands
from auditapp.domain.measures.figure import Quantity
from auditapp.domain.measuring import telling
from auditapp.domain.quick import Scope
from auditapp.domain.report import Publication, Report
from auditapp.domain.scoring import Finding
from auditapp.domain.standing import ReportStanding

Kind = Literal["text", "whole", "number", "date", "yes-no"]
Cell = str | int | float | dt.date | bool | None
Row = TypeVar("Row")

DECIMAL_PLACES = 4
"""Of a number that is no whole one. The exact fraction stands in the report document."""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: what it is called, what kind of value stands in it, what that means, and where it comes from."""

    name: str
    kind: Kind
    meaning: str
    of: Callable[[Row], Cell]


@dataclass(frozen=True)
class Entry:
    """A published report, how it stands on the day of the export, and its address on the web."""

    report: Report
    publication: Publication
    standing: ReportStanding
    url: str
    event_slug: str | None
    country: str

    @cached_property
    def year(self) -> int:
        """The year of the edition, or of the answers where the edition has no date."""
        return (self.report.event.date or self.report.completed_on).year

    @property
    def is_whole(self) -> bool:
        """Whether the whole checklist was asked, so that there is a percentage."""
        return self.report.scope is Scope.WHOLE


@dataclass(frozen=True)
class EntryFinding:
    """One criterion of a published report."""

    entry: Entry
    finding: Finding

    @cached_property
    def quantity(self) -> Quantity | None:
        """The number behind the grade where a measure gave one."""
        report, finding = self.entry.report, self.finding
        figure = report.figures.get(finding.id) if finding.applies else None
        return None if figure is None else telling(report.criterion(finding), figure)

    @property
    def unit(self) -> str | None:
        """The unit of that number; of money its currency."""
        if self.quantity is None:
            return None
        answer = self.entry.report.answer(self.finding)
        is_money = self.quantity.unit == "money" and answer is not None and answer.numbers is not None
        return answer.numbers.unit if is_money and answer and answer.numbers else self.quantity.unit

    @property
    def grade_label(self) -> str | None:
        """What the grade is called."""
        report, grade = self.entry.report, self.finding.grade
        return None if grade is None else report.checklist.label(report.criterion(self.finding), grade)

    @property
    def evidence(self) -> int:
        """How many pieces of evidence the answer carries."""
        answer = self.entry.report.answer(self.finding)
        return 0 if answer is None else len(answer.evidence)


def rounded(value: Fraction | None) -> float | None:
    """An exact number with four decimals, the same in every format."""
    return None if value is None else round(float(value), DECIMAL_PLACES)


ABOUT: tuple[Column[Entry], ...] = (
    Column(
        "slug",
        "text",
        "The name of the report in every address; never given twice.",
        lambda e: e.publication.slug,
    ),
    Column("event", "text", "The event, as its organiser names it.", lambda e: e.report.event.name),
    Column(
        "event_slug",
        "text",
        "The name of the event in every address, which its editions share.",
        lambda e: e.event_slug,
    ),
    Column(
        "edition",
        "text",
        "The edition, such as a year or a number; may be empty.",
        lambda e: e.report.event.edition,
    ),
    Column("year", "whole", "The year of the edition.", lambda e: e.year),
    Column(
        "country",
        "text",
        "Its ISO code where the country is known by its name, else the name; empty where nobody gave it.",
        lambda e: e.country,
    ),
    Column(
        "checklist",
        "text",
        "Id and version of the checklist that was answered.",
        lambda e: e.report.checklist.ref,
    ),
    Column("published_on", "date", "The day the report was published.", lambda e: e.publication.published_on),
)
"""What begins the rows of both tables."""

REPORTS: tuple[Column[Entry], ...] = (
    *ABOUT,
    Column(
        "state",
        "text",
        "How the report stood on the day of the export: live, expired or superseded.",
        lambda e: e.standing.state.value,
    ),
    Column(
        "superseded_by",
        "text",
        "The slug of the correction that replaced it.",
        lambda e: e.standing.superseded_by,
    ),
    Column(
        "expires_on",
        "date",
        "From this day on the report no longer stands for the event.",
        lambda e: e.standing.expires_on,
    ),
    Column("title", "text", "Event and edition in one.", lambda e: e.report.title),
    Column("organiser", "text", "Who runs the event and answered.", lambda e: e.report.event.organiser),
    Column("place", "text", "Where it is held.", lambda e: e.report.event.place),
    Column("date", "date", "The day of the edition, where it is known.", lambda e: e.report.event.date),
    Column(
        "distance",
        "number",
        "The longest distance in kilometres, where it was given.",
        lambda e: bands.distance_of(e.report.facts),
    ),
    Column(
        "participants",
        "number",
        "How many take part, where it was given.",
        lambda e: bands.size_of(e.report.facts),
    ),
    Column(
        "scope",
        "text",
        "whole, or quick where nothing but the quick audit was answered.",
        lambda e: e.report.scope.value,
    ),
    Column(
        "level",
        "text",
        "The id of the level reached; empty below the lowest.",
        lambda e: e.report.level.id if e.report.level else None,
    ),
    Column(
        "level_title",
        "text",
        "The level by its name.",
        lambda e: e.report.level.title if e.report.level else None,
    ),
    Column("points", "number", "Points earned.", lambda e: rounded(e.report.score.total.points)),
    Column(
        "evidenced_points",
        "number",
        "Points that rest on evidence.",
        lambda e: rounded(e.report.score.total.evidenced),
    ),
    Column("possible", "number", "Points possible.", lambda e: rounded(e.report.score.total.possible)),
    Column(
        "percent",
        "whole",
        "Points earned of points possible, rounded down; empty where scope is quick.",
        lambda e: e.report.score.total.percent if e.is_whole else None,
    ),
    Column(
        "evidenced_percent",
        "whole",
        "The same, counting only answers with evidence.",
        lambda e: e.report.score.total.evidenced_percent if e.is_whole else None,
    ),
    Column(
        "essentials_met", "whole", "Essentials met at least partly.", lambda e: e.report.score.essentials.met
    ),
    Column(
        "essentials_applicable",
        "whole",
        "Essentials that apply.",
        lambda e: e.report.score.essentials.applicable,
    ),
    Column(
        "answered",
        "whole",
        "Criteria that apply and have an answer.",
        lambda e: e.report.score.coverage.answered,
    ),
    Column("applicable", "whole", "Criteria that apply.", lambda e: e.report.score.coverage.applicable),
    Column(
        "answers_evidenced",
        "whole",
        "Answers that carry the evidence expected.",
        lambda e: e.report.answers_evidenced,
    ),
    Column(
        "assurance",
        "text",
        "Who says so: self-declared, the organiser about its own event.",
        lambda e: e.report.assurance.value,
    ),
    Column("completed_on", "date", "The day the answers are from.", lambda e: e.report.completed_on),
    Column("url", "text", "The report for people; .json behind it gives its document.", lambda e: e.url),
)

OF_FINDING: tuple[Column[EntryFinding], ...] = (
    Column("criterion", "text", "The permanent id of the criterion.", lambda f: f.finding.id),
    Column("code", "text", "Its number in this version of the checklist.", lambda f: f.finding.code),
    Column("section", "text", "The id of its section.", lambda f: f.finding.section),
    Column("criterion_title", "text", "Its title.", lambda f: f.entry.report.criterion(f.finding).title),
    Column(
        "essential", "yes-no", "Whether points elsewhere cannot buy it off.", lambda f: f.finding.essential
    ),
    Column(
        "state",
        "text",
        "unanswered, not_applicable, declared, evidenced or checked.",
        lambda f: f.finding.state.value,
    ),
    Column("grade", "text", "The id of the grade; empty without one.", lambda f: f.finding.grade),
    Column("grade_label", "text", "What the grade is called.", lambda f: f.grade_label),
    Column(
        "worth",
        "number",
        "The share of the weight the grade earns, 0 to 1; empty without a grade.",
        lambda f: rounded(f.finding.worth),
    ),
    Column("points", "number", "Points earned.", lambda f: rounded(f.finding.points)),
    Column(
        "possible",
        "number",
        "Points possible: the weight, or 0 where it does not apply.",
        lambda f: rounded(f.finding.possible),
    ),
    Column(
        "not_applicable_reason",
        "text",
        "The id of the listed reason why it does not apply; empty where facts of the event decided that.",
        lambda f: f.finding.reason,
    ),
    Column(
        "number",
        "number",
        "The number behind the grade, where a measure worked one out.",
        lambda f: rounded(f.quantity.value) if f.quantity else None,
    ),
    Column(
        "number_label", "text", "What that number is.", lambda f: f.quantity.label if f.quantity else None
    ),
    Column("unit", "text", "Its unit; of money the currency as written.", lambda f: f.unit),
    Column("evidence", "whole", "Pieces of evidence given with the answer.", lambda f: f.evidence),
)
"""What a finding says by itself."""


ABOUT_FINDING: tuple[Column[Entry], ...] = (
    *ABOUT,
    Column(
        "report_state",
        "text",
        "How the report stood on the day of the export: live, expired or superseded.",
        lambda e: e.standing.state.value,
    ),
)
"""What a row of findings says of its report."""
FINDINGS: tuple[Column[Any], ...] = (*ABOUT_FINDING, *OF_FINDING)


def findings_of(entry: Entry) -> Iterator[tuple[Cell, ...]]:
    """Rows of findings of a report in the order of its checklist, those a reader of the report is shown."""
    about = cells(ABOUT_FINDING, entry)
    for section in entry.report.checklist.sections:
        for finding in entry.report.findings_in(section.id):
            yield about + cells(OF_FINDING, EntryFinding(entry, finding))


def cells(columns: tuple[Column[Row], ...], row: Row) -> tuple[Cell, ...]:
    """A row of a table."""
    return tuple([column.of(row) for column in columns])
