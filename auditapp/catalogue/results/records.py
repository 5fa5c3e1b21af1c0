"""Numbered lines in, records out: the cells of one line each, whatever parts them and whatever is wrong with some."""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Iterator
from typing import NamedTuple

from auditapp.catalogue.results.lines import LINE_LIMIT, Line, Lines

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 200
"""Records that are looked at before it is decided what the columns hold."""
LONGEST_CELL_IN_LINES = 10
"""A cell in quotation marks may run over so many lines; beyond that its quotation mark was never closed."""

TOO_LONG = f"is longer than {LINE_LIMIT:,} characters"
OPEN_QUOTE = "opens a quotation mark that is not closed"
NUL = "holds a NUL byte"


class Record(NamedTuple):
    """The cells of one line, counted from 1. `problem` says what is wrong with a line that has none."""

    number: int
    cells: list[str]
    problem: str = ""


class _QuoteOpen(Exception):
    """The record being read never closes its quotation mark."""


class _Feed:
    """Hands lines to the CSV reader, and remembers them until the record they belong to is complete."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.taken: list[Line] = []
        self.ended_open = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        taken = self.taken
        if taken and (
            len(taken) == LONGEST_CELL_IN_LINES or sum(len(line.text or "") for line in taken) > LINE_LIMIT
        ):
            raise _QuoteOpen
        try:
            line = next(self._lines)
        except StopIteration:
            self.ended_open = bool(taken)
            raise
        taken.append(line)
        if line.text is None or "\0" in line.text:
            if len(taken) > 1:
                raise _QuoteOpen
            return ""
        return line.text


class Records:
    """The records of a file, blank lines left out.

    A quotation mark that is never closed spoils its own line and no other. `delimiter` is what parts the cells, found
    from the first lines.
    """

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        first = []
        for line in self.lines:
            first.append(line)
            if len(first) == SAMPLE:
                break
        told = first[0].text if first else None
        if told is not None and told[:4].casefold() == "sep=" and told[4:5]:  # as Excel writes it
            del first[0]
            self.delimiter, self._width = told[4], _width(first, told[4])[1]
        else:
            self.delimiter, self._width = _delimiter(first)
        self.lines.put_back(first)
        self._feed = _Feed(self.lines)
        self._rows = self._reader()
        self._back: deque[Record] = deque()

    def __iter__(self) -> Iterator[Record]:
        return self

    def __next__(self) -> Record:
        if self._back:
            return self._back.popleft()
        feed, taken = self._feed, self._feed.taken
        while True:
            taken.clear()
            try:
                cells = next(self._rows)
            except (_QuoteOpen, csv.Error):
                return self._given_up()
            if feed.ended_open or (len(taken) > 1 and not self._belong_together(taken)):
                return self._given_up()
            line = taken[0]
            if line.text is None:
                return Record(line.number, [], TOO_LONG)
            if "\0" in line.text:
                return Record(line.number, [], NUL)
            if any(map(str.strip, cells)):
                return Record(line.number, cells)

    def put_back(self, records: list[Record]) -> None:
        """Hand these records, in their order, out again before any other."""
        self._back.extendleft(reversed(records))

    def expect(self, width: int) -> None:
        """From now on a record over several lines must have so many cells; otherwise its quotation mark is at fault."""
        self._width = width

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._feed, delimiter=self.delimiter)

    def _belong_together(self, taken: list[Line]) -> bool:
        """Whether several lines are one record: a cell runs over them, and none of those between is one by itself."""
        texts = [line.text or "" for line in taken]
        if any(
            len(next(csv.reader([text], delimiter=self.delimiter))) == self._width for text in texts[1:-1]
        ):
            return False
        try:
            rows = list(csv.reader(["\n".join(texts)], delimiter=self.delimiter, strict=True))
        except csv.Error:
            return False
        return [len(row) for row in rows] == [self._width]

    def _given_up(self) -> Record:
        """Only the line that began the record is lost; those behind it are read again."""
        first, *rest = self._feed.taken
        self.lines.put_back(rest)
        self._feed.ended_open = False
        self._rows = self._reader()
        return Record(first.number, [], OPEN_QUOTE)


def _delimiter(lines: list[Line]) -> tuple[str, int]:
    """What parts the cells, equally often in most of the first lines, and into how many it parts them."""
    found = {delimiter: _width(lines, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: found[delimiter])
    return best, found[best][1]


def _width(lines: list[Line], delimiter: str) -> tuple[int, int]:
    """In how many lines a delimiter parts the most usual number of cells, and that number; a single cell counts last."""
    texts = (line.text for line in lines if line.text and "\0" not in line.text)
    widths = Counter(len(next(csv.reader([text], delimiter=delimiter))) for text in texts)
    return max(((times if width > 1 else 0, width) for width, times in widths.items()), default=(0, 0))
