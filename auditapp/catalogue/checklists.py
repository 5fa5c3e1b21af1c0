"""Checklist files: one file read strictly, and the catalogue of all there are."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from auditapp.catalogue.documents import line_at, note_mistakes, validated
from auditapp.catalogue.golden import mismatches
from auditapp.catalogue.problems import ChecklistFileError, Problem, ProblemList, shown_path
from auditapp.catalogue.released import Filed, filed, is_changed
from auditapp.catalogue.sentences import places
from auditapp.catalogue.shape import Path as Place
from auditapp.catalogue.standing import standing_mistakes
from auditapp.catalogue.yaml_text import Node, Unreadable, decoded, read_bytes, read_yaml
from auditapp.domain.checklist import Checklist
from auditapp.domain.consistency import Inconsistency, inconsistencies
from auditapp.domain.errors import ChecklistNotFound
from auditapp.domain.meaning import doubts
from auditapp.domain.migration import migration_mistakes

CRITERIA_LIMIT = 300
LONGEST_WAY = 50
"""Versions a way from an old checklist to a new one leads through at most."""

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
_VERSION = re.compile(r"[0-9]{1,6}\.[0-9]{1,6}", re.ASCII)

log = logging.getLogger(__name__)


class Entry(NamedTuple):
    """A checklist file by the names of its folder and itself; nobody has looked into it yet."""

    id: str
    version: str
    path: Path

    @property
    def ref(self) -> str:
        """The checklist and its version as one word: `endurance-event@0.1`."""
        return f"{self.id}@{self.version}"


def read_checklist(path: Path) -> Checklist:
    """The checklist in a file called `<id>/<version>.yaml`.

    Its golden cases are not run here: see `check_checklist`. Raises ChecklistFileError with every mistake
    the file has.
    """
    try:
        text = path.read_bytes()
    except OSError:
        text = b""  # read again below, which says why it cannot be
    return _sound_checklist(path, text)


@lru_cache(maxsize=32)
def _sound_checklist(path: Path, _text: bytes) -> Checklist:
    """The same text at the same place is read once: a checklist never changes, and a large one takes half a second."""
    checklist, problems, _ = _read(path)
    if checklist is None or problems:
        raise ChecklistFileError(tuple(problems))
    return checklist


def check_checklist(path: Path) -> Checklist:
    """The checklist in a file, once its meaning has been looked at and its golden cases have been run as well.

    The map from the version before is held against that version's file, and a released file against its digest. Raises
    ChecklistFileError with every mistake the file has.
    """
    checklist, problems, root = _read(path)
    if checklist is not None and root is not None and not problems:
        for mistake in (*doubts(checklist), *_migration_mistakes(path, checklist)):
            problems.add(
                line_at(root, mistake.where),
                mistake.problem,
                mistake.remedy,
                _criterion_at(root, mistake.where),
            )
        if is_changed(path):
            problems.add(
                None,
                "this version is released, and its file has been changed since",
                "put it back as it was, and save what is new as a new version",
            )
        for index, case in enumerate(checklist.golden):
            for key, expected, got in mismatches(checklist, case):
                line = line_at(root, ("golden", index, "expect", key))
                problems.add(
                    line,
                    f"golden case '{case.title}': {key} should be {expected}, but it comes to {got}",
                    "correct the case, or the points and levels it rests on",
                )
    if checklist is None or problems:
        raise ChecklistFileError(tuple(problems))
    return checklist


def _migration_mistakes(path: Path, checklist: Checklist) -> Iterator[Inconsistency]:
    """What is wrong with the map from the version before, whose file stands beside this one."""
    if checklist.migrate is None:
        return
    before = path.with_name(f"{checklist.migrate.from_}.yaml")
    try:
        yield from migration_mistakes(read_checklist(before), checklist)
    except ChecklistFileError:
        yield Inconsistency(
            where=("migrate", "from"),
            problem=f"version {checklist.migrate.from_} cannot be read",
            remedy=f"keep {before.name} beside this file, without mistakes",
        )


def _read(path: Path) -> tuple[Checklist | None, ProblemList, Node | None]:
    problems = ProblemList(shown_path(path))
    try:
        root = read_yaml(decoded(read_bytes(path, problems), problems), problems)
    except Unreadable:
        return None, problems, None
    _years_as_text(root)
    checklist, errors = validated(Checklist, root)
    note_mistakes(problems, errors, root, Checklist, _criterion_at)
    _check_name(path, root, problems)
    criteria = root.entries.get("criteria")
    if criteria is not None and len(criteria.items) > CRITERIA_LIMIT:
        problems.add(
            criteria.items[CRITERIA_LIMIT].line,
            f"there are {len(criteria.items)} criteria; a checklist has at most {CRITERIA_LIMIT}",
            "split it into two checklists",
        )
    found = (
        inconsistencies(checklist) if checklist else standing_mistakes(root, places(errors, root, Checklist))
    )
    for mistake in found:
        problems.add(
            line_at(root, mistake.where), mistake.problem, mistake.remedy, _criterion_at(root, mistake.where)
        )
    return checklist, problems, root


def _criterion_at(root: Node, path: Place) -> str | None:
    """The id of the criterion a place stands in, as it is written; None elsewhere and where it has none."""
    if len(path) < 2 or path[0] != "criteria" or not isinstance(path[1], int):
        return None
    entry = root.entries["criteria"].items[path[1]].entries.get("id")
    return entry.written if entry is not None and isinstance(entry.content, str) and entry.written else None


def _years_as_text(root: Node) -> None:
    """A year may be written without quotes: as text it says the same."""
    for source in root.entries["sources"].items if "sources" in root.entries else []:
        year = source.entries.get("year")
        if year is not None and isinstance(year.content, int) and not isinstance(year.content, bool):
            year.content = year.written


def _check_name(path: Path, root: Node, problems: ProblemList) -> None:
    absolute = path.absolute()
    for key, name, place in (("id", absolute.parent.name, "folder"), ("version", absolute.stem, "file")):
        node = root.entries.get(key)
        if node is not None and isinstance(node.content, str) and node.content != name:
            problems.add(
                node.line,
                f"{key} is '{node.content}', but the {place} is called '{name}'",
                f"give both the same name: the file is <id>/<version>.yaml, here {_right_name(root)}",
            )
    if path.suffix != ".yaml":
        problems.add(None, f"the file name ends in '{path.suffix}'", "let it end in '.yaml'")


def _right_name(root: Node) -> str:
    """Where a checklist file belongs, from what it says of itself."""
    id_, version = (
        root.entries[key].written if key in root.entries else f"<{key}>" for key in ("id", "version")
    )
    return f"{id_}/{version}.yaml"


class Catalogue:
    """Every checklist in some folders, read when it is asked for and again when its file has changed.

    Where two folders hold the same version, the first counts: a released checklist cannot be replaced.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._read: dict[Path, tuple[tuple[int, int], Checklist | ChecklistFileError]] = {}
        self._lock = threading.Lock()

    def entries(self) -> tuple[Entry, ...]:
        """Every checklist file by its name, ids in alphabetical order and newest versions first."""
        found: dict[str, Entry] = {}
        for folder in self._folders:
            for path in folder.glob("*/*.yaml"):
                if _ID.fullmatch(path.parent.name) and _VERSION.fullmatch(path.stem):
                    entry = Entry(path.parent.name, path.stem, path)
                    found.setdefault(entry.ref, entry)
        newest_first = sorted(found.values(), key=lambda entry: _number(entry.version), reverse=True)
        return tuple(sorted(newest_first, key=lambda entry: entry.id))

    def get(self, ref: str) -> Checklist:
        """The checklist called `id@version`; for an `id` alone, the one to start audits with.

        That is the newest current one, or the newest draft where none is current. Raises
        ChecklistNotFound, and ChecklistFileError when the file asked for has mistakes.
        """
        name, at, _version = ref.partition("@")
        if at:
            return self._load(self._path(ref))
        entries = [entry for entry in self.entries() if entry.id == name]
        if chosen := _to_start_with(list(self._sound(entries))):
            return chosen
        if entries:
            return self._load(entries[0].path)
        raise self._not_found(ref)

    def filed(self, ref: str) -> Filed:
        """The digest of the file of `id@version`, and whether it is released; raises ChecklistNotFound."""
        return filed(self._path(ref))

    def before(self, checklist: Checklist) -> Checklist | None:
        """The version a checklist follows, as its map says; None where it follows none, or that one cannot be read."""
        if checklist.migrate is None:
            return None
        try:
            return self.get(f"{checklist.id}@{checklist.migrate.from_}")
        except (ChecklistNotFound, ChecklistFileError):
            return None

    def _path(self, ref: str) -> Path:
        name, _at, version = ref.partition("@")
        if _ID.fullmatch(name) and _VERSION.fullmatch(version):
            for folder in self._folders:
                path = folder / name / f"{version}.yaml"
                if path.is_file():
                    return path
        raise self._not_found(ref)

    def _not_found(self, ref: str) -> ChecklistNotFound:
        return ChecklistNotFound(ref, tuple(entry.ref for entry in self.entries()))

    def steps(self, old: Checklist, new: Checklist) -> tuple[tuple[Checklist, Checklist], ...]:
        """The way from one version of a checklist to a later one, version by version as their maps say.

        One step where no map leads back to the old version, and none where both are the same.
        """
        if old.ref == new.ref:
            return ()
        way: list[tuple[Checklist, Checklist]] = []
        later = new
        while later.version != old.version and len(way) < LONGEST_WAY:
            earlier = self.before(later)
            if earlier is None:
                break
            way.insert(0, (earlier, later))
            later = earlier
        return tuple(way) if way and way[0][0].ref == old.ref else ((old, new),)

    def checklists(self) -> tuple[Checklist, ...]:
        """Every checklist whose file is sound, newest version first within an id."""
        return tuple(self._sound(self.entries()))

    def between(self, checklists: Iterable[Checklist]) -> tuple[Checklist, ...]:
        """What is known of every checklist of which these are several versions, so that a way leads from one to another."""
        names = [checklist.id for checklist in {one.ref: one for one in checklists}.values()]
        several = {name for name in names if names.count(name) > 1}
        return tuple(self._sound(entry for entry in self.entries() if entry.id in several)) if several else ()

    def current(self) -> tuple[Checklist, ...]:
        """For each id, the checklist to start audits with: the newest current one, else the newest draft."""
        by_id: dict[str, list[Checklist]] = {}
        for checklist in self.checklists():
            by_id.setdefault(checklist.id, []).append(checklist)
        return tuple(chosen for versions in by_id.values() if (chosen := _to_start_with(versions)))

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files that `checklists` leaves out."""
        found: list[Problem] = []
        for entry in self.entries():
            try:
                self._load(entry.path)
            except ChecklistFileError as error:
                found.extend(error.problems)
        return tuple(found)

    def _sound(self, entries: Iterable[Entry]) -> Iterator[Checklist]:
        for entry in entries:
            try:
                yield self._load(entry.path)
            except ChecklistFileError:
                continue

    def _load(self, path: Path) -> Checklist:
        with self._lock:
            try:
                stat = path.stat()
                stamp = (stat.st_mtime_ns, stat.st_size)
            except OSError:
                stamp = (0, 0)
            known = self._read.get(path)
            if known is None or known[0] != stamp:
                known = (stamp, _checklist_or_error(path))
                self._read[path] = known
        if isinstance(known[1], ChecklistFileError):
            raise ChecklistFileError(known[1].problems)
        return known[1]


def load_catalogue(folders: Sequence[Path]) -> Catalogue:
    """The catalogue of the checklists in `folders`, each file at `<id>/<version>.yaml`. Reads none of them yet."""
    return Catalogue(folders)


def _checklist_or_error(path: Path) -> Checklist | ChecklistFileError:
    try:
        return read_checklist(path)
    except ChecklistFileError as error:
        log.warning("a checklist file has mistakes and is left out:\n%s", error)
        return error


def _to_start_with(newest_first: Sequence[Checklist]) -> Checklist | None:
    for status in ("current", "draft"):
        for checklist in newest_first:
            if checklist.status == status:
                return checklist
    return None


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
