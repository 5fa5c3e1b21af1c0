import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.measures import NumbersRejected, figure_of
from tests.builders import some_numbers


def products(points=10, stocked=4, *, both_kinds=True, without_asking=True, announced=True, **more):
    return figure_of(
        "product-reach",
        some_numbers(
            points=points,
            points_with_products=stocked,
            both_kinds=both_kinds,
            without_asking=without_asking,
            announced=announced,
            **more,
        ),
    )


def test_how_far_products_reach():
    figure = products(longest_gap="12.5")
    values = {quantity.id: quantity.value for quantity in figure.quantities}
    assert values == {
        "reach": 40, "points-with-products": 4, "longest-gap": 12.5, "both-kinds": 1, "without-asking": 1, "announced": 1
    }  # fmt: skip
    assert [step.text for step in figure.steps] == ["4 ÷ 10 = 40%"]
    assert figure.picture.rows[0].says == "6 without"


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        ({}, "Free pads and tampons at 4 of 10 staffed points, taken without asking, announced to runners."),
        (
            {"without_asking": False, "announced": False},
            "Free pads and tampons at 4 of 10 staffed points, handed out on request, not announced.",
        ),
        ({"stocked": 0}, "None of 10 staffed points has free pads or tampons."),
        (
            {"both_kinds": False},
            "Free pads or tampons, not both, at 4 of 10 staffed points, taken without asking, announced to runners.",
        ),
        (
            {"points": 1, "stocked": 1},
            "Free pads and tampons at 1 of 1 staffed point, taken without asking, announced to runners.",
        ),
    ],
)
def test_the_result_in_a_sentence(numbers, says):
    assert products(**numbers).says == says


def test_every_point_is_all_of_them():
    figure = products(points=6, stocked=6)
    assert figure.quantity("reach").value == 100
    assert figure.picture.rows[0].says == "all of them"


def test_a_gap_nobody_measured_is_unknown():
    assert products().quantity("longest-gap").value is None


@pytest.mark.parametrize(
    ("numbers", "problems"),
    [
        (
            {"points": 3},
            {"points-with-products": "cannot be more than “Staffed points and blocks of toilets” (3)"},
        ),
        ({"points": 0, "stocked": 0}, {"points": "must be more than zero"}),
    ],
)
def test_counts_that_contradict_one_another(numbers, problems):
    with pytest.raises(NumbersRejected) as rejected:
        products(**numbers)
    assert rejected.value.problems == problems


@given(points=st.integers(1, 1000), stocked=st.integers(0, 999))
def test_one_more_point_with_products_never_lowers_the_reach(points, stocked):
    stocked = min(stocked, points - 1)
    now, more = (products(points, number).quantity("reach").value for number in (stocked, stocked + 1))
    assert 0 <= now < more <= 100
    assert (more == 100) == (stocked + 1 == points)
