"""The picture of a figure: its drawings, the marks that explain them, and the table that says the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Literal

from auditapp.domain.measures import Figure, shown
from auditapp.domain.measures.figure import Bullet, Bullets
from auditapp.rendering import charts
from auditapp.rendering.figures.tables import TableView
from auditapp.rendering.figures.units import in_unit
from auditapp.rendering.words import Gettext, english

WIDE = 592.0
NARROW = 292.0
PAPER = 560.0

TEXT_WIDE = 15.0
TEXT_NARROW = 14.0
TEXT_PAPER = 12.5

MarkKind = Literal["bar", "line", "gap", "women", "men", "other", "interval"]


@dataclass(frozen=True)
class Mark:
    """A mark of the drawing with its meaning, for the key below it."""

    kind: MarkKind
    text: str


@dataclass(frozen=True)
class Drawing:
    """A drawing with its text alternative: `chart` is one of the charts, `narrow` the same for a phone, or None."""

    kind: Literal["bullets", "shares", "curve", "queues"]
    title: str
    chart: charts.FigureChart
    narrow: charts.FigureChart | None


@dataclass(frozen=True)
class PictureView:
    """A picture in as many drawings as its size asks for, its key, and its numbers as a table.

    `table` is None where the table of the numbers entered says the same already.
    """

    drawings: tuple[Drawing, ...]
    key: tuple[Mark, ...]
    table: TableView | None


def picture_view(
    figure: Figure, currency: str = "", *, paper: bool, gettext: Gettext = english
) -> PictureView | None:
    """What there is to draw of a figure; None when it has no picture, or nothing that may be drawn."""
    match figure.picture:
        case Bullets() as bullets if bullets.rows:
            return _bullets(figure, bullets, currency, paper, gettext)
    return None


def sizes(paper: bool) -> tuple[tuple[float, float], tuple[float, float] | None]:
    """Width and type size of the drawing, and of the one for a phone, which paper does not need."""
    return ((PAPER, TEXT_PAPER), None) if paper else ((WIDE, TEXT_WIDE), (NARROW, TEXT_NARROW))


def _bullets(figure: Figure, bullets: Bullets, currency: str, paper: bool, gettext: Gettext) -> PictureView:
    sign = currency if len(shown.money(Fraction(0), currency)) <= len("0 kr") else ""
    top = max(number for row in bullets.rows for number in (row.women, row.line) if number is not None)
    wide, narrow = sizes(paper)

    def draw(rows: Sequence[Bullet], width: float, size: float) -> charts.BulletChart:
        return charts.bullet_chart(
            [
                (row.label, row.women, row.line, in_unit(row.women, bullets.unit, sign), row.says)
                for row in rows
            ],
            width=width,
            size=size,
            top=top,
            close=len(bullets.rows) > charts.FEW_BULLETS,
        )

    parts = list(_chunks(bullets.rows, charts.MOST_BULLETS))
    titles = [f"{bullets.title}. {figure.says}"]
    if len(parts) > 1:
        titles = [
            gettext("%(title)s, %(first)s to %(last)s")
            % {"title": bullets.title, "first": part[0].label, "last": part[-1].label}
            for part in parts
        ]
    named = sign != currency and bullets.unit == "money"
    bar = (
        gettext("%(bar)s, in %(currency)s") % {"bar": bullets.bar, "currency": currency}
        if named
        else bullets.bar
    )
    marks = [Mark("bar", bar)]
    if any(row.line is not None for row in bullets.rows):
        marks.append(Mark("line", bullets.line))
    return PictureView(
        drawings=tuple(
            Drawing("bullets", title, draw(part, *wide), draw(part, *narrow) if narrow else None)
            for title, part in zip(titles, parts, strict=True)
        ),
        key=tuple(marks),
        table=TableView(
            caption=bullets.title,
            head=("", bullets.bar, bullets.line, gettext("Gap")),
            rows=tuple(
                (
                    row.label,
                    in_unit(row.women, bullets.unit, currency),
                    "" if row.line is None else in_unit(row.line, bullets.unit, currency),
                    row.says,
                )
                for row in bullets.rows
            ),
        ),
    )


def _chunks(rows: Sequence[Bullet], longest: int) -> Iterator[Sequence[Bullet]]:
    """The rows in as few parts as there must be, all about as long."""
    parts = -(-len(rows) // longest)
    length = -(-len(rows) // parts)
    left = iter(rows)
    while part := tuple(islice(left, length)):
        yield part
