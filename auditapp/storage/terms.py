"""The terms a published report is found under."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from auditapp.domain import bands
from auditapp.domain.geography import Cell, Position, cell_of
from auditapp.domain.quick import Scope
from auditapp.domain.report import Report
from auditapp.domain.scoring import Finding, State

LIVE, LATEST = "live", "latest"
"""Neither replaced nor withdrawn; and of those the newest of its event."""
PLACED = "placed"
"""About an event of which the town is known."""
NO_LEVEL = "none"
"""What stands for "no level" in a search."""
ESSENTIALS_ONLY = "essentials-only"
"""What stands in a search for reports on nothing but the quick audit, in place of a level."""
NO_SCORE = "none"
"""What stands for "no percentage" in the order of scores."""
LONGEST_WORD = 60
"""Characters of a word that are searched."""

_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)


def folded(text: str) -> str:
    """Text as it is searched: without accents and case, so that "lodz" finds "Łódź" on every database."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_UNDECOMPOSED))
    return "".join(character for character in plain if not unicodedata.combining(character))


def place_name(text: str) -> str:
    """The name of a place as it is looked up: its words, folded, in their order, so that "Saint-Étienne" has a space."""
    return " ".join(re.findall(r"\w+", folded(text)))


def words_of(text: str) -> list[str]:
    """The words of a text, folded, each once, in their order: letters and digits of any script, at most 60 of each."""
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in re.findall(r"\w+", folded(text))))


def finding_term(checklist: str, criterion: str, answer: str) -> str:
    """The term for an answer to a criterion: the id of a grade, "not-applicable" or "unanswered"."""
    return f"finding:{checklist}:{criterion}={answer}"


def cell_term(cell: Cell) -> str:
    """The term for where something lies: the row and the column of a cell of the grid."""
    return f"at:{cell.row}:{cell.column}"


def terms_of(report: Report, *, country: str, position: Position | None = None) -> Iterator[str]:
    """Everything a report is found under. Whether it is live, and the latest of its event, is kept apart from it."""
    event, checklist, facts = report.event, report.checklist, report.facts
    for word in words_of(" ".join((report.title, event.place, event.country, event.organiser))):
        yield f"word:{word}"
    for word in words_of(f"{event.place} {event.country}"):
        yield f"place:{word}"
    yield f"checklist:{checklist.id}"
    yield f"checklist:{checklist.ref}"
    yield f"year:{(event.date or report.completed_on).year}"
    yield f"day:{event.date or report.completed_on}"
    yield f"expires:{report.expires_on}"
    yield f"assurance:{report.assurance}"
    yield f"level:{result_of(report)}"
    if country:
        yield f"country:{country}"
    if position is not None:
        yield PLACED
        yield cell_term(cell_of(position))
    if sport := facts.get(bands.SPORT_FACT):
        yield f"sport:{sport}"
    if (distance := bands.distance_of(facts)) is not None:
        yield f"distance:{bands.band_of(bands.DISTANCES, distance)}"
    if (size := bands.size_of(facts)) is not None:
        yield f"size:{bands.band_of(bands.SIZES, size)}"
    if evidence := bands.evidence_band(report.answers_evidenced, report.answers_given):
        yield f"evidence:{evidence}"
    total = report.score.total if report.scope is Scope.WHOLE else None
    yield f"score:{_percent(total.percent if total else None)}"
    yield f"shown:{_percent(total.evidenced_percent if total else None)}"
    for finding in report.score.findings:
        if (answer := answer_of(report, finding)) is not None:
            yield finding_term(checklist.id, finding.id, answer)


def result_of(report: Report) -> str:
    """The id of the level, or what stands in its place."""
    if report.essentials_only is not None:
        return ESSENTIALS_ONLY
    return report.score.level or NO_LEVEL


def answer_of(report: Report, finding: Finding) -> str | None:
    """What a criterion was answered, as a term says it; None where a quick audit did not ask it."""
    if finding.grade is not None:
        return finding.grade
    if finding.state is State.NOT_APPLICABLE:
        return "not-applicable"
    if report.scope is Scope.QUICK and not report.criterion(finding).in_quick_audit:
        return None
    return "unanswered"


def _percent(percent: int | None) -> str:
    """A percentage in three digits, so that it is in order as text."""
    return NO_SCORE if percent is None else f"{percent:03}"
