"""Frozen documents, read: a report never changes, so the same text need not be read twice."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pydantic_core import from_json
from sqlalchemy.orm import Session

from auditapp.domain.checklist import Checklist
from auditapp.domain.report import Report
from auditapp.storage import documents
from auditapp.storage.documents import Stored

CHECKLISTS_KEPT = 32
NEVER_COMPARED = ("plan", "evidence", "published", "proof")
"""Parts of a document that nobody sets beside those of another."""

_checklists: dict[str, Checklist] = {}
"""Checklists as reports carry them, by the digest of their text: what is kept under a digest never changes."""


@lru_cache(maxsize=8)
def read_report(text: str) -> Report:
    """The report a whole document holds. The last few are kept: a page, its PDF and its publication follow one another."""
    return Report.model_validate_json(text)


def read_all(session: Session, stored: Iterable[Stored], *, to_compare: bool = False) -> list[Report]:
    """The reports of documents as they are kept, in one query at most. Reports on the same checklist share it.

    What is read `to_compare` lacks plan, list of evidence, publication and proof: reading them takes a fifth of the time.
    """
    found = list(stored)
    known = _known(session, {one.wording for one in found if one.wording is not None})
    return [
        read_report(one.rest) if one.wording is None else _read(one, known[one.wording], to_compare)
        for one in found
    ]


def _known(session: Session, digests: set[str]) -> dict[str, Checklist]:
    known = {digest: _checklists[digest] for digest in digests if digest in _checklists}
    for digest, text in documents.wordings(session, digests - known.keys()).items():
        known[digest] = Checklist.model_validate_json(text)
        while len(_checklists) >= CHECKLISTS_KEPT:
            _checklists.pop(next(iter(_checklists)), None)
        _checklists[digest] = known[digest]
    return known


def _read(stored: Stored, checklist: Checklist, to_compare: bool) -> Report:
    parts = from_json(stored.rest)
    parts["checklist"] = checklist
    if to_compare:
        parts = {name: part for name, part in parts.items() if name not in NEVER_COMPARED} | {"plan": None}
    return Report.model_validate(parts, strict=False)
