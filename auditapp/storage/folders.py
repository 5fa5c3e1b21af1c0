"""A folder whose files belong together and are replaced together."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LOCK = ".lock"


class FolderBusy(Exception):
    """Somebody else is replacing the files of this folder."""


@contextmanager
def replacing(folder: Path, last: str) -> Iterator[Path]:
    """A new folder to write files into; when the block ends they take the place of those of the same name in `folder`.

    The file called `last` comes last, and the old one is taken away first: while it is there, the others are whole and fit
    it. When the block fails, nothing has changed. Raises FolderBusy.
    """
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderBusy(str(folder)) from None
        for left in folder.glob(".making-*"):  # by a run that was stopped: nobody else holds the lock
            shutil.rmtree(left)
        draft = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
        try:
            yield draft
            _move(draft, folder, last)
        finally:
            shutil.rmtree(draft)


def _move(draft: Path, folder: Path, last: str) -> None:
    names = sorted((path.name for path in draft.iterdir()), key=lambda name: (name == last, name))
    for name in names:
        with (draft / name).open("rb") as file:
            os.fsync(file.fileno())
    (folder / last).unlink(missing_ok=True)
    for name in names:
        (draft / name).replace(folder / name)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
