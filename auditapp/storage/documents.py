"""Report documents as they are kept: all but the checklist in each, and the text of each checklist once for all.

A document carries its checklist whole, which is most of it and the same in thousands. What is kept has a mark in its
place; put together again it is the same to the letter, so that its digest and its signature hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from json import JSONDecoder
from typing import NamedTuple, cast

from sqlalchemy import Table, exists, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from auditapp.domain.checklist import Checklist
from auditapp.domain.report import Report
from auditapp.storage.rows import WordingRow

_WORDING = cast(Table, WordingRow.__table__)
_ADD = {
    "sqlite": sqlite.insert(_WORDING).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_WORDING).on_conflict_do_nothing(),
}

MEMBER = '"checklist":'
"""Where the checklist begins in a document. No text in it can hold this: there a quotation mark is written with a stroke."""
NEXT_MEMBER = '"event":'
"""What follows the checklist in the document of a report, and stands nowhere before it."""
WORDINGS_KNOWN = 32


class Stored(NamedTuple):
    """A document as it is kept. `wording` is the digest of its checklist's text; None where it was kept whole."""

    rest: str
    wording: str | None

    def joined(self, texts: dict[str, str]) -> str:
        """The document to the letter, given the texts of checklists by their digest."""
        if self.wording is None:
            return self.rest
        return self.rest.replace(mark(self.wording), MEMBER + texts[self.wording], 1)


def mark(digest: str) -> str:
    """What stands in place of a checklist."""
    return f'{MEMBER}"@{digest}"'


def split(document: str) -> tuple[Stored, str]:
    """A document as it is to be kept, and the text of its checklist; that is empty where it carries none."""
    start = document.find(MEMBER + "{")
    if start < 0:
        return Stored(document, None), ""
    start += len(MEMBER)
    text = _checklist_at(document, start)
    digest = _digest(text)
    kept = document[: start - len(MEMBER)] + mark(digest) + document[start + len(text) :]
    return Stored(kept, digest), text


def split_report(report: Report) -> tuple[Stored, str]:
    """What `split` makes of the document of a report, without writing its checklist out each time."""
    text = _text_of(report.checklist)
    rest = report.model_dump_json(exclude={"checklist"})
    digest = _digest(text)
    return Stored(rest.replace(NEXT_MEMBER, f"{mark(digest)},{NEXT_MEMBER}", 1), digest), text


def keep(session: Session, document: str) -> Stored:
    """A document as it is to be kept, once the text of its checklist is."""
    return _kept(session, *split(document))


def keep_report(session: Session, report: Report) -> Stored:
    """The document of a report as it is to be kept, once the text of its checklist is."""
    return _kept(session, *split_report(report))


def _kept(session: Session, stored: Stored, text: str) -> Stored:
    if stored.wording is not None:
        known = session.scalar(select(exists().where(_WORDING.c.digest == stored.wording)))
        if not known:
            statement = _ADD.get(session.get_bind().dialect.name, insert(_WORDING))
            session.execute(statement, {"digest": stored.wording, "text": text})
    return stored


def wordings(session: Session, digests: Iterable[str]) -> dict[str, str]:
    """The texts of checklists by their digest, in one query."""
    wanted = set(digests)
    if not wanted:
        return {}
    rows = session.execute(select(_WORDING).where(_WORDING.c.digest.in_(wanted)))
    return {row.digest: row.text for row in rows}


def whole(session: Session, stored: Stored) -> str:
    """A document to the letter."""
    return stored.joined(wordings(session, [stored.wording]) if stored.wording else {})


_seen: list[str] = []


def _checklist_at(document: str, start: int) -> str:
    """The text of the checklist that begins there. To read where it ends takes time; most begin with one seen before."""
    for text in _seen:
        if document.startswith(text, start):
            return text
    end: int = JSONDecoder().raw_decode(document, start)[1]
    text = document[start:end]
    _seen.insert(0, text)
    del _seen[WORDINGS_KNOWN:]
    return text


@lru_cache(maxsize=WORDINGS_KNOWN)
def _text_of(checklist: Checklist) -> str:
    return checklist.model_dump_json()


@lru_cache(maxsize=WORDINGS_KNOWN)
def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
