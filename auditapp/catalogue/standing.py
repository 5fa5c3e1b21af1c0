"""What still stands of a checklist whose text has mistakes, so that its parts can be held against each other.

A field with a mistake is replaced by a stand-in, or left out where the format allows it; an entry that
cannot be saved that way is left out. Whatever the comparison of the parts then says about a replaced place,
or about a name that stood in one, only follows from a mistake already reported.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from auditapp.catalogue.shape import Path
from auditapp.catalogue.yaml_text import Node, Plain
from auditapp.domain.checklist import Checklist
from auditapp.domain.consistency import Inconsistency, inconsistencies

_WORDS = "stand-in"
_STAND_INS: dict[str, dict[str, Plain]] = {
    "sources": {"id": "STAND-IN", "title": _WORDS},
    "facts": {"id": _WORDS, "question": _WORDS, "type": "boolean"},
    "scales": {
        "id": _WORDS,
        "grades": [
            {"id": "none", "label": _WORDS, "points": 0},
            {"id": "full", "label": _WORDS, "points": 1},
        ],
    },
    "sections": {"id": _WORDS, "code": "ZZZ", "title": _WORDS, "summary": _WORDS},
    "criteria": {
        "id": _WORDS,
        "code": "ZZZ999",
        "section": _WORDS,
        "title": _WORDS,
        "question": _WORDS,
        "why": _WORDS,
        "grades": [],
        "weight": 1,
        "evidence": {"kinds": ["page"]},
        "improve": {"change": _WORDS, "cost": "nothing", "days": 0},
    },
    "levels": {
        "id": _WORDS,
        "title": _WORDS,
        "says": _WORDS,
        "score": 0,
        "section_floor": 0,
        "essentials": 0,
        "answered": 0,
        "evidenced": 0,
    },
    "golden": {"title": _WORDS, "expect": {"level": "none"}},
}
_TOP: dict[str, Plain] = {
    "id": _WORDS,
    "version": "0.0",
    "title": _WORDS,
    "language": "en",
    "status": "draft",
    "licence": _WORDS,
    "dated": "2000-01-01",
    "summary": _WORDS,
    "minutes": 1,
    "scales": [_STAND_INS["scales"]],
    "sections": [_STAND_INS["sections"]],
}
_BEARING = {
    "facts": {"id", "type", "unit", "choices", "least", "most"},
    "scales": {"id", "grades"},
    "criteria": {"id", "code", "grades", "not_applicable"},
}
"""The fields of an entry that other parts of the file lean on; of other entries only the id."""

_GOLDEN_NAMES: dict[str | int, str] = {"facts": "facts"}
_LIST_OF = {
    "section": "sections",
    "scale": "scales",
    "source": "sources",
    "fact": "facts",
    "criterion": "criteria",
    "level": "levels",
}


def standing_mistakes(root: Node, mistaken: Iterable[Path]) -> Iterator[Inconsistency]:
    """Mistakes between the parts of the file that do not follow from those at `mistaken`, by their place in it.

    Yields nothing when too little of the file stands.
    """
    places = {path[:3] if path[0] in _STAND_INS else path[:1] for path in mistaken}
    document = copy.deepcopy(root.plain())
    if not isinstance(document, dict) or ("criteria",) in places:
        return
    kept = _mend(document, places)
    try:
        checklist = Checklist.model_validate_json(json.dumps(document))
    except ValidationError as error:
        # a mistake of an entry as a whole, which only shows once its fields are right
        if again := {tuple(details["loc"][:2]) for details in error.errors()} - places:
            yield from standing_mistakes(root, {*places, *again})
        return
    doubtful = _doubtful_names(root, places)
    for mistake in inconsistencies(checklist):
        where = _as_written(mistake.where, kept)
        if not _follows(mistake, where, places, doubtful):
            yield mistake.model_copy(update={"where": where})


def _mend(document: dict[str, Any], places: set[Path]) -> dict[str, list[int]]:
    """Replace or leave out every mistaken place; returns, by list, the places its entries had in the file."""
    for path in places:
        if len(path) == 1:
            document.pop(str(path[0]), None)
        elif len(path) == 3:
            document[str(path[0])][path[1]].pop(path[2], None)
    for key, stand_in in _TOP.items():
        document.setdefault(key, copy.deepcopy(stand_in))
    kept = {}
    for name, stand_ins in _STAND_INS.items():
        entries = document.get(name)
        if entries:
            kept[name] = [index for index in range(len(entries)) if (name, index) not in places]
            document[name] = [copy.deepcopy(stand_ins) | entries[index] for index in kept[name]]
    return kept


def _as_written(where: Path, kept: dict[str, list[int]]) -> Path:
    if len(where) > 1 and isinstance(where[1], int):
        return (where[0], kept[str(where[0])][where[1]], *where[2:])
    return where


def _doubtful_names(root: Node, places: set[Path]) -> dict[str, set[str | None]]:
    """By list, the ids and codes others may use of an entry with mistakes; None for one that cannot be read."""
    names: dict[str, set[str | None]] = {name: set() for name in _STAND_INS}
    for path in places:
        if path[0] not in names:
            continue
        name = str(path[0])
        if len(path) == 1:
            names[name].add(None)
        elif len(path) == 2 or path[2] in _BEARING.get(name, {"id"}):
            entry = root.entries[name].items[int(path[1])].entries
            readable = (*path[:2], "id") not in places and "id" in entry
            names[name].add(entry["id"].written if readable else None)
            if "code" in entry:
                names[name].add(None if (*path[:2], "code") in places else entry["code"].written)
    return names


def _follows(
    mistake: Inconsistency, where: Path, places: set[Path], doubtful: dict[str, set[str | None]]
) -> bool:
    """Whether the mistake only follows from those at `places`."""
    if f"{_WORDS!r}" in mistake.problem and any(None in names for names in doubtful.values()):
        return True
    if any(where[: len(place)] == place or (*where, "id") == place for place in places):
        return True
    if where[0] == "sections" and len(where) == 2:
        return any(place[0] == "criteria" and place[2:] in ((), ("section",)) for place in places)
    if (
        where[0] == "golden"
        and len(where) > 3
        and where[3] in doubtful[_GOLDEN_NAMES.get(where[2], "criteria")]
    ):
        return True
    for word, kind in _LIST_OF.items():
        if mistake.problem.startswith(f"there is no {word} ") and None in doubtful[kind]:
            return True
        names = [name for name in doubtful[kind] if name is not None]
        if any(
            f"{word} {name!r}" in mistake.problem or f"{word} {name} " in mistake.problem for name in names
        ):
            return True
    return False
