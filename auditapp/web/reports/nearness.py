"""Events near a place: what a place that was typed was taken for, in words, and how far away each event is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from babel.numbers import format_decimal
from flask_babel import gettext as _

from auditapp.domain.geography import RADII, distance_km, told_km
from auditapp.rendering.facets import country_name
from auditapp.services.places import ByWords, InCountry, NearTown, Understood
from auditapp.storage.gazetteer import Town
from auditapp.storage.reports import Listing
from auditapp.web.presentation import locale_name
from auditapp.web.reports.asked import Asked


@dataclass(frozen=True)
class Other:
    """Another place of the same name, and the address of the search near it."""

    words: str
    address: str


@dataclass(frozen=True)
class Nearness:
    """What a form shows of a place, and a page tells of it: nothing in `words` where none was asked for.

    `radii` are the kilometres to choose from, each with whether it is chosen.
    """

    place: str
    radii: tuple[tuple[int, bool], ...]
    words: str
    others: tuple[Other, ...]


def nearness(asked: Asked, address: Callable[..., str]) -> Nearness:
    """What to show and tell of the place of a search; `address` gives that of the same page with another `place`."""
    near, others = asked.near, []
    if isinstance(near, NearTown):
        for town in near.others:
            words = town_words(town, near)
            others.append(Other(words, address(place=words)))
    radii = tuple((km, km == asked.search.within) for km in RADII)
    return Nearness(asked.search.place, radii, near_words(asked), tuple(others))


def near_words(asked: Asked) -> str:
    """What the place of a search was taken for; empty where none was asked for."""
    match asked.near:
        case NearTown(town, km) as near:
            return _("Within about %(km)s km of %(town)s", km=km, town=town_words(town, near))
        case InCountry(code):
            return _("In the whole of %(country)s", country=country_name(code, language()))
        case ByWords.UNKNOWN:
            return _(
                "“%(place)s” is not a place we know: shown are places that begin so", place=asked.search.place
            )
        case ByWords.NO_DISTANCES:
            return _("Shown are places that begin with “%(place)s”", place=asked.search.place)
    return ""


def town_words(town: Town, near: NearTown) -> str:
    """A town with its country, and with its region where another of that name lies in the same."""
    region = town.region_name if near.is_told_by_region(town) else ""
    return ", ".join(part for part in (town.name, region, country_name(town.country, language())) if part)


def away(near: Understood | None, listing: Listing) -> str:
    """How far the event lies from the town that was asked for; empty in that town, and where nobody knows."""
    if not isinstance(near, NearTown) or listing.position is None:
        return ""
    km = told_km(distance_km(near.town.position, listing.position))
    return _("about %(km)s km away", km=format_decimal(km, locale=locale_name())) if km else ""


def language() -> str:
    """The language of this request."""
    return locale_name().split("_")[0]
