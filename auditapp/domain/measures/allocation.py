"""Allocation fairness: whether women get the share of places they have among those who apply."""

from __future__ import annotations

from fractions import Fraction

from auditapp.domain.measures.definition import Field, Measure, NumbersRejected
from auditapp.domain.measures.figure import (
    NOT_PUBLISHED,
    SMALL_GROUP,
    Figure,
    Quantity,
    Shares,
    Step,
)
from auditapp.domain.measures.numbers import Numbers
from auditapp.domain.measures.parts import Part
from auditapp.domain.measures.privacy import unpublished
from auditapp.domain.measures.shown import percent, ratio


def work_out(numbers: Numbers) -> Figure:
    """Women's share of the places against their share of the applicants.

    Fairness = (women's places ÷ all places) ÷ (women's applicants ÷ all applicants), a plain ratio: at least 1 means that
    women lose nothing in the draw. The shares are in percent. Source: since 2022 the Hardrock 100 never lets women's
    share of the field fall below their share of the applicants; for championship places the applicants are the finishers.
    Fairness is None when no woman applied. Under 30 applicants there is no verdict. Places are all there are and no
    sample, so that ten of them can be judged.

    Raises NumbersRejected when more places are given to women, to others or to all than applied.
    """
    applied, all_applied = int(numbers.values["women-applicants"]), int(numbers.values["all-applicants"])
    got, all_got = int(numbers.values["women-places"]), int(numbers.values["all-places"])
    if got > applied:
        raise NumbersRejected({"women-places": f"cannot be more than the women who applied ({applied:,})"})
    if all_got - got > all_applied - applied:
        others = f"leaves {all_got - got:,} places for others, of whom {all_applied - applied:,} applied"
        raise NumbersRejected({"all-places": others})
    out = unpublished(MEASURE, numbers)
    no_places = not out.isdisjoint(("women-places", "all-places"))
    no_applicants = not out.isdisjoint(("women-applicants", "all-applicants"))
    private = no_places or no_applicants
    places, applicants = Part(got, all_got), Part(applied, all_applied)
    shares = (
        places.share("places", "Women among those with a place", private=no_places),
        applicants.share("applicants", "Women among applicants", private=no_applicants),
    )
    fairness = places.percent / applicants.percent if applied else None
    steps = [share.step for share in shares]
    if fairness is not None:
        text = f"({places.quotient}) ÷ ({applicants.quotient}) = {ratio(fairness)}"
        steps.append(Step(label="Share of the places ÷ share of the applicants", text=text, private=private))
    return Figure(
        measure=MEASURE.id,
        says=NOT_PUBLISHED if private else _says(places, applicants, fairness),
        quantities=(
            Quantity(
                id="fairness",
                label="Share of the places ÷ share of the applicants",
                value=fairness,
                unit="ratio",
                private=private,
            ),
            Quantity(
                id="women-share-of-places",
                label="Women’s share of the places",
                value=places.percent,
                unit="percent",
                private=no_places,
            ),
            Quantity(
                id="women-share-of-applicants",
                label="Women’s share of the applicants",
                value=applicants.percent,
                unit="percent",
                private=no_applicants,
            ),
        ),
        shares=shares,
        steps=tuple(steps),
        small=all_applied < SMALL_GROUP,
        picture=Shares(
            title="Women among those with a place and among applicants",
            shares=("places", "applicants"),
            lines=() if no_applicants else (applicants.percent,),
            line="" if no_applicants else "women’s share of the applicants",
        ),
    )


def _says(places: Part, applicants: Part, fairness: Fraction | None) -> str:
    if fairness is None:
        return "No woman applied, so there is no share to compare with."
    found = f"Women are {percent(applicants.percent)} of the applicants and get {percent(places.percent)} of the places"
    return f"{found}: {ratio(fairness)} of their share."


MEASURE = Measure(
    id="allocation",
    title="Allocation fairness",
    asks="Type how many applied and how many got a place. For championship places the finishers are the applicants.",
    formula=(
        "Women’s share of the places divided by women’s share of the valid applicants. 1 means that women get exactly "
        "their share; less means that the draw or the rule costs them places."
    ),
    sources=(
        ("Outside, on the lottery of the Hardrock 100, 2021", None),
        (
            "Slowtwitch, on places for the Ironman world championship, 2025 (forum)",
            "https://forum.slowtwitch.com/t/"
            "ironman-revamps-kona-qualification-system-to-increase-womens-performance-pool-numbers/1294597",
        ),
    ),
    fields=(
        Field("women-applicants", "Women who applied", "count", people=True, part_of="all-applicants"),
        Field("all-applicants", "Everybody who applied", "count", people=True, positive=True),
        Field("women-places", "Women with a place", "count", people=True, part_of="all-places"),
        Field("all-places", "Everybody with a place", "count", people=True, positive=True),
    ),
    figures={
        "fairness": "women’s share of the places ÷ their share of the applicants",
        "women-share-of-places": "women’s share of the places",
        "women-share-of-applicants": "women’s share of the applicants",
    },
    units={"fairness": "ratio", "women-share-of-places": "percent", "women-share-of-applicants": "percent"},
    work_out=work_out,
)
