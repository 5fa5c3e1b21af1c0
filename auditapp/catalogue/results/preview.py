"""What a file looks like before it is read: its headings and what each column could hold, and none of its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from auditapp.catalogue.results.columns import Content, contents, find_columns
from auditapp.catalogue.results.reading import opened
from auditapp.catalogue.results.vocabulary import Role


@dataclass(frozen=True)
class Preview:
    """The columns of a file, and which of them the reader would take for what, counted from 0.

    `can_be` says for each column whether its values can be genders, times or statuses. A file without a heading has
    columns called "column 1", "column 2" and so on, and `headed` is false.
    """

    headings: tuple[str, ...]
    headed: bool
    guessed: Mapping[Role, int]
    can_be: tuple[frozenset[Role], ...]
    encoding: str


def preview(stream: BinaryIO, *, file: str = "results") -> Preview:
    """Look at the first lines of a results file or a start list. Raises ResultsFileError for what is no table."""
    records, sample = opened(stream, file)
    columns, above = find_columns(sample, {})
    found = contents(sample[above:], len(columns.headings))
    return Preview(
        headings=columns.headings,
        headed=columns.headed,
        guessed=columns.roles,
        can_be=tuple(frozenset(_possible(content)) for content in found),
        encoding=records.lines.encoding,
    )


def _possible(content: Content) -> set[Role]:
    """A column of which at least half the filled cells are of a kind; one status is enough to be one of statuses."""
    roles = set()
    timed = content.filled - content.statuses
    if content.filled and content.genders * 2 >= content.filled:
        roles.add(Role.GENDER)
    if timed and content.times * 2 >= timed:
        roles.add(Role.TIME)
    if content.statuses:
        roles.add(Role.STATUS)
    return roles
