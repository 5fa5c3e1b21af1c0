"""The plan: which changes reach the next level, what each gains, costs and takes.

The plan is found greedily and then thinned: every line the level asks for is filled with the changes that
help it most for their effort, and whatever turns out not to be needed is taken out again, dearest first.
It always reaches the level; it is a short way there, not a proof that none is shorter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache, reduce
from itertools import chain
from math import lcm
from typing import Literal, NamedTuple

from auditapp.domain.checklist import Checklist, CostBand, Criterion, Improvement, Level
from auditapp.domain.levels import LevelLine, Line, LineKind, Mark, Tally, exact, failing_lines, level_lines
from auditapp.domain.scoring import CHECKLISTS_KEPT, FINDINGS_KEPT, Score, marks
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
    """One possible change to a criterion: its mark afterwards, and what it adds to each kind of line, in whole counts.

    `asks` is its effort, in the unit of its checklist (`_effort_parts`).
    """

    criterion: Criterion
    kind: Literal["improve", "evidence", "answer"]
    to_grade: str | None
    after: Mark
    adds: dict[LineKind, int]
    asks: int

    def helps(self, line: Line) -> int:
        """How much the change adds to what `line` counts."""
        if line.section is not None and line.section != self.after.section:
            return 0
        return self.adds[line.kind]


class _Way(NamedTuple):
    """A way to a level while it is looked for: the changes chosen by criterion, and the sums they lead to."""

    chosen: dict[str, _Change]
    tally: Tally

    def with_change(self, name: str, change: _Change, start: Mark) -> _Way:
        """The same way with another change to one criterion, which begins at `start`."""
        standing = self.chosen.get(name)
        before = start if standing is None else standing.after
        return _Way({**self.chosen, name: change}, self.tally.changed(before, change.after))

    def without(self, name: str, start: Mark) -> _Way:
        """The same way, with one criterion left as it is."""
        left = {other: change for other, change in self.chosen.items() if other != name}
        return _Way(left, self.tally.changed(self.chosen[name].after, start))


def plan_for(checklist: Checklist, current: Score) -> Plan | None:
    """The plan to the lowest level not reached; None at the top, without levels, or when nothing applies."""
    following = current.next_level
    if following is None or current.coverage.applicable == 0:
        return None
    level = checklist.level(following.id)
    start = marks(checklist, current.findings)
    today = Tally.of(checklist, start)
    changes_to = _changes_of(checklist)
    possible = {name: changes_to(name, current.finding(name).grade, before) for name, before in start.items()}
    least = int(ANSWER_EFFORT * _effort_parts(checklist))
    filled = _filled(level, _Way({}, today), start, possible, least=least)
    way = _thinned(level, filled, start, possible)
    ordered = sorted(
        way.chosen.values(),
        key=lambda change: (
            Fraction(-change.adds["score"], change.asks),
            Fraction(-change.adds["evidenced"], change.asks),
            change.asks,
        ),
    )
    return Plan(
        level=level.id,
        steps=tuple(_steps(checklist, current, ordered)),
        today=level_lines(level, today),
        after=level_lines(level, way.tally),
    )


@lru_cache(maxsize=CHECKLISTS_KEPT)
def _changes_of(checklist: Checklist) -> Callable[[str, str | None, Mark], tuple[_Change, ...]]:
    """Finds what can be changed about a criterion with this grade and mark, smallest change first; each once."""
    unit = _effort_parts(checklist)

    @lru_cache(maxsize=FINDINGS_KEPT)
    def changes(name: str, grade: str | None, before: Mark) -> tuple[_Change, ...]:
        criterion = checklist.criterion(name)
        found = []

        def add(
            kind: Literal["improve", "evidence", "answer"], to: str | None, after: Mark, asks: Fraction
        ) -> None:
            found.append(_Change(criterion, kind, to, after, _adds(before, after), int(asks * unit)))

        if not before.answered:
            add("answer", None, before._replace(answered=True), ANSWER_EFFORT)
        elif before.evidenced < before.points:
            add("evidence", grade, before._replace(evidenced=before.points), EVIDENCE_EFFORT)
        for offered in criterion.grades:
            points = int(checklist.points(criterion, offered.id) * checklist.parts)
            if points > before.points:
                after = before._replace(points=points, evidenced=points, answered=True)
                add("improve", offered.id, after, _effort_to(checklist, criterion, offered.id))
        return tuple(found)

    return changes


def _effort_to(checklist: Checklist, criterion: Criterion, grade_id: str) -> Fraction:
    """The effort it takes to reach a grade: all of it for the best one, half of it for one that is worth nothing."""
    return effort(criterion.improve) * (1 + checklist.worth(criterion, grade_id)) / 2


@lru_cache(maxsize=CHECKLISTS_KEPT)
def _effort_parts(checklist: Checklist) -> int:
    """Into how many parts one of effort is divided, so that every change asks for a whole number of them."""
    asks = (
        _effort_to(checklist, criterion, grade.id)
        for criterion in checklist.criteria
        for grade in criterion.grades
    )
    return lcm(EVIDENCE_EFFORT.denominator, ANSWER_EFFORT.denominator, *(one.denominator for one in asks))


def _adds(before: Mark, after: Mark) -> dict[LineKind, int]:
    points = after.points - before.points
    met = (after.points > 0) - (before.points > 0)
    full = (after.points == after.possible) - (before.points == before.possible)
    return {
        "score": points,
        "section_floor": points,
        "evidenced": after.evidenced - before.evidenced,
        "answered": after.answered - before.answered,
        "essentials": met if after.essential else 0,
        "essentials_in_full": full if after.essential else 0,
    }


def _first_failing(level: Level, tally: Tally) -> Line | None:
    return min(failing_lines(level, tally), key=lambda line: _LINE_ORDER.index(line.kind), default=None)


def _reached(level: Level, tally: Tally) -> bool:
    return next(failing_lines(level, tally), None) is None


class _Help(NamedTuple):
    """How much a change helps a line, and for what effort, beyond what is chosen already."""

    helps: int
    asks: int
    name: str
    change: _Change

    def or_better(self, other: _Help) -> _Help:
        """The one of the two that helps more for its effort; this one where they are equal."""
        return other if other.helps * self.asks > self.helps * other.asks else self


def _filled(
    level: Level,
    way: _Way,
    start: Mapping[str, Mark],
    possible: Mapping[str, tuple[_Change, ...]],
    *,
    least: int,
) -> _Way:
    """Enough changes to reach the level, chosen line by line. No change counts as less effort than `least`."""
    while line := _first_failing(level, way.tally):
        best = reduce(_Help.or_better, _helping(line, way, possible, least))
        way = way.with_change(best.name, best.change, start[best.name])
    return way


def _helping(
    line: Line, way: _Way, possible: Mapping[str, tuple[_Change, ...]], least: int
) -> Iterator[_Help]:
    """Every change that helps a line, by no more than the line misses."""
    most = line.missing
    for name, changes in possible.items():
        standing = way.chosen.get(name)
        for change in changes:
            helps, asks = change.helps(line), change.asks
            if standing is not None:
                helps, asks = helps - standing.helps(line), asks - standing.asks
            if helps > 0:
                yield _Help(min(100 * helps, most), max(asks, least), name, change)


def _thinned(
    level: Level, way: _Way, start: Mapping[str, Mark], possible: Mapping[str, tuple[_Change, ...]]
) -> _Way:
    """The same changes without those that are not needed, or with a smaller one where that is enough."""
    for name, change in sorted(way.chosen.items(), key=lambda item: -item[1].asks):
        without = way.without(name, start[name])
        smaller = (other for other in possible[name] if other.asks < change.asks)
        trials = chain([without], (without.with_change(name, one, start[name]) for one in (*smaller, change)))
        way = next(one for one in trials if _reached(level, one.tally))
    return way


def _steps(checklist: Checklist, current: Score, ordered: list[_Change]) -> Iterator[Step]:
    points, shown, possible = current.total.points, current.total.evidenced, current.total.possible
    for change in ordered:
        gain = exact(change.adds["score"], checklist.parts)
        evidenced_gain = exact(change.adds["evidenced"], checklist.parts)
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
