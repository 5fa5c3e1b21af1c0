from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.measures import NumbersRejected, figure_of, public_figure
from tests.builders import some_numbers

AVERAGE_WOMAN = 397  # 6:37 for a kilometre


def group(label, pace=None, *, led=True, per_month=4):
    return {"label": label, "led": led, "per_month": per_month} | ({} if pace is None else {"pace": pace})


def club(*groups, **members):
    return figure_of("pace-groups", some_numbers(*groups, **members))


def values(figure):
    return {quantity.id: quantity.value for quantity in figure.quantities}


GROUPS = (group("Swift", "5:00"), group("Steady", "6:37"), group("Walk and run", "8:00", led=False))


def test_the_slowest_group_that_somebody_leads():
    figure = club(*GROUPS)
    assert values(figure) == {
        "slowest-led-pace": AVERAGE_WOMAN,
        "groups": 3,
        "groups-led": 2,
        "women-covered": None,
        "men-covered": None,
    }
    assert figure.says == "The slowest led group, “Steady”, runs at 6:37 min/km."
    assert [step.text for step in figure.steps] == ["2 of 3 groups", "“Steady”, 6:37 min/km"]


def test_groups_stand_beside_the_pace_of_the_average_woman():
    figure = club(*GROUPS, group("Juniors", led=False))
    assert figure.picture.line == "the average woman, 6:37 min/km"
    assert [(bar.label, bar.women, bar.line, bar.says) for bar in figure.picture.rows] == [
        ("Swift", 300, AVERAGE_WOMAN, "led 4 times a month"),
        ("Steady", 397, AVERAGE_WOMAN, "led 4 times a month"),
        ("Walk and run", 480, AVERAGE_WOMAN, "not led"),
    ]


def test_a_group_that_never_meets_is_not_led():
    figure = club(group("Swift", "5:00"), group("Beginners", "8:00", per_month=0))
    assert values(figure)["slowest-led-pace"] == 300
    assert values(figure)["groups-led"] == 1
    assert figure.picture.rows[1].says == "does not meet"
    assert club(group("Monthly", "8:00", per_month=1)).picture.rows[0].says == "led 1 time a month"


def test_without_a_led_group_there_is_no_pace():
    figure = club(group("Swift", "5:00", led=False))
    assert values(figure)["slowest-led-pace"] is None
    assert values(figure)["groups-led"] == 0
    assert figure.says == "None of 1 group is led at least once a month."
    assert figure.steps[-1].text == "there is none"


def test_members_a_led_group_is_slow_enough_for():
    figure = club(*GROUPS, women=60, women_covered=44, men=80, men_covered=72)
    assert values(figure)["women-covered"] == Fraction(4400, 60)
    assert values(figure)["men-covered"] == 90
    assert [step.text for step in figure.steps[2:]] == ["44 ÷ 60 = 73.3%", "72 ÷ 80 = 90%"]
    assert figure.says.endswith("runs at 6:37 min/km, slow enough for 73.3% of the women in the club.")
    assert figure.notes == ()


def test_few_members_are_not_judged_while_the_groups_are():
    figure = club(*GROUPS, women=29, women_covered=20)
    assert not figure.small
    assert figure.quantity("women-covered").small
    assert not figure.quantity("slowest-led-pace").small
    assert figure.notes == ("Small numbers: a share of fewer than 30 members is shown and not judged.",)


def test_four_members_are_not_given_away():
    figure = public_figure(club(*GROUPS, women=60, women_covered=57))
    assert values(figure)["women-covered"] is None
    assert figure.steps[-1].text is None
    assert figure.says == "The slowest led group, “Steady”, runs at 6:37 min/km."


def test_a_club_without_women_has_no_share_of_them():
    assert values(club(*GROUPS, women=0, women_covered=0))["women-covered"] is None


@pytest.mark.parametrize(
    ("groups", "members", "problems"),
    [
        ([group("All paces")], {}, {"row-1.pace": "is needed for a group that is led"}),
        (
            [group("Swift", "5:00", led=False)],
            {"women": 60, "women_covered": 40},
            {"women-covered": "must be 0 when no group is led at least once a month"},
        ),
        (GROUPS, {"women": 60, "women_covered": 61}, {"women-covered": "cannot be more than “Women in the club” (60)"}),
        (GROUPS, {"men": 60}, {"men-covered": "is needed beside “Men in the club”"}),
        ([], {}, {"rows": "fill in at least one row"}),
    ],
)  # fmt: skip
def test_numbers_that_contradict_one_another(groups, members, problems):
    with pytest.raises(NumbersRejected) as rejected:
        club(*groups, **members)
    assert rejected.value.problems == problems


paces = st.lists(st.tuples(st.integers(150, 900), st.booleans()), min_size=1, max_size=12)


@given(paces=paces, slower=st.integers(1, 300))
def test_a_slower_led_group_takes_more_people_along(paces, slower):
    groups = [group(f"Group {place}", pace, led=led) for place, (pace, led) in enumerate(paces)]
    now = values(club(*groups))
    led = [pace for pace, led in paces if led]
    assert now["slowest-led-pace"] == max(led, default=None)
    assert now["groups-led"] == len(led) <= now["groups"]
    more = values(club(*groups, group("Slower", 900 + slower)))
    assert more["slowest-led-pace"] == 900 + slower
    assert (
        values(club(*groups, group("Not led", 1000, led=False)))["slowest-led-pace"]
        == now["slowest-led-pace"]
    )
