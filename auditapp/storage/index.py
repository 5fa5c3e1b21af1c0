"""The index of published reports as a process holds it: read once, and brought up to date before each use."""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyroaring import BitMap, FrozenBitMap
from sqlalchemy.orm import Session

from auditapp.domain.geography import Cell, Position, cover
from auditapp.storage import postings
from auditapp.storage.terms import cell_term

Numbers = BitMap | FrozenBitMap
"""Numbers of publications."""
NOTHING = FrozenBitMap()
NOTHING_YET = BitMap()
LISTED = (
    *("checklist", "country", "day", "distance", "evidence", "expires", "level"),
    *("score", "shown", "size", "sport", "assurance", "year"),
)
"""Kinds of terms whose values are offered or walked through."""
WORDS = ("word", "place")
"""Kinds of terms that are found by how they begin."""


class Index:
    """Which publications each term fits: the same as in the database at the moment `refresh` is called.

    `refresh` asks the database in the caller's transaction how often the index was changed, and reads what is new.
    Nothing here grows old: a report withdrawn before a transaction began is not in `live` within it. Sets handed out
    are never changed afterwards.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen = -1
        self._forget()

    def refresh(self, session: Session) -> None:
        """Bring the index up to date with the database of this session."""
        count = postings.changes(session)
        if count == self._seen:
            return
        with self._lock:
            if count < self._seen:  # the database was put back to an earlier state
                self._forget()
            if count != self._seen:
                self._take_in(postings.changed_since(session, self._seen))
                self._seen = count

    def fits(self, term: str) -> Numbers:
        """The publications a term fits."""
        return self._terms.get(term, NOTHING)

    def any_of(self, terms: Iterable[str]) -> Numbers:
        """The publications at least one of the terms fits."""
        found = [self._terms[term] for term in terms if term in self._terms]
        return BitMap.union(*found) if len(found) > 1 else found[0] if found else NOTHING

    def word(self, kind: str, start: str) -> Numbers:
        """The publications with a word of this kind, anywhere or in the place, that begins so."""
        words, found = self._words[kind], []
        for place in range(bisect_left(words, start), len(words)):
            if not words[place].startswith(start):
                break
            found.append(f"{kind}:{words[place]}")
        return self.any_of(found)

    def near(self, position: Position, km: float) -> Numbers:
        """The publications about events in a cell of which the centre lies within so many kilometres.

        Of the cells around a place most are empty: only those are looked at in which there is something.
        """
        found = []
        for row, first, last in cover(position, km):
            columns = self._columns.get(row, [])
            found += [
                cell_term(Cell(row, column))
                for column in columns[bisect_left(columns, first) : bisect_right(columns, last)]
            ]
        return self.any_of(found)

    def values(self, kind: str) -> tuple[str, ...]:
        """The values of a kind of term, such as the years of "year:2026"; in order."""
        return self._values[kind]

    def _forget(self) -> None:
        self._seen = -1
        self._terms: dict[str, BitMap] = {}
        self._values: dict[str, tuple[str, ...]] = dict.fromkeys(LISTED, ())
        self._words: dict[str, list[str]] = {kind: [] for kind in WORDS}
        self._columns: dict[int, list[int]] = {}

    def _take_in(self, new: Iterator[postings.Posting]) -> None:
        fresh: dict[str, BitMap] = {}
        for posting in new:
            numbers = fresh.get(posting.term)
            if numbers is None:
                numbers = fresh[posting.term] = self._terms.get(posting.term, NOTHING_YET).copy()
            numbers.remove_range(*posting.span)
            numbers |= posting.numbers
        added = fresh.keys() - self._terms.keys()
        self._terms.update(fresh)
        values = defaultdict(set)
        for term in added:
            kind, _colon, value = term.partition(":")
            values[kind].add(value)
        for kind in LISTED:
            if values[kind]:
                self._values[kind] = tuple(sorted({*self._values[kind], *values[kind]}))
        for kind in WORDS:
            if values[kind]:
                self._words[kind] = sorted([*self._words[kind], *values[kind]])
        cells = defaultdict(list)
        for value in values["at"]:
            row, _colon, column = value.partition(":")
            cells[int(row)].append(int(column))
        for number, columns in cells.items():
            self._columns[number] = sorted([*self._columns.get(number, []), *columns])
