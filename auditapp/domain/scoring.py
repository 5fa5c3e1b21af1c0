"""The score: exact sums over answers, the level they reach, and the lines that fail.

A criterion is worth its weight. An answer earns the share of the weight its grade is worth. The score
is the points earned over the points possible, where criteria that do not apply leave both sums and
unanswered criteria earn nothing. The evidenced score is the same sum over evidenced answers only.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from auditapp.domain.audit import Answer, Answers
from auditapp.domain.checklist import Checklist, Criterion, EvidenceKind
from auditapp.domain.facts import Applies, Facts
from auditapp.domain.levels import LevelResult, Mark, Tally, level_results, reached_level
from auditapp.domain.measures import MeasureUse, Numbers, finished
from auditapp.domain.values import ZERO, Exact, Value, whole_percent


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
        for finding in self.findings:
            if finding.id == criterion_id:
                return finding
        raise KeyError(criterion_id)

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


def finding_on(
    checklist: Checklist, criterion: Criterion, answer: Answer | None, applies: Applies
) -> Finding:
    """The finding on one criterion.

    Raises KeyError when the answer names a grade the criterion does not offer.
    """
    grade = worth = reason = None
    points, possible = ZERO, Fraction(criterion.weight)
    if applies is Applies.NO:
        state, possible = State.NOT_APPLICABLE, ZERO
    elif answer is None or not answer.settles:
        state = State.UNANSWERED
    elif answer.grade is None:
        state, possible, reason = State.NOT_APPLICABLE, ZERO, answer.not_applicable
    else:
        grade = answer.grade
        worth = checklist.worth(criterion, grade)
        points = checklist.points(criterion, grade)
        state = State.EVIDENCED if evidenced(criterion, answer) else State.DECLARED
    return Finding(
        id=criterion.id,
        code=criterion.code,
        section=criterion.section,
        essential=criterion.essential,
        grade=grade,
        worth=worth,
        points=points,
        possible=possible,
        state=state,
        reason=reason,
    )


def score(checklist: Checklist, answers: Answers, facts: Facts | None = None) -> Score:
    """The score of `answers`, keyed by criterion id, for an event with `facts`.

    Answers to criteria the checklist does not have are ignored; answers to criteria the facts rule
    out are not counted. Raises KeyError for a grade a criterion does not offer.
    """
    applies = applicability(checklist, facts or {})
    findings = tuple(
        finding_on(checklist, criterion, answers.get(criterion.id), applies[criterion.id])
        for criterion in checklist.criteria
    )
    tally = Tally.of(checklist, {f.id: mark(f) for f in findings if f.applies})
    levels = level_results(checklist, tally)
    return Score(
        total=Sum(points=tally.points, evidenced=tally.evidenced, possible=tally.possible),
        sections=tuple(
            SectionScore(
                id=name,
                points=part.points,
                evidenced=part.evidenced,
                possible=part.possible,
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


def mark(finding: Finding) -> Mark:
    """What a finding that applies adds to the sums."""
    return Mark(
        section=finding.section,
        essential=finding.essential,
        points=finding.points,
        evidenced=finding.evidenced_points,
        possible=int(finding.possible),
        answered=finding.state is not State.UNANSWERED,
    )
