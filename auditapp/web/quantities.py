"""Numbers typed the way people type them: 1,200 or 1 200, 12.50 or 12,50, 4:43:00 or 6:37.

What can be read in two ways is not guessed but asked about, and what is shown in a field is read back as the same number.
"""

from __future__ import annotations

import re
from fractions import Fraction

from flask_babel import gettext as _

from auditapp.domain.measures.definition import Kind

LONGEST = 40
"""Characters of a number. No number an event has is longer."""

_SPACES = "[ \u00a0\u2009\u202f'’]"
_SIGNS = re.compile(r"^[£€$¥]\s*|\s*[£€$¥%]$")
_SPACED = re.compile(rf"\d{{1,3}}(?:{_SPACES}\d{{3}})+(?![\d])", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*", re.ASCII)
_FRACTION = re.compile(r"(\d{1,12})/(\d{1,12})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,6})([:. ])([0-5]\d)\2([0-5]\d)(?:[.,](\d{1,12}))?", re.ASCII)
_MINUTES = re.compile(r"(\d{1,3}):([0-5]\d)(?:[.,](\d{1,12}))?", re.ASCII)
_HOURS = re.compile(r"(\d{1,3}) ?h(?:ours?)?(?: ?([0-5]?\d) ?(?:m(?:in(?:utes?)?)?)?)?", re.ASCII)
_ONLY_MINUTES = re.compile(r"(\d{1,4}) ?min(?:utes?)?", re.ASCII)


def parse_quantity(text: str, kind: Kind, *, money: bool = False) -> Fraction:
    """The number somebody typed into a field of this kind; `money` says that an amount is one.

    Times and paces come in seconds, yes is 1 and no is 0. Raises ValueError, worded for who typed it, for anything that
    is no number or could be two.
    """
    typed = text.strip()
    if len(typed) > LONGEST:
        raise ValueError(expected(kind))
    match kind:
        case "time" | "pace":
            found = _seconds(typed.lower())
        case "yes-no":
            found = {"yes": Fraction(1), "no": Fraction(0)}.get(typed)
        case _:
            found = _plain(typed, kind, money=money)
    if found is None:
        raise ValueError(expected(kind))
    return found


def expected(kind: Kind) -> str:
    """What to write into a field of this kind."""
    match kind:
        case "count":
            return _("Write a whole number, such as 120")
        case "percent":
            return _("Write a number from 0 to 100, such as 45")
        case "time":
            return _("Write the time as hours, minutes and seconds, such as 4:43:00")
        case "pace":
            return _("Write the pace as minutes and seconds for a kilometre, such as 6:37")
        case "yes-no" | "choice":
            return _("Choose one of these")
        case _:
            return _("Write a number, such as 300 or 12.50")


def quantity_text(value: Fraction, kind: Kind, *, money: bool = False) -> str:
    """The number as it would have been typed; `parse_quantity` reads the same number from it."""
    match kind:
        case "time":
            return _clock_text(value, hours=True)
        case "pace":
            return _clock_text(value, hours=False)
        case "yes-no":
            return "yes" if value else "no"
        case _:
            return _plain_text(value, padded=money)


def _seconds(typed: str) -> Fraction | None:
    if found := _CLOCK.fullmatch(typed):
        hours, _separator, minutes, seconds, rest = found.groups()
    elif found := _MINUTES.fullmatch(typed):
        hours, (minutes, seconds, rest) = "0", found.groups()
    elif found := _HOURS.fullmatch(typed):
        hours, minutes, seconds, rest = found[1], found[2] or "0", "0", None
    elif found := _ONLY_MINUTES.fullmatch(typed):
        hours, minutes, seconds, rest = "0", found[1], "0", None
    else:
        return _fraction(typed)
    whole = 3600 * int(hours) + 60 * int(minutes) + int(seconds)
    return whole + (Fraction(int(rest), 10 ** len(rest)) if rest else Fraction(0))


def _plain(typed: str, kind: Kind, *, money: bool) -> Fraction | None:
    bare = _SIGNS.sub("", typed)
    sign = -1 if bare[:1] in ("-", "−") else 1
    digits = _SPACED.sub(lambda group: re.sub(_SPACES, "", group[0]), bare.lstrip("-−"))
    if (part := _fraction(digits)) is not None:
        return sign * part
    written = _with_a_point(digits, kind, money=money)
    return sign * Fraction(written) if written and re.fullmatch(r"\d*\.?\d*", written, re.ASCII) else None


def _fraction(digits: str) -> Fraction | None:
    found = _FRACTION.fullmatch(digits)
    return Fraction(int(found[1]), int(found[2])) if found and int(found[2]) else None


def _with_a_point(digits: str, kind: Kind, *, money: bool) -> str | None:
    """The digits without thousands separators and with a point before the decimals; None when they make no number.

    Raises ValueError where a separator can be either.
    """
    if not re.search(r"\d", digits, re.ASCII):
        return None
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return digits
    whole, decimals = digits[:last], digits[last + 1 :]
    if not re.search(r"[.,]", whole):
        if _GROUPED.fullmatch(digits) and not whole.startswith("0") and kind != "percent":
            if kind == "amount" and not money:
                raise ValueError(_two_ways(whole, decimals))
            return whole + decimals
        return f"{whole}.{decimals}"
    if digits[last] in whole:
        return re.sub(r"[.,]", "", digits) if _GROUPED.fullmatch(digits) else None
    return f"{re.sub(r'[.,]', '', whole)}.{decimals}" if _GROUPED.fullmatch(whole) else None


def _two_ways(whole: str, decimals: str) -> str:
    return _(
        "This can be read as %(large)s or as %(small)s. Write %(large)s or %(small)s0",
        large=f"{whole}{decimals}",
        small=f"{whole}.{decimals}",
    )


def _clock_text(value: Fraction, *, hours: bool) -> str:
    seconds, rest = divmod(value, 1)
    decimals = _decimals(rest)
    if decimals is None:
        return f"{value.numerator}/{value.denominator}"
    ending = f".{decimals}" if rest else ""
    if not hours and seconds < 60_000:
        return f"{seconds // 60}:{seconds % 60:02}{ending}"
    return f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}{ending}"


def _plain_text(value: Fraction, *, padded: bool) -> str:
    whole, rest = divmod(value, 1)
    if not rest:
        return str(whole)
    decimals = _decimals(rest)
    if decimals is None:
        return f"{value.numerator}/{value.denominator}"
    # Three decimals could be taken for thousands.
    shortest = 2 if padded and len(decimals) < 2 else 4 if len(decimals) == 3 else 1
    return f"{whole}.{decimals:0<{shortest}}"


def _decimals(rest: Fraction) -> str | None:
    """The digits behind the point of a number between 0 and 1; None when they never end."""
    for places in range(1, 13):
        scaled = rest * 10**places
        if scaled.denominator == 1:
            return f"{scaled.numerator:0{places}}"
    return None
