"""What may be published: no count of one to four participants, and nothing that gives one away."""

from fractions import Fraction

import pytest

from auditapp.domain.measures import (
    Field,
    Figure,
    Measure,
    Numbers,
    Row,
    Table,
    public_figure,
    public_numbers,
)
from auditapp.domain.measures.definition import check
from auditapp.domain.measures.figure import CountedShare, Curve, CurvePoint, Quantity, Step
from auditapp.domain.measures.privacy import merged


def a_measure(*fields: Field, table: Table | None = None) -> Measure:
    return Measure(
        id="any",
        title="Any",
        asks="Anything.",
        formula="None.",
        figures={},
        work_out=lambda _numbers: Figure(measure="any", says="Nothing.", quantities=()),
        fields=fields,
        table=table,
    )


def people(name: str, part_of: str | None = None) -> Field:
    return Field(name, name.capitalize(), "count", people=True, part_of=part_of)


STARTERS = a_measure(people("starters"), people("finished", "starters"), people("stopped", "starters"))


def published(starters: int, finished: int, stopped: int) -> Numbers:
    values = {"starters": Fraction(starters), "finished": Fraction(finished), "stopped": Fraction(stopped)}
    return public_numbers(STARTERS, Numbers(values=values))


def test_numbers_without_small_counts_stay_the_same():
    numbers = Numbers(
        values={"starters": Fraction(40), "finished": Fraction(30), "stopped": Fraction(0)}, unit="people"
    )
    assert public_numbers(STARTERS, numbers) is numbers


@pytest.mark.parametrize(("stopped", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_a_count_of_one_to_four_is_hidden(stopped, shown):
    numbers = published(100, 80, stopped)
    assert ("stopped" in numbers.values) is shown
    assert ("stopped" in numbers.hidden) is not shown


def test_a_part_that_gives_a_hidden_one_away_is_withheld():
    numbers = published(43, 40, 3)
    assert (numbers.hidden, numbers.withheld) == (("stopped",), ("finished",))
    assert numbers.unpublished == ("stopped", "finished")
    assert dict(numbers.values) == {"starters": 43}


def test_a_rest_no_field_names_is_protected_too():
    numbers = published(43, 30, 10)
    assert (numbers.hidden, numbers.withheld) == ((), ("stopped",))


def test_a_hidden_part_is_safe_beside_a_large_rest():
    numbers = published(100, 40, 3)
    assert (numbers.hidden, numbers.withheld) == (("stopped",), ())


def test_without_the_whole_nothing_can_be_worked_out():
    numbers = Numbers(values={"finished": Fraction(40), "stopped": Fraction(3)})
    assert public_numbers(STARTERS, numbers).withheld == ()


def test_what_was_taken_out_is_not_missed():
    assert check(STARTERS, published(43, 40, 3)) == {}


def test_small_cells_of_a_table_are_hidden_row_by_row():
    measure = a_measure(table=Table("Groups", (people("women"), people("men"))))
    rows = (
        Row(cells={"women": Fraction(3), "men": Fraction(9)}),
        Row(cells={"women": Fraction(7), "men": Fraction(8)}),
    )
    numbers = public_numbers(measure, Numbers(rows=rows))
    assert numbers.hidden == ("row-1.women",)
    assert numbers.rows == (Row(cells={"men": Fraction(9)}), rows[1])
    assert check(measure, numbers) == {}


RUNNING = a_measure(
    people("starters"),
    table=Table(
        "Finished by then",
        (Field("time", "Time", "time"), Field("women", "Women", "count", running=True, part_of="starters")),
    ),
)


def running_totals(*women: int) -> list[Fraction]:
    rows = tuple(
        Row(cells={"time": Fraction(3600 + place), "women": Fraction(count)})
        for place, count in enumerate(women)
    )
    numbers = public_numbers(RUNNING, Numbers(values={"starters": Fraction(60)}, rows=rows))
    assert numbers.hidden == ()
    return [count for count in numbers.column("women") if count is not None]


def test_running_totals_keep_only_rows_five_people_apart():
    assert running_totals(0, 3, 7, 9, 14, 14, 20) == [0, 7, 14, 14, 20]


def test_running_totals_do_not_tell_how_few_never_finished():
    assert running_totals(20, 40, 55, 57, 60) == [20, 40, 55, 60]
    assert running_totals(20, 40, 57) == [20, 40]


def a_curve(*counts: tuple[int, int]) -> Curve:
    return Curve(
        title="Finish times",
        limit=None,
        points=tuple(
            CurvePoint(time=Fraction(60 * place), women=women, men=men)
            for place, (women, men) in enumerate(counts, start=1)
        ),
        of_women=60,
        of_men=60,
        women_median=None,
        men_median=None,
    )


def test_points_of_a_curve_stand_five_people_apart():
    curve = merged(a_curve((0, 5), (2, 20), (9, 22), (9, 30), (9, 30), (30, 30)))
    counts = [(point.women, point.men) for point in curve.points]
    assert counts == [(0, 5), (9, 22), (9, 30), (9, 30), (30, 30)]


def test_a_curve_does_not_tell_how_few_never_finished():
    curve = merged(a_curve((30, 30), (57, 40), (60, 60)))
    assert [(point.women, point.men) for point in curve.points] == [(30, 30), (60, 60)]


def test_a_published_figure_keeps_no_small_count():
    figure = Figure(
        measure="any",
        says="Few.",
        quantities=(
            Quantity(id="open", label="Open", value=Fraction(1), unit="number"),
            Quantity(id="closed", label="Closed", value=Fraction(2), unit="number", private=True),
        ),
        shares=(
            CountedShare(id="few", label="Few", count=3, of=60),
            CountedShare(id="nearly-all", label="Nearly all", count=57, of=60),
            CountedShare(id="none", label="None", count=0, of=60),
            CountedShare(id="pictures", label="Pictures", count=3, of=60, people=False),
        ),
        steps=(Step(label="Open", text="1"), Step(label="Closed", text="3 ÷ 60", private=True)),
        others=CountedShare(id="others", label="Others", count=2, of=60),
        picture=a_curve((30, 30), (32, 31)),
    )
    shown = public_figure(figure)
    assert [quantity.value for quantity in shown.quantities] == [1, None]
    assert [share.count for share in shown.shares] == [None, None, 0, 3]
    assert [step.text for step in shown.steps] == ["1", None]
    assert shown.others
    assert (shown.others.count, shown.others.percent, shown.others.interval) == (None, None, None)
    assert isinstance(shown.picture, Curve)
    assert len(shown.picture.points) == 1


def test_a_figure_without_a_picture_has_none_when_published():
    figure = Figure(measure="any", says="Nothing.", quantities=())
    assert public_figure(figure) == figure
