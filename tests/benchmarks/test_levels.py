"""How levels spread: over a thousand plausible audits and over the real events, printed to be looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from auditapp.catalogue import load_catalogue, read_answers
from auditapp.domain.scoring import Score, score
from auditapp.population.answers import audits
from auditapp.resources import resource_dir
from tests.benchmarks.filling import checklist
from tests.test_levels import SEED, SIZE

pytestmark = pytest.mark.benchmark

REAL = Path(__file__).resolve().parent.parent / "events"


def test_the_spread_over_the_levels(capsys):
    listed = checklist()
    titles = {None: "No level"} | {level.id: level.title for level in listed.levels}
    scores = [score(listed, event.answers, event.facts) for event in audits(listed, SIZE, SEED)]
    found = Counter(one.level for one in scores)
    with capsys.disabled():
        print(f"\n{len(scores)} plausible audits of {listed.name}, seed {SEED}")
        for name, title in titles.items():
            share = 100 * found[name] / len(scores)
            print(f"  {title:<14}{found[name]:>6}{share:>8.1f} %")
        print("  Percentiles        5    25    50    75    95   100")
        for title, values in (
            ("Score", [one.total.percent or 0 for one in scores]),
            ("Evidenced", [one.total.evidenced_percent or 0 for one in scores]),
            ("Criteria asked", [one.coverage.applicable for one in scores]),
        ):
            ordered = sorted(values)
            at = [
                ordered[min(len(ordered) - 1, len(ordered) * share // 100)]
                for share in (5, 25, 50, 75, 95, 100)
            ]
            print(f"  {title:<15}" + "".join(f"{value:>6}" for value in at))
        print("  Missed by one line alone")
        for index, level in enumerate(listed.levels):
            print(
                f"  {level.title:<14}" + ", ".join(f"{kind} {times}" for kind, times in _alone(scores, index))
            )


def _alone(scores: list[Score], index: int) -> Sequence[tuple[str, int]]:
    failing = [{line.kind for line in one.levels[index].failing} for one in scores]
    return Counter(next(iter(kinds)) for kinds in failing if len(kinds) == 1).most_common()


def test_the_real_events(capsys):
    catalogue = load_catalogue([resource_dir("checklists")])
    with capsys.disabled():
        print("\nReal events, by what their public text supports")
        for path in sorted(REAL.glob("*.yaml")):
            event = read_answers(path, catalogue)
            result = score(catalogue.get(event.checklist), event.answers, event.facts)
            asked = f"{result.coverage.answered} of {result.coverage.applicable} answered"
            print(
                f"  {event.event.name[:36]:<38}{result.total.percent or 0:>3}%  {asked:<24}{result.level or 'no level'}"
            )
