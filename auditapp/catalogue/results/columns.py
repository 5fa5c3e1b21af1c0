"""Which column holds what: by its heading, by what stands in it, or as somebody says."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import NamedTuple

from auditapp.catalogue.results.cells import gender_word, is_clock, is_nothing, status_word, time_of
from auditapp.catalogue.results.records import Record
from auditapp.catalogue.results.vocabulary import (
    HEADING_WORDS,
    HEADINGS,
    NAME_HEADINGS,
    NUMBER_HEADINGS,
    OTHER_MEANINGS,
    SPANISH_HEADINGS,
    TIME_HEADINGS,
    TIME_WORDS,
    Role,
    compact,
)
from auditapp.domain.measures import Gender

TITLE_LINES = 10
"""A heading may stand below so many lines of title."""
LONGEST_HEADING = 60
SHOWN_HEADINGS = 20
NO_COLUMN = "none"
"""Said of a role that no column of the file has."""

_ENOUGH = 0.8
"""Share of the cells of a column that must be of a kind before a column without a telling heading counts as it."""
_SOME = 0.3
"""Share below which a telling heading is not believed."""


_TELLS_LITTLE = (None, "x", "u", "k")
"""What a column of genders may hold and other columns may hold as well."""


class ColumnUnknown(Exception):
    """A column somebody named is not there; the message says which there are."""


@dataclass(frozen=True)
class Columns:
    """The columns of a file: their headings, and which of them is for what, counted from 0.

    A file without a heading has columns called "column 1", "column 2" and so on, and `headed` is false.
    """

    headings: tuple[str, ...]
    headed: bool
    roles: Mapping[Role, int] = field(default_factory=dict)

    @cached_property
    def identity(self) -> tuple[int, ...]:
        """The columns that together tell people apart: a bib number, or a place and a name. Empty where neither is there.

        Two equal lines are the same person twice where these are filled, and two people alike where they are not.
        """
        names = [compact(heading) for heading in self.headings]
        bibs = [place for place, name in enumerate(names) if name in NUMBER_HEADINGS]
        people = [place for place, name in enumerate(names) if name in NAME_HEADINGS]
        place = self.roles.get(Role.PLACE)
        if bibs:
            return (bibs[0],)
        return (place, people[0]) if people and place is not None else ()

    @property
    def is_spanish(self) -> bool:
        """Whether the heading of the gender column is Spanish."""
        place = self.roles.get(Role.GENDER)
        return place is not None and compact(self.headings[place]) in SPANISH_HEADINGS

    def named(self, role: Role) -> str | None:
        """The heading of the column for a role; None where no column has it."""
        place = self.roles.get(role)
        return None if place is None else self.headings[place]


class Content(NamedTuple):
    """How many cells of a column are filled, and how many of these could be of each kind."""

    filled: int
    genders: int
    times: int
    clocks: int
    statuses: int
    seconds: int


def find_columns(sample: Sequence[Record], named: Mapping[Role, str]) -> tuple[Columns, int]:
    """The columns of a file, and how many records of `sample` stand above its first line of data.

    `named` maps a role to a heading, to the number of a column counted from 1, or to "none". Raises ColumnUnknown.
    """
    above, headed = _heading(sample, named)
    if headed:
        headings = tuple(_shown(cell, place) for place, cell in enumerate(sample[above - 1].cells, start=1))
    else:
        width = max((len(record.cells) for record in sample), default=0)
        headings = tuple(f"column {place}" for place in range(1, width + 1))
    content = contents(sample[above:], len(headings))
    roles = _guessed(headings if headed else (), content)
    for role, name in named.items():
        roles.pop(role, None)
        if name.strip().casefold() != NO_COLUMN:
            place = _place(name, headings, role)
            roles = {other: taken for other, taken in roles.items() if taken != place}
            roles[role] = place
    return Columns(headings, headed, roles), above


def contents(records: Sequence[Record], width: int) -> tuple[Content, ...]:
    """What stands in each column."""
    found = []
    for place in range(width):
        cells = [record.cells[place] for record in records if place < len(record.cells)]
        filled = [cell for cell in cells if not is_nothing(cell)]
        found.append(
            Content(
                filled=len(filled),
                genders=sum(gender_word(cell) not in _TELLS_LITTLE for cell in filled),
                times=sum(time_of(cell) is not None for cell in filled),
                clocks=sum(is_clock(cell) for cell in filled),
                statuses=sum(status_word(cell) is not None for cell in filled),
                seconds=sum(time_of(cell) or 0 for cell in filled),
            )
        )
    return tuple(found)


def _heading(sample: Sequence[Record], named: Mapping[Role, str]) -> tuple[int, bool]:
    """How many records stand above the data, and whether the last of these is a heading."""
    known = frozenset().union(*HEADINGS.values(), TIME_HEADINGS)
    asked = {compact(name) for name in named.values() if not name.strip().isdecimal()}
    for place, record in enumerate(sample[:TITLE_LINES]):
        words = {compact(cell) for cell in record.cells}
        if words & asked or len(words & known) >= 2 or (words & HEADINGS[Role.GENDER]):
            return place + 1, True
    first = next((place for place, record in enumerate(sample) if record.cells), 0)
    if any(_is_data(cell) for cell in sample[first].cells):
        return first, False
    return first + 1, True


def _is_data(cell: str) -> bool:
    """Whether a cell can only stand below a heading."""
    return is_clock(cell) or gender_word(cell) in ("m", "f", "w", "h", Gender.WOMEN, Gender.MEN)


@dataclass(frozen=True)
class _Column:
    """A heading, whole and word by word, and what stands below it."""

    whole: str
    words: frozenset[str]
    content: Content

    def named(self, role: Role) -> float:
        if self.whole in HEADINGS[role]:
            return 4
        among = self.words & HEADING_WORDS.get(role, frozenset())
        return 2 if among and not self.words & OTHER_MEANINGS else 0


def _guessed(headings: Sequence[str], content: Sequence[Content]) -> dict[Role, int]:
    names = headings or [""] * len(content)
    columns = [
        _Column(compact(name), _words(name), found) for name, found in zip(names, content, strict=True)
    ]
    roles: dict[Role, int] = {}
    for role, score in _SCORES:
        if role in roles or (role is Role.TIME and Role.GUN_TIME in roles):
            continue
        free = (place for place in range(len(columns)) if place not in roles.values())
        best, place = max(((score(columns[place]), -place) for place in free), default=(0, 0))
        if best > 0:
            roles[role] = -place
    if Role.TIME not in roles and Role.GUN_TIME in roles:
        roles[Role.TIME] = roles.pop(Role.GUN_TIME)
    return roles


def _gender(column: _Column) -> float:
    content = column.content
    part = _part(content.genders, content.filled)
    name = column.named(Role.GENDER)
    if name and (part >= _SOME or not content.filled):
        return name + part
    return part if part >= _ENOUGH and not content.clocks else name / 100


def _time(column: _Column) -> float:
    content = column.content
    timed = content.filled - content.statuses
    name = _time_by_name(column)
    if not name or (timed and content.times < _SOME * timed):
        return 0
    return name + _part(content.clocks, timed) / 2


def _time_by_name(column: _Column) -> float:
    name = column.named(Role.TIME)
    if name or column.words & _OTHER_TIMES or column.whole in HEADINGS[Role.GUN_TIME]:
        return name
    return 3 if column.whole in TIME_HEADINGS else 1 if column.words & TIME_WORDS else 0


def _clock(column: _Column) -> float:
    """Without a telling heading: the column of clock times that are the longest, since splits are shorter."""
    content = column.content
    timed = content.filled - content.statuses
    if column.words & _OTHER_TIMES or not timed or content.clocks < _ENOUGH * timed:
        return 0
    return content.seconds / timed


_OTHER_TIMES = OTHER_MEANINGS | HEADING_WORDS[Role.GUN_TIME] | HEADING_WORDS[Role.WAVE]
_SCORES: tuple[tuple[Role, Callable[[_Column], float]], ...] = (
    (Role.GENDER, _gender),
    (Role.TIME, _time),
    (Role.GUN_TIME, partial(_Column.named, role=Role.GUN_TIME)),
    (Role.TIME, _clock),
    (Role.TIME, _time_by_name),
    (Role.STATUS, partial(_Column.named, role=Role.STATUS)),
    (Role.WAVE, partial(_Column.named, role=Role.WAVE)),
    (Role.PLACE, partial(_Column.named, role=Role.PLACE)),
)
"""How well a column suits a role, in the order in which columns are given away."""


def _words(heading: str) -> frozenset[str]:
    return frozenset(compact(word) for word in re.split(r"[\W_]+", heading))


def _part(count: int, of: int) -> float:
    return count / of if of > 0 else 0


def _place(name: str, headings: Sequence[str], role: Role) -> int:
    """The column somebody named, counted from 0."""
    wanted = name.strip()
    for fold in (str.strip, compact):
        for place, heading in enumerate(headings):
            if fold(heading) == fold(wanted) and fold(wanted):
                return place
    if wanted.isdecimal() and len(wanted) < 6:
        if 1 <= int(wanted) <= len(headings):
            return int(wanted) - 1
        raise ColumnUnknown(
            f"there is no column {wanted} to read the {role.value} from: the file has {len(headings)}"
        )
    near = difflib.get_close_matches(wanted, headings, 1)
    remedy = f"did you mean “{near[0]}”?" if near else f"there are {listed(headings)}"
    raise ColumnUnknown(f"there is no column “{wanted[:LONGEST_HEADING]}”; {remedy}")


def listed(headings: Sequence[str]) -> str:
    """Headings one after another, the first ones where there are many."""
    shown = ", ".join(f"“{heading}”" for heading in headings[:SHOWN_HEADINGS])
    more = len(headings) - SHOWN_HEADINGS
    return f"{shown} and {more} more" if more > 0 else shown


def _shown(cell: str, place: int) -> str:
    """A heading as it can be shown: on one line, not too long, and never empty."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in cell).split())
    return line[:LONGEST_HEADING].rstrip() or f"column {place}"
