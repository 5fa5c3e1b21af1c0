"""Prize parity: whether women win as much as men, place by place."""

from __future__ import annotations

from fractions import Fraction
from itertools import zip_longest

from auditapp.domain.measures.definition import Field, Measure, NumbersRejected, Table
from auditapp.domain.measures.figure import MOST_BARS, Bullet, Bullets, Figure, Quantity, Step
from auditapp.domain.measures.numbers import Numbers
from auditapp.domain.measures.shown import money, ordinal, ratio
from auditapp.domain.values import ZERO


def work_out(numbers: Numbers) -> Figure:
    """Lowest ratio at any place, total ratio and depth of a prize list.

    Per place i, r_i = women's prize ÷ men's prize, in one currency; goods count at their shop price. The lowest ratio is
    the smallest r_i over all places paid to either, and a place paid to men only counts as 0. A place paid to women only
    counts as 1: more for women is not a fault. Total ratio = Σ women ÷ Σ men, depth = places women ÷ places men; all are
    plain ratios. Source: the rule of Trail Sisters Approved, the same prize at every place and the same depth.

    Raises NumbersRejected when nobody is paid anything.
    """
    places = [
        (women or ZERO, men or ZERO)
        for women, men in zip_longest(numbers.column("women"), numbers.column("men"))
    ]
    while places and places[-1] == (0, 0):
        places.pop()
    women_total, men_total = sum((w for w, _ in places), ZERO), sum((m for _, m in places), ZERO)
    if not women_total and not men_total:
        raise NumbersRejected({"rows": "give at least one prize"})
    women_places, men_places = sum(1 for w, _ in places if w), sum(1 for _, m in places if m)
    ratios = [women / men if men else Fraction(1) for women, men in places]
    lowest = min(ratios)
    at = ratios.index(lowest)
    short = max(men - women for women, men in places)
    total_ratio = women_total / men_total if men_total else Fraction(1)
    depth = Fraction(women_places, men_places) if men_places else Fraction(1)
    unit = numbers.unit
    return Figure(
        measure=MEASURE.id,
        says=_says(places, women_total, men_total, unit),
        quantities=(
            Quantity(id="lowest-ratio", label="Lowest ratio at any place", value=lowest, unit="ratio"),
            Quantity(id="total-ratio", label="Ratio of the totals", value=total_ratio, unit="ratio"),
            Quantity(id="depth", label="Ratio of the places paid", value=depth, unit="ratio"),
            Quantity(
                id="short", label="Largest shortfall at one place", value=max(short, ZERO), unit="money"
            ),
        ),
        steps=(
            Step(label="Lowest ratio at any place", text=_quotient(*places[at], lowest)),
            Step(label="Totals", text=_quotient(women_total, men_total, total_ratio)),
            Step(label="Places paid, women and men", text=f"{women_places} and {men_places}"),
        ),
        picture=Bullets(
            title="Prizes place by place",
            unit="money",
            bar="women’s prize",
            line="men’s prize at the same place",
            rows=tuple(
                Bullet(label=ordinal(place), women=women, line=men, says=_gap(women, men, unit))
                for place, (women, men) in enumerate(places, start=1)
            ),
        ),
    )


def _quotient(women: Fraction, men: Fraction, result: Fraction) -> str:
    if not men:
        return f"{money(women)} for women, nothing for men"
    return f"{money(women)} ÷ {money(men)} = {ratio(result)}"


def _gap(women: Fraction, men: Fraction, unit: str) -> str:
    if women == men:
        return "equal"
    gap = money(abs(men - women), unit)
    return f"{gap} short" if women < men else f"{gap} more"


def _says(places: list[tuple[Fraction, Fraction]], women: Fraction, men: Fraction, unit: str) -> str:
    short = [(men_ - women_, place) for place, (women_, men_) in enumerate(places, start=1) if women_ < men_]
    if not short:
        return "Every place pays women at least as much as men."
    gap, place = max(short, key=lambda one: (one[0], -one[1]))
    totals = f"Women’s prizes come to {money(women, unit)} and men’s to {money(men, unit)}"
    return f"{totals}; the {ordinal(place)} place pays women {money(gap, unit)} less."


MEASURE = Measure(
    id="prize-parity",
    title="Prize parity",
    asks="Type what each place receives. Count goods at their shop price.",
    formula=(
        "At each place, the women’s prize divided by the men’s prize. The lowest of these ratios counts, over every place "
        "paid to either; a place that pays men only counts as 0, and more for women is not a fault. Beside it stand the "
        "ratio of the totals and the ratio of the number of places paid."
    ),
    sources=(
        (
            "Trail Sisters, Trail Sisters Approved",
            "https://calendar.trailsisters.net/trail-sisters-approved/",
        ),
    ),
    money=True,
    table=Table(
        caption="Prizes",
        numbered=True,
        most=MOST_BARS,
        columns=(
            Field("women", "Women", "amount", optional=True),
            Field("men", "Men", "amount", optional=True),
        ),
    ),
    figures={
        "lowest-ratio": "lowest ratio at any place",
        "total-ratio": "women’s total ÷ men’s total",
        "depth": "places paid to women ÷ places paid to men",
        "short": "largest shortfall at one place",
    },
    units={"lowest-ratio": "ratio", "total-ratio": "ratio", "depth": "ratio", "short": "money"},
    work_out=work_out,
)
