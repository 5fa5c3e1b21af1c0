"""Numbers as they stand in a working: short, exact where they can be, and cut off the same way everywhere."""

from __future__ import annotations

from fractions import Fraction

MOST_PLACES = 6
LONGEST_NAME = 60

_SIGNS = {"pounds": "£", "gbp": "£", "euros": "€", "euro": "€", "eur": "€", "dollars": "$", "usd": "$"}


def decimal(value: Fraction | int, places: int) -> str:
    """The number cut off, not rounded, after so many places, thousands parted by commas, no zeros at the end.

    What is cut off never lifts a number over a threshold, and where nothing but zeros would be left it is cut off later:
    0.996 is shown as 0.99 and 5.04 with one place as 5.04, so that neither looks like 1 or 5.
    """
    size = abs(Fraction(value))
    for kept in range(places, MOST_PLACES + 1):
        digits, rest = divmod(size.numerator * 10**kept, size.denominator)
        if rest == 0 or digits % 10:
            break
    whole, part = divmod(digits, 10**kept)
    ending = f"{part:0{kept}}".rstrip("0")
    sign = "−" if value < 0 and digits else ""
    return f"{sign}{whole:,}.{ending}" if part else f"{sign}{whole:,}"


def ratio(value: Fraction) -> str:
    """A ratio with two places: "0.80", "1.00"."""
    return _padded(value)


def percent(value: Fraction) -> str:
    """A percentage from 0 to 100 with one place and its sign."""
    return f"{decimal(value, 1)}%"


def end(value: Fraction) -> Fraction:
    """An end of an interval as it is shown, rounded to one place.

    It is an estimate with many digits, none of which says more than the first: cut off later, it would look exact.
    """
    return Fraction(round(10 * value), 10)


def points(value: Fraction) -> str:
    """A difference of two percentages: "3.5 points", "−1 point"."""
    return f"{decimal(value, 1)} {'point' if abs(value) == 1 else 'points'}"


def money(value: Fraction, unit: str = "") -> str:
    """An amount with its currency where it is known: "£30", "1,200 kroner", "12.50"."""
    amount = decimal(value, 0) if value.denominator == 1 else _padded(value)
    sign = _SIGNS.get(unit.strip().casefold()) or (unit if unit in _SIGNS.values() else None)
    if sign:
        return f"{sign}{amount}"
    return f"{amount} {unit}".strip()


def clock(seconds: Fraction) -> str:
    """A time as h:mm:ss, rounded to the second."""
    whole = int(seconds + Fraction(1, 2))
    return f"{whole // 3600}:{whole % 3600 // 60:02}:{whole % 60:02}"


def pace(seconds: Fraction) -> str:
    """A pace as m:ss for one kilometre, rounded to the second: "6:37 min/km"."""
    whole = int(seconds + Fraction(1, 2))
    return f"{whole // 60}:{whole % 60:02} min/km"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def counted(number: Fraction | int, one: str, many: str) -> str:
    """A number with its noun: "1 group", "1,200 women", "55.7 women"."""
    return f"{decimal(number, 1)} {one if number == 1 else many}"


def quoted(name: str) -> str:
    """A name somebody typed, in quotation marks, cut short where it would fill the sentence."""
    short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
    return f"“{short}”"


def _padded(value: Fraction) -> str:
    """The number with at least two places."""
    text = decimal(value, 2)
    whole, _, places = text.partition(".")
    return f"{whole}.{places:0<2}"
