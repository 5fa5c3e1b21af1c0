"""Pacers: whether there is a pacer near the times that women and men really run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from auditapp.domain.measures.definition import Field, Measure, NumbersRejected, Table
from auditapp.domain.measures.figure import (
    NOT_PUBLISHED,
    Bullet,
    Bullets,
    CountedShare,
    Figure,
    Quantity,
    Step,
)
from auditapp.domain.measures.numbers import Numbers, Row
from auditapp.domain.measures.results import Gender, Group, Results
from auditapp.domain.measures.shown import clock, percent
from auditapp.domain.measures.sides import Side, is_private, percent_of, sides, too_few

NEAR = Fraction(1, 20)
"""A pacer serves whoever finishes within so much of the pacer's time, faster or slower."""
MOST_PACERS = 60


def work_out(numbers: Numbers) -> Figure:
    """The share of last edition's women, and of its men, who finished within 5 % of a pacer's time.

    Covered = finishers near a pacer ÷ all finishers, in percent; everybody is counted once, at the nearest pacer.
    Difference = men's share − women's, in points. Women among pacers = women pacing ÷ everybody pacing, in percent. Source:
    our own, after Strava's average paces of women and men in 2014 and 2017; thresholds belong to the checklist.

    Raises NumbersRejected when nobody finished, or more are near the pacers than finished.
    """
    women, men = sides(MEASURE, numbers)
    finished = {"women": int(numbers.values["women"]), "men": int(numbers.values["men"])}
    near = {side.name: _near(side) for side in (women, men)}
    _check(finished, near)
    covered = {side.name: _covered(side, sum(near[side.name]), finished[side.name]) for side in (women, men)}
    of_women, of_men = covered["women"], covered["men"]
    private = is_private(of_women, of_men)
    pacing = _pacing(numbers)
    shares = percent_of(of_women), percent_of(of_men)
    apart = None if shares[0] is None or shares[1] is None else shares[1] - shares[0]
    return Figure(
        measure=MEASURE.id,
        says=NOT_PUBLISHED if private else _says(covered),
        quantities=(
            *(
                Quantity(
                    id=f"{name}-covered",
                    label=f"{name.capitalize()} near a pacer",
                    value=percent_of(share),
                    unit="percent",
                    private=is_private(share),
                )
                for name, share in covered.items()
            ),
            Quantity(
                id="covered-difference", label="Men minus women", value=apart, unit="points", private=private
            ),
            Quantity(
                id="women-pacers-share",
                label="Women among the pacers",
                value=percent_of(pacing),
                unit="percent",
            ),
        ),
        shares=tuple(share for share in (of_women, of_men, pacing) if share is not None),
        steps=tuple(_steps(women, men, near, covered, pacing)),
        small=too_few(finished["women"], finished["men"]),
        picture=_picture(numbers, women.out, finished, near),
    )


def _near(side: Side) -> list[int]:
    return [int(count or 0) for count in side.numbers.column(f"{side.name}-near")]


def _check(finished: dict[str, int], near: dict[str, list[int]]) -> None:
    if not any(finished.values()):
        raise NumbersRejected({"women": "count at least one woman or man who finished"})
    problems = {
        name: f"is fewer than the {sum(near[name]):,} near the pacers; count everybody once, at the nearest pacer"
        for name, count in finished.items()
        if sum(near[name]) > count
    }
    if problems:
        raise NumbersRejected(problems)


def _covered(side: Side, near: int, finished: int) -> CountedShare | None:
    if not finished:
        return None
    private = side.name in side.out or f"{side.name}-near" in side.out
    return CountedShare(
        id=f"{side.name}-covered",
        label=f"{side.title} near a pacer, of those who finished",
        count=near,
        of=finished,
        private=private,
    )


def _pacing(numbers: Numbers) -> CountedShare | None:
    women, everybody = int(numbers.values["women-pacers"]), int(numbers.values["all-pacers"])
    if not everybody:
        return None
    label = "Women among the pacers"
    return CountedShare(id="women-pacers", label=label, count=women, of=everybody, people=False)


def _steps(
    women: Side,
    men: Side,
    near: dict[str, list[int]],
    covered: dict[str, CountedShare | None],
    pacing: CountedShare | None,
) -> Iterator[Step]:
    for side in (women, men):
        share, counts = covered[side.name], near[side.name]
        if share is None:
            continue
        if 1 < len(counts) <= 12:
            cells = {f"row-{place}.{side.name}-near" for place in range(1, len(counts) + 1)}
            text = f"{' + '.join(f'{count:,}' for count in counts)} = {sum(counts):,}"
            private = is_private(share) or bool(cells & side.out)
            yield Step(label=f"{side.title} near each pacer", text=text, private=private)
        yield share.step
    if pacing is not None:
        yield pacing.step


