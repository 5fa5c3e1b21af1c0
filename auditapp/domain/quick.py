"""The quick audit: the essentials and what is marked quick, asked first, with a result of its own kind.

It is no audit beside the audit: the same answers count in both, so that going on asks nothing twice. Its result is a
count of essentials, never a level and never a share of points most of which nobody has been asked about.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction

from auditapp.domain.checklist import Checklist, Criterion
from auditapp.domain.facts import Fact
from auditapp.domain.plan import effort
from auditapp.domain.scoring import Count, Coverage, Finding, Score, State
from auditapp.domain.values import ZERO, Value

CHEAPEST = 3
WORDS_A_MINUTE = 230
"""How fast adults read, in words a minute: 238 for text that tells no story, the mean of 190 studies (Brysbaert 2019)."""
SECONDS_TO_CHOOSE = 4


class Scope(StrEnum):
    """How much of a checklist was answered: the whole, though perhaps with gaps, or nothing but its quick audit."""

    WHOLE = "whole"
    QUICK = "quick"


class Subject(Value):
    """What people talk about, such as shirts or prizes, with the findings of the quick audit on it."""

    title: str
    findings: tuple[Finding, ...]


class QuickResult(Value):
    """What the quick audit comes to.

    `essentials` counts those met at least partly, `in_full` those that earn all their points, both of those that apply;
    `asked` how many of its criteria are answered. `unanswered` and `unmet` stand open: the first have no answer, the
    second are essentials that earn nothing. `cheapest` are up to three answers that cost least to improve.
    """

    essentials: Count
    in_full: Count
    asked: Coverage
    subjects: tuple[Subject, ...]
    unanswered: tuple[Finding, ...]
    unmet: tuple[Finding, ...]
    cheapest: tuple[Finding, ...]


def quick_criteria(checklist: Checklist) -> tuple[Criterion, ...]:
    """What the quick audit asks, in checklist order."""
    return tuple(criterion for criterion in checklist.criteria if criterion.in_quick_audit)


def has_quick_audit(checklist: Checklist) -> bool:
    """Whether there is a shorter way: some criteria are in the quick audit, and others are not."""
    return 0 < len(quick_criteria(checklist)) < len(checklist.criteria)


def quick_facts(checklist: Checklist) -> tuple[Fact, ...]:
    """The facts that decide which criteria of the quick audit apply; the others can wait."""
    conditions = (checklist.condition(criterion) for criterion in quick_criteria(checklist))
    deciding = {name for condition in conditions if condition is not None for name, _ in condition.facts()}
    return tuple(fact for fact in checklist.facts if fact.id in deciding)


def quick_minutes(checklist: Checklist) -> int:
    """How long the quick audit takes when everything in it applies, in whole minutes; at least one.

    Every question is read, and its answers from the first until one fits: of n answers (n + 1) ÷ 2 on average. A choice
    takes four seconds more, our own assumption. Looking for evidence and numbers is not part of it.
    """
    criteria, facts = quick_criteria(checklist), quick_facts(checklist)
    words = [_read(one.question, [grade.says for grade in one.grades]) for one in criteria]
    words += [
        _read(f"{fact.question} {fact.help or ''}", [choice.label for choice in fact.choices])
        for fact in facts
    ]
    minutes = sum(words, ZERO) / WORDS_A_MINUTE + Fraction(len(words) * SECONDS_TO_CHOOSE, 60)
    return max(1, int(minutes + Fraction(1, 2)))


def _read(question: str, answers: list[str]) -> Fraction:
    """The words that are read before an answer is chosen."""
    offered = sum(len(answer.split()) for answer in answers)
    return len(question.split()) + (
        Fraction(offered * (len(answers) + 1), 2 * len(answers)) if answers else ZERO
    )


def scope_of(checklist: Checklist, result: Score) -> Scope:
    """How much of the checklist these answers cover.

    QUICK when nothing but criteria of the quick audit is answered and another one that applies is not. What facts rule
    out is answered by nobody.
    """
    quick = {criterion.id for criterion in quick_criteria(checklist)}
    given = {f.id for f in result.findings if f.grade is not None or f.reason is not None}
    left = {f.id for f in result.findings if f.state is State.UNANSWERED}
    return Scope.QUICK if given and given <= quick and left - quick else Scope.WHOLE


def quick_result(checklist: Checklist, result: Score) -> QuickResult:
    """The result of the quick audit, from the score of the whole audit as it stands."""
    names = {criterion.id for criterion in quick_criteria(checklist)}
    asked = [finding for finding in result.findings if finding.id in names]
    applying = [finding for finding in asked if finding.applies]
    essentials = [finding for finding in applying if finding.essential]
    unanswered = tuple(finding for finding in applying if finding.state is State.UNANSWERED)
    improvable = [one for one in applying if one.grade is not None and one.points < one.possible]

    def price(finding: Finding) -> tuple[Fraction, bool, Fraction]:
        """What a change asks for; at the same price an essential that earns nothing first, then what gains most."""
        improvement = checklist.criterion(finding.id).improve
        return (
            effort(improvement),
            not (finding.essential and not finding.met),
            finding.points - finding.possible,
        )

    return QuickResult(
        essentials=result.essentials,
        in_full=Count(met=sum(1 for one in essentials if one.worth == 1), applicable=len(essentials)),
        asked=Coverage(answered=len(applying) - len(unanswered), applicable=len(applying)),
        subjects=tuple(_subjects(checklist, asked)),
        unanswered=unanswered,
        unmet=tuple(one for one in essentials if one.grade is not None and not one.met),
        cheapest=tuple(sorted(improvable, key=price)[:CHEAPEST]),
    )


def _subjects(checklist: Checklist, asked: list[Finding]) -> Iterator[Subject]:
    by_title: dict[str, list[Finding]] = {}
    for finding in asked:
        if title := checklist.criterion(finding.id).subject:
            by_title.setdefault(title, []).append(finding)
    for title, findings in by_title.items():
        yield Subject(title=title, findings=tuple(findings))
