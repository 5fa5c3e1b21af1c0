"""How the levels of the checklist for endurance events spread over a thousand plausible audits."""

from collections import Counter

import pytest

from auditapp.catalogue import load_catalogue
from auditapp.domain.checklist import Checklist
from auditapp.domain.facts import Applies
from auditapp.domain.scoring import Score, applicability, score
from auditapp.population.answers import Answered, audits
from auditapp.resources import resource_dir

NO_LEVEL = "none"
SIZE, SEED = 1_000, 20261125


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    """The checklist that is asked."""
    return load_catalogue([resource_dir("checklists")]).get("endurance-event@1.0")


@pytest.fixture(scope="module")
def events(checklist: Checklist) -> list[Answered]:
    """The events that answer it."""
    return audits(checklist, SIZE, SEED)


@pytest.fixture(scope="module")
def scores(checklist: Checklist, events: list[Answered]) -> list[Score]:
    """What they come to."""
    return [score(checklist, event.answers, event.facts) for event in events]


def reached(scores: list[Score]) -> Counter[str]:
    """How many end at each level."""
    return Counter(one.level or NO_LEVEL for one in scores)


def test_few_reach_the_top(checklist: Checklist, scores: list[Score]):
    assert 0 < reached(scores)[checklist.levels[-1].id] < SIZE * 3 / 100


def test_every_level_is_reached_by_fewer_than_the_one_below(checklist: Checklist, scores: list[Score]):
    found = reached(scores)
    steps = [found[name] for name in (NO_LEVEL, *(level.id for level in checklist.levels))]
    assert steps == sorted(steps, reverse=True)
    assert len(set(steps)) == len(steps)


def test_no_single_line_decides_alone(checklist: Checklist, scores: list[Score]):
    """Of the audits that miss a level by one line, not all miss it by the same one."""
    for index in range(len(checklist.levels) - 1):
        failing = [{line.kind for line in one.levels[index].failing} for one in scores]
        alone = Counter(next(iter(kinds)) for kinds in failing if len(kinds) == 1)
        assert len(alone) >= 3


def test_better_events_reach_more(checklist: Checklist, events: list[Answered], scores: list[Score]):
    order = [NO_LEVEL, *(level.id for level in checklist.levels)]
    ranked = sorted(zip(events, scores, strict=True), key=lambda pair: pair[0].quality)
    tenth = SIZE // 10
    worst, best = ranked[:tenth], ranked[-tenth:]
    heights = [sum(order.index(one.level or NO_LEVEL) for _, one in part) for part in (worst, best)]
    assert heights[0] * 10 < heights[1]


def test_the_population_is_varied_and_the_same_for_a_seed(checklist: Checklist, events: list[Answered]):
    assert audits(checklist, 5, SEED) == events[:5]
    sections = {section.id for section in checklist.sections}
    asked = {
        checklist.criterion(name).section
        for event in events[:200]
        for name, applies in applicability(checklist, event.facts).items()
        if applies is Applies.YES
    }
    assert asked == sections
