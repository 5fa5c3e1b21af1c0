"""Files by name: the PDFs as they were when they were published, and what is only kept for an hour."""

from __future__ import annotations

import os
import secrets
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO


class Files:
    """A folder of files that are written once and never changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, content: bytes) -> None:
        """Keep `content` under `name`; it is there whole, or not at all, also after a power cut."""
        path = self._path(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(path)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
        _sync(path.parent)

    def get(self, name: str) -> bytes:
        """What is kept under `name`; raises FileNotFoundError when nothing is."""
        return self._path(name).read_bytes()

    def _path(self, name: str) -> Path:
        return _within(self.folder, name)


class ShortLived:
    """A folder of texts that are gone once they are removed, and after `seconds` in any case.

    A clock of its own takes them away, also when nobody asks for one any more. After a restart `resume` sets it again.
    """

    def __init__(self, folder: Path, *, seconds: float = 3600) -> None:
        self.folder = folder
        self.seconds = seconds
        self._clock: threading.Timer | None = None
        self._lock = threading.Lock()

    @contextmanager
    def adding(self) -> Iterator[tuple[str, TextIO]]:
        """A new text to write, and its name, which nobody can guess. When the block fails, nothing is kept."""
        self.sweep()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = secrets.token_urlsafe(16).lstrip("-_")
        path = self.folder / name
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as text:
                yield name, text
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        self._set_clock(self.seconds)

    @contextmanager
    def reading(self, name: str) -> Iterator[TextIO]:
        """The text of that name; raises FileNotFoundError when it is gone, or never was."""
        self.sweep()
        try:
            path = _within(self.folder, name)
        except ValueError:
            raise FileNotFoundError(name) from None
        with path.open(encoding="utf-8", newline="\n") as text:
            yield text

    def remove(self, name: str) -> None:
        """Take a text away; nothing happens when it is gone already."""
        with suppress(ValueError):
            _within(self.folder, name).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Take away whatever is too old."""
        for _ in self._left():
            pass

    def resume(self) -> None:
        """Take away whatever is too old, and the others at their time."""
        left = min(self._left(), default=None)
        if left is not None:
            self._set_clock(left)

    def close(self) -> None:
        """Stop the clock."""
        with self._lock:
            if self._clock is not None:
                self._clock.cancel()
            self._clock = None

    def _left(self) -> Iterator[float]:
        """Take away whatever is too old; how many seconds each other text has left."""
        now = time.time()
        for path in self.folder.glob("*") if self.folder.is_dir() else ():
            with suppress(FileNotFoundError):
                left = path.stat().st_mtime + self.seconds - now
                if left > 0:
                    yield left
                else:
                    path.unlink()

    def _set_clock(self, seconds: float) -> None:
        with self._lock:
            if self._clock is None:
                self._clock = threading.Timer(seconds, self._strike)
                self._clock.daemon = True
                self._clock.start()

    def _strike(self) -> None:
        with self._lock:
            self._clock = None
        self.resume()


def _within(folder: Path, name: str) -> Path:
    if not name or name.startswith(".") or "/" in name or "\\" in name or "\0" in name:
        raise ValueError(f"{name!r} is not the name of a file here")
    return folder / name


def _sync(folder: Path) -> None:
    """Have the names in a folder on the disk too: syncing a file does not say where it is found."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
