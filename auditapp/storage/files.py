"""Bytes by name: the PDFs as they were when they were published."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


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
        if not name or name.startswith(".") or "/" in name or "\\" in name or "\0" in name:
            raise ValueError(f"{name!r} is not the name of a file here")
        return self.folder / name


def _sync(folder: Path) -> None:
    """Have the names in a folder on the disk too: syncing a file does not say where it is found."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
