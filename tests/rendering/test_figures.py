"""What a worked figure says: grade, working, thresholds in words, numbers as entered."""

from __future__ import annotations

from fractions import Fraction

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from auditapp.domain.audit import Answer
from auditapp.domain.measures import MEASURES, Figure, Measure, MeasureUse, Numbers
from auditapp.domain.measures import Test as Threshold
from auditapp.domain.measures.definition import Kind
from auditapp.domain.measures.figure import Quantity, Step, Unit
from auditapp.domain.measuring import settled, worked
from auditapp.rendering.figures import (
    FigureView,
    GradeAsks,
    asks_in_general,
    exact_text,
    figure_view,
    in_unit,
    in_unit_beside,
    short_fact,
    threshold_text,
)
from auditapp.resources import PACKAGE
from tests.builders import a_checklist, a_criterion, a_figure, a_prize_list, evidence, prizes

PRIZES = a_prize_list("prize-money", "D1", weight=2)


def view_of(numbers: Numbers) -> FigureView:
    answer = settled(PRIZES, Answer(numbers=numbers))
    figure = worked(PRIZES, answer)
    assert figure
    return figure_view(a_checklist(criteria=[PRIZES]), PRIZES, answer, figure)


def view_by_hand(figure: Figure, use: MeasureUse | None = None, answer: Answer | None = None) -> FigureView:
    criterion = a_criterion("any", "A1", measure=use or MeasureUse(name=figure.measure))
    return figure_view(a_checklist(criteria=[criterion]), criterion, answer, figure)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Fraction(4, 5), "ratio", "0.80"),
        (Fraction(249, 250), "ratio", "0.99"),
        (Fraction(10**9), "ratio", "1,000,000,000.00"),
        (Fraction(-5, 2), "points", "−2.5 points"),
        (Fraction(301, 3), "percent", "100.3%"),
        (Fraction(45), "percent", "45%"),
        (Fraction(1234), "people", "1,234"),
        (Fraction(7, 3), "number", "2.33"),
        (Fraction(5, 2), "km", "2.5 km"),
        (Fraction(30), "money", "£30"),
        (Fraction(-30), "money", "−£30"),
        (Fraction(16980), "time", "4:43:00"),
        (Fraction(397), "pace", "6:37 min/km"),
        (Fraction(1), "yes-no", "yes"),
        (Fraction(0), "yes-no", "no"),
    ],
)
def test_every_unit_has_its_words(value: Fraction, unit: Unit, text: str):
    assert in_unit(value, unit, "pounds") == text


def test_a_quantity_is_shown_apart_from_the_threshold_it_misses():
    assert in_unit_beside(Fraction(9504, 10000), Fraction(19, 20), "ratio") == "0.9504"
    assert in_unit_beside(Fraction(4504, 100), Fraction(45), "percent") == "45.04%"
    assert in_unit_beside(Fraction(19, 20), Fraction(19, 20), "ratio") == "0.95"
    assert in_unit_beside(Fraction(4, 5), Fraction(19, 20), "ratio") == "0.80"
    assert in_unit_beside(Fraction(31, 3), Fraction(10), "money") == "10.33"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Fraction(1), "ratio", "1"),
        (Fraction(19, 20), "ratio", "0.95"),
        (Fraction(125, 1000), "ratio", "0.125"),
        (Fraction(45), "percent", "45%"),
        (Fraction(10), "money", "£10"),
    ],
)
def test_a_threshold_is_written_as_its_author_wrote_it(value: Fraction, unit: Unit, text: str):
    assert threshold_text(value, unit, "pounds") == text


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (Fraction(1234567), "count", "1,234,567"),
        (Fraction(25, 2), "amount", "12.5"),
        (Fraction(16980), "time", "4:43:00"),
        (Fraction(16981, 2), "time", "2:21:30.5"),
        (Fraction(397), "pace", "6:37 min/km"),
        (Fraction(795, 2), "pace", "0:06:37.5"),
        (Fraction(65, 2), "percent", "32.5%"),
        (Fraction(1), "yes-no", "yes"),
        (Fraction(0), "yes-no", "no"),
    ],
)
def test_numbers_entered_stay_exact(value: Fraction, kind: Kind, text: str):
    assert exact_text(value, kind) == text


