"""A checklist: facts, scales, sections, criteria, levels and golden cases, as an author writes them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from auditapp.domain.facts import Condition, Fact, FactValue
from auditapp.domain.measures import MeasureUse
from auditapp.domain.values import Address, Exact, Id, Line, Share, Text, Value

Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$", max_length=12)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}[0-9]{1,3}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
EvidenceKind = Literal["page", "policy", "photo", "number", "supplier", "witness"]
CostBand = Literal["nothing", "small", "medium", "large"]
"""What a change costs: nothing; small, up to about 100; medium, up to about 1,000; large, more (GBP, EUR or USD)."""

DEFAULT_SCALE = "graded"


def _whole_percent(value: int) -> int:
    if not 0 <= value <= 100:
        raise ValueError(f"must be a whole percent from 0 to 100, not {value}")
    return value


WholePercent = Annotated[int, AfterValidator(_whole_percent)]


class Source(Value):
    """Where a figure or a rule comes from. `year` is the year of the source, as text: "2024", "2013 to 2023"."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9-]*$", max_length=20)]
    title: Line
    year: Line | None = None
    url: Address | None = None


class ScaleGrade(Value):
    """A grade of a scale: its id, the short word shown with it, and what share of the weight it earns."""

    id: Id
    label: Line
    points: Share


class Scale(Value):
    """A named set of grades, worst first."""

    id: Id
    grades: tuple[ScaleGrade, ...]


class Section(Value):
    """A theme within a checklist; one page of the form. With `applies_if`, facts switch the whole section on."""

    id: Id
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}$")]
    title: Line
    summary: Line
    applies_if: Condition | None = None


class Grade(Value):
    """One answer a criterion offers: the id of a grade of its scale, worded with a concrete threshold."""

    id: Id
    says: Line


class Reason(Value):
    """A reason for which an organiser may say that a criterion does not apply."""

    id: Id
    says: Line


class ExpectedEvidence(Value):
    """What would show a stranger that an answer is true.

    When `required`, an answer counts as evidenced once it carries evidence of one of `kinds`;
    otherwise evidence of any kind will do.
    """

    kinds: tuple[EvidenceKind, ...] = Field(min_length=1)
    required: bool = True
    hint: Line | None = None


class Improvement(Value):
    """What it takes to do better: the change itself, its cost band, its lead time in days, ready wording."""

    change: Line
    cost: CostBand
    days: Annotated[int, Field(ge=0, le=1000)]
    wording: Text | None = None


class Guidance(Value):
    """What good looks like, and what does not count."""

    good: tuple[Line, ...] = ()
    not_enough: tuple[Line, ...] = ()


class Criterion(Value):
    """One verifiable statement, answered once by choosing a grade, or by numbers where it names a measure.

    `quick` puts it into the quick audit; essentials are always in it.
    """

    id: Id
    code: Code
    section: Id
    title: Line
    question: Line
    why: Text
    sources: tuple[str, ...] = ()
    also_asked_by: tuple[Line, ...] = ()
    guidance: Guidance = Guidance()
    scale: Id = DEFAULT_SCALE
    grades: tuple[Grade, ...]
    proposed: bool = False
    weight: Annotated[int, Field(ge=1, le=5)]
    essential: bool = False
    quick: bool = False
    subject: Line | None = None
    measure: MeasureUse | None = None
    applies_if: Condition | None = None
    not_applicable: tuple[Reason, ...] = ()
    evidence: ExpectedEvidence
    improve: Improvement

    def grade(self, grade_id: str) -> Grade:
        """The grade called `grade_id`; raises KeyError when the criterion does not offer it."""
        for grade in self.grades:
            if grade.id == grade_id:
                return grade
        raise KeyError(grade_id)

    @property
    def in_quick_audit(self) -> bool:
        """Whether the quick audit asks it."""
        return self.essential or self.quick

    @property
    def grade_ids(self) -> tuple[str, ...]:
        """The ids of the grades, worst first."""
        return tuple(grade.id for grade in self.grades)

    def reason(self, reason_id: str) -> Reason:
        """The not-applicable reason called `reason_id`; raises KeyError when there is none."""
        for reason in self.not_applicable:
            if reason.id == reason_id:
                return reason
        raise KeyError(reason_id)


