"""What people upload by mistake or on purpose: a clear word, bounded memory, and nothing else lost."""

import contextlib
import io
import tracemalloc
import zipfile
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditapp.catalogue.results import ResultsFileError, preview, read_results
from tests.catalogue.results.files import Endless, finished, read

MEGABYTE = 1024 * 1024


def zipped(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "F,1:00:00\n" * 100)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n\r\n  \n", "holds no lines"),
        (b'"Gender,Time\n', "is no table: line 1 opens a quotation mark that is not closed"),
        (b"\xef\xbb\xbf", "holds no lines"),
        (zipped("results.csv"), "is a workbook or a zip archive, whatever its name says"),
        (zipped("xl/workbook.xml"), "is a workbook or a zip archive, whatever its name says"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
            "is an old Excel workbook, whatever its name says",
        ),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"\x1f\x8b\x08" + bytes(9), "is compressed"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (bytes(range(256)) * 100, "is no text file"),
        (b"<!DOCTYPE html><html><table><tr><td>F</td></tr></table></html>", "is a web page, not a table"),
        (b'[{"gender": "F", "time": "1:00:00"}]', "is JSON, not a table"),
        (
            b"just some words\nand no table\n",
            "has no column that tells women from men; it has “just some words”",
        ),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content, message):
    with pytest.raises(ResultsFileError) as refused:
        read(content)
    assert refused.value.problems[0].message == message


@pytest.mark.parametrize("content", [b"", zipped("xl/workbook.xml"), b"%PDF-1.7\n", b"<html></html>"])
def test_a_preview_refuses_it_in_the_same_words(content):
    with pytest.raises(ResultsFileError) as refused:
        preview(io.BytesIO(content), file="results.csv")
    with pytest.raises(ResultsFileError) as refused_by_reading:
        read(content)
    assert str(refused.value) == str(refused_by_reading.value)


def test_a_line_of_a_hundred_megabytes_is_left_out_without_being_held():
    def parts() -> Iterator[bytes]:
        yield b"Name,Gender,Time\nA,F,1:00:00\n"
        for _ in range(100):
            yield b"x" * MEGABYTE
        yield b"\nB,M,59:00\n"

    tracemalloc.start()
    try:
        reading = read_results(Endless(parts()))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert finished(reading) == (1, 1)
    assert reading.account.bad == [(3, "is longer than 20,000 characters")]
    assert peak < 5 * MEGABYTE


def test_a_file_of_one_endless_line_is_refused():
    with pytest.raises(ResultsFileError, match="is no table: line 1 is longer than 20,000 characters"):
        read_results(Endless(b"F,1:00:00," * 1000 for _ in range(5000)))


def test_memory_stays_the_same_whatever_the_size():
    def parts(lines: int) -> Iterator[bytes]:
        yield b"Bib,Name,Gender,Time\n"
        for place in range(lines):
            yield b"%d,Runner Number %d,%s,%d:%02d:%02d\n" % (
                place, place, (b"F", b"M")[place % 2], 3 + place % 4, place % 60, place % 59,
            )  # fmt: skip

    def peak(lines: int) -> int:
        tracemalloc.start()
        try:
            assert read_results(Endless(parts(lines))).results.lines == lines
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(100)
    assert peak(60_000) < peak(20_000) + MEGABYTE


def test_a_quotation_mark_that_is_never_closed_costs_its_own_line():
    reading = read('Name,Gender,Time\nA,F,1:00:00\n"B,M,59:00\n' + "C,M,58:00\n" * 5000)
    assert finished(reading) == (1, 5000)
    assert reading.account.bad == [(3, "opens a quotation mark that is not closed")]


def test_every_line_with_an_open_quotation_mark_is_named():
    with pytest.raises(
        ResultsFileError, match="none of its 3 lines can be read: line 2 opens a quotation mark"
    ):
        read('Gender,Time\n"F,1:00:00\n"M,59:00\n"M,58:00')


def test_formulas_are_text_and_never_repeated():
    reading = read(
        "Name,Gender,Time\n=cmd|'/c calc'!A0,F,1:00:00\nA,=1+1,1:00:00\nB,F,=SUM(A1)\n@x,+F,1:00:00\n"
    )
    assert finished(reading) == (2, 0)
    assert not {"cmd", "SUM"} & set(repr(reading.account).replace("(", " ").split())


def test_a_line_with_a_nul_byte_is_named():
    reading = read(b"Name,Gender,Time\nA\0,F,1:00:00\nB,F,1:00:00\n")
    assert finished(reading) == (1, 0)
    assert reading.account.bad == [(2, "holds a NUL byte")]


def test_utf_16_cut_off_in_the_middle_of_a_letter_is_read():
    reading = read("Gender;Time\nF;1:00:00\nM;59:00\n".encode("utf-16")[:-3])
    assert finished(reading) == (1, 0)
    assert [bad.number for bad in reading.account.bad] == [3]


def test_a_column_of_names_mapped_as_gender_gives_no_name_away():
    with pytest.raises(ResultsFileError) as refused:
        read("Name,Sex,Time\nJane Doe,F,1:00:00\n", columns={"gender": "Name"})
    assert "Jane" not in str(refused.value)


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    for look in (read_results, preview):
        with contextlib.suppress(ResultsFileError):
            look(io.BytesIO(content))


@settings(max_examples=200)
@given(st.text(alphabet='"FM;,\t1:0\n\r=\0x', max_size=300))
def test_any_text_below_a_heading_is_counted_line_by_line(text):
    try:
        reading = read(f"Gender,Time\nF,1:00:00\n{text}")
    except ResultsFileError:
        return
    counted = sum(group.starters + group.not_started for group in reading.results.groups.values())
    assert counted + reading.account.left_out == reading.account.lines == reading.results.lines
