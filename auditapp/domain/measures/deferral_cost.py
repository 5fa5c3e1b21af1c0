"""Deferral cost: what moving a place to a later year costs of the fee paid for it."""

from __future__ import annotations

from auditapp.domain.measures.definition import Field, Measure, NumbersRejected
from auditapp.domain.measures.figure import Bullet, Bullets, Figure, Quantity, Step
from auditapp.domain.measures.numbers import Numbers
from auditapp.domain.measures.shown import money, percent
from auditapp.domain.values import ZERO


def work_out(numbers: Numbers) -> Figure:
    """What a deferral costs, in percent of the original fee.

    Cost = (money the organiser keeps + new fee for the same place) ÷ original fee. 0 is a place carried over free or a
    full refund; 100 is losing everything; a fee that is kept and paid in full again is 200. Source: SheRACES asks that a
    deferral costs a pregnant entrant nothing more; the ratio is our own.

    Raises NumbersRejected when more is kept than was paid.
    """
    fee, lost, again = numbers.values["fee"], numbers.values["lost"], numbers.values["new-fee"]
    unit = numbers.unit
    if lost > fee:
        raise NumbersRejected({"lost": f"cannot be more than the fee paid ({money(fee, unit)})"})
    gone = lost + again
    cost = 100 * gone / fee
    return Figure(
        measure=MEASURE.id,
        says=(
            f"Moving the place costs {money(gone, unit)} on a fee of {money(fee, unit)}, {percent(cost)} of it."
            if gone
            else "Moving the place costs nothing."
        ),
        quantities=(Quantity(id="cost", label="Cost as a share of the fee", value=cost, unit="percent"),),
        steps=(
            Step(label="Lost and paid again", text=f"{money(lost)} + {money(again)} = {money(gone)}"),
            Step(label="Share of the fee", text=f"{money(gone)} ÷ {money(fee)} = {percent(cost)}"),
        ),
        picture=Bullets(
            title="What is left of the fee",
            unit="money",
            bar="what she keeps of the fee",
            line="the fee she paid",
            rows=(
                Bullet(
                    label="Her fee",
                    women=max(fee - gone, ZERO),
                    line=fee,
                    says=f"{money(gone, unit)} gone" if gone else "nothing lost",
                ),
            ),
        ),
    )


MEASURE = Measure(
    id="deferral-cost",
    title="Deferral cost",
    asks="Take one woman who paid the full price. Type what she paid, what she does not get back, and what she pays again.",
    formula=(
        "The money she does not get back plus what she pays again for the same place, divided by the fee she paid, in "
        "percent. 0% is a place carried over free or a full refund. A fee that is kept and paid in full again is 200%."
    ),
    sources=(
        ("Runner’s World UK, on pregnancy deferral at the New York City Marathon, August 2023", None),
        (
            "SheRACES, London Landmarks Half Marathon: a case study",
            "https://www.sheraces.com/post/london-landmarks-half-marathon-a-sheraces-case-study",
        ),
    ),
    money=True,
    fields=(
        Field("fee", "Fee she paid", "amount", positive=True),
        Field(
            "lost", "Money not given back or carried over", "amount", hint="0 when the fee is carried over."
        ),
        Field("new-fee", "Paid again for the same place", "amount", hint="Booking and transfer fees too."),
    ),
    figures={"cost": "(money lost + new fee) ÷ original fee"},
    units={"cost": "percent"},
    work_out=work_out,
)
