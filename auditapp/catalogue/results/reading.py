"""A results file or a start list, read line by line and reduced to counts and times. No name is kept."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO, Literal, NamedTuple, NoReturn, TypeVar

from auditapp.catalogue.problems import Problem, ResultsFileError
from auditapp.catalogue.results.cells import (
    LONGEST_TIME,
    gender_word,
    is_nothing,
    shape_of,
    status_word,
    time_of,
)
from auditapp.catalogue.results.columns import Columns, ColumnUnknown, find_columns, listed
from auditapp.catalogue.results.lines import Lines, source_name
from auditapp.catalogue.results.records import SAMPLE, Record, Records
from auditapp.catalogue.results.vocabulary import Role, Status, meaning_of_letters
from auditapp.domain.measures import Gender, Group, Results

BAD_LINES_KEPT = 20
MOST_TIMES = 500_000
"""Different finish times one file may have: beyond, it is no results file, and they would fill the memory."""
MOST_WAVES = 50
SHORT_TIMES = 600
"""Seconds; a race of which half take less has more likely been written in hours and minutes."""
MOST_CACHED = 20_000
NOWHERE = -1
_WAVE = re.compile(
    r"(?:(?:wave|welle|block|startblock|startgruppe|corral|pen|heat|vague|sas|ola|cajón|onda|griglia|golf|startvak|vak)"
    r"[ .:-]?)?(?:[a-z]|[a-z]?\d{1,3}[a-z]?|\d{1,2}[:.]\d{2}(?::\d{2})?|elite|masters?|open|fun)?",
    re.IGNORECASE,
)

NO_GENDER = "has a gender this reader does not know"
NO_TIME = "has a time this reader does not know"
TIME_TOO_SHORT = "has a time of a second or less: fractions of a day must be formatted as times"
TIME_TOO_LONG = "has a time of more than 1,000 hours"
TOO_FEW = "has too few cells"
TOO_MANY = "has more cells than the heading: a comma within a cell needs quotation marks around the cell"
REPEATED = "repeats the line before it"


class BadLine(NamedTuple):
    """A line that was left out: its number in the file and what is wrong with it, without what it says."""

    number: int
    problem: str


@dataclass
class Account:
    """How the lines below the heading fared.

    `bad` holds the first lines that were left out, `reasons` how many there are of each kind: what is left out after the
    first ones is counted and not lost sight of.
    """

    lines: int = 0
    bad: list[BadLine] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def left_out(self) -> int:
        """How many lines were left out."""
        return self.reasons.total()

    def leave_out(self, number: int, reason: str, looks: str = "") -> None:
        """Leave a line out; `looks` shows the cell that is at fault, without what it says."""
        self.reasons[reason] += 1
        if len(self.bad) < BAD_LINES_KEPT:
            self.bad.append(BadLine(number, f"{reason} (it looks like “{looks}”)" if looks else reason))


@dataclass(frozen=True)
class Reading:
    """What a results file or a start list was found to hold.

    `columns` says where each thing was found, `genders` how each single letter was understood. `notes` are things a
    reader should know.
    """

    results: Results
    account: Account
    columns: Columns
    genders: Mapping[str, Gender]
    encoding: str
    notes: tuple[str, ...]


def opened(
    stream: BinaryIO, file: str, progress: Callable[[int], None] | None = None
) -> tuple[Records, list[Record]]:
    """The records of a file, and the first ones of them to look at; these have to be put back.

    Raises ResultsFileError for what is no table.
    """
    records = Records(Lines(stream, file, progress))
    sample = list(islice(records, SAMPLE))
    if not sample:
        refuse(file, "holds no lines", "choose the file with the results")
    if not any(record.cells for record in sample):
        first = sample[0]
        refuse(file, f"is no table: line {first.number} {first.problem}", "choose the results as CSV")
    return records, sample


def read_results(
    stream: BinaryIO,
    *,
    file: str = "results",
    reads: Literal["results", "start-list"] = "results",
    columns: Mapping[Role, str] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Reading:
    """The counts and times in a results file or a start list, as CSV in whatever encoding and with whatever delimiter.

    `file` is what the messages call it. `columns` names columns the reader would not find by itself: a heading, the
    number of a column counted from 1, or "none". `progress` is told how many bytes each step read. A line that cannot be
    read is left out and named; the rest counts. Memory stays the same whatever the size of the file.

    Raises ResultsFileError when there is no table, no column tells women from men, no line can be read or, for results,
    nothing says who finished.
    """
    return results_in(*opened(stream, file, progress), file=file, reads=reads, columns=columns or {})


def results_in(
    records: Records,
    sample: list[Record],
    *,
    file: str,
    reads: Literal["results", "start-list"],
    columns: Mapping[Role, str],
) -> Reading:
    """The same for a file that has been opened."""
    try:
        found, above = find_columns(sample, columns)
    except ColumnUnknown as error:
        refuse(file, str(error))
    records.put_back(sample[above:])
    records.expect(len(found.headings))
    count = count_records(records, found, file=file, reads=reads)
    return count.reading(records.lines.encoding)


def count_records(
    records: Iterable[Record], columns: Columns, *, file: str, reads: Literal["results", "start-list"]
) -> _Count:
    """The lines below the heading, counted by these columns. Raises ResultsFileError as `read_results` does."""
    _check_columns(file, reads, columns)
    count = _Count(columns, file)
    for record in records:
        count.add(record)
    account = count.account
    if not account.lines:
        refuse(file, "has a heading and no lines below it", "choose the file with the results")
    if account.lines == account.left_out:
        first = account.bad[0]
        what = f"none of its {account.lines:,} lines can be read: line {first.number} {first.problem}"
        refuse(file, what, "say which column is which")
    return count


def refuse(file: str, message: str, remedy: str = "") -> NoReturn:
    """Say that a whole file cannot be read."""
    raise ResultsFileError((Problem(file, None, None, message, remedy),))


def _check_columns(file: str, reads: str, found: Columns) -> None:
    heads = f"it has {listed(found.headings)}" if found.headed else "it has no heading"
    if Role.GENDER not in found.roles:
        refuse(file, f"has no column that tells women from men; {heads}", "say which column holds the gender")
    if reads == "results" and not {Role.TIME, Role.STATUS} & found.roles.keys():
        what = f"has no column with finish times and none that says who finished; {heads}"
        refuse(file, what, "say which column holds the times")


Ending = int | Status | None
"""How a line ends: a time in seconds, a status, or nothing that says."""


class _Unreadable(Exception):
    """A line that cannot be counted; the message says why, and `cell` what stands there."""

    def __init__(self, reason: str, cell: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.cell = cell


class _Count:
    """What the lines come to so far. What cells hold is looked up again and again, so it is remembered for a while."""

    def __init__(self, columns: Columns, file: str) -> None:
        self.account = Account()
        self._columns = columns
        self._file = file
        place = {role: columns.roles.get(role, NOWHERE) for role in Role}  # looked up once: enums hash slowly
        self._gender_at, self._time_at, self._gun_at = (
            place[Role.GENDER],
            place[Role.TIME],
            place[Role.GUN_TIME],
        )
        self._status_at, self._place_at, self._wave_at = (
            place[Role.STATUS],
            place[Role.PLACE],
            place[Role.WAVE],
        )
        self._width = len(columns.headings)
        self._needed = 1 + max(columns.roles.values())
        self._groups: defaultdict[str, Group] = defaultdict(Group)
        self._waves: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._odd_waves: dict[str, str] = {}
        self._before: list[str] = []
        self._identity = columns.identity
        self._genders: dict[str, str] = {}
        self._times: dict[str, Ending] = {}
        self._statuses: dict[str, Status | None] = {}
        self._by_gun = self._odd_statuses = 0

    def add(self, record: Record) -> None:
        """Count a line, or leave it out."""
        self.account.lines += 1
        try:
            self._add(record)
        except _Unreadable as error:
            self.account.leave_out(record.number, error.reason, shape_of(error.cell))

    def _add(self, record: Record) -> None:
        cells = record.cells
        if record.problem:
            raise _Unreadable(record.problem)
        if len(cells) != self._width:
            self._check_width(cells)
        if self._identity and is_repeated(cells, self._before, self._identity):
            raise _Unreadable(REPEATED)
        self._before = cells
        gender = self._gender(cells[self._gender_at])
        ending = self._ending(cells)
        if isinstance(ending, int):
            self._groups[gender].times[ending] += 1
        else:
            _count_in(self._groups[gender], ending)
        if self._wave_at != NOWHERE and ending is not Status.NOT_STARTED:
            self._add_to_wave(cells[self._wave_at], gender)
        if not self.account.lines & 0xFFFF:
            self._check_size()

    def _check_width(self, cells: list[str]) -> None:
        """Refuse a line of which the cells cannot be told apart."""
        if len(cells) < self._needed:
            raise _Unreadable(TOO_FEW)
        if any(cells[self._width :]):
            raise _Unreadable(TOO_MANY)

    def _gender(self, cell: str) -> str:
        found = self._genders.get(cell)
        if found is None:
            found = gender_word(cell)
            if found is None:
                raise _Unreadable(NO_GENDER, cell)
            _remember(self._genders, cell, found)
        return found

    def _ending(self, cells: list[str]) -> Ending:
        """How the line ends: by its status, by its time, by its gun time, or by what stands where its place would."""
        status = self._status(cells[self._status_at]) if self._status_at != NOWHERE else None
        if status is not None and status is not Status.FINISHED:
            return status
        if self._time_at != NOWHERE and (found := self._time(cells[self._time_at])) is not None:
            return found
        if self._gun_at != NOWHERE and (found := self._time(cells[self._gun_at])) is not None:
            self._by_gun += isinstance(found, int)
            return found
        if status is None and self._place_at != NOWHERE:
            return status_word(cells[self._place_at])
        return status

    def _status(self, cell: str) -> Status | None:
        if cell in self._statuses:
            return self._statuses[cell]
        found = status_word(cell)
        if found is None and not is_nothing(cell):
            self._odd_statuses += 1
            return None
        _remember(self._statuses, cell, found)
        return found

    def _time(self, cell: str) -> Ending:
        if cell in self._times:
            return self._times[cell]
        found = time_or_status(cell)
        _remember(self._times, cell, found)
        return found

    def _add_to_wave(self, cell: str, gender: str) -> None:
        name = wave_name(cell)
        if name is None:
            name = self._odd_waves.setdefault(cell, f"wave {len(self._odd_waves) + 1}")
        if name:
            self._waves[name][gender] += 1

    def _check_size(self) -> None:
        """Give up on what would fill the memory."""
        if sum(len(group.times) for group in self._groups.values()) > MOST_TIMES:
            refuse(
                self._file,
                f"has more than {MOST_TIMES:,} different times",
                "say which column holds the times",
            )
        if len(self._waves) > MOST_WAVES or len(self._odd_waves) > MOST_WAVES:
            self._wave_at = NOWHERE

    def reading(self, encoding: str) -> Reading:
        """What it all came to; `encoding` names what the bytes of the file turned out to be."""
        letters = meaning_of_letters(self._groups.keys() - set(Gender), spanish=self._columns.is_spanish)
        groups = {gender: Group() for gender in Gender}
        for word, group in self._groups.items():
            groups[letters.get(word) or Gender(word)].add(group)
        self._check_size()
        waves: dict[str, Counter[Gender]] = {}
        if self._wave_at != NOWHERE:
            for name, words in self._waves.items():
                for word, count in words.items():
                    waves.setdefault(name, Counter())[letters.get(word) or Gender(word)] += count
        return Reading(
            results=Results(
                groups=groups,
                lines=self.account.lines,
                left_out=self.account.left_out,
                source=source_name(self._file),
                says_timed_out=any(group.timed_out for group in groups.values()),
                waves=waves,
            ),
            account=self.account,
            columns=self._columns,
            genders=letters,
            encoding=encoding,
            notes=tuple(self._notes(groups)),
        )

    def _notes(self, groups: Mapping[Gender, Group]) -> Iterator[str]:
        if self._by_gun:
            yield f"The gun time counts where there is no chip time: {self._by_gun:,}."
        if untimed := sum(group.untimed for group in groups.values()):
            yield f"Marked as finished without a time: {untimed:,}."
        if self._odd_statuses:
            yield f"A status this reader does not know, counted as started: {self._odd_statuses:,}."
        medians = [group.median for group in groups.values() if group.median is not None]
        if medians and min(medians) < SHORT_TIMES:
            yield "Half of some times are under ten minutes: a time with one colon is read as minutes and seconds."
        if self._wave_at == NOWHERE and Role.WAVE in self._columns.roles:
            yield f"The column of waves has more than {MOST_WAVES} different entries and was not used."


def is_repeated(cells: list[str], before: list[str], identity: tuple[int, ...]) -> bool:
    """Whether the line before says the same of the same person, be it in capitals."""
    first = identity[0]
    if len(cells) != len(before) or first >= len(cells) or cells[first] != before[first]:
        return False
    same = [cell.casefold() for cell in cells] == [cell.casefold() for cell in before]
    return same and all(not is_nothing(cells[place]) for place in identity)


def _count_in(group: Group, status: Status | None) -> None:
    match status:
        case Status.FINISHED:
            group.untimed += 1
        case Status.TIMED_OUT:
            group.timed_out += 1
        case Status.STOPPED:
            group.stopped += 1
        case Status.DISQUALIFIED:
            group.disqualified += 1
        case Status.NOT_STARTED:
            group.not_started += 1
        case None:
            group.unknown += 1


def time_or_status(cell: str) -> Ending:
    """What a cell in a column of times says: seconds, a status, or nothing. Raises for anything else."""
    if is_nothing(cell):
        return None
    seconds = time_of(cell)
    if seconds is None:
        status = status_word(cell)
        if status is None:
            raise _Unreadable(NO_TIME, cell)
        return status
    if seconds == 1:
        raise _Unreadable(TIME_TOO_SHORT, cell)
    if seconds > LONGEST_TIME:
        raise _Unreadable(TIME_TOO_LONG, cell)
    return seconds or None


def wave_name(cell: str) -> str | None:
    """The name of a wave as it may be kept, "" where there is none, None for one that could just as well be a person's."""
    text = " ".join(cell.split())
    if not text or is_nothing(cell):
        return ""
    return text if _WAVE.fullmatch(text) else None


_Seen = TypeVar("_Seen")


def _remember(seen: dict[str, _Seen], cell: str, found: _Seen) -> None:
    if len(seen) >= MOST_CACHED:
        seen.clear()
    seen[cell] = found
