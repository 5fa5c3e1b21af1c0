"""Coverage share: how much of the live video, reports and posts is about the women's race."""

from __future__ import annotations

from fractions import Fraction

from auditapp.domain.measures.definition import Field, Measure, NumbersRejected, Table
from auditapp.domain.measures.figure import MOST_BARS, Bullet, Bullets, Figure, Quantity, Step
from auditapp.domain.measures.numbers import Numbers
from auditapp.domain.measures.shown import decimal, percent, quoted

HALF = Fraction(50)


def work_out(numbers: Numbers) -> Figure:
    """Women's share of each kind of coverage; the lowest share counts.

    Per row, share = women ÷ (women + men), in percent. Rows have units of their own (minutes, words, pictures, posts), so
    they are never added. What is about both races at once belongs to neither column. Source: the World Trail Majors
    promise equal space.

    Raises NumbersRejected for a row in which both are 0.
    """
    empty = [index for index, row in enumerate(numbers.rows, start=1) if not sum(row.cells.values())]
    if empty:
        raise NumbersRejected({f"row-{index}.women": "is 0 for both: take this row out" for index in empty})
    rows = [(row.label, row.cells["women"], row.cells["men"]) for row in numbers.rows]
    shares = [100 * women / (women + men) for _, women, men in rows]
    lowest, highest = min(shares), max(shares)
    ends = {"Lowest share": shares.index(lowest), "Highest share": shares.index(highest)}
    if len(rows) == 1:
        ends = {"Share": 0}
    kind = quoted(rows[shares.index(lowest)][0])
    among = f", the lowest of {len(rows)} rows" if len(rows) > 1 else ""
    return Figure(
        measure=MEASURE.id,
        says=f"The women’s race gets {percent(lowest)} of {kind}{among}.",
        quantities=(
            Quantity(id="women-share", label="Women’s lowest share", value=lowest, unit="percent"),
            Quantity(id="women-share-highest", label="Women’s highest share", value=highest, unit="percent"),
        ),
        steps=tuple(
            Step(label=f"{label}, {quoted(rows[at][0])}", text=_quotient(*rows[at][1:], shares[at]))
            for label, at in ends.items()
        ),
        picture=Bullets(
            title="Women’s share of each kind of coverage",
            unit="percent",
            bar="women’s share",
            line="half",
            rows=tuple(
                Bullet(
                    label=label,
                    women=share,
                    line=HALF,
                    says=f"{decimal(women, 2)} of {decimal(women + men, 2)}",
                )
                for (label, women, men), share in zip(rows, shares, strict=True)
            ),
        ),
    )


def _quotient(women: Fraction, men: Fraction, share: Fraction) -> str:
    return f"{decimal(women, 2)} ÷ ({decimal(women, 2)} + {decimal(men, 2)}) = {percent(share)}"


MEASURE = Measure(
    id="coverage-share",
    title="Coverage share",
    asks="Give each kind of coverage a row, and count minutes, words, pictures or posts about either race.",
    formula=(
        "In each row, what is about the women’s race divided by what is about either race, in percent. The lowest row "
        "counts. Minutes and words are never added, and what is about both races at once is left out."
    ),
    sources=(
        (
            "World Trail Majors, female inclusivity",
            "https://worldtrailmajors.com/zh-hans/world-trail-majors-female-inclusivity",
        ),
    ),
    table=Table(
        caption="Coverage",
        label="What",
        most=MOST_BARS,
        columns=(
            Field("women", "About the women’s race", "amount"),
            Field("men", "About the men’s race", "amount"),
        ),
    ),
    figures={
        "women-share": "women’s share in the lowest row",
        "women-share-highest": "women’s share in the highest row",
    },
    units={"women-share": "percent", "women-share-highest": "percent"},
    work_out=work_out,
)
