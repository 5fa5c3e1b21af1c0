"""What a single cell says."""

import pytest

from auditapp.catalogue.results.cells import gender_word, is_nothing, shape_of, status_word, time_of
from auditapp.catalogue.results.vocabulary import Status, meaning_of_letters
from auditapp.domain.measures import Gender


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("4:43:00", 16_980), ("04:43:00", 16_980), (" 0:59:59 ", 3_599), ("59:59", 3_599), ("93:10", 5_590),
        ("26:35:25", 95_725),
        ("16980", 16_980), ("95725.0", 95_725), ("1:00:00.0", 3_600), ('="1:00:00"', 3_600),
        ("1 day, 2:00:00", 93_600),
        ("1h23'45\"", 5_025), ("1h 23m 45s", 5_025), ("26H 35M 25S", 95_725), ("1h23", 4_980),
        ("45'30", 2_730), ("1.23.45", 5_025),
        ("0:00:00", 0),
    ],
)  # fmt: skip
def test_times_are_read_however_they_are_written(cell, seconds):
    assert time_of(cell) == seconds


@pytest.mark.parametrize("cell", ["1:00:00.1", "1:00:00,4", "3600.01", "1h00m00,5s"])
def test_a_second_that_has_begun_counts_as_in_road_races(cell):
    assert time_of(cell) == 3_601


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "DNF",
        "1:60:00",
        "1:00:60",
        "99:99:99",
        "1:2:3:4:5",
        "-1:00:00",
        "1:00:00 pm",
        "=A1",
        "1e5",
        "٤:٤٣:٠٠",
        "h",
        "'",
    ],
)
def test_what_is_no_time_is_not_guessed_at(cell):
    assert time_of(cell) is None


@pytest.mark.parametrize(
    ("cell", "gender"),
    [
        ("Female", Gender.WOMEN), ("Damen", Gender.WOMEN), ("féminin", Gender.WOMEN),
        ("Mujer", Gender.WOMEN), ("donne", Gender.WOMEN),
        ("Vrouwen", Gender.WOMEN), ("MALE", Gender.MEN), ("Männer", Gender.MEN), ("Hommes", Gender.MEN),
        ("varón", Gender.MEN),
        ("Uomini", Gender.MEN), ("heren", Gender.MEN), ("Non-binary", Gender.NONBINARY),
        ("divers", Gender.NONBINARY),
        ("Nicht-binär", Gender.NONBINARY), ("autre", Gender.NONBINARY), ("", Gender.UNDISCLOSED),
        (" - ", Gender.UNDISCLOSED),
        ("N/A", Gender.UNDISCLOSED), ("Prefer not to say", Gender.UNDISCLOSED),
        ("keine Angabe", Gender.UNDISCLOSED),
        ("F", "f"), ("m", "m"), ("W 40-44", "w"), ("M40", "m"), ("Male 40-44", Gender.MEN), ("WU20", "w"),
    ],
)  # fmt: skip
def test_genders_are_read_in_six_languages(cell, gender):
    assert gender_word(cell) == gender


@pytest.mark.parametrize("cell", ["Jane", "1", "Mixed team", "M1234567", "=F", "Open", "x" * 1000])
def test_what_names_no_gender_is_not_guessed_at(cell):
    assert gender_word(cell) is None


@pytest.mark.parametrize(
    ("letters", "women", "men", "neither"),
    [
        ("fm", "f", "m", ""), ("mw", "w", "m", ""), ("m", "", "m", ""), ("hm", "m", "h", ""),
        ("fh", "f", "h", ""),
        ("dh", "d", "h", ""), ("dm", "d", "m", ""), ("dmw", "w", "m", "d"), ("dfm", "f", "m", "d"),
        ("mv", "v", "m", ""),
        ("hv", "v", "h", ""), ("fv", "f", "v", ""), ("du", "d", "u", ""), ("fmu", "f", "m", "u"),
        ("fmx", "f", "m", "x"),
        ("km", "k", "m", ""),
    ],
)  # fmt: skip
def test_a_letter_means_what_its_company_says(letters, women, men, neither):
    found = meaning_of_letters(frozenset(letters))
    assert "".join(sorted(letter for letter in letters if found[letter] is Gender.WOMEN)) == women
    assert "".join(sorted(letter for letter in letters if found[letter] is Gender.MEN)) == men
    assert {letter for letter in letters if found[letter] in (Gender.NONBINARY, Gender.UNDISCLOSED)} == set(
        neither
    )


def test_under_a_spanish_heading_v_is_varon_and_m_is_mujer():
    assert meaning_of_letters(frozenset("mv"), spanish=True) == {"m": Gender.WOMEN, "v": Gender.MEN}


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("DNF", Status.STOPPED), ("d.n.f.", Status.STOPPED), ("Aufgegeben", Status.STOPPED),
        ("abandon", Status.STOPPED),
        ("Ritirata", Status.STOPPED), ("Uitgevallen", Status.STOPPED), ("Retirado", Status.STOPPED),
        ("DNS", Status.NOT_STARTED),
        ("non partant", Status.NOT_STARTED), ("nicht am Start", Status.NOT_STARTED),
        ("No presentada", Status.NOT_STARTED),
        ("OTL", Status.TIMED_OUT), ("cut-off", Status.TIMED_OUT), ("Timed out", Status.TIMED_OUT),
        ("Hors délai", Status.TIMED_OUT),
        ("fuera de tiempo", Status.TIMED_OUT), ("Fuori tempo massimo", Status.TIMED_OUT),
        ("Zeitüberschreitung", Status.TIMED_OUT),
        ("buiten tijdslimiet", Status.TIMED_OUT), ("DNF (missed cut-off at 42 km)", Status.TIMED_OUT),
        ("DSQ", Status.DISQUALIFIED),
        ("disqualifiée", Status.DISQUALIFIED), ("Gediskwalificeerd", Status.DISQUALIFIED),
        ("Finisher", Status.FINISHED),
        ("in Wertung", Status.FINISHED), ("weird", None), ("", None), ("12", None), ("y" * 1000, None),
    ],
)  # fmt: skip
def test_statuses_are_read_in_six_languages(cell, status):
    assert status_word(cell) is status


@pytest.mark.parametrize(
    ("cell", "nothing"), [("", True), (" ", True), ("---", True), ("NA", True), ("#N/A", True), ("0", False)]
)
def test_what_stands_for_nothing(cell, nothing):
    assert is_nothing(cell) is nothing


def test_a_cell_is_shown_by_its_shape_and_never_by_what_it_says():
    assert shape_of("Jane Doe-Smith, 7:15 pm") == "a a-a, 9:99 a"
    assert shape_of("9" * 50) == "9" * 20 + "…"
    assert shape_of("\u202eabc\x00") == "·a·"
