"""Numbers that invented organisers bring for a measure: those of better events lie nearer to the thresholds.

Each takes the dice, how good the event is from 0 to 1, and its facts.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

from auditapp.domain.facts import Facts
from auditapp.domain.measures import Numbers, Row

CURRENCIES = ("GBP", "EUR", "USD", "Kč", "円")
TYPICAL_SHARE = 0.38
"""Women among the starters of a mixed race."""

Counts = Callable[[Random, float, Facts], Numbers]


def women_among(people: int, good: float, dice: Random) -> int:
    """How many of so many people are women: more of them where the event is better."""
    share = min(0.7, max(0.05, dice.gauss(TYPICAL_SHARE + 0.12 * (good - 0.5), 0.08)))
    return round(people * share)


def _field(facts: Facts) -> int:
    size = facts.get("starters", facts.get("members", facts.get("pupils", 100)))
    return max(40, int(size)) if isinstance(size, int) else 100


def _values(**values: int) -> dict[str, Fraction]:
    return {name.replace("_", "-"): Fraction(value) for name, value in values.items()}


def _row(label: str = "", **cells: int) -> Row:
    return Row(label=label, cells=_values(**cells))


def prizes(dice: Random, good: float, _facts: Facts) -> Numbers:
    """A prize list of three to ten places; women get the same, or less, or less far down."""
    first, places = dice.choice((50, 100, 250, 500, 2_000)), dice.randint(3, 10)
    parity = 1.0 if dice.random() < 0.35 + 0.6 * good else dice.uniform(0.4, 0.95)
    paid = places if dice.random() < 0.5 + 0.5 * good else max(1, places - dice.randint(1, 3))
    rows = []
    for place in range(places):
        men = max(5, first // (place + 1))
        rows.append(_row(women=int(men * parity) if place < paid else 0, men=men))
    return Numbers(rows=tuple(rows), unit=dice.choice(CURRENCIES))


def starters(dice: Random, good: float, facts: Facts) -> Numbers:
    """Women and men who started, over one to four editions, the latest first."""
    people, rows = _field(facts), []
    for back in range(dice.randint(1, 4)):
        women = women_among(people, good - 0.05 * back, dice)
        rows.append(_row(str(2026 - back), women=women, men=people - women))
        people = max(30, int(people * dice.uniform(0.8, 1.05)))
    return Numbers(rows=tuple(rows))


def deferral(dice: Random, good: float, _facts: Facts) -> Numbers:
    """What a pregnant entrant loses and pays again: nothing, a small charge, or everything."""
    fee = dice.randint(15, 160)
    lost = 0 if dice.random() < 0.3 + 0.6 * good else dice.choice((fee // 10, fee // 2, fee))
    again = 0 if lost == 0 else dice.choice((0, 5, fee))
    return Numbers(values=_values(fee=fee, lost=lost, new_fee=again), unit=dice.choice(CURRENCIES))


def toilets(dice: Random, good: float, facts: Facts) -> Numbers:
    """Toilets for the field: some only for women, urinals, and cubicles for anyone."""
    people = _field(facts)
    women = women_among(people, good, dice)
    units = max(3, int(people / dice.uniform(40, 140)))
    own = round(units * dice.uniform(0.1, 0.3 + 0.4 * good))
    return Numbers(
        values=_values(
            women=women,
            men=people - women,
            women_units=own,
            men_units=max(1, units // 5),
            urinals=dice.choice((0, 4, 8)),
            shared_units=max(1, units - own),
        )
    )


def staff(dice: Random, good: float, _facts: Facts) -> Numbers:
    """Who does the work, over two to five roles."""
    roles = ("Race direction", "Course and safety", "Start and finish", "Medical", "Announcing")
    rows = []
    for role in roles[: dice.randint(2, 5)]:
        everybody = dice.randint(2, 40)
        rows.append(
            _row(
                role,
                women=min(everybody, round(everybody * dice.uniform(0, 0.3 + 0.4 * good))),
                all=everybody,
            )
        )
    return Numbers(rows=tuple(rows))


def pictures(dice: Random, good: float, _facts: Facts) -> Numbers:
    """The people in thirty pictures."""
    people = dice.randint(60, 240)
    women = women_among(people, good, dice)
    return Numbers(values=_values(women=women, men=people - women, unclear=dice.randint(0, 20), pictures=30))


def places(dice: Random, good: float, facts: Facts) -> Numbers:
    """A draw in which women get about their share."""
    got = _field(facts)
    applied = got * dice.randint(2, 6)
    women = women_among(applied, good, dice)
    chosen = min(women, got, round(got * women / applied * dice.uniform(0.75 + 0.2 * good, 1.1)))
    return Numbers(
        values=_values(women_applicants=women, all_applicants=applied, women_places=chosen, all_places=got)
    )


def pace_groups(dice: Random, good: float, _facts: Facts) -> Numbers:
    """Two to five groups; the slowest is led more often where the club is better."""
    groups = dice.randint(2, 5)
    rows = [
        _row(
            f"Group {place}",
            pace=290 + 35 * place + dice.randint(-10, 25),
            led=int(place < groups or dice.random() < good),
            per_month=dice.choice((1, 4, 4, 8)),
        )
        for place in range(1, groups + 1)
    ]
    return Numbers(rows=tuple(rows))


def provision(dice: Random, good: float, _facts: Facts) -> Numbers:
    """Hours and money for women or girls, and for men or boys."""
    rows = []
    for what in ("Hours of coaching", "Money for travel", "Fixtures")[: dice.randint(1, 3)]:
        men = dice.randint(20, 400)
        rows.append(_row(what, women=int(men * dice.uniform(0.3, 0.8 + 0.3 * good)), men=men))
    return Numbers(rows=tuple(rows))


def coverage(dice: Random, good: float, _facts: Facts) -> Numbers:
    """Minutes, words and pictures about either race."""
    rows = []
    for what in ("Minutes live", "Words in the report", "Pictures")[: dice.randint(1, 3)]:
        men = dice.randint(20, 400)
        rows.append(_row(what, women=int(men * dice.uniform(0.2, 0.8 + 0.4 * good)), men=men))
    return Numbers(rows=tuple(rows))


def cut_off(dice: Random, good: float, facts: Facts) -> Numbers:
    """A limit, the finishers of each gender with their median times, and who was timed out."""
    people = _field(facts)
    women = women_among(people, good, dice)
    distance = facts.get("distance", 21)
    kilometres = float(distance) if isinstance(distance, int | float) else 21.0
    median = int(kilometres * dice.uniform(330, 420))
    limit = int(median * dice.uniform(1.15, 1.5 + 0.6 * good)) // 900 * 900 + 900
    values = {"limit": limit}
    for name, started, pace in (("women", women, 1.12), ("men", people - women, 1.0)):
        out, stopped = started * dice.randint(0, 6) // 100, started * dice.randint(0, 5) // 100
        values |= {
            f"{name}_starters": started,
            f"{name}_timed_out": out,
            f"{name}_stopped": stopped,
            f"{name}_finishers": started - out - stopped,
            f"{name}_median": min(limit, int(median * pace)),
        }
    return Numbers(values=_values(**values))


COUNTED: dict[str, Counts] = {
    "prize-parity": prizes,
    "start-list-share": starters,
    "deferral-cost": deferral,
    "toilets": toilets,
    "staff-share": staff,
    "image-share": pictures,
    "allocation": places,
    "pace-groups": pace_groups,
    "provision-share": provision,
    "coverage-share": coverage,
    "cut-off": cut_off,
}
"""What is counted for which measure; for the others invented organisers bring no numbers."""
