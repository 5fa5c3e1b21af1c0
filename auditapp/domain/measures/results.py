"""What is kept of a results file or a start list: counts and times, and no names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
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

    `unknown` counts lines without a time and without a status that says why; a start list holds nothing else.
    """

    times: Counter[int] = field(default_factory=Counter)
    timed_out: int = 0
    stopped: int = 0
    disqualified: int = 0
    not_started: int = 0
    unknown: int = 0

    @property
    def finishers(self) -> int:
        """How many have a finish time."""
        return self.times.total()

    @property
    def starters(self) -> int:
        """How many started, as far as the file tells: everybody but those marked as not started."""
        return self.finishers + self.timed_out + self.stopped + self.disqualified + self.unknown

    @property
    def median(self) -> Fraction | None:
        """The middle finish time in seconds, the mean of the two middle ones where there are two; None without any."""
        total = self.finishers
        if not total:
            return None
        low, high = (total - 1) // 2, total // 2
        found: list[int] = []
        passed = 0
        for seconds in sorted(self.times):
            passed += self.times[seconds]
            while len(found) < 2 and (low, high)[len(found)] < passed:
                found.append(seconds)
            if len(found) == 2:
                break
        return Fraction(sum(found), 2)

    def finished_by(self, seconds: int) -> int:
        """How many had finished by then, that second included."""
        return sum(count for time, count in self.times.items() if time <= seconds)


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
