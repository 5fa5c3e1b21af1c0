"""Shirts: whether women have as many sizes in a cut of their own, and get what they ordered."""

from __future__ import annotations

from fractions import Fraction

from auditapp.domain.measures.definition import Field, Measure, NumbersRejected
from auditapp.domain.measures.figure import (
    SMALL_GROUP,
    Bullet,
    Bullets,
    Figure,
    Quantity,
    Step,
)
from auditapp.domain.measures.numbers import Numbers
from auditapp.domain.measures.parts import Part, gap, part
from auditapp.domain.measures.shown import counted, decimal, percent, ratio


def work_out(numbers: Numbers) -> Figure:
    """Sizes of the women's cut against the other one, how shirts can be chosen, and how many came as ordered.

    Sizes ratio = sizes in the women's cut ÷ sizes in the men's or unisex cut, a plain ratio; where there is only a women's
    cut it counts as 1. Fulfilment = shirts handed over in the cut and size ordered ÷ shirts ordered, in percent, for women
    and men; their difference in points, women minus men. Order mix = the women's cut's share of the order ÷ women's share
    of the entrants, a plain ratio. Source: Trail Sisters bars unisex only; fulfilment and mix are our own.

    Shirts are no people, so small counts are public. Fulfilment of under 30 shirts is shown and not judged, while the
    sizes are. What is not given is None. Raises NumbersRejected when there are no sizes at all.
    """
    women_sizes, men_sizes = numbers.values["women-sizes"], numbers.values["men-sizes"]
    if not women_sizes + men_sizes:
        raise NumbersRejected({"men-sizes": "give the sizes of at least one cut"})
    sizes_ratio = women_sizes / men_sizes if men_sizes else Fraction(1)
    women = part(numbers, "women-given", "women-ordered")
    men = part(numbers, "men-given", "men-ordered")
    difference = gap(more=women, less=men)
    cut_share, entrants = numbers.get("women-cut-share"), numbers.get("women-share")
    order_mix = cut_share / entrants if cut_share is not None and entrants else None
    few_women, few_men = (one is not None and one.of < SMALL_GROUP for one in (women, men))
    shares = tuple(
        one.share(who, f"{who.capitalize()}’s shirts handed over as ordered", people=False)
        for who, one in (("women", women), ("men", men))
        if one is not None
    )
    steps = [
        Step(label="Sizes, women’s cut ÷ men’s or unisex cut", text=_sizes_step(women_sizes, men_sizes)),
        *(share.step for share in shares),
        *(difference.steps("Difference, women − men") if difference else ()),
    ]
    if cut_share is not None and entrants and order_mix is not None:
        text = f"{decimal(cut_share, 2)}% ÷ {decimal(entrants, 2)}% = {ratio(order_mix)}"
        steps.append(Step(label="Women’s cut in the order ÷ women among entrants", text=text))
    return Figure(
        measure=MEASURE.id,
        says=_says(women_sizes, men_sizes, women),
        quantities=(
            Quantity(
                id="sizes-ratio", label="Sizes, women’s cut ÷ other cut", value=sizes_ratio, unit="ratio"
            ),
            Quantity(id="women-sizes", label="Sizes in the women’s cut", value=women_sizes, unit="number"),
            Quantity(id="men-sizes", label="Sizes in the other cut", value=men_sizes, unit="number"),
            *(
                Quantity(id=name, label=label, value=numbers.values[name], unit="yes-no")
                for name, label in _ORDERING.items()
            ),
            Quantity(
                id="women-fulfilment",
                label="Women’s shirts as ordered",
                value=women.percent if women else None,
                unit="percent",
                small=few_women,
            ),
            Quantity(
                id="men-fulfilment",
                label="Men’s shirts as ordered",
                value=men.percent if men else None,
                unit="percent",
                small=few_men,
            ),
            Quantity(
                id="fulfilment-difference",
                label="Difference, women − men",
                value=difference.points if difference else None,
                unit="points",
                small=few_women or few_men,
            ),
            Quantity(
                id="order-mix",
                label="Women’s cut in the order ÷ women among entrants",
                value=order_mix,
                unit="ratio",
            ),
        ),
        shares=shares,
        steps=tuple(steps),
        notes=_notes(men_sizes, few_women or few_men),
        picture=Bullets(
            title="Sizes in each cut",
            unit="number",
            bar="sizes in the women’s cut",
            line="sizes in the men’s or unisex cut",
            rows=(
                Bullet(label="Sizes", women=women_sizes, line=men_sizes, says=_fewer(women_sizes, men_sizes)),
            ),
        ),
    )


_ORDERING = {
    "chart": "Measurements in cm where people order",
    "chosen-at-entry": "Cut and size chosen at entry",
    "no-garment": "A shirt can be declined",
}


