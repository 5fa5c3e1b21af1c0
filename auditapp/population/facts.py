"""What kind of event an invented one is: its facts, which hang together as those of real events do."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log
from random import Random

from auditapp.domain.checklist import Checklist
from auditapp.domain.facts import Fact, FactValue

TYPICAL_FIELD, LARGEST_FIELD = 350, 40_000
FIELD_SPREAD = 1.2
"""Starters, log-normal."""
NIGHTS = ("no", "night-running", "shared-camp", "both")


def facts_for(checklist: Checklist, dice: Random) -> dict[str, FactValue]:
    """Facts of an event for this checklist: those it asks, and of every kind it knows.

    For a checklist nobody has written assumptions down for, every fact is drawn by itself.
    """
    known = KINDS.get(checklist.id)
    drawn = known(dice) if known else {}
    return {
        fact.id: drawn[fact.id] if fact.id in drawn and _fits(fact, drawn[fact.id]) else _drawn(fact, dice)
        for fact in checklist.facts
    }


def race_facts(dice: Random) -> dict[str, FactValue]:
    """A race of some kind and size, with what usually goes with it."""
    kind = dice.choices(["road", "trail", "track", "multisport", "cycling", "other"], [46, 26, 3, 12, 9, 4])[
        0
    ]
    distances = {"road": (5, 10, 21.1, 42.2), "trail": (10, 21, 50, 80, 161), "track": (10, 50, 100)}
    distance = dice.choice(distances.get(kind, (26, 52, 113, 160)))
    starters = int(min(LARGEST_FIELD, max(20, exp(dice.gauss(log(TYPICAL_FIELD), FIELD_SPREAD)))))
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


def club_facts(dice: Random) -> dict[str, FactValue]:
    """A club of a few dozen to some hundred members, most of them mixed."""
    members = int(min(3_000, max(8, exp(dice.gauss(log(90), 0.9)))))
    return {
        "sessions": dice.choices(["groups", "coached", "squad"], [80, 14, 6])[0],
        "who-for": "women" if dice.random() < 0.12 else "mixed",
        "members": members,
        "leaders": max(1, int(members * dice.uniform(0.03, 0.15))),
        "dark-season": dice.random() < 0.9,
        "kit": dice.random() < 0.8,
        "honours": dice.random() < 0.9,
        "affiliated": dice.random() < 0.6,
    }


def school_facts(dice: Random) -> dict[str, FactValue]:
    """A school of one of the four nations of Britain, or of another country."""
    nations = ["england", "scotland", "wales", "northern-ireland", "elsewhere"]
    pupils = int(min(2_500, max(30, exp(dice.gauss(log(420), 0.7)))))
    return {
        "country": dice.choices(nations, [62, 10, 7, 4, 17])[0],
        "phase": dice.choices(["infant", "primary", "secondary", "all"], [12, 48, 32, 8])[0],
        "girls-only": dice.random() < 0.05,
        "pupils": pupils,
        "smallest-group": int(pupils * dice.uniform(0.03, 0.09)),
        "kit": dice.random() < 0.95,
        "races": dice.random() < 0.9,
    }


KINDS: dict[str, Callable[[Random], dict[str, FactValue]]] = {
    "endurance-event": race_facts,
    "run-club": club_facts,
    "school-sport": school_facts,
}


def _fits(fact: Fact, value: FactValue) -> bool:
    try:
        fact.check(value)
    except ValueError:
        return False
    return True


def _drawn(fact: Fact, dice: Random) -> FactValue:
    match fact.type:
        case "boolean":
            return dice.random() < 0.5
        case "number":
            return dice.randint(fact.least or 1, fact.most or 1_000)
        case "choice":
            return dice.choice(fact.choices).id
        case _:
            return f"{dice.randint(2020, 2026)}-06-01"
