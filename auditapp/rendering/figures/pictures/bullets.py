"""Places, rows or groups side by side: what women get as a bar, what men get or what is asked for as a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice

from auditapp.domain.measures import Figure, shown
from auditapp.domain.measures.figure import Bullet, Bullets
from auditapp.rendering import charts
from auditapp.rendering.figures.pictures.parts import Drawing, Mark, PictureView, Sheet, Size, sizes
from auditapp.rendering.figures.tables import TableView
from auditapp.rendering.figures.units import in_unit
from auditapp.rendering.words import Gettext

SHORT_CURRENCY = len("0 kr")


def bullets_view(
    figure: Figure, bullets: Bullets, currency: str, sheet: Sheet, gettext: Gettext
) -> PictureView:
    """The picture of bullets, in drawings of about the same length that fit a page each.

    A currency with a long name stands in the key instead of in every bar.
    """
    sign = currency if len(shown.money(Fraction(0), currency)) <= SHORT_CURRENCY else ""
    bar = bullets.bar
    if bullets.unit == "money" and sign != currency:
        bar = gettext("%(bar)s, in %(currency)s") % {"bar": bar, "currency": currency}
    key = [Mark("bar", bar)]
    if any(row.line is not None for row in bullets.rows):
        key.append(Mark("line", bullets.line))
    top = max(number for row in bullets.rows for number in (row.women, row.line) if number is not None)
    wide, narrow = sizes(sheet)

    def draw(rows: Sequence[Bullet], size: Size) -> charts.BulletChart:
        return charts.bullet_chart(
            [
                (
                    row.label,
                    row.women,
                    row.line,
                    in_unit(row.women, bullets.unit, sign, gettext=gettext),
                    row.says,
                )
                for row in rows
            ],
            width=size.width,
            size=size.type,
            top=top,
            close=len(bullets.rows) > charts.FEW_BULLETS,
        )

    parts = tuple(_parts(bullets.rows, charts.MOST_BULLETS))
    return PictureView(
        drawings=tuple(
            Drawing("bullets", title, draw(part, wide), draw(part, narrow) if narrow else None)
            for title, part in zip(_titles(figure, bullets, parts, gettext), parts, strict=True)
        ),
        title=bullets.title,
        key=tuple(key),
        table=TableView(
            caption=bullets.title,
            head=(gettext("Row"), bullets.bar, bullets.line, gettext("Gap")),
            rows=tuple(
                (
                    row.label,
                    in_unit(row.women, bullets.unit, currency, gettext=gettext),
                    "" if row.line is None else in_unit(row.line, bullets.unit, currency, gettext=gettext),
                    row.says,
                )
                for row in bullets.rows
            ),
        ),
    )


def _titles(
    figure: Figure, bullets: Bullets, parts: Sequence[Sequence[Bullet]], gettext: Gettext
) -> Iterator[str]:
    """What each drawing shows; the first one says what it all comes to."""
    for part in parts:
        title = bullets.title
        if len(parts) > 1:
            rows = {"title": title, "first": part[0].label, "last": part[-1].label}
            title = gettext("%(title)s, %(first)s to %(last)s") % rows
        yield f"{title}. {figure.says}" if part is parts[0] else title


def _parts(rows: Sequence[Bullet], longest: int) -> Iterator[Sequence[Bullet]]:
    """The rows in as few parts as there must be, all about as long."""
    parts = -(-len(rows) // longest)
    length = -(-len(rows) // parts)
    left = iter(rows)
    while part := tuple(islice(left, length)):
        yield part
