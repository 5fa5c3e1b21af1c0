"""Mistakes that only show when the parts of a checklist are held against each other."""

from __future__ import annotations

from collections.abc import Iterator

from auditapp.domain.checklist import Checklist, Criterion, GoldenAnswer, GoldenCase
from auditapp.domain.facts import Condition
from auditapp.domain.measures import MEASURES, MeasureUse
from auditapp.domain.values import Line, Value


class Inconsistency(Value):
    """A mistake that only shows when the parts of a checklist are held against each other.

    `where` is the path to the place in the file, such as ("criteria", 3, "section").
    """

    where: tuple[str | int, ...]
    problem: Line
    remedy: Line


def inconsistencies(checklist: Checklist) -> Iterator[Inconsistency]:
    """Every mistake between the parts of `checklist`, in file order within each kind."""
    yield from _repeated_names(checklist)
    for index, criterion in enumerate(checklist.criteria):
        for mistake in _criterion_mistakes(checklist, criterion):
            yield mistake.model_copy(update={"where": ("criteria", index, *mistake.where)})
    for index, section in enumerate(checklist.sections):
        if not any(criterion.section == section.id for criterion in checklist.criteria):
            yield Inconsistency(
                where=("sections", index),
                problem=f"section {section.id!r} has no criteria",
                remedy="give it a criterion or take the section out",
            )
        if section.applies_if is not None:
            for mistake in _condition_mistakes(checklist, section.applies_if):
                yield mistake.model_copy(update={"where": ("sections", index, *mistake.where)})
    for index, scale in enumerate(checklist.scales):
        worths = [grade.points for grade in scale.grades]
        if worths != sorted(set(worths)) or not worths or worths[0] != 0 or worths[-1] != 1:
            yield Inconsistency(
                where=("scales", index, "grades"),
                problem=f"the grades of scale {scale.id!r} do not climb from 0 to 1",
                remedy="write the worst grade first with points 0, the best last with points 1, each worth more",
            )
    yield from _level_mistakes(checklist)
    for index, case in enumerate(checklist.golden):
        for mistake in _golden_mistakes(checklist, case):
            yield mistake.model_copy(update={"where": ("golden", index, *mistake.where)})


def _repeated_names(checklist: Checklist) -> Iterator[Inconsistency]:
    lists: dict[str, list[str]] = {
        "sources": [source.id for source in checklist.sources],
        "facts": [fact.id for fact in checklist.facts],
        "scales": [scale.id for scale in checklist.scales],
        "sections": [section.id for section in checklist.sections],
        "criteria": [criterion.id for criterion in checklist.criteria],
        "levels": [level.id for level in checklist.levels],
    }
    for kind, names in lists.items():
        for index, name in enumerate(names):
            if name in names[:index]:
                yield Inconsistency(
                    where=(kind, index, "id"),
                    problem=f"the id {name!r} is used twice in {kind}",
                    remedy="give each its own id",
                )
    codes = [criterion.code for criterion in checklist.criteria]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            yield Inconsistency(
                where=("criteria", index, "code"),
                problem=f"the code {code} is used twice",
                remedy="give each criterion its own code",
            )


def _criterion_mistakes(checklist: Checklist, criterion: Criterion) -> Iterator[Inconsistency]:
    if criterion.section not in {section.id for section in checklist.sections}:
        yield Inconsistency(
            where=("section",),
            problem=f"there is no section {criterion.section!r}",
            remedy=f"choose one of {', '.join(section.id for section in checklist.sections)}",
        )
    scale = next((scale for scale in checklist.scales if scale.id == criterion.scale), None)
    if scale is None:
        yield Inconsistency(
            where=("scale",),
            problem=f"there is no scale {criterion.scale!r}",
            remedy=f"choose one of {', '.join(scale.id for scale in checklist.scales)}",
        )
    elif [grade.id for grade in criterion.grades] != [grade.id for grade in scale.grades]:
        yield Inconsistency(
            where=("grades",),
            problem=f"the grades are not those of the scale {scale.id!r}",
            remedy=f"word each of {', '.join(grade.id for grade in scale.grades)}, in this order",
        )
    known_sources = {source.id for source in checklist.sources}
    for index, key in enumerate(criterion.sources):
        if key not in known_sources:
            yield Inconsistency(
                where=("sources", index),
                problem=f"there is no source {key!r}",
                remedy="add it to 'sources' at the top of the file, or correct the key",
            )
    reasons = [reason.id for reason in criterion.not_applicable]
    for index, name in enumerate(reasons):
        if name in reasons[:index]:
            yield Inconsistency(
                where=("not_applicable", index, "id"),
                problem=f"the reason {name!r} is used twice",
                remedy="give each reason its own id",
            )
    if criterion.applies_if is not None:
        yield from _condition_mistakes(checklist, criterion.applies_if)
    if criterion.measure is not None:
        yield from _measure_mistakes(checklist, criterion, criterion.measure)