def test_the_grade_the_numbers_lead_to_stands_with_its_points():
    view = view_of(prizes((300, 300), (200, 200), (120, 150)))
    assert (view.worth, view.word, view.points, view.possible) == (Fraction(1, 2), "Partly", 1, 2)
    assert (view.settled_by, view.declared, view.verdict) == ("numbers", False, "numbers")
    assert view.measure == "Prize parity"


def test_every_step_of_the_working_is_kept():
    view = view_of(prizes((300, 300), (200, 200), (120, 150)))
    assert [(step.label, step.text) for step in view.steps] == [
        ("Lowest ratio at any place", "120 ÷ 150 = 0.80"),
        ("Totals", "620 ÷ 650 = 0.95"),
        ("Places paid, women and men", "3 and 3"),
    ]


def test_thresholds_say_what_is_asked_for_and_where_the_figure_stands():
    full, partly, none = view_of(prizes((300, 300), (200, 200), (120, 150))).asks
    assert [row.word for row in (full, partly, none)] == ["Fully", "Partly", "Not met"]
    (lowest,), (depth,) = (line.alternatives for line in full.lines)
    assert (lowest.name, lowest.relation, lowest.threshold) == ("lowest ratio at any place", "at_least", "1")
    assert (lowest.here, lowest.holds) == ("0.80", False)
    assert (depth.here, depth.holds) == ("1.00", True)
    assert partly.lines[0].holds is True
    assert none.lines == ()


def test_thresholds_are_worded_the_same_before_there_are_numbers():
    def thresholds(rows: tuple[GradeAsks, ...]) -> list[tuple[str, list[tuple[str, str, str]]]]:
        return [
            (row.word, [(a.name, a.relation, a.threshold) for line in row.lines for a in line.alternatives])
            for row in rows
        ]

    general = asks_in_general(a_checklist(criteria=[PRIZES]), PRIZES)
    assert thresholds(general) == thresholds(view_of(prizes((300, 300))).asks)
    asked = [ask for row in general for line in row.lines for ask in line.alternatives]
    assert {(ask.here, ask.holds) for ask in asked} == {(None, None)}
    plain = a_criterion("any", "A1")
    informs = a_criterion("any", "A1", measure=MeasureUse(name="prize-parity"))
    for criterion in (plain, informs):
        assert asks_in_general(a_checklist(criteria=[criterion]), criterion) == ()


def test_of_several_thresholds_one_is_enough():
    use = MeasureUse(
        name="unheard-of",
        grades={
            "full": (Threshold(figure="ratio", at_least=Fraction(1)),),
            "partly": (
                Threshold(
                    any=(
                        Threshold(figure="ratio", over=Fraction(9, 10)),
                        Threshold(any=(Threshold(figure="chart", at_least=Fraction(1)),)),
                    )
                ),
            ),
        },
    )
    figure = a_figure(
        "unheard-of",
        quantities=(
            Quantity(id="ratio", label="Ratio", value=Fraction(4, 5), unit="ratio"),
            Quantity(id="chart", label="Chart", value=Fraction(1), unit="yes-no"),
        ),
    )
    (_, partly, _) = view_by_hand(figure, use).asks
    (line,) = partly.lines
    assert [(ask.name, ask.threshold, ask.here, ask.holds) for ask in line.alternatives] == [
        ("Ratio", "0.9", "0.80", False),
        ("Chart", "yes", "yes", True),
    ]
    assert line.holds is True


