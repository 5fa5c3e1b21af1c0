"""How many reports meet each criterion, as a page, a sheet of paper and data show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jinja2 import Environment

from auditapp.domain.statistics import CriterionCount
from auditapp.rendering import charts, words
from auditapp.rendering.html import environment

WIDTH = 200.0
"""Of a bar, in CSS pixels."""
COLUMNS = (
    *("checklist", "code", "criterion", "title", "section", "essential", "reports", "answered"),
    *("met", "partly", "not_met", "not_applicable", "unanswered", "percent", "low", "high"),
)


@dataclass(frozen=True)
class CountRow:
    """A criterion: its count, its bar, and the ends of its interval in whole percent, None where nobody answered.

    The low end is rounded down and the high one up.
    """

    count: CriterionCount
    bar: charts.Bar
    low: int | None
    high: int | None


@dataclass(frozen=True)
class CountPart:
    """A section of the checklist with its criteria."""

    code: str
    title: str
    rows: tuple[CountRow, ...]


@dataclass(frozen=True)
class CountSheet:
    """What a page or a sheet of paper is made of. `narrowed` says in words what the reports have in common."""

    checklist: str
    reports: int
    each_event_once: bool
    narrowed: tuple[str, ...]
    parts: tuple[CountPart, ...]
    product_name: str
    address: str
    on: dt.date


def count_rows(criteria: tuple[CriterionCount, ...]) -> tuple[CountRow, ...]:
    """Counts with their drawings, in the same order."""
    return tuple(_row(count) for count in criteria)


def by_section(
    sections: tuple[tuple[str, str, str], ...], criteria: tuple[CriterionCount, ...]
) -> tuple[CountPart, ...]:
    """The counts under their sections (id, code, title); sections without any are left out."""
    rows = count_rows(criteria)
    parts = (
        CountPart(code, title, tuple(row for row in rows if row.count.section == name))
        for name, code, title in sections
    )
    return tuple(part for part in parts if part.rows)


def by_share(title: str, criteria: tuple[CriterionCount, ...]) -> tuple[CountPart, ...]:
    """All counts in one part, those that most reports meet first; where nobody answered, last."""
    ordered = sorted(
        criteria,
        key=lambda one: (
            one.answered == 0,
            -Fraction(one.met, one.answered) if one.answered else 0,
            -one.answered,
        ),
    )
    return (CountPart("", title, count_rows(tuple(ordered))),)


def counts_html(sheet: CountSheet, env: Environment | None = None) -> str:
    """The sheet as one HTML document with print styles."""
    return (env or environment()).get_template("pdf/counts.html").render(sheet=sheet)


def count_data(checklist: str, reports: int, criteria: tuple[CriterionCount, ...]) -> dict[str, Any]:
    """The counts as JSON: shares in percent with four places, their Wilson 95% interval beside them."""
    return {
        "checklist": checklist,
        "reports": reports,
        "criteria": [
            {
                "id": one.id,
                "code": one.code,
                "title": one.title,
                "section": one.section,
                "essential": one.essential,
                "answered": one.answered,
                "grades": [
                    {
                        "id": grade.grade,
                        "label": grade.label,
                        "says": grade.says,
                        "worth": str(grade.worth),
                        "reports": grade.reports,
                    }
                    for grade in one.grades
                ],
                "not_applicable": one.not_applicable,
                "unanswered": one.unanswered,
                "percent": percent(Fraction(one.met, one.answered)) if one.answered else None,
                "low": percent(one.interval.low) if one.interval else None,
                "high": percent(one.interval.high) if one.interval else None,
            }
            for one in criteria
        ],
    }


def count_cells(checklist: str, reports: int, criteria: tuple[CriterionCount, ...]) -> Iterator[list[object]]:
    """The counts as rows of a table, below their heads."""
    yield list(COLUMNS)
    for one in criteria:
        yield [
            checklist,
            one.code,
            one.id,
            one.title,
            one.section,
            one.essential,
            reports,
            one.answered,
            one.met,
            one.partly,
            one.unmet,
            one.not_applicable,
            one.unanswered,
            percent(Fraction(one.met, one.answered)) if one.answered else None,
            percent(one.interval.low) if one.interval else None,
            percent(one.interval.high) if one.interval else None,
        ]


def percent(share: Fraction) -> float:
    """A share in percent with four places."""
    return round(float(100 * share), 4)


def said(row: CountRow, *, gettext: words.Gettext = words.english) -> str:
    """What a bar shows, for whoever cannot see it."""
    count = row.count
    return gettext("%(met)s fully, %(partly)s partly, %(unmet)s not, of %(answered)s that answered") % {
        "met": count.met,
        "partly": count.partly,
        "unmet": count.unmet,
        "answered": count.answered,
    }


def _row(count: CriterionCount) -> CountRow:
    drawn = charts.bar(count.met + count.partly, count.answered, count.met, width=WIDTH)
    interval = count.interval
    if interval is None:
        return CountRow(count, drawn, None, None)
    return CountRow(count, drawn, int(100 * interval.low), -int(-100 * interval.high // 1))
