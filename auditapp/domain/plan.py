"""The plan: which changes reach the next level, what each gains, costs and takes.

The plan is found greedily and then thinned: every line the level asks for is filled with the changes that
help it most for their effort, and whatever turns out not to be needed is taken out again, dearest first.
It always reaches the level; it is a short way there, not a proof that none is shorter.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, NamedTuple

from auditapp.domain.checklist import Checklist, CostBand, Criterion, Improvement, Level
from auditapp.domain.levels import LevelLine, LineKind, Mark, Tally, level_lines
from auditapp.domain.scoring import Score, mark
from auditapp.domain.values import ZERO, Exact, Value, whole_percent

COST_EFFORT: dict[CostBand, int] = {"nothing": 1, "small": 2, "medium": 4, "large": 8}
EVIDENCE_EFFORT = Fraction(1, 4)
ANSWER_EFFORT = Fraction(1, 8)

_LINE_ORDER: tuple[LineKind, ...] = (
    "essentials",
    "essentials_in_full",
    "section_floor",
    "answered",
    "score",
    "evidenced",
)


def effort(improvement: Improvement) -> Fraction:
    """How much a change asks for, as one number: its cost band (1, 2, 4 or 8) plus a point for every 30 days."""
    return COST_EFFORT[improvement.cost] + Fraction(improvement.days, 30)


class Step(Value):
    """One change. Gains are exact points; `percent_after` is the score once this and every earlier step is done.

    improve: reach `to_grade` and show it. evidence: show what is already claimed. answer: give any answer.
    """

    criterion: str
    code: str
    kind: Literal["improve", "evidence", "answer"]
    essential: bool
    from_grade: str | None
    to_grade: str | None
    gain: Exact
    evidenced_gain: Exact
    cost: CostBand
    days: int
    percent_after: int
    evidenced_percent_after: int


class Plan(Value):
    """The steps to a level, most gain for least effort first, with its lines today and afterwards."""

    level: str
    steps: tuple[Step, ...]
    today: tuple[LevelLine, ...]
    after: tuple[LevelLine, ...]

    @property
    def reaches(self) -> bool:
        """Whether every line is reached once all steps are done."""
        return all(line.reached for line in self.after)

    @property
    def gain(self) -> Fraction:
        """The points all steps gain together."""
        return sum((step.gain for step in self.steps), ZERO)

    @property
    def days(self) -> int:
        """The longest lead time among the steps, in days: they can be done side by side."""
        return max((step.days for step in self.steps), default=0)


class _Change(NamedTuple):
    """One possible change to a criterion: its mark afterwards, and what it adds to each kind of line."""

    criterion: Criterion
    kind: Literal["improve", "evidence", "answer"]
    to_grade: str | None
    after: Mark
    adds: dict[LineKind, Fraction]
    effort: Fraction

    def helps(self, line: LevelLine) -> Fraction:
        """How much the change adds to what `line` counts."""
        if line.section is not None and line.section != self.after.section:
            return ZERO
        return self.adds[line.kind]


def _adds(before: Mark, after: Mark) -> dict[LineKind, Fraction]:
    points = after.points - before.points
    met = (after.points > 0) - (before.points > 0)
    full = (after.points == after.possible) - (before.points == before.possible)
    return {
        "score": points,
        "section_floor": points,
        "evidenced": after.evidenced - before.evidenced,
        "answered": Fraction(after.answered - before.answered),
        "essentials": Fraction(met if after.essential else 0),
        "essentials_in_full": Fraction(full if after.essential else 0),
    }


def plan_for(checklist: Checklist, current: Score) -> Plan | None:
    """The plan to the lowest level not reached; None at the top, without levels, or when nothing applies."""
    following = current.next_level
    if following is None or current.coverage.applicable == 0:
        return None
    level = checklist.level(following.id)
    start = {finding.id: mark(finding) for finding in current.findings if finding.applies}
    possible = _changes(checklist, current, start)
    chosen = _thinned(checklist, level, start, _filled(checklist, level, start, possible), possible)
    ordered = sorted(
        chosen.values(),
        key=lambda change: (
            -change.adds["score"] / change.effort,
            -change.adds["evidenced"] / change.effort,
            change.effort,
        ),
    )
    return Plan(
        level=level.id,
        steps=tuple(_steps(current, ordered)),
        today=level_lines(level, Tally.of(checklist, start)),
        after=level_lines(level, Tally.of(checklist, _applied(start, chosen))),
    )


def _changes(checklist: Checklist, current: Score, start: dict[str, Mark]) -> dict[str, list[_Change]]:
    """For every criterion that applies, what could be changed about it, smallest change first."""
    changes: dict[str, list[_Change]] = {}
    for finding in current.findings:
        if not finding.applies:
            continue
        criterion, before = checklist.criterion(finding.id), start[finding.id]
        found = changes.setdefault(finding.id, [])
        if not before.answered:
            after = before._replace(answered=True)
            found.append(_Change(criterion, "answer", None, after, _adds(before, after), ANSWER_EFFORT))
        elif before.evidenced < before.points:
            after = before._replace(evidenced=before.points)
            found.append(
                _Change(criterion, "evidence", finding.grade, after, _adds(before, after), EVIDENCE_EFFORT)
            )
        full_effort = effort(criterion.improve)
        for grade in criterion.grades:
            points = checklist.points(criterion, grade.id)
            if points <= before.points:
                continue
            after = before._replace(points=points, evidenced=points, answered=True)
            asks = full_effort * (1 + checklist.worth(criterion, grade.id)) / 2
            found.append(_Change(criterion, "improve", grade.id, after, _adds(before, after), asks))
    return changes


def _applied(start: dict[str, Mark], chosen: dict[str, _Change]) -> dict[str, Mark]:
    return start | {name: change.after for name, change in chosen.items()}


def _failing(level: Level, tally: Tally) -> list[LevelLine]:
    failing = [line for line in level_lines(level, tally) if not line.reached]
    return sorted(failing, key=lambda line: _LINE_ORDER.index(line.kind))


def _filled(
    checklist: Checklist, level: Level, start: dict[str, Mark], possible: dict[str, list[_Change]]
) -> dict[str, _Change]:
    """Enough changes to reach the level, chosen line by line."""
    chosen: dict[str, _Change] = {}
    while failing := _failing(level, Tally.of(checklist, _applied(start, chosen))):
        line = failing[0]
        worth: list[tuple[Fraction, _Change]] = []
        for name, changes in possible.items():
            standing = chosen.get(name)
            for change in changes:
                help_, asks = change.helps(line), change.effort
                if standing and help_:
                    help_, asks = help_ - standing.helps(line), asks - standing.effort
                if help_.numerator > 0:
                    worth.append((min(help_, line.short) / max(asks, ANSWER_EFFORT), change))
        best = max(worth, key=lambda pair: pair[0])[1]
        chosen[best.criterion.id] = best
    return chosen


def _thinned(
    checklist: Checklist,
    level: Level,
    start: dict[str, Mark],
    chosen: dict[str, _Change],
    possible: dict[str, list[_Change]],
) -> dict[str, _Change]:
    """The same changes without those that are not needed, or with a smaller one where that is enough."""
    kept = dict(chosen)
    for name, change in sorted(chosen.items(), key=lambda item: -item[1].effort):
        del kept[name]
        smaller = [other for other in possible[name] if other.effort < change.effort]
        trials = (kept, *(kept | {name: other} for other in (*smaller, change)))
        kept = dict(
            next(one for one in trials if not _failing(level, Tally.of(checklist, _applied(start, one))))
        )
    return kept


def _steps(current: Score, ordered: list[_Change]) -> Iterator[Step]:
    points, shown, possible = current.total.points, current.total.evidenced, current.total.possible
    for change in ordered:
        gain, evidenced_gain = change.adds["score"], change.adds["evidenced"]
        points, shown = points + gain, shown + evidenced_gain
        improves = change.kind == "improve"
        yield Step(
            criterion=change.criterion.id,
            code=change.criterion.code,
            kind=change.kind,
            essential=change.criterion.essential,
            from_grade=current.finding(change.criterion.id).grade,
            to_grade=change.to_grade,
            gain=gain,
            evidenced_gain=evidenced_gain,
            cost=change.criterion.improve.cost if improves else "nothing",
            days=change.criterion.improve.days if improves else 0,
            percent_after=whole_percent(points / possible),
            evidenced_percent_after=whole_percent(shown / possible),
        )
