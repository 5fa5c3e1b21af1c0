import pytest
from pydantic import ValidationError

from auditapp.domain.measures import thresholds
from auditapp.domain.measures.figure import Figure, Quantity
from auditapp.domain.values import exact

GRADES = ("none", "partly", "full")


def a_test(**parts):
    return thresholds.Test.model_validate({"figure": "share"} | parts, strict=False)


def figure(*, small=False, few=(), **values):
    return Figure(
        measure="example",
        says="It is as it is.",
        quantities=tuple(
            Quantity(
                id=name,
                label=name,
                value=None if value is None else exact(value),
                unit="number",
                small=name in few,
            )
            for name, value in values.items()
        ),
        small=small,
    )


@pytest.mark.parametrize(
    ("test", "holding"),
    [
        ({"at_least": 5}, [False, True, True]),
        ({"at_most": 5}, [True, True, False]),
        ({"over": 5}, [False, False, True]),
        ({"under": 5}, [True, False, False]),
    ],
)
def test_a_threshold_is_held_against_the_exact_number(test, holding):
    assert [a_test(**test).holds(figure(share=value)) for value in ("4.999", 5, "5.001")] == holding


def test_a_test_over_an_unknown_or_small_number_decides_nothing():
    assert a_test(at_least=5).holds(figure(share=None)) is None
    assert a_test(at_least=5).holds(figure(share=9, few=["share"])) is None


@pytest.mark.parametrize(
    ("share", "other", "holds"),
    [(9, 0, True), (9, None, True), (0, None, None), (None, None, None), (0, 0, False)],
)
def test_of_several_tests_one_is_enough(share, other, holds):
    either = thresholds.Test.model_validate(
        {"any": [{"figure": "share", "at_least": 5}, {"figure": "other", "at_least": 5}]},
        strict=False,
    )
    assert either.holds(figure(share=share, other=other)) is holds
    assert list(either.figures()) == ["share", "other"]


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"figure": "share"},
        {"figure": "share", "at_least": 1, "at_most": 2},
        {"at_least": 1},
        {"any": []},
        {"any": [{"figure": "share", "at_least": 1}], "figure": "share"},
        {"any": [{"figure": "share", "at_least": 1}], "over": 1},
    ],
)
def test_a_test_has_one_shape(shape):
    with pytest.raises(ValidationError, match="a test is a 'figure' with one of"):
        thresholds.Test.model_validate(shape, strict=False)


def use(**grades):
    return thresholds.MeasureUse.model_validate({"name": "example", "grades": grades}, strict=False)


STEPS = use(
    full=[{"figure": "share", "at_least": 90}, {"figure": "gap", "at_most": 5}],
    partly=[{"figure": "share", "at_least": 60}],
)


@pytest.mark.parametrize(
    ("share", "gap", "grade"),
    [(90, 5, "full"), (90, 6, "partly"), (60, 0, "partly"), (59, 0, "none")],
)
def test_the_best_grade_whose_tests_all_hold(share, gap, grade):
    assert STEPS.grade(figure(share=share, gap=gap), GRADES) == grade


def test_a_missing_number_decides_nothing_where_a_better_grade_hangs_on_it():
    assert STEPS.grade(figure(share=95, gap=None), GRADES) is None
    assert STEPS.grade(figure(share=None, gap=9), GRADES) is None
    assert STEPS.grade(figure(share=95, gap=0, few=["gap"]), GRADES) is None


def test_a_missing_number_matters_no_more_once_another_test_has_failed():
    assert STEPS.grade(figure(share=70, gap=None), GRADES) == "partly"
    assert STEPS.grade(figure(share=10, gap=None), GRADES) == "none"


def test_small_numbers_and_measures_that_only_inform_settle_no_grade():
    assert STEPS.grade(figure(share=95, gap=0, small=True), GRADES) is None
    assert use().informs_only
    assert use().grade(figure(share=95), GRADES) is None