def _says(covered: dict[str, CountedShare | None]) -> str:
    parts = [
        f"{percent(exact)} of the {name}"
        for name, share in covered.items()
        if (exact := percent_of(share)) is not None
    ]
    return f"{' and '.join(parts)} finished within 5% of a pacer’s time."


def _picture(
    numbers: Numbers, out: frozenset[str], finished: dict[str, int], near: dict[str, list[int]]
) -> Bullets:
    """One bar for each pacer, and one for those no pacer is near."""

    def bar(label: str, of_women: int, of_men: int, private: bool) -> Bullet:
        return Bullet(
            label=label,
            women=Fraction(100 * of_women, finished["women"]) if finished["women"] else Fraction(0),
            line=Fraction(100 * of_men, finished["men"]) if finished["men"] else None,
            private=private,
        )

    bars = [
        bar(
            clock(row.cells["time"]),
            near["women"][place],
            near["men"][place],
            bool({f"row-{place + 1}.women-near", f"row-{place + 1}.men-near", "women", "men"} & out),
        )
        for place, row in enumerate(numbers.rows)
    ]
    alone = {name: finished[name] - sum(near[name]) for name in finished}
    hidden = bool({"women", "men", "women-near", "men-near"} & out)
    return Bullets(
        title="Who finishes near which pacer",
        unit="percent",
        bar="of the women who finished",
        line="of the men who finished",
        rows=(*bars, bar("no pacer near", alone["women"], alone["men"], hidden)),
    )


def fill(results: Results, entered: Numbers) -> Numbers:
    """The finishers near each pacer whose time was entered, everybody at the nearest pacer within reach.

    Of two pacers equally near it is the faster one. Raises NumbersRejected without pacers' times, and when nobody finished.
    """
    times = [row.cells.get("time") for row in entered.rows]
    pacers = [time for time in times if time]
    if not pacers:
        raise NumbersRejected({"rows": "type the pacers’ times before a file is read"})
    women, men = results[Gender.WOMEN], results[Gender.MEN]
    if not women.times and not men.times:
        raise NumbersRejected({"women": "the file holds no finish time of a woman or a man"})
    near = {"women-near": _nearest(women, pacers), "men-near": _nearest(men, pacers)}
    rows = tuple(
        Row(cells={"time": time, **{name: Fraction(counts[place]) for name, counts in near.items()}})
        for place, time in enumerate(pacers)
    )
    kept = {name: entered.values[name] for name in ("women-pacers", "all-pacers") if name in entered.values}
    finished = {"women": Fraction(women.times.total()), "men": Fraction(men.times.total())}
    return Numbers(values=kept | finished, rows=rows, source=results.source)


def _nearest(group: Group, pacers: Sequence[Fraction]) -> list[int]:
    counts = [0] * len(pacers)
    for seconds, people in group.times.items():
        reachable = [
            (abs(seconds - pacer), pacer, place)
            for place, pacer in enumerate(pacers)
            if abs(seconds - pacer) <= NEAR * pacer
        ]
        if reachable:
            counts[min(reachable)[2]] += people
    return counts


MEASURE = Measure(
    id="pacers",
    title="Pacers",
    asks=(
        "Type the time of each pacer. Then count, from last edition’s results, who finished within 5% of it, everybody "
        "once and at the nearest pacer. A results file does the counting."
    ),
    formula=(
        "The women who finished within 5% of a pacer’s time, faster or slower, divided by all women who finished; the same "
        "for men. The difference is men’s share minus women’s. Beside it stands the share of women among the people pacing."
    ),
    sources=(
        (
            "Women’s Running, on Strava’s average paces, 2017",
            "https://www.womensrunning.com/culture/strava-running-stats-for-2017/",
        ),
        (
            "Sumo Cycles, on Strava’s average paces, 2014",
            "https://sumocycles.wordpress.com/2015/01/13/2014-strava-stats-roundup/",
        ),
    ),
    reads="results",
    fill=fill,
    fields=(
        Field("women", "Women who finished the last edition", "count", people=True),
        Field("men", "Men who finished the last edition", "count", people=True),
        Field("women-pacers", "Women pacing", "count", part_of="all-pacers"),
        Field("all-pacers", "Everybody pacing", "count"),
    ),
    table=Table(
        caption="Pacers",
        most=MOST_PACERS,
        columns=(
            Field("time", "Pacer’s time", "time"),
            Field("women-near", "Women near it", "count", people=True, part_of="women"),
            Field("men-near", "Men near it", "count", people=True, part_of="men"),
        ),
    ),
    figures={
        "women-covered": "share of the women who finished within 5% of a pacer",
        "men-covered": "share of the men who finished within 5% of a pacer",
        "covered-difference": "men’s share minus women’s share of those within 5% of a pacer",
        "women-pacers-share": "women’s share of the pacers",
    },
    units={
        "women-covered": "percent",
        "men-covered": "percent",
        "covered-difference": "points",
        "women-pacers-share": "percent",
    },
    work_out=work_out,
)
