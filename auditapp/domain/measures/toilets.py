"""Toilets: whether women queue as fast as men, and how many women share a unit."""

from __future__ import annotations

from fractions import Fraction

from auditapp.domain.measures.definition import Field, Measure
from auditapp.domain.measures.figure import Figure, Quantity, Queue, Queues, Step
from auditapp.domain.measures.numbers import Numbers
from auditapp.domain.measures.shown import counted, decimal, ratio
from auditapp.domain.values import ZERO

TIME = Fraction(3, 2)
"""How long a woman takes at a toilet where a man takes 1: the lower end of 1.5 to 2 (Ghent University, 2017)."""


def work_out(numbers: Numbers) -> Figure:
    """Queue parity of the toilets, and women and men for each unit they can use.

    With W women, M men, and U_w and U_m units usable by each (urinals among U_m), queue parity is
    [U_w ÷ (W × 1.5)] ÷ [U_m ÷ M], a plain ratio: 1 means the same wait, less means that women wait longer. Cubicles for
    anyone are split by load, W × 1.5 to M × 1. Women for each unit is W ÷ U_w. Source: Ghent University (2017) for the
    time; the ratio is our own derivation.

    Where every cubicle is for anyone, women and men stand in one queue, and urinals beside it shorten it for both: they are
    left out, so that the parity is 1.

    Without units women can use the parity is 0. It is None where men do not queue: without men, or without units for them.
    """
    women, men = numbers.values["women"], numbers.values["men"]
    shared = numbers.values["shared-units"]
    load = women * TIME
    shared_women = shared * load / (load + men)
    women_units, men_units, urinals = (
        numbers.values[name] for name in ("women-units", "men-units", "urinals")
    )
    one_queue = bool(shared and urinals) and not women_units + men_units
    if one_queue:
        urinals = ZERO
    for_women = women_units + shared_women
    for_men = men_units + urinals + shared - shared_women
    women_per_unit = women / for_women if for_women else None
    men_per_unit = men / for_men if for_men else None
    parity = (for_women / load) / (for_men / men) if for_men and men else None
    steps = [Step(label="Women’s load, women × 1.5", text=f"{_n(women)} × 1.5 = {_n(load)}")]
    if shared:
        split = f"{_n(shared)} × {_n(load)} ÷ ({_n(load)} + {_n(men)}) = {_n(shared_women)}"
        units = f"{_n(women_units)} + {_n(shared_women)} = {_n(for_women)}"
        steps += [
            Step(label="Women’s part of the cubicles for anyone, by load", text=split),
            Step(label="Units women can use", text=units),
        ]
    rest = f" + {_n(shared)} − {_n(shared_women)}" if shared else ""
    steps.append(
        Step(label="Units men can use", text=f"{_n(men_units)} + {_n(urinals)}{rest} = {_n(for_men)}")
    )
    steps += [
        Step(label="Women for each unit", text=_for_each(women, for_women, women_per_unit)),
        Step(label="Men for each unit, urinals counted", text=_for_each(men, for_men, men_per_unit)),
    ]
    if parity is not None and men_per_unit is not None:
        quotient = f"({_n(for_women)} ÷ {_n(load)}) ÷ ({_n(for_men)} ÷ {_n(men)}) = {ratio(parity)}"
        equal = f"{_n(men)} ÷ {_n(for_men)} ÷ 1.5 = {decimal(men_per_unit / TIME, 2)}"
        steps += [
            Step(label="Queue parity, women’s units ÷ their load, over men’s units ÷ men", text=quotient),
            Step(label="Women for each unit that would make the wait the same", text=equal),
        ]
    return Figure(
        measure=MEASURE.id,
        says=_says(women_per_unit, men_per_unit, parity),
        quantities=(
            Quantity(id="queue-parity", label="Queue parity", value=parity, unit="ratio"),
            Quantity(id="women-per-unit", label="Women for each unit", value=women_per_unit, unit="number"),
            Quantity(id="men-per-unit", label="Men for each unit", value=men_per_unit, unit="number"),
            Quantity(id="women-units", label="Units women can use", value=for_women, unit="number"),
        ),
        steps=tuple(steps),
        notes=_notes(shared, men, parity, one_queue=one_queue),
        picture=Queues(
            title="Toilets and the people queueing for them",
            rows=(
                Queue(label="Women", people=women, units=for_women),
                Queue(label="Men", people=men, units=for_men),
            ),
        ),
    )


