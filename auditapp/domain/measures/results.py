"""What is kept of a results file or a start list: counts and times, and no names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Gender(StrEnum):
    """How a line of a file is counted. People whose gender is not given, or not women and not men, are counted apart."""

    WOMEN = "women"
    MEN = "men"
    NONBINARY = "non-binary"
    UNDISCLOSED = "undisclosed"


@dataclass
class Group:
    """The people of one gender: finish times in whole seconds with how many had each, and how the others ended.

    `untimed` counts finishers whose time the file does not tell. `unknown` counts lines without a time and without a
    status that says why; a start list holds nothing else.
    """

    times: Counter[int] = field(default_factory=Counter)
    untimed: int = 0
    timed_out: int = 0
    stopped: int = 0
    disqualified: int = 0
    not_started: int = 0
    unknown: int = 0

    @property
    def finishers(self) -> int:
        """How many finished, with or without a time."""
        return self.times.total() + self.untimed

    @property
    def starters(self) -> int:
        """How many started, as far as the file tells: everybody but those marked as not started."""
        return self.finishers + self.timed_out + self.stopped + self.disqualified + self.unknown

    @property
    def median(self) -> Fraction | None:
        """The middle finish time in seconds, the mean of the two middle ones where there are two; None without any."""
        total = self.times.total()
        if not total:
            return None
        low, high = (total - 1) // 2, total // 2
        found: list[int] = []
        passed = 0
        for seconds in sorted(self.times):
            passed += self.times[seconds]
            while len(found) < 2 and (low, high)[len(found)] < passed:
                found.append(seconds)
        return Fraction(sum(found), 2)

    def finished_by(self, moments: Iterable[int]) -> list[int]:
        """How many had finished by each of these seconds, the second itself included; moments in ascending order."""
        counts: list[int] = []
        times = sorted(self.times.items())
        place = passed = 0
        for moment in moments:
            while place < len(times) and times[place][0] <= moment:
                passed += times[place][1]
                place += 1
            counts.append(passed)
        return counts

    def add(self, other: Group) -> None:
        """Count the people of another group as well."""
        self.times.update(other.times)
        self.untimed += other.untimed
        self.timed_out += other.timed_out
        self.stopped += other.stopped
        self.disqualified += other.disqualified
        self.not_started += other.not_started
        self.unknown += other.unknown


@dataclass(frozen=True)
class Results:
    """A file reduced to counts and times.

    `groups` holds every gender. `lines` counts the lines below the heading, `left_out` those that could not be read.
    `waves` says how many of each gender started in each wave, where the file names waves.
    `says_timed_out` tells whether the file sets timed-out runners apart from those who stopped.
    """

    groups: Mapping[Gender, Group]
    lines: int
    left_out: int
    source: str = ""
    says_timed_out: bool = False
    waves: Mapping[str, Mapping[Gender, int]] = field(default_factory=dict)

    def __getitem__(self, gender: Gender) -> Group:
        return self.groups[gender]
