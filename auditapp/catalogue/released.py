"""Released checklists: their digests in `released.txt`, so that a changed file is noticed."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import NamedTuple

RELEASED = "released.txt"
_LINE = re.compile(r"([0-9a-f]{64}) {2}([a-z0-9-]+/\d+\.\d+\.yaml)", re.ASCII)
_HEADING = """\
# Released checklists: the SHA-256 of each file. A released file never changes; a change is a new version.
# `auditapp checklists release FILE` adds a line, `auditapp checklists check` holds the files against them.
"""


class ReleaseRefused(Exception):
    """A file cannot be released; the message says why."""


class Release(NamedTuple):
    """One line of `released.txt`: the file by folder and name, and its digest."""

    name: str
    digest: str


def digest(path: Path) -> str:
    """The SHA-256 of a file, as it is written in `released.txt`."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def releases(folder: Path) -> dict[str, Release]:
    """The releases listed in a folder of checklists, by file; none where there is no list."""
    path = folder / RELEASED
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    found = (match for line in lines if (match := _LINE.fullmatch(line.strip())))
    return {match[2]: Release(match[2], match[1]) for match in found}


class Filed(NamedTuple):
    """A checklist file as it lies there: its SHA-256, and whether it is released and unchanged since."""

    digest: str
    released: bool


def filed(path: Path) -> Filed:
    """The digest of a file, and whether `released.txt` lists the file with it."""
    found = digest(path)
    listed = releases(path.absolute().parent.parent).get(_name(path))
    return Filed(found, listed is not None and listed.digest == found)


def is_changed(path: Path) -> bool:
    """Whether a file has been released and is no longer what it was then."""
    release = releases(path.absolute().parent.parent).get(_name(path))
    return release is not None and release.digest != digest(path)


def release(path: Path) -> Release:
    """List a file as released; a file that stands there already with the same digest stays as it is.

    Raises ReleaseRefused when it was released before and has been changed since.
    """
    folder, name = path.absolute().parent.parent, _name(path)
    listed = releases(folder)
    fresh = Release(name, digest(path))
    if name in listed and listed[name] != fresh:
        raise ReleaseRefused(
            f"{name} was released before and has been changed since. Save it as a new version"
        )
    listed[name] = fresh
    lines = [f"{one.digest}  {one.name}\n" for one in sorted(listed.values())]
    (folder / RELEASED).write_text(_HEADING + "".join(lines), "utf-8")
    return fresh


def _name(path: Path) -> str:
    absolute = path.absolute()
    return f"{absolute.parent.name}/{absolute.name}"
