"""Numbers as people write them: with thousands parted, a currency before or a sign behind, times with colons."""

from __future__ import annotations

import re
from fractions import Fraction

from auditapp.catalogue.results.cells import time_of, unwrapped
from auditapp.catalogue.results.vocabulary import compact
from auditapp.domain.measures import Field

_YES = frozenset(["yes", "y", "true", "1", "ja", "j", "oui", "o", "si", "s", "wahr", "vrai", "x"])
_NO = frozenset(["no", "n", "false", "0", "nein", "non", "nee", "falsch", "faux"])
_AMOUNT = re.compile(r"[^\d.,+=-]{0,4}([+-]?[\d., '’\u00a0\u202f]*\d)[^\d.,]{0,12}")
_LONGEST = 40


def number_in(field: Field, text: str, *, decimal_comma: bool = False) -> Fraction:
    """The number written for a field: "1,200", "£12.50", "45 %", "1:45:00", "yes".

    With `decimal_comma` a comma parts the decimals and a point the thousands, as in files parted by semicolons. Raises
    ValueError saying what to write.
    """
    cell = unwrapped(text)
    match field.kind:
        case "yes-no":
            word = compact(cell)
            if word not in _YES | _NO:
                raise ValueError("must be yes or no")
            return Fraction(int(word in _YES))
        case "time" | "pace":
            seconds = time_of(cell)
            if seconds is None:
                example = "1:45:00" if field.kind == "time" else "6:37"
                raise ValueError(f"must be a time such as {example}")
            return Fraction(seconds)
        case "choice":
            raise ValueError("is a choice, not a number")
    found = _AMOUNT.fullmatch(cell) if len(cell) <= _LONGEST else None
    if found is None:
        raise ValueError(f"must be a number such as {'1200' if field.kind == 'count' else '12.50'}")
    return _amount(re.sub(r"[ '’\u00a0\u202f]", "", found[1]), decimal_comma=decimal_comma)


def choice_in(field: Field, text: str) -> str:
    """The id of the choice somebody wrote by its id or its words. Raises ValueError with the choices there are."""
    wanted = compact(text)
    for choice, label in field.choices:
        if wanted in (compact(choice), compact(label)):
            return choice
    raise ValueError(f"must be one of {', '.join(choice for choice, _ in field.choices)}")


def _amount(digits: str, *, decimal_comma: bool) -> Fraction:
    point, comma = (",", ".") if decimal_comma else (".", ",")
    whole, parted, decimals = digits.rpartition(point)
    if not parted:
        whole, decimals = digits, ""
    groups = whole.split(comma)
    if len(groups) > 1 and any(len(group) != 3 for group in groups[1:]):
        if len(groups) == 2 and not parted:  # the only sign there is parts decimals after all: "12,5"
            return Fraction(f"{groups[0]}.{groups[1]}")
        raise ValueError("must be a number such as 1200 or 12.50")
    try:
        return Fraction(f"{''.join(groups)}.{decimals}" if decimals else "".join(groups))
    except ValueError:
        raise ValueError("must be a number such as 1200 or 12.50") from None
