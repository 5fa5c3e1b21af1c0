"""Cut-off: how much room the limit leaves women and men, and whom it removes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from auditapp.domain.measures.definition import Field, Measure, NumbersRejected
from auditapp.domain.measures.figure import (
    NOT_PUBLISHED,
    SMALL_CELL,
    SMALL_GROUP,
    Bullet,
    Bullets,
    CountedShare,
    Curve,
    Figure,
    Picture,
    Quantity,
    Step,
)
from auditapp.domain.measures.finish_curve import CURVE, curve_points, curve_problems, curve_rows, quarters
from auditapp.domain.measures.numbers import Numbers
from auditapp.domain.measures.results import Gender, Results
from auditapp.domain.measures.shown import clock, percent, ratio
from auditapp.domain.measures.sides import (
    GENDERS,
    Side,
    gap_between,
    is_private,
    others_in,
    others_started,
    percent_of,
    sides,
    too_few,
)

ABSENT = "People who never entered because of the limit are not in these numbers."
TWO_NOTIONS = (
    "Equal headroom and equal shares removed are two notions of fairness. They can disagree, so both are shown and they "
    "are not mixed; neither says that women need a longer limit of their own."
)
UNKNOWN = (
    "Whom the limit removed is known only where timed-out runners are counted apart from those who stopped."
)
FEW_FINISHERS = "About 30 or fewer of a gender finished: their headroom is shown and not judged."


def work_out(numbers: Numbers) -> Figure:
    """Headroom within the limit, and the share the limit removed, of women and of men.

    Headroom h = limit ÷ median finish time, a plain ratio; gap = (men's h − women's h) ÷ men's h in percent, which is
    1 − men's median ÷ women's. Share removed e = timed-out ÷ starters in percent; difference = women's e − men's e in
    points, with Newcombe's 95 % interval. Removed shares are None unless timed-out runners were counted apart from those
    who stopped. The two are different notions of fairness and are not combined. What if: of the finishers of each gender,
    the share that took longer than a limit of every quarter of an hour around the real one. Source: our own, after
    Running USA's averages of 8.4 million marathon times and iRunFar's article on limits; thresholds belong to the
    checklist.

    Raises NumbersRejected for finishers without a median, and for a table of finishers that does not rise to their count.
    """
    limit = numbers.values["limit"]
    women, men = sides(MEASURE, numbers)
    _check(numbers, women, men)
    removed = _removed(women), _removed(men)
    return Figure(
        measure=MEASURE.id,
        says=_says(limit, women, men, *removed),
        quantities=(*_headrooms(limit, women, men), *_removals(*removed)),
        shares=tuple(share for share in removed if share is not None),
        steps=(*_headroom_steps(limit, women, men), *_removal_steps(*removed), *_what_if(limit, women, men)),
        others=others_started(numbers, women, men),
        small=too_few(women.count("starters") or 0, men.count("starters") or 0),
        notes=tuple(_notes(women, men, *removed)),
        picture=_picture(limit, numbers, women, men),
    )


def _check(numbers: Numbers, *both: Side) -> None:
    problems = {
        f"{side.name}-median": f"is needed, because {side.count('finishers'):,} {side.name} finished"
        for side in both
        if side.count("finishers") and _median(side) is None
    }
    problems |= dict(curve_problems(numbers, {side.name: side.count("finishers") or 0 for side in both}))
    if problems:
        raise NumbersRejected(problems)


def _median(side: Side) -> Fraction | None:
    return side.numbers.get(f"{side.name}-median") if side.count("finishers") else None


def _removed(side: Side) -> CountedShare | None:
    label = f"{side.title} timed out, of those who started"
    fields = ("timed-out", "starters")
    return side.share(side.count("timed-out"), side.count("starters"), "removed", label, *fields)


def _is_few(side: Side) -> bool:
    """Whether so few finished that their median is no ground to judge on.

    Where the count of finishers is not published, neither is whether it is just under thirty.
    """
    withheld = not side.is_public("finishers") and (side.count("starters") or 0) < SMALL_GROUP + SMALL_CELL
    return withheld or (side.count("finishers") or 0) < SMALL_GROUP


def _headrooms(limit: Fraction, women: Side, men: Side) -> Iterator[Quantity]:
    for side in (women, men):
        median = _median(side)
        yield Quantity(
            id=f"{side.name}-headroom",
            label=f"{side.title}’s headroom",
            value=limit / median if median else None,
            unit="ratio",
            private=not side.is_public("median"),
            small=_is_few(side),
        )
    of_women, of_men = _median(women), _median(men)
    yield Quantity(
        id="headroom-gap",
        label="Gap between the headrooms",
        value=100 * (1 - of_men / of_women) if of_women and of_men else None,
        unit="percent",
        private=not (women.is_public("median") and men.is_public("median")),
        small=_is_few(women) or _is_few(men),
    )


def _removals(women: CountedShare | None, men: CountedShare | None) -> Iterator[Quantity]:
    for name, share in (("women", women), ("men", men)):
        yield Quantity(
            id=f"{name}-removed",
            label=f"{name.capitalize()} removed by the limit",
            value=percent_of(share),
            unit="percent",
            private=is_private(share),
        )
    gap, private = gap_between(women, men), is_private(women, men)
    yield Quantity(
        id="removed-difference",
        label="Removed: women minus men",
        value=gap.points if gap else None,
        unit="points",
        private=private,
    )
    yield Quantity(
        id="removed-difference-low",
        label="Lower end of that difference’s interval",
        value=gap.interval.low if gap else None,
        unit="points",
        private=private,
    )


def _headroom_steps(limit: Fraction, women: Side, men: Side) -> Iterator[Step]:
    """The working of the headrooms. What is private is a line of its own even where nobody finished."""
    for side in (women, men):
        median, private = _median(side), not side.is_public("median")
        if median or private:
            text = f"{clock(limit)} ÷ {clock(median)} = {ratio(limit / median)}" if median else None
            yield Step(label=f"{side.title}’s headroom, limit ÷ median", text=text, private=private)
    of_women, of_men = _median(women), _median(men)
    private = not (women.is_public("median") and men.is_public("median"))
    if private or (of_women and of_men):
        gap = same = None
        if of_women and of_men:
            gap = f"1 − {clock(of_men)} ÷ {clock(of_women)} = {percent(100 * (1 - of_men / of_women))}"
            equal = clock(limit * of_women / of_men)
            same = f"{clock(limit)} × {clock(of_women)} ÷ {clock(of_men)} = {equal}"
        yield Step(label="Gap between the headrooms, in percent of the men’s", text=gap, private=private)
        yield Step(label="Limit with which women have the men’s headroom", text=same, private=private)


def _removal_steps(women: CountedShare | None, men: CountedShare | None) -> Iterator[Step]:
    yield from (share.step for share in (women, men) if share is not None)
    if gap := gap_between(women, men):
        private = is_private(women, men)
        yield from gap.steps("Removed, women − men", private=private)
        ratios = f"({gap.more.quotient}) ÷ ({gap.less.quotient})"
        told = (
            f"{ratios} = {ratio(gap.more.percent / gap.less.percent)}"
            if gap.less.those
            else "no man was timed out"
        )
        yield Step(label="Share of women ÷ share of men", text=told, private=private)


def _what_if(limit: Fraction, women: Side, men: Side) -> Iterator[Step]:
    """For each limit for which the table counts the finishers: how many took longer."""
    rows = {row.cells["time"]: (place, row) for place, row in enumerate(women.numbers.rows, start=1)}
    for moment in quarters(limit):
        if moment not in rows:
            continue
        place, row = rows[moment]
        parts = []
        for side in (women, men):
            if of := side.count("finishers"):
                later = of - int(row.cells[side.name])
                parts.append(f"{side.name} {later:,} of {of:,} ({percent(Fraction(100 * later, of))})")
        yield Step(
            label=f"What if the limit were {clock(moment)}: who took longer"
            if moment != limit
            else "Finishers who took longer than the limit",
            text=", ".join(parts),
            private=f"row-{place}" in women.out
            or not (women.is_public("finishers") and men.is_public("finishers")),
        )


def _says(
    limit: Fraction, women: Side, men: Side, of_women: CountedShare | None, of_men: CountedShare | None
) -> str:
    if not women.is_public("median") or not men.is_public("median"):
        return NOT_PUBLISHED
    rooms = [
        f"{ratio(limit / median)} times the {side.name}’s median time"
        for side in (women, men)
        if (median := _median(side))
    ]
    sentence = f"The limit of {clock(limit)} is {' and '.join(rooms) or 'a time in which nobody finished'}"
    parts = [
        f"{percent(exact)} of the {name}"
        for name, share in (("women", of_women), ("men", of_men))
        if (exact := percent_of(share)) is not None
    ]
    if not parts or is_private(of_women, of_men):
        return f"{sentence}."
    return f"{sentence}; it removed {' and '.join(parts)} who started."


def _notes(
    women: Side, men: Side, of_women: CountedShare | None, of_men: CountedShare | None
) -> Iterator[str]:
    yield ABSENT
    yield TWO_NOTIONS
    if of_women is None or (of_men is None and men.count("starters")):
        yield UNKNOWN
    if any(_is_few(side) and (side.count("starters") or 0) >= SMALL_GROUP for side in (women, men)):
        yield FEW_FINISHERS


def _picture(limit: Fraction, numbers: Numbers, women: Side, men: Side) -> Picture | None:
    of_women, of_men = _median(women), _median(men)
    if not of_women:
        return None
    private = not (women.is_public("median", "starters") and men.is_public("median", "starters"))
    if numbers.rows:
        return Curve(
            title="Finish times and the limit",
            limit=limit,
            points=curve_points(numbers, women.out),
            of_women=women.count("starters") or 0,
            of_men=men.count("starters") or 0,
            women_median=of_women,
            men_median=of_men,
            private=private,
        )
    room = Bullet(label="Headroom", women=limit / of_women, line=limit / of_men if of_men else None)
    return Bullets(
        title="Room within the limit",
        unit="ratio",
        bar="limit ÷ women’s median time",
        line="limit ÷ men’s median time",
        rows=(room,),
        private=private,
    )


def fill(results: Results, entered: Numbers) -> Numbers:
    """The numbers in results: counts and medians by gender, and the curve of finish times.

    Timed-out and stopped runners are told only where the file tells them apart; what was typed about them before stays.
    Finishers without a time count as finishers, and then there is no curve.

    Raises NumbersRejected without a limit, and when nobody finished.
    """
    limit = entered.get("limit")
    if limit is None:
        raise NumbersRejected({"limit": "is needed before a file is read"})
    women, men = results[Gender.WOMEN], results[Gender.MEN]
    if not women.times and not men.times:
        raise NumbersRejected({"rows": "the file holds no finish time of a woman or a man"})
    typed = () if entered.source else ("women-timed-out", "men-timed-out", "women-stopped", "men-stopped")
    values = {name: entered.values[name] for name in ("limit", *typed) if name in entered.values}
    for name, gender in GENDERS.items():
        group = results[gender]
        values |= {
            f"{name}-starters": Fraction(group.starters),
            f"{name}-finishers": Fraction(group.finishers),
        }
        if results.says_timed_out:
            values |= {
                f"{name}-timed-out": Fraction(group.timed_out),
                f"{name}-stopped": Fraction(group.stopped),
            }
        if group.median is not None:
            values[f"{name}-median"] = group.median
    values["other-starters"] = Fraction(others_in(results).starters)
    rows = () if women.untimed or men.untimed else tuple(curve_rows(limit, women, men))
    return Numbers(values=values, rows=rows, source=results.source)


def _fields(name: str, title: str) -> Iterator[Field]:
    """What is asked about a gender. Should something have to be withheld, it is the count of finishers first."""
    whole = f"{name}-starters"
    yield Field(whole, f"{title} who started", "count", people=True)
    yield Field(
        f"{name}-timed-out",
        f"{title} timed out",
        "count",
        "Taken out by a limit; leave empty if you do not know.",
        optional=True,
        people=True,
        part_of=whole,
        apart=True,
    )
    yield Field(
        f"{name}-stopped",
        f"{title} who stopped",
        "count",
        "By their own decision, or hurt.",
        optional=True,
        people=True,
        part_of=whole,
        apart=True,
    )
    yield Field(f"{name}-finishers", f"{title} who finished", "count", people=True, part_of=whole, apart=True)
    yield Field(
        f"{name}-median", f"{title}’s median time", "time", "Half of those who finished were faster.",
        optional=True, people_of=f"{name}-finishers",
    )  # fmt: skip


MEASURE = Measure(
    id="cut-off",
    title="Cut-off",
    asks=(
        "Take the last edition, or the last two together. If the limit was in force then, a comparable race without one "
        "says more about headroom. A results file fills in everything but the limit."
    ),
    formula=(
        "Headroom is the limit divided by the median finish time, for women and for men. The gap is how much smaller the "
        "women’s headroom is, in percent of the men’s. The share removed is the timed-out runners divided by the "
        "starters, for each gender; their difference is women’s minus men’s, with its 95% interval (Newcombe 1998). For "
        "limits a quarter of an hour apart, the share of the finishers of each gender who took longer is counted."
    ),
    sources=(
        (
            "Running USA, averages of 8.4 million marathon times, 2013 to 2023",
            "https://mybestruns.com/rnd/The_Average_Marathon_Time_Has_Gotten_Faster_but_the_Average",
        ),
        (
            "iRunFar, on generous limits and who takes part",
            "https://www.irunfar.com/something-for-everyone-how-generous-cutoff-times-contribute-to-our-sports-diversity",
        ),
        ("Newcombe, R. G., Interval estimation for the difference between independent proportions, 1998", None),
    ),
    reads="results",
    fill=fill,
    fields=(
        Field("limit", "Time limit", "time", "From the last start wave to the finish, as h:mm:ss."),
        *_fields("women", "Women"),
        *_fields("men", "Men"),
        Field(
            "other-starters", "Non-binary or undisclosed who started", "count",
            "Shown apart and never added to women or men.", optional=True, people=True,
        ),
    ),
    table=CURVE,
    figures={
        "women-headroom": "limit ÷ women’s median time",
        "men-headroom": "limit ÷ men’s median time",
        "headroom-gap": "how much smaller the women’s headroom is than the men’s",
        "women-removed": "share of the women who started and were timed out",
        "men-removed": "share of the men who started and were timed out",
        "removed-difference": "share of women removed minus share of men",
        "removed-difference-low": "lower end of the 95% interval of that difference",
    },
    units={
        "women-headroom": "ratio",
        "men-headroom": "ratio",
        "headroom-gap": "percent",
        "women-removed": "percent",
        "men-removed": "percent",
        "removed-difference": "points",
        "removed-difference-low": "points",
    },
    work_out=work_out,
)  # fmt: skip
