"""Frozen documents, read: a report never changes, so the same text need not be read twice."""

from __future__ import annotations

from functools import lru_cache

from auditapp.domain.report import Report


@lru_cache(maxsize=8)
def read_report(text: str) -> Report:
    """The report a stored document holds. The last few are kept: a page, its PDF and its publication follow one another."""
    return Report.model_validate_json(text)
