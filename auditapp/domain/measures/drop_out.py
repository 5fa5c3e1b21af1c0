"""Drop-out: who started and did not finish, by gender, and why."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from auditapp.domain.measures.definition import Field, Measure, NumbersRejected
from auditapp.domain.measures.figure import NOT_PUBLISHED, CountedShare, Figure, Quantity, Shares
from auditapp.domain.measures.numbers import Numbers
from auditapp.domain.measures.parts import Gap
from auditapp.domain.measures.results import Results
from auditapp.domain.measures.shown import percent
from auditapp.domain.measures.sides import (
    GENDERS,
    Side,
    gap_between,
    is_private,
    others_in,
    others_started,
    percent_of,
    sides,
    too_few,
)

FLAGGED = 5
"""Points by which women drop out more often before it is worth a question."""
ASK_WHY = "Women dropped out more often by over 5 points, and the interval of the difference stays above zero: ask them why."
ENDINGS = {"timed-out": "timed out", "stopped": "stopped", "disqualified": "disqualified"}


def work_out(numbers: Numbers) -> Figure:
    """The share of the starters of each gender who did not finish, and their difference.

    d = (starters − finishers) ÷ starters in percent; difference = women's d − men's d in points, with Newcombe's 95 %
    interval. Where the reasons are known, each is a share of the starters, too. There is no pass mark: a difference over
    5 points with an interval above zero asks for an explanation. Source: our own; at Boston in the cold rain of 2018 5.0 %
    of the men and 3.8 % of the women dropped out (Irish Times).

    Raises NumbersRejected when nobody started.
    """
    women, men = sides(MEASURE, numbers)
    if not women.count("starters") and not men.count("starters"):
        raise NumbersRejected({"women-starters": "count at least one woman or man who started"})
    dropped = _dropped(women), _dropped(men)
    gap = gap_between(*dropped)
    private = is_private(*dropped)
    reasons = tuple(share for side in (women, men) for share in _reasons(side))
    known = tuple(share for share in dropped if share is not None)
    return Figure(
        measure=MEASURE.id,
        says=NOT_PUBLISHED if private else _says(*dropped),
        quantities=(
            *_drop_outs(*dropped),
            *_differences(gap, private=private),
        ),
        shares=(*known, *reasons),
        steps=(
            *(share.step for share in known),
            *(gap.steps("Did not finish, women − men", private=private) if gap else ()),
            *(share.step for share in reasons),
        ),
        others=_others(numbers, women, men),
        small=too_few(women.count("starters") or 0, men.count("starters") or 0),
        notes=(ASK_WHY,) if gap and not private and gap.points > FLAGGED and gap.interval.low > 0 else (),
        picture=Shares(
            title="Started and did not finish", shares=tuple(share.id for share in known), private=private
        ),
    )


def _dropped(side: Side) -> CountedShare | None:
    starters, finishers = side.count("starters"), side.count("finishers")
    left = None if starters is None or finishers is None else starters - finishers
    label = f"{side.title} who did not finish, of those who started"
    return side.share(left, starters, "drop-out", label, "starters", "finishers")


def _reasons(side: Side) -> Iterator[CountedShare]:
    for name, words in ENDINGS.items():
        label = f"{side.title} {words}, of those who started"
        share = side.share(side.count(name), side.count("starters"), name, label, "starters", name)
        if share is not None:
            yield share


def _drop_outs(women: CountedShare | None, men: CountedShare | None) -> Iterator[Quantity]:
    for name, share in (("women", women), ("men", men)):
        yield Quantity(
            id=f"{name}-drop-out",
            label=f"{name.capitalize()} who did not finish",
            value=percent_of(share),
            unit="percent",
            private=is_private(share),
        )


def _differences(gap: Gap | None, *, private: bool) -> Iterator[Quantity]:
    for name, label, value in (
        ("difference", "Women minus men", gap.points if gap else None),
        ("difference-low", "Lower end of its interval", gap.interval.low if gap else None),
        ("difference-high", "Upper end of its interval", gap.interval.high if gap else None),
    ):
        yield Quantity(id=name, label=label, value=value, unit="points", private=private)


def _says(women: CountedShare | None, men: CountedShare | None) -> str:
    parts = [
        f"{percent(exact)} of the {name}"
        for name, share in (("women", women), ("men", men))
        if (exact := percent_of(share)) is not None
    ]
    return f"{' and '.join(parts)} who started did not finish."


def _others(numbers: Numbers, women: Side, men: Side) -> CountedShare | None:
    """Others who did not finish, of those who started; without a count of finishers, those who started."""
    starters, finishers = numbers.get("other-starters"), numbers.get("other-finishers")
    if not starters or finishers is None:
        return others_started(numbers, women, men)
    return CountedShare(
        id="other-drop-out",
        label="Non-binary or undisclosed who did not finish, of those who started",
        count=int(starters - finishers),
        of=int(starters),
        private=bool({"other-starters", "other-finishers"} & women.out),
    )


def fill(results: Results, entered: Numbers) -> Numbers:  # noqa: ARG001 (a file holds everything)
    """The numbers in results. Reasons are told only where the file tells timed-out and stopped runners apart.

    Raises NumbersRejected when nobody finished.
    """
    if not any(group.finishers for group in results.groups.values()):
        raise NumbersRejected({"women-finishers": "the file names nobody who finished"})
    values: dict[str, Fraction] = {}
    for name, gender in GENDERS.items():
        group = results[gender]
        values |= {
            f"{name}-starters": Fraction(group.starters),
            f"{name}-finishers": Fraction(group.finishers),
        }
        if results.says_timed_out:
            values |= {
                f"{name}-timed-out": Fraction(group.timed_out),
                f"{name}-stopped": Fraction(group.stopped),
                f"{name}-disqualified": Fraction(group.disqualified),
            }
    others = others_in(results)
    values |= {"other-starters": Fraction(others.starters), "other-finishers": Fraction(others.finishers)}
    return Numbers(values=values, source=results.source)


def _fields(name: str, title: str) -> Iterator[Field]:
    whole = f"{name}-starters"
    yield Field(whole, f"{title} who started", "count", people=True)
    yield Field(f"{name}-finishers", f"{title} who finished", "count", people=True, part_of=whole, apart=True)
    for ending, words in ENDINGS.items():
        yield Field(
            f"{name}-{ending}",
            f"{title} {words}",
            "count",
            optional=True,
            people=True,
            part_of=whole,
            apart=True,
        )


MEASURE = Measure(
    id="drop-out",
    title="Drop-out",
    asks=(
        "Count who started and who finished. Timed out, stopped and disqualified can stay empty if you do not know them. "
        "A results file fills in everything."
    ),
    formula=(
        "Starters minus finishers, divided by starters, for women and for men. The difference is women’s minus men’s, in "
        "points, with its 95% interval (Newcombe 1998). There is no pass mark: more than 5 points with the whole interval "
        "above zero is a reason to ask why."
    ),
    sources=(
        (
            "Irish Times, on Boston 2018: 5.0% of the men and 3.8% of the women dropped out",
            "https://www.irishtimes.com/life-and-style/health-family/fitness/"
            "when-the-going-gets-tough-the-men-quit-and-the-women-kick-on-1.3471807",
        ),
        ("Newcombe, R. G., Interval estimation for the difference between independent proportions, 1998", None),
    ),
    reads="results",
    fill=fill,
    fields=(
        *_fields("women", "Women"),
        *_fields("men", "Men"),
        Field(
            "other-starters", "Non-binary or undisclosed who started", "count",
            "Shown apart and never added to women or men.", optional=True, people=True,
        ),
        Field(
            "other-finishers", "Non-binary or undisclosed who finished", "count",
            optional=True, people=True, part_of="other-starters", apart=True, beside="other-starters",
        ),
    ),
    figures={
        "women-drop-out": "share of the women who started and did not finish",
        "men-drop-out": "share of the men who started and did not finish",
        "difference": "women’s drop-out minus men’s",
        "difference-low": "lower end of the 95% interval of that difference",
        "difference-high": "upper end of the 95% interval of that difference",
    },
    units={
        "women-drop-out": "percent",
        "men-drop-out": "percent",
        "difference": "points",
        "difference-low": "points",
        "difference-high": "points",
    },
    work_out=work_out,
)  # fmt: skip
