"""Mistakes of meaning: a checklist that reads without a mistake and still cannot do what its author wants."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product
from urllib.parse import urlsplit

from auditapp.domain.checklist import Checklist
from auditapp.domain.consistency import Inconsistency
from auditapp.domain.facts import Applies, Condition, Fact, FactValue
from auditapp.domain.levels import Mark, Tally, level_lines
from auditapp.domain.values import ZERO

MOST_TRIALS = 50_000
"""Combinations of facts tried before a condition counts as one that can hold."""

_HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(:\d+)?")


def doubts(checklist: Checklist) -> Iterator[Inconsistency]:
    """Every mistake of meaning in a checklist whose parts fit together, in file order within each kind."""
    yield from _sources(checklist)
    yield from _facts(checklist)
    for index, criterion in enumerate(checklist.criteria):
        condition = checklist.condition(criterion)
        if condition is not None and not can_hold(checklist, condition):
            yield Inconsistency(
                where=("criteria", index, "applies_if" if criterion.applies_if is not None else "section"),
                problem=f"criterion {criterion.code} can never apply, whatever the facts are",
                remedy="change its condition, or that of its section",
            )
    yield from _levels(checklist)


def can_hold(checklist: Checklist, condition: Condition) -> bool:
    """Whether some combination of facts makes the condition hold.

    Tries every value that can make a difference: each choice, yes and no, and for numbers and dates those named and
    their neighbours. A condition over more facts than can be tried counts as one that can hold.
    """
    tests: dict[str, list[Condition]] = {}
    for name, test in condition.facts():
        tests.setdefault(name, []).append(test)
    values = [
        [(name, value) for value in _telling(checklist.fact(name), found)] for name, found in tests.items()
    ]
    trials = 0
    for trial in islice(product(*values), MOST_TRIALS):
        trials += 1
        if condition.holds(dict(trial)) is Applies.YES:
            return True
    return trials == MOST_TRIALS


def _telling(fact: Fact, tests: list[Condition]) -> list[FactValue]:
    """The values of a fact between which a condition can tell."""
    if fact.type == "boolean":
        return [True, False]
    if fact.type == "choice":
        return [choice.id for choice in fact.choices]
    named = [value for test in tests for value in (*(test.in_ or ()), test.is_) if value is not None]
    if fact.type == "date":
        return [*named, "0001-01-01"]
    bounds = [value for test in tests for value in (test.at_least, test.at_most) if value is not None]
    numbers = [value for value in (*named, *bounds) if isinstance(value, int | float)]
    near = {value + step for value in numbers for step in (-1, 0, 1)}
    least, most = fact.least, fact.most
    return [
        value
        for value in sorted(near | {end for end in (least, most) if end is not None})
        if (least is None or value >= least) and (most is None or value <= most)
    ]


def _sources(checklist: Checklist) -> Iterator[Inconsistency]:
    used = {key for criterion in checklist.criteria for key in criterion.sources}
    for index, source in enumerate(checklist.sources):
        if source.url is not None and not _HOST.fullmatch(urlsplit(source.url).netloc):
            yield Inconsistency(
                where=("sources", index, "url"),
                problem=f"'{source.url}' is no address on the web",
                remedy="write the address as a browser shows it, such as https://example.org/report",
            )
        if source.id not in used:
            yield Inconsistency(
                where=("sources", index),
                problem=f"no criterion names the source {source.id}",
                remedy="name it in 'sources' of a criterion, or take it out",
            )


def _facts(checklist: Checklist) -> Iterator[Inconsistency]:
    conditions = [checklist.condition(criterion) for criterion in checklist.criteria]
    deciding = {name for condition in conditions if condition is not None for name, _ in condition.facts()}
    for index, fact in enumerate(checklist.facts):
        if fact.id not in deciding and not fact.compared:
            yield Inconsistency(
                where=("facts", index),
                problem=f"the fact {fact.id!r} is asked and never used",
                remedy="use it in a condition, write 'compared: true' if readers compare by it, or take it out",
            )


def _levels(checklist: Checklist) -> Iterator[Inconsistency]:
    """Levels that even the best answers to everything do not reach."""
    marks, parts = {}, checklist.parts
    for criterion in checklist.criteria:
        points = (checklist.points(criterion, grade) for grade in criterion.grade_ids)
        best, weight = int(parts * max(points, default=ZERO)), parts * criterion.weight
        marks[criterion.id] = Mark(criterion.section, criterion.essential, best, best, weight, True)
    tally = Tally.of(checklist, marks)
    for index, level in enumerate(checklist.levels):
        for line in level_lines(level, tally):
            if not line.reached:
                within = f" in section {line.section!r}" if line.section else ""
                yield Inconsistency(
                    where=("levels", index, line.kind),
                    problem=f"nobody can reach level {level.id!r}: it asks for {line.needed} percent{within}, "
                    f"and the best answers to everything come to {line.percent}",
                    remedy="ask for less, or let the best grades earn all points",
                )
