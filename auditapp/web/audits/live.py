"""Strips of glyphs, and the score that follows along beside a section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _

from auditapp.domain.audit import Audit
from auditapp.domain.checklist import Checklist
from auditapp.domain.quick import quick_result
from auditapp.domain.scoring import Count, Finding, Score, State
from auditapp.rendering import words
from auditapp.rendering.glyphs import worth


@dataclass(frozen=True)
class StripEntry:
    """One criterion of a strip."""

    code: str
    title: str
    worth: Fraction | str
    href: str | None


def strip(checklist: Checklist, findings: Sequence[Finding], page: str = "") -> tuple[StripEntry, ...]:
    """A section as one glyph per criterion. What the facts rule out has no place to link to."""
    return tuple(
        StripEntry(
            finding.code,
            checklist.criterion(finding.id).title,
            worth(finding),
            None if ruled_out(finding) else f"{page}#{finding.code}",
        )
        for finding in findings
    )


def ruled_out(finding: Finding) -> bool:
    """Whether the facts, not the organiser, say that the criterion does not apply."""
    return finding.state is State.NOT_APPLICABLE and finding.reason is None


@dataclass(frozen=True)
class LivePanel:
    """The score beside a section, which follows along while answers are saved.

    On the way of the quick audit `essentials` is what follows along, and no score.
    """

    percent: int | None
    points: Fraction
    possible: Fraction
    lines: tuple[tuple[str, str], ...]
    strip: tuple[StripEntry, ...]
    essentials: Count | None = None


def live_panel(audit: Audit, result: Score, section_id: str) -> LivePanel:
    """The score so far, with the sums of one section."""
    findings = result.findings_in(section_id)
    sums = next(part for part in result.sections if part.id == section_id)
    essentials = [finding for finding in findings if finding.essential and finding.applies]
    met = sum(1 for finding in essentials if finding.met)
    left = result.coverage.applicable - result.coverage.answered
    return LivePanel(
        result.total.percent,
        result.total.points,
        result.total.possible,
        (
            (_("This section"), words.count_of(sums.points, sums.possible, gettext=_)),
            (_("Answered here"), words.count_of(sums.answered, sums.applicable, gettext=_)),
            (_("Essentials met here"), words.count_of(met, len(essentials), gettext=_)),
            (_("Left in all sections"), words.number(left)),
        ),
        strip(audit.checklist, findings),
    )


def quick_panel(audit: Audit, result: Score, section_id: str) -> LivePanel:
    """The essentials met so far, with what the quick audit asks of one section."""
    quick = quick_result(audit.checklist, result)
    asked = [
        finding
        for finding in result.findings_in(section_id)
        if audit.checklist.criterion(finding.id).in_quick_audit
    ]
    return LivePanel(
        None,
        result.total.points,
        result.total.possible,
        (
            (_("Met in full"), words.count_of(quick.in_full.met, quick.in_full.applicable, gettext=_)),
            (_("Answered"), words.count_of(quick.asked.answered, quick.asked.applicable, gettext=_)),
            (_("Left"), words.number(quick.asked.applicable - quick.asked.answered)),
        ),
        strip(audit.checklist, asked),
        quick.essentials,
    )
