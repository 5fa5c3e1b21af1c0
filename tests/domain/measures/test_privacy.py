"""What may be published: no count of one to four participants, and nothing that gives one away."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations_with_replacement, product

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
from auditapp.domain.measures.definition import ROW, check
from auditapp.domain.measures.figure import (
    Bullet,
    Bullets,
    CountedShare,
    Curve,
    CurvePoint,
    Quantity,
    Queue,
    Queues,
    Shares,
    Step,
)
from auditapp.domain.measures.privacy import unpublished
from tests.builders import some_numbers
from tests.domain.measures.worlds import World, given_away, published


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


def people(name: str, part_of: str | None = None, *, apart: bool = True) -> Field:
    return Field(name, name.capitalize(), "count", people=True, part_of=part_of, apart=apart)


STARTERS = a_measure(people("starters"), people("finished", "starters"), people("stopped", "starters"))


def starting(starters: int, finished: int, stopped: int) -> Numbers:
    values = {"starters": Fraction(starters), "finished": Fraction(finished), "stopped": Fraction(stopped)}
    return public_numbers(STARTERS, Numbers(values=values))


def test_numbers_without_small_counts_stay_the_same():
    numbers = Numbers(
        values={"starters": Fraction(40), "finished": Fraction(30), "stopped": Fraction(0)}, unit="people"
    )
    assert public_numbers(STARTERS, numbers) is numbers


@pytest.mark.parametrize(("stopped", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_a_count_of_one_to_four_is_hidden(stopped, shown):
    numbers = starting(100, 80, stopped)
    assert ("stopped" in numbers.values) is shown
    assert ("stopped" in numbers.hidden) is not shown


def test_a_part_that_gives_a_hidden_one_away_is_withheld():
    numbers = starting(43, 40, 3)
    assert (numbers.hidden, numbers.withheld) == (("stopped",), ("finished",))
    assert numbers.unpublished == ("stopped", "finished")
    assert dict(numbers.values) == {"starters": 43}


def test_a_rest_no_field_names_is_protected_too():
    numbers = starting(53, 30, 20)
    assert (numbers.hidden, numbers.withheld) == ((), ("stopped",))


def test_where_all_are_few_none_is_said_to_be_small():
    numbers = starting(12, 9, 3)
    assert (numbers.hidden, numbers.withheld) == ((), ("finished", "stopped"))
    assert dict(numbers.values) == {"starters": 12}


def test_of_a_whole_that_is_small_nothing_is_told():
    numbers = starting(4, 4, 0)
    assert (numbers.hidden, numbers.withheld) == (("starters",), ("finished", "stopped"))


def test_a_hidden_part_is_safe_beside_a_large_rest():
    numbers = starting(100, 40, 3)
    assert (numbers.hidden, numbers.withheld) == (("stopped",), ())


def test_without_the_whole_nothing_can_be_worked_out():
    numbers = Numbers(values={"finished": Fraction(40), "stopped": Fraction(3)})
    assert public_numbers(STARTERS, numbers).withheld == ()


def test_what_was_taken_out_is_not_missed():
    assert check(STARTERS, starting(43, 40, 3)) == {}


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


def a_curve(*private: bool) -> Curve:
    return Curve(
        title="Finish times",
        limit=None,
        points=tuple(
            CurvePoint(time=Fraction(60 * place), women=30, men=30, private=one)
            for place, one in enumerate(private, start=1)
        ),
        of_women=60,
        of_men=60,
        women_median=None,
        men_median=None,
    )


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
            CountedShare(id="telling", label="Telling", count=30, of=60, private=True),
            CountedShare(id="of-few", label="Of few", count=0, of=3),
        ),
        steps=(Step(label="Open", text="1"), Step(label="Closed", text="3 ÷ 60", private=True)),
        others=CountedShare(id="others", label="Others", count=2, of=60),
        picture=a_curve(False, True),
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


@pytest.mark.parametrize(
    ("picture", "kept"),
    [
        (a_curve(True, True), None),
        (a_curve(False).model_copy(update={"private": True}), None),
        (Shares(title="Shares", shares=("few", "telling")), Shares(title="Shares", shares=("few",))),
        (Shares(title="Shares", shares=("telling",)), None),
        (Queues(title="Queues", rows=(Queue(label="Q", people=Fraction(9), units=Fraction(1)),), private=True), None),
    ],
)  # fmt: skip
def test_a_picture_goes_where_it_would_give_a_count_away(picture, kept):
    figure = Figure(
        measure="any",
        says="Few.",
        quantities=(),
        shares=(
            CountedShare(id="few", label="Few", count=3, of=60),
            CountedShare(id="telling", label="Telling", count=30, of=60, private=True),
        ),
        picture=picture,
    )
    assert public_figure(figure).picture == kept


def test_a_bar_goes_where_it_would_give_a_count_away():
    bars = [Bullet(label=str(place), women=Fraction(1), line=None, private=place == 1) for place in (0, 1)]
    bullets = Bullets(title="Bars", unit="percent", bar="women", line="men", rows=tuple(bars))
    figure = Figure(measure="any", says="Few.", quantities=(), picture=bullets)
    assert [bar.label for bar in public_figure(figure).picture.rows] == ["0"]
    alone = figure.model_copy(update={"picture": bullets.model_copy(update={"rows": (bars[1],)})})
    assert public_figure(alone).picture is None


@pytest.mark.parametrize("private", [False, True])
def test_others_that_would_give_a_count_away_are_not_shown(private):
    others = CountedShare(id="others", label="Others", count=7, of=60, private=private)
    figure = Figure(measure="any", says="Few.", quantities=(), others=others)
    assert (public_figure(figure).others is None) is private


def test_parts_that_are_no_participants_are_nobody_s_secret():
    staff = (Field("all", "All", "count"), Field("women", "Women", "count", part_of="all"))
    numbers = some_numbers(all=6, women=2)
    assert public_numbers(a_measure(*staff), numbers) is numbers


TIMES = a_measure(
    people("starters"),
    people("finishers", "starters"),
    Field("median", "Median", "time", optional=True, people_of="finishers"),
)


@pytest.mark.parametrize(
    ("starters", "finishers", "shown"),
    [(100, 60, True), (100, 4, False), (100, 98, True), (9, 6, False), (9, 9, True)],
)
def test_what_is_told_of_fewer_than_five_people_is_withheld(starters, finishers, shown):
    numbers = some_numbers(starters=starters, finishers=finishers, median=3600)
    assert ("median" in public_numbers(TIMES, numbers).values) is shown


def test_a_measure_learns_which_of_its_rows_and_sums_are_not_published():
    measure = a_measure(people("all"), table=Table("Near", (people("near", "all"),)))
    rows = ({"near": 3}, {"near": 40}, {"near": 0}, {"near": 50})
    assert unpublished(measure, some_numbers(*rows, all=200)) == {"row-1.near", "row-4.near"}
    assert unpublished(measure, some_numbers(*rows, all=95)) == {"near", "row-1.near", "row-4.near"}
    assert unpublished(RUNNING, some_numbers({"women": 20}, {"women": 22}, starters=60)) == {"row-2"}


def every_family(parts: int, most: int) -> Iterator[tuple[str, World]]:
    measure = a_measure(people("all"), *(people(f"part-{place}", "all") for place in range(parts)))
    for whole in range(most):
        for counts in product(range(whole + 1), repeat=parts):
            if sum(counts) <= whole:
                named = {f"part-{place}": count for place, count in enumerate(counts)}
                numbers = Numbers(
                    values={"all": Fraction(whole)} | {name: Fraction(count) for name, count in named.items()}
                )
                yield published(measure, numbers), {"all": whole, "rest": whole - sum(counts), **named}


def every_row_that_adds_up(most: int) -> Iterator[tuple[str, World]]:
    measure = a_measure(
        table=Table("Starters", tuple(people(name, ROW) for name in ("women", "men", "other")))
    )
    for women, men, other in product(range(most), repeat=3):
        row = {"women": women, "men": men, "other": other}
        numbers = some_numbers(row)
        total = "" if "row-1.women" in unpublished(measure, numbers) else f" of {sum(row.values())}"
        yield published(measure, numbers) + total, row


def every_column_with_its_sum(most: int) -> Iterator[tuple[str, World]]:
    measure = a_measure(people("all"), table=Table("Near", (people("near", "all"),)))
    for whole in range(most):
        for first, second in product(range(whole + 1), repeat=2):
            if first + second <= whole:
                numbers = some_numbers({"near": first}, {"near": second}, all=whole)
                total = "" if "near" in unpublished(measure, numbers) else f" {first + second}"
                rest = whole - first - second
                world = {"all": whole, "first": first, "second": second, "both": first + second, "rest": rest}
                yield published(measure, numbers) + total, world


def every_nest(most: int) -> Iterator[tuple[str, World]]:
    measure = a_measure(
        people("welcome", "answered", apart=False),
        people("return", "answered", apart=False),
        people("answered", "asked", apart=False),
        people("asked"),
    )
    for asked in range(most):
        for answered in range(asked + 1):
            for one, other in product(range(answered + 1), repeat=2):
                counts = {"asked": asked, "answered": answered, "welcome": one, "return": other}
                silent = {"silent": asked - answered, "unwelcome": answered - one, "gone": answered - other}
                numbers = Numbers(values={name: Fraction(count) for name, count in counts.items()})
                yield published(measure, numbers), counts | silent


def every_curve(starting_numbers: Iterable[int], rows: int) -> Iterator[tuple[str, World]]:
    measure = a_measure(
        people("starters"),
        people("finishers", "starters"),
        people("stopped", "starters"),
        table=Table(
            "So far", (Field("women", "Women", "count", people=True, running=True, part_of="finishers"),)
        ),
    )
    for starters in starting_numbers:
        for finishers in range(starters + 1):
            for stopped in range(starters - finishers + 1):
                for so_far in combinations_with_replacement(range(finishers + 1), rows):
                    numbers = some_numbers(
                        *({"women": count} for count in so_far),
                        starters=starters, finishers=finishers, stopped=stopped,
                    )  # fmt: skip
                    steps = zip((0, *so_far), (*so_far, finishers), strict=True)
                    world = {f"step-{place}": later - before for place, (before, later) in enumerate(steps)}
                    yield published(measure, numbers), {"starters": starters, "finishers": finishers, **world}


@pytest.mark.parametrize(
    "worlds",
    [
        every_family(1, 40),
        every_family(2, 26),
        every_family(3, 15),
        every_column_with_its_sum(24),
        every_nest(13),
        every_curve((7, 12, 15, 16, 17, 19), 1),
        every_curve((9, 16), 2),
    ],
    ids=[
        "one part",
        "two parts",
        "three parts",
        "a column with its sum",
        "parts of parts",
        "a curve",
        "a longer curve",
    ],
)
def test_no_small_count_can_be_worked_out(worlds):
    assert given_away(worlds) == []


def test_no_small_count_of_a_row_can_be_worked_out_from_its_total():
    assert given_away(every_row_that_adds_up(20), within=lambda row: max(row.values()) < 15) == []


def test_looking_at_every_world_finds_what_is_given_away():
    worlds = [
        ("3 of 20", {"few": 3, "rest": 17}),
        ("20", {"few": 1, "rest": 9}),
        ("20", {"few": 2, "rest": 9}),
    ]
    assert given_away(worlds) == [("few", 3, "3 of 20")]
