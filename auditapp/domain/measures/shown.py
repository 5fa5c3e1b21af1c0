"""Numbers as they stand in a working: short, exact where they can be, and cut off the same way everywhere."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

MOST_PLACES = 6

_SIGNS = {"pounds": "£", "gbp": "£", "euros": "€", "euro": "€", "eur": "€", "dollars": "$", "usd": "$"}


def decimal(value: Fraction, places: int) -> str:
    """The number cut off, not rounded, after so many places, thousands parted by commas; whole numbers without a point.

    What is cut off never lifts a number over a threshold, and where nothing but zeros would be left it is cut off later:
    0.996 is shown as 0.99 and 5.04 with one place as 5.04, so that neither looks like 1 or 5.
    """
    if value.denominator == 1:
        return f"{value.numerator:,}"
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    for kept in range(places, MOST_PLACES + 1):
        cut = exact.quantize(Decimal(1).scaleb(-kept), ROUND_DOWN)
        if cut == exact or not f"{cut}".endswith("0"):
            return f"{cut:,}"
    return f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_DOWN):,}"


def ratio(value: Fraction) -> str:
    """A ratio with two places."""
    return decimal(value, 2) if (100 * value).denominator != 1 else f"{Decimal(int(100 * value)) / 100:,.2f}"


def percent(value: Fraction) -> str:
    """A percentage from 0 to 100 with one place and its sign."""
    return f"{decimal(value, 1)}%"


def money(value: Fraction, unit: str = "") -> str:
    """An amount with its currency where it is known: "£30", "1,200 kroner", "12.50"."""
    amount = (
        decimal(value, 2)
        if value.denominator == 1 or (100 * value).denominator != 1
        else f"{float(value):,.2f}"
    )
    sign = _SIGNS.get(unit.strip().casefold()) or (unit if unit in ("£", "€", "$") else None)
    if sign:
        return f"{sign}{amount}"
    return f"{amount} {unit}".strip()


def clock(seconds: Fraction) -> str:
    """A time as h:mm:ss, rounded to the second."""
    whole = int(seconds + Fraction(1, 2))
    return f"{whole // 3600}:{whole % 3600 // 60:02}:{whole % 60:02}"


def pace(seconds: Fraction) -> str:
    """A pace as m:ss for one kilometre: "6:37 min/km"."""
    whole = int(seconds + Fraction(1, 2))
    return f"{whole // 60}:{whole % 60:02} min/km"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
