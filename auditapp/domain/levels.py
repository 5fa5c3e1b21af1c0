"""The sums a level looks at, the lines it asks for, and which levels are reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from auditapp.domain.checklist import Checklist, Level
from auditapp.domain.values import ZERO, Exact, Value, whole_percent

LineKind = Literal["score", "section_floor", "essentials", "essentials_in_full", "answered", "evidenced"]


class LevelLine(Value):
    """One line a level asks for: what is needed and what stands, both as counts or points.

    `needed` is whole percent; `has` of `of` is what stands; `section` names the section of a floor.
    """

    kind: LineKind
    section: str | None = None
    needed: int
    has: Exact
    of: Exact

    @property
    def reached(self) -> bool:
        """Whether the line is reached; with nothing to measure it is."""
        has, of = self.has, self.of  # multiplied out: whole numbers compare many times faster than fractions
        return 100 * has.numerator * of.denominator >= self.needed * of.numerator * has.denominator

    @property
    def percent(self) -> int | None:
        """What stands, in whole percent rounded down; None when there is nothing to measure."""
        return whole_percent(self.has / self.of) if self.of else None

    @property
    def short(self) -> Fraction:
        """How much is missing, in the unit of `has`; zero when the line is reached."""
        return max(Fraction(self.needed, 100) * self.of - self.has, ZERO)


class LevelResult(Value):
    """A level with whether it is reached and every line that fails."""

    id: str
    reached: bool
    failing: tuple[LevelLine, ...]


class Mark(NamedTuple):
    """What one applicable criterion adds to the sums. Points are counted in parts (`Checklist.parts`), so they are whole."""

    section: str
    essential: bool
    points: int
    evidenced: int
    possible: int
    answered: bool


class Part(NamedTuple):
    """The sums of one section; points in parts."""

    points: int
    evidenced: int
    possible: int
    answered: int
    applicable: int


class Tally(NamedTuple):
    """Every sum a level looks at; points in parts, of which a point has `parts`."""

    parts: int
    points: int
    evidenced: int
    possible: int
    sections: dict[str, Part]
    essentials: int
    essentials_met: int
    essentials_in_full: int
    answered: int
    applicable: int

    @classmethod
    def of(cls, checklist: Checklist, marks: Mapping[str, Mark]) -> Tally:
        """The sums over the criteria that apply, each section of the checklist included."""
        by_section: dict[str, list[Mark]] = {section.id: [] for section in checklist.sections}
        for one in marks.values():
            by_section[one.section].append(one)
        sections = {name: _part(found) for name, found in by_section.items()}
        essentials = [one for one in marks.values() if one.essential]
        return cls(
            parts=checklist.parts,
            points=sum(part.points for part in sections.values()),
            evidenced=sum(part.evidenced for part in sections.values()),
            possible=sum(part.possible for part in sections.values()),
            sections=sections,
            essentials=len(essentials),
            essentials_met=sum(1 for one in essentials if one.points > 0),
            essentials_in_full=sum(1 for one in essentials if one.points == one.possible),
            answered=sum(part.answered for part in sections.values()),
            applicable=len(marks),
        )

    def changed(self, before: Mark, after: Mark) -> Tally:
        """The sums once a criterion that added `before` adds `after`; it counts as much as it did, where it did."""
        points, evidenced = after.points - before.points, after.evidenced - before.evidenced
        answered = after.answered - before.answered
        met = (after.points > 0) - (before.points > 0) if after.essential else 0
        in_full = (
            (after.points == after.possible) - (before.points == before.possible) if after.essential else 0
        )
        part = self.sections[after.section]
        part = Part(
            part.points + points,
            part.evidenced + evidenced,
            part.possible,
            part.answered + answered,
            part.applicable,
        )
        return Tally(
            self.parts,
            self.points + points,
            self.evidenced + evidenced,
            self.possible,
            {**self.sections, after.section: part},
            self.essentials,
            self.essentials_met + met,
            self.essentials_in_full + in_full,
            self.answered + answered,
            self.applicable,
        )


def _part(marks: list[Mark]) -> Part:
    return Part(
        points=sum(one.points for one in marks),
        evidenced=sum(one.evidenced for one in marks),
        possible=sum(one.possible for one in marks),
        answered=sum(1 for one in marks if one.answered),
        applicable=len(marks),
    )


@lru_cache(maxsize=4_096)
def exact(counted: int, parts: int) -> Fraction:
    """What is counted in parts, as a number of units; most come again and again, and fractions take long to make."""
    return Fraction(counted, parts)


class Line(NamedTuple):
    """A line to work with: `has` of `of` as whole counts, of which one unit has `parts`."""

    kind: LineKind
    section: str | None
    needed: int
    has: int
    of: int
    parts: int

    @property
    def missing(self) -> int:
        """How much is missing, in hundredths of what `has` counts; zero or less when the line is reached."""
        return self.needed * self.of - 100 * self.has

    @property
    def shown(self) -> LevelLine:
        """The line as a report tells it."""
        has, of = exact(self.has, self.parts), exact(self.of, self.parts)
        return LevelLine(kind=self.kind, section=self.section, needed=self.needed, has=has, of=of)


def lines(level: Level, tally: Tally) -> Iterator[Line]:
    """Every line the level asks for, held against the sums."""
    parts = tally.parts
    yield Line("score", None, level.score, tally.points, tally.possible, parts)
    for name, part in tally.sections.items():
        yield Line("section_floor", name, level.section_floor, part.points, part.possible, parts)
    yield Line("essentials", None, level.essentials, tally.essentials_met, tally.essentials, 1)
    yield Line(
        "essentials_in_full", None, level.essentials_in_full, tally.essentials_in_full, tally.essentials, 1
    )
    yield Line("answered", None, level.answered, tally.answered, tally.applicable, 1)
    yield Line("evidenced", None, level.evidenced, tally.evidenced, tally.possible, parts)


def failing_lines(level: Level, tally: Tally) -> Iterator[Line]:
    """The lines that are not reached. With nothing to measure, a line is."""
    return (line for line in lines(level, tally) if line.missing > 0)


def level_lines(level: Level, tally: Tally) -> tuple[LevelLine, ...]:
    """Every line the level asks for, as a report tells it."""
    return tuple(line.shown for line in lines(level, tally))


def level_results(checklist: Checklist, tally: Tally) -> tuple[LevelResult, ...]:
    """Each level of the checklist, lowest first, with the lines that fail.

    A level is reached when all its lines are and every level below it is. Where no criterion applies
    there is nothing to reach.
    """
    results = []
    below = tally.applicable > 0
    for level in checklist.levels:
        failing = tuple(line.shown for line in failing_lines(level, tally))
        below = below and not failing
        results.append(LevelResult(id=level.id, reached=below, failing=failing))
    return tuple(results)


def reached_level(results: tuple[LevelResult, ...]) -> str | None:
    """The highest level reached; None below the lowest."""
    reached = [result.id for result in results if result.reached]
    return reached[-1] if reached else None
