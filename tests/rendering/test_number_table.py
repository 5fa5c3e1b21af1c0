"""The numbers behind grades, and the orders they sort reports in."""

from dataclasses import replace
from fractions import Fraction

from auditapp.domain.audit import Answer
from auditapp.domain.comparison import compare
from auditapp.domain.measuring import settled
from auditapp.rendering.number_table import number_rows
from tests.builders import a_checklist, a_criterion, a_prize_list, a_report, prizes

PAID = a_checklist(criteria=[a_prize_list("prizes", "A1", weight=2), a_criterion("ramp", "A2")])


def a_paying_report(*places: tuple[int, int], unit: str = "pounds"):
    answer = settled(PAID.criterion("prizes"), Answer(numbers=prizes(*places, unit=unit)))
    return a_report({"prizes": answer, "ramp": Answer(grade="full")}, checklist=PAID)


EQUAL, UNEQUAL = a_paying_report((300, 300)), a_paying_report((120, 150))
WITHOUT = a_report({"ramp": Answer(grade="none")}, checklist=PAID)


def test_a_number_stands_beside_its_grade_and_sorts_the_reports():
    (row,) = number_rows(compare([EQUAL, WITHOUT, UNEQUAL]))
    assert (row.code, row.label) == ("A1", "Lowest ratio at any place")
    assert [(cell.text, cell.worth) for cell in row.cells] == [
        ("1.00", 1),
        ("", None),
        ("0.80", 0),
    ]
    assert (row.lowest_first, row.highest_first, row.sorted) == ((2, 0, 1), (0, 2, 1), None)


def test_how_the_reports_stand_now_is_said():
    assert number_rows(compare([UNEQUAL, EQUAL]))[0].sorted == "ascending"
    assert number_rows(compare([EQUAL, UNEQUAL]))[0].sorted == "descending"


def test_equal_numbers_sort_nothing():
    (row,) = number_rows(compare([EQUAL, EQUAL]))
    assert (row.lowest_first, row.highest_first, row.sorted) == (None, None, None)


def test_money_in_several_currencies_sorts_nothing():
    pounds, kroner = (
        compare([UNEQUAL, a_paying_report((100, 150), unit=unit)]).model_copy()
        for unit in ("pounds", "kroner")
    )
    as_money = {"unit": "money", "value": Fraction(30)}
    for comparison, sorts in ((pounds, True), (kroner, False)):
        row = comparison.rows[0]
        cells = tuple(
            replace(cell, quantity=cell.quantity.model_copy(update=as_money | {"value": Fraction(place)}))
            for place, cell in enumerate(row.cells)
        )
        changed = comparison.model_copy(update={"rows": (row.model_copy(update={"cells": cells}),)})
        assert (number_rows(changed)[0].lowest_first is not None) == sorts


def test_without_measures_there_is_no_table():
    assert number_rows(compare([WITHOUT, WITHOUT])) == ()
