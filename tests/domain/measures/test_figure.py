from fractions import Fraction

import pytest

from auditapp.domain.measures.figure import CountedShare
from tests.builders import a_figure


def share(count, of, *, people=True):
    return CountedShare(id="women", label="Women", count=count, of=of, people=people)


def test_a_share_is_worked_out_with_its_interval():
    women = share(8, 25)
    assert women.percent == 32
    assert [round(float(100 * end)) for end in women.interval] == [17, 52]
    assert (women.step.label, women.step.text, women.step.private) == ("Women", "8 ÷ 25 = 32%", False)


@pytest.mark.parametrize("unknown", [share(None, 25), share(0, 0)])
def test_without_a_count_or_without_people_there_is_no_share(unknown):
    assert unknown.percent is None
    assert unknown.interval is None
    assert unknown.step.text is None


@pytest.mark.parametrize(
    ("count", "of", "small"),
    [
        (0, 30, False),
        (1, 30, True),
        (4, 30, True),
        (5, 30, False),
        (25, 30, False),
        (26, 30, True),  # four are left
        (30, 30, False),
        (None, 30, False),
    ],
)
def test_one_to_four_people_are_a_small_cell_on_either_side(count, of, small):
    assert share(count, of).is_small_cell is small
    assert not share(count, of, people=False).is_small_cell


def test_a_small_cell_makes_its_working_private():
    assert share(4, 30).step.private
    assert share(4, 30).step.text == "4 ÷ 30 = 13.3%"


def test_quantities_and_shares_are_found_by_name():
    figure = a_figure(shares=(share(8, 25),))
    assert figure.quantity("ratio").value == Fraction(4, 5)
    assert figure.share("women").of == 25
    for find in (figure.quantity, figure.share):
        with pytest.raises(KeyError):
            find("men")
