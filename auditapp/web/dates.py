"""Dates as people write them."""

from __future__ import annotations

import datetime as dt
import re

from babel.dates import get_month_names

from auditapp.rendering import words


def parse_date(text: str, locale: str = words.LOCALE) -> dt.date | None:
    """The day people mean by "16 May 2027", "16/05/2027", "16.5.27" or "2027-05-16"; None for nothing at all.

    The day stands before the month, unless the year comes first. Raises ValueError for anything else.
    """
    found = re.findall(r"\d+|[^\W\d_]+", text.lower())
    parts = [part for part in found if part not in {"st", "nd", "rd", "th"} and not _is_weekday(part)]
    if not parts:
        if text.strip():
            raise ValueError(text)
        return None
    if len(parts) != 3:
        raise ValueError(text)
    if len(parts[0]) == 4:
        parts.reverse()
    elif not parts[0].isdigit():
        parts[:2] = parts[1::-1]
    day, month, year = parts
    return dt.date(_year(year), _month(month, locale), int(day))


def _is_weekday(part: str) -> bool:
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return len(part) >= 3 and any(name.startswith(part) for name in names)


def _month(part: str, locale: str) -> int:
    if part.isdigit():
        return int(part)
    if len(part) >= 3:
        for number, name in get_month_names("wide", locale=locale).items():
            if name.lower().startswith(part):
                return int(number)
    raise ValueError(part)


def _year(part: str) -> int:
    year = int(part)
    if len(part) == 2:
        return 2000 + year
    if not 1900 <= year <= 2200:
        raise ValueError(part)
    return year
