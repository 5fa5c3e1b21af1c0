"""Drawings of a document taken out of it before it is printed, each kept once however often it stands there.

A report repeats a dozen small marks hundreds of times. As part of the document every line of them would be parsed,
styled and read anew at each place; as images they are read once.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from xml.etree import ElementTree

INLINE = re.compile(
    r"<svg\b(?P<looks>[^>]*)>\s*<title>(?P<says>[^<]*)</title>(?P<shapes>.*?)</svg>", re.DOTALL
)
CLASS = re.compile(r' class="[^"]*"')
FOLDER = "drawings/"
KEPT = 512


def taken_out(html: str) -> tuple[str, dict[str, bytes]]:
    """The document with an image in place of each drawing that has a title, and the drawings by their names.

    The title becomes the text alternative. What is no well-formed drawing stays where it is.
    """
    drawings: dict[str, bytes] = {}

    def image(found: re.Match[str]) -> str:
        look = CLASS.search(found["looks"])
        drawing = _drawing(CLASS.sub("", found["looks"]), found["shapes"])
        if drawing is None:
            return found[0]
        name = f"{FOLDER}{sha256(drawing).hexdigest()[:24]}.svg"
        drawings[name] = drawing
        return f'<img{look[0] if look else ""} src="{name}" alt="{found["says"]}">'.replace("\n", " ")

    return INLINE.sub(image, html), drawings


@lru_cache(maxsize=KEPT)
def _drawing(looks: str, shapes: str) -> bytes | None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"{looks}>{shapes}</svg>'
    try:
        ElementTree.fromstring(drawing)  # noqa: S314 - no template writes a DTD, and typed text is escaped
    except ElementTree.ParseError:
        return None
    return drawing.encode()
