"""Results as a reader hands them over: counts and times, made by hand."""

from __future__ import annotations

from collections import Counter

from auditapp.domain.measures import Gender, Group, Results


def some_results(*, says_timed_out: bool = False, **groups: Group) -> Results:
    """Results of the groups called women, men, nonbinary and undisclosed; those left out have nobody."""
    found = {gender: groups.get(gender.name.lower(), Group()) for gender in Gender}
    lines = sum(group.starters + group.not_started for group in found.values())
    return Results(groups=found, lines=lines, left_out=0, source="results.csv", says_timed_out=says_timed_out)


def finishing(*times: int, **more: int) -> Group:
    """A group that finished in these seconds; `more` counts how others ended."""
    return Group(times=Counter(times), **more)


TINY = some_results(
    women=finishing(50_000, 52_000, 54_000, 56_000, 58_000, unknown=3),
    men=finishing(*range(40_000, 48_000, 1_000), unknown=9),
)
"""The counts of a real mountain race (ITRA 68140): 25 starters of whom 8 are women, 13 finishers of whom 5 are women."""