class Level(Value):
    """A named result and every line it asks for, each in whole percent.

    score: points earned of points possible. section_floor: the same in every section.
    essentials: essentials met at least partly. essentials_in_full: essentials that earn all their points.
    answered: criteria answered. evidenced: points earned by evidenced answers of points possible.
    """

    id: Id
    title: Line
    says: Line
    proposed: bool = False
    score: WholePercent
    section_floor: WholePercent
    essentials: WholePercent
    essentials_in_full: WholePercent = 0
    answered: WholePercent
    evidenced: WholePercent


class GoldenAnswer(Value):
    """A grade, or a reason for not applicable, in a golden case."""

    grade: Id | None = None
    not_applicable: Id | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> GoldenAnswer:
        if (self.grade is None) == (self.not_applicable is None):
            raise ValueError("give either 'grade' or 'not_applicable'")
        return self


class Expected(Value):
    """What must result from a golden case. What is left out is not looked at."""

    points: Exact | None = None
    possible: Exact | None = None
    percent: int | None = None
    evidenced_percent: int | None = None
    essentials_met: int | None = None
    essentials_applicable: int | None = None
    answered: int | None = None
    applicable: int | None = None
    level: Id | Literal["none"]


class GoldenCase(Value):
    """Facts and answers with the score and level that must result; the tests run it.

    `answers` is keyed by criterion id or code. `otherwise` is the grade of every other applicable
    criterion that offers it; left out, they stay unanswered. `evidenced` is "all" or a list of
    criteria whose answers carry the evidence expected.
    """

    title: Line
    facts: dict[Id, FactValue] = {}
    answers: dict[str, Id | GoldenAnswer] = {}
    otherwise: Id | None = None
    evidenced: Literal["all", "none"] | tuple[str, ...] = "none"
    expect: Expected


class Succession(Value):
    """What became of one criterion of the version before.

    same: it asks the same, in other words at most. wider: whatever met the old one meets the new one. narrower: the new
    one asks for more, so that an old answer may no longer hold. split: several ask what one asked. gone: nothing does.
    `becomes` names its successors.
    """

    was: Id
    change: Literal["same", "wider", "narrower", "split", "gone"]
    becomes: tuple[Id, ...] = ()
    says: Line | None = None

    @model_validator(mode="after")
    def _successors_fit_the_change(self) -> Succession:
        few, many = {"gone": (0, 0), "split": (2, 20)}.get(self.change, (1, 1))
        if not few <= len(self.becomes) <= many:
            wanted = {"gone": "no successor", "split": "two or more successors"}.get(
                self.change, "one successor"
            )
            raise ValueError(f"'{self.change}' has {wanted} in 'becomes'")
        if self.change != "same" and self.says is None:
            raise ValueError(f"say in 'says' what is different, because the change is '{self.change}'")
        return self

    @property
    def keeps_answers(self) -> bool:
        """Whether an old answer says something true about the new criterion."""
        return self.change in ("same", "wider")


class Migration(Value):
    """How a version follows the one before: what became of every criterion of it."""

    from_: Annotated[Version, Field(alias="from")]
    criteria: tuple[Succession, ...]


