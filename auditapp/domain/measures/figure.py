"""What a measure makes of the numbers: named quantities, shares with their interval, the working and a picture."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from auditapp.domain.measures.intervals import Interval, wilson
from auditapp.domain.measures.shown import percent
from auditapp.domain.values import Exact, Id, Line, ShortText, Value

SMALL_GROUP = 30
"""Below this many people a share is shown and not judged."""
SMALL_CELL = 5
"""A count of people below this is never published; zero gives nobody away."""
MOST_BARS = 80
"""Bars of one picture; the table behind it takes no more rows."""

NOT_PUBLISHED = "Fewer than five people stand behind one of these numbers, so they are not published."
"""What a figure says where its sentence would give such a count away."""

Unit = Literal["ratio", "percent", "points", "number", "people", "money", "time", "pace", "km", "yes-no"]
"""How a number is shown. Percent: 0 to 100. Points: a difference of two percentages. Time: seconds. Pace: seconds for
one kilometre. Yes-no: 1 or 0."""


class Quantity(Value):
    """A number a threshold can name. `value` is None when the numbers given do not settle it, or must not be published.

    `private` marks a number that would give a small count away. `small` marks one that rests on fewer than thirty
    people while the rest of the figure does not: it is shown, and no threshold judges it.
    """

    id: Id
    label: Line
    value: Exact | None
    unit: Unit
    private: bool = False
    small: bool = False


class Step(Value):
    """One line of the working, with the numbers in it, so that a reader can do it again: "120 ÷ 150 = 0.80".

    `text` is None once it has been hidden because it would give a small count away.
    """

    label: Line
    text: ShortText | None
    private: bool = False


class CountedShare(Value):
    """So many of so many. `people` marks participants, of whom fewer than five are never published.

    `count` is None once it has been hidden. `private` marks a share that would give a small count away: it is not
    published at all.
    """

    id: Id
    label: Line
    count: int | None
    of: int
    people: bool = True
    private: bool = False

    @property
    def interval(self) -> Interval | None:
        """The Wilson 95% interval as shares from 0 to 1; None without people or once the count is hidden."""
        return wilson(self.count, self.of) if self.of and self.count is not None else None

    @property
    def percent(self) -> Fraction | None:
        """The share from 0 to 100, exact; None without people or once the count is hidden."""
        return Fraction(100 * self.count, self.of) if self.of and self.count is not None else None

    @property
    def step(self) -> Step:
        """The share worked out: "47 ÷ 50 = 94%"."""
        if self.count is None or self.percent is None:
            return Step(label=self.label, text=None, private=True)
        text = f"{self.count:,} ÷ {self.of:,} = {percent(self.percent)}"
        return Step(label=self.label, text=text, private=self.private or self.is_small_cell)

    @property
    def is_small_cell(self) -> bool:
        """Whether the count, or what is left of the group without it, counts one to four participants."""
        if not self.people or self.count is None:
            return False
        return 0 < self.count < SMALL_CELL or 0 < self.of - self.count < SMALL_CELL


class Bullet(Value):
    """One bar: what women get, and as a line what men get or what is asked for."""

    label: Line
    women: Exact
    line: Exact | None
    says: ShortText = ""
    private: bool = False


class Bullets(Value):
    """Places, rows or groups side by side: the bar is the women's figure, the line the men's or the threshold.

    A bar that is `private`, or a whole picture, would give a small count away and is not published.
    """

    kind: Literal["bullets"] = "bullets"
    title: Line
    unit: Unit
    bar: Line
    line: Line
    rows: Annotated[tuple[Bullet, ...], Field(max_length=MOST_BARS)]
    private: bool = False


class Shares(Value):
    """Shares with their intervals on a scale from 0 to 100, and the lines somebody has to reach.

    `shares` are ids of the figure's counted shares, in order.
    """

    kind: Literal["shares"] = "shares"
    title: Line
    shares: tuple[Id, ...]
    lines: tuple[Exact, ...] = ()
    line: ShortText = ""
    private: bool = False


class CurvePoint(Value):
    """How many had finished by `time`, in seconds since their own start. `private` points are not published."""

    time: Exact
    women: int
    men: int
    private: bool = False


class Curve(Value):
    """Share finished against time, women and men, with the limit drawn in and the medians marked.

    `of_women` and `of_men` are the starters the shares are taken of.
    """

    kind: Literal["curve"] = "curve"
    title: Line
    limit: Exact | None
    points: Annotated[tuple[CurvePoint, ...], Field(max_length=400)]
    of_women: int
    of_men: int
    women_median: Exact | None
    men_median: Exact | None
    private: bool = False


class Queue(Value):
    """A queue: so many people for so many units."""

    label: Line
    people: Exact
    units: Exact


class Queues(Value):
    """Units and the people queueing for each, women above men."""

    kind: Literal["queues"] = "queues"
    title: Line
    rows: tuple[Queue, ...]
    private: bool = False


Picture = Annotated[Bullets | Shares | Curve | Queues, Field(discriminator="kind")]


class Figure(Value):
    """What a measure makes of the numbers.

    `says` is the result in one plain sentence; it is published as it stands, so it never tells a number from which a
    count of one to four people could be worked out. `small` is set when a group is under thirty people: shown, not judged.
    `notes` are warnings that belong beside the figure, such as who is not in the data. `others` counts people who are
    neither recorded as women nor as men: shown apart and never added to either.
    """

    measure: Id
    says: Line
    quantities: tuple[Quantity, ...]
    shares: tuple[CountedShare, ...] = ()
    steps: tuple[Step, ...] = ()
    others: CountedShare | None = None
    small: bool = False
    notes: tuple[Line, ...] = ()
    picture: Picture | None = None

    def quantity(self, name: str) -> Quantity:
        """The quantity called `name`; raises KeyError when the measure has none."""
        for quantity in self.quantities:
            if quantity.id == name:
                return quantity
        raise KeyError(name)

    def share(self, name: str) -> CountedShare:
        """The counted share called `name`; raises KeyError when the figure has none."""
        for share in self.shares:
            if share.id == name:
                return share
        raise KeyError(name)
