"""Survey gap: whether women felt as welcome and safe as men, by what they said afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from auditapp.domain.measures.definition import Field, Measure
from auditapp.domain.measures.figure import (
    NOT_PUBLISHED,
    SMALL_GROUP,
    CountedShare,
    Figure,
    Quantity,
    Shares,
)
from auditapp.domain.measures.numbers import Numbers
from auditapp.domain.measures.parts import Gap, Part, gap, part
from auditapp.domain.measures.privacy import unpublished
from auditapp.domain.measures.shown import percent
from auditapp.domain.values import ZERO

WHO = ("women", "men")
WELCOME, RETURN = "welcome", "return"

_SAID = {WELCOME: "who felt welcome and safe", RETURN: "who would return"}


def work_out(numbers: Numbers) -> Figure:
    """The gap between the men and the women who felt welcome and safe, and between those who would return.

    Gap = men's share − women's share, each of those who answered, in points of percent: above 0, women felt less welcome.
    The 95% interval of the difference is Newcombe's (1998). Response = women who answered ÷ women asked, in percent.
    Whoever is recorded neither as a woman nor as a man is counted apart. Under 30 answers of women or of men there is no
    verdict. Source: BARR asks a random sample of entrants after a race; the gap is our own.
    """
    out = unpublished(MEASURE, numbers)
    shares = {share.id: share for share in _shares(numbers, out)}
    welcome, back = _gap(numbers, WELCOME), _gap(numbers, RETURN)
    response = shares.get("women-answered")

    def is_private(what: str) -> bool:
        return any(shares[name].private for name in (f"women-{what}", f"men-{what}") if name in shares)

    private, back_private = is_private(WELCOME), is_private(RETURN)
    return Figure(
        measure=MEASURE.id,
        says=NOT_PUBLISHED if private else _says(welcome),
        quantities=(
            Quantity(
                id="gap",
                label="Welcome and safe, men − women",
                value=welcome.points if welcome else None,
                unit="points",
                private=private,
            ),
            Quantity(
                id="return-gap",
                label="Would return, men − women",
                value=back.points if back else None,
                unit="points",
                private=back_private,
            ),
            Quantity(
                id="women-response",
                label="Women who answered, of those asked",
                value=response.percent if response else None,
                unit="percent",
                private=response is not None and response.private,
            ),
            Quantity(
                id="women-answered",
                label="Women who answered",
                value=numbers.values["women-answered"],
                unit="people",
                private="women-answered" in out,
            ),
        ),
        shares=tuple(shares.values()),
        steps=(
            *(share.step for share in shares.values()),
            *(welcome.steps("Welcome and safe, men − women", private=private) if welcome else ()),
            *(back.steps("Would return, men − women", private=back_private) if back else ()),
        ),
        others=_others(numbers, out),
        small=any(numbers.values[f"{who}-answered"] < SMALL_GROUP for who in WHO),
        notes=(
            "Only those who answered are counted: people who never came back, or never entered, are not in the data.",
        ),
        picture=Shares(
            title="Those who felt welcome and safe, of those who answered",
            shares=tuple(name for name in ("women-welcome", "men-welcome") if name in shares),
        ),
    )


def _shares(numbers: Numbers, out: frozenset[str]) -> Iterator[CountedShare]:
    """Everything that can be told as a share, private where one of its numbers is not published."""
    for what, said in _SAID.items():
        for who in WHO:
            yield from _share(numbers, out, f"{who}-{what}", f"{who}-answered", f"{who.capitalize()} {said}")
    for who in WHO:
        label = f"{who.capitalize()} who answered, of those asked"
        yield from _share(numbers, out, f"{who}-answered", f"{who}-asked", label)


def _share(
    numbers: Numbers, out: frozenset[str], name: str, whole: str, label: str
) -> Iterator[CountedShare]:
    if told := part(numbers, name, whole):
        yield told.share(name, label, private=not out.isdisjoint((name, whole)))


def _gap(numbers: Numbers, what: str) -> Gap | None:
    return gap(
        more=part(numbers, f"men-{what}", "men-answered"),
        less=part(numbers, f"women-{what}", "women-answered"),
    )


def _others(numbers: Numbers, out: frozenset[str]) -> CountedShare | None:
    """Those recorded neither as women nor as men, among all who answered; None when they were not counted."""
    fields = ("other-answered", "women-answered", "men-answered")
    others = numbers.get("other-answered")
    everybody = sum((numbers.get(field) or ZERO for field in fields), ZERO)
    if others is None or not everybody:
        return None
    told = Part(int(others), int(everybody))
    return told.share("others", "Non-binary and undisclosed", private=not out.isdisjoint(fields))


def _says(welcome: Gap | None) -> str:
    if welcome is None:
        return "Without answers of both women and men there is no gap to tell."
    men, women = welcome
    return (
        f"{women.those:,} of {women.of:,} women felt welcome and safe, {percent(women.percent)}, "
        f"and {men.those:,} of {men.of:,} men, {percent(men.percent)}."
    )


MEASURE = Measure(
    id="survey-gap",
    title="Survey gap",
    asks="Type how many you asked, how many answered, and how many said that they felt welcome and safe.",
    formula=(
        "The men who felt welcome and safe divided by the men who answered, in percent, minus the same for women: above 0, "
        "women felt less welcome. The same for those who would return. The 95% interval says which gaps would fit the "
        "same answers. Beside it stand the women who answered, and their share of the women asked."
    ),
    sources=(
        (
            "BARR, race scrutineers: questionnaires to a random sample",
            "http://www.barr-online.org.uk/barr-and-uka/race-scrutineers/",
        ),
        (
            "Newcombe, R. G. (1998), Interval estimation for the difference between independent proportions",
            None,
        ),
    ),
    fields=(
        Field("women-asked", "Women asked", "count", people=True),
        Field("women-answered", "Women who answered", "count", people=True, part_of="women-asked"),
        Field(
            "women-welcome", "Women who felt welcome and safe", "count", people=True, part_of="women-answered"
        ),
        Field(
            "women-return",
            "Women who would return",
            "count",
            optional=True,
            people=True,
            part_of="women-answered",
            beside="men-return",
        ),
        Field("men-asked", "Men asked", "count", people=True),
        Field("men-answered", "Men who answered", "count", people=True, part_of="men-asked"),
        Field("men-welcome", "Men who felt welcome and safe", "count", people=True, part_of="men-answered"),
        Field(
            "men-return",
            "Men who would return",
            "count",
            optional=True,
            people=True,
            part_of="men-answered",
            beside="women-return",
        ),
        Field(
            "other-answered",
            "Non-binary and undisclosed who answered",
            "count",
            optional=True,
            people=True,
            hint="Counted apart, never added to men.",
        ),
    ),
    figures={
        "gap": "men’s share minus women’s share of those who felt welcome and safe",
        "return-gap": "men’s share minus women’s share of those who would return",
        "women-response": "share of the women asked who answered",
        "women-answered": "number of women who answered",
    },
    units={"gap": "points", "return-gap": "points", "women-response": "percent", "women-answered": "people"},
    work_out=work_out,
)
