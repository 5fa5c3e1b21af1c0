"""What became of a criterion from version to version: what stands beside what, and what cannot be compared and why.

Versions follow one another along their `migrate` maps, through versions nobody answered as long as their checklist is at
hand. A criterion is followed as far as something became of it; the first change that makes old answers say nothing true
about the new criterion is what keeps them apart from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from auditapp.domain.checklist import Checklist, Succession
from auditapp.domain.migration import successions
from auditapp.domain.values import Value


class Apart(StrEnum):
    """Why an answer, or the lack of one, cannot be held against an answer to another version of a checklist.

    narrower: the later version asks for more. split: it asks in several what was asked in one. gone: it does not ask it
    any longer. new: the earlier version did not ask it yet. unknown: no chain of maps leads from one version to the
    other. foreign: it is another checklist, which never asked it.
    """

    NARROWER = "narrower"
    SPLIT = "split"
    GONE = "gone"
    NEW = "new"
    UNKNOWN = "unknown"
    FOREIGN = "foreign"


class Gap(Value):
    """What keeps two answers apart: what happened, in which version, and what its author says about it."""

    kind: Apart
    version: str = ""
    says: str = ""


class Place(NamedTuple):
    """The row an answer stands in, and what keeps it apart from the others there; None where nothing does."""

    row: str
    gap: Gap | None


class Places(dict[str, tuple[Place, ...]]):
    """The places of each criterion of one version, by its id; one nobody has heard of has a row to itself."""

    def __init__(self, version: Checklist, found: Mapping[str, tuple[Place, ...]]) -> None:
        super().__init__(found)
        self._version = version.ref

    def __missing__(self, criterion: str) -> tuple[Place, ...]:
        return (Place(f"{self._version}:{criterion}", None),)


class Lineage:
    """Where every criterion of some checklists stands beside the others.

    A row is named for the criterion as the newest version that was answered has it, or as the last version that asked it.
    """

    def __init__(self, answered: Iterable[Checklist], known: Iterable[Checklist] = ()) -> None:
        """For the checklists reports were made with; `known` ones help where a version between them is missing."""
        used = {checklist.ref: checklist for checklist in answered}
        at_hand = {checklist.ref: checklist for checklist in known} | used
        self._families: dict[str, _Family] = {}
        for name in dict.fromkeys(checklist.id for checklist in used.values()):
            versions = [one for one in used.values() if one.id == name]
            self._families[name] = _Family(versions, [one for one in at_hand.values() if one.id == name])

    def places(self, checklist: Checklist) -> Places | None:
        """The places of each criterion of a checklist; None where all stand in rows of their own names."""
        return self._families[checklist.id].places.get(checklist.ref)

    def gap(self, row: str, checklist: Checklist) -> Gap:
        """Why a checklist has nothing to show in a row."""
        return self._families[checklist.id].gap(row, checklist.ref)

    def newest_first(self, checklists: Iterable[Checklist]) -> list[Checklist]:
        """The checklists in their order, but of several versions of one the newest stands before the others."""
        return sorted(checklists, key=lambda one: self._families[one.id].age(one.ref))


class _Family:
    """The versions of one checklist that were answered, and the way between them."""

    def __init__(self, answered: Sequence[Checklist], known: Sequence[Checklist]) -> None:
        newest, *older = sorted(answered, key=number, reverse=True)
        self._way = _way_back(newest, known) if older else [newest]
        self._ages = {one.ref: age for age, one in enumerate(self._way)}
        self.places: dict[str, Places] = {}
        self._began: dict[str, int] = {criterion.id: 0 for criterion in newest.criteria}
        self._ended: dict[str, tuple[int, Gap]] = {}
        ahead = Places(newest, {name: (Place(name, None),) for name in self._began})
        for age, (later, earlier) in enumerate(zip(self._way, self._way[1:], strict=False), start=1):
            ahead = self._one_step_back(earlier, later, ahead, age)
            self.places[earlier.ref] = ahead
        self._astray: set[str] = set()
        for one in older:
            if one.ref not in self._ages:
                self.places[one.ref] = _without_a_way(one, newest)
                self._astray.update(place.row for (place,) in self.places[one.ref].values())

    def _one_step_back(self, earlier: Checklist, later: Checklist, ahead: Places, age: int) -> Places:
        """The places of an earlier version, given those of the version that follows it."""
        found: dict[str, tuple[Place, ...]] = {}
        for one in successions(earlier, later):
            own = _gap_of(one, later)
            reached = [place for name in one.becomes for place in ahead.get(name, ())]
            if reached:
                found[one.was] = tuple(Place(place.row, own or place.gap) for place in reached)
            else:
                row = f"{earlier.ref}:{one.was}"
                found[one.was] = (Place(row, None),)
                self._ended[row] = (age, own or Gap(kind=Apart.GONE, version=later.version))
            for place in found[one.was]:
                self._began[place.row] = age
        return Places(earlier, found)

    def age(self, ref: str) -> int:
        """How many versions back a version lies on the way from the newest; those without a way lie behind all."""
        return self._ages.get(ref, len(self._way))

    def gap(self, row: str, ref: str) -> Gap:
        age, began = self._ages.get(ref), self._began.get(row)
        if age is None or began is None:
            is_ours = began is not None or row in self._astray
            return Gap(kind=Apart.UNKNOWN if is_ours else Apart.FOREIGN)
        if age > began:
            return Gap(kind=Apart.NEW, version=self._way[began].version)
        if row in self._ended and age < self._ended[row][0]:
            return self._ended[row][1]
        return Gap(kind=Apart.FOREIGN)


def number(checklist: Checklist) -> tuple[int, ...]:
    """The version as numbers, which sort as versions follow one another: 1.9 before 1.10."""
    return tuple(int(part) for part in checklist.version.split("."))


def _way_back(newest: Checklist, known: Sequence[Checklist]) -> list[Checklist]:
    """The versions from the newest backwards: the one its map names, or without a map the next older one at hand."""
    way = [newest]
    while True:
        later = way[-1]
        older = sorted((one for one in known if number(one) < number(later)), key=number)
        if later.migrate is not None:
            older = [one for one in older if one.version == later.migrate.from_]
        if not older:
            return way
        way.append(older[-1])


def _gap_of(one: Succession, later: Checklist) -> Gap | None:
    if one.keeps_answers:
        return None
    return Gap(kind=Apart(one.change), version=later.version, says=one.says or "")


def _without_a_way(checklist: Checklist, newest: Checklist) -> Places:
    """The places of a version no chain of maps leads to: only what is worded alike stands beside the newest."""
    wordings = {criterion.id: criterion.grades for criterion in newest.criteria}
    found = {}
    for criterion in checklist.criteria:
        row, gap = f"{checklist.ref}:{criterion.id}", None
        if criterion.id in wordings:
            row = criterion.id
            gap = None if wordings[criterion.id] == criterion.grades else Gap(kind=Apart.UNKNOWN)
        found[criterion.id] = (Place(row, gap),)
    return Places(checklist, found)
