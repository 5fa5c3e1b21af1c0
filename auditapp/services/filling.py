"""Numbers filled in from a results file: the file is taken in without its names, looked at, counted, and dropped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import BinaryIO, Literal, TextIO

from sqlalchemy.orm import Session

from auditapp.catalogue import Catalogue
from auditapp.catalogue.results import Reading, Reduced, Role, read_reduced, reduce_file, reduced_file
from auditapp.domain.audit import Answer, Audit
from auditapp.domain.measures import Measure, Numbers
from auditapp.services import auditing
from auditapp.storage.files import ShortLived

FILE = "the file"


class UploadGone(LookupError):
    """What was kept of the file is gone: it has been used, or an hour has passed."""


def take_in(uploads: ShortLived, stream: BinaryIO, *, owner: str) -> str:
    """Keep for an hour what counts of a results file or a start list; the name it is found by again.

    `owner` has to be named to find it: the audit and the criterion it was given for. Raises ResultsFileError for what
    is no table, and keeps nothing then.
    """
    with uploads.adding() as (name, kept):
        kept.write(f"{owner}\n")
        reduce_file(stream, kept, file=FILE)
    return name


def columns_of(uploads: ShortLived, name: str, *, owner: str) -> Reduced:
    """The columns of a file that was taken in; raises UploadGone."""
    with _kept(uploads, name, owner) as kept:
        return reduced_file(kept)[0]


def count(
    uploads: ShortLived,
    name: str,
    columns: Mapping[Role, int],
    *,
    owner: str,
    reads: Literal["results", "start-list"],
) -> Reading:
    """What a file comes to with these columns for what they are.

    Raises UploadGone, and ResultsFileError when there is nothing to count.
    """
    with _kept(uploads, name, owner) as kept:
        return read_reduced(kept, columns, file=FILE, reads=reads)


def numbers_from(measure: Measure, reading: Reading, entered: Numbers, *, source: str) -> Numbers:
    """The numbers of a measure with those that were counted; `source` says where they come from.

    Raises NumbersRejected when the measure needs a number that has not been entered. The measure reads files.
    """
    if measure.fill is None:
        raise TypeError(f"{measure.id} reads no file")
    return measure.fill(replace(reading.results, source=source), entered)


def fill_in(
    session: Session,
    catalogue: Catalogue,
    audit: Audit,
    token: str,
    criterion_id: str,
    numbers: Numbers,
    *,
    now: dt.datetime,
) -> Audit:
    """Save the numbers in the answer as it was read; its note and its evidence stay.

    Raises like `auditing.answer_criterion`: AnswerRejected for numbers that contradict one another.
    """
    standing = audit.answer(criterion_id) or Answer()
    answer = Answer(
        grade=standing.grade if standing.settled_by == "hand" else None,
        note=standing.note,
        evidence=standing.evidence,
        numbers=numbers,
    )
    version = audit.version(criterion_id)
    return auditing.answer_criterion(
        session, catalogue, audit.key, token, criterion_id, answer, version=version, now=now
    )


@contextmanager
def _kept(uploads: ShortLived, name: str, owner: str) -> Iterator[TextIO]:
    try:
        with uploads.reading(name) as kept:
            if kept.readline().rstrip("\n") != owner:
                raise UploadGone(name)
            yield kept
    except FileNotFoundError:
        raise UploadGone(name) from None