def _sizes_step(women: Fraction, men: Fraction) -> str:
    if not men:
        return f"{decimal(women, 0)} sizes in the women’s cut, no other cut"
    return f"{decimal(women, 0)} ÷ {decimal(men, 0)} = {ratio(women / men)}"


def _fewer(women: Fraction, men: Fraction) -> str:
    if women == men:
        return "equal"
    gap = decimal(abs(men - women), 0)
    return f"{gap} fewer" if women < men else f"{gap} more"


def _says(women: Fraction, men: Fraction, fulfilled: Part | None) -> str:
    if not women:
        found = f"There is no women’s cut; the men’s or unisex cut comes in {counted(men, 'size', 'sizes')}"
    elif not men:
        found = f"There is only a women’s cut, in {counted(women, 'size', 'sizes')}"
    else:
        found = f"The women’s cut comes in {counted(women, 'size', 'sizes')}, the men’s or unisex cut in {decimal(men, 0)}"
    if fulfilled is None:
        return f"{found}."
    came = f"{fulfilled.those:,} of the {fulfilled.of:,} shirts women ordered came as ordered"
    return f"{found}; {came}, {percent(fulfilled.percent)}."


def _notes(men_sizes: Fraction, few: bool) -> tuple[str, ...]:
    notes = []
    if not men_sizes:
        notes.append("There is no other cut to compare with, so the ratio of sizes counts as 1.")
    if few:
        notes.append(f"Small numbers: fulfilment of fewer than {SMALL_GROUP} shirts is shown and not judged.")
    return tuple(notes)


MEASURE = Measure(
    id="shirts",
    title="Shirts",
    asks="Count the sizes on your supplier’s order form. A unisex cut counts as the men’s, never as the women’s.",
    formula=(
        "The number of sizes in the women’s cut divided by the number in the men’s or unisex cut. Where you know how many "
        "shirts were handed over in the cut and size ordered, that number divided by those ordered, in percent, for women "
        "and for men, and the difference. Where you know the order, the women’s cut’s share of it divided by women’s share "
        "of the entrants: 1 means that as many were ordered as there are women."
    ),
    sources=(
        (
            "Trail Sisters, Trail Sisters Approved",
            "https://calendar.trailsisters.net/trail-sisters-approved/",
        ),
        ("SheRACES, triathlon report", "https://sheraces.com/triathlonreport"),
    ),
    fields=(
        Field("women-sizes", "Sizes in the women’s cut", "count", hint="0 when there is no women’s cut."),
        Field("men-sizes", "Sizes in the men’s or unisex cut", "count"),
        Field("chart", "Are measurements in cm shown where people order?", "yes-no"),
        Field("chosen-at-entry", "Do people choose cut and size when they enter?", "yes-no"),
        Field("no-garment", "Can people decline a shirt?", "yes-no"),
        Field("women-ordered", "Shirts women ordered", "count", optional=True, beside="women-given"),
        Field(
            "women-given",
            "Women’s shirts handed over in that cut and size",
            "count",
            optional=True,
            part_of="women-ordered",
            beside="women-ordered",
        ),
        Field("men-ordered", "Shirts men ordered", "count", optional=True, beside="men-given"),
        Field(
            "men-given",
            "Men’s shirts handed over in that cut and size",
            "count",
            optional=True,
            part_of="men-ordered",
            beside="men-ordered",
        ),
        Field(
            "women-cut-share",
            "Women’s cut in the whole order, in %",
            "percent",
            optional=True,
            beside="women-share",
        ),
        Field(
            "women-share", "Women among entrants, in %", "percent", optional=True, beside="women-cut-share"
        ),
    ),
    figures={
        "sizes-ratio": "sizes in the women’s cut ÷ sizes in the other cut",
        "women-sizes": "number of sizes in the women’s cut",
        "men-sizes": "number of sizes in the men’s or unisex cut",
        "chart": "measurements in cm shown where people order",
        "chosen-at-entry": "cut and size chosen at entry",
        "no-garment": "a shirt can be declined",
        "women-fulfilment": "women’s shirts handed over as ordered",
        "men-fulfilment": "men’s shirts handed over as ordered",
        "fulfilment-difference": "the women’s share of shirts as ordered minus the men’s",
        "order-mix": "women’s cut in the order ÷ women among entrants",
    },
    units={
        "sizes-ratio": "ratio",
        "women-sizes": "number",
        "men-sizes": "number",
        "chart": "yes-no",
        "chosen-at-entry": "yes-no",
        "no-garment": "yes-no",
        "women-fulfilment": "percent",
        "men-fulfilment": "percent",
        "fulfilment-difference": "points",
        "order-mix": "ratio",
    },
    work_out=work_out,
)
