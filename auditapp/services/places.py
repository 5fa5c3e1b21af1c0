"""Places in words: where an event is, and what somebody means who looks for events near one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum

from auditapp.domain.audit import Event
from auditapp.domain.geography import Position
from auditapp.services.countries import country_code, known_country, known_in_english
from auditapp.storage.gazetteer import Gazetteer, Town
from auditapp.storage.search import Around, Search
from auditapp.storage.terms import place_name

MOST_PARTS = 6
"""Parts between commas that are looked up."""
MOST_OTHERS = 6
"""Other places of a name that are offered."""
LARGE = 200_000
"""People from which a town is meant before a region or a country in another language: "Granada" is the one in Spain, and not
what Grenada is called there; "California" is not the one in Maryland.
"""


@dataclass(frozen=True)
class NearTown:
    """A town, and how many kilometres around it count as near; and others that are called the same.

    `with_region` are those of them of which another lies in the same country.
    """

    town: Town
    km: int
    others: tuple[Town, ...]
    with_region: frozenset[Town]

    def is_told_by_region(self, town: Town) -> bool:
        """Whether another of these towns lies in the same country, so that the region has to be named."""
        return town in self.with_region


@dataclass(frozen=True)
class InCountry:
    """A country, whole."""

    code: str


class ByWords(Enum):
    """Nothing but the words it was written in: no place is known by them, or this installation knows none at all."""

    UNKNOWN = "unknown"
    NO_DISTANCES = "no-distances"


Understood = NearTown | InCountry | ByWords
"""What a place that was typed is taken for."""


def position_of(gazetteer: Gazetteer, event: Event) -> Position | None:
    """Where the town of an event lies; None where no such town is known in its country."""
    country = country_code(event.country)
    for name, beside in _readings(event.place):
        towns = _fitting(gazetteer, gazetteer.named(name), (*beside, event.country))
        if known_country(country) is not None:
            towns = tuple(town for town in towns if town.country == country)
        if towns:
            return towns[0].position
    return None


def understand(
    gazetteer: Gazetteer, text: str, *, km: int, countries: Collection[str] = ()
) -> Understood | None:
    """What a place that was typed is taken for; None where nothing was.

    The whole country where it is one's name. Otherwise the largest town of that name: in the country or region named behind
    a comma, as in "Newcastle, Australia", and in one of `countries` where some were chosen.
    """
    if not place_name(text):
        return None
    if known_in_english(text) or not _is_large(gazetteer, text):
        code = known_country(text)
        if code is not None:
            return InCountry(code)
    if not gazetteer.mark:
        return ByWords.NO_DISTANCES
    for name, beside in _readings(text):
        named = gazetteer.named(name)
        if countries:
            named = tuple(town for town in named if town.country in countries)
        towns = _fitting(gazetteer, named, beside)
        if towns and (towns[0].population >= LARGE or not gazetteer.regions(name)):
            return _near(towns[0], named, place_name(name), km)
    return ByWords.UNKNOWN


def placed(wanted: Search, understood: Understood | None) -> Search:
    """The search with what its place is taken for."""
    match understood:
        case NearTown(town, km):
            return wanted._replace(around=Around(town.position, km))
        case InCountry(code):
            return wanted._replace(in_country=code)
    return wanted


def _readings(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What may be the name of the town, with what stands beside it: the whole, then each part between commas."""
    yield text, ()
    parts = [part.strip() for part in text.split(",")[:MOST_PARTS] if part.strip()]
    if len(parts) > 1:
        for place, part in enumerate(parts):
            yield part, (*parts[:place], *parts[place + 1 :])


def _fitting(gazetteer: Gazetteer, towns: tuple[Town, ...], beside: Collection[str]) -> tuple[Town, ...]:
    """The towns that lie in every country and region that stands beside them. Other words, such as a county, say nothing."""
    for words in beside:
        regions = set(gazetteer.regions(words))
        code = known_country(words)
        if regions or code is not None:
            towns = tuple(
                town for town in towns if town.country == code or (town.country, town.region) in regions
            )
    return towns


def _is_large(gazetteer: Gazetteer, name: str) -> bool:
    largest = gazetteer.named(name)[:1]
    return any(town.population >= LARGE and _is_called(town, place_name(name)) for town in largest)


def _is_called(town: Town, key: str) -> bool:
    """Whether this is the usual name of a town or a part of it; the code of an airport leads to a town, and is neither."""
    return f" {key} " in f" {place_name(town.name)} "


def _near(town: Town, named: tuple[Town, ...], key: str, km: int) -> NearTown:
    """The town, and of others with this name the largest of each country, and of each region that has a name."""
    seen = {(town.country, town.region_name)}
    others = []
    for other in named:
        where = (other.country, other.region_name)
        if where not in seen and _is_called(other, key):
            seen.add(where)
            others.append(other)
    others = others[:MOST_OTHERS]
    every = (town, *others)
    alike = frozenset(one for one in every if any(one != two and one.country == two.country for two in every))
    return NearTown(town, km, tuple(others), alike)
