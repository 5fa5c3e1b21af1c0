"""How invented organisers answer a checklist.

Nobody knows yet how organisers will answer, so the shape is assumed and stands here to be argued with. Each event has a
hidden quality; each of its sections lies a little above or below it, because organisers are good at different things; each
criterion is as hard as its change is dear and slow. Answers therefore hang together, as real ones do. Organisers leave some
criteria open, more of them the less they have to show, and bring evidence for some answers, more of it the better they are.
Some write a note, and some bring their own numbers, from which the grade then follows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from math import exp
from random import Random
from typing import NamedTuple

from auditapp.domain.audit import Answer, Evidence
from auditapp.domain.checklist import Checklist, Criterion
from auditapp.domain.facts import Applies, Facts, FactValue
from auditapp.domain.measures import Numbers
from auditapp.domain.measuring import with_grades_from_numbers
from auditapp.domain.scoring import applicability
from auditapp.population.facts import race_facts
from auditapp.population.numbers import COUNTED

MEAN, SPREAD = 0.2, 1.1
"""Hidden quality of events, normal, in logits: 0 meets an easy criterion at least partly as often as not."""
SECTION_SPREAD = 0.55
DEARNESS = {"nothing": 0.0, "small": 0.25, "medium": 0.8, "large": 1.4}
SLOWNESS = 0.3
"""For every 60 days of lead time."""
TASTE = 0.7
"""Spread of what else makes one criterion harder than another, the same for every event."""
FROM_WORST_TO_BEST = 1.3
"""How much harder the best grade is than the second."""
SEEN = dt.date(2026, 11, 25)
ESSENTIALS_ARE_KNOWN = 0.3
"""Essentials are what people have heard of."""
LISTED_REASON = 0.15
"""Where a criterion lists reasons why it does not apply, the share of events for which one of them holds."""
THOROUGH = 0.55
"""Share of organisers who answer everything that applies."""
WRITES_A_NOTE = 0.18
"""Share of answers with a note."""
COUNTS = 0.12
"""Share of the criteria with a measure for which an organiser brings numbers."""

NOTES = (
    "Since last year. It stands on the page for entrants.",
    "Only at the start so far; the finish follows next year.",
    "We asked the women on our committee and changed it after the first edition.",
    "Agreed with the venue in writing.",
    "Not yet. The supplier offers it from 200 pieces on, and we order 120.",
    "Volunteers are told in the briefing; it is point 4 of the sheet.",
    "C’est affiché à l’entrée et sur le site.",
    "Steht seit 2024 in der Ausschreibung, Punkt 7.",
    "去年から実施しています。",
)


class Answered(NamedTuple):
    """One invented audit: facts and answers, and the quality behind them, which nobody sees."""

    quality: float
    facts: dict[str, FactValue]
    answers: dict[str, Answer]


def audits(checklist: Checklist, size: int, seed: int) -> list[Answered]:
    """`size` plausible audits of races against one checklist, the same for the same seed."""
    dice = Random(seed)  # noqa: S311 - repeatable, and nothing here is secret
    hard = hardness(checklist, dice)
    found = []
    for _ in range(size):
        quality, facts = dice.gauss(MEAN, SPREAD), race_facts(dice)
        found.append(Answered(quality, facts, answers_of(checklist, hard, facts, quality, dice)))
    return found


def hardness(checklist: Checklist, dice: Random) -> dict[str, float]:
    """How hard each criterion is, in logits, for everybody."""
    return {criterion.id: _hardness(criterion, dice) for criterion in checklist.criteria}


def _hardness(criterion: Criterion, dice: Random) -> float:
    change = criterion.improve
    known = ESSENTIALS_ARE_KNOWN if criterion.essential else 0.0
    return DEARNESS[change.cost] + SLOWNESS * change.days / 60 + dice.gauss(0, TASTE) - known


def answers_of(
    checklist: Checklist,
    hard: Mapping[str, float],
    facts: Facts,
    quality: float,
    dice: Random,
    *,
    gained: float = 0.0,
    site: str = "https://example.org",
    seen: dt.date = SEEN,
) -> dict[str, Answer]:
    """The answers of an event of this quality, by criterion.

    With dice from the same seed, the answers of its next edition differ by what it `gained` or lost since, in logits.
    """
    sections = {
        section.id: quality + gained + dice.gauss(0, SECTION_SPREAD) for section in checklist.sections
    }
    leaves_open = 0.0 if dice.random() < THOROUGH else dice.uniform(0.02, 0.45) * share(-quality / 2)
    shows = min(1.0, max(0.0, dice.gauss(share(quality + gained) * 0.95, 0.2)))
    answers: dict[str, Answer] = {}
    applies = applicability(checklist, facts)
    for criterion in checklist.criteria:
        # Drawn whether it applies or not, so that a fact which changes leaves the answers to everything else alone.
        opens, excuses, brings, reaches = dice.random(), dice.random(), dice.random(), dice.random()
        if applies[criterion.id] is Applies.NO or opens < leaves_open:
            continue
        if criterion.not_applicable and excuses < LISTED_REASON:
            answers[criterion.id] = Answer(not_applicable=criterion.not_applicable[0].id)
            continue
        ease = sections[criterion.section] - hard[criterion.id]
        shown = (_evidence(criterion, site, seen),) if brings < shows else ()
        answers[criterion.id] = Answer(grade=_grade(criterion, ease, reaches), evidence=shown)
    return answers


def told(
    checklist: Checklist, answers: Mapping[str, Answer], facts: Facts, quality: float, dice: Random
) -> dict[str, Answer]:
    """The same answers with notes to some, and with numbers where organisers brought them, settled as a form would."""
    found: dict[str, Answer] = {}
    counted: dict[str, Answer] = {}
    for criterion in checklist.criteria:
        answer = answers.get(criterion.id)
        if answer is None:
            continue
        if dice.random() < WRITES_A_NOTE:
            answer = answer.model_copy(update={"note": dice.choice(NOTES)})
        numbers = _numbers(criterion, answer, facts, quality, dice)
        if numbers is None:
            found[criterion.id] = answer
        else:
            counted[criterion.id] = answer.model_copy(update={"numbers": numbers})
    return found | (with_grades_from_numbers(checklist, found, counted) if counted else {})


def _numbers(
    criterion: Criterion, answer: Answer, facts: Facts, quality: float, dice: Random
) -> Numbers | None:
    use = criterion.measure
    if use is None or use.numbers_from is not None or answer.grade is None or dice.random() >= COUNTS:
        return None
    counts = COUNTED.get(use.name)
    return counts(dice, share(quality), facts) if counts else None


def _grade(criterion: Criterion, ease: float, drawn: float) -> str:
    """The best grade the event is up to; what lies between the worst and the best is equally far apart."""
    grades = criterion.grade_ids
    steps = max(1, len(grades) - 2)
    for place in range(len(grades) - 1, 0, -1):
        if drawn < share(ease - FROM_WORST_TO_BEST * (place - 1) / steps):
            return grades[place]
    return grades[0]


def share(logit: float) -> float:
    """A logit as a share from 0 to 1."""
    return 1 / (1 + exp(-logit))


def _evidence(criterion: Criterion, site: str, seen: dt.date) -> Evidence:
    return Evidence(kind=criterion.evidence.kinds[0], url=f"{site}/{criterion.id}", date=seen)
