"""A report in which every kind of figure stands, the awkward ones too: for the tests of the PDF, the page and the data."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from auditapp.domain.audit import Answer
from auditapp.domain.checklist import Checklist, Criterion, ExpectedEvidence
from auditapp.domain.measures import Figure, MeasureUse, Numbers, Row, public_figure
from auditapp.domain.measures import Test as Threshold
from auditapp.domain.measures.figure import CountedShare, Curve, CurvePoint, Shares, Step
from auditapp.domain.measuring import settled
from auditapp.domain.report import Report
from tests.builders import (
    a_checklist,
    a_criterion,
    a_figure,
    a_level,
    a_prize_list,
    a_report,
    evidence,
    prizes,
)


def measured(name: str, code: str, use: MeasureUse, **parts: object) -> Criterion:
    """A criterion with a measure, for which numbers count as evidence."""
    return a_criterion(name, code, measure=use, evidence=ExpectedEvidence(kinds=("page", "number")), **parts)


def at_least(figure: str, **grades: str) -> dict[str, tuple[Threshold, ...]]:
    """Thresholds of one figure by grade."""
    return {grade: (Threshold(figure=figure, at_least=Fraction(value)),) for grade, value in grades.items()}


TOILETS = MeasureUse(name="toilets", grades=at_least("queue-parity", full="1", partly="0.8"))
PER_TOILET = MeasureUse(
    name="toilets",
    numbers_from="queues",
    grades={
        "full": (Threshold(figure="women-per-unit", at_most=Fraction(50)),),
        "partly": (Threshold(figure="women-per-unit", at_most=Fraction(75)),),
    },
)
HEADROOM = MeasureUse(name="cut-off", grades=at_least("women-headroom", full="1.4", partly="1.25"))
IMAGES = MeasureUse(name="image-share", grades=at_least("women-share", full="45", partly="30"))


def figured_checklist() -> Checklist:
    """Thirteen criteria, with and without a measure in turn."""
    return a_checklist(
        criteria=(
            a_criterion("ramp", "A1"),
            a_prize_list("prize-money", "A2", weight=4, essential=True),
            a_criterion("door", "A3"),
            a_prize_list("sixty-places", "A4"),
            measured("queues", "A5", TOILETS),
            measured("per-toilet", "A6", PER_TOILET),
            measured("pictures", "A7", IMAGES),
            a_criterion("lift", "A8"),
            measured("cut-off", "A9", MeasureUse(name="cut-off")),
            measured("small-field", "A10", MeasureUse(name="cut-off")),
            measured("pacers", "A11", MeasureUse(name="pacers")),
            a_prize_list("goods", "A12"),
            measured("headroom", "A13", HEADROOM),
        ),
        levels=[a_level("foundation", score=80)],
    )


def figured_answers(checklist: Checklist) -> dict[str, Answer]:
    """Numbers for every measure there is, a grade by hand for the others."""
    toilets = Numbers(
        values={
            "women": Fraction(994),
            "men": Fraction(1006),
            "women-units": Fraction(6),
            "men-units": Fraction(10),
            "urinals": Fraction(12),
            "shared-units": Fraction(10),
        }
    )
    pictures = {"women": 13, "men": 17, "unclear": 4, "pictures": 30}
    limit = {
        "limit": 10800,
        "women-starters": 262,
        "women-finishers": 242,
        "women-timed-out": 14,
        "women-stopped": 6,
        "women-median": 8280,
        "men-starters": 378,
        "men-finishers": 360,
        "men-timed-out": 10,
        "men-stopped": 8,
        "men-median": 7260,
    }
    finished = (
        (6300, 10, 60),
        (7200, 50, 170),
        (8100, 110, 250),
        (9000, 170, 310),
        (9900, 220, 340),
        (10800, 242, 360),
    )
    by_numbers: Mapping[str, Numbers] = {
        "prize-money": prizes((300, 300), (200, 200), (120, 150)),
        "sixty-places": prizes(
            *((1000 - 15 * place, 1000 - 12 * place) for place in range(60)), unit="New Guinean kina"
        ),
        "queues": toilets,
        "per-toilet": toilets,
        "pictures": Numbers(values={name: Fraction(count) for name, count in pictures.items()}),
        "headroom": Numbers(
            values={name: Fraction(number) for name, number in limit.items()},
            rows=tuple(
                Row(cells={"time": Fraction(time), "women": Fraction(women), "men": Fraction(men)})
                for time, women, men in finished
            ),
        ),
    }
    answers = {
        name: settled(checklist.criterion(name), Answer(numbers=numbers))
        for name, numbers in by_numbers.items()
    }
    return answers | {
        "ramp": Answer(grade="full", evidence=(evidence(),), note="A ramp of 1:20 at both doors."),
        "door": Answer(grade="none"),
        "lift": Answer(not_applicable="no-venue"),
        "cut-off": Answer(grade="partly"),
        "small-field": Answer(grade="partly", evidence=(evidence(),)),
        "goods": Answer(grade="full"),
    }


def a_curve(women: int, men: int, points: int) -> Curve:
    """Finish times between one hour and three, women about ten minutes behind men, three people never finishing."""
    times = [3600 + 7200 * place // (points - 1) for place in range(points)]
    return Curve(
        title="Finish times against the limit",
        limit=Fraction(9000),
        points=tuple(
            CurvePoint(
                time=Fraction(time),
                women=max(0, min(women - 3, women * (time - 4200) // 6000)),
                men=max(0, min(men - 3, men * (time - 3600) // 6000)),
            )
            for time in times
        ),
        of_women=women,
        of_men=men,
        women_median=Fraction(7200),
        men_median=Fraction(6604),
    )


def figures_by_hand() -> dict[str, Figure]:
    """Figures with a curve of 300 points, with hidden counts, and with shares and others."""
    removed = CountedShare(id="women-removed", label="Women still running at the limit", count=2, of=28)
    near = CountedShare(id="women-covered", label="Women within 5% of a pacer", count=178, of=262)
    others = CountedShare(id="other-starters", label="Non-binary and undisclosed runners", count=6, of=11)
    return {
        "cut-off": a_figure("cut-off", says="A large field.", picture=a_curve(26200, 37800, 300)),
        "small-field": public_figure(
            a_figure(
                "cut-off",
                says="A small field.",
                small=True,
                shares=(removed,),
                steps=(Step(label="Women removed", text="2 ÷ 28 = 7.1%", private=True),),
                picture=a_curve(28, 47, 25),
                notes=("People who never entered because of the limit are not in these numbers.",),
            )
        ),
        "pacers": a_figure(
            "pacers",
            says="A pacer is near for two women in three.",
            shares=(near,),
            others=others,
            picture=Shares(
                title="Who has a pacer near",
                shares=("women-covered", "other-starters"),
                lines=(Fraction(60), Fraction(90)),
                line="60% for a part, 90% for all",
            ),
        ),
    }


def a_figured_report() -> Report:
    """The report on these answers."""
    checklist = figured_checklist()
    report = a_report(figured_answers(checklist), checklist=checklist)
    return report.model_copy(update={"figures": {**report.figures, **figures_by_hand()}})
