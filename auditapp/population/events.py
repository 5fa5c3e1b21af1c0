"""Invented organisers, their events and the editions of these over the years, in the order in which reports come out.

What is assumed stands here to be argued with. An organiser has one event, or a few. An event is held one to six times, a
year apart, and most are still held; over the years it gets better or worse. A report comes out some weeks before the
edition it is about. Some are corrected within weeks, and a few are withdrawn. A few organisers answer the quick audit only.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from random import Random
from typing import NamedTuple

from auditapp.domain.audit import Answer, Event
from auditapp.domain.checklist import Checklist
from auditapp.domain.facts import FactValue
from auditapp.population.answers import MEAN, SPREAD, answers_of, hardness, told
from auditapp.population.countries import COUNTRIES, TONGUES, Country, Tongue
from auditapp.population.facts import facts_for

KINDS = {"endurance-event": 72, "run-club": 16, "school-sport": 12}
"""What is audited, in percent."""
EVENTS = (60, 22, 10, 5, 3)
"""Organisers with one event, two, three, four, five, in percent."""
EDITIONS = (36, 22, 16, 12, 8, 6)
"""Events audited once, twice, up to six times, in percent."""
STILL_HELD = 0.7
"""Events whose last audited edition lies within a year."""
DRIFT = 0.28
"""Spread of what an event gains or loses from one year to the next, in logits; a little more gain than lose."""
LEARNING = 0.12
CORRECTED, WITHDRAWN, QUICK = 0.03, 0.012, 0.06
"""Shares of reports that are corrected and withdrawn, and of events that answer the quick audit only."""
OF_ITS_PLACE = 0.45
"""Events named after their town; the others have a made-up name."""
IN_OWN_WORDS = 0.12
"""Organisers who write their country in their own words."""
KNOWS_ITS_NEXT = 0.4
"""Events that know the day of their next edition while nobody has audited that yet."""
WEEKS_AHEAD = (2, 11)
"""How long before its edition a report comes out."""
YEAR = 365
REASONS = (
    "Answers about the toilets were wrong; a new audit follows.",
    "The event was cancelled.",
    "Published by mistake before the committee had agreed.",
    "Two answers described last year’s edition.",
)

_DAY, _ORGANISER, _EVENT, _EDITION = 1 << 40, 1 << 12, 1 << 6, 1 << 1
# A place in the order as one whole number: day, organiser, event, edition, and whether it is the correction.


class Place(NamedTuple):
    """Which report of a population: the day it comes out, the organiser, the event, the edition, its correction."""

    day: dt.date
    organiser: int
    event: int
    edition: int
    is_correction: bool


@dataclass(frozen=True)
class Recurring:
    """An event over its years: what stays the same, the dates of its editions and the days their reports come out."""

    checklist: Checklist
    name: str
    place: str
    country: str
    site: str
    seed: str
    quality: float
    gains: tuple[float, ...]
    facts: Mapping[str, FactValue]
    is_quick: bool
    dates: tuple[dt.date, ...]
    days: tuple[dt.date, ...]
    corrections: Mapping[int, dt.date]
    withdrawals: Mapping[int, tuple[dt.date, str]]


@dataclass(frozen=True)
class Organiser:
    """Who holds one or several events."""

    name: str
    events: tuple[Recurring, ...]


@dataclass(frozen=True)
class Invented:
    """One report to be: what is answered about which edition, and what becomes of it."""

    checklist: Checklist
    event: Event
    facts: dict[str, FactValue]
    answers: dict[str, Answer]
    published_on: dt.date
    withdrawn: tuple[dt.date, str] | None


class Population:
    """Everything follows from the seed and the last day: organiser number 7 is the same in a population of any size."""

    def __init__(self, checklists: Sequence[Checklist], *, seed: int, until: dt.date) -> None:
        self._checklists = {one.id: one for one in checklists}
        self._kinds = [one for one in KINDS if one in self._checklists] or sorted(self._checklists)
        self.seed = seed
        self.until = until

    def places(self, size: int) -> Iterator[Place]:
        """The first `size` reports, by organiser, in the order in which they come out.

        A whole number for each is kept while they are put in order: 40 bytes.
        """
        keys = array("q")
        number = 0
        while len(keys) < size:
            keys.extend(self._keys(number))
            number += 1
        del keys[size:]
        for key in sorted(keys):
            day, rest = divmod(key, _DAY)
            organiser, rest = divmod(rest, _ORGANISER)
            event, rest = divmod(rest, _EVENT)
            edition, correction = divmod(rest, _EDITION)
            yield Place(dt.date.fromordinal(day), organiser, event, edition, bool(correction))

    def _keys(self, number: int) -> Iterator[int]:
        for event, recurring in enumerate(self.organiser(number).events):
            for edition, day in enumerate(recurring.days):
                stem = number * _ORGANISER + event * _EVENT + edition * _EDITION
                yield day.toordinal() * _DAY + stem
                corrected = recurring.corrections.get(edition)
                if corrected is not None:
                    yield corrected.toordinal() * _DAY + stem + 1

    def organiser(self, number: int) -> Organiser:
        """The organiser of this number, with all events."""
        return _organiser(self, number)

    def corrected(self, place: Place) -> Place:
        """The report that a correction corrects."""
        day = self.organiser(place.organiser).events[place.event].days[place.edition]
        return place._replace(day=day, is_correction=False)

    def edition(self, place: Place) -> Event:
        """The event and the edition of a report, without working its answers out."""
        organiser = self.organiser(place.organiser)
        return self._event(organiser.name, organiser.events[place.event], place.edition)

    def report(self, place: Place) -> Invented:
        """What is to be reported."""
        organiser = self.organiser(place.organiser)
        recurring = organiser.events[place.event]
        dice = _dice(recurring.seed)
        facts = dict(recurring.facts)
        if "first-edition" in facts:
            facts["first-edition"] = facts["first-edition"] and place.edition == 0
        gained = sum(recurring.gains[: place.edition]) + (0.1 if place.is_correction else 0.0)
        day = recurring.days[place.edition]
        answers = answers_of(
            recurring.checklist,
            self._hardness[recurring.checklist.id],
            facts,
            recurring.quality,
            dice,
            gained=gained,
            site=f"{recurring.site}/{day.year}",
            seen=day,
        )
        if recurring.is_quick:
            answers = {
                name: answer
                for name, answer in answers.items()
                if recurring.checklist.criterion(name).in_quick_audit
            }
        answers = told(recurring.checklist, answers, facts, recurring.quality + gained, dice)
        return Invented(
            recurring.checklist,
            self._event(organiser.name, recurring, place.edition),
            facts,
            answers,
            place.day,
            None if place.is_correction else recurring.withdrawals.get(place.edition),
        )

    @cached_property
    def _hardness(self) -> dict[str, dict[str, float]]:
        return {name: hardness(one, _dice(f"{self.seed} {name}")) for name, one in self._checklists.items()}

    def _event(self, organiser: str, recurring: Recurring, edition: int) -> Event:
        date = recurring.dates[edition]
        is_settled = edition + 1 < len(recurring.dates) or _dice(recurring.seed).random() < KNOWS_ITS_NEXT
        return Event(
            name=recurring.name,
            edition=str(date.year),
            date=date,
            next_date=date.replace(year=date.year + 1) if is_settled else None,
            place=recurring.place,
            country=recurring.country,
            website=recurring.site,
            organiser=organiser,
        )

    def invent(self, number: int) -> Organiser:
        """The organiser of this number, worked out."""
        seed = f"{self.seed} {number}"
        dice = _dice(seed)
        country = dice.choices(COUNTRIES, [one.weight for one in COUNTRIES])[0]
        tongue = TONGUES[country.tongue]
        town = dice.choice(country.places)
        written = country.own if dice.random() < IN_OWN_WORDS else country.name
        name = dice.choice(tongue.organisers).format(word=_word(tongue, dice), place=town)
        count = dice.choices(range(1, len(EVENTS) + 1), EVENTS)[0]
        events = tuple(
            self._recurring(f"{seed} {event}", country, tongue, town, written) for event in range(count)
        )
        return Organiser(name, events)

    def _recurring(self, seed: str, country: Country, tongue: Tongue, town: str, written: str) -> Recurring:
        dice = _dice(f"{seed} what")
        kind = dice.choices(self._kinds, [KINDS.get(one, 10) for one in self._kinds])[0]
        checklist = self._checklists[kind]
        facts = facts_for(checklist, dice)
        place = town if dice.random() < 0.7 else dice.choice(country.places)
        name = _name(checklist, facts, tongue, place, dice)
        dates, days = zip(*self._dates(dice), strict=True)
        corrections: dict[int, dt.date] = {}
        withdrawals: dict[int, tuple[dt.date, str]] = {}
        for edition, day in enumerate(days):
            drawn, later = dice.random(), day + dt.timedelta(days=dice.randint(3, 60))
            if later > self.until:
                continue
            if drawn < CORRECTED:
                corrections[edition] = later
            elif drawn < CORRECTED + WITHDRAWN:
                withdrawals[edition] = (later, dice.choice(REASONS))
        return Recurring(
            checklist=checklist,
            name=name,
            place=place,
            country=written,
            site=f"https://{_host(name, dice)}.example",
            seed=seed,
            quality=dice.gauss(MEAN, SPREAD),
            gains=tuple(dice.gauss(LEARNING, DRIFT) for _ in days),
            facts=facts,
            is_quick=dice.random() < QUICK,
            dates=dates,
            days=days,
            corrections=corrections,
            withdrawals=withdrawals,
        )

    def _dates(self, dice: Random) -> Iterator[tuple[dt.date, dt.date]]:
        """When each edition is held and when its report comes out, a year apart, none after the last day."""
        count = dice.choices(range(1, len(EDITIONS) + 1), EDITIONS)[0]
        gone = 0
        while gone < 4 and dice.random() > STILL_HELD:
            gone += 1
        ahead = dt.timedelta(days=dice.randint(*WEEKS_AHEAD) * 7)
        last = self.until - dt.timedelta(days=YEAR * gone + int(YEAR * dice.random())) + ahead
        for back in range(count - 1, -1, -1):
            held = last.replace(year=last.year - back, day=min(last.day, 28))
            yield held, held - ahead - dt.timedelta(days=dice.randint(0, 12) if back else 0)


@lru_cache(maxsize=4_096)
def _organiser(population: Population, number: int) -> Organiser:
    return population.invent(number)


def _dice(seed: str) -> Random:
    return Random(seed)  # noqa: S311 - repeatable, and nothing here is secret


def _word(tongue: Tongue, dice: Random) -> str:
    return dice.choice(tongue.heads) + dice.choice(tongue.tails)


def _name(
    checklist: Checklist, facts: Mapping[str, FactValue], tongue: Tongue, place: str, dice: Random
) -> str:
    word = place if dice.random() < OF_ITS_PLACE else _word(tongue, dice)
    if checklist.id == "school-sport":
        return dice.choice(tongue.schools).format(word=_word(tongue, dice), place=place)
    if checklist.id == "run-club":
        return tongue.names.format(word=word, noun=tongue.nouns["club"])
    return tongue.names.format(word=word, noun=tongue.nouns[_noun(facts)])


def _noun(facts: Mapping[str, FactValue]) -> str:
    kind, distance = str(facts.get("kind", "road")), facts.get("distance", 10)
    if kind == "road":
        return {5: "5", 10: "10", 21.1: "21"}.get(float(distance), "42")
    if kind == "trail" and float(distance) > 42:
        return "ultra"
    return kind if kind in ("trail", "track", "multisport", "cycling") else "other"


def _host(name: str, dice: Random) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
    return words or f"event-{dice.randint(1_000, 9_999)}"
