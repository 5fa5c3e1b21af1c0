"""Scores, reports and comparisons as JSON and CSV.

In JSON an exact number is a whole number where it is whole, and the text of a fraction otherwise: 34, "67/2".
In CSV, which is opened in spreadsheets, it is a decimal of up to four places: 34, 33.5.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from auditapp.domain.cells import Cell
from auditapp.domain.comparison import Column, Comparison, Row
from auditapp.domain.levels import LevelLine
from auditapp.domain.measures import Figure, Measure, Numbers
from auditapp.domain.measures.figure import CountedShare
from auditapp.domain.plan import Plan, Step
from auditapp.domain.report import Report
from auditapp.domain.scoring import Count, Sum
from auditapp.rendering import words

Json = dict[str, Any]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WRITTEN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?", re.ASCII)
DECIMAL_PLACES = 4
CSV_PARTS = (
    "answer", "state", "points", "possible", "note", "figure", "number", "unit", "evidence", "links", "left out because",
)  # fmt: skip
NOTHING_MORE = (None,) * 7
"""What stands behind the points: nothing, where there is no single answer."""


def number(value: Fraction | int) -> int | str:
    """An exact number for JSON: 34, or "67/2" where it is not whole."""
    numerator, denominator = value.as_integer_ratio()
    return numerator if denominator == 1 else f"{numerator}/{denominator}"


def score_data(report: Report) -> Json:
    """Everything the score says, and the plan to the next level (null when there is none to plan for).

    Where nothing but the quick audit was answered, `essentials_only` is the result and there is neither level nor plan.
    `figures` are what measures made of the numbers, by criterion, as they may be published; exact numbers in them are text.
    """
    score, plan = report.score, report.plan
    return {
        "checklist": report.checklist.ref,
        "scope": report.scope.value,
        "essentials_only": _count(report.essentials_only),
        "score": _own_sum(score.total, report.essentials_only),
        "sections": [
            {
                "id": section.id,
                "points": number(section.points),
                "possible": number(section.possible),
                "percent": None if report.essentials_only else section.percent,
            }
            for section in score.sections
        ],
        "essentials": _count(score.essentials),
        "answered": {"answered": score.coverage.answered, "applicable": score.coverage.applicable},
        "level": report.level.id if report.level else None,
        "levels": [
            {
                "id": level.id,
                "reached": level.reached,
                "failing": [_level_line(line) for line in level.failing],
            }
            for level in score.levels
        ],
        "findings": [
            {
                "id": finding.id,
                "code": finding.code,
                "grade": finding.grade,
                "points": number(finding.points),
                "possible": number(finding.possible),
                "state": finding.state.value,
            }
            for finding in score.findings
        ],
        "figures": {name: figure.model_dump(mode="json") for name, figure in report.figures.items()},
        "plan": None if plan is None else _plan(plan),
    }


def figure_data(measure: Measure, numbers: Numbers, figure: Figure) -> Json:
    """What a measure makes of numbers: quantities by name, shares with their 95% interval in percent, the working."""
    return {
        "measure": measure.id,
        "says": figure.says,
        "small": figure.small,
        "figures": {
            one.id: {
                "label": one.label,
                "value": None if one.value is None else number(one.value),
                "unit": one.unit,
                "small": one.small,
            }
            for one in figure.quantities
        },
        "shares": [_share(share) for share in figure.shares],
        "others": _share(figure.others) if figure.others else None,
        "working": [{"label": step.label, "text": step.text} for step in figure.steps],
        "notes": list(figure.notes),
        "numbers": numbers.model_dump(mode="json"),
    }


def _share(share: CountedShare) -> Json:
    interval = share.interval
    return {
        "id": share.id,
        "label": share.label,
        "count": share.count,
        "of": share.of,
        "percent": None if share.percent is None else _rounded(share.percent),
        "low": None if interval is None else _rounded(100 * interval.low),
        "high": None if interval is None else _rounded(100 * interval.high),
    }


def _rounded(value: Fraction) -> float:
    """A percentage with four places, near enough to draw; what is exact stands in count and of."""
    return round(float(value), DECIMAL_PLACES)


def report_json(report: Report) -> bytes:
    """The report document: the same report always gives the same bytes."""
    return report.model_dump_json(indent=2).encode("utf-8") + b"\n"


def comparison_data(comparison: Comparison) -> Json:
    """Reports side by side: their own scores, their scores over the shared criteria, what is left out of these and why,
    and every criterion with its answers and their evidence.
    """
    return {
        "reports": [
            {
                "title": column.title,
                "organiser": column.organiser,
                "checklist": column.checklist,
                "completed_on": column.completed_on.isoformat(),
                "level": column.level,
                "essentials_only": _count(column.essentials_only),
                "score": _own_sum(column.own, column.essentials_only),
                "shared": sum_data(column.shared),
            }
            for column in comparison.columns
        ],
        "shared_criteria": comparison.shared,
        "left_out": [
            {"why": part.why.value, "criteria": [row.criterion for row in part.rows]}
            for part in comparison.not_shared
        ],
        "sections": [
            {
                "id": section.id,
                "code": section.code,
                "title": section.title,
                "shared": [sum_data(part) for part in section.sums],
            }
            for section in comparison.sections
        ],
        "criteria": [
            {
                "id": row.criterion,
                "code": row.code,
                "title": row.title,
                "section": row.section,
                "essential": row.essential,
                "band": row.band.value,
                "same_wording": row.same_wording,
                "answers": [cell_data(cell) for cell in row.cells],
            }
            for row in comparison.rows
        ],
    }


def comparison_csv(comparison: Comparison) -> str:
    """One row per criterion, headed by the scores; for each report its answer, state, points, note, the number behind the
    grade where a measure gave one (what it is, its value, and its unit, which is the currency of money), the pieces of
    evidence with their links, and why the answer is left out of the score like for like.

    A note is written by strangers, so a cell that a spreadsheet could take for a formula begins with an apostrophe.
    """
    header: list[object] = ["code", "criterion", "title", "section", "essential", "difference"]
    for place, column in enumerate(comparison.columns, start=1):
        name = f"{place}. {column.title}"
        header += [f"{name}: {part}" for part in CSV_PARTS]
    rows = [header]
    for title, totals in (
        ("Score over all criteria that apply", [_own_cells(column) for column in comparison.columns]),
        ("Score over the shared criteria", [_total_cells(column.shared) for column in comparison.columns]),
    ):
        rows.append(["", "", title, "", "", "", *(part for cells in totals for part in cells)])
    for row in comparison.rows:
        rows.append([*_row_start(row), *(part for cell in row.cells for part in _answer_cells(cell))])
    return csv_text(rows)


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV (RFC 4180): exact numbers as decimals, text safe to open in a spreadsheet."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    for row in rows:
        writer.writerow([csv_cell(cell) for cell in row])
    return stream.getvalue()


def csv_cell(cell: object) -> str:
    """A cell as CSV has it: an exact number as a decimal, text so that no spreadsheet takes it for a formula."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA_STARTS) and not _WRITTEN_NUMBER.fullmatch(cell) else cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, Fraction):
        return _decimal(cell)
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0")
    return str(cell)


