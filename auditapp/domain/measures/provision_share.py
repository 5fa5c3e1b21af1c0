"""Provision share: what women and girls get of hours, money, sessions and the like, beside their number."""

from __future__ import annotations

from fractions import Fraction

from auditapp.domain.measures.definition import Field, Measure, NumbersRejected, Table
from auditapp.domain.measures.figure import (
    MOST_BARS,
    NOT_PUBLISHED,
    Bullet,
    Bullets,
    Figure,
    Quantity,
    Step,
)
from auditapp.domain.measures.numbers import Numbers
from auditapp.domain.measures.parts import Part
from auditapp.domain.measures.privacy import unpublished
from auditapp.domain.measures.shown import decimal, percent, quoted, ratio

HALF = Fraction(50)


def work_out(numbers: Numbers) -> Figure:
    """Women's share of each thing provided, and of the lowest beside their share of the people.

    Per row, share = women ÷ (women + men), in percent; rows have units of their own and are never added. Where the people
    are counted, the lowest share is divided by women's share of them, a plain ratio: 1 means a fair part of everything.
    Source: the School Games Mark asks for the same hours and spending; the ratio is our own.

    Raises NumbersRejected for a row in which both are 0, and for people of whom there are none.
    """
    empty = [index for index, row in enumerate(numbers.rows, start=1) if not sum(row.cells.values())]
    if empty:
        raise NumbersRejected({f"row-{index}.women": "is 0 for both: take this row out" for index in empty})
    rows = [(row.label, row.cells["women"], row.cells["men"]) for row in numbers.rows]
    shares = [100 * women / (women + men) for _, women, men in rows]
    lowest, highest = min(shares), max(shares)
    part = _people(numbers)
    private = not unpublished(MEASURE, numbers).isdisjoint(("women", "men"))
    people = part.share("people", "Women or girls among the people", private=private) if part else None
    of_people = part.percent if part else None
    to_people = lowest / of_people if of_people else None
    ends = {"Lowest share": shares.index(lowest), "Highest share": shares.index(highest)}
    if len(rows) == 1:
        ends = {"Share": 0}
    steps = [
        Step(label=f"{label}, {quoted(rows[at][0])}", text=_quotient(*rows[at][1:], shares[at]))
        for label, at in ends.items()
    ]
    if people:
        steps.append(people.step)
    if part and to_people is not None:
        women, men = rows[shares.index(lowest)][1:]
        row = f"{decimal(women, 2)} ÷ {decimal(women + men, 2)}"
        text = f"({row}) ÷ ({part.quotient}) = {ratio(to_people)}"
        steps.append(Step(label="Lowest share ÷ share of the people", text=text, private=private))
    known = of_people is not None and not private
    return Figure(
        measure=MEASURE.id,
        says=_says(quoted(rows[shares.index(lowest)][0]), lowest, of_people if known else None, len(rows)),
        quantities=(
            Quantity(id="lowest-share", label="Women’s lowest share", value=lowest, unit="percent"),
            Quantity(id="highest-share", label="Women’s highest share", value=highest, unit="percent"),
            Quantity(
                id="women-share-of-people",
                label="Women’s share of the people",
                value=of_people,
                unit="percent",
                private=private,
            ),
            Quantity(
                id="lowest-to-people",
                label="Lowest share ÷ share of the people",
                value=to_people,
                unit="ratio",
                private=private,
            ),
        ),
        shares=(people,) if people else (),
        steps=tuple(steps),
        notes=(NOT_PUBLISHED,) if private else (),
        picture=Bullets(
            title="Women’s share of what is provided",
            unit="percent",
            bar="women’s share",
            line="women’s share of the people" if known else "half",
            rows=tuple(
                Bullet(
                    label=label,
                    women=share,
                    line=of_people if known else HALF,
                    says=f"{decimal(women, 2)} of {decimal(women + men, 2)}",
                )
                for (label, women, men), share in zip(rows, shares, strict=True)
            ),
        ),
    )


def _people(numbers: Numbers) -> Part | None:
    """The people the rows are for; None when they are not counted."""
    women, men = numbers.get("women"), numbers.get("men")
    if women is None or men is None:
        return None
    if not women + men:
        raise NumbersRejected({"women": "count at least one person, or leave both empty"})
    return Part(int(women), int(women + men))


def _quotient(women: Fraction, men: Fraction, share: Fraction) -> str:
    return f"{decimal(women, 2)} ÷ ({decimal(women, 2)} + {decimal(men, 2)}) = {percent(share)}"


def _says(kind: str, lowest: Fraction, of_people: Fraction | None, rows: int) -> str:
    found = f"Women or girls get {percent(lowest)} of {kind}"
    if rows > 1:
        found = f"{found}, the lowest of {rows} rows"
    return f"{found}." if of_people is None else f"{found}; they are {percent(of_people)} of the people."


MEASURE = Measure(
    id="provision-share",
    title="Provision share",
    asks="Give each thing you provide a row: hours, money, sessions. Type what goes to women or girls, and to men or boys.",
    formula=(
        "In each row, what goes to women divided by what goes to women and men, in percent. Hours and money are never "
        "added. Where you count the people, the lowest share is divided by women’s share of the people: 1 means that "
        "women get their part of everything."
    ),
    sources=(
        (
            "Youth Sport Trust, School Games Mark",
            "https://www.yourschoolgames.com/how-it-works/school-games-mark",
        ),
    ),
    fields=(
        Field("women", "Women or girls", "count", optional=True, people=True, beside="men"),
        Field("men", "Men or boys", "count", optional=True, people=True, beside="women"),
    ),
    table=Table(
        caption="What is provided",
        label="What",
        most=MOST_BARS,
        columns=(
            Field("women", "For women or girls", "amount"),
            Field("men", "For men or boys", "amount"),
        ),
    ),
    figures={
        "lowest-share": "women’s share in the lowest row",
        "highest-share": "women’s share in the highest row",
        "women-share-of-people": "women’s share of the people",
        "lowest-to-people": "share in the lowest row ÷ share of the people",
    },
    units={
        "lowest-share": "percent",
        "highest-share": "percent",
        "women-share-of-people": "percent",
        "lowest-to-people": "ratio",
    },
    work_out=work_out,
)
