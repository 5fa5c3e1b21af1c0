"""The check page as its template needs it: the score, the way to the next level, and every answer with its link back."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from auditapp.domain.audit import Audit
from auditapp.domain.checklist import CostBand, Criterion
from auditapp.domain.levels import LevelLine, LineKind, Tally, level_lines
from auditapp.domain.plan import Plan, Step, plan_for
from auditapp.domain.quick import Scope, scope_of
from auditapp.domain.scoring import Finding, Score, SectionScore, State, marks, score
from auditapp.rendering import charts, words
from auditapp.rendering.glyphs import worth
from auditapp.rendering.quick import QuickView, quick_view
from auditapp.web.audits.cards import choice_words, points_words
from auditapp.web.audits.live import ruled_out
from auditapp.web.audits.overview import to_confirm
from auditapp.web.audits.typed import TypedAnswer
from auditapp.web.presentation import plural_form

NARROW = 328.0


@dataclass(frozen=True)
class Row:
    """One criterion with its answer in words, and where to change it."""

    finding: Finding
    title: str
    question: str
    worth: Fraction | str
    words: str
    href: str


@dataclass(frozen=True)
class SectionRow:
    """A row of the section table, and the answers of the section."""

    title: str
    href: str
    bar: charts.Bar
    bar_title: str
    points: str
    percent: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class PlanRow:
    """A step of the plan in words."""

    code: str
    change: str
    essential: bool
    gain: Fraction
    cost: str
    time: str
    then: str
    href: str
    wording: str | None


@dataclass(frozen=True)
class OpenStep:
    """A criterion that the plan only asks to answer, whatever the answer is."""

    code: str
    title: str
    href: str


@dataclass(frozen=True)
class Condition:
    """One thing a level asks for, with what stands; the floors of all sections make one condition."""

    kind: LineKind
    needed: int
    stands: str
    reached: bool


@dataclass(frozen=True)
class LevelAsks:
    """A level with everything it asks for."""

    title: str
    says: str
    proposed: bool
    reached: bool
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class CheckPage:
    """Everything the check page shows. `quick` is there while nothing but the quick audit is answered."""

    result: Score
    quick: QuickView | None
    plan: Plan | None
    level_title: str | None
    next_title: str | None
    away: str
    wide: charts.LevelBar | None
    narrow: charts.LevelBar | None
    sections: tuple[SectionRow, ...]
    floor: int
    essentials: tuple[Row, ...]
    unanswered: tuple[Row, ...]
    to_confirm: int
    steps: tuple[PlanRow, ...]
    open_steps: tuple[OpenStep, ...]
    levels: tuple[LevelAsks, ...]

    @property
    def wordings(self) -> tuple[PlanRow, ...]:
        """The steps that come with ready wording."""
        return tuple(step for step in self.steps if step.wording)


def check_page(audit: Audit) -> CheckPage:
    """The page for the audit as it stands."""
    checklist = audit.checklist
    result = score(checklist, audit.answers, audit.facts)
    plan = plan_for(checklist, result)
    following = checklist.level(plan.level) if plan else None
    floor = following.section_floor if following else 0
    steps = plan.steps if plan else ()
    rows = {finding.id: _row(audit, finding) for finding in result.findings if not ruled_out(finding)}
    is_quick = scope_of(checklist, result) is Scope.QUICK
    return CheckPage(
        result=result,
        quick=quick_view(checklist, result, lambda criterion: _place(audit, criterion)) if is_quick else None,
        plan=plan,
        level_title=checklist.level(result.level).title if result.level else None,
        next_title=following.title if following else None,
        away=words.listed(_away(audit, result)),
        wide=level_chart(audit, result, 752.0),
        narrow=level_chart(audit, result, NARROW),
        sections=tuple(_section(audit, result, part, floor, rows) for part in result.sections),
        floor=floor,
        essentials=tuple(
            rows[finding.id]
            for finding in result.findings
            if finding.essential and finding.grade is not None and not finding.met
        ),
        unanswered=tuple(
            rows[finding.id] for finding in result.findings if finding.state is State.UNANSWERED
        ),
        to_confirm=to_confirm(audit),
        steps=tuple(_step(audit, step) for step in steps if step.kind != "answer"),
        open_steps=tuple(_open_step(audit, step) for step in steps if step.kind == "answer"),
        levels=tuple(_levels(audit, result)),
    )


def level_chart(audit: Audit, result: Score, width: float) -> charts.LevelBar | None:
    """The score on its way through the levels; None where there is nothing to score or no level."""
    total, levels = result.total, audit.checklist.levels
    if not total.possible or not levels:
        return None
    following = result.next_level.id if result.next_level else None
    reached = {level.id for level in result.levels if level.reached}
    marks: list[tuple[str, Fraction, charts.Reach]] = [
        (
            level.title,
            Fraction(level.score, 100),
            "reached" if level.id in reached else "next" if level.id == following else "later",
        )
        for level in levels
    ]
    return charts.level_bar(total.points, total.possible, total.evidenced, marks, width=width)


def _row(audit: Audit, finding: Finding) -> Row:
    criterion = audit.checklist.criterion(finding.id)
    typed = TypedAnswer.stored(audit, criterion)
    unanswered = finding.state is State.UNANSWERED
    return Row(
        finding,
        criterion.title,
        criterion.question,
        worth(finding),
        _("Unanswered") if unanswered else choice_words(audit.checklist, typed),
        _place(audit, criterion),
    )


def _section(audit: Audit, result: Score, part: SectionScore, floor: int, rows: dict[str, Row]) -> SectionRow:
    line = Fraction(floor, 100) if floor and part.possible else None
    return SectionRow(
        title=audit.checklist.section(part.id).title,
        href=url_for("audits.section", key=audit.key, section_id=part.id),
        bar=charts.bar(part.points, part.possible, part.evidenced, line),
        bar_title=_(
            "%(points)s, %(evidenced)s with evidence",
            points=words.points_of(part.points, part.possible, ngettext=plural_form),
            evidenced=words.points(part.evidenced),
        ),
        points=words.count_of(part.points, part.possible, gettext=_),
        percent=words.percent(part.percent, gettext=_),
        rows=tuple(rows[finding.id] for finding in result.findings_in(part.id) if finding.id in rows),
    )


def _away(audit: Audit, result: Score) -> Iterator[str]:
    """What is missing for the next level, each in a few words."""
    failing = result.next_level.failing if result.next_level else ()
    floors = [line.section or "" for line in failing if line.kind == "section_floor"]
    for line in failing:
        missing = math.ceil(line.short)
        count = words.number_word(missing, gettext=_)
        match line.kind:
            case "score":
                yield points_words(line.short)
            case "section_floor" if len(floors) == 1:
                yield _("the floor of %(section)s", section=audit.checklist.section(floors[0]).title)
            case "section_floor" if line.section == floors[0]:
                yield _("the floors of %(count)s sections", count=words.number_word(len(floors), gettext=_))
            case "essentials":
                yield ngettext("%(count)s essential", "%(count)s essentials", missing, count=count)
            case "essentials_in_full":
                yield ngettext(
                    "%(count)s essential in full", "%(count)s essentials in full", missing, count=count
                )
            case "answered":
                yield ngettext("%(count)s answer", "%(count)s answers", missing, count=count)
            case "evidenced":
                yield _("evidence for %(points)s", points=points_words(line.short))


def cost_words(cost: CostBand) -> str:
    """A cost band for people."""
    return {
        "nothing": _("nothing"),
        "small": _("up to about 100"),
        "medium": _("up to about 1,000"),
        "large": _("over 1,000"),
    }[cost]


def _step(audit: Audit, step: Step) -> PlanRow:
    criterion = audit.checklist.criterion(step.criterion)
    adds = step.kind == "evidence"
    return PlanRow(
        code=step.code,
        change=_("Add evidence: %(title)s", title=criterion.title) if adds else criterion.improve.change,
        essential=step.essential,
        gain=step.gain,
        cost=cost_words(step.cost),
        time=words.lead_time(step.days, gettext=_, ngettext=plural_form),
        then=words.percent(step.percent_after, gettext=_),
        href=_place(audit, criterion),
        wording=None if adds else criterion.improve.wording,
    )


def _open_step(audit: Audit, step: Step) -> OpenStep:
    criterion = audit.checklist.criterion(step.criterion)
    return OpenStep(step.code, criterion.title, _place(audit, criterion))


def _place(audit: Audit, criterion: Criterion) -> str:
    """Where a criterion is answered."""
    page = url_for("audits.section", key=audit.key, section_id=criterion.section)
    return f"{page}#{criterion.code}"


def _levels(audit: Audit, result: Score) -> Iterator[LevelAsks]:
    tally = Tally.of(audit.checklist, marks(audit.checklist, result.findings))
    reached = {level.id: level.reached for level in result.levels}
    for level in audit.checklist.levels:
        lines = [line for line in level_lines(level, tally) if line.needed]
        kinds = dict.fromkeys(line.kind for line in lines)
        yield LevelAsks(
            level.title,
            level.says,
            level.proposed,
            reached[level.id],
            tuple(_condition([line for line in lines if line.kind == kind]) for kind in kinds),
        )


def _condition(lines: list[LevelLine]) -> Condition:
    first = lines[0]
    if first.kind == "section_floor":
        measured = [line for line in lines if line.of]
        below = sum(1 for line in measured if not line.reached)
        stands = (
            ngettext("%(num)s section is below", "%(num)s sections are below", below)
            if below
            else _("all sections reach it")
        )
    elif first.kind in ("score", "evidenced"):
        stands = words.percent(first.percent, gettext=_)
    else:
        stands = words.count_of(first.has, first.of, gettext=_)
    return Condition(first.kind, first.needed, stands, all(line.reached for line in lines))
