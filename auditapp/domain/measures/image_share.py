"""Image share: how many of the people in an event's pictures are women."""

from __future__ import annotations

from fractions import Fraction

from auditapp.domain.measures.definition import Field, Measure, NumbersRejected
from auditapp.domain.measures.figure import SMALL_GROUP, CountedShare, Figure, Quantity, Shares, Step
from auditapp.domain.measures.intervals import wilson
from auditapp.domain.measures.numbers import Numbers
from auditapp.domain.measures.shown import decimal, end, percent, ratio

ENOUGH_FOR_A_TREND = 60
"""Pictures below which a change from one year to the next may well be chance."""
HALF = Fraction(50)


def work_out(numbers: Numbers) -> Figure:
    """Women's share of the women and men who can be told in a sample of pictures, with its interval.

    Share = women ÷ (women + men), in percent, with the Wilson 95% interval; people nobody can be sure about are counted
    apart and left out. Share to field = that share ÷ women's share of the starters, a plain ratio. People in pictures are
    no counts of participants, so small ones are public; under 30 of them there is no verdict. Source: Centurion Running
    promises at least as many pictures of women as of men; the interval is Wilson's (1927).

    Raises NumbersRejected when nobody is counted, or fewer people than pictures.
    """
    women, men = int(numbers.values["women"]), int(numbers.values["men"])
    unclear, pictures = int(numbers.values["unclear"]), int(numbers.values["pictures"])
    told = women + men
    if not told:
        raise NumbersRejected({"women": "count at least one woman or man"})
    if pictures > told + unclear:
        counted = f"every picture shows somebody, and you counted {told + unclear:,} people"
        raise NumbersRejected({"pictures": counted})
    share = CountedShare(id="women", label="Women in the pictures", count=women, of=told, people=False)
    found = Fraction(100 * women, told)
    low, high = (100 * end for end in wilson(women, told))
    field = numbers.get("women-share-of-field")
    to_field = found / field if field else None
    steps = [
        Step(
            label="Women’s share, women ÷ (women + men)",
            text=f"{women:,} ÷ ({women:,} + {men:,}) = {percent(found)}",
        ),
        Step(label="95% interval of that share", text=f"{percent(end(low))} to {percent(end(high))}"),
    ]
    if field is not None and to_field is not None:
        text = f"{women:,} ÷ {told:,} ÷ {decimal(field, 2)}% = {ratio(to_field)}"
        steps.append(Step(label="Beside women’s share of the starters", text=text))
    return Figure(
        measure=MEASURE.id,
        says=f"Women are {women:,} of the {told:,} people who could be told in the pictures, {percent(found)}.",
        quantities=(
            Quantity(id="women-share", label="Women’s share of the pictures", value=found, unit="percent"),
            Quantity(id="share-low", label="Lower end of the interval", value=low, unit="percent"),
            Quantity(id="share-high", label="Upper end of the interval", value=high, unit="percent"),
            Quantity(
                id="share-to-field", label="Pictures ÷ starters, women’s shares", value=to_field, unit="ratio"
            ),
        ),
        shares=(share,),
        steps=tuple(steps),
        small=told < SMALL_GROUP,
        notes=_notes(unclear, pictures, low, high),
        picture=Shares(
            title="Women among the people in the pictures",
            shares=("women",),
            lines=(HALF,) if field is None else (HALF, field),
            line="half" if field is None else f"half, and women’s share of the starters, {percent(field)}",
        ),
    )


def _notes(unclear: int, pictures: int, low: Fraction, high: Fraction) -> tuple[str, ...]:
    notes = [f"The same count would fit every share from {percent(end(low))} to {percent(end(high))}."]
    if pictures < ENOUGH_FOR_A_TREND:
        few = "1 picture" if pictures == 1 else f"{pictures} pictures"
        notes.append(
            f"{few} cannot show a trend: count {ENOUGH_FOR_A_TREND} or more before you say it rose or fell."
        )
    if unclear:
        notes.append(
            f"Nobody is counted by guess: {unclear:,} more could not be told and are in neither count."
        )
    return tuple(notes)


MEASURE = Measure(
    id="image-share",
    title="Image share",
    asks="Go through your 30 latest pictures with people, count everybody you can make out, and never guess.",
    formula=(
        "Women divided by women and men together, in percent. People you cannot be sure about are counted apart and left "
        "out. The 95% interval says which shares would fit the same count. Where women’s share of the starters is "
        "given, the first is divided by the second: 1 means that the pictures show the field as it is."
    ),
    sources=(
        (
            "Centurion Running, information for female runners",
            "https://www.centurionrunning.com/section/resources/information-for-female-runners",
        ),
        ("Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference", None),
    ),
    fields=(
        Field("women", "Women", "count", hint="People in the pictures, not starters."),
        Field("men", "Men", "count"),
        Field("unclear", "People you cannot be sure about", "count"),
        Field("pictures", "Pictures you looked at", "count", positive=True),
        Field("women-share-of-field", "Women’s share of the starters, in %", "percent", optional=True),
    ),
    figures={
        "women-share": "women’s share of the people in pictures",
        "share-low": "lower end of its 95% interval",
        "share-high": "upper end of its 95% interval",
        "share-to-field": "women’s share of the pictures ÷ their share of the starters",
    },
    units={
        "women-share": "percent",
        "share-low": "percent",
        "share-high": "percent",
        "share-to-field": "ratio",
    },
    work_out=work_out,
)
