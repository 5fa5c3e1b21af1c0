"""Bytes in, numbered lines of text out: in whatever encoding, and never more of the file in memory than a line needs."""

from __future__ import annotations

import codecs
import io
from collections import deque
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple, NoReturn

from auditapp.catalogue.problems import Problem, ResultsFileError
from auditapp.domain.values import forbidden_characters

CHUNK = 1 << 16
LONGEST_NAME = 100
FEW_CONTROLS = 8
LINE_LIMIT = 20_000
"""Characters in one line; nobody's result takes more."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32-le": "UTF-32", "utf-32-be": "UTF-32"}

_AS_WINDOWS = "auditapp.windows-1252"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_AS_WINDOWS, _as_windows)

_SAVE_AS = "open it in its program and save the sheet with the results as CSV (UTF-8)"
_SIGNATURES = (
    (b"PK\x03\x04", "is a workbook or a zip archive, whatever its name says", _SAVE_AS),
    (b"PK\x05\x06", "is an empty zip archive", "choose the CSV file itself"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Excel workbook, whatever its name says", _SAVE_AS),
    (
        b"%PDF",
        "is a PDF",
        "ask for the results as CSV, or copy its table into a spreadsheet and save that as CSV",
    ),
    (b"\x1f\x8b", "is compressed", "unpack it first"),
    (b"\x89PNG", "is a picture", "choose the CSV file"),
    (b"\xff\xd8\xff", "is a picture", "choose the CSV file"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r"))
"""Bytes that texts hardly ever hold."""
_PAGES = ("<!doctype", "<html", "<?xml", "<table")


def source_name(file: str) -> str:
    """What a report calls the file the numbers come from: its name on one line, without what cannot be shown."""
    shown = "".join(sign for sign in file if sign.isprintable() and not forbidden_characters(sign))
    return shown.strip()[:LONGEST_NAME] or "file"


class Line(NamedTuple):
    """One line as it stands in the file, counted from 1. `text` is None where it was too long to be held."""

    number: int
    text: str | None


class Lines:
    """The lines of a stream, one by one, with room to put some of them back.

    `encoding` names what the bytes turned out to be, as far as they were read. `progress` is told how many bytes each
    step took. Raises ResultsFileError for what is no text.
    """

    def __init__(self, stream: BinaryIO, file: str, progress: Callable[[int], None] | None = None) -> None:
        self._stream = stream
        self._file = file
        self._progress = progress
        self._foreign = False
        first = self._read()
        mark, self._codec = _encoding_of(first)
        self._refuse_what_is_no_text(first)
        self._lines = self._split(first[len(mark) :])
        self._back: deque[Line] = deque()

    @property
    def encoding(self) -> str:
        """UTF-8, UTF-16, UTF-32, or Windows-1252 once a byte was found that is not UTF-8."""
        return _WIDE.get(self._codec) or ("Windows-1252" if self._foreign else "UTF-8")

    def __iter__(self) -> Iterator[Line]:
        return self

    def __next__(self) -> Line:
        return self._back.popleft() if self._back else next(self._lines)

    def put_back(self, lines: list[Line]) -> None:
        """Hand these lines, in their order, out again before any other."""
        self._back.extendleft(reversed(lines))

    def _read(self) -> bytes:
        chunk = self._stream.read(CHUNK)
        if self._progress is not None:
            self._progress(len(chunk))
        return chunk

    def _refuse_what_is_no_text(self, first: bytes) -> None:
        if not first:
            self._refuse("is empty", "choose the file with the results")
        for signature, what, remedy in _SIGNATURES:
            if first.startswith(signature):
                self._refuse(what, remedy)
        controls = len(first) - len(first.translate(None, _CONTROLS))
        if self._codec == "utf-8" and controls > max(FEW_CONTROLS, len(first) // 20):
            self._refuse("is no text file", "choose the results as CSV")
        start = first[:200].decode(self._codec, "replace").lstrip("\ufeff \t\r\n").casefold()
        if start.startswith(_PAGES):
            self._refuse("is a web page, not a table", "look for a download of the results as CSV")
        if start.startswith(("{", "[")):
            self._refuse("is JSON, not a table", "look for a download of the results as CSV")

    def _refuse(self, message: str, remedy: str) -> NoReturn:
        raise ResultsFileError((Problem(self._file, None, None, message, remedy),))

    def _text(self, first: bytes) -> Iterator[str]:
        """The text piece by piece, line ends as \\n. Bytes that are no UTF-8 are read as Windows-1252 one by one."""
        decoder = codecs.getincrementaldecoder(self._codec)("strict" if self._codec == "utf-8" else "replace")
        newlines = io.IncrementalNewlineDecoder(None, translate=True)
        chunk = first
        while chunk:
            yield newlines.decode(self._decoded(decoder, chunk))
            chunk = self._read()
        yield newlines.decode(self._decoded(decoder, b"", final=True), final=True)

    def _decoded(self, decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> str:
        try:
            return decoder.decode(chunk, final)
        except UnicodeDecodeError as error:
            self._foreign = True
            decoder.errors = _AS_WINDOWS
            decoder.reset()
            return decoder.decode(error.object, final)

    def _split(self, first: bytes) -> Iterator[Line]:
        rest, number, skipping = "", 0, False
        for text in self._text(first):
            parts = (rest + text).split("\n")
            rest = parts.pop()
            for part in parts:
                number += 1
                too_long = skipping or len(part) > LINE_LIMIT
                skipping = False
                yield Line(number, None if too_long else part)
            if len(rest) > LINE_LIMIT:
                rest, skipping = "", True
        if skipping or rest:
            yield Line(number + 1, None if skipping else rest)


def _encoding_of(first: bytes) -> tuple[bytes, str]:
    """The byte order mark a file begins with, if any, and the codec that reads it."""
    for mark, codec in _MARKS:
        if first.startswith(mark):
            return mark, codec
    even, odd = first[0:2000:2].count(0), first[1:2000:2].count(0)
    enough = min(len(first), 2000) // 5
    if odd > enough and not even:
        return b"", "utf-16-le"
    if even > enough and not odd:
        return b"", "utf-16-be"
    return b"", "utf-8"
