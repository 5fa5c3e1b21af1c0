"""One event over its years as JSON and CSV."""

from __future__ import annotations

from itertools import pairwise

from auditapp.domain.standing import ReportStanding
from auditapp.domain.timeline import Edition, Timeline
from auditapp.rendering.data import Json, cell_data, csv_text, sum_data


def timeline_data(timeline: Timeline) -> Json:
    """The editions oldest first, those of the lines with their place in `column`; the sections and criteria as lines through
    the columns; and what became of each answer at every step from one column to the next.
    """
    return {
        "editions": [edition_data(edition) for edition in timeline.editions],
        "steps": [
            {
                "from": before.publication.slug,
                "to": after.publication.slug,
                "shared_criteria": passage.shared,
                "before": sum_data(passage.before),
                "after": sum_data(passage.after),
            }
            for (before, after), passage in zip(pairwise(timeline.columns), timeline.passages, strict=True)
        ],
        "sections": [
            {
                "id": section.id,
                "code": section.code,
                "title": section.title,
                "scores": [sum_data(one) if one else None for one in section.sums],
            }
            for section in timeline.sections
        ],
        "criteria": [
            {
                "id": line.criterion,
                "code": line.code,
                "title": line.title,
                "section": line.section,
                "essential": line.essential,
                "turns": [turn.value for turn in line.turns],
                "answers": [cell_data(cell) for cell in line.cells],
            }
            for line in timeline.lines
        ],
    }


def edition_data(edition: Edition) -> Json:
    """A published report in its place among the editions; without any figures once it is withdrawn."""
    publication, essentials = edition.publication, edition.essentials_only
    return {
        "slug": publication.slug,
        "title": edition.title,
        "edition": edition.edition,
        "date": edition.date.isoformat(),
        "published_on": publication.published_on.isoformat(),
        "superseded_by": publication.superseded_by,
        "withdrawn_on": publication.withdrawn_on.isoformat() if publication.withdrawn_on else None,
        "reason": publication.reason,
        "checklist": edition.checklist,
        "column": edition.column,
        "level": edition.level,
        "essentials_only": {"met": essentials.met, "applicable": essentials.applicable}
        if essentials
        else None,
        "score": None
        if edition.own is None
        else sum_data(edition.own)
        | {"percent": edition.percent, "evidenced_percent": edition.evidenced_percent},
    }


def standing_data(standing: ReportStanding) -> Json:
    """How a report stands today."""
    return {"state": standing.state.value, "expires_on": standing.expires_on.isoformat()}


def timeline_csv(timeline: Timeline) -> str:
    """A row for each criterion: in every edition its answer, its state and its points, and what became of it since the one
    before.
    """
    columns = timeline.columns
    header: list[object] = ["code", "criterion", "title", "section", "essential"]
    for place, edition in enumerate(columns):
        parts = ("answer", "state", "points", "possible", "left out because", *(("turn",) if place else ()))
        header += [f"{edition.title}: {part}" for part in parts]
    rows: list[list[object]] = [header]
    for line in timeline.lines:
        row: list[object] = [line.code, line.criterion, line.title, line.section, line.essential]
        for place, cell in enumerate(line.cells):
            finding = cell.finding
            row += [
                cell.label,
                finding.state.value if finding else "not in this checklist",
                finding.points if finding else None,
                finding.possible if finding else None,
                cell.why_not.value if cell.why_not else "",
                *((line.turns[place - 1].value,) if place else ()),
            ]
        rows.append(row)
    return csv_text(rows)
