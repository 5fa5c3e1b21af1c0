"""Numbers of a measure in words, each with its unit: cut off as everywhere, or exact where somebody may redo the sum."""

from __future__ import annotations

from fractions import Fraction

from auditapp.domain.measures import shown
from auditapp.domain.measures.definition import Kind
from auditapp.domain.measures.figure import Unit
from auditapp.rendering.words import MINUS, Gettext, english

EXACT_PLACES = 6

_PLACES = {"ratio": 2, "percent": 1, "points": 1, "number": 2, "people": 2, "km": 1}


def in_unit(value: Fraction, unit: Unit, currency: str = "", *, gettext: Gettext = english) -> str:
    """A quantity in words: "0.80", "45.3%", "−2.5 points", "£30", "4:43:00", "6:37 min/km", "2.4 km", "yes".

    ``currency`` is what the owner of the numbers calls it. Numbers are cut off, never rounded up, as in a working.
    """
    sign = MINUS if value < 0 else ""
    match unit:
        case "yes-no":
            return gettext("yes") if value else gettext("no")
        case "time":
            return sign + shown.clock(abs(value))
        case "pace":
            return sign + shown.pace(abs(value))
        case "money":
            return sign + shown.money(abs(value), currency)
        case "ratio":
            return sign + shown.ratio(abs(value))
    return _with_places(value, unit, _PLACES[unit], gettext)


def in_unit_beside(
    value: Fraction, threshold: Fraction, unit: Unit, currency: str = "", *, gettext: Gettext = english
) -> str:
    """The same, with as many places as it takes to tell the quantity from the threshold it is held against."""
    text = in_unit(value, unit, currency, gettext=gettext)
    if (
        value == threshold
        or unit not in _PLACES
        or text != in_unit(threshold, unit, currency, gettext=gettext)
    ):
        return text
    exact = (_with_places(value, unit, places, gettext) for places in range(_PLACES[unit], EXACT_PLACES + 1))
    return next((longer for longer in exact if longer != text), text)


def threshold_text(value: Fraction, unit: Unit, currency: str = "", *, gettext: Gettext = english) -> str:
    """A threshold as its author wrote it: "1", "0.95", "45%"; everything else as in `in_unit`."""
    if unit in ("ratio", *_PLACES):
        return _after(_exact(value), unit, gettext)
    return in_unit(value, unit, currency, gettext=gettext)


def exact_text(value: Fraction, kind: Kind, *, gettext: Gettext = english) -> str:
    """A number as it was entered, exact, so that a reader can calculate with it; money without its currency."""
    whole = Fraction(value.numerator // value.denominator)
    match kind:
        case "yes-no":
            return gettext("yes") if value else gettext("no")
        case "time" | "pace":
            rest = _exact(value - whole).removeprefix("0")
            return f"{shown.clock(whole)}{rest}" if rest or kind == "time" else shown.pace(value)
        case "percent":
            return f"{_exact(value)}%"
    return _exact(value)


def _exact(value: Fraction) -> str:
    """The number with as many places as it has, and no more than six."""
    text = _signed(value, EXACT_PLACES)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _signed(value: Fraction, places: int) -> str:
    return f"{MINUS if value < 0 else ''}{shown.decimal(abs(value), places)}"


def _with_places(value: Fraction, unit: Unit, places: int, gettext: Gettext) -> str:
    return _after(_signed(value, places), unit, gettext)


def _after(number: str, unit: Unit, gettext: Gettext) -> str:
    """The number with the unit that stands behind it."""
    match unit:
        case "percent":
            return f"{number}%"
        case "points":
            return gettext("%(number)s points") % {"number": number}
        case "km":
            return gettext("%(number)s km") % {"number": number}
    return number
