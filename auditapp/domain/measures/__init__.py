"""Measures: formulas over the organiser's own numbers that settle a grade, one module each, pure and exact."""

from auditapp.domain.measures import (
    allocation,
    coverage_share,
    cut_off,
    deferral_cost,
    drop_out,
    image_share,
    pace_groups,
    pacers,
    prize_parity,
    product_reach,
    provision_share,
    shirts,
    staff_share,
    start_list_share,
    survey_gap,
    toilets,
)
from auditapp.domain.measures.definition import Field, Measure, NumbersRejected, Table, check
from auditapp.domain.measures.drafts import is_empty, only_missing
from auditapp.domain.measures.figure import Figure
from auditapp.domain.measures.numbers import Numbers, Row
from auditapp.domain.measures.privacy import public_figure, public_numbers
from auditapp.domain.measures.results import Gender, Group, Results
from auditapp.domain.measures.thresholds import MeasureUse, Test

MEASURES: dict[str, Measure] = {
    module.MEASURE.id: module.MEASURE
    for module in (
        allocation,
        coverage_share,
        cut_off,
        deferral_cost,
        drop_out,
        image_share,
        pace_groups,
        pacers,
        prize_parity,
        product_reach,
        provision_share,
        shirts,
        staff_share,
        start_list_share,
        survey_gap,
        toilets,
    )
}  # fmt: skip
"""Every measure by its name."""


def figure_of(name: str, numbers: Numbers) -> Figure:
    """What the measure called `name` makes of `numbers`.

    Raises KeyError when there is no such measure, and NumbersRejected with every number that does not fit, or that was
    taken out before publication.
    """
    measure = MEASURES[name]
    taken_out = dict.fromkeys(numbers.unpublished, "was taken out before publication: give it again")
    if problems := taken_out | check(measure, numbers):
        raise NumbersRejected(problems)
    return measure.work_out(numbers)


def finished(name: str, numbers: Numbers) -> bool:
    """Whether the measure called `name` can be worked out from `numbers`, what may not be published set aside."""
    if numbers.unpublished:
        return True
    try:
        figure_of(name, numbers)
    except NumbersRejected:
        return False
    return True


__all__ = [
    "MEASURES",
    "Field",
    "Figure",
    "Gender",
    "Group",
    "Measure",
    "MeasureUse",
    "Numbers",
    "NumbersRejected",
    "Results",
    "Row",
    "Table",
    "Test",
    "check",
    "figure_of",
    "finished",
    "is_empty",
    "only_missing",
    "public_figure",
    "public_numbers",
]
