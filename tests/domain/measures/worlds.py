"""What a reader could work out: every world the numbers could come from, sorted by what is published of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from auditapp.domain.measures import MEASURES, Measure, Numbers, figure_of, public_figure, public_numbers

World = Mapping[str, int]
"""Counts of people by name: everything a reader must not be able to pin down while it is one to four."""


def published(measure: Measure, numbers: Numbers) -> str:
    """Everything a reader gets to see, of the numbers alone where the measure is no real one."""
    shown = public_numbers(measure, numbers).model_dump_json()
    if measure.id in MEASURES:
        shown += public_figure(figure_of(measure.id, numbers)).model_dump_json()
    return shown


def given_away(
    worlds: Iterable[tuple[str, World]], within: Callable[[World], bool] = lambda _world: True
) -> list[tuple[str, int, str]]:
    """The small counts that are the same in every world of which the same is published: there a reader knows them.

    Worlds at the edge of those that were looked at have neighbours that were not: classes with one not `within` are
    passed over.
    """
    classes: defaultdict[str, list[World]] = defaultdict(list)
    for shown, world in worlds:
        classes[shown].append(world)
    found = []
    for shown, members in classes.items():
        if not all(within(world) for world in members):
            continue
        for name in members[0]:
            values = {world[name] for world in members}
            if len(values) == 1 and 0 < min(values) < 5:
                found.append((name, min(values), shown))
    return found
