from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.measures import NumbersRejected, figure_of, thresholds
from tests.builders import some_numbers


def shirts(women_sizes=5, men_sizes=7, *, chart=True, chosen_at_entry=True, no_garment=False, **order):
    return figure_of(
        "shirts",
        some_numbers(
            women_sizes=women_sizes,
            men_sizes=men_sizes,
            chart=chart,
            chosen_at_entry=chosen_at_entry,
            no_garment=no_garment,
            **order,
        ),
    )


def value(figure, name):
    return figure.quantity(name).value


ORDER = {"women_ordered": 200, "women_given": 197, "men_ordered": 300, "men_given": 297}


def test_sizes_in_each_cut():
    figure = shirts()
    assert value(figure, "sizes-ratio") == Fraction(5, 7)
    assert (value(figure, "women-sizes"), value(figure, "men-sizes")) == (5, 7)
    assert [value(figure, name) for name in ("chart", "chosen-at-entry", "no-garment")] == [1, 1, 0]
    assert figure.says == "The women’s cut comes in 5 sizes, the men’s or unisex cut in 7."
    assert [step.text for step in figure.steps] == ["5 ÷ 7 = 0.71"]
    assert figure.picture.rows[0].says == "2 fewer"


def test_what_was_not_given_is_unknown():
    figure = shirts()
    unknown = ("women-fulfilment", "men-fulfilment", "fulfilment-difference", "order-mix")
    assert [value(figure, name) for name in unknown] == [None] * 4
    assert figure.shares == ()


@pytest.mark.parametrize(
    ("women", "men", "ratio", "says", "gap"),
    [
        (0, 6, 0, "There is no women’s cut; the men’s or unisex cut comes in 6 sizes.", "6 fewer"),
        (6, 0, 1, "There is only a women’s cut, in 6 sizes.", "6 more"),
        (1, 1, 1, "The women’s cut comes in 1 size, the men’s or unisex cut in 1.", "equal"),
    ],
)
def test_one_cut_or_two(women, men, ratio, says, gap):
    figure = shirts(women, men)
    assert value(figure, "sizes-ratio") == ratio
    assert figure.says == says
    assert figure.picture.rows[0].says == gap


def test_without_another_cut_the_ratio_is_explained():
    figure = shirts(6, 0)
    assert figure.notes == ("There is no other cut to compare with, so the ratio of sizes counts as 1.",)
    assert figure.steps[0].text == "6 sizes in the women’s cut, no other cut"


def test_shirts_handed_over_as_ordered():
    figure = shirts(**ORDER)
    assert value(figure, "women-fulfilment") == Fraction(197, 2)
    assert value(figure, "men-fulfilment") == 99
    assert value(figure, "fulfilment-difference") == Fraction(-1, 2)
    assert figure.says == (
        "The women’s cut comes in 5 sizes, the men’s or unisex cut in 7; 197 of the 200 shirts women ordered "
        "came as ordered, 98.5%."
    )
    assert [step.text for step in figure.steps[1:]] == [
        "197 ÷ 200 = 98.5%",
        "297 ÷ 300 = 99%",
        "197 ÷ 200 − 297 ÷ 300 = −0.5 points",
        "−3.4 points to 1.6 points",
    ]


def test_three_shirts_gone_astray_tell_on_nobody():
    assert not any(share.is_small_cell for share in shirts(**ORDER).shares)


def test_few_shirts_are_not_judged_while_the_sizes_are():
    few = shirts(7, 7, women_ordered=29, women_given=29, men_ordered=300, men_given=300)

    def at_least(name: str, number: int) -> bool | None:
        return thresholds.Test(figure=name, at_least=Fraction(number)).holds(few)

    assert not few.small
    assert at_least("sizes-ratio", 1) is True
    assert at_least("women-fulfilment", 98) is None
    assert at_least("fulfilment-difference", -1) is None
    assert at_least("men-fulfilment", 98) is True
    assert few.notes == ("Small numbers: fulfilment of fewer than 30 shirts is shown and not judged.",)


def test_nothing_ordered_is_nothing_to_hand_over():
    figure = shirts(women_ordered=0, women_given=0, men_ordered=300, men_given=297)
    assert value(figure, "women-fulfilment") is None
    assert value(figure, "fulfilment-difference") is None
    assert value(figure, "men-fulfilment") == 99


def test_the_order_is_held_against_the_entrants():
    figure = shirts(women_cut_share=30, women_share=45)
    assert value(figure, "order-mix") == Fraction(2, 3)
    assert figure.steps[-1].text == "30% ÷ 45% = 0.66"
    assert value(shirts(women_cut_share=0, women_share=0), "order-mix") is None


@pytest.mark.parametrize(
    ("numbers", "problems"),
    [
        (
            {"women_ordered": 100, "women_given": 101},
            {"women-given": "cannot be more than “Shirts women ordered” (100)"},
        ),
        (
            {"men_ordered": 100},
            {"men-given": "is needed beside “Shirts men ordered”"},
        ),
        ({"women_share": 40}, {"women-cut-share": "is needed beside “Women among entrants, in %”"}),
        ({"women_sizes": 0, "men_sizes": 0}, {"men-sizes": "give the sizes of at least one cut"}),
    ],
)
def test_numbers_that_contradict_one_another(numbers, problems):
    with pytest.raises(NumbersRejected) as rejected:
        shirts(**numbers)
    assert rejected.value.problems == problems


@given(
    ordered=st.integers(1, 5000),
    given_=st.integers(0, 4999),
    sizes=st.integers(1, 20),
    more=st.integers(0, 20),
)
def test_bounds(ordered, given_, sizes, more):
    given_ = min(given_, ordered - 1)
    order = {"women_ordered": ordered, "men_ordered": ordered, "men_given": ordered}
    now = shirts(sizes, sizes + more, women_given=given_, **order)
    then = shirts(sizes, sizes + more, women_given=given_ + 1, **order)
    assert 0 <= value(now, "women-fulfilment") < value(then, "women-fulfilment") <= 100
    assert value(now, "fulfilment-difference") == value(now, "women-fulfilment") - 100 < 0
    assert (value(now, "sizes-ratio") == 1) == (more == 0)
