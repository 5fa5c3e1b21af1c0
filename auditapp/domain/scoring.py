"""The score: exact sums over answers, the level they reach, and the lines that fail.

A criterion is worth its weight. An answer earns the share of the weight its grade is worth. The score
is the points earned over the points possible, where criteria that do not apply leave both sums and
unanswered criteria earn nothing. The evidenced score is the same sum over evidenced answers only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache, partial

from auditapp.domain.audit import Answer, Answers
from auditapp.domain.checklist import Checklist, Criterion, EvidenceKind
from auditapp.domain.facts import Applies, Facts
from auditapp.domain.levels import LevelResult, Mark, Tally, exact, level_results, reached_level
from auditapp.domain.measures import MeasureUse, Numbers, finished
from auditapp.domain.values import ZERO, Exact, Value, whole_percent

CHECKLISTS_KEPT = 12
"""Checklists of which findings are kept: those of a catalogue, as authors and as reports have them."""
FINDINGS_KEPT = 2_048
"""Findings kept of each."""


class State(StrEnum):
    """What is known about a criterion, and for an answer how far it can be relied on."""

    UNANSWERED = "unanswered"
    NOT_APPLICABLE = "not_applicable"
    DECLARED = "declared"
    EVIDENCED = "evidenced"
    CHECKED = "checked"


class Finding(Value):
    """A criterion with its answer and points.

    `reason` is the listed reason an organiser gave for not applicable; it is None when the facts
    decided that. `worth` is the share of the weight the grade earns, None without a grade.
    """

    id: str
    code: str
    section: str
    essential: bool
    grade: str | None
    worth: Exact | None
    points: Exact
    possible: Exact
    state: State
    reason: str | None = None

    @property
    def applies(self) -> bool:
        """Whether the criterion counts in the sums."""
        return self.state is not State.NOT_APPLICABLE

    @property
    def evidenced_points(self) -> Fraction:
        """The points that rest on evidence."""
        return self.points if self.state in (State.EVIDENCED, State.CHECKED) else ZERO

    @property
    def met(self) -> bool:
        """Whether the answer earns anything: "met at least partly"."""
        return self.points > 0


class Sum(Value):
    """Points earned, points resting on evidence, and points possible."""

    points: Exact
    evidenced: Exact
    possible: Exact

    @property
    def share(self) -> Fraction | None:
        """Points earned of points possible; None when nothing applies."""
        return self.points / self.possible if self.possible else None

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded down, so that 100 always means everything is met.

        None when no criterion applies: there is nothing to score.
        """
        return whole_percent(self.points / self.possible) if self.possible else None

    @property
    def evidenced_percent(self) -> int | None:
        """The same, counting only evidenced answers."""
        return whole_percent(self.evidenced / self.possible) if self.possible else None


class SectionScore(Sum):
    """The sums of one section."""

    id: str
    answered: int
    applicable: int


class Count(Value):
    """How many of how many."""

    met: int
    applicable: int


class Coverage(Value):
    """How many of the criteria that apply have an answer. Says nothing about how good the answers are."""

    answered: int
    applicable: int


class Score(Value):
    """Everything the score says about a set of answers."""

    total: Sum
    sections: tuple[SectionScore, ...]
    essentials: Count
    coverage: Coverage
    level: str | None
    levels: tuple[LevelResult, ...]
    findings: tuple[Finding, ...]

    def finding(self, criterion_id: str) -> Finding:
        """The finding for a criterion; raises KeyError when there is none."""
        return self._by_criterion[criterion_id]

    @cached_property
    def _by_criterion(self) -> dict[str, Finding]:
        return {finding.id: finding for finding in self.findings}

    def findings_in(self, section_id: str) -> tuple[Finding, ...]:
        """The findings of a section, in checklist order."""
        return tuple(finding for finding in self.findings if finding.section == section_id)

    @property
    def next_level(self) -> LevelResult | None:
        """The lowest level not reached; None at the top, or when the checklist has no levels."""
        return next((result for result in self.levels if not result.reached), None)

    def counted(self, state: State) -> int:
        """How many criteria are in `state`."""
        return sum(1 for finding in self.findings if finding.state is state)


def applicability(checklist: Checklist, facts: Facts) -> dict[str, Applies]:
    """For each criterion, whether the facts make it apply. Unknown counts as applicable."""
    conditions = ((criterion.id, checklist.condition(criterion)) for criterion in checklist.criteria)
    return {
        name: Applies.YES if condition is None else condition.holds(facts) for name, condition in conditions
    }


