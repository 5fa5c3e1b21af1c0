"""A file reduced to what can be a gender, a time, a status or a wave: no name is kept, and it reads as the file would."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as some

from auditapp.catalogue.results import (
    Reduced,
    ResultsFileError,
    Role,
    read_reduced,
    read_results,
    reduce_file,
    reduced_file,
)
from auditapp.catalogue.results.cells import status_word
from auditapp.catalogue.results.reducing import MOST_COLUMNS
from auditapp.catalogue.results.vocabulary import STATUS_WORDS

RACE = """Bib,Name,Gender,Club,Wave,Chip time,Place,Status
101,Ann Lee,F,Hill Harriers,A,3:10:00,1,
102,"Ek, Bo",M,,Wave 2,2:59:30.2,2,finisher
103,Cy Ho,X,Ek Runners,,3:30:00,3,
104,Di Po,,,A,,,DNF (missed cut-off at 42 km)
105,Ed Lim,M35,,B,,OTL,
105,ED LIM,m35,,B,,otl,
106,Flo Secret,Secret,Secret,Secret,7:15 pm,Secret,Secret
107,Gil Secret,F,,,Secret,,
108,Hal "Secret,M
109,Ida,F,,A,=1+1,,
110,Jo,=F,,A,1:00:00,,
111,Kim,M,,A,1:00:00,5,,,too many
"""


def reduced(text: str) -> tuple[str, Reduced]:
    """What is kept of a file, and its columns."""
    kept = io.StringIO()
    found = reduce_file(io.BytesIO(text.encode()), kept)
    return kept.getvalue(), found


def told(reading):
    """Everything a reading tells, without the columns it was read from and the look of what could not be read."""
    bad = [(one.number, one.problem.partition(" (it looks")[0]) for one in reading.account.bad]
    return (
        reading.results,
        reading.account.lines,
        reading.account.reasons,
        bad,
        reading.genders,
        reading.notes,
    )


def of_the_file(text: str):
    """What the file itself comes to, or why it cannot be read."""
    try:
        return told(read_results(io.BytesIO(text.encode())))
    except ResultsFileError as refused:
        return str(refused).partition(" (it looks")[0]


def of_what_is_kept(text: str):
    """The same of what is kept of it."""
    try:
        kept, columns = reduced(text)
        return told(read_reduced(kept.splitlines(True), columns.guessed))
    except ResultsFileError as refused:
        return str(refused).partition(" (it looks")[0]


def test_a_reduced_file_reads_as_the_file_itself():
    assert of_what_is_kept(RACE) == of_the_file(RACE)
    _, lines, reasons, *_ = of_what_is_kept(RACE)
    assert (lines, reasons.total()) == (12, 7)


def test_nothing_personal_is_kept():
    kept, _ = reduced(RACE)
    for word in ("Ann", "Lee", "Lim", "Ek", "Secret", "Harriers", "101", "secret", "lim", "35"):
        assert word not in kept, word


def test_columns_are_told_with_a_few_of_the_values_seen():
    _, columns = reduced(RACE)
    assert columns.headings == ("Gender", "Wave", "Chip time", "Place", "Status")
    assert columns.guessed == {
        Role.GENDER: 0,
        Role.WAVE: 1,
        Role.TIME: 2,
        Role.PLACE: 3,
        Role.STATUS: 4,
    }
    assert columns.headed
    seen = dict(zip(columns.headings, columns.seen, strict=True))
    assert set(seen["Gender"]) == {"f", "m", "x"}
    assert seen["Wave"] == ("A", "B", "Wave 2")
    assert "11400" in seen["Chip time"]
    assert set(seen["Status"]) == {"finisher", "timedout"}
    assert seen["Place"] == ("timedout",)


def test_the_columns_come_back_from_what_was_kept():
    kept, columns = reduced(RACE)
    again, records = reduced_file(kept.splitlines(True))
    assert again == columns
    assert [record.number for record in records] == list(range(2, 14))


def test_another_column_can_be_chosen():
    text = "Gender,Gun time,Chip time\nF,1:10:00,1:00:00\nM,1:10:00,59:00\n"
    kept, columns = reduced(text)
    gun = read_reduced(kept.splitlines(True), {Role.GENDER: 0, Role.TIME: 1})
    assert [sorted(group.times) for group in gun.results.groups.values()][:2] == [[4200], [4200]]
    assert columns.guessed[Role.TIME] == 2


def test_a_file_without_a_heading_is_reduced_as_well():
    kept, columns = reduced("Ann,F,1:10:00\nBo,M,59:00\n")
    assert (columns.headings, columns.headed) == (("column 2", "column 3"), False)
    assert told(read_reduced(kept.splitlines(True), columns.guessed))[1] == 2


def test_a_surname_that_is_also_a_status_keeps_no_column():
    _, columns = reduced("Surname,Gender,Time\nLim,F,1:00:00\nHo,M,1:00:00\nPo,M,1:00:00\n")
    assert columns.headings == ("Gender", "Time")
    _, columns = reduced("Who,Gender,Time\nLim,F,1:00:00\nHo,M,1:00:00\nPo,M,1:00:00\n")
    assert columns.headings == ("Gender", "Time")


def test_a_file_with_a_column_for_every_kilometre_keeps_the_ones_that_matter():
    splits = ",".join(f"Checkpoint {number}" for number in range(40))
    times = ",".join(["0:10:00"] * 40)
    _, columns = reduced(f"{splits},Sex,Finish time\n{times},F,5:00:00\n{times},M,5:00:00\n")
    assert len(columns.headings) == MOST_COLUMNS
    assert columns.headings[-2:] == ("Sex", "Finish time")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a workbook", b"<!doctype html>"])
def test_what_is_no_table_is_refused(content: bytes):
    with pytest.raises(ResultsFileError):
        reduce_file(io.BytesIO(content), io.StringIO())


@pytest.mark.parametrize("word", sorted(STATUS_WORDS))
def test_a_status_is_kept_as_the_status_it_is(word: str):
    kept, _ = reduced(f"Gender,Status\nF,{word}\nM,see referee: {word}\n")
    statuses = [line.rstrip("\n").split("\t")[-1] for line in kept.splitlines()[1:]]
    assert status_word(statuses[0]) is STATUS_WORDS[word]


GENDERS = some.sampled_from(["F", "M", "W", "X", "", "Female", "non-binary", "F40", "Secret", "?", "-", "H"])
TIMES = some.sampled_from(
    ["1:00:00", "59:59.4", "3600", "", "DNF", "0.04", "1:75:00", "4h12", "dns", "2:00:00.0", "x"]
)
STATUSES = some.sampled_from(
    ["", "finisher", "DNF", "OTL at 30 km", "DSQ", "see notes", "did not start", "-"]
)
WAVES = some.sampled_from(["A", "B", "", "Wave 3", "09:30", "Hill Harriers"])
LINES = some.lists(some.tuples(GENDERS, TIMES, STATUSES, WAVES), min_size=3, max_size=40)


@given(lines=LINES, separator=some.sampled_from([",", ";", "\t"]))
def test_whatever_stands_in_it_a_reduced_file_reads_as_the_file_itself(lines, separator: str):
    rows = (
        ["Bib", "Gender", "Time", "Status", "Wave"],
        *([str(bib), *cells] for bib, cells in enumerate(lines)),
    )
    text = "\n".join(separator.join(row) for row in rows) + "\n"
    assert of_what_is_kept(text) == of_the_file(text)
    kept, _ = reduced(text)
    assert "Secret" not in kept
    assert "Harriers" not in kept
