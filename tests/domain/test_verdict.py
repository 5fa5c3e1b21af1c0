"""The score and the figures, worked out anew from the document alone."""

from __future__ import annotations

from fractions import Fraction

import pytest

from auditapp.domain.audit import Answer
from auditapp.domain.measures import MeasureUse, Numbers
from auditapp.domain.quick import Scope
from auditapp.domain.verdict import Outcome, Point, recomputed
from tests.builders import a_checklist, a_prize_list, a_report, answered, prizes
from tests.figured import measured


def found(report):
    return {one.point: one.outcome for one in recomputed(report)}


PRIZES = a_checklist(criteria=(a_prize_list("prizes", "A1"),))


@pytest.fixture
def paid():
    answer = Answer(grade="full", numbers=prizes((100, 100), (50, 50)), settled_by="numbers")
    return a_report({"prizes": answer}, checklist=PRIZES)


def test_a_score_follows_from_its_answers():
    report = a_report(answered({"ramp": "full"}))
    assert found(report) == {Point.SCORE: Outcome.HOLDS, Point.FIGURES: Outcome.HOLDS}


def test_a_score_that_does_not_is_found():
    report = a_report(answered({"ramp": "none"}))
    better = a_report(answered({"ramp": "full"}))
    for changed in (
        report.model_copy(update={"score": better.score}),
        report.model_copy(update={"answers": {"ramp": Answer(grade="unheard-of")}}),
        better.model_copy(update={"scope": Scope.QUICK}),
    ):
        assert found(changed)[Point.SCORE] is Outcome.FAILS


def test_figures_follow_from_their_numbers(paid):
    assert found(paid)[Point.FIGURES] is Outcome.HOLDS


def test_a_figure_that_does_not_follow_is_found(paid):
    figure = paid.figures["prizes"]
    better = figure.model_copy(
        update={
            "quantities": tuple(one.model_copy(update={"value": Fraction(7)}) for one in figure.quantities)
        }
    )
    for changed in (
        paid.model_copy(update={"figures": {"prizes": better}}),
        paid.model_copy(update={"answers": {"prizes": Answer(grade="full")}}),
        paid.model_copy(update={"answers": {}}),
        paid.model_copy(update={"answers": {"prizes": Answer(grade="full", numbers=prizes(unit="pounds"))}}),
    ):
        assert found(changed)[Point.FIGURES] is Outcome.FAILS


def test_figures_whose_numbers_are_protected_stay_unknown():
    few = {"women-starters": 8, "women-finishers": 5, "men-starters": 17, "men-finishers": 8}
    numbers = Numbers(values={name: Fraction(count) for name, count in few.items()})
    checklist = a_checklist(criteria=(measured("drop-out", "A1", MeasureUse(name="drop-out")),))
    report = a_report({"drop-out": Answer(grade="full", numbers=numbers)}, checklist=checklist)
    assert report.answers["drop-out"].numbers.unpublished
    assert found(report)[Point.FIGURES] is Outcome.UNKNOWN
