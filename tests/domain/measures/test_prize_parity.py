from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.measures import Numbers, NumbersRejected, Row, figure_of

LONDON_2024 = [(55_000, 55_000), (30_000, 30_000), (22_500, 22_500)]


def prizes(*places: tuple[int | None, int | None], unit: str = "pounds") -> Numbers:
    rows = [
        {
            name: Fraction(amount)
            for name, amount in zip(("women", "men"), place, strict=True)
            if amount is not None
        }
        for place in places
    ]
    return Numbers(unit=unit, rows=tuple(Row(cells=cells) for cells in rows))


def ratios(*places: tuple[int | None, int | None]):
    figure = figure_of("prize-parity", prizes(*places))
    return [figure.quantity(name).value for name in ("lowest-ratio", "total-ratio", "depth")]


def test_the_same_prize_at_every_place_is_parity():
    assert ratios(*LONDON_2024) == [1, 1, 1]


def test_the_lowest_place_counts_not_the_average():
    assert ratios((300, 300), (200, 200), (120, 150)) == [Fraction(4, 5), Fraction(620, 650), 1]


@pytest.mark.parametrize(
    ("places", "lowest"),
    [
        ([(15_000, 50_000)], Fraction(3, 10)),  # R3GB, 2017
        ([(10_666, 33_333)], Fraction(10_666, 33_333)),  # UCI team time trial, 2015
        ([(20, 30)], Fraction(2, 3)),  # Killington seniors
    ],
)
def test_reported_prize_lists(places, lowest):
    assert ratios(*places)[0] == lowest


def test_fewer_places_for_women_are_seen_in_the_depth():
    killington = [(20, 30), (15, 20), (10, 15), (None, 12), (None, 10), (None, 8)]
    assert ratios(*killington)[2] == Fraction(1, 2)


def test_twenty_places_for_men_and_five_for_women():
    men = [200 - 9 * place for place in range(20)]
    women = [100, 90, 80, 70, 60] + [None] * 15
    lowest, _, depth = ratios(*zip(women, men, strict=True))
    assert (lowest, depth) == (0, Fraction(1, 4))  # whatever the winner gets, the sixth woman gets nothing


def test_prizes_for_women_only_are_no_fault():
    figure = figure_of("prize-parity", prizes((300, None), (200, 0)))
    assert [quantity.value for quantity in figure.quantities] == [1, 1, 1, 0]
    assert figure.says == "Every place pays women at least as much as men."
    assert [step.text for step in figure.steps[:2]] == [
        "300 for women, nothing for men",
        "500 for women, nothing for men",
    ]
    assert figure.picture.rows[0].says == "£300 more"


@given(
    places=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=20),
    times=st.integers(2, 100),
)
def test_parity(places, times):
    if not any(women or men for women, men in places):
        return
    lowest, total, depth = ratios(*places)
    assert ratios(*((times * women, times * men) for women, men in places)) == [lowest, total, depth]
    # A place paid to women only counts as 1, so beyond parity a new place of theirs may stand below the others.
    assert ratios(*((women + 1, men) for women, men in places))[0] >= min(lowest, 1)
    assert lowest <= total or not sum(men for _, men in places)
    assert (lowest >= 1) == all(women >= men for women, men in places)


def test_a_place_paid_to_men_only_counts_as_nothing():
    assert ratios((100, 200), (None, 100)) == [0, Fraction(1, 3), Fraction(1, 2)]


def test_more_for_women_is_not_a_fault():
    assert ratios((400, 300), (200, None)) == [1, 2, 2]


def test_places_left_empty_at_the_end_are_no_places():
    assert ratios((300, 300), (None, None), (0, 0)) == [1, 1, 1]


def test_nobody_paid_anything_is_no_prize_list():
    with pytest.raises(NumbersRejected) as rejected:
        figure_of("prize-parity", prizes((0, None)))
    assert rejected.value.problems == {"rows": "give at least one prize"}


def test_the_working_can_be_done_again_by_hand():
    figure = figure_of("prize-parity", prizes((300, 300), (200, 200), (120, 150)))
    assert [step.text for step in figure.steps] == ["120 ÷ 150 = 0.80", "620 ÷ 650 = 0.95", "3 and 3"]
    assert figure.says == "Women’s prizes come to £620 and men’s to £650; the 3rd place pays women £30 less."
    assert [(row.label, row.says) for row in figure.picture.rows] == [
        ("1st", "equal"), ("2nd", "equal"), ("3rd", "£30 short")
    ]  # fmt: skip


def test_more_places_than_bars_are_refused():
    with pytest.raises(NumbersRejected) as rejected:
        figure_of("prize-parity", prizes(*[(100, 100)] * 81))
    assert rejected.value.problems == {"rows": "take at most 80 rows"}
