"""Pace groups: whether a club has a led group at the pace at which most women run."""

from __future__ import annotations

from fractions import Fraction

from auditapp.domain.measures.definition import Field, Measure, NumbersRejected, Table
from auditapp.domain.measures.figure import (
    MOST_BARS,
    SMALL_GROUP,
    Bullet,
    Bullets,
    CountedShare,
    Figure,
    Quantity,
    Step,
)
from auditapp.domain.measures.numbers import Numbers, Row
from auditapp.domain.measures.parts import part
from auditapp.domain.measures.privacy import unpublished
from auditapp.domain.measures.shown import counted, pace, percent, quoted

AVERAGE_WOMAN = Fraction(397)
"""Seconds for a kilometre, 6:37: the average UK woman runner (Let's Do This, November 2024)."""


def work_out(numbers: Numbers) -> Figure:
    """The slowest pace at which somebody leads a group, and how many members that takes along.

    Slowest led pace = the most seconds for a kilometre of any group that is led and meets at least once a month; higher is
    slower, and None means that there is no such group. Covered = members whose easy pace is at that pace or faster ÷ all
    members, in percent, for women and men. Source: the average pace of UK women runners is Let's Do This's (2024), and
    the share covered is our own; under 30 members it is shown and not judged.

    Raises NumbersRejected for a led group without a pace, and for members covered when no group is led.
    """
    unpaced = {
        f"row-{index}.pace": "is needed for a group that is led"
        for index, row in enumerate(numbers.rows, start=1)
        if row.cells["led"] and "pace" not in row.cells
    }
    if unpaced:
        raise NumbersRejected(unpaced)
    led = [row for row in numbers.rows if row.cells["led"] and row.cells["per-month"]]
    slowest = max(led, key=lambda row: row.cells["pace"]) if led else None
    covered = [name for name in ("women-covered", "men-covered") if numbers.get(name)]
    if slowest is None and covered:
        raise NumbersRejected(dict.fromkeys(covered, "must be 0 when no group is led at least once a month"))
    out = unpublished(MEASURE, numbers)
    shares = {
        who: told.share(
            who,
            f"{who.capitalize()} a led group is slow enough for",
            private=not out.isdisjoint((who, f"{who}-covered")),
        )
        for who in ("women", "men")
        if (told := part(numbers, f"{who}-covered", who))
    }
    few = any(share.of < SMALL_GROUP for share in shares.values())
    return Figure(
        measure=MEASURE.id,
        says=_says(slowest, shares.get("women"), len(numbers.rows)),
        quantities=(
            Quantity(
                id="slowest-led-pace",
                label="Slowest led pace",
                value=slowest.cells["pace"] if slowest else None,
                unit="pace",
            ),
            Quantity(id="groups", label="Groups", value=Fraction(len(numbers.rows)), unit="number"),
            Quantity(
                id="groups-led", label="Led at least once a month", value=Fraction(len(led)), unit="number"
            ),
            _covered("women", shares.get("women")),
            _covered("men", shares.get("men")),
        ),
        shares=tuple(shares.values()),
        steps=(
            Step(
                label="Groups led at least once a month",
                text=f"{len(led)} of {counted(len(numbers.rows), 'group', 'groups')}",
            ),
            Step(
                label="The slowest of them",
                text=f"{quoted(slowest.label)}, {pace(slowest.cells['pace'])}"
                if slowest
                else "there is none",
            ),
            *(share.step for share in shares.values()),
        ),
        notes=(f"Small numbers: a share of fewer than {SMALL_GROUP} members is shown and not judged.",)
        if few
        else (),
        picture=Bullets(
            title="The slowest pace of each group",
            unit="pace",
            bar="slowest pace of the group, longer is slower",
            line=f"the average woman, {pace(AVERAGE_WOMAN)}",
            rows=tuple(
                Bullet(label=row.label, women=row.cells["pace"], line=AVERAGE_WOMAN, says=_group(row))
                for row in numbers.rows
                if "pace" in row.cells
            ),
        ),
    )


def _covered(who: str, share: CountedShare | None) -> Quantity:
    return Quantity(
        id=f"{who}-covered",
        label=f"{who.capitalize()} a led group is slow enough for",
        value=share.percent if share else None,
        unit="percent",
        private=share is not None and share.private,
        small=share is not None and share.of < SMALL_GROUP,
    )


def _group(row: Row) -> str:
    if not row.cells["led"]:
        return "not led"
    times = row.cells["per-month"]
    return f"led {counted(times, 'time', 'times')} a month" if times else "does not meet"


def _says(slowest: Row | None, women: CountedShare | None, groups: int) -> str:
    if slowest is None:
        return f"None of {counted(groups, 'group', 'groups')} is led at least once a month."
    found = f"The slowest led group, {quoted(slowest.label)}, runs at {pace(slowest.cells['pace'])}"
    if women is None or women.percent is None or women.private:
        return f"{found}."
    return f"{found}, slow enough for {percent(women.percent)} of the women in the club."


MEASURE = Measure(
    id="pace-groups",
    title="Pace groups",
    asks="Give each group a row, with the slowest pace it runs at and whether somebody leads it.",
    formula=(
        "The slowest pace of all groups that somebody leads and that meet at least once a month. A group without a leader "
        "counts as a group, not as a led one. Where you know the members’ easy paces, those at or faster than that pace are "
        "divided by all members, in percent, for women and for men. The line in the picture is the average UK woman "
        f"runner’s pace, {pace(AVERAGE_WOMAN)} (2024)."
    ),
    sources=(
        (
            "Let’s Do This, The challenges women face in running and how it impacts participation, November 2024",
            None,
        ),
    ),
    fields=(
        Field("women", "Women in the club", "count", optional=True, people=True, beside="women-covered"),
        Field(
            "women-covered",
            "Women whose easy pace is at or faster than the slowest led group",
            "count",
            optional=True,
            people=True,
            part_of="women",
            beside="women",
        ),
        Field("men", "Men in the club", "count", optional=True, people=True, beside="men-covered"),
        Field(
            "men-covered",
            "Men whose easy pace is at or faster than the slowest led group",
            "count",
            optional=True,
            people=True,
            part_of="men",
            beside="men",
        ),
    ),
    table=Table(
        caption="Groups",
        label="Group",
        most=MOST_BARS,
        columns=(
            Field("pace", "Slowest pace, min/km", "pace", optional=True, hint="Such as 6:37."),
            Field("led", "Led?", "yes-no"),
            Field("per-month", "Times a month", "count"),
        ),
    ),
    figures={
        "slowest-led-pace": "slowest pace of a group that is led at least once a month",
        "groups": "number of groups",
        "groups-led": "number of groups led at least once a month",
        "women-covered": "share of the women a led group is slow enough for",
        "men-covered": "share of the men a led group is slow enough for",
    },
    units={
        "slowest-led-pace": "pace",
        "groups": "number",
        "groups-led": "number",
        "women-covered": "percent",
        "men-covered": "percent",
    },
    work_out=work_out,
)
