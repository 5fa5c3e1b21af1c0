"""Results files and start lists, reduced to counts and times."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.catalogue.results import ResultsFileError, Role
from auditapp.catalogue.results.reading import BAD_LINES_KEPT, BadLine
from auditapp.domain.measures import Gender
from tests.catalogue.results.files import finished, read

TINY = """Bib,Name,Gender,Chip time,Status
1,Ann Lee,F,3:10:00,
2,Bo Ek,M,2:59:30.2,
3,Cy Ho,X,3:30:00,
4,Di Po,,,DNF
5,Ed Yu,M,,OTL
"""


def test_a_file_is_reduced_to_counts_and_times():
    results = read(TINY).results
    assert dict(results[Gender.WOMEN].times) == {11_400: 1}
    assert dict(results[Gender.MEN].times) == {10_771: 1}
    assert results[Gender.MEN].timed_out == 1
    assert results[Gender.NONBINARY].finishers == 1
    assert results[Gender.UNDISCLOSED].stopped == 1
    assert (results.lines, results.left_out, results.says_timed_out, results.source) == (
        5,
        0,
        True,
        "results.csv",
    )


def test_no_name_is_kept():
    reading = read(TINY + "6,Fay Secret,Secret,1:00,\n7,Gil Secret,F,Secret,\n")
    assert "Secret" not in repr(reading)
    assert "Lee" not in repr(reading)
    assert [bad.number for bad in reading.account.bad] == [7, 8]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
def test_any_encoding_people_save_in_is_read(encoding):
    reading = read("Nom;Sexe;Temps\nZoë Müller;féminin;1:00:00\nRené;masculin;59:00\n", encoding)
    assert finished(reading) == (1, 1)
    expected = {
        "utf-8": "UTF-8",
        "utf-8-sig": "UTF-8",
        "cp1252": "Windows-1252",
        "latin-1": "Windows-1252",
        "utf-32": "UTF-32",
    }
    assert reading.encoding == expected.get(encoding, "UTF-16")


def test_a_byte_of_another_encoding_spoils_nothing_around_it():
    reading = read(
        "Name,Gender,Time\nZoë,F,1:00:00\n".encode() + b"Ren\xe9\x81,Fran\xe7ais,1:00\nZo\xc3\xab,F,1:01:00\n"
    )
    assert finished(reading) == (2, 0)
    assert [bad.number for bad in reading.account.bad] == [3]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_delimiter_and_line_end_is_read(delimiter, newline):
    lines = ["Name,Gender,Time", "A,F,1:00:00", "B,M,59:00", ""]
    assert finished(read(newline.join(lines).replace(",", delimiter))) == (1, 1)


def test_the_delimiter_may_be_named_in_the_first_line():
    assert finished(read("sep=;\nGender;Time\nF;1:00:00,5\nM;1:00:00,5\n")) == (1, 1)


@pytest.mark.parametrize(
    ("heading", "lines"),
    [
        ("Name,Gender,Time", ["A,Female,1:00:00", "B,Male,1:01:00"]),
        ("Name;Geschlecht;Nettozeit;Bruttozeit", ["A;W;1:00:00;1:00:09", "B;M;1:01:00;1:02:00"]),
        ("Nom;Sexe;Temps réel;Temps officiel", ["A;F;1:00:00;1:00:09", "B;H;1:01:00;1:02:00"]),
        ("Nombre;Sexo;Tiempo neto;Tiempo oficial", ["A;M;1:00:00;1:00:09", "B;H;1:01:00;1:02:00"]),
        ("Nome;Sesso;Real time;Gun time", ["A;F;1:00:00;1:00:09", "B;M;1:01:00;1:02:00"]),
        ("Naam;Geslacht;Bruto tijd;Netto tijd", ["A;V;1:00:09;1:00:00", "B;M;1:02:00;1:01:00"]),
        ("Pos,Gun,Chip,M/F", ["1,1:00:09,1:00:00,F", "2,1:02:00,1:01:00,M"]),
        ("Gender place,Gender,Start time,Finish,10 km split", ["1,F,09:00:00,1:00:00,30:00", "1,M,09:00:00,1:01:00,30:00"]),
        ("time,age,gender,time_in_seconds", ["1H 0M 0S,30,W,3600", "1H 1M 0S,0,M,3660"]),
        ("Runner,Category,Result", ["A,W35,1:00:00", "B,M40,1:01:00"]),
        ("Starter,Klasse,Ziel", ["A,Damen,1:00:00", "B,Herren,1:01:00"]),
    ],
)  # fmt: skip
def test_columns_are_found_by_their_heading_or_by_what_stands_in_them(heading, lines):
    results = read("\n".join([heading, *lines])).results
    assert (list(results[Gender.WOMEN].times), list(results[Gender.MEN].times)) == ([3600], [3660])


def test_a_file_without_a_heading_is_read_by_what_stands_in_it():
    reading = read("1,A,F,30:00,1:00:00\n2,B,M,29:00,1:01:00\n3,C,M,29:00,1:01:00\n")
    assert reading.columns.headings == ("column 1", "column 2", "column 3", "column 4", "column 5")
    assert reading.columns.named(Role.TIME) == "column 5"
    assert finished(reading) == (1, 2)


def test_a_heading_may_stand_below_a_title():
    reading = read("The Great Race 2027\nprovisional\n\nPos,Name,Sex,Time\n1,A,F,1:00:00\n")
    assert (reading.results.lines, finished(reading)) == (1, (1, 0))


def test_columns_can_be_named_by_heading_or_number():
    text = "Name,A,B,C\nx,1:00:00,F,2:00:00\ny,1:00:01,M,2:00:01\n"
    assert list(read(text, columns={Role.TIME: "a"}).results[Gender.WOMEN].times) == [3600]
    assert list(read(text, columns={Role.TIME: "4"}).results[Gender.WOMEN].times) == [7200]
    assert read(text, columns={Role.TIME: "A", Role.WAVE: "C"}).columns.roles == {
        Role.GENDER: 2,
        Role.TIME: 1,
        Role.WAVE: 3,
    }


def test_a_guess_can_be_put_aside():
    text = "Gender,Time,Status\nF,1:00:00,DNF\n"
    assert finished(read(text)) == (0, 0)
    assert finished(read(text, columns={Role.STATUS: "none"})) == (1, 0)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Tim", "there is no column “Tim”; did you mean “Time”?"),
        ("7", "there is no column 7 to read the time from: the file has 2"),
        ("0", "there is no column 0 to read the time from: the file has 2"),
        ("Elsewhere", "there is no column “Elsewhere”; there are “Gender”, “Time”"),
    ],
)
def test_a_column_that_is_not_there_is_named_with_those_that_are(name, message):
    with pytest.raises(ResultsFileError) as refused:
        read("Gender,Time\nF,1:00:00\n", columns={Role.TIME: name})
    assert refused.value.problems[0].message == message


def test_a_gun_time_counts_where_there_is_no_chip_time():
    reading = read("Gender,Gun,Chip\nF,1:00:09,1:00:00\nF,1:00:09,\nM,DNF,\n")
    assert dict(reading.results[Gender.WOMEN].times) == {3600: 1, 3609: 1}
    assert reading.results[Gender.MEN].stopped == 1
    assert reading.notes == ("The gun time counts where there is no chip time: 1.",)


def test_a_gun_time_alone_is_the_time():
    assert finished(read("Gender,Gun time\nF,1:00:00\n")) == (1, 0)


def test_a_status_may_stand_where_the_time_or_the_place_would():
    reading = read("Pos,Gender,Time\n1,F,1:00:00\nDNF,F,\nDSQ,F,1:10:00\n,F,DNS\n-,F,NA\n")
    women = reading.results[Gender.WOMEN]
    assert (women.finishers, women.stopped, women.disqualified, women.not_started, women.unknown) == (
        2,
        1,
        0,
        1,
        1,
    )
    assert women.starters == 4


def test_a_status_goes_before_a_time():
    women = read("Gender,Time,Status\nF,1:00:00,DSQ\nF,nonsense,DNF\nF,1:00:00,finished\n").results[
        Gender.WOMEN
    ]
    assert (women.finishers, women.disqualified, women.stopped) == (1, 1, 1)


def test_finishers_without_a_time_are_finishers():
    reading = read("Gender,Status\nF,Finished\nF,DNF\nM,Lapped\n")
    assert (reading.results[Gender.WOMEN].finishers, reading.results[Gender.WOMEN].untimed) == (1, 1)
    assert reading.results[Gender.MEN].unknown == 1
    assert reading.notes == (
        "Marked as finished without a time: 1.",
        "A status this reader does not know, counted as started: 1.",
    )


def test_times_that_look_like_hours_and_minutes_are_questioned():
    assert read("Gender,Time\nF,4:43\n").notes == (
        "Half of some times are under ten minutes: a time with one colon is read as minutes and seconds.",
    )


def test_a_start_list_counts_who_is_on_it():
    reading = read("Name,Gender\nA,F\nB,M\nC,M\nD,non-binary\nE,\n", reads="start-list")
    starters = [group.starters for group in reading.results.groups.values()]
    assert starters == [1, 2, 1, 1]


def test_waves_are_counted_without_keeping_what_could_be_a_name():
    reading = read(
        "Gender,Time,Wave\nF,1:00:00,Wave 2\nM,1:00:00,wave 2\nF,DNS,Wave 2\nF,1:00:00,Jane\nF,1:00:00,Jane\nM,1:00:00,\n"
    )
    assert reading.results.waves == {
        "Wave 2": {Gender.WOMEN: 1},
        "wave 2": {Gender.MEN: 1},
        "wave 1": {Gender.WOMEN: 2},
    }


def test_a_column_of_too_many_waves_is_no_column_of_waves():
    reading = read("Gender,Time,Wave\n" + "".join(f"F,1:00:00,Name {place}\n" for place in range(51)))
    assert reading.results.waves == {}
    assert reading.notes == ("The column of waves has more than 50 different entries and was not used.",)


def test_a_bad_line_is_named_and_nothing_else_is_lost():
    reading = read(
        "Name,Gender,Time\nA,F,1:00:00\nB,Mixed,1:00:00\nC,F,sixty\nD\nE,x,y,F,1:00:00\nF,F,0.0417\nG,M,9999:00:00\nH,M,59:00\n"
    )
    assert finished(reading) == (1, 1)
    assert reading.account.bad == [
        BadLine(3, "has a gender this reader does not know (it looks like “a”)"),
        BadLine(4, "has a time this reader does not know (it looks like “a”)"),
        BadLine(5, "has too few cells"),
        BadLine(
            6, "has more cells than the heading: a comma within a cell needs quotation marks around the cell"
        ),
        BadLine(
            7,
            "has a time of a second or less: fractions of a day must be formatted as times (it looks like “9.9999”)",
        ),
        BadLine(8, "has a time of more than 1,000 hours (it looks like “9999:99:99”)"),
    ]
    assert (reading.results.lines, reading.results.left_out) == (8, 6)


def test_bad_lines_are_counted_beyond_those_that_are_named():
    reading = read("Gender,Time\nF,1:00:00\n" + "Jane,1:00\n" * 100)
    assert len(reading.account.bad) == BAD_LINES_KEPT
    assert reading.account.reasons == {"has a gender this reader does not know": 100}


def test_a_person_who_stands_there_twice_is_counted_once():
    twice = "34,Ann Lee,F,1:00:00\n34,ANN Lee,F,1:00:00\n"
    reading = read(f"rank,runner,gender,time\n{twice}")
    assert finished(reading) == (1, 0)
    assert reading.account.reasons == {"repeats the line before it": 1}
    assert finished(read(f"bib,runner,gender,time\n{twice}")) == (1, 0)


def test_people_alike_are_people():
    assert finished(read("gender,time\nF,1:00:00\nF,1:00:00\n")) == (2, 0)
    assert finished(read("bib,gender,time\n,F,1:00:00\n,F,1:00:00\n")) == (2, 0)
    assert finished(read("rank,runner,gender,time\n34,Ann,F,1:00:00\n34,Bea,F,1:00:00\n")) == (2, 0)
    unknown = read("rank,runner,gender,time\nNA,Anonymous,W,NA\nNA,Anonymous,W,NA\n1,Ann,W,1:00:00\n")
    assert unknown.results[Gender.WOMEN].starters == 3


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Name,Time\nA,1:00:00\n", "has no column that tells women from men; it has “Name”, “Time”"),
        ("A,1:00:00\nB,1:00:00\n", "has no column that tells women from men; it has no heading"),
        ("Gender,Age\nF,30\n", "has no column with finish times and none that says who finished; it has “Gender”, “Age”"),
        ("Gender,Time\n", "has a heading and no lines below it"),
        ("Gender,Time\nJane,x\n", "none of its 1 lines can be read: line 2 has a gender this reader does not know"),
        (",".join(f"c{place}" for place in range(30)) + "\n1\n", "it has “c0”, “c1”, “c2”, “c3”"),
        (",".join(f"c{place}" for place in range(30)) + "\n1\n", "“c18”, “c19” and 10 more"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_why(content, message):
    with pytest.raises(ResultsFileError) as refused:
        read(content)
    assert message in refused.value.problems[0].message
    assert str(refused.value).startswith("results.csv: ")


def test_reading_tells_how_far_it_is():
    content = ("Gender,Time\n" + "F,1:00:00\n" * 20_000).encode()
    read_so_far: list[int] = []
    read(content, progress=read_so_far.append)
    assert sum(read_so_far) == len(content)
    assert len(read_so_far) > 3


def test_more_different_times_than_a_race_has_are_refused(monkeypatch):
    monkeypatch.setattr("auditapp.catalogue.results.reading.MOST_TIMES", 1000)
    lines = "".join(f"F,{seconds}\n" for seconds in range(2, 70_000))
    with pytest.raises(ResultsFileError, match="has more than 1,000 different times"):
        read(f"Gender,Time\n{lines}")


@given(st.data())
def test_one_spoilt_line_costs_one_line(data):
    lines = [f'{place},"Runner, {place}",{"FM"[place % 2]},1:{place:02}:00' for place in range(40)]
    spoilt = data.draw(st.integers(0, 39))
    rubbish = data.draw(
        st.sampled_from(['"', '1,"Runner', '1,"Run,F,1:00:00', "x", "\0", "9" * 30_000, "1,a,b,c,d,e,f"])
    )
    before = finished(read("Bib,Name,Gender,Time\n" + "\n".join(lines)))
    lines[spoilt] = rubbish
    reading = read("Bib,Name,Gender,Time\n" + "\n".join(lines))
    assert sum(before) - sum(finished(reading)) == 1
    assert [bad.number for bad in reading.account.bad] == [spoilt + 2]


def test_cells_over_several_lines_are_read_whole():
    reading = read(
        'Name,Gender,Time\n"Ann\nof\nthe Hill",F,1:00:00\n"B ""the"" B",M,59:00\n5" Pipe,M,58:00\nC,x,1:00:00\n'
    )
    assert finished(reading) == (1, 2)
    assert [bad.number for bad in reading.account.bad] == []


def test_shuffled_lines_come_to_the_same():
    lines = [f"{place},{'FMX'[place % 3]},1:{place % 60:02}:00" for place in range(300)]
    shuffled = random.Random(1).sample(lines, len(lines))
    first, second = (read("Bib,Gender,Time\n" + "\n".join(one)).results for one in (lines, shuffled))
    assert first == second
