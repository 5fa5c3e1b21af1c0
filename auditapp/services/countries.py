"""Countries by their names, so that a search finds "Deutschland" under Germany."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from babel import Locale, localedata

from auditapp.storage.terms import folded

LANGUAGES = (
    *("de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "no", "fi", "cs", "hu", "ro", "hr", "sl", "sk"),
    *("el", "tr", "uk", "ru", "ja", "zh", "ko", "ar", "he", "hi"),
)
"""Languages in which the name of a country is looked up once English does not know it."""
PARTS = ("england", "scotland", "wales", "northern ireland", "isles of scilly")
"""What is written in place of a country and is a part of one."""
ALSO_CALLED = {
    "GB": (*PARTS, "great britain", "britain", "uk", "u.k."),
    "US": ("usa", "u.s.a.", "u.s.", "united states of america", "america"),
    "NL": ("holland", "the netherlands"),
    "CZ": ("czech republic",),
    "KR": ("korea", "republic of korea"),
    "IE": ("republic of ireland", "eire"),
    "AE": ("uae", "emirates"),
    "TR": ("turkey",),
    "CI": ("ivory coast",),
    "CV": ("cape verde",),
    "MM": ("burma",),
    "SZ": ("swaziland",),
    "MK": ("macedonia",),
    "RU": ("russian federation",),
    "CD": ("dr congo",),
}  # fmt: skip
"""What people write and no list of countries has."""


NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"})


@lru_cache(maxsize=1_000)
def country_code(name: str) -> str:
    """The ISO 3166 code of the country of this name, in any of many languages; the name itself, folded, when unknown."""
    wanted = folded(" ".join(name.split()))
    if not wanted:
        return ""
    if (code := _english().get(wanted)) is not None:
        return code
    return _others().get(wanted, wanted)


def known_in_english(name: str) -> bool:
    """Whether a country is called so in English, or by its code."""
    return folded(" ".join(name.split())) in _english()


def known_country(name: str) -> str | None:
    """The ISO 3166 code of the whole country of this name; None when it is no country, or a part of one.

    A code is one in capitals only: "no" may be the beginning of a town.
    """
    written = " ".join(name.split())
    code = country_code(written)
    if code not in _codes() or folded(written) in PARTS:
        return None
    return None if written.upper() == code != written else code


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    known = {code.lower(): code for code in _codes()}
    known |= dict(_names(Locale.parse("en").territories))
    return known | {folded(name): code for code, names in ALSO_CALLED.items() for name in names}


@lru_cache(maxsize=1)
def _others() -> dict[str, str]:
    known: dict[str, str] = {}
    for language in LANGUAGES:
        # Read and let go again: as locales, all of them would hold 28 MB for good.
        file = Path(localedata.resolve_locale_filename(language))
        for name, code in _names(pickle.loads(file.read_bytes())["territories"]):  # noqa: S301 - babel's own file
            known.setdefault(name, code)
    return known


def _names(territories: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((folded(str(territories[code])), code) for code in _codes() if code in territories)


@lru_cache(maxsize=1)
def _codes() -> tuple[str, ...]:
    """The countries of ISO 3166: two letters, but for the unions and placeholders that babel has beside them."""
    found = (str(code) for code in Locale.parse("en").territories)
    return tuple(code for code in found if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES)