class Checklist(Value):
    """A versioned set of criteria. `migrate` says what became of the criteria of the version before."""

    id: Id
    version: Version
    title: Line
    language: Language
    status: Literal["draft", "current", "superseded"]
    licence: Line
    dated: dt.date
    summary: Line
    minutes: Annotated[int, Field(ge=1, le=600)]
    at_hand: tuple[Line, ...] = ()
    valid_months: Annotated[int, Field(ge=1, le=60)] = 12
    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()
    scales: tuple[Scale, ...] = Field(min_length=1)
    sections: tuple[Section, ...] = Field(min_length=1)
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    levels: tuple[Level, ...] = ()
    migrate: Migration | None = None
    golden: tuple[GoldenCase, ...] = ()

    @property
    def ref(self) -> str:
        """The checklist and its version as one word: `endurance-event@0.1`."""
        return f"{self.id}@{self.version}"

    @property
    def name(self) -> str:
        """The checklist and its version for people: "Endurance events 0.1"."""
        return f"{self.title} {self.version}"

    def __hash__(self) -> int:
        """Equal checklists have the same name: what is worked out once for a checklist can be kept by it."""
        return hash(self.ref)

    @cached_property
    def as_reported(self) -> Checklist:
        """The checklist as reports carry it: without its golden cases. The same object each time."""
        return self.model_copy(update={"golden": ()})

    @cached_property
    def parts(self) -> int:
        """Into how many parts a point is divided, so that every grade of every criterion earns a whole number of them."""
        return lcm(*(points.denominator for earns in self._points.values() for points in earns.values()))

    @cached_property
    def _by_name(self) -> dict[str, Criterion]:
        return {c.code: c for c in self.criteria} | {c.id: c for c in self.criteria}

    @cached_property
    def _by_section(self) -> dict[str, tuple[Criterion, ...]]:
        return {s.id: tuple(c for c in self.criteria if c.section == s.id) for s in self.sections}

    @cached_property
    def _worth(self) -> dict[str, dict[str, ScaleGrade]]:
        scales = {scale.id: {grade.id: grade for grade in scale.grades} for scale in self.scales}
        return {c.id: scales[c.scale] for c in self.criteria}

    @cached_property
    def _points(self) -> dict[str, dict[str, Fraction]]:
        return {
            criterion.id: {
                name: grade.points * criterion.weight for name, grade in self._worth[criterion.id].items()
            }
            for criterion in self.criteria
        }

    @cached_property
    def _said(self) -> dict[tuple[str, str], tuple[str, str]]:
        return {
            (criterion.id, grade.id): (self._worth[criterion.id][grade.id].label, grade.says)
            for criterion in self.criteria
            for grade in criterion.grades
        }

    @cached_property
    def _conditions(self) -> dict[str, Condition | None]:
        switches = {section.id: section.applies_if for section in self.sections}
        return {c.id: _both(switches.get(c.section), c.applies_if) for c in self.criteria}

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}

    def criterion(self, name: str) -> Criterion:
        """The criterion with this id or code; raises KeyError when there is none."""
        return self._by_name[name]

    def section(self, section_id: str) -> Section:
        """The section called `section_id`; raises KeyError when there is none."""
        return {section.id: section for section in self.sections}[section_id]

    def criteria_in(self, section_id: str) -> tuple[Criterion, ...]:
        """The criteria of a section in checklist order; raises KeyError when there is no such section."""
        return self._by_section[section_id]

    def fact(self, fact_id: str) -> Fact:
        """The fact called `fact_id`; raises KeyError when there is none."""
        return {fact.id: fact for fact in self.facts}[fact_id]

    def level(self, level_id: str) -> Level:
        """The level called `level_id`; raises KeyError when there is none."""
        return {level.id: level for level in self.levels}[level_id]

    def condition(self, criterion: Criterion) -> Condition | None:
        """What must hold for the criterion to apply, its section's condition included; None when it always applies."""
        return self._conditions[criterion.id]

    def sharing_numbers(self, criterion: Criterion) -> tuple[Criterion, ...]:
        """The criteria that take the numbers entered at this one."""
        return tuple(c for c in self.criteria if c.measure and c.measure.numbers_from == criterion.id)

    def worth(self, criterion: Criterion, grade_id: str) -> Fraction:
        """What share of the criterion's weight the grade earns, 0 to 1; raises KeyError for a foreign grade."""
        return self._worth[criterion.id][grade_id].points

    def points(self, criterion: Criterion, grade_id: str) -> Fraction:
        """The points the grade earns: its worth times the weight; raises KeyError for a foreign grade."""
        return self._points[criterion.id][grade_id]

    def label(self, criterion: Criterion, grade_id: str) -> str:
        """The short word for a grade, such as "Partly"; raises KeyError for a foreign grade."""
        return self._worth[criterion.id][grade_id].label

    def said(self, criterion_id: str, grade_id: str) -> tuple[str, str]:
        """A grade in words: the short one, and its threshold; raises KeyError for a foreign grade."""
        return self._said[criterion_id, grade_id]

    def sources_of(self, criterion: Criterion) -> tuple[Source, ...]:
        """The sources a criterion names, in its order."""
        return tuple(self._sources[key] for key in criterion.sources)


def _both(first: Condition | None, second: Condition | None) -> Condition | None:
    if first is not None and second is not None:
        return Condition(all=(first, second))
    return first or second