def test_numbers_stand_as_they_were_entered():
    numbers = view_of(prizes((300, 300), (None, 200), (120, 150), unit="kroner")).numbers
    assert numbers
    assert numbers.values == (("Currency", "kroner"),)
    assert numbers.table
    assert numbers.table.head == ("Place", "Women", "Men")
    assert numbers.table.rows == (
        ("1st", "300", "300"),
        ("2nd", "not given", "200"),
        ("3rd", "120", "150"),
    )


def test_a_measure_that_informs_leaves_the_grade_to_the_hand():
    view = view_by_hand(a_figure(), answer=Answer(grade="full"))
    assert (view.verdict, view.settled_by, view.declared, view.asks) == ("informs", "hand", True, ())
    shown = view_by_hand(a_figure(), answer=Answer(grade="full", evidence=(evidence(),)))
    assert shown.declared is False


def test_without_an_answer_there_is_no_grade_yet():
    view = view_by_hand(a_figure())
    assert (view.worth, view.word, view.points, view.settled_by) == ("unanswered", "", None, None)


def test_small_numbers_and_missing_ones_lead_to_no_verdict():
    use = MeasureUse(name="prize-parity", grades={"full": (Threshold(figure="ratio", at_least=Fraction(1)),)})
    use = use.model_copy(update={"grades": use.grades | {"partly": use.grades["full"]}})
    unknown = (Quantity(id="ratio", label="Ratio", value=None, unit="ratio"),)
    few = (Quantity(id="ratio", label="Ratio", value=Fraction(1), unit="ratio", small=True),)
    assert view_by_hand(a_figure(small=True), use).verdict == "small"
    assert view_by_hand(a_figure(quantities=few), use).verdict == "small"
    view = view_by_hand(a_figure(quantities=unknown), use)
    assert view.verdict == "missing"
    assert view.asks[0].lines[0].alternatives[0].here is None
    assert view_by_hand(a_figure(), use).verdict == "numbers"


def test_a_hidden_step_says_that_it_is_hidden():
    view = view_by_hand(a_figure(steps=(Step(label="Removed", text=None, private=True),)))
    assert [step.text for step in view.steps] == [None]
    assert view.hides is True
    assert view_by_hand(a_figure()).hides is False


def test_many_hidden_steps_say_so_once():
    def hidden(label: str) -> Step:
        return Step(label=label, text=None, private=True)

    shown = Step(label="Headroom", text="3:00:00 ÷ 2:00:00 = 1.50")
    few = view_by_hand(a_figure(steps=(shown, hidden("Women"), hidden("Men"))))
    assert [step.label for step in few.steps] == ["Headroom", "Women", "Men"]
    many = view_by_hand(
        a_figure(steps=(hidden("Women"), hidden("Men"), hidden("Both"), shown, hidden("Gap")))
    )
    assert [(step.label, step.text) for step in many.steps] == [
        ("Women, and 2 lines more", None),
        ("Headroom", "3:00:00 ÷ 2:00:00 = 1.50"),
        ("Gap", None),
    ]


def test_the_short_fact_is_a_quantity_with_its_name():
    quantity = Quantity(id="short", label="Largest shortfall", value=Fraction(30), unit="money")
    assert short_fact(quantity, "pounds") == "Largest shortfall: £30"
    assert short_fact(quantity.model_copy(update={"value": None})) == ""
    assert short_fact(None) == ""


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_the_typeface_has_every_character_of_a_measure(measure: Measure):
    columns = measure.table.columns if measure.table else ()
    fields = (*measure.fields, *columns)
    texts = [
        measure.title,
        measure.formula,
        *measure.figures.values(),
        *(title for title, _ in measure.sources),
    ]
    texts += [text for field in fields for text in (field.label, *(label for _, label in field.choices))]
    texts += [measure.table.caption, measure.table.label or ""] if measure.table else []
    font = TTFont(PACKAGE / "static" / "fonts" / "AtkinsonHyperlegibleNext-Regular.ttf")
    missing = {character for text in texts for character in text if ord(character) not in font.getBestCmap()}
    assert not missing
