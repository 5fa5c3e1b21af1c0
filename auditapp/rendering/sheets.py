"""What is printed from published reports besides themselves: one on a page, several side by side, events, counts, lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from auditapp.rendering.ahead import MEGABYTE, MadeOnce
from auditapp.rendering.counts import CountSheet
from auditapp.rendering.listed import ListSheet
from auditapp.rendering.marks import mark_of
from auditapp.rendering.one_page import OnePage
from auditapp.rendering.over_years import NOTHING, OverYears
from auditapp.rendering.side_by_side import SideBySide

if TYPE_CHECKING:
    from auditapp.rendering.pdf import PdfPool

MOST_BYTES = 8 * MEGABYTE
"""Sheets kept in memory: one page takes some forty kilobytes, a comparison up to four hundred."""


Sheet = OnePage | SideBySide | OverYears | CountSheet | ListSheet


class Sheets:
    """Sheets as PDFs: each is made once for what stands on it, and kept."""

    def __init__(self, pool: PdfPool) -> None:
        self._pool = pool
        self._made = MadeOnce(most_bytes=MOST_BYTES)

    def mark(self, sheet: Sheet) -> str:
        """A word that changes whenever the sheet would: with its reports, how they stand, and its look."""
        match sheet:
            case OnePage():
                said = _said_on_one_page(sheet)
            case SideBySide():
                said = _said_side_by_side(sheet)
            case OverYears():
                said = _said_over_years(sheet)
            case CountSheet() | ListSheet():
                said = iter((type(sheet).__name__, repr(sheet)))
        return mark_of(*said)

    def get(self, sheet: Sheet) -> bytes:
        """The sheet as a PDF; raises as `PdfPool.render` does when it has to be made and cannot."""

        def make() -> bytes:
            match sheet:
                case OnePage():
                    return self._pool.render_one_page(sheet)
                case SideBySide():
                    return self._pool.render_side_by_side(sheet)
                case OverYears():
                    return self._pool.render_over_years(sheet)
                case CountSheet():
                    return self._pool.render_counts(sheet)
                case ListSheet():
                    return self._pool.render_list(sheet)

        return self._made.get(self.mark(sheet), make)


def _said_on_one_page(page: OnePage) -> Iterator[str]:
    yield "one page"
    yield page.report.model_dump_json()
    yield page.publication.model_dump_json() if page.publication else ""
    yield page.product_name
    yield page.address or ""
    yield from page.check_at or ()
    yield page.standing.model_dump_json() if page.standing else ""


def _said_side_by_side(sheet: SideBySide) -> Iterator[str]:
    yield "side by side"
    yield sheet.comparison.model_dump_json()
    for place in sheet.places:
        yield f"{place.address} {place.standing.model_dump_json()}" if place else ""
    yield sheet.product_name
    yield sheet.on.isoformat()
    yield sheet.address or ""
    yield repr(sheet.left_out)


def _said_over_years(sheet: OverYears) -> Iterator[str]:
    yield "over years"
    yield sheet.timeline.model_dump_json()
    yield from (standing.model_dump_json() for standing in sheet.standings)
    yield repr(replace(sheet, timeline=NOTHING, standings=()))