def _decimal(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    return f"{Decimal(value.numerator) / Decimal(value.denominator):.{DECIMAL_PLACES}f}".rstrip("0")


def sum_data(total: Sum) -> Json:
    """Points, and the percentages they come to."""
    return {
        "points": number(total.points),
        "possible": number(total.possible),
        "percent": total.percent,
        "evidenced_percent": total.evidenced_percent,
    }


def _own_sum(total: Sum, essentials_only: Count | None) -> Json:
    """The sum over everything that applies, without a percentage where most of it was never asked."""
    sums = sum_data(total)
    return sums if essentials_only is None else sums | {"percent": None, "evidenced_percent": None}


def _count(count: Count | None) -> Json | None:
    return None if count is None else {"met": count.met, "applicable": count.applicable}


def _level_line(line: LevelLine) -> Json:
    return {
        "kind": line.kind,
        "section": line.section,
        "needed_percent": line.needed,
        "percent": line.percent,
        "has": number(line.has),
        "of": number(line.of),
    }


def _plan(plan: Plan) -> Json:
    return {
        "level": plan.level,
        "reaches": plan.reaches,
        "gain": number(plan.gain),
        "days": plan.days,
        "steps": [_step(step) for step in plan.steps],
    }


def _step(step: Step) -> Json:
    return {
        "id": step.criterion,
        "code": step.code,
        "kind": step.kind,
        "from": step.from_grade,
        "to": step.to_grade,
        "gain": number(step.gain),
        "evidenced_gain": number(step.evidenced_gain),
        "cost": step.cost,
        "days": step.days,
        "percent_after": step.percent_after,
        "evidenced_percent_after": step.evidenced_percent_after,
    }


def cell_data(cell: Cell) -> Json:
    """What one report says on one criterion. `left_out` says why that does not count beside the others, null where it does;
    `gap` what another version of the checklist changed. A criterion that a checklist does not have has no state.
    """
    finding, gap = cell.finding, cell.gap
    return {
        "state": finding.state.value if finding else None,
        "grade": cell.grade,
        "label": cell.label,
        "says": cell.says,
        "points": number(finding.points) if finding else None,
        "possible": number(finding.possible) if finding else None,
        "note": cell.note,
        "evidence": [piece.model_dump(mode="json") for piece in cell.evidence],
        "figure": _quantity(cell),
        "left_out": cell.why_not.value if cell.why_not else None,
        "gap": {"kind": gap.kind.value, "version": gap.version, "says": gap.says} if gap else None,
    }


def _quantity(cell: Cell) -> Json | None:
    """The number behind a grade, None where no measure gave one."""
    quantity = cell.quantity
    if quantity is None or quantity.value is None:
        return None
    return {
        "id": quantity.id,
        "label": quantity.label,
        "value": number(quantity.value),
        "unit": quantity.unit,
        "currency": cell.currency if quantity.unit == "money" else "",
    }


def _row_start(row: Row) -> list[object]:
    return [row.code, row.criterion, row.title, row.section, row.essential, row.band.value]


def _answer_cells(cell: Cell) -> list[object]:
    if cell.finding is None:
        nothing = [None] * (len(CSV_PARTS) - 3)
        return ["", "not in this checklist", *nothing, _left_out_words(cell)]
    found = cell.quantity
    return [
        cell.label,
        cell.finding.state.value,
        cell.points,
        cell.possible,
        cell.note,
        found.label if found else None,
        found.value if found else None,
        None if found is None else cell.currency if found.unit == "money" else found.unit,
        len(cell.evidence),
        " ".join(piece.url for piece in cell.evidence),
        _left_out_words(cell),
    ]


def _left_out_words(cell: Cell) -> str:
    """Why the answer does not count, with what another version changed: "not-comparable (narrower in 1.1: …)"."""
    if cell.why_not is None:
        return ""
    gap = cell.gap
    if gap is None or not gap.version:
        return cell.why_not.value
    says = f": {gap.says}" if gap.says else ""
    return f"{cell.why_not.value} ({gap.kind.value} in {gap.version}{says})"


def _own_cells(column: Column) -> list[object]:
    count = column.essentials_only
    if count is None:
        return _total_cells(column.own)
    return [words.essentials_only(count.met, count.applicable), *_total_cells(column.own)[1:]]


def _total_cells(total: Sum) -> list[object]:
    percent = "" if total.percent is None else f"{total.percent}%"
    return [percent, "", total.points, total.possible, *NOTHING_MORE]
