"""The women and the men of a measure that sets them side by side: their numbers, their shares, and what is public."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from auditapp.domain.measures.definition import Measure
from auditapp.domain.measures.figure import SMALL_GROUP, CountedShare
from auditapp.domain.measures.numbers import Numbers
from auditapp.domain.measures.parts import Gap, Part, gap
from auditapp.domain.measures.privacy import unpublished
from auditapp.domain.measures.results import Gender, Group, Results

GENDERS = {"women": Gender.WOMEN, "men": Gender.MEN}


@dataclass(frozen=True)
class Side:
    """The women or the men: `name` leads their fields ("women-starters"). `out` holds the places that are not published."""

    name: str
    numbers: Numbers
    out: frozenset[str]

    @property
    def title(self) -> str:
        return self.name.capitalize()

    def count(self, field: str) -> int | None:
        """A count of people; None where it was left empty."""
        value = self.numbers.get(f"{self.name}-{field}")
        return None if value is None else int(value)

    def is_public(self, *fields: str) -> bool:
        """Whether all these numbers may be published, and with them what is made of them."""
        return not any(f"{self.name}-{field}" in self.out for field in fields)

    def share(
        self, count: int | None, of: int | None, name: str, label: str, *fields: str
    ) -> CountedShare | None:
        """So many of so many, private unless all `fields` it is made of are public; None when it cannot be told."""
        if count is None or not of:
            return None
        private = not self.is_public(*fields)
        return CountedShare(id=f"{self.name}-{name}", label=label, count=count, of=of, private=private)


def sides(measure: Measure, numbers: Numbers) -> tuple[Side, Side]:
    """The women and the men."""
    out = unpublished(measure, numbers)
    return Side("women", numbers, out), Side("men", numbers, out)


def too_few(women: int, men: int) -> bool:
    """Whether a group is too small to judge; where no men are, nothing is said of them."""
    return women < SMALL_GROUP or 0 < men < SMALL_GROUP


def percent_of(share: CountedShare | None) -> Fraction | None:
    """The exact percentage, before anything is hidden; None without a share."""
    return None if share is None else share.percent


def gap_between(women: CountedShare | None, men: CountedShare | None) -> Gap | None:
    """The women's share minus the men's; None unless both are known."""
    return gap(_part(women), _part(men))


def _part(share: CountedShare | None) -> Part | None:
    return None if share is None or share.count is None else Part(share.count, share.of)


def is_private(*shares: CountedShare | None) -> bool:
    """Whether any of the shares would give a small count away."""
    return any(share is not None and (share.private or share.is_small_cell) for share in shares)


def others_started(numbers: Numbers, women: Side, men: Side) -> CountedShare | None:
    """Those who are neither recorded as women nor as men, of all starters, which tells how many started in all."""
    other = numbers.get("other-starters")
    if not other:
        return None
    return CountedShare(
        id="other-starters",
        label="Non-binary or undisclosed, of all who started",
        count=int(other),
        of=int(other) + (women.count("starters") or 0) + (men.count("starters") or 0),
        private="other-starters" in women.out
        or not (women.is_public("starters") and men.is_public("starters")),
    )


def others_in(results: Results) -> Group:
    """The people of a file who are neither recorded as women nor as men."""
    group = Group()
    group.add(results[Gender.NONBINARY])
    group.add(results[Gender.UNDISCLOSED])
    return group
