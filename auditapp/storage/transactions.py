"""How a use case says what it does with the database: read, or change it in one commit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

READS_ONLY = "reads_only"
"""The execution option a transaction carries when it will not write."""


@contextmanager
def reading(session: Session) -> Iterator[None]:
    """A block that only reads: it waits for no writer, and leaves nothing open behind it."""
    session.rollback()
    session.connection(execution_options={READS_ONLY: True})
    try:
        yield
    finally:
        session.rollback()


@contextmanager
def writing(session: Session) -> Iterator[None]:
    """A block that ends in one commit, or in none when anything is raised."""
    session.rollback()
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
