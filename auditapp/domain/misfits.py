"""Answers and facts that do not fit a checklist, each with what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from auditapp.domain.audit import Answer
from auditapp.domain.checklist import Checklist, Criterion
from auditapp.domain.facts import Facts


def answer_misfits(
    checklist: Checklist, answers: Mapping[str, Answer], section_id: str | None
) -> dict[str, str]:
    """What is wrong with each answer that does not fit, by its criterion; with a section, what belongs to another, too."""
    problems = {}
    for name, answer in answers.items():
        problem = answer_misfit(checklist, name, answer)
        if problem is None and section_id is not None and checklist.criterion(name).section != section_id:
            problem = f"belongs to the section {checklist.criterion(name).section!r}"
        if problem is not None:
            problems[name] = problem
    return problems


def answer_misfit(checklist: Checklist, name: str, answer: Answer) -> str | None:
    """What is wrong with an answer to the criterion of this id; None where it fits."""
    try:
        criterion: Criterion = checklist.criterion(name)
    except KeyError:
        return "is not a criterion of this checklist"
    if criterion.id != name:
        return "is not a criterion of this checklist"
    if answer.grade is not None and answer.grade not in {grade.id for grade in criterion.grades}:
        return f"has no grade {answer.grade!r}"
    if answer.not_applicable is not None and answer.not_applicable not in {
        reason.id for reason in criterion.not_applicable
    }:
        return f"does not list {answer.not_applicable!r} as a reason why it does not apply"
    return None


def fact_misfits(checklist: Checklist, facts: Facts) -> dict[str, str]:
    """What is wrong with each fact that does not fit, by its id."""
    known = {fact.id: fact for fact in checklist.facts}
    problems = {}
    for name, value in facts.items():
        if name not in known:
            problems[name] = "is not a fact of this checklist"
            continue
        try:
            known[name].check(value)
        except ValueError as error:
            problems[name] = str(error)
    return problems
