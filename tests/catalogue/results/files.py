"""Files to read: as text, as bytes, or made up while they are read."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from auditapp.catalogue.results import Reading, read_results
from auditapp.domain.measures import Gender


def read(text: str | bytes, encoding: str = "utf-8", **how) -> Reading:
    """What a file with this content comes to."""
    content = text if isinstance(text, bytes) else text.encode(encoding)
    return read_results(io.BytesIO(content), file="results.csv", **how)


def finished(reading: Reading) -> tuple[int, int]:
    """How many women and men finished."""
    return reading.results[Gender.WOMEN].finishers, reading.results[Gender.MEN].finishers


class Endless(io.BytesIO):
    """A file that is made while it is read, so that it takes no memory whatever its size."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        super().__init__()
        self._parts: Iterator[bytes] = iter(parts)
        self._rest = b""

    def read(self, size: int | None = -1) -> bytes:
        size = size or 0
        while len(self._rest) < size:
            part = next(self._parts, None)
            if part is None:
                break
            self._rest += part
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken
