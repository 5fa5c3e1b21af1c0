"""A checklist with measures, for the tests of whatever handles numbers: on disk, in an application of its own."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from auditapp.domain.checklist import Checklist
from auditapp.domain.measures import MEASURES, MeasureUse, Test
from tests.builders import a_checklist, a_criterion, a_prize_list
from tests.services.trial import write_checklist

REF = "measured-race@1.0"
SECTION = "prizes"

PRIZES = a_prize_list("prize-money", "A1", section=SECTION, weight=4, essential=True)
DEPTH = a_prize_list(
    "places-paid",
    "A2",
    section=SECTION,
    measure=PRIZES.measure.model_copy(update={"numbers_from": "prize-money"}),
)
GOODS = a_prize_list("goods", "A3", section=SECTION, measure=PRIZES.measure.model_copy(update={"grades": {}}))
RAMP = a_criterion("ramp", "A4", section=SECTION)


EVERY_MEASURE = tuple(
    a_criterion(name, f"B{place}", section="measures", measure=MeasureUse(name=name))
    for place, name in enumerate(MEASURES, start=1)
)


FAIR_PLACES = a_criterion(
    "fair-places",
    f"B{len(MEASURES) + 1}",
    section="measures",
    measure=MeasureUse(
        name="allocation",
        grades={
            "full": (Test(figure="fairness", at_least=Fraction(1)),),
            "partly": (Test(figure="fairness", at_least=Fraction(9, 10)),),
        },
    ),
)
"""A measure that judges no small group."""


def measured_race() -> Checklist:
    """Prizes whose grade follows from the numbers, places paid that follow the same numbers, goods whose numbers only
    inform, and a ramp without a measure; and a second section with every measure there is, each to inform, and one of them
    to judge."""
    return a_checklist(
        id="measured-race",
        title="Measured races",
        criteria=(PRIZES, DEPTH, GOODS, RAMP, *EVERY_MEASURE, FAIR_PLACES),
        sections=(SECTION, "measures"),
    )


def checklist_folder(folder: Path) -> Path:
    """`folder` with the checklist in it, for AUDITAPP_CHECKLISTS."""
    write_checklist(folder, measured_race())
    return folder
