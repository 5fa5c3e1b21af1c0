"""Searching published reports: what fits, in an order, a page at a time, and what it can be narrowed to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from auditapp.domain.geography import USUAL_RADIUS, Position
from auditapp.storage.index import NOTHING, Index, Numbers
from auditapp.storage.terms import LATEST, LIVE, NO_SCORE, PLACED, words_of

FACETS = ("level", "checklist", "sport", "distance", "size", "country", "year", "evidence", "assurance")
"""What a search can be narrowed by, besides words and answers."""
ORDERS = {"newest": "", "score": "score", "evidence": "shown", "date": "day"}
"""The orders of a list, and the kind of term each walks down; newest first is the order of publication."""
SOONEST = "soonest"
"""The order of a calendar: by the day of the edition, earliest first."""


class Around(NamedTuple):
    """What lies within so many kilometres of a point."""

    position: Position
    km: int


class Search(NamedTuple):
    """What a campaigner looks for. Empty parts do not narrow.

    `narrowed` holds values by facet: several of one facet widen it, several facets narrow it. `findings` are sets of terms,
    each of which must be met by one of its terms at least. `latest` leaves out all but the newest report of an event;
    `place` are words the place or country begins with; what lies `around` a point or `in_country` fits, too. `within` are
    the kilometres that were asked for, and narrow nothing by themselves; `since` and `until` bound the day of the edition,
    as YYYY-MM-DD; `stands_on` leaves out what has run out by that day.
    """

    q: str = ""
    narrowed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    findings: tuple[tuple[str, ...], ...] = ()
    latest: bool = False
    place: str = ""
    since: str = ""
    until: str = ""
    stands_on: str = ""
    order: str = "newest"
    within: int = USUAL_RADIUS
    around: Around | None = None
    in_country: str = ""

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The values chosen of a facet."""
        return dict(self.narrowed).get(facet, ())

    def narrowed_to(self, facet: str, *values: str) -> Search:
        """The same search, with these values of a facet and no others."""
        others = tuple(part for part in self.narrowed if part[0] != facet)
        return self._replace(narrowed=(*others, (facet, values)) if values else others)


_CURSOR = re.compile(r"(?:([0-9-]{1,10}|none)\.)?([0-9]{1,12})", re.ASCII)


class Cursor(NamedTuple):
    """A place in an order, between two reports: behind the report of this number in this bucket, or before it."""

    bucket: str
    number: int
    backwards: bool = False

    @classmethod
    def of(cls, text: str, *, backwards: bool = False) -> Cursor | None:
        """The cursor an address holds; None for what was never one."""
        found = _CURSOR.fullmatch(text)
        return cls(found[1] or "", int(found[2]), backwards) if found else None

    @property
    def text(self) -> str:
        """The cursor as an address holds it."""
        return f"{self.bucket}.{self.number}" if self.bucket else str(self.number)


class Slice(NamedTuple):
    """A page of a result: numbers of publications in order, how many come before them, and how to go on and back."""

    numbers: tuple[int, ...]
    before: int
    next: Cursor | None
    previous: Cursor | None


class Facet(NamedTuple):
    """A value the list can be narrowed to, and how many reports have it."""

    value: str
    reports: int


def found(index: Index, wanted: Search) -> Numbers:
    """The live reports that fit."""
    return _all(_parts(index, wanted).values(), index.fits(LIVE))


def facets(index: Index, wanted: Search) -> dict[str, tuple[Facet, ...]]:
    """For each facet, how many reports each value has; its own choice does not narrow it. Values nobody has are left out."""
    parts = _parts(index, wanted)
    live = index.fits(LIVE)
    every = _all(parts.values(), live)
    counted = {}
    for facet in FACETS:
        others = every
        if facet in parts:
            others = _all((part for name, part in parts.items() if name != facet), live)
        counts = (
            Facet(value, others.intersection_cardinality(index.fits(f"{facet}:{value}")))
            for value in index.values(facet)
        )
        counted[facet] = tuple(one for one in counts if one.reports)
    return counted


def sliced(
    index: Index, wanted: Search, fitting: Numbers, cursor: Cursor | None, limit: int, *, skip: int = 0
) -> Slice:
    """The page of a result that begins behind a cursor or ends before it; without one, behind the first `skip` reports."""
    buckets = _buckets(index, wanted.order)
    if cursor is None and skip:
        cursor = _behind(index, buckets, fitting, skip)
    place = _start(buckets, cursor)
    backwards = cursor is not None and cursor.backwards
    taken = _taken(index, buckets, fitting, cursor, place, limit + 1, backwards=backwards)
    more = len(taken) > limit
    shown = taken[:limit]
    if backwards:
        shown.reverse()
    if not shown:
        return Slice((), 0, None, None)
    before = _before(index, buckets, fitting, shown[0])
    is_last = before + len(shown) == len(fitting)
    has_next = more if not backwards else not is_last
    return Slice(
        tuple(number for _bucket, number in shown),
        before,
        Cursor(*shown[-1]) if has_next else None,
        Cursor(*shown[0], backwards=True) if before else None,
    )


