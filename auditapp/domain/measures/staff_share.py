"""Staff share: how many of the people in visible and deciding roles are women."""

from __future__ import annotations

from fractions import Fraction

from auditapp.domain.measures.definition import Field, Measure, NumbersRejected, Table
from auditapp.domain.measures.figure import MOST_BARS, CountedShare, Figure, Quantity, Shares, Step
from auditapp.domain.measures.numbers import Numbers
from auditapp.domain.measures.shown import percent, quoted

NEARLY_HALF = 45
"""The percentage from which a row counts as evenly shared."""


def work_out(numbers: Numbers) -> Figure:
    """Women's share of roles such as first-aiders, marshal leads, referees, announcers and the board.

    Share = Σ women ÷ Σ people over all rows, in percent; per row the same. A person in two roles counts in both. Roles
    are public, so small counts are shown. Source: SheRunner Australia asks for women among volunteers and medics, the
    World Athletics "Better World" standard for diverse staff.

    Raises NumbersRejected when a row has more women than people.
    """
    over = {
        f"row-{index}.women": f"cannot be more than everybody in the row ({int(row.cells['all']):,})"
        for index, row in enumerate(numbers.rows, start=1)
        if row.cells["women"] > row.cells["all"]
    }
    if over:
        raise NumbersRejected(over)
    rows = [(row.label, int(row.cells["women"]), int(row.cells["all"])) for row in numbers.rows]
    women, everybody = sum(count for _, count, _ in rows), sum(of for _, _, of in rows)
    share = Fraction(100 * women, everybody)
    shares = [Fraction(100 * count, of) for _, count, of in rows]
    lowest = min(shares)
    at = shares.index(lowest)
    even = sum(1 for one in shares if one >= NEARLY_HALF)
    where = f"; {percent(lowest)} in {quoted(rows[at][0])}, the lowest" if len(rows) > 1 else ""
    return Figure(
        measure=MEASURE.id,
        says=f"Women hold {women:,} of {everybody:,} roles, {percent(share)}{where}.",
        quantities=(
            Quantity(id="women-share", label="Women’s share of all roles", value=share, unit="percent"),
            Quantity(
                id="lowest-share", label="Women’s share of the lowest row", value=lowest, unit="percent"
            ),
            Quantity(
                id="women-in-first-row",
                label="Women in the first row",
                value=Fraction(rows[0][1]),
                unit="number",
            ),
            Quantity(
                id="rows-at-45",
                label=f"Rows with {NEARLY_HALF}% or more",
                value=Fraction(even),
                unit="number",
            ),
        ),
        shares=tuple(
            CountedShare(id=f"row-{index}", label=label, count=count, of=of, people=False)
            for index, (label, count, of) in enumerate(rows, start=1)
        ),
        steps=(
            Step(label="All rows", text=f"{women:,} ÷ {everybody:,} = {percent(share)}"),
            Step(
                label=f"Lowest row, {quoted(rows[at][0])}",
                text=f"{rows[at][1]:,} ÷ {rows[at][2]:,} = {percent(lowest)}",
            ),
            Step(label=f"Rows with {NEARLY_HALF}% or more", text=f"{even} of {len(rows)}"),
        ),
        picture=Shares(
            title="Women in each role", shares=tuple(f"row-{index}" for index in range(1, len(rows) + 1))
        ),
    )


MEASURE = Measure(
    id="staff-share",
    title="Staff and leadership share",
    asks="Give each role a row and count who does it. Take them from the rota, not from memory.",
    formula=(
        "Women divided by everybody, in percent: over all rows together, and in each row. Who has two roles counts in "
        "both. Beside the share stand the lowest row, the women in the first row, and the number of rows with at least "
        f"{NEARLY_HALF}%."
    ),
    sources=(
        (
            "SheRunner Australia, for race directors",
            "https://www.sherunneraus.com.au/for-race-directors.html",
        ),
        (
            "World Athletics, Athletics for a Better World standard",
            "https://worldathletics.org/athletics-better-world/sustainability/"
            "athletics-for-a-better-world-standard",
        ),
    ),
    table=Table(
        caption="Roles",
        label="Role",
        most=MOST_BARS,
        columns=(
            Field("women", "Women", "count"),
            Field("all", "Everybody", "count", positive=True),
        ),
    ),
    figures={
        "women-share": "women’s share of all roles together",
        "lowest-share": "women’s share in the lowest row",
        "women-in-first-row": "number of women in the first row",
        "rows-at-45": f"number of rows with {NEARLY_HALF}% women or more",
    },
    units={
        "women-share": "percent",
        "lowest-share": "percent",
        "women-in-first-row": "number",
        "rows-at-45": "number",
    },
    work_out=work_out,
)
