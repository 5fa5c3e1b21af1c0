"""An inverted index of published reports: for each term, the numbers of the publications it fits.

The numbers stand in roaring bitmaps (Lemire et al., "Roaring bitmaps: implementation of an optimized software library",
2018), cut into chunks of 65,536, so that to publish one report writes a few kilobytes however many there are. Every
change is counted, and what it wrote carries that count: a reader who knows an earlier count reads only what is newer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from pyroaring import BitMap
from sqlalchemy import Insert, Table, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from auditapp.storage.rows import IndexStateRow, PostingRow

CHUNK_BITS = 16
AT_ONCE = 400
"""Terms asked for in one statement."""

_POSTING = cast(Table, PostingRow.__table__)
_STATE = cast(Table, IndexStateRow.__table__)
_CHANGES = select(_STATE.c.changes)


def _upsert(into: sqlite.Insert | postgresql.Insert) -> Insert:
    return into.on_conflict_do_update(
        index_elements=["term", "chunk"],
        set_={"bits": into.excluded.bits, "changed": into.excluded.changed},
    )


_UPSERTS: dict[str, Insert] = {
    "sqlite": _upsert(sqlite.insert(_POSTING)),
    "postgresql": _upsert(postgresql.insert(_POSTING)),
}


class Posting(NamedTuple):
    """The publications of one chunk that a term fits."""

    term: str
    chunk: int
    numbers: BitMap

    @property
    def span(self) -> tuple[int, int]:
        """The numbers of this chunk: from the first on, and up to but without the second."""
        return self.chunk << CHUNK_BITS, self.chunk + 1 << CHUNK_BITS


def changes(session: Session) -> int:
    """How often the index was changed; 0 while it is empty."""
    return session.scalar(_CHANGES) or 0


def changed_since(session: Session, seen: int) -> Iterator[Posting]:
    """Every posting that was written after the change counted `seen`."""
    rows = session.execute(
        select(_POSTING.c.term, _POSTING.c.chunk, _POSTING.c.bits)
        .where(_POSTING.c.changed > seen)
        .execution_options(yield_per=2_000)
    )
    for term, chunk, bits in rows:
        yield Posting(term, chunk, BitMap.deserialize(bits).shift(chunk << CHUNK_BITS))


def change(
    session: Session, *, add: Mapping[str, Iterable[int]], remove: Mapping[str, Iterable[int]] | None = None
) -> None:
    """Let each term of `add` fit these publications, and each of `remove` no longer.

    Changes queue here: on PostgreSQL the count is locked from the first change of a transaction to its end.
    """
    count = _counted(session)
    wanted: dict[tuple[int, str], tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for place, given in enumerate((add, remove or {})):
        for term, numbers in given.items():
            for number in numbers:
                chunk, low = divmod(number, 1 << CHUNK_BITS)
                wanted[chunk, term][place].add(low)
    written = []
    for chunk in {chunk for chunk, _term in wanted}:
        terms = sorted(term for of, term in wanted if of == chunk)
        for some in _in_groups(terms):
            there = _there(session, chunk, some)
            for term in some:
                more, less = wanted[chunk, term]
                bits = (there.get(term, BitMap()) | BitMap(more)) - BitMap(less)
                bits.run_optimize()
                written.append({"term": term, "chunk": chunk, "bits": bits.serialize(), "changed": count})
    if written:
        session.execute(_UPSERTS[session.get_bind().dialect.name], written)


def forget(session: Session) -> None:
    """Let no term fit anything. Readers learn of it as of any change."""
    count = _counted(session)
    session.execute(update(_POSTING).values(bits=BitMap().serialize(), changed=count))


def _counted(session: Session) -> int:
    count: int | None = session.execute(
        update(_STATE).values(changes=_STATE.c.changes + 1).returning(_STATE.c.changes)
    ).scalar_one_or_none()
    if count is None:
        session.execute(insert(_STATE).values(id=1, changes=1))
        return 1
    return count


def _there(session: Session, chunk: int, terms: Sequence[str]) -> dict[str, BitMap]:
    rows = session.execute(
        select(_POSTING.c.term, _POSTING.c.bits).where(_POSTING.c.chunk == chunk, _POSTING.c.term.in_(terms))
    )
    return {term: BitMap.deserialize(bits) for term, bits in rows}


def _in_groups(terms: Sequence[str]) -> Iterator[Sequence[str]]:
    return (terms[start : start + AT_ONCE] for start in range(0, len(terms), AT_ONCE))
