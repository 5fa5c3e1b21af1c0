"""The sums a level looks at, the lines it asks for, and which levels are reached."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from auditapp.domain.checklist import Checklist, Level
from auditapp.domain.values import ZERO, Exact, Value, exact_sum, whole_percent

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
    """What one applicable criterion adds to the sums."""

    section: str
    essential: bool
    points: Fraction
    evidenced: Fraction
    possible: int
    answered: bool


class Part(NamedTuple):
    """The sums of one section."""

    points: Fraction
    evidenced: Fraction
    possible: Fraction
    answered: int
    applicable: int


class Tally(NamedTuple):
    """Every sum a level looks at."""

    points: Fraction
    evidenced: Fraction
    possible: Fraction
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
            points=exact_sum(part.points for part in sections.values()),
            evidenced=exact_sum(part.evidenced for part in sections.values()),
            possible=exact_sum(part.possible for part in sections.values()),
            sections=sections,
            essentials=len(essentials),
            essentials_met=sum(1 for one in essentials if one.points > 0),
            essentials_in_full=sum(1 for one in essentials if one.points == one.possible),
            answered=sum(part.answered for part in sections.values()),
            applicable=len(marks),
        )


def _part(marks: list[Mark]) -> Part:
    return Part(
        points=exact_sum(one.points for one in marks),
        evidenced=exact_sum(one.evidenced for one in marks),
        possible=Fraction(sum(one.possible for one in marks)),
        answered=sum(1 for one in marks if one.answered),
        applicable=len(marks),
    )


def level_lines(level: Level, tally: Tally) -> tuple[LevelLine, ...]:
    """Every line the level asks for, held against the sums."""

    def line(
        kind: LineKind, needed: int, has: Fraction, of: Fraction, section: str | None = None
    ) -> LevelLine:
        return LevelLine(kind=kind, section=section, needed=needed, has=has, of=of)

    return (
        line("score", level.score, tally.points, tally.possible),
        *(
            line("section_floor", level.section_floor, part.points, part.possible, name)
            for name, part in tally.sections.items()
        ),
        line("essentials", level.essentials, Fraction(tally.essentials_met), Fraction(tally.essentials)),
        line(
            "essentials_in_full",
            level.essentials_in_full,
            Fraction(tally.essentials_in_full),
            Fraction(tally.essentials),
        ),
        line("answered", level.answered, Fraction(tally.answered), Fraction(tally.applicable)),
        line("evidenced", level.evidenced, tally.evidenced, tally.possible),
    )


def level_results(checklist: Checklist, tally: Tally) -> tuple[LevelResult, ...]:
    """Each level of the checklist, lowest first, with the lines that fail.

    A level is reached when all its lines are and every level below it is. Where no criterion applies
    there is nothing to reach.
    """
    results = []
    below = tally.applicable > 0
    for level in checklist.levels:
        failing = tuple(line for line in level_lines(level, tally) if not line.reached)
        below = below and not failing
        results.append(LevelResult(id=level.id, reached=below, failing=failing))
    return tuple(results)


def reached_level(results: tuple[LevelResult, ...]) -> str | None:
    """The highest level reached; None below the lowest."""
    reached = [result.id for result in results if result.reached]
    return reached[-1] if reached else None
