"""The task list as its template needs it: what is done, what is left, and where to go on."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from auditapp.domain.audit import Audit, Standing
from auditapp.domain.quick import has_quick_audit, quick_minutes, quick_result
from auditapp.domain.scoring import Score, SectionScore, State, score
from auditapp.rendering import words
from auditapp.web.audits.facts import passed_quickly
from auditapp.web.audits.live import StripEntry, ruled_out, strip
from auditapp.web.audits.ways import quick_step

Progress = Literal["done", "started", "open"]


@dataclass(frozen=True)
class Task:
    """One row of the list: where it leads, its state in a word, and for a section its strip and points."""

    title: str
    href: str
    tag: str
    state: Progress
    strip: tuple[StripEntry, ...]
    points: Fraction
    possible: Fraction


@dataclass(frozen=True)
class QuickTask:
    """The quick audit in the list: where it leads, how far it is, how much it asks and how long that takes."""

    href: str
    tag: str
    state: Progress
    criteria: int
    minutes: int


@dataclass(frozen=True)
class Overview:
    """The whole list with the score so far. `quick` is None where the checklist has no shorter way."""

    result: Score
    quick: QuickTask | None
    facts_tag: str
    facts_state: Progress
    applying: int
    criteria: int
    tasks: tuple[Task, ...]
    left: int
    to_confirm: int
    lines: tuple[tuple[str, str], ...]
    next_href: str
    next_words: str


def overview(audit: Audit) -> Overview:
    """What the task list shows for the audit as it stands."""
    result = score(audit.checklist, audit.answers, audit.facts)
    left = result.coverage.applicable - result.coverage.answered
    quick = quick_step(audit, result) if passed_quickly(audit) else None
    href, text = (quick, _("Continue the quick audit")) if quick else next_page(audit, result)
    facts_tag = _("Done") if audit.facts_saved else _("Not started")
    if passed_quickly(audit):
        facts_tag = _("%(part)s of %(whole)s given", part=len(audit.facts), whole=len(audit.checklist.facts))
    return Overview(
        result=result,
        quick=quick_task(audit, result) if has_quick_audit(audit.checklist) else None,
        facts_tag=facts_tag,
        facts_state="done" if audit.facts_saved else "started" if passed_quickly(audit) else "open",
        applying=sum(1 for finding in result.findings if not ruled_out(finding)),
        criteria=len(result.findings),
        tasks=tuple(_task(audit, result, part) for part in result.sections),
        left=left,
        to_confirm=to_confirm(audit),
        lines=score_lines(audit, result),
        next_href=href,
        next_words=text,
    )


def quick_task(audit: Audit, result: Score) -> QuickTask:
    """The quick audit as a task."""
    asked = quick_result(audit.checklist, result).asked
    tag, state = _progress(asked.answered, asked.applicable)
    return QuickTask(
        href=url_for("audits.quick", key=audit.key),
        tag=tag,
        state=state,
        criteria=asked.applicable,
        minutes=quick_minutes(audit.checklist),
    )


def to_confirm(audit: Audit) -> int:
    """How many answers were carried over from the last edition and wait to be confirmed."""
    return sum(1 for answer in audit.answers.values() if answer.standing is Standing.CARRIED)


def score_lines(audit: Audit, result: Score) -> tuple[tuple[str, str], ...]:
    """The lines under the score: evidence, answers, essentials, level."""
    level = audit.checklist.level(result.level).title if result.level else _("None yet")
    coverage, essentials = result.coverage, result.essentials
    return (
        (_("With evidence"), words.percent(result.total.evidenced_percent, gettext=_)),
        (_("Answered"), words.count_of(coverage.answered, coverage.applicable, gettext=_)),
        (_("Essentials met"), words.count_of(essentials.met, essentials.applicable, gettext=_)),
        (_("Level so far"), level),
    )


def next_page(audit: Audit, result: Score) -> tuple[str, str]:
    """The address of the next thing to do, and the words of the button that leads there.

    In a section with answers it leads to the first criterion without one.
    """
    if not audit.facts_saved:
        return url_for("audits.details", key=audit.key), _("Continue with the facts")
    for part in result.sections:
        if part.answered < part.applicable:
            title = audit.checklist.section(part.id).title
            first = next(one for one in result.findings_in(part.id) if one.state is State.UNANSWERED)
            anchor = first.code if part.answered else None
            href = url_for("audits.section", key=audit.key, section_id=part.id, _anchor=anchor)
            return href, _("Continue with %(section)s", section=title)
    return url_for("audits.check", key=audit.key), _("Check your answers")


def _task(audit: Audit, result: Score, part: SectionScore) -> Task:
    section = audit.checklist.section(part.id)
    href = url_for("audits.section", key=audit.key, section_id=part.id)
    tag, state = _tag(audit, part)
    return Task(
        title=section.title,
        href=href,
        tag=tag,
        state=state,
        strip=strip(audit.checklist, result.findings_in(part.id), href),
        points=part.points,
        possible=part.possible,
    )


def _tag(audit: Audit, part: SectionScore) -> tuple[str, Progress]:
    carried = sum(
        1
        for criterion in audit.checklist.criteria_in(part.id)
        if (answer := audit.answer(criterion.id)) and answer.standing is Standing.CARRIED
    )
    if carried:
        return ngettext("%(num)s to confirm", "%(num)s to confirm", carried), "started"
    return _progress(part.answered, part.applicable)


def _progress(answered: int, applicable: int) -> tuple[str, Progress]:
    if answered == applicable:
        return _("Done"), "done"
    if answered:
        return _("%(part)s of %(whole)s answered", part=answered, whole=applicable), "started"
    return _("Not started"), "open"
