"""Doing a working again: reads "(16 ÷ 1,800) ÷ (15 ÷ 1,200) = 0.71" as a reader with a calculator would."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

_TOKEN = re.compile(r"\s*(?:(\d+):(\d\d):(\d\d)|([\d,]+(?:\.\d+)?)|([()×÷+−%]))")
_RESULT = re.compile(r"(−?)([\d,]+)(?:\.(\d+))?(%| points?| (?:to the|seconds).*)?")


_CUT_OFF = re.compile(r"[\d,]+\.(\d{4,})")


class Worked(NamedTuple):
    """What the left side comes to, what the right side says of it, cut off, and what its last place is worth.

    `lost` is how far the left side may be out because numbers in it were cut off themselves: those with four places or more.
    """

    found: Fraction
    said: Fraction
    last_place: Fraction
    lost: Fraction

    @property
    def agrees(self) -> bool:
        rest = abs(self.found) - abs(self.said)
        return self.found * self.said >= 0 and -self.lost <= rest < self.last_place + self.lost


def worked(text: str) -> Worked | None:
    """Both sides of a line of the working; None when it is no equation."""
    left, equals, right = text.rpartition(" = ")
    result = _RESULT.fullmatch(right)
    if not equals or result is None:
        return None
    sign, whole, places, unit = result.groups()
    said = Fraction(f"{whole.replace(',', '')}.{places or '0'}") * (-1 if sign else 1)
    share = Fraction(1, 100) if unit in ("%", " point", " points") else Fraction(1)
    found = _value(left)
    lost = sum(
        Fraction(1, 10 ** len(number[1])) / Fraction(number[0].replace(",", ""))
        for number in _CUT_OFF.finditer(left)
    )
    return Worked(found, said * share, share / 10 ** len(places or ""), abs(found) * lost)


def _value(text: str) -> Fraction:
    tokens: list[str] = []
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        assert token is not None, f"nobody can calculate {text[at:]!r} in {text!r}"
        hours, minutes, seconds, number, sign = token.groups()
        time = str(3600 * int(hours) + 60 * int(minutes) + int(seconds)) if hours else None
        tokens.append(time or (number.replace(",", "") if number else sign))
        at = token.end()
    tokens.reverse()
    value = _sum(tokens)
    assert not tokens, f"{text!r} goes on with {tokens[::-1]}"
    return value


def _sum(tokens: list[str]) -> Fraction:
    value = _product(tokens)
    while tokens and tokens[-1] in "+−":
        value += _product(tokens) if tokens.pop() == "+" else -_product(tokens)
    return value


def _product(tokens: list[str]) -> Fraction:
    value = _number(tokens)
    while tokens and tokens[-1] in "×÷":
        value = value * _number(tokens) if tokens.pop() == "×" else value / _number(tokens)
    return value


def _number(tokens: list[str]) -> Fraction:
    token = tokens.pop()
    if token == "(":
        value = _sum(tokens)
        assert tokens.pop() == ")"
    else:
        value = Fraction(token)
    if tokens and tokens[-1] == "%":
        tokens.pop()
        value /= 100
    return value
