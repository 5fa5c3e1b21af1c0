"""A results file reduced at once to what can be a gender, a time, a status or a wave, so that nothing else is kept.

Which column is which can then still be chosen, line numbers stay those of the file, and reading it gives what the file
itself would have given. What cannot be understood keeps its shape alone: "?a 9" for "Smith 7".
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Literal, TextIO

from auditapp.catalogue.results.cells import (
    gender_word,
    is_nothing,
    shape_of,
    status_word,
    time_of,
    unwrapped,
)
from auditapp.catalogue.results.columns import Columns, Content, contents, find_columns
from auditapp.catalogue.results.reading import (
    REPEATED,
    TOO_MANY,
    Reading,
    count_records,
    is_repeated,
    opened,
    wave_name,
)
from auditapp.catalogue.results.records import Record
from auditapp.catalogue.results.vocabulary import (
    GENDER_WORDS,
    LETTERS,
    NAME_HEADINGS,
    NUMBER_HEADINGS,
    OTHER_MEANINGS,
    STATUS_WORDS,
    Role,
    Status,
    compact,
)

MOST_COLUMNS = 10
"""Columns that are kept; the file of a race has two to five that matter."""
SEEN = 5
"""Values of a column that are shown."""
MOST_CACHED = 50_000

_STATUS_AS = {
    Status.FINISHED: "finisher",
    Status.TIMED_OUT: "timedout",
    Status.STOPPED: "dnf",
    Status.DISQUALIFIED: "dsq",
    Status.NOT_STARTED: "dns",
}
"""How a status is kept that was read out of a longer entry."""
_UNKNOWN = "?"


@dataclass(frozen=True)
class Reduced:
    """The columns of a reduced file: their headings, a few values seen in each, and what the reader takes them for.

    `guessed` counts the columns from 0. `headed` is false for a file without a heading.
    """

    headings: tuple[str, ...]
    seen: tuple[tuple[str, ...], ...]
    guessed: Mapping[Role, int]
    headed: bool


def reduce_file(
    stream: BinaryIO, kept: TextIO, *, file: str = "results", progress: Callable[[int], None] | None = None
) -> Reduced:
    """Write of a results file or a start list to `kept` what its columns of genders, times, statuses and waves say.

    Raises ResultsFileError for what is no table, and for one in which no column can be any of these.
    """
    records, sample = opened(stream, file, progress)
    columns, above = find_columns(sample, {})
    records.put_back(sample[above:])
    records.expect(len(columns.headings))
    places = _worth_keeping(columns, contents(sample[above:], len(columns.headings)))
    words = _Words(places, columns.roles)
    reduced = Reduced(
        headings=tuple(columns.headings[place] for place in places),
        seen=tuple(_seen(sample[above:], place, words) for place in places),
        guessed={role: places.index(place) for role, place in columns.roles.items() if place in places},
        headed=columns.headed,
    )
    kept.write(json.dumps(_as_json(reduced)) + "\n")
    check = _Check(columns)
    for record in records:
        cells = record.cells
        problem = record.problem or check.problem(cells)
        told = [words.of(cells[place], place) for place in places if place < len(cells)]
        kept.write("\t".join((str(record.number), problem, *told)) + "\n")
    return reduced


def reduced_file(kept: Iterable[str]) -> tuple[Reduced, Iterator[Record]]:
    """The columns and the lines of what `reduce_file` wrote."""
    lines = iter(kept)
    reduced = _from_json(json.loads(next(lines)))
    return reduced, (_record(line) for line in lines)


def read_reduced(
    kept: Iterable[str],
    columns: Mapping[Role, int],
    *,
    file: str = "results",
    reads: Literal["results", "start-list"] = "results",
) -> Reading:
    """The counts and times in a reduced file, with these columns, counted from 0, for what they are.

    Raises ResultsFileError as `read_results` does.
    """
    reduced, records = reduced_file(kept)
    found = Columns(reduced.headings, reduced.headed, dict(columns))
    return count_records(records, found, file=file, reads=reads).reading("UTF-8")


def _worth_keeping(columns: Columns, found: tuple[Content, ...]) -> list[int]:
    """The columns that can be for something, those of names and bib numbers never; in the order of the file."""
    guessed = set(columns.roles.values())
    others = [
        place
        for place, content in enumerate(found)
        if place not in guessed and _can_be_something(columns.headings[place], content)
    ]
    return sorted([*guessed, *others[: max(0, MOST_COLUMNS - len(guessed))]])


def _can_be_something(heading: str, content: Content) -> bool:
    """Whether at least half the filled cells are genders, times written with colons, or statuses, and no splits."""
    words = {compact(word) for word in re.split(r"[\W_]+", heading)}
    if not content.filled or compact(heading) in NAME_HEADINGS | NUMBER_HEADINGS or words & OTHER_MEANINGS:
        return False
    return 2 * max(content.genders, content.clocks + content.statuses) >= content.filled


class _Check:
    """What is wrong with a line that can be told only from cells that are not kept, and as the reader tells it."""

    def __init__(self, columns: Columns) -> None:
        self._width = len(columns.headings)
        self._needed = 1 + max(columns.roles.values(), default=0)
        self._identity = columns.identity
        self._before: list[str] = []

    def problem(self, cells: list[str]) -> str:
        """Too many cells, or the line before once more."""
        if len(cells) < self._needed:
            return ""
        if any(cells[self._width :]):
            return TOO_MANY
        if self._identity and is_repeated(cells, self._before, self._identity):
            return REPEATED
        self._before = cells
        return ""


class _Words:
    """What the cells say, in the words of the reader's own vocabulary; remembered for a while.

    Of a column of waves the names of waves are kept, and of a column of places nothing but a status.
    """

    def __init__(self, places: Iterable[int], roles: Mapping[Role, int]) -> None:
        own = {roles.get(Role.WAVE): _wave, roles.get(Role.PLACE): _status}
        self._columns: dict[int, tuple[Callable[[str], str], dict[str, str]]] = {
            place: (own.get(place, _word), {}) for place in places
        }

    def of(self, cell: str, place: int) -> str:
        """The word for a cell in that column."""
        word, known = self._columns[place]
        found = known.get(cell)
        if found is None:
            if len(known) >= MOST_CACHED:
                known.clear()
            found = known[cell] = word(cell)
        return found


def _word(cell: str) -> str:
    if cell[:1].isdigit() and (seconds := time_of(cell)) is not None:
        return str(seconds)  # most cells are times, and no word of another kind begins with a digit
    if is_nothing(cell):
        return ""
    gender, status = gender_word(cell), status_word(cell)
    if gender is not None or status is not None:
        word = compact(unwrapped(cell))
        if word in LETTERS or word in GENDER_WORDS or word in STATUS_WORDS:
            return word
    if gender is not None:
        return str(gender)
    seconds = time_of(cell)
    if seconds is not None:
        return str(seconds)
    return _STATUS_AS[status] if status is not None else _UNKNOWN + shape_of(cell)


def _wave(cell: str) -> str:
    name = wave_name(cell)
    return name if name is not None else _UNKNOWN + shape_of(cell)


def _status(cell: str) -> str:
    status = status_word(cell)
    return _STATUS_AS[status] if status is not None else ""


def _seen(sample: list[Record], place: int, words: _Words) -> tuple[str, ...]:
    """The most usual values of a column, those without a meaning left out."""
    found = Counter(words.of(record.cells[place], place) for record in sample if place < len(record.cells))
    usual = (word for word, _ in found.most_common() if word and not word.startswith(_UNKNOWN))
    return tuple(word for _, word in zip(range(SEEN), usual, strict=False))


def _record(line: str) -> Record:
    number, problem, *cells = line.rstrip("\n").split("\t")
    return Record(int(number), cells, problem)


def _as_json(reduced: Reduced) -> dict[str, object]:
    return {
        "headings": reduced.headings,
        "seen": reduced.seen,
        "guessed": {role.value: place for role, place in reduced.guessed.items()},
        "headed": reduced.headed,
    }


def _from_json(told: dict[str, object]) -> Reduced:
    return Reduced(
        headings=tuple(told["headings"]),  # type: ignore[arg-type]
        seen=tuple(tuple(one) for one in told["seen"]),  # type: ignore[attr-defined]
        guessed={Role(role): place for role, place in told["guessed"].items()},  # type: ignore[attr-defined]
        headed=bool(told["headed"]),
    )
