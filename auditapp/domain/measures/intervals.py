"""How sure a share is: intervals that say what a count could just as well have been."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import NamedTuple

Z_95 = Fraction(1_959_964, 1_000_000)
"""The point of the normal distribution that leaves 2.5% above it."""

_DIGITS = 10**12


class Interval(NamedTuple):
    """From `low` to `high`, both included."""

    low: Fraction
    high: Fraction


def _square_root(value: Fraction) -> Fraction:
    """The square root to twelve digits, rounded down: the same on every machine."""
    return Fraction(isqrt(value.numerator * _DIGITS * _DIGITS // value.denominator), _DIGITS)


def wilson(count: int, of: int) -> Interval:
    """The Wilson 95% interval of the share `count` of `of`, as shares from 0 to 1.

    Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference: the shares p for which
    |count/of - p| is at most z·√(p(1 - p)/of). Unlike the textbook interval it holds for few people and for shares
    near 0 and 1. Raises ValueError unless 0 <= count <= of and of > 0.
    """
    if not 0 <= count <= of or of == 0:
        raise ValueError(f"{count} of {of} is no share")
    share, squared = Fraction(count, of), Z_95 * Z_95
    middle = share + squared / (2 * of)
    reach = Z_95 * _square_root(share * (1 - share) / of + squared / (4 * of * of))
    scale = 1 + squared / of
    low = (middle - reach) / scale if count else Fraction(0)
    high = (middle + reach) / scale if count < of else Fraction(1)
    return Interval(low, high)


def difference(count: int, of: int, other_count: int, other_of: int) -> Interval:
    """The 95% interval of one share minus another, both independent, from -1 to 1.

    Newcombe, R. G. (1998), Interval estimation for the difference between independent proportions, method 10: the two
    Wilson intervals combined. Raises ValueError like `wilson`.
    """
    low, high = wilson(count, of)
    other_low, other_high = wilson(other_count, other_of)
    share, other = Fraction(count, of), Fraction(other_count, other_of)
    down = _square_root((share - low) ** 2 + (other_high - other) ** 2)
    up = _square_root((high - share) ** 2 + (other - other_low) ** 2)
    return Interval(share - other - down, share - other + up)
