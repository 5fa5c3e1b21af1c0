"""The base of every domain value, and the small types they are built from."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

LONGEST_NUMBER = 100

_CONTROLS = "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f"
"""Unicode's category Cc without line breaks and tabs."""
_SURROGATES = "\\ud800-\\udfff"
_PRIVATE_USE = "\\ue000-\\uf8ff\\U000f0000-\\U000ffffd\\U00100000-\\U0010fffd"
_BIDI_CONTROLS = "\\u202a-\\u202e\\u2066-\\u2069"
_INVISIBLE = "\\ufeff\\ufff9-\\ufffc"
_FORBIDDEN = re.compile(f"[{_CONTROLS}{_SURROGATES}{_PRIVATE_USE}{_BIDI_CONTROLS}{_INVISIBLE}]")


class Value(BaseModel):
    """A frozen value: strict types, no unknown keys, compared by content."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", populate_by_name=True, serialize_by_alias=True
    )


ZERO = Fraction(0)


def exact(value: Any) -> Any:
    """A number written as a whole number, a decimal or a fraction ("1/2"), kept exact.

    A binary float is read as it is written (0.1 means one tenth). Anything else is left to the
    type check that follows.

    Raises ValueError for text that is not a number.
    """
    if isinstance(value, str):  # nearly always; whether it is a Fraction takes long to ask
        return _written(value)
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool):
        raise ValueError("must be a number, not true or false")
    if isinstance(value, int | float):
        return Fraction(str(value))
    return value


@lru_cache(maxsize=4096)  # a document repeats a few dozen numbers hundreds of times
def _written(text: str) -> Fraction:
    try:
        if "e" in text.lower() or len(text) > LONGEST_NUMBER:
            raise ValueError("an exponent can ask for more digits than a machine has")
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"must be a number such as 1, 0.5 or 1/2, not {text!r}") from None


def forbidden_characters(text: str) -> list[str]:
    """Names of the characters in `text` that no report can carry, in order, each once.

    Control characters other than line breaks and tabs, surrogates, private-use characters, invisible
    marks and the controls that reverse the direction of reading: they hide or break what a reader sees.
    """
    return list(dict.fromkeys(f"U+{ord(character):04X}" for character in _FORBIDDEN.findall(text)))


def visible(text: str) -> str:
    """`text` itself; raises ValueError when it holds characters no report can carry."""
    if _FORBIDDEN.search(text) is None:
        return text
    found = ", ".join(forbidden_characters(text))
    raise ValueError(f"has characters that cannot be shown: {found}. Type them again by hand")


Exact = Annotated[
    Fraction,
    BeforeValidator(exact),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d+(/\d+)?$"}, mode="serialization"),
    WithJsonSchema({"type": ["string", "number"]}, mode="validation"),
]
"""An exact number, written in JSON as text: "34" or "67/2"."""


def _share(value: Fraction) -> Fraction:
    if not 0 <= value <= 1:
        raise ValueError(f"must lie between 0 and 1, not {value}")
    return value


Share = Annotated[Exact, AfterValidator(_share)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), AfterValidator(visible)
]
ShortText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(visible)]
"""One line that may be left empty."""
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000), AfterValidator(visible)
]
Address = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^https?://[^\s/]+\S*$", max_length=2000),
    AfterValidator(visible),
]
Percent = Annotated[int, "a whole percent from 0 to 100"]


def whole_percent(share: Fraction) -> int:
    """A share as a whole percent, rounded down, so that 100 always means all of it."""
    return (share.numerator * 100) // share.denominator