def evidenced(criterion: Criterion, answer: Answer) -> bool:
    """Whether the answer carries the evidence the criterion expects.

    Numbers count as evidence of the kind `number` where the grade follows from them, or where the measure only informs.
    A grade chosen by hand beside a measure is declared until it carries evidence like any other.
    """
    kinds: set[EvidenceKind] = {evidence.kind for evidence in answer.evidence}
    use = criterion.measure
    if use is not None and answer.numbers and _numbers_count(use, answer.numbers, answer.settled_by):
        kinds.add("number")
    return bool(kinds if not criterion.evidence.required else kinds.intersection(criterion.evidence.kinds))


def _numbers_count(use: MeasureUse, numbers: Numbers, settled_by: str) -> bool:
    return settled_by == "numbers" or (use.informs_only and finished(use.name, numbers))


def findings_on(checklist: Checklist, answers: Answers, facts: Facts) -> tuple[Finding, ...]:
    """The finding on each criterion, in checklist order.

    Raises KeyError when an answer names a grade its criterion does not offer.
    """
    applies, made = applicability(checklist, facts), _findings_of(checklist)
    found = []
    for criterion in checklist.criteria:
        name, answer = criterion.id, answers.get(criterion.id)
        if applies[name] is Applies.NO:
            found.append(made(name, State.NOT_APPLICABLE, None))
        elif answer is None or not answer.settles:
            found.append(made(name, State.UNANSWERED, None))
        elif answer.grade is None:
            found.append(made(name, State.NOT_APPLICABLE, answer.not_applicable))
        else:
            shown = State.EVIDENCED if evidenced(criterion, answer) else State.DECLARED
            found.append(made(name, shown, answer.grade))
    return tuple(found)


@lru_cache(maxsize=CHECKLISTS_KEPT)
def _findings_of(checklist: Checklist) -> Callable[[str, State, str | None], Finding]:
    """Makes the findings on a checklist, each once: they are frozen, and there are a few hundred different ones."""

    @lru_cache(maxsize=FINDINGS_KEPT)
    def finding(criterion_id: str, state: State, choice: str | None) -> Finding:
        criterion = checklist.criterion(criterion_id)
        applies = state is not State.NOT_APPLICABLE
        grade = choice if applies else None
        return Finding(
            id=criterion.id,
            code=criterion.code,
            section=criterion.section,
            essential=criterion.essential,
            grade=grade,
            worth=checklist.worth(criterion, grade) if grade else None,
            points=checklist.points(criterion, grade) if grade else ZERO,
            possible=Fraction(criterion.weight) if applies else ZERO,
            state=state,
            reason=None if applies else choice,
        )

    return finding


def score(checklist: Checklist, answers: Answers, facts: Facts | None = None) -> Score:
    """The score of `answers`, keyed by criterion id, for an event with `facts`.

    Answers to criteria the checklist does not have are ignored; answers to criteria the facts rule
    out are not counted. Raises KeyError for a grade a criterion does not offer.
    """
    findings = findings_on(checklist, answers, facts or {})
    tally = Tally.of(checklist, marks(checklist, findings))
    levels = level_results(checklist, tally)
    points_in = partial(exact, parts=checklist.parts)
    return Score(
        total=Sum(
            points=points_in(tally.points),
            evidenced=points_in(tally.evidenced),
            possible=points_in(tally.possible),
        ),
        sections=tuple(
            SectionScore(
                id=name,
                points=points_in(part.points),
                evidenced=points_in(part.evidenced),
                possible=points_in(part.possible),
                answered=part.answered,
                applicable=part.applicable,
            )
            for name, part in tally.sections.items()
        ),
        essentials=Count(met=tally.essentials_met, applicable=tally.essentials),
        coverage=Coverage(answered=tally.answered, applicable=tally.applicable),
        level=reached_level(levels),
        levels=levels,
        findings=findings,
    )


def marks(checklist: Checklist, findings: Iterable[Finding]) -> dict[str, Mark]:
    """What each finding that applies adds to the sums, by criterion."""
    parts = checklist.parts
    added = {}
    for one in findings:
        if one.state is not State.NOT_APPLICABLE:
            points = one.points.numerator * (parts // one.points.denominator)
            shown = points if one.state is State.EVIDENCED or one.state is State.CHECKED else 0
            weight = one.possible.numerator * parts
            added[one.id] = Mark(
                one.section, one.essential, points, shown, weight, one.state is not State.UNANSWERED
            )
    return added
