"""Text of the whole world on paper: which of the product's own fonts it needs, and names for what none of them has.

Fonts of the machine are never asked: the same report gives the same bytes everywhere. A document in Latin letters
needs nothing beyond its typeface and pays for nothing; any other names the fonts of its scripts and no more.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from markupsafe import escape

FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"
TYPEFACE = "Atkinson Hyperlegible Next"
TYPEFACE_FILE = "AtkinsonHyperlegibleNext-Regular.ttf"
SCRIPTS = (
    "NotoSans",
    "NotoSansArabic",
    "NotoSansHebrew",
    "NotoSansDevanagari",
    "NotoSansThai",
    "DroidSansFallback",
    "Hangul",
    "NotoSansMath",
    "NotoSansSymbols2",
)
"""Fonts beside the typeface, by the names of their files, in the order in which they are asked for a character."""

# Marks that shape their neighbours, say where a word may break, or say nothing: no font has to have them.
INVISIBLE = frozenset(
    "\t\n\r\u00ad\u034f\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\u2061\u2062\u2063\u2064"
)
# Controls, overrides of direction, byte order marks and what is no character: they never belong on paper.
WITHOUT_PLACE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
# What turns the sign before it into a picture, or into another one: skin, keycaps, tags, the two forms of a sign.
CHANGING = re.compile("[\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
TEXT = re.compile(r'(?<=>)[^<]+|(?<=data-footer=")[^"]*')
"""What is printed of a document; titles and addresses in the head and in links stay as they are."""
JOINED = re.compile("\u200d[♀♂]?")
"""What joins two pictures to one, with the sign that only says who is shown."""
FLAG_LETTERS = range(0x1F1E6, 0x1F200)


@dataclass(frozen=True)
class Fitted:
    """A document that the fonts named can print whole, and the names put in place of what no font has, each once."""

    html: str
    fonts: tuple[str, ...]
    named: tuple[str, ...]


def fitted(html: str) -> Fitted:
    """The document without what has no place on paper, with the fonts its text needs and names for what none has."""
    html = WITHOUT_PLACE.sub("", html)
    if not _beyond(html):
        return Fitted(html, (), ())
    start = html.find("</title>") + 1
    head, body = html[:start], TEXT.sub(lambda found: CHANGING.sub("", found[0]), html[start:])
    missing = _beyond("".join(TEXT.findall(body)))
    fonts = []
    for font in SCRIPTS:
        has = missing & characters(f"scripts/{font}.ttf")
        if has:
            fonts.append(font)
            missing -= has
    names: dict[str, None] = {}
    if missing:
        body = _with_names(body, missing, names)
    # Drawings name their fonts themselves.
    body = body.replace(f'font-family="{TYPEFACE}"', f'font-family="{", ".join((TYPEFACE, *fonts))}"')
    return Fitted(head + body, tuple(fonts), tuple(names))


def printed_length(text: str) -> int:
    """How many characters a text has once it is printed, with the names that stand in brackets."""
    if not _beyond(text):
        return len(text)
    return len(fitted(f"<title></title>{escape(text)}").html) - len("<title></title>")


def styles(fonts: tuple[str, ...]) -> str:
    """The rules that let these fonts stand in for what the typeface does not have, everywhere on the page."""
    family = ", ".join(f'"{name}"' for name in (TYPEFACE, *fonts))
    boxes = " ".join(
        f"@{box} {{ font-family: {family} }}" for box in ("top-right", "bottom-left", "bottom-right")
    )
    return f"html {{ font-family: {family} }} @page {{ {boxes} }}"


def face(font: str) -> str:
    """The rule by which a document knows one of these fonts."""
    return f'@font-face {{ font-family: "{font}"; src: url("../fonts/scripts/{font}.ttf") }}'


@lru_cache(maxsize=len(SCRIPTS) + 1)
def characters(file: str) -> frozenset[str]:
    """Every character a font has."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(FONTS / file, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def _beyond(text: str) -> set[str]:
    """The characters of a text that the typeface does not have."""
    return set(text) - characters(TYPEFACE_FILE) - INVISIBLE


def _with_names(body: str, missing: set[str], names: dict[str, None]) -> str:
    """The text with each run of missing characters named in brackets; every name is noted in `names`."""
    every = "".join(re.escape(letter) for letter in sorted(missing))
    run = re.compile(f"[{every}][{every}\u200d]*")

    def named(found: re.Match[str]) -> str:
        name = f"[{_name(found[0])}]"
        names[name] = None
        return name

    return TEXT.sub(lambda found: run.sub(named, found[0]), body)


def _name(run: str) -> str:
    """Signs by their Unicode names, flags by the letters of their country, anything else by its numbers."""
    parts: list[str] = []
    for kind, letters in groupby(JOINED.sub("", run), _kind):
        match kind:
            case "flag":
                spelt = "".join(chr(ord(letter) - FLAG_LETTERS.start + ord("A")) for letter in letters)
                parts += [f"flag {spelt[at : at + 2]}" for at in range(0, len(spelt), 2)]
            case "sign":
                parts += [unicodedata.name(letter).lower() for letter in letters]
            case _:
                parts.append(" ".join(f"U+{ord(letter):04X}" for letter in letters))
    return ", ".join(parts)


def _kind(letter: str) -> str:
    if ord(letter) in FLAG_LETTERS:
        return "flag"
    return "sign" if unicodedata.category(letter)[0] in "SP" else "letter"
