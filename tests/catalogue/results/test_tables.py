"""A measure's own table as CSV."""

import io
from fractions import Fraction

import pytest

from auditapp.catalogue.results import FileRead, ResultsFileError, choice_in, number_in, read_file
from auditapp.domain.measures import (
    MEASURES,
    Field,
    Figure,
    Measure,
    Numbers,
    NumbersRejected,
    Table,
    figure_of,
)
from auditapp.domain.measures.definition import Kind

PRIZES = MEASURES["prize-parity"]
CLUB = Measure(
    id="club",
    title="Club",
    asks="Anything.",
    formula="None.",
    figures={},
    work_out=lambda _numbers: Figure(measure="club", says="Nothing.", quantities=()),
    table=Table(
        "Groups",
        (Field("pace", "Slowest pace", "pace"), Field("led", "Led", "yes-no", optional=True)),
        label="Group",
    ),
)
ONE_LINE = Measure(
    id="one-line",
    title="One line",
    asks="Anything.",
    formula="None.",
    figures={},
    work_out=lambda _numbers: Figure(measure="one-line", says="Nothing.", quantities=()),
    fields=(
        Field("women", "Women who applied", "count"),
        Field("field", "Field", "choice", choices=(("uk-5k", "UK 5 km"), ("uk-10k", "UK 10 km"))),
    ),
)


def table(measure: Measure, text: str, entered: Numbers | None = None) -> FileRead:
    return read_file(measure, io.BytesIO(text.encode()), entered, file="table.csv")


def test_columns_go_by_their_ids_or_by_their_words():
    for heading in ("women,men", "Place;Women;Men", "MEN\tWomen"):
        delimiter = next(sign for sign in ",;\t" if sign in heading)
        cells = {"women": "120", "men": "150", "place": "1"}
        line = delimiter.join(cells[name.casefold()] for name in heading.split(delimiter))
        numbers = table(PRIZES, f"{heading}\n{line}\n").numbers
        assert [dict(row.cells) for row in numbers.rows] == [{"women": 120, "men": 150}]
        assert figure_of("prize-parity", numbers).quantity("lowest-ratio").value == Fraction(4, 5)


def test_a_file_keeps_what_was_entered_beside_it():
    read = table(PRIZES, "women,men\n1,2\n,3\n", Numbers(unit="pounds"))
    assert (read.numbers.unit, read.numbers.source) == ("pounds", "table.csv")
    assert list(read.numbers.column("women")) == [1, None]


def test_labels_paces_and_yes_or_no():
    read = table(CLUB, "Group,Slowest pace,Led\nTortoises,7:05,ja\nHares,5:00,no\n")
    assert [(row.label, dict(row.cells)) for row in read.numbers.rows] == [
        ("Tortoises", {"pace": 425, "led": 1}),
        ("Hares", {"pace": 300, "led": 0}),
    ]


def test_a_measure_without_a_table_is_one_line():
    read = table(ONE_LINE, "women,field\n1.200,UK 10 km\n".replace(",", ";"))
    assert (read.numbers.values, read.numbers.choices) == ({"women": 1200}, {"field": "uk-10k"})


def test_a_bad_line_is_named_and_the_others_stay():
    read = table(
        CLUB,
        'label,pace,led\nA,7:05,yes\nB,slow,yes\nC,6:00,perhaps\n"D,6:00\nE,6:30,,x\nF\u202e,6:00\nG,6:00\n',
    )
    assert [row.label for row in read.numbers.rows] == ["A", "G"]
    assert read.account.bad == [
        (3, "“Slowest pace” must be a time such as 6:37"),
        (4, "“Led” must be yes or no"),
        (5, "opens a quotation mark that is not closed"),
        (6, "has more cells than the heading: a comma within a cell needs quotation marks around the cell"),
        (7, "has characters that cannot be shown: U+202E. Type them again by hand"),
    ]


@pytest.mark.parametrize(
    ("measure", "text", "message"),
    [
        (
            CLUB,
            "place,women\n1,2\n",
            "has not the columns this measure needs, but “place”, “women”; head them pace, led",
        ),
        (CLUB, "label,pace\n", "has a heading and no lines below it; fill in the numbers"),
        (
            CLUB,
            "label,pace\nA,x\n",
            "has no line that can be read: line 2 “Slowest pace” must be a time such as 6:37",
        ),
        (CLUB, "label,pace\n" + "A,6:00\n" * 401, "has more than 400 lines below its heading"),
        (ONE_LINE, "women,field\n1,uk-5k\n2,uk-5k\n", "has more than one line below its heading"),
        (ONE_LINE, "women,field\n1,mars\n", "line 2 “Field” must be one of uk-5k, uk-10k"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(measure, text, message):
    with pytest.raises(ResultsFileError) as refused:
        table(measure, text)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("count", "1,200", 1200), ("count", "1 200", 1200), ("count", "1\u202f200", 1200),
        ("count", "12", 12),
        ("amount", "£1,200.50", Fraction(2401, 2)), ("amount", "12.5", Fraction(25, 2)),
        ("amount", "12,5", Fraction(25, 2)),
        ("amount", "CHF 1'200.–", None), ("amount", "1'200 CHF", 1200), ("amount", "€ 12", 12),
        ("amount", "-3", -3),
        ("percent", "45 %", 45), ("time", "1:45:00", 6300), ("pace", "6:37", 397), ("yes-no", "TRUE", 1),
        ("yes-no", "nein", 0),
        ("amount", "", None), ("amount", "twelve", None), ("amount", "1,2,3", None),
        ("amount", "1.2.3", None), ("count", "=1", None),
        ("amount", "9" * 50, None), ("time", "soon", None), ("yes-no", "maybe", None), ("choice", "x", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(kind: Kind, text, value):
    field = Field("any", "Any", kind)
    if value is None:
        with pytest.raises(ValueError, match=r"must be|is a choice"):
            number_in(field, text)
    else:
        assert number_in(field, text) == value


def test_a_decimal_comma_turns_point_and_comma_round():
    field = Field("any", "Any", "amount")
    assert number_in(field, "1.200,50", decimal_comma=True) == Fraction(2401, 2)
    assert number_in(field, "1.200", decimal_comma=True) == 1200


def test_choices_go_by_id_or_words():
    field = ONE_LINE.field("field")
    assert [choice_in(field, text) for text in ("uk-5k", "UK 10 km")] == ["uk-5k", "uk-10k"]


def test_numbers_that_contradict_one_another_are_the_measures_business():
    with pytest.raises(NumbersRejected):
        figure_of("prize-parity", table(PRIZES, "women,men\n-1,2\n").numbers)
