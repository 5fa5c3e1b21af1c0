"""The list of published reports: search, facets, order and pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction

from babel.numbers import format_decimal
from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from auditapp.domain.checklist import Checklist
from auditapp.domain.report import Publication, PublicationState, Report
from auditapp.domain.standing import ReportState, state_of
from auditapp.rendering import charts
from auditapp.rendering.facets import Labels
from auditapp.services import publishing
from auditapp.services.finding import CriterionChoice, search_reports
from auditapp.services.places import Understood
from auditapp.storage.database import db
from auditapp.storage.reports import Listing
from auditapp.storage.search import Facet
from auditapp.web.access import rooms, today
from auditapp.web.presentation import locale_name
from auditapp.web.reports.asked import Asked
from auditapp.web.reports.blueprint import bp
from auditapp.web.reports.facets import labels_of
from auditapp.web.reports.nearness import away, nearness
from auditapp.web.revalidation import known_by_index, revalidated

NARROW = 328.0
OFFERED = 8
"""How many values of a facet are offered at once."""


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

    @property
    def shown(self) -> tuple[Choice, ...]:
        """What is offered at once: of a long facet the commonest values and those that are chosen."""
        if len(self.choices) <= OFFERED:
            return self.choices
        common = sorted(self.choices, key=lambda one: -one.count)[:OFFERED]
        return tuple(one for one in self.choices if one in common or one.chosen)

    @property
    def folded(self) -> tuple[Choice, ...]:
        """The others, opened by whoever looks for them."""
        shown = set(self.shown)
        return tuple(one for one in self.choices if one not in shown)


@dataclass(frozen=True)
class Entry:
    """A report of the list, with its bars drawn for a wide and for a narrow page, and how far `away` from a place it is."""

    listing: Listing
    points: Fraction
    possible: Fraction
    distance: str
    starters: str
    bars: charts.MiniBars
    narrow_bars: charts.MiniBars
    chosen: bool
    expired: bool
    away: str

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


@dataclass(frozen=True)
class Removable:
    """A part of the search in words, and the address of the search without it."""

    words: str
    without: str


@bp.get("/")
@known_by_index
def index() -> ResponseReturnValue:
    """Every live report that fits the search, a page at a time."""
    checklists = rooms().catalogue.current()
    asked = Asked.of(request.args, checklists, rooms().gazetteer)
    if "answer" in request.args:
        return redirect(asked.address())
    found = search_reports(db.session, rooms().index, asked.wanted, cursor=asked.cursor)
    listed = {listing.slug for listing in found.items}
    labels = labels_of(checklists)
    return revalidated(
        render_template(
            "reports/index.html",
            asked=asked,
            found=found,
            entries=tuple(entry(listing, asked.chosen, asked.near) for listing in found.items),
            near=nearness(asked, asked.address),
            groups=tuple(groups(asked, found.facets, labels)),
            checklists=checklists,
            removable=tuple(removable(asked)),
            answers=answers_offered(checklists),
            orders=orders(asked),
            chosen_elsewhere=chosen_reports([slug for slug in asked.chosen if slug not in listed]),
        )
    )


def answers_offered(checklists: tuple[Checklist, ...]) -> tuple[tuple[str, str], ...]:
    """The answers a search can ask of a criterion: the grades of every scale, best first, and what stands beside them."""
    grades = {
        grade.id: grade.label
        for checklist in checklists
        for scale in checklist.scales
        for grade in reversed(scale.grades)
    }
    return (
        *grades.items(),
        ("not-applicable", _("Does not apply")),
        ("unanswered", _("Unanswered")),
    )


def removable(asked: Asked) -> Iterator[Removable]:
    """The criteria a search asks of, each to be taken out again."""
    for choice in asked.criteria:
        others = tuple(other for other in asked.criteria if other is not choice)
        said = _(
            "%(code)s %(title)s: %(answers)s",
            code=choice.criterion.code,
            title=choice.criterion.title,
            answers=_(" or ").join(answer_words(choice, answer) for answer in choice.answers),
        )
        yield Removable(said, asked.asking(*others).address())


def answer_words(choice: CriterionChoice, answer: str) -> str:
    """What an answer to a criterion is called: the word of its grade, or what stands in its place."""
    if answer == "not-applicable":
        return _("does not apply")
    if answer == "unanswered":
        return _("unanswered")
    return choice.checklist.label(choice.criterion, answer)


def orders(asked: Asked) -> tuple[tuple[str, str, bool], ...]:
    """The orders of the list: the words of each, its address, and whether the list is in it."""
    said = {
        "newest": _("Newest first"),
        "date": _("Date of the edition"),
        "score": _("Score"),
        "evidence": _("Score with evidence"),
    }
    return tuple(
        (text, asked.address(order=None if name == "newest" else name), asked.order == name)
        for name, text in said.items()
    )


def entry(listing: Listing, chosen: Collection[str], near: Understood | None = None) -> Entry:
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
        away=away(near, listing),
    )


def measure(value: float | None) -> str:
    """A number of the list as people write it: "21.1", "1,900"; empty when nobody gave it."""
    return format_decimal(value, format="#,##0.###", locale=locale_name()) if value else ""


def groups(asked: Asked, facets: dict[str, tuple[Facet, ...]], labels: Labels) -> Iterator[Group]:
    """The facets of the list; one with nothing to choose between is left out."""
    for name, values in facets.items():
        counts = {one.value: one.reports for one in values}
        chosen = asked.search.chosen(name)
        choices = tuple(
            Choice(value, labels.of(name, value), counts.get(value, 0), value in chosen)
            for value in labels.in_order(name, {*offered(name, counts), *chosen})
        )
        if len(choices) > 1 or chosen:
            yield Group(name, labels.title(name), choices)


def offered(facet: str, values: Collection[str]) -> Collection[str]:
    """The values of a facet the list offers: of checklists each version, and each of a kind without versions."""
    return [value for value in values if "@" in value] if facet == "checklist" else values


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
