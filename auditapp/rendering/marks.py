"""The mark of a sheet: a word that is different whenever the sheet would be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache

from auditapp.resources import PACKAGE, resource_dir


def mark_of(*parts: str) -> str:
    """A word that changes whenever a PDF would that is made of these parts: with its text, and with its look."""
    return hashlib.sha256("\0".join((_look(), *parts)).encode()).hexdigest()[:32]


def mark_of_code(*parts: str) -> str:
    """A word that changes whenever a page would that these parts decide: with them, and with this version of the product."""
    return hashlib.sha256("\0".join((_code(), *parts)).encode()).hexdigest()[:32]


def named_again(tags: Iterable[str | None], mark: str) -> str | None:
    """The validator among `tags` that a reader was given with this mark; None where none is.

    What was sent compressed carries the name of the compression behind a colon. A tag that says nothing is read as None.
    """
    return next((tag for tag in tags if tag and tag.partition(":")[0] == mark), None)


@cache
def _code() -> str:
    """The digest of everything a page is made with: code, templates, styles."""
    found = hashlib.sha256()
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.css"), *resource_dir("templates").rglob("*.*ml")]
    for path in sorted(files):
        found.update(path.read_bytes())
    return found.hexdigest()


@cache
def _look() -> str:
    """The digest of everything a sheet is drawn with besides its text."""
    templates = resource_dir("templates")
    files = [PACKAGE / "static" / "styles" / "report.css"]
    for folder in ("pdf", "macros"):
        files += sorted((templates / folder).glob("*.html"))
    found = hashlib.sha256()
    for path in files:
        found.update(path.read_bytes())
    return found.hexdigest()
