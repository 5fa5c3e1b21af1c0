"""A thousand plausible audits, made from a seed: how levels spread before anybody has used them.

Nobody knows yet how organisers will answer, so the shape is assumed and stands here to be argued with. Each event has a
hidden quality; each of its sections lies a little above or below it, because organisers are good at different things; each
criterion is as hard as its change is dear and slow. Answers therefore hang together, as real ones do. Organisers leave some
criteria open, more of them the less they have to show, and bring evidence for some answers, more of it the better they are.
"""

from __future__ import annotations

import datetime as dt
from math import exp, log
from random import Random
from typing import NamedTuple

from auditapp.domain.audit import Answer, Evidence
from auditapp.domain.checklist import Checklist, Criterion
from auditapp.domain.facts import Applies, FactValue
from auditapp.domain.scoring import Score, applicability, score

SEED = 20261125
SIZE = 1_000

MEAN, SPREAD = 0.2, 1.1
"""Hidden quality of events, normal, in logits: 0 meets an easy criterion at least partly as often as not."""
SECTION_SPREAD = 0.55
DEARNESS = {"nothing": 0.0, "small": 0.25, "medium": 0.8, "large": 1.4}
SLOWNESS = 0.3
"""For every 60 days of lead time."""
TASTE = 0.7
"""Spread of what else makes one criterion harder than another, the same for every event."""
FROM_PARTLY_TO_FULL = 1.3
SEEN = dt.date(2026, 11, 25)
ESSENTIALS_ARE_KNOWN = 0.3
"""Essentials are what people have heard of."""
LISTED_REASON = 0.15
"""Where a criterion lists reasons why it does not apply, the share of events for which one of them holds."""
NIGHTS = ("no", "night-running", "shared-camp", "both")
THOROUGH = 0.55
"""Share of organisers who answer everything that applies."""


class Event(NamedTuple):
    """One invented audit: facts and answers, and the quality behind them, which nobody sees."""

    quality: float
    facts: dict[str, FactValue]
    answers: dict[str, Answer]

    def scored(self, checklist: Checklist) -> Score:
        """What it comes to."""
        return score(checklist, self.answers, self.facts)


def population(checklist: Checklist, size: int = SIZE, seed: int = SEED) -> list[Event]:
    """`size` plausible audits, the same for the same seed."""
    dice = Random(seed)
    hardness = {criterion.id: _hardness(criterion, dice) for criterion in checklist.criteria}
    return [_event(checklist, hardness, dice) for _ in range(size)]


def _hardness(criterion: Criterion, dice: Random) -> float:
    change = criterion.improve
    known = ESSENTIALS_ARE_KNOWN if criterion.essential else 0.0
    return DEARNESS[change.cost] + SLOWNESS * change.days / 60 + dice.gauss(0, TASTE) - known


def _event(checklist: Checklist, hardness: dict[str, float], dice: Random) -> Event:
    quality = dice.gauss(MEAN, SPREAD)
    facts = _facts(dice)
    sections = {section.id: quality + dice.gauss(0, SECTION_SPREAD) for section in checklist.sections}
    leaves_open = 0.0 if dice.random() < THOROUGH else dice.uniform(0.02, 0.45) * _share(-quality / 2)
    shows = min(1.0, max(0.0, dice.gauss(_share(quality) * 0.95, 0.2)))
    answers: dict[str, Answer] = {}
    applies = applicability(checklist, facts)
    for criterion in checklist.criteria:
        if applies[criterion.id] is Applies.NO or dice.random() < leaves_open:
            continue
        if criterion.not_applicable and dice.random() < LISTED_REASON:
            answers[criterion.id] = Answer(not_applicable=criterion.not_applicable[0].id)
            continue
        ease = sections[criterion.section] - hardness[criterion.id]
        shown = (_evidence(criterion),) if dice.random() < shows else ()
        answers[criterion.id] = Answer(grade=_grade(criterion, ease, dice), evidence=shown)
    return Event(quality, facts, answers)


def _grade(criterion: Criterion, ease: float, dice: Random) -> str:
    drawn = dice.random()
    none, partly, full = criterion.grade_ids
    if drawn < _share(ease - FROM_PARTLY_TO_FULL):
        return full
    return partly if drawn < _share(ease) else none


def _share(logit: float) -> float:
    return 1 / (1 + exp(-logit))


def _evidence(criterion: Criterion) -> Evidence:
    return Evidence(kind=criterion.evidence.kinds[0], url=f"https://example.org/{criterion.id}", date=SEEN)


def _facts(dice: Random) -> dict[str, FactValue]:
    """An event of some kind and size, with what usually goes with it."""
    kind = dice.choices(["road", "trail", "track", "multisport", "cycling", "other"], [46, 26, 3, 12, 9, 4])[
        0
    ]
    distances = {"road": (5, 10, 21.1, 42.2), "trail": (10, 21, 50, 80, 161), "track": (10, 50, 100)}
    distance = dice.choice(distances.get(kind, (26, 52, 113, 160)))
    starters = int(min(40_000, max(20, exp(dice.gauss(log(350), 1.2)))))
    large = starters >= 1_000
    long = distance >= 43

    def chance(share: float) -> bool:
        return dice.random() < share

    awards, prize_money = chance(0.95), chance(0.6 if large else 0.3)
    return {
        "kind": kind,
        "distance": distance,
        "starters": starters,
        "women-only": chance(0.04),
        "first-edition": chance(0.08),
        "held-again": chance(0.95),
        "one-person": chance(0.02 if large else 0.2),
        "places": dice.choices(["open", "first-come", "ballot", "qualification", "turn-up"], [50, 32, 9, 6, 3])[0],
        "paid-entry": chance(0.94),
        "garment": dice.choices(["included", "sold", "none"], [50, 15, 35])[0],
        "start": dice.choices(["mass", "waves", "rolling"], [30, 60, 10] if large else [70, 20, 10])[0],
        "toilets": "several" if large else dice.choices(["several", "building", "one-or-two"], [60, 28, 12])[0],
        "checkpoints": "some-staffed" if distance >= 10 or chance(0.4) else "none",
        "time-limit": dice.choices(["cut-offs", "none", "fixed-time"], [85, 10, 5] if long else [60, 38, 2])[0],
        "pacers": chance(0.6 if large and kind == "road" else 0.1),
        "swim": dice.choices(["open-water", "pool", "none"], [70, 15, 15])[0] if kind == "multisport" else "none",
        "overnight": dice.choices(NIGHTS, [45, 40, 5, 10] if long else [98, 1, 1, 0])[0],
        "mandatory-kit": chance(0.8 if kind == "trail" else 0.1),
        "public-lists": chance(0.97),
        "tracking": chance(0.6 if long or large else 0.15),
        "people-photos": chance(0.98),
        "photographers": chance(0.85),
        "live-coverage": chance(0.5 if large else 0.15),
        "reports": chance(0.85),
        "timed": chance(0.97),
        "gender-categories": chance(0.97),
        "age-groups": chance(0.85),
        "awards": awards,
        "ceremony": awards and chance(0.85),
        "prize-money": prize_money,
        "goods": awards and chance(0.75),
        "time-awards": chance(0.3),
        "para-race": chance(0.15 if large else 0.01),
        "elite-field": prize_money and chance(0.5 if large else 0.05),
    }  # fmt: skip
