"""Doing a working again: reads "(16 ÷ 1,800) ÷ (15 ÷ 1,200) = 0.71" as a reader with a calculator would."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from auditapp.domain.measures.shown import MOST_PLACES

_TOKEN = re.compile(r"\s*(?:(\d+):(\d\d):(\d\d)|([\d,]+(?:\.(\d+))?)|([()×÷+−%]))")
_RESULT = re.compile(r"(−?)([\d,]+)(?:\.(\d+))?(%| points?)?")
_CUT_OFF = 4


class Range(NamedTuple):
    """What a side of a line may come to, because numbers with a point in them may have been cut off themselves.

    Those with four places or more were cut off there, shorter ones after as many zeros as are never shown.
    """

    low: Fraction
    high: Fraction

    def __neg__(self) -> Range:
        return Range(-self.high, -self.low)


class Worked(NamedTuple):
    """What the left side comes to, what the right side says of it, cut off, and what its last place is worth."""

    found: Range
    said: Fraction
    last_place: Fraction

    @property
    def agrees(self) -> bool:
        found, said = (-self.found, -self.said) if self.said < 0 else (self.found, self.said)
        if said == 0:
            return found.low < self.last_place and found.high > -self.last_place
        return found.low < said + self.last_place and found.high >= said


def worked(text: str) -> Worked | None:
    """Both sides of a line of the working; None when it is no equation."""
    left, equals, right = text.rpartition(" = ")
    result = _RESULT.fullmatch(right)
    if not equals or result is None:
        return None
    sign, whole, places, unit = result.groups()
    said = Fraction(f"{whole.replace(',', '')}.{places or '0'}") * (-1 if sign else 1)
    share = Fraction(1, 100) if unit else Fraction(1)
    return Worked(_value(left), said * share, share / 10 ** len(places or ""))


def _value(text: str) -> Range:
    tokens: list[str | Range] = []
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        assert token is not None, f"nobody can calculate {text[at:]!r} in {text!r}"
        hours, minutes, seconds, number, places, sign = token.groups()
        if hours:
            tokens.append(_known(3600 * int(hours) + 60 * int(minutes) + int(seconds)))
        elif number:
            value = Fraction(number.replace(",", ""))
            lost = 0 if not places else len(places) if len(places) >= _CUT_OFF else MOST_PLACES
            tokens.append(Range(value, value + (Fraction(1, 10**lost) if lost else 0)))
        else:
            tokens.append(sign)
        at = token.end()
    tokens.reverse()
    value_of_all = _sum(tokens)
    assert not tokens, f"{text!r} goes on with {tokens[::-1]}"
    return value_of_all


def _known(value: int) -> Range:
    return Range(Fraction(value), Fraction(value))


def _sum(tokens: list[str | Range]) -> Range:
    value = _product(tokens)
    while tokens and tokens[-1] in ("+", "−"):
        plus = tokens.pop() == "+"
        other = _product(tokens) if plus else -_product(tokens)
        value = Range(value.low + other.low, value.high + other.high)
    return value


def _product(tokens: list[str | Range]) -> Range:
    value = _number(tokens)
    while tokens and tokens[-1] in ("×", "÷"):
        times = tokens.pop() == "×"
        other = _number(tokens)
        low, high = other if times else (1 / other.high, 1 / other.low)
        value = Range(
            value.low * low, value.high * high
        )  # a working multiplies and divides what is not below zero
    return value


def _number(tokens: list[str | Range]) -> Range:
    token = tokens.pop()
    if isinstance(token, Range):
        value = token
    else:
        assert token == "("
        value = _sum(tokens)
        assert tokens.pop() == ")"
    if tokens and tokens[-1] == "%":
        tokens.pop()
        value = Range(value.low / 100, value.high / 100)
    return value