def _parts(index: Index, wanted: Search) -> dict[str, Numbers]:
    """What each part of a search leaves, by the name of its facet or, for the others, any other name."""
    parts: dict[str, Numbers] = {}
    if wanted.q.strip() and not words_of(wanted.q):
        parts["word"] = NOTHING
    for word in words_of(wanted.q):
        parts[f"word {word}"] = index.word("word", word)
    if wanted.place.strip():
        parts["place"] = _placed(index, wanted)
    for facet, values in wanted.narrowed:
        if values:
            parts[facet] = index.any_of(f"{facet}:{value}" for value in values)
    for terms in wanted.findings:
        parts[f"finding {terms}"] = index.any_of(terms)
    if wanted.latest:
        parts["latest"] = index.fits(LATEST)
    if wanted.since or wanted.until:
        days = (day for day in index.values("day") if wanted.since <= day and day <= (wanted.until or day))
        parts["days"] = index.any_of(f"day:{day}" for day in days)
    if wanted.stands_on:
        later = (day for day in index.values("expires") if day > wanted.stands_on)
        parts["stands"] = index.any_of(f"expires:{day}" for day in later)
    return parts


def _placed(index: Index, wanted: Search) -> Numbers:
    """What is in a place or near it: by position where that is known, else by the words of its name.

    So a village that no list of towns has is found, and the Leeds of Alabama is not near that of Yorkshire.
    """
    named = [index.word("place", word) for word in words_of(wanted.place)]
    found = _all(named[1:], named[0]) if named else NOTHING
    if wanted.around is not None:
        found = (found - index.fits(PLACED)) | index.near(*wanted.around)
    if wanted.in_country:
        found = found | index.fits(f"country:{wanted.in_country}")
    return found


def _all(parts: Iterable[Numbers], live: Numbers) -> Numbers:
    fitting = live
    for part in sorted(parts, key=len):
        fitting = fitting & part
    return fitting


def _buckets(index: Index, order: str) -> list[tuple[str, str]]:
    """Names and terms of the buckets of an order, first to last; reports without a value stand in the last."""
    if order == SOONEST:
        return [(day, f"day:{day}") for day in index.values("day")]
    kind = ORDERS[order]
    if not kind:
        return [("", LIVE)]
    values = [value for value in reversed(index.values(kind)) if value != NO_SCORE]
    return [(value, f"{kind}:{value}") for value in (*values, NO_SCORE)]


def _start(buckets: list[tuple[str, str]], cursor: Cursor | None) -> int:
    if cursor is None:
        return 0
    names = [name for name, _term in buckets]
    return names.index(cursor.bucket) if cursor.bucket in names else len(names) - 1


def _behind(index: Index, buckets: list[tuple[str, str]], fitting: Numbers, skip: int) -> Cursor:
    """The cursor behind the first `skip` reports."""
    left = skip
    for name, term in buckets:
        part = fitting & index.fits(term)
        if len(part) >= left:
            return Cursor(name, part[len(part) - left])
        left -= len(part)
    return Cursor(buckets[-1][0], 0)


def _taken(
    index: Index,
    buckets: list[tuple[str, str]],
    fitting: Numbers,
    cursor: Cursor | None,
    place: int,
    most: int,
    *,
    backwards: bool,
) -> list[tuple[str, int]]:
    """Up to `most` numbers from the cursor on, with their buckets, in the direction of the walk."""
    walk = buckets[place::-1] if backwards else buckets[place:]
    taken: list[tuple[str, int]] = []
    for name, term in walk:
        part = fitting & index.fits(term)
        if cursor is not None and name == cursor.bucket:
            part = part[part.rank(cursor.number) :] if backwards else part[: _below(part, cursor.number)]
        left = most - len(taken)
        numbers = list(part[:left]) if backwards else list(reversed(part[max(0, len(part) - left) :]))
        taken += [(name, number) for number in numbers]
        if len(taken) >= most:
            break
    return taken


def _before(index: Index, buckets: list[tuple[str, str]], fitting: Numbers, first: tuple[str, int]) -> int:
    """How many of a result come before this one."""
    before = 0
    for name, term in buckets:
        if name == first[0]:
            part = fitting & index.fits(term)
            return before + len(part) - part.rank(first[1])
        before += fitting.intersection_cardinality(index.fits(term))
    return before


def _below(numbers: Numbers, number: int) -> int:
    """How many of the numbers are smaller than this one."""
    return numbers.rank(number - 1) if number > 0 else 0
