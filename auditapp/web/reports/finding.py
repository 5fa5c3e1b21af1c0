"""The list of published reports: search, facets, order and pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from babel.numbers import format_decimal
from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from auditapp.domain.report import Publication, PublicationState, Report
from auditapp.domain.standing import ReportState, state_of
from auditapp.rendering import charts
from auditapp.services import publishing
from auditapp.storage.database import db
from auditapp.storage.reports import ESSENTIALS_ONLY, NO_LEVEL, Facet, Listing
from auditapp.web.access import rooms, today
from auditapp.web.presentation import locale_name
from auditapp.web.reports.asked import Asked
from auditapp.web.reports.blueprint import bp
from auditapp.web.revalidation import revalidated

NARROW = 328.0
BEHIND = {NO_LEVEL: 1, ESSENTIALS_ONLY: 2}
"""What is no level, and its place behind the levels."""


@dataclass(frozen=True)
class Choice:
    """A value a facet offers, with how many reports have it and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Group:
    """A facet: what it is called in the address and on the page, and its values."""

    name: str
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Entry:
    """A report of the list, with its bars drawn for a wide and for a narrow page."""

    listing: Listing
    points: Fraction
    possible: Fraction
    distance: str
    starters: str
    bars: charts.MiniBars
    narrow_bars: charts.MiniBars
    chosen: bool
    expired: bool

    @property
    def in_words(self) -> tuple[tuple[str, int | None], ...]:
        """Letter and whole percent of each section, rounded down; None where nothing applies."""
        return tuple(
            (
                part.code,
                int(Fraction(part.points) * 100 // Fraction(part.possible)) if part.possible else None,
            )
            for part in self.listing.sections
        )


@bp.get("/")
def index() -> ResponseReturnValue:
    """Every live report that fits the search, a page at a time."""
    asked = Asked.of(request.args)
    found = publishing.search_reports(db.session, **asked.search())
    listed = {listing.slug for listing in found.items}
    return revalidated(
        render_template(
            "reports/index.html",
            asked=asked,
            found=found,
            entries=tuple(entry(listing, asked.chosen) for listing in found.items),
            groups=tuple(groups(asked, found.facets)),
            chosen_elsewhere=chosen_reports([slug for slug in asked.chosen if slug not in listed]),
        )
    )


def entry(listing: Listing, chosen: Collection[str]) -> Entry:
    """A listing with its drawings."""
    parts = [
        (part.code, Fraction(part.points), Fraction(part.possible), Fraction(part.evidenced))
        for part in listing.sections
    ]
    return Entry(
        listing=listing,
        points=Fraction(listing.points),
        possible=Fraction(listing.possible),
        distance=measure(listing.distance),
        starters=measure(listing.field_size),
        bars=charts.mini_bars(parts),
        narrow_bars=charts.mini_bars(parts, width=NARROW),
        chosen=listing.slug in chosen,
        expired=state_of(listing.state, listing.expires_on, today()) is ReportState.EXPIRED,
    )


def measure(value: float | None) -> str:
    """A number of the list as people write it: "21.1", "1,900"; empty when nobody gave it."""
    return format_decimal(value, format="#,##0.###", locale=locale_name()) if value else ""


def groups(asked: Asked, facets: dict[str, tuple[Facet, ...]]) -> Iterator[Group]:
    """The facets of the list, best level first; one with nothing to choose between is left out."""
    named: tuple[tuple[str, str, Collection[Any]], ...] = (
        ("level", _("Level"), asked.levels),
        ("year", _("Year of the edition"), [str(year) for year in asked.years]),
        ("checklist", _("Checklist"), asked.checklists),
    )
    for name, title, chosen in named:
        offered = {one.value for one in facets[name]}
        values = best_first(facets[name]) if name == "level" else facets[name]
        values += tuple(
            Facet(value, "" if value in BEHIND else value, 0) for value in chosen if value not in offered
        )
        choices = tuple(
            Choice(one.value, one.label or result_words(one.value), one.reports, one.value in chosen)
            for one in values
        )
        if len(choices) > 1 or any(choice.chosen for choice in choices):
            yield Group(name, title, choices)


def best_first(levels: tuple[Facet, ...]) -> tuple[Facet, ...]:
    """Levels from the highest down, as the checklists of this installation rank them; "No level" last but one.

    What answers nothing but the quick audit has no place among levels, and stands behind them all.
    """
    rank: dict[str, int] = {}
    for checklist in rooms().catalogue.current():
        for place, level in enumerate(checklist.levels, start=1):
            rank.setdefault(level.id, place)
    return tuple(
        sorted(levels, key=lambda one: (BEHIND.get(one.value, 0), -rank.get(one.value, 0), one.label))
    )


def result_words(value: str) -> str:
    """What stands in place of a level where there is none."""
    return _("Essentials only") if value == ESSENTIALS_ONLY else _("No level")


def chosen_reports(slugs: list[str]) -> tuple[tuple[Publication, Report], ...]:
    """The reports of these addresses that are public, in this order."""
    if not slugs:
        return ()
    found = publishing.find_reports(db.session, slugs)
    return tuple(
        found[slug]
        for slug in slugs
        if slug in found and found[slug][0].state is not PublicationState.WITHDRAWN
    )
