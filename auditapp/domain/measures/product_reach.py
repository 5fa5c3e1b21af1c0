"""Product reach: at how many staffed points free period products can be had."""

from __future__ import annotations

from fractions import Fraction

from auditapp.domain.measures.definition import Field, Measure
from auditapp.domain.measures.figure import Bullet, Bullets, Figure, Quantity, Step
from auditapp.domain.measures.numbers import Numbers
from auditapp.domain.measures.shown import counted, decimal, percent


def work_out(numbers: Numbers) -> Figure:
    """Staffed points with free pads and tampons among all staffed points, and the longest way without any.

    Reach = points with both ÷ all staffed points, in percent; start, finish, every aid station and every block of toilets
    is a point. The longest gap is in kilometres. Whether they can be taken without asking, and whether runners were told,
    are 1 or 0. Source: Trail Sisters asks for products at all aid stations.
    """
    points, stocked = numbers.values["points"], numbers.values["points-with-products"]
    reach = 100 * stocked / points
    gap = numbers.get("longest-gap")
    unasked, announced = numbers.values["without-asking"], numbers.values["announced"]
    missing = points - stocked
    return Figure(
        measure=MEASURE.id,
        says=_says(points, stocked, unasked, announced),
        quantities=(
            Quantity(id="reach", label="Points with products", value=reach, unit="percent"),
            Quantity(
                id="points-with-products",
                label="Number of points with products",
                value=stocked,
                unit="number",
            ),
            Quantity(id="longest-gap", label="Longest way without products", value=gap, unit="km"),
            Quantity(id="without-asking", label="Taken without asking", value=unasked, unit="yes-no"),
            Quantity(id="announced", label="Announced to runners", value=announced, unit="yes-no"),
        ),
        steps=(
            Step(
                label="Points with pads and tampons ÷ all points",
                text=f"{decimal(stocked, 0)} ÷ {decimal(points, 0)} = {percent(reach)}",
            ),
        ),
        picture=Bullets(
            title="Points with free pads and tampons",
            unit="number",
            bar="points with products",
            line="all staffed points",
            rows=(
                Bullet(
                    label="Staffed points",
                    women=stocked,
                    line=points,
                    says=f"{decimal(missing, 0)} without" if missing else "all of them",
                ),
            ),
        ),
    )


def _says(points: Fraction, stocked: Fraction, unasked: Fraction, announced: Fraction) -> str:
    if not stocked:
        return f"None of {counted(points, 'staffed point', 'staffed points')} has free pads and tampons."
    where = f"{decimal(stocked, 0)} of {counted(points, 'staffed point', 'staffed points')}"
    how = "taken without asking" if unasked else "handed out on request"
    told = "announced to runners" if announced else "not announced"
    return f"Free pads and tampons at {where}, {how}, {told}."


MEASURE = Measure(
    id="product-reach",
    title="Product reach",
    asks="Count every staffed point and block of toilets, start and finish too, and those with free pads and tampons.",
    formula=(
        "Points with both pads and tampons, free, divided by all staffed points, in percent. Start, finish, every aid "
        "station and every block of toilets is a point. A point with only one of the two does not count."
    ),
    sources=(
        (
            "Trail Sisters, Trail Sisters Approved",
            "https://calendar.trailsisters.net/trail-sisters-approved/",
        ),
    ),
    fields=(
        Field("points", "Staffed points and blocks of toilets", "count", positive=True),
        Field(
            "points-with-products",
            "Points with free pads and tampons",
            "count",
            hint="Both of them, not one.",
            part_of="points",
        ),
        Field("longest-gap", "Longest way between two such points, in km", "amount", optional=True),
        Field("without-asking", "Can they be taken without asking?", "yes-no"),
        Field("announced", "Does the runner information say where they are?", "yes-no"),
    ),
    figures={
        "reach": "points with free pads and tampons ÷ all staffed points",
        "points-with-products": "number of points with free pads and tampons",
        "longest-gap": "longest way without any",
        "without-asking": "can be taken without asking",
        "announced": "announced in the runner information",
    },
    units={
        "reach": "percent",
        "points-with-products": "number",
        "longest-gap": "km",
        "without-asking": "yes-no",
        "announced": "yes-no",
    },
    work_out=work_out,
)
