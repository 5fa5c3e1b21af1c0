"""Product reach: at how many staffed points free period products can be had."""

from __future__ import annotations

from fractions import Fraction

from auditapp.domain.measures.definition import Field, Measure
from auditapp.domain.measures.figure import Bullet, Bullets, Figure, Quantity, Step
from auditapp.domain.measures.numbers import Numbers
from auditapp.domain.measures.shown import counted, decimal, percent


def work_out(numbers: Numbers) -> Figure:
    """Staffed points with free pads or tampons among all staffed points, and the longest way without any.

    Reach = points with products ÷ all staffed points, in percent; start, finish, every aid station and every block of
    toilets is a point. The longest gap is in kilometres. Whether both kinds are at each of these points, whether they can be
    taken without asking, and whether runners were told, are 1 or 0. Source: Trail Sisters asks for products at all aid
    stations.
    """
    points, stocked = numbers.values["points"], numbers.values["points-with-products"]
    reach = 100 * stocked / points
    gap = numbers.get("longest-gap")
    both, unasked, announced = (
        numbers.values[name] for name in ("both-kinds", "without-asking", "announced")
    )
    missing = points - stocked
    return Figure(
        measure=MEASURE.id,
        says=_says(points, stocked, both=both, unasked=unasked, announced=announced),
        quantities=(
            Quantity(id="reach", label="Points with products", value=reach, unit="percent"),
            Quantity(
                id="points-with-products",
                label="Number of points with products",
                value=stocked,
                unit="number",
            ),
            Quantity(id="longest-gap", label="Longest way without products", value=gap, unit="km"),
            Quantity(id="both-kinds", label="Both pads and tampons", value=both, unit="yes-no"),
            Quantity(id="without-asking", label="Taken without asking", value=unasked, unit="yes-no"),
            Quantity(id="announced", label="Announced to runners", value=announced, unit="yes-no"),
        ),
        steps=(
            Step(
                label="Points with pads or tampons ÷ all points",
                text=f"{decimal(stocked, 0)} ÷ {decimal(points, 0)} = {percent(reach)}",
            ),
        ),
        picture=Bullets(
            title="Points with free pads or tampons",
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


def _says(
    points: Fraction, stocked: Fraction, *, both: Fraction, unasked: Fraction, announced: Fraction
) -> str:
    if not stocked:
        return f"None of {counted(points, 'staffed point', 'staffed points')} has free pads or tampons."
    what = "Free pads and tampons" if both else "Free pads or tampons, not both,"
    where = f"{decimal(stocked, 0)} of {counted(points, 'staffed point', 'staffed points')}"
    how = "taken without asking" if unasked else "handed out on request"
    told = "announced to runners" if announced else "not announced"
    return f"{what} at {where}, {how}, {told}."


MEASURE = Measure(
    id="product-reach",
    title="Product reach",
    asks="Count every staffed point and block of toilets, start and finish too, and those with free pads or tampons.",
    formula=(
        "Points with free pads or tampons divided by all staffed points, in percent. Start, finish, every aid station and "
        "every block of toilets is a point. Whether there are both kinds at each of them is asked apart."
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
            "Points with free pads or tampons",
            "count",
            part_of="points",
        ),
        Field("both-kinds", "Are there both pads and tampons at each of these?", "yes-no"),
        Field("longest-gap", "Longest way between two such points, in km", "amount", optional=True),
        Field("without-asking", "Can they be taken without asking?", "yes-no"),
        Field("announced", "Does the runner information say where they are?", "yes-no"),
    ),
    figures={
        "reach": "points with free pads or tampons ÷ all staffed points",
        "points-with-products": "number of points with free pads or tampons",
        "longest-gap": "longest way without any",
        "both-kinds": "both pads and tampons at each of these points",
        "without-asking": "can be taken without asking",
        "announced": "announced in the runner information",
    },
    units={
        "reach": "percent",
        "points-with-products": "number",
        "longest-gap": "km",
        "both-kinds": "yes-no",
        "without-asking": "yes-no",
        "announced": "yes-no",
    },
    work_out=work_out,
)