def _measure_mistakes(checklist: Checklist, criterion: Criterion, use: MeasureUse) -> Iterator[Inconsistency]:
    measure = MEASURES.get(use.name)
    if measure is None:
        yield Inconsistency(
            where=("measure", "name"),
            problem=f"there is no measure {use.name!r}",
            remedy=f"choose one of {', '.join(sorted(MEASURES))}",
        )
        return
    for grade, tests in use.grades.items():
        if grade not in criterion.grade_ids:
            yield Inconsistency(
                where=("measure", "grades", grade),
                problem=f"there is no grade {grade!r}",
                remedy=f"choose one of {', '.join(criterion.grade_ids[1:])}",
            )
        for name in (name for test in tests for name in test.figures()):
            if name not in measure.figures:
                yield Inconsistency(
                    where=("measure", "grades", grade),
                    problem=f"the measure {use.name!r} has no figure {name!r}",
                    remedy=f"choose one of {', '.join(measure.figures)}",
                )
    asked = {grade for grade, tests in use.grades.items() if tests}
    if use.grades and asked != set(criterion.grade_ids[1:]):
        yield Inconsistency(
            where=("measure", "grades"),
            problem="the grades of a measure need tests, every grade but the worst",
            remedy=f"give tests to {', '.join(criterion.grade_ids[1:])} and to no other grade",
        )
    if use.numbers_from is not None:
        source = next((one for one in checklist.criteria if one.id == use.numbers_from), None)
        if (
            source is None
            or source.section != criterion.section
            or source.measure is None
            or source.measure.name != use.name
            or source.measure.numbers_from is not None
        ):
            yield Inconsistency(
                where=("measure", "numbers_from"),
                problem=f"no numbers for {use.name!r} are entered at {use.numbers_from!r}",
                remedy="name a criterion of the same section and measure where they are, or take 'numbers_from' out",
            )


def _condition_mistakes(checklist: Checklist, condition: Condition) -> Iterator[Inconsistency]:
    facts = {fact.id: fact for fact in checklist.facts}
    for fact_id, test in condition.facts():
        fact = facts.get(fact_id)
        if fact is None:
            yield Inconsistency(
                where=("applies_if",),
                problem=f"there is no fact {fact_id!r}",
                remedy=f"choose one of {', '.join(facts) or 'none yet: add it to facts'}",
            )
            continue
        compares = test.at_least is not None or test.at_most is not None
        if compares and fact.type != "number":
            yield Inconsistency(
                where=("applies_if",),
                problem=f"the fact {fact_id!r} is a {fact.type}, so it cannot be at least or at most something",
                remedy="use 'is' or 'in'",
            )
        for value in (*(test.in_ or ()), *(() if test.is_ is None else (test.is_,))):
            try:
                fact.check(value)
            except ValueError as error:
                yield Inconsistency(
                    where=("applies_if",),
                    problem=f"the fact {fact_id!r} can never be {value!r}",
                    remedy=f"it {error}",
                )


def _level_mistakes(checklist: Checklist) -> Iterator[Inconsistency]:
    lines = ("score", "section_floor", "essentials", "essentials_in_full", "answered", "evidenced")
    for index in range(1, len(checklist.levels)):
        lower, higher = checklist.levels[index - 1], checklist.levels[index]
        for line in lines:
            if getattr(higher, line) < getattr(lower, line):
                yield Inconsistency(
                    where=("levels", index, line),
                    problem=f"level {higher.id!r} asks for less than {lower.id!r} below it",
                    remedy="write the lowest level first; each level asks for at least as much as the one before",
                )


def _golden_mistakes(checklist: Checklist, case: GoldenCase) -> Iterator[Inconsistency]:
    facts = {fact.id: fact for fact in checklist.facts}
    for name, value in case.facts.items():
        if name not in facts:
            yield Inconsistency(
                where=("facts", name),
                problem=f"there is no fact {name!r}",
                remedy=f"choose one of {', '.join(facts)}",
            )
            continue
        try:
            facts[name].check(value)
        except ValueError as error:
            yield Inconsistency(
                where=("facts", name), problem=f"{value!r} does not fit", remedy=f"it {error}"
            )
    criteria = {c.code: c for c in checklist.criteria} | {c.id: c for c in checklist.criteria}
    for name in (*case.answers, *(case.evidenced if isinstance(case.evidenced, tuple) else ())):
        if name not in criteria:
            yield Inconsistency(
                where=("answers", name) if name in case.answers else ("evidenced",),
                problem=f"there is no criterion {name!r}",
                remedy="use the id or the code of a criterion",
            )
    for name, answer in case.answers.items():
        if name not in criteria:
            continue
        criterion = criteria[name]
        grade = answer.grade if isinstance(answer, GoldenAnswer) else answer
        reason = answer.not_applicable if isinstance(answer, GoldenAnswer) else None
        if grade is not None and grade not in [offered.id for offered in criterion.grades]:
            yield Inconsistency(
                where=("answers", name),
                problem=f"criterion {criterion.code} has no grade {grade!r}",
                remedy=f"choose one of {', '.join(offered.id for offered in criterion.grades)}",
            )
        if reason is not None and reason not in [offered.id for offered in criterion.not_applicable]:
            yield Inconsistency(
                where=("answers", name),
                problem=f"criterion {criterion.code} has no not-applicable reason {reason!r}",
                remedy=f"choose one of {', '.join(r.id for r in criterion.not_applicable) or 'no reason: none is listed'}",
            )
    if case.expect.level != "none" and case.expect.level not in {level.id for level in checklist.levels}:
        yield Inconsistency(
            where=("expect", "level"),
            problem=f"there is no level {case.expect.level!r}",
            remedy=f"choose one of none, {', '.join(level.id for level in checklist.levels)}",
        )