def _n(value: Fraction) -> str:
    return decimal(value, 4)


def _for_each(people: Fraction, units: Fraction, result: Fraction | None) -> str:
    return (
        f"{_n(people)} ÷ {_n(units)} = {decimal(result, 2)}" if result is not None else "no unit they can use"
    )


def _says(women: Fraction | None, men: Fraction | None, parity: Fraction | None) -> str:
    if women is None:
        return "There is no toilet that women can use."
    found = f"{counted(women, 'woman', 'women')} to a unit"
    if parity is None or men is None:
        return f"There are {found}."
    found = f"{found}, {counted(men, 'man', 'men')} to a unit"
    if parity >= 1:
        return f"Women wait no longer than men: {found}, queue parity {ratio(parity)}."
    return f"Women wait longer than men: {found}, queue parity {ratio(parity)} where 1 is the same wait."


def _notes(shared: Fraction, men: Fraction, parity: Fraction | None, *, one_queue: bool) -> tuple[str, ...]:
    notes = ["A woman is taken to need one and a half times as long as a man; studies say 1.5 to 2 times."]
    if shared:
        notes.append("Cubicles for anyone are split between women and men by load: women × 1.5 to men × 1.")
    if one_queue:
        notes.append(
            "Every cubicle is for anyone, so there is one queue; the urinals beside it are left out."
        )
    if parity is None:
        notes.append(
            "No men are expected, so there is no queue to compare with."
            if not men
            else "There is no toilet that men can use, so there is no queue to compare with."
        )
    return tuple(notes)


MEASURE = Measure(
    id="toilets",
    title="Toilet queues",
    asks="Count the toilets at the start, and the women and men you expect. Every cubicle counts once.",
    formula=(
        "The units women can use, divided by the women expected times 1.5, because a woman needs about one and a half "
        "times as long. The same for men, urinals counted, without the 1.5. The first divided by the second is the queue "
        "parity: 1 means the same wait. Cubicles for anyone are split by load, women × 1.5 to men × 1; where every "
        "cubicle is for anyone, urinals are left out. Beside it stand the women and the men for each unit they can use."
    ),
    sources=(
        (
            "Ghent University, study of queues for toilets, 2017 (phys.org)",
            "https://phys.org/news/2017-07-lengths-restroom.html",
        ),
        (
            "Running USA, everything race directors need to know about porta potties",
            "https://www.runningusa.org/running-usa-news/running-usa-blog-posts/"
            "everything-race-directors-need-to-know-about-port-a-potties/",
        ),
        (
            "Hastings Borough Council, toilets at events, after the UK event guidance",
            "https://www.hastings.gov.uk/event-planning/Site-facilities/toilets/",
        ),
    ),
    fields=(
        Field("women", "Women expected", "count", positive=True),
        Field("men", "Men expected", "count"),
        Field("women-units", "Units only for women", "count", hint="Cubicles and women’s urinals."),
        Field("men-units", "Cubicles only for men", "count"),
        Field("urinals", "Urinals for men", "count", hint="Count places to stand, not blocks."),
        Field("shared-units", "Cubicles for anyone", "count", hint="Accessible toilets too."),
    ),
    figures={
        "queue-parity": "queue parity",
        "women-per-unit": "women for each unit they can use",
        "men-per-unit": "men for each unit they can use",
        "women-units": "units women can use, their part of the shared ones included",
    },
    units={
        "queue-parity": "ratio",
        "women-per-unit": "number",
        "men-per-unit": "number",
        "women-units": "number",
    },
    work_out=work_out,
)
