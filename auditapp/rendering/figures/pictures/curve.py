"""The finish-time curve of women and men, with the limit drawn in and those beyond it counted."""

from __future__ import annotations

from fractions import Fraction

from auditapp.domain.measures import Figure, shown
from auditapp.domain.measures.figure import Curve, CurvePoint
from auditapp.rendering import charts
from auditapp.rendering.figures.pictures.parts import Drawing, Mark, PictureView, Sheet, Size, is_small, sizes
from auditapp.rendering.figures.tables import TableView
from auditapp.rendering.words import Gettext, number

MOST_ROWS = 16
"""Of more points the table shows so many, evenly spread, and those around the limit."""
AROUND, QUARTER = 4, 900
"""Limits a quarter of an hour apart, so many shorter and longer: what if the limit were another."""


def curve_view(figure: Figure, curve: Curve, sheet: Sheet, gettext: Gettext) -> PictureView | None:
    """The picture of a curve; None without a point that may be drawn or without anybody who started."""
    if not curve.points or not (curve.of_women or curve.of_men):
        return None
    times = [point.time for point in curve.points]
    limit = gettext("limit %(time)s") % {"time": short_time(curve.limit)} if curve.limit is not None else ""
    women = charts.Runners(
        counts=[point.women for point in curve.points],
        of=curve.of_women,
        median=curve.women_median,
        names=_both((gettext("women, half by %(time)s"), gettext("women %(time)s")), curve.women_median),
        beyond=_beyond(curve, "women", gettext),
    )
    men = charts.Runners(
        counts=[point.men for point in curve.points],
        of=curve.of_men,
        median=curve.men_median,
        names=_both((gettext("men, half by %(time)s"), gettext("men %(time)s")), curve.men_median),
        beyond=_beyond(curve, "men", gettext),
    )
    wide, narrow = sizes(sheet)

    def draw(size: Size) -> charts.CurveChart:
        return charts.curve_chart(
            times, women, men, curve.limit, limit, width=size.width, size=size.type, stacked=size.narrow
        )

    key = []
    if curve.of_women:
        half = _half(gettext("women; half of those who finished had done so by %(time)s"), curve.women_median)
        key.append(Mark("women-line", half or gettext("women")))
    if curve.of_men:
        half = _half(gettext("men; half of those who finished had done so by %(time)s"), curve.men_median)
        key.append(Mark("men-line", half or gettext("men")))
    if limit:
        key.append(Mark("line", limit))
    said = " ".join(
        (curve.title + ".", figure.says, *(f"{one.beyond}." for one in (women, men) if one.beyond))
    )
    return PictureView(
        drawings=(Drawing("curve", said, draw(wide), draw(narrow) if narrow else None),),
        title=curve.title,
        key=tuple(key),
        table=_table(curve, gettext),
    )


def short_time(seconds: Fraction) -> str:
    """A time as hours and minutes, with seconds where it has any: "3:00", "2:18:04"."""
    clock = shown.clock(seconds)
    return clock.removesuffix(":00") if seconds % 60 == 0 else clock


def _both(words: tuple[str, str], median: Fraction | None) -> tuple[str, str]:
    return _half(words[0], median), _half(words[1], median)


def _half(words: str, median: Fraction | None) -> str:
    return words % {"time": short_time(median)} if median is not None else ""


def _beyond(curve: Curve, gender: str, gettext: Gettext) -> str:
    """How many of those who started had not finished within the limit, as far as the points tell; else nothing."""
    of = curve.of_women if gender == "women" else curve.of_men
    if curve.limit is None or not of:
        return ""
    left, exact = left_at(curve.limit, curve.points, gender, of)
    if not exact and not any(0 <= curve.limit - point.time < QUARTER for point in curve.points):
        return ""
    numbers = {"count": number(left), "of": number(of), "percent": shown.percent(Fraction(100 * left, of))}
    sentences = {
        ("women", "none"): gettext("all %(of)s women had finished by then"),
        ("women", "few"): gettext("under 5 of %(of)s women had not finished by then"),
        ("women", "exact"): gettext("%(count)s of %(of)s women had not finished by then (%(percent)s)"),
        ("women", "most"): gettext(
            "at most %(count)s of %(of)s women had not finished by then (%(percent)s)"
        ),
        ("men", "none"): gettext("all %(of)s men had finished by then"),
        ("men", "few"): gettext("under 5 of %(of)s men had not finished by then"),
        ("men", "exact"): gettext("%(count)s of %(of)s men had not finished by then (%(percent)s)"),
        ("men", "most"): gettext("at most %(count)s of %(of)s men had not finished by then (%(percent)s)"),
    }
    case = "none" if not left else "few" if is_small(left) else "exact" if exact else "most"
    return sentences[gender, case] % numbers


def left_at(limit: Fraction, points: tuple[CurvePoint, ...], gender: str, of: int) -> tuple[int, bool]:
    """How many had not finished at the limit, and whether that is exact.

    It is exact where a point stands at the limit, or where those before and after it say the same; otherwise it is what
    the last point before the limit leaves, and at most so many.
    """
    before = [point for point in points if point.time <= limit]
    after = [point for point in points if point.time > limit]
    finished = getattr(before[-1], gender) if before else 0
    exact = bool(before) and before[-1].time == limit
    return of - finished, exact or (bool(after) and getattr(after[0], gender) == finished)


def _table(curve: Curve, gettext: Gettext) -> TableView:
    chosen = _chosen(curve)

    def cell(finished: int, of: int) -> str:
        tenths = 1000 * finished // of if of else 0
        return f"{number(finished)} ({tenths // 10}.{tenths % 10}%)" if of else "–"

    return TableView(
        caption=gettext("Finished by then"),
        head=(
            gettext("Time"),
            gettext("Women, of %(of)s") % {"of": number(curve.of_women)},
            gettext("Men, of %(of)s") % {"of": number(curve.of_men)},
        ),
        rows=tuple(
            (shown.clock(point.time), cell(point.women, curve.of_women), cell(point.men, curve.of_men))
            for point in chosen
        ),
        left_out=len(curve.points) - len(chosen),
    )


def _chosen(curve: Curve) -> tuple[CurvePoint, ...]:
    """Points spread evenly over the curve, the first and the last among them, and those on which a working rests.

    These are the last point within the limit, and any at a limit some quarters of an hour shorter or longer.
    """
    points = curve.points
    if len(points) <= MOST_ROWS:
        return points
    last = len(points) - 1
    places = {round(place * last / (MOST_ROWS - 1)) for place in range(MOST_ROWS)}
    if curve.limit is not None:
        limits = {curve.limit + step * QUARTER for step in range(-AROUND, AROUND + 1)}
        within = [place for place, point in enumerate(points) if point.time <= curve.limit]
        places |= {place for place, point in enumerate(points) if point.time in limits} | set(within[-1:])
    return tuple(points[place] for place in sorted(places))
