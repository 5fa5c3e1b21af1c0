"""An address as a QR code, drawn as one path, so that a phone finds it from paper."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET_ZONE = 4
"""Empty modules around the code: what the standard asks for (ISO/IEC 18004)."""


@dataclass(frozen=True)
class QrCode:
    """The dark modules as path data, one unit a module; `size` is the whole width, with the quiet zone."""

    size: int
    path: str


def qr_code(address: str) -> QrCode:
    """The code of an address with error correction M: readable with a seventh of it creased or stained."""
    matrix = segno.make(address, error="M", boost_error=False, micro=False).matrix
    strokes = []
    for y, row in enumerate(matrix, start=QUIET_ZONE):
        x = QUIET_ZONE
        for dark, run in groupby(row):
            length = sum(1 for _ in run)
            if dark:
                strokes.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return QrCode(len(matrix) + 2 * QUIET_ZONE, "".join(strokes))
