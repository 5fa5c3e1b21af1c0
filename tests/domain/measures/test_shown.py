from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.measures import shown


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(4, 5), 2, "0.8"),
        (Fraction(2, 3), 2, "0.66"),
        (Fraction(996, 1000), 2, "0.99"),
        (Fraction(504, 100), 1, "5.04"),  # 5.0 would look like 5
        (Fraction(10**9 + 1, 10**9), 2, "1"),  # six places are enough
        (Fraction(10**30 - 1, 10**30), 2, "0.99"),
        (Fraction(-35, 10), 1, "−3.5"),
        (Fraction(-1, 10**9), 1, "0"),
        (Fraction(2_500_000, 2), 0, "1,250,000"),
        (1234, 1, "1,234"),
    ],
)
def test_decimals_are_cut_off_and_never_rounded_up(value, places, text):
    assert shown.decimal(value, places) == text


@given(value=st.fractions(0, 10**9), places=st.integers(0, 3))
def test_what_is_cut_off_is_less_than_one_in_the_last_place(value, places):
    text = shown.decimal(value, places).replace(",", "")
    assert 0 <= value - Fraction(text) < Fraction(1, 10**places)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(4, 5), "0.80"),
        (Fraction(1), "1.00"),
        (Fraction(1499, 1500), "0.99"),
        (Fraction(12_345), "12,345.00"),
    ],
)
def test_ratios_have_two_places(value, text):
    assert shown.ratio(value) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (30, "pounds", "£30"),
        (30, "GBP", "£30"),
        (30, "£", "£30"),
        (Fraction(25, 2), "euros", "€12.50"),
        (1200, "kroner", "1,200 kroner"),
        (Fraction(25, 2), "", "12.50"),
        (Fraction(100, 3), "", "33.33"),
    ],
)
def test_money_carries_its_currency(value, unit, text):
    assert shown.money(Fraction(value), unit) == text


def test_percentages_and_points():
    assert shown.percent(Fraction(1300, 30)) == "43.3%"
    assert [shown.points(Fraction(value)) for value in ("1", "-1", "3.5", "0")] == [
        "1 point", "−1 point", "3.5 points", "0 points"
    ]  # fmt: skip


def test_times_and_paces_are_rounded_to_the_second():
    assert shown.clock(Fraction(4 * 3600 + 43 * 60)) == "4:43:00"
    assert shown.clock(Fraction(119, 2)) == "0:01:00"
    assert shown.pace(Fraction(397)) == "6:37 min/km"


def test_places_are_counted_as_people_count_them():
    numbers = (1, 2, 3, 4, 11, 12, 13, 21, 101, 111)
    assert [shown.ordinal(number) for number in numbers] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "101st", "111th"
    ]  # fmt: skip


def test_counts_carry_their_noun():
    assert shown.counted(1, "woman", "women") == "1 woman"
    assert shown.counted(Fraction(1200), "woman", "women") == "1,200 women"
    assert shown.counted(Fraction(223, 4), "woman", "women") == "55.7 women"


def test_long_names_are_cut_short_in_a_sentence():
    assert shown.quoted("live video") == "“live video”"
    assert shown.quoted("x" * 60) == f"“{'x' * 60}”"
    assert shown.quoted(f"{'x' * 58} and more") == f"“{'x' * 58}…”"
