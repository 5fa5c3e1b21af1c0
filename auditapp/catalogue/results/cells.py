"""What a single cell says: a gender, a time, a status. What a cell holds is never repeated, for it may be a name."""

from __future__ import annotations

import re

from auditapp.catalogue.results.vocabulary import (
    GENDER_WORDS,
    LETTERS,
    NOTHING,
    STATUS_PARTS,
    STATUS_WORDS,
    Status,
    compact,
)
from auditapp.domain.measures import Gender

LONGEST_TIME = 1000 * 3600
"""Seconds; the longest races there are take weeks."""
LONGEST_CELL = 60
"""Characters of a cell that could still be a gender, a time or a status."""

_AGE_GROUP = re.compile(
    r"(male|female|men|women|m|f|w|h|d)(?:u|v|sen|jun)?(?:\d{1,2}|\d{4})(?:plus)?", re.ASCII
)
_CLOCK = re.compile(
    r"(?:(\d{1,2}) ?d(?:ays?)?,? ?)?(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:[.,](\d+))?", re.ASCII
)
_DOTS = re.compile(r"(\d{1,3})\.(\d{2})\.(\d{2})", re.ASCII)
_SECONDS = re.compile(r"(\d{1,9})(?:[.,](\d+))?", re.ASCII)
_LETTERS = re.compile(
    r"(?:(\d{1,3}) ?h(?:rs?|ours?)? ?)?(?:(\d{1,4}) ?(?:m(?:ins?)?|['’′]) ?)?"
    r"(?:(\d{1,2})(?:[.,](\d+))? ?(s(?:ecs?)?|''|[\"”″])?)?",
    re.ASCII | re.IGNORECASE,
)


def unwrapped(cell: str) -> str:
    """The cell without the blanks around it, and without the ="…" some programs put around a time."""
    text = cell.strip()
    if text.startswith('="') and text.endswith('"'):
        return text[2:-1].strip()
    return text[1:].strip() if text.startswith("'") else text


def _word(cell: str) -> str | None:
    """The cell as `compact` writes it; None for what is too long to be a single entry, and for formulas."""
    text = unwrapped(cell) if len(cell) <= LONGEST_CELL else "="
    return None if text.startswith("=") else compact(text)


def is_nothing(cell: str) -> bool:
    """Whether a cell says that there is nothing: it is empty, or holds a dash, NA or the like."""
    word = _word(cell)
    return word == "" or word in NOTHING


def gender_word(cell: str) -> Gender | str | None:
    """The gender a cell names, a single letter that only its company explains, or None when it names none."""
    word = _word(cell)
    if word is None or word in LETTERS:
        return word
    if not word or word in NOTHING:
        return Gender.UNDISCLOSED
    if word in GENDER_WORDS:
        return GENDER_WORDS[word]
    if found := _AGE_GROUP.fullmatch(word):
        group = found[1]
        return group if group in LETTERS else GENDER_WORDS[group]
    return None


def status_word(cell: str) -> Status | None:
    """The status a cell names; None when it names none."""
    word = _word(cell)
    if not word or word in STATUS_WORDS:
        return STATUS_WORDS[word] if word else None
    return next((status for part, status in STATUS_PARTS if part in word), None)


def time_of(cell: str) -> int | None:
    """The seconds of a time, begun seconds counted as whole ones, as in road races; None for what is no time.

    h:mm:ss, mm:ss with up to 9999 minutes, seconds, each with decimals after a point or a comma; also 1h23m45s and 1.23.45.
    """
    text = unwrapped(cell) if len(cell) <= LONGEST_CELL else ""
    if not text:
        return None
    days = hours = minutes = part = None
    if found := _CLOCK.fullmatch(text):
        days, hours, minutes, seconds, part = found.groups()
    elif found := _DOTS.fullmatch(text):
        hours, minutes, seconds = found.groups()
    elif found := _SECONDS.fullmatch(text):
        return int(found[1]) + _begun(found[2])
    elif (found := _LETTERS.fullmatch(text)) and (found[1] or found[2]):
        hours, minutes, seconds, part, mark = found.groups()
        if minutes is None and mark is None:  # 1h23
            minutes, seconds = seconds, None
    else:
        return None
    if int(seconds or 0) > 59 or ((hours or days) and int(minutes or 0) > 59):
        return None
    whole = 86400 * int(days or 0) + 3600 * int(hours or 0) + 60 * int(minutes or 0) + int(seconds or 0)
    return whole + _begun(part)


def _begun(part: str | None) -> int:
    return 1 if part and part.strip("0") else 0


def is_clock(cell: str) -> bool:
    """Whether a cell is written as a time, and not as a number that could be anything."""
    return not _SECONDS.fullmatch(unwrapped(cell)) and time_of(cell) is not None


def shape_of(cell: str) -> str:
    """What a cell looks like without what it says: "9:99 a" for "7:15 pm"."""
    shape = re.sub(
        "a+",
        "a",
        "".join(
            "9" if sign.isdigit() else "a" if sign.isalpha() else sign if sign.isprintable() else "·"
            for sign in cell.strip()[:200]
        ),
    )
    return f"{shape[:20]}…" if len(shape) > 20 else shape
